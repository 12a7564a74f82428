package io.cxmetrics.field;

import java.util.Arrays;

/**
 * Texts that were read before, found by their bytes: a few texts that come again and again become one object each. It
 * remembers {@value #MOST} texts of at most {@value #LONGEST} bytes; the rest are read anew each time, so that memory stays
 * bounded. Mutable, for one thread.
 */
final class TextMemory {
    private static final int MOST = 4096;
    private static final int LONGEST = 64;

    // A slot has the number of a text, its length or 0 for no text, and its first eight bytes.
    private short[] numbers = new short[64];
    private byte[] lengths = new byte[64];
    private long[] heads = new long[64];

    private byte[][] keys = new byte[16][];
    private String[] texts = new String[16];
    private byte[] states = new byte[16];
    private int size;

    /** The first eight bytes, or as many as there are. */
    private static long head(byte[] bytes, int from, int length) {
        return Digits.first(Digits.eight(bytes, from), Math.min(length, Digits.EIGHT));
    }

    private static int hash(long head, byte[] bytes, int from, int length) {
        long tail = length > Long.BYTES ? Digits.eight(bytes, from + length - Long.BYTES) : length;
        return (int) (((head ^ Long.rotateLeft(tail, 29)) * 0x9E3779B97F4A7C15L) >>> 32);
    }

    /** The number of a text of one byte or more, or −1 if it is not known. Eight bytes behind it must be readable. */
    int find(byte[] bytes, int from, int length) {
        if (length > LONGEST) {
            return -1;
        }
        long head = head(bytes, from, length);
        int slot = hash(head, bytes, from, length) & (lengths.length - 1);
        while (lengths[slot] != 0) {
            if (heads[slot] == head
                    && lengths[slot] == length
                    && (length <= Long.BYTES
                            || Arrays.equals(keys[numbers[slot]], 0, length, bytes, from, from + length))) {
                return numbers[slot];
            }
            slot = (slot + 1) & (lengths.length - 1);
        }
        return -1;
    }

    /** Remembers a text that is not known, if there is room. */
    void add(byte[] bytes, int from, int length, String text, byte state) {
        if (length > LONGEST || length == 0 || size == MOST) {
            return;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            texts = Arrays.copyOf(texts, 2 * size);
            states = Arrays.copyOf(states, 2 * size);
        }
        // With eight bytes behind it, as in the block.
        keys[size] = Arrays.copyOfRange(bytes, from, from + length + Long.BYTES);
        texts[size] = text;
        states[size] = state;
        if (4 * size >= lengths.length) {
            grow();
        }
        put(size, length);
        size++;
    }

    private void grow() {
        byte[] before = lengths;
        short[] known = numbers;
        numbers = new short[4 * before.length];
        lengths = new byte[4 * before.length];
        heads = new long[4 * before.length];
        for (int slot = 0; slot < before.length; slot++) {
            if (before[slot] != 0) {
                put(known[slot], before[slot]);
            }
        }
    }

    private void put(int number, int length) {
        byte[] key = keys[number];
        int slot = hash(head(key, 0, length), key, 0, length) & (lengths.length - 1);
        while (lengths[slot] != 0) {
            slot = (slot + 1) & (lengths.length - 1);
        }
        heads[slot] = head(key, 0, length);
        lengths[slot] = (byte) length;
        numbers[slot] = (short) number;
    }

    String text(int number) {
        return texts[number];
    }

    byte state(int number) {
        return states[number];
    }
}
