package io.cxmetrics.cli;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Change;
import io.cxmetrics.scorecard.Changes;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Comparison;
import io.cxmetrics.stats.Correction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Two results of the same KPIs and dimensions that are compared, all periods of each together; or one of which each cell is
 * compared with the rest.
 *
 * @param beforeName what the earlier one is called
 * @param before the earlier one; the whole, if each cell is compared with the rest
 * @param afterName what the later one is called
 * @param after the later one, or the whole
 * @param againstRest whether each cell is compared with the rest
 */
record Sides(String beforeName, ScorecardResult before, String afterName, ScorecardResult after, boolean againstRest) {

    /**
     * A KPI in a cell on both sides.
     *
     * @param cell the cell, without a period
     * @param kpi the KPI
     * @param before the statistic before, or of the rest; null if the cell has no rows there
     * @param after the statistic after, or of the cell; null if the cell has no rows there
     * @param change the comparison; null if there is none
     * @param obstacle why there is no comparison; empty if there is one
     */
    record Pair(
            Cell cell,
            Kpi<?> kpi,
            @Nullable Statistic<?> before,
            @Nullable Statistic<?> after,
            @Nullable Change change,
            String obstacle) {}

    /** What a comparison is of. */
    private record Key(Cell cell, Kpi<?> kpi) {}

    Changes changes(Correction correction, double level) {
        return (againstRest ? after.againstRest() : after.changesFrom(before)).with(correction, level);
    }

    /** All KPIs in all cells that either side has, in the order of the cells and then of the KPIs. */
    List<Pair> pairs(Changes changes) {
        Map<Key, Change> made = new HashMap<>();
        changes.all()
                .forEach(change ->
                        made.put(new Key(change.cell(), change.comparison().kpi()), change));
        ScorecardResult earlier = before.overall();
        ScorecardResult later = after.overall();
        SortedSet<Cell> cells = new TreeSet<>(earlier.cells().keySet());
        cells.addAll(later.cells().keySet());
        List<Pair> pairs = new ArrayList<>();
        for (Cell cell : cells) {
            for (Kpi<?> kpi : later.kpis()) {
                Change change = made.get(new Key(cell, kpi));
                Statistic<?> base = base(change, earlier, cell, kpi);
                Statistic<?> own = in(later, cell, kpi);
                boolean isMirror = againstRest && cells.size() == 2 && cell.equals(cells.last());
                String obstacle = isMirror ? "the same difference as of " + cells.first() : obstacle(base, own);
                pairs.add(new Pair(cell, kpi, base, own, change, change == null ? obstacle : ""));
            }
        }
        return pairs;
    }

    private @Nullable Statistic<?> base(@Nullable Change change, ScorecardResult earlier, Cell cell, Kpi<?> kpi) {
        // What was merged for the comparison is not merged again: the rest of each of many cells is much.
        return change != null && change.comparison().before() instanceof Statistic<?> merged
                ? merged
                : againstRest ? rest(earlier, cell, kpi) : in(earlier, cell, kpi);
    }

    private static @Nullable Statistic<?> in(ScorecardResult result, Cell cell, Kpi<?> kpi) {
        return result.cells().containsKey(cell) ? result.get(kpi, cell) : null;
    }

    private static @Nullable Statistic<?> rest(ScorecardResult result, Cell cell, Kpi<?> kpi) {
        return result.cells().size() > 1 ? result.total(kpi, other -> !other.equals(cell)) : null;
    }

    private String obstacle(@Nullable Statistic<?> base, @Nullable Statistic<?> own) {
        if (base == null) {
            return againstRest ? "there is no rest" : "no rows before";
        }
        if (own == null) {
            return "no rows after";
        }
        String sentence = Comparison.of(base, own).sentence("", Locale.ROOT);
        return sentence.substring(sentence.indexOf(": ") + 2);
    }

    /** How many rows a side has. */
    static long rows(ScorecardResult result) {
        return result.cells().values().stream()
                .mapToLong(statistics -> statistics.get(0).counts().rows())
                .sum();
    }
}
