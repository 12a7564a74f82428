package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliOkrTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void copiesTheSample() throws IOException {
        Cli.copySample(folder);
    }

    private Path result(String name, String... options) {
        Path result = folder.resolve(name);
        Object[] arguments = new Object[options.length + 7];
        System.arraycopy(
                new Object[] {"scorecard", "-d", folder.resolve("calls.json"), "-f", "json", "-o", result},
                0,
                arguments,
                0,
                7);
        System.arraycopy(options, 0, arguments, 7, options.length);
        Cli.Run run = Cli.run(arguments);
        assertEquals(0, run.code(), run.err());
        return result;
    }

    private Cli.Run okr(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        System.arraycopy(new Object[] {"okr", "--plan", folder.resolve("plan.json")}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Cli.run(all);
    }

    private String sample(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void resultsOfSeveralFilesGiveTheReportOfAllOfThem() {
        Path both =
                result("both.json", "--every", "day", "--by", "channel", sample("calls.csv"), sample("chats.jsonl"));
        Path calls = result("calls-result.json", "--every", "day", "--by", "channel", sample("calls.csv"));
        Path chats = result("chats-result.json", "--every", "day", "--by", "channel", sample("chats.jsonl"));
        Cli.Run one = okr("--as-of", "2026-02-14", both);
        Cli.Run two = okr("--as-of", "2026-02-14", calls, chats);
        assertEquals(0, one.code(), one.err());
        assertTrue(one.out().contains("85 % of phone calls are answered within 20 seconds"), one.out());
        assertEquals(one, two);
    }

    @Test
    void theReportIsTextMarkdownOrJson() {
        Path result = result("r.json", "--every", "day", "--by", "channel", sample("calls.csv"), sample("chats.jsonl"));
        Cli.Run text = okr("--as-of", "2026-02-14", "--format", "text", result);
        assertEquals(okr("--as-of", "2026-02-14", result), text);
        Cli.Run markdown = okr("--as-of", "2026-02-14", "--format", "markdown", result);
        assertTrue(markdown.out().startsWith("# OKR report as of 2026-02-14\n"), markdown.out());
        Cli.Run json = okr("--as-of", "2026-02-14", "-f", "json", result);
        assertTrue(json.out().startsWith("{\n  \"okrReport\": 1,\n  \"asOf\": \"2026-02-14\","), json.out());
        assertEquals(2, okr("--as-of", "2026-02-14", "-f", "html", result).code());
    }

    @Test
    void resultsThatCannotAnswerAreToldWithThePlaceInThePlanAndAWayOut() {
        Cli.Run run = okr("--as-of", "2026-02-14", result("r.json", sample("calls.csv")));
        assertEquals(2, run.code());
        assertTrue(
                run.err().contains("plan.json:24:22 /objectives/0/keyResults/0/measure: key result 'quick-answer'"),
                run.err());
        assertTrue(run.err().contains("--every day suits every window"), run.err());
    }

    @Test
    void aPlanThatIsWrongIsToldInFull() throws IOException {
        Path plan = folder.resolve("plan.json");
        Files.writeString(
                plan,
                Files.readString(plan)
                        .replace("\"kpi\": \"nps\"", "\"kpi\": \"npss\"")
                        .replace("\"to\": \"85%\"", "\"to\": 0.85"));
        Cli.Run run = okr("--as-of", "2026-02-14", result("r.json", sample("calls.csv")));
        assertEquals(2, run.code());
        assertTrue(run.err().contains("/objectives/0/keyResults/1/measure/kpi: found \"npss\""), run.err());
        assertTrue(
                run.err().contains("/objectives/0/keyResults/0/target/increase/to: found the number 0.85"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void aDayThatIsNoneIsWrongUse() {
        Cli.Run run = okr("--as-of", "14.2.2026", "r.json");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("--as-of"), run.err());
    }

    @Test
    void resultsThatAreNoneAreToldWithTheirPlace() throws IOException {
        Path no = Files.writeString(folder.resolve("no.json"), "{\"version\": 1}");
        Cli.Run run = okr("--as-of", "2026-02-14", no);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("no.json:1:1 (document): found no member \"kpis\""), run.err());
        assertEquals(
                3, okr("--as-of", "2026-02-14", folder.resolve("nothing.json")).code());
    }
}
