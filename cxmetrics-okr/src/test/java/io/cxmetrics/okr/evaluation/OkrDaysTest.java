package io.cxmetrics.okr.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Window;
import io.cxmetrics.time.Grain;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class OkrDaysTest {
    private static final Cycle Q1 = Cycle.parse("2026-Q1");

    private static String days(Window window, String asOf) {
        return Days.of(window, Q1, LocalDate.parse(asOf)).map(Days::toString).orElse("none");
    }

    @Test
    void theDayOfTheEvaluationIsTheLastThatCounts() {
        assertEquals("2026-01-01 to 2026-02-14", days(Window.cycleToDate(), "2026-02-14"));
        assertEquals("2026-01-01 to 2026-01-01", days(Window.cycleToDate(), "2026-01-01"));
        assertEquals("2026-01-18 to 2026-02-14", days(Window.trailing(28), "2026-02-14"));
        assertEquals("2026-02-14 to 2026-02-14", days(Window.trailing(1), "2026-02-14"));
        assertEquals("2026-02-14 to 2026-02-14", days(Window.lastComplete(Grain.DAY), "2026-02-14"));
    }

    @Test
    void aPeriodIsCompleteOnItsLastDay() {
        assertEquals("2026-01-01 to 2026-01-31", days(Window.lastComplete(Grain.MONTH), "2026-02-27"));
        assertEquals("2026-02-01 to 2026-02-28", days(Window.lastComplete(Grain.MONTH), "2026-02-28"));
        assertEquals("2026-01-01 to 2026-03-31", days(Window.lastComplete(Grain.QUARTER), "2026-03-31"));
    }

    @Test
    void aPeriodCountsInTheCycleInWhichItEnds() { // a week can straddle two quarters
        assertEquals("none", days(Window.lastComplete(Grain.WEEK), "2026-01-03"));
        assertEquals("2025-12-29 to 2026-01-04", days(Window.lastComplete(Grain.WEEK), "2026-01-04"));
        assertEquals("none", days(Window.lastComplete(Grain.MONTH), "2026-01-30"));
    }

    @Test
    void aTrailingWindowMayReachBackBeforeTheCycle() {
        assertEquals("2025-12-05 to 2026-01-01", days(Window.trailing(28), "2026-01-01"));
    }

    @Test
    void beforeTheCycleThereIsNoWindow() {
        assertEquals("none", days(Window.cycleToDate(), "2025-12-31"));
        assertEquals("none", days(Window.trailing(28), "2025-12-31"));
        assertEquals("none", days(Window.lastComplete(Grain.DAY), "2025-12-31"));
    }

    @Test
    void afterTheCycleAWindowStaysWhereItWas() {
        assertEquals("2026-01-01 to 2026-03-31", days(Window.cycleToDate(), "2026-07-01"));
        assertEquals("2026-03-30 to 2026-03-31", days(Window.trailing(2), "2026-07-01"));
        assertEquals("2026-03-01 to 2026-03-31", days(Window.lastComplete(Grain.MONTH), "2026-07-01"));
        assertEquals("2026-03-23 to 2026-03-29", days(Window.lastComplete(Grain.WEEK), "2026-07-01"));
    }

    @Test
    void daysTileEverythingAndMonthsOnlyMonths() {
        Days toMidFebruary = new Days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 15));
        assertTrue(toMidFebruary.isTiledBy(Grain.DAY));
        assertFalse(toMidFebruary.isTiledBy(Grain.MONTH));
        Days quarter = new Days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1));
        assertTrue(quarter.isTiledBy(Grain.MONTH));
        assertTrue(quarter.isTiledBy(Grain.QUARTER));
        assertFalse(quarter.isTiledBy(Grain.WEEK));
        assertThrows(
                IllegalArgumentException.class, () -> new Days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 1)));
    }
}
