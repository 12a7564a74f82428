package io.cxmetrics.okr.evaluation;

import static io.cxmetrics.okr.evaluation.Observations.KPI;
import static io.cxmetrics.okr.evaluation.Observations.at;
import static io.cxmetrics.okr.evaluation.Observations.card;
import static io.cxmetrics.okr.evaluation.Observations.daily;
import static io.cxmetrics.okr.evaluation.Observations.keyResult;
import static io.cxmetrics.okr.evaluation.Observations.plan;
import static io.cxmetrics.okr.evaluation.Observations.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Estimate;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Warning;
import io.cxmetrics.okr.WebShop;
import io.cxmetrics.okr.Window;
import io.cxmetrics.okr.evaluation.Observations.Row;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.time.Grain;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OkrEvaluatorTest {
    private static final LocalDate FEBRUARY_14 = LocalDate.of(2026, 2, 14);
    private static final Target RISE = Target.increase(0, 10);

    private static KeyResult measured(Measure measure) {
        return KeyResult.of("k", "K", RISE, measure);
    }

    private static KeyResultReport evaluate(KeyResult keyResult, LocalDate asOf, ScorecardResult... results) {
        return OkrEvaluator.of(plan(keyResult))
                .evaluate(List.of(results), asOf)
                .keyResult("k")
                .orElseThrow();
    }

    private static String error(KeyResult keyResult, ScorecardResult... results) {
        return assertThrows(
                        OkrEvaluationException.class,
                        () -> OkrEvaluator.of(plan(keyResult)).evaluate(List.of(results), FEBRUARY_14))
                .getMessage();
    }

    @Test
    void valuesComeFromScorecardsOfDifferentEventTypes() {
        OkrReport report = OkrEvaluator.of(WebShop.plan()).evaluate(WebShop.results(), FEBRUARY_14);
        KeyResultReport purchases = report.keyResult("shorter-purchase").orElseThrow();
        assertEquals(246, purchases.value().orElseThrow());
        assertEquals(620, purchases.measured().estimate().counts().used());
        assertEquals("2026-01-01 to 2026-01-31", purchases.measured().days().toString());
        assertEquals(0.45, purchases.progress().orElseThrow().raw());
        assertEquals(Status.BEHIND, purchases.status()); // 49 % − 45 % = 4 points

        KeyResultReport carts = report.keyResult("fewer-abandoned-carts").orElseThrow();
        assertEquals(0.325, carts.value().orElseThrow());
        assertEquals(0.5, carts.progress().orElseThrow().raw());
        assertEquals(Status.ON_TRACK, carts.status());
        assertEquals("Cart", carts.touchpoint().name());

        KeyResultReport chatbot = report.keyResult("fast-chatbot").orElseThrow();
        assertEquals(568.0 / 700, chatbot.value().orElseThrow());
        assertEquals(Attainment.MET_IN_DOUBT, chatbot.attainment().orElseThrow());

        ObjectiveReport objective = report.objective("faster-buying").orElseThrow();
        assertEquals((0.45 + 0.5 + 1) / 3, objective.progress().orElseThrow(), 1e-15);
        assertEquals(44.0 / 89, objective.expected());
        assertEquals(Status.ON_TRACK, objective.status());
    }

    @Test
    void theStatisticIsMergedAndNeverAnAverageOfAverages() {
        KeyResultReport report = evaluate(
                keyResult("k", RISE, Window.cycleToDate()),
                FEBRUARY_14,
                daily(row("2026-01-10", 2), row("2026-01-11", 5), row("2026-01-11", 6), row("2026-01-11", 7)));
        assertEquals(5, report.value().orElseThrow());
        Estimate expected = KPI.of(
                Observations.FIELDS,
                List.of(row("2026-01-10", 2), row("2026-01-11", 5), row("2026-01-11", 6), row("2026-01-11", 7)));
        assertEquals(expected, report.measured().estimate());
        assertEquals(expected.interval(), report.measured().interval());
    }

    @Test
    void onlyTheDaysOfTheWindowCount() {
        ScorecardResult result = daily(
                row("2025-12-31", 1),
                row("2026-01-01", 2),
                row("2026-01-31", 4),
                row("2026-02-14", 9),
                row("2026-02-15", 50));
        assertEquals(
                5,
                evaluate(keyResult("k", RISE, Window.cycleToDate()), FEBRUARY_14, result)
                        .value()
                        .orElseThrow());
        assertEquals(
                3,
                evaluate(keyResult("k", RISE, Window.lastComplete(Grain.MONTH)), FEBRUARY_14, result)
                        .value()
                        .orElseThrow());
        assertEquals(
                6.5,
                evaluate(keyResult("k", RISE, Window.trailing(15)), FEBRUARY_14, result)
                        .value()
                        .orElseThrow());
        assertEquals(
                9,
                evaluate(keyResult("k", RISE, Window.trailing(14)), FEBRUARY_14, result)
                        .value()
                        .orElseThrow());
    }

    @Test
    void aWeekMayStraddleTwoQuarters() {
        KeyResultReport report = evaluate(
                keyResult("k", RISE, Window.lastComplete(Grain.WEEK)),
                LocalDate.of(2026, 1, 5),
                daily(row("2025-12-28", 100), row("2025-12-29", 3), row("2026-01-04", 5), row("2026-01-05", 100)));
        assertEquals(4, report.value().orElseThrow());
    }

    @Test
    void touchpointAndSegmentFilterTheRows() {
        ScorecardResult result = card(Grain.DAY)
                .by("touchpoint", "channel")
                .compute(List.of(
                        new Row(FEBRUARY_14, "cart", "web", 4.0),
                        new Row(FEBRUARY_14, "cart", "app", 6.0),
                        new Row(FEBRUARY_14, "payment", "web", 8.0)));
        Measure.ByKpi measure = Measure.of("value", Window.cycleToDate());
        assertEquals(6, evaluate(measured(measure), FEBRUARY_14, result).value().orElseThrow());
        assertEquals(
                5,
                evaluate(measured(measure.at("cart")), FEBRUARY_14, result)
                        .value()
                        .orElseThrow());
        assertEquals(
                6,
                evaluate(measured(measure.at("cart").where("channel", "app")), FEBRUARY_14, result)
                        .value()
                        .orElseThrow());
    }

    @Test
    void aDimensionThatTheDataLackIsAnErrorAndNotNoData() {
        Measure.ByKpi measure = Measure.of("value", Window.cycleToDate());
        assertEquals(
                "key result 'k': the scorecard of [value] has no dimension 'touchpoint'; compute it by(\"touchpoint\")",
                error(measured(measure.at("cart")), daily(row("2026-01-10", 1))));
        ScorecardResult byTouchpoint = card(Grain.DAY).by("touchpoint").compute(List.of(row("2026-01-10", 1)));
        assertEquals(
                "key result 'k': the scorecard of [value] has no dimension 'chanel', only [touchpoint];"
                        + " compute it by(\"chanel\")",
                error(measured(measure.where("chanel", "web")), byTouchpoint));
        // An empty scorecard is no excuse, and neither is a cycle that has not begun.
        assertTrue(error(measured(measure.at("cart")), daily()).contains("no dimension 'touchpoint'"));
        assertThrows(
                OkrEvaluationException.class,
                () -> evaluate(measured(measure.at("cart")), LocalDate.of(2025, 12, 1), daily()));
    }

    @Test
    void allThatTheResultsCannotAnswerIsSaidAtOnce() {
        KeyResult a = KeyResult.of(
                "a", "A", RISE, Measure.of("value", Window.cycleToDate()).at("cart"));
        KeyResult b = KeyResult.of(
                "b", "B", RISE, Measure.of("value", Window.cycleToDate()).where("channel", "web"));
        OkrEvaluationException e = assertThrows(
                OkrEvaluationException.class,
                () -> OkrEvaluator.of(plan(a, b)).evaluate(List.of(daily(row("2026-01-10", 1))), FEBRUARY_14));
        assertEquals(
                List.of("a", "b"),
                e.problems().stream()
                        .map(OkrEvaluationException.Problem::keyResult)
                        .toList());
    }

    @Test
    void monthsThatCannotTileTheWindowAreAnError() {
        ScorecardResult monthly = card(Grain.MONTH).compute(List.of(row("2026-01-10", 1)));
        assertEquals(
                "key result 'k': the days 2026-01-01 to 2026-02-14 do not consist of whole months, and the scorecard of"
                        + " [value] is per month; compute it per day",
                error(keyResult("k", RISE, Window.cycleToDate()), monthly));
        assertEquals(
                1,
                evaluate(keyResult("k", RISE, Window.lastComplete(Grain.MONTH)), FEBRUARY_14, monthly)
                        .value()
                        .orElseThrow());
    }

    @Test
    void aScorecardWithoutPeriodsIsAnError() {
        ScorecardResult overall = Scorecard.over(Observations.FIELDS).kpis(KPI).compute(List.of(row("2026-01-10", 1)));
        assertEquals(
                "key result 'k': the scorecard of [value] has no periods; compute it per day",
                error(keyResult("k", RISE, Window.cycleToDate()), overall));
    }

    @Test
    void aKpiOfTheSameIdThatIsAnotherKpiIsAnError() {
        Kpi<Mean> other = Mean.kpi("value", Field.number("value"), Direction.HIGHER_IS_BETTER);
        ScorecardResult result = Scorecard.over(Observations.FIELDS)
                .every(Grain.DAY, "day", ZoneOffset.UTC)
                .kpis(other)
                .compute(List.of(row("2026-01-10", 1)));
        assertEquals(
                "key result 'k': the KPI of the plan and that of the scorecard differ: " + KPI + " and " + other,
                error(keyResult("k", RISE, Window.cycleToDate()), result));
    }

    @Test
    void aKpiThatNobodyComputesIsNoData() {
        KeyResultReport report = evaluate(keyResult("k", RISE, Window.cycleToDate()), FEBRUARY_14, WebShop.carts());
        assertEquals(Status.NO_DATA, report.status());
        assertEquals("no scorecard computes value, only cart-abandonment", report.noData());
        assertEquals(
                "no scorecard computes value",
                evaluate(keyResult("k", RISE, Window.cycleToDate()), FEBRUARY_14)
                        .noData());
    }

    @Test
    void resultsOfOneScorecardAreMerged() {
        KeyResultReport report = evaluate(
                keyResult("k", RISE, Window.cycleToDate()),
                FEBRUARY_14,
                daily(row("2026-01-10", 2)),
                daily(row("2026-01-10", 4)),
                daily(row("2026-01-11", 6)));
        assertEquals(4, report.value().orElseThrow());
    }

    @Test
    void aResultGivenTwiceIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> evaluate(
                                keyResult("k", RISE, Window.cycleToDate()),
                                FEBRUARY_14,
                                daily(row("2026-01-10", 2)),
                                daily(row("2026-01-10", 2))))
                .getMessage();
        assertTrue(message.startsWith("a result of [value] by [] per day is given twice"), message);
        // Without rows there is nothing to count twice.
        evaluate(keyResult("k", RISE, Window.cycleToDate()), FEBRUARY_14, daily(), daily());
    }

    @Test
    void scorecardsOfTheSameRowsAgree() {
        List<Row> rows = List.of(row("2026-01-10", 2), row("2026-01-11", 4));
        ScorecardResult split = card(Grain.DAY).by("channel").compute(rows);
        assertEquals(
                3,
                evaluate(keyResult("k", RISE, Window.cycleToDate()), FEBRUARY_14, split, split.by())
                        .value()
                        .orElseThrow());
    }

    @Test
    void scorecardsThatDisagreeAreAnError() {
        ScorecardResult other = card(Grain.DAY).by("channel").compute(List.of(row("2026-01-10", 2)));
        String message = error(keyResult("k", RISE, Window.cycleToDate()), daily(row("2026-01-10", 7)), other);
        assertTrue(message.contains("two scorecards answer it differently"), message);
    }

    @Test
    void noDataSaysWhy() {
        KeyResult toDate = keyResult("k", RISE, Window.cycleToDate());
        assertEquals(
                "no rows from 2026-01-01 to 2026-02-14; the data begin on 2025-11-03 and end on 2025-12-30",
                evaluate(toDate, FEBRUARY_14, daily(row("2025-11-03", 1), row("2025-12-30", 1)))
                        .noData());
        assertEquals(
                "1 row from 2026-01-01 to 2026-02-14, but no value: n = 0, 1 missing",
                evaluate(toDate, FEBRUARY_14, daily(new Row(LocalDate.of(2026, 1, 10), "cart", "web", null)))
                        .noData());
        ScorecardResult byTouchpoint = card(Grain.DAY)
                .by("touchpoint")
                .compute(List.of(new Row(LocalDate.of(2026, 1, 10), "Cart", "web", 1.0)));
        assertEquals(
                "no rows at all where touchpoint is \"cart\", only Cart (did you mean \"Cart\"?);"
                        + " the data begin on 2026-01-10 and end on 2026-01-10",
                evaluate(measured(Measure.of("value", Window.cycleToDate()).at("cart")), FEBRUARY_14, byTouchpoint)
                        .noData());
        KeyResultReport early = evaluate(
                keyResult("k", RISE, Window.lastComplete(Grain.MONTH)),
                LocalDate.of(2026, 1, 30),
                daily(row("2026-01-10", 1)));
        assertEquals("no month has ended yet in the cycle", early.noData());
        assertEquals(Status.NO_DATA, early.status());
    }

    @Test
    void dataThatEndBeforeTheWindowAreNoted() {
        KeyResultReport report =
                evaluate(keyResult("k", RISE, Window.cycleToDate()), FEBRUARY_14, daily(row("2026-01-10", 1)));
        assertEquals(
                List.of("the data begin on 2026-01-10 and end on 2026-01-10; the window is 2026-01-01 to 2026-02-14."),
                report.notes());
    }

    @Test
    void rowsThatCannotBePlacedAreCounted() {
        ScorecardResult result = card(Grain.DAY)
                .by("touchpoint")
                .compute(Arrays.asList(
                        new Row(LocalDate.of(2026, 1, 1), "cart", "web", 4.0),
                        new Row(FEBRUARY_14, "cart", "web", 6.0),
                        new Row(FEBRUARY_14, null, "web", 9.0),
                        new Row(null, "cart", "web", 9.0),
                        new Row(null, null, "web", 9.0),
                        new Row(null, "payment", "web", 9.0), // surely not of the cart
                        new Row(LocalDate.of(2026, 2, 15), null, "web", 9.0))); // surely not in the window
        KeyResultReport report =
                evaluate(measured(Measure.of("value", Window.cycleToDate()).at("cart")), FEBRUARY_14, result);
        assertEquals(5, report.value().orElseThrow());
        assertEquals(List.of("3 rows whose time or touchpoint is missing count nowhere."), report.notes());
    }

    @Test
    void aKpiThatPointsTheOtherWayIsWorthAWarning() {
        OkrReport report = OkrEvaluator.of(io.cxmetrics.okr.json.OkrJson.parse(
                        "plan.json",
                        WebShop.planText()
                                .replace(
                                        "{\"decrease\": {\"from\": \"40%\", \"to\": \"25%\"}}",
                                        "{\"increase\": {\"from\": \"25%\", \"to\": \"40%\"}}")))
                .evaluate(WebShop.results(), FEBRUARY_14);
        assertEquals(
                List.of(new Warning(
                        "direction",
                        "fewer-abandoned-carts",
                        "by its KPI, Cart abandonment, lower is better, but the target asks for more; correct the one that"
                                + " is wrong")),
                report.warnings());
        assertTrue(report.toText(Locale.ROOT).contains("     Warning: by its KPI, Cart abandonment, lower is better"));
    }

    @Test
    void statusFollowsTheDifference() {
        assertEquals(Status.ON_TRACK, at(0, RISE, "2026-01-01").status()); // nothing is expected yet
        assertEquals(Status.BEHIND, at(0, RISE, "2026-01-02").status());
        assertEquals(Status.ON_TRACK, at(5, RISE, "2026-02-14").status()); // 49 %
        assertEquals(Status.BEHIND, at(4, RISE, "2026-02-14").status());
        assertEquals(Status.AT_RISK, at(2, RISE, "2026-02-14").status());
        assertEquals(Status.ON_TRACK, at(10, RISE, "2026-03-31").status()); // the last day: all is expected
        assertEquals(Status.BEHIND, at(7.5, RISE, "2026-03-31").status());
        assertEquals(Status.AT_RISK, at(7.4, RISE, "2026-03-31").status());
        assertEquals(Status.CLOSED, at(7.4, RISE, "2026-04-01").status());
        assertEquals(Status.NOT_STARTED, at(7.4, RISE, "2025-12-31").status());
    }

    @Test
    void aThresholdWithoutAStartIsMetOrNot() {
        assertEquals(
                1,
                at(8, Target.atLeast(8), "2026-02-14").progress().orElseThrow().raw());
        assertEquals(
                0,
                at(7.9, Target.atLeast(8), "2026-02-14")
                        .progress()
                        .orElseThrow()
                        .raw());
        assertEquals(Status.AT_RISK, at(7.9, Target.atLeast(8), "2026-02-14").status());
        assertEquals(Status.ON_TRACK, at(8, Target.atMost(8), "2026-03-31").status());
    }

    @Test
    void anObjectiveIsJudgedByItsClampedProgress() {
        ObjectiveReport objective = OkrEvaluator.of(plan(
                        keyResult("far-over", Target.increase(0, 1), Window.cycleToDate()), // 4, counts as 1
                        keyResult("below", Target.increase(5, 10), Window.cycleToDate()))) // −0.2, counts as 0
                .evaluate(List.of(daily(row("2026-02-14", 4))), FEBRUARY_14)
                .objectives()
                .get(0);
        assertEquals(0.5, objective.progress().orElseThrow());
        assertEquals(Status.ON_TRACK, objective.status());
        assertEquals(Status.AT_RISK, objective.keyResults().get(1).status());
    }

    @Test
    void partsWithoutDataAreNamedAndDoNotCount() {
        OkrReport report =
                OkrEvaluator.of(WebShop.plan()).evaluate(List.of(WebShop.purchases(), WebShop.carts()), FEBRUARY_14);
        ObjectiveReport objective = report.objectives().get(0);
        assertEquals(0.475, objective.progress().orElseThrow());
        assertEquals(2.0 / 3, objective.coverage());
        assertEquals(Status.BEHIND, objective.status());
        assertEquals(
                "48 % done, 49 % expected: behind; from 2 of 3 key results (67 % of the weight), no data for fast-chatbot",
                objective.sentence(Locale.ROOT));
    }
}
