package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.util.OptionalDouble;

/**
 * A share of weighted responses, such as a survey weighted to the customer base: unequal weights make it less sure than its
 * number of responses says.
 *
 * <p><b>Formula:</b> Σw of hits / Σw; effective n = (Σw)² / Σw² (Kish).
 *
 * <p><b>Unit and range:</b> 0…1. Doubling all weights changes nothing.
 *
 * <p><b>Empty:</b> undefined for Σw = 0.
 *
 * <p><b>Interval:</b> Wilson with the effective n. <b>Cost:</b> three numbers, which add up over disjoint rows. Immutable and
 * thread-safe.
 *
 * <p><b>Reference:</b> L. Kish (1965), Survey Sampling, section 11.7.
 *
 * @param hitWeight the sum of the weights of hits
 * @param weight the sum of all weights
 * @param squaredWeight the sum of the squares of all weights
 * @since 0.1
 */
public record WeightedShare(double hitWeight, double weight, double squaredWeight) {

    /**
     * Checks the sums.
     *
     * @throws IllegalArgumentException unless 0 ≤ hit weight ≤ weight, and the squares are those of non-negative weights
     */
    public WeightedShare {
        boolean some = weight > 0 && squaredWeight > 0 && squaredWeight <= weight * weight * (1 + 1e-9);
        boolean none = weight == 0 && squaredWeight == 0;
        if (!(hitWeight >= 0 && hitWeight <= weight && weight < Double.POSITIVE_INFINITY && (some || none))) {
            throw new IllegalArgumentException(
                    "a weighted share needs 0 ≤ hit weight ≤ weight and 0 < squares ≤ weight²;" + " found " + hitWeight
                            + ", " + weight + ", " + squaredWeight);
        }
    }

    /**
     * The weighted share of a ratio whose numerator is the weight of a hit (0 for a miss) and whose denominator is the
     * weight: it keeps all the sums needed.
     *
     * @param ratio the ratio
     * @return the weighted share
     * @throws IllegalArgumentException if its sums are not those of weights
     */
    public static WeightedShare of(Ratio ratio) {
        return new WeightedShare(
                Totals.exact(ratio, 0).doubleValue(),
                Totals.exact(ratio, 1).doubleValue(),
                Totals.exact(ratio, 3).doubleValue());
    }

    /**
     * This weighted share and that of other rows.
     *
     * @param other the other
     * @return both together
     */
    public WeightedShare plus(WeightedShare other) {
        return new WeightedShare(
                hitWeight + other.hitWeight, weight + other.weight, squaredWeight + other.squaredWeight);
    }

    /**
     * The weighted share.
     *
     * @return the share, or empty without weight
     */
    public OptionalDouble value() {
        return weight == 0 ? OptionalDouble.empty() : OptionalDouble.of(hitWeight / weight);
    }

    /**
     * How many responses of equal weight would be as sure.
     *
     * @return the effective n, at least 1; 0 without weight
     */
    public double effectiveSize() {
        return weight == 0 ? 0 : Math.max(1, weight * weight / squaredWeight);
    }

    /**
     * Wilson's interval with the effective n.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined without weight
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        return weight == 0
                ? Interval.undefined(level, "nothing observed")
                : Wilson.interval(hitWeight / weight, effectiveSize(), level, "Wilson, weighted");
    }
}
