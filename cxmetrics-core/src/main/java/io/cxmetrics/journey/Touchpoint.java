package io.cxmetrics.journey;

import org.jspecify.annotations.Nullable;

/**
 * A step of a customer journey, such as the cart or the payment. Immutable and thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens; what the field {@code touchpoint} of the data says
 * @param name the name for people
 * @param owner who is responsible for it, or null
 * @since 0.1
 */
public record Touchpoint(String id, String name, @Nullable String owner) {

    /**
     * Checks the texts.
     *
     * @throws IllegalArgumentException if the id is not of that form, or a text is blank
     */
    public Touchpoint {
        check("touchpoint", id, name);
        if (owner != null && owner.isBlank()) {
            throw new IllegalArgumentException("the owner of touchpoint '" + id + "' is blank; leave it out");
        }
    }

    /**
     * A touchpoint without an owner.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens
     * @param name the name for people
     * @return the touchpoint
     * @throws IllegalArgumentException if the id is not of that form, or the name is blank
     */
    public static Touchpoint of(String id, String name) {
        return new Touchpoint(id, name, null);
    }

    /**
     * This touchpoint with an owner.
     *
     * @param newOwner who is responsible for it
     * @return the touchpoint
     */
    public Touchpoint withOwner(String newOwner) {
        return new Touchpoint(id, name, newOwner);
    }

    static void check(String what, String id, String name) {
        if (!id.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("\"" + id + "\" is not an id of a " + what
                    + ": expected 1 to 63 lower-case letters, digits and hyphens");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + " '" + id + "' has no name");
        }
    }
}
