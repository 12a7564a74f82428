package io.cxmetrics.okr.evaluation;

import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What changed about an objective or key result between two reports. Immutable and thread-safe.
 *
 * @param about its id
 * @param before its status in the earlier report; null if it is new
 * @param after its status in the later report; null if it is gone
 * @param progressBefore its progress in the earlier report, if it had one
 * @param progressAfter its progress in the later report, if it has one
 * @since 0.1
 */
public record Change(
        String about,
        @Nullable Status before,
        @Nullable Status after,
        OptionalDouble progressBefore,
        OptionalDouble progressAfter) {

    /**
     * The change as a person would say it.
     *
     * @param locale decides how numbers are written
     * @return such as {@code fewer-abandoned-carts: behind → on track, 40 % → 50 % done}
     */
    public String sentence(Locale locale) {
        return sentence(new Wording(locale));
    }

    String sentence(Wording wording) {
        if (before == null || after == null) {
            return about + ": " + (before == null ? "new" : "no longer in the plan");
        }
        String status = before == after ? after.words() + " as before" : before.words() + " → " + after.words();
        if (progressBefore.equals(progressAfter)) {
            return about + ": " + status;
        }
        return about + ": " + status + ", " + done(progressBefore, wording) + " → " + done(progressAfter, wording)
                + " done";
    }

    private static String done(OptionalDouble progress, Wording wording) {
        return progress.isPresent() ? wording.percent(progress.getAsDouble()) : "nothing";
    }

    /** The sentence with a decimal point. */
    @Override
    public String toString() {
        return sentence(Locale.ROOT);
    }
}
