package io.cxmetrics.okr;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A measurable result that shows whether an objective is reached. Immutable and thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
 * @param title what is to come about, for people
 * @param owner who answers for it, or null
 * @param weight how much it counts in the objective's progress, greater than 0; a guard's counts nowhere
 * @param guard whether it is no aim but a limit: unless it holds, the objective is not on track
 * @param target what has to be reached
 * @param hold how a level is judged over the periods of the cycle; null for its current state
 * @param measure how it is measured
 * @param cycle its own days, or null for those of the objective
 * @param phases the phased plan: expected progress by day, in order; empty for a steady pace
 * @param indicator whether it tells early or late; null if nobody said
 * @param checkInDays after how many days without a check-in or data it is stale, at least 1
 * @since 0.1
 */
public record KeyResult(
        String id,
        String title,
        @Nullable String owner,
        double weight,
        boolean guard,
        Target target,
        @Nullable Hold hold,
        Measure measure,
        @Nullable Cycle cycle,
        List<Phase> phases,
        @Nullable Indicator indicator,
        int checkInDays) {
    /** How many days may pass between check-ins if nobody says: a week. */
    public static final int CHECK_IN_DAYS = 7;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the id is not of that form, a text is blank, the weight is not a positive number,
     *     milestones or done are measured by a KPI, what is held is no level, or the phases do not go forward
     */
    public KeyResult {
        Checks.idAndTitle("key result", id, title);
        Checks.notBlank("the owner of key result '" + id + "'", owner);
        Checks.weight("key result", id, weight);
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(measure, "measure");
        if (guard && weight != 1) {
            throw new IllegalArgumentException("key result '" + id + "' is a guard, which has no weight");
        }
        boolean said = target instanceof Target.Milestones || target instanceof Target.Done;
        if (said && !(measure instanceof Measure.ByCheckIns)) {
            throw new IllegalArgumentException(
                    "key result '" + id + "' is about milestones or done, which no KPI measures; use check-ins");
        }
        boolean level = target instanceof Target.Between
                || ((target instanceof Target.AtLeast || target instanceof Target.AtMost)
                        && target.start().isEmpty());
        if (hold != null && !level) {
            throw new IllegalArgumentException("key result '" + id
                    + "' holds no level; only at least and at most without a start, and between, can be held");
        }
        phases = List.copyOf(phases);
        for (int i = 1; i < phases.size(); i++) {
            if (!phases.get(i).date().isAfter(phases.get(i - 1).date())
                    || phases.get(i).progress() < phases.get(i - 1).progress()) {
                throw new IllegalArgumentException(
                        "the phases of key result '" + id + "' go forward in time and do not fall; found " + phases);
            }
        }
        if (!(checkInDays >= 1 && checkInDays <= 3660)) {
            throw new IllegalArgumentException(
                    "key result '" + id + "' has a check-in every 1 to 3660 days; found " + checkInDays);
        }
    }

    /**
     * A key result of weight 1 without an owner.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
     * @param title what is to come about, for people
     * @param target what has to be reached
     * @param measure how it is measured
     * @return the key result
     */
    public static KeyResult of(String id, String title, Target target, Measure measure) {
        return new KeyResult(id, title, null, 1, false, target, null, measure, null, List.of(), null, CHECK_IN_DAYS);
    }

    /**
     * The KPI that measures it.
     *
     * @return the binding; empty if check-ins measure it
     */
    public Optional<Measure.ByKpi> kpi() {
        return measure instanceof Measure.ByKpi byKpi ? Optional.of(byKpi) : Optional.empty();
    }

    /**
     * Whether it has a progress.
     *
     * @return false for a baseline
     */
    public boolean hasProgress() {
        return !(target instanceof Target.Baseline);
    }

    /**
     * Whether it counts in the objective's progress.
     *
     * @return false for a guard and for a baseline
     */
    public boolean counts() {
        return !guard && hasProgress();
    }

    /**
     * The progress to be expected on a day: the share of elapsed days, or by the phased plan, straight between its points
     * from 0 on the first day to 1 on the last. A share of periods that is held is expected to be 1 at any time.
     *
     * @param objectives the days of the objective, which count unless the key result has its own
     * @param date the day
     * @return 0…1
     */
    public double expected(Cycle objectives, LocalDate date) {
        Cycle days = cycle == null ? objectives : cycle;
        if (hold != null && hold.count() == Hold.Count.SHARE_OF_PERIODS) {
            return date.isBefore(days.start()) ? 0 : 1;
        } else if (phases.isEmpty() || !date.isAfter(days.start()) || days.days() == 1) {
            return phases.isEmpty() || date.isBefore(days.start()) ? days.elapsed(date) : atStart(days);
        }
        Phase before = new Phase(days.start(), atStart(days));
        LocalDate day = date.isBefore(days.end()) ? date : days.lastDay();
        for (Phase phase : phases) {
            if (!phase.date().isBefore(day)) {
                return between(before, phase, day);
            }
            before = phase;
        }
        return between(before, new Phase(days.lastDay(), 1), day);
    }

    private double atStart(Cycle days) {
        return !phases.isEmpty() && phases.get(0).date().equals(days.start())
                ? phases.get(0).progress()
                : days.days() == 1 ? 1 : 0;
    }

    private static double between(Phase from, Phase to, LocalDate day) {
        long all = ChronoUnit.DAYS.between(from.date(), to.date());
        long gone = ChronoUnit.DAYS.between(from.date(), day);
        return all == 0 ? to.progress() : from.progress() + (to.progress() - from.progress()) * gone / all;
    }

    /**
     * This key result with an owner.
     *
     * @param newOwner who answers for it
     * @return the key result
     */
    public KeyResult withOwner(String newOwner) {
        return new KeyResult(
                id, title, newOwner, weight, guard, target, hold, measure, cycle, phases, indicator, checkInDays);
    }

    /**
     * This key result with another weight.
     *
     * @param newWeight greater than 0
     * @return the key result
     */
    public KeyResult withWeight(double newWeight) {
        return new KeyResult(
                id, title, owner, newWeight, guard, target, hold, measure, cycle, phases, indicator, checkInDays);
    }

    /**
     * This key result as a guard.
     *
     * @return the key result
     * @throws IllegalArgumentException if it has a weight other than 1
     */
    public KeyResult asGuard() {
        return new KeyResult(
                id, title, owner, weight, true, target, hold, measure, cycle, phases, indicator, checkInDays);
    }

    /**
     * This key result with another target.
     *
     * @param newTarget what has to be reached
     * @return the key result
     */
    public KeyResult withTarget(Target newTarget) {
        return new KeyResult(
                id, title, owner, weight, guard, newTarget, hold, measure, cycle, phases, indicator, checkInDays);
    }

    /**
     * This key result, whose level is held over periods.
     *
     * @param newHold how it is judged
     * @return the key result
     * @throws IllegalArgumentException if its target is no level
     */
    public KeyResult holding(Hold newHold) {
        return new KeyResult(
                id, title, owner, weight, guard, target, newHold, measure, cycle, phases, indicator, checkInDays);
    }

    /**
     * This key result in days of its own.
     *
     * @param newCycle the days
     * @return the key result
     */
    public KeyResult in(Cycle newCycle) {
        return new KeyResult(
                id, title, owner, weight, guard, target, hold, measure, newCycle, phases, indicator, checkInDays);
    }

    /**
     * This key result with a phased plan.
     *
     * @param newPhases the expected progress by day, in order
     * @return the key result
     * @throws IllegalArgumentException if the phases do not go forward
     */
    public KeyResult phased(Phase... newPhases) {
        return new KeyResult(
                id,
                title,
                owner,
                weight,
                guard,
                target,
                hold,
                measure,
                cycle,
                List.of(newPhases),
                indicator,
                checkInDays);
    }

    /**
     * This key result as an early or late one.
     *
     * @param newIndicator which
     * @return the key result
     */
    public KeyResult withIndicator(Indicator newIndicator) {
        return new KeyResult(
                id, title, owner, weight, guard, target, hold, measure, cycle, phases, newIndicator, checkInDays);
    }

    /**
     * This key result with another check-in interval.
     *
     * @param days after how many days without a check-in or data it is stale, 1 to 3660
     * @return the key result
     * @throws IllegalArgumentException if there are fewer or more
     */
    public KeyResult checkedInEvery(int days) {
        return new KeyResult(id, title, owner, weight, guard, target, hold, measure, cycle, phases, indicator, days);
    }

    /** This key result under another id. */
    KeyResult withId(String newId) {
        return new KeyResult(
                newId, title, owner, weight, guard, target, hold, measure, cycle, phases, indicator, checkInDays);
    }

    /** This key result in the days of its objective and at a steady pace. */
    KeyResult atSteadyPace() {
        return new KeyResult(
                id, title, owner, weight, guard, target, hold, measure, null, List.of(), indicator, checkInDays);
    }
}
