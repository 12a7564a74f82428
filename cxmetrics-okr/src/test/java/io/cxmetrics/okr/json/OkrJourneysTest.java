package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Unit;
import io.cxmetrics.journey.Initiator;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.JourneyKpi;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.survey.SurveyKpis;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans hold whole journeys, and what a plan says of touchpoints is checked against them. */
class OkrJourneysTest {
    private static final String FULL = """
            {
              "version": 1,
              "timeZone": "UTC",
              "kpis": {"nps": {"type": "nps"}},
              "journeys": [
                {
                  "name": "Buying",
                  "x-map": "map.png",
                  "id": "buying",
                  "owner": "Sanna",
                  "kpis": ["nps"],
                  "touchpoints": [
                    {"id": "search", "name": "Search", "channel": "web", "initiator": "customer", "momentOfTruth": false},
                    {
                      "id": "checkout",
                      "name": "Checkout",
                      "owner": "Eero",
                      "momentOfTruth": true,
                      "weight": 2.50,
                      "detail": "paying",
                      "kpis": [
                        {
                          "x-why": "asked after paying",
                          "kpi": "nps",
                          "best": 60,
                          "worst": -1e1,
                          "where": {"channel": "web"}
                        }
                      ]
                    }
                  ],
                  "stages": [
                    {"id": "all", "name": "All", "touchpoints": ["search", "checkout"], "x-colour": "blue"}
                  ]
                },
                {
                  "id": "paying",
                  "name": "Paying",
                  "touchpoints": [
                    {"id": "card", "name": "Card"}
                  ]
                }
              ],
              "objectives": [
                {
                  "id": "o",
                  "title": "O",
                  "cycle": "2026-Q1",
                  "touchpoints": ["checkout", "card"],
                  "keyResults": [
                    {
                      "id": "k",
                      "title": "K",
                      "target": {"atLeast": 40},
                      "measure": {"kpi": "nps", "touchpoint": "search", "window": "cycleToDate"}
                    }
                  ]
                }
              ]
            }
            """;

    private static String problems(String plan) {
        return assertThrows(JsonProblemsException.class, () -> OkrJson.parse("plan.json", plan))
                .getMessage();
    }

    @Test
    void theWholeJourneyIsReadAndWrittenAsItWas() {
        OkrPlan plan = OkrJson.parse("plan.json", FULL);
        Touchpoint checkout = plan.touchpoint("checkout").orElseThrow();
        assertEquals(
                new Touchpoint(
                        "checkout",
                        "Checkout",
                        "Eero",
                        null,
                        null,
                        true,
                        2.5,
                        "paying",
                        List.of(JourneyKpi.of("nps").where("channel", "web").anchored(-10, 60))),
                checkout);
        assertEquals(Initiator.CUSTOMER, plan.touchpoint("search").orElseThrow().initiator());
        assertEquals(List.of("checkout", "card"), plan.objectives().get(0).touchpoints());
        assertEquals(FULL, OkrJson.write(plan));
        assertEquals(List.of(), Schema.problems(FULL));
    }

    @Test
    void aJourneyMadeInJavaReadsBackAsTheSame() {
        OkrPlan plan = OkrPlan.of(
                ZoneId.of("UTC"),
                List.of(SurveyKpis.nps()),
                OkrJson.parse("plan.json", FULL).journeys(),
                List.of(objective().withTouchpoints("card")));
        OkrPlan again = OkrJson.parse("plan.json", OkrJson.write(plan));
        assertEquals(plan, again);
        assertEquals(List.of(), Schema.problems(OkrJson.write(plan)));
    }

    private static Objective objective() {
        return Objective.of(
                "o",
                "O",
                Cycle.parse("2026-Q1"),
                KeyResult.of("k", "K", Target.atLeast(40), new Measure.ByCheckIns(Unit.NUMBER)));
    }

    @Test
    void whatAnObjectiveIsAboutIsCheckedWithTheNearest() {
        assertEquals(
                "plan.json:49:35 /objectives/0/touchpoints/1: found \"cart\"; expected one of the touchpoints search,"
                        + " checkout, card (did you mean \"card\"?)",
                problems(FULL.replace("[\"checkout\", \"card\"],", "[\"checkout\", \"cart\"],")));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> OkrPlan.of(
                        ZoneId.of("UTC"),
                        List.of(),
                        List.of(Journey.of("j", "J", Touchpoint.of("cart", "Cart"))),
                        List.of(objective().withTouchpoints("card"))));
        assertEquals("objective 'o' is about the unknown touchpoint 'card' (did you mean \"cart\"?)", e.getMessage());
    }

    @Test
    void whatAJourneySaysIsCheckedWithTheNearest() {
        String found = problems(FULL.replace("\"kpis\": [\"nps\"]", "\"kpis\": [\"npps\"]")
                .replace("\"detail\": \"paying\"", "\"detail\": \"payin\"")
                .replace("\"initiator\": \"customer\"", "\"initiator\": \"costumer\"")
                .replace("[\"search\", \"checkout\"], \"x-", "[\"search\", \"chekout\"], \"x-"));
        for (String expected : List.of(
                "/journeys/0/kpis/0: found \"npps\"; expected a KPI, one of nps (did you mean \"nps\"?)",
                "/journeys/0/touchpoints/0/initiator: found \"costumer\"",
                "/journeys/0/touchpoints/1/detail: found \"payin\"; expected a journey, one of buying, paying (did you mean",
                "/journeys/0/stages/0/touchpoints/1: found \"chekout\"; expected a touchpoint of this journey")) {
            assertTrue(found.contains(expected), () -> expected + " is not in\n" + found);
        }
        // What refers to touchpoints of a journey that is wrong elsewhere is not wrong for that.
        assertTrue(!found.contains("/objectives/"), found);
    }

    @Test
    void plansInJavaAreCheckedAsThoseInFiles() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> OkrPlan.of(
                        ZoneId.of("UTC"),
                        List.of(SurveyKpis.nps()),
                        List.of(
                                Journey.of("a", "A", Touchpoint.of("one", "One").detailedBy("b"))
                                        .withKpis(JourneyKpi.of("npps")),
                                Journey.of("b", "B", Touchpoint.of("two", "Two").detailedBy("a"))),
                        List.of(objective())));
        assertEquals(
                "journey 'a' is measured by the unknown KPI 'npps' (did you mean \"nps\"?)\n"
                        + "journeys detail each other in a circle: a → b → a",
                e.getMessage());
    }
}
