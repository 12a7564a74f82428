package io.cxmetrics.okr.priority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Driver;
import io.cxmetrics.journey.DriverAnalysis;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.JourneyKpi;
import io.cxmetrics.journey.JourneyScores;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.money.Worth;
import io.cxmetrics.money.WorthInput;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class PrioritiesTest {
    private record Answer(String touchpoint, boolean satisfied) {}

    private static final Kpi<Share> CSAT = Share.kpi("csat", Field.flag("satisfied"));
    private static final JourneyKpi SATISFIED = JourneyKpi.of("csat").anchored(0, 1);
    private static final Journey BUYING = Journey.of(
            "buying",
            "Buying",
            Touchpoint.of("search", "Search").withKpis(SATISFIED),
            Touchpoint.of("payment", "Payment")
                    .withOwner("Eero")
                    .asMomentOfTruth()
                    .withKpis(SATISFIED),
            Touchpoint.of("help", "Help").withKpis(SATISFIED));

    /** Scores: search 80 of 100, payment 60 of 200, help 30 of 60. */
    private static JourneyScores scores() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            if (i < 100) {
                answers.add(new Answer("search", i < 80));
            }
            answers.add(new Answer("payment", i < 60));
            if (i < 60) {
                answers.add(new Answer("help", i < 30));
            }
        }
        Fields<Answer> fields =
                Fields.of(Answer.class).text("touchpoint", Answer::touchpoint).flag("satisfied", Answer::satisfied);
        return JourneyScores.of(
                BUYING,
                List.of(Scorecard.over(fields).by("touchpoint").kpis(CSAT).compute(answers)));
    }

    private static Driver driver(String name, double share, double low, double high) {
        Interval none = Interval.undefined(0.95, "not asked");
        return new Driver(
                name,
                0,
                1,
                OptionalDouble.of(0.5),
                none,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(share),
                Interval.bounded(low, high, 0.95, "bootstrap"),
                OptionalDouble.of(1),
                OptionalDouble.empty(),
                null);
    }

    private static DriverAnalysis drivers(Driver... drivers) {
        return new DriverAnalysis("overall", 300, 0, 0, OptionalDouble.of(0.6), List.of(drivers), List.of());
    }

    private static final DriverAnalysis DRIVERS =
            drivers(driver("search", 0.10, 0.05, 0.15), driver("Payment", 0.40, 0.30, 0.50));
    private static final WorthInput MARGIN = WorthInput.fixed("margin of an order", Money.of("10", "EUR"));

    private static OkrPlan plan() {
        Objective objective = Objective.of(
                        "faster",
                        "Pay without friction",
                        Cycle.parse("2026-Q1"),
                        KeyResult.of(
                                "happier",
                                "CSAT of payment rises to 60 %",
                                Target.increase(0.3, 0.6),
                                Measure.of("csat", Window.cycleToDate()).at("payment")),
                        KeyResult.of("known", "Everybody knows the new way", Target.done(), Measure.checkIns()))
                .withOwner("Sanna")
                .withBudget(Money.of("50000", "EUR"))
                .withTouchpoints("search")
                .withInitiatives(
                        Initiative.of("methods", "More payment methods", "happier")
                                .withOwner("Eero")
                                .withBudget(Money.of("25000", "EUR"))
                                .withStatus(Initiative.State.RUNNING),
                        Initiative.of("campaign", "Campaign").withBudget(Money.of("4000.50", "EUR")),
                        Initiative.of("old", "Old page", "happier")
                                .withBudget(Money.of("9000", "EUR"))
                                .withStatus(Initiative.State.STOPPED),
                        Initiative.of("word", "Tell everybody", "known").withOwner("Aino"));
        return OkrPlan.of(ZoneId.of("UTC"), List.of(CSAT), List.of(BUYING), List.of(objective));
    }

    private static Priorities whole() {
        return Priorities.of(scores())
                .importance(DRIVERS)
                .volumes(Map.of("search", 1000L, "payment", 500L, "help", 90L))
                .worth(MARGIN)
                .plan(plan());
    }

    /**
     * By hand: search 0.10 × (100 − 80) × 1000 × 10 = 20 000; payment 0.40 × (100 − 30) × 500 × 10 = 140 000, seven times as
     * much.
     */
    @Test
    void thePriorityIsTheProductOfTheFourFactors() {
        Ranking ranking = whole().rank();
        assertEquals(
                List.of("payment", "search"),
                ranking.ranked().stream().map(p -> p.touchpoint().id()).toList());
        assertEquals(140_000, ranking.priority("payment").product().orElseThrow(), 1e-6);
        assertEquals(20_000, ranking.priority("search").product().orElseThrow(), 1e-6);
        assertEquals(100, ranking.priority("payment").relative().orElseThrow(), 1e-9);
        assertEquals(100.0 / 7, ranking.priority("search").relative().orElseThrow(), 1e-9);
        assertEquals(List.of(Factor.values()), ranking.counting());
        // Even the far ends of all intervals together do not turn 7 : 1 round.
        assertEquals(1, ranking.stays().orElseThrow(), 0.001);
        assertEquals(2, ranking.priority("search").highest());
    }

    @Test
    void whatOneTouchpointLacksKeepsItOutAndIsNamed() {
        Priority help = whole().rank().priority("help");
        assertEquals(0, help.rank());
        assertTrue(help.product().isEmpty());
        assertEquals(
                Map.of(Factor.IMPORTANCE, "no driver is named \"help\" or \"Help\", only [search, Payment]"),
                help.missing());
        assertEquals(1, whole().rank().unranked().size());
        Priority near =
                whole().importance(drivers(driver("serch", 0.1, 0, 0.2))).rank().priority("search");
        assertEquals(
                "no driver is named \"search\" or \"Search\", only [serch] (did you mean \"serch\"?)",
                near.missing().get(Factor.IMPORTANCE));
    }

    @Test
    void whatNobodyKnowsDoesNotCountAndIsSaid() {
        Ranking ranking = Priorities.of(scores()).rank();
        assertEquals(List.of(Factor.GAP), ranking.counting());
        assertEquals(
                List.of("payment", "help", "search"),
                ranking.ranked().stream().map(p -> p.touchpoint().id()).toList());
        assertEquals(70, ranking.priority("payment").product().orElseThrow(), 1e-9);
        String text = ranking.toString();
        for (String said : List.of(
                "by gap, in percent of the first\n",
                "The importance does not count, because nobody said the drivers of the journey's score.\n",
                "The volume does not count, because nobody said how many customers come to each touchpoint.\n",
                "The worth does not count, because nobody said what a customer is worth at each touchpoint.\n")) {
            assertTrue(text.contains(said), () -> said + " is not in\n" + text);
        }
        Ranking nothing = Priorities.of(JourneyScores.of(BUYING, List.of())).rank();
        assertEquals(List.of(), nothing.ranked());
        assertTrue(nothing.stays().isEmpty());
        assertTrue(nothing.toString().contains("nothing to rank by\n"), nothing.toString());
        assertTrue(nothing.toString().contains("- No gap: no score: no result has the KPI csat."), nothing.toString());
    }

    /**
     * Two normal variables: P(A > B) = Φ((0.30 − 0.25) / √2σ) with σ = 0.10 / 1.96, which is 0.756. Without scores, volumes
     * and worth only the importance counts.
     */
    @Test
    void howOftenTheFirstStaysFirstIsThatOfTheIntervals() {
        Journey two = Journey.of("j", "J", Touchpoint.of("a", "A"), Touchpoint.of("b", "B"));
        Ranking ranking = Priorities.of(JourneyScores.of(two, List.of()))
                .importance(drivers(driver("a", 0.30, 0.20, 0.40), driver("b", 0.25, 0.15, 0.35)))
                .rank();
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double sigma = 0.10 / normal.inverseCumulativeProbability(0.975);
        double expected = normal.cumulativeProbability(0.05 / (Math.sqrt(2) * sigma));
        assertEquals(0.756, expected, 0.001);
        assertEquals(expected, ranking.stays().orElseThrow(), 0.015); // 3.5 standard errors of 10 000 draws
        assertEquals(1 - ranking.stays().orElseThrow(), ranking.priority("b").first(), 1e-12);
        assertEquals(1, ranking.priority("b").highest());
        assertEquals(2, ranking.priority("a").lowest());
    }

    @Test
    void theSameSeedGivesTheSameRankingAndAnotherTheSameFactors() {
        assertEquals(whole().rank(), whole().rank());
        Ranking other = whole().simulated(2000, 7).rank();
        assertEquals(
                whole().rank().priority("payment").product(),
                other.priority("payment").product());
        assertThrows(IllegalArgumentException.class, () -> whole().simulated(10, 7));
    }

    /** CSAT of payment is to rise to 60 %: 60 − 30 = 30 points. Of search no key result says a target. */
    @Test
    void theGapMayGoToTheTargetsOfThePlan() {
        Ranking ranking = whole().towardsTargets().rank();
        Priority payment = ranking.priority("payment");
        assertEquals(30, payment.factors().get(Factor.GAP).value(), 1e-9);
        assertTrue(
                payment.reasons().get(1).endsWith(", 30.0 points short of the target of happier."),
                payment.reasons()::toString);
        assertEquals(
                "no key result sets a target for its KPIs at this touchpoint",
                ranking.priority("search").missing().get(Factor.GAP));
        Ranking reached = Priorities.of(scores())
                .plan(plan().withObjectives(List.of(Objective.of(
                        "o",
                        "O",
                        Cycle.parse("2026-Q1"),
                        KeyResult.of(
                                "k",
                                "K",
                                Target.atLeast(0.2),
                                Measure.of("csat", Window.cycleToDate()).at("payment"))))))
                .towardsTargets()
                .rank();
        assertEquals(0, reached.priority("payment").product().orElseThrow());
        assertTrue(reached.toString().contains("Payment (Eero): nothing to gain"), reached.toString());
        assertTrue(reached.toString().contains("has reached the target of k."), reached.toString());
    }

    @Test
    void ownerAndBudgetOfWhatIsPlannedStandBesideTheRank() {
        Ranking ranking = whole().rank();
        Priority payment = ranking.priority("payment");
        assertEquals(
                List.of("methods", "campaign", "old"),
                payment.work().stream().map(w -> w.initiative().id()).toList());
        assertEquals(List.of("search"), payment.work().get(1).elsewhere());
        // The stopped one costs nothing more; the campaign has no owner but its objective's.
        assertEquals(List.of(Money.of("29000.50", "EUR")), payment.budget());
        assertEquals(List.of("Eero", "Sanna"), payment.owners());
        // The key result that is measured nowhere is about what its objective is about.
        assertEquals(
                List.of("campaign", "word"),
                ranking.priority("search").work().stream()
                        .map(w -> w.initiative().id())
                        .toList());
        assertEquals(List.of(), ranking.priority("help").work());
        String text = ranking.toString();
        for (String said : List.of(
                "   - Planned: More payment methods (Eero; 25000 EUR; running).\n",
                "   - Planned: Campaign (no owner; 4000.5 EUR; also at search).\n",
                "   - Objective: Pay without friction (Sanna; 50000 EUR in all).\n",
                "   - Nothing is planned there: it needs an owner and a budget.\n")) {
            assertTrue(text.contains(said), () -> said + " is not in\n" + text);
        }
    }

    @Test
    void whatAChangeIsWorthStandsBesideTheRankAndDoesNotChangeIt() {
        Worth worth = Worth.over(Duration.ofDays(365), "EUR")
                .addedSales("orders", WorthInput.fixed("more orders", Unit.NUMBER, 4000), MARGIN)
                .investing(Money.of("25000", "EUR"));
        Ranking ranking = whole().change("payment", worth).rank();
        assertTrue(
                ranking.toString()
                        .contains("   - Worth 15000 EUR (95 % 15000…15000) in 365 days after an investment of"
                                + " 25000 EUR: ROI 60.0 % (95 % 60.0…60.0), a loss in 0.0 % of the cases.\n"),
                ranking::toString);
        assertEquals(140_000, ranking.priority("payment").product().orElseThrow(), 1e-6);
    }

    @Test
    void theTableForAManagerIsEscapedAndHasARowForEachTouchpoint() {
        Ranking ranking = whole().rank();
        String table = ranking.toMarkdown(Locale.ROOT);
        List<String> rows = table.lines().filter(l -> l.startsWith("| ")).toList();
        assertEquals(4, rows.size(), table);
        assertTrue(rows.get(1).startsWith("| 1 | \\! Payment | Eero | 100 | stays first in 100.0 % of 10000"), table);
        assertTrue(rows.get(1).contains("| Eero; Sanna; 29000.5 EUR |"), table);
        assertTrue(rows.get(3).startsWith("| not ranked | Help |"), table);
        assertTrue(rows.stream()
                .allMatch(row ->
                        row.replace("\\|", "").chars().filter(c -> c == '|').count() == 10));
    }

    @Test
    void programsReadTheFactorsWithTheirBounds() {
        LocatedJson json = LocatedJson.parse("ranking", OkrJson.write(whole().rank()));
        LocatedJson first = json.members().get("ranked").items().get(0);
        assertEquals("payment", first.members().get("touchpoint").text());
        LocatedJson importance = first.members().get("factors").members().get("importance");
        assertEquals("0.4", importance.members().get("value").text());
        assertEquals("0.3", importance.members().get("low").text());
        LocatedJson help = json.members().get("unranked").items().get(0);
        assertTrue(help.members().get("missing").members().containsKey("importance"));
        assertFalse(help.members().containsKey("rank"));
    }

    @Test
    void associationIsNeverCalledACause() {
        String text = whole().rank() + whole().rank().toMarkdown(Locale.ROOT);
        for (String word : List.of("cause ", "leads to", "effect", "impact", "drives", "results in", "due to")) {
            assertFalse(text.contains(word), () -> word + " is in\n" + text);
        }
        assertTrue(text.contains("association: what changes if a touchpoint is improved, an experiment tells"), text);
    }

    @Test
    void wrongInputsAreRefusedWithTheNearest() {
        assertEquals(
                "journey 'buying' has no touchpoint 'paymnt' (did you mean \"payment\"?)",
                assertThrows(IllegalArgumentException.class, () -> whole().volumes(Map.of("paymnt", 1L)))
                        .getMessage());
        Stream.<org.junit.jupiter.api.function.Executable>of(
                        () -> whole().volumes(Map.of("payment", -1L)),
                        () -> whole().worth("payment", WorthInput.fixed("visits", Unit.NUMBER, 3)),
                        () -> whole().worth("payment", WorthInput.fixed("margin", Money.of("1", "USD"))),
                        () -> whole().rank().priority("cart"))
                .forEach(wrong -> assertThrows(IllegalArgumentException.class, wrong));
    }

    @Test
    void aFactorWithoutAnIntervalIsSaidNotToScatter() {
        Driver bare = new Driver(
                "search",
                0,
                1,
                OptionalDouble.of(0.5),
                Interval.undefined(0.95, "x"),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(0.1),
                Interval.undefined(0.95, "no resamples"),
                OptionalDouble.of(1),
                OptionalDouble.empty(),
                null);
        Ranking ranking = whole().importance(drivers(bare)).rank();
        assertEquals(
                List.of(
                        "the importance of search has no interval and does not scatter in the simulation: no resamples"),
                ranking.remarks());
    }
}
