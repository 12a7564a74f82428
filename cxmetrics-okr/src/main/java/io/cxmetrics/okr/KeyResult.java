package io.cxmetrics.okr;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A measurable result that shows whether an objective is reached. Immutable and thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
 * @param title what is to come about, for people
 * @param owner who answers for it, or null
 * @param weight how much it counts in the objective's progress, greater than 0
 * @param target what has to be reached
 * @param measure how it is measured
 * @since 0.1
 */
public record KeyResult(
        String id, String title, @Nullable String owner, double weight, Target target, Measure measure) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the id is not of that form, a text is blank, or the weight is not a positive
     *     number
     */
    public KeyResult {
        Checks.idAndTitle("key result", id, title);
        Checks.notBlank("the owner of key result '" + id + "'", owner);
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the weight of key result '" + id + "' must be a number greater than 0; found " + weight);
        }
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(measure, "measure");
    }

    /**
     * A key result of weight 1 without an owner.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens, unique in the plan
     * @param title what is to come about, for people
     * @param target what has to be reached
     * @param measure how it is measured
     * @return the key result
     */
    public static KeyResult of(String id, String title, Target target, Measure measure) {
        return new KeyResult(id, title, null, 1, target, measure);
    }

    /**
     * This key result with an owner.
     *
     * @param newOwner who answers for it
     * @return the key result
     */
    public KeyResult withOwner(String newOwner) {
        return new KeyResult(id, title, newOwner, weight, target, measure);
    }

    /**
     * This key result with another weight.
     *
     * @param newWeight greater than 0
     * @return the key result
     */
    public KeyResult withWeight(double newWeight) {
        return new KeyResult(id, title, owner, newWeight, target, measure);
    }
}
