package io.cxmetrics.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.RowBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads JSON Lines; see {@link RowSource#jsonLines}. What is plainly an object with the values that are needed is read by
 * {@link JsonScanner}; a line with anything unusual, valid or not, is read as a text by Jackson, which defines what a line
 * means.
 */
final class JsonLinesSource extends BlockSource {
    static final int LONGEST_LINE = 1 << 22;

    private static final int MOST_NAMES = 200;
    /** So many first lines are read closely, for the names that may be meant. */
    private static final int FIRST_LINES = 100;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH = 0x8080808080808080L;
    private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
    private static final long LINE_ENDS = 0x0A0A0A0A0A0A0A0AL;

    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final boolean[] found;
    private final TreeSet<String> names = new TreeSet<>();
    private long closelyTo = FIRST_LINES;
    private long line = 1;
    private boolean isSkipping;
    /** All bytes that were searched, put together. */
    private long seen;

    JsonLinesSource(String name, InputStream input, Collection<String> columns) {
        super(name, input);
        for (String column : columns) {
            this.columns.putIfAbsent(column, this.columns.size());
        }
        this.found = new boolean[this.columns.size()];
    }

    /** For tests: up to this line all are read closely. */
    void readCloselyTo(long last) {
        closelyTo = last;
    }

    @Override
    public List<String> header() {
        return List.copyOf(columns.keySet());
    }

    @Override
    Chunk chunk() {
        int[] places = new int[columns.size()];
        Arrays.setAll(places, column -> column);
        return new JsonChunk(new RowBlock(name(), places), new JsonScanner(columns));
    }

    @Override
    long line() {
        return line;
    }

    @Override
    int longest() {
        return LONGEST_LINE;
    }

    /** Whole lines, at most as many as a block has rows. */
    @Override
    boolean find(Chunk to, boolean isLongest) {
        JsonChunk chunk = (JsonChunk) to;
        byte[] bytes = chunk.bytes;
        int limit = chunk.limit;
        chunk.firstLine = line;
        chunk.first = 0;
        bytes[limit] = '\n';
        seen = 0;
        int at = 0;
        int lines = 0;
        while (at < limit && lines < RowBlock.CAPACITY) {
            int end = endOfLine(bytes, at);
            boolean isWhole = end < limit || hasEnded();
            if (isSkipping) {
                isSkipping = !isWhole;
                line += isWhole ? 1 : 0;
                at = Math.min(limit, end + 1);
                chunk.first = at;
                chunk.firstLine = line;
                continue;
            } else if (end - at > LONGEST_LINE + 1) {
                if (lines > 0) {
                    break;
                }
                String beginning = new String(bytes, at, 1000, StandardCharsets.UTF_8);
                chunk.broken.add(new Broken(line, beginning, "the line is longer than " + LONGEST_LINE + " bytes"));
                isSkipping = true;
                continue;
            } else if (!isWhole) {
                break;
            }
            at = Math.min(limit, end + 1);
            lines++;
            line++;
        }
        chunk.end = at;
        chunk.isAscii = (seen & HIGH) == 0;
        return lines > 0 || !chunk.broken.isEmpty();
    }

    /** The index of the line end at an index or behind it; there is one. */
    private int endOfLine(byte[] bytes, int from) {
        int at = from;
        long all = 0;
        while (true) {
            long eight = (long) EIGHT.get(bytes, at);
            long next = (long) EIGHT.get(bytes, at + Long.BYTES);
            all |= eight | next;
            long ends = lineEnds(eight);
            long nextEnds = lineEnds(next);
            if ((ends | nextEnds) != 0) {
                seen |= all;
                int bits =
                        ends != 0 ? Long.numberOfTrailingZeros(ends) : Long.SIZE + Long.numberOfTrailingZeros(nextEnds);
                return at + (bits >>> 3);
            }
            at += 2 * Long.BYTES;
        }
    }

    /** The high bit of each byte that is a line end. */
    private static long lineEnds(long eight) {
        return ~((((eight ^ LINE_ENDS) & LOW) + LOW) | eight) & HIGH;
    }

    @Override
    void work(Chunk to) {
        JsonChunk chunk = (JsonChunk) to;
        JsonScanner scanner = chunk.scanner;
        RowBlock rows = chunk.rows;
        int end = chunk.end;
        int size = 0;
        int at = chunk.first;
        scanner.begin(chunk.bytes, end, rows.cells());
        for (long number = chunk.firstLine; at < end; number++) {
            scanner.clear(size, rows.width());
            int next = number > closelyTo ? scanner.line(at) : JsonScanner.ODD;
            boolean isRow = next != JsonScanner.ODD;
            if (!isRow) {
                byte[] bytes = scanner.bytes();
                next = at;
                while (bytes[next] != '\n') {
                    next++;
                }
                isRow = readClosely(chunk, new String(bytes, at, next - at, StandardCharsets.UTF_8), number, size);
            }
            if (isRow) {
                rows.lines()[size++] = number;
            }
            at = next + 1;
        }
        chunk.bytes = scanner.bytes();
        rows.setBytes(chunk.bytes);
        rows.setSize(size);
        synchronized (names) {
            for (int column = 0; column < found.length; column++) {
                found[column] |= scanner.isFound(column);
            }
        }
    }

    /** Reads a line as a text, the definition of what a line means; returns whether it is a row. */
    private boolean readClosely(JsonChunk chunk, String ended, long number, int row) {
        String text = ended.endsWith("\r") ? ended.substring(0, ended.length() - 1) : ended;
        if (text.isBlank()) {
            return false;
        }
        try (JsonParser parser = STRICT.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                chunk.broken.add(new Broken(number, text, "expected a JSON object in the line"));
                return false;
            }
            chunk.scanner.clear(row, chunk.rows.width());
            object("", parser, text, chunk.scanner);
            if (parser.nextToken() != null) {
                chunk.broken.add(new Broken(number, text, "expected one JSON object in the line, found more after it"));
                return false;
            }
            return true;
        } catch (JsonProcessingException e) {
            // Without where Jackson saw an object begin: it counts lines within this line.
            String message =
                    e.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
            chunk.broken.add(new Broken(number, text, "expected a JSON object in the line (" + message + ")"));
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void object(String path, JsonParser parser, String text, JsonScanner to) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String member = path + parser.currentName();
            note(member);
            JsonToken value = parser.nextToken();
            int from = (int) parser.currentTokenLocation().getCharOffset();
            if (value == JsonToken.START_OBJECT) {
                object(member + ".", parser, text, to);
            } else if (value == JsonToken.START_ARRAY) {
                parser.skipChildren();
            }
            Integer column = columns.get(member);
            if (column != null && value != JsonToken.VALUE_NULL) {
                // An object or an array is no value of a field: its text is there to be set aside and shown.
                String found = value.isScalarValue()
                        ? parser.getText()
                        : text.substring(from, (int) parser.currentLocation().getCharOffset());
                to.put(column, found);
            }
        }
    }

    private void note(String member) {
        synchronized (names) {
            if (names.size() < MOST_NAMES) {
                names.add(member);
            }
        }
    }

    @Override
    List<String> rowRemarks(long rowCount, boolean isBroken) {
        List<String> remarks = new ArrayList<>();
        if (rowCount == 0) {
            remarks.add(isBroken ? "no line could be read as a row" : "the file has no rows");
            return remarks;
        }
        columns.forEach((column, index) -> {
            if (!found[index]) {
                remarks.add("no line has a value for \"" + column + "\"" + DidYouMean.suffix(column, names)
                        + "; it counts as missing");
            }
        });
        return remarks;
    }

    /** Lines, and what finds the cells in them. */
    private static final class JsonChunk extends Chunk {
        private final JsonScanner scanner;
        private int first;
        private long firstLine;

        JsonChunk(RowBlock rows, JsonScanner scanner) {
            super(rows);
            this.scanner = scanner;
        }
    }
}
