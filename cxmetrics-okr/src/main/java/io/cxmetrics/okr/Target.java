package io.cxmetrics.okr;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a key result has to come to, in the base unit of its measure: a share is 0–1, a duration seconds, money the major
 * unit. Thresholds are inclusive: who reaches the target has met it. Immutable and thread-safe.
 *
 * <p>A start equal to the target is refused, because progress (current − start)/(target − start) would have no meaning.
 *
 * @since 0.1
 */
public sealed interface Target permits Target.Bound, Target.Between, Target.Milestones, Target.Done, Target.Baseline {

    /**
     * The value from which progress counts.
     *
     * @return the start; empty for what is met or not, and for milestones, which begin at nothing
     */
    default OptionalDouble start() {
        return OptionalDouble.empty();
    }

    /**
     * Whether a value meets the target.
     *
     * @param value the value
     * @return true if it does, bounds included
     */
    boolean isMet(double value);

    /** A target that is a bound to be reached from one side. */
    sealed interface Bound extends Target permits Increase, Decrease, AtLeast, AtMost {
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

        @Override
        default boolean isMet(double value) {
            return rises() ? value >= goal() : value <= goal();
        }

        /**
         * The value at which a level that is kept comes so near to its bound that somebody should look.
         *
         * @return the warning level, on the good side of the bound; empty if there is none
         */
        default OptionalDouble warning() {
            return OptionalDouble.empty();
        }

        /**
         * Whether a value meets the target, but is past the warning level.
         *
         * @param value the value
         * @return true between the bound and the warning level, the bound included and the level not
         */
        default boolean warns(double value) {
            return warning().isPresent()
                    && isMet(value)
                    && (rises()
                            ? value < warning().getAsDouble()
                            : value > warning().getAsDouble());
        }

        /**
         * The same way from where it stands now, for the next cycle.
         *
         * @param current the value at the end of this cycle
         * @return the target with another start; a level without a start stays as it is
         * @throws IllegalArgumentException if the value is not finite or has reached the target, so that nothing is left of
         *     the way
         */
        default Target rebased(double current) {
            finite(current);
            if (start().isEmpty()) {
                return this;
            }
            if (isMet(current)) {
                throw new IllegalArgumentException("nothing is left to carry over: " + current + " has reached "
                        + goal() + "; set another target or drop the key result");
            }
            return withStart(current);
        }

        /**
         * This target from another start.
         *
         * @param newStart the value from which progress counts
         * @return the target
         * @throws IllegalArgumentException if it is not on the way to the target
         */
        Target withStart(double newStart);
    }

    /**
     * Rises from a start to a higher value.
     *
     * @param from the start
     * @param to the target
     */
    record Increase(double from, double to) implements Bound {
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

        @Override
        public Target withStart(double newStart) {
            return new Increase(newStart, to);
        }
    }

    /**
     * Falls from a start to a lower value.
     *
     * @param from the start
     * @param to the target
     */
    record Decrease(double from, double to) implements Bound {
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

        @Override
        public Target withStart(double newStart) {
            return new Decrease(newStart, to);
        }
    }

    /**
     * Is or comes to at least a threshold.
     *
     * @param threshold the least value that will do
     * @param start a value below, from which progress counts; without one the target is met or not
     * @param warning a value above, below which somebody should look although the target is met
     */
    record AtLeast(double threshold, OptionalDouble start, OptionalDouble warning) implements Bound {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the start is not below the threshold or the warning level not above it
         */
        public AtLeast {
            threshold = finite(threshold);
            start = finite(start);
            warning = finite(warning);
            if (start.isPresent()) {
                checkWay(start.getAsDouble(), threshold, true);
            }
            if (warning.isPresent() && !(warning.getAsDouble() > threshold)) {
                throw new IllegalArgumentException("the warning level of at least " + threshold
                        + " lies above it, where the target is still met; found " + warning.getAsDouble());
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

        @Override
        public Target withStart(double newStart) {
            return new AtLeast(threshold, OptionalDouble.of(newStart), warning);
        }
    }

    /**
     * Is or comes to at most a threshold.
     *
     * @param threshold the greatest value that will do; 0 for zero incidents
     * @param start a value above, from which progress counts; without one the target is met or not
     * @param warning a value below, above which somebody should look although the target is met
     */
    record AtMost(double threshold, OptionalDouble start, OptionalDouble warning) implements Bound {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the start is not above the threshold or the warning level not below it
         */
        public AtMost {
            threshold = finite(threshold);
            start = finite(start);
            warning = finite(warning);
            if (start.isPresent()) {
                checkWay(start.getAsDouble(), threshold, false);
            }
            if (warning.isPresent() && !(warning.getAsDouble() < threshold)) {
                throw new IllegalArgumentException("the warning level of at most " + threshold
                        + " lies below it, where the target is still met; found " + warning.getAsDouble());
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

        @Override
        public Target withStart(double newStart) {
            return new AtMost(threshold, OptionalDouble.of(newStart), warning);
        }
    }

    /**
     * Stays in a band: met or not.
     *
     * @param low the least value that will do
     * @param high the greatest value that will do
     */
    record Between(double low, double high) implements Target {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the upper bound is not above the lower
         */
        public Between {
            low = finite(low);
            high = finite(high);
            if (!(low < high)) {
                throw new IllegalArgumentException("a band reaches from a lower to a higher value; found " + low
                        + " to " + high + (low == high ? "; use atLeast or atMost" : ""));
            }
        }

        @Override
        public boolean isMet(double value) {
            return value >= low && value <= high;
        }
    }

    /**
     * A step on the way, for {@link Milestones}.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens, unique among the steps
     * @param title what is to be done, for people
     * @param weight how much of the way it is, greater than 0
     */
    record Milestone(String id, String title, double weight) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the id is not of that form, the title blank or the weight not a positive number
         */
        public Milestone {
            Checks.idAndTitle("milestone", id, title);
            Checks.weight("milestone", id, weight);
        }

        /**
         * A step of weight 1.
         *
         * @param id 1 to 63 lower-case letters, digits and hyphens, unique among the steps
         * @param title what is to be done, for people
         * @return the step
         */
        public static Milestone of(String id, String title) {
            return new Milestone(id, title, 1);
        }
    }

    /**
     * Takes weighted steps, all of them in the end. The value is the share of their weight that is done, 0…1, as check-ins
     * say it; {@link #share} works it out.
     *
     * @param steps the steps, at least one
     */
    record Milestones(List<Milestone> steps) implements Target {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is no step or an id is given twice
         */
        public Milestones {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("milestones without a step");
            }
            Set<String> ids = new LinkedHashSet<>();
            for (Milestone step : steps) {
                if (!ids.add(step.id())) {
                    throw new IllegalArgumentException("two milestones are '" + step.id() + "'");
                }
            }
        }

        /**
         * The share of the weight of steps that are done: the value of a check-in.
         *
         * @param done the ids of the steps that are done
         * @return Σ weight done / Σ weight, 0…1
         * @throws IllegalArgumentException if there is no such step
         */
        public double share(Collection<String> done) {
            Set<String> rest = new LinkedHashSet<>(done);
            BigDecimal all = BigDecimal.ZERO;
            BigDecimal part = BigDecimal.ZERO;
            for (Milestone step : steps) {
                BigDecimal weight = new BigDecimal(Double.toString(step.weight()));
                all = all.add(weight);
                part = rest.remove(step.id()) ? part.add(weight) : part;
            }
            if (!rest.isEmpty()) {
                throw new IllegalArgumentException("no milestone " + rest + ", only "
                        + steps.stream().map(Milestone::id).toList());
            }
            return part.divide(all, MathContext.DECIMAL128).doubleValue();
        }

        @Override
        public boolean isMet(double value) {
            return value >= 1;
        }
    }

    /** Is done or not: the value of a check-in is 1 or 0. */
    record Done() implements Target {
        @Override
        public boolean isMet(double value) {
            return value >= 1;
        }
    }

    /** Finds the number first: any value will do. It has no progress and counts in no objective. */
    record Baseline() implements Target {
        @Override
        public boolean isMet(double value) {
            return Double.isFinite(value);
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
        return new AtLeast(threshold, OptionalDouble.empty(), OptionalDouble.empty());
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
        return new AtLeast(threshold, OptionalDouble.of(from), OptionalDouble.empty());
    }

    /**
     * Keeps at most a level: met or not.
     *
     * @param threshold the greatest value that will do
     * @return the target
     */
    static Target atMost(double threshold) {
        return new AtMost(threshold, OptionalDouble.empty(), OptionalDouble.empty());
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
        return new AtMost(threshold, OptionalDouble.of(from), OptionalDouble.empty());
    }

    /**
     * Stays in a band: met or not.
     *
     * @param low the least value that will do
     * @param high the greatest value that will do
     * @return the target
     * @throws IllegalArgumentException if the upper bound is not above the lower
     */
    static Target between(double low, double high) {
        return new Between(low, high);
    }

    /**
     * Takes weighted steps.
     *
     * @param steps the steps
     * @return the target
     * @throws IllegalArgumentException if there is no step or an id is given twice
     */
    static Milestones milestones(Milestone... steps) {
        return new Milestones(List.of(steps));
    }

    /**
     * Is done or not.
     *
     * @return the target
     */
    static Target done() {
        return new Done();
    }

    /**
     * Finds the number first.
     *
     * @return the target
     */
    static Target baseline() {
        return new Baseline();
    }

    private static OptionalDouble finite(OptionalDouble value) {
        return value.isPresent() ? OptionalDouble.of(finite(value.getAsDouble())) : value;
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
