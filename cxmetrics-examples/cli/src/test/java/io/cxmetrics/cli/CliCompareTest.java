package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.LocatedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliCompareTest {

    @TempDir
    private Path folder;

    private Path calls = Path.of("");
    private Path chats = Path.of("");
    private Path both = Path.of("");

    @BeforeEach
    void copiesTheSample() throws IOException {
        Cli.copySample(folder);
        Path definitions = folder.resolve("calls.json");
        calls = folder.resolve("calls-result.json");
        chats = folder.resolve("chats-result.json");
        both = folder.resolve("both.json");
        Path callRows = folder.resolve("calls.csv");
        Path chatRows = folder.resolve("chats.jsonl");
        run("scorecard", "-d", definitions, "-f", "json", "-o", calls, "--by", "channel", callRows);
        run("scorecard", "-d", definitions, "-f", "json", "-o", chats, "--by", "channel", chatRows);
        run(
                "scorecard",
                "-d",
                definitions,
                "-f",
                "json",
                "-o",
                both,
                "--every",
                "day",
                "--by",
                "channel",
                callRows,
                chatRows);
    }

    private static Cli.Run run(Object... arguments) {
        Cli.Run run = Cli.run(arguments);
        assertEquals(0, run.code(), run.err());
        return run;
    }

    private static void assertRefused(String message, Object... arguments) {
        Cli.Run run = Cli.run(arguments);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
    }

    @Test
    void twoResultsAreComparedAndTheMoveIsAfterMinusBefore() {
        String table = run("compare", "--total", calls, chats).out();
        assertTrue(table.contains("calls-result.json (75 rows)"), table);
        assertTrue(
                table.contains("Average handle time rose 100.1 s (95 % 77.0…123.2),"
                        + " the only one of 5 moves that survives correction"),
                table);
        String backwards = run("compare", "--total", chats, calls).out();
        assertTrue(backwards.contains("Average handle time fell 100.1 s (95 % 77.0…123.2),"), backwards);
    }

    @Test
    void whenNothingSurvivesItIsSaid() {
        String table =
                run("compare", "--period", "2026-02", "--level", "0.99", both).out();
        assertTrue(table.contains("none of 10 moves survives correction: what is seen may be chance"), table);
    }

    @Test
    void cellsThatOnlyOneSideHasAreToldWithTheReason() {
        String table = run("compare", calls, chats).out();
        assertTrue(table.contains("nothing could be compared"), table);
        assertTrue(table.contains("  chat, all 5 KPIs: no rows before\n"), table);
        assertTrue(table.contains("  phone, all 5 KPIs: no rows after\n"), table);
        String csv = run("compare", "-f", "csv", calls, chats).out();
        assertTrue(csv.contains("\nchat,service-level,share,,0,0.8125,48,,,,,,,,,no rows before\n"), csv);
    }

    @Test
    void aPeriodIsThatRangeOfDays() {
        String period = run("compare", "-f", "csv", "--period", "2026-02", both).out();
        String days = run(
                        "compare",
                        "-f",
                        "csv",
                        "--before",
                        "2026-01-01..2026-01-31",
                        "--after",
                        "2026-02-01..2026-02-28",
                        both)
                .out();
        assertEquals(period, days);
    }

    @Test
    void rowsWithoutATimeAreOnNeitherSideAndCounted() throws IOException {
        Path rows = folder.resolve("calls.csv");
        Files.writeString(rows, Files.readString(rows) + "9001,,phone,4,answered,153,30,,\n");
        Path result = folder.resolve("untimed.json");
        Path definitions = folder.resolve("calls.json");
        run("scorecard", "-d", definitions, "-f", "json", "-o", result, "--every", "day", rows);
        Cli.Run run = run("compare", "--period", "2026-02", result);
        assertTrue(run.err().contains("untimed.json: rows without a time are on neither side: 1\n"), run.err());
    }

    @Test
    void ofTwoCellsTheDifferenceIsMadeAndCountedOnce() {
        String table = run("compare", "--against-rest", both).out();
        assertTrue(table.contains("the rest"), table);
        assertTrue(table.contains("  phone, all 5 KPIs: the same difference as of chat\n"), table);
        assertTrue(table.contains("the only one of 5 differences that survives correction"), table);
        String csv = run("compare", "--against-rest", "--format", "csv", both).out();
        String chat =
                csv.lines().filter(l -> l.startsWith("chat,nps,")).findFirst().orElseThrow();
        String phone =
                csv.lines().filter(l -> l.startsWith("phone,nps,")).findFirst().orElseThrow();
        assertEquals(column(chat, 3), column(phone, 5));
        assertEquals(column(chat, 5), column(phone, 3));
        assertEquals("", column(phone, 7));
    }

    private static String column(String line, int index) {
        return line.split(",", -1)[index];
    }

    @Test
    void sentencesHaveTheLevelOfTheTable() {
        String table =
                run("compare", "--total", "--level", "0.99", calls, chats).out();
        assertTrue(table.contains("Average handle time rose 100.1 s (99 % 6"), table);
        assertFalse(table.contains("95 %"), table);
    }

    @Test
    void jsonHasWhatCsvHas() {
        LocatedJson json = LocatedJson.parse(
                "changes.json",
                run("compare", "--total", "-f", "json", calls, chats).out());
        assertEquals("holm", json.members().get("correction").text());
        List<LocatedJson> changes = json.members().get("changes").items();
        assertEquals(5, changes.size());
        String csv = run("compare", "--total", "-f", "csv", calls, chats).out();
        for (LocatedJson change : changes) {
            String line = csv.lines()
                    .filter(l -> l.startsWith(change.members().get("kpi").text() + ","))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    Double.parseDouble(column(line, 6)),
                    Double.parseDouble(change.members().get("difference").text()));
            assertEquals(
                    Double.parseDouble(column(line, 7)),
                    Double.parseDouble(change.members()
                            .get("interval")
                            .members()
                            .get("low")
                            .text()));
            assertEquals(
                    Double.parseDouble(column(line, 10)),
                    Double.parseDouble(change.members().get("adjustedP").text()));
        }
        assertTrue(
                json.members().get("sentences").items().get(0).text().startsWith("Average handle time rose 100.1 s"));
    }

    @Test
    void levelAndLocaleChangeTheTable() {
        String table = run("compare", "--period", "2026-02", "--level", "99%", "--locale", "fi", both)
                .out();
        assertTrue(table.contains("99 % interval"), table);
        assertTrue(table.contains("76,5 %"), table);
    }

    @Test
    void withoutACorrectionTheTableSaysHowManyChanceWouldShow() {
        String table = run("compare", "--period", "2026-02", "--correction", "none", "--level", "0.5", both)
                .out();
        assertTrue(
                table.contains("Without a correction, about 5 of 10 moves would look like news by chance alone"),
                table);
        assertFalse(table.contains("corrected p"), table);
    }

    @Test
    void resultsOfOtherKpisAreRefusedWithBoth() throws IOException {
        Path other = folder.resolve("other.json");
        Files.writeString(other, Files.readString(folder.resolve("calls.json")).replace("\"PT20S\"", "\"PT30S\""));
        Path result = folder.resolve("other-result.json");
        run("scorecard", "-d", other, "-f", "json", "-o", result, "--by", "channel", folder.resolve("calls.csv"));
        Cli.Run run = Cli.run("compare", calls, result);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("only results of the same KPIs compare"), run.err());
        assertTrue(run.err().contains("PT20S") && run.err().contains("PT30S"), run.err());
    }

    @Test
    void whatCannotBeComparedIsRefusedWithAWayOut() {
        assertRefused("one result needs one way to split it", "compare", both);
        assertRefused("belong together", "compare", "--before", "2026-01-01..2026-01-02", both);
        assertRefused("are for one", "compare", "--against-rest", calls, chats);
        assertRefused("given twice", "compare", calls, calls);
        assertRefused("has no periods; compute it with", "compare", "--period", "2026-02", calls);
        assertRefused("it has 2026-01-05 to 2026-02-13", "compare", "--period", "2027-02", both);
        assertRefused("no dimension 'chanel' (did you mean", "compare", "--by", "chanel", calls, chats);
        assertRefused("only one", "compare", "--against-rest", "--total", both);
        assertRefused(
                "overlap", "compare", "--before", "2026-01-01..2026-01-15", "--after", "2026-01-15..2026-01-31", both);
        Path monthly = folder.resolve("monthly.json");
        Path rows = folder.resolve("calls.csv");
        run("scorecard", "-d", folder.resolve("calls.json"), "-f", "json", "-o", monthly, "--every", "month", rows);
        assertRefused(
                "2026-01 of " + monthly + " lies only partly in it", "compare", "--period", "2026-01-20", monthly);
        assertRefused("--by or --total chooses what both have", "compare", monthly, chats);
    }

    @ParameterizedTest
    @CsvSource({
        "--correction, bonferroni",
        "--level, 1",
        "--level, 0",
        "--before, 2026-01-15..2026-01-01",
        "--before, 2026-01",
        "--period, soon",
        "--format, xml",
    })
    void anOptionThatIsNoneIsNamed(String option, String value) {
        assertRefused(option, "compare", option, value, "--against-rest", both);
    }

    @Test
    void aFileThatIsNotThereIsUnreadable() {
        Cli.Run run = Cli.run("compare", calls, folder.resolve("nothing.json"));
        assertEquals(3, run.code());
        assertTrue(run.err().contains("nothing.json: there is no such file"), run.err());
    }
}
