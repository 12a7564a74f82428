package io.cxmetrics.journey;

import io.cxmetrics.field.DidYouMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of a customer through touchpoints, such as browsing, cart, payment and customer support, as it is planned: the
 * touchpoints in their order, optionally grouped into stages, each measured by KPIs. What customers actually do is read from
 * their events, by a {@link Funnel} and by {@link Paths}. Immutable and thread-safe.
 *
 * <pre>{@code
 * Journey.of("buying", "Buying", Touchpoint.of("search", "Search"), Touchpoint.of("cart", "Cart"), Touchpoint.of("payment", "Payment"))
 *         .withStages(Stage.of("choose", "Choosing", "search"), Stage.of("buy", "Buying", "cart", "payment"))
 * }</pre>
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens
 * @param name the name for people
 * @param owner who is responsible for it, or null
 * @param touchpoints the steps in their order
 * @param stages the stages in their order; none, or every touchpoint is in one
 * @param kpis the KPIs that speak for the journey as a whole
 * @since 0.1
 */
public record Journey(
        String id,
        String name,
        @Nullable String owner,
        List<Touchpoint> touchpoints,
        List<Stage> stages,
        List<JourneyKpi> kpis) {

    /**
     * Copies the lists and checks that the parts fit together.
     *
     * @throws IllegalArgumentException if the id is not of that form or a text is blank; or naming everything else that is
     *     wrong: ids given twice, stages of unknown touchpoints, touchpoints in no stage or in two
     */
    public Journey {
        Touchpoint.check("journey", id, name);
        Touchpoint.checkText("owner", "journey '" + id + "'", owner);
        touchpoints = List.copyOf(touchpoints);
        stages = List.copyOf(stages);
        kpis = List.copyOf(kpis);
        List<String> wrong = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Touchpoint touchpoint : touchpoints) {
            if (!ids.add(touchpoint.id())) {
                wrong.add("two touchpoints of journey '" + id + "' have the id '" + touchpoint.id() + "'");
            }
        }
        Map<String, String> stageOf = new LinkedHashMap<>();
        Set<String> stageIds = new HashSet<>();
        for (Stage stage : stages) {
            if (!stageIds.add(stage.id())) {
                wrong.add("two stages of journey '" + id + "' have the id '" + stage.id() + "'");
            }
            for (String touchpoint : stage.touchpoints()) {
                String first = stageOf.putIfAbsent(touchpoint, stage.id());
                if (!ids.contains(touchpoint)) {
                    wrong.add("stage '" + stage.id() + "' has the unknown touchpoint '" + touchpoint + "'"
                            + DidYouMean.suffix(touchpoint, ids));
                } else if (first != null) {
                    wrong.add("touchpoint '" + touchpoint + "' is in two stages, '" + first + "' and '" + stage.id()
                            + "'");
                }
            }
        }
        if (!stages.isEmpty()) {
            ids.stream()
                    .filter(touchpoint -> !stageOf.containsKey(touchpoint))
                    .forEach(touchpoint -> wrong.add("touchpoint '" + touchpoint + "' is in no stage"));
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
    }

    /**
     * A journey without stages.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens
     * @param name the name for people
     * @param touchpoints the steps in their order
     * @throws IllegalArgumentException if the id is not of that form, the name is blank, or two touchpoints have one id
     */
    public Journey(String id, String name, List<Touchpoint> touchpoints) {
        this(id, name, null, touchpoints, List.of(), List.of());
    }

    /**
     * A journey without stages.
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

    /**
     * This journey with an owner.
     *
     * @param newOwner who is responsible for it
     * @return the journey
     */
    public Journey withOwner(String newOwner) {
        return new Journey(id, name, newOwner, touchpoints, stages, kpis);
    }

    /**
     * This journey with its touchpoints grouped into stages, which replace those it had.
     *
     * @param newStages the stages in their order; every touchpoint is in one
     * @return the journey
     * @throws IllegalArgumentException naming everything that does not fit
     */
    public Journey withStages(Stage... newStages) {
        return new Journey(id, name, owner, touchpoints, List.of(newStages), kpis);
    }

    /**
     * This journey measured by KPIs of its own, which replace those it had.
     *
     * @param newKpis the KPIs that speak for the journey as a whole
     * @return the journey
     */
    public Journey withKpis(JourneyKpi... newKpis) {
        return new Journey(id, name, owner, touchpoints, stages, List.of(newKpis));
    }

    /**
     * A touchpoint by its id.
     *
     * @param touchpoint the id
     * @return the touchpoint, if the journey has it
     */
    public Optional<Touchpoint> touchpoint(String touchpoint) {
        return touchpoints.stream().filter(t -> t.id().equals(touchpoint)).findFirst();
    }

    /**
     * A way along journeys that show touchpoints of each other in detail and so never ends.
     *
     * @param journeys journeys that may refer to each other
     * @return the ids of the journeys along the first such circle, beginning and ending with the same; empty if there is none
     */
    public static List<String> circle(Collection<Journey> journeys) {
        Map<String, Journey> byId = new LinkedHashMap<>();
        journeys.forEach(journey -> byId.putIfAbsent(journey.id(), journey));
        Set<String> done = new HashSet<>();
        for (String start : byId.keySet()) {
            List<String> circle = circle(start, byId, new ArrayList<>(), done);
            if (!circle.isEmpty()) {
                return circle;
            }
        }
        return List.of();
    }

    private static List<String> circle(String id, Map<String, Journey> byId, List<String> way, Set<String> done) {
        int seen = way.indexOf(id);
        way.add(id);
        if (seen >= 0) {
            return List.copyOf(way.subList(seen, way.size()));
        }
        Journey journey = byId.get(id);
        if (journey != null && !done.contains(id)) {
            for (Touchpoint touchpoint : journey.touchpoints()) {
                if (touchpoint.detail() != null) {
                    List<String> circle = circle(touchpoint.detail(), byId, way, done);
                    if (!circle.isEmpty()) {
                        return circle;
                    }
                }
            }
        }
        way.remove(way.size() - 1);
        done.add(id);
        return List.of();
    }
}
