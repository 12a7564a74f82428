package io.cxmetrics.field;

import java.util.Arrays;

/**
 * Gives each distinct {@code long} a small number, 0, 1, 2, … in the order of appearance (open addressing). For engines.
 * Mutable, for one thread.
 *
 * @since 0.1
 */
public final class LongCodes {
    private static final int EMPTY = -1;

    private long[] keys = new long[64];
    private int[] slots = emptySlots(128);

    private int size;

    /** No numbers yet. */
    public LongCodes() {}

    private static int[] emptySlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    /** Spreads hashes that follow one another, as those of numbered customers do. */
    static int mix(int hash) {
        int mixed = hash * 0x9E37_79B9;
        return mixed ^ (mixed >>> 16);
    }

    private static int hash(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    /**
     * The number of distinct keys so far.
     *
     * @return the size
     */
    public int size() {
        return size;
    }

    /**
     * The key of a number.
     *
     * @param code a number that was given
     * @return the key
     */
    public long key(int code) {
        return keys[code];
    }

    /**
     * The number of a key.
     *
     * @param key any number
     * @return its small number, a new one if it has none
     */
    public int code(long key) {
        int mask = slots.length - 1;
        int slot = hash(key) & mask;
        while (true) {
            int code = slots[slot];
            if (code == EMPTY) {
                return add(key, slot);
            }
            if (keys[code] == key) {
                return code;
            }
            slot = (slot + 1) & mask;
        }
    }

    private int add(long key, int slot) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            slots = emptySlots(size * 4);
            for (int code = 0; code < size; code++) {
                slots[free(keys[code])] = code;
            }
            slot = free(key);
        }
        keys[size] = key;
        slots[slot] = size;
        return size++;
    }

    private int free(long key) {
        int mask = slots.length - 1;
        int slot = hash(key) & mask;
        while (slots[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
