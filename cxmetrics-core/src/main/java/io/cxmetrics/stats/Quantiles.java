package io.cxmetrics.stats;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/** Two-sided quantiles of the normal and of Student's distribution. */
final class Quantiles {
    private static final double MANY = 1e6;

    private Quantiles() {}

    /** The z with the central probability {@code level} between −z and z. */
    static double normal(double level) {
        return -new NormalDistribution(null, 0, 1).inverseCumulativeProbability((1 - level) / 2);
    }

    /** The t with the central probability {@code level} between −t and t. */
    static double student(double level, double degreesOfFreedom) {
        if (degreesOfFreedom > MANY) {
            // The distribution function loses its digits here; the first term of Fisher's expansion leaves none to be
            // lost.
            double z = normal(level);
            return z + z * (z * z + 1) / (4 * degreesOfFreedom);
        }
        return -new TDistribution(null, degreesOfFreedom).inverseCumulativeProbability((1 - level) / 2);
    }
}
