package io.cxmetrics.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calendar day, ISO week, month, quarter or year, or a fiscal quarter or year. Immutable and thread-safe; ordered by start, then by length.
 *
 * @param grain the length
 * @param start the first day
 * @since 0.1
 */
public record Period(Grain grain, LocalDate start) implements Comparable<Period> {
    private static final Pattern FORM = Pattern.compile("(\\d{4})(?:-(?:W(\\d{2})|Q([1-4])|(\\d{2})(?:-(\\d{2}))?))?");

    /**
     * Checks that the date begins a period.
     *
     * @throws IllegalArgumentException if it does not
     */
    public Period {
        if (!grain.start(start).equals(start)) {
            throw new IllegalArgumentException("no " + grain.word() + " begins on " + start);
        }
    }

    /**
     * The period of a text, the inverse of {@link #toString}. Fiscal periods are read by {@link Grain#period}: their text
     * does not say with which month the year begins.
     *
     * @param text such as {@code 2026-02-14}, {@code 2026-W07}, {@code 2026-02}, {@code 2026-Q1} or {@code 2026}
     * @return the period
     * @throws IllegalArgumentException if the text is not of one of these forms
     */
    public static Period parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            try {
                int year = Integer.parseInt(form.group(1));
                if (form.group(2) != null) {
                    LocalDate inFirstWeek = LocalDate.of(year, 1, 4);
                    LocalDate inWeek = inFirstWeek.plusWeeks(Integer.parseInt(form.group(2)) - 1L);
                    if (inWeek.get(WeekFields.ISO.weekBasedYear()) == year
                            && !form.group(2).equals("00")) {
                        return Grain.WEEK.of(inWeek);
                    }
                } else if (form.group(3) != null) {
                    return Grain.QUARTER.of(LocalDate.of(year, Integer.parseInt(form.group(3)) * 3, 1));
                } else if (form.group(5) != null) {
                    return Grain.DAY.of(LocalDate.parse(text));
                } else if (form.group(4) != null) {
                    return Grain.MONTH.of(LocalDate.of(year, Integer.parseInt(form.group(4)), 1));
                } else {
                    return Grain.YEAR.of(LocalDate.of(year, 1, 1));
                }
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(message(text), e);
            }
        }
        throw new IllegalArgumentException(message(text)
                + (text.startsWith("FY")
                        ? "; a fiscal period is read by its grain, Grain.fiscalYear(…).period(…)"
                        : ""));
    }

    private static String message(String text) {
        return "\"" + text + "\" is not a period; expected such as 2026-02-14, 2026-W07, 2026-02, 2026-Q1 or 2026";
    }

    /**
     * The first day after this period.
     *
     * @return the end, exclusive
     */
    public LocalDate end() {
        return grain.next(start);
    }

    /**
     * Whether a date lies in this period.
     *
     * @param date the date
     * @return true if it does
     */
    public boolean contains(LocalDate date) {
        return !date.isBefore(start) && date.isBefore(end());
    }

    @Override
    public int compareTo(Period other) {
        int byStart = start.compareTo(other.start);
        return byStart != 0 ? byStart : grain.compareTo(other.grain);
    }

    /** The ISO form, such as {@code 2026-W07} or {@code 2026-Q1}; {@code FY2026-Q1} for fiscal periods. */
    @Override
    public String toString() {
        if (grain == Grain.DAY) {
            return start.toString();
        } else if (grain == Grain.WEEK) {
            return form(
                    "%04d-W%02d",
                    start.get(WeekFields.ISO.weekBasedYear()), start.get(WeekFields.ISO.weekOfWeekBasedYear()));
        } else if (grain == Grain.MONTH) {
            return form("%04d-%02d", start.getYear(), start.getMonthValue());
        }
        String year = grain.isFiscal() ? form("FY%04d", grain.fiscalYearOf(start)) : form("%04d", start.getYear());
        return grain.isQuarter() ? year + "-Q" + grain.quarterOf(start) : year;
    }

    private static String form(String pattern, Object... numbers) {
        return String.format(Locale.ROOT, pattern, numbers);
    }
}
