package io.cxmetrics.stats;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The share of rows in which a condition holds.
 *
 * <p><b>Formula:</b> hits / n, where n counts the eligible rows in which it is known whether the condition holds.
 *
 * <p><b>Unit and range:</b> 0…1, shown in percent.
 *
 * <p><b>Empty, missing, off scale:</b> undefined for n = 0; rows where the condition is unknown are missing and not in n.
 *
 * <p><b>Interval:</b> Wilson score, without continuity correction; never leaves 0…1. Its coverage is close to the level
 * but falls to 0.83 for n = 3 and below 0.80 for n = 1 (both exact, near the ends of p). Others by {@link ShareInterval}.
 *
 * <p><b>Cost:</b> one number; immutable and thread-safe.
 *
 * <p><b>Reference:</b> E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22;
 * L. D. Brown, T. T. Cai, A. DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16.
 *
 * <pre>{@code
 * Kpi<Share> shorts = Share.kpi("short-waits", duration("wait").lt(Duration.ofSeconds(5)));
 * Share.of(860, 1000).toString();   // share 86.0 % (95 % 83.7…88.0), n = 1000
 * }</pre>
 *
 * @since 0.1
 */
public final class Share extends Statistic<Share> {

    /**
     * The family with its parameter.
     *
     * @param hit the condition
     */
    public record Definition(Condition hit) implements io.cxmetrics.Definition<Share> {
        @Override
        public List<Expression> required() {
            return List.of(hit);
        }

        @Override
        public List<Aggregate> aggregates() {
            return List.of(new Aggregate.Count(hit));
        }

        @Override
        public Share statistic(Kpi<Share> kpi, Counts counts, List<Total> totals) {
            return new Share(kpi, counts, totals);
        }

        @Override
        public String formula() {
            return "rows where " + hit.words() + " ÷ rows";
        }

        @Override
        public String toString() {
            return "share of " + hit;
        }
    }

    private static final Kpi<Share> PLAIN = kpi("share", Field.flag("hit"));

    private Share(Kpi<Share> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
    }

    /**
     * A KPI that is the share of rows in which a condition holds; higher is better until said otherwise.
     *
     * @param id the KPI's id
     * @param hit the condition
     * @return the KPI
     */
    public static Kpi<Share> kpi(String id, Condition hit) {
        return Kpi.of(id, new Definition(hit), Unit.SHARE, Direction.HIGHER_IS_BETTER);
    }

    /**
     * A share whose counts are already known.
     *
     * @param hits the number of hits
     * @param n the number of rows
     * @return the share
     * @throws IllegalArgumentException if hits is negative or greater than n
     */
    public static Share of(long hits, long n) {
        if (hits < 0 || hits > n) {
            throw new IllegalArgumentException("a share needs 0 ≤ hits ≤ n; found hits = " + hits + ", n = " + n);
        }
        return new Share(PLAIN, new Counts(n, 0, 0, 0), List.of(Total.Exact.of(hits)));
    }

    /**
     * The number of hits.
     *
     * @return the rows in which the condition holds
     */
    public long hits() {
        return Totals.count(this, 0);
    }

    @Override
    public OptionalDouble value() {
        long n = counts().used();
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits() / n);
    }

    @Override
    public Interval interval(double level) {
        return interval(level, ShareInterval.WILSON);
    }

    /**
     * A confidence interval by a method of choice.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @param method the method
     * @return the interval; undefined for n = 0
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level, ShareInterval method) {
        return method.of(hits(), counts().used(), level);
    }

    /**
     * This share as that of a random sample from a finite population.
     *
     * @param population the size of the population, at least n
     * @return the share with the intervals that a finite population allows
     * @throws IllegalArgumentException if the population is smaller than the sample
     */
    public ShareOfPopulation ofPopulation(long population) {
        return new ShareOfPopulation(hits(), counts().used(), population);
    }
}
