package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.util.OptionalDouble;

/**
 * A share in a random sample, read as the share of the finite population from which the sample was drawn without
 * replacement: 40 calls judged of the 297 of a month. The larger the part that was judged, the surer.
 *
 * <p><b>Formula:</b> hits / n. The population's size is an argument of inference, not part of the statistic.
 *
 * <p><b>Unit and range:</b> 0…1.
 *
 * <p><b>Empty:</b> undefined for n = 0; a sample of the whole population has an interval without width.
 *
 * <p><b>Interval:</b> {@link #interval} is Wilson's with the effective size n (N − 1) / (N − n);
 * {@link #exactInterval} inverts the hypergeometric distribution and covers at least at the level.
 *
 * <p><b>Cost:</b> three numbers; the exact interval sums as many probabilities as matter, for each of some log₂ N steps.
 * Immutable and thread-safe.
 *
 * <p><b>Reference:</b> W. G. Cochran (1977), Sampling Techniques, 3rd edition, sections 3.2 and 3.6; T. Wright (1991),
 * Exact Confidence Bounds when Sampling from Small Finite Universes.
 *
 * <pre>{@code
 * Share.of(3, 40).ofPopulation(297).interval(0.95);   // 95 % 0.0276513…0.187769 (Wilson, population 297)
 * }</pre>
 *
 * @param hits the hits in the sample, 0…n
 * @param n the size of the sample, at most the population's
 * @param population the size of the population
 * @since 0.1
 */
public record ShareOfPopulation(long hits, long n, long population) {

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException unless 0 ≤ hits ≤ n ≤ population
     */
    public ShareOfPopulation {
        if (hits < 0 || hits > n || n > population) {
            throw new IllegalArgumentException("a share of a population needs 0 ≤ hits ≤ n ≤ population; found hits = "
                    + hits + ", n = " + n + ", population = " + population);
        }
    }

    /**
     * The share in the sample.
     *
     * @return the share, or empty for n = 0
     */
    public OptionalDouble value() {
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / n);
    }

    /**
     * Wilson's interval with the effective size n (N − 1) / (N − n).
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval of the population's share
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        if (n == 0) {
            return Interval.undefined(level, "nothing observed");
        }
        double p = (double) hits / n;
        return n == population
                ? Interval.bounded(p, p, level, "whole population")
                : Wilson.interval(
                        p, n * ((population - 1.0) / (population - n)), level, "Wilson, population " + population);
    }

    /**
     * The exact interval: the population's shares under which the sample is not too rare, by the hypergeometric
     * distribution with half the error on each side.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval of the population's share
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval exactInterval(double level) {
        Interval.checkLevel(level);
        if (n == 0) {
            return Interval.undefined(level, "nothing observed");
        }
        return Interval.bounded(
                (double) fewest(level) / population,
                (double) most(level) / population,
                level,
                "hypergeometric, population " + population);
    }

    /**
     * The fewest hits that the population may have: the lower bound of the exact interval as a count.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the count
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public long fewest(double level) {
        Interval.checkLevel(level);
        return fewest(hits, n, population, (1 - level) / 2);
    }

    /**
     * The most hits that the population may have: the upper bound of the exact interval as a count.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the count
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public long most(double level) {
        Interval.checkLevel(level);
        return population - fewest(n - hits, n, population, (1 - level) / 2);
    }

    /** The smallest number of hits in the population with which as many in the sample are not too rare. */
    private static long fewest(long hits, long n, long population, double tail) {
        long low = hits;
        long high = population - (n - hits);
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (atLeast(hits, n, middle, population) > tail) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The probability of at least so many hits in the sample. */
    private static double atLeast(long hits, long n, long inPopulation, long population) {
        double expected = (double) n * inPopulation / population;
        return hits > expected
                ? sum(hits, n, inPopulation, population)
                // Summed from the nearer end: at most hits − 1 are at least n − hits + 1 misses.
                : 1 - sum(n - hits + 1, n, population - inPopulation, population);
    }

    private static double sum(long from, long n, long inPopulation, long population) {
        if (from > Math.min(n, inPopulation)) {
            return 0;
        }
        long others = population - inPopulation;
        double term = probability(from, n, inPopulation, population);
        double sum = 0;
        for (long k = from; term > sum * 1e-17; k++) {
            sum += term;
            term *= ((double) (inPopulation - k) / (k + 1)) * ((double) (n - k) / (others - n + k + 1));
        }
        return sum;
    }

    /** Loader's form of the hypergeometric probability, which keeps its digits for large numbers. */
    private static double probability(long k, long n, long inPopulation, long population) {
        if (n - k > population - inPopulation) {
            return 0;
        }
        double p = (double) n / population;
        double q = (double) (population - n) / population;
        return IncompleteBeta.binomial(k, inPopulation, p, q)
                * IncompleteBeta.binomial(n - k, population - inPopulation, p, q)
                / IncompleteBeta.binomial(n, population, p, q);
    }

    /** Such as {@code 3 of 40: 95 % 0.0276513…0.187769 (Wilson, population 297)}. */
    @Override
    public String toString() {
        return hits + " of " + n + ": " + interval(0.95);
    }
}
