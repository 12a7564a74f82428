package io.cxmetrics.okr.priority;

/**
 * What a priority is the product of.
 *
 * @since 0.1
 */
public enum Factor {
    /** How much of the variation of the whole goes with the touchpoint: its share among the drivers, 0 to 1. */
    IMPORTANCE("importance", "the drivers of the journey's score"),
    /** How far the score of the touchpoint is from where it should be, 0 to 100 points. */
    GAP("gap", "scores of the touchpoints"),
    /** How many customers come to the touchpoint. */
    VOLUME("volume", "how many customers come to each touchpoint"),
    /** What one customer at the touchpoint is worth, in money. */
    WORTH("worth", "what a customer is worth at each touchpoint");

    private final String words;
    private final String need;

    Factor(String words, String need) {
        this.words = words;
        this.need = need;
    }

    /**
     * The factor for people.
     *
     * @return such as {@code importance}
     */
    public String words() {
        return words;
    }

    /**
     * What has to be known for it.
     *
     * @return such as {@code how many customers come to each touchpoint}
     */
    public String need() {
        return need;
    }
}
