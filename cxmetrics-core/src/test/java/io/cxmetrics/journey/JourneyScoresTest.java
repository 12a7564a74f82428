package io.cxmetrics.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.CompositeIndex;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JourneyScoresTest {
    record Answer(String touchpoint, boolean satisfied, long seconds) {}

    private static final Fields<Answer> FIELDS = Fields.of(Answer.class)
            .text("touchpoint", Answer::touchpoint)
            .flag("satisfied", Answer::satisfied)
            .whole("seconds", Answer::seconds);
    private static final Kpi<Share> CSAT = Share.kpi("csat", Field.flag("satisfied"));
    private static final Kpi<Mean> TIME = Mean.kpi("time", Field.whole("seconds"), Direction.LOWER_IS_BETTER);

    /** 80 of 100 at search, 60 of 200 at payment, nothing at help; 10 s at search, 40 s at payment. */
    private static ScorecardResult result() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(new Answer("search", i < 80, 10 + i % 2 * 2 - 1));
        }
        for (int i = 0; i < 200; i++) {
            answers.add(new Answer("payment", i < 60, 40 + i % 2 * 2 - 1));
        }
        return Scorecard.over(FIELDS).by("touchpoint").kpis(CSAT, TIME).compute(answers);
    }

    private static final JourneyKpi SATISFIED = JourneyKpi.of("csat").anchored(0, 1);

    private static Journey journey() {
        return Journey.of(
                        "buying",
                        "Buying",
                        Touchpoint.of("search", "Search")
                                .withKpis(SATISFIED, JourneyKpi.of("time").anchored(60, 0)),
                        Touchpoint.of("payment", "Payment")
                                .asMomentOfTruth()
                                .weighing(3)
                                .withKpis(SATISFIED),
                        Touchpoint.of("help", "Help").withKpis(SATISFIED),
                        Touchpoint.of("return", "Return"))
                .withKpis(SATISFIED);
    }

    private static JourneyScores scores() {
        return JourneyScores.of(journey(), List.of(result()));
    }

    @Test
    void kpisOfDifferentScalesAreMappedByTheirAnchors() {
        // csat 80 % → 80; 10 s between 60 (worst) and 0 (best) → 83.33; equal weights.
        assertEquals(
                (80 + 100 * 50.0 / 60) / 2,
                scores().touchpoint("search").value().getAsDouble(),
                1e-9);
        assertEquals(30, scores().touchpoint("payment").value().getAsDouble(), 1e-9);
        assertEquals(200, scores().touchpoint("search").n());
        assertEquals(100, scores().touchpoint("search").volume());
    }

    @Test
    void theScoreOfAPlaceIsTheCompositeIndexOfItsParts() {
        ScorecardResult result = result();
        CompositeIndex.Result index = CompositeIndex.named("search")
                .with(CSAT, 1, 0, 1)
                .with(TIME, 1, 60, 0)
                .of(
                        List.of(
                                result.total(CSAT, c -> c.labels().get(0).text().equals("search")),
                                result.total(TIME, c -> c.labels().get(0).text().equals("search"))),
                        0.9);
        PlaceScore search = scores().touchpoint("search");
        assertEquals(index.value().getAsDouble(), search.value().getAsDouble(), 1e-12);
        assertEquals(index.interval().low(), search.interval(0.9).low(), 1e-12);
        assertEquals(index.interval().high(), search.interval(0.9).high(), 1e-12);
    }

    @Test
    void whatHasNoScoreIsNamedAndNotZero() {
        assertEquals(
                "Help has no score: csat is undefined, n = 0",
                scores().touchpoint("help").toString());
        assertEquals(
                "Return has no score: no KPI is attached",
                scores().touchpoint("return").toString());
        JourneyScores.Rolled rolled = scores().rollUp(RollUp.WEIGHTED);
        double search = (80 + 100 * 50.0 / 60) / 2;
        assertEquals((search + 3 * 30) / 4, rolled.value().getAsDouble(), 1e-9);
        assertEquals(2, rolled.covered());
        assertEquals(4, rolled.total());
        assertEquals(400, rolled.n());
        assertEquals(List.of("help: csat is undefined, n = 0", "return: no KPI is attached"), rolled.missing());
    }

    @Test
    void theRollUpsSayDifferentThings() {
        double search = (80 + 100 * 50.0 / 60) / 2;
        JourneyScores scores = scores();
        assertEquals(
                (100 * search + 200 * 30) / 300,
                scores.rollUp(RollUp.BY_VOLUME).value().getAsDouble(),
                1e-9);
        assertEquals(
                (900 * search + 100 * 30) / 1000,
                scores.withVolumes(Map.of("search", 900L, "payment", 100L))
                        .rollUp(RollUp.BY_VOLUME)
                        .value()
                        .getAsDouble(),
                1e-9);
        assertEquals(30, scores.rollUp(RollUp.WORST).value().getAsDouble(), 1e-9);
        assertEquals("payment", scores.rollUp(RollUp.WORST).at());
        JourneyScores.Rolled truth = scores.rollUp(RollUp.WORST_MOMENT_OF_TRUTH);
        assertEquals(1, truth.total());
        // One moment of truth: its own interval (Wilson of 60 of 200), on 0…100.
        Interval wilson = Share.of(60, 200).interval();
        assertEquals(100 * wilson.low(), truth.interval().low(), 1e-9);
        assertEquals(100 * wilson.high(), truth.interval().high(), 1e-9);
        // The lowest of two is looked for, so its interval is that of 97.5 %.
        assertEquals(
                100 * Share.of(60, 200).interval(0.975).low(),
                scores.rollUp(RollUp.WORST).interval().low(),
                1e-9);
    }

    @Test
    void theJourneysOwnScoreStandsBesideItsTouchpoints() {
        JourneyScores.Gap gap = scores().gap(RollUp.WEIGHTED, 0.95);
        double rolled = ((80 + 100 * 50.0 / 60) / 2 + 90) / 4;
        assertEquals(100 * 140.0 / 300 - rolled, gap.difference().getAsDouble(), 1e-9);
        assertTrue(gap.interval().contains(gap.difference().getAsDouble()));
        assertFalse(gap.isClear());
        assertTrue(gap.toString().startsWith("the journey scores 3.8 points more than its touchpoints (95 % "));
        assertTrue(gap.toString().endsWith("; may be chance"));
        Journey without = journey().withKpis();
        assertEquals(
                "no gap to state: Buying has no score: no KPI is attached",
                JourneyScores.of(without, List.of(result()))
                        .gap(RollUp.WORST, 0.95)
                        .toString());
    }

    @Test
    void aStageHasTheRowsOfItsTouchpoints() {
        Journey journey = journey()
                .withStages(
                        Stage.of("buy", "Buy", "search", "payment").withKpis(SATISFIED),
                        Stage.of("after", "After", "help", "return"));
        JourneyScores scores = JourneyScores.of(journey, List.of(result()));
        assertEquals(100 * 140.0 / 300, scores.stages().get(0).value().getAsDouble(), 1e-9);
        assertTrue(scores.stages().get(1).value().isEmpty());
    }

    @Test
    void withoutAnchorsAKpiIsShownButDoesNotEnter() {
        Journey journey = Journey.of("j", "J", Touchpoint.of("search", "Search").withKpis(JourneyKpi.of("time")));
        PlaceScore search = JourneyScores.of(journey, List.of(result())).touchpoint("search");
        assertEquals("Search has no score: time has no worst and best value", search.toString());
        assertEquals(10, search.kpis().get(0).estimate().value().getAsDouble());
    }

    @Test
    void whatCannotBeReadFromTheResultsIsSaidAtOnce() {
        ScorecardResult overall = result().overall().by();
        Journey journey = Journey.of(
                "j",
                "J",
                Touchpoint.of("search", "Search")
                        .withKpis(SATISFIED, JourneyKpi.of("time").where("touchpint", "x")),
                Touchpoint.of("payment", "Payment")
                        .withKpis(JourneyKpi.of("cst").anchored(0, 1)));
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> JourneyScores.of(journey, List.of(overall)))
                        .getMessage());
        assertEquals(2, message.lines().count());
        assertTrue(
                message.startsWith("touchpoint 'search': the result of 'csat' has no dimension 'touchpoint', only []"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> JourneyScores.of(journey, List.of(result())))
                .getMessage()
                .contains("has no dimension 'touchpint', only [touchpoint] (did you mean \"touchpoint\"?)"));
        // An unknown KPI is missing, as its result may come tomorrow.
        Journey unknown = Journey.of(
                "j", "J", Touchpoint.of("a", "A").withKpis(JourneyKpi.of("cst").anchored(0, 1)));
        assertEquals(
                "A has no score: no result has the KPI cst (did you mean \"csat\"?)",
                JourneyScores.of(unknown, List.of(result())).touchpoint("a").toString());
        assertThrows(IllegalArgumentException.class, () -> JourneyScores.of(journey(), List.of(result(), result())));
    }

    @Test
    void itPrintsWhatAPersonNeeds() {
        assertEquals("""
                Buying 46.7 (95 % 41.1…52.3), n = 300
                - Search 81.7 (95 % 77.2…85.0), n = 200
                ! Payment 30.0 (95 % 24.1…36.7), n = 200
                - Help has no score: csat is undefined, n = 0
                - Return has no score: no KPI is attached
                weighted 42.9 (95 % 38.3…48.0), 2 of 4 touchpoints, n = 400
                worst 30.0 (95 % 23.3…37.7) at payment, 2 of 4 touchpoints, n = 400
                worst moment of truth 30.0 (95 % 24.1…36.7) at payment, 1 of 1 moments of truth, n = 200
                by volume 47.2 (95 % 43.0…51.8), 2 of 4 touchpoints, n = 400
                the journey scores 3.8 points more than its touchpoints (95 % -3.8…11.0); may be chance""", scores().toString());
    }
}
