package io.cxmetrics.okr;

import io.cxmetrics.field.DidYouMean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which objective contributes to which: a forest of at most {@value #MOST_LEVELS} levels, or it is wrong.
 *
 * @since 0.1
 */
public final class Alignment {
    /** Deeper than this no organisation is; the bound keeps every walk short. */
    public static final int MOST_LEVELS = 20;

    private Alignment() {}

    /**
     * Something wrong with the alignment.
     *
     * @param objective the id of the objective that it is about
     * @param found what was found
     * @param expected what was expected
     */
    public record Problem(String objective, String found, String expected) {
        /** Such as {@code objective 'a' is in a circle: a → b → a; expected …}. */
        @Override
        public String toString() {
            return "objective '" + objective + "' has " + found + "; expected " + expected;
        }
    }

    /**
     * What is wrong with the alignment of objectives.
     *
     * <p>Cost: proportional to the number of objectives.
     *
     * @param objectives the objectives, whose ids differ
     * @return unknown parents, circles, depth, and objectives that are made of nothing
     */
    public static List<Problem> problems(List<Objective> objectives) {
        Map<String, Objective> byId = new LinkedHashMap<>();
        Set<String> parents = new HashSet<>();
        for (Objective objective : objectives) {
            byId.put(objective.id(), objective);
            if (objective.parent() != null) {
                parents.add(objective.parent());
            }
        }
        List<Problem> wrong = new ArrayList<>();
        Set<String> told = new HashSet<>();
        boolean deep = false;
        for (Objective objective : objectives) {
            String id = objective.id();
            String parent = objective.parent();
            if (parent != null && !byId.containsKey(parent)) {
                wrong.add(new Problem(
                        id,
                        "the unknown parent '" + parent + "'",
                        "an objective of the plan" + DidYouMean.suffix(parent, byId.keySet())));
            }
            if (objective.rollUp().of() != RollUp.Parts.KEY_RESULTS
                    && objective.keyResults().isEmpty()
                    && !parents.contains(id)) {
                wrong.add(new Problem(
                        id,
                        "no key result and no objective below it",
                        "something that shows whether it is reached: key results, or objectives whose parent it is"));
            }
            List<String> way = way(objective, byId);
            Objective last = byId.get(way.get(way.size() - 1));
            String next = last == null ? null : last.parent();
            if (id.equals(next)) {
                if (!told.contains(id)) {
                    told.addAll(way);
                    wrong.add(new Problem(
                            id,
                            "itself above it: " + String.join(" → ", way) + " → " + id,
                            "objectives that contribute upwards only"));
                }
            } else if (way.size() > MOST_LEVELS && !deep) {
                deep = true;
                wrong.add(new Problem(
                        id, "more than " + MOST_LEVELS + " levels above it", "at most " + MOST_LEVELS + " levels"));
            }
        }
        return wrong;
    }

    /** The objectives on the way up until the way ends, one comes again, or it is too long. */
    private static List<String> way(Objective from, Map<String, Objective> byId) {
        Set<String> way = new LinkedHashSet<>();
        @Nullable Objective at = from;
        while (at != null && way.size() <= MOST_LEVELS && way.add(at.id())) {
            String parent = at.parent();
            at = parent == null ? null : byId.get(parent);
        }
        return List.copyOf(way);
    }
}
