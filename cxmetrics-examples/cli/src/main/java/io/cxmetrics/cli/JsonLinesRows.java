package io.cxmetrics.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Row;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a JSON Lines file: an object a line. Its members are the columns, those of nested objects by dotted path
 * ({@code customer.segment}); numbers are taken by their text, null and an absent member are missing. Only the columns that
 * somebody needs are kept. A line that is not one JSON object is broken; a line has at most {@value #LONGEST_LINE}
 * characters. Empty lines are skipped.
 */
final class JsonLinesRows implements Rows {
    static final int LONGEST_LINE = 1 << 22;

    private static final int MOST_NAMES = 200;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private final String name;
    private final Watched text;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final boolean[] found;
    private final TreeSet<String> names = new TreeSet<>();
    private long rows;
    private boolean isBroken;

    JsonLinesRows(String name, Reader source, List<String> columns) {
        this.name = name;
        this.text = new Watched(source);
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
    public void forEach(Taker taker) throws IOException {
        BoundedLines lines = new BoundedLines(text, LONGEST_LINE);
        while (lines.next()) {
            if (lines.isTooLong()) {
                broken(taker, lines.number(), lines.text(), "the line is longer than " + LONGEST_LINE + " characters");
            } else if (!lines.text().isBlank()) {
                line(lines.number(), lines.text(), taker);
            }
        }
    }

    private void broken(Taker taker, long number, String line, String reason) {
        isBroken = true;
        taker.broken(number, line, reason);
    }

    private void line(long number, String line, Taker taker) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                broken(taker, number, line, "expected a JSON object in the line");
                return;
            }
            @Nullable String[] cells = new @Nullable String[columns.size()];
            object("", parser, line, cells);
            if (parser.nextToken() != null) {
                broken(taker, number, line, "expected one JSON object in the line, found more after it");
                return;
            }
            rows++;
            taker.row(new Row(name, number, cells));
        } catch (JsonProcessingException e) {
            // Without where Jackson saw an object begin: it counts lines within this line.
            String message =
                    e.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
            broken(taker, number, line, "expected a JSON object in the line (" + message + ")");
        }
    }

    private void object(String path, JsonParser parser, String line, @Nullable String[] cells) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String member = path + parser.currentName();
            if (names.size() < MOST_NAMES) {
                names.add(member);
            }
            JsonToken value = parser.nextToken();
            int from = (int) parser.currentTokenLocation().getCharOffset();
            if (value == JsonToken.START_OBJECT) {
                object(member + ".", parser, line, cells);
            } else if (value == JsonToken.START_ARRAY) {
                parser.skipChildren();
            }
            Integer column = columns.get(member);
            if (column != null && value != JsonToken.VALUE_NULL) {
                found[column] = true;
                // An object or an array is no value of a field: its text is there to be set aside and shown.
                cells[column] = value.isScalarValue()
                        ? parser.getText()
                        : line.substring(from, (int) parser.currentLocation().getCharOffset());
            }
        }
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(text.remarks());
        if (rows == 0) {
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

    @Override
    public void close() throws IOException {
        text.close();
    }
}
