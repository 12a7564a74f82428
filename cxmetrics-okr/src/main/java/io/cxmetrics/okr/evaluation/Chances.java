package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
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
     * @param unit the unit of its values
     * @param history its values in the cycle so far, in order, of days that do not overlap: each check-in that counts on its
     *     day, or the last one of each period in which a level is held; of a KPI each complete period of the level that is
     *     held or of a window of a day or week, or else each 7 days back from the day of the evaluation
     * @param asOf the day of the evaluation
     */
    record Question(KeyResult keyResult, Cycle cycle, Unit unit, List<Dated> history, LocalDate asOf) {
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

    /**
     * The chances of this module's {@link io.cxmetrics.okr.forecast.Forecaster}, which an evaluator asks unless it is told
     * otherwise.
     *
     * <ul>
     *   <li>A level that is held: the remaining periods are simulated.
     *   <li>Milestones, and counts: the running total until the last day. A count is what check-ins say in whole numbers (or,
     *       from 0, in money), what is to rise from a start, and what has never fallen.
     *   <li>Everything else is a level. Of check-ins, the last day decides; of a KPI, the days of its window at the end of the
     *       cycle, of which those that have passed count as they were measured, a busy week no more than a quiet one.
     *   <li>Refused: done or not done, which has nothing in between; fewer than 4 values; too far ahead.
     * </ul>
     *
     * @return the chances
     */
    static Chances forecasts() {
        return new Forecasts();
    }
}
