package io.cxmetrics;

import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statistic needs from the rows that it uses: the whole interface between a KPI's meaning and the engines that
 * compute it. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Aggregate
        permits Aggregate.Count, Aggregate.Sum, Aggregate.Tally, Aggregate.Histogram, Aggregate.Keyed {

    /**
     * The number of used rows in which a condition holds (unknown does not count).
     *
     * @param of the condition
     */
    record Count(Condition of) implements Aggregate {}

    /**
     * The exact sum of a quantity, or of the product of two, over the used rows, in the engine's units.
     *
     * @param of the quantity
     * @param times the other factor, or {@code of} itself for a square; null for a plain sum
     */
    record Sum(Quantity<?> of, @Nullable Quantity<?> times) implements Aggregate {
        /**
         * Checks that sums mean something.
         *
         * @throws IllegalArgumentException if a quantity cannot be summed
         */
        public Sum {
            checkSummable(of);
            if (times != null) {
                checkSummable(times);
            }
        }

        static void checkSummable(Quantity<?> quantity) {
            if (!quantity.type().isSummable()) {
                throw new IllegalArgumentException("a " + quantity.type() + " cannot be summed: " + quantity);
            }
        }
    }

    /**
     * How often each value of a whole-number scale occurs in the used rows.
     *
     * @param of a quantity that is always within the scale
     * @param lowest the lowest value
     * @param highest the highest value
     */
    record Tally(Quantity<Long> of, int lowest, int highest) implements Aggregate {}

    /**
     * The distribution of a quantity in the used rows: exact while distinct values are few, then in buckets of a relative
     * width.
     *
     * @param of the quantity
     * @param bits how fine the buckets are: 2<sup>bits</sup> to a doubling of the value
     */
    record Histogram(Quantity<?> of, int bits) implements Aggregate {
        /**
         * Checks that the distribution means something.
         *
         * @throws IllegalArgumentException if the quantity cannot be summed, or bits is not from 1 to 20
         */
        public Histogram {
            Sum.checkSummable(of);
            if (bits < 1 || bits > 20) {
                throw new IllegalArgumentException("a histogram has 1 to 20 bits; found " + bits);
            }
        }
    }

    /**
     * Counts and plain sums for each value of a text, such as each customer's key. Not small: it grows with the number of
     * distinct keys, which it keeps as {@linkplain KeyedTotals#hash hashes}.
     *
     * @param key the text whose values are told apart; rows without it must not be used
     * @param of what is aggregated for each key: counts, and sums of one quantity
     */
    record Keyed(Text key, List<Aggregate> of) implements Aggregate {
        /**
         * Copies the list and checks it.
         *
         * @throws IllegalArgumentException if it is empty or has anything but counts and sums of one quantity
         */
        public Keyed {
            of = List.copyOf(of);
            boolean plain = !of.isEmpty();
            for (Aggregate aggregate : of) {
                plain &= aggregate instanceof Count || (aggregate instanceof Sum sum && sum.times() == null);
            }
            if (!plain) {
                throw new IllegalArgumentException(
                        "by key there are counts and sums of one quantity only; found " + of);
            }
        }
    }
}
