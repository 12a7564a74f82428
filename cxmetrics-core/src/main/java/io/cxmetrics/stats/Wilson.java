package io.cxmetrics.stats;

import io.cxmetrics.Interval;

/** The Wilson score interval for a binomial proportion (Wilson 1927, without continuity correction). */
final class Wilson {
    private static final String METHOD = "Wilson";

    private Wilson() {}

    static Interval interval(long hits, long n, double level) {
        Interval.checkLevel(level);
        if (n == 0) {
            return Interval.undefined(level, "nothing observed");
        }
        double z = Quantiles.normal(level);
        double p = (double) hits / n;
        double zz = z * z / n;
        double center = (p + zz / 2) / (1 + zz);
        double half = z / (1 + zz) * Math.sqrt(p * (1 - p) / n + zz / (4.0 * n));
        // At the ends the bound is exactly 0 or 1; floating point may step over it.
        double low = hits == 0 ? 0 : Math.max(0, center - half);
        double high = hits == n ? 1 : Math.min(1, center + half);
        return Interval.bounded(low, high, level, METHOD);
    }
}
