package io.cxmetrics.journey;

import io.cxmetrics.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Weighted means of scores, those that are there. */
final class Pooled {

    private Pooled() {}

    /** A confidence level as people read it, such as {@code 95}. */
    static String percent(double level) {
        return BigDecimal.valueOf(level).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    static OptionalDouble mean(List<Double> weights, List<OptionalDouble> scores) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i).isPresent()) {
                sum += weights.get(i) * scores.get(i).getAsDouble();
                weight += weights.get(i);
            }
        }
        return weight == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weight);
    }

    /** MOVER: the distances of the parts to their bounds, weighted, squared and summed (Zou and Donner 2008). */
    static Interval interval(
            List<Double> weights,
            List<OptionalDouble> scores,
            List<? extends DoubleFunction<Interval>> intervals,
            double level) {
        Interval.checkLevel(level);
        OptionalDouble mean = mean(weights, scores);
        if (mean.isEmpty()) {
            return Interval.undefined(level, "no score");
        }
        double total = 0;
        double below = 0;
        double above = 0;
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i).isPresent()) {
                Interval own = intervals.get(i).apply(level);
                if (own.kind() == Interval.Kind.UNDEFINED) {
                    return own;
                }
                total += weights.get(i);
                below = Math.hypot(below, weights.get(i) * (scores.get(i).getAsDouble() - own.low()));
                above = Math.hypot(
                        above, weights.get(i) * (own.high() - scores.get(i).getAsDouble()));
            }
        }
        double value = mean.getAsDouble();
        return Interval.bounded(
                Math.max(0, value - below / total),
                Math.min(100, value + above / total),
                level,
                "hybrid (MOVER), parts independent");
    }
}
