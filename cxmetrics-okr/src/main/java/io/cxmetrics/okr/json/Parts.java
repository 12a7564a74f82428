package io.cxmetrics.okr.json;

import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Money;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Members;
import io.cxmetrics.json.MoneyJson;
import io.cxmetrics.json.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the parts of a plan have in common: ids, titles, people, weights, money, lists. */
final class Parts {
    private static final int MOST_NAMED = 20;

    private final Problems problems;

    Parts(Problems problems) {
        this.problems = problems;
    }

    <T> List<T> items(Optional<LocatedJson> array, String what, Function<LocatedJson, Optional<T>> reader) {
        List<T> read = new ArrayList<>();
        if (array.isPresent() && !array.get().is(LocatedJson.Kind.ARRAY)) {
            problems.add(array.get(), "an array of " + what);
        }
        array.ifPresent(node -> node.items().forEach(item -> reader.apply(item).ifPresent(read::add)));
        return read;
    }

    Optional<String> id(Members members, String what, Map<String, LocatedJson> ids) {
        Optional<LocatedJson> node = members.required("id", "an id such as \"" + what.replace(' ', '-') + "-1\"");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        LocatedJson at = node.get();
        if (!isId(at)) {
            String near = at.text().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            String slug = near.substring(0, Math.min(63, near.length())).replaceAll("^-|-$", "");
            problems.add(
                    at,
                    "an id of 1 to 63 lower-case letters, digits and hyphens"
                            + (slug.isEmpty() ? "" : ", such as \"" + slug + "\""));
            return Optional.empty();
        }
        LocatedJson first = ids.putIfAbsent(at.text(), at);
        if (first != null) {
            problems.add(at, "an id of its own; line " + first.line() + " has the " + what + " \"" + at.text() + "\"");
            return Optional.empty();
        }
        return Optional.of(at.text());
    }

    private static boolean isId(LocatedJson node) {
        return node.is(LocatedJson.Kind.TEXT) && node.text().matches("[a-z0-9-]{1,63}");
    }

    /** The id of a part that need not be in this plan. */
    @Nullable
    String reference(Members members, String name, String what) {
        LocatedJson node = members.optional(name).orElse(null);
        if (node == null || isId(node)) {
            return node == null ? null : node.text();
        }
        problems.add(node, "the id of " + what + ": 1 to 63 lower-case letters, digits and hyphens");
        return null;
    }

    Optional<String> title(Members members, String name) {
        return members.required(name, "a text for people").flatMap(node -> {
            if (!node.is(LocatedJson.Kind.TEXT) || node.text().isBlank()) {
                problems.add(node, "a text for people, in quotes");
                return Optional.empty();
            }
            return Optional.of(node.text());
        });
    }

    @Nullable
    String person(Members members, String name) {
        return text(members, name, "a name");
    }

    /** A text that is not blank, or nothing. */
    @Nullable
    String text(Members members, String name, String what) {
        LocatedJson node = members.optional(name).orElse(null);
        if (node == null) {
            return null;
        }
        if (!node.is(LocatedJson.Kind.TEXT) || node.text().isBlank()) {
            problems.add(node, what + " in quotes; leave \"" + name + "\" out if there is none");
            return null;
        }
        return node.text();
    }

    /** A weight; 1 if none is given, and nothing if it is wrong. */
    Optional<Double> weight(Members members, String what) {
        Optional<LocatedJson> node = members.optional("weight");
        if (node.isEmpty()) {
            return Optional.of(1.0);
        }
        double weight =
                node.get().is(LocatedJson.Kind.NUMBER) ? node.get().number().doubleValue() : Double.NaN;
        if (weight > 0 && Double.isFinite(weight)) {
            return Optional.of(weight);
        }
        problems.add(node.get(), "a number greater than 0; without a weight " + what + " weighs 1");
        return Optional.empty();
    }

    /** A budget; nothing if there is none or it is wrong. */
    @Nullable
    Money budget(Members members) {
        LocatedJson node = members.optional("budget").orElse(null);
        Money budget = node == null ? null : MoneyJson.read(node, problems).orElse(null);
        if (node != null && budget != null && budget.amount().signum() < 0) {
            problems.add(node, "a negative budget, " + budget, "an amount of 0 or more");
            return null;
        }
        return budget;
    }

    static String unknown(String what, String id, Collection<String> known) {
        if (known.isEmpty()) {
            return "a " + what + " of the plan, which has none";
        }
        String list = String.join(", ", known.stream().limit(MOST_NAMED).toList());
        return (known.size() == 1 ? "the " + what + " " : "one of the " + what + "s ")
                + list
                + (known.size() > MOST_NAMED ? ", …" : "")
                + DidYouMean.suffix(id, known);
    }
}
