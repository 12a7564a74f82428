package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.RollUp;
import io.cxmetrics.okr.StatusRule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From the parts of an objective to the whole. */
final class RollUps {
    private final StatusRule rule;
    private final LocalDate asOf;

    RollUps(StatusRule rule, LocalDate asOf) {
        this.rule = rule;
        this.asOf = asOf;
    }

    /** A key result or a child, as far as it counts above. */
    private record Part(
            String id, double weight, OptionalDouble progress, double expected, OptionalDouble chance, Status status) {}

    ObjectiveReport roll(
            Objective objective,
            List<KeyResultReport> keyResults,
            List<ObjectiveReport> children,
            @Nullable ScoreOverride override) {
        List<Part> parts = parts(objective, keyResults, children);
        List<Part> with = parts.stream().filter(p -> p.progress().isPresent()).toList();
        OptionalDouble progress = mean(with, p -> p.progress().getAsDouble());
        boolean weighted = objective.rollUp().status() == RollUp.Judged.WEIGHTED;
        OptionalDouble chance =
                weighted && with.stream().allMatch(p -> p.chance().isPresent())
                        ? mean(with, p -> p.chance().getAsDouble())
                        : OptionalDouble.empty();
        double own = objective.cycle().elapsed(asOf);
        double expected = weighted ? mean(with, Part::expected).orElse(own) : own;
        Verdict verdict = verdict(objective, parts, with, progress, expected, chance, keyResults);
        Score score = verdict.status() == Status.CLOSED && progress.isPresent()
                ? new Score(Judge.unit(progress.getAsDouble()), override, objective.ambition())
                : null;
        BigDecimal all = weight(parts);
        double coverage = all.signum() == 0
                ? 0
                : weight(with).divide(all, MathContext.DECIMAL128).doubleValue();
        return new ObjectiveReport(
                objective,
                verdict,
                expected,
                progress,
                chance,
                coverage,
                ids(parts.stream().filter(p -> p.progress().isEmpty()).toList()),
                ids(parts.stream().filter(p -> p.status() == Status.STALE).toList()),
                score,
                keyResults,
                children);
    }

    private static List<Part> parts(
            Objective objective, List<KeyResultReport> keyResults, List<ObjectiveReport> children) {
        List<Part> parts = new ArrayList<>();
        if (objective.rollUp().of() != RollUp.Parts.CHILDREN) {
            for (KeyResultReport k : keyResults) {
                if (k.keyResult().counts()) {
                    parts.add(new Part(
                            k.keyResult().id(),
                            k.keyResult().weight(),
                            k.progress()
                                    .map(p -> OptionalDouble.of(p.clamped()))
                                    .orElse(OptionalDouble.empty()),
                            k.expected(),
                            k.probability(),
                            k.status()));
                }
            }
        }
        if (objective.rollUp().of() != RollUp.Parts.KEY_RESULTS) {
            for (ObjectiveReport c : children) {
                parts.add(new Part(
                        c.objective().id(),
                        c.objective().weight(),
                        c.progress(),
                        c.expected(),
                        c.probability(),
                        c.status()));
            }
        }
        return parts;
    }

    private static List<String> ids(List<Part> parts) {
        return parts.stream().map(Part::id).toList();
    }

    private static BigDecimal weight(List<Part> parts) {
        return parts.stream().map(p -> Decimals.of(p.weight())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Σ wx / Σ w. */
    private static OptionalDouble mean(List<Part> parts, Function<Part, Double> value) {
        if (parts.isEmpty()) {
            return OptionalDouble.empty();
        }
        BigDecimal sum = parts.stream()
                .map(p -> Decimals.of(p.weight()).multiply(Decimals.of(value.apply(p))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return OptionalDouble.of(
                sum.divide(weight(parts), MathContext.DECIMAL128).doubleValue());
    }

    private Verdict verdict(
            Objective objective,
            List<Part> parts,
            List<Part> with,
            OptionalDouble progress,
            double expected,
            OptionalDouble chance,
            List<KeyResultReport> keyResults) {
        Cycle cycle = objective.cycle();
        Verdict verdict = Judge.outside(cycle, asOf);
        if (verdict != null) {
            return verdict;
        }
        if (parts.isEmpty()) {
            // Only baselines and guards: there is nothing to add up.
            verdict = worst(keyResults.stream().map(KeyResultReport::status).toList());
        } else if (progress.isEmpty()) {
            verdict = Verdict.of(Status.NO_DATA, Verdict.Basis.DATA);
        } else if (with.stream().allMatch(p -> p.status() == Status.STALE)) {
            verdict = Verdict.of(Status.STALE, Verdict.Basis.AGE);
        } else if (objective.rollUp().status() == RollUp.Judged.WORST) {
            verdict = worst(parts.stream().map(Part::status).toList());
        } else {
            verdict = Judge.inGrace(Judge.computed(rule, expected, progress.getAsDouble(), chance), rule, cycle, asOf);
        }
        boolean broken = keyResults.stream().anyMatch(KeyResultReport::isBrokenGuard);
        return broken && verdict.status() == Status.ON_TRACK
                ? verdict.changedTo(Status.BEHIND, Verdict.Basis.GUARD)
                : verdict;
    }

    private static Verdict worst(List<Status> statuses) {
        Status worst = statuses.stream()
                .max(Comparator.comparingInt(Status::urgency))
                .filter(s -> s.urgency() > 0)
                .orElse(Status.NO_DATA);
        return Verdict.of(worst, Verdict.Basis.WORST);
    }
}
