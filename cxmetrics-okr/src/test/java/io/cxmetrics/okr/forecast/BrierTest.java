package io.cxmetrics.okr.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.okr.forecast.Brier.Prediction;
import io.cxmetrics.okr.forecast.ConfidenceReview.Closed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BrierTest {
    @Test
    void certainAndRightIsZeroCertainAndWrongIsOneACoinIsAQuarter() {
        assertEquals(
                0,
                Brier.of(List.of(new Prediction(1, true), new Prediction(0, false)))
                        .score()
                        .orElseThrow());
        assertEquals(1, Brier.of(List.of(new Prediction(0, true))).score().orElseThrow());
        assertEquals(
                0.25,
                Brier.of(List.of(new Prediction(0.5, true), new Prediction(0.5, false)))
                        .score()
                        .orElseThrow());
        assertTrue(Brier.of(List.of()).score().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new Prediction(Double.NaN, true));
        assertThrows(IllegalArgumentException.class, () -> new Prediction(80, true));
    }

    /**
     * Where each tenth holds one chance only, the score is reliability − resolution + uncertainty (A. H. Murphy, 1973, A new
     * vector partition of the probability score, Journal of Applied Meteorology 12).
     */
    @Property(tries = 100)
    void theTableAddsUpToTheScore(@ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 19) Integer> draws) {
        List<Prediction> predictions = draws.stream()
                .map(d -> new Prediction((d / 2) / 10.0 + 0.05, d % 2 == 0))
                .toList();
        Brier brier = Brier.of(predictions);
        double n = predictions.size();
        double base = predictions.stream().filter(Prediction::met).count() / n;
        double parts = base * (1 - base);
        for (Brier.Tenth tenth : brier.tenths()) {
            parts += tenth.count() / n * Math.pow(tenth.stated() - tenth.met(), 2);
            parts -= tenth.count() / n * Math.pow(tenth.met() - base, 2);
        }
        assertEquals(parts, brier.score().orElseThrow(), 1e-12);
    }

    @Test
    void ownersAndForecastsAreComparedOverTheSameKeyResults() {
        List<Closed> closed = new ArrayList<>(List.of(
                new Closed("fewer-abandoned-carts", 0.8, 0.3, false),
                new Closed("shorter-purchase", 0.6, 0.9, true),
                new Closed("fast-chatbot", null, 0.9, true)));
        ConfidenceReview review = ConfidenceReview.of(closed);
        assertEquals((0.64 + 0.16) / 2, review.owners().score().orElseThrow(), 1e-12);
        assertEquals((0.09 + 0.01) / 2, review.forecasts().score().orElseThrow(), 1e-12);
        assertEquals(
                "owners 0.400, forecasts 0.050 over the same 2 key results (Brier: 0 is perfect, 0.25 is a coin); the forecast "
                        + "was closer in 2, the owner in 0; 1 without both do not count",
                review.sentence(Locale.ENGLISH));
        assertEquals(
                "nothing to compare: no closed key result has both a confidence and a forecast",
                ConfidenceReview.of(List.of()).toString());
    }
}
