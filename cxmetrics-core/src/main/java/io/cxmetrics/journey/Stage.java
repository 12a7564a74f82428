package io.cxmetrics.journey;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a journey, such as choosing, buying or getting help, made of touchpoints. Immutable and thread-safe.
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens
 * @param name the name for people
 * @param owner who is responsible for it, or null
 * @param touchpoints the ids of its touchpoints, at least one, none twice
 * @param kpis the KPIs that speak for the stage as a whole
 * @since 0.1
 */
public record Stage(String id, String name, @Nullable String owner, List<String> touchpoints, List<JourneyKpi> kpis) {

    /**
     * Checks the parts and copies the lists.
     *
     * @throws IllegalArgumentException if the id is not of that form, a text is blank, there is no touchpoint, or one stands
     *     there twice
     */
    public Stage {
        Touchpoint.check("stage", id, name);
        Touchpoint.checkText("owner", "stage '" + id + "'", owner);
        touchpoints = List.copyOf(touchpoints);
        kpis = List.copyOf(kpis);
        if (touchpoints.isEmpty()) {
            throw new IllegalArgumentException("stage '" + id + "' has no touchpoints");
        }
        if (new LinkedHashSet<>(touchpoints).size() < touchpoints.size()) {
            throw new IllegalArgumentException("stage '" + id + "' names a touchpoint twice: " + touchpoints);
        }
    }

    /**
     * A stage.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens
     * @param name the name for people
     * @param touchpoints the ids of its touchpoints, at least one
     * @return the stage
     * @throws IllegalArgumentException if id or name are not valid, there is no touchpoint, or one stands there twice
     */
    public static Stage of(String id, String name, String... touchpoints) {
        return new Stage(id, name, null, List.of(touchpoints), List.of());
    }

    /**
     * This stage with an owner.
     *
     * @param newOwner who is responsible for it
     * @return the stage
     */
    public Stage withOwner(String newOwner) {
        return new Stage(id, name, newOwner, touchpoints, kpis);
    }

    /**
     * This stage measured by KPIs, which replace those it had.
     *
     * @param newKpis the KPIs that speak for the stage as a whole
     * @return the stage
     */
    public Stage withKpis(JourneyKpi... newKpis) {
        return new Stage(id, name, owner, touchpoints, List.of(newKpis));
    }
}
