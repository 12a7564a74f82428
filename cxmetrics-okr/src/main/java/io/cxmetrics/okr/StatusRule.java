package io.cxmetrics.okr;

import java.util.Locale;

/**
 * How a status is computed while a cycle runs, with its thresholds, which are inclusive. Immutable and thread-safe.
 *
 * @param by what is looked at
 * @param onTrack until (by difference) or from (by ratio, by probability) where a key result is on track
 * @param behind until or from where it is behind; past that it is at risk
 * @param graceDays in how many days from the first of the cycle nothing is called behind or at risk yet
 * @since 0.1
 */
public record StatusRule(By by, double onTrack, double behind, int graceDays) {

    /** What is looked at. */
    public enum By {
        /** The probability of meeting the target at the end of the cycle. Without a forecast, the difference. */
        PROBABILITY,
        /** expected − actual progress. */
        DIFFERENCE,
        /** actual / expected progress; with nothing expected yet, on track unless it is worse than at the start. */
        RATIO;

        /**
         * The word that plans use.
         *
         * @return such as {@code probability}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the thresholds.
     *
     * @throws IllegalArgumentException if they are not finite or not in order, or there are negative days
     */
    public StatusRule {
        boolean finite = Double.isFinite(onTrack) && Double.isFinite(behind);
        boolean inOrder = by == By.DIFFERENCE ? onTrack <= behind : onTrack >= behind;
        boolean possible = by != By.PROBABILITY || (behind >= 0 && onTrack <= 1);
        if (!finite || !inOrder || !possible) {
            throw new IllegalArgumentException("thresholds by " + by.word()
                    + " are in the order on track, behind"
                    + (by == By.PROBABILITY ? ", from 1 to 0" : "") + "; found " + onTrack + " and " + behind);
        }
        if (!(graceDays >= 0 && graceDays <= 3660)) {
            throw new IllegalArgumentException("a grace period has 0 to 3660 days; found " + graceDays);
        }
    }

    /**
     * By probability: on track from 70 %, behind from 40 %, else at risk. This holds if a plan says nothing.
     *
     * @return the rule
     */
    public static StatusRule byProbability() {
        return new StatusRule(By.PROBABILITY, 0.7, 0.4, 0);
    }

    /**
     * By the difference between expected and actual progress: on track up to 0, behind up to 25 percentage points, else at
     * risk.
     *
     * @return the rule
     */
    public static StatusRule byDifference() {
        return new StatusRule(By.DIFFERENCE, 0, 0.25, 0);
    }

    /**
     * By the ratio of actual and expected progress: on track from 1, behind from 0.7, else at risk.
     *
     * @return the rule
     */
    public static StatusRule byRatio() {
        return new StatusRule(By.RATIO, 1, 0.7, 0);
    }

    /**
     * The usual thresholds.
     *
     * @param by what is looked at
     * @return the rule
     */
    public static StatusRule by(By by) {
        return switch (by) {
            case PROBABILITY -> byProbability();
            case DIFFERENCE -> byDifference();
            case RATIO -> byRatio();
        };
    }

    /**
     * This rule with other thresholds.
     *
     * @param newOnTrack until or from where a key result is on track
     * @param newBehind until or from where it is behind
     * @return the rule
     * @throws IllegalArgumentException if they are not in order
     */
    public StatusRule withThresholds(double newOnTrack, double newBehind) {
        return new StatusRule(by, newOnTrack, newBehind, graceDays);
    }

    /**
     * This rule with a grace period.
     *
     * @param days in how many days from the first of the cycle nothing is called behind or at risk yet
     * @return the rule
     * @throws IllegalArgumentException if they are not 0 to 3660
     */
    public StatusRule withGraceDays(int days) {
        return new StatusRule(by, onTrack, behind, days);
    }
}
