package io.cxmetrics.cli;

import io.cxmetrics.source.RowSource;
import io.cxmetrics.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows.
 *
 * @param name the name that messages use, as the user wrote it
 * @param path where it is
 * @param kind how rows are written in it
 * @param database the JDBC address of the database that a query asks; null of other files
 */
record InputFile(
        String name, Path path, Kind kind, @Nullable String database) {

    /** How rows are written. */
    enum Kind {
        CSV,
        JSON_LINES,
        PARQUET,
        /** SQL that returns the rows. */
        QUERY
    }

    /**
     * The file of a path, which is no query.
     *
     * @throws Failure if it cannot be read, or its ending does not say what it is
     */
    static InputFile of(Path path) {
        return of(path, null);
    }

    /**
     * The file of a path.
     *
     * @param database the JDBC address of the database that queries ask, if any
     * @throws Failure if it cannot be read, or its ending does not say what it is
     */
    static InputFile of(Path path, @Nullable String database) {
        String name = path.toString();
        if (!Files.exists(path)) {
            throw Failure.unreadable(name + ": there is no such file");
        } else if (Files.isDirectory(path)) {
            throw Failure.unreadable(
                    name + ": this is a folder; name the files in it, such as " + path.resolve("*.csv"));
        } else if (!Files.isReadable(path)) {
            throw Failure.unreadable(name + ": this file may not be read by you");
        }
        String ending = name.toLowerCase(Locale.ROOT).replaceFirst("[.]gz$", "");
        if (ending.endsWith(".csv")) {
            return new InputFile(name, path, Kind.CSV, null);
        } else if (ending.endsWith(".jsonl") || ending.endsWith(".ndjson")) {
            return new InputFile(name, path, Kind.JSON_LINES, null);
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
            return new InputFile(name, path, Kind.PARQUET, null);
        }
        if (ending.endsWith(".sql") && database != null) {
            return new InputFile("query " + name, path, Kind.QUERY, database);
        } else if (ending.endsWith(".sql")) {
            throw Failure.wrong(
                    name + ": say with --jdbc which database answers this query, such as jdbc:duckdb:shop.db");
        }
        throw Failure.wrong(name
                + ": expected a file that ends with .csv, .jsonl or .ndjson (or one of them and .gz), or with .parquet;"
                + " rename it if it is one");
    }

    /** Whether it has lines of text that are rows. */
    boolean isText() {
        return kind == Kind.CSV || kind == Kind.JSON_LINES;
    }

    /** The text of a query. */
    String query() throws IOException {
        // A driver may take what stands behind a semicolon for a second statement.
        return Files.readString(path).strip().replaceFirst(";$", "");
    }

    /** Whether a path leads to this file. */
    boolean isSameAs(Path other) {
        try {
            return Files.exists(other) && Files.isSameFile(path, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** The size in bytes; 0 where there is none, as of a pipe. */
    long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Opens the file.
     *
     * @param charset the charset of a file without byte order mark
     * @param delimiter what stands between the cells of a CSV file
     * @param columns the columns that are needed
     * @param bytes is told how many bytes were read
     * @throws Failure if the file is no table of rows
     */
    RowSource open(Charset charset, char delimiter, List<String> columns, LongConsumer bytes) throws IOException {
        if (kind == Kind.QUERY && database != null) {
            return RowSource.query(name, new JdbcAddress(database), query(), columns);
        }
        InputStream file = new Counted(Files.newInputStream(path), bytes);
        try {
            return kind == Kind.CSV
                    ? RowSource.csv(name, file, columns, delimiter, charset)
                    : RowSource.jsonLines(name, file, columns, charset);
        } catch (SourceException e) {
            throw Failure.unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** Tells how many bytes were read. */
    private static final class Counted extends InputStream {
        private final InputStream from;
        private final LongConsumer listener;

        Counted(InputStream from, LongConsumer listener) {
            this.from = Objects.requireNonNull(from);
            this.listener = listener;
        }

        @Override
        public int read() throws IOException {
            int read = from.read();
            listener.accept(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int read = from.read(into, offset, count);
            listener.accept(Math.max(0, read));
            return read;
        }

        @Override
        public void close() throws IOException {
            from.close();
        }
    }
}
