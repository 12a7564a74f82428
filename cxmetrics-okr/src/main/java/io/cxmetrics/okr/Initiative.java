package io.cxmetrics.okr;

import io.cxmetrics.field.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that is meant to move key results. Immutable and thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
 * @param title what is done, for people
 * @param owner who does it, or null
 * @param budget what it may cost, or null
 * @param serves the ids of the key results that it is meant to move; none means the objective as a whole
 * @since 0.1
 */
public record Initiative(
        String id,
        String title,
        @Nullable String owner,
        @Nullable Money budget,
        List<String> serves) {

    /**
     * Checks the texts and copies the list.
     *
     * @throws IllegalArgumentException if the id is not of that form, a text is blank, or the budget is negative
     */
    public Initiative {
        Checks.idAndTitle("initiative", id, title);
        Checks.notBlank("the owner of initiative '" + id + "'", owner);
        if (budget != null && budget.amount().signum() < 0) {
            throw new IllegalArgumentException("the budget of initiative '" + id + "' is negative: " + budget);
        }
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
        return new Initiative(id, title, null, null, List.of(serves));
    }

    /**
     * This initiative with an owner.
     *
     * @param newOwner who does it
     * @return the initiative
     */
    public Initiative withOwner(String newOwner) {
        return new Initiative(id, title, newOwner, budget, serves);
    }

    /**
     * This initiative with a budget.
     *
     * @param newBudget what it may cost
     * @return the initiative
     */
    public Initiative withBudget(Money newBudget) {
        return new Initiative(id, title, owner, newBudget, serves);
    }
}
