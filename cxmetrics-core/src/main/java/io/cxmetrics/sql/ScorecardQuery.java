package io.cxmetrics.sql;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Linker;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    record Parts(
            SqlDialect dialect,
            ColumnMapping mapping,
            Relation relation,
            Map<String, String> columnTypes,
            @Nullable Linker<?> linker,
            List<Dimension> dimensions,
            @Nullable Grain grain,
            String timeField,
            ZoneId zone,
            List<Kpi<?>> kpis) {}

    /** Where the rows are, in the words of an engine. */
    interface Relation {
        String in(SqlDialect dialect);
    }

    /** A field, or the hour of the week of an instant field. */
    record Dimension(String name, String field, @Nullable ZoneId clock) {}

    private final Parts parts;

    private ScorecardQuery(Parts parts) {
        this.parts = parts;
    }

    private static ScorecardQuery over(ColumnMapping mapping, Relation relation) {
        return new ScorecardQuery(new Parts(
                SqlDialect.DUCKDB, mapping, relation, Map.of(), null, List.of(), null, "", ZoneOffset.UTC, List.of()));
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
        /**
         * One JSON object a line; only members of the mapping's columns are read, those of nested objects by dotted path.
         * Where a path leads to several members, the first that has a value counts, and not the last as in Java. The text of
         * a number is as DuckDB writes it: {@code 1.5} for {@code 1.50}.
         */
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
                case JSON_LINES -> jsonLines(columns, list, dialect);
                case PARQUET -> "read_parquet(" + list + ", union_by_name = true)";
            };
        }

        /** Members of nested objects are columns by their path: a dot may be part of a name or stand between names. */
        private static String jsonLines(List<String> columns, String list, SqlDialect dialect) {
            boolean isNested = columns.stream().anyMatch(column -> column.indexOf('.') >= 0);
            Set<String> members = new LinkedHashSet<>(columns);
            StringJoiner cells = new StringJoiner(", ");
            for (String column : columns) {
                StringJoiner found = new StringJoiner(", ", "coalesce(", ")");
                found.add(dialect.identifier(column) + " ->> '$'");
                for (int dot = column.indexOf('.'); dot >= 0; dot = column.indexOf('.', dot + 1)) {
                    String outer = column.substring(0, dot);
                    members.add(outer);
                    for (List<String> names : paths(column.substring(dot + 1))) {
                        found.add("json_extract_string(" + dialect.identifier(outer) + ", "
                                + dialect.literal(path(names)) + ")");
                    }
                }
                cells.add(found + " AS " + dialect.identifier(column));
            }
            StringJoiner types = new StringJoiner(", ", "{", "}");
            members.forEach(member -> types.add(dialect.literal(member) + (isNested ? ": 'JSON'" : ": 'VARCHAR'")));
            String read = "read_json(" + list + ", format = 'newline_delimited'"
                    + (columns.isEmpty() ? "" : ", columns = " + types) + ")";
            return isNested ? "(SELECT " + cells + " FROM " + read + ")" : read;
        }

        /** All ways to read dots: as parts of names and as ends of them. */
        private static List<List<String>> paths(String rest) {
            List<List<String>> paths = new ArrayList<>();
            for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.', dot + 1)) {
                for (List<String> inner : paths(rest.substring(dot + 1))) {
                    List<String> path = new ArrayList<>(List.of(rest.substring(0, dot)));
                    path.addAll(inner);
                    paths.add(path);
                }
            }
            paths.add(List.of(rest));
            return paths;
        }

        /** A JSON pointer; a path of the other kind where a pointer would also mean an element of an array. */
        private static String path(List<String> names) {
            StringBuilder path = new StringBuilder();
            if (names.stream().noneMatch(name -> name.matches("[0-9]+"))) {
                names.forEach(
                        name -> path.append('/').append(name.replace("~", "~0").replace("/", "~1")));
                return path.toString();
            } else if (names.stream().anyMatch(name -> name.matches(".*[*\"\\\\].*"))) {
                throw new IllegalArgumentException("the nested member \"" + String.join(".", names)
                        + "\" of JSON Lines has a name that SQL cannot read beside one of digits alone; compute the scorecard in"
                        + " Java");
            }
            names.forEach(name -> path.append(".\"").append(name).append('"'));
            return "$" + path;
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
                parts.columnTypes,
                parts.linker,
                parts.dimensions,
                parts.grain,
                parts.timeField,
                parts.zone,
                parts.kpis));
    }

    /**
     * This query over columns whose SQL types are known, for DuckDB: their values are taken as they are wherever this means
     * what their text would mean, which is many times faster than reading the text. {@code DESCRIBE} tells the types.
     *
     * @param types the types by column, as DuckDB calls them, such as {@code INTEGER} and {@code TIMESTAMP WITH TIME ZONE};
     *     columns that are left out are read through their text
     * @return the query
     */
    public ScorecardQuery typed(Map<String, String> types) {
        return new ScorecardQuery(new Parts(
                parts.dialect,
                parts.mapping,
                parts.relation,
                Map.copyOf(types),
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
                parts.columnTypes,
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
                parts.columnTypes,
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
                parts.columnTypes,
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
                parts.columnTypes,
                parts.linker,
                parts.dimensions,
                parts.grain,
                parts.timeField,
                parts.zone,
                List.copyOf(all)));
    }

    /**
     * The text of the query: one common table expression for each step, each with a comment.
     *
     * @return one SELECT statement
     * @throws IllegalArgumentException if a field is not mapped, is of another type, or its format cannot be read in SQL
     */
    public String sql() {
        return new QueryText(parts).sql();
    }

    /**
     * The text of a second query: the rows in which a value was rejected that a KPI, a dimension or the period needs. Its
     * columns are the place of the row, from 1 in the order in which the engine reads, and then the cells of the mapping's
     * {@linkplain ColumnMapping#columns() columns} as text. A scorecard over them in Java says which values were rejected
     * and why.
     *
     * @return one SELECT statement
     * @throws IllegalArgumentException as {@link #sql()} throws it
     */
    public String rejectedRowsSql() {
        return new QueryText(parts).rejectedRows();
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
        QueryText text = new QueryText(parts);
        SqlSums sums = text.sums();
        SortedMap<Cell, List<Statistic<?>>> cells = new TreeMap<>();
        long all = 0;
        for (List<?> row : rows) {
            Iterator<?> values = row.iterator();
            List<Label> labels = new ArrayList<>();
            for (int d = 0; d < parts.dimensions.size(); d++) {
                Object label = values.next();
                boolean rejected = Boolean.TRUE.equals(values.next());
                labels.add(label != null ? Label.of(label.toString()) : rejected ? Label.REJECTED : Label.MISSING);
            }
            Grain grain = parts.grain;
            Object first = grain == null ? null : values.next();
            Period period = first == null || grain == null ? null : grain.of(date(first.toString()));
            long inCell = Long.parseLong(String.valueOf(values.next()));
            List<Statistic<?>> statistics = sums.read(inCell, values);
            if (inCell > 0) {
                cells.put(new Cell(period, labels), statistics);
            }
            all = Math.addExact(all, inCell);
        }
        return new ScorecardResult(
                new ScorecardResult.Shape(
                        parts.kpis,
                        parts.dimensions.stream().map(Dimension::name).toList(),
                        parts.grain,
                        text.hasInstants() ? parts.zone : null),
                cells,
                new Intake(all, 0, new TreeMap<>(), List.of()));
    }

    /** DuckDB writes the year 0, in which a fiscal year may begin, as 1 before Christ. */
    private static LocalDate date(String text) {
        return text.endsWith(" (BC)")
                ? LocalDate.parse(text.substring(0, 10)).withYear(1 - Integer.parseInt(text.substring(0, 4)))
                : LocalDate.parse(text);
    }
}
