package io.cxmetrics.sql;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Histogram;
import io.cxmetrics.KeyedTotals;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One SQL query for many KPIs by dimensions and periods, and the reader of its answer. The query returns counts and sums
 * only; value, interval and tests come from the library, and the statistics are {@code equals} to those computed in Java.
 *
 * <pre>{@code
 * ScorecardQuery query = ScorecardQuery.over(mapping, "calls").by("channel").kpis(SurveyKpis.nps());
 * ScorecardResult result = query.read(statement.executeQuery(query.sql()));
 * }</pre>
 *
 * <p>The text is for DuckDB, or for another {@linkplain #in engine}. The relation's columns may be text or typed: each is
 * read through its text form by the format of the mapping, so that a bad value is set aside as Java sets it aside. All names
 * and values are quoted; a name or value that no SQL can hold (NUL, half a surrogate pair) is refused. Sums of real numbers
 * are made exact by returning how often each value occurs.
 *
 * <p>Times and dates are those of the years 1 to 9999; what lies outside is rejected, which Java does only for what cannot
 * be kept. The offsets of named time zones are the engine's. Times by opening hours are refused: no SQL has the user's
 * calendar. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ScorecardQuery {
    /** What a query is made of; the parts that are not given are empty. */
    private record Parts(
            SqlDialect dialect,
            ColumnMapping mapping,
            Relation relation,
            @Nullable Linker<?> linker,
            List<Dimension> dimensions,
            @Nullable Grain grain,
            String timeField,
            ZoneId zone,
            List<Kpi<?>> kpis) {}

    /** Where the rows are, in the words of an engine. */
    private interface Relation {
        String in(SqlDialect dialect);
    }

    /** A field, or the hour of the week of an instant field. */
    private record Dimension(
            String name, String field, @Nullable ZoneId clock) {}

    private final Parts parts;

    private ScorecardQuery(Parts parts) {
        this.parts = parts;
    }

    private static ScorecardQuery over(ColumnMapping mapping, Relation relation) {
        return new ScorecardQuery(
                new Parts(SqlDialect.DUCKDB, mapping, relation, null, List.of(), null, "", ZoneOffset.UTC, List.of()));
    }

    /**
     * A query over a table or view.
     *
     * @param mapping how its columns supply the fields
     * @param table the name of the table or view; it is quoted
     * @return the query, without dimensions and KPIs yet
     */
    public static ScorecardQuery over(ColumnMapping mapping, String table) {
        return over(mapping, dialect -> dialect.identifier(table));
    }

    /**
     * A query over a CSV file with a header, as DuckDB reads it.
     *
     * @param mapping how its columns supply the fields
     * @param file the path of the file
     * @return the query, without dimensions and KPIs yet
     */
    public static ScorecardQuery overCsv(ColumnMapping mapping, String file) {
        return overFiles(mapping, Files.CSV, List.of(file));
    }

    /**
     * A query over files, as DuckDB reads them; several are one relation. Columns are found by name.
     *
     * @param mapping how their columns supply the fields
     * @param kind how rows are written in the files
     * @param files the paths, at least one; a path with {@code *} or {@code ?} stands for all that match
     * @return the query, without dimensions and KPIs yet
     * @throws IllegalArgumentException if there is no file
     */
    public static ScorecardQuery overFiles(ColumnMapping mapping, Files kind, List<String> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a query over files needs at least one");
        }
        List<String> copy = List.copyOf(files);
        return over(mapping, dialect -> kind.relation(mapping.columns(), copy, dialect));
    }

    /**
     * How rows are written in files that DuckDB reads.
     *
     * @since 0.1
     */
    public enum Files {
        /** CSV with a header, comma and double quotes; an empty cell is missing. */
        CSV,
        /** One JSON object a line; only members of the mapping's columns are read. */
        JSON_LINES,
        /** Parquet; only the columns of the mapping are read. */
        PARQUET;

        private String relation(List<String> columns, List<String> files, SqlDialect dialect) {
            if (dialect != SqlDialect.DUCKDB) {
                throw new IllegalArgumentException(
                        "a query over files is for DuckDB; in " + dialect + " name a table or view");
            }
            String list = "[" + dialect.literals(files.toArray(new String[0])) + "]";
            return switch (this) {
                case CSV ->
                    "read_csv(" + list + ", header = true, all_varchar = true, nullstr = '', delim = ',', quote = '\"',"
                            + " escape = '\"', union_by_name = true)";
                case JSON_LINES -> {
                    for (String column : columns) {
                        if (column.indexOf('.') >= 0) {
                            throw new IllegalArgumentException("the nested member \"" + column
                                    + "\" of JSON Lines cannot be read in SQL; compute the scorecard in Java");
                        }
                    }
                    StringJoiner types = new StringJoiner(", ", "{", "}");
                    columns.forEach(column -> types.add(dialect.literal(column) + ": 'VARCHAR'"));
                    yield "read_json(" + list + ", format = 'newline_delimited'"
                            + (columns.isEmpty() ? "" : ", columns = " + types) + ")";
                }
                case PARQUET -> "read_parquet(" + list + ", union_by_name = true)";
            };
        }
    }

    /**
     * This query for another engine.
     *
     * @param dialect the engine; DuckDB unless it is said
     * @return the query
     */
    public ScorecardQuery in(SqlDialect dialect) {
        return new ScorecardQuery(new Parts(
                dialect,
                parts.mapping,
                parts.relation,
                parts.linker,
                parts.dimensions,
                parts.grain,
                parts.timeField,
                parts.zone,
                parts.kpis));
    }

    /**
     * This query split by the values of fields.
     *
     * @param dimension the names of text, flag or whole-number fields
     * @return the query
     */
    public ScorecardQuery by(String... dimension) {
        List<Dimension> more = new ArrayList<>(parts.dimensions);
        for (String name : dimension) {
            more.add(new Dimension(name, name, null));
        }
        return withDimensions(more);
    }

    private ScorecardQuery withDimensions(List<Dimension> dimensions) {
        Set<String> names = new LinkedHashSet<>();
        for (Dimension dimension : dimensions) {
            if (!names.add(dimension.name)) {
                throw new IllegalArgumentException("dimension '" + dimension.name + "' is named twice");
            }
        }
        return new ScorecardQuery(new Parts(
                parts.dialect,
                parts.mapping,
                parts.relation,
                parts.linker,
                List.copyOf(dimensions),
                parts.grain,
                parts.timeField,
                parts.zone,
                parts.kpis));
    }

    /**
     * This query split by the hour of the week on a clock, such as {@code 2 Tue 09}.
     *
     * @param dimension the name of the new dimension
     * @param field the name of an instant field
     * @param timeZone whose clock
     * @return the query
     */
    public ScorecardQuery byHourOfWeek(String dimension, String field, ZoneId timeZone) {
        List<Dimension> more = new ArrayList<>(parts.dimensions);
        more.add(new Dimension(dimension, field, timeZone));
        return withDimensions(more);
    }

    /**
     * This query split into calendar periods.
     *
     * @param period the length of the periods
     * @param field the name of an instant or date field
     * @param timeZone where the days begin; dates have no zone and ignore it
     * @return the query
     */
    public ScorecardQuery every(Grain period, String field, ZoneId timeZone) {
        return new ScorecardQuery(new Parts(
                parts.dialect,
                parts.mapping,
                parts.relation,
                parts.linker,
                parts.dimensions,
                period,
                field,
                timeZone,
                parts.kpis));
    }

    /**
     * This query over rows that are linked to the rows before and after them that share their key, by window functions:
     * KPIs may use the fields that a {@link Linker} adds. Rows at the same time follow each other in the order in which the
     * engine reads them, which for files is that of their lines.
     *
     * @param linker says what links; its own fields are not used, the mapping supplies them
     * @return the query
     * @throws IllegalArgumentException if the linker has no key or no time
     */
    public ScorecardQuery linked(Linker<?> linker) {
        if (linker.keys().isEmpty() || linker.time().isEmpty()) {
            throw new IllegalArgumentException("a linker needs a key, by(…), and a time, at(…)");
        }
        return new ScorecardQuery(new Parts(
                parts.dialect,
                parts.mapping,
                parts.relation,
                linker,
                parts.dimensions,
                parts.grain,
                parts.timeField,
                parts.zone,
                parts.kpis));
    }

    /**
     * This query with more KPIs.
     *
     * @param more the KPIs
     * @return the query
     * @throws IllegalArgumentException if two KPIs have one id
     */
    public ScorecardQuery kpis(Kpi<?>... more) {
        return kpis(List.of(more));
    }

    /**
     * This query with more KPIs.
     *
     * @param more the KPIs
     * @return the query
     * @throws IllegalArgumentException if two KPIs have one id
     */
    public ScorecardQuery kpis(List<? extends Kpi<?>> more) {
        List<Kpi<?>> all = new ArrayList<>(parts.kpis);
        all.addAll(more);
        Set<String> ids = new LinkedHashSet<>();
        for (Kpi<?> kpi : all) {
            if (!ids.add(kpi.id())) {
                throw new IllegalArgumentException("two KPIs of the query have the id '" + kpi.id()
                        + "'; give one of them another with withId(…)");
            }
        }
        return new ScorecardQuery(new Parts(
                parts.dialect,
                parts.mapping,
                parts.relation,
                parts.linker,
                parts.dimensions,
                parts.grain,
                parts.timeField,
                parts.zone,
                List.copyOf(all)));
    }

    /** The fields that the linker adds. */
    private Map<String, Field> linkedFields() {
        Linker<?> linker = parts.linker;
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

    /**
     * The text of the query: one common table expression for each step, each with a comment.
     *
     * @return one SELECT statement
     * @throws IllegalArgumentException if a field is not mapped, is of another type, or its format cannot be read in SQL
     */
    public String sql() {
        return new Text().sql();
    }

    /** Writes one query. */
    private final class Text {
        private final SqlDialect dialect = parts.dialect;
        private final Map<String, Field> added = linkedFields();
        private final SqlExpressions expressions = new SqlExpressions(parts.mapping, dialect, added);
        private final Set<Field> fields = new LinkedHashSet<>();
        private final List<String> steps = new ArrayList<>();
        private String last = "";

        /** A step over the step before it. */
        private void step(String comment, String name, List<String> columns) {
            String from = last.isEmpty() ? parts.relation.in(dialect) : last;
            steps.add("  -- " + comment + "\n  " + name + " AS (\n    SELECT\n      "
                    + String.join(",\n      ", columns) + "\n    FROM " + from + "\n  )");
            last = name;
        }

        private String sql() {
            List<Expression> keys = new ArrayList<>();
            for (Dimension dimension : parts.dimensions) {
                Expression key = dimension.clock == null
                        ? expressions.key(dimension.field)
                        : instant(dimension.field, "an hour of the week needs an instant");
                keys.add(key);
                fields.addAll(expressions.sourceFields(key));
            }
            Quantity<?> time = parts.grain == null ? null : expressions.time(parts.timeField);
            if (time != null) {
                if (time.type() != FieldType.INSTANT && time.type() != FieldType.DATE) {
                    throw new IllegalArgumentException("field '" + parts.timeField + "' is a " + time.type()
                            + "; periods need an instant or a date");
                }
                fields.addAll(expressions.sourceFields(time));
            }
            Linker<?> linker = parts.linker;
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
            for (Kpi<?> kpi : parts.kpis) {
                try {
                    kpi.fields().forEach(field -> fields.addAll(expressions.sourceFields(field)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("KPI " + kpi.id() + ": " + e.getMessage(), e);
                }
            }
            read(linker != null);
            if (linker != null) {
                link(linker, linkKeys, compared);
            }
            return observe(keys, time);
        }

        private Quantity<?> instant(String field, String need) {
            Quantity<?> time = expressions.time(field);
            if (time.type() != FieldType.INSTANT) {
                throw new IllegalArgumentException("field '" + field + "' is a " + time.type() + "; " + need);
            }
            return time;
        }

        /** From texts to values. */
        private void read(boolean isLinked) {
            List<String> texts = new ArrayList<>();
            List<String> clocks = new ArrayList<>(List.of("*"));
            List<String> values = new ArrayList<>();
            String place = expressions.name("", "place of the row");
            if (isLinked || fields.isEmpty()) {
                texts.add(dialect.place() + " AS " + place);
                values.add(place);
            }
            for (Field field : fields) {
                String text = expressions.textName(field);
                String value = expressions.valueName(field);
                texts.add(expressions.text(field) + " AS " + text);
                expressions.clock(field).ifPresent(clock -> clocks.add(clock + " AS " + expressions.clockName(field)));
                values.add(expressions.parsed(field) + " AS " + value);
            }
            step("The cells as text, without what means \"missing\".", "texts", texts);
            if (clocks.size() > 1) {
                step("What the clocks in local times show, in microseconds.", "clocks", clocks);
            }
            for (Field field : fields) {
                values.add(expressions.textName(field) + " AS " + expressions.textName(field));
            }
            step(
                    "The texts as values: times in microseconds, money in minor units; NULL if the text is wrong.",
                    "parsed",
                    values);
            List<String> checked = new ArrayList<>(List.of("*"));
            for (Field field : fields) {
                checked.add(expressions.textName(field) + " IS NOT NULL AND " + expressions.valueName(field)
                        + " IS NULL AS " + expressions.rejectedName(field));
            }
            step("Which values were rejected.", "vals", checked);
        }

        /** What comes before and after each row that shares its key. */
        private void link(Linker<?> linker, List<Expression> parts, List<Expression> compared) {
            String state = expressions.name("", "link");
            StringBuilder states = new StringBuilder("CASE");
            for (Expression part : parts) {
                String value = expressions.value(part);
                states.append("\n        WHEN (")
                        .append(value)
                        .append(") IS NULL THEN CASE WHEN ")
                        .append(expressions.rejected(part))
                        .append(" THEN 'rejected' ELSE 'missing' END");
                if (part == parts.get(0)) {
                    states.append("\n        WHEN NOT (").append(value).append(") THEN 'apart'");
                }
            }
            step(
                    "Which rows are linked.",
                    "linkable",
                    List.of("*", states + "\n        ELSE 'linked'\n      END AS " + state));
            String time = expressions.value(parts.get(parts.size() - 1));
            StringJoiner keys = new StringJoiner(", ");
            keys.add(state);
            parts.subList(1, parts.size() - 1).forEach(key -> keys.add(expressions.value(key)));
            String window = " OVER (PARTITION BY " + keys + " ORDER BY " + time + ", "
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
            String maximum = " BETWEEN " + -field.type().maximum() + " AND "
                    + field.type().maximum();
            columns.add("CASE WHEN " + state + " = 'linked' AND " + value + maximum + " THEN " + value + " END AS "
                    + expressions.valueName(field));
            columns.add("(" + state + " = 'rejected' OR (" + state + " = 'linked' AND coalesce(NOT (" + value + maximum
                    + "), FALSE))) AS " + expressions.rejectedName(field));
        }

        private void plain(List<String> columns, String name, String value, String state) {
            columns.add("CASE WHEN " + state + " = 'linked' THEN " + value + " END AS "
                    + expressions.valueName(field(name)));
            columns.add("(" + state + " = 'rejected') AS " + expressions.rejectedName(field(name)));
        }

        private Field field(String name) {
            return Objects.requireNonNull(added.get(name));
        }

        /** From values to what each KPI sees in a row, and the sums of that. */
        private String observe(List<Expression> keys, @Nullable Quantity<?> time) {
            List<String> observed = new ArrayList<>(List.of("*"));
            List<String> columns = new ArrayList<>();
            List<String> groups = new ArrayList<>();
            for (int d = 0; d < keys.size(); d++) {
                Dimension dimension = parts.dimensions.get(d);
                String value = expressions.value(keys.get(d));
                String label = dimension.clock == null
                        ? "CAST(" + value + " AS " + dialect.text() + ")"
                        : expressions.times().hourOfWeek(value, dimension.clock);
                group(observed, columns, groups, "dimension " + (d + 1), label, expressions.rejected(keys.get(d)));
            }
            Grain grain = parts.grain;
            if (time != null && grain != null) {
                String value = expressions.value(time);
                String first = time.type() == FieldType.DATE
                        ? expressions.times().period(value, grain)
                        : expressions.times().periodOfInstant(value, grain, parts.zone);
                String period = expressions.name("", "period");
                observed.add("CAST(" + first + " AS " + dialect.text() + ") AS " + period);
                columns.add(period);
                groups.add(period);
            }
            columns.add("count(*) AS " + dialect.identifier("rows"));
            for (Kpi<?> kpi : parts.kpis) {
                observed.add(outcome(kpi));
                columns(kpi).forEach((label, text) -> columns.add(text + " AS " + dialect.identifier(label)));
            }
            step("What each KPI makes of each row: used, ineligible, missing or rejected.", "observed", observed);
            return "-- One row for each cell: counts and sums, from which values and intervals are computed.\nWITH\n"
                    + String.join(",\n", steps) + "\nSELECT\n  " + String.join(",\n  ", columns) + "\nFROM " + last
                    + (groups.isEmpty() ? "" : "\nGROUP BY\n  " + String.join(",\n  ", groups));
        }

        private void group(
                List<String> observed,
                List<String> columns,
                List<String> groups,
                String what,
                String value,
                String rejected) {
            String name = expressions.name("", what);
            String rejectedName = expressions.name("is rejected", what);
            observed.add(value + " AS " + name);
            observed.add("(" + value + ") IS NULL AND " + rejected + " AS " + rejectedName);
            for (String column : List.of(name, rejectedName)) {
                columns.add(column);
                groups.add(column);
            }
        }

        private String outcomeName(Kpi<?> kpi) {
            return expressions.name("outcome", kpi.id());
        }

        private String outcome(Kpi<?> kpi) {
            StringJoiner known = new StringJoiner(" AND ");
            StringJoiner rejected = new StringJoiner(" OR ");
            for (Expression required : kpi.definition().required()) {
                known.add("(" + expressions.value(required) + ") IS NOT NULL");
                // A condition that is decided in spite of a rejected operand does not reject the row.
                rejected.add(
                        "((" + expressions.value(required) + ") IS NULL AND " + expressions.rejected(required) + ")");
            }
            String where = expressions.value(kpi.where());
            return "CASE\n        WHEN " + where + " THEN CASE WHEN " + known + " THEN 'used' WHEN " + rejected
                    + " THEN 'rejected' ELSE 'missing' END\n        WHEN NOT (" + where
                    + ") THEN 'ineligible'\n        WHEN " + expressions.rejected(kpi.where())
                    + " THEN 'rejected'\n        ELSE 'missing'\n      END AS " + outcomeName(kpi);
        }

        /** The columns of a KPI's account and totals, in the order in which they are read. */
        private Map<String, String> columns(Kpi<?> kpi) {
            Map<String, String> columns = new LinkedHashMap<>();
            String outcome = outcomeName(kpi);
            for (String word : new String[] {"used", "ineligible", "missing", "rejected"}) {
                columns.put(kpi.id() + ": " + word, "count(*) FILTER (WHERE " + outcome + " = '" + word + "')");
            }
            String used = outcome + " = 'used'";
            List<Aggregate> aggregates = kpi.definition().aggregates();
            for (int a = 0; a < aggregates.size(); a++) {
                String label = kpi.id() + ": total " + (a + 1);
                Aggregate aggregate = aggregates.get(a);
                if (aggregate instanceof Aggregate.Count count) {
                    columns.put(
                            label, "count(*) FILTER (WHERE " + used + " AND " + expressions.value(count.of()) + ")");
                } else if (aggregate instanceof Aggregate.Tally tally) {
                    for (int v = tally.lowest(); v <= tally.highest(); v++) {
                        columns.put(
                                label + " at " + v,
                                "count(*) FILTER (WHERE " + used + " AND " + expressions.value(tally.of()) + " = " + v
                                        + ")");
                    }
                } else if (aggregate instanceof Aggregate.Histogram histogram) {
                    columns.put(label, dialect.occurrences(text(histogram.of())) + " FILTER (WHERE " + used + ")");
                } else if (aggregate instanceof Aggregate.Keyed keyed) {
                    columns.put(label, dialect.occurrences(keyed(keyed)) + " FILTER (WHERE " + used + ")");
                } else if (aggregate instanceof Aggregate.Sum sum) {
                    columns.put(label, sum(sum) + " FILTER (WHERE " + used + ")");
                }
            }
            return columns;
        }

        private String text(Expression of) {
            return "CAST(" + expressions.value(of) + " AS " + dialect.text() + ")";
        }

        private String sum(Aggregate.Sum sum) {
            Quantity<?> times = sum.times();
            if (isReal(sum)) {
                return dialect.occurrences(text(sum.of()) + (times == null ? "" : " || ' ' || " + text(times)));
            }
            return "sum(CAST(" + expressions.value(sum.of()) + " AS " + dialect.huge() + ")"
                    + (times == null ? "" : " * " + expressions.value(times)) + ")";
        }

        /** A hashed key with its values, written with blanks between. */
        private String keyed(Aggregate.Keyed keyed) {
            StringJoiner row = new StringJoiner(" || ' ' || ");
            row.add("substr(" + dialect.hash(expressions.value(keyed.key())) + ", 1, 16)");
            for (Aggregate of : keyed.of()) {
                if (of instanceof Aggregate.Count count) {
                    row.add("(CASE WHEN " + expressions.value(count.of()) + " THEN '1' ELSE '0' END)");
                } else if (of instanceof Aggregate.Sum sum) {
                    row.add(text(sum.of()));
                }
            }
            return row.toString();
        }
    }

    private static boolean isReal(Aggregate.Sum sum) {
        return sum.of().type() == FieldType.NUMBER
                || (sum.times() != null && sum.times().type() == FieldType.NUMBER);
    }

    /**
     * Reads the answer of the query.
     *
     * @param rows the result set, before its first row; it is read to its end and left open
     * @return the scorecard's result; its intake counts rows, while lines that the engine could not read as rows and samples
     *     of rejected values are known to the engine only
     * @throws SQLException if the engine fails
     */
    public ScorecardResult read(ResultSet rows) throws SQLException {
        List<List<Object>> read = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<@Nullable Object> row = new ArrayList<>(columns);
            for (int c = 1; c <= columns; c++) {
                row.add(rows.getObject(c));
            }
            read.add(row);
        }
        return read(read);
    }

    /**
     * Reads the answer of the query from an engine without JDBC.
     *
     * @param rows the rows, each with the values in the order of the query's columns; lists of texts as a {@link Collection}
     * @return the scorecard's result, as {@link #read(ResultSet)} gives it
     */
    public ScorecardResult read(Iterable<? extends List<?>> rows) {
        SortedMap<Cell, List<Statistic<?>>> cells = new TreeMap<>();
        long all = 0;
        for (List<?> row : rows) {
            Iterator<?> values = row.iterator();
            List<Label> labels = new ArrayList<>();
            for (int d = 0; d < parts.dimensions.size(); d++) {
                Object text = values.next();
                boolean rejected = Boolean.TRUE.equals(values.next());
                labels.add(text != null ? Label.of(text.toString()) : rejected ? Label.REJECTED : Label.MISSING);
            }
            Grain grain = parts.grain;
            Object first = grain == null ? null : values.next();
            Period period = first == null || grain == null ? null : grain.of(date(first.toString()));
            all += number(values);
            List<Statistic<?>> statistics = new ArrayList<>();
            for (Kpi<?> kpi : parts.kpis) {
                statistics.add(statistic(values, kpi));
            }
            if (all > 0) {
                cells.put(new Cell(period, labels), statistics);
            }
        }
        boolean isInstant = parts.grain != null
                && new SqlExpressions(parts.mapping, parts.dialect, linkedFields())
                                .time(parts.timeField)
                                .type()
                        == FieldType.INSTANT;
        return new ScorecardResult(
                new ScorecardResult.Shape(
                        parts.kpis,
                        parts.dimensions.stream().map(Dimension::name).toList(),
                        parts.grain,
                        isInstant ? parts.zone : null),
                cells,
                new Intake(all, 0, new TreeMap<>(), List.of()));
    }

    /** DuckDB writes the year 0, in which a fiscal year may begin, as 1 before Christ. */
    private static LocalDate date(String text) {
        return text.endsWith(" (BC)")
                ? LocalDate.parse(text.substring(0, 10)).withYear(1 - Integer.parseInt(text.substring(0, 4)))
                : LocalDate.parse(text);
    }

    private static long number(Iterator<?> values) {
        return Long.parseLong(String.valueOf(values.next()));
    }

    private static <S extends Statistic<S>> S statistic(Iterator<?> values, Kpi<S> kpi) {
        Counts counts = new Counts(number(values), number(values), number(values), number(values));
        List<Total> totals = new ArrayList<>();
        for (Aggregate aggregate : kpi.definition().aggregates()) {
            if (aggregate instanceof Aggregate.Tally tally) {
                long[] tallied = new long[tally.highest() - tally.lowest() + 1];
                for (int v = 0; v < tallied.length; v++) {
                    tallied[v] = number(values);
                }
                totals.add(new Total.Tally(tallied));
            } else if (aggregate instanceof Aggregate.Histogram histogram) {
                totals.add(histogram(histogram, occurrences(values.next())));
            } else if (aggregate instanceof Aggregate.Keyed keyed) {
                totals.add(keyed(keyed.of(), occurrences(values.next())));
            } else if (aggregate instanceof Aggregate.Sum sum && isReal(sum)) {
                totals.add(new Total.Exact(sum(occurrences(values.next()))));
            } else {
                Object value = values.next();
                totals.add(new Total.Exact(value == null ? BigDecimal.ZERO : new BigDecimal(value.toString())));
            }
        }
        return kpi.definition().statistic(kpi, counts, totals);
    }

    /** How often each text occurs, from a map or from a list of them. */
    private static Map<String, Long> occurrences(@Nullable Object counted) {
        Map<String, Long> occurrences = new HashMap<>();
        if (counted instanceof Map<?, ?> map) {
            map.forEach((text, count) -> occurrences.put(text.toString(), Long.parseLong(count.toString())));
        } else if (counted instanceof Collection<?> texts) {
            texts.forEach(text -> occurrences.merge(String.valueOf(text), 1L, Math::addExact));
        } else if (counted != null) {
            throw new IllegalArgumentException(
                    "expected a map or a collection of texts from the engine, found " + counted.getClass());
        }
        return occurrences;
    }

    private static Total histogram(Aggregate.Histogram aggregate, Map<String, Long> counted) {
        FieldType type = aggregate.of().type();
        TreeMap<Long, Long> sorted = new TreeMap<>();
        counted.forEach((text, count) -> {
            long encoded =
                    type == FieldType.NUMBER ? FieldType.encodeNumber(Double.parseDouble(text)) : Long.parseLong(text);
            sorted.merge(encoded, count, Math::addExact);
        });
        long[] values = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] counts = sorted.values().stream().mapToLong(Long::longValue).toArray();
        return Histogram.ofValues(type, aggregate.bits(), values, counts);
    }

    private static Total keyed(List<Aggregate> of, Map<String, Long> counted) {
        Map<Long, List<BigDecimal>> byKey = new HashMap<>();
        counted.forEach((row, count) -> {
            String[] parts = row.split(" ", -1);
            List<BigDecimal> sums = byKey.computeIfAbsent(
                    KeyedTotals.parse(parts[0]),
                    key -> new ArrayList<>(Collections.nCopies(of.size(), BigDecimal.ZERO)));
            for (int a = 0; a < of.size(); a++) {
                boolean real = of.get(a) instanceof Aggregate.Sum sum && isReal(sum);
                BigDecimal value =
                        real ? new BigDecimal(Double.parseDouble(parts[a + 1])) : new BigDecimal(parts[a + 1]);
                sums.set(a, sums.get(a).add(value.multiply(BigDecimal.valueOf(count))));
            }
        });
        return KeyedTotals.of(of.size(), byKey);
    }

    /** The exact sum of values, or of products of two values divided by a blank, each times its count. */
    private static BigDecimal sum(Map<String, Long> occurrences) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, Long> entry : occurrences.entrySet()) {
            BigDecimal term = BigDecimal.valueOf(entry.getValue());
            for (String factor : entry.getKey().split(" ", -1)) {
                term = term.multiply(new BigDecimal(Double.parseDouble(factor)));
            }
            sum = sum.add(term);
        }
        return sum;
    }
}
