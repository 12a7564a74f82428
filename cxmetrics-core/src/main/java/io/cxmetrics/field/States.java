package io.cxmetrics.field;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Three-valued logic over the states of a batch, eight rows at a time: a state is a byte, and what is said here of the bits
 * of one byte happens to the eight bytes of a {@code long}.
 *
 * <p>Arrays of states are as long as {@link Batch#CAPACITY}, a multiple of eight; the rows behind the last one of a batch may
 * be overwritten.
 */
final class States {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int ROWS = Long.BYTES;

    /** A bit of each of eight states. */
    private static final long KNOWN = 0x0101010101010101L * Column.KNOWN;

    private static final long FALSE = 0x0101010101010101L * Column.FALSE;
    private static final long REJECTED = 0x0101010101010101L * Column.REJECTED;

    private States() {}

    private static long get(byte[] states, int row) {
        return (long) EIGHT.get(states, row);
    }

    private static void set(byte[] states, int row, long eight) {
        EIGHT.set(states, row, eight);
    }

    /** All bits of the bytes whose lowest bit is set; the other bits must be 0. */
    private static long whole(long lowest) {
        return (lowest << Byte.SIZE) - lowest;
    }

    /** True if both are, false if one is; a rejected operand leaves its bit. */
    static void and(byte[] a, byte[] b, byte[] to, int size) {
        for (int i = 0; i < size; i += ROWS) {
            long x = get(a, i);
            long y = get(b, i);
            set(to, i, (x & y & KNOWN) | ((x | y) & (FALSE | REJECTED)));
        }
    }

    /** True if one is, false if both are; a rejected operand leaves its bit. */
    static void or(byte[] a, byte[] b, byte[] to, int size) {
        for (int i = 0; i < size; i += ROWS) {
            long x = get(a, i);
            long y = get(b, i);
            set(to, i, (x & y & FALSE) | ((x | y) & (KNOWN | REJECTED)));
        }
    }

    static void not(byte[] of, byte[] to, int size) {
        for (int i = 0; i < size; i += ROWS) {
            long x = get(of, i);
            set(to, i, ((x & KNOWN) << 1) | ((x & FALSE) >>> 1) | (x & REJECTED));
        }
    }

    /** True if there is no value, false if there is one, rejected if it is. */
    static void missing(byte[] of, byte[] to, int size) {
        for (int i = 0; i < size; i += ROWS) {
            long x = get(of, i);
            long known = (x | (x >>> 1)) & KNOWN;
            long unknown = known ^ KNOWN;
            long rejected = (x >>> 2) & unknown;
            set(to, i, (unknown ^ rejected) | (known << 1) | (rejected << 2));
        }
    }

    /** Whether a relation holds, where both sides are known; {@code holds} has 1 or 0 in each row. */
    static void relation(byte[] left, byte[] right, byte[] holds, byte[] to, int size) {
        for (int i = 0; i < size; i += ROWS) {
            long x = get(left, i);
            long y = get(right, i);
            long known = x & y & KNOWN;
            long yes = get(holds, i) & known;
            set(to, i, yes | ((known ^ yes) << 1) | ((x | y) & REJECTED));
        }
    }

    /** Known where both operands are and the result is in range; {@code inRange} has 1 or 0 in each row. */
    static void result(byte[] left, byte[] right, byte[] inRange, byte[] to, int size) {
        for (int i = 0; i < size; i += ROWS) {
            long x = get(left, i);
            long y = get(right, i);
            long known = x & y & KNOWN;
            long good = get(inRange, i) & known;
            set(to, i, good | ((known ^ good) << 2) | ((x | y) & REJECTED));
        }
    }

    /** Known where both are, otherwise rejected if one is. */
    static void together(byte[] a, byte[] b, byte[] to, int size) {
        for (int i = 0; i < size; i += ROWS) {
            long x = get(a, i);
            long y = get(b, i);
            long knownX = (x | (x >>> 1)) & KNOWN;
            long knownY = (y | (y >>> 1)) & KNOWN;
            long rejected = ((x >>> 2) & KNOWN & ~knownX) | ((y >>> 2) & KNOWN & ~knownY);
            set(to, i, (knownX & knownY) | (rejected << 2));
        }
    }

    /** The outcome of each row; returns the bits of all of them together. */
    static int outcomes(byte[] where, byte[] required, byte[] to, int size) {
        long all = 0;
        for (int i = 0; i < size; i += ROWS) {
            long w = get(where, i);
            long ineligible = (w >>> 1) & KNOWN;
            long eligible = whole(w & KNOWN);
            // Where eligibility is not known, what is wrong with it decides.
            long state = (get(required, i) & eligible) | (w & REJECTED & ~eligible);
            long unknown = ((state | (state >>> 1)) & KNOWN) ^ KNOWN;
            long outcome = (unknown << 1) | ((state >>> 2) & unknown);
            outcome = (outcome & ~whole(ineligible)) | ineligible;
            set(to, i, outcome);
            all |= upTo(size - i, outcome);
        }
        return folded(all);
    }

    /** The outcome of each row, with 4 added where a condition holds. */
    static void places(byte[] outcomes, byte[] condition, byte[] to, int size) {
        for (int i = 0; i < size; i += ROWS) {
            set(to, i, get(outcomes, i) | ((get(condition, i) & KNOWN) << 2));
        }
    }

    /** The bits of all states together. */
    static int all(byte[] states, int size) {
        long all = 0;
        for (int i = 0; i < size; i += ROWS) {
            all |= upTo(size - i, get(states, i));
        }
        return folded(all);
    }

    /** Whether all states are the same one. */
    static boolean areAll(byte state, byte[] states, int size) {
        long expected = 0x0101010101010101L * state;
        long differences = 0;
        for (int i = 0; i < size; i += ROWS) {
            differences |= upTo(size - i, get(states, i) ^ expected);
        }
        return differences == 0;
    }

    private static long upTo(int bytes, long eight) {
        return bytes >= ROWS ? eight : eight & beginning(bytes);
    }

    private static int folded(long eight) {
        long four = eight | (eight >>> 32);
        long two = four | (four >>> 16);
        return (int) (two | (two >>> 8)) & 0xFF;
    }

    /** The bits of the first bytes of eight. */
    private static long beginning(int bytes) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? (1L << (bytes * Byte.SIZE)) - 1
                : -1L << ((ROWS - bytes) * Byte.SIZE);
    }
}
