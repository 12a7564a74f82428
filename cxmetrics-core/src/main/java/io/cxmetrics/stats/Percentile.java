package io.cxmetrics.stats;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.Histogram;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * A percentile of a quantity, such as the 90th percentile of the waiting time. The statistic knows the whole distribution,
 * so any other percentile can be asked of it.
 *
 * <p><b>Formula:</b> nearest rank by default: the value of rank ⌈p·n⌉ in rising order, which is a value that occurred; or
 * interpolated (type 7 of Hyndman and Fan): between the ranks around (n − 1)·p + 1. In small groups the two differ by 10 %
 * and more, so the method belongs to the KPI's identity.
 *
 * <p><b>Unit and range:</b> the base unit of the quantity.
 *
 * <p><b>Empty, missing, off scale:</b> undefined for n = 0; missing values are not in n; off-scale ones are rejected.
 *
 * <p><b>Exactness:</b> exact while there are at most {@value Histogram#MOST_VALUES} distinct values; otherwise within the
 * KPI's {@link Precision}. Equal for every order, split and merge tree.
 *
 * <p><b>Interval:</b> order statistics, free of any assumption on the distribution: the values of the two ranks between
 * which the percentile lies with at least the level. <em>Unbounded</em> if n is too small for the level, as for the 99th
 * percentile of 100 values.
 *
 * <p><b>Cost:</b> at most 8 bytes a distinct value, and a few kilobytes; immutable and thread-safe.
 *
 * <p><b>Reference:</b> R. J. Hyndman, Y. Fan (1996), Sample quantiles in statistical packages, The American Statistician
 * 50; H. A. David, H. N. Nagaraja, Order Statistics, 3rd edition, section 7.1.
 *
 * @since 0.1
 */
public final class Percentile extends Statistic<Percentile> {
    /** Beyond this n the ranks of the interval come from the normal approximation. */
    private static final long MOST_FOR_BINOMIAL = 1_000_000;

    /** Relative to the number, more than the error of a product of doubles by far. */
    private static final double FAR_FROM_WHOLE = 1e-12;

    /** How a percentile is read from a distribution. */
    public enum Method {
        /** The value of rank ⌈p·n⌉. */
        NEAREST_RANK,
        /** Between the ranks around (n − 1)·p + 1. */
        INTERPOLATED
    }

    /** How far a percentile may be from the exact one when distinct values are many. */
    public enum Precision {
        /** At most 1 %. */
        ONE_PERCENT(6),
        /** At most 0.1 %. */
        ONE_PER_MILLE(9);

        private final int bits;

        Precision(int bits) {
            this.bits = bits;
        }
    }

    /**
     * The family with its parameters.
     *
     * @param of the quantity
     * @param p the percentile as a share, over 0 and up to 1
     * @param method how it is read from the distribution
     * @param precision how far it may be off
     */
    public record Definition(Quantity<?> of, double p, Method method, Precision precision)
            implements io.cxmetrics.Definition<Percentile> {
        /**
         * Checks the parameters.
         *
         * @throws IllegalArgumentException if p is not over 0 and up to 1, or the quantity cannot be summed
         */
        public Definition {
            checkShare(p);
            if (!of.type().isSummable()) {
                throw new IllegalArgumentException("a " + of.type() + " has no percentiles: " + of);
            }
        }

        @Override
        public List<Expression> required() {
            return List.of(of);
        }

        @Override
        public List<Aggregate> aggregates() {
            return List.of(new Aggregate.Histogram(of, precision.bits));
        }

        @Override
        public Percentile statistic(Kpi<Percentile> kpi, Counts counts, List<Total> totals) {
            return new Percentile(kpi, counts, totals);
        }

        @Override
        public String formula() {
            return method == Method.NEAREST_RANK
                    ? "value of rank ⌈" + p + " · n⌉ of " + of.words()
                    : "value at rank " + p + " · (n − 1) + 1 of " + of.words() + ", interpolated";
        }

        @Override
        public String toString() {
            String shown = method.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return "percentile " + p + " of " + of + " by " + shown + " within "
                    + (precision == Precision.ONE_PERCENT ? "1 %" : "0.1 %");
        }
    }

    private Percentile(Kpi<Percentile> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
    }

    /**
     * A KPI that is a percentile by nearest rank, within 1 %.
     *
     * @param id the KPI's id
     * @param of the quantity
     * @param p the percentile as a share, over 0 and up to 1, such as 0.9
     * @param direction which way is better
     * @return the KPI
     * @throws IllegalArgumentException if p is not over 0 and up to 1
     */
    public static Kpi<Percentile> kpi(String id, Quantity<?> of, double p, Direction direction) {
        return kpi(id, new Definition(of, p, Method.NEAREST_RANK, Precision.ONE_PERCENT), direction);
    }

    /**
     * A KPI that is a percentile.
     *
     * @param id the KPI's id
     * @param definition quantity, percentile, method and precision
     * @param direction which way is better
     * @return the KPI
     */
    public static Kpi<Percentile> kpi(String id, Definition definition, Direction direction) {
        return Kpi.of(id, definition, Unit.of(definition.of()), direction);
    }

    private static void checkShare(double p) {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("a percentile is a share over 0 and up to 1, such as 0.9; found " + p);
        }
    }

    private Definition definition() {
        return (Definition) kpi().definition();
    }

    /**
     * The distribution.
     *
     * @return the histogram in the engine's units
     */
    public Histogram distribution() {
        return (Histogram) totals().get(0);
    }

    /**
     * Whether percentiles are exact.
     *
     * @return false if distinct values are too many to be kept
     */
    public boolean isExact() {
        return distribution().isExact();
    }

    @Override
    public OptionalDouble value() {
        return at(definition().p());
    }

    /**
     * Another percentile of the same distribution, by the same method.
     *
     * @param p the percentile as a share, over 0 and up to 1
     * @return the value, or empty if nothing was observed
     * @throws IllegalArgumentException if p is not over 0 and up to 1
     */
    public OptionalDouble at(double p) {
        checkShare(p);
        long n = counts().used();
        if (n == 0) {
            return OptionalDouble.empty();
        }
        double near = p * n;
        if (definition().method() == Method.NEAREST_RANK && Math.abs(near - Math.rint(near)) > FAR_FROM_WHOLE * near) {
            return OptionalDouble.of(atRank((long) Math.ceil(near)));
        }
        // In decimals: 0.07 · 100 is 7 for people, and 7.000000000000001 for doubles.
        BigDecimal share = BigDecimal.valueOf(p);
        if (definition().method() == Method.NEAREST_RANK) {
            BigDecimal rank = share.multiply(BigDecimal.valueOf(n)).setScale(0, RoundingMode.CEILING);
            return OptionalDouble.of(atRank(rank.longValueExact()));
        }
        BigDecimal position = share.multiply(BigDecimal.valueOf(n - 1));
        long below = position.setScale(0, RoundingMode.FLOOR).longValueExact();
        double weight = position.subtract(BigDecimal.valueOf(below)).doubleValue();
        double low = atRank(below + 1);
        double high = atRank(Math.min(n, below + 2));
        return OptionalDouble.of(low + weight * (high - low));
    }

    private double atRank(long rank) {
        return distribution().atRank(rank, Histogram.Edge.MIDDLE)
                / Unit.unitsPerBase(definition().of());
    }

    @Override
    public Interval interval(double level) {
        Interval.checkLevel(level);
        long n = counts().used();
        if (n == 0) {
            return Interval.undefined(level, "nothing observed");
        }
        double p = definition().p();
        long low;
        long high;
        if (n <= MOST_FOR_BINOMIAL) {
            BinomialDistribution below = new BinomialDistribution(null, (int) n, p);
            low = below.inverseCumulativeProbability((1 - level) / 2);
            high = below.inverseCumulativeProbability((1 + level) / 2) + 1L;
        } else {
            double half = Quantiles.normal(level) * Math.sqrt(n * p * (1 - p));
            low = (long) Math.floor(n * p - half);
            high = (long) Math.ceil(n * p + half) + 1;
        }
        if (low < 1 || high > n) {
            return Interval.unbounded(level, "order statistics: too few observations");
        }
        double units = Unit.unitsPerBase(definition().of());
        return Interval.bounded(
                distribution().atRank(low, Histogram.Edge.LOW) / units,
                distribution().atRank(high, Histogram.Edge.HIGH) / units,
                level,
                "order statistics");
    }
}
