package io.cxmetrics.okr.forecast;

import io.cxmetrics.Interval;
import java.time.LocalDate;
import org.apache.commons.math3.special.Erf;

/**
 * A value that was found on a day, for a forecast. Immutable and thread-safe.
 *
 * @param date the day that the value is about; for a value of a period, its last day
 * @param value the value in any unit, the same for all of a series; for a running total, the total so far
 * @param standardError how far the value may be off because only some customers were measured, in the value's unit; 0 if it
 *     is exact or that is not known
 * @since 0.1
 */
public record Observation(LocalDate date, double value, double standardError) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the value is not finite or the standard error not finite and at least 0
     */
    public Observation {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the observation of " + date + " needs a finite value; found " + value);
        }
        if (!(standardError >= 0 && standardError < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the standard error of " + date + " must be finite and at least 0; found " + standardError);
        }
    }

    /**
     * An exact value.
     *
     * @param date the day that it is about
     * @param value the value
     * @return the observation, with a standard error of 0
     * @throws IllegalArgumentException if the value is not finite
     */
    public static Observation of(LocalDate date, double value) {
        return new Observation(date, value, 0);
    }

    /**
     * A value of a KPI with its interval.
     *
     * @param date the day that it is about; the last one of the KPI's window
     * @param value the value
     * @param interval its confidence interval; one without bounds says nothing of the error, which is then taken as 0
     * @return the observation, whose standard error is the interval's half width over the normal quantile of its level
     * @throws IllegalArgumentException if the value is not finite
     */
    public static Observation of(LocalDate date, double value, Interval interval) {
        if (interval.kind() != Interval.Kind.BOUNDED) {
            return of(date, value);
        }
        double quantile = Math.sqrt(2) * Erf.erfInv(interval.level());
        return new Observation(date, value, (interval.high() - interval.low()) / (2 * quantile));
    }
}
