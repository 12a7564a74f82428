package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines give equal results, and results leave in every format. */
class CliEnginesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        Cli.copySample(folder);
    }

    private Cli.Run scorecard(Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = "scorecard";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Cli.run(all);
    }

    private ScorecardResult result(Object... arguments) throws IOException {
        Path out = folder.resolve("result.json");
        Object[] all = new Object[arguments.length + 6];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(
                new Object[] {"-d", folder.resolve("calls.json"), "-f", "json", "-o", out},
                0,
                all,
                arguments.length,
                6);
        Cli.Run run = scorecard(all);
        assertEquals(0, run.code(), run.err());
        return ResultJson.read(LocatedJson.read(out));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--total", "--by=channel", "--every=week", "--every=month", "--every=fiscal-quarter-from-april"})
    void javaAndDuckDbAreEqual(String split) throws IOException {
        Path csv = folder.resolve("calls.csv");
        Path json = folder.resolve("chats.jsonl");
        ScorecardResult java = result(csv, json, split);
        ScorecardResult duckdb = result(csv, json, split, "--engine=duckdb");
        assertEquals(java, duckdb);
        assertEquals(java.intake(), duckdb.intake());
        assertTrue(java.intake().brokenLines() > 0 && java.intake().rejectedValues() > 1, java.toString());
    }

    @Test
    void parquetIsReadByDuckDb() throws Exception {
        Path parquet = folder.resolve("it's [calls]*.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + folder.resolve("calls.csv")
                    + "', header = true, ignore_errors = true, strict_mode = false)) TO '"
                    + parquet.toString().replace("'", "''") + "' (FORMAT parquet)");
        }
        assertEquals(
                result(folder.resolve("calls.csv"), "--by=channel").cells(),
                result(parquet, "--by=channel").cells());
        Cli.Run run = scorecard("-d", folder.resolve("calls.json"), parquet, "--engine=java");
        assertEquals(Main.WRONG_USE, run.code());
        assertTrue(run.err().contains("--engine java does not read Parquet"), run.err());
    }

    private static final String PLAIN = """
            {"version": 1,
             "source": {"name": "t", "fields": {"channel": {"column": "a.b"}, "recommendation": {"column": "b"},
               "day": {"type": "date", "column": "c", "format": "yyyy-MM-dd"}}},
             "kpis": {"nps": {"type": "nps"}, "good": {"type": "share", "hit": {"field": "recommendation", "ge": 9}}},
             "scorecard": {"by": ["channel"], "every": "week", "time": "day"}}
            """;

    /** Files with everything that goes wrong in files; the last member of each says how many rows and broken lines. */
    static List<Object[]> hostile() {
        String head = "a.b,b,c,d\n";
        String good = "x,9,2026-01-05,1\n";
        return List.of(
                new Object[] {"csv", head + good + good, 2, 0},
                new Object[] {"csv", head + good + "x,11,2026-01-05,1\n,x,yesterday,\n" + good, 4, 0},
                new Object[] {"csv", head + good + "x,9\n" + good + "x,9,2026-01-05,1,2\n" + good, 3, 2},
                new Object[] {"csv", head + good + "\"x,9,2026-01-05,1\n" + good + "y,8,2026-01-06,1\n", 3, 1},
                new Object[] {"csv", head + good + "\"x\"y,9,2026-01-05,1\n" + good, 2, 1},
                new Object[] {"csv", head + "\"x\ny\",11,2026-01-05,1\n" + good + "z,12,2026-01-05,1\n", 3, 0},
                new Object[] {"csv", head + good + "\n\n" + good + "\n", 2, 0},
                new Object[] {"csv", (head + good + "x,11,2026-01-05,1\n").replace("\n", "\r\n"), 2, 0},
                new Object[] {"csv", (head + good + "x,11,2026-01-05,1\n").replace("\n", "\r"), 2, 0},
                new Object[] {"csv", head + good.replace("\n", "\r\n") + good + "x,12,2026-01-05,1\n", 3, 0},
                new Object[] {"csv", "\uFEFF" + head + good + "x,11,2026-01-05,1\n", 2, 0},
                new Object[] {"csv", head + good + "\u00E4\"\u00F6,9,2026-01-05,\n  \"x\",9,2026-01-05,1\n", 3, 0},
                new Object[] {"csv", head + good + "#x,9,2026-01-05,1\n\"\",\"9\",\"2026-01-05\",\"1\"\n", 3, 0},
                new Object[] {"csv", head + good + "x\\,9,2026-01-05,\"1\\\"\n" + good, 3, 0},
                new Object[] {"csv", head + good + "x\0y,9,2026-01-05,1\n" + good, 3, 0},
                new Object[] {"csv", head + good + "bad\uDC80,9,2026-01-05,1\n" + good, 3, 0},
                new Object[] {"csv", head + good + "x,9,2026-01-05," + "z".repeat(1_000_000) + "\n" + good, 3, 0},
                new Object[] {"csv", head + good + "x,9,2026-01-05," + "z".repeat(1_100_000) + "\n" + good, 2, 1},
                new Object[] {"csv", head, 0, 0},
                new Object[] {"csv", head + good + "x,9,2026-01-05", 1, 1},
                new Object[] {"jsonl", """
                    {"a.b":"x","b":9,"c":"2026-01-05"}
                    {"a":{"b":"x","c":1},"b":9.0,"c":"2026-01-05"}
                    {"a":{"b":"y"},"b":11,"c":"2026-01-05"}
                    {"a":{"b":null},"b":"9","c":"2026-01-05"}
                    {"a":[{"b":"no"}],"b":9,"c":"2026-01-05"}
                    {"a":"text","b":null,"c":"2026-01-05"}
                    {"a":{"B":"other"},"b":{"x":9},"c":"2026-01-05"}
                    """, 7, 0},
                new Object[] {"jsonl", """
                    {"a.b":"x","b":9,"c":"2026-01-05"}
                    {"a.b":"x","b":9,"c":"2026-01-05",}
                    {"a.b":"x","b":NaN}

                    null
                    [1]
                    {"a.b":"x"} {"b":9}
                    {"a.b":"x"
                    {"a.b":"z","b":12,"c":"2026-01-05"}
                    """, 2, 6});
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileFilesAreTheSameForBothEngines(String kind, String content, long rows, long broken) throws IOException {
        Files.writeString(folder.resolve("calls.json"), PLAIN);
        // Half a surrogate pair stands for a byte that is no text.
        byte[] bytes = content.replace('\uDC80', '\u0001').getBytes(StandardCharsets.UTF_8);
        if (content.indexOf('\uDC80') >= 0) {
            bytes[content.indexOf('\uDC80')] = (byte) 0xE4;
        }
        Path file = Files.write(folder.resolve("hostile." + kind), bytes);
        Path more = Files.write(folder.resolve("more." + kind), bytes);
        ScorecardResult java = result(file, more);
        assertEquals(2 * rows, java.intake().rows());
        assertEquals(2 * broken, java.intake().brokenLines());
        ScorecardResult duckdb = result(file, more, "--engine=duckdb");
        assertEquals(java, duckdb);
        assertEquals(java.intake(), duckdb.intake());
    }

    @Test
    void separatorsAndCharsetsAreTheSameForBothEngines() throws IOException {
        Files.writeString(folder.resolve("calls.json"), PLAIN);
        Path file = Files.write(
                folder.resolve("a.csv"),
                "a.b;b;c\n\u00E4,;9;2026-01-05\nx;99;2026-01-05\n".getBytes(StandardCharsets.ISO_8859_1));
        ScorecardResult java = result(file, "--delimiter=;", "--charset=ISO-8859-1");
        ScorecardResult duckdb = result(file, "--delimiter=;", "--charset=ISO-8859-1", "--engine=duckdb");
        assertEquals(java, duckdb);
        assertEquals(java.intake(), duckdb.intake());
        assertEquals(2, java.cells().size());
    }

    @Test
    void whatWasRejectedEndsTheRunOfEitherEngineAlike() {
        for (String option : List.of("--fail-on-rejects", "--max-rejects=1%", "--max-rejects=50%")) {
            Cli.Run java = scorecard("-d", folder.resolve("calls.json"), folder.resolve("calls.csv"), option);
            Cli.Run duckdb = scorecard(
                    "-d", folder.resolve("calls.json"), folder.resolve("calls.csv"), "--engine=duckdb", option);
            assertEquals(java.code(), duckdb.code(), option);
            assertEquals(java.out(), duckdb.out());
            assertEquals(java.err(), duckdb.err());
        }
    }

    @Test
    void aQueryIsReadFromItsDatabaseOrComputedThere() throws Exception {
        String database = "jdbc:duckdb:" + folder.resolve("shop.db");
        try (Connection duckdb = DriverManager.getConnection(database);
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE calls AS SELECT * FROM read_csv('" + folder.resolve("calls.csv")
                    + "', header = true, all_varchar = true, ignore_errors = true, strict_mode = false, nullstr = '')");
        }
        Path sql = Files.writeString(folder.resolve("calls.sql"), "SELECT * FROM calls;\n");
        ScorecardResult java = result(sql, "--jdbc=" + database, "--by=channel");
        ScorecardResult there = result(sql, "--jdbc=" + database, "--by=channel", "--engine=duckdb");
        assertEquals(java, there);
        assertEquals(java.intake(), there.intake());
        assertEquals(result(folder.resolve("calls.csv"), "--by=channel").cells(), java.cells());
        assertTrue(
                java.intake().samples().get(0).toString().startsWith("query " + sql + ":"),
                () -> java.intake().samples().toString());
        Cli.Run without = scorecard("-d", folder.resolve("calls.json"), sql);
        assertEquals(Main.WRONG_USE, without.code());
        assertTrue(without.err().contains("say with --jdbc which database"), without.err());
        Path wrong = Files.writeString(folder.resolve("wrong.sql"), "SELECT * FROM cals");
        Cli.Run refused = scorecard("-d", folder.resolve("calls.json"), wrong, "--jdbc=" + database);
        assertEquals(Main.UNREADABLE, refused.code());
        assertTrue(refused.err().contains("Did you mean \"calls\""), refused.err());
        Path less = Files.writeString(folder.resolve("less.sql"), "SELECT 1 AS wait");
        Cli.Run lacking = scorecard("-d", folder.resolve("calls.json"), less, "--jdbc=" + database);
        assertEquals(Main.WRONG_USE, lacking.code());
    }

    @Test
    void parquetTellsWhatItSetAside() throws Exception {
        Path one = folder.resolve("one.parquet");
        Path two = folder.resolve("two.parquet");
        Files.writeString(folder.resolve("calls.json"), PLAIN);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT 'x' AS \"a.b\", CAST(i % 12 AS UTINYINT) AS b, DATE '2026-01-05' AS c"
                    + " FROM range(24) r(i)) TO '" + one + "' (FORMAT parquet)");
            statement.execute("COPY (SELECT DATE '2026-01-05' AS c, CAST(i AS VARCHAR) AS b, 'y' AS \"a.b\""
                    + " FROM range(9, 12) r(i)) TO '" + two + "' (FORMAT parquet)");
        }
        ScorecardResult result = result(one, two);
        assertEquals(27, result.intake().rows());
        assertEquals(
                List.of(
                        one + ":12 recommendation \"11\": expected 0\u202610",
                        one + ":24 recommendation \"11\": expected 0\u202610",
                        two + ":3 recommendation \"11\": expected 0\u202610"),
                result.intake().samples().stream().map(Object::toString).toList());
    }

    @Test
    void aColumnThatLacksIsToldAsByTheOtherEngine() throws IOException {
        Path file = Files.writeString(folder.resolve("less.csv"), "call,started\n1,2026-01-05 12:00:00\n");
        Cli.Run java = scorecard("-d", folder.resolve("calls.json"), file);
        Cli.Run duckdb = scorecard("-d", folder.resolve("calls.json"), file, "--engine=duckdb");
        assertEquals(Main.WRONG_USE, duckdb.code());
        assertEquals(java.err(), duckdb.err());
    }

    @Test
    void aBrokenFileIsUnreadableWithAWayOut() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.parquet"), "no parquet");
        Cli.Run run = scorecard("-d", folder.resolve("calls.json"), file);
        assertEquals(Main.UNREADABLE, run.code());
        assertTrue(run.err().contains("DuckDB cannot read " + file), run.err());
    }

    @Test
    void sqlPrintsTheQueryOfEachEngine() {
        for (String dialect : List.of("duckdb", "spark")) {
            Cli.Run run = Cli.run("sql", "-d", folder.resolve("calls.json"), "--dialect", dialect, "--every=week");
            assertEquals(0, run.code(), run.err());
            assertTrue(
                    run.out().contains(dialect.equals("spark") ? "FROM `contacts`" : "FROM \"contacts\""), run.out());
        }
    }

    @Test
    void parquetOutHasTheLinesOfCsvWithTypes() throws Exception {
        Path out = folder.resolve("out.parquet");
        Cli.Run run = scorecard(
                "-d",
                folder.resolve("calls.json"),
                folder.resolve("calls.csv"),
                "--by=channel",
                "-f",
                "parquet",
                "-o",
                out);
        assertEquals(0, run.code(), run.err());
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT value, n, typeof(value), typeof(n) FROM '" + out
                        + "' WHERE kpi = 'nps' AND channel = 'phone'")) {
            assertTrue(rows.next());
            ScorecardResult result = result(folder.resolve("calls.csv"), "--by=channel");
            var nps = result.cells()
                    .get(io.cxmetrics.scorecard.Cell.of(null, "phone"))
                    .get(4);
            assertEquals(nps.value().orElseThrow(), rows.getDouble(1));
            assertEquals(nps.counts().used(), rows.getLong(2));
            assertEquals("DOUBLE BIGINT", rows.getString(3) + " " + rows.getString(4));
        }
    }

    @Test
    void smallCellsAreHidden() {
        Cli.Run run = scorecard(
                "-d",
                folder.resolve("calls.json"),
                folder.resolve("calls.csv"),
                "--by=channel",
                "-f",
                "csv",
                "--min-n=1000");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("with fewer than 1000 observations are hidden"), run.err());
        assertTrue(run.out().lines().skip(1).allMatch(line -> line.contains("suppressed: fewer than 1000")), run.out());
    }
}
