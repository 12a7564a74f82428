package io.cxmetrics.okr.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import io.cxmetrics.json.JourneyJson;
import io.cxmetrics.json.KpiJson;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.MoneyJson;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.FiscalYear;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Phase;
import io.cxmetrics.okr.RollUp;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import java.math.BigDecimal;
import java.time.DateTimeException;
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
        LocatedJson year = member(source, "fiscalYear");
        if (year != null || !plan.fiscalYear().equals(FiscalYear.CALENDAR)) {
            members.put("fiscalYear", asWritten(plan.fiscalYear(), year, Terms::fiscalYear, PlanWriter::fiscalYear));
        }
        LocatedJson rule = member(source, "status");
        if (rule != null || !plan.statusRule().equals(StatusRule.byProbability())) {
            members.put("status", asWritten(plan.statusRule(), rule, Terms::statusRule, PlanWriter::statusRule));
        }
        if (!plan.silenced().isEmpty() || member(source, "silence") != null) {
            members.put("silence", List.copyOf(plan.silenced()));
        }
        members.put("kpis", kpis(member(source, "kpis")));
        LocatedJson journeys = member(source, "journeys");
        if (!plan.journeys().isEmpty() || journeys != null) {
            members.put("journeys", LocatedJson.parse("journeys", JourneyJson.write(plan.journeys(), journeys)));
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

    private Map<String, Object> objective(Objective objective, @Nullable LocatedJson from) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", objective.id());
        members.put("title", objective.title());
        putIfPresent(members, "owner", objective.owner());
        putIfPresent(members, "sponsor", objective.sponsor());
        putIfPresent(members, "budget", money(objective.budget(), member(from, "budget")));
        if (objective.ambition() != null) {
            members.put("ambition", word(objective.ambition()));
        }
        putIfPresent(members, "parent", objective.parent());
        putIfPresent(members, "weight", weight(objective.weight(), member(from, "weight")));
        members.put("cycle", cycle(objective.cycle(), member(from, "cycle")));
        LocatedJson rollUp = member(from, "rollUp");
        if (rollUp != null || !objective.rollUp().equals(RollUp.DEFAULT)) {
            members.put("rollUp", rollUp(objective.rollUp(), rollUp));
        }
        putIfPresent(members, "carriedFrom", objective.carriedFrom());
        LocatedJson keyResults = member(from, "keyResults");
        if (!objective.keyResults().isEmpty() || keyResults != null) {
            members.put("keyResults", items(objective.keyResults(), KeyResult::id, keyResults, this::keyResult));
        }
        LocatedJson initiatives = member(from, "initiatives");
        if (!objective.initiatives().isEmpty() || initiatives != null) {
            members.put(
                    "initiatives", items(objective.initiatives(), Initiative::id, initiatives, PlanWriter::initiative));
        }
        if (!objective.touchpoints().isEmpty() || member(from, "touchpoints") != null) {
            members.put("touchpoints", objective.touchpoints());
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

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object money(@Nullable Money money, @Nullable LocatedJson from) {
        return money == null ? null : asWritten(money, from, MoneyJson::read, Amounts::money);
    }

    /** A weight, which need not be written if it is 1. */
    private static @Nullable Object weight(double weight, @Nullable LocatedJson from) {
        if (from != null && from.number().doubleValue() == weight) {
            return from;
        }
        return weight == 1 && from == null ? null : Amounts.number(new BigDecimal(Double.toString(weight)));
    }

    private static Object fiscalYear(FiscalYear year) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("startMonth", BigDecimal.valueOf(year.starts().getValue()));
        members.put("namedBy", word(year.namedBy()));
        return members;
    }

    private static Object statusRule(StatusRule rule) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("by", rule.by().word());
        members.put("onTrack", Amounts.write(rule.onTrack(), Unit.SHARE));
        members.put("behind", Amounts.write(rule.behind(), Unit.SHARE));
        if (rule.graceDays() > 0) {
            members.put("graceDays", BigDecimal.valueOf(rule.graceDays()));
        }
        return members;
    }

    private static Object rollUp(RollUp rollUp, @Nullable LocatedJson from) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (member(from, "of") != null || rollUp.of() != RollUp.DEFAULT.of()) {
            members.put("of", rollUp.of() == RollUp.Parts.KEY_RESULTS ? "keyResults" : word(rollUp.of()));
        }
        if (member(from, "status") != null || rollUp.status() != RollUp.DEFAULT.status()) {
            members.put("status", word(rollUp.status()));
        }
        return merge(members, from);
    }

    private Object cycle(Cycle cycle, @Nullable LocatedJson from) {
        return asWritten(cycle, from, (node, problems) -> Terms.cycle(node, plan.fiscalYear(), problems), this::cycle);
    }

    private Object cycle(Cycle cycle) {
        try {
            if (Cycle.parse(cycle.name(), plan.fiscalYear()).equals(cycle)) {
                return cycle.name();
            }
        } catch (IllegalArgumentException | DateTimeException e) {
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
        putIfPresent(members, "weight", weight(keyResult.weight(), member(from, "weight")));
        if (keyResult.guard() || member(from, "guard") != null) {
            members.put("guard", keyResult.guard());
        }
        if (keyResult.indicator() != null) {
            members.put("indicator", word(keyResult.indicator()));
        }
        Amounts.Scale scale = keyResult.measure() instanceof Measure.ByCheckIns checkIns
                ? Amounts.Scale.of(checkIns.unit())
                : Amounts.Scale.of(Objects.requireNonNull(
                        plan.kpis().get(keyResult.kpi().orElseThrow().kpi())));
        members.put(
                "target",
                asWritten(
                        keyResult.target(),
                        member(from, "target"),
                        (node, problems) -> TargetReader.read(node, scale, problems),
                        target -> target(target, scale.unit())));
        if (keyResult.hold() != null) {
            members.put("hold", asWritten(keyResult.hold(), member(from, "hold"), Terms::hold, PlanWriter::hold));
        }
        members.put(
                "measure",
                keyResult.measure() instanceof Measure.ByKpi byKpi
                        ? measure(byKpi, member(from, "measure"))
                        : checkIns(scale.unit(), member(from, "measure")));
        if (keyResult.cycle() != null) {
            members.put("cycle", cycle(keyResult.cycle(), member(from, "cycle")));
        }
        LocatedJson phases = member(from, "phases");
        if (!keyResult.phases().isEmpty() || phases != null) {
            members.put("phases", phases(keyResult.phases(), phases));
        }
        LocatedJson days = member(from, "checkInDays");
        if (days != null || keyResult.checkInDays() != KeyResult.CHECK_IN_DAYS) {
            members.put("checkInDays", BigDecimal.valueOf(keyResult.checkInDays()));
        }
        return merge(members, from);
    }

    private static List<Object> phases(List<Phase> phases, @Nullable LocatedJson from) {
        Map<String, LocatedJson> byDate = new LinkedHashMap<>();
        if (from != null) {
            from.items()
                    .forEach(item -> byDate.put(
                            Objects.requireNonNull(item.members().get("date")).text(), item));
        }
        List<Object> items = new ArrayList<>();
        for (Phase phase : phases) {
            Map<String, Object> members = new LinkedHashMap<>();
            String date = phase.date().toString();
            members.put("date", date);
            members.put("progress", Amounts.write(phase.progress(), Unit.SHARE));
            items.add(merge(members, byDate.get(date)));
        }
        return items;
    }

    private static Object hold(Hold hold) {
        Map<String, Object> members = new LinkedHashMap<>();
        boolean successes = hold.count() == Hold.Count.SUCCESSES;
        members.put(successes ? "successesOf" : "shareOf", hold.grain().word());
        if (hold.planned() > 0) {
            members.put("planned", BigDecimal.valueOf(hold.planned()));
        }
        return members;
    }

    private static Object checkIns(Unit unit, @Nullable LocatedJson from) {
        if (unit.equals(Unit.NUMBER) && (from == null || !from.is(LocatedJson.Kind.OBJECT))) {
            return "checkIns";
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("checkIns", Terms.unit(unit));
        return merge(members, from);
    }

    private static Object target(Target target, Unit unit) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (target instanceof Target.Done) {
            return "done";
        } else if (target instanceof Target.Baseline) {
            return "baseline";
        } else if (target instanceof Target.Milestones milestones) {
            List<Object> steps = new ArrayList<>();
            for (Target.Milestone step : milestones.steps()) {
                Map<String, Object> inner = new LinkedHashMap<>();
                inner.put("id", step.id());
                inner.put("title", step.title());
                putIfPresent(inner, "weight", weight(step.weight(), null));
                steps.add(inner);
            }
            members.put("milestones", steps);
        } else if (target instanceof Target.Between band) {
            Map<String, Object> bounds = new LinkedHashMap<>();
            bounds.put("low", Amounts.write(band.low(), unit));
            bounds.put("high", Amounts.write(band.high(), unit));
            members.put("between", bounds);
        } else if (target instanceof Target.AtLeast || target instanceof Target.AtMost) {
            Target.Bound bound = (Target.Bound) target;
            members.put(bound.rises() ? "atLeast" : "atMost", Amounts.write(bound.goal(), unit));
            bound.start().ifPresent(start -> members.put("from", Amounts.write(start, unit)));
            bound.warning().ifPresent(level -> members.put("warning", Amounts.write(level, unit)));
        } else if (target instanceof Target.Bound bound) {
            Map<String, Object> way = new LinkedHashMap<>();
            way.put("from", Amounts.write(bound.start().orElseThrow(), unit));
            way.put("to", Amounts.write(bound.goal(), unit));
            members.put(bound.rises() ? "increase" : "decrease", way);
        }
        return members;
    }

    private static Map<String, Object> measure(Measure.ByKpi measure, @Nullable LocatedJson from) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kpi", measure.kpi());
        putIfPresent(members, "touchpoint", measure.touchpoint());
        LocatedJson segment = member(from, "segment");
        if (!measure.segment().isEmpty() || segment != null) {
            members.put("segment", merge(new LinkedHashMap<>(measure.segment()), segment));
        }
        members.put("window", asWritten(measure.window(), member(from, "window"), Terms::window, PlanWriter::window));
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
        putIfPresent(members, "budget", money(initiative.budget(), member(from, "budget")));
        if (initiative.status() != null) {
            members.put("status", initiative.status().word());
        }
        if (!initiative.serves().isEmpty() || member(from, "serves") != null) {
            members.put("serves", initiative.serves());
        }
        putIfPresent(members, "effect", initiative.effect());
        putIfPresent(members, "benefit", money(initiative.benefit(), member(from, "benefit")));
        return merge(members, from);
    }
}
