package io.cxmetrics.money;

import io.cxmetrics.Estimate;
import io.cxmetrics.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The change from one value to another, absolute and relative. Of a share, an absolute change is in percentage points: from
 * 23 % to 38 % are +15 points and +65.2 %. Whether a change is real is what {@code io.cxmetrics.stats.Comparison} says.
 * Immutable and thread-safe.
 *
 * @param unit the unit of both values
 * @param before the earlier value, in the base unit
 * @param after the later value, in the base unit
 * @since 0.1
 */
public record ValueChange(Unit unit, double before, double after) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public ValueChange {
        Objects.requireNonNull(unit, "unit");
        if (!Double.isFinite(before) || !Double.isFinite(after)) {
            throw new IllegalArgumentException("a change needs two finite values; found " + before + " and " + after);
        }
    }

    /**
     * The change between two results of one KPI.
     *
     * @param before the earlier result
     * @param after the later result
     * @return the change
     * @throws IllegalArgumentException if the KPIs differ, or a result is undefined
     */
    public static ValueChange of(Estimate before, Estimate after) {
        if (!before.kpi().equals(after.kpi())) {
            throw new IllegalArgumentException(
                    "results of different KPIs do not compare: " + before.kpi() + " and " + after.kpi());
        }
        return new ValueChange(before.kpi().unit(), defined(before), defined(after));
    }

    private static double defined(Estimate estimate) {
        return estimate.value()
                .orElseThrow(() -> new IllegalArgumentException("there is no change from or to " + estimate));
    }

    /**
     * The absolute change.
     *
     * @return after − before, in the base unit, free of the noise of binary fractions
     */
    public double absolute() {
        return BigDecimal.valueOf(after).subtract(BigDecimal.valueOf(before)).doubleValue();
    }

    /**
     * The relative change.
     *
     * @return (after − before) / |before|; empty if the earlier value is 0
     */
    public OptionalDouble relative() {
        return before == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(BigDecimal.valueOf(after)
                        .subtract(BigDecimal.valueOf(before))
                        .divide(BigDecimal.valueOf(Math.abs(before)), MathContext.DECIMAL64)
                        .doubleValue());
    }

    /** Such as {@code 23.0 % → 38.0 % (+65.2 %)}. */
    @Override
    public String toString() {
        OptionalDouble relative = relative();
        String shown = relative.isEmpty()
                ? "from nothing"
                : (relative.getAsDouble() > 0 ? "+" : "") + Unit.SHARE.format(relative.getAsDouble(), Locale.ROOT);
        return unit.format(before, Locale.ROOT) + " → " + unit.format(after, Locale.ROOT) + " (" + shown + ")";
    }
}
