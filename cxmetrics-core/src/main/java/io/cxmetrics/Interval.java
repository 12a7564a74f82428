package io.cxmetrics;

/**
 * A confidence interval: bounded, unbounded (the data do not bound the value: a result, not a failure) or undefined (too
 * few observations). Immutable and thread-safe.
 *
 * @param kind which of the three
 * @param low the lower bound in the KPI's base unit; −∞ if unbounded, NaN if undefined
 * @param high the upper bound in the KPI's base unit; +∞ if unbounded, NaN if undefined
 * @param level the confidence level, between 0 and 1
 * @param method the name of the method, or the reason why there is no interval
 * @since 0.1
 */
public record Interval(Kind kind, double low, double high, double level, String method) {

    /** The kinds of interval. */
    public enum Kind {
        /** Two finite bounds. */
        BOUNDED,
        /** The data do not bound the value at this level. */
        UNBOUNDED,
        /** There are too few observations to say. */
        UNDEFINED
    }

    /**
     * Checks that the bounds fit the kind.
     *
     * @throws IllegalArgumentException if the level is not between 0 and 1, or a bounded interval has bounds that are not
     *     finite or not in order
     */
    public Interval {
        checkLevel(level);
        if (kind == Kind.BOUNDED && !(low <= high && Double.isFinite(low) && Double.isFinite(high))) {
            throw new IllegalArgumentException(
                    "the bounds " + low + " and " + high + " of " + method + " are not in order");
        }
    }

    /**
     * Checks a confidence level.
     *
     * @param level the level
     * @throws IllegalArgumentException if it is not strictly between 0 and 1
     */
    public static void checkLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "a confidence level lies strictly between 0 and 1, such as 0.95; found " + level);
        }
    }

    /**
     * A bounded interval.
     *
     * @param low the lower bound
     * @param high the upper bound
     * @param level the confidence level
     * @param method the name of the method
     * @return the interval
     */
    public static Interval bounded(double low, double high, double level, String method) {
        return new Interval(Kind.BOUNDED, low, high, level, method);
    }

    /**
     * An unbounded interval.
     *
     * @param level the confidence level
     * @param method the name of the method
     * @return the interval
     */
    public static Interval unbounded(double level, String method) {
        return new Interval(Kind.UNBOUNDED, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level, method);
    }

    /**
     * No interval.
     *
     * @param level the confidence level
     * @param reason why there is none
     * @return the interval
     */
    public static Interval undefined(double level, String reason) {
        return new Interval(Kind.UNDEFINED, Double.NaN, Double.NaN, level, reason);
    }

    /**
     * Whether there are two finite bounds.
     *
     * @return true if bounded
     */
    public boolean isBounded() {
        return kind == Kind.BOUNDED;
    }

    /**
     * Whether a value lies in the interval.
     *
     * @param value the value
     * @return true if it does; always for an unbounded, never for an undefined interval
     */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /**
     * The interval with both bounds multiplied.
     *
     * @param factor a positive factor
     * @return the interval in another unit
     */
    public Interval times(double factor) {
        return isBounded() ? bounded(low * factor, high * factor, level, method) : this;
    }

    /** Such as {@code 95 % 0.837…0.88 (Wilson)}. */
    @Override
    public String toString() {
        String percent = Unit.plain(level * 100) + " % ";
        return switch (kind) {
            case BOUNDED -> percent + Unit.plain(low) + "…" + Unit.plain(high) + " (" + method + ")";
            case UNBOUNDED -> percent + "unbounded (" + method + ")";
            case UNDEFINED -> percent + "undefined (" + method + ")";
        };
    }
}
