package io.cxmetrics.okr;

import java.time.LocalDate;

/**
 * A point of a phased plan: how much progress is expected by a day. Immutable and thread-safe.
 *
 * @param date the day
 * @param progress the expected progress, 0…1
 * @since 0.1
 */
public record Phase(LocalDate date, double progress) {
    /**
     * Checks the progress.
     *
     * @throws IllegalArgumentException if it is not 0…1
     */
    public Phase {
        if (!(progress >= 0 && progress <= 1)) {
            throw new IllegalArgumentException(
                    "the progress expected by " + date + " must be from 0 to 1; found " + progress);
        }
    }
}
