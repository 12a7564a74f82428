package io.cxmetrics.stats;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The distribution of ratings on a scale, read as a mean, as the share of the best boxes, or as best minus worst: the
 * family of CSAT and CES.
 *
 * <p><b>Formula:</b> as the {@link Reading} says. Scale and reading are part of the KPI's identity.
 *
 * <p><b>Unit and range:</b> mean: the scale; top box: 0…1; net: −100…100 points.
 *
 * <p><b>Empty, missing, off scale:</b> undefined for n = 0; missing answers are counted apart; a rating off the scale is
 * rejected.
 *
 * <p><b>Interval:</b> mean: Student's t, cut at the ends of the scale; top box: Wilson; net: score (Tango).
 *
 * <p><b>Cost:</b> one count for each point of the scale; immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Ratings extends Statistic<Ratings> {

    /** How a distribution of ratings becomes one value. */
    public sealed interface Reading permits Average, Box, Net {}

    /** The arithmetic mean. */
    public record Average() implements Reading {
        @Override
        public String toString() {
            return "mean";
        }
    }

    /**
     * The share of ratings from a lowest to a highest rating, both included.
     *
     * @param from the lowest rating of the box
     * @param to the highest rating of the box
     */
    public record Box(int from, int to) implements Reading {
        @Override
        public String toString() {
            return "share of " + from + "…" + to;
        }
    }

    /**
     * The share of the top ratings minus that of the bottom ratings, × 100; what lies between is the neutral band.
     *
     * @param topFrom the lowest of the top ratings
     * @param bottomTo the highest of the bottom ratings
     */
    public record Net(int topFrom, int bottomTo) implements Reading {
        @Override
        public String toString() {
            return "net of " + topFrom + " and above minus " + bottomTo + " and below";
        }
    }

    /**
     * The family with its parameters.
     *
     * @param rating the answer
     * @param lowest the lowest point of the scale
     * @param highest the highest point of the scale
     * @param reading how the distribution becomes one value
     */
    public record Definition(Quantity<Long> rating, int lowest, int highest, Reading reading)
            implements io.cxmetrics.Definition<Ratings> {
        /**
         * Checks scale and reading.
         *
         * @throws IllegalArgumentException if the scale has fewer than 2 or more than 1000 points, or the reading's boxes
         *     are not on the scale or overlap
         */
        public Definition {
            checkScale(lowest, highest);
            boolean onScale = true;
            if (reading instanceof Box box) {
                onScale = lowest <= box.from() && box.from() <= box.to() && box.to() <= highest;
            } else if (reading instanceof Net net) {
                onScale = lowest <= net.bottomTo() && net.bottomTo() < net.topFrom() && net.topFrom() <= highest;
            }
            if (!onScale) {
                throw new IllegalArgumentException(
                        "'" + reading + "' does not fit the scale " + lowest + "…" + highest);
            }
        }

        private Quantity<Long> scaled() {
            return rating.within((long) lowest, (long) highest);
        }

        @Override
        public List<Expression> required() {
            return List.of(scaled());
        }

        @Override
        public List<Aggregate> aggregates() {
            return List.of(new Aggregate.Tally(scaled(), lowest, highest));
        }

        @Override
        public Ratings statistic(Kpi<Ratings> kpi, Counts counts, List<Total> totals) {
            return new Ratings(kpi, counts, totals);
        }

        @Override
        public String formula() {
            return reading + " on the scale " + lowest + "–" + highest;
        }

        @Override
        public String toString() {
            return "ratings of " + scaled() + ", " + reading;
        }
    }

    private static final int WIDEST = 1_000;

    private Ratings(Kpi<Ratings> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
    }

    /**
     * A KPI over ratings.
     *
     * @param id the KPI's id
     * @param definition scale and reading
     * @param direction whether high ratings are good
     * @return the KPI
     */
    public static Kpi<Ratings> kpi(String id, Definition definition, Direction direction) {
        Unit unit = definition.reading() instanceof Average
                ? Unit.RATING
                : definition.reading() instanceof Box ? Unit.SHARE : Unit.POINTS;
        return Kpi.of(id, definition, unit, direction);
    }

    /** A tally keeps a count for each point of the scale. */
    static void checkScale(int lowest, int highest) {
        if (lowest >= highest || (long) highest - lowest >= WIDEST) {
            throw new IllegalArgumentException(
                    "a rating scale needs 2 to " + WIDEST + " points; found " + lowest + "…" + highest);
        }
    }

    /** The sum of the counts from one index to another, both included and cut at the end. */
    static long sum(long[] counts, int from, int to) {
        long sum = 0;
        for (int i = from; i <= to && i < counts.length; i++) {
            sum += counts[i];
        }
        return sum;
    }

    private Definition definition() {
        return (Definition) kpi().definition();
    }

    /**
     * How many gave each rating.
     *
     * @return the counts from the lowest point of the scale to the highest
     */
    public long[] distribution() {
        return Totals.tally(this, 0);
    }

    private long between(int from, int to) {
        return sum(
                distribution(), from - definition().lowest(), to - definition().lowest());
    }

    @Override
    public OptionalDouble value() {
        long n = counts().used();
        if (n == 0) {
            return OptionalDouble.empty();
        }
        Reading reading = definition().reading();
        if (reading instanceof Box box) {
            return OptionalDouble.of((double) between(box.from(), box.to()) / n);
        } else if (reading instanceof Net net) {
            long difference = between(net.topFrom(), definition().highest())
                    - between(definition().lowest(), net.bottomTo());
            return OptionalDouble.of(100.0 * difference / n);
        }
        return OptionalDouble.of(Moments.mean(powerSum(1), n));
    }

    private BigDecimal powerSum(int power) {
        BigDecimal sum = BigDecimal.ZERO;
        long[] counts = distribution();
        for (int i = 0; i < counts.length; i++) {
            sum = sum.add(
                    BigDecimal.valueOf(definition().lowest() + i).pow(power).multiply(BigDecimal.valueOf(counts[i])));
        }
        return sum;
    }

    /** The ratings in the box of a box reading, the top of a net reading. */
    long top() {
        Reading reading = definition().reading();
        return reading instanceof Box box
                ? between(box.from(), box.to())
                : reading instanceof Net net
                        ? between(net.topFrom(), definition().highest())
                        : 0;
    }

    /** The bottom of a net reading. */
    long bottom() {
        return definition().reading() instanceof Net net ? between(definition().lowest(), net.bottomTo()) : 0;
    }

    Reading reading() {
        return definition().reading();
    }

    /** The sample variance of the ratings, for n ≥ 2. */
    double variance() {
        BigDecimal sum = powerSum(1);
        return Moments.covariance(sum, sum, powerSum(2), counts().used());
    }

    /**
     * The confidence interval of a share of boxes by a method of choice.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @param method the method
     * @return the interval; undefined for n = 0
     * @throws IllegalArgumentException if the ratings are not read as a share, or the level is not between 0 and 1
     */
    public Interval interval(double level, ShareInterval method) {
        if (!(reading() instanceof Box)) {
            throw new IllegalArgumentException(kpi() + " is no share: it has no interval by " + method.label());
        }
        return method.of(top(), counts().used(), level);
    }

    /**
     * The confidence interval of a net score by a method of choice.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @param method the method
     * @return the interval in points; undefined for n = 0
     * @throws IllegalArgumentException if the ratings are not read as top minus bottom, or the level is not between 0 and 1
     */
    public Interval interval(double level, NetInterval method) {
        if (!(reading() instanceof Net)) {
            throw new IllegalArgumentException(kpi() + " is no net score: it has no interval by " + method.label());
        }
        return method.of(top(), bottom(), counts().used(), level).times(100);
    }

    @Override
    public Interval interval(double level) {
        long n = counts().used();
        Reading reading = definition().reading();
        if (reading instanceof Box) {
            return interval(level, ShareInterval.WILSON);
        } else if (reading instanceof Net) {
            return interval(level, NetInterval.SCORE);
        }
        if (n < 2) {
            return StudentT.interval(0, 0, n, level);
        }
        Interval t = StudentT.interval(Moments.mean(powerSum(1), n), variance(), n, level);
        return Interval.bounded(
                Math.max(t.low(), definition().lowest()),
                Math.min(t.high(), definition().highest()),
                level,
                t.method());
    }
}
