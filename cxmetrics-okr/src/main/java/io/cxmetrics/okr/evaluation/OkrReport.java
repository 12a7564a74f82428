package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.OkrPlan;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where each objective of a plan stands on a day. Immutable and thread-safe.
 *
 * @param plan the plan
 * @param asOf the day of the evaluation, in the plan's time zone
 * @param objectives the objectives in the order of the plan
 * @since 0.1
 */
public record OkrReport(OkrPlan plan, LocalDate asOf, List<ObjectiveReport> objectives) {

    /** Copies the list. */
    public OkrReport {
        objectives = List.copyOf(objectives);
    }

    /**
     * An objective by its id.
     *
     * @param id the id
     * @return the objective, if the plan has it
     */
    public Optional<ObjectiveReport> objective(String id) {
        return objectives.stream().filter(o -> o.objective().id().equals(id)).findFirst();
    }

    /**
     * A key result by its id.
     *
     * @param id the id
     * @return the key result, if the plan has it
     */
    public Optional<KeyResultReport> keyResult(String id) {
        return objectives.stream().flatMap(o -> o.keyResult(id).stream()).findFirst();
    }

    /**
     * The warnings about all key results.
     *
     * @return what is probably not meant, in the order of the plan
     */
    public List<Warning> warnings() {
        return objectives.stream()
                .flatMap(o -> o.keyResults().stream())
                .flatMap(k -> k.warnings().stream())
                .toList();
    }

    /**
     * The report as text that needs no explanation.
     *
     * @param locale decides how numbers are written; the words are English
     * @return several lines
     */
    public String toText(Locale locale) {
        return new TextReport(this, locale).text();
    }

    /** The text with a decimal point. */
    @Override
    public String toString() {
        return toText(Locale.ROOT);
    }
}
