package io.cxmetrics.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.journey.Initiator;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.JourneyKpi;
import io.cxmetrics.journey.Stage;
import io.cxmetrics.journey.Touchpoint;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyJsonTest {
    private static final String SIMPLE = """
            {"version": 1, "kpis": {"nps": {"type": "nps"}, "asa": {"type": "averageSpeedOfAnswer"}},
             "journeys": [{"id": "j", "name": "J", "touchpoints": [{"id": "cart", "name": "Cart", "owner": "Shop"}]}]}
            """;

    private static final String FULL = """
            [ {
              "name" : "Buying",
              "id" : "buying",
              "x-map" : {
                "file" : "map.png",
                "layers" : [ 1, 2.50, null, true ]
              },
              "touchpoints" : [ {
                "id" : "search",
                "name" : "Search",
                "momentOfTruth" : false,
                "kpis" : [ "asa" ]
              }, {
                "kpis" : [ {
                  "best" : "20%",
                  "worst" : "80%",
                  "kpi" : "nps",
                  "weight" : 1.0,
                  "x-why" : "survey",
                  "where" : {
                    "page" : "checkout"
                  }
                }, {
                  "kpi" : "asa",
                  "worst" : "PT3M",
                  "best" : 10
                } ],
                "id" : "payment",
                "name" : "Payment",
                "owner" : "Finance",
                "channel" : "web",
                "initiator" : "company",
                "momentOfTruth" : true,
                "weight" : 2e0,
                "detail" : "paying"
              } ],
              "stages" : [ {
                "id" : "all",
                "name" : "All",
                "touchpoints" : [ "search", "payment" ],
                "x-colour" : "blue"
              } ],
              "kpis" : [ "nps" ]
            }, {
              "id" : "paying",
              "name" : "Paying",
              "touchpoints" : [ {
                "id" : "card",
                "name" : "Card"
              } ]
            } ]
            """;

    private static List<Journey> full() {
        Problems problems = new Problems();
        List<Journey> journeys = JourneyJson.read(LocatedJson.parse("j.json", FULL), List.of("nps", "asa"), problems);
        assertEquals(List.of(), problems.list());
        return journeys;
    }

    private static List<String> wrong(String journeys) {
        String text = "{\"version\": 1, \"kpis\": {\"nps\": {\"type\": \"nps\"}},\n\"journeys\": " + journeys + "}";
        return assertThrows(JsonProblemsException.class, () -> Definitions.parse("d.json", text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void theSimpleFormStandsBesideTheKpis() {
        assertEquals(
                List.of(Journey.of("j", "J", Touchpoint.of("cart", "Cart").withOwner("Shop"))),
                Definitions.parse("d.json", SIMPLE).journeys());
        assertEquals(
                List.of(),
                Definitions.parse("d.json", "{\"version\": 1, \"kpis\": {}}").journeys());
        assertEquals(1, Definitions.parse("d.json", SIMPLE).overall().journeys().size());
    }

    @Test
    void theFullFormReadsAsTheSameJourneyInJava() {
        assertEquals(
                List.of(
                        Journey.of(
                                        "buying",
                                        "Buying",
                                        Touchpoint.of("search", "Search").withKpis(JourneyKpi.of("asa")),
                                        Touchpoint.of("payment", "Payment")
                                                .withOwner("Finance")
                                                .withChannel("web")
                                                .startedBy(Initiator.COMPANY)
                                                .asMomentOfTruth()
                                                .weighing(2)
                                                .detailedBy("paying")
                                                .withKpis(
                                                        JourneyKpi.of("nps")
                                                                .where("page", "checkout")
                                                                .anchored(0.8, 0.2),
                                                        JourneyKpi.of("asa").anchored(180, 10)))
                                .withStages(Stage.of("all", "All", "search", "payment"))
                                .withKpis(JourneyKpi.of("nps")),
                        Journey.of("paying", "Paying", Touchpoint.of("card", "Card"))),
                full());
    }

    @Test
    void whatWasReadIsWrittenInItsOwnOrderWithItsExtras() {
        assertEquals(FULL, JourneyJson.write(full(), LocatedJson.parse("j.json", FULL)));
    }

    @Test
    void whatWasMadeInJavaReadsBackAsTheSame() {
        Problems problems = new Problems();
        assertEquals(full(), JourneyJson.read(LocatedJson.parse("j.json", JourneyJson.write(full())), null, problems));
        assertEquals(List.of(), problems.list());
    }

    @Test
    void aChangedValueIsWrittenAndTheRestStays() {
        List<Journey> journeys = full();
        Journey first = journeys.get(0);
        Journey changed = new Journey(
                first.id(),
                first.name(),
                "Head of e-commerce",
                List.of(first.touchpoints().get(0), first.touchpoints().get(1).weighing(3)),
                first.stages(),
                first.kpis());
        assertEquals(
                FULL.replace("2e0", "3")
                        .replace(
                                "  \"kpis\" : [ \"nps\" ]\n",
                                "  \"kpis\" : [ \"nps\" ],\n  \"owner\" : \"Head of e-commerce\"\n"),
                JourneyJson.write(List.of(changed, journeys.get(1)), LocatedJson.parse("j.json", FULL)));
    }

    @Test
    void everythingWrongIsSaidAtOnceWhereItStands() {
        assertEquals(
                List.of(
                        "d.json:3:9 /journeys/0/touchpoints/0/id: found touchpoint \"cart\" in no stage;"
                                + " expected every touchpoint in one of the stages; add it to the \"touchpoints\" of a stage",
                        "d.json:3:42 /journeys/0/touchpoints/0/kpis/0: found \"npss\"; expected a KPI, one of nps"
                                + " (did you mean \"nps\"?)",
                        "d.json:4:9 /journeys/0/touchpoints/1/id: found \"cart\"; expected an id of its own;"
                                + " line 3 has the touchpoint \"cart\"",
                        "d.json:5:44 /journeys/0/touchpoints/2/initiator: found \"costumer\";"
                                + " expected one of customer, company (did you mean \"customer\"?)",
                        "d.json:6:54 /journeys/0/stages/0/touchpoints/0: found \"pai\";"
                                + " expected a touchpoint of this journey, one of cart, pay (did you mean \"pay\"?)",
                        "d.json:7:42 /journeys/0/stages/1/touchpoints: found a stage without touchpoints;"
                                + " expected at least one id of a touchpoint",
                        "d.json:8:60 /journeys/0/stages/2/kpis/0: found only \"worst\"; expected both \"worst\","
                                + " the value that scores 0, and \"best\", the value that scores 100"),
                wrong("""
                        [{"id": "j", "name": "J", "touchpoints": [
                         {"id": "cart", "name": "Cart", "kpis": ["npss"]},
                         {"id": "cart", "name": "Again"},
                         {"id": "pay", "name": "Pay", "initiator": "costumer"}],
                         "stages": [{"id": "a", "name": "A", "touchpoints": ["pai"]},
                         {"id": "b", "name": "B", "touchpoints": []},
                         {"id": "c", "name": "C", "touchpoints": ["pay"], "kpis": [{"kpi": "nps", "worst": "80%"}]}]}]"""));
    }

    @Test
    void detailsLeadToKnownJourneysAndNotInACircle() {
        assertEquals(
                List.of("d.json:2:95 /journeys/0/touchpoints/0/detail: found \"buyng\";"
                        + " expected a journey, one of buying (did you mean \"buying\"?)"),
                wrong("[{\"id\": \"buying\", \"name\": \"B\", \"touchpoints\":"
                        + " [{\"id\": \"a\", \"name\": \"A\", \"detail\": \"buyng\"}]}]"));
        assertEquals(
                List.of(
                        "d.json:3:77 /journeys/1/touchpoints/0/detail: found journeys that detail each other in a circle:"
                                + " a → b → a; expected a detail that does not lead back to its own journey"),
                wrong(
                        "[{\"id\": \"a\", \"name\": \"A\", \"touchpoints\": [{\"id\": \"x\", \"name\": \"X\", \"detail\": \"b\"}]},\n"
                                + "{\"id\": \"b\", \"name\": \"B\", \"touchpoints\": [{\"id\": \"y\", \"name\": \"Y\", \"detail\": \"a\"}]}]"));
    }

    @Test
    void aFileWithCountlessMistakesIsStillToldInOrder() {
        String touchpoint = "{\"id\": \"A B\", \"nam\": 1, \"kpis\": [5]}";
        assertEquals(
                100,
                wrong("[{\"id\": \"j\", \"name\": \"J\", \"touchpoints\": ["
                                + String.join(",", Collections.nCopies(99, touchpoint)) + "],"
                                + " \"stages\": [{\"name\": \"x\"}]}]")
                        .size());
    }

    @Test
    void aKpiStandsOnceOverTheSameRows() {
        assertEquals(
                1,
                wrong(
                                "[{\"id\": \"j\", \"name\": \"J\", \"touchpoints\": [], \"kpis\": [\"nps\", {\"kpi\": \"nps\", \"weight\": 2}]}]")
                        .size());
        Definitions.parse(
                "d.json",
                SIMPLE.replace(
                        "\"touchpoints\"", "\"kpis\": [\"nps\", {\"kpi\": \"nps\", \"where\": {}}], \"touchpoints\""));
    }
}
