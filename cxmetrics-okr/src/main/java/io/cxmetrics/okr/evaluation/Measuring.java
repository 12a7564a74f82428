package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of key results, from statistics or from check-ins, for one evaluation. */
final class Measuring {
    private static final int STEP_DAYS = 7;

    /**
     * What was found.
     *
     * @param measured the measurement, or null
     * @param held how a level was held, or null
     * @param checkIn the latest check-in, or null
     * @param noData why there is no measurement
     * @param notes what a reader should know
     */
    record Found(
            @Nullable Measurement measured,
            @Nullable Held held,
            @Nullable CheckIn checkIn,
            String noData,
            List<String> notes) {}

    private final OkrPlan plan;
    private final Statistics statistics;
    private final Map<String, List<CheckIn>> checkIns;
    private final LocalDate asOf;

    Measuring(OkrPlan plan, Statistics statistics, Collection<CheckIn> checkIns, LocalDate asOf) {
        this.plan = plan;
        this.statistics = statistics;
        this.checkIns = checkIns.stream()
                .collect(Collectors.groupingBy(CheckIn::keyResult, LinkedHashMap::new, Collectors.toList()));
        this.asOf = asOf;
    }

    /** Check-ins that the plan cannot place or that its targets do not take. */
    List<OkrEvaluationException.Problem> misplaced() {
        Set<String> known = plan.objectives().stream()
                .flatMap(o -> o.keyResults().stream())
                .map(KeyResult::id)
                .collect(Collectors.toSet());
        List<OkrEvaluationException.Problem> problems = new ArrayList<>();
        checkIns.forEach((id, list) -> {
            if (!known.contains(id)) {
                problems.add(new OkrEvaluationException.Problem(
                        id, "there are check-ins, but the plan has no such key result" + DidYouMean.suffix(id, known)));
                return;
            }
            Target target = plan.keyResult(id).orElseThrow().target();
            for (CheckIn checkIn : list) {
                double value = checkIn.value();
                if (target instanceof Target.Done && value != 0 && value != 1) {
                    problems.add(new OkrEvaluationException.Problem(
                            id,
                            "the check-in of " + checkIn.date() + " must be 1 (done) or 0 (not done); found " + value));
                } else if (target instanceof Target.Milestones && !(value >= 0 && value <= 1)) {
                    problems.add(new OkrEvaluationException.Problem(
                            id,
                            "the check-in of " + checkIn.date()
                                    + " must be the share of the milestones' weight that is done, 0 to 1; found "
                                    + value));
                }
            }
        });
        return problems;
    }

    Found find(KeyResult keyResult, Cycle cycle) throws Statistics.CannotAnswer {
        NavigableMap<LocalDate, CheckIn> counting = counting(keyResult, cycle);
        List<String> notes = new ArrayList<>();
        List<CheckIn> late = checkIns.getOrDefault(keyResult.id(), List.of()).stream()
                .filter(c -> !c.date().isBefore(cycle.end()) && !c.date().isAfter(asOf))
                .toList();
        if (!late.isEmpty()) {
            notes.add(late.size() + (late.size() == 1 ? " check-in" : " check-ins") + " after the close, on "
                    + late.get(0).date() + (late.size() == 1 ? "" : " and later") + ", "
                    + (late.size() == 1 ? "does" : "do") + " not count.");
        }
        CheckIn latest = counting.isEmpty() ? null : counting.lastEntry().getValue();
        if (keyResult.measure() instanceof Measure.ByKpi byKpi) {
            return byKpi(keyResult, byKpi, cycle, latest, notes);
        }
        if (latest == null) {
            String why = asOf.isBefore(cycle.start())
                    ? "the cycle starts on " + cycle.start()
                    : "no check-in yet in the cycle";
            return new Found(null, null, null, why, notes);
        }
        LocalDate now = asOf.isBefore(cycle.end()) ? asOf : cycle.lastDay();
        Measurement measured = Measurement.of(latest, ChronoUnit.DAYS.between(latest.date(), now));
        Hold hold = keyResult.hold();
        if (hold == null) {
            return new Found(measured, null, latest, "", notes);
        }
        Held held = held(keyResult, hold, cycle, period -> {
            Map.Entry<LocalDate, CheckIn> last = counting.lowerEntry(period.end());
            return last == null || last.getKey().isBefore(period.start())
                    ? Optional.empty()
                    : Optional.of(last.getValue().value());
        });
        return found(measured, held, hold, latest, "", notes);
    }

    private Found byKpi(
            KeyResult keyResult, Measure.ByKpi byKpi, Cycle cycle, @Nullable CheckIn latest, List<String> notes)
            throws Statistics.CannotAnswer {
        Kpi<?> kpi = kpi(byKpi);
        Optional<Days> days = Days.of(byKpi.window(), cycle, asOf);
        Statistics.Answer answer = statistics.answer(kpi, byKpi.filter(), days.orElse(null));
        notes.addAll(0, answer.notes());
        String noData = days.isPresent() ? answer.noData() : tooEarly(byKpi.window(), cycle);
        Estimate estimate = answer.estimate();
        Measurement measured = null;
        if (estimate != null && days.isPresent()) {
            LocalDate last = Objects.requireNonNull(answer.lastDay());
            long age = Math.max(0, ChronoUnit.DAYS.between(last, days.get().lastDay()));
            measured = Measurement.of(days.get(), estimate, age);
        }
        Hold hold = keyResult.hold();
        if (hold == null) {
            return new Found(measured, null, latest, noData, notes);
        }
        Held held = held(
                keyResult,
                hold,
                cycle,
                period -> value(byKpi, new Days(period.start(), period.end())).map(Chances.Dated::value));
        return found(measured, held, hold, latest, noData, notes);
    }

    private Kpi<?> kpi(Measure.ByKpi byKpi) {
        return Objects.requireNonNull(plan.kpis().get(byKpi.kpi()));
    }

    /** A level that is held has no progress before the first period has a value. */
    private static Found found(
            @Nullable Measurement measured,
            Held held,
            Hold hold,
            @Nullable CheckIn latest,
            String noData,
            List<String> notes) {
        if (held.measured() > 0) {
            return new Found(measured, held, latest, noData, notes);
        }
        String grain = hold.grain().word();
        String why = held.withoutValue().isEmpty()
                ? "no " + grain + " has ended yet in the cycle"
                : "no " + grain + " that has ended has a value";
        return new Found(measured, null, latest, why, notes);
    }

    private String tooEarly(Window window, Cycle cycle) {
        return asOf.isBefore(cycle.start())
                ? "the cycle starts on " + cycle.start()
                : "no " + window.toString().substring("last complete ".length()) + " has ended yet in the cycle";
    }

    @FunctionalInterface
    private interface ValueOf {
        Optional<Double> period(Period period) throws Statistics.CannotAnswer;
    }

    private Held held(KeyResult keyResult, Hold hold, Cycle cycle, ValueOf values) throws Statistics.CannotAnswer {
        List<Period> met = new ArrayList<>();
        List<Period> missed = new ArrayList<>();
        List<Period> without = new ArrayList<>();
        for (Period period : hold.periods(cycle, asOf)) {
            Optional<Double> value = values.period(period);
            (value.isEmpty() ? without : keyResult.target().isMet(value.get()) ? met : missed).add(period);
        }
        int planned = hold.count() == Hold.Count.SUCCESSES ? hold.plannedIn(cycle) : 0;
        return new Held(hold, met, missed, without, planned);
    }

    private Optional<Chances.Dated> value(Measure.ByKpi byKpi, Days days) throws Statistics.CannotAnswer {
        Estimate estimate = statistics.answer(kpi(byKpi), byKpi.filter(), days).estimate();
        return Optional.ofNullable(estimate)
                .map(e -> new Chances.Dated(days.lastDay(), e.value().orElseThrow(), e.interval()));
    }

    /** The check-in that counts on each day of the cycle so far: the last one given. */
    private NavigableMap<LocalDate, CheckIn> counting(KeyResult keyResult, Cycle cycle) {
        NavigableMap<LocalDate, CheckIn> counting = new TreeMap<>();
        for (CheckIn checkIn : checkIns.getOrDefault(keyResult.id(), List.of())) {
            LocalDate day = checkIn.date();
            if (!day.isBefore(cycle.start()) && day.isBefore(cycle.end()) && !day.isAfter(asOf)) {
                counting.put(day, checkIn);
            }
        }
        return counting;
    }

    /** The values so far, of days that do not overlap. */
    List<Chances.Dated> history(KeyResult keyResult, Cycle cycle) {
        List<Chances.Dated> history = new ArrayList<>();
        if (!(keyResult.measure() instanceof Measure.ByKpi byKpi)) {
            Interval none = Interval.undefined(0.95, "a check-in is no sample");
            counting(keyResult, cycle).forEach((day, c) -> history.add(new Chances.Dated(day, c.value(), none)));
            return history;
        }
        for (Days days : stretches(keyResult, byKpi, cycle)) {
            try {
                value(byKpi, days).ifPresent(history::add);
            } catch (Statistics.CannotAnswer e) {
                // A scorecard per month answers the window, but no week of it: that makes a shorter history, not an
                // error.
            }
        }
        return history;
    }

    private List<Days> stretches(KeyResult keyResult, Measure.ByKpi byKpi, Cycle cycle) {
        Hold hold = keyResult.hold();
        Grain grain =
                hold != null ? hold.grain() : byKpi.window() instanceof Window.LastComplete last ? last.grain() : null;
        List<Days> stretches = new ArrayList<>();
        if (grain != null) {
            for (Period period : Hold.shareOf(grain).periods(cycle, asOf)) {
                stretches.add(new Days(period.start(), period.end()));
            }
            return stretches;
        }
        LocalDate end = asOf.plusDays(1);
        while (!end.minusDays(STEP_DAYS).isBefore(cycle.start())) {
            stretches.add(0, new Days(end.minusDays(STEP_DAYS), end));
            end = end.minusDays(STEP_DAYS);
        }
        return stretches;
    }
}
