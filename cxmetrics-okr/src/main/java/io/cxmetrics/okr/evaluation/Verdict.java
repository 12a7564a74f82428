package io.cxmetrics.okr.evaluation;

import java.util.Locale;

/**
 * A status and what decided it. Immutable and thread-safe.
 *
 * @param status the status
 * @param basis what decided it
 * @param computed the status before a grace period, a warning level or a guard changed it; otherwise the status
 * @since 0.1
 */
public record Verdict(Status status, Basis basis, Status computed) {

    /** What decides a status. */
    public enum Basis {
        /** The day is before or after the cycle. */
        CYCLE,
        /** Nothing was measured. */
        DATA,
        /** What was measured is too old. */
        AGE,
        /** The probability of meeting the target. */
        PROBABILITY,
        /** The difference between expected and actual progress. */
        DIFFERENCE,
        /** The ratio of actual and expected progress. */
        RATIO,
        /** The baseline was found, which is all that was wanted. */
        FOUND,
        /** The target is met, but the value is past the warning level. */
        WARNING_LEVEL,
        /** It is too early in the cycle to call anything behind. */
        GRACE,
        /** The worst of the parts of an objective. */
        WORST,
        /** A guard of the objective does not hold, or nobody knows whether it does. */
        GUARD;

        /**
         * The basis in words.
         *
         * @return such as {@code warning level}
         */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Verdict of(Status status, Basis basis) {
        return new Verdict(status, basis, status);
    }

    Verdict changedTo(Status other, Basis because) {
        return new Verdict(other, because, computed);
    }
}
