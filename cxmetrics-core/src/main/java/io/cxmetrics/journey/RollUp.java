package io.cxmetrics.journey;

/**
 * How the scores of a journey's touchpoints become one. Touchpoints without a score never count as 0: they are left out, and
 * the result says so.
 *
 * @since 0.1
 */
public enum RollUp {
    /** The mean, weighted by the touchpoints' own weights. */
    WEIGHTED("weighted"),
    /** The lowest: a chain is as strong as its weakest link. */
    WORST("worst"),
    /** The lowest among the moments of truth. */
    WORST_MOMENT_OF_TRUTH("worst moment of truth"),
    /** The mean, weighted by how many observations the touchpoints have, or by the volumes that were given. */
    BY_VOLUME("by volume");

    private final String words;

    RollUp(String words) {
        this.words = words;
    }

    /**
     * The way for people.
     *
     * @return such as {@code worst moment of truth}
     */
    public String words() {
        return words;
    }

    boolean isWorst() {
        return this == WORST || this == WORST_MOMENT_OF_TRUTH;
    }
}
