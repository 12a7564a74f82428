package io.cxmetrics.scorecard;

import java.util.Arrays;

/** Gives each distinct {@code long} a small number, 0, 1, 2, … in the order of appearance (open addressing). */
final class LongCodes {
    private static final int EMPTY = -1;

    private long[] keys = new long[64];
    private int[] slots = emptySlots(128);

    private int size;

    private static int[] emptySlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    static int mix(int hash) {
        return hash ^ (hash >>> 15);
    }

    private static int hash(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    int size() {
        return size;
    }

    long key(int code) {
        return keys[code];
    }

    int code(long key) {
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
