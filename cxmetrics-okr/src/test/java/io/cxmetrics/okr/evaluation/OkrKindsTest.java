package io.cxmetrics.okr.evaluation;

import static io.cxmetrics.okr.evaluation.Observations.Q1;
import static io.cxmetrics.okr.evaluation.Observations.at;
import static io.cxmetrics.okr.evaluation.Observations.daily;
import static io.cxmetrics.okr.evaluation.Observations.keyResult;
import static io.cxmetrics.okr.evaluation.Observations.plan;
import static io.cxmetrics.okr.evaluation.Observations.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Unit;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Phase;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import io.cxmetrics.okr.evaluation.Observations.Row;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.time.Grain;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Every kind of key result, whether a KPI measures it or check-ins do. */
class OkrKindsTest {
    private static final LocalDate FEBRUARY_14 = LocalDate.of(2026, 2, 14); // 44/89 = 49 % of 2026-Q1
    private static final LocalDate APRIL = LocalDate.of(2026, 4, 5);

    private static KeyResult said(Target target) {
        return KeyResult.of("k", "K", target, Measure.checkIns());
    }

    private static CheckIn on(String day, double value) {
        return CheckIn.of("k", LocalDate.parse(day), value);
    }

    private static KeyResultReport evaluate(KeyResult keyResult, LocalDate asOf, CheckIn... checkIns) {
        return OkrEvaluator.of(plan(keyResult))
                .evaluate(List.of(), List.of(checkIns), asOf)
                .keyResult("k")
                .orElseThrow();
    }

    private static String sentence(KeyResult keyResult, CheckIn... checkIns) {
        return evaluate(keyResult, FEBRUARY_14, checkIns).sentence(Locale.ROOT);
    }

    @Test
    void aCheckInMeasuresWithoutADoubt() {
        KeyResult hire = said(Target.increase(0, 10));
        assertEquals("0.00 → 5.00 of 10.00; 50 % done, 49 % expected: on track", sentence(hire, on("2026-02-10", 5)));
        KeyResultReport met = evaluate(hire, FEBRUARY_14, on("2026-02-10", 10));
        assertEquals(Attainment.MET, met.attainment().orElseThrow());
        assertEquals(
                Attainment.NOT_MET,
                evaluate(hire, FEBRUARY_14, on("2026-02-10", 9)).attainment().orElseThrow());
    }

    @Test
    void theLatestCheckInOfTheCycleCountsAndALaterWordCorrectsAnEarlier() {
        KeyResult hire = said(Target.increase(0, 10));
        assertEquals(
                4,
                evaluate(
                                hire,
                                FEBRUARY_14,
                                on("2026-02-10", 7),
                                on("2026-02-03", 6),
                                on("2026-02-10", 4), // a correction
                                on("2026-02-15", 9), // after the day of the evaluation
                                on("2025-12-31", 8)) // before the cycle
                        .value()
                        .orElseThrow());
    }

    @Test
    void noCheckInIsNoDataAndNotZero() { // puzzle/okr #193
        KeyResultReport report = evaluate(said(Target.increase(0, 10)), FEBRUARY_14);
        assertEquals(Status.NO_DATA, report.status());
        assertEquals("no data: no check-in yet in the cycle", report.sentence(Locale.ROOT));
        assertEquals(OptionalDouble.empty(), report.value());
    }

    @Test
    void silenceIsNeverOnTrack() {
        KeyResult hire = said(Target.increase(0, 10));
        KeyResultReport fresh = evaluate(hire, FEBRUARY_14, on("2026-02-07", 10));
        assertEquals(Status.ON_TRACK, fresh.status()); // 7 days
        KeyResultReport stale = evaluate(hire, FEBRUARY_14, on("2026-02-06", 10));
        assertEquals(new Verdict(Status.STALE, Verdict.Basis.AGE, Status.STALE), stale.verdict());
        assertEquals(
                "0.00 → 10.00 of 10.00; 100 % done, 49 % expected: stale (the last check-in, on 2026-02-06, is 8 days old,"
                        + " more than 7); met",
                stale.sentence(Locale.ROOT));
        assertEquals(
                Status.ON_TRACK,
                evaluate(hire.checkedInEvery(14), FEBRUARY_14, on("2026-02-06", 10))
                        .status());
    }

    @Test
    void dataThatEndBeforeTheWindowDoesAreStale() {
        KeyResult k = keyResult("k", Target.increase(0, 10), Window.cycleToDate());
        OkrEvaluator evaluator = OkrEvaluator.of(plan(k));
        assertEquals(
                Status.ON_TRACK,
                evaluator
                        .evaluate(List.of(daily(row("2026-02-07", 9))), FEBRUARY_14)
                        .keyResult("k")
                        .orElseThrow()
                        .status());
        KeyResultReport stale = evaluator
                .evaluate(List.of(daily(row("2026-02-06", 9))), FEBRUARY_14)
                .keyResult("k")
                .orElseThrow();
        assertEquals(Status.STALE, stale.status());
        assertTrue(stale.sentence(Locale.ROOT)
                .contains("stale (the data end 8 days before the window does, more than 7)"));
        // The last complete month is January, and the data reach its end.
        KeyResult monthly = keyResult("k", Target.increase(0, 10), Window.lastComplete(Grain.MONTH));
        assertEquals(
                Status.ON_TRACK,
                OkrEvaluator.of(plan(monthly))
                        .evaluate(List.of(daily(row("2026-01-31", 9))), FEBRUARY_14)
                        .keyResult("k")
                        .orElseThrow()
                        .status());
    }

    @Test
    void closedComesBeforeNoDataBeforeStaleBeforeComputed() {
        KeyResult hire = said(Target.increase(0, 10));
        assertEquals(
                Status.NOT_STARTED, evaluate(hire, LocalDate.of(2025, 12, 31)).status());
        assertEquals(Status.CLOSED, evaluate(hire, APRIL).status());
        assertEquals(Status.CLOSED, evaluate(hire, APRIL, on("2026-01-01", 1)).status());
        assertEquals(Status.NO_DATA, evaluate(hire, LocalDate.of(2026, 3, 31)).status());
        assertEquals(
                Status.STALE,
                evaluate(hire, LocalDate.of(2026, 3, 31), on("2026-01-01", 1)).status());
    }

    @Test
    void aBandIsMetOrNotAndSaysByHowMuch() {
        Target band = Target.between(2, 4);
        assertTrue(band.isMet(2) && band.isMet(4));
        assertFalse(band.isMet(1.99) || band.isMet(4.01) || band.isMet(Double.NaN));
        assertEquals(
                "3.00, wanted 2.00 to 4.00; counts as 100 %, 49 % expected: on track; met",
                sentence(said(band), on("2026-02-14", 3)));
        assertEquals(
                "1.50, wanted 2.00 to 4.00, 0.50 short; counts as 0 %, 49 % expected: at risk",
                sentence(said(band), on("2026-02-14", 1.5)));
        assertEquals(
                "4.25, wanted 2.00 to 4.00, 0.25 over; counts as 0 %, 49 % expected: at risk",
                sentence(said(band), on("2026-02-14", 4.25)));
        assertThrows(IllegalArgumentException.class, () -> Target.between(4, 4));
        assertThrows(IllegalArgumentException.class, () -> Target.between(4, 2));
    }

    @Test
    void aBandInsideAnIntervalIsInDoubt() {
        Target band = Target.between(2, 4);
        io.cxmetrics.Interval wide = io.cxmetrics.Interval.bounded(0, 9, 0.95, "t");
        assertEquals(Attainment.MET_IN_DOUBT, Attainment.of(band, 3, wide));
        assertEquals(Attainment.NOT_MET_IN_DOUBT, Attainment.of(band, 5, wide));
        assertEquals(Attainment.MET, Attainment.of(band, 3, io.cxmetrics.Interval.bounded(2, 4, 0.95, "t")));
        assertEquals(Attainment.NOT_MET, Attainment.of(band, 6, io.cxmetrics.Interval.bounded(4.1, 9, 0.95, "t")));
    }

    @Test
    void milestonesAreTheShareOfTheirWeight() {
        Target.Milestones steps = Target.milestones(
                Target.Milestone.of("design", "Design"),
                Target.Milestone.of("pilot", "Pilot"),
                new Target.Milestone("roll-out", "Roll-out", 2));
        assertEquals(0.5, steps.share(List.of("design", "pilot")));
        assertEquals(0.75, steps.share(List.of("roll-out", "pilot")));
        assertEquals(0, steps.share(List.of()));
        assertEquals(1, steps.share(List.of("design", "pilot", "roll-out")));
        assertEquals(
                "no milestone [pilots], only [design, pilot, roll-out]",
                assertThrows(IllegalArgumentException.class, () -> steps.share(List.of("pilots")))
                        .getMessage());
        assertEquals(
                "3 milestones: 50 % of the weight done, 49 % expected: on track",
                sentence(said(steps), on("2026-02-14", steps.share(List.of("design", "pilot")))));
        assertEquals(
                "3 milestones: 100 % of the weight done, 49 % expected: on track; met",
                sentence(said(steps), on("2026-02-14", 1)));
    }

    @Test
    void doneIsDoneOrNot() {
        assertEquals(
                "not done; counts as 0 %, 49 % expected: at risk", sentence(said(Target.done()), on("2026-02-14", 0)));
        assertEquals(
                "done; counts as 100 %, 49 % expected: on track; met",
                sentence(said(Target.done()), on("2026-02-14", 1)));
    }

    @Test
    void aBaselineHasNoProgressAndIsFoundByAnyNumber() {
        KeyResultReport report = evaluate(said(Target.baseline()), FEBRUARY_14, on("2026-02-14", -3.5));
        assertEquals("found: -3.50: on track", report.sentence(Locale.ROOT));
        assertEquals(new Verdict(Status.ON_TRACK, Verdict.Basis.FOUND, Status.ON_TRACK), report.verdict());
        assertTrue(report.progress().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Progress.of(Target.baseline(), 1));
        assertEquals(
                Status.NO_DATA, evaluate(said(Target.baseline()), FEBRUARY_14).status());
    }

    @Test
    void aBaselineAndAGuardCountInNoObjective() {
        OkrPlan plan = plan(
                KeyResult.of("aim", "Aim", Target.increase(0, 10), Measure.checkIns()),
                KeyResult.of("number", "Number", Target.baseline(), Measure.checkIns()),
                KeyResult.of("limit", "Limit", Target.atMost(3), Measure.checkIns())
                        .asGuard());
        ObjectiveReport objective = OkrEvaluator.of(plan)
                .evaluate(
                        List.of(),
                        List.of(CheckIn.of("aim", FEBRUARY_14, 5), CheckIn.of("limit", FEBRUARY_14, 3)),
                        FEBRUARY_14)
                .objectives()
                .get(0);
        assertEquals(0.5, objective.progress().orElseThrow());
        assertEquals(1, objective.coverage());
        assertEquals(Status.ON_TRACK, objective.status());
    }

    @Test
    void aGuardThatDoesNotHoldKeepsTheObjectiveOffTheTrack() {
        OkrPlan plan = plan(
                KeyResult.of("aim", "Aim", Target.increase(0, 10), Measure.checkIns()),
                KeyResult.of("limit", "Limit", Target.atMost(3), Measure.checkIns())
                        .asGuard());
        OkrEvaluator evaluator = OkrEvaluator.of(plan);
        CheckIn aim = CheckIn.of("aim", FEBRUARY_14, 9);
        ObjectiveReport broken = evaluator
                .evaluate(List.of(), List.of(aim, CheckIn.of("limit", FEBRUARY_14, 3.1)), FEBRUARY_14)
                .objectives()
                .get(0);
        assertEquals(new Verdict(Status.BEHIND, Verdict.Basis.GUARD, Status.ON_TRACK), broken.verdict());
        assertEquals(
                "90 % done, 49 % expected: behind (on track if its guards held); guard not known to hold: limit",
                broken.sentence(Locale.ROOT));
        // Silence about a guard is no comfort.
        ObjectiveReport unknown = evaluator
                .evaluate(List.of(), List.of(aim), FEBRUARY_14)
                .objectives()
                .get(0);
        assertEquals(Status.BEHIND, unknown.status());
    }

    @Test
    void aGuardSaysWhetherItHoldsAndNothingOfProgress() {
        KeyResult limit = said(Target.atMost(3)).asGuard();
        assertEquals("2.00, wanted at most 3.00; the guard holds: on track", sentence(limit, on("2026-02-14", 2)));
        assertEquals(
                "4.00, wanted at most 3.00, 1.00 over; the guard does not hold: at risk",
                sentence(limit, on("2026-02-14", 4)));
        KeyResultReport closed = evaluate(limit, APRIL, on("2026-03-31", 3));
        assertEquals("3.00, wanted at most 3.00; the guard holds at the close", closed.sentence(Locale.ROOT));
        assertEquals(null, closed.score());
    }

    @Test
    void aGuardHasNoWeight() {
        assertThrows(
                IllegalArgumentException.class,
                () -> said(Target.atMost(3)).withWeight(2).asGuard());
    }

    @Test
    void aWarningLevelIsOnTheGoodSide() {
        Target target = new Target.AtMost(5, OptionalDouble.empty(), OptionalDouble.of(4));
        assertEquals(Status.ON_TRACK, at(4, target, "2026-02-14").status());
        KeyResultReport near = at(4.5, target, "2026-02-14");
        assertEquals(new Verdict(Status.BEHIND, Verdict.Basis.WARNING_LEVEL, Status.ON_TRACK), near.verdict());
        assertTrue(near.sentence(Locale.ROOT).contains("behind (past the warning level); met"));
        assertEquals(Status.AT_RISK, at(5.1, target, "2026-02-14").status());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Target.AtMost(5, OptionalDouble.empty(), OptionalDouble.of(5)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Target.AtLeast(5, OptionalDouble.empty(), OptionalDouble.of(4)));
    }

    @Test
    void aPhasedPlanIsStraightBetweenItsPoints() {
        Cycle days = Cycle.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 11)); // day 0 to day 10
        KeyResult k = said(Target.increase(0, 1))
                .phased(new Phase(LocalDate.of(2026, 1, 5), 0.1), new Phase(LocalDate.of(2026, 1, 9), 0.9));
        double[] expected = {0, 0.025, 0.05, 0.075, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 1};
        for (int day = 0; day <= 10; day++) {
            assertEquals(expected[day], k.expected(days, days.start().plusDays(day)), 1e-12, "day " + day);
        }
        assertEquals(0, k.expected(days, days.start().minusDays(1)));
        assertEquals(1, k.expected(days, days.end().plusDays(100)));
        assertEquals(0.5, said(Target.increase(0, 1)).expected(days, LocalDate.of(2026, 1, 6)));
        KeyResult early = said(Target.increase(0, 1)).phased(new Phase(days.start(), 0.4));
        assertEquals(0.4, early.expected(days, days.start()));
        assertEquals(0.7, early.expected(days, LocalDate.of(2026, 1, 6)), 1e-12);
        KeyResult low = said(Target.increase(0, 1)).phased(new Phase(days.lastDay(), 0.8));
        assertEquals(0.8, low.expected(days, days.lastDay()));
        assertThrows(
                IllegalArgumentException.class,
                () -> said(Target.done()).phased(new Phase(days.lastDay(), 0.8), new Phase(days.start(), 0.9)));
    }

    @Test
    void aLevelIsHeldOverPeriodsAndSaysWhich() {
        // Weeks that end in 2026-Q1 up to 14 February: W01 (ends 4 January) to W06 (ends 8 February), six of them.
        List<Row> rows = new ArrayList<>();
        double[] weeks = {8, 8, 7, 9, 8, 8};
        for (int i = 0; i < weeks.length; i++) {
            rows.add(row(LocalDate.of(2025, 12, 31).plusWeeks(i).toString(), weeks[i]));
        }
        rows.add(row("2026-02-14", 5));
        var results = List.of(daily(rows.toArray(new Row[0])));
        KeyResult level = keyResult("k", Target.atLeast(8), Window.trailing(7));

        KeyResultReport current = OkrEvaluator.of(plan(level))
                .evaluate(results, FEBRUARY_14)
                .keyResult("k")
                .orElseThrow();
        assertEquals(Status.AT_RISK, current.status());

        KeyResultReport share = OkrEvaluator.of(plan(level.holding(Hold.shareOf(Grain.WEEK))))
                .evaluate(results, FEBRUARY_14)
                .keyResult("k")
                .orElseThrow();
        assertEquals(5.0 / 6, share.progress().orElseThrow().raw());
        assertEquals(1, share.expected());
        assertEquals(Status.BEHIND, share.status());
        assertTrue(
                share.sentence(Locale.ROOT).startsWith("5 of 6 weeks met; now 5.00 (no interval"),
                share.sentence(Locale.ROOT));
        assertTrue(
                share.sentence(Locale.ROOT).endsWith("wanted at least 8.00; counts as 83 %, 100 % expected: behind"));

        KeyResultReport successes = OkrEvaluator.of(plan(level.holding(Hold.successesOf(Grain.WEEK))))
                .evaluate(results, FEBRUARY_14)
                .keyResult("k")
                .orElseThrow();
        assertEquals(13, successes.held().planned()); // 4 January to 29 March
        assertEquals(5.0 / 13, successes.progress().orElseThrow().raw());
        assertEquals(44.0 / 89, successes.expected());
        assertTrue(successes.sentence(Locale.ROOT).startsWith("5 of 13 planned weeks met, 1 missed; now 5.00"));
        KeyResultReport enough = OkrEvaluator.of(plan(level.holding(Hold.successes(5, Grain.WEEK))))
                .evaluate(results, FEBRUARY_14)
                .keyResult("k")
                .orElseThrow();
        assertEquals(Attainment.MET, enough.attainment().orElseThrow());
    }

    @Test
    void aPeriodWithoutDataCountsNeitherWay() {
        KeyResult level = said(Target.atMost(0)).holding(Hold.shareOf(Grain.MONTH));
        KeyResultReport report = evaluate(
                level, LocalDate.of(2026, 3, 31), on("2026-01-20", 0), on("2026-03-05", 2), on("2026-03-31", 0));
        assertEquals(2, report.held().met().size());
        assertEquals(1, report.held().withoutValue().size());
        assertEquals(1, report.progress().orElseThrow().raw());
        assertTrue(report.sentence(Locale.ROOT)
                .startsWith("2 of 2 months met, 1 without data; now 0.00, wanted at most 0.00"));
        KeyResultReport early = evaluate(level, LocalDate.of(2026, 1, 20), on("2026-01-20", 0));
        assertEquals("no data: no month has ended yet in the cycle", early.sentence(Locale.ROOT));
    }

    @Test
    void onlyLevelsCanBeHeld() {
        assertThrows(
                IllegalArgumentException.class,
                () -> said(Target.increase(0, 1)).holding(Hold.shareOf(Grain.WEEK)));
        assertThrows(
                IllegalArgumentException.class, () -> said(Target.atLeast(5, 1)).holding(Hold.shareOf(Grain.WEEK)));
        assertThrows(IllegalArgumentException.class, () -> Hold.successes(0, Grain.WEEK));
        assertThrows(IllegalArgumentException.class, () -> new Hold(Hold.Count.SHARE_OF_PERIODS, Grain.WEEK, 3));
    }

    @Test
    void noKpiMeasuresMilestones() {
        assertThrows(IllegalArgumentException.class, () -> keyResult("k", Target.done(), Window.cycleToDate()));
    }

    @Test
    void checkInsAfterTheCloseAreKeptApart() {
        KeyResultReport report = evaluate(
                said(Target.increase(0, 10)), APRIL, on("2026-03-30", 6), on("2026-04-02", 9), on("2026-04-06", 10));
        assertEquals(6, report.value().orElseThrow());
        assertEquals(List.of("1 check-in after the close, on 2026-04-02, does not count."), report.notes());
    }

    @Test
    void checkInsThatThePlanCannotPlaceAreErrors() {
        OkrEvaluationException e = assertThrows(
                OkrEvaluationException.class,
                () -> OkrEvaluator.of(plan(said(Target.done())))
                        .evaluate(
                                List.of(),
                                List.of(on("2026-02-14", 0.5), CheckIn.of("kk", FEBRUARY_14, 1)),
                                FEBRUARY_14));
        assertEquals(
                "key result 'k': the check-in of 2026-02-14 must be 1 (done) or 0 (not done); found 0.5\n"
                        + "key result 'kk': there are check-ins, but the plan has no such key result (did you mean \"k\"?)",
                e.getMessage());
        assertThrows(
                OkrEvaluationException.class,
                () -> evaluate(
                        said(Target.milestones(Target.Milestone.of("a", "A"))), FEBRUARY_14, on("2026-02-14", 40)));
    }

    @Test
    void aKeyResultMayHaveDaysOfItsOwn() {
        KeyResult k = said(Target.increase(0, 10)).in(Cycle.parse("2026-02"));
        KeyResultReport report = evaluate(k, FEBRUARY_14, on("2026-01-31", 9), on("2026-02-14", 5));
        assertEquals(13.0 / 27, report.expected());
        assertEquals(Cycle.parse("2026-02"), report.cycle());
        assertEquals(
                Status.CLOSED,
                evaluate(k, LocalDate.of(2026, 3, 1), on("2026-02-14", 5)).status());
    }

    @Test
    void unitsOfCheckInsAreTheirOwn() {
        KeyResult share = KeyResult.of("k", "K", Target.increase(0.4, 0.6), Measure.checkIns(Unit.SHARE));
        assertEquals(
                "40.0 % → 50.0 % of 60.0 %; 50 % done, 49 % expected: on track",
                sentence(share, on("2026-02-14", 0.5)));
        KeyResult time = KeyResult.of("k", "K", Target.decrease(480, 300), Measure.checkIns(Unit.SECONDS));
        assertEquals(
                "8.0 min → 6.1 min of 5.0 min; 63 % done, 49 % expected: on track",
                sentence(time, on("2026-02-14", 366)));
    }

    @Test
    void theRuleByProbabilityLeadsAndTheSentenceExplainsIt() {
        KeyResult time = KeyResult.of("k", "K", Target.decrease(480, 300), Measure.checkIns(Unit.SECONDS));
        LocalDate march5 = Q1.start().plusDays(62); // 62/89 = 70 %
        List<List<Chances.Dated>> asked = new ArrayList<>();
        OkrEvaluator evaluator = OkrEvaluator.of(plan(time)).withChances(question -> {
            asked.add(question.history());
            return Chance.of(0.34, "a stub");
        });
        KeyResultReport report = evaluator
                .evaluate(
                        List.of(),
                        List.of(CheckIn.of("k", march5.minusDays(7), 400), CheckIn.of("k", march5, 366)),
                        march5)
                .keyResult("k")
                .orElseThrow();
        // The sentence of the specification.
        assertEquals(
                "8.0 min → 6.1 min of 5.0 min; 63 % done, 70 % expected; 34 % chance: at risk",
                report.sentence(Locale.ROOT));
        assertEquals(new Verdict(Status.AT_RISK, Verdict.Basis.PROBABILITY, Status.AT_RISK), report.verdict());
        assertEquals(
                List.of(400.0, 366.0),
                asked.get(0).stream().map(Chances.Dated::value).toList());
    }

    @Test
    void aRefusedForecastLeavesTheDifferenceToDecide() {
        KeyResultReport report = OkrEvaluator.of(plan(said(Target.increase(0, 10))))
                .withChances(question -> Chance.refused("too few points"))
                .evaluate(List.of(), List.of(on("2026-02-14", 4)), FEBRUARY_14)
                .keyResult("k")
                .orElseThrow();
        assertEquals(new Verdict(Status.BEHIND, Verdict.Basis.DIFFERENCE, Status.BEHIND), report.verdict());
        assertEquals("too few points", report.chance().reason());
    }

    @Test
    void theHistoryOfAKpiIsOfDaysThatDoNotOverlap() {
        List<List<Chances.Dated>> asked = new ArrayList<>();
        OkrEvaluator.of(plan(
                        keyResult("to-date", Target.increase(0, 10), Window.cycleToDate()),
                        keyResult("monthly", Target.increase(0, 10), Window.lastComplete(Grain.MONTH))))
                .withChances(question -> {
                    asked.add(question.history());
                    return Chance.refused("a stub");
                })
                .evaluate(
                        List.of(daily(
                                row("2026-01-03", 1),
                                row("2026-01-31", 2),
                                row("2026-02-01", 3),
                                row("2026-02-14", 6))),
                        FEBRUARY_14);
        // Weeks end on 14, 7 February, 31 January, …, 10 January; 3 January is in a stretch of three days, which does
        // not count.
        assertEquals(
                List.of("2026-01-31 2.0", "2026-02-07 3.0", "2026-02-14 6.0"),
                asked.get(0).stream().map(d -> d.date() + " " + d.value()).toList());
        assertEquals(
                List.of("2026-01-31 1.5"),
                asked.get(1).stream().map(d -> d.date() + " " + d.value()).toList());
    }

    @Test
    void aScorecardPerMonthHasNoWeeklyHistoryAndIsNoError() {
        List<List<Chances.Dated>> asked = new ArrayList<>();
        KeyResultReport report = OkrEvaluator.of(plan(keyResult("k", Target.increase(0, 10), Window.cycleToDate())))
                .withChances(question -> {
                    asked.add(question.history());
                    return Chance.refused("a stub");
                })
                .evaluate(
                        List.of(Observations.card(Grain.MONTH).compute(List.of(row("2026-01-10", 4)))),
                        LocalDate.of(2026, 1, 31))
                .keyResult("k")
                .orElseThrow();
        assertEquals(4, report.value().orElseThrow());
        assertEquals(List.of(List.of()), asked);
    }

    @Test
    void thresholdsOfTheRulesAreInclusiveAndConfigurable() {
        assertEquals(Status.ON_TRACK, Status.byDifference(0.5, 0.5));
        assertEquals(Status.BEHIND, Status.byDifference(0.5, 0.25));
        assertEquals(Status.AT_RISK, Status.byDifference(0.5, 0.2499));
        assertEquals(Status.ON_TRACK, Status.byRatio(0.5, 0.5));
        assertEquals(Status.BEHIND, Status.byRatio(0.5, 0.35));
        assertEquals(Status.AT_RISK, Status.byRatio(0.5, 0.3499));
        assertEquals(Status.ON_TRACK, Status.byRatio(0, 0));
        assertEquals(Status.BEHIND, Status.byRatio(0, -0.1));
        assertEquals(Status.ON_TRACK, Status.byProbability(0.7));
        assertEquals(Status.BEHIND, Status.byProbability(0.4));
        assertEquals(Status.AT_RISK, Status.byProbability(0.3999));
        OkrPlan strict = plan(said(Target.increase(0, 10)))
                .withStatusRule(StatusRule.byRatio().withThresholds(1.2, 1.1));
        assertEquals(
                Status.AT_RISK,
                OkrEvaluator.of(strict)
                        .evaluate(List.of(), List.of(on("2026-02-14", 5)), FEBRUARY_14)
                        .keyResult("k")
                        .orElseThrow()
                        .status());
        assertThrows(
                IllegalArgumentException.class, () -> StatusRule.byProbability().withThresholds(0.4, 0.7));
        assertThrows(
                IllegalArgumentException.class, () -> StatusRule.byDifference().withThresholds(0.4, 0.3));
        assertThrows(
                IllegalArgumentException.class, () -> StatusRule.byProbability().withThresholds(1.1, 0.3));
    }

    @Test
    void inTheGracePeriodNothingIsBehindYet() {
        OkrPlan plan = plan(said(Target.increase(0, 10)))
                .withStatusRule(StatusRule.byDifference().withGraceDays(10));
        OkrEvaluator evaluator = OkrEvaluator.of(plan);
        CheckIn nothing = on("2026-01-08", 0);
        KeyResultReport tenth = evaluator
                .evaluate(List.of(), List.of(nothing), LocalDate.of(2026, 1, 10))
                .keyResult("k")
                .orElseThrow();
        assertEquals(new Verdict(Status.ON_TRACK, Verdict.Basis.GRACE, Status.BEHIND), tenth.verdict());
        assertTrue(tenth.sentence(Locale.ROOT).endsWith("on track (grace period; behind without it)"));
        assertEquals(
                Status.BEHIND,
                evaluator
                        .evaluate(List.of(), List.of(nothing), LocalDate.of(2026, 1, 11))
                        .keyResult("k")
                        .orElseThrow()
                        .status());
    }
}
