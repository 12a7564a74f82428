package io.cxmetrics.okr.forecast;

/**
 * Why there is no forecast. Immutable and thread-safe.
 *
 * @param reason the reason
 * @param sentence the reason with its figures, as a person would say it
 * @since 0.1
 */
public record Refusal(Reason reason, String sentence) implements Outlook {
    /** The reasons. */
    public enum Reason {
        /** There are fewer observations than the method needs. */
        TOO_FEW,
        /** The days to go are more than {@value Forecaster#FARTHEST} times those observed. */
        TOO_FAR,
        /** The last day is reached or measured: what is known is no forecast. */
        OVER
    }

    /** {@code no forecast: …}. */
    @Override
    public String toString() {
        return "no forecast: " + sentence;
    }
}
