package io.cxmetrics.sql;

import io.cxmetrics.field.Row;
import io.cxmetrics.scorecard.ScorecardResult;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Runs queries over tables of text in memory. */
final class DuckDb {
    private DuckDb() {}

    /** The result of a query over a table of these rows. */
    static ScorecardResult run(ScorecardQuery query, String table, List<String> columns, List<String[]> rows)
            throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE " + SqlDialect.DUCKDB.identifier(table) + " ("
                    + columns.stream()
                            .map(c -> SqlDialect.DUCKDB.identifier(c) + " VARCHAR")
                            .collect(Collectors.joining(", "))
                    + ")");
            try (DuckDBAppender appender =
                    duckdb.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
                for (String[] row : rows) {
                    appender.beginRow();
                    for (String cell : row) {
                        appender.append(cell);
                    }
                    appender.endRow();
                }
            }
            return query.read(statement.executeQuery(query.sql()));
        }
    }

    /** The same rows for Java. */
    static List<Row> rows(List<String[]> rows) {
        return rows.stream()
                .map(cells -> new Row("t", 1, (@Nullable String[]) cells))
                .toList();
    }
}
