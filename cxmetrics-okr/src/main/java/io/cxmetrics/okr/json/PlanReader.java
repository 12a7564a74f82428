package io.cxmetrics.okr.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.json.KpiJson;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Members;
import io.cxmetrics.json.MoneyJson;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.Ambition;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import io.cxmetrics.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one document; a part that is wrong is noted and left out, and the reading goes on. */
final class PlanReader {
    /** The version of the format. */
    static final int VERSION = 1;

    private static final int MOST_NAMED = 20;
    private static final String[] TARGETS = {"increase", "decrease", "atLeast", "atMost"};
    private static final String WINDOWS = "\"cycleToDate\", {\"lastComplete\": \"month\"} or {\"trailingDays\": 28}";

    private final LocatedJson document;
    private final Problems problems = new Problems();
    private Map<String, Kpi<?>> kpis = Map.of();
    private Optional<Set<String>> kpiIds = Optional.empty();
    private final Map<String, LocatedJson> journeyIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> touchpointIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> objectiveIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> keyResultIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> initiativeIds = new LinkedHashMap<>();
    private final List<LocatedJson> served = new ArrayList<>();

    PlanReader(LocatedJson document) {
        this.document = document;
    }

    OkrPlan plan() {
        Members members = new Members(document, problems);
        members.text("$schema");
        members.required("version", "the version of this format, " + VERSION).ifPresent(this::version);
        Optional<ZoneId> zone =
                members.required("timeZone", "such as \"Europe/Helsinki\"").flatMap(this::zone);
        members.required("kpis", "an object with a definition for each KPI").ifPresent(node -> {
            kpis = KpiJson.read(node, problems);
            kpiIds = Optional.of(node.members().keySet());
        });
        List<Journey> journeys = items(members.optional("journeys"), "journeys", this::journey);
        List<Objective> objectives =
                items(members.required("objectives", "an array of objectives"), "objectives", this::objective);
        members.end();
        for (LocatedJson id : served) {
            if (!keyResultIds.containsKey(id.text())) {
                problems.add(id, unknown("key result", id.text(), keyResultIds.keySet()));
            }
        }
        problems.throwIfAny();
        return new OkrPlan(zone.orElseThrow(), kpis, journeys, objectives, new JsonSource(document));
    }

    private void version(LocatedJson node) {
        if (!node.is(LocatedJson.Kind.NUMBER) || node.number().compareTo(BigDecimal.valueOf(VERSION)) != 0) {
            problems.add(node, VERSION + ", the only version of the format that this release reads");
        }
    }

    private Optional<ZoneId> zone(LocatedJson node) {
        String near =
                node.is(LocatedJson.Kind.TEXT) ? DidYouMean.suffix(node.text(), ZoneId.getAvailableZoneIds()) : "";
        return new Members(document, problems)
                .parsed(node, "a time zone such as \"Europe/Helsinki\"" + near, ZoneId::of);
    }

    private <T> List<T> items(Optional<LocatedJson> array, String what, Function<LocatedJson, Optional<T>> reader) {
        List<T> read = new ArrayList<>();
        if (array.isPresent() && !array.get().is(LocatedJson.Kind.ARRAY)) {
            problems.add(array.get(), "an array of " + what);
        }
        array.ifPresent(node -> node.items().forEach(item -> reader.apply(item).ifPresent(read::add)));
        return read;
    }

    private Optional<Journey> journey(LocatedJson node) {
        Members members = new Members(node, problems);
        Optional<String> id = id(members, "journey", journeyIds);
        Optional<String> name = title(members, "name");
        List<Touchpoint> touchpoints =
                items(members.required("touchpoints", "an array of touchpoints"), "touchpoints", this::touchpoint);
        members.end();
        return id.isPresent() && name.isPresent()
                ? Optional.of(new Journey(id.get(), name.get(), touchpoints))
                : Optional.empty();
    }

    private Optional<Touchpoint> touchpoint(LocatedJson node) {
        Members members = new Members(node, problems);
        Optional<String> id = id(members, "touchpoint", touchpointIds);
        Optional<String> name = title(members, "name");
        String owner = person(members, "owner");
        members.end();
        return id.isPresent() && name.isPresent()
                ? Optional.of(new Touchpoint(id.get(), name.get(), owner))
                : Optional.empty();
    }

    private Optional<Objective> objective(LocatedJson node) {
        Members members = new Members(node, problems);
        Optional<String> id = id(members, "objective", objectiveIds);
        Optional<String> title = title(members, "title");
        String owner = person(members, "owner");
        String sponsor = person(members, "sponsor");
        Optional<Ambition> ambition = members.optional("ambition")
                .flatMap(word -> members.word(word, "committed", "aspirational"))
                .map(word -> Ambition.valueOf(word.toUpperCase(Locale.ROOT)));
        Optional<Cycle> cycle = members.required(
                        "cycle", "such as \"2026-Q1\" or {\"start\": \"2026-01-01\", \"end\": \"2026-03-31\"}")
                .flatMap(value -> cycle(value, problems));
        Optional<LocatedJson> array = members.required("keyResults", "an array of key results");
        List<KeyResult> keyResults = items(array, "key results", this::keyResult);
        array.filter(a -> a.is(LocatedJson.Kind.ARRAY) && a.items().isEmpty())
                .ifPresent(a -> problems.add(a, "an empty array", "at least one key result"));
        List<Initiative> initiatives = items(members.optional("initiatives"), "initiatives", this::initiative);
        members.end();
        return id.isPresent() && title.isPresent() && cycle.isPresent() && !keyResults.isEmpty()
                ? Optional.of(new Objective(
                        id.get(),
                        title.get(),
                        owner,
                        sponsor,
                        ambition.orElse(null),
                        cycle.get(),
                        keyResults,
                        initiatives))
                : Optional.empty();
    }

    static Optional<Cycle> cycle(LocatedJson node, Problems problems) {
        String expected = "a cycle such as \"2026-Q1\", \"2026-02\" or \"2026\","
                + " or {\"start\": \"2026-01-01\", \"end\": \"2026-03-31\"} with the last day as its end";
        if (node.is(LocatedJson.Kind.TEXT)) {
            try {
                return Optional.of(Cycle.parse(node.text()));
            } catch (IllegalArgumentException e) {
                // Noted below.
            }
        }
        if (!node.is(LocatedJson.Kind.OBJECT)) {
            problems.add(node, expected);
            return Optional.empty();
        }
        Members members = new Members(node, problems);
        Optional<String> name = members.text("name").filter(text -> !text.isBlank());
        Optional<LocalDate> start = members.required("start", "the first day such as \"2026-01-01\"")
                .flatMap(day -> date(members, day));
        Optional<LocatedJson> last = members.required("end", "the last day such as \"2026-03-31\"");
        Optional<LocalDate> end = last.flatMap(day -> date(members, day));
        members.end();
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (end.get().isBefore(start.get())) {
            problems.add(last.orElseThrow(), "a day not before the start, " + start.get());
            return Optional.empty();
        }
        Cycle cycle = Cycle.of(start.get(), end.get());
        return Optional.of(name.isPresent() ? new Cycle(name.get(), cycle.start(), cycle.end()) : cycle);
    }

    private static Optional<LocalDate> date(Members members, LocatedJson node) {
        return members.parsed(node, "a date such as \"2026-02-14\"", LocalDate::parse);
    }

    private Optional<KeyResult> keyResult(LocatedJson node) {
        Members members = new Members(node, problems);
        Optional<String> id = id(members, "key result", keyResultIds);
        Optional<String> title = title(members, "title");
        String owner = person(members, "owner");
        Optional<Double> weight = weight(members);
        Optional<LocatedJson> goal = members.required(
                "target", "such as {\"decrease\": {\"from\": \"40%\", \"to\": \"25%\"}} or {\"atLeast\": \"80%\"}");
        Optional<Measure> measure = members.required(
                        "measure", "such as {\"kpi\": \"nps\", \"window\": \"cycleToDate\"}")
                .flatMap(this::measure);
        Kpi<?> kpi = node.members().containsKey("measure") ? kpi(node.members().get("measure")) : null;
        Optional<Target> target = goal.flatMap(value -> target(value, kpi, problems));
        members.end();
        return id.isPresent() && title.isPresent() && weight.isPresent() && target.isPresent() && measure.isPresent()
                ? Optional.of(new KeyResult(id.get(), title.get(), owner, weight.get(), target.get(), measure.get()))
                : Optional.empty();
    }

    /** The KPI of a measure, also if something else about the measure is wrong. */
    private @Nullable Kpi<?> kpi(@Nullable LocatedJson measure) {
        LocatedJson id = measure == null ? null : measure.members().get("kpi");
        return id == null ? null : kpis.get(id.text());
    }

    private Optional<Double> weight(Members members) {
        Optional<LocatedJson> node = members.optional("weight");
        if (node.isEmpty()) {
            return Optional.of(1.0);
        }
        double weight =
                node.get().is(LocatedJson.Kind.NUMBER) ? node.get().number().doubleValue() : Double.NaN;
        if (weight > 0 && Double.isFinite(weight)) {
            return Optional.of(weight);
        }
        problems.add(node.get(), "a number greater than 0; without a weight a key result weighs 1");
        return Optional.empty();
    }

    /** A target; of an unknown KPI only the form is checked. */
    static Optional<Target> target(LocatedJson node, @Nullable Kpi<?> kpi, Problems problems) {
        Members members = new Members(node, problems);
        List<String> given = new ArrayList<>();
        for (String type : TARGETS) {
            members.optional(type).ifPresent(value -> given.add(type));
        }
        Optional<Target> target = Optional.empty();
        if (given.size() == 1) {
            String type = given.get(0);
            LocatedJson value = members.optional(type).orElseThrow();
            boolean rises = type.equals("increase") || type.equals("atLeast");
            if (type.equals("increase") || type.equals("decrease")) {
                Members way = new Members(value, problems);
                Optional<LocatedJson> from = way.required("from", "the value at the start");
                Optional<LocatedJson> to = way.required("to", "the value to reach");
                way.end();
                if (from.isPresent() && to.isPresent() && kpi != null) {
                    OptionalDouble start = Amounts.read(from.get(), kpi, problems);
                    OptionalDouble goal = Amounts.read(to.get(), kpi, problems);
                    if (isWay(start, goal, rises, to.get(), problems)) {
                        double a = start.getAsDouble();
                        double b = goal.getAsDouble();
                        target = Optional.of(rises ? Target.increase(a, b) : Target.decrease(a, b));
                    }
                }
            } else {
                Optional<LocatedJson> from = members.optional("from");
                if (kpi != null) {
                    OptionalDouble goal = Amounts.read(value, kpi, problems);
                    OptionalDouble start =
                            from.isPresent() ? Amounts.read(from.get(), kpi, problems) : OptionalDouble.empty();
                    boolean fits = from.isEmpty() ? goal.isPresent() : isWay(start, goal, rises, from.get(), problems);
                    if (fits) {
                        double b = goal.getAsDouble();
                        target = Optional.of(rises ? new Target.AtLeast(b, start) : new Target.AtMost(b, start));
                    }
                }
            }
        } else if (node.is(LocatedJson.Kind.OBJECT)) {
            problems.add(
                    node,
                    given.isEmpty() ? "a target of no kind" : "a target of " + given.size() + " kinds: " + given,
                    "one of {\"increase\": {\"from\": …, \"to\": …}}, {\"decrease\": {\"from\": …, \"to\": …}},"
                            + " {\"atLeast\": …} and {\"atMost\": …}");
        }
        members.end();
        return target;
    }

    private static boolean isWay(
            OptionalDouble start, OptionalDouble goal, boolean rises, LocatedJson at, Problems problems) {
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

    private Optional<Measure> measure(LocatedJson node) {
        Members members = new Members(node, problems);
        Optional<String> kpi = members.required("kpi", "the id of a KPI of the plan")
                .flatMap(id -> {
                    String text = id.is(LocatedJson.Kind.TEXT) ? id.text() : "";
                    if (kpiIds.isPresent() && !kpiIds.get().contains(text)) {
                        problems.add(id, unknown("KPI", text, kpiIds.get()));
                        return Optional.empty();
                    }
                    return Optional.of(text);
                });
        Optional<LocatedJson> at = members.optional("touchpoint");
        boolean known = at.isEmpty() || touchpointIds.containsKey(at.get().text());
        if (!known) {
            problems.add(
                    at.orElseThrow(), unknown("touchpoint", at.orElseThrow().text(), touchpointIds.keySet()));
        }
        Optional<Map<String, String>> segment = segment(members);
        Optional<Window> window = members.required("window", WINDOWS).flatMap(w -> window(w, problems));
        members.end();
        return kpi.isPresent() && known && segment.isPresent() && window.isPresent()
                ? Optional.of(
                        new Measure(kpi.get(), at.map(LocatedJson::text).orElse(null), segment.get(), window.get()))
                : Optional.empty();
    }

    private static String unknown(String what, String id, Collection<String> known) {
        if (known.isEmpty()) {
            return "a " + what + " of the plan, which has none";
        }
        String list = String.join(", ", known.stream().limit(MOST_NAMED).toList());
        return (known.size() == 1 ? "the " + what + " " : "one of the " + what + "s ")
                + list
                + (known.size() > MOST_NAMED ? ", …" : "")
                + DidYouMean.suffix(id, known);
    }

    private Optional<Map<String, String>> segment(Members members) {
        Map<String, String> segment = new LinkedHashMap<>();
        Optional<LocatedJson> node = members.optional("segment");
        int before = problems.list().size();
        if (node.isPresent() && !node.get().is(LocatedJson.Kind.OBJECT)) {
            problems.add(node.get(), "an object such as {\"channel\": \"mobile\"}");
        }
        node.map(LocatedJson::members).orElse(Map.of()).forEach((dimension, value) -> {
            if (PlanWriter.isExtra(dimension)) {
                return;
            } else if (dimension.equals(Measure.TOUCHPOINT) || dimension.isEmpty()) {
                problems.add(
                        value,
                        "the dimension \"" + dimension + "\" in a segment",
                        "another dimension; a touchpoint is written beside the segment: \"touchpoint\": …");
            } else if (!value.is(LocatedJson.Kind.TEXT)) {
                problems.add(value, "the value of the dimension, in quotes");
            } else {
                segment.put(dimension, value.text());
            }
        });
        return problems.list().size() > before ? Optional.empty() : Optional.of(segment);
    }

    static Optional<Window> window(LocatedJson node, Problems problems) {
        if (node.is(LocatedJson.Kind.TEXT) && node.text().equals("cycleToDate")) {
            return Optional.of(Window.cycleToDate());
        } else if (!node.is(LocatedJson.Kind.OBJECT)) {
            problems.add(node, WINDOWS);
            return Optional.empty();
        }
        Members members = new Members(node, problems);
        Optional<LocatedJson> grain = members.optional("lastComplete");
        Optional<LocatedJson> days = members.optional("trailingDays");
        Optional<Window> window = Optional.empty();
        if (grain.isPresent() == days.isPresent()) {
            problems.add(node, grain.isPresent() ? "two windows in one" : "a window of no kind", WINDOWS);
        } else if (grain.isPresent()) {
            window = members.word(grain.get(), "day", "week", "month", "quarter", "year")
                    .map(word -> Window.lastComplete(Grain.parse(word)));
        } else {
            LocatedJson number = days.orElseThrow();
            try {
                if (number.is(LocatedJson.Kind.NUMBER)) {
                    window = Optional.of(Window.trailing(number.number().intValueExact()));
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                // Noted below.
            }
            if (window.isEmpty()) {
                problems.add(number, "a whole number of days from 1 to 3660");
            }
        }
        members.end();
        return window;
    }

    private Optional<Initiative> initiative(LocatedJson node) {
        Members members = new Members(node, problems);
        Optional<String> id = id(members, "initiative", initiativeIds);
        Optional<String> title = title(members, "title");
        String owner = person(members, "owner");
        Optional<LocatedJson> cost = members.optional("budget");
        Optional<Money> budget = cost.flatMap(value -> MoneyJson.read(value, problems));
        boolean negative = budget.isPresent() && budget.get().amount().signum() < 0;
        if (negative) {
            problems.add(cost.orElseThrow(), "a negative budget, " + budget.get(), "an amount of 0 or more");
        }
        List<String> serves = items(members.optional("serves"), "ids of key results", item -> {
            if (!item.is(LocatedJson.Kind.TEXT)) {
                problems.add(item, "the id of a key result, in quotes");
                return Optional.empty();
            }
            served.add(item);
            return Optional.of(item.text());
        });
        members.end();
        return id.isPresent() && title.isPresent() && !negative
                ? Optional.of(new Initiative(id.get(), title.get(), owner, budget.orElse(null), serves))
                : Optional.empty();
    }

    private Optional<String> id(Members members, String what, Map<String, LocatedJson> ids) {
        Optional<LocatedJson> node = members.required("id", "an id such as \"" + what.replace(' ', '-') + "-1\"");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        LocatedJson at = node.get();
        if (!at.is(LocatedJson.Kind.TEXT) || !at.text().matches("[a-z0-9-]{1,63}")) {
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

    private Optional<String> title(Members members, String name) {
        return members.required(name, "a text for people").flatMap(node -> {
            if (!node.is(LocatedJson.Kind.TEXT) || node.text().isBlank()) {
                problems.add(node, "a text for people, in quotes");
                return Optional.empty();
            }
            return Optional.of(node.text());
        });
    }

    private @Nullable String person(Members members, String name) {
        LocatedJson node = members.optional(name).orElse(null);
        if (node == null) {
            return null;
        }
        if (!node.is(LocatedJson.Kind.TEXT) || node.text().isBlank()) {
            problems.add(node, "a name in quotes; leave \"" + name + "\" out if there is none");
            return null;
        }
        return node.text();
    }
}
