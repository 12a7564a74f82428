package io.cxmetrics.okr.evaluation;

import java.util.OptionalDouble;

/**
 * How probable it is that a key result meets its target at the end of the cycle, or why nobody can say. Immutable and
 * thread-safe.
 *
 * @param probability 0…1; empty if it is refused
 * @param reason how it was found, or why it is refused
 * @since 0.1
 */
public record Chance(OptionalDouble probability, String reason) {

    /**
     * Checks the probability.
     *
     * @throws IllegalArgumentException if it is not 0…1
     */
    public Chance {
        if (probability.isPresent() && !(probability.getAsDouble() >= 0 && probability.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "a probability is from 0 to 1; found " + probability.getAsDouble() + " (" + reason + ")");
        }
    }

    /**
     * A probability.
     *
     * @param probability 0…1
     * @param method how it was found
     * @return the chance
     * @throws IllegalArgumentException if it is not 0…1
     */
    public static Chance of(double probability, String method) {
        return new Chance(OptionalDouble.of(probability), method);
    }

    /**
     * No probability.
     *
     * @param reason why
     * @return the chance
     */
    public static Chance refused(String reason) {
        return new Chance(OptionalDouble.empty(), reason);
    }
}
