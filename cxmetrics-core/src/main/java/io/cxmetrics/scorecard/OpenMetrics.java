package io.cxmetrics.scorecard;

import io.cxmetrics.Counts;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Unit;
import io.cxmetrics.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * A result as OpenMetrics text, which Prometheus and others read: for each KPI a gauge with its value, gauges with the ends
 * of its 95 % interval, and one with its account.
 *
 * <p>Values are in base units: a share is a ratio 0–1, a duration seconds. What is undefined, unbounded or hidden has no
 * sample. Dimensions are labels; a missing or rejected value is an empty label with a label such as
 * {@code channel_state="missing"} beside it. Names hold letters, digits and underscores only; two that would be the same get
 * a number. The form is that of OpenMetrics 1.0 (https://openmetrics.io), in UTF-8. Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class OpenMetrics {
    private OpenMetrics() {}

    /**
     * The text of a result.
     *
     * @param result the result; {@link ScorecardResult#suppressed} hides small cells
     * @return the text, which ends with {@code # EOF} and a line feed
     */
    public static String write(ScorecardResult result) {
        StringBuilder text = new StringBuilder();
        Set<String> families = new HashSet<>();
        List<String> dimensions = labelNames(result);
        for (int k = 0; k < result.kpis().size(); k++) {
            Kpi<?> kpi = result.kpis().get(k);
            String unit = unit(kpi.unit());
            String name = free("cxmetrics_" + plain(kpi.id()), families);
            gauge(text, result, k, name, unit, kpi.name(), dimensions, Statistic::value);
            gauge(
                    text,
                    result,
                    k,
                    name + "_low",
                    unit,
                    kpi.name() + ": lower end of the 95 % interval",
                    dimensions,
                    s -> end(s.interval(), s.interval().low()));
            gauge(
                    text,
                    result,
                    k,
                    name + "_high",
                    unit,
                    kpi.name() + ": upper end of the 95 % interval",
                    dimensions,
                    s -> end(s.interval(), s.interval().high()));
            account(text, result, k, name + "_observations", kpi.name() + ": rows by what became of them", dimensions);
        }
        return text.append("# EOF\n").toString();
    }

    private static OptionalDouble end(Interval interval, double end) {
        return interval.isBounded() ? OptionalDouble.of(end) : OptionalDouble.empty();
    }

    /** The unit of OpenMetrics, which is the end of the name; empty if there is none. */
    private static String unit(Unit unit) {
        return unit.equals(Unit.SHARE) ? "ratio" : unit.equals(Unit.SECONDS) ? "seconds" : "";
    }

    private static void head(StringBuilder text, String family, String unit, String help) {
        text.append("# TYPE ").append(family).append(" gauge\n");
        if (!unit.isEmpty()) {
            text.append("# UNIT ").append(family).append(' ').append(unit).append('\n');
        }
        text.append("# HELP ").append(family).append(' ').append(escaped(help)).append('\n');
    }

    private static void gauge(
            StringBuilder text,
            ScorecardResult result,
            int kpi,
            String name,
            String unit,
            String help,
            List<String> dimensions,
            Function<Statistic<?>, OptionalDouble> value) {
        String family = unit.isEmpty() ? name : name + "_" + unit;
        head(text, family, unit, help);
        for (Map.Entry<Cell, List<Statistic<?>>> entry : result.cells().entrySet()) {
            OptionalDouble number = value.apply(entry.getValue().get(kpi));
            if (number.isPresent()) {
                text.append(family)
                        .append(labels(labels(entry.getKey(), dimensions)))
                        .append(' ')
                        .append(number.getAsDouble())
                        .append('\n');
            }
        }
    }

    private static void account(
            StringBuilder text, ScorecardResult result, int kpi, String family, String help, List<String> dimensions) {
        head(text, family, "", help);
        result.cells().forEach((cell, statistics) -> {
            Counts counts = statistics.get(kpi).counts();
            count(text, family, cell, dimensions, "used", counts.used());
            count(text, family, cell, dimensions, "ineligible", counts.ineligible());
            count(text, family, cell, dimensions, "missing", counts.missing());
            count(text, family, cell, dimensions, "rejected", counts.rejected());
        });
    }

    private static void count(
            StringBuilder text, String family, Cell cell, List<String> dimensions, String outcome, long count) {
        List<String> labels = labels(cell, dimensions);
        labels.add("outcome=\"" + outcome + "\"");
        text.append(family).append(labels(labels)).append(' ').append(count).append('\n');
    }

    private static List<String> labels(Cell cell, List<String> dimensions) {
        List<String> labels = new ArrayList<>();
        Period period = cell.period();
        if (period != null) {
            labels.add("period=\"" + period + "\"");
        }
        for (int d = 0; d < dimensions.size(); d++) {
            Label label = cell.labels().get(d);
            labels.add(dimensions.get(d) + "=\"" + escaped(label.text()) + "\"");
            if (label.kind() != Label.Kind.VALUE) {
                labels.add(dimensions.get(d) + "_state=\"" + label.kind().name().toLowerCase(Locale.ROOT) + "\"");
            }
        }
        return labels;
    }

    private static String labels(List<String> labels) {
        return labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}";
    }

    private static List<String> labelNames(ScorecardResult result) {
        Set<String> taken = new HashSet<>(Set.of("period", "outcome", "job", "instance"));
        List<String> names = new ArrayList<>();
        for (String dimension : result.dimensions()) {
            String name = free(plain(dimension), taken);
            taken.add(name + "_state");
            names.add(name);
        }
        return names;
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int n = 2; taken.contains(free) || taken.contains(free + "_state"); n++) {
            free = name + "_" + n;
        }
        taken.add(free);
        return free;
    }

    /** Letters, digits and underscores; no digit first and no two underscores, which others reserve. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "x_" + plain : plain;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
