package io.cxmetrics.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.cxmetrics.Interval;
import io.cxmetrics.Statistic;
import io.cxmetrics.scorecard.Change;
import io.cxmetrics.scorecard.Changes;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.stats.Comparison;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison for other programs: a line for each cell and KPI, in full precision and base units; {@code obstacle} says why
 * a line has no comparison.
 */
final class CompareCsv {
    /** The columns behind the dimensions. */
    private static final List<String> FIXED = List.of(
            "kpi",
            "unit",
            "before",
            "n_before",
            "after",
            "n_after",
            "change",
            "low",
            "high",
            "p",
            "corrected_p",
            "survives",
            "interval",
            "test",
            "obstacle");

    private CompareCsv() {}

    static String of(Sides sides, Changes changes) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<String> header = new ArrayList<>();
            for (String dimension : sides.after().dimensions()) {
                header.add(ScorecardCsv.harmless(FIXED.contains(dimension) ? "by " + dimension : dimension));
            }
            header.addAll(FIXED);
            csv.writeRecord(header);
            for (Sides.Pair pair : sides.pairs(changes)) {
                csv.writeRecord(line(pair, changes.level()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static List<String> line(Sides.Pair pair, double level) {
        List<String> line = new ArrayList<>();
        for (Label label : pair.cell().labels()) {
            line.add(label.kind() == Label.Kind.MISSING ? "" : ScorecardCsv.harmless(label.toString()));
        }
        line.add(pair.kpi().id());
        line.add(pair.kpi().unit().toString());
        side(pair.before(), line);
        side(pair.after(), line);
        Change change = pair.change();
        if (change == null) {
            line.addAll(List.of("", "", "", "", "", "", "", ""));
        } else {
            Comparison comparison = change.comparison();
            Interval interval = comparison.interval(level);
            line.add(ScorecardCsv.number(comparison.difference().orElseThrow()));
            line.add(interval.isBounded() ? ScorecardCsv.number(interval.low()) : "");
            line.add(interval.isBounded() ? ScorecardCsv.number(interval.high()) : "");
            line.add(ScorecardCsv.number(comparison.pValue().orElseThrow()));
            line.add(ScorecardCsv.number(change.adjustedP()));
            line.add(Boolean.toString(change.survives()));
            line.add(ScorecardCsv.method(interval));
            line.add(comparison.test());
        }
        line.add(pair.obstacle());
        return line;
    }

    private static void side(@Nullable Statistic<?> statistic, List<String> line) {
        if (statistic == null) {
            line.addAll(List.of("", "0"));
            return;
        }
        line.add(
                statistic.value().isPresent()
                        ? ScorecardCsv.number(statistic.value().getAsDouble())
                        : "");
        line.add(Long.toString(statistic.counts().used()));
    }
}
