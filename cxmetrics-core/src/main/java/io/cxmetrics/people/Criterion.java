package io.cxmetrics.people;

import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;

/**
 * One criterion of a quality form: met or not met; missing where it did not apply to the contact. Immutable and thread-safe.
 *
 * @param field the name of the flag that says whether the criterion was met
 * @param weight how much it counts, not negative; only the proportions of the weights matter
 * @param critical whether not meeting it fails the whole evaluation
 * @since 0.1
 */
public record Criterion(String field, double weight, boolean critical) {

    /**
     * Checks the weight.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Criterion {
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                    "the weight of criterion '" + field + "' must not be negative; found " + weight);
        }
    }

    /**
     * An ordinary criterion.
     *
     * @param field the name of the flag
     * @param weight how much it counts
     * @return the criterion
     */
    public static Criterion of(String field, double weight) {
        return new Criterion(field, weight, false);
    }

    /**
     * A critical criterion: where it is not met, the evaluation scores 0.
     *
     * @param field the name of the flag
     * @param weight how much it counts when it is met; 0 if it only fails
     * @return the criterion
     */
    public static Criterion critical(String field, double weight) {
        return new Criterion(field, weight, true);
    }

    Condition met() {
        return Field.flag(field);
    }
}
