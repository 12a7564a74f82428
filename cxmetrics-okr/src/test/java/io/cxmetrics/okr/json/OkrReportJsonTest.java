package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.okr.WebShop;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.evaluation.ScoreOverride;
import io.cxmetrics.okr.tracking.CheckIn;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class OkrReportJsonTest {
    private static LocatedJson at(LocatedJson json, Object... path) {
        LocatedJson node = json;
        for (Object step : path) {
            node = step instanceof Integer i
                    ? node.items().get(i)
                    : node.members().get((String) step);
        }
        return node;
    }

    private static LocatedJson write(OkrReport report) {
        return LocatedJson.parse("report.json", OkrJson.write(report));
    }

    @Test
    void everyVerdictIsThereAsDataAndAsASentence() {
        LocatedJson json = write(OkrEvaluator.of(WebShop.plan()).evaluate(WebShop.results(), WebShop.FEBRUARY_14));
        assertEquals("2026-02-14", at(json, "asOf").text());
        LocatedJson objective = at(json, "objectives", 0);
        assertEquals("on track", at(objective, "status").text());
        assertEquals("difference", at(objective, "basis").text());
        assertEquals(44.0 / 89, at(objective, "expected").number().doubleValue());
        LocatedJson purchase = at(objective, "keyResults", 0);
        assertEquals("behind", at(purchase, "status").text());
        assertEquals("0.45", at(purchase, "progress", "raw").text());
        assertEquals("246", at(purchase, "value").text());
        assertEquals("620", at(purchase, "n").text());
        assertEquals("2026-01-31", at(purchase, "days", "end").text());
        assertEquals(
                "5.0 min → 4.1 min of 3.0 min (95 % 4.0…4.2); 45 % done, 49 % expected: behind",
                at(purchase, "sentence").text());
        assertEquals(
                "met_in_doubt", at(objective, "keyResults", 2, "attainment").text());
        assertEquals("cart", at(objective, "keyResults", 1, "touchpoint").text());
    }

    @Test
    void whatIsNotThereIsLeftOutAndNotZero() {
        LocatedJson json = write(OkrEvaluator.of(WebShop.plan()).evaluate(List.of(), WebShop.FEBRUARY_14));
        LocatedJson keyResult = at(json, "objectives", 0, "keyResults", 0);
        assertFalse(keyResult.members().containsKey("value"));
        assertFalse(keyResult.members().containsKey("progress"));
        assertEquals("no data", at(keyResult, "status").text());
        assertEquals(3, at(json, "decisions").items().size());
    }

    @Test
    void checkInsAndScoresAreThere() {
        OkrReport report = OkrEvaluator.of(WebShop.plan())
                .withOverrides(List.of(new ScoreOverride("faster-buying", 0.9, "the \"board\"")))
                .evaluate(
                        WebShop.results(),
                        List.of(CheckIn.of("fast-chatbot", LocalDate.of(2026, 2, 1), 0.8)
                                .withConfidence(0.75)
                                .withNote("training\nhelps")),
                        LocalDate.of(2026, 4, 1));
        LocatedJson json = write(report);
        assertEquals(
                "0.75",
                at(json, "objectives", 0, "keyResults", 2, "checkIn", "confidence")
                        .text());
        assertEquals(
                "training\nhelps",
                at(json, "objectives", 0, "keyResults", 2, "checkIn", "note").text());
        assertEquals("0.9", at(json, "objectives", 0, "score", "value").text());
        assertEquals(
                "the \"board\"",
                at(json, "objectives", 0, "score", "overriddenBecause").text());
    }
}
