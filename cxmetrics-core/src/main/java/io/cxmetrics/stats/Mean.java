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
import java.util.List;
import java.util.OptionalDouble;

/**
 * The arithmetic mean of a quantity, one observation a row.
 *
 * <p><b>Formula:</b> Σx / n, from exact sums; the mean and the variance are rounded once, at the end.
 *
 * <p><b>Unit and range:</b> the base unit of the quantity: seconds for durations, the major unit for money.
 *
 * <p><b>Empty, missing, off scale:</b> undefined for n = 0; missing values are not in n; off-scale ones are rejected.
 *
 * <p><b>Interval:</b> Student's t, undefined for n &lt; 2. It assumes a mean that is roughly normal: for very skewed
 * waiting times of a few dozen rows it is too short.
 *
 * <p><b>Cost:</b> two numbers; immutable and thread-safe.
 *
 * <p><b>Reference:</b> Student (1908), The probable error of a mean, Biometrika 6.
 *
 * @since 0.1
 */
public final class Mean extends Statistic<Mean> {

    /**
     * The family with its parameter.
     *
     * @param of the quantity, of a type that can be summed
     */
    public record Definition(Quantity<?> of) implements io.cxmetrics.Definition<Mean> {
        /**
         * Checks the type.
         *
         * @throws IllegalArgumentException if the quantity cannot be summed
         */
        public Definition {
            if (!of.type().isSummable()) {
                throw new IllegalArgumentException("a " + of.type() + " has no mean: " + of);
            }
        }

        @Override
        public List<Expression> required() {
            return List.of(of);
        }

        @Override
        public List<Aggregate> aggregates() {
            return List.of(new Aggregate.Sum(of, null), new Aggregate.Sum(of, of));
        }

        @Override
        public Mean statistic(Kpi<Mean> kpi, Counts counts, List<Total> totals) {
            return new Mean(kpi, counts, totals);
        }

        @Override
        public String formula() {
            boolean simple = of.words().indexOf(' ') < 0;
            return "Σ " + (simple ? of.words() : "(" + of.words() + ")") + " ÷ rows";
        }

        @Override
        public String toString() {
            return "mean of " + of;
        }
    }

    private Mean(Kpi<Mean> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
    }

    /**
     * A KPI that is the mean of a quantity.
     *
     * @param id the KPI's id
     * @param of the quantity
     * @param direction which way is better
     * @return the KPI
     */
    public static Kpi<Mean> kpi(String id, Quantity<?> of, Direction direction) {
        return Kpi.of(id, new Definition(of), Unit.of(of), direction);
    }

    private double unitsPerBase() {
        return (double) Unit.unitsPerBase(((Definition) kpi().definition()).of());
    }

    @Override
    public OptionalDouble value() {
        long n = counts().used();
        return n == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Moments.mean(Totals.exact(this, 0), n) / unitsPerBase());
    }

    /**
     * The sample standard deviation in the base unit.
     *
     * @return the deviation, or empty for fewer than two observations
     */
    public OptionalDouble standardDeviation() {
        return counts().used() < 2 ? OptionalDouble.empty() : OptionalDouble.of(deviation());
    }

    private double deviation() {
        return Moments.deviation(Totals.exact(this, 0), Totals.exact(this, 1), counts().used()) / unitsPerBase();
    }

    /**
     * This mean as that of a random sample from a finite population.
     *
     * @param population the size of the population, at least n
     * @return the mean with the interval that a finite population allows
     * @throws IllegalArgumentException if the population is smaller than the sample
     */
    public MeanOfPopulation ofPopulation(long population) {
        return new MeanOfPopulation(this, population);
    }

    @Override
    public Interval interval(double level) {
        long n = counts().used();
        if (n < 2) {
            return StudentT.interval(0, 0, n, level);
        }
        // In base units from the start: rounding a bound once more could leave the value outside.
        return StudentT.around(value().orElseThrow(), deviation() / Math.sqrt((double) n), n - 1.0, level, "t");
    }
}
