package io.cxmetrics.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * The length of a calendar period.
 *
 * @since 0.1
 */
public enum Grain {
    /** A calendar day, {@code 2026-02-14}. */
    DAY,
    /** An ISO week from Monday to Sunday, {@code 2026-W07}. */
    WEEK,
    /** A calendar month, {@code 2026-02}. */
    MONTH,
    /** A calendar quarter, {@code 2026-Q1}. */
    QUARTER,
    /** A calendar year, {@code 2026}. */
    YEAR;

    /**
     * The period of this length that a date lies in.
     *
     * @param date the date
     * @return the period
     */
    public Period of(LocalDate date) {
        return new Period(this, start(date));
    }

    LocalDate start(LocalDate date) {
        return switch (this) {
            case DAY -> date;
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> date.withDayOfYear(1);
        };
    }

    LocalDate next(LocalDate start) {
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
            case QUARTER -> start.plusMonths(3);
            case YEAR -> start.plusYears(1);
        };
    }

    /**
     * Whether every period of another length consists of whole periods of this length, as a month does of days but not of
     * weeks.
     *
     * @param coarser the other length
     * @return true if it does
     */
    public boolean dividesInto(Grain coarser) {
        return this == DAY || this == coarser || (this != WEEK && coarser != WEEK && compareTo(coarser) < 0);
    }

    /**
     * The grain of a word.
     *
     * @param word {@code day}, {@code week}, {@code month}, {@code quarter} or {@code year}
     * @return the grain
     * @throws IllegalArgumentException if there is none
     */
    public static Grain parse(String word) {
        for (Grain grain : values()) {
            if (grain.word().equals(word)) {
                return grain;
            }
        }
        throw new IllegalArgumentException(
                "\"" + word + "\" is not a grain; expected day, week, month, quarter or year");
    }

    /**
     * The word for this grain.
     *
     * @return the lower-case name
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
