package io.cxmetrics.field;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Texts that were read before, found by their bytes: a few texts that come again and again become one object each. It
 * remembers {@value #MOST} texts of at most {@value #LONGEST} bytes; the rest are read anew each time, so that memory stays
 * bounded. Mutable, for one thread.
 */
final class TextMemory {
    private static final int MOST = 4096;
    private static final int LONGEST = 64;
    private static final int SLOTS = 2 * MOST;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What stands in a slot: 0 for nothing, else the text's number + 1. */
    private final short[] slots = new short[SLOTS];

    private long[] heads = new long[16];
    private byte[][] keys = new byte[16][];
    private String[] texts = new String[16];
    private byte[] states = new byte[16];
    private int size;

    /** The first eight bytes, or as many as there are. */
    private static long head(byte[] bytes, int from, int length) {
        long head = (long) EIGHT.get(bytes, from);
        return length >= Long.BYTES ? head : head & ((1L << (length * Byte.SIZE)) - 1);
    }

    private static int slot(long head, byte[] bytes, int from, int length) {
        long tail = length > Long.BYTES ? (long) EIGHT.get(bytes, from + length - Long.BYTES) : length;
        long mixed = (head ^ Long.rotateLeft(tail, 29)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (SLOTS - 1);
    }

    /** The number of a text of one byte or more, or −1 if it is not known. Eight bytes behind it must be readable. */
    int find(byte[] bytes, int from, int length) {
        if (length > LONGEST) {
            return -1;
        }
        long head = head(bytes, from, length);
        int slot = slot(head, bytes, from, length);
        while (true) {
            int number = slots[slot] - 1;
            if (number < 0) {
                return -1;
            }
            byte[] key = keys[number];
            if (heads[number] == head
                    && key.length == length
                    && (length <= Long.BYTES || Arrays.equals(key, 0, length, bytes, from, from + length))) {
                return number;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    /** Remembers a text that is not known, if there is room. */
    void add(byte[] bytes, int from, int length, String text, byte state) {
        if (length > LONGEST || length == 0 || size == MOST) {
            return;
        }
        if (size == heads.length) {
            heads = Arrays.copyOf(heads, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
            texts = Arrays.copyOf(texts, 2 * size);
            states = Arrays.copyOf(states, 2 * size);
        }
        heads[size] = head(bytes, from, length);
        keys[size] = Arrays.copyOfRange(bytes, from, from + length);
        texts[size] = text;
        states[size] = state;
        int slot = slot(heads[size], bytes, from, length);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        slots[slot] = (short) (size + 1);
        size++;
    }

    String text(int number) {
        return texts[number];
    }

    byte state(int number) {
        return states[number];
    }
}
