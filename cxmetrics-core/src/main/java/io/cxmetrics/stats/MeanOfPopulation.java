package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.util.OptionalDouble;

/**
 * The mean of a random sample, read as the mean of the finite population from which the sample was drawn without
 * replacement.
 *
 * <p><b>Formula:</b> the sample's mean; standard error s √((1 − n/N) / n).
 *
 * <p><b>Unit and range:</b> those of the sample's KPI.
 *
 * <p><b>Empty:</b> undefined for n = 0; no interval for n &lt; 2.
 *
 * <p><b>Interval:</b> Student's t with n − 1 degrees of freedom. <b>Cost:</b> a few operations. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> W. G. Cochran (1977), Sampling Techniques, 3rd edition, section 2.8.
 *
 * @param sample the sample's mean
 * @param population the size of the population, at least the sample's
 * @since 0.1
 */
public record MeanOfPopulation(Mean sample, long population) {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the sample is larger than the population
     */
    public MeanOfPopulation {
        if (sample.counts().used() > population) {
            throw new IllegalArgumentException("a sample cannot exceed its population; found n = "
                    + sample.counts().used() + ", population = " + population);
        }
    }

    /**
     * The sample's mean.
     *
     * @return the mean, or empty for n = 0
     */
    public OptionalDouble value() {
        return sample.value();
    }

    /**
     * The standard error of the mean, with the finite population correction.
     *
     * @return the error in the base unit, or empty for n &lt; 2
     */
    public OptionalDouble standardError() {
        double n = sample.counts().used();
        OptionalDouble deviation = sample.standardDeviation();
        return deviation.isEmpty()
                ? deviation
                : OptionalDouble.of(deviation.getAsDouble() * Math.sqrt((population - n) / population / n));
    }

    /**
     * The t interval with the finite population correction.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval of the population's mean
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        long n = sample.counts().used();
        Interval.checkLevel(level);
        OptionalDouble error = standardError();
        return error.isEmpty()
                ? StudentT.interval(0, 0, n, level)
                : StudentT.around(
                        value().orElseThrow(), error.getAsDouble(), n - 1.0, level, "t, population " + population);
    }
}
