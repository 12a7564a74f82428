package io.cxmetrics.stats;

import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;

/** The probabilities of results at least as far from what no effect would give: p-values. */
final class Tails {
    private Tails() {}

    /** Two-sided, normal. */
    static double normal(double z) {
        return Erf.erfc(Math.abs(z) / Math.sqrt(2));
    }

    /** Two-sided, Student's t. */
    static double student(double t, double degreesOfFreedom) {
        double tt = t * t;
        return Double.isInfinite(tt)
                ? 0
                : IncompleteBeta.lower(
                        degreesOfFreedom / 2,
                        0.5,
                        degreesOfFreedom / (degreesOfFreedom + tt),
                        tt / (degreesOfFreedom + tt));
    }

    /** The upper tail of χ². */
    static double chiSquare(double statistic, double degreesOfFreedom) {
        return statistic <= 0 ? 1 : Gamma.regularizedGammaQ(degreesOfFreedom / 2, statistic / 2);
    }
}
