package io.cxmetrics.field;

import io.cxmetrics.field.Accessor.Form;
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

    private static final Form A0 = form(0);
    private static final Form A1 = form(1);
    private static final Form A2 = form(2);
    private static final Form A3 = form(3);
    private static final Form A4 = form(4);
    private static final Form A5 = form(5);
    private static final Form A6 = form(6);
    private static final Form A7 = form(7);
    private static final Form A8 = form(8);
    private static final Form A9 = form(9);
    private static final Form A10 = form(10);
    private static final Form A11 = form(11);
    private static final Form A12 = form(12);
    private static final Form A13 = form(13);
    private static final Form A14 = form(14);
    private static final Form A15 = form(15);

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

    private static Form form(int place) {
        Accessor<?> accessor = accessor(place);
        return accessor == null ? Form.FULL : accessor.form();
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
    public boolean read(
            Object[] records, int size, byte[][] states, long[][] values, String[][] texts, TextCodes[] codes) {
        byte[] s0 = states[0];
        long[] v0 = values[0];
        String[] t0 = texts[0];
        TextCodes d0 = codes[0];
        byte[] s1 = states[1];
        long[] v1 = values[1];
        String[] t1 = texts[1];
        TextCodes d1 = codes[1];
        byte[] s2 = states[2];
        long[] v2 = values[2];
        String[] t2 = texts[2];
        TextCodes d2 = codes[2];
        byte[] s3 = states[3];
        long[] v3 = values[3];
        String[] t3 = texts[3];
        TextCodes d3 = codes[3];
        byte[] s4 = states[4];
        long[] v4 = values[4];
        String[] t4 = texts[4];
        TextCodes d4 = codes[4];
        byte[] s5 = states[5];
        long[] v5 = values[5];
        String[] t5 = texts[5];
        TextCodes d5 = codes[5];
        byte[] s6 = states[6];
        long[] v6 = values[6];
        String[] t6 = texts[6];
        TextCodes d6 = codes[6];
        byte[] s7 = states[7];
        long[] v7 = values[7];
        String[] t7 = texts[7];
        TextCodes d7 = codes[7];
        byte[] s8 = states[8];
        long[] v8 = values[8];
        String[] t8 = texts[8];
        TextCodes d8 = codes[8];
        byte[] s9 = states[9];
        long[] v9 = values[9];
        String[] t9 = texts[9];
        TextCodes d9 = codes[9];
        byte[] s10 = states[10];
        long[] v10 = values[10];
        String[] t10 = texts[10];
        TextCodes d10 = codes[10];
        byte[] s11 = states[11];
        long[] v11 = values[11];
        String[] t11 = texts[11];
        TextCodes d11 = codes[11];
        byte[] s12 = states[12];
        long[] v12 = values[12];
        String[] t12 = texts[12];
        TextCodes d12 = codes[12];
        byte[] s13 = states[13];
        long[] v13 = values[13];
        String[] t13 = texts[13];
        TextCodes d13 = codes[13];
        byte[] s14 = states[14];
        long[] v14 = values[14];
        String[] t14 = texts[14];
        TextCodes d14 = codes[14];
        byte[] s15 = states[15];
        long[] v15 = values[15];
        String[] t15 = texts[15];
        TextCodes d15 = codes[15];
        int seen = 0;
        for (int i = 0; i < size; i++) {
            Object record = records[i];
            if (T0 != null) {
                byte state = state(A0, T0, F0.apply(record), v0, t0, d0, i);
                s0[i] = state;
                seen |= A0 == Form.ANSWER ? 0 : state;
            }
            if (T1 != null) {
                byte state = state(A1, T1, F1.apply(record), v1, t1, d1, i);
                s1[i] = state;
                seen |= A1 == Form.ANSWER ? 0 : state;
            }
            if (T2 != null) {
                byte state = state(A2, T2, F2.apply(record), v2, t2, d2, i);
                s2[i] = state;
                seen |= A2 == Form.ANSWER ? 0 : state;
            }
            if (T3 != null) {
                byte state = state(A3, T3, F3.apply(record), v3, t3, d3, i);
                s3[i] = state;
                seen |= A3 == Form.ANSWER ? 0 : state;
            }
            if (T4 != null) {
                byte state = state(A4, T4, F4.apply(record), v4, t4, d4, i);
                s4[i] = state;
                seen |= A4 == Form.ANSWER ? 0 : state;
            }
            if (T5 != null) {
                byte state = state(A5, T5, F5.apply(record), v5, t5, d5, i);
                s5[i] = state;
                seen |= A5 == Form.ANSWER ? 0 : state;
            }
            if (T6 != null) {
                byte state = state(A6, T6, F6.apply(record), v6, t6, d6, i);
                s6[i] = state;
                seen |= A6 == Form.ANSWER ? 0 : state;
            }
            if (T7 != null) {
                byte state = state(A7, T7, F7.apply(record), v7, t7, d7, i);
                s7[i] = state;
                seen |= A7 == Form.ANSWER ? 0 : state;
            }
            if (T8 != null) {
                byte state = state(A8, T8, F8.apply(record), v8, t8, d8, i);
                s8[i] = state;
                seen |= A8 == Form.ANSWER ? 0 : state;
            }
            if (T9 != null) {
                byte state = state(A9, T9, F9.apply(record), v9, t9, d9, i);
                s9[i] = state;
                seen |= A9 == Form.ANSWER ? 0 : state;
            }
            if (T10 != null) {
                byte state = state(A10, T10, F10.apply(record), v10, t10, d10, i);
                s10[i] = state;
                seen |= A10 == Form.ANSWER ? 0 : state;
            }
            if (T11 != null) {
                byte state = state(A11, T11, F11.apply(record), v11, t11, d11, i);
                s11[i] = state;
                seen |= A11 == Form.ANSWER ? 0 : state;
            }
            if (T12 != null) {
                byte state = state(A12, T12, F12.apply(record), v12, t12, d12, i);
                s12[i] = state;
                seen |= A12 == Form.ANSWER ? 0 : state;
            }
            if (T13 != null) {
                byte state = state(A13, T13, F13.apply(record), v13, t13, d13, i);
                s13[i] = state;
                seen |= A13 == Form.ANSWER ? 0 : state;
            }
            if (T14 != null) {
                byte state = state(A14, T14, F14.apply(record), v14, t14, d14, i);
                s14[i] = state;
                seen |= A14 == Form.ANSWER ? 0 : state;
            }
            if (T15 != null) {
                byte state = state(A15, T15, F15.apply(record), v15, t15, d15, i);
                s15[i] = state;
                seen |= A15 == Form.ANSWER ? 0 : state;
            }
        }
        return (seen & Accessor.ODD) != 0;
    }

    /** Of a constant form, so that one of the three is left. */
    private static byte state(
            Form form,
            FieldType type,
            @Nullable Object value,
            long[] values,
            String[] texts,
            TextCodes codes,
            int row) {
        return form == Form.ANSWER
                ? Accessor.answer(value)
                : form == Form.CODE
                        ? Accessor.code(value, values, codes, row)
                        : Accessor.state(type, value, values, texts, row);
    }
}
