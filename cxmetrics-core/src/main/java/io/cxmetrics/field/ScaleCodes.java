package io.cxmetrics.field;

import org.jspecify.annotations.Nullable;

/**
 * The values of a whole-number field in a batch, in a byte each: all that KPIs over answers on a scale look at. Whatever does
 * not fit a byte is {@link #OTHER}, which no scale that is counted this way contains.
 *
 * <p>Mutable, reused from batch to batch, for one thread.
 *
 * @since 0.1
 */
public final class ScaleCodes {
    /** The code of a row without a value. */
    public static final byte MISSING = Byte.MIN_VALUE;

    /** The code of a rejected value and of one below the lowest or above the highest code of a value. */
    public static final byte OTHER = MISSING + 1;

    /** The lowest value that is its own code. */
    public static final byte LOWEST = OTHER + 1;

    /** The highest value that is its own code. */
    public static final byte HIGHEST = Byte.MAX_VALUE;

    /** Readers that can give the codes without the values. */
    @FunctionalInterface
    interface Reader<E> {
        void readAnswers(Batch<? extends E> batch, ScaleCodes answers);
    }

    private final Field field;
    private final byte[] codes = new byte[Batch.CAPACITY];
    private @Nullable Column values;

    /** Room for values that are read for the codes alone. */
    private @Nullable Column scratch;

    private boolean isRead;

    ScaleCodes(Field field) {
        this.field = field;
    }

    /**
     * The codes, one a row; not a copy.
     *
     * @return the array
     */
    public byte[] codes() {
        return codes;
    }

    Field field() {
        return field;
    }

    /** The values and states in full, if they are read too. */
    @Nullable
    Column values() {
        return values;
    }

    /** Says that the values are read too, for others. */
    void values(Column column) {
        values = column;
    }

    /** Says that another batch is read. */
    void begin() {
        isRead = false;
    }

    /** The values and states of the current batch in full, read once. */
    <E> Column full(Fields.Reader<E> reader, Batch<? extends E> batch) {
        if (values != null) {
            return values;
        }
        if (scratch == null) {
            scratch = new Column(field.name(), field.type(), Batch.CAPACITY);
        }
        if (!isRead) {
            scratch.clear();
            reader.read(batch, scratch);
            isRead = true;
        }
        return scratch;
    }

    /** Takes the codes from the values. */
    void encode(Column from, int size) {
        byte[] states = from.states();
        long[] encoded = from.values();
        for (int i = 0; i < size; i++) {
            codes[i] = states[i] == Column.KNOWN ? code(encoded[i]) : states[i] == Column.MISSING ? MISSING : OTHER;
        }
    }

    static byte code(long value) {
        return value >= LOWEST && value <= HIGHEST ? (byte) value : OTHER;
    }
}
