package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.RowBlock;
import io.cxmetrics.source.RowSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CliJsonLinesTest {

    private static List<String> read(String text, String... columns) throws IOException {
        List<String> read = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (RowSource source = RowSource.jsonLines(
                "t.jsonl", new ByteArrayInputStream(bytes), List.of(columns), StandardCharsets.UTF_8)) {
            source.read(1, () -> new RowSource.Taker() {
                @Override
                public void rows(RowBlock rows) {
                    rows.forEach(row -> read.add(row.toString()));
                }

                @Override
                public void broken(long line, String found, String reason) {
                    read.add(line + " broken: " + reason);
                }
            });
            read.addAll(source.remarks());
        }
        return read;
    }

    @Test
    void membersAreColumnsAndNestedOnesHaveAPath() throws IOException {
        assertEquals(
                List.of("t.jsonl:1 [chat, b2b, 7]", "t.jsonl:2 [null, null, 1.50]", "t.jsonl:3 [null, null, true]"),
                read("""
                        {"channel": "chat", "customer": {"segment": "b2b", "x": [1, {"y": 2}]}, "score": 7}
                        {"channel": null, "customer": {}, "score": 1.50}
                        {"score": true}
                        """, "channel", "customer.segment", "score"));
    }

    @Test
    void anArrayOrObjectWhereAValueShouldBeIsShownAsItStands() throws IOException {
        assertEquals(List.of("t.jsonl:1 [[1, 2], {\"x\": 1}]"), read("{\"a\": [1, 2], \"b\": {\"x\": 1}}\n", "a", "b"));
    }

    @Test
    void whatIsNotOneObjectIsBroken() throws IOException {
        List<String> read = read("{\"a\":1}\r\n[1]\n\n{\"a\":1} {\"a\":2}\n{\"a\":1,\"a\":2}\nx\n{\"a\":", "a");
        assertEquals("t.jsonl:1 [1]", read.get(0));
        assertEquals("2 broken: expected a JSON object in the line", read.get(1));
        assertEquals("4 broken: expected one JSON object in the line, found more after it", read.get(2));
        assertEquals("5 broken: expected a JSON object in the line (Duplicate field 'a')", read.get(3));
        assertTrue(read.get(4).startsWith("6 broken: expected a JSON object in the line (Unrecognized token 'x'"));
        assertEquals(
                "7 broken: expected a JSON object in the line (Unexpected end-of-input within/between Object entries)",
                read.get(5));
        assertEquals(6, read.size());
    }

    @Test
    void aLineThatIsTooLongIsBrokenAndTheNextOneIsRead() throws IOException {
        String tooLong = "{\"a\":\"" + "x".repeat((1 << 22)) + "\"}";
        assertEquals(
                List.of("t.jsonl:2 [1]", "1 broken: the line is longer than 4194304 bytes"),
                read(tooLong + "\n{\"a\":1}\n", "a"));
    }

    @Test
    void aMemberThatNoLineHasIsRemarkedUpon() throws IOException {
        assertEquals(
                List.of(
                        "t.jsonl:1 [null]",
                        "no line has a value for \"score\" (did you mean \"scores\"?); it counts as missing"),
                read("{\"scores\": 1}\n", "score"));
    }

    @Test
    void anEmptyFileHasNoRows() throws IOException {
        assertEquals(List.of("the file has no rows"), read("", "score"));
    }
}
