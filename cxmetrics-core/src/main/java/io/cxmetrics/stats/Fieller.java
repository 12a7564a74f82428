package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Fieller's interval for a ratio of two means observed on the same rows, with their covariance.
 *
 * <p>E. C. Fieller (1954), Some problems in interval estimation, JRSS B 16, 175–185. The bounds are the ratios ρ for which
 * ȳ − ρx̄ is not significantly different from 0, with n − 1 degrees of freedom. If x̄ is not significantly above 0 the set
 * of such ratios has no end: the interval is unbounded, which is an answer.
 */
final class Fieller {
    private static final String METHOD = "Fieller";
    private static final MathContext PRECISE = new MathContext(40);

    private Fieller() {}

    /**
     * What is known of rows of y and x beside their ratio, in shares of the mean of x.
     *
     * @param x the deviation of x ÷ |x̄|
     * @param y the deviation of y ÷ |x̄|
     * @param correlation of the two
     * @param residual the deviation of y − ratio · x ÷ |x̄|
     */
    record Spread(double x, double y, double correlation, double residual) {

        /** From the exact sums of at least two rows with Σx ≠ 0; {@code unit} is that of the ratio. */
        static Spread of(
                BigDecimal sumY,
                BigDecimal sumX,
                BigDecimal sumYY,
                BigDecimal sumXX,
                BigDecimal sumXY,
                long n,
                double unit) {
            BigDecimal mean = sumX.abs().divide(BigDecimal.valueOf(n), PRECISE);
            BigDecimal ratio = sumY.divide(sumX, PRECISE);
            BigDecimal covariance = Moments.exactCovariance(sumX, sumY, sumXY, n);
            BigDecimal deviationX = Moments.exactDeviation(sumX, sumXX, n);
            BigDecimal deviationY = Moments.exactDeviation(sumY, sumYY, n);
            // var(y) − 2 ratio cov + ratio² var(x): in doubles nothing would be left of it where y hardly leaves ratio
            // · x.
            BigDecimal residual = deviationY
                    .pow(2)
                    .subtract(ratio.multiply(covariance).multiply(BigDecimal.valueOf(2)))
                    .add(ratio.multiply(deviationX).pow(2))
                    .max(BigDecimal.ZERO)
                    .sqrt(PRECISE);
            return new Spread(
                    deviationX.divide(mean, PRECISE).doubleValue(),
                    deviationY.divide(mean, PRECISE).doubleValue() / unit,
                    Moments.correlation(covariance, deviationX, deviationY),
                    residual.divide(mean, PRECISE).doubleValue() / unit);
        }
    }

    /** The interval of a ratio of means over the same n ≥ 2 rows. */
    static Interval interval(double estimate, Spread spread, long n, double level) {
        double t = Quantiles.student(level, n - 1.0);
        return interval(estimate, spread, t * t / n, level);
    }

    /** The interval of the ratio of two independent estimates, given their standard errors, not the deviations of rows. */
    static Interval independent(
            double y, double x, double errorY, double errorX, double degreesOfFreedom, double level) {
        if (x == 0) {
            return Interval.unbounded(level, METHOD);
        }
        double t = Quantiles.student(level, degreesOfFreedom);
        double ratio = y / x;
        double ownX = errorX / Math.abs(x);
        double ownY = errorY / Math.abs(x);
        Spread spread = new Spread(ownX, ownY, 0, Math.hypot(ownY, ratio * ownX));
        return interval(ratio, spread, t * t, level);
    }

    /** Fieller's equation divided by x̄², so that nothing in it can leave the range of a double before the bounds do. */
    private static Interval interval(double estimate, Spread of, double tt, double level) {
        double a = 1 - tt * of.x() * of.x();
        if (!(a > 0)) {
            return Interval.unbounded(level, METHOD);
        }
        double middle = estimate - tt * of.correlation() * of.x() * of.y();
        double own = of.x() * of.y() * Math.sqrt((1 - of.correlation()) * (1 + of.correlation()));
        double largest = Math.max(of.residual(), own);
        double left = largest == 0 ? 0 : of.residual() / largest;
        double right = largest == 0 ? 0 : own / largest;
        double root = largest * Math.sqrt(Math.max(0, tt * left * left - tt * tt * right * right));
        double low = Math.min(estimate, (middle - root) / a);
        double high = Math.max(estimate, (middle + root) / a);
        return Double.isFinite(low) && Double.isFinite(high)
                ? Interval.bounded(low, high, level, METHOD)
                : Interval.unbounded(level, METHOD);
    }
}
