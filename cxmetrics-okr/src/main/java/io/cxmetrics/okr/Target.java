package io.cxmetrics.okr;

import java.util.OptionalDouble;

/**
 * What a key result has to come to, in the base unit of its KPI: a share is 0–1, a duration seconds, money the major unit.
 * Thresholds are inclusive: who reaches the target has met it. Immutable and thread-safe.
 *
 * <p>A start equal to the target is refused, because progress (current − start)/(target − start) would have no meaning.
 *
 * @since 0.1
 */
public sealed interface Target permits Target.Increase, Target.Decrease, Target.AtLeast, Target.AtMost {

    /**
     * The value from which progress counts.
     *
     * @return the start; empty for a threshold that is met or not
     */
    OptionalDouble start();

    /**
     * The value to come to.
     *
     * @return the target
     */
    double goal();

    /**
     * Whether more is better.
     *
     * @return true if the target is a lower bound
     */
    boolean rises();

    /**
     * Whether a value meets the target.
     *
     * @param value the value
     * @return {@code value ≥ goal} or {@code value ≤ goal}
     */
    default boolean isMet(double value) {
        return rises() ? value >= goal() : value <= goal();
    }

    /**
     * Rises from a start to a higher value.
     *
     * @param from the start
     * @param to the target
     */
    record Increase(double from, double to) implements Target {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the target is not above the start
         */
        public Increase {
            from = finite(from);
            to = finite(to);
            checkWay(from, to, true);
        }

        @Override
        public OptionalDouble start() {
            return OptionalDouble.of(from);
        }

        @Override
        public double goal() {
            return to;
        }

        @Override
        public boolean rises() {
            return true;
        }
    }

    /**
     * Falls from a start to a lower value.
     *
     * @param from the start
     * @param to the target
     */
    record Decrease(double from, double to) implements Target {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the target is not below the start
         */
        public Decrease {
            from = finite(from);
            to = finite(to);
            checkWay(from, to, false);
        }

        @Override
        public OptionalDouble start() {
            return OptionalDouble.of(from);
        }

        @Override
        public double goal() {
            return to;
        }

        @Override
        public boolean rises() {
            return false;
        }
    }

    /**
     * Is or comes to at least a threshold.
     *
     * @param threshold the least value that will do
     * @param start a value below, from which progress counts; without one the target is met or not
     */
    record AtLeast(double threshold, OptionalDouble start) implements Target {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the start is not below the threshold
         */
        public AtLeast {
            threshold = finite(threshold);
            if (start.isPresent()) {
                start = OptionalDouble.of(finite(start.getAsDouble()));
                checkWay(start.getAsDouble(), threshold, true);
            }
        }

        @Override
        public double goal() {
            return threshold;
        }

        @Override
        public boolean rises() {
            return true;
        }
    }

    /**
     * Is or comes to at most a threshold.
     *
     * @param threshold the greatest value that will do; 0 for zero incidents
     * @param start a value above, from which progress counts; without one the target is met or not
     */
    record AtMost(double threshold, OptionalDouble start) implements Target {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the start is not above the threshold
         */
        public AtMost {
            threshold = finite(threshold);
            if (start.isPresent()) {
                start = OptionalDouble.of(finite(start.getAsDouble()));
                checkWay(start.getAsDouble(), threshold, false);
            }
        }

        @Override
        public double goal() {
            return threshold;
        }

        @Override
        public boolean rises() {
            return false;
        }
    }

    /**
     * Rises from a start to a higher value.
     *
     * @param from the start
     * @param to the target
     * @return the target
     * @throws IllegalArgumentException if the target is not above the start
     */
    static Target increase(double from, double to) {
        return new Increase(from, to);
    }

    /**
     * Falls from a start to a lower value.
     *
     * @param from the start
     * @param to the target
     * @return the target
     * @throws IllegalArgumentException if the target is not below the start
     */
    static Target decrease(double from, double to) {
        return new Decrease(from, to);
    }

    /**
     * Keeps at least a level: met or not.
     *
     * @param threshold the least value that will do
     * @return the target
     */
    static Target atLeast(double threshold) {
        return new AtLeast(threshold, OptionalDouble.empty());
    }

    /**
     * Comes from a start to at least a level.
     *
     * @param threshold the least value that will do
     * @param from a value below, from which progress counts
     * @return the target
     * @throws IllegalArgumentException if the start is not below the threshold
     */
    static Target atLeast(double threshold, double from) {
        return new AtLeast(threshold, OptionalDouble.of(from));
    }

    /**
     * Keeps at most a level: met or not.
     *
     * @param threshold the greatest value that will do
     * @return the target
     */
    static Target atMost(double threshold) {
        return new AtMost(threshold, OptionalDouble.empty());
    }

    /**
     * Comes from a start to at most a level.
     *
     * @param threshold the greatest value that will do
     * @param from a value above, from which progress counts
     * @return the target
     * @throws IllegalArgumentException if the start is not above the threshold
     */
    static Target atMost(double threshold, double from) {
        return new AtMost(threshold, OptionalDouble.of(from));
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a target needs finite numbers; found " + value);
        }
        return value + 0.0; // −0.0 becomes 0.0, so that equal targets are equal
    }

    private static void checkWay(double start, double goal, boolean rises) {
        if (start == goal) {
            throw new IllegalArgumentException(
                    "start = target = " + goal + ": progress (current − start)/(target − start) has no meaning");
        }
        if (start < goal != rises) {
            throw new IllegalArgumentException("from " + start + " to " + goal + " is "
                    + (rises ? "a fall; use decrease or atMost" : "a rise; use increase or atLeast"));
        }
    }
}
