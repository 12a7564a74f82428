package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Lint;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Warning;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.scorecard.ScorecardResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says where each key result of a plan stands, from scorecard results of any number of event types and from check-ins.
 *
 * <pre>{@code
 * OkrReport report = OkrEvaluator.of(OkrJson.read(path))
 *         .evaluate(List.of(purchases, carts, answers), checkIns, LocalDate.of(2026, 2, 14));
 * System.out.print(report.toText(Locale.ENGLISH));
 * }</pre>
 *
 * <p><b>Which result answers.</b> The one whose KPIs contain the key result's KPI (equal, not just of the same id). Results
 * of one shape are parts of one scorecard, such as a file for each day, and are merged. If results of several shapes can
 * answer, they must agree.
 *
 * <p><b>Filter.</b> The touchpoint is the dimension {@code touchpoint}; a segment names others. The results must have them.
 *
 * <p><b>Window.</b> Whole periods of the result must make up the days of the window. A scorecard per day answers every
 * window. The day of the evaluation counts as a whole day.
 *
 * <p><b>Check-ins.</b> Of a key result that check-ins measure, the latest one in the cycle counts; of two on one day, the one
 * that is given later. Those after the close do not count and are told. Of one that a KPI measures, they say the owner's
 * confidence and a note.
 *
 * <p><b>Status.</b> See {@link Status} and the plan's {@link StatusRule}. A key result is judged by its raw progress, so that
 * a value worse than at the start is never better than behind; an objective by the weighted progress of its parts, each cut
 * to 0…1. A probability needs {@link #withChances}; where there is none, the difference decides.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class OkrEvaluator {
    private final OkrPlan plan;
    private final @Nullable Chances chances;
    private final Map<String, ScoreOverride> overrides;

    private OkrEvaluator(OkrPlan plan, @Nullable Chances chances, Map<String, ScoreOverride> overrides) {
        this.plan = plan;
        this.chances = chances;
        this.overrides = overrides;
    }

    /**
     * An evaluator of a plan.
     *
     * @param plan the plan
     * @return the evaluator
     */
    public static OkrEvaluator of(OkrPlan plan) {
        return new OkrEvaluator(plan, null, Map.of());
    }

    /**
     * This evaluator with a forecast, so that the status can follow the probability of meeting the target.
     *
     * @param newChances says the probability
     * @return the evaluator
     */
    public OkrEvaluator withChances(Chances newChances) {
        return new OkrEvaluator(plan, newChances, overrides);
    }

    /**
     * This evaluator with scores that count at the close in place of the computed ones, which are kept.
     *
     * @param newOverrides the overrides
     * @return the evaluator
     * @throws IllegalArgumentException if one is about something that the plan does not have, or two are about the same
     */
    public OkrEvaluator withOverrides(List<ScoreOverride> newOverrides) {
        Set<String> known = new LinkedHashSet<>();
        for (Objective objective : plan.objectives()) {
            known.add(objective.id());
            objective.keyResults().forEach(k -> known.add(k.id()));
        }
        Map<String, ScoreOverride> byId = new LinkedHashMap<>();
        for (ScoreOverride override : newOverrides) {
            if (!known.contains(override.about())) {
                throw new IllegalArgumentException("a score is overridden of '" + override.about()
                        + "', which the plan does not have" + DidYouMean.suffix(override.about(), known));
            } else if (byId.put(override.about(), override) != null) {
                throw new IllegalArgumentException("the score of '" + override.about() + "' is overridden twice");
            }
        }
        return new OkrEvaluator(plan, chances, byId);
    }

    /**
     * Where the plan stands without check-ins.
     *
     * @param results the results, of different rows
     * @param asOf the day, in the plan's time zone; it is the last that counts
     * @return the report
     * @throws OkrEvaluationException as {@link #evaluate(List, Collection, LocalDate)} does
     * @throws IllegalArgumentException if one result is given twice
     */
    public OkrReport evaluate(List<ScorecardResult> results, LocalDate asOf) {
        return evaluate(results, List.of(), asOf);
    }

    /**
     * Where the plan stands.
     *
     * @param results the results, of different rows
     * @param checkIns the check-ins in the order in which they were made; those after the day do not count
     * @param asOf the day, in the plan's time zone; it is the last that counts
     * @return the report
     * @throws OkrEvaluationException with every key result that the results cannot answer: a dimension or periods that they
     *     lack, a KPI of the same id that is another KPI; and every check-in that the plan cannot place
     * @throws IllegalArgumentException if one result is given twice
     */
    public OkrReport evaluate(List<ScorecardResult> results, Collection<CheckIn> checkIns, LocalDate asOf) {
        Map<String, List<Warning>> lint = Lint.check(plan).stream()
                .filter(w -> w.code().equals(Lint.DIRECTION.code()))
                .collect(Collectors.groupingBy(Warning::about));
        Measuring measuring = new Measuring(plan, new Statistics(results, plan.timeZone()), checkIns, asOf);
        List<OkrEvaluationException.Problem> problems = new ArrayList<>(measuring.misplaced());
        Map<String, List<KeyResultReport>> keyResults = new LinkedHashMap<>();
        for (Objective objective : plan.objectives()) {
            List<KeyResultReport> reports = new ArrayList<>();
            for (KeyResult keyResult : objective.keyResults()) {
                try {
                    reports.add(evaluate(
                            objective, keyResult, measuring, asOf, lint.getOrDefault(keyResult.id(), List.of())));
                } catch (Statistics.CannotAnswer e) {
                    problems.add(new OkrEvaluationException.Problem(keyResult.id(), String.valueOf(e.getMessage())));
                }
            }
            keyResults.put(objective.id(), reports);
        }
        if (!problems.isEmpty()) {
            throw new OkrEvaluationException(problems);
        }
        Tree tree = new Tree(keyResults, new RollUps(plan.statusRule(), asOf));
        return new OkrReport(
                plan, asOf, plan.objectives().stream().map(o -> tree.roll(o)).toList());
    }

    /** Objectives from the lowest up, each once. */
    private final class Tree {
        private final Map<String, List<KeyResultReport>> keyResults;
        private final RollUps rollUps;
        private final Map<String, List<Objective>> children = new LinkedHashMap<>();
        private final Map<String, ObjectiveReport> done = new LinkedHashMap<>();

        Tree(Map<String, List<KeyResultReport>> keyResults, RollUps rollUps) {
            this.keyResults = keyResults;
            this.rollUps = rollUps;
            for (Objective objective : plan.objectives()) {
                String parent = objective.parent();
                if (parent != null) {
                    children.computeIfAbsent(parent, id -> new ArrayList<>()).add(objective);
                }
            }
        }

        ObjectiveReport roll(Objective objective) {
            ObjectiveReport before = done.get(objective.id());
            if (before != null) {
                return before;
            }
            List<ObjectiveReport> below = children.getOrDefault(objective.id(), List.of()).stream()
                    .map(this::roll)
                    .toList();
            ObjectiveReport report = rollUps.roll(
                    objective,
                    keyResults.getOrDefault(objective.id(), List.of()),
                    below,
                    overrides.get(objective.id()));
            done.put(objective.id(), report);
            return report;
        }
    }

    private KeyResultReport evaluate(
            Objective objective, KeyResult keyResult, Measuring measuring, LocalDate asOf, List<Warning> lint)
            throws Statistics.CannotAnswer {
        Cycle cycle = Optional.ofNullable(keyResult.cycle()).orElse(objective.cycle());
        Measuring.Found found = measuring.find(keyResult, cycle);
        Measurement measured = found.measured();
        Held held = found.held();
        double expected = keyResult.expected(objective.cycle(), asOf);
        Optional<Progress> progress = progress(keyResult, measured, held);
        boolean running = Judge.outside(cycle, asOf) == null;
        Chance chance = running && progress.isPresent() && chances != null && !keyResult.guard()
                ? chances.of(new Chances.Question(keyResult, cycle, measuring.history(keyResult, cycle), asOf))
                : null;
        Verdict verdict = verdict(keyResult, cycle, measured, progress, expected, chance, asOf);
        Score score = verdict.status() == Status.CLOSED && progress.isPresent() && !keyResult.guard()
                ? new Score(progress.get().clamped(), overrides.get(keyResult.id()), objective.ambition())
                : null;
        Measure measure = keyResult.measure();
        Kpi<?> kpi = measure instanceof Measure.ByKpi byKpi ? plan.kpis().get(byKpi.kpi()) : null;
        Unit unit = kpi != null
                ? kpi.unit()
                : measure instanceof Measure.ByCheckIns byCheckIns ? byCheckIns.unit() : Unit.NUMBER;
        String touchpoint = measure instanceof Measure.ByKpi byKpi ? byKpi.touchpoint() : null;
        return new KeyResultReport(
                keyResult,
                cycle,
                unit,
                kpi,
                touchpoint == null ? null : plan.touchpoint(touchpoint).orElseThrow(),
                verdict,
                expected,
                measured,
                held,
                chance,
                found.checkIn(),
                score,
                found.noData(),
                found.notes(),
                warnings(keyResult, cycle, found.checkIn(), asOf, lint));
    }

    private static Optional<Progress> progress(
            KeyResult keyResult, @Nullable Measurement measured, @Nullable Held held) {
        if (!keyResult.hasProgress()) {
            return Optional.empty();
        } else if (keyResult.hold() != null) {
            return Optional.ofNullable(held).map(Held::progress);
        }
        return Optional.ofNullable(measured).map(m -> Progress.of(keyResult.target(), m.value()));
    }

    private Verdict verdict(
            KeyResult keyResult,
            Cycle cycle,
            @Nullable Measurement measured,
            Optional<Progress> progress,
            double expected,
            @Nullable Chance chance,
            LocalDate asOf) {
        Verdict outside = Judge.outside(cycle, asOf);
        if (outside != null) {
            return outside;
        } else if (measured == null || (keyResult.hasProgress() && progress.isEmpty())) {
            return Verdict.of(Status.NO_DATA, Verdict.Basis.DATA);
        } else if (measured.ageDays() > keyResult.checkInDays()) {
            return Verdict.of(Status.STALE, Verdict.Basis.AGE);
        } else if (progress.isEmpty()) {
            return Verdict.of(Status.ON_TRACK, Verdict.Basis.FOUND);
        }
        StatusRule rule = plan.statusRule();
        OptionalDouble probability = chance == null ? OptionalDouble.empty() : chance.probability();
        Verdict verdict = Judge.computed(rule, expected, progress.get().raw(), probability);
        Target target = keyResult.target();
        return Judge.inGrace(Judge.pastWarningLevel(verdict, target, measured.value()), rule, cycle, asOf);
    }

    private List<Warning> warnings(
            KeyResult keyResult, Cycle cycle, @Nullable CheckIn latest, LocalDate asOf, List<Warning> lint) {
        List<Warning> warnings = new ArrayList<>(lint);
        boolean byCheckIns = keyResult.measure() instanceof Measure.ByCheckIns;
        boolean past = !asOf.isBefore(cycle.start().plusDays(Lint.FIRST_CHECK_IN_DAYS));
        if (byCheckIns && latest == null && past) {
            Warning warning = Lint.NO_CHECK_IN.about(
                    keyResult.id(),
                    "no check-in since the cycle began on " + cycle.start() + "; ask "
                            + (keyResult.owner() == null ? "whoever knows" : keyResult.owner()));
            if (!Lint.isSilenced(plan.silenced(), warning)) {
                warnings.add(warning);
            }
        }
        return warnings;
    }
}
