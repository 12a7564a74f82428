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

    /** A list whose elements are made when they are asked for: batches hold a part of it instead of its elements. */
    interface MadeOnDemand {}

    /** The list that the rows are part of, from {@code first} on, if its elements are made on demand. */
    private @Nullable List<? extends E> range;

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
        if (range != null) {
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
        if (list instanceof MadeOnDemand && (size == 0 || (isRange(list) && from == first + size))) {
            first = size == 0 ? from : first;
            range = list;
            size += length;
            return length;
        }
        if (range != null) {
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
        return (E) (range == null ? records[index] : range.get(first + index));
    }

    /** The records; not a copy. */
    Object[] records() {
        if (range != null) {
            takeRowsApart();
        }
        return records;
    }

    @SuppressWarnings("ReferenceEquality") // Lists that are equal may still be kept apart.
    private boolean isRange(List<?> list) {
        return range == list;
    }

    /** The list of which the rows from {@link #first} on are the records, or null if they are given one by one. */
    @Nullable
    List<? extends E> range() {
        return range;
    }

    int first() {
        return first;
    }

    private void takeRowsApart() {
        for (int i = 0; i < size; i++) {
            records[i] = get(i);
        }
        range = null;
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
        if (range == null) {
            Arrays.fill(records, 0, size, null);
        }
        range = null;
        size = 0;
    }
}
