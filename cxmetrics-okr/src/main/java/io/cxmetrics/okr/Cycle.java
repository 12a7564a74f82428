package io.cxmetrics.okr;

import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The days in which an objective is pursued, such as a quarter. Immutable and thread-safe.
 *
 * @param name the name, such as {@code 2026-Q1}
 * @param start the first day
 * @param end the day after the last
 * @since 0.1
 */
public record Cycle(String name, LocalDate start, LocalDate end) {

    /**
     * Checks the days.
     *
     * @throws IllegalArgumentException if the name is blank or there is no day
     */
    public Cycle {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a cycle has no name");
        }
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("cycle '" + name + "' starts on " + start + " and ends before it");
        }
    }

    /**
     * A calendar period as a cycle.
     *
     * @param text a week, month, quarter or year, such as {@code 2026-Q1}
     * @return the cycle
     * @throws IllegalArgumentException if the text is not of one of these forms
     */
    public static Cycle parse(String text) {
        return parse(text, FiscalYear.CALENDAR);
    }

    /**
     * A calendar period, or a quarter or year of a fiscal year, as a cycle. Weeks and months are those of the calendar.
     *
     * @param text a week, month, quarter or year, such as {@code 2026-Q1}
     * @param year when the year begins
     * @return the cycle
     * @throws IllegalArgumentException if the text is not of one of these forms
     */
    public static Cycle parse(String text, FiscalYear year) {
        Period period = Period.parse(text);
        Grain grain = period.grain();
        if (grain == Grain.DAY) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" is a single day; a cycle is a week, month, quarter or year such as 2026-Q1, or has a start and an end");
        } else if (grain == Grain.QUARTER || grain == Grain.YEAR) {
            LocalDate start = year.start(period.start().getYear())
                    .plusMonths(period.start().getMonthValue() - 1L);
            return new Cycle(text, start, start.plusMonths(grain == Grain.YEAR ? 12 : 3));
        }
        return new Cycle(text, period.start(), period.end());
    }

    /**
     * A cycle of any days.
     *
     * @param firstDay the first day
     * @param lastDay the last day, which still belongs to the cycle
     * @return the cycle, named by its days
     * @throws IllegalArgumentException if the last day is before the first
     */
    public static Cycle of(LocalDate firstDay, LocalDate lastDay) {
        return new Cycle(firstDay + " to " + lastDay, firstDay, lastDay.plusDays(1));
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
     * The number of days.
     *
     * @return at least 1
     */
    public long days() {
        return ChronoUnit.DAYS.between(start, end);
    }

    /**
     * The share of the cycle that has elapsed on a day: 0 on the first day and before, 1 on the last and after. This is the
     * progress to be expected of a steady pace.
     *
     * @param date the day
     * @return (days since the first) / (days from the first to the last), in 0…1; 1 for a cycle of one day once it begins
     */
    public double elapsed(LocalDate date) {
        long all = days() - 1;
        long gone = Math.min(ChronoUnit.DAYS.between(start, date), all);
        return gone < 0 ? 0 : all == 0 ? 1 : (double) gone / all;
    }

    /** The name and, unless it says them, the days: {@code 2026-Q1 (2026-01-01 to 2026-03-31)}. */
    @Override
    public String toString() {
        String days = start + " to " + lastDay();
        return name.equals(days) ? days : name + " (" + days + ")";
    }
}
