package io.cxmetrics.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Catalogue;
import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Row;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Clustered;
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
    void clusteredKpisAreDefinedStoredAndReadBackEqual() {
        Definitions definitions = Definitions.parse("answers.json", """
                {"version": 1,
                 "source": {"name": "answers", "fields": {
                   "customer": {"column": "who"}, "recommendation": {"column": "score"}, "channel": {"column": "where"}}},
                 "kpis": {"nps-by-customer": {"type": "clustered", "by": "customer", "of": {"type": "nps"}}},
                 "scorecard": {"by": ["channel"]}}
                """);
        ScorecardResult result = definitions
                .scorecard(List.of("who", "score", "where"))
                .compute(List.of(
                        new Row("a.csv", 2, "zoe", "9", "chat"),
                        new Row("a.csv", 3, "bob", "3", "chat"),
                        new Row("a.csv", 4, "zoe", "10", "chat"),
                        new Row("a.csv", 5, "", "10", "mail")));
        String json = ResultJson.write(result);
        assertFalse(json.contains("zoe"), json);
        assertEquals(result, ResultJson.read(LocatedJson.parse("result.json", json)));
        String total = result.total(result.kpis().get(0)).toString();
        assertTrue(total.startsWith("NPS 33.3 (") && total.endsWith("), n = 3, 1 missing"), total);

        String broken = json.replaceFirst("\"[0-9a-f]{16}\"", "\"zoe\"");
        JsonProblemsException e = assertThrows(
                JsonProblemsException.class, () -> ResultJson.read(LocatedJson.parse("result.json", broken)));
        assertTrue(e.getMessage().contains("16 hexadecimal digits"), e.getMessage());
        JsonProblemsException noText = assertThrows(
                JsonProblemsException.class,
                () -> KpiJson.parse(
                        "{\"x\": {\"type\": \"clustered\", \"by\": \"wait\", \"of\": {\"type\": \"nps\"}}}"));
        assertTrue(noText.getMessage().contains("a text field; wait is a duration"), noText.getMessage());
        JsonProblemsException percentile = assertThrows(
                JsonProblemsException.class,
                () -> KpiJson.parse("{\"x\": {\"type\": \"clustered\", \"by\": \"customer\", \"of\":"
                        + " {\"type\": \"percentile\", \"of\": \"wait\", \"p\": 0.9}}}"));
        assertTrue(percentile.getMessage().contains("cannot be clustered"), percentile.getMessage());
    }

    @Test
    void everyCatalogueKpiIsReadBackAsItself() {
        List<Kpi<?>> kpis = new ArrayList<>(Catalogue.list());
        kpis.addAll(List.of(
                Clustered.by(Field.text("customer"), Catalogue.list().get(0)),
                Clustered.by(
                        Field.text("household"),
                        Mean.kpi("spent", Field.money("cost", "EUR"), Direction.LOWER_IS_BETTER)
                                .where(Field.flag("f"))),
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

    private static final String LINKED = """
            {"version": 1,
             "source": {"name": "contacts", "fields": {
               "customer": {}, "started": {}, "channel": {}, "outcome": {"type": "text"},
               "quick": {"condition": {"field": "time-to-next", "lt": "PT1H"}}},
              "link": {"by": ["customer"], "at": "started",%s "comparing": ["channel"],
                       "where": {"field": "outcome", "is": "talked"}}},
             "kpis": {
               "fcr": {"type": "firstContactResolution", "window": "P1D"},
               "quick-repeats": {"type": "share", "hit": "quick"},
               "switches": {"type": "share", "hit": "channel-changed", "where": {"field": "occurrence", "gt": 1}}},
             "scorecard": {"by": ["outcome"]}}
            """;

    private static final List<String> CONTACTS = List.of("started", "customer", "channel", "outcome");

    private static final List<Row> LINKED_ROWS = List.of(
            new Row("a.csv", 2, "2026-01-01T10:00:00Z", "a", "phone", "talked"),
            new Row("a.csv", 3, "2026-01-01T10:10:00Z", "a", "phone", "rang"),
            new Row("a.csv", 4, "2026-01-01T10:30:00Z", "a", "chat", "talked"),
            new Row("a.csv", 5, "2026-01-01T11:00:00Z", "", "chat", "talked"),
            new Row("a.csv", 6, "yesterday", "a", "chat", "talked"),
            new Row("a.csv", 7, "2026-01-05T12:00:00Z", "b", "chat", "talked"));

    @Test
    void linkedRowsHaveTheFieldsOfTheLinker() {
        Definitions definitions = Definitions.parse("d.json", LINKED.formatted(""));
        ScorecardResult result = definitions.compute(CONTACTS, LINKED_ROWS);
        assertEquals(6, result.intake().rows());
        assertEquals(
                List.of(
                        "First-contact resolution undefined, n = 0, 1 missing",
                        "quick-repeats undefined, n = 0, 1 missing",
                        "switches undefined, n = 0, 1 missing"),
                texts(result, "rang"));
        // Of the five, one has no customer and one no time; the data end with the contact of b.
        List<String> talked = texts(result, "talked");
        assertTrue(talked.get(0).startsWith("First-contact resolution 50.0 %"), talked.get(0));
        assertTrue(talked.get(0).endsWith("n = 2, 1 not eligible, 1 missing, 1 rejected"), talked.get(0));
        assertTrue(talked.get(1).startsWith("quick-repeats 100.0 %"), talked.get(1));
        assertTrue(talked.get(2).startsWith("switches 100.0 %"), talked.get(2));

        ScorecardResult later = Definitions.parse(
                        "d.json", LINKED.formatted("\"until\": \"2026-01-06T15:00:00+02:00\","))
                .compute(CONTACTS, LINKED_ROWS);
        assertTrue(texts(later, "talked").get(0).endsWith("n = 3, 1 missing, 1 rejected"), later.toString());
        assertThrows(IllegalStateException.class, () -> definitions.scorecard(CONTACTS));
    }

    private static List<String> texts(ScorecardResult result, String label) {
        return result.cells().get(Cell.of(null, label)).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void definitionsWithoutALinkComputeTheSame() {
        Definitions definitions = Definitions.parse("calls.json", CALLS);
        List<Row> rows = List.of(new Row("a.csv", 2, "phone", "12", "AGENT", "100", "1999-08-01", "0:10:10", "12.60"));
        assertEquals(definitions.scorecard(HEADER).compute(rows), definitions.compute(HEADER, rows));
    }

    @Test
    void everythingWrongWithALinkIsSaidAtItsPlace() {
        assertEquals(
                List.of(
                        "d.json:2:19 /source/link/by/0: found \"custmer\", which is no field of the source; expected one of"
                                + " [customer, started, channel] (did you mean \"customer\"?)",
                        "d.json:2:37 /source/link/at: found \"start\", which is no field of the source; expected one of"
                                + " [customer, started, channel]",
                        "d.json:2:53 /source/link/til: found an unknown member \"til\"; expected one of [by, at, comparing,"
                                + " until, where]",
                        "d.json:2:67 /source/link/until: found \"2026-02-01\"; expected when the data end, with an offset,"
                                + " such as \"2026-02-01T00:00:00+02:00\"",
                        "d.json:3:30 /source/link/comparing/1: found the field \"channel\" for the second time; expected each"
                                + " field once",
                        "d.json:3:61 /source/link/where/field: found the unknown field \"chanel\"; expected a field of the"
                                + " source or of the vocabulary (did you mean \"channel\"?) (or say its type: {\"field\":"
                                + " \"chanel\", \"type\": \"whole\"})"),
                problems("""
                {"version": 1, "source": {"fields": {"customer": {}, "started": {}, "channel": {}},
                  "link": {"by": ["custmer"], "at": "start", "til": "x", "until": "2026-02-01",
                    "comparing": ["channel", "channel"], "where": {"field": "chanel", "is": "chat"}}},
                 "kpis": {}}
                """));
    }

    private static List<String> linkProblems(String field, String link) {
        return problems("""
                {"version": 1, "kpis": {}, "source": {"fields": {"customer": {}, "started": {}, %s},
                  "link": %s}}
                """.formatted(field, link));
    }

    @Test
    void fieldsOfOtherTypesCannotLink() {
        assertEquals(
                List.of(
                        "d.json:2:18 /source/link/by: found what cannot be linked (field 'wait' is a duration; a key is a"
                                + " text, a flag or a whole number); expected fields of the types that are needed",
                        "d.json:2:34 /source/link/at: found what cannot be linked (field 'customer' is a text; linking needs"
                                + " an instant); expected fields of the types that are needed"),
                linkProblems("\"wait\": {}", "{\"by\": [\"wait\"], \"at\": \"customer\"}"));
        assertEquals(
                List.of(
                        "d.json:2:62 /source/link/comparing: found \"wait\"; expected an array with at least one name of a"
                                + " field"),
                linkProblems("\"wait\": {}", "{\"by\": [\"customer\"], \"at\": \"started\", \"comparing\": \"wait\"}"));
    }

    @Test
    void aLinkDoesNotHideAFieldOfTheSourceNorNeedItsOwn() {
        assertEquals(
                List.of(
                        "d.json:2:11 /source/link: found the field \"occurrence\" in the source already; expected another name"
                                + " for it: \"link\" adds a field of that name"),
                linkProblems("\"occurrence\": {\"type\": \"whole\"}", "{\"by\": [\"customer\"], \"at\": \"started\"}"));
        assertEquals(
                List.of(
                        "d.json:2:11 /source/link: found what cannot be linked (rows has no field 'time-to-next'; it has"
                                + " [customer, started, new].); expected fields of the types that are needed"),
                linkProblems(
                        "\"new\": {\"condition\": {\"field\": \"time-to-next\", \"gt\": \"PT1H\"}}",
                        "{\"by\": [\"new\"], \"at\": \"started\"}"));
    }

    private static final String BUSINESS = """
            {"version": 1, "source": {"fields": {
              "response-business-time": {"businessTime": {"from": "opened", "to": "answered-at", %s}},
              "opened": {"type": "instant"}, "answered-at": {"type": "instant"}}},
             "kpis": {"response": {"type": "mean", "of": "response-business-time"}}}
            """;

    @Test
    void businessTimeIsTheOpenTimeBetweenTwoInstants() {
        Definitions definitions = Definitions.parse("d.json", BUSINESS.formatted("""
                "days": "weekdays", "opens": "08:30", "closes": "16:00", "timeZone": "Europe/Helsinki",
                "holidays": ["2026-01-06"]
                """));
        // From Monday 15:00 to Wednesday 09:00 with a holiday between: an hour and a half hour.
        ScorecardResult result = definitions.compute(
                List.of("opened", "answered-at"),
                List.of(
                        new Row("a.csv", 2, "2026-01-05T15:00:00+02:00", "2026-01-07T09:00:00+02:00"),
                        new Row("a.csv", 3, "2026-01-05T15:00:00+02:00", ""),
                        new Row("a.csv", 4, "2026-01-05", "2026-01-07T09:00:00+02:00"),
                        new Row("a.csv", 5, "1026-01-05T15:00:00+02:00", "2026-01-07T09:00:00+02:00")));
        Statistic<?> response = result.cells().get(new Cell(null, List.of())).get(0);
        assertEquals(5400, response.value().orElseThrow());
        assertEquals(1, response.counts().used());
        assertEquals(1, response.counts().missing());
        assertEquals(2, response.counts().rejected());
        Definitions always = Definitions.parse("d.json", BUSINESS.formatted("""
                "days": "every-day", "opens": "00:00", "closes": "24:00", "timeZone": "Europe/Helsinki"
                """));
        ScorecardResult elapsed = always.compute(
                List.of("opened", "answered-at"),
                List.of(new Row("a.csv", 2, "2026-01-02T15:00:00+02:00", "2026-01-05T15:00:00+02:00")));
        assertEquals(
                3 * 86_400,
                elapsed.cells().get(new Cell(null, List.of())).get(0).value().orElseThrow());
    }

    @Test
    void everythingWrongWithBusinessTimeIsSaidAtItsPlace() {
        List<String> wrong = problems(
                BUSINESS.replace("\"to\": \"answered-at\"", "\"to\": \"answered\"")
                        .formatted(
                                "\"days\": \"weekday\", \"opens\": \"8.30\", \"timeZone\": \"Helsinki\", \"holidays\": [\"6.1.\"]"));
        assertEquals(6, wrong.size(), wrong.toString());
        assertTrue(wrong.get(0).contains("no member \"closes\""), wrong.toString());
        assertTrue(
                wrong.get(1).contains("one of [opened, answered-at] (did you mean \"answered-at\"?)"),
                wrong.toString());
        assertTrue(wrong.get(2).contains("(did you mean \"weekdays\"?)"), wrong.toString());
        assertTrue(wrong.get(3).contains("a time of day such as \"08:30\""), wrong.toString());
        assertTrue(wrong.get(4).contains("a time zone such as"), wrong.toString());
        assertTrue(wrong.get(5).contains("/holidays/0: found \"6.1.\"; expected a date"), wrong.toString());
        List<String> none = problems(BUSINESS.formatted("\"opens\": \"08:30\", \"closes\": \"16:00\""));
        assertTrue(none.get(0).contains("found no \"timeZone\""), none.toString());
        List<String> empty = problems(
                BUSINESS.formatted("\"opens\": \"16:00\", \"closes\": \"08:30\", \"timeZone\": \"Europe/Helsinki\""));
        assertTrue(empty.get(0).contains("opening hours from 16:00 to 08:30 are empty"), empty.toString());
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
