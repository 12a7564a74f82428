package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.scorecard.ScorecardRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How much memory does a stream of rows need? Rows are made, added to a run and forgotten; run it with a small heap, such as
 * {@code -Xmx64m}. The heap in use includes what the collector has not yet found to be garbage.
 */
final class MemoryBenchmark implements Benchmark {
    private static final int EVERY = 1 << 20;

    @Override
    public Report run(Options options) throws Exception {
        ScorecardRun<Contact> run = Scorecards.over(Contact.fields()).start();
        long[] peak = {used()};
        long[] rows = {0};
        long before = System.nanoTime();
        options.contacts().forEach(draw -> {
            run.add(draw.contact());
            rows[0]++;
            if (rows[0] % EVERY == 0) {
                peak[0] = Math.max(peak[0], used());
            }
        });
        int cells = run.result().cells().size();
        double nanos = (double) (System.nanoTime() - before) / options.rows();
        peak[0] = Math.max(peak[0], used());
        Report report = new Report(
                        "Memory of a stream of contacts, made on the way", rows[0], options, List.of(), List.of())
                .note(String.format(
                        Locale.ROOT,
                        "%d cells; %.0f ns a row with the making of the rows; heap in use at most %d MB of %d MB",
                        cells,
                        nanos,
                        peak[0] >> 20,
                        Runtime.getRuntime().maxMemory() >> 20));
        for (String line : process()) {
            report = report.note("process: " + line);
        }
        return report;
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What Linux says of this process: the peak of its resident memory. */
    private static List<String> process() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return List.of();
        }
        return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
    }
}
