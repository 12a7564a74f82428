package io.cxmetrics.okr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.evaluation.Status;
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.okr.json.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the guide shows is what the library does. The words after {@code json} say what a snippet is. (The Java is run by the
 * guides' test of the web shop.)
 */
class OkrReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\S*) ?([^\\n]*)\\n(.*?)^```$");
    private static final Map<String, String> KPIS = Map.of(
            "share", "{\"type\": \"abandonmentRate\"}",
            "duration", "{\"type\": \"averageSpeedOfAnswer\"}",
            "money",
                    "{\"type\": \"mean\", \"of\": {\"field\": \"basket\", \"type\": \"money\", \"currency\": \"EUR\"}}",
            "points", "{\"type\": \"nps\"}");

    private record Block(String language, String what, String text) {}

    private static List<Block> blocks() {
        try {
            List<Block> blocks = new ArrayList<>();
            Matcher matcher = BLOCK.matcher(Files.readString(Path.of("README.md")));
            while (matcher.find()) {
                blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
            return blocks;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String only(String language, String what) {
        List<Block> found = blocks().stream()
                .filter(b -> b.language().equals(language) && b.what().equals(what))
                .toList();
        assertEquals(1, found.size(), language + " " + what);
        return found.get(0).text();
    }

    private static final String MEASURED = "{\"kpi\": \"k\", \"window\": \"cycleToDate\"}";

    /** A plan of one key result that is measured by a KPI of points, with what a snippet shows in its place. */
    private static OkrPlan plan(String kpi, String plan, String objective, String keyResult) {
        String text = """
                {"version": 1, "timeZone": "UTC", "kpis": {"k": %s}, %s "objectives": [{"id": "o", "title": "O", %s
                 "keyResults": [{"id": "k", "title": "K", %s}]}]}
                """.formatted(kpi, plan, objective, keyResult);
        assertEquals(List.of(), Schema.problems(text), text);
        return OkrJson.parse("snippet", text);
    }

    private static void read(String[] what, String line) {
        String cycle = "\"cycle\": \"2026-Q1\",";
        String points = KPIS.get("points");
        String target = "\"target\": {\"atLeast\": 0}";
        String measured = target + ", \"measure\": " + MEASURED;
        switch (what[0]) {
            case "target" -> {
                boolean said = what[1].equals("check-ins");
                String kpi = said ? points : KPIS.get(what[1]);
                plan(kpi, "", cycle, "\"target\": " + line + ", \"measure\": " + (said ? "\"checkIns\"" : MEASURED));
            }
            case "measure" -> plan(points, "", cycle, "\"target\": \"baseline\", \"measure\": " + line);
            case "window" ->
                plan(points, "", cycle, target + ", \"measure\": {\"kpi\": \"k\", \"window\": " + line + "}");
            case "hold", "phases" -> plan(points, "", cycle, measured + ", \"" + what[0] + "\": " + line);
            case "cycle" -> plan(points, "", "\"cycle\": " + line + ",", measured);
            case "rollUp" -> plan(points, "", cycle + "\"" + what[0] + "\": " + line + ",", measured);
            case "status", "fiscalYear" -> plan(points, "\"" + what[0] + "\": " + line + ",", cycle, measured);
            default -> throw new AssertionError("a snippet of no kind: " + what[0]);
        }
    }

    @Test
    void everySnippetIsRead() {
        int read = 0;
        for (Block block : blocks()) {
            if (!block.language().equals("json") || block.what().equals("wrong")) {
                continue;
            }
            if (block.what().equals("plan")) {
                OkrJson.parse("README.md", block.text());
                read++;
                continue;
            }
            if (block.what().equals("journeys")) {
                plan(
                        KPIS.get("points"),
                        "\"journeys\": " + block.text() + ",",
                        "\"cycle\": \"2026-Q1\", \"touchpoints\": [\"checkout\"],",
                        "\"target\": \"baseline\", \"measure\": " + MEASURED);
                read++;
                continue;
            }
            for (String line : block.text().split("\n")) {
                read(block.what().split(" "), line);
                read++;
            }
        }
        assertTrue(read >= 39, "snippets read: " + read);
    }

    @Test
    void theThresholdsOfTheGuideAreThoseThatHoldIfAPlanSaysNothing() {
        for (String line : only("json", "status").split("\n")) {
            StatusRule rule = plan(
                            KPIS.get("points"),
                            "\"status\": " + line + ",",
                            "\"cycle\": \"2026-Q1\",",
                            "\"target\": \"baseline\", \"measure\": \"checkIns\"")
                    .statusRule();
            assertEquals(StatusRule.by(rule.by()).withGraceDays(rule.graceDays()), rule);
        }
        FiscalYear year = plan(
                        KPIS.get("points"),
                        "\"fiscalYear\": " + only("json", "fiscalYear").strip() + ",",
                        "\"cycle\": \"2026-Q1\",",
                        "\"target\": \"baseline\", \"measure\": \"checkIns\"")
                .fiscalYear();
        assertEquals(
                Cycle.of(LocalDate.of(2025, 2, 1), LocalDate.of(2025, 4, 30)).lastDay(),
                Cycle.parse("2026-Q1", year).lastDay());
    }

    @Test
    void everyLintCodeIsExplained() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (Lint lint : Lint.values()) {
            assertTrue(readme.contains("| `" + lint.code() + "` | " + lint.meaning() + " |"), lint.code());
        }
    }

    @Test
    void thePlanIsTheExamplePlan() {
        assertEquals(WebShop.planText(), only("json", "plan"));
    }

    @Test
    void theReportIsThatOfTheExamplePlan() throws IOException {
        OkrReport report = OkrEvaluator.of(WebShop.plan()).evaluate(WebShop.results(), WebShop.FEBRUARY_14);
        if (Boolean.getBoolean("cxmetrics.readme.write")) {
            Path readme = Path.of("README.md");
            Files.writeString(
                    readme, Files.readString(readme).replace(only("text", "report"), report.toText(Locale.ENGLISH)));
        }
        assertEquals(only("text", "report"), report.toText(Locale.ENGLISH));
    }

    @Test
    void theErrorsAreThoseOfTheWrongPlan() {
        JsonProblemsException e =
                assertThrows(JsonProblemsException.class, () -> OkrJson.parse("plan.json", only("json", "wrong")));
        assertEquals(only("text", "errors"), e.getMessage() + "\n");
    }

    @Test
    void everyStatusIsExplained() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (Status status : Status.values()) {
            assertTrue(readme.contains("| " + status.words() + " |"), status.words());
        }
    }
}
