package io.cxmetrics.field;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * ASCII digits among bytes as numbers, eight of them at once: a byte each of a long, checked by one addition and put together
 * by three multiplications (J. Lee, 2017; D. Lemire, Quickly parsing eight digits, 2018). Neither the length of a number nor
 * its digits cost a branch that the processor could mispredict, which is what reading them one by one costs most.
 */
final class Digits {
    /** How many digits are read at once. */
    static final int EIGHT = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long HIGH = 0x8080808080808080L;
    /** Added to a byte from 0 to 9, it does not reach the high bit; added to any other below 0x80, it does. */
    private static final long ABOVE_NINE = 0x7676767676767676L;

    private Digits() {}

    /** Eight bytes, the first one lowest. */
    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /**
     * The first bytes of eight as digits from 0 to 9, the last one highest; below them zeros.
     *
     * @param length how many, from 0 to 8
     */
    static long last(long eight, int length) {
        // In two steps, since one by 64 bits would be none.
        int half = (EIGHT - length) * (Byte.SIZE / 2);
        return (eight ^ ZEROS) << half << half;
    }

    /**
     * The first bytes of eight, and zeros for the rest.
     *
     * @param length how many, from 1 to 8; of 0, all of them
     */
    static long first(long eight, int length) {
        return eight & (-1L >>> ((EIGHT - length) * Byte.SIZE));
    }

    /** Whether every byte is a digit from 0 to 9. */
    static boolean areDigits(long digits) {
        return (((digits + ABOVE_NINE) | digits) & HIGH) == 0;
    }

    /** The number of eight digits from 0 to 9, the lowest byte first. */
    static int number(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        return (int) (((pairs & 0x000000FF000000FFL) * 0x000F424000000064L
                        + ((pairs >>> 16) & 0x000000FF000000FFL) * 0x0000271000000001L)
                >>> 32);
    }

    /** The digits from one index to before another as a number, or −1 if one of them is no ASCII digit. */
    static int number(byte[] text, int from, int to) {
        int length = to - from;
        if (length > 0 && length <= EIGHT && from + EIGHT <= text.length) {
            long digits = last(eight(text, from), length);
            return areDigits(digits) ? number(digits) : -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** One to sixteen digits from one index to before another as a number, or −1 if they are not. */
    static long whole(byte[] text, int from, int to) {
        int middle = to - EIGHT;
        if (middle <= from) {
            return from < to ? number(text, from, to) : -1;
        }
        int high = middle - from <= EIGHT ? number(text, from, middle) : -1;
        int low = number(text, middle, to);
        return high < 0 || low < 0 ? -1 : high * 100_000_000L + low;
    }

    /**
     * The two digits that fixed places of eight bytes hold.
     *
     * @param digits digits and zeros
     * @param place the byte of the first one
     */
    static int pair(long digits, int place) {
        return (int) ((digits * 10 + (digits >>> 8)) >>> (place * Byte.SIZE)) & 0xFF;
    }
}
