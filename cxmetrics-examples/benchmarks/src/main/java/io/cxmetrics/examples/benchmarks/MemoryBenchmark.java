package io.cxmetrics.examples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much memory does a stream of rows need, and does a row cost the same however many there are? Rows are made, added to a
 * run and forgotten; run it with a small heap, such as {@code -Xmx64m}. The heap in use includes what the collector has not
 * yet found to be garbage. The making of the rows is measured by itself first and taken off.
 */
final class MemoryBenchmark implements Benchmark {
    private static final int EVERY = 1 << 20;
    private static final long WARM_UP = 2_000_000;
    private static final long FIRST_MARK = 1_000_000;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** The seconds of all waits made. */
    private long waited;

    /** What was so far when a number of rows was reached. */
    private record Mark(long rows, long processorNanos, long heap, String process) {}

    /** Takes what is made. */
    @FunctionalInterface
    private interface Taker {
        void take(Contact contact);
    }

    /** The rows of a pass and its marks: at 1, 2, 5, 10, … million and at the end. */
    private static final class Pass {
        private final List<Mark> marks = new ArrayList<>();
        private final long begin = SYSTEM.getProcessCpuTime();
        private long rows;
        private long peak = used();

        Pass(Contacts contacts, Taker taker) throws IOException {
            long[] next = {FIRST_MARK};
            contacts.forEach(draw -> {
                taker.take(draw.contact());
                rows++;
                if (rows % EVERY == 0) {
                    peak = Math.max(peak, used());
                }
                if (rows == next[0] || rows == contacts.rows()) {
                    marks.add(new Mark(rows, SYSTEM.getProcessCpuTime() - begin, used(), process()));
                    next[0] = next(next[0]);
                }
            });
        }

        private static long next(long mark) {
            return Long.toString(mark).startsWith("2") ? mark / 2 * 5 : mark * 2;
        }
    }

    @Override
    public Report run(Options options) throws Exception {
        Contacts contacts = options.contacts();
        Contacts few = new Contacts(Math.min(WARM_UP, options.rows()), options.seed(), options.shuffled());
        Scorecard<Contact> scorecard = Scorecards.over(Contact.fields());
        for (int round = 0; round < options.warmups(); round++) {
            make(few);
            new Pass(few, scorecard.start()::add);
        }
        Pass making = make(contacts);
        ScorecardRun<Contact> run = scorecard.start();
        Pass adding = new Pass(contacts, run::add);
        int cells = run.result().cells().size();
        Report report = new Report(
                        "Memory of a stream of contacts, made on the way", adding.rows, options, List.of(), List.of())
                .note(String.format(
                        Locale.ROOT,
                        "%d cells; heap in use at most %d MB of %d MB",
                        cells,
                        adding.peak >> 20,
                        Runtime.getRuntime().maxMemory() >> 20));
        Mark made = new Mark(0, 0, 0, "");
        Mark before = made;
        for (int i = 0; i < adding.marks.size(); i++) {
            Mark mark = adding.marks.get(i);
            long makingNanos = making.marks.get(i).processorNanos() - made.processorNanos();
            long nanos = mark.processorNanos() - before.processorNanos() - makingNanos;
            report = report.note(String.format(
                    Locale.ROOT,
                    "up to row %,11d: %5.1f ns a row of processor time since the mark before; heap in use %d MB; %s",
                    mark.rows(),
                    (double) nanos / (mark.rows() - before.rows()),
                    mark.heap() >> 20,
                    mark.process()));
            made = making.marks.get(i);
            before = mark;
        }
        return report;
    }

    /** The rows are made and a little is done with them, so that no compiler leaves their making out. */
    private Pass make(Contacts contacts) throws IOException {
        return new Pass(contacts, contact -> waited += contact.waited().toSeconds());
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What Linux says of this process: its resident memory now and at most. */
    private static String process() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "";
        }
        return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
                .map(line -> line.replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
    }
}
