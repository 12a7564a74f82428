package io.cxmetrics.okr.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Members;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.FiscalYear;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.Indicator;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Phase;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads key results, given what they refer to. */
final class KeyResultReader {
    private final Problems problems;
    private final Parts parts;
    private final FiscalYear year;
    private final Map<String, Kpi<?>> kpis;
    private final Optional<Set<String>> kpiIds;
    private final Map<String, LocatedJson> touchpointIds;
    private final Map<String, LocatedJson> ids = new LinkedHashMap<>();

    KeyResultReader(
            Problems problems,
            FiscalYear year,
            Map<String, Kpi<?>> kpis,
            Optional<Set<String>> kpiIds,
            Map<String, LocatedJson> touchpointIds) {
        this.problems = problems;
        this.parts = new Parts(problems);
        this.year = year;
        this.kpis = kpis;
        this.kpiIds = kpiIds;
        this.touchpointIds = touchpointIds;
    }

    /** Where each id was given. */
    Map<String, LocatedJson> ids() {
        return ids;
    }

    /** A key result of an objective whose days are known, or not. */
    Optional<KeyResult> read(LocatedJson node, Optional<Cycle> objectives) {
        Members members = new Members(node, problems);
        Optional<String> id = parts.id(members, "key result", ids);
        Optional<String> title = parts.title(members, "title");
        String owner = parts.person(members, "owner");
        Optional<Double> weight = parts.weight(members, "a key result");
        boolean guard = members.bool("guard").orElse(false);
        Optional<LocatedJson> goal = members.required(
                "target", "such as {\"decrease\": {\"from\": \"40%\", \"to\": \"25%\"}} or {\"atLeast\": \"80%\"}");
        Optional<LocatedJson> holding = members.optional("hold");
        Optional<LocatedJson> measuring =
                members.required("measure", "such as {\"kpi\": \"nps\", \"window\": \"cycleToDate\"} or \"checkIns\"");
        Optional<Measure> measure = measuring.flatMap(this::measure);
        Optional<Target> target = goal.flatMap(value -> TargetReader.read(value, scale(measuring, measure), problems));
        Optional<Hold> hold = holding.flatMap(value -> Terms.hold(value, problems));
        Optional<LocatedJson> days = members.optional("cycle");
        Optional<Cycle> cycle = days.flatMap(value -> Terms.cycle(value, year, problems));
        List<Phase> phases = phases(members, days.isPresent() ? cycle : objectives);
        Indicator indicator = members.optional("indicator")
                .flatMap(word -> members.word(word, "leading", "lagging"))
                .map(word -> Indicator.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(null);
        int checkInDays = members.optional("checkInDays")
                .flatMap(number -> Terms.count(number, 1, "days", problems))
                .orElse(KeyResult.CHECK_IN_DAYS);
        members.end();
        if (!fit(members, guard, target, measuring, measure, holding)
                || id.isEmpty()
                || title.isEmpty()
                || weight.isEmpty()
                || target.isEmpty()
                || measure.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KeyResult(
                id.get(),
                title.get(),
                owner,
                weight.get(),
                guard,
                target.get(),
                hold.orElse(null),
                measure.get(),
                cycle.orElse(null),
                phases,
                indicator,
                checkInDays));
    }

    /** Whether what is right by itself is right together. */
    private boolean fit(
            Members members,
            boolean guard,
            Optional<Target> target,
            Optional<LocatedJson> measuring,
            Optional<Measure> measure,
            Optional<LocatedJson> holding) {
        boolean fit = true;
        Optional<LocatedJson> weight = members.optional("weight");
        if (guard && weight.isPresent()) {
            problems.add(weight.get(), "no weight: a guard counts nowhere, it has to hold; leave out one of the two");
            fit = false;
        }
        boolean said = target.filter(t -> t instanceof Target.Milestones || t instanceof Target.Done)
                .isPresent();
        if (said && measure.filter(m -> m instanceof Measure.ByKpi).isPresent()) {
            problems.add(
                    measuring.orElseThrow(),
                    "a KPI",
                    "\"checkIns\": no KPI measures milestones, or what is done or not");
            fit = false;
        }
        boolean level = target.filter(t -> t instanceof Target.Between
                        || ((t instanceof Target.AtLeast || t instanceof Target.AtMost)
                                && t.start().isEmpty()))
                .isPresent();
        if (holding.isPresent() && target.isPresent() && !level) {
            problems.add(
                    holding.get(),
                    "a target that is a level, which can be held: atLeast or atMost without a \"from\", or between");
            fit = false;
        }
        return fit;
    }

    /** The scale of the values, also if something else about the measure is wrong. */
    private Amounts.@Nullable Scale scale(Optional<LocatedJson> node, Optional<Measure> measure) {
        if (measure.isPresent() && measure.get() instanceof Measure.ByCheckIns checkIns) {
            return Amounts.Scale.of(checkIns.unit());
        }
        LocatedJson id = node.map(n -> n.members().get("kpi")).orElse(null);
        Kpi<?> kpi = id == null ? null : kpis.get(id.text());
        return kpi == null ? null : Amounts.Scale.of(kpi);
    }

    private List<Phase> phases(Members members, Optional<Cycle> days) {
        Phase[] last = new Phase[1];
        return parts.items(members.optional("phases"), "phases", item -> {
            Members phase = new Members(item, problems);
            Optional<LocatedJson> day = phase.required("date", "a day such as \"2026-01-31\"");
            Optional<LocatedJson> done = phase.required("progress", "the progress expected by then, such as \"30%\"");
            phase.end();
            Optional<LocalDate> date = day.flatMap(d -> Terms.date(phase, d));
            OptionalDouble progress = done.map(p -> Terms.share(p, problems)).orElse(OptionalDouble.empty());
            if (date.isEmpty() || progress.isEmpty()) {
                return Optional.empty();
            }
            Phase read = new Phase(date.get(), progress.getAsDouble());
            boolean outside = days.isPresent()
                    && (read.date().isBefore(days.get().start())
                            || !read.date().isBefore(days.get().end()));
            if (outside) {
                problems.add(day.orElseThrow(), "a day of " + days.orElseThrow());
            } else if (last[0] != null && !read.date().isAfter(last[0].date())) {
                problems.add(day.orElseThrow(), "a day after that of the phase before, " + last[0].date());
            } else if (last[0] != null && read.progress() < last[0].progress()) {
                problems.add(done.orElseThrow(), "no less than the phase before");
            } else {
                last[0] = read;
                return Optional.of(read);
            }
            return Optional.empty();
        });
    }

    private Optional<Measure> measure(LocatedJson node) {
        if (node.is(LocatedJson.Kind.TEXT) && node.text().equals("checkIns")) {
            return Optional.of(Measure.checkIns());
        } else if (!node.is(LocatedJson.Kind.OBJECT)) {
            problems.add(
                    node,
                    "{\"kpi\": …, \"window\": …}, {\"checkIns\": \"share\"} with the unit of the values, or \"checkIns\"");
            return Optional.empty();
        }
        Members members = new Members(node, problems);
        Optional<LocatedJson> checkIns = members.optional("checkIns");
        if (checkIns.isPresent()) {
            Optional<Unit> unit = Terms.unit(checkIns.get(), problems);
            members.end();
            return unit.map(Measure::checkIns);
        }
        return byKpi(members);
    }

    private Optional<Measure> byKpi(Members members) {
        Optional<String> kpi = members.required("kpi", "the id of a KPI of the plan")
                .flatMap(id -> {
                    String text = id.is(LocatedJson.Kind.TEXT) ? id.text() : "";
                    if (kpiIds.isPresent() && !kpiIds.get().contains(text)) {
                        problems.add(id, Parts.unknown("KPI", text, kpiIds.get()));
                        return Optional.empty();
                    }
                    return Optional.of(text);
                });
        Optional<LocatedJson> at = members.optional("touchpoint");
        boolean known = at.isEmpty() || touchpointIds.containsKey(at.get().text());
        if (!known) {
            problems.add(
                    at.orElseThrow(),
                    Parts.unknown("touchpoint", at.orElseThrow().text(), touchpointIds.keySet()));
        }
        Optional<Map<String, String>> segment = segment(members);
        Optional<Window> window = members.required("window", Terms.WINDOWS).flatMap(w -> Terms.window(w, problems));
        members.end();
        return kpi.isPresent() && known && segment.isPresent() && window.isPresent()
                ? Optional.of(new Measure.ByKpi(
                        kpi.get(), at.map(LocatedJson::text).orElse(null), segment.get(), window.get()))
                : Optional.empty();
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
}
