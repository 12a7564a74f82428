package io.cxmetrics.okr;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What is allowed in a plan but seldom meant or seldom wise. Each rule has a code that does not change and can be silenced in
 * the plan, for all parts ({@code no-owner}) or for one ({@code no-owner:faster-buying}).
 *
 * @since 0.1
 */
public enum Lint {
    /** An objective or key result that nobody answers for. */
    NO_OWNER("an objective or key result without an owner"),
    /** Work without money. */
    NO_BUDGET("an initiative without a budget"),
    /** A title such as "Raise NPS to 40": the figure belongs in a key result. */
    DIGITS_IN_TITLE("digits in the title of an objective"),
    /** One key result seldom shows all of an objective. */
    FEW_KEY_RESULTS("fewer than 2 key results (guards not counted)"),
    /** Who follows everything follows nothing. */
    MANY_KEY_RESULTS("more than 5 key results (guards not counted)"),
    /** Nothing that can be acted on before the outcome is there. */
    ONLY_LAGGING("only lagging key results"),
    /** A key result that begins before or ends after its objective. */
    OUTSIDE_OBJECTIVE("a key result whose days reach outside the objective's"),
    /** At least or at most without a start: how far it is cannot be said, only whether it is met. */
    NO_BASELINE("at least or at most without a start: met or not, and no progress between"),
    /** Silence in the first week tends to last. Told by an evaluation, which knows the check-ins. */
    NO_CHECK_IN("no check-in in the first 7 days"),
    /** Without it nobody can read the score at the close. */
    NO_AMBITION("an objective that does not say whether it is committed or aspirational"),
    /** A rising target for a KPI of which less is better, or the other way round. */
    DIRECTION("a target against the direction of its KPI");

    /** After how many days of a cycle a first check-in is missed. */
    public static final int FIRST_CHECK_IN_DAYS = 7;

    private final String meaning;

    Lint(String meaning) {
        this.meaning = meaning;
    }

    /**
     * The code, which does not change.
     *
     * @return such as {@code no-owner}
     */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What is warned of.
     *
     * @return a few words
     */
    public String meaning() {
        return meaning;
    }

    /**
     * All codes.
     *
     * @return the codes in the order of the rules
     */
    public static List<String> codes() {
        return Arrays.stream(values()).map(Lint::code).toList();
    }

    /**
     * A warning by this rule.
     *
     * @param about the id of the part of the plan
     * @param message what it is and what to do
     * @return the warning
     */
    public Warning about(String about, String message) {
        return new Warning(code(), about, message);
    }

    /**
     * Whether a plan does not want a warning.
     *
     * @param silenced the codes, with or without the id of a part
     * @param warning the warning
     * @return true if it is not to be given
     */
    public static boolean isSilenced(Collection<String> silenced, Warning warning) {
        return silenced.contains(warning.code()) || silenced.contains(warning.code() + ":" + warning.about());
    }

    /**
     * What seems not meant in a plan.
     *
     * @param plan the plan
     * @return the warnings in the order of the plan, without those that it silences
     */
    public static List<Warning> check(OkrPlan plan) {
        List<Warning> found = new ArrayList<>();
        for (Objective objective : plan.objectives()) {
            objective(objective, found);
            for (KeyResult keyResult : objective.keyResults()) {
                keyResult(plan, objective, keyResult, found);
            }
            for (Initiative initiative : objective.initiatives()) {
                if (initiative.budget() == null) {
                    found.add(NO_BUDGET.about(
                            initiative.id(),
                            "initiative '" + initiative.id() + "' has no budget; say what it may cost, or 0"));
                }
            }
        }
        return found.stream()
                .filter(warning -> !isSilenced(plan.silenced(), warning))
                .toList();
    }

    private static void objective(Objective objective, List<Warning> found) {
        String id = objective.id();
        String it = "objective '" + id + "' ";
        if (objective.owner() == null) {
            found.add(NO_OWNER.about(id, it + "has no owner; name one person who answers for it"));
        }
        if (objective.title().chars().anyMatch(Character::isDigit)) {
            found.add(DIGITS_IN_TITLE.about(
                    id, it + "has digits in its title; say what is to be reached, and the figure in a key result"));
        }
        List<KeyResult> aims =
                objective.keyResults().stream().filter(k -> !k.guard()).toList();
        if (aims.size() < 2 && objective.rollUp().of() == RollUp.Parts.KEY_RESULTS) {
            found.add(FEW_KEY_RESULTS.about(
                    id,
                    it + "has " + aims.size() + " key result" + (aims.size() == 1 ? "" : "s") + "; 2 to 5 are usual"));
        } else if (aims.size() > 5) {
            found.add(MANY_KEY_RESULTS.about(id, it + "has " + aims.size() + " key results; 2 to 5 are usual"));
        }
        if (!aims.isEmpty() && aims.stream().allMatch(k -> k.indicator() == Indicator.LAGGING)) {
            found.add(ONLY_LAGGING.about(
                    id, it + "has only lagging key results; add one that moves before the outcome does"));
        }
        if (objective.ambition() == null) {
            found.add(NO_AMBITION.about(
                    id,
                    it + "does not say whether it is committed or aspirational, which decides how its score reads"));
        }
    }

    private static void keyResult(OkrPlan plan, Objective objective, KeyResult keyResult, List<Warning> found) {
        String id = keyResult.id();
        String it = "key result '" + id + "' ";
        if (keyResult.owner() == null) {
            found.add(NO_OWNER.about(id, it + "has no owner; name one person who answers for it"));
        }
        Cycle own = keyResult.cycle();
        Cycle days = objective.cycle();
        if (own != null && (own.start().isBefore(days.start()) || own.end().isAfter(days.end()))) {
            found.add(OUTSIDE_OBJECTIVE.about(id, it + "is from " + own + ", its objective from " + days));
        }
        boolean threshold = keyResult.target() instanceof Target.AtLeast || keyResult.target() instanceof Target.AtMost;
        if (threshold && keyResult.target().start().isEmpty() && keyResult.hold() == null && !keyResult.guard()) {
            found.add(NO_BASELINE.about(
                    id,
                    it + "is met or not and has no progress between; give a \"from\" to count from, or a \"hold\""));
        }
        Kpi<?> kpi = keyResult.kpi().map(m -> plan.kpis().get(m.kpi())).orElse(null);
        if (kpi != null && keyResult.target() instanceof Target.Bound bound) {
            Direction against = bound.rises() ? Direction.LOWER_IS_BETTER : Direction.HIGHER_IS_BETTER;
            if (kpi.direction() == against) {
                found.add(DIRECTION.about(
                        id,
                        "by its KPI, " + kpi.name() + ", "
                                + against.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + ", but the target asks for "
                                + (bound.rises() ? "more" : "less") + "; correct the one that is wrong"));
            }
        }
    }
}
