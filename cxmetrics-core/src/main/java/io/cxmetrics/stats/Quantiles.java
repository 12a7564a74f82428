package io.cxmetrics.stats;

import org.apache.commons.math3.special.Erf;

/**
 * Two-sided quantiles of the normal and of Student's distribution.
 *
 * <p>The normal one is commons-math3's inverse error function, taken at the level itself, so that no digit is lost by going
 * through 1 − level. Student's is our own inverse: that of commons-math3 stops at an absolute error of 10⁻⁹, and its
 * distribution function loses digits for many degrees of freedom.
 */
final class Quantiles {
    private Quantiles() {}

    /** The z with the central probability {@code level} between −z and z. */
    static double normal(double level) {
        return Math.sqrt(2) * Erf.erfInv(level);
    }

    /** The t with the central probability {@code level} between −t and t. */
    static double student(double level, double degreesOfFreedom) {
        double start = Math.log(degreesOfFreedom) - 2 * Math.log(normal(level));
        // P(|T| > t) = I_x(ν/2, ½) with x / (1 − x) = ν / t². The smaller of the two probabilities keeps its digits.
        double logOdds = level > 0.5
                ? IncompleteBeta.logOdds(IncompleteBeta.tail(degreesOfFreedom / 2, 0.5), 1 - level, start)
                : -IncompleteBeta.logOdds(IncompleteBeta.tail(0.5, degreesOfFreedom / 2), level, -start);
        return Math.sqrt(degreesOfFreedom) * Math.exp(-logOdds / 2);
    }
}
