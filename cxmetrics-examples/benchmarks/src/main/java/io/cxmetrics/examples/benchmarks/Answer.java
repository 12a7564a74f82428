package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.Statistic;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of each cell, in the form in which peers are compared. Cells are called such as {@code phone 2025-01-06}: the
 * channel and the Monday. Figures that no row supports are NaN.
 *
 * @param figures ten of each cell, in the order of {@link #NAMES}
 */
record Answer(SortedMap<String, double[]> figures) {
    static final List<String> NAMES = List.of(
            "nps", "csat", "ces", "automation-rate", "aht", "service-level", "abandonment-rate", "p50", "p90", "p99");
    private static final int PERCENTILES_FROM = 7;

    /** The declared relative error of percentiles. */
    private static final double PERCENTILE_ERROR = 0.01;

    /** What rounding in another order of additions may do. */
    private static final double ROUNDING = 1e-9;

    /** The figures of a scorecard with one dimension, the KPIs in the order of {@link #NAMES}. */
    static Answer of(ScorecardResult result) {
        SortedMap<String, double[]> figures = new TreeMap<>();
        for (Map.Entry<Cell, List<Statistic<?>>> cell : result.cells().entrySet()) {
            Period period = cell.getKey().period();
            figures.put(
                    cell.getKey().labels().get(0) + (period == null ? "" : " " + period.start()),
                    cell.getValue().stream()
                            .mapToDouble(s -> s.value().orElse(Double.NaN))
                            .toArray());
        }
        return new Answer(figures);
    }

    /** Refuses an answer that differs from this one by more than rounding, of percentiles by more than their error. */
    void check(Answer other) {
        if (!figures.keySet().equals(other.figures.keySet())) {
            throw new IllegalStateException("other cells: " + figures.keySet() + " and " + other.figures.keySet());
        }
        figures.forEach((cell, expected) -> {
            double[] found = Objects.requireNonNull(other.figures.get(cell));
            for (int f = 0; f < expected.length; f++) {
                double error = f >= PERCENTILES_FROM ? PERCENTILE_ERROR : ROUNDING;
                boolean same = Double.isNaN(expected[f])
                        ? Double.isNaN(found[f])
                        : Math.abs(expected[f] - found[f]) <= error * Math.max(1, Math.abs(expected[f]));
                if (!same) {
                    throw new IllegalStateException(NAMES.get(f) + " of " + cell + ": " + Arrays.toString(expected)
                            + " and " + Arrays.toString(found));
                }
            }
        });
    }
}
