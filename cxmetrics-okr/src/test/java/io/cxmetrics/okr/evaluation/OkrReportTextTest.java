package io.cxmetrics.okr.evaluation;

import static io.cxmetrics.okr.evaluation.Observations.at;
import static io.cxmetrics.okr.evaluation.Observations.daily;
import static io.cxmetrics.okr.evaluation.Observations.keyResult;
import static io.cxmetrics.okr.evaluation.Observations.plan;
import static io.cxmetrics.okr.evaluation.Observations.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.WebShop;
import io.cxmetrics.okr.Window;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Grain;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sentences; the whole text of the example plan is a test of the README. */
class OkrReportTextTest {
    private static final LocalDate FEBRUARY_14 = LocalDate.of(2026, 2, 14);
    private static final String HALF_WAY = "2026-02-14";

    /** What stands for the interval of a single observation. */
    private static final String ALONE = "(no interval: "
            + at(1, Target.atLeast(1), HALF_WAY).measured().interval().method() + ")";

    private record Wait(LocalDate day, Duration waited, boolean good) {}

    private static String sentence(Kpi<?> kpi, Target target, List<Wait> waits, LocalDate asOf) {
        OkrPlan plan = OkrPlan.of(
                ZoneId.of("UTC"),
                List.of(kpi),
                List.of(),
                List.of(Objective.of(
                        "o",
                        "O",
                        Cycle.parse("2026-Q1"),
                        KeyResult.of("k", "K", target, Measure.of(kpi.id(), Window.cycleToDate())))));
        Fields<Wait> fields = Fields.of(Wait.class)
                .date("day", Wait::day)
                .duration("wait", Wait::waited)
                .flag("good", Wait::good);
        return OkrEvaluator.of(plan)
                .evaluate(
                        List.of(Scorecard.over(fields)
                                .every(Grain.DAY, "day", ZoneOffset.UTC)
                                .kpis(kpi)
                                .compute(waits)),
                        asOf)
                .keyResult("k")
                .orElseThrow()
                .sentence(Locale.ROOT);
    }

    /** A share of some rows, all on 14 February. */
    private static String share(int good, int all, Target target, LocalDate asOf) {
        Condition hit = Field.flag("good");
        List<Wait> waits = IntStream.range(0, all)
                .mapToObj(i -> new Wait(FEBRUARY_14, Duration.ZERO, i < good))
                .toList();
        return sentence(Share.kpi("share", hit), target, waits, asOf);
    }

    private static String meanWait(Target target, int... seconds) {
        Kpi<Mean> kpi = Mean.kpi("wait", Field.duration("wait"), io.cxmetrics.Direction.LOWER_IS_BETTER);
        List<Wait> waits = IntStream.of(seconds)
                .mapToObj(s -> new Wait(FEBRUARY_14, Duration.ofSeconds(s), true))
                .toList();
        return sentence(kpi, target, waits, FEBRUARY_14);
    }

    @Test
    void numbersFollowTheLocaleAndNotTheMachine() {
        OkrReport report = OkrEvaluator.of(WebShop.plan()).evaluate(WebShop.results(), FEBRUARY_14);
        String finnish = report.toText(Locale.forLanguageTag("fi-FI"));
        assertTrue(
                finnish.contains("5,0 min → 4,1 min of 3,0 min (95 % 4,0…4,2); 45 % done, 49 % expected: behind."),
                finnish);
        assertTrue(finnish.contains("budget 40\u00A0000 EUR"), finnish);
        Locale machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertEquals(finnish, report.toText(Locale.forLanguageTag("fi-FI")));
            assertEquals(report.toText(Locale.ROOT), report.toString());
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void metIsOnlyBeyondDoubtWhenTheWholeIntervalIs() {
        assertEquals(
                "82.0 % (95 % 73.3…88.3), wanted at least 80.0 %; counts as 100 %, 49 % expected: on track;"
                        + " met, but not yet beyond doubt",
                share(82, 100, Target.atLeast(0.8), FEBRUARY_14));
        assertEquals(
                "90.0 % (95 % 88.0…91.7), wanted at least 80.0 %; counts as 100 %, 49 % expected: on track; met",
                share(900, 1000, Target.atLeast(0.8), FEBRUARY_14));
    }

    @Test
    void whatIsNotMetSaysByHowMuch() {
        assertEquals(
                "78.0 % (95 % 68.9…85.0), wanted at least 80.0 %, 2.0 percentage points short; counts as 0 %, 49 % expected:"
                        + " at risk",
                share(78, 100, Target.atLeast(0.8), FEBRUARY_14));
        assertEquals(
                "5.00 " + ALONE + ", wanted at most 3.00, 2.00 over; counts as 0 %, 49 % expected:" + " at risk",
                at(5, Target.atMost(3), HALF_WAY).sentence(Locale.ROOT));
    }

    @Test
    void aValueThatMissesByAHairDoesNotLookLikeTheTarget() {
        assertEquals(
                "79.99 % (95 % 79.19…80.76), wanted at least 80.0 %, 0.01 percentage points short; counts as 0 %,"
                        + " 49 % expected: at risk",
                share(7999, 10_000, Target.atLeast(0.8), FEBRUARY_14));
        assertEquals(
                "20.0 % → 79.99 % of at least 80.0 % (95 % 79.19…80.76); 99.98 % done, 49.44 % expected: on track",
                share(7999, 10_000, Target.atLeast(0.8, 0.2), FEBRUARY_14));
    }

    @Test
    void progressThatFallsShortByAHairDoesNotLookLikeWhatIsExpected() {
        // 44/89 = 49.438 % is expected
        assertEquals(
                "0.00 → 4.94 of 10.00 " + ALONE + "; 49.40 % done, 49.44 % expected: behind",
                at(4.94, Target.increase(0, 10), HALF_WAY).sentence(Locale.ROOT));
    }

    @Test
    void targetsAreShownAsTheyWereWritten() {
        assertEquals(
                "300.0 s → 240.0 s of 185.0 s (95 % -141.2…621.2); 52 % done, 49 % expected: on track",
                meanWait(Target.decrease(300, 185), 210, 270));
        assertTrue(meanWait(Target.decrease(7200, 5400), 6000, 6060).startsWith("120.0 min → 100.5 min of 90.0 min"));
        assertTrue(share(1, 2, Target.atLeast(0.3725), FEBRUARY_14).contains("at least 37.25 %"));
    }

    @Test
    void aValueWorseThanTheStartSaysSo() {
        KeyResultReport report = at(-2, Target.increase(0, 10), HALF_WAY);
        assertEquals(
                "0.00 → -2.00 of 10.00 " + ALONE + "; -20 % done, 49 % expected: at risk",
                report.sentence(Locale.ROOT));
        assertEquals(
                "The way from 0.00 to 10.00 is 10.00; the value is 2.00 worse than at the start, which counts as 0 % in the"
                        + " objective.",
                new Wording(Locale.ROOT).explanation(report, report.measured()));
    }

    @Test
    void aValuePastTheTargetSaysSo() {
        KeyResultReport report = at(12, Target.increase(0, 10), HALF_WAY);
        assertTrue(report.sentence(Locale.ROOT).contains("120 % done, 49 % expected: on track; met, but not yet"));
        assertEquals(
                "The way from 0.00 to 10.00 is 10.00; done so far: 12.00, which counts as 100 % in the objective.",
                new Wording(Locale.ROOT).explanation(report, report.measured()));
    }

    @Test
    void aClosedCycleSaysWhatCameOut() {
        LocalDate april = LocalDate.of(2026, 4, 1);
        assertEquals(
                "40.0 % → 30.0 % of 20.0 % (95 % 21.9…39.6); 50 % done at the close: not met; score 0.5",
                share(30, 100, Target.decrease(0.4, 0.2), april));
        assertEquals(
                "90.0 % (95 % 88.0…91.7), wanted at least 80.0 %; counts as 100 % at the close: met; score 1.0",
                share(900, 1000, Target.atLeast(0.8), april));
        OkrReport report = OkrEvaluator.of(plan(keyResult("k", Target.increase(0, 10), Window.cycleToDate())))
                .evaluate(List.of(daily(row("2026-01-01", 5))), april);
        assertEquals(
                "50 % done at the close; score 0.5 (progress, but fell short; nobody said whether it was committed or aspirational)",
                report.objectives().get(0).sentence(Locale.ROOT));
    }

    @Test
    void aCycleThatClosedWithoutDataSaysSo() {
        OkrReport report = OkrEvaluator.of(plan(keyResult("k", Target.increase(0, 10), Window.cycleToDate())))
                .evaluate(List.of(), LocalDate.of(2026, 4, 1));
        assertEquals("closed without data", report.objectives().get(0).sentence(Locale.ROOT));
        assertEquals(
                "closed without data: no scorecard computes value",
                report.keyResult("k").orElseThrow().sentence(Locale.ROOT));
    }

    @Test
    void aCycleThatHasNotBegunSaysSo() {
        OkrReport report = OkrEvaluator.of(plan(keyResult("k", Target.increase(0, 10), Window.cycleToDate())))
                .evaluate(List.of(), LocalDate.of(2025, 12, 31));
        assertEquals("not started", report.objectives().get(0).sentence(Locale.ROOT));
        assertEquals("not started", report.keyResult("k").orElseThrow().sentence(Locale.ROOT));
    }

    @Test
    void nobodyAndNothingAreSaid() {
        OkrPlan plan = plan(
                keyResult("k", Target.increase(0, 10), Window.cycleToDate()).withWeight(2.5));
        Objective objective = plan.objectives().get(0).withInitiatives(Initiative.of("i", "Initiative"));
        String text = OkrEvaluator.of(plan.withObjectives(List.of(objective)))
                .evaluate(List.of(), FEBRUARY_14)
                .toText(Locale.ROOT);
        assertTrue(text.contains("  Owner: nobody, cycle 2026-Q1 (2026-01-01 to 2026-03-31)\n"), text);
        assertTrue(text.contains("  1. Title of k [k] (weight 2.5)\n"), text);
        assertTrue(text.contains("  - Initiative: owner nobody, budget none\n"), text);
        assertTrue(text.contains("     no data: no scorecard computes value.\n"), text);
    }
}
