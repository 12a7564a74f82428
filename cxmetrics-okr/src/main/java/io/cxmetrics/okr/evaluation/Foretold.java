package io.cxmetrics.okr.evaluation;

import java.time.LocalDate;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the owner and the forecast said of a key result that is over, on the last day on which both did, and what came of it.
 * Immutable and thread-safe.
 *
 * <p><b>Brier score:</b> (p − o)², where p is the chance that was stated and o is 1 if the target was met, else 0: 0 is
 * perfect, 0.25 is a coin. One score says little; {@link OkrReport#confidence()} has them over all key results.
 *
 * @param date the day
 * @param confidence what the owner said, 0…1
 * @param chance what the forecast says of that day from what was known then, or its refusal; null if nobody was asked
 * @param met whether the target was met
 * @since 0.1
 */
public record Foretold(
        LocalDate date, double confidence, @Nullable Chance chance, boolean met) {
    /**
     * The owner's score.
     *
     * @return 0…1, less is better
     */
    public double ownersBrier() {
        return brier(confidence);
    }

    /**
     * The forecast's score.
     *
     * @return 0…1, less is better; empty if there was no forecast
     */
    public OptionalDouble forecastsBrier() {
        return chance == null || chance.probability().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(brier(chance.probability().getAsDouble()));
    }

    private double brier(double stated) {
        double off = stated - (met ? 1 : 0);
        return off * off;
    }
}
