package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;

/**
 * What a key result's KPI came to over its window. Immutable and thread-safe.
 *
 * @param days the days of the window
 * @param estimate the merged statistic, whose value is defined
 * @since 0.1
 */
public record Measurement(Days days, Estimate estimate) {

    /**
     * Checks that there is a value.
     *
     * @throws IllegalArgumentException if the estimate is undefined
     */
    public Measurement {
        if (estimate.value().isEmpty()) {
            throw new IllegalArgumentException("an undefined value is no measurement: " + estimate);
        }
    }

    /**
     * The value in the base unit of the KPI.
     *
     * @return the value
     */
    public double value() {
        return estimate.value().orElseThrow();
    }

    /**
     * The 95 % interval.
     *
     * @return the interval, which may be unbounded or undefined
     */
    public Interval interval() {
        return estimate.interval();
    }
}
