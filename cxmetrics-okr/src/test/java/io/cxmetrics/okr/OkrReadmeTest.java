package io.cxmetrics.okr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.evaluation.Status;
import io.cxmetrics.okr.json.OkrJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static OkrPlan planOf(String kpi, String target, String window, String cycle) {
        return OkrJson.parse("snippet", """
                {"version": 1, "timeZone": "UTC", "kpis": {"k": %s}, "objectives": [{"id": "o", "title": "O", "cycle": %s,
                 "keyResults": [{"id": "k", "title": "K", "target": %s, "measure": {"kpi": "k", "window": %s}}]}]}
                """.formatted(kpi, cycle, target, window));
    }

    @Test
    void everySnippetIsRead() {
        String anyTarget = "{\"atLeast\": 0}";
        String anyWindow = "\"cycleToDate\"";
        String anyCycle = "\"2026-Q1\"";
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
            for (String line : block.text().split("\n")) {
                String[] what = block.what().split(" ");
                switch (what[0]) {
                    case "target" -> planOf(KPIS.get(what[1]), line, anyWindow, anyCycle);
                    case "window" -> planOf(KPIS.get("points"), anyTarget, line, anyCycle);
                    case "cycle" -> planOf(KPIS.get("points"), anyTarget, anyWindow, line);
                    default -> throw new AssertionError("a snippet of no kind: " + block);
                }
                read++;
            }
        }
        assertTrue(read >= 12, "snippets read: " + read);
    }

    @Test
    void thePlanIsTheExamplePlan() {
        assertEquals(WebShop.planText(), only("json", "plan"));
    }

    @Test
    void theReportIsThatOfTheExamplePlan() {
        OkrReport report = OkrEvaluator.of(WebShop.plan()).evaluate(WebShop.results(), WebShop.FEBRUARY_14);
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
