package io.cxmetrics.source;

import io.cxmetrics.field.RowBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file chunk by chunk: threads take turns in {@linkplain #fetch fetching} whole records and lines, which is the
 * lesser part of the work, and do the rest apart.
 */
abstract class BlockSource implements RowSource {
    /** How many bytes are read at a time at most, unless a record is longer. */
    private static final int CHUNK = 1 << 18;
    /** So many bytes behind those that were read can be looked at. */
    private static final int PADDING = Long.SIZE + RowBlock.PADDING;

    private final String name;
    private final InputStream input;
    private final LongAdder rows = new LongAdder();
    private final LongAdder brokenLines = new LongAdder();
    private final LongAdder replaced = new LongAdder();

    /** The bytes behind the last chunk that were read already. */
    private byte[] rest = new byte[0];

    private int restSize;
    private int chunkSize = CHUNK;
    private boolean hasEnded;

    /** A part of the file, and what was found in it; for one thread. */
    static class Chunk {
        final RowBlock rows;
        byte[] bytes = new byte[0];
        /** The end of the bytes that were read. */
        int limit;
        /** The end of those that are whole records and lines. */
        int end;

        final List<Broken> broken = new ArrayList<>();
        /** Whether those are known to be ASCII. */
        boolean isAscii;

        Chunk(RowBlock rows) {
            this.rows = rows;
        }
    }

    record Broken(long line, String found, String reason) {}

    BlockSource(String name, InputStream input) {
        this.name = name;
        this.input = input;
    }

    /** For tests: so few bytes at a time that every record meets an end of them. */
    final void setChunkSize(int bytes) {
        chunkSize = bytes;
    }

    @Override
    public final String name() {
        return name;
    }

    /** A new chunk for a thread. */
    abstract Chunk chunk();

    /**
     * Looks for whole records and sets the chunk's end behind the last one.
     *
     * @param isLongest whether a record that is not whole has more bytes than one may have
     * @return whether the chunk has a row or a broken line, as far as is known by then
     */
    abstract boolean find(Chunk chunk, boolean isLongest);

    /** Does the work on a chunk that needs no other. */
    abstract void work(Chunk chunk);

    /** What a user should know of the rows. */
    abstract List<String> rowRemarks(long rowCount, boolean isBroken);

    /** The line at which reading stands, for messages. */
    abstract long line();

    /** The most bytes that a record or line has. */
    abstract int longest();

    /** Whether there is nothing behind the bytes that were read. */
    final boolean hasEnded() {
        return hasEnded;
    }

    /** Reads the beginning of the file: bytes until it is enough. */
    final void fetchFirst(First first, BooleanSupplier isEnough) throws IOException {
        Chunk chunk = new Chunk(new RowBlock(name));
        do {
            more(chunk, Math.max(chunkSize, 2 * (chunk.limit - chunk.end)));
            chunk.end = first.find(chunk.bytes, chunk.limit, chunk.limit > longest());
        } while (!isEnough.getAsBoolean() && (!hasEnded || chunk.end < chunk.limit));
        keepRest(chunk);
    }

    /** Looks at the first bytes; returns how many are done with. */
    @FunctionalInterface
    interface First {
        int find(byte[] bytes, int limit, boolean isLongest) throws SourceException;
    }

    /** Fills a chunk with the next records; returns whether there are any. */
    final synchronized boolean fetch(Chunk chunk) throws IOException {
        chunk.broken.clear();
        chunk.rows.setSize(0);
        chunk.limit = 0;
        chunk.end = 0;
        room(chunk, restSize);
        System.arraycopy(rest, 0, chunk.bytes, 0, restSize);
        chunk.limit = restSize;
        restSize = 0;
        more(chunk, chunkSize);
        boolean isFound = find(chunk, chunk.limit > longest());
        while (!isFound && (!hasEnded || chunk.end < chunk.limit)) {
            more(chunk, Math.max(chunkSize, 2 * (chunk.limit - chunk.end)));
            isFound = find(chunk, chunk.limit > longest());
        }
        keepRest(chunk);
        return isFound;
    }

    /** Reads more bytes behind those that are not done with. */
    private void more(Chunk chunk, int size) throws IOException {
        int kept = chunk.limit - chunk.end;
        System.arraycopy(chunk.bytes, chunk.end, chunk.bytes, 0, kept);
        chunk.limit = kept;
        chunk.end = 0;
        room(chunk, size);
        fill(chunk, size);
    }

    private void keepRest(Chunk chunk) {
        restSize = chunk.limit - chunk.end;
        if (rest.length < restSize) {
            rest = new byte[Math.max(restSize, CHUNK)];
        }
        System.arraycopy(chunk.bytes, chunk.end, rest, 0, restSize);
        if (restSize > chunk.end / 4 && chunk.rows.size() == RowBlock.CAPACITY) {
            // Rows are short: reading more of them than a block holds would only move the rest to and fro.
            chunkSize = Math.min(chunkSize, Math.max(1 << 12, chunk.end + chunk.end / 16));
        }
    }

    private static void room(Chunk chunk, int size) {
        if (chunk.bytes.length < size + PADDING) {
            byte[] more = new byte[size + PADDING];
            System.arraycopy(chunk.bytes, 0, more, 0, chunk.limit);
            chunk.bytes = more;
        }
    }

    private void fill(Chunk chunk, int size) throws IOException {
        try {
            while (!hasEnded && chunk.limit < size) {
                int read = input.read(chunk.bytes, chunk.limit, size - chunk.limit);
                hasEnded = read < 0;
                chunk.limit += Math.max(0, read);
            }
        } catch (IOException e) {
            throw new IOException("after line " + line() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public final void read(int threads, Supplier<? extends Taker> takers) throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least one thread, found " + threads);
        }
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Taker taker = takers.get();
            Thread thread = new Thread(() -> take(taker, failure), "cxmetrics-" + name + "-" + i);
            thread.setDaemon(true);
            others.add(thread);
        }
        Taker own = takers.get();
        others.forEach(Thread::start);
        take(own, failure);
        for (Thread thread : others) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                failure.compareAndSet(null, new InterruptedIOException(name + ": interrupted"));
                Thread.currentThread().interrupt();
            }
        }
        Throwable first = failure.get();
        if (first instanceof IOException e) {
            throw e;
        } else if (first instanceof RuntimeException e) {
            throw e;
        } else if (first instanceof Error e) {
            throw e;
        } else if (first != null) {
            throw new IllegalStateException(first);
        }
    }

    private void take(Taker taker, AtomicReference<@Nullable Throwable> failure) {
        try {
            Chunk chunk = chunk();
            while (failure.get() == null && fetch(chunk)) {
                work(chunk);
                if (!chunk.isAscii) {
                    replaced.add(ByteInput.replaced(chunk.bytes, 0, chunk.end));
                }
                rows.add(chunk.rows.size());
                brokenLines.add(chunk.broken.size());
                if (!chunk.rows.isEmpty()) {
                    taker.rows(chunk.rows);
                }
                chunk.broken.forEach(b -> taker.broken(b.line(), b.found(), b.reason()));
            }
        } catch (UncheckedIOException e) {
            failure.compareAndSet(null, e.getCause());
        } catch (IOException | RuntimeException | Error e) {
            // One thread's failure is that of the whole reading: told by the thread that asked for it.
            failure.compareAndSet(null, e);
        }
    }

    @Override
    public final List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (replaced.sum() > 0) {
            remarks.add("some bytes are no text in this charset (" + replaced.sum()
                    + " appear as \uFFFD); save the file as UTF-8, or name its charset, such as windows-1252");
        }
        remarks.addAll(rowRemarks(rows.sum(), brokenLines.sum() > 0));
        return remarks;
    }

    @Override
    public final void close() throws IOException {
        input.close();
    }
}
