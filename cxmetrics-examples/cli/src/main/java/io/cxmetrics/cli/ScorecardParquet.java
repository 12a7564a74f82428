package io.cxmetrics.cli;

import io.cxmetrics.Interval;
import io.cxmetrics.Statistic;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.scorecard.SuppressedResult;
import io.cxmetrics.time.Period;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** A scorecard as a Parquet file, which DuckDB writes. */
final class ScorecardParquet {
    private ScorecardParquet() {}

    /** Writes a line for each cell and KPI, as {@link ScorecardCsv} does, with types and without apostrophes. */
    static void write(SuppressedResult shown, Path file) {
        ScorecardResult result = shown.result();
        StringJoiner columns = new StringJoiner(", ", "CREATE TABLE results (", ")");
        StringJoiner places = new StringJoiner(", ", "INSERT INTO results VALUES (", ")");
        List<String> header = ScorecardCsv.header(result);
        List<String> types = ScorecardCsv.types(result);
        for (int c = 0; c < header.size(); c++) {
            columns.add('"' + header.get(c).replace("\"", "\"\"") + "\" " + types.get(c));
            places.add("?");
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(columns.toString());
            try (PreparedStatement insert = duckdb.prepareStatement(places.toString())) {
                for (Map.Entry<Cell, List<Statistic<?>>> entry : result.cells().entrySet()) {
                    for (Statistic<?> statistic : entry.getValue()) {
                        set(insert, shown, entry.getKey(), statistic);
                        insert.addBatch();
                    }
                }
                if (!result.cells().isEmpty()) {
                    insert.executeBatch();
                }
            }
            statement.execute(
                    "COPY results TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException e) {
            throw Failure.unreadable("--output " + file + ": cannot be written: " + e.getMessage());
        }
    }

    private static void set(PreparedStatement insert, SuppressedResult shown, Cell cell, Statistic<?> statistic)
            throws SQLException {
        int column = 1;
        Period period = cell.period();
        insert.setString(column++, period == null ? null : period.toString());
        for (Label label : cell.labels()) {
            insert.setString(column++, label.kind() == Label.Kind.MISSING ? null : label.toString());
        }
        boolean isHidden = shown.isHidden(cell, statistic.kpi());
        Interval interval = statistic.interval();
        insert.setString(column++, statistic.kpi().id());
        set(insert, column++, statistic.value());
        insert.setString(column++, statistic.kpi().unit().toString());
        set(insert, column++, interval.isBounded() ? OptionalDouble.of(interval.low()) : OptionalDouble.empty());
        set(insert, column++, interval.isBounded() ? OptionalDouble.of(interval.high()) : OptionalDouble.empty());
        long[] counts = {
            statistic.counts().used(),
            statistic.counts().ineligible(),
            statistic.counts().missing(),
            statistic.counts().rejected()
        };
        for (long count : counts) {
            if (isHidden) {
                insert.setNull(column++, Types.BIGINT);
            } else {
                insert.setLong(column++, count);
            }
        }
        insert.setString(column, isHidden ? ScorecardCsv.hidden(shown) : ScorecardCsv.method(interval));
    }

    private static void set(PreparedStatement insert, int column, OptionalDouble value) throws SQLException {
        if (value.isPresent()) {
            insert.setDouble(column, value.getAsDouble());
        } else {
            insert.setNull(column, Types.DOUBLE);
        }
    }
}
