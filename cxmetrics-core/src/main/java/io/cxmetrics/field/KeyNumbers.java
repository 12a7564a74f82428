package io.cxmetrics.field;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Numbers the keys of events: events have the same number if the values of all columns of the key are the same. Mutable, for
 * one thread.
 */
final class KeyNumbers {
    /** An event without a key. */
    static final int NONE = -1;

    /** Whole numbers that lie closer together than so many for each event are numbered without being looked up. */
    private static final long NEAR = 4;

    private static final long MOST_NEAR = 1L << 30;

    /** No whole number of a field. */
    private static final long NO_WHOLE = Long.MIN_VALUE;

    private final List<Column> columns;
    private final List<IntUnaryOperator> coders = new ArrayList<>();
    private final LongCodes joint = new LongCodes();
    private final int[] numbers;
    private int bound;

    /** The keys as they are, if they are single whole numbers; otherwise empty. */
    private final long[] wholes;

    /**
     * No numbers yet.
     *
     * @param columns the key of each row of the current batch
     * @param events how many events there will be
     */
    KeyNumbers(List<Column> columns, int events) {
        this.columns = columns;
        boolean isOneWhole = columns.size() == 1 && columns.get(0).values().length > 0;
        wholes = new long[isOneWhole ? events : 0];
        numbers = new int[events];
        columns.forEach(column -> coders.add(coder(column)));
    }

    private static IntUnaryOperator coder(Column column) {
        if (column.texts().length > 0) {
            TextCodes codes = new TextCodes();
            return row -> codes.code(column.texts()[row]);
        } else if (column.values().length > 0) {
            LongCodes codes = new LongCodes();
            return row -> codes.code(column.values()[row]);
        }
        return row -> column.states()[row] & Column.KNOWN;
    }

    /** The event has no key. */
    void skip(int event) {
        if (wholes.length > 0) {
            wholes[event] = NO_WHOLE;
        }
        numbers[event] = NONE;
    }

    /** The rows of the batch from one on are the events from one on. */
    void add(int row, int event, int size) {
        if (wholes.length > 0) {
            System.arraycopy(columns.get(0).values(), row, wholes, event, size);
            return;
        }
        for (int i = 0; i < size; i++) {
            int number = coders.get(0).applyAsInt(row + i);
            for (int k = 1; k < coders.size(); k++) {
                number = joint.code(((long) number << 32) | coders.get(k).applyAsInt(row + i));
            }
            numbers[event + i] = number;
            bound = Math.max(bound, number + 1);
        }
    }

    /**
     * The keys of all events.
     *
     * @param of the number of each event's key, or {@link #NONE}
     * @param bound greater than all numbers
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
    record Numbers(int[] of, int bound) {}

    /** What was numbered; nothing may be added afterwards. */
    Numbers numbers() {
        if (wholes.length == 0) {
            return new Numbers(numbers, bound);
        }
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (long whole : wholes) {
            if (whole != NO_WHOLE) {
                lowest = Math.min(lowest, whole);
                highest = Math.max(highest, whole);
            }
        }
        if (lowest <= highest && highest - lowest < Math.min(NEAR * wholes.length, MOST_NEAR)) {
            for (int event = 0; event < numbers.length; event++) {
                long whole = wholes[event];
                numbers[event] = whole == NO_WHOLE ? NONE : (int) (whole - lowest);
            }
            return new Numbers(numbers, (int) (highest - lowest) + 1);
        }
        LongCodes codes = new LongCodes();
        for (int event = 0; event < numbers.length; event++) {
            long whole = wholes[event];
            numbers[event] = whole == NO_WHOLE ? NONE : codes.code(whole);
        }
        return new Numbers(numbers, codes.size());
    }
}
