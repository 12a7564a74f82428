package io.cxmetrics.okr.evaluation;

/**
 * Something that does not get better by waiting. Immutable and thread-safe.
 *
 * @param about the id of the objective or key result
 * @param who who has to decide: its owner, or nobody
 * @param what what is the matter and what to decide
 * @since 0.1
 */
public record Decision(String about, String who, String what) {
    /** Such as {@code fast-chatbot (Customer service): at risk; …}. */
    @Override
    public String toString() {
        return about + " (" + who + "): " + what;
    }
}
