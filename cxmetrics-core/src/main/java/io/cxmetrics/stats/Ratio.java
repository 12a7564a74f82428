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
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A ratio of two sums over the same rows, such as handle time per handled contact or cost per contact. It is not the mean
 * of the rows' ratios.
 *
 * <p><b>Formula:</b> Σy / Σx, from exact sums.
 *
 * <p><b>Unit and range:</b> the numerator's base unit for one of the denominator's.
 *
 * <p><b>Empty, missing, off scale:</b> undefined for n = 0, for Σx = 0, and where no double holds it; a row
 * needs both values.
 *
 * <p><b>Interval:</b> Fieller's, with the covariance of y and x; undefined for n &lt; 2, and <em>unbounded</em> where the
 * denominator is not significantly above 0. With a denominator of 1 in every row it is the t interval. The linearised one by
 * {@link RatioInterval}.
 *
 * <p><b>Cost:</b> five numbers; immutable and thread-safe.
 *
 * <p><b>Reference:</b> E. C. Fieller (1954), Some problems in interval estimation, JRSS B 16.
 *
 * @since 0.1
 */
public final class Ratio extends Statistic<Ratio> {

    /**
     * The family with its parameters.
     *
     * @param numerator y
     * @param denominator x
     */
    public record Definition(Quantity<?> numerator, Quantity<?> denominator) implements io.cxmetrics.Definition<Ratio> {
        /**
         * Checks the types.
         *
         * @throws IllegalArgumentException if one of the two cannot be summed
         */
        public Definition {
            if (!numerator.type().isSummable() || !denominator.type().isSummable()) {
                throw new IllegalArgumentException(
                        "a ratio needs quantities that can be summed; found " + numerator + " and " + denominator);
            }
        }

        @Override
        public List<Expression> required() {
            return List.of(numerator, denominator);
        }

        @Override
        public List<Aggregate> aggregates() {
            return List.of(
                    new Aggregate.Sum(numerator, null),
                    new Aggregate.Sum(denominator, null),
                    new Aggregate.Sum(numerator, numerator),
                    new Aggregate.Sum(denominator, denominator),
                    new Aggregate.Sum(numerator, denominator));
        }

        @Override
        public Ratio statistic(Kpi<Ratio> kpi, Counts counts, List<Total> totals) {
            return new Ratio(kpi, counts, totals);
        }

        @Override
        public String formula() {
            boolean perRow = denominator instanceof Quantity.Constant;
            return "Σ (" + numerator.words() + ") ÷ " + (perRow ? "rows" : "Σ (" + denominator.words() + ")");
        }

        @Override
        public String toString() {
            return "ratio of " + numerator + " to " + denominator;
        }
    }

    private Ratio(Kpi<Ratio> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
    }

    /**
     * A KPI that is a ratio of sums.
     *
     * @param id the KPI's id
     * @param numerator y
     * @param denominator x
     * @param direction which way is better
     * @return the KPI
     */
    public static Kpi<Ratio> kpi(String id, Quantity<?> numerator, Quantity<?> denominator, Direction direction) {
        return Kpi.of(id, new Definition(numerator, denominator), unit(numerator, denominator), direction);
    }

    /**
     * A KPI whose denominator is the number of rows.
     *
     * @param id the KPI's id
     * @param numerator y
     * @param direction which way is better
     * @return the KPI
     */
    public static Kpi<Ratio> perRow(String id, Quantity<?> numerator, Direction direction) {
        return kpi(id, numerator, new Quantity.Constant<Long>(FieldType.WHOLE, 1, null), direction);
    }

    private static Unit unit(Quantity<?> numerator, Quantity<?> denominator) {
        Unit top = Unit.of(numerator);
        return top.equals(Unit.of(denominator)) && !top.equals(Unit.NUMBER) ? Unit.SHARE : top;
    }

    private Definition definition() {
        return (Definition) kpi().definition();
    }

    @Override
    public OptionalDouble value() {
        BigDecimal denominator = Totals.exact(this, 1);
        if (denominator.signum() == 0) {
            return OptionalDouble.empty();
        }
        double ratio = Moments.quotient(
                Totals.exact(this, 0)
                        .multiply(BigDecimal.valueOf(
                                Unit.unitsPerBase(definition().denominator()))),
                denominator.multiply(
                        BigDecimal.valueOf(Unit.unitsPerBase(definition().numerator()))));
        return Double.isFinite(ratio) ? OptionalDouble.of(ratio) : OptionalDouble.empty();
    }

    private double unitY() {
        return Unit.unitsPerBase(definition().numerator());
    }

    private double unitX() {
        return Unit.unitsPerBase(definition().denominator());
    }

    /** The mean of y in base units, for n ≥ 1. */
    double meanY() {
        return Moments.mean(Totals.exact(this, 0), counts().used()) / unitY();
    }

    /** The mean of x in base units, for n ≥ 1. */
    double meanX() {
        return Moments.mean(Totals.exact(this, 1), counts().used()) / unitX();
    }

    /** The sample standard deviation of y in base units, for n ≥ 2. */
    double deviationY() {
        return exactDeviation(0, 2).doubleValue() / unitY();
    }

    /** The sample standard deviation of x in base units, for n ≥ 2. */
    double deviationX() {
        return exactDeviation(1, 3).doubleValue() / unitX();
    }

    /** The sample correlation, for n ≥ 2; 0 if one of the two does not vary. */
    double correlation() {
        BigDecimal covariance = Moments.exactCovariance(
                Totals.exact(this, 0), Totals.exact(this, 1), Totals.exact(this, 4), counts().used());
        return Moments.correlation(covariance, exactDeviation(1, 3), exactDeviation(0, 2));
    }

    private BigDecimal exactDeviation(int sum, int squares) {
        return Moments.exactDeviation(Totals.exact(this, sum), Totals.exact(this, squares), counts().used());
    }

    /** For n ≥ 2 and Σx ≠ 0. */
    private Fieller.Spread spread() {
        return Fieller.Spread.of(
                Totals.exact(this, 0),
                Totals.exact(this, 1),
                Totals.exact(this, 2),
                Totals.exact(this, 3),
                Totals.exact(this, 4),
                counts().used(),
                unitY() / unitX());
    }

    /** The ratio with its linearised (delta method) error. */
    Contrast.Moment linearised() {
        long n = counts().used();
        double ratio = value().orElse(Double.NaN);
        return n < 2 || Double.isNaN(ratio)
                ? new Contrast.Moment(ratio, 0, n - 1.0, value().isPresent())
                : new Contrast.Moment(
                        ratio,
                        spread().residual() / Math.sqrt((double) n),
                        n - 1.0,
                        interval().isBounded());
    }

    @Override
    public Interval interval(double level) {
        return interval(level, RatioInterval.FIELLER);
    }

    /**
     * A confidence interval by a method of choice.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @param method the method
     * @return the interval; undefined for n &lt; 2
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level, RatioInterval method) {
        Interval.checkLevel(level);
        long n = counts().used();
        if (n < 2) {
            return StudentT.interval(0, 0, n, level);
        }
        OptionalDouble value = value();
        if (value.isEmpty()) {
            return Interval.unbounded(level, method == RatioInterval.FIELLER ? "Fieller" : "linearised");
        }
        return method == RatioInterval.LINEARISED
                ? StudentT.around(
                        value.getAsDouble(), spread().residual() / Math.sqrt((double) n), n - 1.0, level, "linearised")
                : Fieller.interval(value.getAsDouble(), spread(), n, level);
    }
}
