package io.cxmetrics.money;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.stats.Comparison;
import java.time.LocalDate;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A stated link between two KPIs, such as "the path to purchase gets 20 % shorter, which raises conversion by 15 %", kept so that
 * it can be varied ({@link #input}) and later held against what happened ({@link #check}). Immutable and thread-safe.
 *
 * @param lever the name of what is to be changed, such as {@code path to purchase}
 * @param leverChange its assumed relative change, −0.20 for 20 % shorter; not 0
 * @param result the name of what is hoped to follow, such as {@code conversion}
 * @param lowest the lowest relative change of the result that is thought possible
 * @param resultChange the assumed relative change of the result, 0.15 for 15 % more
 * @param highest the highest that is thought possible
 * @param statedBy who stated it, and on what ground
 * @param statedOn when
 * @since 0.1
 */
public record Assumption(
        String lever,
        double leverChange,
        String result,
        double lowest,
        double resultChange,
        double highest,
        String statedBy,
        LocalDate statedOn) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a text is blank, a change is not finite, the lever does not change, or the changes of the
     *     result are not in order
     */
    public Assumption {
        if (lever.isBlank() || result.isBlank() || statedBy.isBlank()) {
            throw new IllegalArgumentException(
                    "an assumption says what is changed, what is hoped to follow, and who says so");
        }
        if (!Double.isFinite(leverChange) || leverChange == 0) {
            throw new IllegalArgumentException(
                    "the change of " + lever + " is a number other than 0; found " + leverChange);
        }
        if (!(lowest <= resultChange
                && resultChange <= highest
                && Double.isFinite(lowest)
                && Double.isFinite(highest))) {
            throw new IllegalArgumentException("the change of " + result + " needs lowest ≤ assumed ≤ highest; found "
                    + lowest + ", " + resultChange + ", " + highest);
        }
    }

    /** How a measured change stands to the assumed one. */
    public enum Verdict {
        /** The interval lies nearer to no change than assumed, or beyond it in the other direction. */
        LESS("less than assumed"),
        /** The interval holds the assumed change and not 0. */
        AS_ASSUMED("as assumed"),
        /** The interval lies beyond the assumed change. */
        MORE("more than assumed"),
        /** The interval holds both the assumed change and 0, or there is none: the data do not decide. */
        OPEN("not decided by the data");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /**
         * The verdict for people.
         *
         * @return such as {@code as assumed}
         */
        public String words() {
            return words;
        }

        static Verdict of(double assumed, Interval measured) {
            if (!measured.isBounded() || (measured.contains(assumed) && measured.contains(0))) {
                return OPEN;
            } else if (measured.contains(assumed)) {
                return AS_ASSUMED;
            }
            boolean isBeyond = assumed >= 0 ? measured.low() > assumed : measured.high() < assumed;
            return isBeyond ? MORE : LESS;
        }
    }

    /**
     * What was assumed beside what was measured.
     *
     * @param assumption the assumption
     * @param lever the measured relative change of the lever; empty if undefined
     * @param leverInterval its interval
     * @param result the measured relative change of the result; empty if undefined
     * @param resultInterval its interval
     */
    public record Check(
            Assumption assumption,
            OptionalDouble lever,
            Interval leverInterval,
            OptionalDouble result,
            Interval resultInterval) {

        /**
         * Whether the lever changed as assumed.
         *
         * @return the verdict
         */
        public Verdict leverVerdict() {
            return Verdict.of(assumption.leverChange(), leverInterval);
        }

        /**
         * Whether the result changed as assumed.
         *
         * @return the verdict
         */
        public Verdict resultVerdict() {
            return Verdict.of(assumption.resultChange(), resultInterval);
        }

        /**
         * The change of the result that the assumption would give for the lever's measured change, in proportion.
         *
         * @return assumed result ÷ assumed lever × measured lever; empty if the lever is undefined
         */
        public OptionalDouble expected() {
            return lever.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(assumption.resultChange() / assumption.leverChange() * lever.getAsDouble());
        }

        /** Assumed and measured, in three lines. */
        @Override
        public String toString() {
            String expected = expected().isEmpty()
                    ? ""
                    : "; in proportion to the measured " + assumption.lever() + ", "
                            + signed(expected().getAsDouble()) + " was to be expected";
            return assumption + "\n" + line(assumption.lever(), lever, leverInterval, leverVerdict()) + "\n"
                    + line(assumption.result(), result, resultInterval, resultVerdict()) + expected;
        }

        private static String line(String name, OptionalDouble change, Interval interval, Verdict verdict) {
            return "measured: " + name + " "
                    + (change.isEmpty()
                            ? "undefined"
                            : (change.getAsDouble() > 0 ? "+" : "")
                                    + Unit.SHARE.format(change.getAsDouble(), interval, Locale.ROOT))
                    + ", " + verdict.words();
        }
    }

    /**
     * The assumed change of the result as an input that is stated.
     *
     * @return the input, named after the result, a share
     */
    public WorthInput input() {
        return WorthInput.stated("change of " + result, Unit.SHARE, lowest, resultChange, highest);
    }

    /**
     * Holds the assumption against what happened. What else changed in the meantime the comparison does not know; between
     * groups drawn by lot, nothing else did.
     *
     * @param leverMeasured the lever before and after, or without and with
     * @param resultMeasured the result before and after, or without and with
     * @param level the confidence level, strictly between 0 and 1
     * @return assumed and measured
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Check check(Comparison leverMeasured, Comparison resultMeasured, double level) {
        return new Check(
                this,
                leverMeasured.relativeChange(),
                leverMeasured.relativeInterval(level),
                resultMeasured.relativeChange(),
                resultMeasured.relativeInterval(level));
    }

    private static String signed(double change) {
        return (change > 0 ? "+" : "") + Unit.SHARE.format(change, Locale.ROOT);
    }

    /** Such as {@code assumed: path to purchase -20.0 %, conversion +15.0 % (5.0 %…20.0 %), by the board on 2026-01-05}. */
    @Override
    public String toString() {
        return "assumed: " + lever + " " + signed(leverChange) + ", " + result + " " + signed(resultChange) + " ("
                + signed(lowest) + "…" + signed(highest) + "), by " + statedBy + " on " + statedOn;
    }
}
