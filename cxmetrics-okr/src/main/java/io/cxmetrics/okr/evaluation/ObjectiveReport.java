package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where an objective stands: the weighted progress of its key results, Σwᵢpᵢ / Σwᵢ over those that have data, each cut to
 * 0…1. Immutable and thread-safe.
 *
 * @param objective the objective
 * @param status the status, by the same rule as that of a key result
 * @param expected the expected progress, 0…1
 * @param progress the weighted progress, 0…1; empty if no key result has data
 * @param coverage the weight of the key results that have data, as a share of all weight
 * @param keyResults the key results in the order of the plan
 * @since 0.1
 */
public record ObjectiveReport(
        Objective objective,
        Status status,
        double expected,
        OptionalDouble progress,
        double coverage,
        List<KeyResultReport> keyResults) {

    /** Copies the list. */
    public ObjectiveReport {
        keyResults = List.copyOf(keyResults);
    }

    /**
     * The key results that do not count in the progress because they have no data.
     *
     * @return the key results without a measurement
     */
    public List<KeyResultReport> withoutData() {
        return keyResults.stream().filter(k -> k.measurement().isEmpty()).toList();
    }

    /**
     * A key result by its id.
     *
     * @param id the id
     * @return the key result, if it is one of this objective
     */
    public Optional<KeyResultReport> keyResult(String id) {
        return keyResults.stream().filter(k -> k.keyResult().id().equals(id)).findFirst();
    }

    /**
     * The verdict as a person would say it.
     *
     * @param locale decides how numbers are written
     * @return such as {@code 45 % done, 49 % expected: behind; from 2 of 3 key results (67 % of the weight), no data for …}
     */
    public String sentence(Locale locale) {
        return new Wording(locale).verdict(this);
    }

    /** The id and the verdict with a decimal point. */
    @Override
    public String toString() {
        return objective.id() + ": " + sentence(Locale.ROOT);
    }
}
