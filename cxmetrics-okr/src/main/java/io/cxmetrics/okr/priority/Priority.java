package io.cxmetrics.okr.priority;

import io.cxmetrics.field.Money;
import io.cxmetrics.journey.PlaceScore;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.money.Worth;
import io.cxmetrics.money.WorthInput;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One touchpoint in a {@link Ranking}. Immutable and thread-safe.
 *
 * @param touchpoint the touchpoint
 * @param score how it does
 * @param rank its place, 1 for the first; 0 if it cannot be ranked
 * @param product the product of the factors that count; empty if it cannot be ranked
 * @param relative the product in percent of the first one's, 0…100; empty if it cannot be ranked, or if the first one's is 0
 * @param first how often it comes first in the simulation, a share
 * @param highest the best rank that the simulation leaves it: in 2.5 % of the draws it is as good or better
 * @param lowest the worst rank that the simulation leaves it
 * @param factors the factors that are known
 * @param missing the factors that are not known, and why
 * @param reasons a sentence for each factor that is known, in the order of the factors
 * @param objectives the objectives of the plan that are about it
 * @param work the initiatives of the plan that touch it
 * @param worth what a change here would be worth, or null if nobody said
 * @since 0.1
 */
public record Priority(
        Touchpoint touchpoint,
        PlaceScore score,
        int rank,
        OptionalDouble product,
        OptionalDouble relative,
        double first,
        int highest,
        int lowest,
        Map<Factor, WorthInput> factors,
        Map<Factor, String> missing,
        List<String> reasons,
        List<Objective> objectives,
        List<Work> work,
        @Nullable Worth worth) {

    /**
     * An initiative that touches the touchpoint.
     *
     * @param initiative the initiative
     * @param objective the objective that it stands under
     * @param elsewhere the ids of the other touchpoints that it touches, among which its budget is shared
     */
    public record Work(Initiative initiative, Objective objective, List<String> elsewhere) {
        /** Copies the list. */
        public Work {
            elsewhere = List.copyOf(elsewhere);
        }

        /**
         * Whether money may still be spent on it.
         *
         * @return whether it is neither done nor stopped
         */
        public boolean isOpen() {
            return initiative.status() != Initiative.State.DONE && initiative.status() != Initiative.State.STOPPED;
        }
    }

    /** Copies the collections, whose order is kept. */
    public Priority {
        factors = Collections.unmodifiableMap(copy(factors));
        missing = Collections.unmodifiableMap(copy(missing));
        reasons = List.copyOf(reasons);
        objectives = List.copyOf(objectives);
        work = List.copyOf(work);
    }

    private static <V> Map<Factor, V> copy(Map<Factor, V> map) {
        Map<Factor, V> copy = new EnumMap<>(Factor.class);
        copy.putAll(map);
        return copy;
    }

    /**
     * What may be spent by the initiatives that touch it and are neither done nor stopped. Of those that touch other touchpoints
     * too it is their whole budget; how much of it is meant for this one, plans do not say.
     *
     * @return one amount for each currency; empty if no budget is given
     */
    public List<Money> budget() {
        Map<String, Money> sums = new LinkedHashMap<>();
        for (Work at : work) {
            Money money = at.initiative().budget();
            if (money != null && at.isOpen()) {
                sums.merge(
                        money.currency().getCurrencyCode(),
                        money,
                        (a, b) -> new Money(a.amount().add(b.amount()), a.currency()));
            }
        }
        return List.copyOf(sums.values());
    }

    /**
     * Who answers for what is planned: the owners of the initiatives that are neither done nor stopped, or where one has none,
     * of its objective; without such initiatives the owners of the objectives.
     *
     * @return the owners, each once
     */
    public List<String> owners() {
        List<String> owners = new ArrayList<>();
        for (Work at : work) {
            if (at.isOpen()) {
                add(
                        owners,
                        at.initiative().owner() == null
                                ? at.objective().owner()
                                : at.initiative().owner());
            }
        }
        if (owners.isEmpty()) {
            objectives.forEach(objective -> add(owners, objective.owner()));
        }
        return List.copyOf(owners);
    }

    private static void add(List<String> owners, @Nullable String owner) {
        if (owner != null && !owners.contains(owner)) {
            owners.add(owner);
        }
    }

    /** Whether a key result is about a touchpoint: measured there, or measured nowhere and part of an objective about it. */
    static boolean isAbout(Objective objective, KeyResult keyResult, String touchpoint) {
        return (keyResult.measure() instanceof Measure.ByKpi measure && measure.touchpoint() != null)
                ? touchpoint.equals(measure.touchpoint())
                : objective.touchpoints().contains(touchpoint);
    }

    static boolean isAbout(Objective objective, String touchpoint) {
        return objective.touchpoints().contains(touchpoint)
                || objective.keyResults().stream().anyMatch(k -> isAbout(objective, k, touchpoint));
    }
}
