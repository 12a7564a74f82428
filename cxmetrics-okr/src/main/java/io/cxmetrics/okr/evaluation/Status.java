package io.cxmetrics.okr.evaluation;

import java.util.Locale;

/**
 * How a key result or an objective stands. Decided in this order: not started, closed, no data, then by the difference
 * between expected and actual progress.
 *
 * <p>No status is final before the cycle ends: what has reached 100 % can fall back.
 *
 * @since 0.1
 */
public enum Status {
    /** The day of the evaluation is before the cycle. */
    NOT_STARTED,
    /** The day of the evaluation is after the cycle. */
    CLOSED,
    /** There is no measurement, which is not the same as no progress. */
    NO_DATA,
    /** expected − actual ≤ 0 percentage points. */
    ON_TRACK,
    /** 0 &lt; expected − actual ≤ 25 percentage points. */
    BEHIND,
    /** expected − actual &gt; 25 percentage points. */
    AT_RISK;

    /** How far behind is still behind and not at risk, as a share. */
    public static final double BEHIND_UP_TO = 0.25;

    /**
     * The status of a running cycle by the difference between expected and actual progress.
     *
     * @param expected the expected progress
     * @param actual the actual progress
     * @return on track, behind or at risk
     */
    public static Status byDifference(double expected, double actual) {
        double difference = Decimals.minus(expected, actual);
        return difference <= 0 ? ON_TRACK : difference <= BEHIND_UP_TO ? BEHIND : AT_RISK;
    }

    /**
     * The status in words.
     *
     * @return such as {@code on track}
     */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
