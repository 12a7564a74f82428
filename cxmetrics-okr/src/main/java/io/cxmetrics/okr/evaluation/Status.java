package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.StatusRule;
import java.util.Locale;

/**
 * How a key result or an objective stands. Decided in this order: not started, closed, no data, stale, then computed by a
 * {@link StatusRule}.
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
    /** The last check-in or the data are older than the check-in interval: silence is never on track. */
    STALE,
    /** By difference: expected − actual ≤ 0 percentage points; by ratio: ≥ 1; by probability: ≥ 70 %. */
    ON_TRACK,
    /** By difference: 0 &lt; expected − actual ≤ 25 percentage points; by ratio: ≥ 0.7; by probability: ≥ 40 %. */
    BEHIND,
    /** Worse than behind. */
    AT_RISK;

    /**
     * The status of a running cycle by the difference between expected and actual progress, with the usual thresholds.
     *
     * @param expected the expected progress
     * @param actual the actual progress
     * @return on track, behind or at risk
     */
    public static Status byDifference(double expected, double actual) {
        return byDifference(StatusRule.byDifference(), expected, actual);
    }

    static Status byDifference(StatusRule rule, double expected, double actual) {
        double difference = Decimals.minus(expected, actual);
        return difference <= rule.onTrack() ? ON_TRACK : difference <= rule.behind() ? BEHIND : AT_RISK;
    }

    /**
     * The status of a running cycle by the ratio of actual and expected progress, with the usual thresholds.
     *
     * @param expected the expected progress; if 0, the status is on track unless the actual is negative, and then behind
     * @param actual the actual progress
     * @return on track, behind or at risk
     */
    public static Status byRatio(double expected, double actual) {
        return byRatio(StatusRule.byRatio(), expected, actual);
    }

    static Status byRatio(StatusRule rule, double expected, double actual) {
        if (expected <= 0) {
            return actual >= 0 ? ON_TRACK : BEHIND;
        }
        double ratio = Decimals.way(0, actual, expected);
        return ratio >= rule.onTrack() ? ON_TRACK : ratio >= rule.behind() ? BEHIND : AT_RISK;
    }

    /**
     * The status of a running cycle by the probability of meeting the target, with the usual thresholds.
     *
     * @param probability 0…1
     * @return on track, behind or at risk
     */
    public static Status byProbability(double probability) {
        return byProbability(StatusRule.byProbability(), probability);
    }

    static Status byProbability(StatusRule rule, double probability) {
        return probability >= rule.onTrack() ? ON_TRACK : probability >= rule.behind() ? BEHIND : AT_RISK;
    }

    /**
     * How urgent a status is, for the worst of several: at risk, behind, stale, no data, on track; what is closed or has not
     * started is not urgent at all.
     *
     * @return greater is worse
     */
    int urgency() {
        return switch (this) {
            case NOT_STARTED, CLOSED -> 0;
            case ON_TRACK -> 1;
            case NO_DATA -> 2;
            case STALE -> 3;
            case BEHIND -> 4;
            case AT_RISK -> 5;
        };
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
