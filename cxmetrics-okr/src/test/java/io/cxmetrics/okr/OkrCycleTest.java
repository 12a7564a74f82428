package io.cxmetrics.okr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class OkrCycleTest {
    private static final Cycle Q1 = Cycle.parse("2026-Q1");

    @Test
    void aQuarterEndsOnItsLastDay() {
        assertEquals(LocalDate.of(2026, 1, 1), Q1.start());
        assertEquals(LocalDate.of(2026, 3, 31), Q1.lastDay());
        assertEquals(LocalDate.of(2026, 4, 1), Q1.end());
        assertEquals(90, Q1.days());
        assertEquals("2026-Q1 (2026-01-01 to 2026-03-31)", Q1.toString());
    }

    @Test
    void expectedProgressIs0OnTheFirstDayAnd1OnTheLast() {
        assertEquals(0, Q1.elapsed(LocalDate.of(2025, 12, 31)));
        assertEquals(0, Q1.elapsed(LocalDate.of(2026, 1, 1)));
        assertEquals(1.0 / 89, Q1.elapsed(LocalDate.of(2026, 1, 2)));
        assertEquals(44.0 / 89, Q1.elapsed(LocalDate.of(2026, 2, 14)));
        assertEquals(1, Q1.elapsed(LocalDate.of(2026, 3, 31)));
        assertEquals(1, Q1.elapsed(LocalDate.of(2026, 4, 1)));
    }

    @Test
    void ofACycleOfOneDayEverythingIsExpectedAtOnce() {
        LocalDate day = LocalDate.of(2026, 2, 14);
        assertEquals(0, Cycle.of(day, day).elapsed(day.minusDays(1)));
        assertEquals(1, Cycle.of(day, day).elapsed(day));
    }

    @Test
    void weeksMonthsAndYearsAreCycles() {
        assertEquals(7, Cycle.parse("2026-W07").days());
        assertEquals(28, Cycle.parse("2026-02").days());
        assertEquals(365, Cycle.parse("2026").days());
    }

    @Test
    void anExplicitCycleIncludesItsLastDay() {
        Cycle cycle = Cycle.of(LocalDate.of(2026, 1, 15), LocalDate.of(2026, 3, 15));
        assertEquals(LocalDate.of(2026, 3, 16), cycle.end());
        assertEquals("2026-01-15 to 2026-03-15", cycle.toString());
    }

    @Test
    void whatIsNoCycleIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Cycle.parse("2026-Q5"));
        assertThrows(IllegalArgumentException.class, () -> Cycle.parse("2026-02-14"));
        assertThrows(
                IllegalArgumentException.class, () -> Cycle.of(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 2, 28)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Cycle(" ", LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2)));
    }
}
