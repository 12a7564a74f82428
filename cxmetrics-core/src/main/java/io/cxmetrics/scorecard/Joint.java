package io.cxmetrics.scorecard;

import io.cxmetrics.field.LongCodes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives each pair of a number and a code a number of its own, 0, 1, 2, … in the order of appearance: by a table of all pairs
 * while that is small, otherwise by hashing.
 */
final class Joint {
    private static final int MOST_PAIRS = 1 << 20;

    /** Whose number is where: {@code [number << widthBits | code]}, 0 for pairs that have not appeared. */
    private int @Nullable [] table = new int[64];

    private int widthBits = 3;
    private final LongCodes pairs = new LongCodes();

    int size() {
        return pairs.size();
    }

    int number(int joint) {
        return (int) (pairs.key(joint) >>> 32);
    }

    int code(int joint) {
        return (int) pairs.key(joint);
    }

    /** Replaces each number by that of the pair of it and a code. */
    void join(int[] numbers, int[] codes, int size) {
        int[] direct = room(numbers, codes, size);
        if (direct == null) {
            hash(numbers, codes, size);
            return;
        }
        for (int i = 0; i < size; i++) {
            int at = (numbers[i] << widthBits) | codes[i];
            int known = direct[at];
            if (known == 0) {
                known = pairs.code(((long) numbers[i] << 32) | codes[i]) + 1;
                direct[at] = known;
            }
            numbers[i] = known - 1;
        }
    }

    private void hash(int[] numbers, int[] codes, int size) {
        long before = -1;
        int number = 0;
        for (int i = 0; i < size; i++) {
            long pair = ((long) numbers[i] << 32) | codes[i];
            if (pair != before) {
                before = pair;
                number = pairs.code(pair);
            }
            numbers[i] = number;
        }
    }

    /** The table with room for a batch, or null if it would be too large. */
    private int @Nullable [] room(int[] numbers, int[] codes, int size) {
        int[] direct = table;
        if (direct == null) {
            return null;
        }
        int highestNumber = 0;
        int highestCode = 0;
        for (int i = 0; i < size; i++) {
            highestNumber = Math.max(highestNumber, numbers[i]);
            highestCode = Math.max(highestCode, codes[i]);
        }
        int bits = Math.max(widthBits, Integer.SIZE - Integer.numberOfLeadingZeros(highestCode));
        long needed = (highestNumber + 1L) << bits;
        if (bits == widthBits && needed <= direct.length) {
            return direct;
        }
        if (needed > MOST_PAIRS) {
            table = null;
            return null;
        }
        if (bits == widthBits) {
            direct = Arrays.copyOf(direct, (int) Math.max(needed, Math.min(MOST_PAIRS, direct.length * 2L)));
        } else {
            direct = new int[(int) Math.max(needed, 64)];
            for (int joint = 0; joint < pairs.size(); joint++) {
                int at = (number(joint) << bits) | code(joint);
                if (at >= direct.length) {
                    direct = Arrays.copyOf(direct, Integer.highestOneBit(at) * 2);
                }
                direct[at] = joint + 1;
            }
            widthBits = bits;
        }
        table = direct;
        return direct;
    }
}
