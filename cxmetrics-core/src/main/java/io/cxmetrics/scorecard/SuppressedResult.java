package io.cxmetrics.scorecard;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A result that may be shown to others: statistics of fewer observations than a minimum are hidden, since they may tell of
 * single persons, and so are as many others as it takes that no hidden one follows from a total.
 *
 * <p>A statistic with 1 to minimum − 1 used observations is hidden (<em>primary</em>); one without any has nothing to hide.
 * Then, for each KPI and each line of cells that differ in one coordinate only (the period or one dimension), the hidden
 * ones must be two or more with at least the minimum of observations together; otherwise the next smallest of the line are
 * hidden as well (<em>complementary</em>), until that holds for every line or a line has nothing left to hide. So the total
 * of a line less what is shown never is a single cell. The totals themselves are to be judged by the same minimum; what
 * several tables of different dimensions tell together is not judged. See Hundepool et al., <cite>Statistical Disclosure
 * Control</cite>, 2012, section 5.
 *
 * <p>Cost: a few passes over the cells. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class SuppressedResult {
    private final ScorecardResult shown;
    private final long minimum;
    private final Map<Cell, boolean[]> hidden;
    private final long primary;
    private final long complementary;

    private SuppressedResult(
            ScorecardResult shown, long minimum, Map<Cell, boolean[]> hidden, long primary, long complementary) {
        this.shown = shown;
        this.minimum = minimum;
        this.hidden = hidden;
        this.primary = primary;
        this.complementary = complementary;
    }

    static SuppressedResult of(ScorecardResult result, long minimum) {
        if (minimum < 1) {
            throw new IllegalArgumentException(
                    "the least number of observations to show is 1 or more; found " + minimum);
        }
        Map<Cell, boolean[]> hidden = new HashMap<>();
        long primary = 0;
        long complementary = 0;
        int kpis = result.kpis().size();
        result.cells().keySet().forEach(cell -> hidden.put(cell, new boolean[kpis]));
        List<List<Cell>> lines = lines(result);
        for (int k = 0; k < kpis; k++) {
            Map<Cell, Long> used = new HashMap<>();
            for (Map.Entry<Cell, List<Statistic<?>>> entry : result.cells().entrySet()) {
                long n = entry.getValue().get(k).counts().used();
                used.put(entry.getKey(), n);
                if (n > 0 && n < minimum) {
                    flags(hidden, entry.getKey())[k] = true;
                    primary++;
                }
            }
            boolean isStable;
            do {
                isStable = true;
                for (List<Cell> line : lines) {
                    int more = complete(line, k, used, hidden, minimum);
                    complementary += more;
                    isStable &= more == 0;
                }
            } while (!isStable);
        }
        SortedMap<Cell, List<Statistic<?>>> cells = new TreeMap<>();
        result.cells().forEach((cell, statistics) -> {
            List<Statistic<?>> kept = new ArrayList<>();
            for (int k = 0; k < kpis; k++) {
                Statistic<?> own = statistics.get(k);
                kept.add(flags(hidden, cell)[k] ? own.kpi().empty() : own);
            }
            cells.put(cell, kept);
        });
        Intake all = result.intake();
        Intake intake = new Intake(all.rows(), all.brokenLines(), all.rejected(), List.of(), all.isPartial());
        return new SuppressedResult(
                new ScorecardResult(result.shape(), cells, intake), minimum, hidden, primary, complementary);
    }

    private static boolean[] flags(Map<Cell, boolean[]> hidden, Cell cell) {
        return hidden.getOrDefault(cell, new boolean[0]);
    }

    /** Hides what a line lacks; returns how many. */
    private static int complete(
            List<Cell> line, int kpi, Map<Cell, Long> used, Map<Cell, boolean[]> hidden, long minimum) {
        long sum = 0;
        int count = 0;
        List<Cell> open = new ArrayList<>();
        for (Cell cell : line) {
            long n = used.getOrDefault(cell, 0L);
            if (flags(hidden, cell)[kpi]) {
                sum += n;
                count++;
            } else if (n > 0) {
                open.add(cell);
            }
        }
        int more = 0;
        open.sort(Comparator.<Cell>comparingLong(cell -> used.getOrDefault(cell, 0L))
                .thenComparing(Comparator.naturalOrder()));
        while (count > 0 && (count < 2 || sum < minimum) && more < open.size()) {
            Cell next = open.get(more++);
            flags(hidden, next)[kpi] = true;
            sum += used.getOrDefault(next, 0L);
            count++;
        }
        return more;
    }

    /** A cell without one of its coordinates. */
    private record Line(int without, @Nullable Period period, List<@Nullable Label> labels) {}

    private static List<List<Cell>> lines(ScorecardResult result) {
        Map<Line, List<Cell>> lines = new HashMap<>();
        List<Line> order = new ArrayList<>();
        boolean hasPeriods = result.shape().grain() != null;
        for (Cell cell : result.cells().keySet()) {
            for (int without = hasPeriods ? -1 : 0; without < cell.labels().size(); without++) {
                @Nullable Label[] labels = cell.labels().toArray(new Label[0]);
                if (without >= 0) {
                    labels[without] = null;
                }
                Line line = new Line(without, without < 0 ? null : cell.period(), Arrays.asList(labels));
                lines.computeIfAbsent(line, key -> {
                            order.add(key);
                            return new ArrayList<>();
                        })
                        .add(cell);
            }
        }
        return order.stream().map(line -> lines.getOrDefault(line, List.of())).toList();
    }

    /**
     * What may be shown.
     *
     * @return the result with an empty statistic in the place of each hidden one, and without samples of rejected values; ask
     *     {@link #isHidden} to tell hidden ones from those that had no rows
     */
    public ScorecardResult result() {
        return shown;
    }

    /**
     * Whether a statistic is hidden.
     *
     * @param cell a cell of the result
     * @param kpi a KPI of the result
     * @return true if it is; false for cells and KPIs that the result does not have
     */
    public boolean isHidden(Cell cell, Kpi<?> kpi) {
        int index = shown.kpis().indexOf(kpi);
        boolean[] flags = flags(hidden, cell);
        return index >= 0 && index < flags.length && flags[index];
    }

    /**
     * How many observations a statistic needs to be shown.
     *
     * @return the minimum, at least 1
     */
    public long minimum() {
        return minimum;
    }

    /**
     * How many statistics are hidden because they have few observations.
     *
     * @return the number
     */
    public long primary() {
        return primary;
    }

    /**
     * How many statistics are hidden only because they would betray another one.
     *
     * @return the number
     */
    public long complementary() {
        return complementary;
    }

    /** Such as {@code 3 results with fewer than 10 observations are hidden, and 2 more that would tell them}. */
    @Override
    public String toString() {
        return primary + (primary == 1 ? " result" : " results") + " with fewer than " + minimum + " observations "
                + (primary == 1 ? "is" : "are") + " hidden, and " + complementary + " more that would tell them";
    }
}
