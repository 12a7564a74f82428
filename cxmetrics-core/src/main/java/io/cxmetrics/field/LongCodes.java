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

    /** Keys that lie so close together, for each that is known, have places in {@link #near}. */
    private static final int NEAR = 4;

    /** One more than the number of each key from {@link #nearest} on, 0 if it has none: keys that lie close are not hashed. */
    private int[] near = new int[0];

    private long nearest;

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
        int place = placeNear(key);
        if (place >= 0) {
            int known = near[place];
            return known == 0 ? add(key, free(key)) : known - 1;
        }
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
            makeNear();
        }
        keys[size] = key;
        slots[slot] = size;
        int place = placeNear(key);
        if (place >= 0) {
            near[place] = size + 1;
        }
        return size++;
    }

    /** The place of a key in {@link #near}, −1 if it has none. */
    private int placeNear(long key) {
        long place = key - nearest;
        return key >= nearest && place >= 0 && place < near.length ? (int) place : -1;
    }

    /** If the keys lie close together, gives all between the least and the greatest a place. */
    private void makeNear() {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int code = 0; code < size; code++) {
            least = Math.min(least, keys[code]);
            greatest = Math.max(greatest, keys[code]);
        }
        long length = greatest - least + 1;
        boolean isNear = length > 0 && length <= (long) size * NEAR;
        near = new int[isNear ? (int) length : 0];
        nearest = least;
        for (int code = 0; isNear && code < size; code++) {
            near[(int) (keys[code] - least)] = code + 1;
        }
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
