package io.cxmetrics.spark;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Located;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Spark copied into arrays, one for each column that is needed: as many as a batch of the library holds, so that
 * whoever fills them hands them on and fills them again. As a list its elements are places in it. Mutable, for one thread.
 */
final class SparkRows extends AbstractList<SparkRows.At> implements RandomAccess {
    /** How many rows there are at most. */
    static final int CAPACITY = Batch.CAPACITY;

    private static final int FIRST_CAPACITY = 16;
    private static final int MOST_TEXTS = 4096;

    /** How Spark holds the values of a column. */
    enum Kind {
        /** Text, or the text of any type that is not one of these. */
        TEXT,
        BYTE,
        SHORT,
        INT,
        LONG,
        DOUBLE,
        BOOLEAN,
        /** Days of the epoch. */
        DATE,
        /** Microseconds of the epoch. */
        INSTANT
    }

    /**
     * A column in these rows.
     *
     * @param column its name
     * @param kind how Spark holds its values
     */
    record Slot(String column, Kind kind) implements Serializable {}

    /** A row: where it stands. */
    static final class At implements Located {
        private final SparkRows rows;
        private final int index;

        private At(SparkRows rows, int index) {
            this.rows = rows;
            this.index = index;
        }

        SparkRows rows() {
            return rows;
        }

        @Override
        public String source() {
            return rows.source;
        }

        @Override
        public long line() {
            return rows.before + index + 1;
        }
    }

    private final String source;
    private final Kind[] kinds;
    private final long[][] values;
    private final @Nullable String[][] texts;
    private final boolean[][] nulls;
    private final List<Map<UTF8String, String>> known = new ArrayList<>();
    private final List<At> places = new ArrayList<>();
    private int capacity;
    private int size;
    private long before;

    /**
     * No rows yet.
     *
     * @param source the name of the source, which samples of rejected values carry
     * @param slots the columns
     */
    SparkRows(String source, List<Slot> slots) {
        this.source = source;
        this.kinds = slots.stream().map(Slot::kind).toArray(Kind[]::new);
        this.values = new long[kinds.length][];
        this.texts = new @Nullable String[kinds.length][];
        this.nulls = new boolean[kinds.length][];
        for (int s = 0; s < kinds.length; s++) {
            known.add(kinds[s] == Kind.TEXT ? new HashMap<>() : Map.of());
            values[s] = new long[0];
            texts[s] = new String[0];
            nulls[s] = new boolean[0];
        }
    }

    /** Groups may be many and small: room grows with the rows. */
    private void reserve(int rows) {
        if (rows > capacity) {
            capacity = Math.min(CAPACITY, Math.max(FIRST_CAPACITY, Integer.highestOneBit(rows - 1) * 2));
            for (int s = 0; s < kinds.length; s++) {
                nulls[s] = Arrays.copyOf(nulls[s], capacity);
                if (kinds[s] == Kind.TEXT) {
                    texts[s] = Arrays.copyOf(texts[s], capacity);
                } else {
                    values[s] = Arrays.copyOf(values[s], capacity);
                }
            }
            while (places.size() < capacity) {
                places.add(new At(this, places.size()));
            }
        }
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    /** How many more rows there is room for. */
    int room() {
        return CAPACITY - size;
    }

    /** Forgets the rows. */
    @Override
    public void clear() {
        before += size;
        size = 0;
    }

    /** Begins a row, whose columns are then to be set. */
    void next() {
        reserve(size + 1);
        size++;
    }

    /** Sets a column of the last row. */
    void set(int slot, SpecializedGetters row, int ordinal) {
        int at = size - 1;
        boolean isNull = row.isNullAt(ordinal);
        nulls[slot][at] = isNull;
        if (isNull) {
            return;
        }
        switch (kinds[slot]) {
            case TEXT -> texts[slot][at] = text(slot, row.getUTF8String(ordinal));
            case BYTE -> values[slot][at] = row.getByte(ordinal);
            case SHORT -> values[slot][at] = row.getShort(ordinal);
            case INT, DATE -> values[slot][at] = row.getInt(ordinal);
            case LONG, INSTANT -> values[slot][at] = row.getLong(ordinal);
            case DOUBLE -> values[slot][at] = Double.doubleToRawLongBits(row.getDouble(ordinal));
            case BOOLEAN -> values[slot][at] = row.getBoolean(ordinal) ? 1 : 0;
        }
    }

    /** Sets a column of the last row to a value as Spark's expressions give it. */
    void setValue(int slot, @Nullable Object value) {
        int at = size - 1;
        nulls[slot][at] = value == null;
        if (value instanceof UTF8String text) {
            texts[slot][at] = text(slot, text);
        } else if (value instanceof Double number) {
            values[slot][at] = Double.doubleToRawLongBits(number);
        } else if (value instanceof Number number) {
            values[slot][at] = number.longValue();
        } else if (value instanceof Boolean flag) {
            values[slot][at] = flag ? 1 : 0;
        }
    }

    /** Adds rows of vectors, one for each slot; at most as many as there is room for. */
    void add(ColumnVector[] columns, int from, int rows) {
        reserve(size + rows);
        for (int s = 0; s < kinds.length; s++) {
            add(s, columns[s], from, rows);
        }
        size += rows;
    }

    private void add(int slot, ColumnVector column, int from, int rows) {
        boolean[] isNull = nulls[slot];
        boolean any = column.hasNull();
        for (int i = 0; i < rows; i++) {
            isNull[size + i] = any && column.isNullAt(from + i);
        }
        long[] into = values[slot];
        // One loop a kind: compiled, each reads the memory of the vector by itself.
        switch (kinds[slot]) {
            case TEXT -> {
                for (int i = 0; i < rows; i++) {
                    texts[slot][size + i] = isNull[size + i] ? null : text(slot, column.getUTF8String(from + i));
                }
            }
            case BYTE -> {
                for (int i = 0; i < rows; i++) {
                    into[size + i] = isNull[size + i] ? 0 : column.getByte(from + i);
                }
            }
            case SHORT -> {
                for (int i = 0; i < rows; i++) {
                    into[size + i] = isNull[size + i] ? 0 : column.getShort(from + i);
                }
            }
            case INT, DATE -> {
                for (int i = 0; i < rows; i++) {
                    into[size + i] = isNull[size + i] ? 0 : column.getInt(from + i);
                }
            }
            case LONG, INSTANT -> {
                for (int i = 0; i < rows; i++) {
                    into[size + i] = isNull[size + i] ? 0 : column.getLong(from + i);
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < rows; i++) {
                    into[size + i] = isNull[size + i] ? 0 : Double.doubleToRawLongBits(column.getDouble(from + i));
                }
            }
            case BOOLEAN -> {
                for (int i = 0; i < rows; i++) {
                    into[size + i] = !isNull[size + i] && column.getBoolean(from + i) ? 1 : 0;
                }
            }
        }
    }

    /** One object for equal texts, so that the library tells them apart by looking at the reference. */
    private String text(int slot, UTF8String bytes) {
        Map<UTF8String, String> texts = known.get(slot);
        String text = texts.get(bytes);
        if (text == null) {
            text = bytes.toString();
            if (texts.size() < MOST_TEXTS) {
                // Spark uses the memory again.
                texts.put(bytes.copy(), text);
            }
        }
        return text;
    }

    /** Which rows have no value in a column; not a copy. */
    boolean[] nulls(int slot) {
        return nulls[slot];
    }

    /** The values of a column: numbers, bits of doubles, days or microseconds; 1 for true. Not a copy. */
    long[] values(int slot) {
        return values[slot];
    }

    /** The texts of a text column; not a copy. */
    @Nullable
    String[] texts(int slot) {
        return texts[slot];
    }

    /** A value as Spark writes it as text. */
    @Nullable
    String text(int slot, int row) {
        if (nulls[slot][row]) {
            return null;
        }
        long value = kinds[slot] == Kind.TEXT ? 0 : values[slot][row];
        return switch (kinds[slot]) {
            case TEXT -> texts[slot][row];
            case BYTE, SHORT, INT, LONG -> Long.toString(value);
            case DOUBLE -> Double.toString(Double.longBitsToDouble(value));
            case BOOLEAN -> value == 1 ? "true" : "false";
            case DATE -> LocalDate.ofEpochDay(value).toString();
            case INSTANT -> throw new IllegalStateException("an instant is read as it is");
        };
    }

    @Override
    public At get(int index) {
        return places.get(index);
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
}
