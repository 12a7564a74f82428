package io.cxmetrics.okr.tracking;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What someone, or something, found a key result to be on a day. Immutable and thread-safe.
 *
 * <p><b>Value:</b> in the base unit in which the key result's target is held: a share 0…1, seconds, the major unit of money,
 * points or plain numbers. For a done-or-not key result 1 is done and 0 is not.
 *
 * <p>Two check-ins of one key result, day and source are about the same thing: the later one corrects the earlier.
 *
 * @param keyResult the id of the key result
 * @param date the day that the value is about, in the time zone of the plan
 * @param value the value, a finite number
 * @param confidence how sure the owner is that the target will be met, 0…1; null if they did not say
 * @param source who or what says it, such as {@code owner} or {@code crm-import}
 * @param note what there is to say about it; empty if nothing
 * @since 0.1
 */
public record CheckIn(
        String keyResult,
        LocalDate date,
        double value,
        @Nullable Double confidence,
        String source,
        String note) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the id is not 1 to 63 lower-case letters, digits and hyphens, the value is not
     *     finite, the confidence is not 0…1, or the source is blank
     */
    public CheckIn {
        if (!keyResult.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException(
                    "a check-in is about \"" + keyResult
                            + "\", which is not an id of a key result: expected 1 to 63 lower-case letters, digits and hyphens");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "the check-in of '" + keyResult + "' on " + date + " needs a finite value; found " + value);
        }
        if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(
                    "the confidence in '" + keyResult + "' on " + date + " must be from 0 to 1; found " + confidence);
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException(
                    "the check-in of '" + keyResult + "' on " + date + " does not say its source");
        }
        value = value + 0.0; // −0.0 becomes 0.0, so that equal values are equal
    }

    /**
     * A check-in by the owner, without a confidence and a note.
     *
     * @param keyResult the id of the key result
     * @param date the day that the value is about
     * @param value the value in the base unit
     * @return the check-in, whose source is {@code owner}
     * @throws IllegalArgumentException if the id is not of that form or the value is not finite
     */
    public static CheckIn of(String keyResult, LocalDate date, double value) {
        return new CheckIn(keyResult, date, value, null, "owner", "");
    }

    /**
     * This check-in with a confidence.
     *
     * @param newConfidence how sure the owner is that the target will be met, 0…1
     * @return the check-in
     * @throws IllegalArgumentException if it is not 0…1
     */
    public CheckIn withConfidence(double newConfidence) {
        return new CheckIn(keyResult, date, value, newConfidence, source, note);
    }

    /**
     * This check-in from another source.
     *
     * @param newSource who or what says it
     * @return the check-in
     * @throws IllegalArgumentException if it is blank
     */
    public CheckIn withSource(String newSource) {
        return new CheckIn(keyResult, date, value, confidence, newSource, note);
    }

    /**
     * This check-in with a note.
     *
     * @param newNote what there is to say about it
     * @return the check-in
     */
    public CheckIn withNote(String newNote) {
        return new CheckIn(keyResult, date, value, confidence, source, newNote);
    }
}
