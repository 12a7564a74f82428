package io.cxmetrics.field;

import java.util.Arrays;

/**
 * Gives each distinct {@code long} a small number, 0, 1, 2, … in the order of appearance (open addressing). Mutable, for one
 * thread.
 *
 * @since 0.1
 */
public final class LongCodes {
    private static final int EMPTY = -1;

    private long[] keys = new long[64];
    private int[] slots = emptySlots(128);

    private int size;

    private static int[] emptySlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    /** No numbers yet. */
    public LongCodes() {}

    /**
     * Mixes the bits of a hash code, so that its lowest ones differ more.
     *
     * @param hash the hash code
     * @return the mixed one
     */
    public static int mix(int hash) {
        return hash ^ (hash >>> 15);
    }

    private static int hash(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    /**
     * How many numbers have been given.
     *
     * @return the next number to be given
     */
    public int size() {
        return size;
    }

    /**
     * The value behind a number.
     *
     * @param code the number, less than the size
     * @return the value
     */
    public long key(int code) {
        return keys[code];
    }

    /**
     * The number of a value; a new value gets the next one.
     *
     * @param key the value
     * @return its number
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
