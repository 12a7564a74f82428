package io.cxmetrics.source;

import io.cxmetrics.field.RowBlock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a query; see {@link RowSource#query(String, DataSource, String, Collection)} for how values become text. */
final class QuerySource implements RowSource {
    /** When so many bytes are gathered, the rows are passed on. */
    private static final int MOST_BYTES = 1 << 22;

    private static final int LONGEST_SHOWN = 200;

    private final String name;
    private final ResultSet rows;
    private final AutoCloseable owned;
    private final List<String> header;
    private final int[] kept;
    private final Column[] columns;
    private long row;
    private long broken;

    /** A column of the result that is needed. */
    private static final class Column {
        private final int index;
        private final String label;
        private final @Nullable Class<?> type;
        private boolean isTyped;

        Column(int index, String label, @Nullable Class<?> type) {
            this.index = index;
            this.label = label;
            this.type = type;
            this.isTyped = type != null;
        }

        /** The text of its value in the current row; null if there is none. */
        @Nullable
        String text(ResultSet rows) throws SQLException {
            if (!isTyped) {
                return rows.getString(index);
            }
            Object value;
            try {
                value = type == Object.class ? rows.getObject(index) : rows.getObject(index, type);
            } catch (SQLException | UnsupportedOperationException e) {
                // A driver without the types of java.time, or a database in which values have types and columns do not.
                isTyped = false;
                return rows.getString(index);
            }
            boolean isReal = value instanceof BigDecimal
                    || (value instanceof Double real && Double.isFinite(real))
                    || (value instanceof Float small && Float.isFinite(small));
            // No format but that of real numbers reads an exponent.
            return value == null ? null : isReal ? new BigDecimal(value.toString()).toPlainString() : value.toString();
        }
    }

    private QuerySource(String name, ResultSet rows, AutoCloseable owned, Collection<String> needed)
            throws SQLException, SourceException {
        this.name = name;
        this.rows = rows;
        this.owned = owned;
        ResultSetMetaData description = rows.getMetaData();
        List<String> labels = new ArrayList<>();
        for (int c = 1; c <= description.getColumnCount(); c++) {
            labels.add(description.getColumnLabel(c));
        }
        this.header = List.copyOf(asNeeded(labels, needed));
        this.kept = new int[header.size()];
        List<Column> found = new ArrayList<>();
        for (int c = 0; c < kept.length; c++) {
            String label = header.get(c);
            boolean isNeeded = needed.contains(label) && header.indexOf(label) == c;
            kept[c] = isNeeded ? found.size() : -1;
            if (isNeeded) {
                found.add(new Column(c + 1, label, type(description, c + 1)));
            }
        }
        this.columns = found.toArray(new Column[0]);
    }

    /** Reads what a statement of its own returns; closes what it owns if it cannot. */
    static QuerySource of(
            String name, Connection connection, String sql, AutoCloseable owned, Collection<String> columns)
            throws IOException {
        try {
            Statement statement = connection.createStatement();
            statement.setFetchSize(RowBlock.CAPACITY);
            return of(name, statement.executeQuery(sql), () -> closed(statement, owned), columns);
        } catch (SQLException e) {
            throw failed(name + ": the database refuses the query", e, owned);
        }
    }

    static QuerySource of(String name, DataSource database, String sql, Collection<String> columns) throws IOException {
        Connection connection;
        try {
            connection = database.getConnection();
        } catch (SQLException e) {
            throw failed(name + ": cannot connect to the database", e, () -> {});
        }
        try {
            // Some drivers hold the whole answer in memory unless a transaction is open.
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw failed(name + ": the database begins no transaction", e, connection);
        }
        return of(name, connection, sql, () -> ended(connection), columns);
    }

    static QuerySource of(String name, ResultSet rows, AutoCloseable owned, Collection<String> columns)
            throws IOException {
        try {
            return new QuerySource(name, rows, owned, columns);
        } catch (SQLException e) {
            throw failed(name + ": the database does not describe the answer", e, owned);
        } catch (SourceException e) {
            throw closing(e, owned);
        }
    }

    private static void closed(Statement statement, AutoCloseable owned) throws Exception {
        try (owned) {
            statement.close();
        }
    }

    private static void ended(Connection connection) throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }

    private static IOException failed(String what, SQLException e, AutoCloseable owned) {
        return closing(
                new IOException(
                        what + ": " + e.getMessage()
                                + (e.getSQLState() == null ? "" : " (SQLState " + e.getSQLState() + ")"),
                        e),
                owned);
    }

    private static <E extends Exception> E closing(E failure, AutoCloseable owned) {
        try {
            owned.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Most databases do not tell capital letters from small ones in names that are not quoted. */
    private static List<String> asNeeded(List<String> labels, Collection<String> needed) {
        List<String> names = new ArrayList<>(labels);
        for (String name : needed) {
            if (!labels.contains(name)) {
                List<Integer> alike = new ArrayList<>();
                for (int c = 0; c < labels.size(); c++) {
                    if (labels.get(c).equalsIgnoreCase(name)) {
                        alike.add(c);
                    }
                }
                if (alike.size() == 1 && !needed.contains(labels.get(alike.get(0)))) {
                    names.set(alike.get(0), name);
                }
            }
        }
        return names;
    }

    /** The class whose text is the standard one of the type; null where the driver's own text is best. */
    private @Nullable Class<?> type(ResultSetMetaData description, int column) throws SQLException, SourceException {
        return switch (description.getColumnType(column)) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                throw new SourceException(name + ": column \"" + description.getColumnLabel(column)
                        + "\" holds bytes (" + description.getColumnTypeName(column)
                        + "), which are no value of a field; cast it to a text or a number in the query");
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.REAL, Types.FLOAT, Types.DOUBLE ->
                Object.class;
            case Types.BOOLEAN, Types.BIT -> Boolean.class;
            case Types.DECIMAL, Types.NUMERIC -> BigDecimal.class;
            case Types.DATE -> LocalDate.class;
            case Types.TIME -> LocalTime.class;
            case Types.TIMESTAMP -> LocalDateTime.class;
            case Types.TIMESTAMP_WITH_TIMEZONE -> OffsetDateTime.class;
            default -> null;
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> header() {
        return header;
    }

    /** With one taker: waiting for the database takes longer than all the rest. */
    @Override
    public void read(int threads, Supplier<? extends Taker> takers) throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least one thread, found " + threads);
        }
        Taker taker = takers.get();
        RowBlock block = new RowBlock(name, kept);
        byte[] bytes = new byte[1 << 16];
        int end = 0;
        int size = 0;
        try {
            while (rows.next()) {
                row++;
                int first = size * block.width();
                Arrays.fill(block.cells(), first, first + block.width(), RowBlock.ABSENT);
                int from = end;
                for (int place = 0; place < columns.length && end >= 0; place++) {
                    String text = columns[place].text(rows);
                    if (text == null) {
                        continue;
                    }
                    byte[] cell = text.getBytes(StandardCharsets.UTF_8);
                    if (cell.length > CsvSource.LONGEST_CELL) {
                        tooLong(taker, columns[place].label, text);
                        end = -1;
                        continue;
                    }
                    if (end + cell.length + RowBlock.PADDING > bytes.length) {
                        bytes = Arrays.copyOf(bytes, 2 * (bytes.length + cell.length));
                    }
                    System.arraycopy(cell, 0, bytes, end, cell.length);
                    block.cells()[first + place] = RowBlock.cell(end, cell.length, false);
                    end += cell.length;
                }
                if (end < 0) {
                    end = from;
                } else {
                    block.lines()[size++] = row;
                }
                if (size == RowBlock.CAPACITY || end > MOST_BYTES) {
                    pass(taker, block, bytes, size);
                    size = 0;
                    end = 0;
                }
            }
        } catch (SQLException e) {
            throw failed(name + ": after row " + row, e, () -> {});
        }
        pass(taker, block, bytes, size);
    }

    private static void pass(Taker taker, RowBlock block, byte[] bytes, int size) {
        if (size > 0) {
            block.setBytes(bytes);
            block.setSize(size);
            taker.rows(block);
        }
    }

    private void tooLong(Taker taker, String column, String text) {
        broken++;
        taker.broken(
                row,
                text.substring(0, LONGEST_SHOWN),
                "\"" + column + "\" is longer than " + CsvSource.LONGEST_CELL + " bytes");
    }

    @Override
    public List<String> remarks() {
        return row > broken ? List.of() : List.of(row > 0 ? "no row could be read" : "the query returned no rows");
    }

    @Override
    public void close() throws IOException {
        try {
            owned.close();
        } catch (Exception e) {
            throw new IOException(name + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
