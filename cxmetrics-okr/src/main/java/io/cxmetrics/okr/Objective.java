package io.cxmetrics.okr;

import io.cxmetrics.field.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reached in a cycle, and what shows that it is. Immutable and thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
 * @param title what is to be reached, for people
 * @param owner who answers for it, or null
 * @param sponsor who backs it in the management, or null
 * @param budget what it may cost, or null
 * @param ambition whether it is a promise or a stretch; null if nobody said
 * @param parent the id of the objective that it contributes to, or null
 * @param weight how much it counts in its parent's progress, greater than 0
 * @param cycle the days
 * @param rollUp what its progress and status are made of
 * @param carriedFrom the id that it had in the cycle from which it was carried over, or null
 * @param keyResults what shows that it is reached
 * @param initiatives what is done for it
 * @param touchpoints the ids of the touchpoints that it is about, beside those at which its key results are measured
 * @since 0.1
 */
public record Objective(
        String id,
        String title,
        @Nullable String owner,
        @Nullable String sponsor,
        @Nullable Money budget,
        @Nullable Ambition ambition,
        @Nullable String parent,
        double weight,
        Cycle cycle,
        RollUp rollUp,
        @Nullable String carriedFrom,
        List<KeyResult> keyResults,
        List<Initiative> initiatives,
        List<String> touchpoints) {

    /**
     * Checks the texts and copies the lists.
     *
     * @throws IllegalArgumentException if the id is not of that form, a text is blank, the budget is negative, the weight is
     *     not a positive number, there is no key result although its progress is made of them, or a phase lies outside the
     *     days
     */
    public Objective {
        Checks.idAndTitle("objective", id, title);
        Checks.notBlank("the owner of objective '" + id + "'", owner);
        Checks.notBlank("the sponsor of objective '" + id + "'", sponsor);
        Checks.notNegative("the budget of objective '" + id + "'", budget);
        Checks.weight("objective", id, weight);
        if (parent != null) {
            Checks.id("objective", parent);
        }
        if (carriedFrom != null) {
            Checks.id("objective", carriedFrom);
        }
        Objects.requireNonNull(cycle, "cycle");
        Objects.requireNonNull(rollUp, "rollUp");
        keyResults = List.copyOf(keyResults);
        initiatives = List.copyOf(initiatives);
        touchpoints = List.copyOf(touchpoints);
        if (rollUp.of() == RollUp.Parts.KEY_RESULTS && keyResults.isEmpty()) {
            throw new IllegalArgumentException(
                    "objective '" + id + "' has no key result, so nothing shows whether it is reached");
        }
        for (KeyResult keyResult : keyResults) {
            Cycle days = keyResult.cycle() == null ? cycle : keyResult.cycle();
            for (Phase phase : keyResult.phases()) {
                if (phase.date().isBefore(days.start()) || !phase.date().isBefore(days.end())) {
                    throw new IllegalArgumentException("a phase of key result '" + keyResult.id() + "' is on "
                            + phase.date() + ", outside " + days);
                }
            }
        }
    }

    /**
     * An objective without an owner and initiatives.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
     * @param title what is to be reached, for people
     * @param cycle the days
     * @param keyResults what shows that it is reached; without any, the objectives that name it as their parent do
     * @return the objective
     */
    public static Objective of(String id, String title, Cycle cycle, KeyResult... keyResults) {
        RollUp rollUp = keyResults.length > 0 ? RollUp.DEFAULT : new RollUp(RollUp.Parts.CHILDREN, RollUp.Judged.OWN);
        return new Objective(
                id,
                title,
                null,
                null,
                null,
                null,
                null,
                1,
                cycle,
                rollUp,
                null,
                List.of(keyResults),
                List.of(),
                List.of());
    }

    /** The components, to change one without listing fourteen. */
    private static final class Draft {
        private final Objective from;
        private String id;
        private @Nullable String owner;
        private @Nullable String sponsor;
        private @Nullable Money budget;
        private @Nullable Ambition ambition;
        private @Nullable String parent;
        private double weight;
        private Cycle cycle;
        private RollUp rollUp;
        private @Nullable String carriedFrom;
        private List<KeyResult> keyResults;
        private List<Initiative> initiatives;
        private List<String> touchpoints;

        Draft(Objective from) {
            this.from = from;
            this.id = from.id;
            this.owner = from.owner;
            this.sponsor = from.sponsor;
            this.budget = from.budget;
            this.ambition = from.ambition;
            this.parent = from.parent;
            this.weight = from.weight;
            this.cycle = from.cycle;
            this.rollUp = from.rollUp;
            this.carriedFrom = from.carriedFrom;
            this.keyResults = from.keyResults;
            this.initiatives = from.initiatives;
            this.touchpoints = from.touchpoints;
        }

        Objective done() {
            return new Objective(
                    id,
                    from.title,
                    owner,
                    sponsor,
                    budget,
                    ambition,
                    parent,
                    weight,
                    cycle,
                    rollUp,
                    carriedFrom,
                    keyResults,
                    initiatives,
                    touchpoints);
        }
    }

    /**
     * This objective with an owner.
     *
     * @param newOwner who answers for it
     * @return the objective
     */
    public Objective withOwner(String newOwner) {
        Draft draft = new Draft(this);
        draft.owner = newOwner;
        return draft.done();
    }

    /**
     * This objective with a sponsor.
     *
     * @param newSponsor who backs it in the management
     * @return the objective
     */
    public Objective withSponsor(String newSponsor) {
        Draft draft = new Draft(this);
        draft.sponsor = newSponsor;
        return draft.done();
    }

    /**
     * This objective with a budget.
     *
     * @param newBudget what it may cost
     * @return the objective
     */
    public Objective withBudget(Money newBudget) {
        Draft draft = new Draft(this);
        draft.budget = newBudget;
        return draft.done();
    }

    /**
     * This objective with an ambition.
     *
     * @param newAmbition whether it is a promise or a stretch
     * @return the objective
     */
    public Objective withAmbition(Ambition newAmbition) {
        Draft draft = new Draft(this);
        draft.ambition = newAmbition;
        return draft.done();
    }

    /**
     * This objective below another.
     *
     * @param newParent the id of the objective that it contributes to
     * @return the objective
     */
    public Objective under(String newParent) {
        Draft draft = new Draft(this);
        draft.parent = newParent;
        return draft.done();
    }

    /**
     * This objective with another weight in its parent's progress.
     *
     * @param newWeight greater than 0
     * @return the objective
     */
    public Objective withWeight(double newWeight) {
        Draft draft = new Draft(this);
        draft.weight = newWeight;
        return draft.done();
    }

    /**
     * This objective made of other parts.
     *
     * @param newRollUp what its progress and status are made of
     * @return the objective
     * @throws IllegalArgumentException if it has no key results and is to be made of them
     */
    public Objective rolledUp(RollUp newRollUp) {
        Draft draft = new Draft(this);
        draft.rollUp = newRollUp;
        return draft.done();
    }

    /**
     * This objective with other key results.
     *
     * @param newKeyResults what shows that it is reached
     * @return the objective
     */
    public Objective withKeyResults(List<KeyResult> newKeyResults) {
        Draft draft = new Draft(this);
        draft.keyResults = newKeyResults;
        return draft.done();
    }

    /**
     * This objective with other initiatives.
     *
     * @param newInitiatives what is done for it
     * @return the objective
     */
    public Objective withInitiatives(Initiative... newInitiatives) {
        Draft draft = new Draft(this);
        draft.initiatives = List.of(newInitiatives);
        return draft.done();
    }

    /**
     * This objective about some touchpoints, beside those at which its key results are measured.
     *
     * @param newTouchpoints the ids of the touchpoints
     * @return the objective
     */
    public Objective withTouchpoints(String... newTouchpoints) {
        Draft draft = new Draft(this);
        draft.touchpoints = List.of(newTouchpoints);
        return draft.done();
    }

    /**
     * This objective in the next cycle: every start is re-based to where the key result stands, so that progress counts from
     * there; what has been reached and what was a phase of the old cycle is left out, and initiatives that are done or
     * stopped too. The ids get a suffix, because check-ins and reports of the old cycle go by the old ones.
     *
     * @param next the cycle
     * @param suffix what is added to every id, such as {@code -2026-q2}
     * @param values where key results stand, by id; a level without a start needs none
     * @return the objective
     * @throws IllegalArgumentException if a start has to be re-based and there is no value, or every key result has been
     *     reached
     */
    public Objective carriedOver(Cycle next, String suffix, Map<String, Double> values) {
        List<KeyResult> carried = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (KeyResult keyResult : keyResults) {
            Target target = keyResult.target();
            if (target instanceof Target.Bound bound && bound.start().isPresent()) {
                Double value = values.get(keyResult.id());
                if (value == null) {
                    throw new IllegalArgumentException("key result '" + keyResult.id()
                            + "' cannot be carried over without the value at which it stands");
                } else if (bound.isMet(value)) {
                    lost.add(keyResult.id());
                    continue;
                }
                target = bound.rebased(value);
            } else if (isReached(keyResult, values)) {
                lost.add(keyResult.id());
                continue;
            }
            carried.add(keyResult.atSteadyPace().withTarget(target).withId(keyResult.id() + suffix));
        }
        if (carried.isEmpty() && rollUp.of() == RollUp.Parts.KEY_RESULTS) {
            throw new IllegalArgumentException(
                    "nothing of objective '" + id + "' is left to carry over: " + lost + " have been reached");
        }
        Draft draft = new Draft(this);
        draft.id = id + suffix;
        draft.carriedFrom = id;
        draft.cycle = next;
        draft.keyResults = carried;
        draft.initiatives = initiatives.stream()
                .filter(i -> i.status() != Initiative.State.DONE && i.status() != Initiative.State.STOPPED)
                .map(i -> new Initiative(
                        i.id() + suffix,
                        i.title(),
                        i.owner(),
                        i.budget(),
                        i.status(),
                        i.serves().stream()
                                .filter(served -> !lost.contains(served))
                                .map(served -> served + suffix)
                                .toList(),
                        i.effect(),
                        i.benefit()))
                .toList();
        return draft.done();
    }

    private static boolean isReached(KeyResult keyResult, Map<String, Double> values) {
        Target target = keyResult.target();
        boolean ends = target instanceof Target.Milestones
                || target instanceof Target.Done
                || target instanceof Target.Baseline;
        Double value = values.get(keyResult.id());
        return ends && value != null && target.isMet(value);
    }
}
