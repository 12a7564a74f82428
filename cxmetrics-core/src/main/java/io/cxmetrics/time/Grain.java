package io.cxmetrics.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of a calendar period. There is one object for each grain, so that {@code ==} compares them. Immutable and
 * thread-safe; ordered from day to fiscal year.
 *
 * @since 0.1
 */
public final class Grain implements Comparable<Grain> {
    private enum Kind {
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR,
        FISCAL_QUARTER,
        FISCAL_YEAR
    }

    /** A calendar day, {@code 2026-02-14}. */
    public static final Grain DAY = new Grain(Kind.DAY, 0, Month.JANUARY);

    /** An ISO week from Monday to Sunday, {@code 2026-W07}. */
    public static final Grain WEEK = new Grain(Kind.WEEK, 0, Month.JANUARY);

    /** A calendar month, {@code 2026-02}. */
    public static final Grain MONTH = new Grain(Kind.MONTH, 1, Month.JANUARY);

    /** A calendar quarter, {@code 2026-Q1}. */
    public static final Grain QUARTER = new Grain(Kind.QUARTER, 3, Month.JANUARY);

    /** A calendar year, {@code 2026}. */
    public static final Grain YEAR = new Grain(Kind.YEAR, 12, Month.JANUARY);

    private static final Pattern FISCAL = Pattern.compile("FY([0-9]{4})(?:-Q([1-4]))?");

    private static final List<Grain> FISCAL_QUARTERS = fiscal(Kind.FISCAL_QUARTER, 3);
    private static final List<Grain> FISCAL_YEARS = fiscal(Kind.FISCAL_YEAR, 12);

    private final Kind kind;

    /** How many months; 0 for days and weeks. */
    private final int months;

    private final Month firstMonth;

    private Grain(Kind kind, int months, Month firstMonth) {
        this.kind = kind;
        this.months = months;
        this.firstMonth = firstMonth;
    }

    private static List<Grain> fiscal(Kind kind, int months) {
        List<Grain> grains = new ArrayList<>();
        for (Month first : Month.values()) {
            boolean isCalendar = first == Month.JANUARY;
            grains.add(isCalendar ? (months == 3 ? QUARTER : YEAR) : new Grain(kind, months, first));
        }
        return List.copyOf(grains);
    }

    /**
     * Every grain: day to year, then the fiscal quarters and years from February to December.
     *
     * @return the grains, in their order
     */
    public static List<Grain> all() {
        List<Grain> all = new ArrayList<>(List.of(DAY, WEEK, MONTH, QUARTER, YEAR));
        all.addAll(FISCAL_QUARTERS.subList(1, 12));
        all.addAll(FISCAL_YEARS.subList(1, 12));
        return List.copyOf(all);
    }

    /**
     * A year that begins with another month than January. It is named after the calendar year in which it ends: of a year
     * from October, {@code FY2026} is October 2025 to September 2026.
     *
     * @param firstMonth the month with which the year begins
     * @return the grain; {@link #YEAR} for January
     */
    public static Grain fiscalYear(Month firstMonth) {
        return FISCAL_YEARS.get(firstMonth.getValue() - 1);
    }

    /**
     * A quarter of a {@linkplain #fiscalYear fiscal year}, such as {@code FY2026-Q1}.
     *
     * @param firstMonth the month with which the year begins
     * @return the grain; {@link #QUARTER} for January
     */
    public static Grain fiscalQuarter(Month firstMonth) {
        return FISCAL_QUARTERS.get(firstMonth.getValue() - 1);
    }

    /**
     * The period of this length that a date lies in.
     *
     * @param date the date
     * @return the period
     */
    public Period of(LocalDate date) {
        return new Period(this, start(date));
    }

    /**
     * The period of this length of a text, the inverse of {@link Period#toString}.
     *
     * @param text such as {@code 2026-W07} for weeks, {@code FY2026-Q1} for fiscal quarters
     * @return the period
     * @throws IllegalArgumentException if the text is not a period of this length
     */
    public Period period(String text) {
        if (!isFiscal()) {
            Period period = Period.parse(text);
            if (period.grain() == this) {
                return period;
            }
        } else {
            Matcher form = FISCAL.matcher(text);
            if (form.matches() && isQuarter() == (form.group(2) != null)) {
                int quarter = isQuarter() ? Integer.parseInt(form.group(2)) : 1;
                LocalDate first = LocalDate.of(Integer.parseInt(form.group(1)) - 1, firstMonth, 1);
                return new Period(this, first.plusMonths(3L * (quarter - 1)));
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not a " + word() + "; expected such as " + of(LocalDate.of(2026, 2, 14)));
    }

    LocalDate start(LocalDate date) {
        if (kind == Kind.DAY) {
            return date;
        } else if (kind == Kind.WEEK) {
            return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
        int after = Math.floorMod(date.getMonthValue() - firstMonth.getValue(), months);
        return date.withDayOfMonth(1).minusMonths(after);
    }

    LocalDate next(LocalDate start) {
        return switch (kind) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            default -> start.plusMonths(months);
        };
    }

    /**
     * Whether every period of another length consists of whole periods of this length, as a month does of days but not of
     * weeks, and a year from April of calendar quarters but not of calendar years.
     *
     * @param coarser the other length
     * @return true if it does
     */
    public boolean dividesInto(Grain coarser) {
        return this == DAY
                || this == coarser
                || (months > 0
                        && coarser.months > 0
                        && coarser.months % months == 0
                        && (coarser.firstMonth.getValue() - firstMonth.getValue()) % months == 0);
    }

    /**
     * The grain of a word.
     *
     * @param word {@code day}, {@code week}, {@code month}, {@code quarter}, {@code year}, or such as
     *     {@code fiscal-quarter-from-april}, {@code fiscal-year-from-april}
     * @return the grain
     * @throws IllegalArgumentException if there is none
     */
    public static Grain parse(String word) {
        for (Grain grain : all()) {
            if (grain.word().equals(word)) {
                return grain;
            }
        }
        throw new IllegalArgumentException("\"" + word
                + "\" is not a grain; expected day, week, month, quarter, year, or such as fiscal-year-from-april,"
                + " fiscal-quarter-from-april");
    }

    /**
     * The word for this grain.
     *
     * @return such as {@code month} or {@code fiscal-year-from-april}
     */
    public String word() {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return isFiscal() ? word + "-from-" + firstMonth.name().toLowerCase(Locale.ROOT) : word;
    }

    /**
     * Whether this is a fiscal year or quarter.
     *
     * @return true if years begin with another month than January
     */
    public boolean isFiscal() {
        return firstMonth != Month.JANUARY;
    }

    /**
     * The month with which the year of this grain begins.
     *
     * @return January, unless the grain is fiscal
     */
    public Month firstMonth() {
        return firstMonth;
    }

    /** The year after which the fiscal year that contains a date is named. */
    int fiscalYearOf(LocalDate date) {
        return date.getYear() + (date.getMonthValue() >= firstMonth.getValue() ? 1 : 0);
    }

    /** The quarter, 1 to 4, of the year of this grain in which a date lies. */
    int quarterOf(LocalDate date) {
        return Math.floorMod(date.getMonthValue() - firstMonth.getValue(), 12) / 3 + 1;
    }

    boolean isQuarter() {
        return months == 3;
    }

    @Override
    public int compareTo(Grain other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : firstMonth.compareTo(other.firstMonth);
    }

    /** The {@link #word}. */
    @Override
    public String toString() {
        return word();
    }
}
