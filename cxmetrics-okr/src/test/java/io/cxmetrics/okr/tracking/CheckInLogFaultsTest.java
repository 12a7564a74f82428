package io.cxmetrics.okr.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing acknowledged is lost and nothing is invented, whatever happens to the writer or the disk. */
class CheckInLogFaultsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 2, 14);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("check-ins.jsonl");
    }

    private static CheckIn number(String keyResult, int i) {
        return CheckIn.of(keyResult, DAY.plusDays(i), i).withNote("entry " + i + " € {\"}\\ ✓");
    }

    private static Set<String> ids(CheckIns read) {
        return read.orThrow().entries().stream()
                .map(e -> e.checkIn().keyResult() + " " + (int) e.checkIn().value())
                .collect(Collectors.toSet());
    }

    @Test
    void aLineCutOffAtAnyByteIsRepairedAndNoneBeforeItIsLost() throws IOException {
        CheckInLog log = CheckInLog.file(file());
        for (int i = 0; i < 3; i++) {
            log.append(number("a", i));
        }
        byte[] whole = Files.readAllBytes(file());
        int start = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2) + 1;
        int cuts = 0;
        for (int zeros : new int[] {0, 5}) {
            for (int cut = start; cut < whole.length; cut++) {
                byte[] left = Arrays.copyOf(Arrays.copyOf(whole, cut), cut + zeros);
                Files.write(file(), left);
                CheckIns before = CheckInLog.file(file()).read();
                boolean complete = cut == whole.length - 1 && zeros == 0; // all but the end of the line
                assertEquals(complete ? 3 : 2, before.entries().size(), "cut at " + cut);
                assertEquals(
                        complete || left.length == start ? 0 : 1,
                        before.problems().size(),
                        "cut at " + cut);
                assertTrue(CheckInLog.file(file()).append(number("b", 9)));
                assertEquals(
                        complete ? Set.of("a 0", "a 1", "a 2", "b 9") : Set.of("a 0", "a 1", "b 9"),
                        ids(CheckInLog.file(file()).read()),
                        "cut at " + cut);
                cuts++;
            }
        }
        System.out.println("cuts repaired: " + cuts);
        assertTrue(cuts > 200);
    }

    @Test
    void aFullDiskAddsNothingAndSaysSoAtEveryByte() throws IOException {
        Faulty.Disk disk = new Faulty.Disk();
        CheckInLog log = onDisk(disk);
        log.append(number("a", 0));
        long used = Files.size(file());
        int line = (int) used;
        int full = 0;
        for (boolean truncates : new boolean[] {true, false}) {
            disk.truncates = truncates;
            for (int room = 0; room < line; room++) {
                disk.room = used + room;
                disk.atATime = 1 + room % 7;
                IOException e = assertThrows(IOException.class, () -> log.append(number("a", 1)));
                assertTrue(
                        e.getMessage().contains("could not add to " + file() + ": No space left on device"),
                        e.getMessage());
                // Only if all but the end of the line fits and cannot be taken back, it is found, as documented.
                boolean found = !truncates && room == line - 1;
                Set<String> kept = found ? Set.of("a 0", "a 1") : Set.of("a 0");
                CheckIns read = CheckInLog.file(file()).read();
                assertEquals(kept, ids(new CheckIns(read.entries(), List.of())));
                if (truncates) {
                    assertEquals(used, Files.size(file()));
                } else {
                    disk.truncates = true; // what is left is removed when there is room again
                    disk.room = Long.MAX_VALUE;
                    assertTrue(log.append(number("b", room)));
                    Set<String> after = new HashSet<>(kept);
                    after.add("b " + room);
                    assertEquals(after, ids(CheckInLog.file(file()).read()));
                    disk.truncates = false;
                    try (FileChannel channel = FileChannel.open(file(), java.nio.file.StandardOpenOption.WRITE)) {
                        channel.truncate(used);
                    }
                }
                full++;
            }
        }
        disk.room = Long.MAX_VALUE;
        disk.truncates = true;
        assertTrue(log.append(number("a", 1)));
        assertEquals(Set.of("a 0", "a 1"), ids(log.read()));
        System.out.println("full disks: " + full);
    }

    @Test
    void aDiskThatTakesOneByteAtATimeGetsAll() throws IOException {
        Faulty.Disk disk = new Faulty.Disk();
        disk.atATime = 1;
        onDisk(disk).append(List.of(number("a", 0), number("a", 1)));
        assertEquals(Set.of("a 0", "a 1"), ids(CheckInLog.file(file()).read()));
        disk.atATime = 0;
        IOException e = assertThrows(IOException.class, () -> onDisk(disk).append(number("a", 2)));
        assertTrue(e.getMessage().contains("the file takes no more bytes"), e.getMessage());
    }

    @Test
    void whatIsAcknowledgedWasForcedAfterItsLastByte() throws IOException {
        Faulty.Disk disk = new Faulty.Disk();
        CheckInLog log = onDisk(disk);
        for (int i = 0; i < 3; i++) {
            disk.asked.clear();
            log.append(number("a", i));
            assertEquals(List.of("write", "force"), disk.asked);
        }
        disk.asked.clear();
        log.append(number("a", 2));
        assertEquals(List.of(), disk.asked, "what we forced ourselves is safe");
        onDisk(disk).append(number("a", 2));
        assertEquals(List.of("force"), disk.asked, "another's may not be: they may have died before");
        disk.forces = false;
        assertThrows(IOException.class, () -> log.append(number("a", 3)));
        assertThrows(IOException.class, () -> onDisk(disk).append(number("a", 2)));
        disk.forces = true;
        assertTrue(log.append(number("a", 3)), "not acknowledged before, so it counts now");
        assertEquals(Set.of("a 0", "a 1", "a 2", "a 3"), ids(log.read()));
    }

    @Test
    void theSystemsOwnFullDeviceIsSaid() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "no /dev/full here");
        CheckInLog log = new FileCheckInLog(
                file(),
                Clock.systemUTC(),
                (path, options) -> FileChannel.open(full, java.nio.file.StandardOpenOption.WRITE));
        assertThrows(IOException.class, () -> log.append(number("a", 0)));
    }

    @Test
    void manyThreadsWithOneLogAndWithOnesOfTheirOwnLoseNothing() throws Exception {
        int threads = 8;
        int each = 20;
        CheckInLog common = CheckInLog.file(file());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "t" + t;
                CheckInLog log = t % 2 == 0 ? common : CheckInLog.file(file());
                work.add(() -> {
                    int added = 0;
                    for (int i = 0; i < each; i++) {
                        added += log.append(number(name, i)) ? 1 : 0;
                        log.append(number("shared", i)); // added by one of them, once
                        if (i % 10 == 0) {
                            log.read().orThrow(); // a reader never sees half a line
                        }
                    }
                    return added;
                });
            }
            int added = 0;
            for (Future<Integer> result : pool.invokeAll(work)) {
                added += result.get();
            }
            assertEquals(threads * each, added);
        } finally {
            pool.shutdown();
        }
        CheckIns read = common.read().orThrow();
        assertEquals((threads + 1) * each, read.entries().size());
        assertEquals((threads + 1) * each, ids(read).size());
        System.out.println(
                "threads: " + threads + ", entries: " + read.entries().size());
    }

    @Test
    void twoProcessesAtOnceLoseNothing() throws Exception {
        int each = 80;
        Process one = writer("one", each);
        Process two = writer("two", each);
        CheckInLog log = CheckInLog.file(file());
        for (int i = 0; i < 30; i++) {
            log.append(number("mine", i));
        }
        List<Acknowledged> acknowledged = List.of(new Acknowledged(one), new Acknowledged(two));
        for (Acknowledged a : acknowledged) {
            assertEquals(each, a.all().size());
        }
        assertEquals(2 * each + 30, ids(log.read()).size());
        assertEquals(2 * each + 30, log.read().entries().size());
        System.out.println("two processes and this one: " + log.read().entries().size() + " entries");
    }

    @Test
    void aWriterThatIsKilledLosesNothingItAcknowledged() throws Exception {
        kill(8, 1);
    }

    @Test
    @Tag("full")
    void hundredsOfWritersThatAreKilledLoseNothingTheyAcknowledged() throws Exception {
        kill(300, 2);
    }

    private void kill(int kills, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Set<String> promised = new HashSet<>();
        int torn = 0;
        for (int k = 0; k < kills; k++) {
            String name = "k" + k;
            Process process = writer(name, 1_000_000);
            Acknowledged acknowledged = new Acknowledged(process);
            acknowledged.first();
            TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
            process.toHandle().destroyForcibly(); // of the process itself it would close what was printed
            process.waitFor();
            List<String> all = acknowledged.all();
            promised.addAll(all);
            CheckIns read = CheckInLog.file(file()).read();
            torn += read.problems().size();
            CheckInLog.file(file()).append(number("after", k));
            promised.add("after " + k);
            Set<String> kept = ids(CheckInLog.file(file()).read());
            assertTrue(kept.containsAll(promised), "lost after kill " + k);
            // The one that was being written may be there or not; nothing else.
            Set<String> more = new HashSet<>(kept);
            more.removeAll(promised);
            assertTrue(more.isEmpty() || more.equals(Set.of(name + " " + all.size())), "invented: " + more);
            promised.addAll(more);
        }
        System.out.println("kills: " + kills + ", entries kept: " + promised.size() + ", lines cut off: " + torn);
    }

    private CheckInLog onDisk(Faulty.Disk disk) {
        return new FileCheckInLog(
                file(), Clock.systemUTC(), (path, options) -> new Faulty(FileChannel.open(path, options), disk));
    }

    private Process writer(String name, int count) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CheckInLogFaultsTest.class.getName(),
                        file().toString(),
                        name,
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What a writer has printed, line by line: only whole lines are promises. */
    private static final class Acknowledged {
        private final BufferedReader reader;
        private final List<String> lines = new ArrayList<>();

        Acknowledged(Process process) {
            reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        void first() throws IOException {
            String line = reader.readLine();
            assertTrue(line != null, "the writer did not start");
            lines.add(line);
        }

        List<String> all() throws IOException {
            StringBuilder rest = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                rest.append((char) c);
            }
            String text = rest.toString();
            int end = text.lastIndexOf('\n') + 1;
            text.substring(0, end).lines().forEach(lines::add);
            return lines;
        }
    }

    /** Writes check-ins one by one and prints each when it is acknowledged. */
    public static void main(String[] args) throws IOException {
        // A few bytes at a time, so that a kill finds a line half written; in one piece it hardly ever does.
        Faulty.Disk slow = new Faulty.Disk();
        slow.atATime = 2;
        CheckInLog log = new FileCheckInLog(
                Path.of(args[0]),
                Clock.systemUTC(),
                (path, options) -> new Faulty(FileChannel.open(path, options), slow));
        for (int i : IntStream.range(0, Integer.parseInt(args[2])).toArray()) {
            log.append(number(args[1], i));
            System.out.write((args[1] + " " + i + "\n").getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
