package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Ambition;
import org.jspecify.annotations.Nullable;

/**
 * What came out at the close: progress cut to 0.0…1.0. Immutable and thread-safe.
 *
 * @param computed the score from the data
 * @param override the score that somebody set instead, or null
 * @param ambition what was expected, or null if nobody said
 * @since 0.1
 */
public record Score(
        double computed,
        @Nullable ScoreOverride override,
        @Nullable Ambition ambition) {

    /** Where the bands of scores begin. */
    public enum Band {
        /** Below 0.4. */
        LOW("no real progress"),
        /** From 0.4 and below 0.7. */
        MIDDLE("progress, but fell short"),
        /** From 0.7. */
        HIGH("delivered");

        private final String words;

        Band(String words) {
            this.words = words;
        }

        static Band of(double score) {
            return score < 0.4 ? LOW : score < 0.7 ? MIDDLE : HIGH;
        }

        /**
         * The band in words.
         *
         * @return such as {@code delivered}
         */
        public String words() {
            return words;
        }
    }

    /**
     * Checks the score.
     *
     * @throws IllegalArgumentException if it is not 0…1
     */
    public Score {
        if (!(computed >= 0 && computed <= 1)) {
            throw new IllegalArgumentException("a score is from 0 to 1; found " + computed);
        }
    }

    /**
     * The score that counts.
     *
     * @return that of the override, if there is one
     */
    public double value() {
        return override == null ? computed : override.score();
    }

    /**
     * The band of the score.
     *
     * @return low below 0.4, middle below 0.7, else high
     */
    public Band band() {
        return Band.of(value());
    }

    /**
     * How the score reads for what was promised: a committed objective is expected to reach 1.0, an aspirational one about
     * 0.7.
     *
     * @return a few words
     */
    public String reading() {
        if (ambition == Ambition.COMMITTED) {
            return value() >= 1 ? "committed and kept" : "committed, so 1.0 was expected: say why it was missed";
        } else if (ambition == Ambition.ASPIRATIONAL) {
            return value() >= 1
                    ? "aspirational, so about 0.7 was expected: 1.0 hints at a target that was too easy"
                    : value() >= 0.7
                            ? "aspirational, and about 0.7 was expected: a success"
                            : band().words() + "; aspirational, so about 0.7 was expected";
        }
        return band().words() + "; nobody said whether it was committed or aspirational";
    }
}
