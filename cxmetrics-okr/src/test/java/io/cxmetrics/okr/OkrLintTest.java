package io.cxmetrics.okr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Money;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.time.Grain;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OkrLintTest {
    private static final Cycle Q1 = Cycle.parse("2026-Q1");

    private static KeyResult good(String id) {
        return KeyResult.of(id, "Title", Target.increase(0, 10), Measure.checkIns())
                .withOwner("Ann");
    }

    private static Objective good(KeyResult... keyResults) {
        return Objective.of("o", "Title", Q1, keyResults).withOwner("Ann").withAmbition(Ambition.COMMITTED);
    }

    private static OkrPlan plan(Objective... objectives) {
        return OkrPlan.of(ZoneId.of("UTC"), List.of(), List.of(), List.of(objectives));
    }

    private static List<String> codes(Objective... objectives) {
        return Lint.check(plan(objectives)).stream()
                .map(w -> w.code() + ":" + w.about())
                .toList();
    }

    @Test
    void aGoodPlanHasNoWarnings() {
        assertEquals(List.of(), codes(good(good("a"), good("b"))));
    }

    @Test
    void everyRuleOfTheReferenceWarns() {
        KeyResult nobody = KeyResult.of("a", "A", Target.increase(0, 10), Measure.checkIns());
        assertEquals(
                List.of("no-owner:o", "no-ambition:o", "no-owner:a"),
                codes(Objective.of("o", "Title", Q1, nobody, good("b"))));
        assertEquals(
                List.of("no-budget:i"), codes(good(good("a"), good("b")).withInitiatives(Initiative.of("i", "I"))));
        assertEquals(
                List.of(),
                codes(good(good("a"), good("b"))
                        .withInitiatives(Initiative.of("i", "I").withBudget(Money.of("0", "EUR")))));
        assertEquals(
                List.of("digits-in-title:o"),
                codes(Objective.of("o", "Raise NPS to 40", Q1, good("a"), good("b"))
                        .withOwner("Ann")
                        .withAmbition(Ambition.COMMITTED)));
        assertEquals(List.of("few-key-results:o"), codes(good(good("a"))));
        List<KeyResult> six = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            six.add(good("k" + i));
        }
        assertEquals(List.of("many-key-results:o"), codes(good(six.toArray(new KeyResult[0]))));
        assertEquals(List.of(), codes(good(six.subList(0, 5).toArray(new KeyResult[0]))));
        assertEquals(
                List.of("only-lagging:o"),
                codes(good(good("a").withIndicator(Indicator.LAGGING), good("b").withIndicator(Indicator.LAGGING))));
        assertEquals(
                List.of("outside-objective:a"),
                codes(good(good("a").in(Cycle.of(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1))), good("b"))));
        assertEquals(
                List.of(),
                codes(good(good("a").in(Cycle.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31))), good("b"))));
        KeyResult level = good("a").withTarget(Target.atLeast(8));
        assertEquals(List.of("no-baseline:a"), codes(good(level, good("b"))));
        assertEquals(List.of(), codes(good(level.holding(Hold.shareOf(Grain.WEEK)), good("b"))));
        assertEquals(List.of(), codes(good(level.asGuard(), good("b"), good("c"))));
    }

    @Test
    void noCheckInAfterSevenDaysIsAWarningOfTheReport() {
        OkrPlan plan = plan(good(good("a"), good("b")));
        List<CheckIn> one = List.of(CheckIn.of("b", LocalDate.of(2026, 1, 2), 1));
        OkrEvaluator evaluator = OkrEvaluator.of(plan);
        assertEquals(
                List.of(),
                evaluator.evaluate(List.of(), one, LocalDate.of(2026, 1, 7)).warnings());
        assertEquals(
                List.of(new Warning("no-check-in", "a", "no check-in since the cycle began on 2026-01-01; ask Ann")),
                evaluator.evaluate(List.of(), one, LocalDate.of(2026, 1, 8)).warnings());
        assertEquals(
                List.of(),
                OkrEvaluator.of(plan.silencing("no-check-in:a"))
                        .evaluate(List.of(), one, LocalDate.of(2026, 1, 8))
                        .warnings());
    }

    @Test
    void codesAreSilencedOneByOne() {
        OkrPlan plan = plan(Objective.of(
                "o", "Title", Q1, KeyResult.of("a", "A", Target.increase(0, 10), Measure.checkIns()), good("b")));
        assertEquals(3, Lint.check(plan).size());
        assertEquals(1, Lint.check(plan.silencing("no-owner")).size());
        assertEquals(2, Lint.check(plan.silencing("no-owner:a")).size());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> plan.silencing("no-onwer"))
                .getMessage()
                .contains("(did you mean \"no-owner\"?)"));
    }
}
