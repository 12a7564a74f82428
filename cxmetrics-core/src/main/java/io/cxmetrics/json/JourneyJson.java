package io.cxmetrics.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.journey.Initiator;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.JourneyKpi;
import io.cxmetrics.journey.Stage;
import io.cxmetrics.journey.Touchpoint;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Journeys as JSON, beside the KPIs that measure them.
 *
 * <pre>{@code
 * [{"id": "buying", "name": "Buying", "owner": "Head of e-commerce",
 *   "touchpoints": [
 *     {"id": "search", "name": "Search", "channel": "web", "initiator": "customer"},
 *     {"id": "payment", "name": "Payment", "owner": "Finance", "momentOfTruth": true, "weight": 2,
 *      "kpis": [{"kpi": "csat", "worst": "50%", "best": "95%"}, "time-to-pay"]}],
 *   "stages": [
 *     {"id": "choose", "name": "Choosing", "touchpoints": ["search"]},
 *     {"id": "buy", "name": "Buying", "touchpoints": ["payment"], "kpis": [{"kpi": "conversion", "where": {"channel": "web"}}]}],
 *   "kpis": [{"kpi": "nps", "worst": -100, "best": 100}]}]
 * }</pre>
 *
 * <p>Only ids, names and touchpoints are needed. A KPI is its id, or an object with what else {@link JourneyKpi} says; its
 * worst and best value are numbers in the KPI's base unit, or texts such as {@code "40%"} and {@code "PT3M"}. A touchpoint's
 * {@code "detail"} is the id of the journey that shows it in detail.
 *
 * <p><b>Errors:</b> everything that is wrong is noted where it stands: unknown KPIs, touchpoints and journeys with the nearest
 * known id, ids given twice (touchpoints have ids of their own among all journeys), touchpoints in no stage or in two, stages
 * without touchpoints, journeys that detail each other in a circle.
 *
 * @since 0.1
 */
public final class JourneyJson {
    private static final int MOST_NAMED = 20;

    private final Problems problems;
    private final @Nullable Collection<String> kpis;
    private final Map<String, LocatedJson> journeyIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> touchpointIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> details = new LinkedHashMap<>();

    private JourneyJson(@Nullable Collection<String> kpis, Problems problems) {
        this.kpis = kpis;
        this.problems = problems;
    }

    /**
     * Reads journeys.
     *
     * @param array the array of journeys
     * @param kpis the ids of the KPIs that there are; null if they could not be read, and then they are not checked
     * @param problems where problems are noted
     * @return the journeys that are right; all of them if nothing was noted
     */
    public static List<Journey> read(LocatedJson array, @Nullable Collection<String> kpis, Problems problems) {
        JourneyJson reader = new JourneyJson(kpis, problems);
        List<Journey> journeys = new ArrayList<>();
        for (LocatedJson item : reader.items(array, "an array of journeys")) {
            reader.journey(item).ifPresent(journeys::add);
        }
        reader.checkDetails(journeys);
        return List.copyOf(journeys);
    }

    private List<LocatedJson> items(LocatedJson node, String expected) {
        if (!node.is(LocatedJson.Kind.ARRAY)) {
            problems.add(node, expected);
        }
        return node.items();
    }

    private List<LocatedJson> items(Optional<LocatedJson> node, String expected) {
        return node.map(array -> items(array, expected)).orElse(List.of());
    }

    private Optional<Journey> journey(LocatedJson node) {
        int before = problems.count();
        Members members = new Members(node, problems);
        Optional<String> id = id(members, "journey", journeyIds);
        Optional<String> name = text(members, "name", true);
        Optional<String> owner = text(members, "owner", false);
        Map<String, LocatedJson> own = new LinkedHashMap<>();
        List<Touchpoint> touchpoints = new ArrayList<>();
        for (LocatedJson item :
                items(members.required("touchpoints", "an array of touchpoints"), "an array of touchpoints")) {
            touchpoint(item, own).ifPresent(touchpoints::add);
        }
        List<Stage> stages = stages(members.optional("stages"), own);
        List<JourneyKpi> measures = kpis(members);
        members.end();
        return !problems.noneSince(before)
                ? Optional.empty()
                : Optional.of(new Journey(
                        id.orElseThrow(), name.orElseThrow(), owner.orElse(null), touchpoints, stages, measures));
    }

    private Optional<Touchpoint> touchpoint(LocatedJson node, Map<String, LocatedJson> own) {
        int before = problems.count();
        Members members = new Members(node, problems);
        Optional<String> id = id(members, "touchpoint", touchpointIds);
        members.optional("id").ifPresent(at -> own.putIfAbsent(at.text(), at));
        Optional<String> name = text(members, "name", true);
        Optional<String> owner = text(members, "owner", false);
        Optional<String> channel = text(members, "channel", false);
        Optional<Initiator> initiator = members.optional("initiator")
                .flatMap(word -> members.word(word, "customer", "company"))
                .map(word -> Initiator.valueOf(word.toUpperCase(Locale.ROOT)));
        boolean momentOfTruth = members.bool("momentOfTruth").orElse(false);
        double weight = weight(members);
        Optional<LocatedJson> detail = members.optional("detail");
        detail.ifPresent(at -> details.put(at.pointer(), at));
        List<JourneyKpi> measures = kpis(members);
        members.end();
        return !problems.noneSince(before)
                ? Optional.empty()
                : Optional.of(new Touchpoint(
                        id.orElseThrow(),
                        name.orElseThrow(),
                        owner.orElse(null),
                        channel.orElse(null),
                        initiator.orElse(null),
                        momentOfTruth,
                        weight,
                        detail.map(LocatedJson::text)
                                .filter(text -> text.matches("[a-z0-9-]{1,63}"))
                                .orElse(null),
                        measures));
    }

    private List<Stage> stages(Optional<LocatedJson> array, Map<String, LocatedJson> own) {
        List<Stage> stages = new ArrayList<>();
        Map<String, LocatedJson> stageIds = new HashMap<>();
        Map<String, LocatedJson> grouped = new HashMap<>();
        for (LocatedJson node : items(array, "an array of stages")) {
            int before = problems.count();
            Members members = new Members(node, problems);
            Optional<String> id = id(members, "stage", stageIds);
            Optional<String> name = text(members, "name", true);
            Optional<String> owner = text(members, "owner", false);
            String expected = "an array of ids of touchpoints of this journey";
            Optional<LocatedJson> list = members.required("touchpoints", expected);
            List<String> touchpoints = new ArrayList<>();
            for (LocatedJson item : items(list, expected)) {
                LocatedJson first = grouped.get(item.text());
                if (!item.is(LocatedJson.Kind.TEXT) || !own.containsKey(item.text())) {
                    problems.add(item, known("touchpoint of this journey", item.text(), own.keySet()));
                } else if (first != null) {
                    problems.add(
                            item,
                            "a touchpoint that is in one stage only; line " + first.line() + " has \"" + item.text()
                                    + "\" already");
                } else {
                    grouped.put(item.text(), item);
                    touchpoints.add(item.text());
                }
            }
            list.filter(l -> l.is(LocatedJson.Kind.ARRAY) && l.items().isEmpty())
                    .ifPresent(l -> problems.add(l, "a stage without touchpoints", "at least one id of a touchpoint"));
            List<JourneyKpi> measures = kpis(members);
            members.end();
            if (problems.noneSince(before)) {
                stages.add(new Stage(id.orElseThrow(), name.orElseThrow(), owner.orElse(null), touchpoints, measures));
            }
        }
        if (array.isPresent() && !array.get().items().isEmpty()) {
            own.forEach((id, at) -> {
                if (!grouped.containsKey(id)) {
                    problems.add(
                            at,
                            "touchpoint \"" + id + "\" in no stage",
                            "every touchpoint in one of the stages; add it to the \"touchpoints\" of a stage");
                }
            });
        }
        return stages;
    }

    private List<JourneyKpi> kpis(Members members) {
        List<JourneyKpi> read = new ArrayList<>();
        Set<JourneyKpi> seen = new HashSet<>();
        for (LocatedJson item : items(members.optional("kpis"), "an array of KPIs")) {
            int before = problems.count();
            Optional<JourneyKpi> kpi = item.is(LocatedJson.Kind.TEXT) ? plain(item) : kpi(new Members(item, problems));
            if (problems.noneSince(before) && kpi.isPresent()) {
                JourneyKpi place = new JourneyKpi(
                        kpi.get().kpi(), kpi.get().where(), 1, OptionalDouble.empty(), OptionalDouble.empty());
                if (seen.add(place)) {
                    read.add(kpi.get());
                } else {
                    problems.add(
                            item,
                            "the KPI \"" + kpi.get().kpi() + "\" a second time",
                            "each KPI once; over other rows it has another \"where\"");
                }
            }
        }
        return read;
    }

    private Optional<JourneyKpi> plain(LocatedJson id) {
        return isKpi(id) ? Optional.of(JourneyKpi.of(id.text())) : Optional.empty();
    }

    private boolean isKpi(LocatedJson id) {
        boolean isText = id.is(LocatedJson.Kind.TEXT);
        if (isText && (kpis == null ? id.text().matches("[a-z0-9][a-z0-9-]{0,62}") : kpis.contains(id.text()))) {
            return true;
        }
        problems.add(id, kpis == null ? "the id of a KPI" : known("KPI", isText ? id.text() : "", kpis));
        return false;
    }

    private Optional<JourneyKpi> kpi(Members members) {
        Optional<LocatedJson> id = members.required("kpi", "the id of a KPI");
        boolean isKnown = id.filter(this::isKpi).isPresent();
        Optional<LocatedJson> where = members.optional("where");
        Map<String, String> rows = new LinkedHashMap<>();
        where.ifPresent(node -> {
            if (!node.is(LocatedJson.Kind.OBJECT)) {
                problems.add(node, "an object with a value for each dimension, such as {\"channel\": \"web\"}");
            }
            node.members().forEach((dimension, value) -> {
                if (isExtra(dimension)) {
                    return;
                } else if (!value.is(LocatedJson.Kind.TEXT) || dimension.isEmpty()) {
                    problems.add(value, "the value of a dimension, in quotes");
                } else {
                    rows.put(dimension, value.text());
                }
            });
        });
        double weight = weight(members);
        Optional<LocatedJson> worst = members.optional("worst");
        Optional<LocatedJson> best = members.optional("best");
        OptionalDouble low = worst.map(this::anchor).orElse(OptionalDouble.empty());
        OptionalDouble high = best.map(this::anchor).orElse(OptionalDouble.empty());
        if (worst.isPresent() != best.isPresent()) {
            problems.add(
                    members.object(),
                    "only \"" + (worst.isPresent() ? "worst" : "best") + "\"",
                    "both \"worst\", the value that scores 0, and \"best\", the value that scores 100");
        } else if (low.isPresent() && low.equals(high)) {
            problems.add(best.orElseThrow(), "a best value that differs from the worst");
        }
        members.end();
        boolean isRight = isKnown && worst.isPresent() == best.isPresent() && (low.isEmpty() || !low.equals(high));
        return isRight
                ? Optional.of(
                        new JourneyKpi(id.orElseThrow().text(), where.isPresent() ? rows : null, weight, low, high))
                : Optional.empty();
    }

    private OptionalDouble anchor(LocatedJson node) {
        OptionalDouble amount = amount(node);
        if (amount.isEmpty()) {
            problems.add(node, "a number in the KPI's base unit, or a text such as \"40%\" or \"PT3M\"");
        }
        return amount;
    }

    private static OptionalDouble amount(LocatedJson node) {
        try {
            if (node.is(LocatedJson.Kind.NUMBER)) {
                double number = node.number().doubleValue();
                return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
            } else if (node.is(LocatedJson.Kind.TEXT) && node.text().endsWith("%")) {
                String number =
                        node.text().substring(0, node.text().length() - 1).strip();
                return OptionalDouble.of(new BigDecimal(number).movePointLeft(2).doubleValue());
            } else if (node.is(LocatedJson.Kind.TEXT)) {
                return OptionalDouble.of(Duration.parse(node.text()).toNanos() / 1e9);
            }
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
            // The caller notes what was expected.
        }
        return OptionalDouble.empty();
    }

    private double weight(Members members) {
        Optional<LocatedJson> node = members.optional("weight");
        if (node.isEmpty()) {
            return 1;
        }
        double weight =
                node.get().is(LocatedJson.Kind.NUMBER) ? node.get().number().doubleValue() : Double.NaN;
        if (weight > 0 && Double.isFinite(weight)) {
            return weight;
        }
        problems.add(node.get(), "a number greater than 0; without \"weight\" it is 1");
        return 1;
    }

    private void checkDetails(List<Journey> journeys) {
        int before = problems.count();
        details.values().forEach(at -> {
            if (!at.is(LocatedJson.Kind.TEXT) || !journeyIds.containsKey(at.text())) {
                problems.add(at, known("journey", at.text(), journeyIds.keySet()));
            }
        });
        List<String> circle = Journey.circle(journeys);
        if (problems.noneSince(before) && circle.size() > 1) {
            LocatedJson at = details.values().stream()
                    .filter(detail -> detail.text().equals(circle.get(circle.size() - 1)))
                    .reduce((first, second) -> second)
                    .orElseThrow();
            problems.add(
                    at,
                    "journeys that detail each other in a circle: " + String.join(" → ", circle),
                    "a detail that does not lead back to its own journey");
        }
    }

    private static String known(String what, String id, Collection<String> known) {
        if (known.isEmpty()) {
            return "the id of a " + what + ", but there is none";
        }
        return "a " + what + ", one of "
                + String.join(", ", known.stream().limit(MOST_NAMED).toList())
                + (known.size() > MOST_NAMED ? ", …" : "") + DidYouMean.suffix(id, known);
    }

    private Optional<String> id(Members members, String what, Map<String, LocatedJson> ids) {
        Optional<LocatedJson> node = members.required("id", "an id such as \"" + what + "-1\"");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        LocatedJson at = node.get();
        if (!at.is(LocatedJson.Kind.TEXT) || !at.text().matches("[a-z0-9-]{1,63}")) {
            problems.add(at, "an id of 1 to 63 lower-case letters, digits and hyphens");
            return Optional.empty();
        }
        LocatedJson first = ids.putIfAbsent(at.text(), at);
        if (first != null) {
            problems.add(at, "an id of its own; line " + first.line() + " has the " + what + " \"" + at.text() + "\"");
            return Optional.empty();
        }
        return Optional.of(at.text());
    }

    private Optional<String> text(Members members, String name, boolean required) {
        Optional<LocatedJson> node = required ? members.required(name, "a text for people") : members.optional(name);
        return node.flatMap(at -> {
            if (at.is(LocatedJson.Kind.TEXT) && !at.text().isBlank()) {
                return Optional.of(at.text());
            }
            problems.add(
                    at,
                    required ? "a text for people, in quotes" : "a text; leave \"" + name + "\" out if there is none");
            return Optional.empty();
        });
    }

    /**
     * Writes journeys so that they read back as the same.
     *
     * @param journeys the journeys
     * @return an array, indented
     */
    public static String write(Collection<Journey> journeys) {
        return write(journeys, null);
    }

    /**
     * Writes journeys as they were read, as far as they did not change: the order of members, members that begin with
     * {@code x-}, and values that still mean the same keep their form.
     *
     * @param journeys the journeys
     * @param asRead the array that they were read from, or null
     * @return an array, indented
     */
    public static String write(Collection<Journey> journeys, @Nullable LocatedJson asRead) {
        List<Object> values = new ArrayList<>();
        journeys.forEach(journey -> values.add(value(journey)));
        return JsonText.write(json -> write(json, values, asRead));
    }

    /** A value that need not be written, as it is what its absence means. */
    private record Implied(Object value) {}

    private static Object value(Journey journey) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", journey.id());
        members.put("name", journey.name());
        put(members, "owner", journey.owner());
        members.put(
                "touchpoints",
                journey.touchpoints().stream().map(JourneyJson::value).toList());
        put(members, "stages", journey.stages().stream().map(JourneyJson::value).toList());
        put(members, "kpis", journey.kpis().stream().map(JourneyJson::value).toList());
        return members;
    }

    private static Object value(Touchpoint touchpoint) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", touchpoint.id());
        members.put("name", touchpoint.name());
        put(members, "owner", touchpoint.owner());
        put(members, "channel", touchpoint.channel());
        put(
                members,
                "initiator",
                touchpoint.initiator() == null
                        ? null
                        : touchpoint.initiator().name().toLowerCase(Locale.ROOT));
        members.put("momentOfTruth", touchpoint.momentOfTruth() ? (Object) true : new Implied(false));
        members.put("weight", touchpoint.weight() == 1 ? new Implied(1.0) : (Object) touchpoint.weight());
        put(members, "detail", touchpoint.detail());
        put(members, "kpis", touchpoint.kpis().stream().map(JourneyJson::value).toList());
        return members;
    }

    private static Object value(Stage stage) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", stage.id());
        members.put("name", stage.name());
        put(members, "owner", stage.owner());
        members.put("touchpoints", stage.touchpoints());
        put(members, "kpis", stage.kpis().stream().map(JourneyJson::value).toList());
        return members;
    }

    private static Object value(JourneyKpi kpi) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kpi", kpi.kpi());
        put(members, "where", kpi.where());
        members.put("weight", kpi.weight() == 1 ? new Implied(1.0) : (Object) kpi.weight());
        kpi.worst().ifPresent(worst -> members.put("worst", worst));
        kpi.best().ifPresent(best -> members.put("best", best));
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value instanceof List<?> list && list.isEmpty()) {
            members.put(name, new Implied(list));
        } else if (value != null) {
            members.put(name, value);
        }
    }

    static boolean isExtra(String member) {
        return member.toLowerCase(Locale.ROOT).startsWith("x-");
    }

    private static void write(JsonGenerator json, Object value, @Nullable LocatedJson from) throws IOException {
        if (value instanceof Map<?, ?> map) {
            if (from != null && from.is(LocatedJson.Kind.TEXT) && isPlain(map, from)) {
                json.writeString(from.text());
                return;
            }
            Map<String, LocatedJson> source = from == null ? Map.of() : from.members();
            json.writeStartObject();
            for (Map.Entry<String, LocatedJson> member : source.entrySet()) {
                Object now = map.get(member.getKey());
                if (isExtra(member.getKey())) {
                    json.writeFieldName(member.getKey());
                    copy(json, member.getValue());
                } else if (now != null) {
                    json.writeFieldName(member.getKey());
                    write(json, now instanceof Implied implied ? implied.value() : now, member.getValue());
                }
            }
            for (Map.Entry<?, ?> member : map.entrySet()) {
                String name = member.getKey().toString();
                Object now = Objects.requireNonNull(member.getValue());
                if (!source.containsKey(name) && !(now instanceof Implied)) {
                    json.writeFieldName(name);
                    write(json, now, null);
                }
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item, counterpart(item, from));
            }
            json.writeEndArray();
        } else if (value instanceof Double number) {
            if (from != null && amount(from).equals(OptionalDouble.of(number))) {
                copy(json, from);
            } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
                json.writeNumber(number.longValue());
            } else {
                json.writeNumber(BigDecimal.valueOf(number));
            }
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(value.toString());
        }
    }

    /** Whether a KPI is all that its plain id says. */
    private static boolean isPlain(Map<?, ?> kpi, LocatedJson id) {
        return id.text().equals(kpi.get("kpi"))
                && kpi.entrySet().stream()
                        .allMatch(member -> "kpi".equals(member.getKey()) || member.getValue() instanceof Implied);
    }

    /** The item of the source with the same id, or the same KPI over the same rows. */
    private static @Nullable LocatedJson counterpart(Object item, @Nullable LocatedJson from) {
        if (from == null || !(item instanceof Map<?, ?> map)) {
            return null;
        }
        String key = map.containsKey("id") ? "id" : "kpi";
        return from.items().stream()
                .filter(node -> {
                    LocatedJson id = node.is(LocatedJson.Kind.TEXT)
                            ? node
                            : node.members().get(key);
                    return id != null
                            && id.text().equals(map.get(key))
                            && rows(node).equals(rows(map));
                })
                .findFirst()
                .orElse(null);
    }

    private static Object rows(Map<?, ?> kpi) {
        Object where = kpi.get("where");
        return where == null ? "all its own" : where;
    }

    private static Object rows(LocatedJson kpi) {
        LocatedJson where = kpi.members().get("where");
        if (where == null) {
            return "all its own";
        }
        Map<String, String> rows = new LinkedHashMap<>();
        where.members().forEach((dimension, value) -> {
            if (!isExtra(dimension)) {
                rows.put(dimension, value.text());
            }
        });
        return rows;
    }

    private static void copy(JsonGenerator json, LocatedJson node) throws IOException {
        switch (node.kind()) {
            case OBJECT -> {
                json.writeStartObject();
                for (Map.Entry<String, LocatedJson> member : node.members().entrySet()) {
                    json.writeFieldName(member.getKey());
                    copy(json, member.getValue());
                }
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                for (LocatedJson item : node.items()) {
                    copy(json, item);
                }
                json.writeEndArray();
            }
            case TEXT -> json.writeString(node.text());
            default -> json.writeRawValue(node.kind() == LocatedJson.Kind.NULL ? "null" : node.text());
        }
    }
}
