package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.okr.WebShop;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.evaluation.ScoreOverride;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports that were kept, scores that people set, and the places of warnings. */
class OkrFilesBesidePlansTest {
    private static String problems(org.junit.jupiter.api.function.Executable reading) {
        return String.valueOf(assertThrows(JsonProblemsException.class, reading).getMessage());
    }

    @Test
    void aReportThatWasKeptIsComparedLikeTheReportItself() {
        OkrReport report = OkrEvaluator.of(WebShop.plan()).evaluate(WebShop.results(), WebShop.FEBRUARY_14);
        assertEquals(report.standings(), OkrJson.standings("report.json", OkrJson.write(report)));
        OkrReport before =
                OkrEvaluator.of(WebShop.plan()).evaluate(WebShop.results(), WebShop.FEBRUARY_14.minusDays(7));
        assertEquals(report.since(before), report.since(OkrJson.standings("report.json", OkrJson.write(before))));
    }

    @Test
    void whatIsNoReportIsToldWithItsPlaces() {
        assertEquals(
                "r.json:1:1 (document): found an object; expected a report as written by 'okr --format json', with"
                        + " \"okrReport\": 1",
                problems(() -> OkrJson.standings("r.json", "{}")));
        assertEquals("""
                r.json:1:26 /asOf: found "14.2."; expected the day of the report as "asOf", such as "2026-02-14"
                r.json:2:57 /objectives/0/status: found "on trck"; expected a "status" such as "on track\"""", problems(() -> OkrJson.standings("r.json", """
                        {"okrReport": 1, "asOf": "14.2.",
                         "objectives": [{"id": "o", "keyResults": [], "status": "on trck"}]}""")));
    }

    @Test
    void aScoreNeedsAReason() {
        assertEquals(
                List.of(new ScoreOverride("nps", 0.7, "the survey came late")),
                OkrJson.scores(
                        "s.json", "{\"scores\": {\"nps\": {\"score\": 0.7, \"reason\": \"the survey came late\"}}}"));
        assertEquals(
                """
                s.json:1:30 /scores/nps/score: found the number 7; expected a score from 0.0 to 1.0, such as 0.7
                s.json:1:43 /scores/nps/reason: found " "; expected a reason in words: without one there is no other score
                s.json:1:54 /scores/nps/by: found an unknown member "by"; expected one of [score, reason]""",
                problems(() -> OkrJson.scores(
                        "s.json", "{\"scores\": {\"nps\": {\"score\": 7, \"reason\": \" \", \"by\": 1}}}")));
    }

    @Test
    void aWarningSaysItsPlace() {
        List<PlacedWarning> warnings = OkrJson.lint("plan.json", """
                {
                  "version": 1, "timeZone": "UTC", "kpis": {},
                  "objectives": [
                    {"id": "same", "title": "Same id", "cycle": "2026-Q1", "ambition": "committed", "owner": "A", "keyResults": [
                      {"id": "same", "title": "S", "target": "done", "measure": "checkIns"},
                      {"id": "other", "title": "O", "owner": "B", "target": "done", "measure": "checkIns"}],
                     "initiatives": [{"id": "work", "title": "W"}]}
                  ]
                }
                """);
        assertEquals(
                """
                plan.json:5:14 /objectives/0/keyResults/0: warning no-owner: key result 'same' has no owner; name one person who answers for it
                plan.json:7:29 /objectives/0/initiatives/0: warning no-budget: initiative 'work' has no budget; say what it may cost, or 0""",
                String.join("\n", warnings.stream().map(PlacedWarning::toString).toList()));
    }
}
