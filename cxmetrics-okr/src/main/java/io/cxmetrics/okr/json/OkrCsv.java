package io.cxmetrics.okr.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Problem;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import io.cxmetrics.okr.tracking.CheckIn;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Key results and check-ins as tables for spreadsheets: comma-separated values after RFC 4180, in UTF-8, with a header. Values
 * are written as in a plan ({@code 40%}, {@code PT5M}, {@code 42}), money as {@code 12.50 EUR}. Cells that a spreadsheet would
 * run as formulas get an apostrophe, which reading takes away.
 *
 * <p>Reading is strict: everything wrong is said at once, each with its line and the name of its column.
 *
 * @since 0.1
 */
public final class OkrCsv {
    private static final List<String> KEY_RESULT = List.of(
            "objective",
            "id",
            "title",
            "owner",
            "weight",
            "guard",
            "target",
            "from",
            "to",
            "warning",
            "kpi",
            "touchpoint",
            "window",
            "unit",
            "checkInDays");
    private static final List<String> CHECK_IN = List.of("keyResult", "date", "value", "confidence", "source", "note");
    private static final Pattern MONEY = Pattern.compile("(-?[0-9]{1,30}(?:\\.[0-9]{1,30})?) ([A-Z]{3})");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,300}(?:\\.[0-9]{1,300})?");

    private OkrCsv() {}

    /**
     * The key results of a plan as a table.
     *
     * <p>Segments, phases, milestones' steps, holding and own days have no column; {@link #readKeyResults} keeps them.
     *
     * @param plan the plan
     * @return a row for each key result
     */
    public static String writeKeyResults(OkrPlan plan) {
        StringBuilder text = new StringBuilder();
        Csv.write(KEY_RESULT, text);
        for (Objective objective : plan.objectives()) {
            for (KeyResult k : objective.keyResults()) {
                Map<String, String> cells = new LinkedHashMap<>();
                KEY_RESULT.forEach(column -> cells.put(column, ""));
                cells.put("objective", objective.id());
                cells.put("id", k.id());
                cells.put("title", k.title());
                cells.put("owner", k.owner() == null ? "" : k.owner());
                cells.put("weight", k.guard() ? "" : cell(Amounts.number(new BigDecimal(Double.toString(k.weight())))));
                cells.put("guard", k.guard() ? "true" : "");
                cells.put("checkInDays", String.valueOf(k.checkInDays()));
                measure(k.measure(), cells);
                target(k.target(), scale(plan, k), cells);
                Csv.write(List.copyOf(cells.values()), text);
            }
        }
        return text.toString();
    }

    private static Amounts.Scale scale(OkrPlan plan, KeyResult k) {
        return k.measure() instanceof Measure.ByCheckIns checkIns
                ? Amounts.Scale.of(checkIns.unit())
                : Amounts.Scale.of(Objects.requireNonNull(
                        plan.kpis().get(k.kpi().orElseThrow().kpi())));
    }

    private static void measure(Measure measure, Map<String, String> cells) {
        if (measure instanceof Measure.ByKpi byKpi) {
            cells.put("kpi", byKpi.kpi());
            cells.put("touchpoint", byKpi.touchpoint() == null ? "" : byKpi.touchpoint());
            cells.put("window", window(byKpi.window()));
        } else if (measure instanceof Measure.ByCheckIns checkIns) {
            cells.put("unit", Terms.unit(checkIns.unit()));
        }
    }

    private static String window(Window window) {
        return window instanceof Window.LastComplete last
                ? "lastComplete " + last.grain().word()
                : window instanceof Window.Trailing trailing ? "trailingDays " + trailing.days() : "cycleToDate";
    }

    private static void target(Target target, Amounts.Scale scale, Map<String, String> cells) {
        cells.put("target", kind(target));
        if (target instanceof Target.Bound bound) {
            bound.start().ifPresent(start -> cells.put("from", cell(Amounts.write(start, scale.unit()))));
            bound.warning().ifPresent(level -> cells.put("warning", cell(Amounts.write(level, scale.unit()))));
            cells.put("to", cell(Amounts.write(bound.goal(), scale.unit())));
        } else if (target instanceof Target.Between band) {
            cells.put("from", cell(Amounts.write(band.low(), scale.unit())));
            cells.put("to", cell(Amounts.write(band.high(), scale.unit())));
        }
    }

    private static String kind(Target target) {
        String name = target.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String cell(Object amount) {
        if (amount instanceof Map<?, ?> money) {
            return cell(Objects.requireNonNull(money.get("amount"))) + " " + money.get("currency");
        }
        return amount instanceof BigDecimal number ? number.toPlainString() : amount.toString();
    }

    /** A cell as a plan would write it. */
    private static Object amount(String cell) {
        Matcher money = MONEY.matcher(cell);
        if (money.matches()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("amount", new BigDecimal(money.group(1)));
            members.put("currency", money.group(2));
            return members;
        }
        return NUMBER.matcher(cell).matches() ? new BigDecimal(cell) : cell;
    }

    /** The rows of a table by column, and what is wrong with them. */
    private static final class Table {
        private final String name;
        private final List<Problem> problems = new ArrayList<>();
        private final List<Csv.Row> rows;
        private final List<String> header;

        Table(String name, String csv, List<String> columns, List<String> needed) {
            this.name = name;
            List<Csv.Row> all = Csv.read(name, csv);
            this.header = all.get(0).cells();
            this.rows = all.subList(1, all.size());
            for (String column : header) {
                if (!columns.contains(column)) {
                    wrong(
                            1,
                            column,
                            "an unknown column \"" + column + "\"",
                            "one of " + columns + DidYouMean.suffix(column, columns));
                }
            }
            if (header.size() > new LinkedHashSet<>(header).size()) {
                wrong(1, "", "a column twice in " + header, "each column once");
            }
            for (String column : needed) {
                if (!header.contains(column)) {
                    wrong(1, "", "no column \"" + column + "\"", "a header with " + columns);
                }
            }
            throwIfAny();
        }

        Map<String, String> cells(Csv.Row row) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                if (!row.cells().get(i).isEmpty()) {
                    cells.put(header.get(i), row.cells().get(i));
                }
            }
            return cells;
        }

        void wrong(int line, String column, String found, String expected) {
            if (problems.size() < 100) {
                problems.add(new Problem(name, line, 1, column.isEmpty() ? "" : "/" + column, found, expected));
            }
        }

        void throwIfAny() {
            if (!problems.isEmpty()) {
                throw new JsonProblemsException(problems);
            }
        }
    }

    /**
     * A plan with the key results of a table. A row whose id the plan has changes that key result; another is added to the
     * objective that it names; key results without a row stay as they are.
     *
     * @param plan the plan
     * @param name the name that problems carry, such as {@code key-results.csv}
     * @param csv the table, as {@link #writeKeyResults} writes it; columns may stand in any order, and all but {@code
     *     objective}, {@code id}, {@code title} and {@code target} may be missing
     * @return the plan
     * @throws JsonProblemsException with everything that is wrong with the table
     */
    public static OkrPlan readKeyResults(OkrPlan plan, String name, String csv) {
        Table table = new Table(name, csv, KEY_RESULT, List.of("objective", "id", "title", "target"));
        Map<String, List<KeyResult>> byObjective = new LinkedHashMap<>();
        Set<String> touchpoints = new LinkedHashSet<>();
        plan.objectives().forEach(o -> byObjective.put(o.id(), new ArrayList<>(o.keyResults())));
        plan.journeys().forEach(j -> j.touchpoints().forEach(t -> touchpoints.add(t.id())));
        Set<String> seen = new LinkedHashSet<>();
        for (Csv.Row row : table.rows) {
            Map<String, String> cells = table.cells(row);
            String id = cells.getOrDefault("id", "");
            List<KeyResult> keyResults = byObjective.get(cells.getOrDefault("objective", ""));
            if (keyResults == null) {
                table.wrong(
                        row.line(),
                        "objective",
                        "\"" + cells.getOrDefault("objective", "") + "\"",
                        Parts.unknown("objective", cells.getOrDefault("objective", ""), byObjective.keySet()));
                continue;
            } else if (!seen.add(id)) {
                table.wrong(row.line(), "id", "\"" + id + "\" a second time", "each key result once");
                continue;
            }
            KeyResult before = plan.keyResult(id).orElse(null);
            boolean elsewhere = before != null && !keyResults.contains(before);
            if (elsewhere) {
                table.wrong(row.line(), "objective", "another objective than that of \"" + id + "\"", "its own");
                continue;
            }
            keyResult(plan, touchpoints, before, cells, row.line(), table).ifPresent(read -> {
                int at = keyResults.indexOf(before);
                if (at < 0) {
                    keyResults.add(read);
                } else {
                    keyResults.set(at, read);
                }
            });
        }
        table.throwIfAny();
        List<Objective> objectives = plan.objectives().stream()
                .map(o -> o.withKeyResults(Objects.requireNonNull(byObjective.get(o.id()))))
                .toList();
        try {
            return plan.withObjectives(objectives);
        } catch (IllegalArgumentException e) {
            table.wrong(1, "", String.valueOf(e.getMessage()), "key results that fit the plan");
            table.throwIfAny();
            throw e;
        }
    }

    /** A row becomes the JSON of a key result, so that both are read by one reader. */
    private static Optional<KeyResult> keyResult(
            OkrPlan plan,
            Set<String> touchpoints,
            @Nullable KeyResult before,
            Map<String, String> cells,
            int line,
            Table table) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String column : List.of("id", "title", "owner")) {
            if (cells.containsKey(column)) {
                members.put(column, cells.get(column));
            }
        }
        for (String column : List.of("weight", "checkInDays")) {
            if (cells.containsKey(column)) {
                members.put(column, amount(cells.getOrDefault(column, "")));
            }
        }
        if (cells.containsKey("guard")) {
            String guard = cells.getOrDefault("guard", "");
            members.put("guard", guard.equals("true") || guard.equals("false") ? Boolean.valueOf(guard) : guard);
        }
        members.put("measure", measure(cells, before));
        boolean milestones = "milestones".equals(cells.get("target"));
        boolean kept = milestones && before != null && before.target() instanceof Target.Milestones;
        members.put("target", kept ? "done" : target(cells));
        LocatedJson json = LocatedJson.parse(table.name, JsonLayout.text(members));
        Problems problems = new Problems();
        Map<String, LocatedJson> known = new LinkedHashMap<>();
        touchpoints.forEach(id -> known.put(id, json));
        Map<String, Kpi<?>> kpis = plan.kpis();
        Optional<KeyResult> read = new KeyResultReader(
                        problems, plan.fiscalYear(), kpis, Optional.of(kpis.keySet()), known)
                .read(json, Optional.empty());
        problems.list().forEach(p -> table.wrong(line, column(p.pointer()), p.found(), p.expected()));
        if (read.isEmpty() || !problems.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(before == null ? read.get() : merged(read.get(), before, kept));
        } catch (IllegalArgumentException e) {
            table.wrong(line, "target", "a target that does not fit the rest", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The table's part of a key result, and the rest as it was. */
    private static KeyResult merged(KeyResult read, KeyResult before, boolean kept) {
        Measure measure = read.measure() instanceof Measure.ByKpi now && before.measure() instanceof Measure.ByKpi then
                ? new Measure.ByKpi(now.kpi(), now.touchpoint(), then.segment(), now.window())
                : read.measure();
        return new KeyResult(
                read.id(),
                read.title(),
                read.owner(),
                read.weight(),
                read.guard(),
                kept ? before.target() : read.target(),
                before.hold(),
                measure,
                before.cycle(),
                before.phases(),
                before.indicator(),
                read.checkInDays());
    }

    private static Object measure(Map<String, String> cells, @Nullable KeyResult before) {
        if (cells.containsKey("kpi")) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("kpi", cells.getOrDefault("kpi", ""));
            if (cells.containsKey("touchpoint")) {
                members.put("touchpoint", cells.getOrDefault("touchpoint", ""));
            }
            String[] window = cells.getOrDefault("window", "cycleToDate").split(" ", 2);
            members.put("window", window.length == 1 ? window[0] : Map.of(window[0], amount(window[1])));
            return members;
        }
        String unit = cells.get("unit");
        if (unit == null && before != null && before.measure() instanceof Measure.ByCheckIns checkIns) {
            unit = Terms.unit(checkIns.unit());
        }
        return unit == null ? "checkIns" : Map.of("checkIns", unit);
    }

    private static Object target(Map<String, String> cells) {
        String kind = cells.getOrDefault("target", "");
        Map<String, Object> values = new LinkedHashMap<>();
        boolean band = kind.equals("between");
        if (cells.containsKey("from")) {
            values.put(band ? "low" : "from", amount(cells.getOrDefault("from", "")));
        }
        if (cells.containsKey("to")) {
            values.put(band ? "high" : "to", amount(cells.getOrDefault("to", "")));
        }
        Map<String, Object> members = new LinkedHashMap<>();
        switch (kind) {
            case "increase", "decrease", "between" -> members.put(kind, values);
            case "atLeast", "atMost" -> {
                members.put(kind, values.getOrDefault("to", ""));
                if (values.containsKey("from")) {
                    members.put("from", Objects.requireNonNull(values.get("from")));
                }
            }
            default -> {
                return kind;
            }
        }
        if (cells.containsKey("warning")) {
            members.put("warning", amount(cells.getOrDefault("warning", "")));
        }
        return members;
    }

    /** The column that a place in a key result's JSON comes from. */
    private static String column(String pointer) {
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        return switch (last) {
            case "low" -> "from";
            case "high", "atLeast", "atMost" -> "to";
            case "lastComplete", "trailingDays" -> "window";
            case "checkIns" -> "unit";
            default -> KEY_RESULT.contains(last) ? last : pointer.startsWith("/target") ? "target" : "";
        };
    }

    /**
     * Check-ins as a table.
     *
     * @param plan the plan, whose units the values are in
     * @param checkIns the check-ins
     * @return a row for each check-in
     * @throws IllegalArgumentException if the plan has no such key result
     */
    public static String writeCheckIns(OkrPlan plan, Collection<CheckIn> checkIns) {
        StringBuilder text = new StringBuilder();
        Csv.write(CHECK_IN, text);
        for (CheckIn checkIn : checkIns) {
            KeyResult k = plan.keyResult(checkIn.keyResult())
                    .orElseThrow(() ->
                            new IllegalArgumentException("the plan has no key result '" + checkIn.keyResult() + "'"));
            Double confidence = checkIn.confidence();
            Csv.write(
                    List.of(
                            checkIn.keyResult(),
                            checkIn.date().toString(),
                            cell(Amounts.write(checkIn.value(), scale(plan, k).unit())),
                            confidence == null ? "" : cell(Amounts.write(confidence, Unit.SHARE)),
                            checkIn.source(),
                            checkIn.note()),
                    text);
        }
        return text.toString();
    }

    /**
     * The check-ins of a table.
     *
     * @param plan the plan, whose units the values are in
     * @param name the name that problems carry, such as {@code check-ins.csv}
     * @param csv the table, as {@link #writeCheckIns} writes it; columns may stand in any order; without a source the check-in
     *     is the owner's
     * @return the check-ins in the order of the table
     * @throws JsonProblemsException with everything that is wrong with the table
     */
    public static List<CheckIn> readCheckIns(OkrPlan plan, String name, String csv) {
        Table table = new Table(name, csv, CHECK_IN, List.of("keyResult", "date", "value"));
        Map<String, KeyResult> known = new LinkedHashMap<>();
        plan.objectives().forEach(o -> o.keyResults().forEach(k -> known.put(k.id(), k)));
        List<CheckIn> checkIns = new ArrayList<>();
        for (Csv.Row row : table.rows) {
            Map<String, String> cells = table.cells(row);
            String id = cells.getOrDefault("keyResult", "");
            KeyResult k = known.get(id);
            if (k == null) {
                table.wrong(row.line(), "keyResult", "\"" + id + "\"", Parts.unknown("key result", id, known.keySet()));
                continue;
            }
            LocalDate date = date(cells.getOrDefault("date", ""), row.line(), table);
            OptionalDouble value = value(cells, "value", scale(plan, k), row.line(), table);
            Amounts.Scale share = new Amounts.Scale(Unit.SHARE, "confidence", true);
            OptionalDouble confidence = cells.containsKey("confidence")
                    ? value(cells, "confidence", share, row.line(), table)
                    : OptionalDouble.empty();
            if (date != null && value.isPresent()) {
                CheckIn checkIn = CheckIn.of(id, date, value.getAsDouble())
                        .withSource(cells.getOrDefault("source", "owner"))
                        .withNote(cells.getOrDefault("note", ""));
                checkIns.add(confidence.isPresent() ? checkIn.withConfidence(confidence.getAsDouble()) : checkIn);
            }
        }
        table.throwIfAny();
        return List.copyOf(checkIns);
    }

    private static @Nullable LocalDate date(String cell, int line, Table table) {
        try {
            return LocalDate.parse(cell);
        } catch (DateTimeException e) {
            table.wrong(line, "date", "\"" + cell + "\"", "a date such as 2026-02-14");
            return null;
        }
    }

    private static OptionalDouble value(
            Map<String, String> cells, String column, Amounts.Scale scale, int line, Table table) {
        Problems problems = new Problems();
        LocatedJson json = LocatedJson.parse(table.name, JsonLayout.text(amount(cells.getOrDefault(column, ""))));
        OptionalDouble value = Amounts.read(json, scale, problems);
        problems.list().forEach(p -> table.wrong(line, column, p.found(), p.expected()));
        return value;
    }
}
