package io.cxmetrics.field;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field from the cells of rows. From a {@link RowBlock} it reads the usual forms from the bytes; whatever is unusual,
 * valid or not, becomes a text and goes the way of all rows. Tests hold the two together.
 */
final class CellReader implements Fields.Reader<Row> {
    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final long UNKNOWN = TimeText.UNKNOWN;

    private final ColumnMapping.Source source;
    private final int[] indices;
    private final boolean emptyIsMissing;
    /** The words for "no value" but the empty one. */
    private final byte[][] words;

    /**
     * A reader.
     *
     * @param source where the field comes from
     * @param indices the columns in the header
     */
    CellReader(ColumnMapping.Source source, int... indices) {
        this.source = source;
        this.indices = indices.clone();
        this.emptyIsMissing = source.missing().contains("");
        this.words = source.missing().stream()
                .filter(word -> !word.isEmpty())
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    @Override
    public void read(Batch<? extends Row> rows, Column into) {
        RowBlock block = rows.range() instanceof RowBlock part ? part : null;
        String constant = source.constant();
        if (constant != null) {
            for (int i = 0; i < rows.size(); i++) {
                set(constant, into, i);
            }
        } else if (block == null) {
            for (int i = 0; i < rows.size(); i++) {
                set(joined(rows.get(i)), into, i);
            }
        } else if (indices.length > 1) {
            for (int i = 0; i < rows.size(); i++) {
                set(joined(block.get(rows.first() + i)), into, i);
            }
        } else {
            read(block, block.place(indices[0]), rows.first(), rows.size(), into);
        }
    }

    /** Sets a row to the value of a text, the definition of all that is done here. */
    private void set(@Nullable String found, Column into, int row) {
        String text = found == null || source.field().type() == FieldType.TEXT ? found : strip(found);
        if (text == null || source.missing().contains(text)) {
            into.setMissing(row);
        } else {
            source.format().parse(text, into, row);
        }
    }

    /** One cell, or several joined by a blank; missing if one of them is. */
    private @Nullable String joined(Row row) {
        if (indices.length == 1) {
            return row.cell(indices[0]);
        }
        StringJoiner joined = new StringJoiner(" ");
        for (int index : indices) {
            String cell = row.cell(index);
            if (cell == null || source.missing().contains(strip(cell))) {
                return null;
            }
            joined.add(cell);
        }
        return joined.toString();
    }

    /** Without blanks, tabs and line ends around it: a set that every engine can name. */
    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && ColumnMapping.BLANKS.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && ColumnMapping.BLANKS.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private void read(RowBlock block, int place, int first, int size, Column into) {
        if (place < 0) {
            Arrays.fill(into.states(), 0, size, Column.MISSING);
            return;
        }
        Format format = source.format();
        if (format instanceof Format.PlainText) {
            texts(block, place, first, size, into);
            return;
        } else if (format instanceof Format.FlagWords) {
            flags(block, place, first, size, into);
            return;
        }
        long[] values = into.values();
        if (format instanceof Format.Whole) {
            wholes(block, place, first, size, values);
        } else if (format instanceof Format.Real) {
            reals(block, place, first, size, values);
        } else if (format instanceof Format.DurationIn in) {
            durations(block, place, first, size, in.micros(), values);
        } else if (format instanceof Format.DurationAs as) {
            durations(block, place, first, size, as.style() == Format.DurationAs.Style.ISO, values);
        } else if (format instanceof Format.InstantAs as) {
            instants(block, place, first, size, as, values);
        } else if (format instanceof Format.DateAs as) {
            dates(block, place, first, size, as, values);
        } else {
            Arrays.fill(values, 0, size, UNKNOWN);
        }
        settle(block, place, first, size, into);
    }

    /** Decides the states: known where a value was read; missing or read as a text where not. */
    private void settle(RowBlock block, int place, int first, int size, Column into) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        long[] values = into.values();
        byte[] states = into.states();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            if (values[i] != UNKNOWN && (words.length == 0 || !isWord(bytes, cells[at]))) {
                states[i] = Column.KNOWN;
            } else if (isMissing(bytes, cells[at])) {
                states[i] = Column.MISSING;
            } else {
                set(block.text(first + i, place), into, i);
            }
        }
    }

    /** Whether a cell is plainly missing: if not, it may still be, with blanks around it. */
    private boolean isMissing(byte[] bytes, long cell) {
        return RowBlock.length(cell) == 0 ? emptyIsMissing || cell == RowBlock.ABSENT : isWord(bytes, cell);
    }

    private boolean isWord(byte[] bytes, long cell) {
        int from = RowBlock.from(cell);
        for (byte[] word : words) {
            if (Arrays.equals(bytes, from, from + RowBlock.length(cell), word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    private void texts(RowBlock block, int place, int first, int size, Column into) {
        TextMemory memory = block.memory(this, TextMemory::new);
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        byte[] states = into.states();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            long cell = cells[at];
            int known = RowBlock.length(cell) == 0 || RowBlock.isDoubled(cell)
                    ? -1
                    : memory.find(bytes, RowBlock.from(cell), RowBlock.length(cell));
            if (known >= 0) {
                states[i] = memory.state(known);
                if (states[i] == Column.KNOWN) {
                    into.putText(i, memory.text(known));
                }
            } else if (isMissing(bytes, cell)) {
                states[i] = Column.MISSING;
            } else {
                set(block.text(first + i, place), into, i);
                if (!RowBlock.isDoubled(cell)) {
                    memory.add(
                            bytes,
                            RowBlock.from(cell),
                            RowBlock.length(cell),
                            states[i] == Column.KNOWN ? into.text(i) : "",
                            states[i]);
                }
            }
        }
    }

    private void flags(RowBlock block, int place, int first, int size, Column into) {
        TextMemory memory = block.memory(this, TextMemory::new);
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        byte[] states = into.states();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            long cell = cells[at];
            int known = RowBlock.length(cell) == 0 || RowBlock.isDoubled(cell)
                    ? -1
                    : memory.find(bytes, RowBlock.from(cell), RowBlock.length(cell));
            if (known >= 0) {
                states[i] = memory.state(known);
            } else if (isMissing(bytes, cell)) {
                states[i] = Column.MISSING;
            } else {
                set(block.text(first + i, place), into, i);
                if (!RowBlock.isDoubled(cell) && states[i] != Column.REJECTED) {
                    memory.add(bytes, RowBlock.from(cell), RowBlock.length(cell), "", states[i]);
                }
            }
        }
    }

    // One loop a format: compiled, each has the parsing of its own values in it.

    private static void wholes(RowBlock block, int place, int first, int size, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            int from = RowBlock.from(cells[at]);
            int length = RowBlock.length(cells[at]);
            int digits = length == 0 || length > 9 ? -1 : TimeText.digits(bytes, from, from + length);
            values[i] = digits < 0 ? UNKNOWN : digits;
        }
    }

    private static void reals(RowBlock block, int place, int first, int size, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            values[i] = real(bytes, RowBlock.from(cells[at]), RowBlock.length(cells[at]));
        }
    }

    /**
     * Up to 15 digits with a point among them: digits and power of ten are doubles without error, so that their quotient is
     * the double nearest to the number.
     */
    private static long real(byte[] bytes, int from, int length) {
        if (length == 0 || length > 16) {
            return UNKNOWN;
        }
        boolean isNegative = bytes[from] == '-';
        int end = from + length;
        int point = -1;
        int digits = 0;
        long number = 0;
        for (int at = isNegative ? from + 1 : from; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                number = number * 10 + digit;
                digits++;
            } else if (bytes[at] == '.' && point < 0) {
                point = at;
            } else {
                return UNKNOWN;
            }
        }
        if (digits == 0 || digits > 15) {
            return UNKNOWN;
        }
        double value = point < 0 ? number : number / TENS[end - point - 1];
        return FieldType.encodeNumber(isNegative ? -value : value);
    }

    private static void durations(RowBlock block, int place, int first, int size, long unit, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            int from = RowBlock.from(cells[at]);
            values[i] = TimeText.duration(bytes, from, from + RowBlock.length(cells[at]), unit);
        }
    }

    private static void durations(RowBlock block, int place, int first, int size, boolean isIso, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            int from = RowBlock.from(cells[at]);
            int to = from + RowBlock.length(cells[at]);
            values[i] = isIso ? TimeText.isoDuration(bytes, from, to) : TimeText.clock(bytes, from, to);
        }
    }

    private static void instants(
            RowBlock block, int place, int first, int size, Format.InstantAs format, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            int from = RowBlock.from(cells[at]);
            values[i] = format.fast(bytes, from, from + RowBlock.length(cells[at]));
        }
    }

    private static void dates(RowBlock block, int place, int first, int size, Format.DateAs format, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            int from = RowBlock.from(cells[at]);
            values[i] = format.fast(bytes, from, from + RowBlock.length(cells[at]));
        }
    }
}
