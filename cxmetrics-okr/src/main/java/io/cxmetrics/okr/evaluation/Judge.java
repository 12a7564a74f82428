package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.Target;
import java.time.LocalDate;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The order in which a status is decided. */
final class Judge {
    private Judge() {}

    /** The verdict before and after a cycle; null while it runs. */
    static @Nullable Verdict outside(Cycle cycle, LocalDate asOf) {
        if (asOf.isBefore(cycle.start())) {
            return Verdict.of(Status.NOT_STARTED, Verdict.Basis.CYCLE);
        }
        return asOf.isBefore(cycle.end()) ? null : Verdict.of(Status.CLOSED, Verdict.Basis.CYCLE);
    }

    static Verdict computed(StatusRule rule, double expected, double actual, OptionalDouble chance) {
        if (rule.by() == StatusRule.By.PROBABILITY && chance.isPresent()) {
            return Verdict.of(Status.byProbability(rule, chance.getAsDouble()), Verdict.Basis.PROBABILITY);
        } else if (rule.by() == StatusRule.By.RATIO) {
            return Verdict.of(Status.byRatio(rule, expected, actual), Verdict.Basis.RATIO);
        }
        return Verdict.of(Status.byDifference(differences(rule), expected, actual), Verdict.Basis.DIFFERENCE);
    }

    /** The thresholds of a difference, also where it stands in for a probability that nobody can say. */
    static StatusRule differences(StatusRule rule) {
        return rule.by() == StatusRule.By.DIFFERENCE ? rule : StatusRule.byDifference();
    }

    static Verdict inGrace(Verdict verdict, StatusRule rule, Cycle cycle, LocalDate asOf) {
        boolean early = asOf.isBefore(cycle.start().plusDays(rule.graceDays()));
        boolean late = verdict.status() == Status.BEHIND || verdict.status() == Status.AT_RISK;
        return early && late ? verdict.changedTo(Status.ON_TRACK, Verdict.Basis.GRACE) : verdict;
    }

    static Verdict pastWarningLevel(Verdict verdict, Target target, double value) {
        boolean warns = target instanceof Target.Bound bound && bound.warns(value);
        return warns && verdict.status() == Status.ON_TRACK
                ? verdict.changedTo(Status.BEHIND, Verdict.Basis.WARNING_LEVEL)
                : verdict;
    }

    /** A weighted mean of numbers in 0…1 is one, but for the last bit. */
    static double unit(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
