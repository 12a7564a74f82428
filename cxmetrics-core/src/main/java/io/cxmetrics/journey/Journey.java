package io.cxmetrics.journey;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The way of a customer through touchpoints, such as browsing, cart, payment and customer support. Immutable and
 * thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens
 * @param name the name for people
 * @param touchpoints the steps in their order
 * @since 0.1
 */
public record Journey(String id, String name, List<Touchpoint> touchpoints) {

    /**
     * Checks the texts and copies the list.
     *
     * @throws IllegalArgumentException if the id is not of that form, the name is blank, or two touchpoints have one id
     */
    public Journey {
        Touchpoint.check("journey", id, name);
        touchpoints = List.copyOf(touchpoints);
        Set<String> ids = new HashSet<>();
        for (Touchpoint touchpoint : touchpoints) {
            if (!ids.add(touchpoint.id())) {
                throw new IllegalArgumentException(
                        "two touchpoints of journey '" + id + "' have the id '" + touchpoint.id() + "'");
            }
        }
    }

    /**
     * A journey.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens
     * @param name the name for people
     * @param touchpoints the steps in their order
     * @return the journey
     * @throws IllegalArgumentException if the id is not of that form, the name is blank, or two touchpoints have one id
     */
    public static Journey of(String id, String name, Touchpoint... touchpoints) {
        return new Journey(id, name, List.of(touchpoints));
    }
}
