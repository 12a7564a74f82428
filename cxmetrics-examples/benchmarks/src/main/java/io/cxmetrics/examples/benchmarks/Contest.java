package io.cxmetrics.examples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Peers that answer the same question over the same rows, measured side by side in one process: each round runs every peer
 * once, one after another, so that what disturbs the machine disturbs all of them alike. Their answers are compared first;
 * a peer that answers something else has not won.
 *
 * <p>Measured are the time that passed and the processor time of the whole process (all threads, with the garbage
 * collector's and the compiler's, and that of processes it started), each as the median over the rounds. On a machine that others use too, the second is the steadier one.
 *
 * @param <A> the answer
 */
final class Contest<A> {

    /**
     * Answers the question.
     *
     * @param <A> the answer
     */
    @FunctionalInterface
    interface Peer<A> {
        A answer() throws Exception;
    }

    /**
     * Compares two answers.
     *
     * @param <A> the answer
     */
    @FunctionalInterface
    interface Check<A> {
        /** Throws if the other answer is not that of the first peer. */
        void accept(A first, A other) throws Exception;
    }

    /**
     * What a peer took.
     *
     * @param peer its name
     * @param nanos the median nanoseconds per row that passed
     * @param ratio the median over the rounds of its time ÷ that of the first peer in the same round
     * @param processorNanos the median nanoseconds of processor time per row
     * @param processorRatio the same ratio of processor times
     */
    record Line(String peer, double nanos, double ratio, double processorNanos, double processorRatio) {}

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final Path STATISTICS = Path.of("/proc/self/stat");

    private final String question;
    private final long rows;
    private final Check<A> check;
    private final Map<String, Peer<A>> peers = new LinkedHashMap<>();

    /**
     * A contest without peers yet.
     *
     * @param question what is asked
     * @param rows of how many rows
     * @param check throws if the second answer is not that of the first peer
     */
    Contest(String question, long rows, Check<A> check) {
        this.question = question;
        this.rows = rows;
        this.check = check;
    }

    /** Adds a peer; the first is what the others are compared with. */
    Contest<A> peer(String name, Peer<A> peer) {
        peers.put(name, peer);
        return this;
    }

    /** Runs all rounds. */
    Report run(Options options) throws Exception {
        A first = null;
        for (Peer<A> peer : peers.values()) {
            A answer = peer.answer();
            if (first == null) {
                first = answer;
            } else {
                check.accept(first, answer);
            }
        }
        // The first answers were a warm-up round already.
        for (int round = 1; round < options.warmups(); round++) {
            for (Peer<A> peer : peers.values()) {
                peer.answer();
            }
        }
        double[][] nanos = new double[peers.size()][options.rounds()];
        double[][] processor = new double[peers.size()][options.rounds()];
        for (int round = 0; round < options.rounds(); round++) {
            int number = 0;
            for (Peer<A> peer : peers.values()) {
                long processorBefore = processor();
                long before = System.nanoTime();
                A answer = peer.answer();
                nanos[number][round] = (double) (System.nanoTime() - before) / rows;
                processor[number][round] = (double) (processor() - processorBefore) / rows;
                // The answer is used: no compiler may leave its making out.
                check.accept(answer, answer);
                number++;
            }
        }
        List<Line> lines = new ArrayList<>();
        for (String peer : peers.keySet()) {
            int number = lines.size();
            lines.add(new Line(
                    peer,
                    median(nanos[number]),
                    median(quotients(nanos[number], nanos[0])),
                    median(processor[number]),
                    median(quotients(processor[number], processor[0]))));
        }
        return new Report(question, rows, options, lines, List.of());
    }

    private static double[] quotients(double[] of, double[] by) {
        double[] quotients = new double[of.length];
        Arrays.setAll(quotients, i -> of[i] / by[i]);
        return quotients;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The processor time of this process and, where Linux tells it, of processes that it started and that ended. */
    private static long processor() {
        long nanos = SYSTEM.getProcessCpuTime();
        if (Files.exists(STATISTICS)) {
            try {
                String[] fields = Files.readString(STATISTICS, StandardCharsets.UTF_8)
                        .replaceFirst(".*[)] ", "")
                        .split(" ", -1);
                // The 16th and 17th, counted from the process id and its name, which were cut off: hundredths of a
                // second.
                nanos += (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10_000_000;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return nanos;
    }

    /** The load average of the last minute, or null where it is not known. */
    static @Nullable Double load() {
        double load = SYSTEM.getSystemLoadAverage();
        return load < 0 ? null : load;
    }
}
