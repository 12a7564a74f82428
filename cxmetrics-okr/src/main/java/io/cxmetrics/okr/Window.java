package io.cxmetrics.okr;

import io.cxmetrics.time.Grain;

/**
 * Which days a key result is measured over, seen from the day of the evaluation. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Window permits Window.CycleToDate, Window.LastComplete, Window.Trailing {

    /** From the first day of the cycle to the day of the evaluation. */
    record CycleToDate() implements Window {
        @Override
        public String toString() {
            return "cycle to date";
        }
    }

    /**
     * The last whole period that has ended, provided that it ended within the cycle.
     *
     * @param grain the length of the period
     */
    record LastComplete(Grain grain) implements Window {
        @Override
        public String toString() {
            return "last complete " + grain.word();
        }
    }

    /**
     * The days up to the day of the evaluation, which may reach back before the cycle.
     *
     * @param days how many days, the day of the evaluation included
     */
    record Trailing(int days) implements Window {
        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is not 1 to 3660
         */
        public Trailing {
            if (!(days >= 1 && days <= 3660)) {
                throw new IllegalArgumentException("a trailing window has 1 to 3660 days; found " + days);
            }
        }

        @Override
        public String toString() {
            return "trailing " + days + (days == 1 ? " day" : " days");
        }
    }

    /**
     * The cycle so far.
     *
     * @return the window
     */
    static Window cycleToDate() {
        return new CycleToDate();
    }

    /**
     * The last whole period.
     *
     * @param grain the length of the period
     * @return the window
     */
    static Window lastComplete(Grain grain) {
        return new LastComplete(grain);
    }

    /**
     * The last days.
     *
     * @param days how many days, 1 to 3660
     * @return the window
     * @throws IllegalArgumentException if there are fewer or more
     */
    static Window trailing(int days) {
        return new Trailing(days);
    }
}
