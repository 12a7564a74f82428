package io.cxmetrics.source;

import io.cxmetrics.field.RowBlock;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Finds the cells of CSV among bytes, eight at a time; see {@link RowSource#csv} for what it reads. */
final class CsvSource extends BlockSource {
    static final int LONGEST_CELL = 1 << 20;
    static final int LONGEST_RECORD = 1 << 22;
    static final int MOST_CELLS = 1 << 14;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
    private static final long QUOTES = '"' * ONES;
    /** Added to a byte below 0x80, it carries into the high bit if the byte is above CR. */
    private static final long ABOVE_RETURN = (0x80 - '\r' - 1) * ONES;
    /** Multiplied by it, the lowest bits of eight bytes come to stand in the highest byte. */
    private static final long TO_HIGHEST_BYTE = 0x0102040810204080L;
    /** So many bytes are searched at once, a bit each. */
    private static final int BLOCK = Long.SIZE;

    private static final int LONGEST_SHOWN = 200;

    /** The end of a record is not among the bytes yet. */
    private static final int MORE = -1;
    /** The record cannot be read. */
    private static final int UNREADABLE = -2;

    private enum Trouble {
        NONE,
        UNCLOSED,
        TEXT_BEHIND,
        TOO_LONG
    }

    private final byte delimiter;
    private final long delimiters;
    private final List<String> header;
    private final int[] kept;
    private final int[] places = new int[MOST_CELLS];

    /** The line at which the next record begins. */
    private long line = 1;
    /** Whether the lines that come may be the rest of a record that could not be read. */
    private boolean isInDoubt;
    /** Whether the rest of a line is to be dropped. */
    private boolean isSkipping;

    /** Where the bytes begin that were searched last. */
    private int blockAt = -BLOCK;
    /** Which of them may end or quote a cell. */
    private long blockMarks;
    /** All bytes that were searched, put together. */
    private long seen;

    // What is known of the record looked at last.
    private int found;
    private int lineEnds;
    private boolean hasQuoted;
    private boolean hasBareQuote;
    private Trouble trouble = Trouble.NONE;

    CsvSource(String name, InputStream input, Collection<String> columns, byte delimiter) throws IOException {
        super(name, input);
        this.delimiter = delimiter;
        this.delimiters = delimiter * ONES;
        this.header = readHeader();
        this.kept = new int[header.size()];
        int count = 0;
        for (int column = 0; column < kept.length; column++) {
            String title = header.get(column);
            kept[column] = columns.contains(title) && header.indexOf(title) == column ? count++ : -1;
        }
        Arrays.fill(places, count);
        for (int column = 0; column < kept.length; column++) {
            places[column] = kept[column] < 0 ? count : kept[column];
        }
    }

    private List<String> readHeader() throws IOException {
        for (int place = 0; place < MOST_CELLS; place++) {
            places[place] = place;
        }
        long[] cells = new long[MOST_CELLS + 1];
        List<String> names = new ArrayList<>();
        fetchFirst(
                (bytes, limit, isLongest) -> {
                    bytes[limit] = '\n';
                    blockAt = -BLOCK;
                    int at = 0;
                    while (at < limit && names.isEmpty()) {
                        int next = record(bytes, at, limit, limit - at > LONGEST_RECORD, cells, 0);
                        if (next == MORE) {
                            break;
                        } else if (next == UNREADABLE) {
                            throw new SourceException(name() + ":" + line + ": the header cannot be read: " + reason()
                                    + ": " + firstLine(bytes, at, limit));
                        }
                        for (int column = 0; column < found; column++) {
                            names.add(RowBlock.text(bytes, cells[column]));
                        }
                        line += 1 + lineEnds;
                        at = next;
                    }
                    return at;
                },
                () -> !names.isEmpty());
        if (names.isEmpty()) {
            throw new SourceException(
                    name() + ": the file is empty; expected a first line with the names of the columns");
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    Chunk chunk() {
        return new Chunk(new RowBlock(name(), kept));
    }

    @Override
    long line() {
        return line;
    }

    @Override
    int longest() {
        return LONGEST_RECORD;
    }

    @Override
    void work(Chunk chunk) {
        // The cells are known; what they mean is for those who take them.
    }

    @Override
    boolean find(Chunk chunk, boolean isLongest) {
        byte[] bytes = chunk.bytes;
        int limit = chunk.limit;
        // Ends every search; the real end of the file is told by where it stands.
        bytes[limit] = '\n';
        blockAt = -BLOCK;
        seen = 0;
        RowBlock rows = chunk.rows;
        rows.setBytes(bytes);
        long[] cells = rows.cells();
        long[] lines = rows.lines();
        int width = rows.width();
        int columns = header.size();
        int row = 0;
        int at = 0;
        while (at < limit && row < RowBlock.CAPACITY && chunk.broken.size() < RowBlock.CAPACITY) {
            if (isSkipping) {
                at = skipped(bytes, at, limit);
                if (isSkipping) {
                    break;
                }
                continue;
            }
            boolean isTooLong = limit - at > LONGEST_RECORD;
            int next = record(bytes, at, limit, isTooLong, cells, row * width);
            // What is said of a broken record depends on the whole of its first line.
            boolean isCut = next == UNREADABLE && !isTooLong && !hasEnded() && endOfLine(bytes, at, limit) == limit;
            if (next == MORE || isCut) {
                break;
            } else if (next >= 0 && found == columns && !isInDoubt) {
                lines[row++] = line;
                line += 1 + lineEnds;
                at = next;
            } else if (next >= 0 && isRow(columns)) {
                lines[row++] = line;
                line += 1 + lineEnds;
                at = next;
            } else if (next >= 0 && found == 0) {
                line++;
                at = next;
            } else {
                at = broken(chunk, at, next);
            }
        }
        rows.setSize(row);
        chunk.end = at;
        // Lines that were set aside were not searched in this way.
        chunk.isAscii = (seen & HIGH) == 0 && chunk.broken.isEmpty();
        return row > 0 || !chunk.broken.isEmpty();
    }

    /** Decides, where lines are in doubt, whether the record is a row, and whether doubt goes on. */
    private boolean isRow(int columns) {
        boolean isRest = isInDoubt && hasBareQuote;
        isInDoubt &= !hasQuoted && !hasBareQuote;
        isRestOfBroken = isRest;
        return !isRest && found == columns;
    }

    private boolean isRestOfBroken;

    /** Sets the first line of a record aside; returns where reading goes on. */
    private int broken(Chunk chunk, int at, int next) {
        byte[] bytes = chunk.bytes;
        int limit = chunk.limit;
        String text = firstLine(bytes, at, limit);
        if (next == UNREADABLE) {
            chunk.broken.add(new Broken(line, text, reason()));
            // The quote that opens in this line is closed in a later one, which may be right.
            isInDoubt = quotesInFirstLine(bytes, at, limit) % 2 != 0;
        } else {
            chunk.broken.add(new Broken(
                    line,
                    text,
                    isRestOfBroken
                            ? "a quote (\") stands inside a cell; this may be the rest of the broken record before it"
                            : wrongNumber(next == limit && hasEnded() && endOfLine(bytes, at, limit) == limit)));
            if (lineEnds == 0) {
                line++;
                return next;
            }
            isInDoubt = true;
        }
        isSkipping = true;
        return skipped(bytes, at, limit);
    }

    private String wrongNumber(boolean isCutOff) {
        String message = "expected " + header.size() + " cells as in the header, found " + found;
        if (lineEnds > 0) {
            return message + ", one of which runs over several lines; is a quote (\") missing or too many?";
        } else if (found < header.size() && isCutOff) {
            return message + "; the file ends in this line, it may have been cut off";
        }
        return message;
    }

    private String reason() {
        String cell = "cell " + (found + 1);
        return switch (trouble) {
            case UNCLOSED -> cell + " opens a quote (\") that is not closed before the end of the file";
            case TEXT_BEHIND ->
                cell + " opens a quote (\") that does not end where the cell ends; inside quotes, a quote is written"
                        + " twice (\"\")";
            default ->
                cell + " makes the record too long (a cell has at most " + LONGEST_CELL + " bytes, a record at most "
                        + MOST_CELLS + " cells); is a closing quote (\") missing?";
        };
    }

    /** Drops the rest of a line; returns where the next one begins, or where to go on if that is not known yet. */
    private int skipped(byte[] bytes, int from, int limit) {
        int at = endOfLine(bytes, from, limit);
        if (at == limit || (bytes[at] == '\r' && at + 1 == limit && !hasEnded())) {
            return at;
        }
        isSkipping = false;
        line++;
        return afterLineEnd(bytes, at, limit);
    }

    private static int afterLineEnd(byte[] bytes, int at, int limit) {
        return bytes[at] == '\r' && at + 1 < limit && bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    private static int endOfLine(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private static int quotesInFirstLine(byte[] bytes, int from, int limit) {
        int quotes = 0;
        for (int at = from; at < limit && bytes[at] != '\n' && bytes[at] != '\r'; at++) {
            quotes += bytes[at] == '"' ? 1 : 0;
        }
        return quotes;
    }

    private static String firstLine(byte[] bytes, int from, int limit) {
        int to = endOfLine(bytes, from, Math.min(limit, from + 4 * LONGEST_SHOWN));
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), LONGEST_SHOWN));
    }

    /** Searches the bytes from an index on: a bit for each that is a delimiter, a quote or a control character up to CR. */
    private long search(byte[] bytes, int from) {
        long marks = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, from + i);
            seen |= eight;
            long low = eight & LOW;
            long others = ((low ^ QUOTES) + LOW) & ((low ^ delimiters) + LOW) & (low + ABOVE_RETURN);
            long found = ~(others | eight) & HIGH;
            marks |= (((found >>> 7) * TO_HIGHEST_BYTE) >>> (Long.SIZE - Long.BYTES)) << i;
        }
        blockAt = from;
        blockMarks = marks;
        return marks;
    }

    /** Finds the cells of the record at an index; returns the index behind its end, MORE or UNREADABLE. */
    private int record(byte[] bytes, int from, int limit, boolean isLongest, long[] cells, int into) {
        lineEnds = 0;
        hasQuoted = false;
        hasBareQuote = false;
        int cell = 0;
        int start = from;
        // 1 behind a closing quote, which is no part of the cell.
        int trim = 0;
        boolean isDoubled = false;
        // The record before often ends in a block that is searched already.
        boolean isSearched = from >= blockAt && from - blockAt < BLOCK;
        long marks = isSearched ? blockMarks & (-1L << (from - blockAt)) : search(bytes, from);
        int block = blockAt;
        while (true) {
            while (marks == 0) {
                block += BLOCK;
                marks = search(bytes, block);
            }
            int at = block + Long.numberOfTrailingZeros(marks);
            marks &= marks - 1;
            byte c = bytes[at];
            if (c == delimiter) {
                if (cell == MOST_CELLS || at - start > LONGEST_CELL) {
                    return unreadable(Trouble.TOO_LONG, cell);
                }
                cells[into + places[cell++]] = RowBlock.cell(start, at - start - trim, isDoubled);
                start = at + 1;
                trim = 0;
                isDoubled = false;
            } else if (c == '\n' || c == '\r') {
                if (at == limit ? !hasEnded() : c == '\r' && at + 1 == limit && !hasEnded()) {
                    return isLongest || at - start > LONGEST_CELL ? unreadable(Trouble.TOO_LONG, cell) : MORE;
                }
                if (cell > 0 || at > from) {
                    if (cell == MOST_CELLS || at - start > LONGEST_CELL) {
                        return unreadable(Trouble.TOO_LONG, cell);
                    }
                    cells[into + places[cell++]] = RowBlock.cell(start, at - start - trim, isDoubled);
                }
                found = cell;
                return at == limit ? limit : afterLineEnd(bytes, at, limit);
            } else if (c == '"' && at == start) {
                hasQuoted = true;
                start = at + 1;
                // The second one of two quotes that stand for one.
                int second = -1;
                while (trim == 0) {
                    while (marks == 0) {
                        block += BLOCK;
                        marks = search(bytes, block);
                    }
                    int close = block + Long.numberOfTrailingZeros(marks);
                    marks &= marks - 1;
                    if (close - at > LONGEST_CELL) {
                        return unreadable(Trouble.TOO_LONG, cell);
                    } else if (close == limit) {
                        return isLongest && !hasEnded()
                                ? unreadable(Trouble.TOO_LONG, cell)
                                : hasEnded() ? unreadable(Trouble.UNCLOSED, cell) : MORE;
                    } else if (bytes[close] == '\r' || (bytes[close] == '\n' && bytes[close - 1] != '\r')) {
                        lineEnds++;
                    } else if (bytes[close] == '"' && close != second) {
                        byte behind = bytes[close + 1];
                        if (close + 1 == limit && !hasEnded()) {
                            return MORE;
                        } else if (close + 1 < limit && behind == '"') {
                            isDoubled = true;
                            second = close + 1;
                        } else if (behind == delimiter || behind == '\n' || behind == '\r') {
                            trim = 1;
                        } else {
                            return unreadable(Trouble.TEXT_BEHIND, cell);
                        }
                    }
                }
            } else if (c == '"') {
                hasBareQuote = true;
            }
        }
    }

    private int unreadable(Trouble why, int cell) {
        trouble = why;
        found = cell;
        return UNREADABLE;
    }

    @Override
    List<String> rowRemarks(long rowCount, boolean isBroken) {
        return rowCount > 0
                ? List.of()
                : List.of(isBroken ? "no line could be read as a row" : "the file has a header and no rows");
    }
}
