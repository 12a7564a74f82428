package io.cxmetrics.okr.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The confidence of owners next to computed forecasts, over the same closed key results. Immutable and thread-safe.
 *
 * <pre>{@code
 * ConfidenceReview review = ConfidenceReview.of(List.of(
 *         new Closed("fewer-abandoned-carts", 0.8, 0.34, false),
 *         new Closed("shorter-purchase", 0.6, 0.71, true)));
 * }</pre>
 *
 * @param owners the score of the owners
 * @param forecasts the score of the forecasts
 * @param forecastCloser in how many of them the forecast was closer to what happened
 * @param ownerCloser in how many of them the owner was
 * @param leftOut how many have only one of the two, or neither, and do not count
 * @since 0.1
 */
public record ConfidenceReview(Brier owners, Brier forecasts, int forecastCloser, int ownerCloser, int leftOut) {
    /**
     * A key result that is over.
     *
     * @param keyResult its id
     * @param confidence how sure its owner was, 0–1; null if they did not say
     * @param forecast the computed chance of the same day, 0–1; null if there was none
     * @param met whether the target was met
     */
    public record Closed(
            String keyResult,
            @Nullable Double confidence,
            @Nullable Double forecast,
            boolean met) {}

    /**
     * Scores both over the key results that have both.
     *
     * @param closed the key results
     * @return the review
     * @throws IllegalArgumentException if a confidence or forecast is not 0–1
     */
    public static ConfidenceReview of(List<Closed> closed) {
        List<Brier.Prediction> owners = new ArrayList<>();
        List<Brier.Prediction> forecasts = new ArrayList<>();
        int forecastCloser = 0;
        int ownerCloser = 0;
        for (Closed one : closed) {
            Double confidence = one.confidence();
            Double forecast = one.forecast();
            if (confidence == null || forecast == null) {
                continue;
            }
            owners.add(new Brier.Prediction(confidence, one.met()));
            forecasts.add(new Brier.Prediction(forecast, one.met()));
            double better = one.met() ? forecast - confidence : confidence - forecast;
            forecastCloser += better > 0 ? 1 : 0;
            ownerCloser += better < 0 ? 1 : 0;
        }
        return new ConfidenceReview(
                Brier.of(owners), Brier.of(forecasts), forecastCloser, ownerCloser, closed.size() - owners.size());
    }

    /**
     * The review as a person would say it.
     *
     * @param locale decides how numbers are written
     * @return such as {@code owners 0.400, forecasts 0.100 over the same 2 key results (Brier: 0 is perfect, 0.25 is a coin);
     *     the forecast was closer in 2, the owner in 0}
     */
    public String sentence(Locale locale) {
        String out = leftOut == 0 ? "" : "; " + leftOut + " without both do not count";
        if (owners.count() == 0) {
            return "nothing to compare: no closed key result has both a confidence and a forecast" + out;
        }
        return String.format(
                        locale,
                        "owners %.3f, forecasts %.3f over the same %d key results (Brier: 0 is perfect, 0.25 is a coin); "
                                + "the forecast was closer in %d, the owner in %d",
                        owners.score().orElseThrow(),
                        forecasts.score().orElseThrow(),
                        owners.count(),
                        forecastCloser,
                        ownerCloser)
                + out;
    }

    /** The sentence with a decimal point. */
    @Override
    public String toString() {
        return sentence(Locale.ROOT);
    }
}
