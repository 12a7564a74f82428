package io.cxmetrics.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Comparison;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Grain;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonJsonTest {

    private static double number(LocatedJson json, String... path) {
        LocatedJson node = json;
        for (String name : path) {
            node = node.members().get(name);
        }
        return Double.parseDouble(node.text());
    }

    @Test
    void aComparisonHasBothSidesTheDifferenceAndItsDoubt() {
        // kpi-reference section 5, Newcombe hybrid: 56/70 − 48/80 → .052431, .333873
        LocatedJson json = LocatedJson.parse(
                "c.json", ComparisonJson.write(Comparison.of(Share.of(48, 80), Share.of(56, 70)), 0.95));

        assertEquals("share", json.members().get("kpi").text());
        assertEquals(0.6, number(json, "before", "value"));
        assertEquals(70, number(json, "after", "n"));
        assertEquals(0.2, number(json, "difference"), 1e-15);
        assertEquals(.052431, number(json, "interval", "low"), 5e-7);
        assertEquals(.333873, number(json, "interval", "high"), 5e-7);
        assertEquals(1 / 3.0, number(json, "relativeChange"), 1e-15);
        assertTrue(json.members().get("sentence").text().startsWith("share rose 20.0 points (95 % 5.2…33.4), p = "));
    }

    @Test
    void whatIsUndefinedIsLeftOut() {
        LocatedJson json =
                LocatedJson.parse("c.json", ComparisonJson.write(Comparison.of(Nps.of(), Nps.of(9, 10)), 0.9));

        assertFalse(json.members().containsKey("difference"));
        assertFalse(json.members().containsKey("p"));
        assertFalse(json.members().containsKey("relativeChange"));
        assertTrue(json.members().get("interval").members().containsKey("undefined"));
        assertThrows(
                IllegalArgumentException.class, () -> ComparisonJson.write(Comparison.of(Nps.of(), Nps.of(9, 10)), 95));
    }

    @Test
    void changesAreThoseOfTheScorecard() {
        record Answer(LocalDate day, String channel, boolean satisfied) {}
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            answers.add(new Answer(LocalDate.of(2026, 2, i < 200 ? 4 : 11), "chat", i % 10 < (i < 200 ? 8 : 6)));
            answers.add(new Answer(LocalDate.of(2026, 2, i < 200 ? 4 : 11), "mail", i % 10 < 8));
        }
        ScorecardResult result = Scorecard.over(Fields.of(Answer.class)
                        .date("day", Answer::day)
                        .text("channel", Answer::channel)
                        .flag("satisfied", Answer::satisfied))
                .by("channel")
                .every(Grain.WEEK, "day", ZoneOffset.UTC)
                .kpis(Share.kpi("csat", Field.flag("satisfied")))
                .compute(answers);
        LocatedJson json = LocatedJson.parse("c.json", ComparisonJson.write(result.changes()));

        assertEquals(2, number(json, "compared"));
        assertEquals(0, number(json, "untested"));
        LocatedJson first = json.members().get("changes").items().get(0);
        assertEquals("2026-W07", first.members().get("period").text());
        assertEquals("chat", first.members().get("labels").items().get(0).text());
        assertEquals(-0.2, number(first, "difference"), 1e-12);
        // Holm: the smallest of two p-values doubles.
        assertEquals(2 * number(first, "p"), number(first, "adjustedP"), 1e-18);
        assertEquals("true", first.members().get("survives").text());
        assertEquals(
                result.changes().toString(),
                json.members().get("sentences").items().get(0).text());
    }
}
