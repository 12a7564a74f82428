package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Interval;
import io.cxmetrics.okr.Target;

/**
 * Whether a measured value meets a target, and whether its interval leaves a doubt. Thresholds are inclusive.
 *
 * @since 0.1
 */
public enum Attainment {
    /** The value and the whole interval meet the target. */
    MET,
    /** The value meets the target, but part of the interval does not, or there is no interval. */
    MET_IN_DOUBT,
    /** The value does not meet the target, but part of the interval does, or there is no interval. */
    NOT_MET_IN_DOUBT,
    /** Neither the value nor any of the interval meets the target. */
    NOT_MET;

    /**
     * Whether a value meets a target.
     *
     * @param target the target
     * @param value the value
     * @param interval its interval
     * @return whether, and how surely
     */
    public static Attainment of(Target target, double value, Interval interval) {
        double worst = target.rises() ? interval.low() : interval.high();
        double best = target.rises() ? interval.high() : interval.low();
        if (target.isMet(value)) {
            return interval.isBounded() && target.isMet(worst) ? MET : MET_IN_DOUBT;
        }
        return interval.isBounded() && !target.isMet(best) ? NOT_MET : NOT_MET_IN_DOUBT;
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
