package io.cxmetrics.okr;

import java.time.LocalDate;
import java.time.Month;
import java.util.Objects;

/**
 * When the year of an organisation begins, and which calendar year names it. Immutable and thread-safe.
 *
 * @param starts the month on whose first day the year begins
 * @param namedBy which calendar year gives the name
 * @since 0.1
 */
public record FiscalYear(Month starts, NamedBy namedBy) {
    /** The calendar year. */
    public static final FiscalYear CALENDAR = new FiscalYear(Month.JANUARY, NamedBy.START);

    /** Which calendar year gives a fiscal year its name; companies differ. */
    public enum NamedBy {
        /** The calendar year in which it starts: 2026 may be April 2026 to March 2027. */
        START,
        /** The calendar year in which it ends: 2026 may be April 2025 to March 2026. */
        END
    }

    /** Checks that both are there. */
    public FiscalYear {
        Objects.requireNonNull(starts, "starts");
        Objects.requireNonNull(namedBy, "namedBy");
    }

    /**
     * The first day of a fiscal year.
     *
     * @param year its name
     * @return the day
     */
    public LocalDate start(int year) {
        boolean before = namedBy == NamedBy.END && starts != Month.JANUARY;
        return LocalDate.of(before ? year - 1 : year, starts, 1);
    }
}
