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

    private Path log() throws IOException {
        return Files.writeString(folder.resolve("log.jsonl"), """
                {"keyResult": "k", "date": "2026-01-09", "value": 1, "source": "owner", "recorded": "2026-01-09T08:00:00Z"}
                {"keyResult": "k", "date": "2026-01-16", "value": 2, "source": "owner", "recorded": "2026-01-16T08:00:00Z"}
                {"keyResult": "k", "date": "2026-01-23", "value": 3, "source": "owner", "recorded": "2026-01-23T08:00:00Z"}
                {"keyResult": "k", "date": "2026-01-30", "value": 4, "confidence": 0.8, "source": "owner", "recorded": "2026-01-30T08:00:00Z"}
                {"keyResult": "k", "date": "2026-03-30", "value": 8, "source": "owner", "recorded": "2026-03-30T08:00:00Z"}
                """);
    }

    private Cli.Run counted(Object... arguments) throws IOException {
        Files.writeString(folder.resolve("plan.json"), """
                {"version": 1, "timeZone": "Europe/Helsinki", "kpis": {}, "objectives": [
                  {"id": "o", "title": "O", "cycle": "2026-Q1", "ambition": "committed", "keyResults": [
                    {"id": "k", "title": "K", "target": {"increase": {"from": 0, "to": 10}}, "measure": "checkIns"}]}]}
                """);
        Object[] all = new Object[arguments.length + 2];
        System.arraycopy(new Object[] {"--log", log()}, 0, all, 0, 2);
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return okr(all);
    }

    @Test
    void whatChangedSinceADayAndSinceAKeptReportIsTheSame() throws IOException {
        Cli.Run kept = counted("--as-of", "2026-01-23", "-f", "json");
        Path report = Files.writeString(folder.resolve("kept.json"), kept.out());
        Cli.Run byDay = counted("--as-of", "2026-01-30", "--since", "2026-01-23");
        assertEquals(0, byDay.code(), byDay.err());
        assertTrue(byDay.out().contains("Since 2026-01-23\n  - o: "), byDay.out());
        assertTrue(byDay.out().contains("30 % → 40 % done, chance none → "), byDay.out());
        assertEquals(byDay, counted("--as-of", "2026-01-30", "--since", report));
        assertTrue(
                counted("--as-of", "2026-01-30", "-f", "json", "--since", report)
                        .out()
                        .contains("\"since\": {"),
                "in JSON too");
    }

    @Test
    void aSinceThatIsNeitherIsTold() throws IOException {
        assertEquals(
                2, counted("--as-of", "2026-01-30", "--since", "2026-01-31").code());
        Cli.Run nothing = counted("--as-of", "2026-01-30", "--since", "last-week");
        assertEquals(3, nothing.code());
        assertTrue(nothing.err().contains("and it is no day such as 2026-02-07 either"), nothing.err());
        assertEquals(
                2,
                counted("--as-of", "2026-01-30", "--since", folder.resolve("plan.json"))
                        .code());
    }

    @Test
    void aCloseBeforeTheEndIsRefused() throws IOException {
        Cli.Run run = counted("--as-of", "2026-03-31", "--close");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("objective 'o' runs until 2026-03-31"), run.err());
    }

    @Test
    void theCloseHasScoresWithTheirReadingAndWhoForesawThemBetter() throws IOException {
        Cli.Run run = counted("--as-of", "2026-04-01", "--close");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("score 0.8 (committed, so 1.0 was expected: say why it was missed)"), run.out());
        assertTrue(run.out().contains("On 2026-01-30 the owner said 80 % and the forecast "), run.out());
        assertTrue(run.out().contains("Who foresaw it better\n  owners 0.640, forecasts "), run.out()); // (0.8 − 0)²
    }

    @Test
    void aScoreIsSetByAnOptionOrByTheFileBesideThePlanAndKeepsTheComputedOne() throws IOException {
        Cli.Run option = counted("--as-of", "2026-04-01", "--close", "--score", "k=0.5:two are on leave");
        assertTrue(option.out().contains("score 0.5, set in place of 0.8: two are on leave"), option.out());
        Files.writeString(
                folder.resolve("plan.scores.json"),
                "{\"scores\": {\"k\": {\"score\": 0.5, \"reason\": \"two are on leave\"}}}");
        assertEquals(option, counted("--as-of", "2026-04-01", "--close"));
        Cli.Run twice = counted("--as-of", "2026-04-01", "--close", "--score", "k=0.5:two are on leave");
        assertEquals(2, twice.code());
        assertTrue(twice.err().contains("the score of 'k' is overridden twice"), twice.err());
    }

    @Test
    void aScoreWithoutAReasonOrAboutNothingIsRefused() throws IOException {
        assertEquals(2, counted("--as-of", "2026-04-01", "--score", "k=0.5").code());
        assertEquals(2, counted("--as-of", "2026-04-01", "--score", "k=0.5: ").code());
        assertEquals(
                2, counted("--as-of", "2026-04-01", "--score", "k=5:because").code());
        Cli.Run unknown = counted("--as-of", "2026-04-01", "--score", "kk=0.5:because");
        assertTrue(unknown.err().contains("did you mean \"k\"?"), unknown.err());
    }

    @Test
    void withoutADayItIsToday() throws IOException {
        Cli.Run run = counted();
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("(days of Europe/Helsinki)"), run.out());
    }
}
