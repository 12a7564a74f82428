package io.cxmetrics.stats;

import io.cxmetrics.Interval;

/**
 * The score interval for the difference of two shares of one multinomial sample: promoters − detractors.
 *
 * <p>T. Tango (1998), Equivalence test and confidence interval for the difference in proportions for the paired-sample
 * design, Statistics in Medicine 17, 891–908. The bounds are the differences at which the score test just keeps the level;
 * they are found by bisection and never leave −1…1.
 */
final class NetScore {
    private static final String METHOD = "score (Tango)";

    private NetScore() {}

    static Interval interval(long top, long bottom, long n, double level) {
        Interval.checkLevel(level);
        return n == 0
                ? Interval.undefined(level, "nothing observed")
                : interval((double) top, (double) bottom, (double) n, level, METHOD);
    }

    /** For a sample whose effective size need not be a whole number. */
    static Interval interval(double top, double bottom, double n, double level, String method) {
        double z = Quantiles.normal(level);
        double estimate = (top - bottom) / n;
        double low = top == 0 && bottom == n ? -1 : bound(top, bottom, n, z, estimate, -1);
        double high = bottom == 0 && top == n ? 1 : bound(top, bottom, n, z, estimate, 1);
        return Interval.bounded(low, high, level, method);
    }

    /** Between the estimate, where the score is 0, and the end of the range, where it exceeds z, finds where it is z. */
    private static double bound(double top, double bottom, double n, double z, double estimate, double end) {
        double inside = estimate;
        double outside = end;
        for (int i = 0; i < 200; i++) {
            double middle = inside + (outside - inside) / 2;
            if (middle == inside || middle == outside) {
                break;
            }
            if (Math.abs(score(top, bottom, n, middle)) <= z) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    private static double score(double top, double bottom, double n, double difference) {
        double distance = top - bottom - n * difference;
        // The most likely share of the bottom if the true difference were as given (Tango's equation for q21).
        double b = -(top + bottom) + (2.0 * n - top + bottom) * difference;
        double c = -bottom * difference * (1 - difference);
        double root = Math.sqrt(Math.max(0, b * b - 8.0 * n * c));
        double bottomShare = (root - b) / (4.0 * n);
        double variance = n * (2 * bottomShare + difference * (1 - difference));
        return distance == 0 ? 0 : variance <= 0 ? Double.POSITIVE_INFINITY : distance / Math.sqrt(variance);
    }
}
