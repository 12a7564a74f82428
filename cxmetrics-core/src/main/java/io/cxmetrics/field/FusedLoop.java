package io.cxmetrics.field;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One loop over the records of a batch that reads up to 16 fields.
 *
 * <p>A loop that calls whatever accessors it is given calls them through places that the compiler cannot inline. So each
 * list of fields gets a copy of this class, a <em>hidden class</em> whose accessors are constants: compiled, its loop is
 * that of a loop written by hand for these fields. Where hidden classes cannot be defined (a native image), {@link Accessor}
 * reads each field by itself: the same values, slower.
 */
final class FusedLoop implements FusedReader {
    /** How many fields a loop reads at most. */
    static final int MOST = 16;

    private static final Function<Object, @Nullable Object> F0 = function(0);
    private static final Function<Object, @Nullable Object> F1 = function(1);
    private static final Function<Object, @Nullable Object> F2 = function(2);
    private static final Function<Object, @Nullable Object> F3 = function(3);
    private static final Function<Object, @Nullable Object> F4 = function(4);
    private static final Function<Object, @Nullable Object> F5 = function(5);
    private static final Function<Object, @Nullable Object> F6 = function(6);
    private static final Function<Object, @Nullable Object> F7 = function(7);
    private static final Function<Object, @Nullable Object> F8 = function(8);
    private static final Function<Object, @Nullable Object> F9 = function(9);
    private static final Function<Object, @Nullable Object> F10 = function(10);
    private static final Function<Object, @Nullable Object> F11 = function(11);
    private static final Function<Object, @Nullable Object> F12 = function(12);
    private static final Function<Object, @Nullable Object> F13 = function(13);
    private static final Function<Object, @Nullable Object> F14 = function(14);
    private static final Function<Object, @Nullable Object> F15 = function(15);

    private static final @Nullable FieldType T0 = type(0);
    private static final @Nullable FieldType T1 = type(1);
    private static final @Nullable FieldType T2 = type(2);
    private static final @Nullable FieldType T3 = type(3);
    private static final @Nullable FieldType T4 = type(4);
    private static final @Nullable FieldType T5 = type(5);
    private static final @Nullable FieldType T6 = type(6);
    private static final @Nullable FieldType T7 = type(7);
    private static final @Nullable FieldType T8 = type(8);
    private static final @Nullable FieldType T9 = type(9);
    private static final @Nullable FieldType T10 = type(10);
    private static final @Nullable FieldType T11 = type(11);
    private static final @Nullable FieldType T12 = type(12);
    private static final @Nullable FieldType T13 = type(13);
    private static final @Nullable FieldType T14 = type(14);
    private static final @Nullable FieldType T15 = type(15);

    private static final boolean A0 = asAnswers(0);
    private static final boolean A1 = asAnswers(1);
    private static final boolean A2 = asAnswers(2);
    private static final boolean A3 = asAnswers(3);
    private static final boolean A4 = asAnswers(4);
    private static final boolean A5 = asAnswers(5);
    private static final boolean A6 = asAnswers(6);
    private static final boolean A7 = asAnswers(7);
    private static final boolean A8 = asAnswers(8);
    private static final boolean A9 = asAnswers(9);
    private static final boolean A10 = asAnswers(10);
    private static final boolean A11 = asAnswers(11);
    private static final boolean A12 = asAnswers(12);
    private static final boolean A13 = asAnswers(13);
    private static final boolean A14 = asAnswers(14);
    private static final boolean A15 = asAnswers(15);

    /** Called by reflection. */
    FusedLoop() {}

    /** What a hidden copy is made with. */
    private record Accessors(List<? extends Accessor<?>> list) {}

    /** An accessor of a hidden copy; null behind its last, and in the class itself. */
    private static @Nullable Accessor<?> accessor(int place) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        if (!lookup.lookupClass().isHidden()) {
            return null;
        }
        try {
            Accessors accessors = Objects.requireNonNull(MethodHandles.classData(lookup, "_", Accessors.class));
            return place < accessors.list().size() ? accessors.list().get(place) : null;
        } catch (IllegalAccessException e) {
            throw new LinkageError("the accessors of a loop", e);
        }
    }

    @SuppressWarnings("unchecked") // The records of the batch are what the accessors were made for.
    private static Function<Object, @Nullable Object> function(int place) {
        Accessor<?> accessor = accessor(place);
        return accessor == null ? record -> null : (Function<Object, @Nullable Object>) accessor.function();
    }

    private static @Nullable FieldType type(int place) {
        Accessor<?> accessor = accessor(place);
        return accessor == null ? null : accessor.type();
    }

    private static boolean asAnswers(int place) {
        Accessor<?> accessor = accessor(place);
        return accessor != null && accessor.asAnswers();
    }

    /** A loop for some accessors, or null where hidden classes cannot be defined. */
    static @Nullable FusedReader of(List<? extends Accessor<?>> accessors) {
        try (InputStream code = FusedLoop.class.getResourceAsStream("FusedLoop.class")) {
            return code == null
                    ? null
                    : (FusedReader) MethodHandles.lookup()
                            .defineHiddenClassWithClassData(code.readAllBytes(), new Accessors(accessors), true)
                            .lookupClass()
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (IOException | ReflectiveOperationException | UnsupportedOperationException e) {
            return null;
        }
    }

    @Override
    public boolean read(Object[] records, int size, byte[][] states, long[][] values, String[][] texts) {
        byte[] s0 = states[0];
        long[] v0 = values[0];
        String[] t0 = texts[0];
        byte[] s1 = states[1];
        long[] v1 = values[1];
        String[] t1 = texts[1];
        byte[] s2 = states[2];
        long[] v2 = values[2];
        String[] t2 = texts[2];
        byte[] s3 = states[3];
        long[] v3 = values[3];
        String[] t3 = texts[3];
        byte[] s4 = states[4];
        long[] v4 = values[4];
        String[] t4 = texts[4];
        byte[] s5 = states[5];
        long[] v5 = values[5];
        String[] t5 = texts[5];
        byte[] s6 = states[6];
        long[] v6 = values[6];
        String[] t6 = texts[6];
        byte[] s7 = states[7];
        long[] v7 = values[7];
        String[] t7 = texts[7];
        byte[] s8 = states[8];
        long[] v8 = values[8];
        String[] t8 = texts[8];
        byte[] s9 = states[9];
        long[] v9 = values[9];
        String[] t9 = texts[9];
        byte[] s10 = states[10];
        long[] v10 = values[10];
        String[] t10 = texts[10];
        byte[] s11 = states[11];
        long[] v11 = values[11];
        String[] t11 = texts[11];
        byte[] s12 = states[12];
        long[] v12 = values[12];
        String[] t12 = texts[12];
        byte[] s13 = states[13];
        long[] v13 = values[13];
        String[] t13 = texts[13];
        byte[] s14 = states[14];
        long[] v14 = values[14];
        String[] t14 = texts[14];
        byte[] s15 = states[15];
        long[] v15 = values[15];
        String[] t15 = texts[15];
        int seen = 0;
        for (int i = 0; i < size; i++) {
            Object record = records[i];
            if (T0 != null) {
                byte state = A0 ? Accessor.answer(F0.apply(record)) : Accessor.state(T0, F0.apply(record), v0, t0, i);
                s0[i] = state;
                seen |= A0 ? 0 : state;
            }
            if (T1 != null) {
                byte state = A1 ? Accessor.answer(F1.apply(record)) : Accessor.state(T1, F1.apply(record), v1, t1, i);
                s1[i] = state;
                seen |= A1 ? 0 : state;
            }
            if (T2 != null) {
                byte state = A2 ? Accessor.answer(F2.apply(record)) : Accessor.state(T2, F2.apply(record), v2, t2, i);
                s2[i] = state;
                seen |= A2 ? 0 : state;
            }
            if (T3 != null) {
                byte state = A3 ? Accessor.answer(F3.apply(record)) : Accessor.state(T3, F3.apply(record), v3, t3, i);
                s3[i] = state;
                seen |= A3 ? 0 : state;
            }
            if (T4 != null) {
                byte state = A4 ? Accessor.answer(F4.apply(record)) : Accessor.state(T4, F4.apply(record), v4, t4, i);
                s4[i] = state;
                seen |= A4 ? 0 : state;
            }
            if (T5 != null) {
                byte state = A5 ? Accessor.answer(F5.apply(record)) : Accessor.state(T5, F5.apply(record), v5, t5, i);
                s5[i] = state;
                seen |= A5 ? 0 : state;
            }
            if (T6 != null) {
                byte state = A6 ? Accessor.answer(F6.apply(record)) : Accessor.state(T6, F6.apply(record), v6, t6, i);
                s6[i] = state;
                seen |= A6 ? 0 : state;
            }
            if (T7 != null) {
                byte state = A7 ? Accessor.answer(F7.apply(record)) : Accessor.state(T7, F7.apply(record), v7, t7, i);
                s7[i] = state;
                seen |= A7 ? 0 : state;
            }
            if (T8 != null) {
                byte state = A8 ? Accessor.answer(F8.apply(record)) : Accessor.state(T8, F8.apply(record), v8, t8, i);
                s8[i] = state;
                seen |= A8 ? 0 : state;
            }
            if (T9 != null) {
                byte state = A9 ? Accessor.answer(F9.apply(record)) : Accessor.state(T9, F9.apply(record), v9, t9, i);
                s9[i] = state;
                seen |= A9 ? 0 : state;
            }
            if (T10 != null) {
                byte state =
                        A10 ? Accessor.answer(F10.apply(record)) : Accessor.state(T10, F10.apply(record), v10, t10, i);
                s10[i] = state;
                seen |= A10 ? 0 : state;
            }
            if (T11 != null) {
                byte state =
                        A11 ? Accessor.answer(F11.apply(record)) : Accessor.state(T11, F11.apply(record), v11, t11, i);
                s11[i] = state;
                seen |= A11 ? 0 : state;
            }
            if (T12 != null) {
                byte state =
                        A12 ? Accessor.answer(F12.apply(record)) : Accessor.state(T12, F12.apply(record), v12, t12, i);
                s12[i] = state;
                seen |= A12 ? 0 : state;
            }
            if (T13 != null) {
                byte state =
                        A13 ? Accessor.answer(F13.apply(record)) : Accessor.state(T13, F13.apply(record), v13, t13, i);
                s13[i] = state;
                seen |= A13 ? 0 : state;
            }
            if (T14 != null) {
                byte state =
                        A14 ? Accessor.answer(F14.apply(record)) : Accessor.state(T14, F14.apply(record), v14, t14, i);
                s14[i] = state;
                seen |= A14 ? 0 : state;
            }
            if (T15 != null) {
                byte state =
                        A15 ? Accessor.answer(F15.apply(record)) : Accessor.state(T15, F15.apply(record), v15, t15, i);
                s15[i] = state;
                seen |= A15 ? 0 : state;
            }
        }
        return (seen & Accessor.ODD) != 0;
    }
}
