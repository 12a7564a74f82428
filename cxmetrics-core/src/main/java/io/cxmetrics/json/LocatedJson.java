package io.cxmetrics.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value that knows where it stands in its file. Immutable and thread-safe.
 *
 * <p>Reading is bounded: documents over {@value #LARGEST} characters, nesting over {@value #DEEPEST} levels and members
 * given twice are refused with their place. The encoding is UTF-8; a byte-order mark is skipped.
 *
 * @since 0.1
 */
public final class LocatedJson {
    /** The largest document that is read, in characters. */
    public static final int LARGEST = 64_000_000;
    /** The deepest nesting that is read. */
    public static final int DEEPEST = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(400)
                    .maxStringLength(1_000_000)
                    .maxNameLength(10_000)
                    .build())
            .build();

    /** The kinds of JSON value. */
    public enum Kind {
        /** Members in braces. */
        OBJECT,
        /** Items in brackets. */
        ARRAY,
        /** Text in quotes. */
        TEXT,
        /** A number. */
        NUMBER,
        /** true or false. */
        BOOLEAN,
        /** null. */
        NULL
    }

    private final String source;
    private final int line;
    private final int column;
    private final String pointer;
    private final Kind kind;
    private final String text;
    private final Map<String, LocatedJson> members;
    private final List<LocatedJson> items;

    private LocatedJson(
            String source,
            JsonLocation at,
            String pointer,
            Kind kind,
            String text,
            Map<String, LocatedJson> members,
            List<LocatedJson> items) {
        this.source = source;
        this.line = at.getLineNr();
        this.column = at.getColumnNr();
        this.pointer = pointer;
        this.kind = kind;
        this.text = text;
        this.members = Collections.unmodifiableMap(members);
        this.items = Collections.unmodifiableList(items);
    }

    /**
     * Reads a file.
     *
     * @param file the file, in UTF-8
     * @return its one value
     * @throws IOException if the file cannot be read
     * @throws JsonProblemsException if it is not JSON
     */
    public static LocatedJson read(Path file) throws IOException {
        Path fileName = file.getFileName();
        String name = fileName == null ? file.toString() : fileName.toString();
        if (Files.size(file) > 4L * LARGEST) {
            throw refused(name, 1, 1, "a file of " + Files.size(file) + " bytes", "at most " + LARGEST + " characters");
        }
        try {
            return parse(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                            .toString());
        } catch (CharacterCodingException e) {
            throw refused(name, 1, 1, "bytes that are not UTF-8", "a JSON file saved as UTF-8");
        }
    }

    /**
     * Reads a text.
     *
     * @param source the name that problems carry
     * @param json the text
     * @return its one value
     * @throws JsonProblemsException if it is not JSON
     */
    public static LocatedJson parse(String source, String json) {
        if (json.length() > LARGEST) {
            throw refused(source, 1, 1, "a text of " + json.length() + " characters", "at most " + LARGEST);
        }
        String text = json.startsWith("\uFEFF") ? json.substring(1) : json;
        Problems twice = new Problems();
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw refused(source, 1, 1, "an empty document", "a JSON object");
            }
            LocatedJson value = value(source, parser, "", twice);
            if (parser.nextToken() != null) {
                JsonLocation at = parser.currentTokenLocation();
                throw refused(source, at.getLineNr(), at.getColumnNr(), "more text after the end", "one JSON value");
            }
            twice.throwIfAny();
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw refused(
                    source,
                    at == null ? 1 : at.getLineNr(),
                    at == null ? 1 : at.getColumnNr(),
                    "text that is not JSON (" + firstSentence(e.getOriginalMessage()) + ")",
                    "well-formed JSON");
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
    }

    private static String firstSentence(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static JsonProblemsException refused(String source, int line, int column, String found, String expected) {
        return new JsonProblemsException(List.of(new Problem(source, line, column, "", found, expected)));
    }

    private static LocatedJson value(String source, JsonParser parser, String pointer, Problems twice)
            throws IOException {
        JsonLocation at = parser.currentTokenLocation();
        JsonToken token = parser.currentToken();
        Map<String, LocatedJson> members = new LinkedHashMap<>();
        List<LocatedJson> items = new ArrayList<>();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                String path = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                parser.nextToken();
                LocatedJson member = value(source, parser, path, twice);
                if (members.putIfAbsent(name, member) != null) {
                    twice.add(member, "a second member \"" + name + "\"", "each member once");
                }
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(source, parser, pointer + "/" + items.size(), twice));
            }
        }
        Kind kind = switch (token) {
            case START_OBJECT -> Kind.OBJECT;
            case START_ARRAY -> Kind.ARRAY;
            case VALUE_STRING -> Kind.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
            default -> Kind.NULL;
        };
        String text = token.isScalarValue() ? parser.getText() : "";
        return new LocatedJson(source, at, pointer, kind, text, members, items);
    }

    /**
     * The name of the file.
     *
     * @return the source
     */
    public String source() {
        return source;
    }

    /**
     * The line at which the value begins.
     *
     * @return the line, from 1
     */
    public int line() {
        return line;
    }

    /**
     * The column at which the value begins.
     *
     * @return the column, from 1
     */
    public int column() {
        return column;
    }

    /**
     * Where the value stands in the document.
     *
     * @return the JSON pointer
     */
    public String pointer() {
        return pointer;
    }

    /**
     * What kind of value this is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether the value is of a kind.
     *
     * @param wanted the kind
     * @return true if it is
     */
    public boolean is(Kind wanted) {
        return kind == wanted;
    }

    /**
     * The text of a text, number or boolean.
     *
     * @return the text without quotes; empty for other kinds
     */
    public String text() {
        return text;
    }

    /**
     * The number.
     *
     * @return the exact number
     * @throws NumberFormatException if the value is not a number
     */
    public BigDecimal number() {
        return new BigDecimal(text);
    }

    /**
     * The members of an object, in the order of the file.
     *
     * @return the members, none for other kinds
     */
    public Map<String, LocatedJson> members() {
        return members;
    }

    /**
     * The items of an array.
     *
     * @return the items, none for other kinds
     */
    public List<LocatedJson> items() {
        return items;
    }

    /**
     * The value as a message says it.
     *
     * @return such as {@code the number 0.4} or {@code an object}
     */
    public String describe() {
        String cut = text.length() > 60 ? text.substring(0, 59) + "…" : text;
        return switch (kind) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case TEXT -> "\"" + cut + "\"";
            case NUMBER -> "the number " + cut;
            case BOOLEAN -> cut;
            case NULL -> "null";
        };
    }
}
