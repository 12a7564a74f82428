package io.cxmetrics.stats;

import java.math.BigDecimal;
import java.math.MathContext;

/** Means, variances and covariances from exact sums; the only rounding is the last step to a double. */
final class Moments {
    private static final MathContext PRECISE = new MathContext(40);

    private static final int SHORT_DIGITS = 15;

    private Moments() {}

    static double mean(BigDecimal sum, long n) {
        return quotient(sum, BigDecimal.valueOf(n));
    }

    static double quotient(BigDecimal numerator, BigDecimal denominator) {
        if (isShort(numerator) && isShort(denominator)) {
            // The nearest double to the quotient, as by the long way: none of such numbers lies half-way between two
            // doubles.
            return numerator.doubleValue() / denominator.doubleValue();
        }
        return numerator.divide(denominator, PRECISE).doubleValue();
    }

    /** Whether a number is a whole one, not 0, that a double holds for sure. */
    private static boolean isShort(BigDecimal number) {
        return number.signum() != 0 && number.scale() <= 0 && number.precision() - number.scale() <= SHORT_DIGITS;
    }

    /** The sample covariance from Σx, Σy, Σxy and n ≥ 2; with x = y the sample variance. */
    static double covariance(BigDecimal sumX, BigDecimal sumY, BigDecimal sumXY, long n) {
        return exactCovariance(sumX, sumY, sumXY, n).doubleValue();
    }

    /**
     * The sample standard deviation from Σx, Σx² and n ≥ 2; also where the squares leave the range of a double, as those of
     * 1e200 and 1e−200 do.
     */
    static double deviation(BigDecimal sum, BigDecimal squares, long n) {
        return exactDeviation(sum, squares, n).doubleValue();
    }

    static BigDecimal exactDeviation(BigDecimal sum, BigDecimal squares, long n) {
        return exactCovariance(sum, sum, squares, n).max(BigDecimal.ZERO).sqrt(PRECISE);
    }

    static BigDecimal exactCovariance(BigDecimal sumX, BigDecimal sumY, BigDecimal sumXY, long n) {
        BigDecimal size = BigDecimal.valueOf(n);
        return sumXY.multiply(size)
                .subtract(sumX.multiply(sumY))
                .divide(size.multiply(BigDecimal.valueOf(n - 1)), PRECISE);
    }

    /** The correlation, given both deviations; 0 if one of the two does not vary. */
    static double correlation(BigDecimal covariance, BigDecimal deviationX, BigDecimal deviationY) {
        BigDecimal product = deviationX.multiply(deviationY);
        return product.signum() == 0
                ? 0
                : Math.max(-1, Math.min(1, covariance.divide(product, PRECISE).doubleValue()));
    }

    /** The deviation of x − y from those of x and y, of which the squares need not fit into a double. */
    static double deviationOfDifference(double x, double y, double correlation) {
        double largest = Math.max(Math.abs(x), Math.abs(y));
        if (largest == 0) {
            return 0;
        }
        double a = x / largest;
        double b = y / largest;
        return largest * Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
    }
}
