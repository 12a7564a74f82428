package io.cxmetrics.okr;

import io.cxmetrics.field.Money;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Work that is meant to move key results. Immutable and thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
 * @param title what is done, for people
 * @param owner who does it, or null
 * @param budget what it may cost, or null
 * @param status how far the work is, or null if nobody said
 * @param serves the ids of the key results that it is meant to move; none means the objective as a whole
 * @param effect what is expected of it, for people, such as {@code conversion rises by 15 %}; or null
 * @param benefit what the effect is expected to be worth, or null
 * @since 0.1
 */
public record Initiative(
        String id,
        String title,
        @Nullable String owner,
        @Nullable Money budget,
        @Nullable State status,
        List<String> serves,
        @Nullable String effect,
        @Nullable Money benefit) {

    /** How far the work is. */
    public enum State {
        /** Not begun. */
        PLANNED,
        /** Being done. */
        RUNNING,
        /** Done. */
        DONE,
        /** Given up. */
        STOPPED;

        /**
         * The word that plans use.
         *
         * @return such as {@code running}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the texts and copies the list.
     *
     * @throws IllegalArgumentException if the id is not of that form, a text is blank, or the budget is negative
     */
    public Initiative {
        Checks.idAndTitle("initiative", id, title);
        Checks.notBlank("the owner of initiative '" + id + "'", owner);
        Checks.notNegative("the budget of initiative '" + id + "'", budget);
        Checks.notBlank("the effect of initiative '" + id + "'", effect);
        serves = List.copyOf(serves);
    }

    /**
     * An initiative without an owner and a budget.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
     * @param title what is done, for people
     * @param serves the ids of the key results that it is meant to move
     * @return the initiative
     */
    public static Initiative of(String id, String title, String... serves) {
        return new Initiative(id, title, null, null, null, List.of(serves), null, null);
    }

    /**
     * This initiative with an owner.
     *
     * @param newOwner who does it
     * @return the initiative
     */
    public Initiative withOwner(String newOwner) {
        return new Initiative(id, title, newOwner, budget, status, serves, effect, benefit);
    }

    /**
     * This initiative with a budget.
     *
     * @param newBudget what it may cost
     * @return the initiative
     */
    public Initiative withBudget(Money newBudget) {
        return new Initiative(id, title, owner, newBudget, status, serves, effect, benefit);
    }

    /**
     * This initiative with a status.
     *
     * @param newStatus how far the work is
     * @return the initiative
     */
    public Initiative withStatus(State newStatus) {
        return new Initiative(id, title, owner, budget, newStatus, serves, effect, benefit);
    }

    /**
     * This initiative with an expected effect.
     *
     * @param newEffect what is expected of it, for people
     * @return the initiative
     */
    public Initiative withEffect(String newEffect) {
        return new Initiative(id, title, owner, budget, status, serves, newEffect, benefit);
    }

    /**
     * This initiative with an expected benefit.
     *
     * @param newBenefit what the effect is expected to be worth
     * @return the initiative
     */
    public Initiative withBenefit(Money newBenefit) {
        return new Initiative(id, title, owner, budget, status, serves, effect, newBenefit);
    }
}
