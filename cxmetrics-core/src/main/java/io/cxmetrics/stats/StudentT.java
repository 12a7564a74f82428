package io.cxmetrics.stats;

import io.cxmetrics.Interval;

/** The t interval for a mean. */
final class StudentT {
    private static final String METHOD = "t";

    private StudentT() {}

    static Interval interval(double mean, double variance, long n, double level) {
        Interval.checkLevel(level);
        if (n < 2) {
            return Interval.undefined(
                    level, n == 0 ? "nothing observed" : "one observation says nothing about the spread");
        }
        return around(mean, Math.sqrt(Math.max(0, variance) / n), n - 1.0, level, METHOD);
    }

    /** The interval of an estimate with a standard error. */
    static Interval around(
            double estimate, double standardError, double degreesOfFreedom, double level, String method) {
        double half = standardError == 0 ? 0 : Quantiles.student(level, degreesOfFreedom) * standardError;
        double low = estimate - half;
        double high = estimate + half;
        return Double.isFinite(low) && Double.isFinite(high)
                ? Interval.bounded(low, high, level, method)
                : Interval.unbounded(level, method);
    }
}
