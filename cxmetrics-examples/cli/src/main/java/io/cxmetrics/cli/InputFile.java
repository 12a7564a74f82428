package io.cxmetrics.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * A file of rows.
 *
 * @param name the name that messages use, as the user wrote it
 * @param path where it is
 * @param kind how rows are written in it
 */
record InputFile(String name, Path path, Kind kind) {

    /** How rows are written. */
    enum Kind {
        CSV,
        JSON_LINES,
        PARQUET
    }

    /**
     * The file of a path.
     *
     * @throws Failure if it cannot be read, or its ending does not say what it is
     */
    static InputFile of(Path path) {
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
            return new InputFile(name, path, Kind.CSV);
        } else if (ending.endsWith(".jsonl") || ending.endsWith(".ndjson")) {
            return new InputFile(name, path, Kind.JSON_LINES);
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
            return new InputFile(name, path, Kind.PARQUET);
        }
        throw Failure.wrong(name
                + ": expected a file that ends with .csv, .jsonl or .ndjson (or one of them and .gz), or with .parquet;"
                + " rename it if it is one");
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
     * Opens the file; a byte order mark at its beginning decides the charset and is not part of the text. Bytes that are
     * no characters become U+FFFD.
     *
     * @param charset the charset of a file without byte order mark
     * @param bytes is told how many bytes were read
     */
    Reader open(Charset charset, LongConsumer bytes) throws IOException {
        InputStream file = new Counted(Files.newInputStream(path), bytes);
        try {
            boolean zipped = name.toLowerCase(Locale.ROOT).endsWith(".gz");
            BufferedInputStream content =
                    new BufferedInputStream(zipped ? new GZIPInputStream(file, 1 << 16) : file, 1 << 16);
            return new InputStreamReader(content, afterMark(content, charset));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Skips a byte order mark and says which charset it tells. */
    private static Charset afterMark(BufferedInputStream content, Charset otherwise) throws IOException {
        content.mark(3);
        byte[] first = content.readNBytes(3);
        content.reset();
        if (begins(first, 0xEF, 0xBB, 0xBF)) {
            content.skipNBytes(3);
            return StandardCharsets.UTF_8;
        } else if (begins(first, 0xFE, 0xFF)) {
            content.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        } else if (begins(first, 0xFF, 0xFE)) {
            content.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        return otherwise;
    }

    private static boolean begins(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
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
