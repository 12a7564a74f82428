package io.cxmetrics.field;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file as it holds them: bytes in UTF-8 and where the cells lie in them. It is a list of {@link Row}s, but fields
 * of a {@link ColumnMapping} read numbers, times and flags from the bytes, without a row or a text for any of them, and
 * give equal texts as one object.
 *
 * <p>Only the cells that are asked for are kept; any other is null in its row. A block is filled again and again by the
 * reader of a file: its rows are to be used or copied (a {@link Row} is a copy) before the next ones are read. Whoever fills
 * it writes the arrays that {@link #bytes}, {@link #cells} and {@link #lines} give, and then {@link #setSize}.
 *
 * <p>Mutable, for one thread.
 *
 * @since 0.1
 */
public final class RowBlock extends AbstractList<Row> implements RandomAccess, Batch.MadeOnDemand {
    /** How many rows a block holds at most: two batches. */
    public static final int CAPACITY = 2 * Batch.CAPACITY;

    /** How many bytes must lie behind the last cell, so that eight can be read at once. */
    public static final int PADDING = 8;

    /** The cell that a row does not have. */
    public static final long ABSENT = 2;

    private static final int DOUBLED = 1;

    private final String source;
    private final int[] places;
    private final int width;
    private final long[] cells;
    private final long[] lines = new long[CAPACITY];
    private final IdentityHashMap<Object, Object> memory = new IdentityHashMap<>();
    private byte[] bytes = new byte[PADDING];
    private int size;

    /**
     * An empty block.
     *
     * @param source the name of the file
     * @param places the place of each column of the header among the cells that are kept; −1 for one that is not
     */
    public RowBlock(String source, int... places) {
        this.source = source;
        this.places = places.clone();
        this.width = Arrays.stream(places).max().orElse(-1) + 2;
        this.cells = new long[CAPACITY * width];
    }

    /**
     * A cell as a number.
     *
     * @param from the index of its first byte
     * @param length how many bytes it has, at most 2<sup>29</sup>
     * @param isDoubled whether two quotes in it stand for one
     * @return the number
     */
    public static long cell(int from, int length, boolean isDoubled) {
        return (long) from << 32 | (long) length << 2 | (isDoubled ? DOUBLED : 0);
    }

    /**
     * Where a cell begins.
     *
     * @param cell the cell
     * @return the index of its first byte
     */
    public static int from(long cell) {
        return (int) (cell >>> 32);
    }

    /**
     * How long a cell is.
     *
     * @param cell the cell
     * @return how many bytes it has
     */
    public static int length(long cell) {
        return (int) cell >>> 2;
    }

    static boolean isDoubled(long cell) {
        return (cell & DOUBLED) != 0;
    }

    /**
     * The bytes; not a copy.
     *
     * @return the array
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Sets the array of bytes.
     *
     * @param array the array, with {@value #PADDING} bytes behind the last cell
     */
    public void setBytes(byte[] array) {
        bytes = array;
    }

    /**
     * The cells of the rows, one row after another, each of {@link #width} numbers; not a copy.
     *
     * @return the array
     */
    public long[] cells() {
        return cells;
    }

    /**
     * How many numbers a row has: one for each cell that is kept, and a last one into which the others can be written.
     *
     * @return the cells that are kept and one
     */
    public int width() {
        return width;
    }

    /**
     * The line of each row; not a copy.
     *
     * @return the array
     */
    public long[] lines() {
        return lines;
    }

    /**
     * Says how many rows there are.
     *
     * @param rows at most {@link #CAPACITY}
     */
    public void setSize(int rows) {
        size = rows;
    }

    /** The place of a column of the header among the cells that are kept, or −1. */
    int place(int column) {
        return column < places.length ? places[column] : -1;
    }

    /** The text of a cell, or null if there is none. */
    @Nullable
    String text(int row, int place) {
        if (place < 0) {
            return null;
        }
        long cell = cells[row * width + place];
        if (cell == ABSENT) {
            return null;
        }
        return text(bytes, cell);
    }

    /**
     * The text of a cell.
     *
     * @param bytes the bytes in which it lies
     * @param cell the cell
     * @return the text, in which two quotes became one if they stood for one
     */
    public static String text(byte[] bytes, long cell) {
        String text = new String(bytes, from(cell), length(cell), StandardCharsets.UTF_8);
        return isDoubled(cell) ? text.replace("\"\"", "\"") : text;
    }

    /** What a reader of fields remembers from block to block. */
    @SuppressWarnings("unchecked") // Only the reader itself puts it there.
    <T> T memory(Object reader, Supplier<T> first) {
        return (T) memory.computeIfAbsent(reader, r -> Objects.requireNonNull(first.get()));
    }

    /**
     * A copy of a row.
     *
     * @param index the row
     * @return its place and the cells that are kept
     */
    @Override
    public Row get(int index) {
        Objects.checkIndex(index, size);
        @Nullable String[] texts = new @Nullable String[places.length];
        for (int column = 0; column < places.length; column++) {
            texts[column] = text(index, places[column]);
        }
        return new Row(source, lines[index], texts);
    }

    @Override
    public int size() {
        return size;
    }

    /** Equal to itself only. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return source + ", " + size + " rows";
    }
}
