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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Lines; see {@link RowSource#jsonLines}. One parser of bytes reads line after line and skips what is not needed.
 * A line with anything unusual, valid or not, is read again by itself as a text, by the simple way that defines what a line
 * means.
 */
final class JsonLinesSource extends BlockSource {
    static final int LONGEST_LINE = 1 << 22;

    private static final int MOST_NAMES = 200;
    /** So many first lines are read closely, for the names that may be meant. */
    private static final int FIRST_LINES = 100;
    /** How many names of members are known apart in one object. */
    private static final int MOST_MEMBERS = 1 << 12;

    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxNestingDepth(100).build();
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(CONSTRAINTS)
            .build();
    private static final JsonFactory FAST =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final boolean[] found;
    private final TreeSet<String> names = new TreeSet<>();
    private long line = 1;
    private boolean isSkipping;

    JsonLinesSource(String name, InputStream input, Collection<String> columns) {
        super(name, input);
        for (String column : columns) {
            this.columns.putIfAbsent(column, this.columns.size());
        }
        this.found = new boolean[this.columns.size()];
    }

    @Override
    public List<String> header() {
        return List.copyOf(columns.keySet());
    }

    @Override
    Chunk chunk() {
        int[] places = new int[columns.size()];
        Arrays.setAll(places, column -> column);
        return new JsonChunk(new RowBlock(name(), places), Level.of(columns));
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
        int at = 0;
        int lines = 0;
        while (at < limit && lines < RowBlock.CAPACITY) {
            int end = at;
            while (end < limit && bytes[end] != '\n') {
                end++;
            }
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
        return lines > 0 || !chunk.broken.isEmpty();
    }

    @Override
    void work(Chunk to) {
        JsonChunk chunk = (JsonChunk) to;
        try {
            chunk.begin();
            int at = chunk.first;
            long number = chunk.firstLine;
            while (at < chunk.end) {
                if (number > FIRST_LINES) {
                    number = fast(chunk, at, number);
                    at = chunk.at;
                }
                if (at < chunk.end) {
                    int end = endOfLine(chunk.bytes, at, chunk.end);
                    slow(chunk, new String(chunk.bytes, at, end - at, StandardCharsets.UTF_8), number);
                    at = Math.min(chunk.end, end + 1);
                    number++;
                }
            }
            chunk.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int endOfLine(byte[] bytes, int from, int limit) {
        int end = from;
        while (end < limit && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Reads lines from an index on up to the first unusual one, whose number it returns and whose place it leaves. */
    private static long fast(JsonChunk chunk, int from, long firstNumber) throws IOException {
        byte[] bytes = chunk.bytes;
        int limit = chunk.end;
        long number = firstNumber;
        chunk.at = from;
        try (JsonParser parser = FAST.createParser(bytes, from, limit - from)) {
            while (chunk.at < limit) {
                JsonToken first = parser.nextToken();
                if (first == null) {
                    chunk.at = limit;
                    return number;
                }
                int begin = from + (int) parser.currentTokenLocation().getByteOffset();
                int at = chunk.at;
                int end = endOfLine(bytes, at, limit);
                while (end < begin) {
                    at = end + 1;
                    end = endOfLine(bytes, at, limit);
                    number++;
                }
                chunk.at = at;
                if (first != JsonToken.START_OBJECT || !chunk.object(parser, chunk.root)) {
                    return number;
                }
                int after = from + (int) parser.currentLocation().getByteOffset();
                while (after < end && (bytes[after] == ' ' || bytes[after] == '\r' || bytes[after] == '\t')) {
                    after++;
                }
                if (after != end) {
                    return number;
                }
                chunk.add(number);
                chunk.at = Math.min(limit, end + 1);
                number++;
            }
        } catch (JsonProcessingException e) {
            // The line is read again as a text, which says what is wrong with it.
            return number;
        }
        return number;
    }

    private void slow(JsonChunk chunk, String ended, long number) throws IOException {
        String text = ended.endsWith("\r") ? ended.substring(0, ended.length() - 1) : ended;
        if (text.isBlank()) {
            return;
        }
        try (JsonParser parser = STRICT.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                chunk.broken.add(new Broken(number, text, "expected a JSON object in the line"));
                return;
            }
            chunk.clear();
            object("", parser, text, chunk);
            if (parser.nextToken() != null) {
                chunk.broken.add(new Broken(number, text, "expected one JSON object in the line, found more after it"));
                return;
            }
            chunk.add(number);
        } catch (JsonProcessingException e) {
            // Without where Jackson saw an object begin: it counts lines within this line.
            String message =
                    e.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
            chunk.broken.add(new Broken(number, text, "expected a JSON object in the line (" + message + ")"));
        }
    }

    private void object(String path, JsonParser parser, String text, JsonChunk chunk) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String member = path + parser.currentName();
            note(member);
            JsonToken value = parser.nextToken();
            int from = (int) parser.currentTokenLocation().getCharOffset();
            if (value == JsonToken.START_OBJECT) {
                object(member + ".", parser, text, chunk);
            } else if (value == JsonToken.START_ARRAY) {
                parser.skipChildren();
            }
            Integer column = columns.get(member);
            if (column != null && value != JsonToken.VALUE_NULL) {
                // An object or an array is no value of a field: its text is there to be set aside and shown.
                String found = value.isScalarValue()
                        ? parser.getText()
                        : text.substring(from, (int) parser.currentLocation().getCharOffset());
                chunk.put(column, found.toCharArray(), 0, found.length());
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

    /** The members of an object that were met, and what is to be done with each. */
    private static final class Level {
        private final Map<String, Member> members = new HashMap<>();
        /** The member that came first in the object before. */
        private @Nullable Member usual;

        static Level of(Map<String, Integer> columns) {
            Level root = new Level();
            columns.forEach((path, place) -> {
                root.member(path).place = place;
                // A dot may be part of a name or stand between names: both are the column.
                for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                    root.member(path.substring(0, dot)).inner(path.substring(dot + 1), place);
                }
            });
            return root;
        }

        private Member member(String name) {
            return members.computeIfAbsent(name, Member::new);
        }

        private @Nullable Member find(String name) {
            Member known = members.get(name);
            return known != null || members.size() >= MOST_MEMBERS ? known : member(name);
        }
    }

    private static final class Member {
        private final String name;
        private int place = -1;
        private @Nullable Level level;
        /** The object in which it was met last. */
        private long seen;
        /** The member that came after it then. */
        private @Nullable Member next;

        Member(String name) {
            this.name = name;
        }

        private void inner(String path, int column) {
            Level inside = level == null ? new Level() : level;
            level = inside;
            inside.member(path).place = column;
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                inside.member(path.substring(0, dot)).inner(path.substring(dot + 1), column);
            }
        }
    }

    /** Lines, and the cells that were found in them. */
    private final class JsonChunk extends Chunk {
        private final Level root;
        private final boolean[] foundHere = new boolean[found.length];
        private int first;
        private long firstLine;
        private int at;
        private byte[] cellBytes = new byte[1 << 16];
        private int cellEnd;
        private int size;
        private long objects;

        JsonChunk(RowBlock rows, Level root) {
            super(rows);
            this.root = root;
        }

        private void begin() {
            cellEnd = 0;
            size = 0;
        }

        private void finish() {
            rows.setBytes(cellBytes);
            rows.setSize(size);
            synchronized (names) {
                for (int column = 0; column < found.length; column++) {
                    found[column] |= foundHere[column];
                }
            }
        }

        /** The row that comes next has no cells. */
        private void clear() {
            int from = size * rows.width();
            Arrays.fill(rows.cells(), from, from + rows.width(), RowBlock.ABSENT);
        }

        private void add(long number) {
            rows.lines()[size++] = number;
        }

        private void put(int column, char[] text, int from, int length) {
            if (cellEnd + length + RowBlock.PADDING > cellBytes.length) {
                cellBytes = Arrays.copyOf(cellBytes, 2 * (cellBytes.length + length));
            }
            int start = cellEnd;
            int end = start;
            byte[] into = cellBytes;
            for (int i = from; i < from + length; i++) {
                char c = text[i];
                if (c >= 0x80) {
                    byte[] bytes = new String(text, from, length).getBytes(StandardCharsets.UTF_8);
                    if (start + bytes.length + RowBlock.PADDING > cellBytes.length) {
                        cellBytes = Arrays.copyOf(cellBytes, 2 * (cellBytes.length + bytes.length));
                    }
                    System.arraycopy(bytes, 0, cellBytes, start, bytes.length);
                    end = start + bytes.length;
                    break;
                }
                into[end++] = (byte) c;
            }
            rows.cells()[size * rows.width() + column] = RowBlock.cell(start, end - start, false);
            cellEnd = end;
            foundHere[column] = true;
        }

        /** Reads the root object; returns false if it is to be read again as a text. */
        private boolean object(JsonParser parser, Level level) throws IOException {
            clear();
            return members(parser, level);
        }

        @SuppressWarnings({"ReferenceEquality", "StringEquality"
        }) // The parser gives a name as one object again and again.
        private boolean members(JsonParser parser, Level level) throws IOException {
            long object = ++objects;
            Member before = null;
            Member guess = level.usual;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                Member member = guess != null && guess.name == name ? guess : level.find(name);
                if (member == null || member.seen == object) {
                    return false;
                }
                member.seen = object;
                if (before == null) {
                    level.usual = member;
                } else {
                    before.next = member;
                }
                before = member;
                guess = member.next;
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_OBJECT && member.level != null && member.place < 0) {
                    if (!members(parser, member.level)) {
                        return false;
                    }
                } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                    if (member.place >= 0) {
                        return false;
                    }
                    parser.skipChildren();
                } else if (member.place >= 0 && value != JsonToken.VALUE_NULL) {
                    put(member.place, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT;
        }
    }
}
