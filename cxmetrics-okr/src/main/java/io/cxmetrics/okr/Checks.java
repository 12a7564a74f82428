package io.cxmetrics.okr;

import io.cxmetrics.field.Money;
import org.jspecify.annotations.Nullable;

/** What every part of a plan has to keep. */
final class Checks {
    private Checks() {}

    static void idAndTitle(String what, String id, String title) {
        id(what, id);
        if (title.isBlank()) {
            throw new IllegalArgumentException(what + " '" + id + "' has no title");
        }
    }

    static void id(String what, String id) {
        if (!id.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("\"" + id + "\" is not an id of " + what
                    + ": expected 1 to 63 lower-case letters, digits and hyphens");
        }
    }

    static void notBlank(String what, @Nullable String text) {
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank; leave it out if there is none");
        }
    }

    static void weight(String what, String id, double weight) {
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the weight of " + what + " '" + id + "' must be a number greater than 0; found " + weight);
        }
    }

    static void notNegative(String what, @Nullable Money money) {
        if (money != null && money.amount().signum() < 0) {
            throw new IllegalArgumentException(what + " is negative: " + money);
        }
    }
}
