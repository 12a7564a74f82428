package io.cxmetrics.field;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The loop that reads one field of a batch through an accessor.
 *
 * <p>One loop for all fields would call every accessor through one call site, which the compiler then cannot inline. So
 * each field gets a copy of the loop's class, a <em>hidden class</em> whose accessor is a constant: the compiled loop is
 * that of a loop written by hand for the field. Where hidden classes cannot be defined (a native image), the class itself
 * serves, with the accessor in a field: the same results, slower.
 */
final class Loop<E> implements Fields.Reader<E> {
    /** In a hidden copy the accessor, in the class itself null. */
    private static final @Nullable Function<Object, @Nullable Object> CONSTANT = constant();

    private final FieldType type;
    private final Function<? super E, ?> accessor;

    /** Called by {@link #of} for this class and by reflection for its copies. */
    Loop(FieldType type, Function<? super E, ?> accessor) {
        this.type = type;
        this.accessor = accessor;
    }

    @SuppressWarnings("unchecked") // The data of the hidden class is the accessor that of(…) passed.
    private static @Nullable Function<Object, @Nullable Object> constant() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            return lookup.lookupClass().isHidden()
                    ? (Function<Object, @Nullable Object>) MethodHandles.classData(lookup, "_", Function.class)
                    : null;
        } catch (IllegalAccessException e) {
            throw new LinkageError("the accessor of a loop", e);
        }
    }

    /** A loop for one accessor; its values are of the Java type of the field's type. */
    @SuppressWarnings("unchecked") // The copy has this class's code.
    static <E> Fields.Reader<E> of(FieldType type, Function<? super E, ?> accessor) {
        try (InputStream code = Loop.class.getResourceAsStream("Loop.class")) {
            if (code != null) {
                Class<?> copy = MethodHandles.lookup()
                        .defineHiddenClassWithClassData(code.readAllBytes(), accessor, true)
                        .lookupClass();
                return (Fields.Reader<E>) copy.getDeclaredConstructor(FieldType.class, Function.class)
                        .newInstance(type, accessor);
            }
        } catch (IOException | ReflectiveOperationException | UnsupportedOperationException e) {
            // No hidden classes here: the class itself does.
        }
        return new Loop<>(type, accessor);
    }

    private @Nullable Object value(Batch<? extends E> batch, int row) {
        Function<Object, @Nullable Object> constant = CONSTANT;
        return constant != null ? constant.apply(batch.get(row)) : accessor.apply(batch.get(row));
    }

    @Override
    public void read(Batch<? extends E> batch, Column into) {
        switch (type) {
            case TEXT -> texts(batch, into);
            case FLAG -> flags(batch, into);
            case WHOLE -> wholes(batch, into);
            case NUMBER -> numbers(batch, into);
            case DURATION -> durations(batch, into);
            case INSTANT -> instants(batch, into);
            case DATE, MONEY -> others(batch, into);
        }
    }

    private void texts(Batch<? extends E> batch, Column into) {
        byte[] states = into.states();
        String[] texts = into.texts();
        for (int i = 0; i < batch.size(); i++) {
            Object text = value(batch, i);
            states[i] = text == null ? Column.MISSING : Column.KNOWN;
            texts[i] = text == null ? "" : text.toString();
        }
    }

    private void flags(Batch<? extends E> batch, Column into) {
        byte[] states = into.states();
        for (int i = 0; i < batch.size(); i++) {
            Boolean flag = (Boolean) value(batch, i);
            states[i] = flag == null ? Column.MISSING : flag ? Column.KNOWN : Column.FALSE;
        }
    }

    private void wholes(Batch<? extends E> batch, Column into) {
        byte[] states = into.states();
        long[] values = into.values();
        for (int i = 0; i < batch.size(); i++) {
            Object number = value(batch, i);
            if (number instanceof Integer whole) {
                states[i] = Column.KNOWN;
                values[i] = whole;
            } else if (number == null) {
                states[i] = Column.MISSING;
            } else {
                whole((Number) number, into, i);
            }
        }
    }

    private static void whole(Number number, Column into, int row) {
        long whole = number.longValue();
        long most = FieldType.WHOLE.maximum();
        if (number.doubleValue() == whole && whole <= most && whole >= -most) {
            into.set(row, whole);
        } else {
            into.reject(row, number.toString(), "expected a whole number of at most 2^53 - 1");
        }
    }

    private void numbers(Batch<? extends E> batch, Column into) {
        for (int i = 0; i < batch.size(); i++) {
            Number number = (Number) value(batch, i);
            if (number == null) {
                into.setMissing(i);
            } else if (Double.isFinite(number.doubleValue())) {
                into.set(i, FieldType.encodeNumber(number.doubleValue()));
            } else {
                into.reject(i, number.toString(), "expected a finite number");
            }
        }
    }

    private void durations(Batch<? extends E> batch, Column into) {
        byte[] states = into.states();
        long[] values = into.values();
        long most = FieldType.DURATION.maximum() / 1_000_000;
        for (int i = 0; i < batch.size(); i++) {
            Duration duration = (Duration) value(batch, i);
            if (duration == null) {
                states[i] = Column.MISSING;
            } else if (duration.getSeconds() < most && duration.getSeconds() > -most) {
                states[i] = Column.KNOWN;
                values[i] = duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
            } else {
                encode(duration, into, i);
            }
        }
    }

    private void instants(Batch<? extends E> batch, Column into) {
        byte[] states = into.states();
        long[] values = into.values();
        long most = Long.MAX_VALUE / 1_000_000 - 1;
        for (int i = 0; i < batch.size(); i++) {
            Instant instant = (Instant) value(batch, i);
            if (instant == null) {
                states[i] = Column.MISSING;
            } else if (instant.getEpochSecond() < most && instant.getEpochSecond() > -most) {
                states[i] = Column.KNOWN;
                values[i] = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
            } else {
                encode(instant, into, i);
            }
        }
    }

    private void others(Batch<? extends E> batch, Column into) {
        for (int i = 0; i < batch.size(); i++) {
            Object value = value(batch, i);
            if (value == null) {
                into.setMissing(i);
            } else {
                encode(value, into, i);
            }
        }
    }

    private void encode(Object value, Column into, int row) {
        try {
            into.set(row, type.encode(value));
        } catch (IllegalArgumentException e) {
            into.reject(row, value.toString(), "expected a " + type + " in range");
        }
    }
}
