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
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A score that loses, for each signal that a row shows, the signal's weight: the weighted rule of the bot experience score.
 *
 * <p><b>Formula:</b> mean over the rows of 100 · (1 − Σ wᵢ · [signal i present]), with weights wᵢ that sum to 1. A row with
 * every signal scores 0, one with none 100. {@link SignalShare} is the stricter rule: one signal, and the row scores 0.
 *
 * <p><b>Unit and range:</b> points, 0…100.
 *
 * <p><b>Empty, missing, off scale:</b> undefined for n = 0; a row of which one signal is unknown is missing.
 *
 * <p><b>Interval:</b> Student's t over the rows' scores, cut at 0 and 100; undefined for n &lt; 2.
 *
 * <p><b>Cost:</b> two sums, and two numbers for each signal; immutable and thread-safe.
 *
 * @since 0.1
 */
public final class WeightedSignals extends Statistic<WeightedSignals> {

    /**
     * A signal and what it costs.
     *
     * @param signal the condition
     * @param weight the weight, over 0 and up to 1
     */
    public record Weighted(Condition signal, double weight) {
        /**
         * Checks the weight.
         *
         * @throws IllegalArgumentException if it is not over 0 and up to 1
         */
        public Weighted {
            if (!(weight > 0 && weight <= 1)) {
                throw new IllegalArgumentException("a weight is over 0 and up to 1; found " + weight);
            }
        }

        /** Weight and condition. */
        @Override
        public String toString() {
            return weight + " * " + signal;
        }
    }

    /**
     * The family with its parameters.
     *
     * @param signals the weighted signals by name, at least one; the weights sum to 1
     */
    public record Definition(Map<String, Weighted> signals) implements io.cxmetrics.Definition<WeightedSignals> {
        /**
         * Copies the signals in their order.
         *
         * @throws IllegalArgumentException if there are none, the weights do not sum to 1, or a name is blank or contains
         *     {@code =}
         */
        public Definition {
            signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
            // The checks of the names.
            new SignalShare.Definition(conditions(signals));
            double sum = signals.values().stream().mapToDouble(Weighted::weight).sum();
            if (!(Math.abs(sum - 1) < 1e-9)) {
                throw new IllegalArgumentException(
                        "the weights of the signals " + signals.keySet() + " must sum to 1; they sum to " + sum);
            }
        }

        private static Map<String, Condition> conditions(Map<String, Weighted> signals) {
            Map<String, Condition> conditions = new LinkedHashMap<>();
            signals.forEach((name, weighted) -> conditions.put(name, weighted.signal()));
            return conditions;
        }

        private Quantity<Double> lost() {
            List<Quantity<Double>> parts = new ArrayList<>();
            for (Weighted weighted : signals.values()) {
                parts.add(weighted.signal().choose(Field.constant(weighted.weight()), Field.constant(0.0)));
            }
            return Quantity.sum(parts);
        }

        @Override
        public List<Expression> required() {
            return List.of(lost());
        }

        @Override
        public List<Aggregate> aggregates() {
            List<Aggregate> aggregates = new ArrayList<>();
            aggregates.add(new Aggregate.Sum(lost(), null));
            aggregates.add(new Aggregate.Sum(lost(), lost()));
            for (Weighted weighted : signals.values()) {
                aggregates.add(new Aggregate.Count(weighted.signal()));
            }
            return aggregates;
        }

        @Override
        public WeightedSignals statistic(Kpi<WeightedSignals> kpi, Counts counts, List<Total> totals) {
            return new WeightedSignals(kpi, counts, totals);
        }

        @Override
        public String formula() {
            List<String> parts = new ArrayList<>();
            signals.forEach((name, weighted) -> parts.add(weighted.weight() + " · [" + name + "]"));
            return "mean of 100 · (1 − (" + String.join(" + ", parts) + "))";
        }

        @Override
        public String toString() {
            return "weighted " + signals;
        }
    }

    private WeightedSignals(Kpi<WeightedSignals> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
    }

    /**
     * A KPI over weighted signals.
     *
     * @param id the KPI's id
     * @param signals the weighted signals by name; the weights sum to 1
     * @return the KPI
     * @throws IllegalArgumentException if the weights do not sum to 1
     */
    public static Kpi<WeightedSignals> kpi(String id, Map<String, Weighted> signals) {
        return Kpi.of(id, new Definition(signals), Unit.POINTS, Direction.HIGHER_IS_BETTER);
    }

    /**
     * Each signal's own rate.
     *
     * @return the rates in the order of the definition
     */
    public List<SignalShare.Rate> rates() {
        List<SignalShare.Rate> rates = new ArrayList<>();
        int index = 2;
        for (String signal : ((Definition) kpi().definition()).signals().keySet()) {
            rates.add(new SignalShare.Rate(signal, Totals.count(this, index), counts().used()));
            index++;
        }
        return List.copyOf(rates);
    }

    @Override
    public OptionalDouble value() {
        long n = counts().used();
        return n == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, 100 * (1 - Moments.mean(Totals.exact(this, 0), n))));
    }

    @Override
    public Interval interval(double level) {
        long n = counts().used();
        if (n < 2) {
            return StudentT.interval(0, 0, n, level);
        }
        double variance = Moments.covariance(Totals.exact(this, 0), Totals.exact(this, 0), Totals.exact(this, 1), n);
        Interval t = StudentT.interval(value().orElseThrow(), 10_000 * variance, n, level);
        return Interval.bounded(Math.max(0, t.low()), Math.min(100, t.high()), level, t.method());
    }
}
