package io.cxmetrics.okr.forecast;

/**
 * Whether the probabilities and intervals of a forecast can be taken at their word, as far as that was measured.
 *
 * <p>Called calibrated only where the module's backtest, over all families of a {@link Method}, found that of the goals given
 * a chance of p about p were met (within 10 points in every tenth), and that 75–90 % of the outcomes lay in the 80 %
 * interval. It says nothing of series that behave like none of the simulated ones; whether yours do is found out by
 * keeping score: {@link Brier}.
 *
 * @since 0.1
 */
public enum Calibration {
    /** Not measured for so many observations, or measured and found wanting. */
    UNCALIBRATED("uncalibrated"),
    /** Measured on simulated series, not on yours. */
    SIMULATED("calibrated on simulated series");

    private final String words;

    Calibration(String words) {
        this.words = words;
    }

    /**
     * The statement in words.
     *
     * @return such as {@code uncalibrated}
     */
    public String words() {
        return words;
    }
}
