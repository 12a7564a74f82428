package io.cxmetrics.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.cxmetrics.Counts;
import io.cxmetrics.Interval;
import io.cxmetrics.Statistic;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.scorecard.SuppressedResult;
import io.cxmetrics.time.Period;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A scorecard for other programs: a line for each cell and KPI, with values in full precision and base units (a share is
 * 0–1, a duration seconds). What is undefined is empty; {@code interval} says how the interval was made or why there is
 * none.
 */
final class ScorecardCsv {
    /** The columns behind the dimensions. */
    private static final List<String> FIXED =
            List.of("kpi", "value", "unit", "low", "high", "n", "ineligible", "missing", "rejected", "interval");

    private ScorecardCsv() {}

    static String of(ScorecardResult result) {
        return of(result.suppressed(1));
    }

    /** Of what is hidden, only that it is. */
    static String of(SuppressedResult shown) {
        ScorecardResult result = shown.result();
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(header(result));
            for (Map.Entry<Cell, List<Statistic<?>>> entry : result.cells().entrySet()) {
                for (Statistic<?> statistic : entry.getValue()) {
                    csv.writeRecord(line(shown, entry.getKey(), statistic));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** The SQL types of the columns. */
    static List<String> types(ScorecardResult result) {
        List<String> types = new ArrayList<>(List.of("VARCHAR"));
        result.dimensions().forEach(dimension -> types.add("VARCHAR"));
        types.addAll(List.of(
                "VARCHAR", "DOUBLE", "VARCHAR", "DOUBLE", "DOUBLE", "BIGINT", "BIGINT", "BIGINT", "BIGINT", "VARCHAR"));
        return types;
    }

    static List<String> header(ScorecardResult result) {
        List<String> header = new ArrayList<>(List.of("period"));
        for (String dimension : result.dimensions()) {
            // A dimension may be called like a column of ours, such as "unit".
            boolean taken = FIXED.contains(dimension) || dimension.equals("period");
            header.add(harmless(taken ? "by " + dimension : dimension));
        }
        header.addAll(FIXED);
        return header;
    }

    private static List<String> line(SuppressedResult shown, Cell cell, Statistic<?> statistic) {
        Period period = cell.period();
        Interval interval = statistic.interval();
        Counts counts = statistic.counts();
        List<String> line = new ArrayList<>();
        line.add(period == null ? "" : period.toString());
        for (Label label : cell.labels()) {
            line.add(label.kind() == Label.Kind.MISSING ? "" : harmless(label.toString()));
        }
        line.add(statistic.kpi().id());
        if (shown.isHidden(cell, statistic.kpi())) {
            line.addAll(List.of("", statistic.kpi().unit().toString(), "", "", "", "", "", ""));
            line.add(hidden(shown));
            return line;
        }
        line.add(statistic.value().isEmpty() ? "" : number(statistic.value().getAsDouble()));
        line.add(statistic.kpi().unit().toString());
        line.add(interval.isBounded() ? number(interval.low()) : "");
        line.add(interval.isBounded() ? number(interval.high()) : "");
        line.add(Long.toString(counts.used()));
        line.add(Long.toString(counts.ineligible()));
        line.add(Long.toString(counts.missing()));
        line.add(Long.toString(counts.rejected()));
        line.add(method(interval));
        return line;
    }

    /** What stands in the place of how an interval was made. */
    static String hidden(SuppressedResult shown) {
        return "suppressed: fewer than " + shown.minimum() + " observations, or it would tell another such result";
    }

    /** How an interval was made, or why there is none. */
    static String method(Interval interval) {
        return switch (interval.kind()) {
            case BOUNDED -> interval.method();
            case UNBOUNDED -> "unbounded: " + interval.method();
            case UNDEFINED -> "undefined: " + interval.method();
        };
    }

    static String number(double value) {
        return new BigDecimal(Double.toString(value)).toPlainString();
    }

    /** A text that no spreadsheet takes for a formula: one that looks like it gets an apostrophe, unless it is a number. */
    static String harmless(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) >= 0;
        return formula && !text.matches("[+-]?[0-9]+([.][0-9]+)?") ? "'" + text : text;
    }
}
