package io.cxmetrics.okr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.okr.evaluation.Progress;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OkrCarryOverTest {
    private static final Cycle Q1 = Cycle.parse("2026-Q1");
    private static final Cycle Q2 = Cycle.parse("2026-Q2");

    private static KeyResult fall(String id) {
        return KeyResult.of(id, "Fall", Target.decrease(0.4, 0.25), Measure.checkIns());
    }

    @Test
    void theStartIsRebasedSoThatProgressBeginsAgain() {
        Objective next = Objective.of("o", "O", Q1, fall("a").phased(new Phase(LocalDate.of(2026, 2, 1), 0.5)))
                .withInitiatives(
                        Initiative.of("i", "I", "a"),
                        Initiative.of("j", "J", "a").withStatus(Initiative.State.DONE))
                .carriedOver(Q2, "-q2", Map.of("a", 0.3));
        KeyResult a = next.keyResults().get(0);
        assertEquals("o-q2", next.id());
        assertEquals("o", next.carriedFrom());
        assertEquals(Q2, next.cycle());
        assertEquals("a-q2", a.id());
        assertEquals(Target.decrease(0.3, 0.25), a.target());
        assertEquals(0, Progress.of(a.target(), 0.3).raw());
        assertEquals(List.of(), a.phases());
        assertEquals(List.of(Initiative.of("i-q2", "I", "a-q2")), next.initiatives());
    }

    @Test
    void aValueThatGotWorseIsTheNewStart() {
        Objective next = Objective.of("o", "O", Q1, fall("a")).carriedOver(Q2, "-q2", Map.of("a", 0.5));
        assertEquals(Target.decrease(0.5, 0.25), next.keyResults().get(0).target());
    }

    @Test
    void whatIsReachedIsLeftBehind() {
        Objective o =
                Objective.of("o", "O", Q1, fall("a"), fall("b")).withInitiatives(Initiative.of("i", "I", "a", "b"));
        Objective next = o.carriedOver(Q2, "-q2", Map.of("a", 0.25, "b", 0.3));
        assertEquals(
                List.of("b-q2"), next.keyResults().stream().map(KeyResult::id).toList());
        assertEquals(List.of("b-q2"), next.initiatives().get(0).serves());
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> o.carriedOver(Q2, "-q2", Map.of("a", 0.2, "b", 0.2)))
                .getMessage()
                .startsWith("nothing of objective 'o' is left to carry over"));
        assertThrows(IllegalArgumentException.class, () -> o.carriedOver(Q2, "-q2", Map.of("a", 0.2)));
    }

    @Test
    void aLevelIsCarriedOverAsItIs() {
        KeyResult level = KeyResult.of("a", "A", Target.atLeast(0.8), Measure.checkIns());
        assertEquals(
                Target.atLeast(0.8),
                Objective.of("o", "O", Q1, level)
                        .carriedOver(Q2, "-q2", Map.of())
                        .keyResults()
                        .get(0)
                        .target());
    }

    @Test
    void quartersOfAFiscalYearAreNamedByItsStartOrItsEnd() {
        FiscalYear april = new FiscalYear(Month.APRIL, FiscalYear.NamedBy.START);
        assertEquals(LocalDate.of(2026, 4, 1), Cycle.parse("2026-Q1", april).start());
        assertEquals(LocalDate.of(2027, 3, 31), Cycle.parse("2026-Q4", april).lastDay());
        assertEquals(LocalDate.of(2027, 3, 31), Cycle.parse("2026", april).lastDay());
        // As GitLab counts: the year begins in February and is named by its end (the fy21-q1 of its pages).
        FiscalYear february = new FiscalYear(Month.FEBRUARY, FiscalYear.NamedBy.END);
        assertEquals(LocalDate.of(2020, 2, 1), Cycle.parse("2021-Q1", february).start());
        assertEquals(LocalDate.of(2020, 4, 30), Cycle.parse("2021-Q1", february).lastDay());
        // Months and weeks are those of the calendar.
        assertEquals(Cycle.parse("2026-02"), Cycle.parse("2026-02", february));
        assertEquals(Cycle.parse("2026-W07"), Cycle.parse("2026-W07", february));
        FiscalYear calendar = new FiscalYear(Month.JANUARY, FiscalYear.NamedBy.END);
        assertEquals(Cycle.parse("2026-Q1"), Cycle.parse("2026-Q1", calendar));
    }
}
