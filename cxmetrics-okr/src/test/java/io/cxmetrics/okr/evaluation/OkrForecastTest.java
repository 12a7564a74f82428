package io.cxmetrics.okr.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import io.cxmetrics.okr.forecast.Forecaster;
import io.cxmetrics.okr.forecast.Goal;
import io.cxmetrics.okr.forecast.Method;
import io.cxmetrics.okr.forecast.Observation;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.time.Grain;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Which forecast a key result gets, and what it decides. */
class OkrForecastTest {
    private static final Cycle Q1 = Cycle.parse("2026-Q1");
    private static final Interval NONE = Interval.undefined(0.95, "a check-in is no sample");

    private static OkrPlan plan(KeyResult keyResult) {
        return OkrPlan.of(
                ZoneId.of("Europe/Helsinki"), List.of(), List.of(), List.of(Objective.of("o", "O", Q1, keyResult)));
    }

    private static KeyResult said(Target target, Unit unit) {
        return KeyResult.of("k", "K", target, Measure.checkIns(unit));
    }

    private static List<CheckIn> weekly(double... values) {
        List<CheckIn> checkIns = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            checkIns.add(CheckIn.of("k", Q1.start().plusDays(6 + 7L * i), values[i]));
        }
        return checkIns;
    }

    private static KeyResultReport report(KeyResult keyResult, double... values) {
        List<CheckIn> checkIns = weekly(values);
        LocalDate last = checkIns.get(checkIns.size() - 1).date();
        return OkrEvaluator.of(plan(keyResult))
                .evaluate(List.of(), checkIns, last)
                .keyResult("k")
                .orElseThrow();
    }

    private static Chance chance(KeyResult keyResult, double... values) {
        Chance chance = report(keyResult, values).chance();
        assertNotNull(chance);
        return chance;
    }

    private static Method method(KeyResult keyResult, double... values) {
        Chance chance = chance(keyResult, values);
        assertNotNull(chance.forecast(), chance.reason());
        return chance.forecast().method();
    }

    @Test
    void theMethodFollowsFromTheKindOfTheKeyResult() {
        assertEquals(Method.CUMULATIVE, method(said(Target.increase(0, 10), Unit.NUMBER), 0, 1, 2, 2, 4));
        assertEquals(
                Method.CUMULATIVE,
                method(
                        said(
                                Target.milestones(Target.Milestone.of("a", "A"), Target.Milestone.of("b", "B")),
                                Unit.NUMBER),
                        0,
                        0.5,
                        0.5,
                        0.5));
        assertEquals(Method.LEVEL, method(said(Target.decrease(0.4, 0.25), Unit.SHARE), 0.4, 0.39, 0.36, 0.35));
        assertEquals(Method.LEVEL, method(said(Target.between(2, 4), Unit.NUMBER), 2, 3, 3, 4));
        assertEquals(
                Method.MAINTAIN,
                method(said(Target.atLeast(40), Unit.POINTS).holding(Hold.shareOf(Grain.WEEK)), 41, 45, 43, 44, 42));
    }

    @Test
    void aCountThatHasFallenIsALevelAndSoIsAShare() {
        assertEquals(Method.LEVEL, method(said(Target.increase(0, 10), Unit.NUMBER), 0, 3, 2, 4));
        assertEquals(Method.LEVEL, method(said(Target.increase(0, 1), Unit.SHARE), 0, 0.1, 0.2, 0.3));
    }

    @Test
    void itIsTheForecastOfTheForecaster() {
        double[] values = {0.4, 0.39, 0.36, 0.35, 0.34};
        List<Observation> observations = weekly(values).stream()
                .map(c -> Observation.of(c.date(), c.value()))
                .toList();
        assertEquals(
                Forecaster.level(Goal.atMost(0.25), Q1.lastDay())
                        .within(0, 1)
                        .forecast(observations, observations.get(4).date()),
                chance(said(Target.decrease(0.4, 0.25), Unit.SHARE), values).forecast());
    }

    @Test
    void theChanceDecidesAndTheReportSaysHowItWasFound() {
        KeyResult faster = said(Target.decrease(480, 300), Unit.SECONDS);
        KeyResultReport report = report(faster, 470, 455, 450, 430, 425, 410);
        assertEquals(Verdict.Basis.PROBABILITY, report.verdict().basis());
        assertEquals(Status.byProbability(report.probability().orElseThrow()), report.status());
        String text = OkrEvaluator.of(plan(faster))
                .evaluate(List.of(), weekly(470, 455, 450, 430, 425, 410), LocalDate.of(2026, 2, 11))
                .toText(Locale.ENGLISH);
        assertTrue(text.contains(" % chance; probably "), text);
        assertTrue(text.contains("(80 % "), text);
        assertTrue(text.contains("robust damped trend, n = 6, calibrated on simulated series."), text);
    }

    @Test
    void tooFewValuesAreRefusedAndTheDifferenceDecides() {
        KeyResultReport report = report(said(Target.decrease(480, 300), Unit.SECONDS), 470, 455, 450);
        assertEquals(Verdict.Basis.DIFFERENCE, report.verdict().basis());
        assertNotNull(report.chance());
        assertEquals(
                "3 observations until 2026-01-21; at least 4 are needed",
                report.chance().reason());
    }

    @Test
    void doneOrNotIsRefused() {
        Chance chance = chance(KeyResult.of("k", "K", Target.done(), Measure.checkIns()), 0, 0, 0, 0, 0);
        assertEquals("done or not done has nothing in between to go by", chance.reason());
    }

    @Test
    void anotherRuleIsNotOverruled() {
        KeyResult faster = said(Target.decrease(480, 300), Unit.SECONDS);
        List<CheckIn> checkIns = weekly(470, 455, 450, 430, 425);
        KeyResultReport report = OkrEvaluator.of(plan(faster).withStatusRule(StatusRule.byRatio()))
                .evaluate(List.of(), checkIns, LocalDate.of(2026, 2, 4))
                .keyResult("k")
                .orElseThrow();
        assertEquals(Verdict.Basis.RATIO, report.verdict().basis());
        assertTrue(report.probability().isPresent());
    }

    @Test
    void moreSuccessesThanPeriodsAreLeftCannotBeMet() {
        KeyResult held = said(Target.atLeast(40), Unit.POINTS).holding(Hold.successes(13, Grain.WEEK));
        Chances.Question question = new Chances.Question(held, Q1, Unit.POINTS, List.of(), LocalDate.of(2026, 2, 28));
        assertEquals(0, Chances.forecasts().of(question).probability().orElseThrow());
    }

    /** 12 of 13 weeks at 0.30 are a mean that one week cannot bring to 0.25: (12 × 0.30 + x) / 13 ≤ 0.25 needs x ≤ −0.35. */
    @Test
    void aCycleToDateIsForeseenAsTheMeanOfTheCycle() {
        KeyResult toDate = KeyResult.of("k", "K", Target.decrease(0.4, 0.25), Measure.of("k", Window.cycleToDate()));
        List<Chances.Dated> history = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double value =
                    i < 11 ? 0.30 + (i % 2 == 0 ? 0.002 : -0.002) : 0.20; // the last week alone is below the target
            history.add(new Chances.Dated(Q1.start().plusDays(5 + 7L * i), value, NONE));
        }
        LocalDate day = history.get(11).date();
        Chance chance = Chances.forecasts().of(new Chances.Question(toDate, Q1, Unit.SHARE, history, day));
        assertNotNull(chance.forecast());
        assertEquals(0.292, chance.forecast().point(), 0.008);
        assertEquals(0.01, chance.probability().orElseThrow());
        assertEquals("uncalibrated", chance.forecast().calibration().words());
    }

    @Test
    void atTheCloseOwnerAndForecastAreScoredOnTheSameDay() {
        KeyResult share = said(Target.increase(0.3, 0.45), Unit.SHARE);
        List<CheckIn> checkIns = new ArrayList<>(weekly(0.305, 0.33, 0.34, 0.365, 0.37, 0.39));
        checkIns.set(0, checkIns.get(0).withConfidence(0.9)); // too early for a forecast
        checkIns.set(5, checkIns.get(5).withConfidence(0.6));
        checkIns.add(CheckIn.of("k", Q1.lastDay(), 0.44).withConfidence(1)); // nothing was left to foresee
        OkrReport report = OkrEvaluator.of(plan(share)).evaluate(List.of(), checkIns, Q1.end());
        Foretold foretold = report.keyResult("k").orElseThrow().foretold();
        assertNotNull(foretold);
        assertEquals(checkIns.get(5).date(), foretold.date());
        assertEquals(0.36, foretold.ownersBrier(), 1e-12); // (0.6 − 0)², it was not met
        assertNotNull(foretold.chance());
        double stated = foretold.chance().probability().orElseThrow();
        assertEquals(stated * stated, foretold.forecastsBrier().orElseThrow(), 1e-12);
        // The forecast of that day knows nothing of the close.
        assertEquals(
                OkrEvaluator.of(plan(share))
                        .evaluate(List.of(), checkIns, checkIns.get(5).date())
                        .keyResult("k")
                        .orElseThrow()
                        .chance(),
                foretold.chance());
        assertEquals(1, report.confidence().owners().count());
        assertNull(report.keyResult("k").orElseThrow().chance());
    }

    @Test
    void withoutAConfidenceNothingIsCompared() {
        OkrReport report = OkrEvaluator.of(plan(said(Target.increase(0.3, 0.45), Unit.SHARE)))
                .evaluate(List.of(), weekly(0.31, 0.33, 0.34, 0.36), Q1.end());
        assertNull(report.keyResult("k").orElseThrow().foretold());
        assertEquals(1, report.confidence().leftOut());
    }
}
