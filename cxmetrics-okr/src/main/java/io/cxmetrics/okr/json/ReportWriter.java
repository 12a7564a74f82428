package io.cxmetrics.okr.json;

import io.cxmetrics.Interval;
import io.cxmetrics.okr.Warning;
import io.cxmetrics.okr.evaluation.Chance;
import io.cxmetrics.okr.evaluation.Held;
import io.cxmetrics.okr.evaluation.KeyResultReport;
import io.cxmetrics.okr.evaluation.Measurement;
import io.cxmetrics.okr.evaluation.ObjectiveReport;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.evaluation.Progress;
import io.cxmetrics.okr.evaluation.Score;
import io.cxmetrics.okr.evaluation.Verdict;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.time.Period;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes a report for programs: every number in its base unit, every verdict with its basis and its sentence. */
final class ReportWriter {
    /** The version of the format. */
    static final int VERSION = 1;

    private ReportWriter() {}

    static String text(OkrReport report) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("okrReport", BigDecimal.valueOf(VERSION));
        members.put("asOf", report.asOf().toString());
        members.put("timeZone", report.plan().timeZone().getId());
        members.put(
                "objectives",
                report.objectives().stream().map(ReportWriter::objective).toList());
        members.put(
                "decisions",
                report.decisions().stream()
                        .map(d -> {
                            Map<String, Object> decision = new LinkedHashMap<>();
                            decision.put("about", d.about());
                            decision.put("who", d.who());
                            decision.put("what", d.what());
                            return decision;
                        })
                        .toList());
        return JsonLayout.text(members);
    }

    private static Map<String, Object> objective(ObjectiveReport report) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", report.objective().id());
        members.put("title", report.objective().title());
        put(members, "owner", report.objective().owner());
        put(members, "parent", report.objective().parent());
        verdict(members, report.verdict());
        members.put("expected", number(report.expected()));
        put(members, "progress", number(report.progress()));
        put(members, "probability", number(report.probability()));
        members.put("coverage", number(report.coverage()));
        members.put("missing", report.missing());
        members.put("stale", report.stale());
        members.put(
                "brokenGuards",
                report.brokenGuards().stream().map(k -> k.keyResult().id()).toList());
        put(members, "score", score(report.score()));
        members.put("sentence", report.sentence(Locale.ROOT));
        members.put(
                "keyResults",
                report.keyResults().stream().map(ReportWriter::keyResult).toList());
        members.put(
                "children",
                report.children().stream().map(c -> c.objective().id()).toList());
        return members;
    }

    private static Map<String, Object> keyResult(KeyResultReport report) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", report.keyResult().id());
        members.put("title", report.keyResult().title());
        put(members, "owner", report.keyResult().owner());
        put(
                members,
                "touchpoint",
                report.touchpoint() == null ? null : report.touchpoint().id());
        members.put("weight", number(report.keyResult().weight()));
        members.put("guard", report.keyResult().guard());
        verdict(members, report.verdict());
        members.put("expected", number(report.expected()));
        report.progress().ifPresent(progress -> members.put("progress", progress(progress)));
        report.attainment().ifPresent(a -> members.put("attainment", a.name().toLowerCase(Locale.ROOT)));
        members.put("unit", report.unit().toString());
        report.measurement().ifPresent(m -> measurement(members, m));
        put(members, "held", held(report.held()));
        put(members, "chance", chance(report.chance()));
        put(members, "checkIn", checkIn(report.checkIn()));
        put(members, "score", score(report.score()));
        put(members, "noData", report.noData().isEmpty() ? null : report.noData());
        members.put("notes", report.notes());
        members.put(
                "warnings",
                report.warnings().stream().map(ReportWriter::warning).toList());
        members.put("sentence", report.sentence(Locale.ROOT));
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private static BigDecimal number(double value) {
        return Amounts.number(new BigDecimal(Double.toString(value)));
    }

    private static @Nullable BigDecimal number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : null;
    }

    private static void verdict(Map<String, Object> members, Verdict verdict) {
        members.put("status", verdict.status().words());
        members.put("basis", verdict.basis().words());
        if (verdict.computed() != verdict.status()) {
            members.put("computedStatus", verdict.computed().words());
        }
    }

    private static Map<String, Object> progress(Progress progress) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("raw", number(progress.raw()));
        members.put("clamped", number(progress.clamped()));
        return members;
    }

    private static void measurement(Map<String, Object> members, Measurement measured) {
        members.put("value", number(measured.value()));
        Interval interval = measured.interval();
        if (interval.isBounded()) {
            Map<String, Object> bounds = new LinkedHashMap<>();
            bounds.put("level", number(interval.level()));
            bounds.put("low", number(interval.low()));
            bounds.put("high", number(interval.high()));
            members.put("interval", bounds);
        }
        Map<String, Object> days = new LinkedHashMap<>();
        days.put("start", measured.days().start().toString());
        days.put("end", measured.days().lastDay().toString());
        members.put("days", days);
        members.put("ageDays", BigDecimal.valueOf(measured.ageDays()));
        if (measured.estimate() != null) {
            members.put("n", BigDecimal.valueOf(measured.estimate().counts().used()));
        }
    }

    private static @Nullable Map<String, Object> held(@Nullable Held held) {
        if (held == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("count", held.hold().count().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        members.put("grain", held.hold().grain().word());
        members.put("met", names(held.met()));
        members.put("missed", names(held.missed()));
        members.put("withoutValue", names(held.withoutValue()));
        if (held.planned() > 0) {
            members.put("planned", BigDecimal.valueOf(held.planned()));
        }
        return members;
    }

    private static List<String> names(List<Period> periods) {
        return periods.stream().map(Period::toString).toList();
    }

    private static @Nullable Map<String, Object> chance(@Nullable Chance chance) {
        if (chance == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "probability", number(chance.probability()));
        members.put("reason", chance.reason());
        return members;
    }

    private static @Nullable Map<String, Object> checkIn(@Nullable CheckIn checkIn) {
        if (checkIn == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("date", checkIn.date().toString());
        members.put("value", number(checkIn.value()));
        put(members, "confidence", checkIn.confidence() == null ? null : number(checkIn.confidence()));
        members.put("source", checkIn.source());
        put(members, "note", checkIn.note().isEmpty() ? null : checkIn.note());
        return members;
    }

    private static @Nullable Map<String, Object> score(@Nullable Score score) {
        if (score == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("value", number(score.value()));
        members.put("computed", number(score.computed()));
        put(
                members,
                "overriddenBecause",
                score.override() == null ? null : score.override().reason());
        members.put("band", score.band().words());
        members.put("reading", score.reading());
        return members;
    }

    private static Map<String, Object> warning(Warning warning) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", warning.code());
        members.put("message", warning.message());
        return members;
    }
}
