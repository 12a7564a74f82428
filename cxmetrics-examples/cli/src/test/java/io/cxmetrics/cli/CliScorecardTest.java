package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliScorecardTest {
    private static final String DEFINITIONS = """
            {"version": 1,
             "source": {"name": "answers", "fields": {
               "recommendation": {"column": "score"}, "channel": {}, "day": {"type": "date"}}},
             "kpis": {"nps": {"type": "nps"}},
             "scorecard": {"by": ["channel"], "time": "day"}}
            """;

    @TempDir
    private Path folder;

    private Path definitions;

    @BeforeEach
    void writesDefinitions() throws IOException {
        definitions = file("nps.json", DEFINITIONS);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private ScorecardResult json(Object... files) {
        Object[] arguments = new Object[files.length + 5];
        System.arraycopy(new Object[] {"scorecard", "-d", definitions, "-f", "json"}, 0, arguments, 0, 5);
        System.arraycopy(files, 0, arguments, 5, files.length);
        Cli.Run run = Cli.run(arguments);
        assertEquals(0, run.code(), run.err());
        return ResultJson.read(LocatedJson.parse("result", run.out()));
    }

    @Test
    void severalFilesAreOneInputWhateverTheOrderOfTheirColumns() throws IOException {
        Path a = file("a.csv", "channel,score,day\nphone,9,2026-01-31\nchat,10,2026-02-01\n");
        Path b = file("b.csv", "more,day,score,channel\nx,2026-02-28,3,chat\n");
        Path c = file("c.jsonl", "{\"day\": \"2026-02-02\", \"channel\": \"phone\", \"score\": 8}\n");
        ScorecardResult all = json("--every", "month", a, b, c);
        assertEquals(4, all.intake().rows());
        assertEquals(
                "[2026-01 phone, 2026-02 chat, 2026-02 phone]",
                all.cells().keySet().toString());
        assertEquals(
                all,
                json("--every", "month", a).merge(json("--every", "month", b)).merge(json("--every", "month", c)));
    }

    @Test
    void aFileGivenTwiceIsWrongUse() throws IOException {
        Path a = file("a.csv", "channel,score,day\nphone,9,2026-01-31\n");
        Cli.Run run = Cli.run("scorecard", "-d", definitions, a, folder.resolve("./a.csv"));
        assertEquals(2, run.code());
        assertTrue(run.err().contains("a.csv: this file is given twice; its rows would count twice"), run.err());
    }

    @Test
    void totalIgnoresTheSplitOfTheDefinitions() throws IOException {
        Path a = file("a.csv", "channel,score,day\nphone,9,2026-01-31\nchat,10,2026-02-01\n");
        assertEquals("[all]", json("--total", a).cells().keySet().toString());
        assertEquals(
                2,
                Cli.run("scorecard", "-d", definitions, "--total", "--every", "day", a)
                        .code());
    }

    @Test
    void csvIsForOtherProgramsAndHarmlessInASpreadsheet() throws IOException {
        Path a = file(
                "a.csv",
                "channel,score,day\n\"=HYPERLINK(\"\"x\"\")\",9,2026-01-31\n+cmd,9,2026-01-31\n-5,9,2026-01-31\n"
                        + ",9,2026-01-31\n\"a,b\",9,x\n");
        Cli.Run run = Cli.run("scorecard", "-d", definitions, "--every", "year", "-f", "csv", a);
        assertEquals("""
                period,channel,kpi,value,unit,low,high,n,ineligible,missing,rejected,interval
                2026,'+cmd,nps,
                2026,-5,nps,
                2026,"'=HYPERLINK(""x"")",nps,
                2026,,nps,
                ,"a,b",nps,
                """, run.out().replaceAll(",nps,.*", ",nps,"));
    }

    @Test
    void aValueThatIsUndefinedIsEmptyInCsv() throws IOException {
        Path a = file("a.csv", "channel,score,day\nphone,,2026-01-31\n");
        Cli.Run run = Cli.run("scorecard", "-d", definitions, "-f", "csv", a);
        String line = run.out().lines().toList().get(1);
        assertTrue(line.startsWith(",phone,nps,,points,,,0,0,1,0,undefined: "), line);
    }

    @Test
    void theOutputGoesIntoAFile() throws IOException {
        Path a = file("a.csv", "channel,score,day\nphone,9,2026-01-31\n");
        Path out = folder.resolve("out.csv");
        Cli.Run run = Cli.run("scorecard", "-d", definitions, "-f", "csv", "-o", out, a);
        assertEquals("", run.out());
        assertTrue(Files.readString(out).startsWith("period,channel,kpi"));
        assertEquals(2, Cli.run("scorecard", "-d", definitions, "-o", a, a).code());
        assertEquals("channel,score,day\nphone,9,2026-01-31\n", Files.readString(a));
        assertEquals(
                3,
                Cli.run("scorecard", "-d", definitions, "-o", folder.resolve("no/x"), a)
                        .code());
    }

    @ParameterizedTest
    @CsvSource({"--fail-on-rejects,,1", "--max-rejects,0.2,1", "--max-rejects,1%,1", "--max-rejects,0.5,0"})
    void tooMuchSetAsideIsExitCode1AndStillPrinted(String option, String share, int code) throws IOException {
        Path a = file(
                "a.csv", "channel,score,day\nphone,9,2026-01-31\nphone,11,2026-01-31\nphone\nphone,9,2026-01-31\n");
        Cli.Run run = share == null
                ? Cli.run("scorecard", "-d", definitions, option, a)
                : Cli.run("scorecard", "-d", definitions, option, share, a);
        assertEquals(code, run.code(), run.err());
        assertTrue(run.out().contains("4 lines = 3 rows + 1 broken"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "x", "101%", "1,5"})
    void aShareThatIsNoneIsWrongUse(String share) {
        Cli.Run run = Cli.run("scorecard", "-d", definitions, "--max-rejects", share, "a.csv");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("is not a share from 0 to 1 such as 0.01 or 1%"), run.err());
    }

    @Test
    void colouredOnATerminalOnlyAndNotAgainstTheUsersWill() throws IOException {
        Path a = file("a.csv", "channel,score,day\nphone,99,2026-01-31\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Main.run(new Terminal(stream, stream, true, false), "scorecard", "-d", definitions.toString(), a.toString());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\u001b[1mNPS\u001b[0m"));
        assertFalse(Cli.run("scorecard", "-d", definitions, a).out().contains("\u001b"));
        assertFalse(Terminal.wantsColours(Map.of("NO_COLOR", "1")));
        assertFalse(Terminal.wantsColours(Map.of("TERM", "dumb")));
        assertTrue(Terminal.wantsColours(Map.of("NO_COLOR", "", "TERM", "xterm")));
    }

    @Test
    void dataCannotSendCommandsToTheTerminal() throws IOException {
        Path a = file("a.csv", "channel,score,day\n\u001b[2Jx\u202e,\u001b]0;y\u0007,2026-01-31\n");
        String out = Cli.run("scorecard", "-d", definitions, a).out();
        assertTrue(out.contains("\\u001b[2Jx\\u202e"), out);
        assertTrue(out.contains("\\u001b]0;y\\u0007"), out);
        assertFalse(out.contains("\u001b"), out);
    }

    @Test
    void theOutputDoesNotDependOnTheMachinesLanguageCharsetAndTimeZone() throws IOException {
        Path a = file("a.csv", "channel,score,day\nmyymälä,9,2026-01-31\nmyymälä,3,2026-01-31\n");
        List<String> arguments = List.of("scorecard", "-d", definitions.toString(), "--every", "week", a.toString());
        Cli.Run here = Cli.process(folder, List.of(), arguments);
        Cli.Run there = Cli.process(
                folder,
                List.of(
                        "-Dfile.encoding=ISO-8859-1",
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Duser.timezone=Asia/Tokyo"),
                arguments);
        assertTrue(here.out().contains("2026-W05  myymälä    0.0"), here.out());
        assertEquals(here, there);
    }

    @Test
    void aTableHasTheDecimalSeparatorOfTheLocale() throws IOException {
        Path a = file("a.csv", "channel,score,day\nphone,9,2026-01-31\nphone,3,2026-01-31\nphone,8,2026-01-31\n");
        assertTrue(Cli.run("scorecard", "-d", definitions, "--locale", "fi", a)
                .out()
                .contains("  0,0  "));
    }

    @Test
    void durationsOfABlockAreInOneUnitInWhichTheirIntervalsCanBeTold() throws IOException {
        Path own = file("time.json", """
                {"version": 1,
                 "source": {"name": "calls", "fields": {"wait": {"unit": "seconds"}, "channel": {}}},
                 "kpis": {"wait": {"type": "mean", "of": "wait"}}, "scorecard": {"by": ["channel"]}}
                """);
        Path a = file("a.csv", "channel,wait\n" + "a,181\na,183\n".repeat(50) + "b,5\nb,6\n");
        String out = Cli.run("scorecard", "-d", own, a).out();
        assertTrue(out.contains("  a        182.0 s    181.8…182.2  100\n"), out);
        assertTrue(out.contains("  b          5.5 s      -0.9…11.9    2\n"), out);
        Path hours = file("b.csv", "channel,wait\na,7200\na,14400\na,10800\n");
        assertTrue(Cli.run("scorecard", "-d", own, hours).out().contains("  a        3.0 h        0.5…5.5  3\n"), out);
    }

    @Test
    void linkedRowsOfFilesWithOtherColumnsAreOneInputAndEveryLineIsAccountedFor() throws IOException {
        Path definitions = Files.writeString(folder.resolve("link.json"), """
                {"version": 1,
                 "source": {"fields": {"customer": {}, "started": {}, "channel": {}},
                   "link": {"by": ["customer"], "at": "started", "until": "2026-02-01T00:00:00Z", "comparing": ["channel"]}},
                 "kpis": {
                   "fcr": {"type": "firstContactResolution"},
                   "changes": {"type": "share", "hit": "channel-changed"}}}
                """);
        Path calls = Files.writeString(folder.resolve("linked-calls.csv"), """
                customer,started,channel
                a,2026-01-01T10:00:00Z,phone
                b,2026-01-02T10:00:00Z,phone
                broken
                ,2026-01-03T10:00:00Z,phone
                """);
        Path chats = Files.writeString(folder.resolve("linked-chats.csv"), """
                started,agent,channel,customer
                2026-01-04T10:00:00Z,x,chat,a
                """);
        Cli.Run run = Cli.run("scorecard", "-d", definitions, "-f", "csv", calls, chats);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains(",fcr,0.6666666666666666,share,"), run.out());
        assertTrue(run.out().contains(",changes,0.3333333333333333,share,"), run.out());
        String text = Cli.run("scorecard", "-d", definitions, calls, chats).out();
        assertTrue(text.contains("5 lines = 4 rows + 1 broken."), text);
        Path other = Files.writeString(folder.resolve("linked-other.csv"), "customer,start,channel\n");
        Cli.Run lacking = Cli.run("scorecard", "-d", definitions, calls, other);
        assertEquals(2, lacking.code());
        assertTrue(lacking.err().contains("(did you mean \"start\"?)"), lacking.err());
        Cli.Run byOccurrence = Cli.run("scorecard", "-d", definitions, "--by", "occurrence", "-f", "csv", calls, chats);
        assertEquals(0, byOccurrence.code(), byOccurrence.err());
    }
}
