package io.cxmetrics.okr.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.json.KpiJson;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.MoneyJson;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan along the JSON that it was read from: parts are found again by their ids; what still means the same is
 * written as it was.
 */
final class PlanWriter {
    private final OkrPlan plan;
    private final @Nullable LocatedJson source;

    PlanWriter(OkrPlan plan) {
        this.plan = plan;
        this.source = plan.source() instanceof JsonSource json ? json.document() : null;
    }

    /** Whether a member is for others: its name begins with {@code x-}. */
    static boolean isExtra(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("x-");
    }

    String text() {
        Map<String, Object> members = new LinkedHashMap<>();
        putIfPresent(members, "$schema", member(source, "$schema"));
        members.put("version", BigDecimal.valueOf(PlanReader.VERSION));
        members.put("timeZone", plan.timeZone().getId());
        members.put("kpis", kpis(member(source, "kpis")));
        LocatedJson journeys = member(source, "journeys");
        if (!plan.journeys().isEmpty() || journeys != null) {
            members.put("journeys", items(plan.journeys(), Journey::id, journeys, this::journey));
        }
        LocatedJson objectives = member(source, "objectives");
        members.put("objectives", items(plan.objectives(), Objective::id, objectives, this::objective));
        return JsonLayout.text(merge(members, source));
    }

    private static @Nullable LocatedJson member(@Nullable LocatedJson object, String name) {
        return object == null ? null : object.members().get(name);
    }

    private static void putIfPresent(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** The members in the order of the source, with those of the source that are for others. */
    private static Map<String, Object> merge(Map<String, Object> members, @Nullable LocatedJson from) {
        Map<String, Object> rest = new LinkedHashMap<>(members);
        Map<String, Object> merged = new LinkedHashMap<>();
        if (from != null) {
            from.members().forEach((name, node) -> {
                Object value = rest.remove(name);
                if (value != null) {
                    merged.put(name, value);
                } else if (isExtra(name)) {
                    merged.put(name, node);
                }
            });
        }
        merged.putAll(rest);
        return merged;
    }

    private static <T> List<Object> items(
            List<T> parts,
            Function<T, String> id,
            @Nullable LocatedJson array,
            BiFunction<T, @Nullable LocatedJson, Object> writer) {
        Map<String, LocatedJson> byId = new LinkedHashMap<>();
        if (array != null) {
            for (LocatedJson item : array.items()) {
                byId.put(Objects.requireNonNull(item.members().get("id")).text(), item);
            }
        }
        List<Object> items = new ArrayList<>();
        parts.forEach(part -> items.add(writer.apply(part, byId.get(id.apply(part)))));
        return items;
    }

    private Map<String, Object> kpis(@Nullable LocatedJson from) {
        Map<String, Kpi<?>> asRead = from == null ? Map.of() : KpiJson.read(from, new Problems());
        Map<String, LocatedJson> canonical =
                LocatedJson.parse("kpis", KpiJson.write(plan.kpis().values())).members();
        Map<String, Object> members = new LinkedHashMap<>();
        plan.kpis().forEach((id, kpi) -> {
            Kpi<?> read = asRead.get(id);
            boolean same = read != null && kpi.equals(read) && kpi.name().equals(read.name());
            Object definition = same ? member(from, id) : canonical.get(id);
            members.put(id, Objects.requireNonNull(definition));
        });
        return merge(members, from);
    }

    private Map<String, Object> journey(Journey journey, @Nullable LocatedJson from) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", journey.id());
        members.put("name", journey.name());
        LocatedJson touchpoints = member(from, "touchpoints");
        members.put("touchpoints", items(journey.touchpoints(), Touchpoint::id, touchpoints, (touchpoint, node) -> {
            Map<String, Object> inner = new LinkedHashMap<>();
            inner.put("id", touchpoint.id());
            inner.put("name", touchpoint.name());
            putIfPresent(inner, "owner", touchpoint.owner());
            return merge(inner, node);
        }));
        return merge(members, from);
    }

    private Map<String, Object> objective(Objective objective, @Nullable LocatedJson from) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", objective.id());
        members.put("title", objective.title());
        putIfPresent(members, "owner", objective.owner());
        putIfPresent(members, "sponsor", objective.sponsor());
        if (objective.ambition() != null) {
            members.put("ambition", objective.ambition().name().toLowerCase(Locale.ROOT));
        }
        members.put("cycle", asWritten(objective.cycle(), member(from, "cycle"), PlanReader::cycle, PlanWriter::cycle));
        members.put(
                "keyResults",
                items(objective.keyResults(), KeyResult::id, member(from, "keyResults"), this::keyResult));
        LocatedJson initiatives = member(from, "initiatives");
        if (!objective.initiatives().isEmpty() || initiatives != null) {
            members.put(
                    "initiatives", items(objective.initiatives(), Initiative::id, initiatives, PlanWriter::initiative));
        }
        return merge(members, from);
    }

    /** A value as the source writes it if that still means the same, otherwise in the canonical form. */
    private static <T> Object asWritten(
            T value,
            @Nullable LocatedJson from,
            BiFunction<LocatedJson, Problems, Optional<T>> reader,
            Function<T, Object> writer) {
        boolean same = from != null
                && reader.apply(from, new Problems()).filter(value::equals).isPresent();
        return same ? Objects.requireNonNull(from) : writer.apply(value);
    }

    private static Object cycle(Cycle cycle) {
        try {
            if (Cycle.parse(cycle.name()).equals(cycle)) {
                return cycle.name();
            }
        } catch (IllegalArgumentException e) {
            // Its name is not that of a calendar period.
        }
        Map<String, Object> members = new LinkedHashMap<>();
        if (!Cycle.of(cycle.start(), cycle.lastDay()).equals(cycle)) {
            members.put("name", cycle.name());
        }
        members.put("start", cycle.start().toString());
        members.put("end", cycle.lastDay().toString());
        return members;
    }

    private Map<String, Object> keyResult(KeyResult keyResult, @Nullable LocatedJson from) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", keyResult.id());
        members.put("title", keyResult.title());
        putIfPresent(members, "owner", keyResult.owner());
        LocatedJson weight = member(from, "weight");
        if (keyResult.weight() != 1 || weight != null) {
            boolean same = weight != null && weight.number().doubleValue() == keyResult.weight();
            members.put(
                    "weight",
                    same
                            ? Objects.requireNonNull(weight)
                            : Amounts.number(new BigDecimal(Double.toString(keyResult.weight()))));
        }
        Kpi<?> kpi = Objects.requireNonNull(plan.kpis().get(keyResult.measure().kpi()));
        members.put(
                "target",
                asWritten(
                        keyResult.target(),
                        member(from, "target"),
                        (node, problems) -> PlanReader.target(node, kpi, problems),
                        target -> target(target, kpi)));
        members.put("measure", measure(keyResult.measure(), member(from, "measure")));
        return merge(members, from);
    }

    private static Object target(Target target, Kpi<?> kpi) {
        Object goal = Amounts.write(target.goal(), kpi.unit());
        Map<String, Object> members = new LinkedHashMap<>();
        if (target instanceof Target.AtLeast || target instanceof Target.AtMost) {
            members.put(target.rises() ? "atLeast" : "atMost", goal);
            target.start().ifPresent(start -> members.put("from", Amounts.write(start, kpi.unit())));
        } else {
            Map<String, Object> way = new LinkedHashMap<>();
            way.put("from", Amounts.write(target.start().orElseThrow(), kpi.unit()));
            way.put("to", goal);
            members.put(target.rises() ? "increase" : "decrease", way);
        }
        return members;
    }

    private static Map<String, Object> measure(Measure measure, @Nullable LocatedJson from) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kpi", measure.kpi());
        putIfPresent(members, "touchpoint", measure.touchpoint());
        LocatedJson segment = member(from, "segment");
        if (!measure.segment().isEmpty() || segment != null) {
            members.put("segment", merge(new LinkedHashMap<>(measure.segment()), segment));
        }
        members.put(
                "window", asWritten(measure.window(), member(from, "window"), PlanReader::window, PlanWriter::window));
        return merge(members, from);
    }

    private static Object window(Window window) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (window instanceof Window.LastComplete last) {
            members.put("lastComplete", last.grain().word());
        } else if (window instanceof Window.Trailing trailing) {
            members.put("trailingDays", BigDecimal.valueOf(trailing.days()));
        } else {
            return "cycleToDate";
        }
        return members;
    }

    private static Map<String, Object> initiative(Initiative initiative, @Nullable LocatedJson from) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", initiative.id());
        members.put("title", initiative.title());
        putIfPresent(members, "owner", initiative.owner());
        Money budget = initiative.budget();
        if (budget != null) {
            members.put("budget", asWritten(budget, member(from, "budget"), MoneyJson::read, Amounts::money));
        }
        if (!initiative.serves().isEmpty() || member(from, "serves") != null) {
            members.put("serves", initiative.serves());
        }
        return merge(members, from);
    }
}
