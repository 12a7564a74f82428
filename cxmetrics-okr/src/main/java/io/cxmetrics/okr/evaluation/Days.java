package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Window;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A range of days. Immutable and thread-safe.
 *
 * @param start the first day
 * @param end the day after the last
 * @since 0.1
 */
public record Days(LocalDate start, LocalDate end) {

    /**
     * Checks the days.
     *
     * @throws IllegalArgumentException if there is no day
     */
    public Days {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("no day from " + start + " to before " + end);
        }
    }

    /**
     * The days of a window, seen from a day. After the cycle, a window stays where it was on the last day.
     *
     * @param window the window
     * @param cycle the cycle
     * @param asOf the day of the evaluation, which is the last that counts
     * @return the days; none before the cycle, and none of {@code lastComplete} until a period has ended in the cycle
     */
    public static Optional<Days> of(Window window, Cycle cycle, LocalDate asOf) {
        if (asOf.isBefore(cycle.start())) {
            return Optional.empty();
        }
        LocalDate end = (asOf.isBefore(cycle.end()) ? asOf : cycle.lastDay()).plusDays(1);
        if (window instanceof Window.LastComplete last) {
            LocalDate lastEnd = last.grain().of(end).start();
            // A week that began before the quarter counts in the quarter in which it ends.
            return lastEnd.isAfter(cycle.start())
                    ? Optional.of(new Days(last.grain().of(lastEnd.minusDays(1)).start(), lastEnd))
                    : Optional.empty();
        } else if (window instanceof Window.Trailing trailing) {
            return Optional.of(new Days(end.minusDays(trailing.days()), end));
        }
        return Optional.of(new Days(cycle.start(), end));
    }

    /**
     * The last day.
     *
     * @return the day before {@link #end}
     */
    public LocalDate lastDay() {
        return end.minusDays(1);
    }

    /**
     * Whether these days consist of whole periods.
     *
     * @param grain the length of the periods
     * @return true if they do; always for days
     */
    public boolean isTiledBy(Grain grain) {
        return grain.of(start).start().equals(start) && grain.of(end).start().equals(end);
    }

    /**
     * Whether all of a period lies in these days.
     *
     * @param period the period
     * @return true if it does
     */
    public boolean contains(Period period) {
        return !period.start().isBefore(start) && !period.end().isAfter(end);
    }

    /** Such as {@code 2026-01-01 to 2026-01-31}. */
    @Override
    public String toString() {
        return start + " to " + lastDay();
    }
}
