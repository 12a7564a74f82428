package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Interval;
import io.cxmetrics.okr.Target;

/**
 * Whether a measured value meets a target, and whether its interval leaves a doubt. Thresholds are inclusive.
 *
 * @since 0.1
 */
public enum Attainment {
    /** The value and the whole interval meet the target, or the value is not an estimate. */
    MET,
    /** The value meets the target, but part of the interval does not, or there is no interval. */
    MET_IN_DOUBT,
    /** The value does not meet the target, but part of the interval does, or there is no interval. */
    NOT_MET_IN_DOUBT,
    /** Neither the value nor any of the interval meets the target, or the value is not an estimate. */
    NOT_MET;

    /**
     * Whether a value that is estimated from data meets a target.
     *
     * @param target the target
     * @param value the value
     * @param interval its interval
     * @return whether, and how surely
     */
    public static Attainment of(Target target, double value, Interval interval) {
        boolean met = target.isMet(value);
        if (!interval.isBounded()) {
            return met ? MET_IN_DOUBT : NOT_MET_IN_DOUBT;
        }
        boolean low = target.isMet(interval.low());
        boolean high = target.isMet(interval.high());
        if (met) {
            return low && high ? MET : MET_IN_DOUBT;
        }
        // A band may lie inside an interval neither of whose ends is in it.
        boolean inside =
                target instanceof Target.Between band && interval.low() < band.low() && interval.high() > band.high();
        return low || high || inside ? NOT_MET_IN_DOUBT : NOT_MET;
    }

    /**
     * Whether a value that is not an estimate, such as one that a person says, meets a target.
     *
     * @param target the target
     * @param value the value
     * @return met or not, without a doubt
     */
    public static Attainment of(Target target, double value) {
        return target.isMet(value) ? MET : NOT_MET;
    }

    /**
     * Whether the value meets the target.
     *
     * @return true for the first two
     */
    public boolean isMet() {
        return this == MET || this == MET_IN_DOUBT;
    }
}
