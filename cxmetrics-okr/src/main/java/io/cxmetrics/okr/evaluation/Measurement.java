package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.okr.tracking.CheckIn;
import org.jspecify.annotations.Nullable;

/**
 * What a key result came to: its KPI over its window, or the check-in that counts. Immutable and thread-safe.
 *
 * @param days the days of the window; of a check-in, its day
 * @param value the value in the base unit
 * @param interval the 95 % interval, which may be unbounded or undefined; a check-in has none
 * @param estimate the merged statistic; null for a check-in
 * @param checkIn the check-in; null for a KPI
 * @param ageDays how many days the value is old: of a KPI, from the last day of the data to the end of the window; of a
 *     check-in, from its day to that of the evaluation
 * @since 0.1
 */
public record Measurement(
        Days days,
        double value,
        Interval interval,
        @Nullable Estimate estimate,
        @Nullable CheckIn checkIn,
        long ageDays) {

    /**
     * Checks that there is a value.
     *
     * @throws IllegalArgumentException if the value is not finite
     */
    public Measurement {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("an undefined value is no measurement: " + value);
        }
    }

    static Measurement of(Days days, Estimate estimate, long ageDays) {
        return new Measurement(
                days,
                estimate.value()
                        .orElseThrow(() ->
                                new IllegalArgumentException("an undefined value is no measurement: " + estimate)),
                estimate.interval(),
                estimate,
                null,
                ageDays);
    }

    static Measurement of(CheckIn checkIn, long ageDays) {
        return new Measurement(
                new Days(checkIn.date(), checkIn.date().plusDays(1)),
                checkIn.value(),
                Interval.undefined(0.95, "a check-in is no sample"),
                null,
                checkIn,
                ageDays);
    }
}
