package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Problem;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.WebShop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Everything that can be wrong with a plan, each with its exact place. In the snippets « stands before the value that the
 * problem is about; it is taken out before parsing, and its line and column are what the problem must name.
 */
class OkrJsonErrorsTest {
    private static final String KEY_RESULT = "/objectives/0/keyResults/";

    private static List<Problem> problems(String text) {
        return assertThrows(JsonProblemsException.class, () -> OkrJson.parse("plan.json", text))
                .problems();
    }

    /** The example plan with one thing changed. */
    private static String changed(String from, String to) {
        String text = WebShop.planText();
        assertTrue(text.contains(from), "the example plan has " + from);
        int at = text.indexOf(from);
        return text.substring(0, at) + to + text.substring(at + from.length());
    }

    private static void assertProblem(String marked, String pointer, String found, String expected) {
        int at = marked.indexOf('«');
        String before = marked.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = at - before.lastIndexOf('\n');
        List<Problem> problems = problems(before + marked.substring(at + 1));
        assertEquals(List.of(new Problem("plan.json", line, column, pointer, found, expected)), problems);
    }

    private static void assertTargetProblem(String target, String pointer, String found, String expected) {
        String share = "{\"decrease\": {\"from\": \"40%\", \"to\": \"25%\"}}";
        assertProblem(changed(share, target), KEY_RESULT + "1/target" + pointer, found, expected);
    }

    @Test
    void thePlaceIsThatOfTheFile() {
        assertEquals(
                "plan.json:53:43 /objectives/0/keyResults/0/target/decrease/from: found the number 5;"
                        + " expected an ISO 8601 duration such as \"PT5M\"; 5 could mean \"PT5S\" or, if whole, \"PT5M\":"
                        + " write the one you mean",
                problems(changed("\"PT5M\"", "5")).get(0).toString());
    }

    @Test
    void aPlainFractionForAShareShowsBothReadings() {
        assertTargetProblem(
                "{\"decrease\": {\"from\": «0.4, \"to\": \"25%\"}}",
                "/decrease/from",
                "the number 0.4",
                "a share in percent such as \"40%\"; 0.4 could mean \"40%\" or \"0.4%\": write the one you mean");
    }

    @Test
    void aPlainNumberForAShareShowsBothReadings() {
        assertTargetProblem(
                "{\"atMost\": «40}",
                "/atMost",
                "the number 40",
                "a share in percent such as \"40%\"; 40 could mean \"40%\" or \"4000%\": write the one you mean");
    }

    @Test
    void aNumberInQuotesForAShareShowsBothReadings() {
        assertTargetProblem(
                "{\"atMost\": «\"0.25\"}",
                "/atMost",
                "\"0.25\"",
                "a share in percent such as \"40%\"; 0.25 could mean \"25%\" or \"0.25%\": write the one you mean");
    }

    @Test
    void aDecimalCommaIsNotGuessed() {
        assertTargetProblem("{\"atMost\": «\"37,5%\"}", "/atMost", "\"37,5%\"", "a share in percent such as \"40%\"");
    }

    @Test
    void aShareOverAllIsRefused() {
        assertTargetProblem("{\"atMost\": «\"140%\"}", "/atMost", "\"140%\"", "a share from 0% to 100%");
    }

    @Test
    void aDurationInWordsIsRefused() {
        assertProblem(
                changed("\"PT3M\"", "«\"3 min\""),
                KEY_RESULT + "0/target/decrease/to",
                "\"3 min\"",
                "an ISO 8601 duration such as \"PT5M\"");
    }

    @Test
    void aShareForPointsIsRefused() {
        String nps = changed(
                "{\n      \"type\": \"share\",\n      \"hit\": {\"field\": \"abandoned\", \"type\": \"flag\"},",
                "{\n      \"type\": \"nps\",");
        assertProblem(
                nps.replace("{\"from\": \"40%\", \"to\": \"25%\"}", "{\"from\": 40, \"to\": «\"25%\"}"),
                KEY_RESULT + "1/target/decrease/to",
                "\"25%\"",
                "a plain number such as 42: \"cart-abandonment\" is measured in points");
    }

    @Test
    void moneyNeedsItsCurrency() {
        String cost = changed(
                "{\"field\": \"duration\", \"type\": \"duration\"}",
                "{\"field\": \"cost\", \"type\": \"money\", \"currency\": \"EUR\"}");
        String other = "{\"amount\": 5, \"currency\": \"SEK\"}";
        assertProblem(
                cost.replace("{\"decrease\": {\"from\": \"PT5M\", \"to\": \"PT3M\"}}", "{\"atMost\": «12.6}"),
                KEY_RESULT + "0/target/atMost",
                "the number 12.6",
                "money in EUR such as {\"amount\": 12, \"currency\": \"EUR\"}");
        assertProblem(
                cost.replace("{\"decrease\": {\"from\": \"PT5M\", \"to\": \"PT3M\"}}", "{\"atMost\": «" + other + "}"),
                KEY_RESULT + "0/target/atMost",
                "5.00 SEK",
                "an amount in EUR, the currency of the KPI");
    }

    @Test
    void anUnknownKpiIsNamedWithTheNearest() {
        assertProblem(
                changed("\"kpi\": \"cart-abandonment\"", "\"kpi\": «\"cart-abandonement\""),
                KEY_RESULT + "1/measure/kpi",
                "\"cart-abandonement\"",
                "one of the KPIs purchase-duration, cart-abandonment, fast-chatbot-answers"
                        + " (did you mean \"cart-abandonment\"?)");
    }

    @Test
    void anUnknownTouchpointIsNamedWithTheNearest() {
        assertProblem(
                changed("\"touchpoint\": \"cart\"", "\"touchpoint\": «\"carts\""),
                KEY_RESULT + "1/measure/touchpoint",
                "\"carts\"",
                "one of the touchpoints browsing, cart, payment, customer-support (did you mean \"cart\"?)");
    }

    @Test
    void anUnknownKeyResultOfAnInitiativeIsNamedWithTheNearest() {
        assertProblem(
                changed("\"serves\": [\"fast-chatbot\"]", "\"serves\": [«\"fast-chatbots\"]"),
                "/objectives/0/initiatives/2/serves/0",
                "\"fast-chatbots\"",
                "one of the key results shorter-purchase, fewer-abandoned-carts, fast-chatbot"
                        + " (did you mean \"fast-chatbot\"?)");
    }

    @Test
    void idsGivenTwiceNameTheFirst() {
        assertProblem(
                changed("{\"id\": \"payment\"", "{\"id\": «\"cart\""),
                "/journeys/0/touchpoints/2/id",
                "\"cart\"",
                "an id of its own; line 35 has the touchpoint \"cart\"");
        assertProblem(
                changed("\"id\": \"payment-methods\"", "\"id\": «\"ui-improvements\""),
                "/objectives/0/initiatives/1/id",
                "\"ui-improvements\"",
                "an id of its own; line 77 has the initiative \"ui-improvements\"");
        // The initiative that serves the second key result is right: it is not reported as well.
        assertProblem(
                changed("\"serves\": [\"fast-chatbot\"]", "\"serves\": [\"shorter-purchase\"]")
                        .replace("\"id\": \"fast-chatbot\"", "\"id\": «\"shorter-purchase\""),
                KEY_RESULT + "2/id",
                "\"shorter-purchase\"",
                "an id of its own; line 50 has the key result \"shorter-purchase\"");
    }

    @Test
    void objectivesAndJourneysHaveIdsOfTheirOwn() {
        String text = """
                {"version": 1, "timeZone": "UTC", "kpis": {"nps": {"type": "nps"}},
                 "journeys": [{"id": "a", "name": "A", "touchpoints": []}, {"id": %s"a", "name": "B", "touchpoints": []}],
                 "objectives": [
                  {"id": "o", "title": "O", "cycle": "2026-Q1", "keyResults": [{"id": "k", "title": "K",
                    "target": {"increase": {"from": -20, "to": 10}}, "measure": {"kpi": "nps", "window": "cycleToDate"}}]},
                  {"id": %s"o", "title": "P", "cycle": "2026-Q1", "keyResults": [{"id": "l", "title": "L",
                    "target": {"atLeast": 50}, "measure": {"kpi": "nps", "window": "cycleToDate"}}]}]}
                """;
        assertProblem(
                text.formatted("«", "").replace("\"id\": \"o\", \"title\": \"P\"", "\"id\": \"p\", \"title\": \"P\""),
                "/journeys/1/id",
                "\"a\"",
                "an id of its own; line 2 has the journey \"a\"");
        assertProblem(
                text.formatted("", "«").replace("\"id\": \"a\", \"name\": \"B\"", "\"id\": \"b\", \"name\": \"B\""),
                "/objectives/1/id",
                "\"o\"",
                "an id of its own; line 4 has the objective \"o\"");
    }

    @Test
    void aStartEqualToTheTargetIsAConfigurationError() { // akvo-rsr #2830
        assertTargetProblem(
                "{\"decrease\": {\"from\": \"25.0%\", \"to\": «\"25%\"}}",
                "/decrease/to",
                "\"25%\", so start = target",
                "a start and a target that differ: progress is (current − start) / (target − start); if a level has to be"
                        + " kept, write only {\"atMost\": …}");
        assertTargetProblem(
                "{\"atLeast\": \"80%\", \"from\": «\"80%\"}",
                "/from",
                "\"80%\", so start = target",
                "a start and a target that differ: progress is (current − start) / (target − start); if a level has to be"
                        + " kept, write only {\"atLeast\": …}");
    }

    @Test
    void aTargetTheWrongWayIsRefused() {
        assertTargetProblem(
                "{\"increase\": {\"from\": \"40%\", \"to\": «\"25%\"}}",
                "/increase/to",
                "\"25%\", so the target is below the start",
                "a target above the start, or decrease or atMost");
        assertTargetProblem(
                "{\"atMost\": \"40%\", \"from\": «\"25%\"}",
                "/from",
                "\"25%\", so the target is above the start",
                "a target below the start, or increase or atLeast");
    }

    @Test
    void aTargetHasOneKind() {
        String kinds = "one of {\"increase\": {\"from\": …, \"to\": …}}, {\"decrease\": {\"from\": …, \"to\": …}},"
                + " {\"atLeast\": …}, {\"atMost\": …}, {\"between\": {\"low\": …, \"high\": …}}, {\"milestones\": […]},"
                + " \"done\" and \"baseline\"";
        assertTargetProblem("«{}", "", "a target of no kind", kinds);
        assertTargetProblem(
                "«{\"atLeast\": \"40%\", \"atMost\": \"60%\"}", "", "a target of 2 kinds: [atLeast, atMost]", kinds);
    }

    @Test
    void aMissingCycleIsAnError() {
        String found = "no member \"cycle\" (it has [keyResults, initiatives])";
        assertProblem(
                changed("      \"cycle\": \"2026-Q1\",\n", "")
                        .replace("  \"objectives\": [\n    {", "  \"objectives\": [\n    «{"),
                "/objectives/0",
                found,
                "\"cycle\": such as \"2026-Q1\" or {\"start\": \"2026-01-01\", \"end\": \"2026-03-31\"}");
    }

    @Test
    void aMalformedCycleIsAnError() {
        String expected = "a cycle such as \"2026-Q1\", \"2026-02\" or \"2026\", or {\"start\": \"2026-01-01\","
                + " \"end\": \"2026-03-31\"} with the last day as its end";
        assertProblem(changed("\"2026-Q1\"", "«\"Q1/2026\""), "/objectives/0/cycle", "\"Q1/2026\"", expected);
        assertProblem(changed("\"2026-Q1\"", "«\"2026-Q5\""), "/objectives/0/cycle", "\"2026-Q5\"", expected);
        assertProblem(changed("\"2026-Q1\"", "«2026"), "/objectives/0/cycle", "the number 2026", expected);
        assertProblem(
                changed("\"2026-Q1\"", "{\"start\": \"2026-03-01\", \"end\": «\"2026-02-28\"}"),
                "/objectives/0/cycle/end",
                "\"2026-02-28\"",
                "a day not before the start, 2026-03-01");
        assertProblem(
                changed("\"2026-Q1\"", "{\"start\": «\"2026-02-30\", \"end\": \"2026-03-31\"}"),
                "/objectives/0/cycle/start",
                "\"2026-02-30\"",
                "a date such as \"2026-02-14\"");
    }

    @Test
    void aWeightIsGreaterThanZero() {
        String expected = "a number greater than 0; without a weight a key result weighs 1";
        for (String weight : new String[] {"-1", "0", "1e999"}) {
            assertProblem(
                    changed("\"target\": {\"atLeast\"", "\"weight\": «" + weight + ", \"target\": {\"atLeast\""),
                    KEY_RESULT + "2/weight",
                    "the number " + weight,
                    expected);
        }
    }

    @Test
    void aMalformedWindowIsAnError() {
        String windows = "\"cycleToDate\", {\"lastComplete\": \"month\"} or {\"trailingDays\": 28}";
        String at = KEY_RESULT + "1/measure/window";
        assertProblem(changed("\"cycleToDate\"", "«\"cycletodate\""), at, "\"cycletodate\"", windows);
        assertProblem(changed("\"cycleToDate\"", "«{}"), at, "a window of no kind", windows);
        assertProblem(
                changed("\"cycleToDate\"", "«{\"lastComplete\": \"week\", \"trailingDays\": 7}"),
                at,
                "two windows in one",
                windows);
        assertProblem(
                changed("\"cycleToDate\"", "{\"lastComplete\": «\"months\"}"),
                at + "/lastComplete",
                "\"months\"",
                "one of day, week, month, quarter, year (did you mean \"month\"?)");
        for (String days : new String[] {"0", "1.5", "3661", "99999999999"}) {
            assertProblem(
                    changed("\"cycleToDate\"", "{\"trailingDays\": «" + days + "}"),
                    at + "/trailingDays",
                    "the number " + days,
                    "a whole number of days from 1 to 3660");
        }
        assertProblem(
                changed(
                        "{\"kpi\": \"cart-abandonment\", \"touchpoint\": \"cart\", \"window\": \"cycleToDate\"}",
                        "«{\"kpi\": \"cart-abandonment\", \"touchpoint\": \"cart\"}"),
                KEY_RESULT + "1/measure",
                "no member \"window\"",
                "\"window\": " + windows);
    }

    @Test
    void anUnknownMemberIsNamedWithTheNearest() {
        assertProblem(
                changed("\"sponsor\": \"", "\"sponsr\": «\""),
                "/objectives/0/sponsr",
                "an unknown member \"sponsr\"",
                "one of [id, title, owner, sponsor, budget, ambition, parent, weight, cycle, rollUp, carriedFrom, keyResults, initiatives, touchpoints]"
                        + " (did you mean \"sponsor\"?)");
    }

    @Test
    void anIdThatIsNotOneGetsASuggestion() {
        assertProblem(
                changed("\"id\": \"faster-buying\"", "\"id\": «\"Faster buying!\""),
                "/objectives/0/id",
                "\"Faster buying!\"",
                "an id of 1 to 63 lower-case letters, digits and hyphens, such as \"faster-buying\"");
    }

    @Test
    void aTitleIsNeeded() {
        assertProblem(
                changed("\"title\": \"Cart abandonment falls from 40 % to 25 %\"", "\"title\": «\" \""),
                KEY_RESULT + "1/title",
                "\" \"",
                "a text for people, in quotes");
    }

    @Test
    void anOwnerIsANameOrLeftOut() {
        assertProblem(
                changed("\"owner\": \"Head of e-commerce\"", "\"owner\": «null"),
                "/objectives/0/owner",
                "null",
                "a name in quotes; leave \"owner\" out if there is none");
    }

    @Test
    void anObjectiveNeedsAKeyResult() {
        assertProblem("""
                {"version": 1, "timeZone": "UTC", "kpis": {},
                 "objectives": [{"id": "o", "title": "O", "cycle": "2026", "keyResults": «[]}]}
                """, "/objectives/0/keyResults", "an empty array", "at least one key result");
    }

    @Test
    void aLaterVersionIsRefused() {
        assertProblem(
                changed("\"version\": 1", "\"version\": «2"),
                "/version",
                "the number 2",
                "1, the only version of the format that this release reads");
    }

    @Test
    void anUnknownTimeZoneIsNamedWithTheNearest() {
        assertProblem(
                changed("\"Europe/Helsinki\"", "«\"Europe/Helsinky\""),
                "/timeZone",
                "\"Europe/Helsinky\"",
                "a time zone such as \"Europe/Helsinki\" (did you mean \"Europe/Helsinki\"?)");
    }

    @Test
    void aNegativeBudgetIsRefused() {
        assertProblem(
                changed("{\"amount\": 40000, \"currency\": \"EUR\"}", "«{\"amount\": -1, \"currency\": \"EUR\"}"),
                "/objectives/0/initiatives/0/budget",
                "a negative budget, -1.00 EUR",
                "an amount of 0 or more");
    }

    @Test
    void aBudgetWithoutACurrencyIsRefused() {
        assertProblem(
                changed("{\"amount\": 40000, \"currency\": \"EUR\"}", "«40000"),
                "/objectives/0/initiatives/0/budget",
                "the number 40000",
                "money such as {\"amount\": 85000, \"currency\": \"EUR\"}");
    }

    @Test
    void aSegmentIsAboutOtherDimensionsThanTheTouchpoint() {
        assertProblem(
                changed("\"touchpoint\": \"cart\"", "\"segment\": {\"touchpoint\": «\"cart\"}"),
                KEY_RESULT + "1/measure/segment/touchpoint",
                "the dimension \"touchpoint\" in a segment",
                "another dimension; a touchpoint is written beside the segment: \"touchpoint\": …");
        assertProblem(
                changed("\"touchpoint\": \"cart\"", "\"segment\": {\"age\": «30}"),
                KEY_RESULT + "1/measure/segment/age",
                "the number 30",
                "the value of the dimension, in quotes");
    }

    @Test
    void anUnknownAmbitionIsNamedWithTheNearest() {
        assertProblem(
                changed("\"cycle\"", "\"ambition\": «\"comitted\", \"cycle\""),
                "/objectives/0/ambition",
                "\"comitted\"",
                "one of committed, aspirational (did you mean \"committed\"?)");
    }

    @Test
    void aBrokenKpiIsReportedOnceAndNotAsUnknown() {
        assertProblem(
                changed("\"type\": \"mean\"", "\"type\": «\"meen\""),
                "/kpis/purchase-duration/type",
                "\"meen\"",
                problems(changed("\"type\": \"mean\"", "\"type\": \"meen\""))
                        .get(0)
                        .expected());
    }

    @Test
    void everythingWrongIsSaidAtOnceInTheOrderOfTheFile() {
        String text = WebShop.planText()
                .replace("\"version\": 1", "\"version\": 3")
                .replace("\"touchpoint\": \"cart\"", "\"touchpoint\": \"kart\"")
                .replace("{\"from\": \"40%\", \"to\": \"25%\"}", "{\"from\": 0.4, \"to\": 25}")
                .replace("[\"fast-chatbot\"]", "[\"chatbot\"]");
        assertEquals(
                List.of(
                        "/version",
                        KEY_RESULT + "1/target/decrease/from",
                        KEY_RESULT + "1/target/decrease/to",
                        KEY_RESULT + "1/measure/touchpoint",
                        "/objectives/0/initiatives/2/serves/0"),
                problems(text).stream().map(Problem::pointer).toList());
    }

    @Test
    void aDocumentThatIsNotAnObjectIsRefused() {
        assertProblem("«[]", "", "an array", "an object");
    }

    @Test
    void brokenJsonIsRefusedWithItsPlace() {
        Problem problem = problems(WebShop.planText().substring(0, 200)).get(0);
        assertEquals(8, problem.line());
        assertTrue(problem.found().startsWith("text that is not JSON"), problem.found());
    }

    /** Whatever stands in a file: a plan, or problems with their places, and never another exception. */
    @Property(tries = 300)
    void anyDamageIsAPlanOrLocatedProblems(@ForAll long seed) {
        Random random = new Random(seed);
        LocatedJson plan = LocatedJson.parse("plan.json", WebShop.planText());
        String text = JsonLayout.text(damaged(plan, random, 1.0 / (10 + random.nextInt(200))));
        try {
            OkrPlan read = OkrJson.parse("plan.json", text);
            assertEquals(read, OkrJson.parse("plan.json", OkrJson.write(read)));
        } catch (JsonProblemsException e) {
            int lines = text.split("\n").length;
            for (Problem problem : e.problems()) {
                assertEquals("plan.json", problem.source());
                assertTrue(problem.line() >= 1 && problem.line() <= lines && problem.column() >= 1, problem.toString());
                assertTrue(!problem.found().isBlank() && !problem.expected().isBlank(), problem.toString());
            }
        }
    }

    private static final List<String> DEBRIS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "1e-999999999",
            "1e999999999",
            "0.4",
            "\"\"",
            "\"x\"",
            "\"cart\"",
            "\"40%\"",
            "\"PT5M\"",
            "\"2026\"",
            "[]",
            "{}",
            "[null]",
            "[[1]]",
            "{\"a\": 1}",
            "{\"amount\": 1e999999999, \"currency\": \"EUR\"}",
            "{\"amount\": 1e-999999999, \"currency\": \"EUR\"}");

    private static Object damaged(LocatedJson json, Random random, double rate) {
        if (random.nextDouble() < rate) {
            return LocatedJson.parse("debris", DEBRIS.get(random.nextInt(DEBRIS.size())));
        } else if (json.is(LocatedJson.Kind.ARRAY)) {
            return json.items().stream()
                    .map(item -> damaged(item, random, rate))
                    .toList();
        } else if (json.is(LocatedJson.Kind.OBJECT)) {
            Map<String, Object> members = new LinkedHashMap<>();
            json.members().forEach((name, value) -> {
                if (random.nextDouble() >= rate / 3) {
                    members.put(random.nextDouble() < rate / 3 ? name + "s" : name, damaged(value, random, rate));
                }
            });
            return members;
        }
        return json;
    }
}
