package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Unit;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.forecast.Forecast;
import io.cxmetrics.okr.forecast.Forecaster;
import io.cxmetrics.okr.forecast.Goal;
import io.cxmetrics.okr.forecast.Observation;
import io.cxmetrics.okr.forecast.Outlook;
import io.cxmetrics.okr.forecast.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** From a key result and its history to the forecast of its kind. */
final class Forecasts implements Chances {
    /** Steps of milestones add up to 1 but for the last bits. */
    private static final double ALL = 1 - 1e-9;

    @Override
    public Chance of(Question question) {
        KeyResult keyResult = question.keyResult();
        Target target = keyResult.target();
        Cycle cycle = question.cycle();
        Hold hold = keyResult.hold();
        if (hold != null) {
            return held(question, hold);
        } else if (target instanceof Target.Milestones) {
            Forecaster total = Forecaster.cumulative(Goal.atLeast(ALL), cycle.start(), 0, cycle.lastDay());
            boolean possible = question.history().stream().allMatch(d -> d.value() >= 0 && d.value() <= 1);
            return chance(possible ? total.within(0, 1) : total, question);
        } else if (target instanceof Target.Bound bound) {
            Goal goal = bound.rises() ? Goal.atLeast(bound.goal()) : Goal.atMost(bound.goal());
            return isCount(question, bound)
                    ? chance(
                            Forecaster.cumulative(
                                    goal, cycle.start(), bound.start().orElseThrow(), cycle.lastDay()),
                            question)
                    : level(goal, question);
        } else if (target instanceof Target.Between band) {
            return level(Goal.between(band.low(), band.high()), question);
        }
        return Chance.refused("done or not done has nothing in between to go by");
    }

    private static Chance level(Goal goal, Question question) {
        if (!(question.keyResult().measure() instanceof Measure.ByKpi byKpi)) {
            return chance(within(Forecaster.level(goal, question.cycle().lastDay()), question), question);
        }
        Optional<Days> last =
                Days.of(byKpi.window(), question.cycle(), question.cycle().lastDay());
        if (last.isEmpty()) {
            return Chance.refused("the cycle ends before its first " + byKpi.window());
        }
        Forecaster forecaster = Forecaster.level(goal, last.get().lastDay());
        return chance(within(forecaster.averagedFrom(last.get().start()), question), question);
    }

    private static Chance held(Question question, Hold hold) {
        Target target = question.keyResult().target();
        Goal goal = target instanceof Target.Between band
                ? Goal.between(band.low(), band.high())
                : target instanceof Target.AtLeast least
                        ? Goal.atLeast(least.threshold())
                        : Goal.atMost(((Target.AtMost) target).threshold());
        int measured = question.history().size();
        int ended = hold.periods(question.cycle(), question.asOf()).size();
        int all = hold.periods(question.cycle(), question.cycle().lastDay()).size();
        int possible = measured + all - ended; // a period that ended without a value cannot be met any more
        int wanted = hold.count() == Hold.Count.SUCCESSES ? hold.plannedIn(question.cycle()) : possible;
        if (wanted > possible) {
            return Chance.of(
                    0,
                    "decided: at most " + possible + " of " + wanted + " planned "
                            + hold.grain().word() + "s can be met");
        }
        LocalDate last = question.cycle().lastDay();
        return chance(within(Forecaster.maintain(goal, (double) wanted / possible, last), question), question);
    }

    /** Whether the values are a running total; see {@link Chances#forecasts()}. */
    private static boolean isCount(Question question, Target.Bound bound) {
        if (!(question.keyResult().measure() instanceof Measure.ByCheckIns)
                || !bound.rises()
                || bound.start().isEmpty()) {
            return false;
        }
        double start = bound.start().getAsDouble();
        Unit unit = question.unit();
        boolean whole = unit.equals(Unit.NUMBER)
                && start == Math.rint(start)
                && bound.goal() == Math.rint(bound.goal())
                && question.history().stream().allMatch(d -> d.value() == Math.rint(d.value()));
        boolean money = unit.currency() != null && start == 0;
        double before = start;
        for (Dated dated : question.history()) {
            if (dated.value() < before) {
                return false;
            }
            before = dated.value();
        }
        return whole || money;
    }

    /** The values that the unit allows, as far as those seen keep to them. */
    private static Forecaster within(Forecaster forecaster, Question question) {
        List<Dated> history = question.history();
        boolean positive = history.stream().allMatch(d -> d.value() >= 0);
        if (question.unit().equals(Unit.SHARE) && positive && history.stream().allMatch(d -> d.value() <= 1)) {
            return forecaster.within(0, 1);
        }
        if (question.unit().equals(Unit.POINTS) && history.stream().allMatch(d -> Math.abs(d.value()) <= 100)) {
            return forecaster.within(-100, 100);
        }
        boolean never = question.unit().equals(Unit.SECONDS)
                || question.unit().equals(Unit.RATING)
                || (question.unit().equals(Unit.NUMBER)
                        && history.stream().allMatch(d -> d.value() == Math.rint(d.value())));
        return never && positive ? forecaster.within(0, Double.POSITIVE_INFINITY) : forecaster;
    }

    private static Chance chance(Forecaster forecaster, Question question) {
        List<Observation> observations = question.history().stream()
                .map(d -> Observation.of(d.date(), d.value(), d.interval()))
                .toList();
        Outlook outlook = forecaster.forecast(observations, question.asOf());
        return outlook instanceof Forecast forecast
                ? Chance.of(forecast)
                : Chance.refused(((Refusal) outlook).sentence());
    }
}
