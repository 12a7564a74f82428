package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines give equal results, and results leave in every format. */
class CliEnginesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        Cli.copySample(folder);
        // DuckDB stops at a broken line, which Java counts: only whole lines here.
        Path calls = folder.resolve("calls.csv");
        List<String> whole = Files.readAllLines(calls).stream()
                .filter(line -> line.indexOf('"') < 0
                        && line.chars().filter(c -> c == ',').count() == 8)
                .toList();
        Files.write(calls, whole);
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
        assertEquals(java.cells(), duckdb.cells());
        assertEquals(java.shape(), duckdb.shape());
        assertEquals(java.intake().rows(), duckdb.intake().rows());
        assertTrue(java.intake().rows() > 50, java.toString());
    }

    @Test
    void parquetIsReadByDuckDb() throws Exception {
        Path parquet = folder.resolve("it's [calls]*.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + folder.resolve("calls.csv") + "', header = true)) TO '"
                    + parquet.toString().replace("'", "''") + "' (FORMAT parquet)");
        }
        assertEquals(
                result(folder.resolve("calls.csv"), "--by=channel").cells(),
                result(parquet, "--by=channel").cells());
        Cli.Run run = scorecard("-d", folder.resolve("calls.json"), parquet, "--engine=java");
        assertEquals(Main.WRONG_USE, run.code());
        assertTrue(run.err().contains("--engine java does not read Parquet"), run.err());
    }

    @Test
    void whatDuckDbCannotDoIsRefused() {
        for (String option : List.of("--fail-on-rejects", "--max-rejects=1%", "--delimiter=;")) {
            Cli.Run run = scorecard(
                    "-d", folder.resolve("calls.json"), folder.resolve("calls.csv"), "--engine=duckdb", option);
            assertEquals(Main.WRONG_USE, run.code(), option);
            assertTrue(run.err().contains("engine java"), run.err());
        }
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
