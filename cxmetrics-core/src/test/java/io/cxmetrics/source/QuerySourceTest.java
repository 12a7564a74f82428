package io.cxmetrics.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Row;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of a query mean what the same rows of a file mean. */
class QuerySourceTest {
    private static final String DEFINITIONS = """
            {"version": 1,
             "source": {"name": "calls", "fields": {
               "channel": {}, "recommendation": {}, "answered": {}, "wait": {"unit": "seconds"},
               "started": {"format": "iso", "timeZone": "Europe/Helsinki"}, "price": {"type": "money", "currency": "EUR"}}},
             "kpis": {"nps": {"type": "nps"}, "asa": {"type": "averageSpeedOfAnswer"},
               "price": {"type": "mean", "of": {"field": "price", "type": "money", "currency": "EUR"}}},
             "scorecard": {"by": ["channel"], "every": "week", "time": "started", "timeZone": "Europe/Helsinki"}}
            """;

    private Connection database;

    @BeforeEach
    void connect() throws SQLException {
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true");
        database = DriverManager.getConnection("jdbc:duckdb:", streaming);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of connections to the same database; counts those that are open. */
    private DataSource dataSource(AtomicInteger open) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    assertEquals("getConnection", method.getName());
                    Connection real =
                            database.unwrap(org.duckdb.DuckDBConnection.class).duplicate();
                    open.incrementAndGet();
                    return Proxy.newProxyInstance(
                            Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, m, a) -> {
                                if (m.getName().equals("close")) {
                                    open.decrementAndGet();
                                }
                                try {
                                    return m.invoke(real, a);
                                } catch (java.lang.reflect.InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
                });
    }

    private static List<List<@Nullable String>> rows(RowSource source) throws IOException {
        List<List<@Nullable String>> all = new ArrayList<>();
        source.read(3, () -> new RowSource.Taker() {
            @Override
            public void rows(RowBlock rows) {
                for (Row row : rows) {
                    List<@Nullable String> cells = new ArrayList<>();
                    for (int c = 0; c < source.header().size(); c++) {
                        cells.add(row.cell(c));
                    }
                    all.add(cells);
                    assertEquals(all.size(), row.line());
                }
            }

            @Override
            public void broken(long line, String found, String reason) {
                all.add(List.of("broken", Long.toString(line), reason));
            }
        });
        return all;
    }

    @Test
    void equalsTheSameRowsAsCsv() throws Exception {
        StringBuilder csv = new StringBuilder("channel,recommendation,answered,wait,started,price\n");
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String channel = i % 7 == 0 ? "" : "chat, \u00E4" + i % 3;
            String rating = i % 5 == 0 ? "" : Integer.toString(i % 13);
            String wait = Double.toString(i * 0.25 - 3);
            String started =
                    String.format(java.util.Locale.ROOT, "2026-03-%02dT%02d:30:%02d", 1 + i % 31, i % 24, i % 60);
            String price = i % 11 == 0
                    ? ""
                    : new java.math.BigDecimal(i).movePointLeft(2).toPlainString();
            csv.append('"')
                    .append(channel)
                    .append("\",")
                    .append(rating)
                    .append(',')
                    .append(i % 2 == 0)
                    .append(',');
            csv.append(wait)
                    .append(',')
                    .append(started)
                    .append(',')
                    .append(price)
                    .append('\n');
            values.add("(nullif('" + channel + "', ''), CAST(nullif('" + rating + "', '') AS TINYINT), " + (i % 2 == 0)
                    + ", " + wait + ", '" + started + "', CAST(nullif('" + price + "', '') AS DECIMAL(18, 2)))");
        }
        execute("CREATE TABLE calls (channel VARCHAR, recommendation TINYINT, answered BOOLEAN, wait DOUBLE,"
                + " started TIMESTAMP, price DECIMAL(18, 2))");
        execute("INSERT INTO calls VALUES " + String.join(", ", values));
        Definitions definitions = Definitions.parse("definitions.json", DEFINITIONS);
        List<String> columns = definitions.mapping().columns();
        ScorecardResult file;
        try (RowSource source = RowSource.csv(
                "calls",
                new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                columns,
                ',',
                StandardCharsets.UTF_8)) {
            file = definitions.compute(source, 2);
        }
        AtomicInteger open = new AtomicInteger();
        ScorecardResult query;
        try (RowSource source = RowSource.query("calls", dataSource(open), "SELECT * FROM calls", columns)) {
            assertEquals(1, open.get());
            query = definitions.compute(source, 2);
        }
        assertEquals(0, open.get());
        assertEquals(file.cells(), query.cells());
        assertEquals(5000, query.intake().rows());
        assertTrue(query.intake().rejectedValues() > 100, () -> query.intake().toString());
        assertEquals(file.intake().rejected(), query.intake().rejected());
        // The header is a line of the file and no row of the query.
        assertEquals(
                file.intake().samples().stream()
                        .map(s -> s.line() - 1 + s.field())
                        .toList(),
                query.intake().samples().stream().map(s -> s.line() + s.field()).toList());
    }

    @Test
    void givesEachTypeOneForm() throws Exception {
        String sql = """
                SELECT true AS flag, 7::TINYINT AS tiny, -9007199254740993 AS large, 12345678901234567890::HUGEINT AS huge,
                  1.5e7::DOUBLE AS double, 0.1::FLOAT AS float, 1e-7::DOUBLE AS small, 12.60::DECIMAL(9, 2) AS money,
                  DATE '2026-02-14' AS day, TIMESTAMP '2026-02-14 09:30:00' AS local,
                  TIMESTAMP '2026-02-14 09:30:00.123456' AS micros,
                  TIMESTAMPTZ '2026-02-14 09:30:00+00' AS instant, TIME '09:30:00' AS clock,
                  'a "quoted"' || chr(10) || '\u00E4' AS text, '' AS empty, NULL::VARCHAR AS none, 'NaN'::DOUBLE AS nan
                """;
        List<String> columns = List.of(
                "flag", "tiny", "large", "huge", "double", "float", "small", "money", "day", "local", "micros",
                "instant", "clock", "text", "empty", "none", "nan");
        execute("SET TimeZone = 'UTC'");
        try (RowSource source = RowSource.query("types", database, sql, columns)) {
            assertEquals(columns, source.header());
            assertEquals(
                    Arrays.asList(
                            "true",
                            "7",
                            "-9007199254740993",
                            "12345678901234567890",
                            "15000000",
                            "0.1",
                            "0.00000010",
                            "12.60",
                            "2026-02-14",
                            "2026-02-14T09:30",
                            "2026-02-14T09:30:00.123456",
                            "2026-02-14T09:30Z",
                            "09:30",
                            "a \"quoted\"\n\u00E4",
                            "",
                            null,
                            "NaN"),
                    rows(source).get(0));
        }
    }

    @Test
    void fetchesOnlyWhatIsNeededAndFindsColumnsWithoutRegardToCase() throws Exception {
        String sql = "SELECT 1 AS \"SCORE\", 'x'::BLOB AS picture, 2 AS other, 3 AS \"Wait\", 4 AS \"WAIT\"";
        try (RowSource source = RowSource.query("q", database, sql, List.of("score", "wait", "Wait"))) {
            assertEquals(List.of("score", "picture", "other", "Wait", "WAIT"), source.header());
            assertEquals(List.of(Arrays.asList("1", null, null, "3", null)), rows(source));
        }
        SourceException bytes =
                assertThrows(SourceException.class, () -> RowSource.query("q", database, sql, List.of("picture")));
        assertEquals(
                "q: column \"picture\" holds bytes (BLOB), which are no value of a field; cast it to a text or a number in"
                        + " the query",
                bytes.getMessage());
    }

    @Test
    void passesManyAndLongRowsOnBlockByBlock() throws Exception {
        String sql = "SELECT i, repeat('x', CAST(i % 5000 AS INTEGER)) AS text FROM range(7000) t(i) ORDER BY i";
        try (RowSource source = RowSource.query("q", database, sql, List.of("i", "text"))) {
            List<List<@Nullable String>> rows = rows(source);
            assertEquals(7000, rows.size());
            for (int i = 0; i < rows.size(); i++) {
                assertEquals(List.of(Integer.toString(i), "x".repeat(i % 5000)), rows.get(i));
            }
            assertEquals(List.of(), source.remarks());
        }
    }

    @Test
    void aCellThatIsTooLongBreaksItsRowOnly() throws Exception {
        String sql = "SELECT 1 AS a, repeat('x', CASE WHEN i = 1 THEN 1048577 ELSE 2 END) AS b FROM range(3) t(i)";
        try (RowSource source = RowSource.query("q", database, sql, List.of("a", "b"))) {
            List<Object> all = new ArrayList<>();
            source.read(1, () -> new RowSource.Taker() {
                @Override
                public void rows(RowBlock rows) {
                    rows.forEach(row -> all.add(row.line() + row.cell(0) + row.cell(1)));
                }

                @Override
                public void broken(long line, String found, String reason) {
                    all.add(line + " " + reason);
                }
            });
            assertEquals(List.of("2 \"b\" is longer than 1048576 bytes", "11xx", "31xx"), all);
        }
    }

    @Test
    void readsTheAnswerOfAPreparedStatement() throws Exception {
        try (PreparedStatement statement = database.prepareStatement("SELECT i FROM range(10) t(i) WHERE i >= ?")) {
            statement.setInt(1, 8);
            try (RowSource source = RowSource.query("q", statement.executeQuery(), List.of("i"))) {
                assertEquals(List.of(List.of("8"), List.of("9")), rows(source));
            }
        }
    }

    @Test
    void saysWhatTheDatabaseSaysAndWhere() {
        IOException refused = assertThrows(
                IOException.class,
                () -> RowSource.query("calls query", database, "SELECT nothing FROM nowhere", List.of()));
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("calls query: the database refuses the query: "),
                refused::getMessage);
        assertInstanceOf(SQLException.class, refused.getCause());
        AtomicInteger open = new AtomicInteger();
        assertThrows(IOException.class, () -> RowSource.query("q", dataSource(open), "SELECT", List.of()));
        assertEquals(0, open.get());
    }

    @Test
    void saysBehindWhichRowTheDatabaseFailed() throws Exception {
        try (Statement statement = database.createStatement()) {
            ResultSet real = statement.executeQuery("SELECT i FROM range(10) t(i)");
            AtomicInteger next = new AtomicInteger();
            ResultSet failing = (ResultSet) Proxy.newProxyInstance(
                    ResultSet.class.getClassLoader(), new Class<?>[] {ResultSet.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("next") && next.incrementAndGet() == 4) {
                            throw new SQLException("connection lost", "08006");
                        }
                        return method.invoke(real, arguments);
                    });
            try (RowSource source = RowSource.query("calls query", failing, List.of("i"))) {
                IOException failed = assertThrows(IOException.class, () -> rows(source));
                assertEquals("calls query: after row 3: connection lost (SQLState 08006)", failed.getMessage());
                assertInstanceOf(SQLException.class, failed.getCause());
            }
        }
    }

    @Test
    void saysIfThereAreNoRows() throws Exception {
        try (RowSource source = RowSource.query("q", database, "SELECT 1 AS a WHERE false", List.of("a"))) {
            assertEquals(List.of(), rows(source));
            assertEquals(List.of("the query returned no rows"), source.remarks());
        }
    }
}
