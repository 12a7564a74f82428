package io.cxmetrics.field;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records that are evaluated together, at most {@value #CAPACITY}. Mutable, reused, for one thread.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class Batch<E> {
    /** How many records a batch holds at most. */
    public static final int CAPACITY = 1024;

    private final Object[] records = new Object[CAPACITY];
    private int size;

    /** Where the rows are if they are those of columns: from {@code first} on. */
    private @Nullable Columns columns;

    private int first;

    /** An empty batch. */
    public Batch() {}

    /**
     * Adds a record.
     *
     * @param record the record, not null
     * @return whether the batch is full now
     */
    public boolean add(E record) {
        if (columns != null) {
            takeRowsApart();
        }
        records[size++] = Objects.requireNonNull(record, "record");
        return size == CAPACITY;
    }

    /**
     * Adds records of a list, as many as there is room for.
     *
     * @param list the list; its records are not null
     * @param from the index of the first one
     * @param to the index behind the last one
     * @return how many were added
     */
    public int addAll(List<? extends E> list, int from, int to) {
        int length = Math.min(to - from, CAPACITY - size);
        if (list instanceof Columns rows && (size == 0 || (rows.equals(columns) && from == first + size))) {
            first = size == 0 ? from : first;
            columns = rows;
            size += length;
            return length;
        }
        if (columns != null) {
            takeRowsApart();
        }
        // One copy of a part of the list's array is faster than as many calls.
        Object[] part = size == 0 && length == CAPACITY
                ? list.subList(from, from + length).toArray(records)
                : list.subList(from, from + length).toArray();
        if (part != records) {
            System.arraycopy(part, 0, records, size, length);
        }
        for (int i = size; i < size + length; i++) {
            Objects.requireNonNull(records[i], "record");
        }
        size += length;
        return length;
    }

    /**
     * The number of records.
     *
     * @return from 0 to the capacity
     */
    public int size() {
        return size;
    }

    /**
     * A record.
     *
     * @param index from 0 to the size − 1
     * @return the record
     */
    @SuppressWarnings("unchecked") // Only add puts records in.
    public E get(int index) {
        return (E) (columns == null ? records[index] : columns.get(first + index));
    }

    /** The records; not a copy. */
    Object[] records() {
        if (columns != null) {
            takeRowsApart();
        }
        return records;
    }

    /** The columns whose rows from {@link #first} on the records are, or null if they are not. */
    @Nullable
    Columns columns() {
        return columns;
    }

    int first() {
        return first;
    }

    private void takeRowsApart() {
        for (int i = 0; i < size; i++) {
            records[i] = get(i);
        }
        columns = null;
    }

    /**
     * A batch of a part of each record.
     *
     * @param <P> the type of the parts
     * @param part gives the part of a record, not null
     * @return a new batch of the same size
     */
    public <P> Batch<P> map(Function<? super E, ? extends P> part) {
        Batch<P> parts = new Batch<>();
        for (int i = 0; i < size; i++) {
            parts.add(part.apply(get(i)));
        }
        return parts;
    }

    /** Forgets the records. */
    public void clear() {
        if (columns == null) {
            Arrays.fill(records, 0, size, null);
        }
        columns = null;
        size = 0;
    }
}
