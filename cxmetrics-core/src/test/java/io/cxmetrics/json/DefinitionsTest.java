package io.cxmetrics.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Catalogue;
import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Row;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.SurveyKpis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {
    private static final String CALLS = """
            {
              "version": 1,
              "x-note": "members that begin with x- are the user's own",
              "source": {"name": "calls", "missing": ["", "NA"], "fields": {
                "channel": {"column": "kanava"},
                "wait": {"column": "q_time", "unit": "seconds"},
                "answered": {"column": "outcome", "true": ["AGENT"], "false": ["HANG", "PHANTOM"]},
                "left": {"condition": {"all": [{"not": "answered"}, {"field": "wait", "gt": "PT0S"}]}},
                "abandoned": {"condition": "left"},
                "talk": {"column": "ser_time", "unit": "seconds"},
                "hold": {"constant": "PT0S"},
                "after-contact-work": {"constant": "0", "unit": "seconds"},
                "started": {"columns": ["date", "time"], "format": "yyyy-MM-dd H:mm:ss", "timeZone": "Asia/Jerusalem"},
                "cost": {"type": "money", "currency": "EUR"}}},
              "kpis": {
                "service-level": {"type": "serviceLevel", "within": "PT20S", "abandons": "failures"},
                "asa": {"type": "averageSpeedOfAnswer"},
                "aht": {"type": "averageHandleTime"},
                "cost-per-contact": {"type": "ratio", "numerator": "cost", "direction": "lower-is-better"}},
              "scorecard": {"by": ["channel"], "every": "day", "time": "started", "timeZone": "Asia/Jerusalem"}
            }
            """;

    private static final List<String> HEADER =
            List.of("kanava", "q_time", "outcome", "ser_time", "date", "time", "cost");

    @Test
    void aProductOwnersFileMakesAScorecard() {
        ScorecardResult result = Definitions.parse("calls.json", CALLS)
                .scorecard(HEADER)
                .compute(List.of(
                        new Row("a.csv", 2, "phone", "12", "AGENT", "100", "1999-08-01", "0:10:10", "12.60"),
                        new Row("a.csv", 3, "phone", "30", "AGENT", "NA", "1999-08-01", "23:59:59", "7.2"),
                        new Row("a.csv", 4, "phone", "7", "HANG", "0", "1999-08-02", "0:00:00", "0.001"),
                        new Row("a.csv", 5, "phone", "x", "Hung", "0", "1999-08-02", "25:00:00", "")));
        assertEquals("""
                1999-08-01 phone: Service level 50.0 % (95 % 9.5…90.5), n = 2
                1999-08-01 phone: ASA 21.0 s (95 % -93.4…135.4), n = 2
                1999-08-01 phone: AHT 100.0 s (no interval: one observation says nothing about the spread), n = 1, 1 missing
                1999-08-01 phone: cost-per-contact 9.90 EUR (95 % -24.41…44.21), n = 2
                1999-08-02 phone: Service level 0.0 % (95 % 0.0…79.3), n = 1
                1999-08-02 phone: ASA undefined, n = 0, 1 not eligible
                1999-08-02 phone: AHT undefined, n = 0, 1 not eligible
                1999-08-02 phone: cost-per-contact undefined, n = 0, 1 rejected
                phone: Service level undefined, n = 0, 1 rejected
                phone: ASA undefined, n = 0, 1 rejected
                phone: AHT undefined, n = 0, 1 rejected
                phone: cost-per-contact undefined, n = 0, 1 missing
                4 rows, 0 broken lines, 3 values set aside""", result.toString());
        assertEquals(
                List.of(
                        "a.csv:4 cost \"0.001\": expected an amount in EUR such as 12.60",
                        "a.csv:5 answered \"Hung\": expected one of agent (true), hang, phantom (false)",
                        "a.csv:5 started \"1999-08-02 25:00:00\": expected a time like yyyy-MM-dd H:mm:ss that exists in"
                                + " Asia/Jerusalem"),
                result.intake().samples().stream().map(Object::toString).toList());
    }

    @Test
    void theResultIsReadBackEqual() {
        ScorecardResult result = Definitions.parse("calls.json", CALLS)
                .scorecard(HEADER)
                .compute(List.of(
                        new Row("a.csv", 2, "phone", "12", "AGENT", "100", "1999-08-01", "0:10:10", "12.60"),
                        new Row("a.csv", 3, "", "30", "AGENT", "NA", "", "", "7.2"),
                        new Row("a.csv", 4, "chat", "7", "HANG", "0", "1999-08-02", "0:00:00", "0.001")));
        String json = ResultJson.write(result);
        ScorecardResult read = ResultJson.read(LocatedJson.parse("result.json", json));
        assertEquals(result, read);
        assertEquals(json, ResultJson.write(read));
    }

    @Test
    void everyCatalogueKpiIsReadBackAsItself() {
        List<Kpi<?>> kpis = new ArrayList<>(Catalogue.list());
        kpis.addAll(List.of(
                Mean.kpi(
                        "odd-choice",
                        Field.number("x")
                                .lt(2.5)
                                .choose(Field.duration("a"), Field.duration("b").atLeast(Duration.ZERO)),
                        Direction.NEUTRAL),
                Share.kpi(
                        "odd-bucket",
                        Field.duration("a")
                                .buckets(List.of(Duration.ofHours(4), Duration.ofHours(24)))
                                .compare(Condition.Operator.LT, Field.flag("f").indicator())),
                Share.kpi(
                                "odd",
                                Field.money("cost", "EUR")
                                        .lt(io.cxmetrics.field.Money.of("12.60", "EUR"))
                                        .or(Field.text("t").in("a", "\"b\"").not())
                                        .or(Field.number("x")
                                                .times(Field.whole("y"))
                                                .isMissing())
                                        .or(Field.flag("f").isMissing())
                                        .or(Field.instant("to")
                                                .since(Field.instant("from"))
                                                .gt(Duration.ofMinutes(1)))
                                        .or(Field.date("d")
                                                .between(
                                                        java.time.LocalDate.EPOCH, java.time.LocalDate.of(2026, 1, 1))))
                        .where(Field.number("x").ge(-0.25))));
        assertEquals(kpis, List.copyOf(KpiJson.parse(KpiJson.write(kpis)).values()));
    }

    @Test
    void catalogueTypesAreTheCatalogue() {
        Map<String, Kpi<?>> read = KpiJson.parse("""
                {"nps": {"type": "nps"}, "csat": {"type": "csat", "scale": 5}, "ces": {"type": "ces"},
                 "ces-top-2": {"type": "cesTopBox", "boxes": 2}, "ces-1": {"type": "ces1"},
                 "ces-1-low-effort": {"type": "ces1LowEffort"},
                 "bot-experience-score": {"type": "botExperienceScore"},
                 "automation-rate": {"type": "automationRate"}, "containment": {"type": "containment"},
                 "service-level": {"type": "serviceLevel", "within": "PT20S", "abandons": "short-excluded", "threshold": "PT5S"},
                 "abandonment-rate": {"type": "abandonmentRate"},
                 "asa": {"type": "averageSpeedOfAnswer"}, "aht": {"type": "averageHandleTime", "parts": ["talk", "hold"]}}
                """);
        assertEquals(
                List.of(
                        SurveyKpis.nps(),
                        SurveyKpis.csat(5),
                        SurveyKpis.ces(),
                        SurveyKpis.cesTopBox(2),
                        SurveyKpis.ces1(),
                        SurveyKpis.ces1LowEffort(),
                        BotKpis.botExperienceScore(),
                        BotKpis.automationRate(),
                        BotKpis.containment(),
                        ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.shortExcluded(Duration.ofSeconds(5))),
                        ContactKpis.abandonmentRate(),
                        ContactKpis.averageSpeedOfAnswer(),
                        ContactKpis.averageHandleTime("talk", "hold")),
                List.copyOf(read.values()));
    }

    private static List<String> problems(String json) {
        return assertThrows(JsonProblemsException.class, () -> Definitions.parse("d.json", json)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void everythingWrongIsSaidAtOnceWithItsPlaceAndARemedy() {
        assertEquals(
                List.of(
                        "d.json:1:13 /version: found the number 2; expected version 1",
                        "d.json:2:40 /source/fields/wait/unit: found \"second\"; expected one of microseconds, milliseconds,"
                                + " seconds, minutes, hours, days (did you mean \"seconds\"?)",
                        "d.json:3:15 /source/fields/answered: found words for one side of a flag only; expected \"true\" and"
                                + " \"false\", each an array of words: a word in neither is set aside, not guessed",
                        "d.json:4:14 /source/fields/mystery: found no \"type\" for the field \"mystery\"; expected \"type\":"
                                + " whole, number, duration, instant, date, money, flag or text",
                        "d.json:6:43 /kpis/a/hit/field: found the unknown field \"anwsered\"; expected a field of the source or"
                                + " of the vocabulary (did you mean \"answered\"?) (or say its type: {\"field\": \"anwsered\","
                                + " \"type\": \"whole\"})",
                        "d.json:7:64 /kpis/b/abandons: found \"ignored\"; expected one of excluded, failures,"
                                + " successes-within-target, failures-past-target, short-as-successes, short-excluded",
                        "d.json:8:37 /kpis/c/scael: found an unknown member \"scael\"; expected one of [type, where, name,"
                                + " direction, unit, of, scale, promotersFrom, detractorsTo] (did you mean \"scale\"?)",
                        "d.json:9:24 /scorecard/every: found \"fortnight\"; expected one of day, week, month, quarter, year"),
                problems("""
                        {"version": 2, "source": {"fields": {
                          "wait": {"type": "duration", "unit": "second"},
                          "answered": {"true": ["yes"]},
                          "mystery": {"column": "c"}}},
                         "kpis": {
                          "a": {"type": "share", "hit": {"field": "anwsered"}},
                          "b": {"type": "serviceLevel", "within": "PT20S", "abandons": "ignored"},
                          "c": {"type": "nps",     "scael": [0, 10]}},
                        "scorecard": {"every": "fortnight"}}
                        """));
    }

    @Test
    void textThatIsNotJsonIsRefusedWithItsPlace() {
        assertTrue(problems("{\"version\": 1,").get(0).startsWith("d.json:1:"));
        assertTrue(problems("").get(0).contains("found an empty document"));
        assertTrue(problems("{} {}").get(0).contains("more text after the end"));
        assertTrue(problems("{\"a\": 1, \"a\": 2}").get(0).contains("a second member \"a\""));
        assertTrue(problems("[".repeat(100_000)).get(0).contains("not JSON"));
        assertTrue(problems("{\"version\": 1e999999999, \"kpis\": {}}").get(0).startsWith("d.json:1:13"));
    }

    @Test
    void aByteOrderMarkIsSkippedAndOtherEncodingsAreRefused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("d.json");
        Files.writeString(file, "\uFEFF{\"version\": 1, \"kpis\": {\"nps\": {\"type\": \"nps\"}}}");
        assertEquals(SurveyKpis.nps(), Definitions.read(file).kpis().get("nps"));
        Files.write(file, new byte[] {'{', (byte) 0xE4, '}'});
        assertTrue(assertThrows(JsonProblemsException.class, () -> Definitions.read(file))
                .getMessage()
                .contains("bytes that are not UTF-8"));
    }
}
