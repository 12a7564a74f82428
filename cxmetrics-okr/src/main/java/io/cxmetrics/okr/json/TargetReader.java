package io.cxmetrics.okr.json;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Members;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads targets of every kind. */
final class TargetReader {
    private static final String[] KINDS = {"increase", "decrease", "atLeast", "atMost", "between", "milestones"};
    private static final String EXPECTED =
            "one of {\"increase\": {\"from\": …, \"to\": …}}, {\"decrease\": {\"from\": …, \"to\": …}},"
                    + " {\"atLeast\": …}, {\"atMost\": …}, {\"between\": {\"low\": …, \"high\": …}},"
                    + " {\"milestones\": […]}, \"done\" and \"baseline\"";

    private final Amounts.@Nullable Scale scale;
    private final Problems problems;

    private TargetReader(Amounts.@Nullable Scale scale, Problems problems) {
        this.scale = scale;
        this.problems = problems;
    }

    /** A target; of an unknown scale only the form is checked. */
    static Optional<Target> read(LocatedJson node, Amounts.@Nullable Scale scale, Problems problems) {
        return new TargetReader(scale, problems).read(node);
    }

    private Optional<Target> read(LocatedJson node) {
        if (node.is(LocatedJson.Kind.TEXT) && node.text().equals("done")) {
            return Optional.of(Target.done());
        } else if (node.is(LocatedJson.Kind.TEXT) && node.text().equals("baseline")) {
            return Optional.of(Target.baseline());
        } else if (!node.is(LocatedJson.Kind.OBJECT)) {
            problems.add(node, EXPECTED);
            return Optional.empty();
        }
        Members members = new Members(node, problems);
        List<String> given = new ArrayList<>();
        for (String kind : KINDS) {
            members.optional(kind).ifPresent(value -> given.add(kind));
        }
        Optional<Target> target = Optional.empty();
        if (given.size() == 1) {
            LocatedJson value = members.optional(given.get(0)).orElseThrow();
            target = switch (given.get(0)) {
                case "increase" -> way(value, true);
                case "decrease" -> way(value, false);
                case "atLeast" -> level(members, value, true);
                case "atMost" -> level(members, value, false);
                case "between" -> band(value);
                default -> milestones(value);
            };
        } else {
            problems.add(
                    node,
                    given.isEmpty() ? "a target of no kind" : "a target of " + given.size() + " kinds: " + given,
                    EXPECTED);
        }
        members.end();
        return target;
    }

    private OptionalDouble amount(LocatedJson node) {
        return scale == null ? OptionalDouble.empty() : Amounts.read(node, scale, problems);
    }

    private OptionalDouble amount(Optional<LocatedJson> node) {
        return node.isPresent() ? amount(node.get()) : OptionalDouble.empty();
    }

    private Optional<Target> way(LocatedJson value, boolean rises) {
        Members way = new Members(value, problems);
        Optional<LocatedJson> from = way.required("from", "the value at the start");
        Optional<LocatedJson> to = way.required("to", "the value to reach");
        way.end();
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble start = amount(from.get());
        OptionalDouble goal = amount(to.get());
        if (!isWay(start, goal, rises, to.get())) {
            return Optional.empty();
        }
        double a = start.getAsDouble();
        double b = goal.getAsDouble();
        return Optional.of(rises ? Target.increase(a, b) : Target.decrease(a, b));
    }

    private Optional<Target> level(Members members, LocatedJson value, boolean rises) {
        Optional<LocatedJson> from = members.optional("from");
        Optional<LocatedJson> warning = members.optional("warning");
        OptionalDouble goal = amount(value);
        OptionalDouble start = amount(from);
        OptionalDouble near = amount(warning);
        if (goal.isEmpty()
                || (from.isPresent() && !isWay(start, goal, rises, from.get()))
                || (warning.isPresent() && !warns(near, goal.getAsDouble(), rises, warning.get()))) {
            return Optional.empty();
        }
        double level = goal.getAsDouble();
        return Optional.of(rises ? new Target.AtLeast(level, start, near) : new Target.AtMost(level, start, near));
    }

    private boolean warns(OptionalDouble warning, double goal, boolean rises, LocatedJson at) {
        if (warning.isEmpty()) {
            return false;
        }
        double level = warning.getAsDouble();
        if (rises ? level > goal : level < goal) {
            return true;
        }
        problems.add(
                at,
                "a warning level " + (rises ? "above" : "below")
                        + " the threshold, where the target is still met but somebody should look");
        return false;
    }

    private boolean isWay(OptionalDouble start, OptionalDouble goal, boolean rises, LocatedJson at) {
        if (start.isEmpty() || goal.isEmpty()) {
            return false;
        }
        double a = start.getAsDouble();
        double b = goal.getAsDouble();
        if (a == b) {
            problems.add(
                    at,
                    at.describe() + ", so start = target",
                    "a start and a target that differ: progress is (current − start) / (target − start)"
                            + "; if a level has to be kept, write only {\"" + (rises ? "atLeast" : "atMost")
                            + "\": …}");
        } else if (a < b != rises) {
            problems.add(
                    at,
                    at.describe() + ", so the target is " + (rises ? "below" : "above") + " the start",
                    rises
                            ? "a target above the start, or decrease or atMost"
                            : "a target below the start, or increase or atLeast");
        }
        return a != b && a < b == rises;
    }

    private Optional<Target> band(LocatedJson value) {
        Members band = new Members(value, problems);
        Optional<LocatedJson> low = band.required("low", "the least value that will do");
        Optional<LocatedJson> high = band.required("high", "the greatest value that will do");
        band.end();
        OptionalDouble least = amount(low);
        OptionalDouble greatest = amount(high);
        if (least.isEmpty() || greatest.isEmpty()) {
            return Optional.empty();
        } else if (!(least.getAsDouble() < greatest.getAsDouble())) {
            problems.add(high.orElseThrow(), "a value above the low one; a single bound is written atLeast or atMost");
            return Optional.empty();
        }
        return Optional.of(Target.between(least.getAsDouble(), greatest.getAsDouble()));
    }

    private Optional<Target> milestones(LocatedJson value) {
        Parts parts = new Parts(problems);
        Map<String, LocatedJson> ids = new LinkedHashMap<>();
        List<Target.Milestone> steps = parts.items(Optional.of(value), "milestones", item -> {
            Members members = new Members(item, problems);
            Optional<String> id = parts.id(members, "milestone", ids);
            Optional<String> title = parts.title(members, "title");
            Optional<Double> weight = parts.weight(members, "a milestone");
            members.end();
            return id.isPresent() && title.isPresent() && weight.isPresent()
                    ? Optional.of(new Target.Milestone(id.get(), title.get(), weight.get()))
                    : Optional.empty();
        });
        if (value.is(LocatedJson.Kind.ARRAY) && value.items().isEmpty()) {
            problems.add(value, "an empty array", "at least one milestone");
        }
        boolean all = !steps.isEmpty() && steps.size() == value.items().size();
        return all ? Optional.of(new Target.Milestones(steps)) : Optional.empty();
    }
}
