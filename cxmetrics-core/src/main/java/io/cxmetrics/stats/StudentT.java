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
        double half = Quantiles.student(level, n - 1.0) * Math.sqrt(Math.max(0, variance) / n);
        double low = mean - half;
        double high = mean + half;
        return Double.isFinite(low) && Double.isFinite(high)
                ? Interval.bounded(low, high, level, METHOD)
                : Interval.unbounded(level, METHOD);
    }
}
