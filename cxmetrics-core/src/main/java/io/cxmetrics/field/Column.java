package io.cxmetrics.field;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field, or of one expression, in a batch of rows.
 *
 * <p>Each row has a state: {@link #MISSING}, {@link #KNOWN} (for a condition: true), {@link #FALSE} or {@link #REJECTED};
 * conditions may combine {@code REJECTED} with true or false where a rejected operand did not decide. Whoever supplies
 * fields calls the methods that set a row; the engine reads the arrays.
 *
 * <p>Mutable, reused from batch to batch, for one thread.
 *
 * @since 0.1
 */
public final class Column {
    /** No value. */
    public static final byte MISSING = 0;
    /** A value; of a condition: it holds. */
    public static final byte KNOWN = 1;
    /** Of a condition: it does not hold. */
    public static final byte FALSE = 2;
    /** A value that is an error. */
    public static final byte REJECTED = 4;

    private final byte[] states;
    private final long[] values;
    private final String[] texts;
    private final Map<Integer, Rejection> rejections = new HashMap<>();
    private final String field;

    /** The numbers of texts, which are then kept instead of the texts; null if the texts are. */
    private @Nullable TextCodes dictionary;

    /** A list of texts whose rows were put here last, and the number of each of them, −1 where it has none yet. */
    private String[] listed = {};

    private int[] numbersOfListed = {};

    /**
     * An empty column.
     *
     * @param field the name that rejections carry
     * @param type the type of its values
     * @param capacity how many rows it can hold
     */
    public Column(String field, FieldType type, int capacity) {
        this.field = field;
        this.states = new byte[capacity];
        this.values = new long[type.isQuantity() ? capacity : 0];
        this.texts = new String[type == FieldType.TEXT ? capacity : 0];
    }

    private Column(String field, byte[] states, long[] values, String[] texts) {
        this.field = field;
        this.states = states;
        this.values = values;
        this.texts = texts;
    }

    /** A column of texts, of each of which it keeps the number: what is read for the cells of a scorecard. */
    static Column coded(String field) {
        Column column = new Column(field, new byte[Batch.CAPACITY], new long[Batch.CAPACITY], new String[0]);
        column.dictionary = new TextCodes();
        return column;
    }

    /** A column of nothing but states, or of codes in their place. */
    static Column ofStates(String field, byte[] states) {
        return new Column(field, states, new long[0], new String[0]);
    }

    /** A column with the values of this one and states of its own. */
    Column withOwnStates() {
        return new Column(field, new byte[Math.max(values.length, texts.length)], values, texts);
    }

    /** Forgets the rejections of the batch before. */
    public void clear() {
        if (!rejections.isEmpty()) {
            rejections.clear();
        }
    }

    /**
     * Sets a row to an encoded quantity.
     *
     * @param row the row in the batch
     * @param encoded the value as {@link FieldType#encode} gives it
     */
    public void set(int row, long encoded) {
        states[row] = KNOWN;
        values[row] = encoded;
    }

    /**
     * Sets a row of a flag.
     *
     * @param row the row in the batch
     * @param holds the flag
     */
    public void setFlag(int row, boolean holds) {
        states[row] = holds ? KNOWN : FALSE;
    }

    /**
     * Sets a row of a text.
     *
     * @param row the row in the batch
     * @param text the text
     */
    public void setText(int row, String text) {
        states[row] = KNOWN;
        putText(row, text);
    }

    /** Sets the text of a row and leaves its state. */
    void putText(int row, String text) {
        if (dictionary == null) {
            texts[row] = text;
        } else {
            values[row] = dictionary.code(text);
        }
    }

    /** The numbers of a list of texts, to be kept by whoever has rows of that list: −1 where a text has none yet. */
    @SuppressWarnings("ReferenceEquality") // Equal lists may have their numbers twice.
    int[] numbersOf(String[] list) {
        if (listed != list) {
            listed = list;
            numbersOfListed = new int[list.length];
            Arrays.fill(numbersOfListed, -1);
        }
        return numbersOfListed;
    }

    /** The text of a row whose state is known. */
    String text(int row) {
        return dictionary == null ? texts[row] : dictionary.text((int) values[row]);
    }

    /**
     * The texts whose numbers {@link #values} has instead of {@link #texts}.
     *
     * @return the texts of all batches so far and their numbers, or null if this column keeps the texts themselves
     */
    public @Nullable TextCodes dictionary() {
        return dictionary;
    }

    /**
     * Says that a row has no value.
     *
     * @param row the row in the batch
     */
    public void setMissing(int row) {
        states[row] = MISSING;
    }

    /**
     * Says that a row's value is an error.
     *
     * @param row the row in the batch
     * @param found the value as it was found
     * @param reason what was expected
     */
    public void reject(int row, String found, String reason) {
        states[row] = REJECTED;
        rejections.put(row, new Rejection(field, found, reason));
    }

    /**
     * Why a row's value was rejected.
     *
     * @param row the row in the batch
     * @return the reason, or null if the value was not rejected here
     */
    public @Nullable Rejection rejection(int row) {
        return rejections.get(row);
    }

    /**
     * Whether a row of the batch has a rejected value.
     *
     * @param size the number of rows
     * @return whether there is one
     */
    public boolean anyRejected(int size) {
        return (States.all(states, size) & REJECTED) != 0;
    }

    /**
     * Whether every row of the batch has a value.
     *
     * @param size the number of rows
     * @return whether no state is anything but {@link #KNOWN}
     */
    public boolean allKnown(int size) {
        return States.areAll(KNOWN, states, size);
    }

    /**
     * The states, one a row; not a copy.
     *
     * @return the array
     */
    public byte[] states() {
        return states;
    }

    /**
     * The encoded values of a quantity; not a copy; undefined where the state is not known.
     *
     * @return the array, empty for text and conditions
     */
    public long[] values() {
        return values;
    }

    /**
     * The values of a text; not a copy; undefined where the state is not known.
     *
     * @return the array, empty for everything but text and where the column has a {@linkplain #dictionary() dictionary}: readers
     *     set texts by {@link #setText}
     */
    public String[] texts() {
        return texts;
    }

    /** Gives every row one state and value. */
    void fill(byte state, long value) {
        Arrays.fill(states, state);
        Arrays.fill(values, value);
    }
}
