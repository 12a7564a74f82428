package io.cxmetrics.scorecard;

import io.cxmetrics.stats.Comparison;
import java.util.Comparator;

/**
 * One of many comparisons: what it came to alone, and whether it survives that the others were made too. Immutable and
 * thread-safe.
 *
 * @param cell the cell that is compared, in its later period
 * @param comparison the comparison alone
 * @param adjustedP the p-value corrected for all comparisons, 0…1
 * @param survives whether the adjusted p-value is below 1 − level
 * @since 0.1
 */
public record Change(Cell cell, Comparison comparison, double adjustedP, boolean survives) {
    /** Smallest p first. */
    static final Comparator<Change> BY_P = Comparator.comparingDouble(
                    (Change change) -> change.comparison().pValue().orElse(1))
            .thenComparing(Change::cell)
            .thenComparing(change -> change.comparison().kpi().id());

    /**
     * What is compared, for people.
     *
     * @return such as {@code CSAT chat}
     */
    public String subject() {
        String labels = new Cell(null, cell.labels()).toString();
        String name = comparison.kpi().name();
        return cell.labels().isEmpty() ? name : name + " " + labels;
    }
}
