package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.cxmetrics.field.Row;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.source.RowSource;
import io.cxmetrics.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Rows of CSV: nothing is lost, nothing is invented, one broken line costs one line. */
class CliCsvRowsTest {

    /** What was read: the cells of each row by line, and the reason for each broken line. */
    private record Read(TreeMap<Long, List<String>> rows, TreeMap<Long, String> broken) {}

    private static Read read(Reader text) throws IOException {
        Read read = new Read(new TreeMap<>(), new TreeMap<>());
        try (CsvRows rows = new CsvRows("t.csv", text, ',')) {
            int width = rows.header().size();
            rows.forEach(new Rows.Taker() {
                @Override
                public void row(Row row) {
                    List<String> cells =
                            IntStream.range(0, width).mapToObj(row::cell).toList();
                    assertEquals(null, read.rows().put(row.line(), cells), "line " + row.line() + " twice");
                }

                @Override
                public void broken(long line, String found, String reason) {
                    assertEquals(null, read.broken().put(line, reason + ": " + found), "line " + line + " twice");
                }
            });
        }
        return read;
    }

    /** Read by the library; what a reader on top of a CSV library reads is the same, line by line. */
    private static Read read(String text) throws IOException {
        Read read = new Read(new TreeMap<>(), new TreeMap<>());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (RowSource source =
                RowSource.csv("t.csv", new ByteArrayInputStream(bytes), new AllNames(), ',', StandardCharsets.UTF_8)) {
            int width = source.header().size();
            source.read(1, () -> new RowSource.Taker() {
                @Override
                public void rows(RowBlock rows) {
                    for (Row row : rows) {
                        List<String> cells =
                                IntStream.range(0, width).mapToObj(row::cell).toList();
                        assertEquals(null, read.rows().put(row.line(), cells), "line " + row.line() + " twice");
                    }
                }

                @Override
                public void broken(long line, String found, String reason) {
                    assertEquals(null, read.broken().put(line, reason + ": " + found), "line " + line + " twice");
                }
            });
        }
        assertEquals(read(new StringReader(text)), read);
        return read;
    }

    /** Every name is one of these. */
    private static final class AllNames extends AbstractList<String> {
        @Override
        public boolean contains(@Nullable Object name) {
            return true;
        }

        @Override
        public String get(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int size() {
            return 0;
        }
    }

    /** Texts that are full of what makes CSV hard. */
    @Provide
    Arbitrary<String> hardTexts() {
        return Arbitraries.strings()
                .withChars('a', ',', '"', '\n', '\r')
                .ofMaxLength(40)
                .map(text -> "x,y\n" + text);
    }

    @Property
    void everyLineIsPartOfARowOrBrokenOrEmpty(@ForAll("hardTexts") String text) throws IOException {
        Read read = read(text);
        String[] lines = text.split("\r\n|\r|\n", -1);
        TreeSet<Long> covered = new TreeSet<>(List.of(1L));
        read.broken().keySet().forEach(line -> assertTrue(covered.add(line), "line " + line + " counted twice"));
        read.rows().forEach((line, cells) -> {
            long lineEnds = cells.stream()
                    .mapToLong(cell -> cell.split("\r\n|\r|\n", -1).length - 1)
                    .sum();
            for (long l = line; l <= line + lineEnds; l++) {
                assertTrue(covered.add(l), "line " + l + " counted twice");
            }
        });
        for (int i = 0; i < lines.length; i++) {
            assertTrue(covered.contains(i + 1L) || lines[i].isEmpty(), "line " + (i + 1) + " is lost: " + lines[i]);
        }
    }

    @Property(maxDiscardRatio = 50)
    void aTextThatAStrictReaderAcceptsGivesThatReadersRecords(@ForAll("hardTexts") String text) throws IOException {
        List<List<String>> strict = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().allowUnclosedQuote(false).ofCsvRecord(text)) {
            reader.forEach(csvRecord -> strict.add(csvRecord.getFields()));
        } catch (CsvParseException e) {
            Assume.that(false);
        }
        Read read = read(text);
        assertEquals(strict.subList(1, strict.size()), List.copyOf(read.rows().values()));
        assertTrue(read.broken().isEmpty());
    }

    @Property(tries = 200)
    void whatAWriterWroteIsReadBack(@ForAll("tables") List<List<String>> table, @ForAll LineDelimiter lineEnd)
            throws IOException {
        Assume.that(lineEnd != LineDelimiter.PLATFORM);
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().lineDelimiter(lineEnd).build(text)) {
            writer.writeRecord("a", "b", "c");
            table.forEach(writer::writeRecord);
        }
        Read read = read(text.toString());
        assertEquals(table, List.copyOf(read.rows().values()));
        assertTrue(read.broken().isEmpty());
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cell = Arbitraries.strings()
                .withChars('a', ',', '"', '\n', '\r', 'ä', ';', ' ')
                .ofMaxLength(6);
        return cell.list().ofSize(3).list().ofMaxSize(20);
    }

    @Example
    void aStrayQuoteCostsItsOwnLineOnly() throws IOException {
        // Long enough to cross the buffers many times.
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("id,comment\r\n");
        TreeSet<Long> stray = new TreeSet<>();
        for (long line = 2; line < 40_000; line++) {
            int kind = random.nextInt(100);
            if (kind == 0) {
                stray.add(line);
                text.append(line).append(",\"stray");
            } else if (kind < 40) {
                text.append(line).append(",\"fine, \"\"quoted\"\" text\"");
            } else {
                text.append(line).append(",plain");
            }
            text.append(random.nextInt(3) == 0 ? "\n" : "\r\n");
        }
        Read read = read(text.toString());
        assertEquals(stray, new TreeSet<>(read.broken().keySet()));
        assertEquals(39_998 - stray.size(), read.rows().size());
        read.rows().forEach((line, cells) -> assertEquals(Long.toString(line), cells.get(0)));
    }

    @Example
    void aQuoteThatIsNeverClosedIsReportedWhereItOpens() throws IOException {
        Read read = read("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
        assertEquals(
                "{3=cell 2 opens a quote (\") that is not closed before the end of the file: 3,\"4}",
                read.broken().toString());
        assertEquals("{2=[1, 2], 4=[5, 6], 5=[7, 8]}", read.rows().toString());
    }

    @Example
    void aLastLineThatWasCutOffSaysSo() throws IOException {
        Read read = read("a,b\n1,2\n3");
        assertTrue(read.broken().get(3L).contains("the file ends in this line, it may have been cut off"));
    }

    @Example
    void aWrongNumberOfCellsIsABrokenLine() throws IOException {
        assertEquals(
                "{2=expected 2 cells as in the header, found 3: 1,2,3, 3=expected 2 cells as in the header, found 1: 4}",
                read("a,b\n1,2,3\n4\n5,6\n").broken().toString());
    }

    @Example
    void theRestOfARecordOverSeveralLinesIsNoRow() throws IOException {
        Read wrongNumber = read("a,b\n1,\"x\ny\",3\n5,6\n7,1\"\n");
        assertEquals(List.of(2L, 3L), List.copyOf(wrongNumber.broken().keySet()));
        assertEquals("{4=[5, 6], 5=[7, 1\"]}", wrongNumber.rows().toString());

        Read textBehindQuote = read("a,b\n1,\"x\ny\"z\n5,6\n");
        assertEquals(List.of(2L, 3L), List.copyOf(textBehindQuote.broken().keySet()));
        assertEquals("{4=[5, 6]}", textBehindQuote.rows().toString());
    }

    @Example
    void aQuoteInsideACellIsDataIfNothingBeforeItIsBroken() throws IOException {
        assertEquals(
                "{2=[1, 15\" tv], 4=[2, 17\"]}",
                read("a,b\n1,15\" tv\n\"x\"y,3\n2,17\"\n").rows().toString());
    }

    @Example
    void anEmptyCellInQuotesIsARowOfAFileWithOneColumn() throws IOException {
        assertEquals("{2=[9], 4=[]}", read("score\n9\n\n\"\"\n").rows().toString());
    }

    @Example
    void aLineOfAHundredMegabytesIsBrokenAndNotKept() throws IOException {
        byte[] megabyte = new byte[1_000_000];
        Arrays.fill(megabyte, (byte) 'x');
        List<InputStream> parts = new ArrayList<>();
        parts.add(new ByteArrayInputStream("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < 100; i++) {
            parts.add(new ByteArrayInputStream(megabyte));
        }
        parts.add(new ByteArrayInputStream("\n5,6\n".getBytes(StandardCharsets.UTF_8)));
        List<Long> rows = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        try (RowSource source = RowSource.csv(
                "t.csv",
                new SequenceInputStream(Collections.enumeration(parts)),
                List.of("a"),
                ',',
                StandardCharsets.UTF_8)) {
            source.read(1, () -> new RowSource.Taker() {
                @Override
                public void rows(RowBlock block) {
                    block.forEach(row -> rows.add(row.line()));
                }

                @Override
                public void broken(long line, String found, String reason) {
                    broken.add(line + " " + reason);
                }
            });
        }
        assertEquals(List.of(2L, 3L, 5L), rows);
        assertEquals(1, broken.size());
        assertTrue(broken.get(0).startsWith("4 cell 1 makes the record too long"), broken.get(0));
    }

    @Example
    void aHeaderThatCannotBeReadIsRefusedWithItsPlace() {
        String message = assertThrows(SourceException.class, () -> read("\n\n\"a\"b,c\n1,2\n"))
                .getMessage();
        assertTrue(message.startsWith("t.csv:3: the header cannot be read: cell 1"), message);
        assertFalse(message.contains("\n"));
    }
}
