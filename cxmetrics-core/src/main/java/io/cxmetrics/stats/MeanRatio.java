package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.util.OptionalDouble;

/**
 * The ratio of the means of two independent samples, such as sums on invoices of one system over contacts of another. If
 * both come from the same rows it is a {@link Ratio}, whose covariance makes it much surer.
 *
 * <p><b>Formula:</b> mean(numerator) / mean(denominator).
 *
 * <p><b>Unit and range:</b> the numerator's base unit for one of the denominator's.
 *
 * <p><b>Empty:</b> undefined if one has no rows or the denominator is 0; no interval for fewer than two rows in one.
 *
 * <p><b>Interval:</b> Fieller's without covariance, with Satterthwaite's degrees of freedom at the estimate; unbounded where
 * the denominator is not significantly above 0. <b>Cost:</b> a few operations. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> E. C. Fieller (1954), JRSS B 16; A. C. Tamhane, B. R. Logan (2004), Finding the maximum safe dose
 * level for heteroscedastic data, Journal of Biopharmaceutical Statistics 14.
 *
 * @param numerator the mean above
 * @param denominator the mean below
 * @since 0.1
 */
public record MeanRatio(Mean numerator, Mean denominator) {

    /**
     * The ratio.
     *
     * @return the ratio, or empty if it is undefined
     */
    public OptionalDouble value() {
        double below = denominator.value().orElse(0);
        return numerator.value().isEmpty() || below == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(numerator.value().getAsDouble() / below);
    }

    private static double error(Mean mean) {
        return mean.standardDeviation().orElse(0)
                / Math.sqrt((double) mean.counts().used());
    }

    /**
     * Satterthwaite's degrees of freedom.
     *
     * @return the degrees, or empty if there is no ratio or fewer than two rows in one
     */
    public OptionalDouble degreesOfFreedom() {
        double n = numerator.counts().used();
        double m = denominator.counts().used();
        if (value().isEmpty() || n < 2 || m < 2) {
            return OptionalDouble.empty();
        }
        double ratio = value().getAsDouble();
        return OptionalDouble.of(Contrast.welch(error(numerator), n - 1, ratio * error(denominator), m - 1));
    }

    /**
     * Fieller's interval for independent samples.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval, which may be unbounded or undefined
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        OptionalDouble freedom = degreesOfFreedom();
        return freedom.isEmpty()
                ? Interval.undefined(level, "fewer than two observations on one side, or a denominator of 0")
                : Fieller.independent(
                        numerator.value().orElseThrow(),
                        denominator.value().orElseThrow(),
                        error(numerator),
                        error(denominator),
                        freedom.getAsDouble(),
                        level);
    }
}
