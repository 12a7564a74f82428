package io.cxmetrics.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Program;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Row;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.field.Text;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows from bytes: the same for any cut of the bytes, any number of threads, and as if every cell were a text. */
class RowSourceTest {
    private static final String[] CELLS = {
        "",
        "7",
        "10",
        "007",
        "-3",
        "+4",
        "9.0",
        "1e3",
        "12.5",
        "-0.25",
        ".5",
        "5.",
        "1234567890123456",
        "99",
        "NA",
        " 7 ",
        "\"7\"",
        "\"a\"\"b\"",
        "chat",
        "ph\u00F6ne",
        "a long text of more than eight",
        "true",
        "FALSE",
        "yes",
        "2026-02-14",
        "14.2.2026",
        "2026-02-30",
        "2026-02-14T09:30:00Z",
        "2026-02-14 09:30",
        "2026-02-14T09:30:00.123456789+02:00",
        "2026-03-29T03:30:00",
        "PT1M30S",
        "P1D",
        "0:01:30",
        "1:99:00",
        "20",
        "20.5",
        "20.1234567",
        "\"two\nlines\"",
        "9\"",
        "\"stray",
        "x\"y",
        "\uD83D\uDE00",
        "99999999999999999",
        "3652501",
        "12345678",
        "123456789",
        "9007199254740991",
        "9007199254740992",
        "12.60",
        "-7.1",
        "12.345",
        "-.5",
        "0000000000000012",
        "1767225600",
        "1767225600000",
        "9223372036854"
    };

    private static final List<String> HEADER = List.of("a", "b", "c");

    private static String text(Random random, int lines) {
        StringBuilder text = new StringBuilder("a,b,c\n");
        for (int line = 0; line < lines; line++) {
            int cells = random.nextInt(40) == 0 ? random.nextInt(6) : 3;
            for (int cell = 0; cell < cells; cell++) {
                String value = CELLS[random.nextInt(CELLS.length)];
                boolean isOdd = value.startsWith("\"stray") && random.nextInt(10) > 0;
                text.append(cell == 0 ? "" : ",").append(isOdd ? "" : value);
            }
            text.append(new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)]);
        }
        return random.nextBoolean() ? text.toString() : text.substring(0, text.length() - random.nextInt(8));
    }

    private static RowSource source(String text, int chunk) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RowSource source = RowSource.csv("t.csv", new ByteArrayInputStream(bytes), HEADER, ',', StandardCharsets.UTF_8);
        ((BlockSource) source).setChunkSize(chunk);
        return source;
    }

    /** Rows and broken lines, a text each, in the order of the lines. */
    private static List<String> read(RowSource source, int threads) throws IOException {
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        source.read(threads, () -> new RowSource.Taker() {
            @Override
            public void rows(RowBlock rows) {
                rows.forEach(row -> read.add(row.toString()));
            }

            @Override
            public void broken(long line, String found, String reason) {
                read.add("t.csv:" + line + " broken " + found + reason);
            }
        });
        List<String> sorted = new ArrayList<>(read);
        Collections.sort(sorted);
        return sorted;
    }

    @Test
    @Timeout(60)
    void theSameRowsHoweverTheBytesAreCut() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = text(random, 1 + random.nextInt(60));
            List<String> expected = read(source(text, 1 << 18), 1);
            assertEquals(expected, read(source(text, 1 + random.nextInt(100)), 1), "seed " + seed);
            assertEquals(expected, read(source(text, 1 + random.nextInt(400)), 3), "seed " + seed);
        }
    }

    private static final ColumnMapping MAPPING = mapping();

    private static ColumnMapping mapping() {
        ColumnMapping mapping = ColumnMapping.named("t").missing("", "NA", "99");
        List<Format> formats = List.of(
                new Format.Whole(),
                new Format.Real(),
                new Format.PlainText(),
                new Format.FlagWords(Set.of("true", "yes"), Set.of("false")),
                new Format.DurationIn(ChronoUnit.SECONDS),
                new Format.DurationIn(ChronoUnit.DAYS),
                new Format.DurationAs(Format.DurationAs.Style.ISO),
                new Format.DurationAs(Format.DurationAs.Style.CLOCK),
                Format.InstantAs.iso(),
                Format.InstantAs.local("iso", ZoneId.of("Europe/Helsinki")),
                Format.InstantAs.epochSeconds(),
                Format.InstantAs.epochMillis(),
                new Format.DurationIn(ChronoUnit.MICROS),
                new Format.MoneyAmount(java.util.Currency.getInstance("JPY")),
                new Format.DateAs("yyyy-MM-dd"),
                new Format.DateAs("d.M.yyyy"),
                new Format.MoneyAmount(java.util.Currency.getInstance("EUR")));
        for (int f = 0; f < formats.size(); f++) {
            mapping = mapping.with("f" + f, HEADER.get(f % 3), formats.get(f));
        }
        return mapping;
    }

    private static Expression expression(Field field) {
        return field.type() == FieldType.TEXT
                ? new Text(field)
                : field.type() == FieldType.FLAG ? new Condition.Flag(field) : new Quantity.Of<>(field);
    }

    @Test
    void aFieldIsReadFromBytesAsFromTexts() throws IOException {
        long seed = new Random().nextLong();
        String text = text(new Random(seed), 20_000);
        Fields<Row> fields = MAPPING.fields(HEADER);
        Program<Row> fromBytes = new Program<>(fields);
        Program<Row> fromTexts = new Program<>(fields);
        long[] compared = new long[3];
        source(text, 1 << 18).read(1, () -> new RowSource.Taker() {
            @Override
            public void rows(RowBlock rows) {
                for (int from = 0; from < rows.size(); from += Batch.CAPACITY) {
                    int to = Math.min(rows.size(), from + Batch.CAPACITY);
                    Batch<Row> range = new Batch<>();
                    range.addAll(rows, from, to);
                    Batch<Row> copies = new Batch<>();
                    copies.addAll(List.copyOf(rows.subList(from, to)), 0, to - from);
                    compare(range, copies);
                }
            }

            private void compare(Batch<Row> range, Batch<Row> copies) {
                List<Column> found = columns(fields, fromBytes);
                List<Column> expected = columns(fields, fromTexts);
                fromBytes.run(range);
                fromTexts.run(copies);
                for (int c = 0; c < found.size(); c++) {
                    for (int row = 0; row < copies.size(); row++) {
                        String where = "seed " + seed + ", f" + c + " of " + copies.get(row);
                        byte state = expected.get(c).states()[row];
                        compared[Math.min(2, state)]++;
                        assertEquals(state, found.get(c).states()[row], where);
                        assertEquals(
                                expected.get(c).rejection(row), found.get(c).rejection(row), where);
                        if (state == Column.KNOWN && expected.get(c).values().length > 0) {
                            assertEquals(
                                    expected.get(c).values()[row], found.get(c).values()[row], where);
                        }
                        if (state == Column.KNOWN && expected.get(c).texts().length > 0) {
                            assertEquals(
                                    expected.get(c).texts()[row], found.get(c).texts()[row], where);
                        }
                    }
                }
            }

            @Override
            public void broken(long line, String text, String reason) {}
        });
        assertTrue(compared[0] > 1_000 && compared[1] > 1_000 && compared[2] > 1_000);
    }

    private static List<Column> columns(Fields<Row> fields, Program<Row> program) {
        return fields.names().stream()
                .map(name -> program.add(expression(fields.field(name))))
                .toList();
    }

    private static final Definitions DEFINITIONS = Definitions.parse("t.json", """
            {"version": 1,
             "source": {"fields": {"recommendation": {"column": "a"}, "channel": {"column": "b"},
               "wait": {"column": "c", "unit": "seconds"}}},
             "kpis": {"nps": {"type": "nps"}, "p90": {"type": "percentile", "of": "wait", "p": 0.9}},
             "scorecard": {"by": ["channel"]}}
            """);

    private static void balances(long seed, int lines) throws IOException {
        String text = text(new Random(seed), lines);
        ScorecardResult one = DEFINITIONS.compute(source(text, 1 << 18), 1);
        ScorecardResult three = DEFINITIONS.compute(source(text, 1 << 13), 3);
        assertEquals(one, three, "seed " + seed);
        assertEquals(read(source(text, 1 << 18), 1).size(), one.intake().lines(), "seed " + seed);
        long[] rows = new long[2];
        one.cells().values().forEach(statistics -> {
            for (int k = 0; k < 2; k++) {
                rows[k] += statistics.get(k).counts().rows();
            }
        });
        assertArrayEquals(new long[] {one.intake().rows(), one.intake().rows()}, rows, "seed " + seed);
    }

    @Test
    void accountsBalanceForAnyNumberOfThreads() throws IOException {
        for (int round = 0; round < 3; round++) {
            balances(new Random().nextLong(), 10_000);
        }
    }

    @Test
    @Tag("full")
    void accountsBalanceOverMillionsOfMutatedLines() throws IOException {
        for (int round = 0; round < 3 + 27; round++) {
            balances(new Random().nextLong(), 100_000);
        }
    }

    private static List<String> json(String text, int chunk, int threads) throws IOException {
        return json(text.getBytes(StandardCharsets.UTF_8), List.of("a", "b.c"), chunk, threads, 100);
    }

    private static List<String> json(byte[] bytes, List<String> columns, int chunk, int threads, long closelyTo)
            throws IOException {
        try (RowSource source =
                RowSource.jsonLines("t.csv", new ByteArrayInputStream(bytes), columns, StandardCharsets.UTF_8)) {
            ((BlockSource) source).setChunkSize(chunk);
            ((JsonLinesSource) source).readCloselyTo(closelyTo);
            List<String> read = read(source, threads);
            // What is suggested for a name depends on the lines that are read closely.
            source.remarks().forEach(remark -> read.add(remark.replaceFirst("; did you mean .*", "")));
            return read;
        }
    }

    /** The first lines are read closely, one by one; behind them the same lines are read fast, and mean the same. */
    @Test
    void aLineOfJsonMeansTheSameReadFastOrClosely() throws IOException {
        String[] lines = {
            "{\"a\":1,\"b\":{\"c\":\"x\"}}",
            "{\"b\":{\"c\":null,\"d\":[1,{\"e\":2}]},\"a\":\"\u00E4\"}",
            "{\"a\":[1, 2]}",
            "{\"a\":1} x",
            "{\"a\":1,\"a\":2}",
            "[1]",
            "",
            "  ",
            "{\"a\":",
            "{\"z\":{\"y\":1},\"a\":-1.50e3}\r",
            "7",
            "{\"b.c\":\"dotted\"}",
            "{\"a\":true,\"b\":{\"c\":{\"d\":1}}}",
            "{\"a\":\"q\\\"\\u00e9\\n\"}",
            "{}",
            "}"
        };
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < 50; line++) {
                text.append(lines[random.nextInt(lines.length)]).append('\n');
            }
            List<String> closely = json(text.toString(), 1 << 18, 1);
            String late = "\n".repeat(100) + text;
            List<String> fast = json(late, 1 + random.nextInt(300), 2).stream()
                    .map(line -> line.replaceFirst(":1", ":"))
                    .toList();
            assertEquals(numbered(closely), fast, "seed " + seed);
        }
    }

    private static final String[] VALUES = {
        "1",
        "-0",
        "0",
        "12.50",
        "1e5",
        "-1.5E-3",
        "9007199254740993",
        "true",
        "false",
        "null",
        "\"\"",
        "\"chat\"",
        "\"a longer text, with a comma\"",
        "\"2026-02-14T09:30:00Z\"",
        "\"q\\\"\\\\ \\/ \\b\\f\\n\\r\\t\"",
        "\"\\u00e4\\u20AC\\ud83d\\ude00\\u0000\"",
        "\"\\ud83d\"",
        "\"\\ude00x\"",
        "\"ph\u00F6ne \uD83D\uDE00 \uFFFD\"",
        "[]",
        "[1, \"x\", {\"y\": [null, true]}]",
        "{}",
        "{\"d\": 1, \"e\": {\"c\": \"x\"}}",
        "{\"c\": 7}",
        "{\"c\": \"deep\", \"f\": {\"g\": 2}}",
        "{\"f.g\": 3, \"c\": null}"
    };
    private static final String[] NAMES = {
        "a", "b", "b.c", "d", "a longer name", "\u00E4", "x\\u0061", "f", "g", "", "zz"
    };
    private static final List<String> JSON_COLUMNS =
            List.of("a", "b.c", "b.f.g", "a longer name", "\u00E4", "xa", "not there", "quo\"te", "line\nend");

    /** Lines of JSON as programs write them, their members now in one order, now in another. */
    private static byte[] jsonLines(Random random, int lines, int mutationsPerHundred) {
        java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
        List<String> names = new ArrayList<>(List.of(NAMES));
        String[] colons = {":", ": ", " :\t"};
        String[] commas = {",", ", ", " ,\r"};
        for (int line = 0; line < lines; line++) {
            if (random.nextInt(20) == 0) {
                Collections.shuffle(names, random);
            }
            StringBuilder object = new StringBuilder(random.nextInt(30) == 0 ? " {" : "{");
            for (String name : names) {
                if (random.nextInt(3) == 0) {
                    continue;
                }
                object.append(
                        object.charAt(object.length() - 1) == '{' ? "" : commas[Math.max(0, random.nextInt(12) - 9)]);
                object.append('"').append(name).append('"').append(colons[Math.max(0, random.nextInt(12) - 9)]);
                object.append(VALUES[random.nextInt(VALUES.length)]);
            }
            object.append('}');
            byte[] bytes = object.toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(100) < mutationsPerHundred) {
                bytes = mutated(random, bytes);
            }
            text.writeBytes(bytes);
            text.writeBytes((random.nextInt(10) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = text.toByteArray();
        return random.nextBoolean() ? all : Arrays.copyOf(all, all.length - 1 - random.nextInt(6));
    }

    /** Bytes replaced, left out, put in or doubled, some of them no text in UTF-8. */
    private static byte[] mutated(Random random, byte[] line) {
        byte[] odd = {
            '"',
            '\\',
            '{',
            '}',
            '[',
            ']',
            ',',
            ':',
            '0',
            '1',
            '-',
            '.',
            'e',
            ' ',
            '\t',
            '\n',
            '\r',
            'n',
            't',
            0,
            1,
            0x7F,
            (byte) 0x80,
            (byte) 0xC3,
            (byte) 0xE2,
            (byte) 0xED,
            (byte) 0xF0,
            (byte) 0xFF,
            'u',
            '/',
            '+'
        };
        byte[] bytes = line;
        for (int change = random.nextInt(3); change >= 0 && bytes.length > 0; change--) {
            int at = random.nextInt(bytes.length);
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length - at) : 1;
            java.io.ByteArrayOutputStream changed = new java.io.ByteArrayOutputStream();
            int kind = random.nextInt(4);
            changed.write(bytes, 0, at);
            if (kind < 2) {
                changed.write(odd[random.nextInt(odd.length)]);
            } else if (kind == 2) {
                changed.write(bytes, at, length);
            }
            int behind = kind == 1 || kind == 2 ? at : Math.min(bytes.length, at + length);
            changed.write(bytes, behind, bytes.length - behind);
            bytes = changed.toByteArray();
        }
        return bytes;
    }

    private static void jsonIsReadAsJacksonReadsIt(long seed, int lines) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = jsonLines(random, lines, 25);
        List<String> closely = json(bytes, JSON_COLUMNS, 1 << 18, 1, Long.MAX_VALUE);
        int chunk = 1 + random.nextInt(random.nextBoolean() ? 300 : 1 << 17);
        List<String> fast = json(bytes, JSON_COLUMNS, chunk, 1 + random.nextInt(3), 0);
        for (int line = 0; line < Math.min(closely.size(), fast.size()); line++) {
            assertEquals(closely.get(line), fast.get(line), "seed " + seed);
        }
        assertEquals(closely.size(), fast.size(), "seed " + seed);
        assertTrue(closely.stream().anyMatch(line -> line.contains(" broken ")), "seed " + seed);
    }

    @Test
    void jsonIsReadAsJacksonReadsIt() throws IOException {
        for (int round = 0; round < 10; round++) {
            jsonIsReadAsJacksonReadsIt(new Random().nextLong(), 1_000);
        }
    }

    @Test
    @Tag("full")
    void millionsOfMutatedLinesOfJsonAreReadAsJacksonReadsThem() throws IOException {
        long seed = Long.getLong("cxmetrics.seed", System.nanoTime());
        System.out.println("RowSourceTest: -Dcxmetrics.seed=" + seed);
        for (int round = 0; round < 200; round++) {
            jsonIsReadAsJacksonReadsIt(seed + round, 5_000);
        }
    }

    /** Line numbers of two digits, as those of lines behind a hundred others have without the hundred. */
    private static List<String> numbered(List<String> read) {
        List<String> numbered = new ArrayList<>(read);
        numbered.replaceAll(line -> line.replaceFirst(":([0-9]) ", ":0$1 "));
        Collections.sort(numbered);
        return numbered;
    }
}
