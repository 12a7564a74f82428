package io.cxmetrics.okr.evaluation;

/**
 * A score that somebody sets at the close in place of the computed one, which is kept. Immutable and thread-safe.
 *
 * @param about the id of the objective or key result
 * @param score 0…1
 * @param reason why; without a reason there is no override
 * @since 0.1
 */
public record ScoreOverride(String about, double score, String reason) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the score is not 0…1 or there is no reason
     */
    public ScoreOverride {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("the score of '" + about + "' must be from 0 to 1; found " + score);
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "the score of '" + about + "' can only be overridden with a reason; say why it is " + score);
        }
    }
}
