package io.cxmetrics.stats;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What to do about many comparisons at once: of 42 cells in which nothing moved, two look significant at 95 %.
 *
 * <p><b>Formula:</b> adjusted p-values, which are compared with 1 − level as a single one would be.
 *
 * <p><b>Unit and range:</b> 0…1, in the order of the p-values given, never smaller than those.
 *
 * <p><b>Empty:</b> no p-values give no adjusted ones. <b>Cost:</b> a sort. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
 * Statistics 6; Y. Benjamini, Y. Hochberg (1995), Controlling the false discovery rate, JRSS B 57.
 *
 * @since 0.1
 */
public enum Correction {
    /** None: for one comparison that was planned before. */
    NONE {
        @Override
        void adjustSorted(double[] sorted) {}
    },
    /**
     * Holm: the chance that even one of the surviving moves is none stays below 1 − level, however the comparisons hang
     * together. For reports that are acted upon.
     */
    HOLM {
        @Override
        void adjustSorted(double[] sorted) {
            double largest = 0;
            for (int i = 0; i < sorted.length; i++) {
                largest = Math.max(largest, Math.min(1, sorted[i] * (sorted.length - i)));
                sorted[i] = largest;
            }
        }
    },
    /**
     * Benjamini and Hochberg: of the surviving moves, no more than 1 − level are none on average, if the comparisons are
     * independent or move together. For lists that are looked through.
     */
    BENJAMINI_HOCHBERG {
        @Override
        void adjustSorted(double[] sorted) {
            double smallest = 1;
            for (int i = sorted.length - 1; i >= 0; i--) {
                smallest = Math.min(smallest, sorted[i] * sorted.length / (i + 1));
                sorted[i] = smallest;
            }
        }
    };

    /** Adjusts p-values in rising order. */
    abstract void adjustSorted(double[] sorted);

    /**
     * The adjusted p-values.
     *
     * @param pValues the p-values of all comparisons made, also of those that nobody will look at
     * @return the adjusted p-values in the same order
     * @throws IllegalArgumentException naming value and position, if one is not within 0…1
     */
    public double[] adjust(double... pValues) {
        Integer[] order = new Integer[pValues.length];
        for (int i = 0; i < order.length; i++) {
            if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
                throw new IllegalArgumentException("p-value " + (i + 1) + " is not within 0…1: " + pValues[i]);
            }
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        double[] sorted = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = pValues[order[i]];
        }
        adjustSorted(sorted);
        double[] adjusted = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            adjusted[order[i]] = sorted[i];
        }
        return adjusted;
    }
}
