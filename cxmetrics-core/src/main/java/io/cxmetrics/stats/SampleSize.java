package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.util.function.DoubleUnaryOperator;

/**
 * How many rows an A/B test needs, and what it would find with those it has. Two arms of one size, two-sided tests.
 *
 * <p><b>Formula:</b> power is the probability that the test at the level finds the difference if it is real. Means: the
 * noncentral t distribution with n arms of 2 (n − 1) degrees of freedom, as R's {@code power.t.test}. Shares: the normal
 * approximation with the pooled variance under no difference, as R's {@code power.prop.test}.
 *
 * <p><b>Unit and range:</b> rows in each arm; power 0…1. A two-sided test's chance to find the opposite is not counted.
 *
 * <p><b>Cost:</b> some hundred to thousand operations; nothing is kept. Thread-safe.
 *
 * <p><b>Reference:</b> J. Cohen (1988), Statistical Power Analysis for the Behavioral Sciences.
 *
 * @since 0.1
 */
public final class SampleSize {
    private static final long MOST = 1L << 52;

    private SampleSize() {}

    /**
     * The rows that each arm needs to find a change of a share.
     *
     * @param before the share without the change, strictly between 0 and 1
     * @param after the share with it, strictly between 0 and 1
     * @param level the confidence level of the test, such as 0.95
     * @param power the wanted probability to find the change, such as 0.8
     * @return the number of rows in each arm
     * @throws IllegalArgumentException if a number is not between 0 and 1, or both shares are the same
     */
    public static long forShares(double before, double after, double level, double power) {
        checkPower(power);
        return smallest(n -> powerOfShares(before, after, n, level), power, before != after);
    }

    /**
     * The probability to find a change of a share.
     *
     * @param before the share without the change, strictly between 0 and 1
     * @param after the share with it, strictly between 0 and 1
     * @param n the number of rows in each arm, at least 1
     * @param level the confidence level of the test
     * @return the power
     * @throws IllegalArgumentException if a share or the level is not between 0 and 1, or n is below 1
     */
    public static double powerOfShares(double before, double after, double n, double level) {
        Interval.checkLevel(level);
        if (!(before > 0 && before < 1 && after > 0 && after < 1)) {
            throw new IllegalArgumentException(
                    "shares lie strictly between 0 and 1; found " + before + " and " + after);
        }
        if (!(n >= 1)) {
            throw new IllegalArgumentException("an arm needs at least 1 row; found n = " + n);
        }
        double mean = (before + after) / 2;
        double pooled = Math.sqrt(2 * mean * (1 - mean));
        double own = Math.sqrt(before * (1 - before) + after * (1 - after));
        return below((Math.sqrt(n) * Math.abs(after - before) - Quantiles.normal(level) * pooled) / own);
    }

    /**
     * The rows that each arm needs to find a change of a mean.
     *
     * @param difference the difference to find, not 0
     * @param standardDeviation the standard deviation within an arm, positive, in the same unit
     * @param level the confidence level of the test, such as 0.95
     * @param power the wanted probability to find the difference, such as 0.8
     * @return the number of rows in each arm, at least 2
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static long forMeans(double difference, double standardDeviation, double level, double power) {
        checkPower(power);
        return smallest(n -> powerOfMeans(difference, standardDeviation, n, level), power, difference != 0);
    }

    /**
     * The probability to find a change of a mean.
     *
     * @param difference the difference
     * @param standardDeviation the standard deviation within an arm, positive, in the same unit
     * @param n the number of rows in each arm, at least 2
     * @param level the confidence level of the test
     * @return the power
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static double powerOfMeans(double difference, double standardDeviation, double n, double level) {
        Interval.checkLevel(level);
        if (!(standardDeviation > 0 && standardDeviation < Double.POSITIVE_INFINITY) || !Double.isFinite(difference)) {
            throw new IllegalArgumentException("a difference is finite and its standard deviation positive; found "
                    + difference + " and " + standardDeviation);
        }
        if (!(n >= 2)) {
            throw new IllegalArgumentException("an arm needs at least 2 rows; found n = " + n);
        }
        double freedom = 2 * (n - 1);
        return noncentralAbove(
                Quantiles.student(level, freedom),
                freedom,
                Math.sqrt(n / 2) * Math.abs(difference) / standardDeviation);
    }

    private static void checkPower(double power) {
        if (!(power > 0 && power < 1)) {
            throw new IllegalArgumentException("a power lies strictly between 0 and 1, such as 0.8; found " + power);
        }
    }

    private static long smallest(DoubleUnaryOperator powerOf, double power, boolean differs) {
        if (!differs) {
            throw new IllegalArgumentException("no number of rows finds a difference of 0");
        }
        long low = 1;
        long high = 2;
        while (high < MOST && powerOf.applyAsDouble((double) high) < power) {
            low = high;
            high *= 2;
        }
        while (low + 1 < high) {
            long middle = low + (high - low) / 2;
            if (powerOf.applyAsDouble((double) middle) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double below(double z) {
        return z < 0 ? Tails.normal(z) / 2 : 1 - Tails.normal(z) / 2;
    }

    /**
     * P(T > t) of the noncentral t: the mean of P(Z > t s − δ) over s = √(χ²/ν), by Simpson's rule. The density of s is taken
     * relative to its mode and divided by its own integral, so that no gamma function is needed.
     */
    private static double noncentralAbove(double t, double freedom, double delta) {
        double mode = Math.sqrt(Math.max(0, freedom - 1) / freedom);
        double width = 9 / Math.sqrt(2 * freedom);
        double from = Math.max(0, mode - width);
        double to = mode + width;
        int steps = 2_000;
        double sum = 0;
        double weights = 0;
        for (int i = 0; i <= steps; i++) {
            double s = from + (to - from) * i / steps;
            double weight = (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * density(s, mode, freedom);
            weights += weight;
            sum += weight * below(delta - t * s);
        }
        return sum / weights;
    }

    private static double density(double s, double mode, double freedom) {
        double log = -freedom * (s * s - mode * mode) / 2;
        return freedom <= 1 ? Math.exp(log) : s <= 0 ? 0 : Math.exp(log + (freedom - 1) * Math.log(s / mode));
    }
}
