package io.cxmetrics.field;

/**
 * Why a value was set aside.
 *
 * @param field the field
 * @param found the offending value, cut to 60 characters
 * @param reason what was expected
 * @since 0.1
 */
public record Rejection(String field, String found, String reason) {
    private static final int LONGEST = 60;

    /** Cuts the value. */
    public Rejection {
        if (found.length() > LONGEST) {
            int cut = Character.isHighSurrogate(found.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
            found = found.substring(0, cut) + "…";
        }
    }

    /** The rejection as a sentence's part: {@code score "eleven": expected a whole number}. */
    @Override
    public String toString() {
        return field + " " + Text.quote(found) + ": " + reason;
    }
}
