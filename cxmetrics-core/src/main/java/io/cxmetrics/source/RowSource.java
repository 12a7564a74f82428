package io.cxmetrics.source;

import io.cxmetrics.field.RowBlock;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A file or query of rows, to be read once.
 *
 * <pre>{@code
 * Definitions definitions = Definitions.read(Path.of("definitions.json"));
 * try (RowSource calls = RowSource.open(Path.of("calls.csv.gz"), definitions.mapping().columns())) {
 *     ScorecardResult result = definitions.compute(calls, 4);
 *     calls.remarks().forEach(System.err::println);
 * }
 * }</pre>
 *
 * <p>Lines = rows + broken lines (empty lines count as neither; of a query, the number of a row is its line). Bytes that are compressed with gzip are decompressed; a byte
 * order mark decides the charset. Several threads take turns in finding the next rows and work on theirs apart, so that
 * quoted line ends mislead none, and each row is given to exactly one taker. To watch progress, count the bytes that are
 * read from the stream. Memory is bounded for a file of any size and a line of any length: some hundred kilobytes a thread,
 * some megabytes where a line is as long.
 *
 * <p>Mutable; {@link #read} starts threads itself, everything else is for one thread.
 *
 * @since 0.1
 */
public interface RowSource extends Closeable {

    /** Takes rows, and the lines that could not be read as rows; each taker for one thread. */
    interface Taker {
        /**
         * Takes rows.
         *
         * @param rows the rows; filled anew after the call
         */
        void rows(RowBlock rows);

        /**
         * Takes a line that could not be read as a row.
         *
         * @param line its number, from 1
         * @param found its beginning
         * @param reason what is wrong with it
         */
        void broken(long line, String found, String reason);
    }

    /**
     * Opens a file in UTF-8: CSV with commas if its name ends with {@code .csv}, JSON Lines if with {@code .jsonl} or {@code
     * .ndjson}, each perhaps with {@code .gz} behind.
     *
     * @param file the file
     * @param columns the names of the columns that are needed, such as {@link io.cxmetrics.field.ColumnMapping#columns()}
     * @return the source, to be closed
     * @throws IOException if the file cannot be read or has no header
     * @throws IllegalArgumentException if the name ends otherwise
     */
    static RowSource open(Path file, Collection<String> columns) throws IOException {
        String name = file.toString();
        String ending = name.toLowerCase(Locale.ROOT).replaceFirst("[.]gz$", "");
        if (ending.endsWith(".csv")) {
            return csv(name, Files.newInputStream(file), columns, ',', StandardCharsets.UTF_8);
        } else if (ending.endsWith(".jsonl") || ending.endsWith(".ndjson")) {
            return jsonLines(name, Files.newInputStream(file), columns, StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException(
                name + ": expected a file that ends with .csv, .jsonl or .ndjson (or one of them and .gz)");
    }

    /**
     * CSV (RFC 4180; lines may end with LF, CR LF or CR; empty lines are skipped) with a header line.
     *
     * <p>A record with another number of cells than the header, with a quote that is not closed, or with text behind a
     * closing quote costs one line, its first: that line is broken, and reading goes on at the next one. So a stray quote
     * never swallows the rows behind it. If the record was one of several lines indeed, the line with the end of its quoted
     * text is broken too, known by the quote inside of a cell. A cell has at most 2<sup>20</sup> bytes, a record
     * 2<sup>22</sup> bytes and 2<sup>14</sup> cells.
     *
     * @param name the file's name for messages
     * @param bytes the file; closed with the source, or if this method throws
     * @param columns the names of the columns that are needed; those that the header lacks are ignored here
     * @param delimiter what stands between cells: an ASCII character but a quote or a line end
     * @param charset the charset of a file without byte order mark
     * @return the source
     * @throws SourceException if there is no header
     * @throws IOException if the bytes cannot be read
     * @throws IllegalArgumentException if the delimiter will not do
     */
    static RowSource csv(String name, InputStream bytes, Collection<String> columns, char delimiter, Charset charset)
            throws IOException {
        try {
            if (delimiter > '~' || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
                throw new IllegalArgumentException(
                        "expected a comma or another ASCII character between cells, found '" + delimiter + "'");
            }
            return new CsvSource(name, ByteInput.of(name, bytes, charset), columns, (byte) delimiter);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * JSON Lines: an object a line. Its members are the columns, those of nested objects by dotted path ({@code
     * customer.segment}); numbers are taken by their text, null and an absent member are missing. A line that is not one JSON
     * object, or longer than 2<sup>22</sup> bytes, is broken, and so is one with a name twice in one object; empty lines are
     * skipped.
     *
     * @param name the file's name for messages
     * @param bytes the file; closed with the source, or if this method throws
     * @param columns the names of the columns that are needed: the header
     * @param charset the charset of a file without byte order mark
     * @return the source
     * @throws IOException if the bytes cannot be read
     */
    static RowSource jsonLines(String name, InputStream bytes, Collection<String> columns, Charset charset)
            throws IOException {
        try {
            return new JsonLinesSource(name, ByteInput.of(name, bytes, charset), columns);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * The rows that a database returns for a query, numbered from 1 in its order; they are never held all at once. Columns are
     * found by their labels, without regard to case where that leaves no doubt; only those that are needed are fetched from the
     * answer, so best select no others. NULL is missing. Values become text in one form whatever the database and its settings:
     * numbers with a decimal point, {@code true} and {@code false}, dates and times as ISO 8601 ({@code 2026-02-14},
     * {@code 2026-02-14T09:30}, with the offset only if the column has a time zone); anything else as the driver writes it. A
     * row with a cell of more than 2<sup>20</sup> bytes is broken.
     *
     * <p>The query is run when the source is made, in a transaction of its own that is rolled back when the source is closed.
     * Drivers that hold the whole answer in memory need their own setting to stream it: {@code useCursorFetch=true} for MySQL,
     * {@code jdbc_stream_results=true} for DuckDB. One thread reads. A database that {@link io.cxmetrics.field.ColumnMapping
     * the mapping} fits as it stands computes the sums itself with {@code ScorecardQuery}, much faster than it gives away
     * rows.
     *
     * @param name the name of the query for messages, such as {@code calls query}; the number of a row follows it
     * @param database where to connect; its connection is closed with the source, or if this method throws
     * @param sql a SELECT statement
     * @param columns the names of the columns that are needed; those that the answer lacks are ignored here
     * @return the source
     * @throws SourceException if a column that is needed holds bytes
     * @throws IOException if the database cannot be reached or refuses the query; the cause is the {@code SQLException}
     */
    static RowSource query(String name, DataSource database, String sql, Collection<String> columns)
            throws IOException {
        return QuerySource.of(name, database, sql, columns);
    }

    /**
     * The rows that a database returns for a query, over a connection that stays open and is not changed. PostgreSQL streams an
     * answer only where auto-commit is off.
     *
     * @param name the name of the query for messages
     * @param connection the connection; for this source alone until it is closed
     * @param sql a SELECT statement
     * @param columns the names of the columns that are needed
     * @return the source, as {@link #query(String, DataSource, String, Collection)} makes it
     * @throws SourceException if a column that is needed holds bytes
     * @throws IOException if the database refuses the query; the cause is the {@code SQLException}
     */
    static RowSource query(String name, Connection connection, String sql, Collection<String> columns)
            throws IOException {
        return QuerySource.of(name, connection, sql, () -> {}, columns);
    }

    /**
     * The rows of a result set, such as that of a prepared statement with parameters.
     *
     * @param name the name of the query for messages
     * @param rows the result set, before its first row; closed with the source, or if this method throws, its statement is not
     * @param columns the names of the columns that are needed
     * @return the source, as {@link #query(String, DataSource, String, Collection)} makes it
     * @throws SourceException if a column that is needed holds bytes
     * @throws IOException if the database does not describe the result; the cause is the {@code SQLException}
     */
    static RowSource query(String name, ResultSet rows, Collection<String> columns) throws IOException {
        return QuerySource.of(name, rows, rows, columns);
    }

    /**
     * The name of the file or query.
     *
     * @return the name that messages use
     */
    String name();

    /**
     * The names of the columns, in the order of the cells of a row; only those that are needed have a cell there.
     *
     * @return the names, of which one may be there twice
     */
    List<String> header();

    /**
     * Reads all rows that are left.
     *
     * @param threads how many threads work on them, this one among them; at least 1
     * @param takers makes a taker for each thread, in this one
     * @throws IOException if the file cannot be read to its end
     */
    void read(int threads, Supplier<? extends Taker> takers) throws IOException;

    /**
     * What a user should know of the file besides its rows, once they are read.
     *
     * @return a sentence each
     */
    List<String> remarks();
}
