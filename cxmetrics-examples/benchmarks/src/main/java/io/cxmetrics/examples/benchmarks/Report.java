package io.cxmetrics.examples.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a contest found.
 *
 * @param question what was asked
 * @param rows of how many rows
 * @param options how it was run
 * @param lines one for each peer
 * @param notes what else there is to say
 */
record Report(String question, long rows, Options options, List<Contest.Line> lines, List<String> notes) {
    Report {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    Report note(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Report(question, rows, options, lines, more);
    }

    Contest.Line line(String peer) {
        return lines.stream()
                .filter(line -> line.peer().equals(peer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no peer " + peer));
    }

    /** The machine, the JDK and the day. */
    static String machine() {
        Double load = Contest.load();
        return String.format(
                Locale.ROOT,
                "%s, %d cores, JDK %s, %s, heap up to %d MB%s",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().maxMemory() >> 20,
                load == null ? "" : String.format(Locale.ROOT, ", load %.1f", load));
    }

    private static String processor() {
        Path info = Path.of("/proc/cpuinfo");
        try {
            return Files.readAllLines(info, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch", ""));
        } catch (IOException e) {
            return Objects.toString(System.getProperty("os.arch"), "");
        }
    }

    /** As a table in plain text or Markdown, with the machine. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(options.markdown() ? "### " : "").append(question).append('\n');
        if (options.markdown()) {
            text.append('\n');
        }
        text.append(String.format(
                Locale.ROOT,
                "%,d rows, seed %d%s%s; %d rounds after %d, load now %s%n",
                rows,
                options.seed(),
                options.shuffled() ? ", shuffled" : "",
                options.polluted() ? ", polluted" : "",
                options.rounds(),
                options.warmups(),
                Objects.toString(Contest.load(), "unknown")));
        int width = lines.stream().mapToInt(line -> line.peer().length()).max().orElse(0);
        if (options.markdown()) {
            text.append("\n| peer | ns a row | ÷ first | processor ns a row | ÷ first |\n|---|---|---|---|---|\n");
        } else {
            text.append(" ".repeat(width + 2)).append("ns a row  ÷ first  processor  ÷ first\n");
        }
        for (Contest.Line line : lines) {
            text.append(String.format(
                    Locale.ROOT,
                    options.markdown()
                            ? "| %s%s | %.1f | %.2f | %.1f | %.2f |%n"
                            : "  %s%s%8.1f  %7.2f  %9.1f  %7.2f%n",
                    line.peer(),
                    options.markdown() ? "" : " ".repeat(width - line.peer().length()),
                    line.nanos(),
                    line.ratio(),
                    line.processorNanos(),
                    line.processorRatio()));
        }
        for (String note : notes) {
            text.append(options.markdown() ? "\n" : "  ").append(note).append('\n');
        }
        return text.toString();
    }
}
