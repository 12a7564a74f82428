package io.cxmetrics.stats;

import java.math.BigDecimal;
import java.math.MathContext;

/** Means, variances and covariances from exact sums; the only rounding is the last step to a double. */
final class Moments {
    private static final MathContext PRECISE = new MathContext(40);

    private Moments() {}

    static double mean(BigDecimal sum, long n) {
        return sum.divide(BigDecimal.valueOf(n), PRECISE).doubleValue();
    }

    static double quotient(BigDecimal numerator, BigDecimal denominator) {
        return numerator.divide(denominator, PRECISE).doubleValue();
    }

    /** The sample covariance from Σx, Σy, Σxy and n ≥ 2; with x = y the sample variance. */
    static double covariance(BigDecimal sumX, BigDecimal sumY, BigDecimal sumXY, long n) {
        BigDecimal size = BigDecimal.valueOf(n);
        return sumXY.multiply(size)
                .subtract(sumX.multiply(sumY))
                .divide(size.multiply(BigDecimal.valueOf(n - 1)), PRECISE)
                .doubleValue();
    }
}
