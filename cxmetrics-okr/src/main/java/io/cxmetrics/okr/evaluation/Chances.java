package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Interval;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.KeyResult;
import java.time.LocalDate;
import java.util.List;

/**
 * Says how probable it is that key results meet their targets, such as a forecast does.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Chances {

    /**
     * The value of a key result in a stretch of its cycle.
     *
     * @param date the last day that the value is about
     * @param value the value in the base unit
     * @param interval the 95 % interval; undefined for a check-in
     */
    record Dated(LocalDate date, double value, Interval interval) {}

    /**
     * What is known when the question is asked.
     *
     * @param keyResult the key result
     * @param cycle its days
     * @param history its values in the cycle so far, in order, of days that do not overlap: each check-in that counts on its
     *     day; of a KPI each complete period of its window or of the level that is held, or else each 7 days back from the
     *     day of the evaluation
     * @param asOf the day of the evaluation
     */
    record Question(KeyResult keyResult, Cycle cycle, List<Dated> history, LocalDate asOf) {
        /** Copies the list. */
        public Question {
            history = List.copyOf(history);
        }
    }

    /**
     * The chance of meeting the target at the end of the cycle. Asked for running key results that have a progress
     * and data, and are no guards.
     *
     * @param question what is known
     * @return the probability, or a refusal with its reason
     */
    Chance of(Question question);
}
