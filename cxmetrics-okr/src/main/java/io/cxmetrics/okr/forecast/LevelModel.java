package io.cxmetrics.okr.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Erf;

/**
 * What a series of levels says about later levels: many small state-space models, each weighted by how well it foresaw the
 * series so far. No single one is picked, because a dozen points do not tell a trend from a walk; the spread between them
 * is part of the answer.
 *
 * <p>Each model has two states: the level x and either a slope b that is damped by φ a step, or a mean μ to which the level
 * returns by 1 − ρ a step. A step is the median gap between observations. What is measured is x plus noise plus the KPI's
 * own sampling error.
 */
final class LevelModel {
    /** Slopes: how much of one is left a step later. 1 is a straight line. */
    private static final double[] DAMPINGS = {0.9, 1};
    /** Means: how much of the distance from the mean is left a step later. 0 is a constant with noise. */
    private static final double[] MEMORIES = {0, 0.5, 0.8};
    /** Shares of the variance of a step that move the level; the rest is noise of the measurement. */
    private static final double[] MOVES = {0, 0.1, 0.4, 1};
    /** The size of a step's variation, as multiples of the robust scale. Small ones fit clean trends. */
    private static final double[] SCALES = {0.15, 0.3, 0.5, 0.75, 1.1, 1.7, 2.6};
    /** Models whose weight is below this share of the largest do not count. */
    private static final double NEGLIGIBLE = 1e-4;

    /** Then a straight line is exact to a billionth of the range. */
    private static final int HALVINGS = 16;

    private static final double NORMAL_MEDIAN = 0.6744897501960817; // the upper quartile of the normal distribution

    /** One way to see the series. If {@code reverts}, {@code keep} is ρ and the second state the mean; else φ and the slope. */
    record Dynamics(boolean reverts, double keep, double levelVariance, double noiseVariance) {}

    /** What a model knows after the last observation: the two states, their covariance, the log-likelihood. */
    record State(double level, double other, double v11, double v12, double v22, double logLikelihood) {}

    /** A model with its share in the answer. */
    record Weighted(Dynamics dynamics, State state, double weight) {}

    private final double step;
    private final double samplingVariance;
    private final List<Weighted> models;

    private LevelModel(double step, double samplingVariance, List<Weighted> models) {
        this.step = step;
        this.samplingVariance = samplingVariance;
        this.models = models;
    }

    /**
     * Fits to at least two observations in order of time, not all equal and exact.
     *
     * @param trend how much more likely a slope is than none, before the data have spoken
     */
    static LevelModel of(double[] days, double[] values, double[] standardErrors, double trend) {
        int n = values.length;
        double[] gaps = new double[n - 1];
        for (int i = 1; i < n; i++) {
            gaps[i - 1] = days[i] - days[i - 1];
        }
        double step = median(gaps);
        double[] clean = withoutOutliers(values);
        double[] changes = new double[n - 1];
        for (int i = 1; i < n; i++) {
            changes[i - 1] = Math.abs(clean[i] - clean[i - 1]);
        }
        double range = Arrays.stream(clean).max().orElseThrow()
                - Arrays.stream(clean).min().orElseThrow();
        // Never 0: values that are all equal are here only because they are not exact.
        double error = Arrays.stream(standardErrors).max().orElseThrow();
        double scale = Math.max(median(changes) / NORMAL_MEDIAN, 0.05 * Math.max(range, error));
        double centre = median(clean);
        double wide = range + 2 * scale;
        List<Dynamics> candidates = new ArrayList<>();
        List<Double> priors = new ArrayList<>();
        for (double multiple : SCALES) {
            double variance = multiple * multiple * scale * scale;
            for (double moves : MOVES) {
                for (double damping : DAMPINGS) {
                    candidates.add(new Dynamics(false, damping, moves * variance, (1 - moves) * variance));
                    priors.add(trend * multiple / (DAMPINGS.length * MOVES.length));
                }
                // A walk without a slope: a slope that is gone at once.
                candidates.add(new Dynamics(false, 0, moves * variance, (1 - moves) * variance));
                priors.add(multiple / MOVES.length);
            }
            for (double memory : MEMORIES) {
                double[] shares = memory == 0 ? new double[] {1} : new double[] {0.4, 1};
                for (double moves : shares) {
                    candidates.add(new Dynamics(true, memory, moves * variance, (1 - moves) * variance));
                    priors.add(multiple / (MEMORIES.length * shares.length));
                }
            }
        }
        List<State> states = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            State state = filter(candidates.get(i), days, clean, standardErrors, step, centre, wide, scale);
            states.add(state);
            best = Math.max(best, state.logLikelihood() + StrictMath.log(priors.get(i)));
        }
        List<Weighted> weighted = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < candidates.size(); i++) {
            double weight = StrictMath.exp(states.get(i).logLikelihood() + StrictMath.log(priors.get(i)) - best);
            if (weight >= NEGLIGIBLE) {
                weighted.add(new Weighted(candidates.get(i), states.get(i), weight));
                sum += weight;
            }
        }
        double all = sum;
        double sampling = Arrays.stream(standardErrors).map(e -> e * e).sum() / standardErrors.length;
        return new LevelModel(
                step,
                sampling,
                weighted.stream()
                        .map(w -> new Weighted(w.dynamics(), w.state(), w.weight() / all))
                        .toList());
    }

    /** The Kalman filter over the series. */
    static State filter(
            Dynamics model,
            double[] days,
            double[] values,
            double[] standardErrors,
            double step,
            double centre,
            double wide,
            double scale) {
        double wideVariance = wide * wide;
        State state;
        if (model.reverts()) {
            double around = model.levelVariance() / (1 - model.keep() * model.keep());
            state = new State(centre, centre, wideVariance + around, wideVariance, wideVariance, 0);
        } else {
            state = new State(centre, 0, wideVariance, 0, scale * scale, 0);
        }
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                state = forward(model, state, (days[i] - days[i - 1]) / step);
            }
            double variance = state.v11() + model.noiseVariance() + standardErrors[i] * standardErrors[i];
            double error = values[i] - state.level();
            double gain1 = state.v11() / variance;
            double gain2 = state.v12() / variance;
            state = new State(
                    state.level() + gain1 * error,
                    state.other() + gain2 * error,
                    state.v11() - gain1 * state.v11(),
                    state.v12() - gain1 * state.v12(),
                    state.v22() - gain2 * state.v12(),
                    state.logLikelihood() - 0.5 * (StrictMath.log(2 * Math.PI * variance) + error * error / variance));
        }
        return state;
    }

    /** The states some steps later, whole steps first. */
    static State forward(Dynamics model, State from, double steps) {
        State state = from;
        double left = steps;
        for (; left >= 1; left--) {
            state = forwardAtMostOne(model, state, 1);
        }
        return left > 1e-9 ? forwardAtMostOne(model, state, left) : state;
    }

    private static State forwardAtMostOne(Dynamics model, State s, double part) {
        double keep = part == 1 ? model.keep() : StrictMath.pow(model.keep(), part);
        double stay = model.reverts() ? keep : 1;
        double pull = model.reverts() ? 1 - keep : part * keep;
        double otherStay = model.reverts() ? 1 : keep;
        double moves = part * model.levelVariance();
        return new State(
                stay * s.level() + pull * s.other(),
                otherStay * s.other(),
                stay * stay * s.v11() + 2 * stay * pull * s.v12() + pull * pull * s.v22() + moves,
                otherStay * (stay * s.v12() + pull * s.v22()),
                otherStay * otherStay * s.v22(),
                s.logLikelihood());
    }

    double step() {
        return step;
    }

    List<Weighted> models() {
        return models;
    }

    double samplingVariance() {
        return samplingVariance;
    }

    /** What will be measured some days after the last observation. */
    Mixture measuredAfter(double days) {
        List<Normal> parts = new ArrayList<>();
        for (Weighted model : models) {
            State later = forward(model.dynamics(), model.state(), days / step);
            double variance = later.v11() + model.dynamics().noiseVariance() + samplingVariance;
            parts.add(new Normal(model.weight(), later.level(), Math.sqrt(variance)));
        }
        return new Mixture(parts);
    }

    /** A normal distribution with its share in a mixture. */
    record Normal(double weight, double mean, double deviation) {}

    /** A mixture of normal distributions. */
    record Mixture(List<Normal> parts) {
        /** The probability of a value below a bound. */
        double below(double bound) {
            double sum = 0;
            for (Normal part : parts) {
                sum += part.weight() * 0.5 * Erf.erfc((part.mean() - bound) / (part.deviation() * Math.sqrt(2)));
            }
            return sum;
        }

        /** The value with a probability below it; it lies between those of the parts. */
        double quantile(double probability) {
            double normal = Math.sqrt(2) * Erf.erfInv(2 * probability - 1);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (Normal part : parts) {
                low = Math.min(low, part.mean() + normal * part.deviation());
                high = Math.max(high, part.mean() + normal * part.deviation());
            }
            double belowLow = below(low);
            double belowHigh = below(high);
            for (int i = 0; i < HALVINGS; i++) {
                double middle = low + (high - low) / 2;
                double belowMiddle = below(middle);
                if (belowMiddle < probability) {
                    low = middle;
                    belowLow = belowMiddle;
                } else {
                    high = middle;
                    belowHigh = belowMiddle;
                }
            }
            return belowHigh > belowLow ? low + (high - low) * (probability - belowLow) / (belowHigh - belowLow) : low;
        }
    }

    /** A single value far from both neighbours, which agree, becomes their median: it is an outlier and not a step. */
    static double[] withoutOutliers(double[] values) {
        double[] clean = values.clone();
        if (values.length < 5) {
            return clean;
        }
        double[] off = new double[values.length - 2];
        for (int i = 1; i < values.length - 1; i++) {
            off[i - 1] = Math.abs(values[i] - median(new double[] {values[i - 1], values[i], values[i + 1]}));
        }
        double[] all = new double[values.length - 1];
        for (int i = 1; i < values.length; i++) {
            all[i - 1] = Math.abs(values[i] - values[i - 1]);
        }
        double usual = median(all) / NORMAL_MEDIAN;
        for (int i = 1; i < values.length - 1; i++) {
            if (off[i - 1] > 5 * usual) {
                clean[i] = median(new double[] {values[i - 1], values[i], values[i + 1]});
            }
        }
        return clean;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] + (sorted[half] - sorted[half - 1]) / 2;
    }
}
