package io.cxmetrics.okr.forecast;

/**
 * How a forecast is made; it follows from what kind of number the key result is about.
 *
 * @since 0.1
 */
public enum Method {
    /** A running total: the increments seen so far are drawn again until the last day. */
    CUMULATIVE("bootstrap of remaining increments"),
    /** A level that counts on the last day: a robust damped trend, with the sampling error of the KPI itself. */
    LEVEL("robust damped trend"),
    /** A level that has to be held in every period, or a share of them: the remaining periods are simulated. */
    MAINTAIN("simulation of the remaining periods");

    private final String words;

    Method(String words) {
        this.words = words;
    }

    /**
     * The method in words.
     *
     * @return such as {@code robust damped trend}
     */
    public String words() {
        return words;
    }
}
