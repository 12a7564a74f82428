package io.cxmetrics.journey;

import io.cxmetrics.Kpi;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A KPI that speaks for a touchpoint, a stage or a journey: which one, over which rows, how much it counts, and which of its
 * values are worst and best. Without anchors a KPI is shown but enters no roll-up: seconds, shares and ratings have no common
 * scale until somebody says so. Immutable and thread-safe.
 *
 * <pre>{@code
 * JourneyKpi.of("cart-abandonment").anchored(0.8, 0.2).weighing(2)     // 80 % is 0, 20 % is 100
 * JourneyKpi.of("csat").where("page", "checkout")
 * }</pre>
 *
 * @param kpi the id of the KPI
 * @param where dimension → value of the rows that count; null for the rows of what it is attached to: those whose dimension
 *     {@value Touchpoint#DIMENSION} is the touchpoint, or one of the stage's, or for a journey all rows
 * @param weight how much it counts among the KPIs of the same place, positive
 * @param worst the value, in the KPI's base unit, that scores 0; empty without anchors
 * @param best the value that scores 100; less than {@code worst} if low is good
 * @since 0.1
 */
public record JourneyKpi(
        String kpi, @Nullable Map<String, String> where, double weight, OptionalDouble worst, OptionalDouble best) {

    /**
     * Checks the parts and copies the map, whose order is kept.
     *
     * @throws IllegalArgumentException if the id is not one, the weight is not positive, only one anchor is given, or the
     *     anchors are not two different finite values
     */
    public JourneyKpi {
        Kpi.checkId(kpi);
        where = where == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(where));
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("the weight of " + kpi + " must be positive; found " + weight);
        }
        if (worst.isPresent() != best.isPresent()) {
            throw new IllegalArgumentException(
                    kpi + " has only one anchor; the mapping to 0…100 needs the worst and the best value");
        }
        if (worst.isPresent()
                && (!Double.isFinite(worst.getAsDouble())
                        || !Double.isFinite(best.getAsDouble())
                        || worst.getAsDouble() == best.getAsDouble())) {
            throw new IllegalArgumentException("the worst and the best value of " + kpi
                    + " are two different numbers; found " + worst.getAsDouble() + " and " + best.getAsDouble());
        }
    }

    /**
     * A KPI over the rows of what it is attached to, of weight 1, without anchors.
     *
     * @param kpi the id of the KPI
     * @return the attached KPI
     * @throws IllegalArgumentException if the id is not one
     */
    public static JourneyKpi of(String kpi) {
        return new JourneyKpi(kpi, null, 1, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /**
     * This KPI over the rows of one value of a dimension (and of those given before), instead of those of what it is attached
     * to.
     *
     * @param dimension the name of a dimension of the scorecard
     * @param value the value
     * @return the attached KPI
     */
    public JourneyKpi where(String dimension, String value) {
        Map<String, String> more = where == null ? new LinkedHashMap<>() : new LinkedHashMap<>(where);
        more.put(dimension, value);
        return new JourneyKpi(kpi, more, weight, worst, best);
    }

    /**
     * This KPI over all rows of the results, instead of those of what it is attached to.
     *
     * @return the attached KPI
     */
    public JourneyKpi overAllRows() {
        return new JourneyKpi(kpi, Map.of(), weight, worst, best);
    }

    /**
     * This KPI with another weight.
     *
     * @param newWeight positive
     * @return the attached KPI
     * @throws IllegalArgumentException if the weight is not positive
     */
    public JourneyKpi weighing(double newWeight) {
        return new JourneyKpi(kpi, where, newWeight, worst, best);
    }

    /**
     * This KPI with a scale: values are mapped to 0…100 in proportion and cut there.
     *
     * @param worstValue the value, in the KPI's base unit, that scores 0
     * @param bestValue the value that scores 100; less than the worst if low is good
     * @return the attached KPI
     * @throws IllegalArgumentException if they are not two different finite values
     */
    public JourneyKpi anchored(double worstValue, double bestValue) {
        return new JourneyKpi(kpi, where, weight, OptionalDouble.of(worstValue), OptionalDouble.of(bestValue));
    }
}
