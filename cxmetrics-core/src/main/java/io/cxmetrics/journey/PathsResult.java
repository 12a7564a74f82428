package io.cxmetrics.journey;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Paths} came to: each path with how many visits took it, and each change from one value to another. Immutable and
 * thread-safe; holds no customers.
 *
 * @param shape what was asked
 * @param paths path → visits
 * @param changes change → how often
 * @param seen what events said beside the value → how many did
 * @param changesPerVisit the mean number of changes in a visit
 * @param changed visits with at least one change
 * @param events all events read
 * @param unknown events whose customer, time or value is missing or an error
 * @since 0.1
 */
public record PathsResult(
        Shape shape,
        Map<List<String>, Long> paths,
        Map<Change, Long> changes,
        Map<Seen, Long> seen,
        Mean changesPerVisit,
        long changed,
        long events,
        long unknown) {
    static final Fields<Long> COUNTS = Fields.of(Long.class).whole("changes", n -> n);
    static final Kpi<Mean> CHANGES = Mean.kpi("changes-per-visit", Field.whole("changes"), Direction.LOWER_IS_BETTER)
            .withName("changes per visit");

    private static final int SHOWN = 5;

    /**
     * What two results must have in common to merge.
     *
     * @param of the field whose values the paths are made of
     * @param aspects what else of the events is held against the plan
     * @param pause how long a customer is silent between visits, or null if all events of a customer are one visit
     * @param length how many steps are told apart
     */
    public record Shape(
            String of, Set<Aspect> aspects, @Nullable Duration pause, int length) {
        /** Copies the set. */
        public Shape {
            aspects = Set.copyOf(aspects);
        }
    }

    /** What a touchpoint plans beside its place in the journey. */
    public enum Aspect {
        /** In which channel it takes place. */
        CHANNEL,
        /** Who begins. */
        INITIATOR;

        @Nullable
        String planned(Touchpoint touchpoint) {
            return this == CHANNEL
                    ? touchpoint.channel()
                    : touchpoint.initiator() == null
                            ? null
                            : touchpoint.initiator().name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What events said beside the value of the path.
     *
     * @param at the value of the path
     * @param aspect channel or initiator
     * @param said the value that the events have
     */
    public record Seen(String at, Aspect aspect, String said) {}

    /**
     * A change from one value to the next.
     *
     * @param from the value before
     * @param to the value after
     */
    public record Change(String from, String to) {
        /** Such as {@code chat → phone}. */
        @Override
        public String toString() {
            return from + " → " + to;
        }
    }

    /**
     * A path and how many took it.
     *
     * @param steps the values in their order
     * @param share its share of all visits
     */
    public record Path(List<String> steps, Share share) {
        /** Copies the list. */
        public Path {
            steps = List.copyOf(steps);
        }

        /** Such as {@code home → search: 12 visits, 30.0 %}. */
        @Override
        public String toString() {
            return String.join(" → ", steps) + ": " + share.hits() + (share.hits() == 1 ? " visit, " : " visits, ")
                    + Unit.SHARE.format(share.value().orElseThrow(), Locale.ROOT);
        }
    }

    /** Copies the maps. */
    public PathsResult {
        paths = Map.copyOf(paths);
        changes = Map.copyOf(changes);
        seen = Map.copyOf(seen);
    }

    /**
     * The number of visits.
     *
     * @return the sum over all paths
     */
    public long visits() {
        return paths.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The paths that most visits took.
     *
     * @param most how many paths at most
     * @return the paths by falling number of visits, then alphabetically
     */
    public List<Path> top(int most) {
        long visits = visits();
        return paths.entrySet().stream()
                .sorted(Map.Entry.<List<String>, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(
                                Map.Entry.comparingByKey(Comparator.comparing(steps -> String.join(" → ", steps)))))
                .limit(most)
                .map(entry -> new Path(entry.getKey(), Share.of(entry.getValue(), visits)))
                .toList();
    }

    /**
     * The changes that occur most often.
     *
     * @param most how many changes at most
     * @return the changes by falling number, then alphabetically, with how often they occur
     */
    public List<Map.Entry<Change, Long>> topChanges(int most) {
        return changes.entrySet().stream()
                .sorted(Map.Entry.<Change, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey(Comparator.comparing(Change::toString))))
                .limit(most)
                .toList();
    }

    /**
     * The share of visits with at least one change: of channels, the share of visits that switch channel.
     *
     * @return the share
     */
    public Share changing() {
        return Share.of(changed, visits());
    }

    /**
     * The result over the customers of both. A customer with events in both would count as two visits.
     *
     * @param other a result of the same paths over other customers
     * @return the merged result
     * @throws IllegalArgumentException if what was asked differs
     */
    public PathsResult merge(PathsResult other) {
        if (!shape.equals(other.shape)) {
            throw new IllegalArgumentException(
                    "results of different paths do not merge: " + shape + " and " + other.shape);
        }
        Map<List<String>, Long> allPaths = new HashMap<>(paths);
        other.paths.forEach((path, n) -> allPaths.merge(path, n, Math::addExact));
        Map<Change, Long> allChanges = new HashMap<>(changes);
        other.changes.forEach((change, n) -> allChanges.merge(change, n, Math::addExact));
        Map<Seen, Long> allSeen = new HashMap<>(seen);
        other.seen.forEach((what, n) -> allSeen.merge(what, n, Math::addExact));
        return new PathsResult(
                shape,
                allPaths,
                allChanges,
                allSeen,
                changesPerVisit.merge(other.changesPerVisit),
                Math.addExact(changed, other.changed),
                Math.addExact(events, other.events),
                Math.addExact(unknown, other.unknown));
    }

    /**
     * What was planned beside what happened.
     *
     * @param touchpoints each planned touchpoint's id with the share of visits that came to it, in the planned order
     * @param unplanned values that are no touchpoint of the journey, with the share of visits that came to them, most first
     * @param inOrder of the visits that came to two planned touchpoints or more, the share that first came to them in the
     *     planned order
     * @param kept whether channel and initiator were those of the plan, for each touchpoint that plans them; empty if the paths
     *     were not asked for them
     */
    public record Against(
            Map<String, Share> touchpoints, Map<String, Share> unplanned, Share inOrder, List<Kept> kept) {
        /** Copies the maps, whose order is kept. */
        public Against {
            touchpoints = Collections.unmodifiableMap(new LinkedHashMap<>(touchpoints));
            unplanned = Collections.unmodifiableMap(new LinkedHashMap<>(unplanned));
            kept = List.copyOf(kept);
        }

        /**
         * Whether the channel or the initiator of a touchpoint was the planned one.
         *
         * @param touchpoint the id of the touchpoint
         * @param aspect channel or initiator
         * @param planned the planned value
         * @param asPlanned of the events there that say it, the share with the planned value
         * @param otherwise the other values with the number of events, most first
         */
        public record Kept(
                String touchpoint, Aspect aspect, String planned, Share asPlanned, Map<String, Long> otherwise) {
            /** Copies the map, whose order is kept. */
            public Kept {
                otherwise = Collections.unmodifiableMap(new LinkedHashMap<>(otherwise));
            }

            /** Such as {@code payment: channel web as planned in 93.0 % of 100 events; otherwise phone 5, shop 2}. */
            @Override
            public String toString() {
                String word = aspect.name().toLowerCase(Locale.ROOT);
                if (asPlanned.value().isEmpty()) {
                    return touchpoint + ": " + word + " " + planned + " is planned; no event says one";
                }
                List<String> others = new ArrayList<>();
                otherwise.forEach((value, n) -> others.add(value + " " + n));
                return touchpoint + ": " + word + " " + planned + " as planned in "
                        + Unit.SHARE.format(asPlanned.value().getAsDouble(), Locale.ROOT) + " of "
                        + asPlanned.counts().used() + " events"
                        + (others.isEmpty() ? "" : "; otherwise " + String.join(", ", others));
            }
        }

        /** A line for each touchpoint and each unplanned value, then the share in order, and channels and initiators. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            touchpoints.forEach((id, share) ->
                    text.append(id).append(": ").append(shown(share)).append('\n'));
            unplanned.forEach((id, share) -> text.append("not planned: ")
                    .append(id)
                    .append(", ")
                    .append(shown(share))
                    .append('\n'));
            text.append("in the planned order: ").append(shown(inOrder));
            kept.forEach(one -> text.append('\n').append(one));
            return text.toString();
        }

        private static String shown(Share share) {
            return share.value().isEmpty()
                    ? "no visits"
                    : Unit.SHARE.format(share.value().getAsDouble(), Locale.ROOT) + " of "
                            + share.counts().used() + " visits";
        }
    }

    /**
     * Holds the paths against the plan of a journey. The part of a path that was cut is not seen.
     *
     * @param journey a journey whose touchpoints' ids are values of the field
     * @return planned and actual
     */
    public Against against(Journey journey) {
        List<String> planned =
                journey.touchpoints().stream().map(Touchpoint::id).toList();
        Map<String, Long> seen = new HashMap<>();
        long judged = 0;
        long ordered = 0;
        for (Map.Entry<List<String>, Long> entry : paths.entrySet()) {
            Set<String> values = new HashSet<>(entry.getKey());
            values.remove(Paths.CUT);
            values.forEach(at -> seen.merge(at, entry.getValue(), Math::addExact));
            List<Integer> first = entry.getKey().stream()
                    .distinct()
                    .map(planned::indexOf)
                    .filter(index -> index >= 0)
                    .toList();
            if (first.size() > 1) {
                judged += entry.getValue();
                ordered += first.equals(first.stream().sorted().toList()) ? entry.getValue() : 0;
            }
        }
        long visits = visits();
        Map<String, Share> touchpoints = new LinkedHashMap<>();
        planned.forEach(id -> touchpoints.put(id, Share.of(seen.getOrDefault(id, 0L), visits)));
        List<String> others = new ArrayList<>(seen.keySet());
        others.removeAll(planned);
        others.sort(Comparator.<String>comparingLong(id -> -seen.getOrDefault(id, 0L))
                .thenComparing(Comparator.naturalOrder()));
        Map<String, Share> unplanned = new LinkedHashMap<>();
        others.forEach(id -> unplanned.put(id, Share.of(seen.getOrDefault(id, 0L), visits)));
        return new Against(touchpoints, unplanned, Share.of(ordered, judged), kept(journey));
    }

    private List<Against.Kept> kept(Journey journey) {
        List<Against.Kept> kept = new ArrayList<>();
        for (Touchpoint touchpoint : journey.touchpoints()) {
            for (Aspect aspect : Aspect.values()) {
                String planned = aspect.planned(touchpoint);
                if (planned != null && shape.aspects().contains(aspect)) {
                    kept.add(kept(touchpoint.id(), aspect, planned));
                }
            }
        }
        return kept;
    }

    private Against.Kept kept(String touchpoint, Aspect aspect, String planned) {
        long asPlanned = 0;
        long all = 0;
        Map<String, Long> others = new LinkedHashMap<>();
        List<Map.Entry<Seen, Long>> mostFirst = seen.entrySet().stream()
                .sorted(Map.Entry.<Seen, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey(Comparator.comparing(Seen::said))))
                .toList();
        for (Map.Entry<Seen, Long> entry : mostFirst) {
            Seen what = entry.getKey();
            if (what.at().equals(touchpoint) && what.aspect() == aspect) {
                all += entry.getValue();
                if (what.said().equals(planned)) {
                    asPlanned += entry.getValue();
                } else {
                    others.put(what.said(), entry.getValue());
                }
            }
        }
        return new Against.Kept(touchpoint, aspect, planned, Share.of(asPlanned, all), others);
    }

    /** The five most frequent paths, and how many visits change. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        top(SHOWN).forEach(path -> text.append(path).append('\n'));
        if (paths.size() > SHOWN) {
            text.append(paths.size() - SHOWN).append(paths.size() - SHOWN == 1 ? " other path\n" : " other paths\n");
        }
        return text.append(visits())
                .append(visits() == 1 ? " visit" : " visits")
                .append(
                        changing().value().isEmpty()
                                ? ""
                                : "; " + shape.of() + " changes in "
                                        + Unit.SHARE.format(
                                                changing().value().getAsDouble(),
                                                changing().interval(),
                                                Locale.ROOT)
                                        + " of them")
                .toString();
    }
}
