package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.json.JsonProblemsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the rarer parts of a plan is told where it stands. */
class OkrJsonKindsErrorsTest {

    private static String message(String plan) {
        String message = assertThrows(JsonProblemsException.class, () -> OkrJson.parse("plan.json", plan))
                .getMessage();
        return message.substring(message.indexOf(' ') + 1); // The line and column have tests of their own.
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
        "target": {"atMost": 5, "warning": 6}, "measure": "checkIns" § /objectives/0/keyResults/0/target/warning: found the number 6; expected a warning level below the threshold, where the target is still met but somebody should look
        "target": {"between": {"low": 5, "high": 5}}, "measure": "checkIns" § /objectives/0/keyResults/0/target/between/high: found the number 5; expected a value above the low one; a single bound is written atLeast or atMost
        "target": "done", "measure": {"kpi": "nps", "window": "cycleToDate"} § /objectives/0/keyResults/0/measure: found a KPI; expected "checkIns": no KPI measures milestones, or what is done or not
        "target": {"increase": {"from": 1, "to": 2}}, "hold": {"shareOf": "week"}, "measure": "checkIns" § /objectives/0/keyResults/0/hold: found an object; expected a target that is a level, which can be held: atLeast or atMost without a "from", or between
        "target": {"atLeast": 1}, "hold": {"shareOf": "weeks"}, "measure": "checkIns" § /objectives/0/keyResults/0/hold/shareOf: found "weeks"; expected one of day, week, month, quarter, year (did you mean "week"?)
        "target": {"atLeast": 1}, "hold": {"successesOf": "week", "planned": 0}, "measure": "checkIns" § /objectives/0/keyResults/0/hold/planned: found the number 0; expected a whole number of periods from 1 to 3660
        "target": {"atLeast": 1}, "guard": true, "weight": 2, "measure": "checkIns" § /objectives/0/keyResults/0/weight: found the number 2; expected no weight: a guard counts nowhere, it has to hold; leave out one of the two
        "target": {"atLeast": 1}, "measure": {"checkIns": "shares"} § /objectives/0/keyResults/0/measure/checkIns: found "shares"; expected a unit: one of number, share, duration, points, rating, money EUR (did you mean "share"?)
        "target": {"atLeast": 1}, "measure": {"checkIns": "share"} § /objectives/0/keyResults/0/target/atLeast: found the number 1; expected a share in percent such as "40%"; 1 could mean "100%" or "1%": write the one you mean
        "target": {"atLeast": 1}, "measure": "checkIns", "checkInDays": 0 § /objectives/0/keyResults/0/checkInDays: found the number 0; expected a whole number of days from 1 to 3660
        "target": {"atLeast": 1}, "measure": "checkIns", "phases": [{"date": "2026-04-01", "progress": "10%"}] § /objectives/0/keyResults/0/phases/0/date: found "2026-04-01"; expected a day of 2026-Q1 (2026-01-01 to 2026-03-31)
        "target": {"atLeast": 1}, "measure": "checkIns", "phases": [{"date": "2026-02-01", "progress": "10%"}, {"date": "2026-02-01", "progress": "20%"}] § /objectives/0/keyResults/0/phases/1/date: found "2026-02-01"; expected a day after that of the phase before, 2026-02-01
        "target": {"atLeast": 1}, "measure": "checkIns", "phases": [{"date": "2026-02-01", "progress": "30%"}, {"date": "2026-03-01", "progress": "20%"}] § /objectives/0/keyResults/0/phases/1/progress: found "20%"; expected no less than the phase before
        "target": {"milestones": [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}]}, "measure": "checkIns" § /objectives/0/keyResults/0/target/milestones/1/id: found "a"; expected an id of its own; line 1 has the milestone "a"
        """)
    void aKeyResultIsToldWhatIsWrong(String keyResult, String expected) {
        assertEquals(
                expected,
                message(
                        "{\"version\": 1, \"timeZone\": \"UTC\", \"kpis\": {\"nps\": {\"type\": \"nps\"}}, \"objectives\": [{\"id\": \"o\","
                                + " \"title\": \"O\", \"cycle\": \"2026-Q1\", \"keyResults\": [{\"id\": \"k\", \"title\": \"K\", "
                                + keyResult + "}]}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
        "fiscalYear": {"startMonth": 13, "namedBy": "end"} § /fiscalYear/startMonth: found the number 13; expected the month of its first day, 1 to 12
        "status": {"by": "probability", "onTrack": "30%"} § /status: found an object; expected thresholds by probability are in the order on track, behind, from 1 to 0; found 0.3 and 0.4
        "status": {"by": "chance"} § /status/by: found "chance"; expected one of probability, difference, ratio
        "silence": ["no-onwer"] § /silence/0: found "no-onwer"; expected a lint code such as "no-owner", or with the id of one part, "no-owner:faster-buying"; the codes are no-owner, no-budget, digits-in-title, few-key-results, many-key-results, only-lagging, outside-objective, no-baseline, no-check-in, no-ambition, direction (did you mean "no-owner"?)
        """)
    void aPlanIsToldWhatIsWrong(String member, String expected) {
        assertEquals(
                expected,
                message("{\"version\": 1, \"timeZone\": \"UTC\", \"kpis\": {}, \"objectives\": [], " + member + "}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
        "parent": "oo" § /objectives/0/parent: found "oo"; expected the objective o (did you mean "o"?)
        "parent": "o" § /objectives/0/parent: found itself above it: o → o; expected objectives that contribute upwards only
        "rollUp": {"of": "childs"} § /objectives/0/rollUp/of: found "childs"; expected one of keyResults, children, both
        "weight": 0 § /objectives/0/weight: found the number 0; expected a number greater than 0; without a weight an objective weighs 1
        """)
    void anObjectiveIsToldWhatIsWrong(String member, String expected) {
        assertEquals(
                expected,
                message(
                        "{\"version\": 1, \"timeZone\": \"UTC\", \"kpis\": {}, \"objectives\": [{\"id\": \"o\", \"title\": \"O\","
                                + " \"cycle\": \"2026-Q1\", \"keyResults\": [{\"id\": \"k\", \"title\": \"K\", \"target\": \"done\","
                                + " \"measure\": \"checkIns\"}], " + member + "}]}"));
    }
}
