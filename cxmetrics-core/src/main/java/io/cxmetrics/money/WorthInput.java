package io.cxmetrics.money;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import io.cxmetrics.stats.Comparison;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A figure from which a worth is computed, with how far it may be off: measured, with the interval of the KPI; stated, with a
 * lowest and a highest value; or fixed. Immutable and thread-safe.
 *
 * <pre>{@code
 * WorthInput.measured("conversion uplift", Comparison.of(before, after))
 * WorthInput.stated("orders a year", Unit.NUMBER, 90_000, 100_000, 120_000)
 * WorthInput.fixed("saving per callback", Money.of("5.40", "EUR"))
 * }</pre>
 *
 * @param name the name for people; inputs of one name are one and the same
 * @param unit the unit of the values
 * @param kind how the value is known
 * @param low of a measured value the lower bound of its 95 % interval; of a stated one the lowest that is thought possible
 * @param value the value that is taken to be most likely
 * @param high the upper bound, or the highest that is thought possible
 * @since 0.1
 */
public record WorthInput(String name, Unit unit, Kind kind, double low, double value, double high) {
    private static final double LEVEL = 0.95;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double HALF_WIDTH = NORMAL.inverseCumulativeProbability((1 + LEVEL) / 2);

    /** How a value is known. */
    public enum Kind {
        /** From data: values scatter normally, on each side by that side of the interval. */
        MEASURED,
        /** From people: values scatter in a triangle from the lowest over the likely to the highest. */
        STATED,
        /** Known: it does not scatter. */
        FIXED
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if they are not finite or not in order
     */
    public WorthInput {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank()) {
            throw new IllegalArgumentException("an input needs a name");
        }
        if (!(low <= value && value <= high && Double.isFinite(low) && Double.isFinite(high))) {
            throw new IllegalArgumentException(
                    "input '" + name + "' needs low ≤ value ≤ high; found " + low + ", " + value + ", " + high);
        }
    }

    /**
     * A measured change: the difference of a KPI between two results.
     *
     * @param name the name for people
     * @param change the comparison of the results
     * @return after − before with its 95 % interval
     * @throws IllegalArgumentException if the difference or its interval is undefined or unbounded
     */
    public static WorthInput measured(String name, Comparison change) {
        return measured(name, change.kpi().unit(), change.difference(), change.interval(LEVEL));
    }

    /**
     * A measured relative change of a KPI between two results.
     *
     * @param name the name for people
     * @param change the comparison of the results
     * @return after ÷ before − 1 as a share, with its 95 % interval
     * @throws IllegalArgumentException if the relative change or its interval is undefined or unbounded
     */
    public static WorthInput measuredRelative(String name, Comparison change) {
        return measured(name, Unit.SHARE, change.relativeChange(), change.relativeInterval(LEVEL));
    }

    /**
     * A measured level: the value of a KPI.
     *
     * @param name the name for people
     * @param estimate the result
     * @return its value with its 95 % interval
     * @throws IllegalArgumentException if the value or its interval is undefined or unbounded
     */
    public static WorthInput measured(String name, Estimate estimate) {
        return measured(name, estimate.kpi().unit(), estimate.value(), estimate.interval(LEVEL));
    }

    private static WorthInput measured(String name, Unit unit, OptionalDouble value, Interval interval) {
        if (value.isEmpty() || !interval.isBounded()) {
            throw new IllegalArgumentException("input '" + name + "' has no interval to reckon with: "
                    + (value.isEmpty() ? "its value is undefined" : interval.method()));
        }
        return new WorthInput(
                name, unit, Kind.MEASURED, interval.low(), clamp(value.getAsDouble(), interval), interval.high());
    }

    /** Some intervals of relative changes begin beside the value by a rounding error. */
    private static double clamp(double value, Interval interval) {
        return Math.max(interval.low(), Math.min(interval.high(), value));
    }

    /**
     * A stated value: nobody measured it.
     *
     * @param name the name for people
     * @param unit the unit of the values
     * @param lowest the lowest that is thought possible
     * @param likely the likely value
     * @param highest the highest that is thought possible
     * @return the input
     * @throws IllegalArgumentException if the values are not finite or not in order
     */
    public static WorthInput stated(String name, Unit unit, double lowest, double likely, double highest) {
        return new WorthInput(name, unit, Kind.STATED, lowest, likely, highest);
    }

    /**
     * A known number.
     *
     * @param name the name for people
     * @param unit the unit of the value
     * @param value the value
     * @return the input
     * @throws IllegalArgumentException if the value is not finite
     */
    public static WorthInput fixed(String name, Unit unit, double value) {
        return new WorthInput(name, unit, Kind.FIXED, value, value, value);
    }

    /**
     * A known amount of money.
     *
     * @param name the name for people
     * @param value the amount
     * @return the input
     */
    public static WorthInput fixed(String name, Money value) {
        return fixed(name, Unit.money(value.currency()), value.amount().doubleValue());
    }

    /**
     * The input with the other sign: a fall of 20 s as 20 s saved.
     *
     * @param newName the name for people
     * @return the input
     */
    public WorthInput negated(String newName) {
        return new WorthInput(newName, unit, kind, -high, -value, -low);
    }

    /**
     * The value below which the input lies with a probability.
     *
     * @param probability strictly between 0 and 1
     * @return the quantile; of a measured input the bounds are those of 2.5 % and 97.5 %
     * @throws IllegalArgumentException if the probability is not strictly between 0 and 1
     */
    public double quantile(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("a quantile is of a probability between 0 and 1; found " + probability);
        }
        return switch (kind) {
            case FIXED -> value;
            case STATED -> triangular(probability);
            case MEASURED -> {
                double z = NORMAL.inverseCumulativeProbability(probability) / HALF_WIDTH;
                yield value + z * (z < 0 ? value - low : high - value);
            }
        };
    }

    private double triangular(double probability) {
        double width = high - low;
        if (width == 0) {
            return value;
        }
        double rising = (value - low) / width;
        return probability < rising
                ? low + Math.sqrt(probability * width * (value - low))
                : high - Math.sqrt((1 - probability) * width * (high - value));
    }

    /** Such as {@code conversion uplift 1.2 % (measured, 0.4 %…2.0 %)}. */
    @Override
    public String toString() {
        String shown = name + " " + unit.format(value, Locale.ROOT);
        return kind == Kind.FIXED
                ? shown
                : shown + " (" + (kind == Kind.MEASURED ? "measured" : "stated") + ", " + unit.format(low, Locale.ROOT)
                        + "…" + unit.format(high, Locale.ROOT) + ")";
    }
}
