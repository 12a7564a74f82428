package io.cxmetrics.okr.forecast;

/**
 * The values that meet a target, bounds included. Immutable and thread-safe.
 *
 * @param low the least value that will do; −∞ if there is none
 * @param high the greatest value that will do; +∞ if there is none
 * @since 0.1
 */
public record Goal(double low, double high) {
    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if low is above high, or there is no bound at all
     */
    public Goal {
        if (!(low <= high) || low == Double.POSITIVE_INFINITY || high == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "a goal goes from a lower to an upper value; found " + low + " to " + high);
        }
        if (Double.isInfinite(low) && Double.isInfinite(high)) {
            throw new IllegalArgumentException("a goal needs a bound: every value would meet it");
        }
        low = low + 0.0; // −0.0 becomes 0.0, so that equal goals are equal
        high = high + 0.0;
    }

    /**
     * A value or more.
     *
     * @param low the least value that will do
     * @return the goal
     * @throws IllegalArgumentException if it is not finite
     */
    public static Goal atLeast(double low) {
        return new Goal(low, Double.POSITIVE_INFINITY);
    }

    /**
     * A value or less.
     *
     * @param high the greatest value that will do
     * @return the goal
     * @throws IllegalArgumentException if it is not finite
     */
    public static Goal atMost(double high) {
        return new Goal(Double.NEGATIVE_INFINITY, high);
    }

    /**
     * A band.
     *
     * @param low the least value that will do
     * @param high the greatest value that will do
     * @return the goal
     * @throws IllegalArgumentException if low is above high or one is not a number
     */
    public static Goal between(double low, double high) {
        return new Goal(low, high);
    }

    /**
     * Whether a value meets the goal.
     *
     * @param value the value
     * @return true if low ≤ value ≤ high; false for NaN
     */
    public boolean isMetBy(double value) {
        return value >= low && value <= high;
    }

    /** Such as {@code at least 0.8} or {@code 2.0 to 4.0}. */
    @Override
    public String toString() {
        return Double.isInfinite(high)
                ? "at least " + low
                : Double.isInfinite(low) ? "at most " + high : low + " to " + high;
    }
}
