package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that mean harm, or were made by a program that went wrong, end in an error and not in an exhausted machine. */
class OkrHostileFilesTest {
    private static JsonProblemsException refused(String text) {
        return assertThrows(JsonProblemsException.class, () -> OkrJson.parse("plan.json", text));
    }

    private static String plan(String objectives) {
        return "{\"version\": 1, \"timeZone\": \"UTC\", \"kpis\": {}, \"objectives\": [" + objectives + "]}";
    }

    private static String objective(String id, String more) {
        return "{\"id\": \"" + id + "\", \"title\": \"O\", \"cycle\": \"2026-Q1\", \"keyResults\": [{\"id\": \"k-" + id
                + "\", \"title\": \"K\", \"target\": \"done\", \"measure\": \"checkIns\"}]" + more + "}";
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String message = refused(plan("").replace("{\"version\"", "{\"x-deep\": " + deep + ", \"version\""))
                .getMessage();
        assertTrue(message.contains("nesting depth"), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void aHugeDocumentIsRefusedBeforeItIsParsed() {
        String huge = plan("").replace("UTC", "x".repeat(LocatedJson.LARGEST));
        assertTrue(refused(huge).getMessage().contains("at most " + LocatedJson.LARGEST));
    }

    @Test
    void aLongTextAndALongNumberAreRefused() {
        assertTrue(
                refused(plan(objective("x".repeat(2_000_000), ""))).getMessage().contains("String value length"));
        refused(plan("").replace(": 1,", ": " + "1".repeat(1000) + ","));
    }

    @Test
    void anExponentThatNoMachineHoldsIsRefused() {
        for (String number : new String[] {"1e999999999", "-1e999999999", "1e-999999999"}) {
            String keyResult = "{\"id\": \"k\", \"title\": \"K\", \"weight\": " + number
                    + ", \"target\": \"done\", \"measure\": \"checkIns\"}";
            refused(plan(
                    "{\"id\": \"o\", \"title\": \"O\", \"cycle\": \"2026-Q1\", \"keyResults\": [" + keyResult + "]}"));
            refused(plan(objective("o", ", \"budget\": {\"amount\": " + number + ", \"currency\": \"EUR\"}")));
        }
        refused(plan("").replace(
                        "{\"version\"",
                        "{\"fiscalYear\": {\"startMonth\": 1e999999999, \"namedBy\": \"end\"}, \"version\""));
    }

    @Test
    void membersGivenTwiceAreRefusedEachWithItsPlace() {
        String message = refused("{\"version\": 1,\n \"version\": 1,\n \"x-a\": {\"b\": 1, \"b\": 2}}")
                .getMessage();
        assertEquals(
                "plan.json:2:13 /version: found a second member \"version\"; expected each member once\n"
                        + "plan.json:3:23 /x-a/b: found a second member \"b\"; expected each member once",
                message);
    }

    @Test
    void aThousandMistakesAreNotAThousandLines() {
        String many = IntStream.range(0, 5000)
                .mapToObj(i -> "{\"id\": \"A" + i + "\", \"zzz\": " + i + "}")
                .collect(Collectors.joining(","));
        assertEquals(100, refused(plan(many)).problems().size());
    }

    @Test
    void aFullListOfProblemsHidesNoneThatWouldBreakTheReader() {
        String wrong = IntStream.range(0, 200)
                .mapToObj(i -> "{\"id\": \"A" + i + "\"}")
                .collect(Collectors.joining(","));
        String keyResult =
                "{\"id\": \"k\", \"title\": \"K\", \"guard\": true, \"weight\": 2, \"target\": {\"milestones\": []},"
                        + " \"hold\": {\"shareOf\": \"week\"}, \"measure\": \"checkIns\", \"phases\": [{\"date\": \"2030-01-01\","
                        + " \"progress\": \"50%\"}]}";
        refused(plan(wrong + ",{\"id\": \"o\", \"title\": \"O\", \"cycle\": \"2026-Q1\", \"keyResults\": [" + keyResult
                + "]}"));
    }

    @Test
    void aChainOfTenThousandParentsIsRefused() {
        String chain = IntStream.range(0, 10_000)
                .mapToObj(i -> objective("o" + i, ", \"parent\": \"o" + (i + 1) % 10_000 + "\""))
                .collect(Collectors.joining(","));
        assertTrue(
                refused(plan(chain)).getMessage().contains("more than 20 levels above it; expected at most 20 levels"));
    }

    @Test
    void aCircleIsToldWhereItBegins() {
        String message = refused(
                        plan(objective("a", ", \"parent\": \"b\"") + "," + objective("b", ", \"parent\": \"a\"")))
                .getMessage();
        assertTrue(
                message.endsWith(
                        "/objectives/0/parent: found itself above it: a → b → a; expected objectives that contribute"
                                + " upwards only"),
                message);
    }

    @Test
    void aBombOfCatastrophicTextsIsHarmless() {
        // Long texts of what the patterns of shares, durations and ids look for.
        for (String text :
                new String[] {"9".repeat(500_000) + "%", "a-".repeat(400_000), "PT" + "1".repeat(500_000) + "S"}) {
            refused(plan("{\"id\": \"" + text + "\", \"title\": \"O\", \"cycle\": \"" + text
                    + "\", \"keyResults\": [{\"id\": \"k\"," + " \"title\": \"K\", \"target\": {\"atLeast\": \"" + text
                    + "\"}, \"measure\": {\"checkIns\": \"share\"}}]}"));
        }
    }
}
