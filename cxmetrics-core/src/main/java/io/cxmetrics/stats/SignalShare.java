package io.cxmetrics.stats;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The share of rows that show none of a set of signals, × 100, with each signal's own rate: the family of the bot
 * experience score.
 *
 * <p><b>Formula:</b> 100 × (n − rows with at least one signal) / n.
 *
 * <p><b>Unit and range:</b> points, 0…100.
 *
 * <p><b>Empty, missing, off scale:</b> undefined for n = 0. A row with one known signal has a signal, whatever is unknown
 * of the others; a row without a known signal in which one is unknown is missing.
 *
 * <p><b>Interval:</b> Wilson.
 *
 * <p><b>Cost:</b> two numbers for each signal; immutable and thread-safe.
 *
 * @since 0.1
 */
public final class SignalShare extends Statistic<SignalShare> {

    /**
     * The family with its parameter.
     *
     * @param signals the signals by name, at least one
     */
    public record Definition(Map<String, Condition> signals) implements io.cxmetrics.Definition<SignalShare> {
        /**
         * Copies the signals in their order.
         *
         * @throws IllegalArgumentException if there are none, or a name is blank or contains {@code =}, with which two
         *     definitions could look alike
         */
        public Definition {
            signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
            if (signals.isEmpty()) {
                throw new IllegalArgumentException("a score of signals needs at least one signal");
            }
            for (String name : signals.keySet()) {
                if (name.isBlank() || name.indexOf('=') >= 0) {
                    throw new IllegalArgumentException(
                            "\"" + name + "\" cannot name a signal: expected a name without '=', such as profanity");
                }
            }
        }

        Condition anySignal() {
            return Condition.any(signals.values().toArray(new Condition[0]));
        }

        @Override
        public List<Expression> required() {
            return List.of(anySignal());
        }

        @Override
        public List<Aggregate> aggregates() {
            List<Aggregate> aggregates = new ArrayList<>();
            aggregates.add(new Aggregate.Count(anySignal()));
            for (Condition signal : signals.values()) {
                aggregates.add(new Aggregate.Count(signal));
                aggregates.add(new Aggregate.Count(signal.not()));
            }
            return aggregates;
        }

        @Override
        public SignalShare statistic(Kpi<SignalShare> kpi, Counts counts, List<Total> totals) {
            return new SignalShare(kpi, counts, totals);
        }

        @Override
        public String formula() {
            return "rows without " + String.join(", ", signals.keySet()) + " ÷ rows × 100";
        }

        @Override
        public String toString() {
            return "none of " + signals;
        }
    }

    /**
     * How often one signal occurs among the rows used.
     *
     * @param signal the signal's name
     * @param present rows that show it
     * @param known rows of which it is known whether they show it
     */
    public record Rate(String signal, long present, long known) {
        /**
         * The rate as a share of the rows of which it is known.
         *
         * @return the rate, or empty if it is known of none
         */
        public OptionalDouble value() {
            return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) present / known);
        }

        /**
         * The Wilson interval of the rate.
         *
         * @param level the confidence level
         * @return the interval
         */
        public Interval interval(double level) {
            return Wilson.interval(present, known, level);
        }
    }

    private SignalShare(Kpi<SignalShare> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
    }

    /**
     * A KPI over signals.
     *
     * @param id the KPI's id
     * @param signals the signals by name, at least one
     * @return the KPI
     */
    public static Kpi<SignalShare> kpi(String id, Map<String, Condition> signals) {
        return Kpi.of(id, new Definition(signals), Unit.POINTS, Direction.HIGHER_IS_BETTER);
    }

    /**
     * The rows with at least one signal.
     *
     * @return their number
     */
    public long withSignal() {
        return Totals.count(this, 0);
    }

    /**
     * Each signal's own rate.
     *
     * @return the rates in the order of the definition
     */
    public List<Rate> rates() {
        List<Rate> rates = new ArrayList<>();
        int index = 1;
        for (String signal : ((Definition) kpi().definition()).signals().keySet()) {
            long present = Totals.count(this, index);
            rates.add(new Rate(signal, present, present + Totals.count(this, index + 1)));
            index += 2;
        }
        return List.copyOf(rates);
    }

    @Override
    public OptionalDouble value() {
        long n = counts().used();
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (n - withSignal()) / n);
    }

    @Override
    public Interval interval(double level) {
        return interval(level, ShareInterval.WILSON);
    }

    /**
     * A confidence interval by a method of choice.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @param method the method
     * @return the interval in points; undefined for n = 0
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level, ShareInterval method) {
        long n = counts().used();
        return method.of(n - withSignal(), n, level).times(100);
    }
}
