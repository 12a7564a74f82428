package io.cxmetrics.cli;

import io.cxmetrics.Counts;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Unit;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.time.Grain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A scorecard for people: the KPIs, for each its cells and the total of all, then the account of what was read and what was
 * set aside.
 */
final class ScorecardText {
    private static final String INDENT = "  ";
    private static final String NOTHING = "–";
    private static final String INTERVAL = "95 % interval";
    /** From how many seconds on a time is shown in days, hours and minutes, and how many seconds these have. */
    private static final double[][] TIMES = {{172_800, 86_400}, {7_200, 3_600}, {120, 60}};

    private final ScorecardResult result;
    private final Locale locale;
    private final Terminal terminal;
    private final StringBuilder text = new StringBuilder();

    private ScorecardText(ScorecardResult result, Locale locale, Terminal terminal) {
        this.result = result;
        this.locale = locale;
        this.terminal = terminal;
    }

    static String of(ScorecardResult result, Locale locale, Terminal terminal) {
        ScorecardText text = new ScorecardText(result, locale, terminal);
        boolean isSplit = !result.dimensions().isEmpty() || result.shape().grain() != null;
        for (int i = 0; isSplit && i < result.kpis().size(); i++) {
            text.block(i, result.kpis().get(i));
        }
        text.summary(isSplit ? "All together" : "All rows");
        text.intake();
        return text.text.toString();
    }

    /** All KPIs over all cells, and the account of the rows for each. */
    private void summary(String title) {
        TextTable table =
                new TextTable(List.of("KPI"), List.of("value", INTERVAL, "n", "not eligible", "missing", "rejected"));
        for (Kpi<?> kpi : result.kpis()) {
            Statistic<?> total = total(kpi);
            Counts counts = total.counts();
            List<String> cells = new ArrayList<>(List.of(name(kpi)));
            cells.addAll(numbers(total, scale(total)));
            cells.add(Long.toString(counts.ineligible()));
            cells.add(Long.toString(counts.missing()));
            cells.add(Long.toString(counts.rejected()));
            table.add(cells);
        }
        text.append(terminal.bold(title))
                .append('\n')
                .append(table.text(INDENT))
                .append('\n');
    }

    /** One KPI with all cells. */
    private void block(int index, Kpi<?> kpi) {
        List<String> headings = new ArrayList<>();
        Grain grain = result.shape().grain();
        if (grain != null) {
            headings.add(grain.word());
        }
        headings.addAll(result.dimensions());
        TextTable table = new TextTable(headings, List.of("value", INTERVAL, "n"));
        Statistic<?> total = total(kpi);
        double scale = scale(total);
        for (Map.Entry<Cell, List<Statistic<?>>> entry : result.cells().entrySet()) {
            List<String> cells = new ArrayList<>();
            if (grain != null) {
                cells.add(
                        entry.getKey().period() == null
                                ? "(no time)"
                                : String.valueOf(entry.getKey().period()));
            }
            entry.getKey().labels().stream().map(Label::toString).forEach(cells::add);
            cells.addAll(numbers(entry.getValue().get(index), scale));
            table.add(cells);
        }
        List<String> last = new ArrayList<>();
        headings.forEach(heading -> last.add(last.isEmpty() ? "all" : ""));
        last.addAll(numbers(total, scale));
        table.add(last);
        text.append(terminal.bold(Terminal.printableLine(name(kpi)))).append('\n');
        text.append(table.text(INDENT)).append('\n');
    }

    private Statistic<?> total(Kpi<?> kpi) {
        return result.total(kpi);
    }

    /** The name; with the id if another KPI has the same name. */
    private String name(Kpi<?> kpi) {
        boolean isUnique = result.kpis().stream()
                .noneMatch(other -> !other.equals(kpi) && other.name().equals(kpi.name()));
        return isUnique ? kpi.name() : kpi.name() + " (" + kpi.id() + ")";
    }

    /**
     * The value that decides in which time unit numbers are shown: the largest unit in which the bounds of the interval
     * are apart by more than rounding.
     */
    private static double scale(Statistic<?> statistic) {
        double value = statistic.value().orElse(0);
        Interval interval = statistic.interval();
        if (!statistic.kpi().unit().equals(Unit.SECONDS) || !interval.isBounded()) {
            return value;
        }
        for (double[] time : TIMES) {
            if (Math.abs(value) >= time[0] && (interval.high() - interval.low()) / time[1] >= 0.5) {
                return time[0];
            }
        }
        return 1;
    }

    /** Value, interval and n, all in the time scale of one value. */
    private List<String> numbers(Statistic<?> statistic, double scale) {
        Unit unit = statistic.kpi().unit();
        Interval interval = statistic.interval();
        String value = statistic.value().isEmpty()
                ? NOTHING
                : unit.number(statistic.value().getAsDouble(), scale, locale) + unit.suffix(scale);
        String range = switch (interval.kind()) {
            case BOUNDED ->
                unit.number(interval.low(), scale, locale) + "…" + unit.number(interval.high(), scale, locale);
            case UNBOUNDED -> "unbounded";
            case UNDEFINED -> NOTHING;
        };
        return List.of(value, range, Long.toString(statistic.counts().used()));
    }

    private void intake() {
        Intake intake = result.intake();
        text.append(count(intake.lines(), "line"))
                .append(" = ")
                .append(count(intake.rows(), "row"))
                .append(" + ")
                .append(intake.brokenLines())
                .append(" broken. Each row is used (n), not eligible, missing a value, or rejected.\n");
        long setAside = intake.rejectedValues() + intake.brokenLines();
        if (setAside == 0) {
            text.append("Nothing was set aside.\n");
            return;
        }
        text.append('\n').append(terminal.bold(terminal.warning("Set aside"))).append('\n');
        intake.rejected().forEach((reason, count) -> line(count + " × " + reason));
        if (intake.brokenLines() > 0) {
            line(count(intake.brokenLines(), "broken line"));
        }
        boolean isAll = intake.samples().size() == setAside;
        text.append(terminal.bold(
                        isAll ? "Where" : "Where, the first " + intake.samples().size()))
                .append('\n');
        intake.samples().forEach(sample -> line(sample.toString()));
    }

    private void line(String content) {
        text.append(INDENT).append(Terminal.printableLine(content)).append('\n');
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
