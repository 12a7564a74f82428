package io.cxmetrics;

import io.cxmetrics.field.FieldType;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of a quantity: every distinct value with its count while there are at most {@value #MOST_VALUES} of
 * them, otherwise counts in buckets that grow with the value (log-linear, 2<sup>bits</sup> buckets to a doubling).
 *
 * <p>Which of the two it is depends on the values alone and not on their order or grouping, so merged histograms are equal
 * whatever the split. The middle of a bucket is at most a share of 2<sup>−(bits + 1)</sup> away from any value in it: 0.8 %
 * for 6 bits, 0.1 % for 9. Whole units below 2<sup>bits + 1</sup> have buckets of their own. Magnitudes below 10<sup>−300</sup>
 * count as 0 once there are buckets.
 *
 * <p>Immutable and thread-safe. A few kilobytes at most; the distinct values are not protected.
 *
 * @since 0.1
 */
public final class Histogram implements Total {
    /** How many distinct values are kept exactly. */
    public static final int MOST_VALUES = 64;

    private static final double SMALLEST = 1e-300;

    private final FieldType type;
    private final int bits;
    private final boolean exact;
    private final long[] keys;
    private final long[] counts;

    private Histogram(FieldType type, int bits, boolean exact, long[] keys, long[] counts) {
        this.type = type;
        this.bits = bits;
        this.exact = exact;
        this.keys = keys;
        this.counts = counts;
    }

    /**
     * No values.
     *
     * @param type the type of the quantity
     * @param bits how fine the buckets are
     * @return the empty histogram
     */
    public static Histogram empty(FieldType type, int bits) {
        return new Histogram(type, bits, true, new long[0], new long[0]);
    }

    /**
     * A histogram from its parts, for those who stored one.
     *
     * @param type the type of the quantity
     * @param bits how fine the buckets are
     * @param exact whether the keys are values
     * @param keys encoded values, or numbers of buckets, in rising order; copied
     * @param counts how often each occurs, at least 1; copied
     * @return the histogram
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public static Histogram of(FieldType type, int bits, boolean exact, long[] keys, long[] counts) {
        boolean fits = keys.length == counts.length && (!exact || keys.length <= MOST_VALUES);
        long highest = highestKey(type, bits, exact);
        long lowest = exact && type == FieldType.NUMBER ? FieldType.encodeNumber(-Double.MAX_VALUE) : -highest;
        long n = 0;
        for (int i = 0; fits && i < keys.length; i++) {
            boolean inRange = keys[i] >= lowest && keys[i] <= highest;
            // The sum of counts from 1 turns negative as soon as it leaves the range of a long.
            n += Math.max(0, counts[i]);
            fits = inRange && counts[i] > 0 && n > 0 && (i == 0 || keys[i - 1] < keys[i]);
        }
        if (!fits) {
            throw new IllegalArgumentException("a histogram needs rising keys within the range of a " + type
                    + ", with counts of at least 1, and at most " + MOST_VALUES + " keys if it is exact");
        }
        return new Histogram(type, bits, exact, keys.clone(), counts.clone());
    }

    /**
     * A histogram of values with their counts, in any number.
     *
     * @param type the type of the quantity
     * @param bits how fine the buckets are
     * @param values distinct encoded values in rising order; copied
     * @param counts how often each occurs, at least 1; copied
     * @return the histogram, exact or in buckets as their number demands
     */
    public static Histogram ofValues(FieldType type, int bits, long[] values, long[] counts) {
        return values.length <= MOST_VALUES
                ? of(type, bits, true, values, counts)
                : new Histogram(type, bits, true, values, counts).bucketed();
    }

    /** The same, of values that are known to be such and arrays that nobody else has. */
    static Histogram ofOwnValues(FieldType type, int bits, long[] values, long[] counts) {
        Histogram exact = new Histogram(type, bits, true, values, counts);
        return values.length <= MOST_VALUES ? exact : exact.bucketed();
    }

    /**
     * The number of the bucket of a value.
     *
     * @param type the type of the quantity
     * @param bits how fine the buckets are
     * @param encoded the encoded value
     * @return the number; buckets of greater values have greater numbers
     */
    static int bucket(FieldType type, int bits, long encoded) {
        double value = type == FieldType.NUMBER ? FieldType.decodeNumber(encoded) : encoded;
        double size = Math.abs(value);
        if (size < SMALLEST) {
            return 0;
        }
        int number = (int) (Double.doubleToRawLongBits(size) >>> (52 - bits));
        return value < 0 ? -number : number;
    }

    /** The numbers of the buckets of some rows. */
    static void buckets(FieldType type, int bits, long[] encoded, int[] rows, int size, int[] numbers) {
        if (type == FieldType.NUMBER) {
            for (int i = 0; i < size; i++) {
                numbers[i] = bucket(type, bits, encoded[rows[i]]);
            }
            return;
        }
        int shift = 52 - bits;
        for (int i = 0; i < size; i++) {
            // The same for whole units, without a branch.
            long value = encoded[rows[i]];
            int sign = (int) (value >> 63);
            int number = (int) (Double.doubleToRawLongBits((double) Math.abs(value)) >>> shift);
            numbers[i] = (number ^ sign) - sign;
        }
    }

    /** The greatest encoded value, or the number of its bucket. */
    private static long highestKey(FieldType type, int bits, boolean exact) {
        long greatest = type == FieldType.NUMBER ? FieldType.encodeNumber(Double.MAX_VALUE) : type.maximum();
        return exact ? greatest : bucket(type, bits, greatest);
    }

    private Histogram bucketed() {
        long[] buckets = new long[keys.length];
        long[] sums = new long[keys.length];
        int size = 0;
        for (int i = 0; i < keys.length; i++) {
            long bucket = bucket(type, bits, keys[i]);
            if (size > 0 && buckets[size - 1] == bucket) {
                sums[size - 1] = Math.addExact(sums[size - 1], counts[i]);
            } else {
                buckets[size] = bucket;
                sums[size++] = counts[i];
            }
        }
        return new Histogram(type, bits, false, Arrays.copyOf(buckets, size), Arrays.copyOf(sums, size));
    }

    @Override
    public Histogram plus(Total other) {
        Histogram a = this;
        Histogram b = (Histogram) other;
        if (a.exact != b.exact) {
            a = a.exact ? a.bucketed() : a;
            b = b.exact ? b.bucketed() : b;
        }
        long[] union = new long[a.keys.length + b.keys.length];
        long[] sums = new long[union.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.keys.length || j < b.keys.length) {
            boolean left = j == b.keys.length || (i < a.keys.length && a.keys[i] <= b.keys[j]);
            boolean right = i == a.keys.length || (j < b.keys.length && b.keys[j] <= a.keys[i]);
            union[size] = left ? a.keys[i] : b.keys[j];
            sums[size++] = Math.addExact(left ? a.counts[i] : 0, right ? b.counts[j] : 0);
            i += left ? 1 : 0;
            j += right ? 1 : 0;
        }
        Histogram merged = new Histogram(type, bits, a.exact, Arrays.copyOf(union, size), Arrays.copyOf(sums, size));
        return merged.exact && size > MOST_VALUES ? merged.bucketed() : merged;
    }

    /**
     * Whether every distinct value is known.
     *
     * @return false once values are in buckets
     */
    public boolean isExact() {
        return exact;
    }

    /**
     * The encoded values, or the numbers of the buckets, in rising order.
     *
     * @return a copy
     */
    public long[] keys() {
        return keys.clone();
    }

    /**
     * How often each key occurs.
     *
     * @return a copy
     */
    public long[] counts() {
        return counts.clone();
    }

    /**
     * How many values there are.
     *
     * @return the sum of the counts
     */
    public long n() {
        return Arrays.stream(counts).sum();
    }

    /** Which end or middle of a bucket. */
    public enum Edge {
        /** The least value of the bucket. */
        LOW,
        /** The middle of the bucket. */
        MIDDLE,
        /** The greatest value of the bucket. */
        HIGH
    }

    /**
     * The value of a rank: exactly while distinct values are few, otherwise that of its bucket.
     *
     * @param rank from 1 to {@link #n}
     * @param edge what to take of a bucket
     * @return the value in the engine's unit
     * @throws IllegalArgumentException if there is no such rank
     */
    public double atRank(long rank, Edge edge) {
        long seen = 0;
        for (int i = 0; i < keys.length && rank >= 1; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return exact ? plain(keys[i]) : inBucket(keys[i], edge);
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + seen);
    }

    private double plain(long encoded) {
        return type == FieldType.NUMBER ? FieldType.decodeNumber(encoded) : encoded;
    }

    private double inBucket(long bucket, Edge edge) {
        if (bucket == 0) {
            return 0;
        }
        double near = Double.longBitsToDouble(Math.abs(bucket) << (52 - bits));
        double far = Double.longBitsToDouble((Math.abs(bucket) + 1) << (52 - bits));
        if (type != FieldType.NUMBER) {
            near = Math.ceil(near);
            far = Math.ceil(far) - 1;
        }
        double low = bucket < 0 ? -far : near;
        double high = bucket < 0 ? -near : far;
        return edge == Edge.LOW ? low : edge == Edge.HIGH ? high : low + (high - low) / 2;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Histogram that
                && type == that.type
                && bits == that.bits
                && exact == that.exact
                && Arrays.equals(keys, that.keys)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, bits, exact, Arrays.hashCode(keys), Arrays.hashCode(counts));
    }

    @Override
    public String toString() {
        return keys.length + (exact ? " values" : " buckets") + ", n = " + n();
    }
}
