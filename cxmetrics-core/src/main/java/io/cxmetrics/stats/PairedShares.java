package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.util.OptionalDouble;

/**
 * A share before and after among the same customers, from the four counts of pairs. Those who did not change say nothing
 * about the change, so this is surer than two samples of the same size. (For means of pairs, take the mean of each
 * customer's difference.)
 *
 * <p><b>Formula:</b> (gained − lost) / n.
 *
 * <p><b>Unit and range:</b> −1…1.
 *
 * <p><b>Empty:</b> undefined for no pairs.
 *
 * <p><b>Interval:</b> Newcombe's method 10, from two Wilson intervals and their correlation. <b>Test:</b> McNemar's with
 * mid-p. <b>Cost:</b> a few operations. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> R. G. Newcombe (1998), Improved confidence intervals for the difference between binomial proportions
 * based on paired data, Statistics in Medicine 17, 2635–2650; M. W. Fagerland, S. Lydersen, P. Laake (2013), The McNemar
 * test for binary matched-pairs data: mid-p and asymptotic are better than exact conditional, BMC Medical Research
 * Methodology 13.
 *
 * @param kept pairs that hit before and after
 * @param lost pairs that hit before only
 * @param gained pairs that hit after only
 * @param never pairs that hit neither time
 * @since 0.1
 */
public record PairedShares(long kept, long lost, long gained, long never) {

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public PairedShares {
        if (kept < 0 || lost < 0 || gained < 0 || never < 0) {
            throw new IllegalArgumentException("counts must not be negative: kept " + kept + ", lost " + lost
                    + ", gained " + gained + ", never " + never);
        }
    }

    /**
     * The number of pairs.
     *
     * @return the sum of the four
     */
    public long pairs() {
        return Math.addExact(Math.addExact(kept, lost), Math.addExact(gained, never));
    }

    /**
     * The share after minus the share before.
     *
     * @return the difference, or empty if there are no pairs
     */
    public OptionalDouble difference() {
        return pairs() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) (gained - lost) / pairs());
    }

    /**
     * Newcombe's interval of the difference.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined if there are no pairs
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        double n = pairs();
        if (n == 0) {
            return Interval.undefined(level, "nothing observed");
        }
        double before = (kept + lost) / n;
        double after = (kept + gained) / n;
        Interval ofBefore = Wilson.interval(before, n, level, "");
        Interval ofAfter = Wilson.interval(after, n, level, "");
        double phi = phi();
        double move = (gained - lost) / n;
        double low = move - side(after - ofAfter.low(), ofBefore.high() - before, phi);
        double high = move + side(ofAfter.high() - after, before - ofBefore.low(), phi);
        return Interval.bounded(Math.max(-1, low), Math.min(1, high), level, "Newcombe, paired");
    }

    private static double side(double first, double second, double phi) {
        return Math.sqrt(Math.max(0, first * first - 2 * phi * first * second + second * second));
    }

    /** The correlation within pairs, with Newcombe's correction for continuity where it is positive. */
    private double phi() {
        double n = pairs();
        double a = (double) (kept + lost) * (gained + never);
        double b = (double) (kept + gained) * (lost + never);
        if (a == 0 || b == 0) {
            return 0;
        }
        double cross = (double) kept * never - (double) lost * gained;
        double corrected = cross > 0 ? Math.max(0, cross - n / 2) : cross;
        return corrected / Math.sqrt(a) / Math.sqrt(b);
    }

    /**
     * How likely a change at least as large would be, up or down, if as many were gained as lost.
     *
     * @return McNemar's two-sided mid-p; 1 if nobody changed
     */
    public double pValue() {
        long changed = Math.addExact(gained, lost);
        long fewer = Math.min(gained, lost);
        if (gained == lost) {
            return 1;
        }
        // P(X ≤ k) of the binomial with ½ is I_½(n − k, k + 1); mid-p takes half of k itself.
        double atMost = IncompleteBeta.lower((double) (changed - fewer), fewer + 1.0, 0.5, 0.5);
        return Math.min(1, 2 * atMost - IncompleteBeta.binomial(fewer, changed, 0.5, 0.5));
    }
}
