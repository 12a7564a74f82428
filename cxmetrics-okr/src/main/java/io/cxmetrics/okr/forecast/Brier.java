package io.cxmetrics.okr.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How good stated chances were, once the outcomes are known.
 *
 * <p><b>Formula:</b> the mean of (p − o)², where p is the chance that was stated and o is 1 if the goal was met, else 0.
 *
 * <p><b>Unit and range:</b> 0–1, lower is better: 0 is perfect, 0.25 is what "50 %" about everything gives, 1 is always sure
 * and always wrong. <b>Empty:</b> no score.
 *
 * <p>Scores of different goals do not compare: who judges easy ones looks wise. Compare people with forecasts over the same
 * goals: {@link ConfidenceReview}. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> G. W. Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather
 * Review 78.
 *
 * @param tenths what was stated and what came of it, by tenths of the probability, the empty ones left out
 * @param count how many were judged
 * @param sum the sum of (p − o)²
 * @since 0.1
 */
public record Brier(List<Tenth> tenths, int count, double sum) {
    /**
     * A chance that was stated and what came of it.
     *
     * @param probability the chance, 0–1
     * @param met whether the goal was met
     */
    public record Prediction(double probability, boolean met) {
        /**
         * Checks the chance.
         *
         * @throws IllegalArgumentException if it is not 0–1
         */
        public Prediction {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("a chance is 0 to 1; found " + probability);
            }
        }
    }

    /**
     * A line of the reliability table: where a chance of p is stated, about p of the goals should be met.
     *
     * @param tenth the number of the tenth, 0–9; 1.0 belongs to the last
     * @param count how many chances were stated in it
     * @param stated their mean
     * @param met the share of their goals that were met
     */
    public record Tenth(int tenth, int count, double stated, double met) {}

    /** Copies the table. */
    public Brier {
        tenths = List.copyOf(tenths);
    }

    /**
     * The score of stated chances.
     *
     * @param predictions the chances with their outcomes
     * @return the score
     */
    public static Brier of(List<Prediction> predictions) {
        int[] counts = new int[10];
        double[] stated = new double[10];
        int[] met = new int[10];
        double sum = 0;
        for (Prediction prediction : predictions) {
            double off = prediction.probability() - (prediction.met() ? 1 : 0);
            sum += off * off;
            int tenth = Math.min(9, (int) (prediction.probability() * 10));
            counts[tenth]++;
            stated[tenth] += prediction.probability();
            met[tenth] += prediction.met() ? 1 : 0;
        }
        List<Tenth> tenths = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            if (counts[i] > 0) {
                tenths.add(new Tenth(i, counts[i], stated[i] / counts[i], met[i] / (double) counts[i]));
            }
        }
        return new Brier(tenths, predictions.size(), sum);
    }

    /**
     * The score.
     *
     * @return the mean of (p − o)², 0–1; empty if nothing was judged
     */
    public OptionalDouble score() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    /** Such as {@code Brier 0.182, n = 24}. */
    @Override
    public String toString() {
        return count == 0
                ? "no Brier score: nothing judged"
                : String.format(Locale.ROOT, "Brier %.3f, n = %d", sum / count, count);
    }
}
