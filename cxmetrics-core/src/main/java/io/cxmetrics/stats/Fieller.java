package io.cxmetrics.stats;

import io.cxmetrics.Interval;

/**
 * Fieller's interval for a ratio of two means observed on the same rows, with their covariance.
 *
 * <p>E. C. Fieller (1954), Some problems in interval estimation, JRSS B 16, 175–185. The bounds are the ratios ρ for which
 * ȳ − ρx̄ is not significantly different from 0, with n − 1 degrees of freedom. If x̄ is not significantly above 0 the set
 * of such ratios has no end: the interval is unbounded, which is an answer.
 */
final class Fieller {
    private static final String METHOD = "Fieller";

    private Fieller() {}

    static Interval interval(
            double estimate,
            double meanY,
            double meanX,
            double varianceY,
            double varianceX,
            double covariance,
            long n,
            double level) {
        Interval.checkLevel(level);
        if (n < 2) {
            return Interval.undefined(
                    level, n == 0 ? "nothing observed" : "one observation says nothing about the spread");
        }
        double t = Quantiles.student(level, n - 1.0);
        return interval(estimate, meanY, meanX, varianceY, varianceX, covariance, t * t / n, level);
    }

    /** The interval of the ratio of two independent estimates, given their variances, not those of single rows. */
    static Interval independent(
            double y, double x, double varianceY, double varianceX, double degreesOfFreedom, double level) {
        if (x == 0) {
            return Interval.unbounded(level, METHOD);
        }
        double t = Quantiles.student(level, degreesOfFreedom);
        return interval(y / x, y, x, varianceY, varianceX, 0, t * t, level);
    }

    private static Interval interval(
            double estimate,
            double meanY,
            double meanX,
            double varianceY,
            double varianceX,
            double covariance,
            double tt,
            double level) {
        double a = meanX * meanX - tt * varianceX;
        double b = meanX * meanY - tt * covariance;
        if (!(a > 0)) {
            return Interval.unbounded(level, METHOD);
        }
        // b² − ac with c = ȳ² − tt·var(y), multiplied out: the difference itself loses all digits where the spread is
        // small.
        double spread = meanX * meanX * varianceY - 2 * meanX * meanY * covariance + meanY * meanY * varianceX;
        double root = Math.sqrt(Math.max(0, tt * spread - tt * tt * (varianceX * varianceY - covariance * covariance)));
        double low = Math.min(estimate, (b - root) / a);
        double high = Math.max(estimate, (b + root) / a);
        return Double.isFinite(low) && Double.isFinite(high)
                ? Interval.bounded(low, high, level, METHOD)
                : Interval.unbounded(level, METHOD);
    }
}
