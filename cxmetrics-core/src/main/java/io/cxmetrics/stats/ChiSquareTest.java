package io.cxmetrics.stats;

import java.util.Locale;

/**
 * Pearson's χ² test of counts: are several shares the same, or do counts split as they should?
 *
 * <p><b>Formula:</b> Σ (observed − expected)² / expected.
 *
 * <p><b>Unit and range:</b> the statistic is 0…∞, p is 0…1.
 *
 * <p><b>Empty:</b> if nothing distinguishes the expected counts (no row, or all shares 0 or 1) the statistic is 0 and p is 1.
 *
 * <p><b>Method:</b> the χ² approximation, good if no expected count is below about 5: see {@link #smallestExpected}.
 * <b>Cost:</b> a few operations a count. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> K. Pearson (1900), Philosophical Magazine 50.
 *
 * @param statistic χ²
 * @param degreesOfFreedom the degrees of freedom
 * @param pValue the probability of at least this χ² if there is no difference
 * @param smallestExpected the smallest expected count
 * @since 0.1
 */
public record ChiSquareTest(double statistic, int degreesOfFreedom, double pValue, double smallestExpected) {
    /** Below this p-value a split is taken for broken; splits are checked often, and a false alarm stops an experiment. */
    public static final double MISMATCH = 0.001;

    /**
     * Whether several shares are the same.
     *
     * @param shares two shares or more, of one KPI
     * @return the test, with one degree of freedom less than there are shares with rows
     * @throws IllegalArgumentException if there are fewer than two, or two are of different KPIs, naming both
     */
    public static ChiSquareTest ofShares(Share... shares) {
        if (shares.length < 2) {
            throw new IllegalArgumentException("a test needs two shares or more; found " + shares.length);
        }
        double hits = 0;
        double n = 0;
        int groups = 0;
        for (Share share : shares) {
            Comparison.checkSame(shares[0], share);
            hits += share.hits();
            n += share.counts().used();
            groups += share.counts().used() > 0 ? 1 : 0;
        }
        double p = hits / n;
        double statistic = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (Share share : shares) {
            double size = share.counts().used();
            if (size > 0) {
                double distance = share.hits() - size * p;
                statistic += distance * distance / (size * p * (1 - p));
                smallest = Math.min(smallest, size * Math.min(p, 1 - p));
            }
        }
        return test(p > 0 && p < 1 && groups > 1 ? statistic : 0, Math.max(1, groups - 1), n == 0 ? 0 : smallest);
    }

    /**
     * Whether counts split as they should: the check for a sample ratio mismatch, which comes before every A/B test. A p
     * below {@link #MISMATCH} means that the assignment or the logging is broken and the test's result worthless.
     *
     * @param observed the number of units in each arm, two or more
     * @param planned the planned shares of the arms, positive, in any scale: 50 and 50, or 0.9 and 0.1
     * @return the test
     * @throws IllegalArgumentException if there are fewer than two arms, not as many shares as arms, a count is negative, or
     *     a share is not positive
     */
    public static ChiSquareTest ofSplit(long[] observed, double... planned) {
        if (observed.length < 2 || observed.length != planned.length) {
            throw new IllegalArgumentException("a split needs two arms or more and a planned share for each; found "
                    + observed.length + " arms and " + planned.length + " shares");
        }
        double n = 0;
        double whole = 0;
        for (int i = 0; i < observed.length; i++) {
            if (observed[i] < 0 || !(planned[i] > 0 && planned[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "arm " + (i + 1) + " needs a count ≥ 0 and a positive planned share; found " + observed[i]
                                + " and " + planned[i]);
            }
            n += observed[i];
            whole += planned[i];
        }
        double statistic = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < observed.length; i++) {
            double expected = n * (planned[i] / whole);
            double distance = observed[i] - expected;
            statistic += distance * distance / expected;
            smallest = Math.min(smallest, expected);
        }
        return test(n > 0 ? statistic : 0, observed.length - 1, smallest);
    }

    private static ChiSquareTest test(double statistic, int degreesOfFreedom, double smallest) {
        return new ChiSquareTest(statistic, degreesOfFreedom, Tails.chiSquare(statistic, degreesOfFreedom), smallest);
    }

    /**
     * Whether a split is broken.
     *
     * @return true if p is below {@link #MISMATCH}
     */
    public boolean isMismatch() {
        return pValue < MISMATCH;
    }

    /** Such as {@code χ² = 11.12, df 3, p = 0.011}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "χ² = %.2f, df %d, ", statistic, degreesOfFreedom)
                + Comparison.pText(pValue, Locale.ROOT);
    }
}
