package io.cxmetrics.okr.evaluation;

import static io.cxmetrics.okr.evaluation.Observations.at;
import static io.cxmetrics.okr.evaluation.Observations.daily;
import static io.cxmetrics.okr.evaluation.Observations.keyResult;
import static io.cxmetrics.okr.evaluation.Observations.plan;
import static io.cxmetrics.okr.evaluation.Observations.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.WebShop;
import io.cxmetrics.okr.Window;
import io.cxmetrics.okr.tracking.CheckIn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What okr-reference.md lists as reported wrong in existing systems; the threads stand beside the cases. */
class OkrReportedWrongElsewhereTest {
    private static final String HALF_WAY = "2026-02-14";

    @Test
    void aFallTowardsALowerTargetIsProgress() { // steedos/okr-management-app #17, #18; puzzle/okr #1661
        assertEquals(0.45, Progress.of(Target.decrease(300, 180), 246).raw());
        assertEquals(1, Progress.of(Target.decrease(300, 180), 180).raw());
        assertEquals(1.5, Progress.of(Target.decrease(300, 180), 120).raw());
        assertEquals(0.45, Progress.of(Target.atMost(180, 300), 246).raw());
    }

    @Test
    void aFallTowardsALowerTargetIsColouredAsGood() { // operately #593
        assertEquals(
                Status.ON_TRACK, at(200, Target.decrease(300, 180), HALF_WAY).status());
        assertEquals(
                Status.AT_RISK, at(299, Target.decrease(300, 180), HALF_WAY).status());
    }

    @Test
    void aValueWorseThanTheStartIsNegativeAndCountsAsZero() { // puzzle/okr #495, #736
        Progress progress = Progress.of(Target.increase(50, 100), 35);
        assertEquals(-0.3, progress.raw());
        assertEquals(0, progress.clamped());
        assertEquals(-0.3, Progress.of(Target.decrease(300, 180), 336).raw());
    }

    @Test
    void aValueWorseThanTheStartIsNotOnTrackEvenOnTheFirstDay() { // puzzle/okr #736
        assertEquals(
                Status.BEHIND, at(49, Target.increase(50, 100), "2026-01-01").status());
    }

    @Test
    void decimalsAreNotTruncated() { // puzzle/okr #235: 5.9 of 10 was shown as 50 %
        assertEquals(0.59, Progress.of(Target.increase(0, 10), 5.9).raw());
        assertTrue(
                at(5.9, Target.increase(0, 10), HALF_WAY).sentence(Locale.ROOT).contains("59 % done"));
    }

    @Test
    void zeroIsATarget() { // bamboobsc #9: NaN
        assertEquals(1, Progress.of(Target.atMost(0), 0).raw());
        assertEquals(0, Progress.of(Target.atMost(0), 1).raw());
        assertEquals(0.75, Progress.of(Target.decrease(12, 0), 3).raw());
        assertEquals(0.5, Progress.of(Target.increase(-10, 0), -5).raw());
        assertEquals(Status.ON_TRACK, at(0, Target.atMost(0), HALF_WAY).status());
    }

    @Test
    void aStartEqualToTheTargetIsRefused() { // akvo-rsr #2830; in JSON: OkrJsonErrorsTest
        assertThrows(IllegalArgumentException.class, () -> Target.increase(7, 7));
    }

    @Test
    void noMeasurementIsNoDataAndNotZero() { // puzzle/okr #193
        OkrReport report = OkrEvaluator.of(plan(keyResult("k", Target.increase(0, 10), Window.cycleToDate())))
                .evaluate(List.of(daily()), LocalDate.parse(HALF_WAY));
        KeyResultReport keyResult = report.keyResult("k").orElseThrow();
        assertEquals(Status.NO_DATA, keyResult.status());
        assertEquals(Optional.empty(), keyResult.progress());
        assertEquals(OptionalDouble.empty(), keyResult.value());
        assertEquals("no data: the scorecard of [value] has no rows", keyResult.sentence(Locale.ROOT));
        ObjectiveReport objective = report.objectives().get(0);
        assertEquals(Status.NO_DATA, objective.status());
        assertEquals(OptionalDouble.empty(), objective.progress());
        assertEquals(0, objective.coverage());
        assertEquals("no data for any key result", objective.sentence(Locale.ROOT));
    }

    @Test
    void everyKindOfKeyResultCountsInTheObjective() { // puzzle/okr #1680
        OkrPlan plan = plan(
                keyResult("increase", Target.increase(0, 10), Window.cycleToDate()), // 0.4
                keyResult("decrease", Target.decrease(10, 0), Window.cycleToDate()), // 0.6
                keyResult("at-least", Target.atLeast(5), Window.cycleToDate()), // not met: 0
                keyResult("at-most", Target.atMost(5), Window.cycleToDate()), // met: 1
                keyResult("at-least-from", Target.atLeast(8, 0), Window.cycleToDate()), // 0.5
                keyResult("at-most-from", Target.atMost(0, 20), Window.cycleToDate())); // 0.8
        OkrReport report =
                OkrEvaluator.of(plan).evaluate(List.of(daily(row("2026-01-10", 4))), LocalDate.parse(HALF_WAY));
        assertEquals(
                (0.4 + 0.6 + 0 + 1 + 0.5 + 0.8) / 6,
                report.objectives().get(0).progress().orElseThrow(),
                1e-15);
        assertEquals(1, report.objectives().get(0).coverage());
    }

    @Test
    void theLastDayOfAQuarterBelongsToIt() { // sourcegraph/handbook #3706, toolkit-for-ynab #585
        List<KeyResult> keyResults = List.of(keyResult("k", Target.atLeast(5), Window.cycleToDate()));
        OkrEvaluator evaluator = OkrEvaluator.of(plan(keyResults.toArray(new KeyResult[0])));
        var result = List.of(
                daily(row("2025-12-31", 100), row("2026-01-01", 4), row("2026-03-31", 8), row("2026-04-01", 100)));
        KeyResultReport last = evaluator
                .evaluate(result, LocalDate.of(2026, 3, 31))
                .keyResult("k")
                .orElseThrow();
        assertEquals(6, last.value().orElseThrow());
        assertEquals(Status.ON_TRACK, last.status());
        KeyResultReport after = evaluator
                .evaluate(result, LocalDate.of(2026, 4, 1))
                .keyResult("k")
                .orElseThrow();
        assertEquals(6, after.value().orElseThrow());
        assertEquals(Status.CLOSED, after.status());
        assertEquals(
                Status.NOT_STARTED,
                evaluator
                        .evaluate(result, LocalDate.of(2025, 12, 31))
                        .keyResult("k")
                        .orElseThrow()
                        .status());
    }

    @Test
    void theRollUpIsWeightedByValue() { // MicrosoftDocs/Viva #518
        OkrPlan plan = plan(
                keyResult("heavy", Target.increase(0, 8), Window.cycleToDate()).withWeight(3), // 0.5
                keyResult("light", Target.increase(0, 4), Window.cycleToDate())); // 1
        ObjectiveReport objective = OkrEvaluator.of(plan)
                .evaluate(List.of(daily(row("2026-01-10", 4))), LocalDate.parse(HALF_WAY))
                .objectives()
                .get(0);
        assertEquals((3 * 0.5 + 1) / 4, objective.progress().orElseThrow());
    }

    @Test
    void aHundredPercentIsNotTheEnd() { // it can regress
        OkrEvaluator evaluator = OkrEvaluator.of(plan(keyResult("k", Target.increase(0, 10), Window.trailing(7))));
        var result = List.of(daily(row("2026-02-10", 11), row("2026-03-10", 4)));
        KeyResultReport then = evaluator
                .evaluate(result, LocalDate.of(2026, 2, 10))
                .keyResult("k")
                .orElseThrow();
        assertEquals(1.1, then.progress().orElseThrow().raw());
        assertEquals(1, then.progress().orElseThrow().clamped());
        assertEquals(Status.ON_TRACK, then.status());
        KeyResultReport now = evaluator
                .evaluate(result, LocalDate.of(2026, 3, 10))
                .keyResult("k")
                .orElseThrow();
        assertEquals(Status.AT_RISK, now.status());
    }

    @Test
    void aNegativeNpsIsAStartLikeAnyOther() { // integer fields that refuse it
        assertEquals(0.5, Progress.of(Target.increase(-20, 10), -5).raw());
        assertEquals(0.5, Progress.of(Target.increase(-20, -10), -15).raw());
    }

    @Test
    void theOutputExplainsTheNumber() { // operately #4427: users misread the start value
        String text = OkrEvaluator.of(WebShop.plan())
                .evaluate(WebShop.results(), WebShop.FEBRUARY_14)
                .toText(Locale.ENGLISH);
        assertTrue(text.contains("5.0 min → 4.1 min of 3.0 min (95 % 4.0…4.2); 45 % done, 49 % expected: behind.\n"));
        assertTrue(text.contains("The way from 5.0 min to 3.0 min is 2.0 min; done so far: 0.9 min.\n"));
    }

    @Test
    void noTypeOfKeyResultIsMissingFromTheStatistics() { // puzzle/okr #1680: those that check-ins measure
        LocalDate day = LocalDate.parse(HALF_WAY);
        OkrPlan plan = plan(
                said("increase", Target.increase(0, 10)), // 0.4
                said("decrease", Target.decrease(10, 0)), // 0.6
                said("at-least", Target.atLeast(5)), // 0
                said("at-most", Target.atMost(5)), // 1
                said("between", Target.between(3, 5)), // 1
                said(
                        "milestones",
                        Target.milestones(Target.Milestone.of("a", "A"), Target.Milestone.of("b", "B"))), // 0.5
                said("done", Target.done())); // 1
        List<CheckIn> checkIns = plan.objectives().get(0).keyResults().stream()
                .map(k -> CheckIn.of(
                        k.id(),
                        day,
                        k.target() instanceof Target.Milestones ? 0.5 : k.target() instanceof Target.Done ? 1 : 4))
                .toList();
        ObjectiveReport objective = OkrEvaluator.of(plan)
                .evaluate(List.of(), checkIns, day)
                .objectives()
                .get(0);
        assertEquals((0.4 + 0.6 + 0 + 1 + 1 + 0.5 + 1) / 7, objective.progress().orElseThrow(), 1e-15);
        assertEquals(1, objective.coverage());
    }

    private static KeyResult said(String id, Target target) {
        return KeyResult.of(id, id, target, Measure.checkIns());
    }

    @Test
    void aQuarterEndsAtMidnightOfThePlan() { // sourcegraph/handbook #3706, toolkit-for-ynab #585
        OkrPlan plan = plan(said("k", Target.increase(0, 10))); // of Europe/Helsinki, two hours ahead of UTC in winter
        assertEquals(LocalDate.of(2026, 3, 31), plan.dayOf(Instant.parse("2026-03-31T20:59:59Z")));
        assertEquals(LocalDate.of(2026, 4, 1), plan.dayOf(Instant.parse("2026-03-31T21:00:00Z")));
        assertEquals(LocalDate.of(2026, 1, 1), plan.dayOf(Instant.parse("2025-12-31T22:00:00Z")));
    }

    @Test
    void aGuardOfZeroIncidentsIsLegitimate() { // bamboobsc #9
        OkrPlan plan = plan(
                said("aim", Target.increase(0, 10)),
                said("incidents", Target.atMost(0)).asGuard());
        LocalDate day = LocalDate.parse(HALF_WAY);
        List<CheckIn> none = List.of(CheckIn.of("aim", day, 9), CheckIn.of("incidents", day, 0));
        assertEquals(
                Status.ON_TRACK,
                OkrEvaluator.of(plan)
                        .evaluate(List.of(), none, day)
                        .objectives()
                        .get(0)
                        .status());
    }

    @Test
    void theWorstStatusIsNotHiddenByARegressedFullScore() { // 100 % is not terminal, it can regress
        LocalDate day = LocalDate.parse(HALF_WAY);
        KeyResultReport report = OkrEvaluator.of(plan(said("k", Target.increase(0, 10))))
                .evaluate(List.of(), List.of(CheckIn.of("k", day.minusDays(3), 10), CheckIn.of("k", day, 2)), day)
                .keyResult("k")
                .orElseThrow();
        assertEquals(Status.AT_RISK, report.status());
        assertEquals(Attainment.NOT_MET, report.attainment().orElseThrow());
    }
}
