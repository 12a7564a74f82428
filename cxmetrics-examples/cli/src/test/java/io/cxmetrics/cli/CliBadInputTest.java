package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad input has a message with its place and a way out, an account, and an exit code. */
class CliBadInputTest {
    private static final String DEFINITIONS = """
            {"version": 1,
             "source": {"name": "answers", "fields": {"recommendation": {"column": "score"}, "channel": {}}},
             "kpis": {"nps": {"type": "nps"}}}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writesDefinitions() throws IOException {
        Files.writeString(folder.resolve("nps.json"), DEFINITIONS);
    }

    /** Runs the scorecard over one file; the folder is cut from what is printed. */
    private Cli.Run scorecard(String name, byte[] content, String... options) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        Object[] arguments = new Object[options.length + 4];
        arguments[0] = "scorecard";
        arguments[1] = "-d";
        arguments[2] = folder.resolve("nps.json");
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[arguments.length - 1] = file;
        return cut(Cli.run(arguments));
    }

    private Cli.Run cut(Cli.Run run) {
        return new Cli.Run(
                run.code(), run.out().replace(folder + "/", ""), run.err().replace(folder + "/", ""));
    }

    private Cli.Run csv(String content, String... options) throws IOException {
        return scorecard("a.csv", content.getBytes(StandardCharsets.UTF_8), options);
    }

    private static void assertSays(String expected, String printed) {
        assertTrue(printed.contains(expected), () -> "expected: " + expected + "\nprinted: " + printed);
    }

    /** The row of the table with the account of the KPI: n, not eligible, missing, rejected. */
    private static void assertAccount(String lines, String counts, String printed) {
        assertSays(lines, printed);
        String row = printed.lines()
                .filter(line -> line.startsWith("  NPS"))
                .findFirst()
                .orElseThrow();
        String[] cells = row.strip().split(" +");
        assertEquals(counts, String.join(" ", Arrays.copyOfRange(cells, cells.length - 4, cells.length)), printed);
    }

    @Test
    void aWrongTypeAndAnOffScaleScoreAreSetAsideWithTheirPlaces() throws IOException {
        Cli.Run run = csv("channel,score\nphone,seven\nphone,11\nphone,9\n");
        assertEquals(0, run.code());
        assertSays("  1 × recommendation: expected 0…10\n", run.out());
        assertSays("  a.csv:2 recommendation \"seven\": expected a whole number such as 7\n", run.out());
        assertSays("  a.csv:3 recommendation \"11\": expected 0…10\n", run.out());
        assertAccount("3 lines = 3 rows + 0 broken", "1 0 0 2", run.out());
    }

    @Test
    void aColumnThatTheFileLacksIsToldWithTheNearestOne() throws IOException {
        Cli.Run run = csv("channel,scores\nphone,9\n");
        assertEquals(2, run.code());
        assertSays(
                "cxmetrics: a.csv:1: answers: field 'recommendation' needs a column \"score\", which is not in the header"
                        + " (did you mean \"scores\"?)",
                run.err());
        assertEquals("", run.out());
    }

    @Test
    void anotherDelimiterIsRecognised() throws IOException {
        Cli.Run run = csv("channel;score\nphone;9\n");
        assertEquals(2, run.code());
        assertSays("The header looks as if --delimiter ';' were right.", run.err());
        assertAccount(
                "1 line = 1 row",
                "1 0 0 0",
                csv("channel;score\nphone;9\n", "--delimiter", ";").out());
        assertAccount(
                "1 line = 1 row",
                "1 0 0 0",
                csv("channel\tscore\nphone\t9\n", "--delimiter", "tab").out());
    }

    @Test
    void anUnknownFieldToSplitByIsToldWithTheNearestOne() throws IOException {
        Cli.Run run = csv("channel,score\nphone,9\n", "--by", "chanel");
        assertEquals(2, run.code());
        assertSays(
                "cxmetrics: --by chanel: nps.json: answers has no field 'chanel' (did you mean \"channel\"?)",
                run.err());
    }

    @Test
    void periodsWithoutATimeSayWhatToAdd() throws IOException {
        Cli.Run run = csv("channel,score\nphone,9\n", "--every", "day");
        assertEquals(2, run.code());
        assertSays("--every day: nps.json: results per day need \"time\"", run.err());
    }

    @Test
    void brokenQuotesCutLinesAndWrongNumbersOfCellsAreCounted() throws IOException {
        Cli.Run run = csv("channel,score\n\"phone,9\nchat,10\nchat,10,x\nchat\n\"chat,3\nmail,");
        assertEquals(0, run.code());
        assertAccount("6 lines = 2 rows + 4 broken", "1 0 1 0", run.out());
        assertSays("  a.csv:2 cell 1 opens a quote (\") that does not end where the cell ends", run.out());
        assertSays("  a.csv:4 expected 2 cells as in the header, found 3: chat,10,x\n", run.out());
        assertSays("  a.csv:5 expected 2 cells as in the header, found 1: chat\n", run.out());
        assertSays(
                "  a.csv:6 cell 1 opens a quote (\") that is not closed before the end of the file: \"chat,3\n",
                run.out());
        assertEquals(1, csv("channel,score\n\"phone,9\n", "--fail-on-rejects").code());
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoPartOfTheData() throws IOException {
        Cli.Run utf8 = csv("\uFEFFchannel,score\r\nphone,9\r\n\r\nchat,3\r\n", "--by", "channel", "-f", "csv");
        assertEquals(0, utf8.code(), utf8.err());
        assertSays("\n,chat,nps,-100.0,points,", utf8.out());
        byte[] bytes = "\uFEFFchannel,score\r\nphone,9\r\n\r\nchat,3\r\n".getBytes(StandardCharsets.UTF_16LE);
        assertEquals(
                utf8.out(),
                scorecard("b.csv", bytes, "--by", "channel", "-f", "csv").out());
    }

    @Test
    void bytesThatAreNoTextAreRemarkedUpon() throws IOException {
        byte[] bytes = "channel,score\nmyymälä,9\n".getBytes(StandardCharsets.ISO_8859_1);
        Cli.Run run = scorecard("a.csv", bytes, "--by", "channel");
        assertEquals(0, run.code());
        assertSays("cxmetrics: a.csv: some bytes are no text in this charset (2 appear as \uFFFD)", run.err());
        Cli.Run named = scorecard("a.csv", bytes, "--by", "channel", "--charset", "windows-1252");
        assertEquals("", named.err());
        assertSays("  myymälä  ", named.out());
        assertEquals(2, scorecard("a.csv", bytes, "--charset", "utf-9").code());
    }

    @Test
    void anEmptyFileCannotBeRead() throws IOException {
        Cli.Run run = csv("");
        assertEquals(3, run.code());
        assertEquals(
                "cxmetrics: a.csv: the file is empty; expected a first line with the names of the columns\n",
                run.err());
    }

    @Test
    void aFileWithAHeaderOnlyHasNoRowsAndSaysSo() throws IOException {
        Cli.Run run = csv("channel,score\n");
        assertEquals(0, run.code());
        assertEquals("cxmetrics: a.csv: the file has a header and no rows\n", run.err());
        assertAccount("0 lines = 0 rows + 0 broken", "0 0 0 0", run.out());
    }

    @Test
    void filesThatCannotBeReadAreAllTold() throws IOException {
        Cli.Run run = cut(Cli.run(
                "scorecard",
                "-d",
                folder.resolve("nps.json"),
                folder.resolve("no.csv"),
                folder,
                folder.resolve("nps.json")));
        assertEquals(3, run.code());
        assertSays("cxmetrics: no.csv: there is no such file\n", run.err());
        assertSays(": this is a folder; name the files in it", run.err());
        assertSays("cxmetrics: nps.json: expected a file that ends with .csv, .jsonl or .ndjson", run.err());
        assertEquals(
                3,
                Cli.run("scorecard", "-d", folder.resolve("no.json"), "a.csv").code());
    }

    @Test
    void aCompressedFileIsReadAndACutOneToldToBeCut() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("channel,score\nphone,9\n".getBytes(StandardCharsets.UTF_8));
        }
        assertAccount(
                "1 line = 1 row",
                "1 0 0 0",
                scorecard("a.csv.gz", bytes.toByteArray()).out());
        Cli.Run cut = scorecard("a.csv.gz", Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
        assertEquals(3, cut.code());
        assertSays("cxmetrics: a.csv.gz: cannot be read: ", cut.err());
        assertEquals(
                3,
                scorecard("b.csv.gz", "no gzip".getBytes(StandardCharsets.UTF_8))
                        .code());
    }

    @Test
    void definitionsThatAreWrongAreToldInFull() throws IOException {
        Files.writeString(folder.resolve("nps.json"), """
                {"version": 1,
                 "source": {"fields": {"recommendation": {"column": "score"}}},
                 "kpis": {
                   "nps": {"type": "npss"},
                   "asa": {"type": "averageSpeedOfAnswer", "when": 1}}}
                """);
        Cli.Run run = csv("channel,score\nphone,9\n");
        assertEquals(2, run.code());
        assertSays("nps.json:4:20 /kpis/nps/type: found \"npss\"; expected a type of KPI", run.err());
        assertSays("nps.json:5:52 /kpis/asa/when: found ", run.err());
    }

    @Test
    void aFieldThatTheSourceDoesNotSupplyIsToldWithThePlaceOfTheKpi() throws IOException {
        Files.writeString(folder.resolve("nps.json"), """
                {"version": 1,
                 "source": {"name": "answers", "fields": {"recommendation": {"column": "score"}}},
                 "kpis": {
                   "nps": {"type": "nps"},
                   "asa": {"type": "averageSpeedOfAnswer"}},
                 "scorecard": {"by": ["channel"]}}
                """);
        Cli.Run run = csv("channel,score\nphone,9\n");
        assertEquals(2, run.code());
        assertSays(
                "nps.json:5:11 /kpis/asa: found what the source cannot supply (KPI asa: answers has no field",
                run.err());
        assertSays(
                "nps.json:6:23 /scorecard/by/0: found what the source cannot supply (answers has no field", run.err());
    }
}
