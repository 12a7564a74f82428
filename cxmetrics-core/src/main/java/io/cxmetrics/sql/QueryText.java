package io.cxmetrics.sql;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.time.Grain;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes one query, step by step: from cells to texts, to values, to what each KPI sees in a row, to counts and sums. */
final class QueryText {
    /** What stands for a condition that no row meets. */
    private static final String ALWAYS_FALSE = "FALSE";

    private final ScorecardQuery.Parts parts;
    private final SqlDialect dialect;
    private final Map<String, Field> added;
    private final SqlExpressions expressions;
    private final SqlSums sums;
    /** The fields that columns supply and that are needed. */
    private final Set<Field> fields = new LinkedHashSet<>();

    private final List<String> steps = new ArrayList<>();
    private String last = "";

    /** What the labels of dimensions and the period are in rows for which they were looked up. */
    private final Map<String, String> lookedUp = new LinkedHashMap<>();

    QueryText(ScorecardQuery.Parts parts) {
        this.parts = parts;
        this.dialect = parts.dialect();
        this.added = linkedFields();
        this.expressions = new SqlExpressions(parts.mapping(), dialect, added, parts.columnTypes());
        this.sums = new SqlSums(parts.kpis(), dialect, expressions);
    }

    SqlSums sums() {
        return sums;
    }

    /** Whether periods are made of instants and not of dates. */
    boolean hasInstants() {
        return parts.grain() != null && expressions.time(parts.timeField()).type() == FieldType.INSTANT;
    }

    /** The query that counts and sums. */
    String sql() {
        List<String> cell = observe(false);
        List<String> columns = new ArrayList<>(cell);
        List<String> groups = new ArrayList<>(cell);
        groups.removeIf(ALWAYS_FALSE::equals);
        if (parts.grain() != null) {
            int period = columns.size() - 1;
            columns.set(period, "CAST(" + columns.get(period) + " AS " + dialect.text() + ")");
        }
        columns.add("count(*) AS " + dialect.identifier("rows"));
        sums.columns().forEach((label, text) -> columns.add(text + " AS " + dialect.identifier(label)));
        return "-- One row for each cell: counts and sums, from which values and intervals are computed.\n"
                + with(columns) + (groups.isEmpty() ? "" : "\nGROUP BY\n  " + String.join(",\n  ", groups));
    }

    /** The query that returns the rows with a value that was rejected. */
    String rejectedRows() {
        List<String> groups = observe(true);
        List<String> columns = new ArrayList<>(List.of(expressions.name("", "place of the row")));
        parts.mapping().columns().forEach(column -> columns.add(expressions.name("cell", column)));
        StringJoiner any = new StringJoiner("\n  OR ");
        any.setEmptyValue("FALSE");
        for (int d = 0; d < parts.dimensions().size(); d++) {
            any.add(groups.get(2 * d + 1));
        }
        if (parts.grain() != null) {
            any.add(expressions.rejected(expressions.time(parts.timeField())));
        }
        String rejected = sums.anyRejected();
        if (!rejected.isEmpty()) {
            any.add(rejected);
        }
        // The condition looks at what every step has made. Put into the place of its parts, as the optimiser would do,
        // it
        // would make everything anew for each of them: minutes instead of a second.
        if (dialect == SqlDialect.DUCKDB) {
            steps.replaceAll(step -> step.replaceFirst(" AS (?:NOT MATERIALIZED )?\\(\n", " AS MATERIALIZED (\n"));
        }
        return "-- The rows with a value that was rejected, as they were read.\n" + with(columns) + "\nWHERE\n  " + any;
    }

    private String with(List<String> columns) {
        return "WITH\n" + String.join(",\n", steps) + "\nSELECT\n  " + String.join(",\n  ", columns) + "\nFROM " + last;
    }

    /** A step over the step before it. */
    private void step(String comment, String name, List<String> columns) {
        step(comment, name, columns, last.isEmpty() ? parts.relation().in(dialect) : last);
        last = name;
    }

    private void step(String comment, String name, List<String> columns, String from) {
        steps.add("  -- " + comment + "\n  " + name + " AS (\n    SELECT\n      " + String.join(",\n      ", columns)
                + "\n    FROM " + from + "\n  )");
    }

    /** All steps up to what each KPI sees in a row; returns the columns of the cell. */
    private List<String> observe(boolean withCells) {
        List<Expression> keys = new ArrayList<>();
        for (ScorecardQuery.Dimension dimension : parts.dimensions()) {
            Expression key = dimension.clock() == null
                    ? expressions.key(dimension.field())
                    : instant(dimension.field(), "an hour of the week needs an instant");
            keys.add(key);
            fields.addAll(expressions.sourceFields(key));
        }
        Quantity<?> time = parts.grain() == null ? null : expressions.time(parts.timeField());
        if (time != null) {
            if (time.type() != FieldType.INSTANT && time.type() != FieldType.DATE) {
                throw new IllegalArgumentException("field '" + parts.timeField() + "' is a " + time.type()
                        + "; periods need an instant or a date");
            }
            fields.addAll(expressions.sourceFields(time));
        }
        Linker<?> linker = parts.linker();
        List<Expression> linkKeys = new ArrayList<>();
        List<Expression> compared = new ArrayList<>();
        if (linker != null) {
            linkKeys.add(linker.condition());
            linker.keys().forEach(key -> linkKeys.add(expressions.key(key)));
            linkKeys.add(instant(linker.time(), "linking needs an instant"));
            linker.compared().forEach(name -> compared.add(expressions.key(name)));
            linkKeys.forEach(key -> fields.addAll(expressions.sourceFields(key)));
            compared.forEach(key -> fields.addAll(expressions.sourceFields(key)));
        }
        for (Kpi<?> kpi : parts.kpis()) {
            try {
                kpi.fields().forEach(field -> fields.addAll(expressions.sourceFields(field)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("KPI " + kpi.id() + ": " + e.getMessage(), e);
            }
        }
        read(linker != null || withCells, withCells ? parts.mapping().columns() : List.of());
        lookUp(keys, time);
        if (linker != null) {
            link(linker, linkKeys, compared);
        }
        List<String> observed = new ArrayList<>(List.of("*"));
        List<String> cell = cell(keys, time, observed);
        observed.addAll(sums.outcomes());
        step("What each KPI makes of each row: used, ineligible or rejected; missing otherwise.", "observed", observed);
        return cell;
    }

    private Quantity<?> instant(String field, String need) {
        Quantity<?> time = expressions.time(field);
        if (time.type() != FieldType.INSTANT) {
            throw new IllegalArgumentException("field '" + field + "' is a " + time.type() + "; " + need);
        }
        return time;
    }

    /** From texts to values. */
    private void read(boolean withPlace, List<String> cells) {
        List<String> texts = new ArrayList<>();
        List<String> clocks = new ArrayList<>(List.of("*"));
        List<String> values = new ArrayList<>();
        String place = expressions.name("", "place of the row");
        if (withPlace || fields.isEmpty()) {
            texts.add(dialect.place() + " AS " + place);
            values.add(place);
        }
        for (String column : cells) {
            String cell = expressions.name("cell", column);
            texts.add("CAST(" + dialect.identifier(column) + " AS " + dialect.text() + ") AS " + cell);
            values.add(cell);
        }
        for (Field field : fields) {
            texts.add(expressions.text(field) + " AS " + expressions.textName(field));
            expressions.clock(field).ifPresent(clock -> clocks.add(clock + " AS " + expressions.clockName(field)));
        }
        step(
                "The cells without what means \"missing\": as they are where the type of the column suits, or as text.",
                "texts",
                texts);
        if (clocks.size() > 1) {
            step("What the clocks in local times show, in microseconds.", "clocks", clocks);
        }
        for (Field field : fields) {
            values.add(instantOfClock(field) + " AS " + expressions.valueName(field));
            if (expressions.canReject(field)) {
                values.add(expressions.textName(field));
            }
        }
        step(
                "The values: times in microseconds, money in minor units; NULL if the field cannot hold what was found.",
                "parsed",
                values);
        List<String> checked = new ArrayList<>(List.of("*"));
        for (Field field : fields) {
            if (expressions.canReject(field)) {
                checked.add(expressions.textName(field) + " IS NOT NULL AND " + expressions.valueName(field)
                        + " IS NULL AS " + expressions.rejectedName(field));
            }
        }
        if (checked.size() > 1) {
            step("Which values were rejected.", "vals", checked);
        }
    }

    /** The value of a field; of a local time, the instant that was looked up for the hour in which its clock stands. */
    private String instantOfClock(Field field) {
        Optional<ZoneUnit> unit = expressions.zone(field).flatMap(this::unit);
        if (unit.isEmpty()) {
            return expressions.parsed(field);
        }
        String clock = expressions.clockName(field);
        String hour = unit.get().beginOf(clock, dialect);
        String from = expressions.name("begins", field.name());
        lookUp("instants of " + field.name(), hour, begin -> expressions.times().instant(begin, field(field)), from);
        return from + " + (" + clock + " - " + hour + ")";
    }

    private Format.InstantAs field(Field field) {
        return (Format.InstantAs)
                Objects.requireNonNull(parts.mapping().sources().get(field.name()))
                        .format();
    }

    private Optional<ZoneUnit> unit(ZoneId zone) {
        return dialect.looksZonesUpSlowly() ? ZoneUnit.of(zone) : Optional.empty();
    }

    /** Finds labels that depend on the clock of a zone once for each hour that occurs instead of once for each row. */
    private void lookUp(List<Expression> keys, @Nullable Quantity<?> time) {
        for (int d = 0; d < keys.size(); d++) {
            ZoneId clock = parts.dimensions().get(d).clock();
            if (clock != null) {
                lookUp(
                        "dimension " + (d + 1),
                        (Quantity<?>) keys.get(d),
                        clock,
                        hour -> expressions.times().hourOfWeek(hour, clock));
            }
        }
        Grain grain = parts.grain();
        if (time != null && grain != null && time.type() == FieldType.INSTANT) {
            lookUp(
                    "period",
                    time,
                    parts.zone(),
                    hour -> expressions.times().periodOfInstant(hour, grain, parts.zone()));
        }
    }

    private void lookUp(String what, Quantity<?> time, ZoneId zone, UnaryOperator<String> label) {
        boolean isLinked = time.fields().stream().anyMatch(field -> added.containsKey(field.name()));
        Optional<ZoneUnit> unit = isLinked ? Optional.empty() : unit(zone);
        if (unit.isPresent()) {
            String column = expressions.name("of its hour", what);
            lookUp(what + "s", unit.get().beginOf(expressions.value(time), dialect), label, column);
            lookedUp.put(what, column);
        }
    }

    /** Adds a column to each row: what follows from a key, made once for each key. */
    private void lookUp(String what, String key, UnaryOperator<String> value, String column) {
        String begin = expressions.name("begin", what);
        String table = dialect.identifier("hours of " + what);
        String rows = last;
        // To keep all rows to find their hours would take longer than to read them twice.
        steps.replaceAll(step -> step.replaceFirst(" AS \\(\n", " AS NOT MATERIALIZED (\n"));
        step(
                "What the clock shows changes at full hours only: so it is looked up once for each hour.",
                table,
                List.of(begin, value.apply(begin) + " AS " + column),
                "(SELECT DISTINCT " + key + " AS " + begin + " FROM " + rows + ")");
        step(
                "Each row with what was looked up for its hour.",
                dialect.identifier("rows with " + what),
                List.of(rows + ".*", column),
                rows + " LEFT JOIN " + table + " ON " + begin + " = " + key);
        last = dialect.identifier("rows with " + what);
    }

    /** What comes before and after each row that shares its key. */
    private void link(Linker<?> linker, List<Expression> keys, List<Expression> compared) {
        String state = expressions.name("", "link");
        StringBuilder states = new StringBuilder("CASE");
        for (Expression part : keys) {
            String value = expressions.value(part);
            states.append("\n        WHEN (")
                    .append(value)
                    .append(") IS NULL THEN CASE WHEN ")
                    .append(expressions.rejected(part))
                    .append(" THEN 'rejected' ELSE 'missing' END");
            if (part == keys.get(0)) {
                states.append("\n        WHEN NOT (").append(value).append(") THEN 'apart'");
            }
        }
        step(
                "Which rows are linked.",
                "linkable",
                List.of("*", states + "\n        ELSE 'linked'\n      END AS " + state));
        String time = expressions.value(keys.get(keys.size() - 1));
        StringJoiner partition = new StringJoiner(", ");
        partition.add(state);
        keys.subList(1, keys.size() - 1).forEach(key -> partition.add(expressions.value(key)));
        String window = " OVER (PARTITION BY " + partition + " ORDER BY " + time + ", "
                + expressions.name("", "place of the row") + ")";
        List<String> around = new ArrayList<>(List.of("*"));
        String next = expressions.name("", "next at");
        String previous = expressions.name("", "previous at");
        String latest = expressions.name("", "observed until");
        around.add("lead(" + time + ")" + window + " AS " + next);
        around.add("lag(" + time + ")" + window + " AS " + previous);
        around.add("first_value(" + time + ")" + window + " AS " + expressions.name("", "first of key"));
        around.add("row_number()" + window + " AS " + expressions.name("", "number in key"));
        around.add(linker.until()
                        .map(until -> Long.toString(FieldType.INSTANT.encode(until)))
                        .orElse("max(CASE WHEN " + state + " = 'linked' THEN " + time + " END) OVER ()")
                + " AS " + latest);
        for (int c = 0; c < compared.size(); c++) {
            around.add("lag(" + expressions.value(compared.get(c)) + ")" + window + " AS "
                    + expressions.name("before " + c, linker.compared().get(c)));
        }
        step("The rows before and after each row of the same key.", "neighbours", around);
        List<String> linked = new ArrayList<>(List.of("*"));
        span(linked, Linker.TIME_TO_NEXT, "(" + next + " - " + time + ")", state);
        span(linked, Linker.TIME_SINCE_PREVIOUS, "(" + time + " - " + previous + ")", state);
        span(linked, Linker.OBSERVED_FOR, "(" + latest + " - " + time + ")", state);
        plain(linked, Linker.OCCURRENCE, expressions.name("", "number in key"), state);
        plain(linked, Linker.FIRST_AT, expressions.name("", "first of key"), state);
        for (int c = 0; c < compared.size(); c++) {
            String name = linker.compared().get(c);
            plain(
                    linked,
                    name + "-changed",
                    "CASE WHEN " + expressions.name("", "number in key") + " = 1 THEN FALSE ELSE "
                            + expressions.value(compared.get(c)) + " <> " + expressions.name("before " + c, name)
                            + " END",
                    state);
        }
        step("The fields that linking adds.", "linked", linked);
    }

    private void span(List<String> columns, String name, String value, String state) {
        Field field = field(name);
        String maximum =
                " BETWEEN " + -field.type().maximum() + " AND " + field.type().maximum();
        columns.add("CASE WHEN " + state + " = 'linked' AND " + value + maximum + " THEN " + value + " END AS "
                + expressions.valueName(field));
        columns.add("(" + state + " = 'rejected' OR (" + state + " = 'linked' AND coalesce(NOT (" + value + maximum
                + "), FALSE))) AS " + expressions.rejectedName(field));
    }

    private void plain(List<String> columns, String name, String value, String state) {
        columns.add(
                "CASE WHEN " + state + " = 'linked' THEN " + value + " END AS " + expressions.valueName(field(name)));
        columns.add("(" + state + " = 'rejected') AS " + expressions.rejectedName(field(name)));
    }

    private Field field(String name) {
        return Objects.requireNonNull(added.get(name));
    }

    /** The columns by which rows are grouped. */
    private List<String> cell(List<Expression> keys, @Nullable Quantity<?> time, List<String> observed) {
        List<String> groups = new ArrayList<>();
        for (int d = 0; d < keys.size(); d++) {
            ScorecardQuery.Dimension dimension = parts.dimensions().get(d);
            String value = expressions.value(keys.get(d));
            String what = "dimension " + (d + 1);
            String found = lookedUp.get(what);
            String label = found != null
                    ? found
                    : dimension.clock() == null
                            ? "CAST(" + value + " AS " + dialect.text() + ")"
                            : expressions.times().hourOfWeek(value, dimension.clock());
            group(observed, groups, what, label, expressions.rejected(keys.get(d)));
        }
        Grain grain = parts.grain();
        if (time != null && grain != null) {
            String value = expressions.value(time);
            String found = lookedUp.get("period");
            String first = found != null
                    ? found
                    : time.type() == FieldType.DATE
                            ? expressions.times().period(value, grain)
                            : expressions.times().periodOfInstant(value, grain, parts.zone());
            String period = expressions.name("", "period");
            observed.add(first + " AS " + period);
            groups.add(period);
        }
        return groups;
    }

    private void group(List<String> observed, List<String> groups, String what, String value, String rejected) {
        String name = expressions.name("", what);
        String rejectedName = expressions.name("is rejected", what);
        observed.add(value + " AS " + name);
        groups.add(name);
        if (rejected.equals(ALWAYS_FALSE)) {
            groups.add(ALWAYS_FALSE);
        } else {
            observed.add("(" + value + ") IS NULL AND " + rejected + " AS " + rejectedName);
            groups.add(rejectedName);
        }
    }

    /** The fields that the linker adds. */
    private Map<String, Field> linkedFields() {
        Linker<?> linker = parts.linker();
        Map<String, Field> fields = new LinkedHashMap<>();
        if (linker != null) {
            add(fields, Field.of(Linker.TIME_TO_NEXT, FieldType.DURATION));
            add(fields, Field.of(Linker.TIME_SINCE_PREVIOUS, FieldType.DURATION));
            add(fields, Field.of(Linker.OBSERVED_FOR, FieldType.DURATION));
            add(fields, Field.of(Linker.OCCURRENCE, FieldType.WHOLE));
            add(fields, Field.of(Linker.FIRST_AT, FieldType.INSTANT));
            linker.compared().forEach(name -> add(fields, Field.of(name + "-changed", FieldType.FLAG)));
        }
        return fields;
    }

    private static void add(Map<String, Field> fields, Field field) {
        fields.put(field.name(), field);
    }
}
