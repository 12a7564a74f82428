package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.KpiJson;
import io.cxmetrics.json.Problem;
import io.cxmetrics.okr.Lint;
import io.cxmetrics.okr.WebShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schema, reader and guide say the same. */
class OkrSchemaTest {
    private static final JsonNode SCHEMA = Schema.tree(OkrJson.schema());

    /** A plan in which every kind of object has a member that is nobody's. */
    private static final String UNKNOWN_EVERYWHERE = """
            {"zzz": 1, "version": 1, "timeZone": "UTC",
             "fiscalYear": {"zzz": 1, "startMonth": 4, "namedBy": "end"},
             "status": {"zzz": 1, "by": "ratio"},
             "kpis": {"nps": {"type": "nps"}},
             "journeys": [{"zzz": 1, "id": "j", "name": "J", "kpis": [{"zzz": 1, "kpi": "nps"}],
               "touchpoints": [{"zzz": 1, "id": "t", "name": "T"}],
               "stages": [{"zzz": 1, "id": "s", "name": "S", "touchpoints": ["t"]}]}],
             "objectives": [{"zzz": 1, "id": "o", "title": "O", "budget": {"zzz": 1, "amount": 1, "currency": "EUR"},
               "cycle": {"zzz": 1, "start": "2026-01-01", "end": "2026-03-31"}, "rollUp": {"zzz": 1},
               "keyResults": [
                {"zzz": 1, "id": "a", "title": "A", "target": {"zzz": 1, "increase": {"zzz": 1, "from": 1, "to": 2}},
                 "measure": {"zzz": 1, "kpi": "nps", "window": {"zzz": 1, "trailingDays": 7}},
                 "phases": [{"zzz": 1, "date": "2026-02-01", "progress": "10%"}]},
                {"id": "b", "title": "B", "target": {"atLeast": 1, "from": 0},
                 "measure": {"zzz": 1, "checkIns": "points"}},
                {"id": "c", "title": "C", "target": {"between": {"zzz": 1, "low": 1, "high": 2}},
                 "hold": {"zzz": 1, "shareOf": "week"}, "measure": "checkIns"},
                {"id": "d", "title": "D", "target": {"milestones": [{"zzz": 1, "id": "m", "title": "M"}]},
                 "measure": "checkIns"}],
               "initiatives": [{"zzz": 1, "id": "i", "title": "I"}]}]}
            """;

    private static final Map<String, String> OBJECTS = new TreeMap<>(Map.ofEntries(
            Map.entry("", ""),
            Map.entry("/fiscalYear", "fiscalYear"),
            Map.entry("/status", "status"),
            Map.entry("/journeys/0", "journey"),
            Map.entry("/journeys/0/touchpoints/0", "touchpoint"),
            Map.entry("/journeys/0/stages/0", "stage"),
            Map.entry("/journeys/0/kpis/0", "journeyKpi"),
            Map.entry("/objectives/0", "objective"),
            Map.entry("/objectives/0/budget", "money"),
            Map.entry("/objectives/0/cycle", "cycleDays"),
            Map.entry("/objectives/0/rollUp", "rollUp"),
            Map.entry("/objectives/0/keyResults/0", "keyResult"),
            Map.entry("/objectives/0/keyResults/0/target", "targetObject"),
            Map.entry("/objectives/0/keyResults/0/target/increase", "way"),
            Map.entry("/objectives/0/keyResults/0/measure", "byKpi"),
            Map.entry("/objectives/0/keyResults/0/measure/window", "windowObject"),
            Map.entry("/objectives/0/keyResults/0/phases/0", "phase"),
            Map.entry("/objectives/0/keyResults/1/measure", "byCheckIns"),
            Map.entry("/objectives/0/keyResults/2/target/between", "band"),
            Map.entry("/objectives/0/keyResults/2/hold", "hold"),
            Map.entry("/objectives/0/keyResults/3/target/milestones/0", "milestone"),
            Map.entry("/objectives/0/initiatives/0", "initiative")));

    private static JsonNode definition(String name) {
        return name.isEmpty() ? SCHEMA : SCHEMA.get("$defs").get(name);
    }

    private static Set<String> properties(String name) {
        Set<String> names = new TreeSet<>();
        definition(name).get("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void theSchemaIsASchema() {
        assertEquals(List.of(), Schema.problemsOfTheSchema());
        assertEquals(OkrJson.SCHEMA_ID, SCHEMA.get("$id").textValue());
    }

    @Test
    void everyMemberThatTheReaderKnowsIsInTheSchemaAndNoOther() {
        JsonProblemsException e =
                assertThrows(JsonProblemsException.class, () -> OkrJson.parse("plan.json", UNKNOWN_EVERYWHERE));
        Map<String, Set<String>> known = new TreeMap<>();
        Pattern list = Pattern.compile("one of \\[(.*?)]");
        for (Problem problem : e.problems()) {
            assertEquals("an unknown member \"zzz\"", problem.found(), problem.toString());
            Matcher names = list.matcher(problem.expected());
            assertTrue(names.find(), problem.expected());
            known.put(
                    problem.pointer().substring(0, problem.pointer().length() - "/zzz".length()),
                    new TreeSet<>(Arrays.asList(names.group(1).split(", "))));
        }
        // targetObject: the members beside atLeast and atMost are known only there.
        known.get("/objectives/0/keyResults/0/target").addAll(Set.of("from", "warning"));
        Map<String, Set<String>> inSchema = new TreeMap<>();
        OBJECTS.forEach((pointer, name) -> inSchema.put(pointer, properties(name)));
        if (inSchema.get("/objectives/0/keyResults/0/measure").add("checkIns")) {
            // The reader tells the two kinds of measure apart by it.
            assertTrue(known.get("/objectives/0/keyResults/0/measure").contains("checkIns"));
        }
        assertEquals(inSchema, known);
    }

    @Test
    void everyObjectOfTheSchemaIsOneOfThese() {
        Set<String> closed = new TreeSet<>();
        SCHEMA.get("$defs").fieldNames().forEachRemaining(name -> {
            JsonNode additional = definition(name).get("additionalProperties");
            if (additional != null && additional.isBoolean()) {
                closed.add(name);
            }
        });
        Set<String> covered = new TreeSet<>(OBJECTS.values());
        covered.remove("");
        assertEquals(covered, closed);
    }

    @Test
    void everyMemberOfTheSchemaIsInTheGuide() throws IOException {
        String guide = Files.readString(Path.of("README.md"));
        Set<String> missing = new TreeSet<>();
        for (String name : OBJECTS.values()) {
            for (String property : properties(name)) {
                if (!guide.contains("`" + property + "`") && !guide.contains("\"" + property + "\"")) {
                    missing.add(name + "." + property);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void theTypesOfKpisAreThoseOfTheReader() {
        Set<String> types = new TreeSet<>();
        definition("kpi").get("properties").get("type").get("enum").forEach(type -> types.add(type.textValue()));
        assertEquals(new TreeSet<>(KpiJson.typeNames()), types);
    }

    @Test
    void theLintCodesAreThoseOfTheLibrary() {
        assertEquals(
                "^(" + String.join("|", Lint.codes()) + ")(:.*)?$",
                SCHEMA.get("properties")
                        .get("silence")
                        .get("items")
                        .get("pattern")
                        .textValue());
    }

    @Test
    void theExamplePlanIsValid() {
        assertEquals(List.of(), Schema.problems(WebShop.planText()));
        assertEquals(
                OkrJson.SCHEMA_ID,
                Schema.tree(WebShop.planText()).get("$schema").textValue());
    }

    private static String with(String keyResult) {
        return """
                {"version": 1, "timeZone": "UTC", "kpis": {"nps": {"type": "nps"}}, "objectives": [
                  {"id": "o", "title": "O", "cycle": "2026-Q1", "keyResults": [%s]}]}""".formatted(keyResult);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"K\", \"title\": \"K\", \"target\": \"done\", \"measure\": \"checkIns\"}",
                "{\"id\": \"k\", \"title\": \" \", \"target\": \"done\", \"measure\": \"checkIns\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": \"finished\", \"measure\": \"checkIns\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": \"done\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"measure\": \"checkIns\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": \"done\", \"measure\": {\"checkIns\": \"seconds\"}}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": \"done\", \"measure\": \"checkIns\", \"weight\": 0}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": {\"atLeast\": 1, \"atMost\": 2}, \"measure\": \"checkIns\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": {\"increase\": {\"from\": 1, \"to\": 2}, \"warning\": 1},"
                        + " \"measure\": \"checkIns\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": {\"between\": {\"low\": 1}}, \"measure\": \"checkIns\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": {\"milestones\": []}, \"measure\": \"checkIns\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": {\"atLeast\": 1}, \"measure\": \"checkIns\","
                        + " \"hold\": {\"shareOf\": \"week\", \"planned\": 3}}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": {\"atLeast\": 1}, \"measure\": {\"kpi\": \"nps\"}}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": {\"atLeast\": 1}, \"measure\": {\"kpi\": \"nps\","
                        + " \"window\": {\"trailingDays\": 0}}}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": {\"atLeast\": 1}, \"measure\": {\"kpi\": \"nps\","
                        + " \"window\": \"cycleToDate\", \"segment\": {\"touchpoint\": \"cart\"}}}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": \"done\", \"measure\": \"checkIns\", \"owner\": \"\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": \"done\", \"measure\": \"checkIns\", \"onwer\": \"I\"}",
                "{\"id\": \"k\", \"title\": \"K\", \"target\": \"done\", \"measure\": \"checkIns\", \"checkInDays\": 0}",
            })
    void whatTheSchemaRefusesTheReaderRefusesToo(String keyResult) {
        assertFalse(Schema.problems(with(keyResult)).isEmpty(), "the schema takes " + keyResult);
        assertThrows(JsonProblemsException.class, () -> OkrJson.parse("plan.json", with(keyResult)), keyResult);
    }

    @Test
    void membersThatAreTheUsersAreValidEverywhere() {
        String extra = UNKNOWN_EVERYWHERE.replace("\"zzz\"", "\"x-zzz\"");
        assertEquals(List.of(), Schema.problems(extra));
        OkrJson.parse("plan.json", extra);
    }
}
