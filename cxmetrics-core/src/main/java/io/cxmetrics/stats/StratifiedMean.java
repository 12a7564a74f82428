package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The mean of a population that was sampled stratum by stratum, such as some calls of each channel: each stratum counts by
 * its size in the population, not by how many of it were sampled.
 *
 * <p><b>Formula:</b> Σ N<sub>h</sub> m<sub>h</sub> / Σ N<sub>h</sub>; the variance is the sum of the strata's, each with
 * its finite population correction.
 *
 * <p><b>Unit and range:</b> those of the strata's KPI.
 *
 * <p><b>Empty:</b> undefined if a stratum has no sample: a part of the population of which nothing is known. No interval if
 * a stratum has a sample of one.
 *
 * <p><b>Interval:</b> Student's t with Σ (n<sub>h</sub> − 1) degrees of freedom. <b>Cost:</b> a few operations for each
 * stratum. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> W. G. Cochran (1977), Sampling Techniques, 3rd edition, section 5.3.
 *
 * @param strata the strata, at least one, all of one KPI
 * @since 0.1
 */
public record StratifiedMean(List<MeanOfPopulation> strata) {

    /**
     * Copies the strata.
     *
     * @throws IllegalArgumentException if there is none, or two are of different KPIs, naming both
     */
    public StratifiedMean {
        strata = List.copyOf(strata);
        if (strata.isEmpty()) {
            throw new IllegalArgumentException("a stratified mean needs at least one stratum");
        }
        for (MeanOfPopulation stratum : strata) {
            Comparison.checkSame(strata.get(0).sample(), stratum.sample());
        }
    }

    /**
     * A stratified mean.
     *
     * @param strata the strata, at least one, all of one KPI
     * @return the mean
     * @throws IllegalArgumentException if there is none, or two are of different KPIs, naming both
     */
    public static StratifiedMean of(MeanOfPopulation... strata) {
        return new StratifiedMean(List.of(strata));
    }

    private double population() {
        return strata.stream().mapToDouble(MeanOfPopulation::population).sum();
    }

    /**
     * The mean of the population.
     *
     * @return the mean in the base unit, or empty if a stratum has no sample
     */
    public OptionalDouble value() {
        double sum = 0;
        for (MeanOfPopulation stratum : strata) {
            if (stratum.population() > 0 && stratum.value().isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += stratum.population() * stratum.value().orElse(0);
        }
        return population() == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / population());
    }

    /**
     * The standard error of the mean.
     *
     * @return the error in the base unit, or empty if a stratum has a sample of fewer than two
     */
    public OptionalDouble standardError() {
        double sum = 0;
        for (MeanOfPopulation stratum : strata) {
            OptionalDouble error = stratum.standardError();
            if (error.isEmpty()) {
                return error;
            }
            sum += Math.pow(stratum.population() / population() * error.getAsDouble(), 2);
        }
        return OptionalDouble.of(Math.sqrt(sum));
    }

    /**
     * The t interval.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval of the population's mean
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        OptionalDouble value = value();
        OptionalDouble error = standardError();
        if (value.isEmpty() || error.isEmpty()) {
            return Interval.undefined(level, "a stratum has fewer than two observations");
        }
        double degreesOfFreedom = strata.stream()
                .mapToDouble(stratum -> stratum.sample().counts().used() - 1.0)
                .sum();
        return StudentT.around(value.getAsDouble(), error.getAsDouble(), degreesOfFreedom, level, "t, stratified");
    }
}
