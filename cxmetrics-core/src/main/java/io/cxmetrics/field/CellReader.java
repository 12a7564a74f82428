package io.cxmetrics.field;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field from the cells of rows. From a {@link RowBlock} it reads the usual forms from the bytes; whatever is unusual,
 * valid or not, becomes a text and goes the way of all rows. Tests hold the two together.
 */
final class CellReader implements Fields.Reader<Row> {
    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    /** The lowest bits of a decimal number, which say how many of its digits stand behind the point. */
    private static final int DECIMALS = 4;

    private static final int MOST_DECIMALS = (1 << DECIMALS) - 1;
    private static final long UNKNOWN = TimeText.UNKNOWN;
    /** Of a cell without a byte: above {@link #UNKNOWN} and below every value. */
    private static final long EMPTY = UNKNOWN + 1;

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
        source.read(found, into, row);
    }

    private @Nullable String joined(Row row) {
        return source.join(c -> row.cell(indices[c]));
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
        } else if (format instanceof Format.MoneyAmount amount) {
            moneys(block, place, first, size, Money.digits(amount.currency()), values);
        } else if (format instanceof Format.DateAs as) {
            dates(block, place, first, size, as, values);
        } else {
            Arrays.fill(values, 0, size, UNKNOWN);
        }
        settle(block, place, first, size, into);
    }

    /** Decides the states: known where a value was read; missing or read as a text where not. */
    private void settle(RowBlock block, int place, int first, int size, Column into) {
        long[] values = into.values();
        byte[] states = into.states();
        if (emptyIsMissing && words.length == 0) {
            // Without a branch for each value: whether a cell is empty is often a matter of chance.
            long least = EMPTY;
            for (int i = 0; i < size; i++) {
                long value = values[i];
                states[i] = value > EMPTY ? Column.KNOWN : Column.MISSING;
                least = Math.min(least, value);
            }
            if (least == EMPTY) {
                return;
            }
        }
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            if (values[i] > EMPTY && (words.length == 0 || !isWord(bytes, cells[at]))) {
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
        FlagMemory memory = block.memory(this, FlagMemory::new);
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        byte[] states = into.states();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            long cell = cells[at];
            byte known = memory.state(bytes, cell);
            if (known != Column.MISSING) {
                states[i] = known;
            } else if (isMissing(bytes, cell)) {
                states[i] = Column.MISSING;
            } else {
                set(block.text(first + i, place), into, i);
                memory.add(bytes, cell, states[i]);
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
            values[i] = digits(bytes, cells[at], 1);
        }
    }

    /** Digits as a number of units, EMPTY or UNKNOWN. */
    private static long digits(byte[] bytes, long cell, long unit) {
        int from = RowBlock.from(cell);
        int length = RowBlock.length(cell);
        if (length > Digits.EIGHT) {
            long number = Digits.whole(bytes, from, from + length);
            return number < 0 || number > FieldType.WHOLE.maximum() / unit ? UNKNOWN : number * unit;
        }
        long digits = Digits.last(Digits.eight(bytes, from), length);
        // An empty cell has the number 0 and sets these bits: a branch would be a matter of chance.
        long empty = EMPTY & ((length - 1L) >> 63);
        return Digits.areDigits(digits) ? (Digits.number(digits) * unit) | empty : UNKNOWN;
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
        long decimal = decimal(bytes, from, length);
        if (decimal <= EMPTY) {
            return decimal;
        }
        double value = (decimal >> DECIMALS) / TENS[(int) decimal & MOST_DECIMALS];
        return FieldType.encodeNumber(bytes[from] == '-' ? -value : value);
    }

    private static void moneys(RowBlock block, int place, int first, int size, int minorDigits, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            values[i] = money(bytes, RowBlock.from(cells[at]), RowBlock.length(cells[at]), minorDigits);
        }
    }

    /** An amount that is no finer than minor units, in these. */
    private static long money(byte[] bytes, int from, int length, int minorDigits) {
        long decimal = decimal(bytes, from, length);
        if (decimal <= EMPTY) {
            return decimal;
        }
        int missing = minorDigits - ((int) decimal & MOST_DECIMALS);
        byte first = bytes[from] == '-' ? bytes[from + 1] : bytes[from];
        if (missing < 0 || first == '.') {
            return UNKNOWN;
        }
        long number = decimal >> DECIMALS;
        long scale = (long) TENS[missing];
        return number > FieldType.MONEY.maximum() / scale
                ? UNKNOWN
                : bytes[from] == '-' ? -number * scale : number * scale;
    }

    /** Up to 15 digits with a point among them: the number without point and sign, and how many stand behind the point. */
    private static long decimal(byte[] bytes, int from, int length) {
        if (length == 0 || length > 16) {
            return length == 0 ? EMPTY : UNKNOWN;
        }
        int end = from + length;
        int point = -1;
        int digits = 0;
        long number = 0;
        for (int at = bytes[from] == '-' ? from + 1 : from; at < end; at++) {
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
        int decimals = point < 0 ? 0 : end - point - 1;
        return digits == 0 || digits > 15 ? UNKNOWN : number << DECIMALS | decimals;
    }

    private static void durations(RowBlock block, int place, int first, int size, long unit, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            long value = digits(bytes, cells[at], unit);
            if (value == UNKNOWN || value > FieldType.DURATION.maximum()) {
                int from = RowBlock.from(cells[at]);
                value = TimeText.duration(bytes, from, from + RowBlock.length(cells[at]), unit);
            }
            values[i] = value;
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
            values[i] = from == to
                    ? EMPTY
                    : isIso ? TimeText.isoDuration(bytes, from, to) : TimeText.clock(bytes, from, to);
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
            int to = from + RowBlock.length(cells[at]);
            values[i] = from == to ? EMPTY : format.fast(bytes, from, to);
        }
    }

    private static void dates(RowBlock block, int place, int first, int size, Format.DateAs format, long[] values) {
        byte[] bytes = block.bytes();
        long[] cells = block.cells();
        int width = block.width();
        int at = first * width + place;
        for (int i = 0; i < size; i++, at += width) {
            int from = RowBlock.from(cells[at]);
            int to = from + RowBlock.length(cells[at]);
            values[i] = from == to ? EMPTY : format.fast(bytes, from, to);
        }
    }
}
