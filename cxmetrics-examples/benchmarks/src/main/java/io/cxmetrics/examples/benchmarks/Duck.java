package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.sql.ScorecardQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB in this process, with the same questions in SQL as an expert writes them: times without a zone, and the year's two
 * changes of the clock in the query, since converting each time costs several times as much as all the rest.
 */
final class Duck implements AutoCloseable {
    private static final String[] COLUMNS = {
        "customer BIGINT",
        "channel VARCHAR",
        "started TIMESTAMP",
        "recommendation TINYINT",
        "satisfaction TINYINT",
        "effort TINYINT",
        "bot_involved BOOLEAN",
        "bot_resolved BOOLEAN",
        "answered BOOLEAN",
        "abandoned BOOLEAN",
        "wait INTEGER",
        "talk INTEGER",
        "hold INTEGER",
        "after_contact_work INTEGER"
    };

    private final Connection connection;

    Duck(int threads) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET threads = " + threads);
        execute("SET TimeZone = 'UTC'");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Fills the table {@code contacts}. */
    Duck load(Contacts contacts) throws SQLException, IOException {
        execute("CREATE TABLE raw (" + String.join(", ", COLUMNS).replace("TIMESTAMP", "BIGINT") + ")");
        try (DuckDBAppender appender =
                connection.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, "raw")) {
            contacts.forEach(draw -> append(appender, draw));
        }
        execute("CREATE TABLE contacts AS SELECT * REPLACE (make_timestamp(started * 1000000) AS started) FROM raw");
        execute("DROP TABLE raw");
        return this;
    }

    private static void append(DuckDBAppender appender, Contacts.Draw draw) throws IOException {
        try {
            appender.beginRow();
            appender.append(draw.customer);
            appender.append(Contacts.CHANNELS.get(draw.channel));
            appender.append(draw.second);
            rating(appender, draw.recommendation);
            rating(appender, draw.satisfaction);
            rating(appender, draw.effort);
            appender.append(draw.botInvolved);
            appender.append(draw.botResolved);
            appender.append(draw.answered);
            appender.append(!draw.answered);
            appender.append(draw.waited);
            appender.append(draw.talk);
            appender.append(draw.hold);
            appender.append(draw.afterContactWork);
            appender.endRow();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void rating(DuckDBAppender appender, int rating) throws SQLException {
        if (rating < 0) {
            appender.appendNull();
        } else {
            appender.append((byte) rating);
        }
    }

    /** The relation of a CSV file, its types given so that nothing is spent on finding them out. */
    static String csv(Path file) {
        return "read_csv('" + file + "', header = true, columns = " + columnTypes() + ")";
    }

    /** The relation of a JSON Lines file. */
    static String jsonLines(Path file) {
        return "read_json('" + file + "', format = 'newline_delimited', columns = " + columnTypes() + ")";
    }

    /** The relation of a Parquet file with instants, whose times are those of UTC. */
    static String parquet(Path file) {
        return "(SELECT * REPLACE (make_timestamp(epoch_us(started)) AS started) FROM '" + file + "')";
    }

    /** Writes the table {@code contacts} as Parquet with instants. */
    Path writeParquet(Path folder) throws SQLException {
        Path file = folder.resolve("contacts.parquet");
        execute("COPY (SELECT * REPLACE (CAST(started AS TIMESTAMPTZ) AS started) FROM contacts) TO '" + file
                + "' (FORMAT parquet)");
        return file;
    }

    /** The answer of a query that the library wrote, over the table {@code contacts}. */
    ScorecardResult compute(Definitions definitions) throws SQLException {
        Map<String, String> types = new HashMap<>();
        for (String column : COLUMNS) {
            String[] parts = column.split(" ", 2);
            types.put(parts[0], parts[1]);
        }
        ScorecardQuery query = definitions.query("contacts").typed(types);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.sql())) {
            return query.read(rows);
        }
    }

    private static String columnTypes() {
        StringBuilder types = new StringBuilder("{");
        for (String column : COLUMNS) {
            String[] parts = column.split(" ", 2);
            types.append(types.length() > 1 ? ", '" : "'").append(parts[0]).append("': '");
            types.append(parts[1]).append('\'');
        }
        return types.append('}').toString();
    }

    /** The ten figures by channel and week. */
    Answer scorecard(String relation) throws SQLException {
        String sql = """
                SELECT channel, CAST(date_trunc('week', started + CASE
                    WHEN started >= TIMESTAMP '2025-03-30 01:00:00' AND started < TIMESTAMP '2025-10-26 01:00:00'
                    THEN INTERVAL 3 HOURS ELSE INTERVAL 2 HOURS END) AS DATE) AS week,
                  100.0 * (count(*) FILTER (recommendation >= 9) - count(*) FILTER (recommendation <= 6))
                    / count(recommendation),
                  count(*) FILTER (satisfaction >= 4) / count(satisfaction),
                  avg(effort),
                  count(*) FILTER (bot_involved AND bot_resolved) / count(*),
                  sum(talk + hold + after_contact_work) FILTER (answered) / count(*) FILTER (answered),
                  count(*) FILTER (answered AND wait <= 20) / count(*) FILTER (answered OR abandoned),
                  count(*) FILTER (abandoned) / count(*) FILTER (answered OR abandoned),
                  quantile_disc(wait, 0.5), quantile_disc(wait, 0.9), quantile_disc(wait, 0.99)
                FROM %s GROUP BY ALL
                """.formatted(relation);
        return query(sql, 2);
    }

    /** The share of contacts with no other of the same customer within a week, of those observed as long. */
    double firstContactResolution() throws SQLException {
        String sql = """
                SELECT count(*) FILTER (next IS NULL OR next > started + INTERVAL 7 DAYS) / count(*) FROM (
                  SELECT started, lead(started) OVER (PARTITION BY customer ORDER BY started) AS next FROM contacts)
                WHERE started <= TIMESTAMP '%s' - INTERVAL 7 DAYS
                """.formatted(Contacts.UNTIL);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    /** NPS, AHT and the 90th percentile of the wait by groups of customers. */
    Answer groups(int groups) throws SQLException {
        String sql = """
                SELECT (customer %% %d)::VARCHAR,
                  100.0 * (count(*) FILTER (recommendation >= 9) - count(*) FILTER (recommendation <= 6))
                    / count(recommendation),
                  sum(talk + hold + after_contact_work) FILTER (answered) / count(*) FILTER (answered),
                  quantile_disc(wait, 0.9)
                FROM contacts GROUP BY ALL
                """.formatted(groups);
        return query(sql, 1);
    }

    private Answer query(String sql, int keys) throws SQLException {
        SortedMap<String, double[]> figures = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                double[] cell = new double[width - keys];
                for (int f = 0; f < cell.length; f++) {
                    double figure = rows.getDouble(keys + 1 + f);
                    cell[f] = rows.wasNull() ? Double.NaN : figure;
                }
                figures.put(keys == 1 ? rows.getString(1) : rows.getString(1) + " " + rows.getString(2), cell);
            }
        }
        return new Answer(figures);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
