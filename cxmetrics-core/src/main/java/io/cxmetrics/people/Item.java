package io.cxmetrics.people;

import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;

/**
 * One item of a questionnaire: a rating, its scale, its weight, and whether agreeing is bad. Immutable and thread-safe.
 *
 * @param field the name of the whole-number field with the answer
 * @param lowest the lowest point of the scale
 * @param highest the highest point of the scale
 * @param weight how much the item counts, positive; only the proportions of the weights matter
 * @param reversed whether a high answer is bad, as for "I feel worn out"
 * @since 0.1
 */
public record Item(String field, int lowest, int highest, double weight, boolean reversed) {

    /**
     * Checks scale and weight.
     *
     * @throws IllegalArgumentException if the scale has fewer than two points, or the weight is not positive
     */
    public Item {
        if (lowest >= highest) {
            throw new IllegalArgumentException(
                    "the scale of item '" + field + "' needs two points; found " + lowest + "…" + highest);
        }
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("the weight of item '" + field + "' must be positive; found " + weight);
        }
    }

    /**
     * An item of weight 1 in which a high answer is good.
     *
     * @param field the name of the whole-number field with the answer
     * @param lowest the lowest point of the scale
     * @param highest the highest point of the scale
     * @return the item
     */
    public static Item of(String field, int lowest, int highest) {
        return new Item(field, lowest, highest, 1, false);
    }

    /**
     * This item with another weight.
     *
     * @param newWeight the weight, positive
     * @return the item
     */
    public Item weighing(double newWeight) {
        return new Item(field, lowest, highest, newWeight, reversed);
    }

    /**
     * This item reversed: a high answer is bad.
     *
     * @return the item
     */
    public Item whereHighIsBad() {
        return new Item(field, lowest, highest, weight, true);
    }

    /** The answer; off the scale it is rejected. */
    Quantity<Long> answer() {
        return Field.rating(field, lowest, highest);
    }

    /** What a point of the scale adds to a score of 0 to the given maximum. */
    double slope(double maximum) {
        return (reversed ? -maximum : maximum) / (highest - lowest);
    }

    /** The score of an answer of 0. */
    double atZero(double maximum) {
        return -slope(maximum) * (reversed ? highest : lowest);
    }
}
