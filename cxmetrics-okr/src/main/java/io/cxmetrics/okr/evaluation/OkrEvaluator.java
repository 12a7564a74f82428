package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import io.cxmetrics.scorecard.ScorecardResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Says where each key result of a plan stands, from scorecard results of any number of event types.
 *
 * <pre>{@code
 * OkrReport report = OkrEvaluator.of(OkrJson.read(path))
 *         .evaluate(List.of(purchases, carts, answers), LocalDate.of(2026, 2, 14));
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
 * <p><b>Status.</b> See {@link Status}. A key result is judged by its raw progress, so that a value worse than at the start
 * is never better than behind; an objective by the weighted progress of its key results, each cut to 0…1.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class OkrEvaluator {
    private final OkrPlan plan;

    private OkrEvaluator(OkrPlan plan) {
        this.plan = plan;
    }

    /**
     * An evaluator of a plan.
     *
     * @param plan the plan
     * @return the evaluator
     */
    public static OkrEvaluator of(OkrPlan plan) {
        return new OkrEvaluator(plan);
    }

    /**
     * Where the plan stands.
     *
     * @param results the results, of different rows
     * @param asOf the day, in the plan's time zone; it is the last that counts
     * @return the report
     * @throws OkrEvaluationException with every key result that the results cannot answer: a dimension or periods that they
     *     lack, a KPI of the same id that is another KPI
     * @throws IllegalArgumentException if one result is given twice
     */
    public OkrReport evaluate(List<ScorecardResult> results, LocalDate asOf) {
        Statistics statistics = new Statistics(results, plan.timeZone());
        List<OkrEvaluationException.Problem> problems = new ArrayList<>();
        List<ObjectiveReport> objectives = new ArrayList<>();
        for (Objective objective : plan.objectives()) {
            List<KeyResultReport> keyResults = new ArrayList<>();
            for (KeyResult keyResult : objective.keyResults()) {
                try {
                    keyResults.add(evaluate(keyResult, objective.cycle(), statistics, asOf));
                } catch (Statistics.CannotAnswer e) {
                    problems.add(new OkrEvaluationException.Problem(keyResult.id(), String.valueOf(e.getMessage())));
                }
            }
            objectives.add(rollUp(objective, keyResults, asOf));
        }
        if (!problems.isEmpty()) {
            throw new OkrEvaluationException(problems);
        }
        return new OkrReport(plan, asOf, objectives);
    }

    private KeyResultReport evaluate(KeyResult keyResult, Cycle cycle, Statistics statistics, LocalDate asOf)
            throws Statistics.CannotAnswer {
        Measure measure = keyResult.measure();
        Kpi<?> kpi = Objects.requireNonNull(plan.kpis().get(measure.kpi()));
        Optional<Days> days = Days.of(measure.window(), cycle, asOf);
        Statistics.Answer answer = statistics.answer(kpi, measure.filter(), days.orElse(null));
        String noData = days.isPresent() ? answer.noData() : tooEarly(measure.window(), cycle, asOf);
        Measurement measurement =
                answer.estimate() == null ? null : new Measurement(days.orElseThrow(), answer.estimate());
        double expected = cycle.elapsed(asOf);
        OptionalDouble progress = measurement == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        Progress.of(keyResult.target(), measurement.value()).raw());
        return new KeyResultReport(
                keyResult,
                kpi,
                measure.touchpoint() == null
                        ? null
                        : plan.touchpoint(measure.touchpoint()).orElseThrow(),
                status(cycle, asOf, expected, progress),
                expected,
                measurement,
                noData,
                answer.notes(),
                warnings(keyResult, kpi));
    }

    private static String tooEarly(Window window, Cycle cycle, LocalDate asOf) {
        return asOf.isBefore(cycle.start())
                ? "the cycle starts on " + cycle.start()
                : "no " + window.toString().substring("last complete ".length()) + " has ended yet in the cycle";
    }

    private static Status status(Cycle cycle, LocalDate asOf, double expected, OptionalDouble progress) {
        if (asOf.isBefore(cycle.start())) {
            return Status.NOT_STARTED;
        } else if (!asOf.isBefore(cycle.end())) {
            return Status.CLOSED;
        }
        return progress.isEmpty() ? Status.NO_DATA : Status.byDifference(expected, progress.getAsDouble());
    }

    private static List<Warning> warnings(KeyResult keyResult, Kpi<?> kpi) {
        Target target = keyResult.target();
        Direction against = target.rises() ? Direction.LOWER_IS_BETTER : Direction.HIGHER_IS_BETTER;
        if (kpi.direction() != against) {
            return List.of();
        }
        return List.of(new Warning(
                "direction",
                keyResult.id(),
                "by its KPI, " + kpi.name() + ", "
                        + against.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", but the target asks for "
                        + (target.rises() ? "more" : "less") + "; correct the one that is wrong"));
    }

    private static ObjectiveReport rollUp(Objective objective, List<KeyResultReport> keyResults, LocalDate asOf) {
        BigDecimal all = BigDecimal.ZERO;
        BigDecimal measured = BigDecimal.ZERO;
        BigDecimal done = BigDecimal.ZERO;
        for (KeyResultReport keyResult : keyResults) {
            BigDecimal weight = Decimals.of(keyResult.keyResult().weight());
            all = all.add(weight);
            if (keyResult.progress().isPresent()) {
                measured = measured.add(weight);
                done = done.add(
                        weight.multiply(Decimals.of(keyResult.progress().get().clamped())));
            }
        }
        OptionalDouble progress = measured.signum() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        done.divide(measured, MathContext.DECIMAL128).doubleValue());
        double coverage = all.signum() == 0
                ? 0
                : measured.divide(all, MathContext.DECIMAL128).doubleValue();
        Cycle cycle = objective.cycle();
        double expected = cycle.elapsed(asOf);
        Status status = status(cycle, asOf, expected, progress);
        return new ObjectiveReport(objective, status, expected, progress, coverage, keyResults);
    }
}
