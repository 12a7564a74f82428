package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Where an objective stands: the weighted progress of its parts, Σwᵢpᵢ / Σwᵢ over those that have data, each cut to 0…1.
 * Parts are its key results (without guards and baselines), the objectives below it, or both. Immutable and thread-safe.
 *
 * @param objective the objective
 * @param verdict the status and what decided it
 * @param expected the expected progress, 0…1: its own line, or what is expected of its parts
 * @param progress the weighted progress, 0…1; empty if no part has data
 * @param probability the weighted probability of the parts, where the status is weighted by it
 * @param coverage the weight of the parts that have data, as a share of all weight
 * @param missing the ids of the parts that do not count in the progress because they have no data
 * @param stale the ids of the parts whose data are too old
 * @param score the score at the close, or null before
 * @param keyResults the key results in the order of the plan
 * @param children the objectives below it, in the order of the plan
 * @since 0.1
 */
public record ObjectiveReport(
        Objective objective,
        Verdict verdict,
        double expected,
        OptionalDouble progress,
        OptionalDouble probability,
        double coverage,
        List<String> missing,
        List<String> stale,
        @Nullable Score score,
        List<KeyResultReport> keyResults,
        List<ObjectiveReport> children) {

    /** Copies the lists. */
    public ObjectiveReport {
        missing = List.copyOf(missing);
        stale = List.copyOf(stale);
        keyResults = List.copyOf(keyResults);
        children = List.copyOf(children);
    }

    /**
     * The status.
     *
     * @return that of the verdict
     */
    public Status status() {
        return verdict.status();
    }

    /**
     * The key results that have no data.
     *
     * @return the key results without a measurement
     */
    public List<KeyResultReport> withoutData() {
        return keyResults.stream().filter(k -> k.measurement().isEmpty()).toList();
    }

    /**
     * The guards that do not hold, or of which nobody knows.
     *
     * @return the guards because of which the objective cannot be on track
     */
    public List<KeyResultReport> brokenGuards() {
        return keyResults.stream().filter(KeyResultReport::isBrokenGuard).toList();
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
