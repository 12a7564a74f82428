package io.cxmetrics.cli;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import io.cxmetrics.field.Row;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file (RFC 4180; lines may end with LF, CR LF or CR; empty lines are skipped).
 *
 * <p>A record with another number of cells than the header, with a quote that is not closed, or with text behind a closing
 * quote costs one line, its first: that line is broken, and reading goes on at the next one. So a stray quote never
 * swallows the rows behind it. If the record was one of several lines indeed, the line with the end of its quoted text is
 * broken too, known by the quote inside of a cell.
 *
 * <p>A cell has at most {@value #LONGEST_CELL} characters, a record {@value #LONGEST_RECORD} and {@value #MOST_CELLS}
 * cells, so that memory stays bounded whatever the file holds.
 */
final class CsvRows implements Rows {
    static final int LONGEST_CELL = 1 << 20;
    static final int LONGEST_RECORD = 1 << 22;
    static final int MOST_CELLS = 1 << 14;

    private final String name;
    private final Watched text;
    private final Tape tape;
    private final char delimiter;
    private final List<String> header;
    private RecordHandler handler;
    private Iterator<Cells> records;
    /** How many lines lie before the one that the present parser calls 1. */
    private long linesBefore;

    private long rows;
    private boolean isBroken;
    /** Whether the lines that come may be the rest of a record that could not be read. */
    private boolean isInDoubt;

    /** The cells of a record; an empty line has none. */
    private record Cells(long line, List<String> texts, boolean severalLines, boolean quoted, boolean bareQuote) {}

    /** Gathers cells and sees to the limits. */
    private static final class RecordHandler extends CsvCallbackHandler<Cells> {
        private final List<String> cells = new ArrayList<>();
        private long line;
        private int size;
        private boolean severalLines;
        private boolean isQuoted;
        private boolean bareQuote;
        private RecordType type = RecordType.DATA;

        @Override
        protected RecordType getRecordType() {
            return type;
        }

        @Override
        protected int getFieldCount() {
            return cells.size();
        }

        @Override
        protected void beginRecord(long startingLine) {
            cells.clear();
            line = startingLine;
            size = 0;
            severalLines = false;
            isQuoted = false;
            bareQuote = false;
            type = RecordType.DATA;
        }

        @Override
        protected void addField(char[] buffer, int offset, int length, boolean quoted) {
            size += length;
            if (size > LONGEST_RECORD || cells.size() == MOST_CELLS) {
                throw new CsvParseException("too large");
            }
            for (int i = offset; i < offset + length; i++) {
                char c = buffer[i];
                severalLines |= c == '\n' || c == '\r';
                bareQuote |= c == '"' && !quoted;
            }
            isQuoted |= quoted;
            cells.add(length == 0 ? "" : new String(buffer, offset, length));
        }

        @Override
        protected void setComment(char[] buffer, int offset, int length) {
            type = RecordType.COMMENT;
        }

        @Override
        protected void setEmpty() {
            type = RecordType.EMPTY;
        }

        @Override
        protected Cells buildRecord() {
            return new Cells(line, List.copyOf(cells), severalLines, isQuoted, bareQuote);
        }
    }

    /**
     * Reads the header.
     *
     * @param name the file's name for messages
     * @param source the text
     * @param delimiter what stands between cells
     * @throws Failure if there is no header
     */
    CsvRows(String name, Reader source, char delimiter) throws IOException {
        this.name = name;
        this.text = new Watched(source);
        this.tape = new Tape(text);
        this.delimiter = delimiter;
        this.handler = new RecordHandler();
        this.records = parser();
        this.header = readHeader();
    }

    private Iterator<Cells> parser() {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_CELL)
                .build(handler, tape)
                .iterator();
    }

    private List<String> readHeader() throws IOException {
        try {
            Cells first = next();
            while (first != null && first.texts().isEmpty()) {
                tape.release(first.line());
                first = next();
            }
            if (first == null) {
                throw Failure.unreadable(
                        name + ": the file is empty; expected a first line with the names of the columns");
            }
            return first.texts();
        } catch (CsvParseException e) {
            long line = linesBefore + handler.line;
            tape.release(line);
            throw Failure.unreadable(
                    name + ":" + line + ": the header cannot be read: " + reason(e) + ": " + tape.firstLineText());
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    /** The next record, or null at the end. */
    private @Nullable Cells next() throws IOException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("after line " + (linesBefore + handler.line) + ": " + cause.getMessage(), e);
        }
    }

    @Override
    public void forEach(Taker taker) throws IOException {
        while (true) {
            try {
                Cells record = next();
                if (record == null) {
                    return;
                }
                take(record, taker);
            } catch (CsvParseException e) {
                broken(handler.line, reason(e), taker);
                // The quote that opens in this line is closed in a later one, which may be right.
                isInDoubt = tape.quotesInFirstLine() % 2 != 0;
                restartAfter(handler.line);
            }
        }
    }

    private void take(Cells record, Taker taker) throws IOException {
        long line = linesBefore + record.line();
        tape.release(line);
        List<String> cells = record.texts();
        boolean isRest = isInDoubt && record.bareQuote();
        isInDoubt &= !record.quoted() && !record.bareQuote();
        if (cells.isEmpty()) {
            return;
        } else if (isRest) {
            broken(
                    record.line(),
                    "a quote (\") stands inside a cell; this may be the rest of the broken record before it",
                    taker);
        } else if (cells.size() != header.size()) {
            broken(record.line(), wrongNumber(record), taker);
        } else {
            rows++;
            taker.row(Row.of(name, line, cells));
            return;
        }
        if (record.severalLines()) {
            isInDoubt = true;
            restartAfter(record.line());
        }
    }

    private String wrongNumber(Cells record) {
        int found = record.texts().size();
        String message = "expected " + header.size() + " cells as in the header, found " + found;
        if (record.severalLines()) {
            return message + ", one of which runs over several lines; is a quote (\") missing or too many?";
        } else if (found < header.size() && tape.endsInFirstLine()) {
            return message + "; the file ends in this line, it may have been cut off";
        }
        return message;
    }

    private void broken(long parserLine, String reason, Taker taker) throws IOException {
        isBroken = true;
        tape.release(linesBefore + parserLine);
        taker.broken(linesBefore + parserLine, tape.firstLineText(), reason);
    }

    private void restartAfter(long parserLine) throws IOException {
        tape.restartAfter(linesBefore + parserLine);
        linesBefore += parserLine;
        handler = new RecordHandler();
        records = parser();
    }

    private String reason(CsvParseException e) {
        String cell = "cell " + (handler.cells.size() + 1);
        if (tape.toldEnd()) {
            return cell + " opens a quote (\") that is not closed before the end of the file";
        } else if (String.valueOf(e.getMessage()).startsWith("Unexpected character after closing quote")) {
            return cell + " opens a quote (\") that does not end where the cell ends; inside quotes, a quote is written"
                    + " twice (\"\")";
        }
        return cell + " makes the record too long (a cell has at most " + LONGEST_CELL
                + " characters, a record at most " + MOST_CELLS + " cells); is a closing quote (\") missing?";
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(text.remarks());
        if (rows == 0) {
            remarks.add(isBroken ? "no line could be read as a row" : "the file has a header and no rows");
        }
        return remarks;
    }

    @Override
    public void close() throws IOException {
        tape.close();
    }
}
