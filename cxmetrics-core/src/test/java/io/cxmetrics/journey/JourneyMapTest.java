package io.cxmetrics.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.stats.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyMapTest {
    record Event(String customer, Instant at, String touchpoint, boolean satisfied) {}

    private static final Fields<Event> FIELDS = Fields.of(Event.class)
            .text("customer", Event::customer)
            .instant("at", Event::at)
            .text("touchpoint", Event::touchpoint)
            .flag("satisfied", Event::satisfied);
    private static final Kpi<Share> CSAT = Share.kpi("csat", Field.flag("satisfied"));
    private static final JourneyKpi ATTACHED = JourneyKpi.of("csat").anchored(0, 1);

    private static final Journey JOURNEY = Journey.of(
                    "buying",
                    "Buying",
                    Touchpoint.of("search", "Search")
                            .withChannel("web")
                            .startedBy(Initiator.CUSTOMER)
                            .withKpis(ATTACHED),
                    Touchpoint.of("payment", "Payment \"now\"")
                            .withOwner("Finance")
                            .asMomentOfTruth()
                            .withKpis(ATTACHED),
                    Touchpoint.of("help", "Help & <advice>"))
            .withOwner("Sanna")
            .withKpis(ATTACHED)
            .withStages(Stage.of("choose", "Choosing", "search"), Stage.of("buy", "Buying", "payment", "help"));

    private static JourneyMap map() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(new Event("c" + i, Instant.ofEpochSecond(i), "search", i < 80));
            if (i < 40) {
                events.add(new Event("c" + i, Instant.ofEpochSecond(i + 90), "payment", i < 20));
            }
        }
        return JourneyMap.of(JOURNEY)
                .with(JourneyScores.of(
                        JOURNEY,
                        List.of(Scorecard.over(FIELDS)
                                .by("touchpoint")
                                .kpis(CSAT)
                                .compute(events))))
                .with(Funnel.over(FIELDS)
                        .by("customer")
                        .at("at")
                        .steps("touchpoint", "search", "payment")
                        .compute(events));
    }

    @Test
    void asTextItSaysScoresAndWhoGoesOn() {
        assertEquals("""
                Buying (Sanna): score 71.4 (95 % 63.5…78.3), n = 140
                [Choosing]
                  - Search (web, begun by the customer): 100 customers, score 80.0 (95 % 71.1…86.7), n = 100
                      ↓ 40.0 % (95 % 30.9…49.8) go on, 60 are lost; after 90.0 s
                [Buying]
                  ! Payment "now" (Finance): 40 customers, score 50.0 (95 % 35.2…64.8), n = 40
                  - Help & <advice>: no score: no KPI is attached
                """, map().toText());
    }

    @Test
    void asMermaidNamesAreQuoted() {
        assertEquals("""
                flowchart LR
                  subgraph s1["Choosing"]
                    t1["Search<br/>80.0 (71.1…86.7)<br/>100 customers"]
                  end
                  subgraph s2["Buying"]
                    t2["Payment #quot;now#quot;<br/>50.0 (35.2…64.8)<br/>40 customers"]
                    t3["Help #amp; #lt;advice#gt;<br/>no score"]
                  end
                  t1 -->|"40.0 % go on"| t2
                  t2 --> t3
                  style t2 stroke-width:4px
                """, map().toMermaid());
    }

    @Test
    void asDotNamesAreQuoted() {
        assertEquals("""
                digraph "buying" {
                  rankdir=LR;
                  label="Buying";
                  node [shape=box];
                  subgraph cluster_1 {
                    label="Choosing";
                    t1 [label="Search\\n80.0 (71.1…86.7)\\n100 customers"];
                  }
                  subgraph cluster_2 {
                    label="Buying";
                    t2 [label="Payment \\"now\\"\\n50.0 (35.2…64.8)\\n40 customers", penwidth=3];
                    t3 [label="Help & <advice>\\nno score"];
                  }
                  t1 -> t2 [label="40.0 % go on"];
                  t2 -> t3;
                }
                """, map().toDot());
    }

    @Test
    void thePlanAloneNeedsNoFigures() {
        Journey simple = Journey.of("j", "J", Touchpoint.of("a", "A"), Touchpoint.of("b", "B"));
        assertEquals("J\n  - A\n  - B\n", JourneyMap.of(simple).toText());
        assertEquals(
                "flowchart LR\n  t1[\"A\"]\n  t2[\"B\"]\n  t1 --> t2\n",
                JourneyMap.of(simple).toMermaid());
    }

    @Test
    void figuresOfAnotherJourneyAreRefused() {
        Journey other = Journey.of("j", "J", Touchpoint.of("a", "A"));
        JourneyMap map = JourneyMap.of(JOURNEY);
        JourneyScores scores = JourneyScores.of(other, List.of());
        assertThrows(IllegalArgumentException.class, () -> map.with(scores));
        FunnelResult funnel = Funnel.over(FIELDS)
                .by("customer")
                .at("at")
                .steps("touchpoint", "x", "y")
                .compute(List.of());
        assertEquals(
                "no step of the funnel [x, y] is named after a touchpoint of 'buying': [search, payment, help]",
                assertThrows(IllegalArgumentException.class, () -> map.with(funnel))
                        .getMessage());
    }
}
