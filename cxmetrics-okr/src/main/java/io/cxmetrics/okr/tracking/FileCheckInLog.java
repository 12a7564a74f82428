package io.cxmetrics.okr.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A log as a file of JSON Lines; see {@link CheckInLog#file(Path)}.
 *
 * <p>The lock is a file of its own beside the log. On POSIX systems a process loses all its locks of a file when it closes any
 * channel of that file, so a lock of the log itself would end when someone else in the process has looked into the log; and an
 * editor that replaces the log would leave us with the lock of the old one. For the same reason threads take turns before
 * they come to the lock file.
 */
final class FileCheckInLog implements CheckInLog {
    /** The longest line, in bytes without its end. */
    static final int LONGEST_LINE = 65_536;

    private static final int FUTILE_WRITES = 1000;
    private static final long TURN_NANOS = 1_000_000;
    /** Turns of threads, by the hash of the file: two files may share one, which costs time and nothing else. */
    private static final List<ReentrantLock> TURNS =
            IntStream.range(0, 64).mapToObj(i -> new ReentrantLock(true)).toList();

    /** How the log is opened; a seam for tests of full disks. */
    interface Opening {
        /** The file system's own. */
        Opening SYSTEM = FileChannel::open;

        FileChannel open(Path path, OpenOption... options) throws IOException;
    }

    private interface Work<T> {
        T run(Path log) throws IOException;
    }

    /** By what a file is recognised as the one that was left behind, unchanged. */
    private record Seen(@Nullable Object key, FileTime modified, long size) {
        static Seen of(Path log) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(log, BasicFileAttributes.class);
            return new Seen(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        }
    }

    private final Path file;
    private final Clock clock;
    private final Opening opening;

    // What is known of the file, so that not every append reads it. Guarded by this; used only as long as the file is
    // seen
    // to be unchanged.
    private final Map<CheckIns.Key, CheckIn> latest = new HashMap<>();
    private @Nullable Seen seen;

    FileCheckInLog(Path file, Clock clock, Opening opening) {
        this.file = file;
        this.clock = clock;
        this.opening = opening;
    }

    @Override
    public CheckIns read() throws IOException {
        if (!Files.exists(file)) {
            return new CheckIns(List.of(), List.of());
        }
        return inTurn(true, log -> {
            try (FileChannel channel = opening.open(log, StandardOpenOption.READ)) {
                Scan scan = Scan.of(name(), channel);
                return new CheckIns(scan.entries(), scan.problems());
            } catch (NoSuchFileException e) {
                return new CheckIns(List.of(), List.of()); // removed just now
            }
        });
    }

    @Override
    public synchronized int append(List<CheckIn> checkIns) throws IOException {
        Instant now = clock.instant();
        List<String> lines = new ArrayList<>();
        for (CheckIn checkIn : checkIns) {
            lines.add(line(checkIn, now));
        }
        return inTurn(false, log -> {
            try (FileChannel channel =
                    opening.open(log, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return append(log, channel, checkIns, lines);
            }
        });
    }

    private static String line(CheckIn checkIn, Instant now) {
        String line = EntryJson.write(checkIn, now);
        int bytes = line.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_LINE) {
            throw new IllegalArgumentException("the check-in of '" + checkIn.keyResult() + "' on " + checkIn.date()
                    + " takes " + bytes + " bytes; a line of the log has up to " + LONGEST_LINE
                    + ": shorten its note or source");
        }
        return line + "\n";
    }

    private int append(Path log, FileChannel channel, List<CheckIn> checkIns, List<String> lines) throws IOException {
        long end = channel.size();
        boolean known = Seen.of(log).equals(seen);
        StringBuilder text = new StringBuilder();
        if (!known) {
            Scan scan = Scan.of(name(), channel);
            latest.clear();
            scan.entries().forEach(e -> latest.put(CheckIns.Key.of(e.checkIn()), e.checkIn()));
            if (scan.tail() == Scan.Tail.CUT_OFF) {
                end = scan.endOfLines();
            } else if (scan.tail() == Scan.Tail.WITHOUT_END) {
                text.append('\n');
            }
        }
        seen = null; // until all is done
        Map<CheckIns.Key, CheckIn> added = new HashMap<>();
        int count = 0;
        for (int i = 0; i < lines.size(); i++) {
            CheckIn checkIn = checkIns.get(i);
            CheckIns.Key key = CheckIns.Key.of(checkIn);
            if (!checkIn.equals(added.getOrDefault(key, latest.get(key)))) {
                added.put(key, checkIn);
                text.append(lines.get(i));
                count++;
            }
        }
        // What is there already may have been left by someone who died before it was safe: it is forced in any case,
        // unless we
        // did it ourselves.
        if (!known || count > 0) {
            write(channel, end, text.toString());
        }
        if (!known) {
            forceNameOf(log);
        }
        latest.putAll(added);
        seen = Seen.of(log);
        return count;
    }

    private void write(FileChannel channel, long end, String text) throws IOException {
        try {
            if (end < channel.size()) {
                channel.truncate(end);
            }
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            long position = end;
            for (int futile = 0; bytes.hasRemaining(); ) {
                int written = channel.write(bytes, position);
                position += written;
                futile = written == 0 ? futile + 1 : 0;
                if (futile == FUTILE_WRITES) {
                    throw new IOException("the file takes no more bytes");
                }
            }
            channel.force(true);
        } catch (IOException e) {
            IOException failure = new IOException(
                    "could not add to " + file + ": " + e.getMessage()
                            + "; nothing of it counts as added: when the cause is gone, add it again",
                    e);
            try {
                channel.truncate(end);
            } catch (IOException also) {
                failure.addSuppressed(also); // then the next append finds the line cut off and removes it
            }
            throw failure;
        }
    }

    /** Makes the name of a new file last. Windows cannot open a folder, and does not need it. */
    private static void forceNameOf(Path log) throws IOException {
        Path folder = Objects.requireNonNull(log.getParent(), "a real path has a parent");
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (AccessDeniedException e) {
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }

    /** The file by its one real name, so that everyone finds the same lock. */
    private Path real() throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(file.toString(), null, "its folder does not exist; make it first");
        }
        return folder.toRealPath().resolve(name);
    }

    private <T> T inTurn(boolean shared, Work<T> work) throws IOException {
        Path log = real();
        ReentrantLock turn = TURNS.get(Math.floorMod(log.hashCode(), TURNS.size()));
        turn.lock();
        try (FileChannel lock = openLock(log, shared)) {
            if (lock != null) {
                waitFor(lock, shared);
            }
            return work.run(log);
        } finally {
            turn.unlock();
        }
    }

    /** The lock file; null for a reader of a folder that cannot be written, where nobody else writes either. */
    private static @Nullable FileChannel openLock(Path log, boolean shared) throws IOException {
        Path lock = log.resolveSibling(log.getFileName() + ".lock");
        try {
            return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            if (shared) {
                return null;
            }
            throw e;
        }
    }

    /** Until the channel is closed. */
    private static void waitFor(FileChannel lock, boolean shared) throws IOException {
        while (true) {
            try {
                lock.lock(0, Long.MAX_VALUE, shared);
                return;
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(TURN_NANOS); // this class by another class loader of the same process
            }
        }
    }
}
