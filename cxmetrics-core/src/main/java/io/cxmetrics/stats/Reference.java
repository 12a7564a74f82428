package io.cxmetrics.stats;

import io.cxmetrics.Direction;
import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A stated value that a KPI is shown beside: last year's, an industry figure, a competitor's. It carries its own n and
 * interval where it has them; a bare figure is taken as exact, which a comparison then says. Whether the figure was defined
 * as the KPI is, no library can know. Immutable and thread-safe.
 *
 * <pre>{@code
 * Reference.of("industry 2025", 0.80).compare(serviceLevel, 0.95).toString();
 *     // Service level 86.0 % is better than industry 2025, 80.0 % (taken as exact): +6.0 points (95 % 3.7…8.0)
 * }</pre>
 *
 * @param label what the reference is
 * @param value its value in the base unit of the KPI
 * @param n how many observations it rests on, if that is known
 * @param interval its own interval, or null if it has none
 * @since 0.1
 */
public record Reference(
        String label,
        double value,
        OptionalLong n,
        @Nullable Interval interval) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the label is blank, or the value is not finite or not in the interval
     */
    public Reference {
        Objects.requireNonNull(n, "n");
        if (label.isBlank() || !Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "a reference needs a label and a finite value; found \"" + label + "\" and " + value);
        }
        if (interval != null && interval.isBounded() && !interval.contains(value)) {
            throw new IllegalArgumentException(
                    "the reference " + label + " has the value " + value + " outside its interval " + interval);
        }
    }

    /**
     * A bare figure.
     *
     * @param label what the reference is
     * @param value its value in the base unit of the KPI
     * @return the reference
     */
    public static Reference of(String label, double value) {
        return new Reference(label, value, OptionalLong.empty(), null);
    }

    /**
     * A figure with its own interval.
     *
     * @param label what the reference is
     * @param value its value in the base unit of the KPI
     * @param n how many observations it rests on
     * @param interval its interval, at the level of later comparisons
     * @return the reference
     */
    public static Reference of(String label, double value, long n, Interval interval) {
        return new Reference(label, value, OptionalLong.of(n), interval);
    }

    /**
     * A result as a reference, such as last year's.
     *
     * @param label what the reference is
     * @param result the result, which is defined
     * @param level the confidence level of its interval, that of later comparisons
     * @return the reference
     * @throws IllegalArgumentException if the result is undefined
     */
    public static Reference of(String label, Estimate result, double level) {
        double value = result.value()
                .orElseThrow(() -> new IllegalArgumentException(result + " is undefined and no reference"));
        return of(label, value, result.counts().used(), result.interval(level));
    }

    /** How a KPI stands to a reference. */
    public enum Standing {
        /** The KPI is better, beyond chance. */
        BETTER,
        /** The KPI is worse, beyond chance. */
        WORSE,
        /** The KPI differs beyond chance, but has no direction. */
        DIFFERENT,
        /** The difference may be chance. */
        UNCLEAR
    }

    /**
     * A KPI beside a reference.
     *
     * @param own the KPI's result
     * @param reference the reference
     * @param level the confidence level
     */
    public record Beside(Estimate own, Reference reference, double level) {
        /**
         * The difference.
         *
         * @return own − reference in the base unit, or empty if the own value is undefined
         */
        public OptionalDouble difference() {
            OptionalDouble value = own.value();
            return value.isEmpty() ? value : OptionalDouble.of(value.getAsDouble() - reference.value());
        }

        /**
         * The interval of the difference: recovered from both intervals (MOVER), which takes the two as independent; a
         * reference without an interval adds nothing to it.
         *
         * @return the interval, undefined if the own one is
         */
        public Interval interval() {
            Interval ofOwn = own.interval(level);
            if (own.value().isEmpty()) {
                return ofOwn;
            }
            Interval known = reference.interval();
            Interval ofReference =
                    known == null ? Interval.bounded(reference.value(), reference.value(), level, "exact") : known;
            return Mover.difference(reference.value(), ofReference, own.value().getAsDouble(), ofOwn, "hybrid (MOVER)");
        }

        /**
         * How the KPI stands to the reference.
         *
         * @return whether it is better or worse, by the direction of the KPI, or unclear if the interval contains 0
         */
        public Standing standing() {
            Interval interval = interval();
            if (!interval.isBounded() || interval.contains(0)) {
                return Standing.UNCLEAR;
            }
            Direction direction = own.kpi().direction();
            if (direction == Direction.NEUTRAL) {
                return Standing.DIFFERENT;
            }
            return interval.low() > 0 == (direction == Direction.HIGHER_IS_BETTER) ? Standing.BETTER : Standing.WORSE;
        }

        /** A difference of two percentages is stated in points. */
        private String inPoints(String shown) {
            String percent = Unit.SHARE.suffix(0) + " (";
            int end = own.kpi().unit().equals(Unit.SHARE) ? shown.indexOf(percent) : -1;
            return end < 0 ? shown : shown.substring(0, end) + " points (" + shown.substring(end + percent.length());
        }

        /** Such as {@code Service level 86.0 % is better than industry 2025, 80.0 % (taken as exact): +6.0 points (95 % 3.7…8.0)}. */
        @Override
        public String toString() {
            Unit unit = own.kpi().unit();
            String what = reference.label() + ", " + unit.format(reference.value(), Locale.ROOT)
                    + (reference.interval() == null
                            ? " (taken as exact)"
                            : reference.n().isPresent()
                                    ? " (n = " + reference.n().getAsLong() + ")"
                                    : "");
            OptionalDouble difference = difference();
            if (difference.isEmpty()) {
                return own.kpi().name() + " undefined beside " + what;
            }
            String stands = switch (standing()) {
                case BETTER -> " is better than ";
                case WORSE -> " is worse than ";
                case DIFFERENT -> " differs from ";
                case UNCLEAR -> " is not clearly different from ";
            };
            return own.kpi().name() + " " + unit.format(own.value().getAsDouble(), Locale.ROOT) + stands + what + ": "
                    + (difference.getAsDouble() > 0 ? "+" : "")
                    + inPoints(unit.format(difference.getAsDouble(), interval(), Locale.ROOT));
        }
    }

    /**
     * Puts a KPI's result beside this reference.
     *
     * @param own the result
     * @param level the confidence level, strictly between 0 and 1; that of the reference's own interval, if it has one
     * @return the two beside each other
     * @throws IllegalArgumentException if the level differs from that of the reference's interval
     */
    public Beside compare(Estimate own, double level) {
        Interval.checkLevel(level);
        if (interval != null && interval.level() != level) {
            throw new IllegalArgumentException(
                    "the interval of the reference " + label + " has the level " + interval.level() + ", not " + level);
        }
        return new Beside(own, this, level);
    }
}
