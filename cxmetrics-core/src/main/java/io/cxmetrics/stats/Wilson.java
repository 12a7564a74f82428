package io.cxmetrics.stats;

import io.cxmetrics.Interval;

/** The Wilson score interval for a binomial proportion (Wilson 1927, without continuity correction). */
final class Wilson {
    private static final String METHOD = "Wilson";

    private Wilson() {}

    static Interval interval(long hits, long n, double level) {
        Interval.checkLevel(level);
        return n == 0
                ? Interval.undefined(level, "nothing observed")
                : interval((double) hits / n, (double) n, level, METHOD);
    }

    /** For a share of a sample whose effective size need not be a whole number. */
    static Interval interval(double p, double n, double level, String method) {
        double z = Quantiles.normal(level);
        double zz = z * z / n;
        double center = (p + zz / 2) / (1 + zz);
        double half = z / (1 + zz) * Math.sqrt(p * (1 - p) / n + zz / (4.0 * n));
        // At the ends the bound is exactly 0 or 1; floating point may step over it.
        double low = p == 0 ? 0 : Math.max(0, center - half);
        double high = p == 1 ? 1 : Math.min(1, center + half);
        return Interval.bounded(low, high, level, method);
    }
}
