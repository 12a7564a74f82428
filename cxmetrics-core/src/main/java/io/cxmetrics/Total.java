package io.cxmetrics;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Aggregate} came to: an exact number or a tally. Totals of disjoint sets of rows add up to the total of
 * their union, in any order and grouping, to the same bits. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Total permits Total.Exact, Total.Tally, Histogram, KeyedTotals {

    /**
     * The total of the union of two disjoint sets of rows.
     *
     * @param other a total of the same aggregate
     * @return the sum
     */
    Total plus(Total other);

    /**
     * A count or an exact sum.
     *
     * @param value the number; kept without trailing zeros so that equal numbers are equal
     */
    record Exact(BigDecimal value) implements Total {
        /** Brings the number to its canonical form. */
        public Exact {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        /**
         * A count.
         *
         * @param count the count
         * @return the total
         */
        public static Exact of(long count) {
            return new Exact(BigDecimal.valueOf(count));
        }

        @Override
        public Total plus(Total other) {
            return new Exact(value.add(((Exact) other).value));
        }
    }

    /** How often each value of a scale occurs. */
    final class Tally implements Total {
        private final long[] counts;

        /**
         * A tally.
         *
         * @param counts the counts from the lowest value of the scale to the highest; copied
         */
        public Tally(long... counts) {
            this.counts = counts.clone();
        }

        /**
         * The counts from the lowest value to the highest.
         *
         * @return a copy
         */
        public long[] counts() {
            return counts.clone();
        }

        @Override
        public Total plus(Total other) {
            long[] more = ((Tally) other).counts;
            long[] sums = new long[counts.length];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Math.addExact(counts[i], more[i]);
            }
            return new Tally(sums);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Tally that && Arrays.equals(counts, that.counts);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(counts);
        }

        @Override
        public String toString() {
            return Arrays.toString(counts);
        }
    }
}
