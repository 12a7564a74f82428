package io.cxmetrics.field;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field through a function of the record. The simple form, one value at a time through one shared loop; engines
 * prefer {@link FusedLoop}, which reads the same values.
 *
 * @param type the field's type
 * @param function gives the value, or null if it is missing
 * @param form what is wanted of each value
 */
record Accessor<E>(FieldType type, Function<? super E, ?> function, Form form) implements Fields.Reader<E> {
    /** What is wanted of a value. */
    enum Form {
        /** Its state and itself. */
        FULL,
        /** The code of {@link ScaleCodes} in place of a state. */
        ANSWER,
        /** Of a text, its state and its number. */
        CODE
    }

    /** Not a state: the value needs {@link #readOdd}. */
    static final byte ODD = 8;

    private static final long MICROS = 1_000_000;
    private static final long MOST_WHOLE = FieldType.WHOLE.maximum();
    private static final long MOST_DURATION_SECONDS = FieldType.DURATION.maximum() / MICROS;
    private static final long MOST_INSTANT_SECONDS = Long.MAX_VALUE / MICROS - 1;

    Accessor(FieldType type, Function<? super E, ?> function) {
        this(type, function, Form.FULL);
    }

    Accessor<E> in(Form wanted) {
        return new Accessor<>(type, function, wanted);
    }

    @Override
    public void read(Batch<? extends E> batch, Column into) {
        if (form == Form.ANSWER) {
            for (int i = 0; i < batch.size(); i++) {
                into.states()[i] = answer(function.apply(batch.get(i)));
            }
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            into.states()[i] = form == Form.CODE
                    ? code(function.apply(batch.get(i)), into.values(), Objects.requireNonNull(into.dictionary()), i)
                    : state(type, function.apply(batch.get(i)), into.values(), into.texts(), i);
        }
        readOdd(batch, into);
    }

    /** Sets the number of a text and returns its state. */
    static byte code(@Nullable Object value, long[] values, TextCodes dictionary, int row) {
        if (value == null) {
            return Column.MISSING;
        }
        values[row] = dictionary.code(value instanceof String text ? text : value.toString());
        return Column.KNOWN;
    }

    /** The code of a whole number. */
    static byte answer(@Nullable Object value) {
        if (value == null) {
            return ScaleCodes.MISSING;
        }
        return value instanceof Integer whole ? ScaleCodes.code(whole) : answerOf((Number) value);
    }

    private static byte answerOf(Number number) {
        long whole = number.longValue();
        return number.doubleValue() == whole ? ScaleCodes.code(whole) : ScaleCodes.OTHER;
    }

    /**
     * Sets a value of the usual kind and returns its state. Comparisons of a constant type and small methods: what the
     * compiler folds and inlines in {@link FusedLoop}.
     */
    static byte state(FieldType type, @Nullable Object value, long[] values, String[] texts, int row) {
        if (value == null) {
            return Column.MISSING;
        } else if (type == FieldType.FLAG) {
            return (Boolean) value ? Column.KNOWN : Column.FALSE;
        } else if (type == FieldType.TEXT) {
            texts[row] = value instanceof String text ? text : value.toString();
            return Column.KNOWN;
        } else if (type == FieldType.WHOLE) {
            return whole(value, values, row);
        } else if (type == FieldType.NUMBER) {
            return number(value, values, row);
        } else if (type == FieldType.DURATION) {
            return duration((Duration) value, values, row);
        } else if (type == FieldType.INSTANT) {
            return instant((Instant) value, values, row);
        }
        return ODD;
    }

    private static byte whole(Object value, long[] values, int row) {
        if (value instanceof Integer whole) {
            values[row] = whole;
            return Column.KNOWN;
        } else if (value instanceof Long whole) {
            values[row] = whole;
            return whole <= MOST_WHOLE && whole >= -MOST_WHOLE ? Column.KNOWN : ODD;
        }
        return ODD;
    }

    private static byte number(Object value, long[] values, int row) {
        if (value instanceof Double number && Double.isFinite(number)) {
            values[row] = FieldType.encodeNumber(number);
            return Column.KNOWN;
        }
        return ODD;
    }

    private static byte duration(Duration duration, long[] values, int row) {
        long seconds = duration.getSeconds();
        values[row] = seconds * MICROS + duration.getNano() / 1_000;
        return seconds < MOST_DURATION_SECONDS && seconds > -MOST_DURATION_SECONDS ? Column.KNOWN : ODD;
    }

    private static byte instant(Instant instant, long[] values, int row) {
        long seconds = instant.getEpochSecond();
        values[row] = seconds * MICROS + instant.getNano() / 1_000;
        return seconds < MOST_INSTANT_SECONDS && seconds > -MOST_INSTANT_SECONDS ? Column.KNOWN : ODD;
    }

    /** Reads the values that were left as odd: numbers of other classes, dates, what is out of range. */
    void readOdd(Batch<? extends E> batch, Column into) {
        if (form == Form.ANSWER) {
            return;
        }
        byte[] states = into.states();
        for (int i = 0; i < batch.size(); i++) {
            if (states[i] == ODD) {
                set(function.apply(batch.get(i)), into, i);
            }
        }
    }

    private void set(@Nullable Object value, Column into, int row) {
        if (value == null) {
            into.setMissing(row);
        } else if (type == FieldType.WHOLE) {
            setWhole((Number) value, into, row);
        } else if (type == FieldType.NUMBER) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                into.set(row, FieldType.encodeNumber(number));
            } else {
                into.reject(row, value.toString(), "expected a finite number");
            }
        } else {
            try {
                into.set(row, type.encode(value));
            } catch (IllegalArgumentException e) {
                into.reject(row, value.toString(), "expected a " + type + " in range");
            }
        }
    }

    private static void setWhole(Number number, Column into, int row) {
        long whole = number.longValue();
        long most = FieldType.WHOLE.maximum();
        if (number.doubleValue() == whole && whole <= most && whole >= -most) {
            into.set(row, whole);
        } else {
            into.reject(row, number.toString(), "expected a whole number of at most 2^53 - 1");
        }
    }
}
