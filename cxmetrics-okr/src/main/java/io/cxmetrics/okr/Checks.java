package io.cxmetrics.okr;

import org.jspecify.annotations.Nullable;

/** What every part of a plan has to keep. */
final class Checks {
    private Checks() {}

    static void idAndTitle(String what, String id, String title) {
        if (!id.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("\"" + id + "\" is not an id of " + what
                    + ": expected 1 to 63 lower-case letters, digits and hyphens");
        }
        if (title.isBlank()) {
            throw new IllegalArgumentException(what + " '" + id + "' has no title");
        }
    }

    static void notBlank(String what, @Nullable String text) {
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank; leave it out if there is none");
        }
    }
}
