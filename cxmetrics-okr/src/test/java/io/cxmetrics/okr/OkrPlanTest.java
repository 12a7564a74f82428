package io.cxmetrics.okr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.survey.SurveyKpis;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OkrPlanTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    private static final Kpi<?> NPS = SurveyKpis.nps();
    private static final Journey JOURNEY = Journey.of("buying", "Buying", Touchpoint.of("cart", "Cart"));
    private static final Measure.ByKpi MEASURE = Measure.of("nps", Window.cycleToDate());
    private static final KeyResult KEY_RESULT = KeyResult.of("better-nps", "Better NPS", Target.atLeast(40), MEASURE);

    private static Objective objective(KeyResult... keyResults) {
        return Objective.of("loyalty", "More loyal customers", Cycle.parse("2026-Q1"), keyResults);
    }

    private static String refused(Executable executable) {
        return assertThrows(IllegalArgumentException.class, executable).getMessage();
    }

    @Test
    void theExampleHasThreeKeyResultsFourTouchpointsAndThreeInitiatives() { // 002
        OkrPlan plan = WebShop.plan();
        Objective objective = plan.objectives().get(0);
        assertEquals(
                List.of(Target.decrease(300, 180), Target.decrease(0.4, 0.25), Target.atLeast(0.8)),
                objective.keyResults().stream().map(KeyResult::target).toList());
        assertEquals(
                List.of("browsing", "cart", "payment", "customer-support"),
                plan.journeys().get(0).touchpoints().stream()
                        .map(Touchpoint::id)
                        .toList());
        assertEquals(
                List.of(Money.of("40000", "EUR"), Money.of("25000", "EUR"), Money.of("12500", "EUR")),
                objective.initiatives().stream().map(Initiative::budget).toList());
        assertTrue(objective.initiatives().stream().noneMatch(i -> i.owner() == null));
    }

    @Test
    void whatIsReferredToMustBeThere() {
        Measure elsewhere = Measure.of("mps", Window.cycleToDate()).at("cat");
        Objective wrong = objective(KeyResult.of("better-nps", "Better NPS", Target.atLeast(40), elsewhere))
                .withInitiatives(Initiative.of("training", "Training", "beter-nps"));
        assertEquals("""
                key result 'better-nps' is measured by the unknown KPI 'mps' (did you mean "nps"?)
                key result 'better-nps' is measured at the unknown touchpoint 'cat' (did you mean "cart"?)
                initiative 'training' serves the unknown key result 'beter-nps' (did you mean "better-nps"?)""", refused(() -> OkrPlan.of(HELSINKI, List.of(NPS), List.of(JOURNEY), List.of(wrong))));
    }

    @Test
    void idsAreUnique() {
        Initiative training = Initiative.of("training", "Training");
        Objective objective = objective(KEY_RESULT, KEY_RESULT).withInitiatives(training, training);
        Journey other = Journey.of("buying", "Other", Touchpoint.of("cart", "Basket"));
        assertEquals(
                """
                two parts of the plan are journey 'buying'
                two parts of the plan are touchpoint 'cart'
                two parts of the plan are objective 'loyalty'
                two parts of the plan are key result 'better-nps'
                two parts of the plan are key result 'better-nps'
                two parts of the plan are key result 'better-nps'
                two parts of the plan are initiative 'training'
                two parts of the plan are initiative 'training'
                two parts of the plan are initiative 'training'""",
                refused(() ->
                        OkrPlan.of(HELSINKI, List.of(NPS), List.of(JOURNEY, other), List.of(objective, objective))));
        assertEquals(
                "two parts of the plan are KPI 'nps'",
                refused(() -> OkrPlan.of(HELSINKI, List.of(NPS, NPS), List.of(), List.of())));
    }

    @Test
    void aKpiGoesByItsOwnId() {
        assertEquals(
                "KPI 'nps' is registered as 'loyalty'; it goes by its own id, which does not begin with x-",
                refused(() -> new OkrPlan(
                        HELSINKI,
                        FiscalYear.CALENDAR,
                        StatusRule.byProbability(),
                        Set.of(),
                        Map.of("loyalty", NPS),
                        List.of(),
                        List.of(),
                        null)));
    }

    @Test
    void theDayOfAnInstantIsThatOfThePlansTimeZone() { // sourcegraph/handbook #3706, toolkit-for-ynab #585
        OkrPlan plan = WebShop.plan();
        assertEquals(LocalDate.of(2026, 3, 31), plan.dayOf(Instant.parse("2026-03-31T20:59:59Z")));
        assertEquals(LocalDate.of(2026, 4, 1), plan.dayOf(Instant.parse("2026-03-31T21:00:00Z")));
    }

    @Test
    void aPlanKeepsCopies() {
        List<Objective> objectives = new java.util.ArrayList<>(List.of(objective(KEY_RESULT)));
        OkrPlan plan = OkrPlan.of(HELSINKI, List.of(NPS), List.of(), objectives);
        objectives.clear();
        assertEquals(1, plan.objectives().size());
        assertEquals(KEY_RESULT, plan.keyResult("better-nps").orElseThrow());
        assertThrows(UnsupportedOperationException.class, () -> plan.kpis().clear());
    }

    @Test
    void partsThatMakeNoSenseAreRefused() {
        assertTrue(refused(() -> KeyResult.of("K", "K", Target.atLeast(1), MEASURE))
                .startsWith("\"K\" is not an id"));
        assertEquals("key result 'k' has no title", refused(() -> KeyResult.of("k", " ", Target.atLeast(1), MEASURE)));
        assertEquals(
                "the weight of key result 'better-nps' must be a number greater than 0; found -1.0",
                refused(() -> KEY_RESULT.withWeight(-1)));
        assertThrows(IllegalArgumentException.class, () -> KEY_RESULT.withWeight(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> KEY_RESULT.withWeight(1 / 0.0));
        assertEquals(
                "objective 'loyalty' has no key result, so nothing shows whether it is reached",
                refused(() -> objective(KEY_RESULT).withKeyResults(List.of())));
        assertEquals(
                "the owner of objective 'loyalty' is blank; leave it out if there is none",
                refused(() -> objective(KEY_RESULT).withOwner("")));
        assertEquals(
                "the budget of initiative 'i' is negative: -1.00 EUR",
                refused(() -> Initiative.of("i", "I").withBudget(Money.of("-1", "EUR"))));
        assertEquals("a trailing window has 1 to 3660 days; found 0", refused(() -> Window.trailing(0)));
        assertEquals(
                "a segment names dimensions other than the touchpoint; found {touchpoint=cart}",
                refused(() -> MEASURE.where("touchpoint", "cart")));
        assertEquals(
                "two touchpoints of journey 'j' have the id 't'",
                refused(() -> Journey.of("j", "J", Touchpoint.of("t", "T"), Touchpoint.of("t", "U"))));
        assertEquals("touchpoint 't' has no name", refused(() -> Touchpoint.of("t", "")));
        assertTrue(refused(() -> Touchpoint.of("T", "T")).startsWith("\"T\" is not an id of a touchpoint"));
        assertEquals(
                "the owner of touchpoint 't' is blank; leave it out",
                refused(() -> Touchpoint.of("t", "T").withOwner(" ")));
    }
}
