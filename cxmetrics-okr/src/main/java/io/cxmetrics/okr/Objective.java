package io.cxmetrics.okr;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reached in a cycle, and what shows that it is. Immutable and thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
 * @param title what is to be reached, for people
 * @param owner who answers for it, or null
 * @param sponsor who backs it in the management, or null
 * @param ambition whether it is a promise or a stretch; null if nobody said
 * @param cycle the days
 * @param keyResults what shows that it is reached
 * @param initiatives what is done for it
 * @since 0.1
 */
public record Objective(
        String id,
        String title,
        @Nullable String owner,
        @Nullable String sponsor,
        @Nullable Ambition ambition,
        Cycle cycle,
        List<KeyResult> keyResults,
        List<Initiative> initiatives) {

    /**
     * Checks the texts and copies the lists.
     *
     * @throws IllegalArgumentException if the id is not of that form, a text is blank, or there is no key result
     */
    public Objective {
        Checks.idAndTitle("objective", id, title);
        Checks.notBlank("the owner of objective '" + id + "'", owner);
        Checks.notBlank("the sponsor of objective '" + id + "'", sponsor);
        Objects.requireNonNull(cycle, "cycle");
        keyResults = List.copyOf(keyResults);
        initiatives = List.copyOf(initiatives);
        if (keyResults.isEmpty()) {
            throw new IllegalArgumentException(
                    "objective '" + id + "' has no key result, so nothing shows whether it is reached");
        }
    }

    /**
     * An objective without an owner and initiatives.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
     * @param title what is to be reached, for people
     * @param cycle the days
     * @param keyResults what shows that it is reached, at least one
     * @return the objective
     */
    public static Objective of(String id, String title, Cycle cycle, KeyResult... keyResults) {
        return new Objective(id, title, null, null, null, cycle, List.of(keyResults), List.of());
    }

    /**
     * This objective with an owner.
     *
     * @param newOwner who answers for it
     * @return the objective
     */
    public Objective withOwner(String newOwner) {
        return new Objective(id, title, newOwner, sponsor, ambition, cycle, keyResults, initiatives);
    }

    /**
     * This objective with a sponsor.
     *
     * @param newSponsor who backs it in the management
     * @return the objective
     */
    public Objective withSponsor(String newSponsor) {
        return new Objective(id, title, owner, newSponsor, ambition, cycle, keyResults, initiatives);
    }

    /**
     * This objective with an ambition.
     *
     * @param newAmbition whether it is a promise or a stretch
     * @return the objective
     */
    public Objective withAmbition(Ambition newAmbition) {
        return new Objective(id, title, owner, sponsor, newAmbition, cycle, keyResults, initiatives);
    }

    /**
     * This objective with other key results.
     *
     * @param newKeyResults what shows that it is reached, at least one
     * @return the objective
     */
    public Objective withKeyResults(List<KeyResult> newKeyResults) {
        return new Objective(id, title, owner, sponsor, ambition, cycle, newKeyResults, initiatives);
    }

    /**
     * This objective with other initiatives.
     *
     * @param newInitiatives what is done for it
     * @return the objective
     */
    public Objective withInitiatives(Initiative... newInitiatives) {
        return new Objective(id, title, owner, sponsor, ambition, cycle, keyResults, List.of(newInitiatives));
    }
}
