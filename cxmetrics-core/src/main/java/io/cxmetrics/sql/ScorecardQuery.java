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
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One SQL query for many KPIs by dimensions, and the reader of its answer. The query returns counts and sums only; value,
 * interval and tests come from the library, and the statistics are {@code equals} to those computed in Java.
 *
 * <pre>{@code
 * ScorecardQuery query = ScorecardQuery.over(mapping, "calls").by("channel").kpis(SurveyKpis.nps());
 * ScorecardResult result = query.read(statement.executeQuery(query.sql()));
 * }</pre>
 *
 * <p>The text is for DuckDB (1.0 or newer). The relation's columns may be text or typed: each is read through its text
 * form by the format of the mapping, so that a bad value is set aside as Java sets it aside. All names and values are
 * quoted. Sums of real numbers are made exact by returning how often each value occurs. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ScorecardQuery {
    private final ColumnMapping mapping;
    private final String relation;
    private final List<String> dimensions;
    private final List<Kpi<?>> kpis;

    private ScorecardQuery(ColumnMapping mapping, String relation, List<String> dimensions, List<Kpi<?>> kpis) {
        this.mapping = mapping;
        this.relation = relation;
        this.dimensions = List.copyOf(dimensions);
        this.kpis = List.copyOf(kpis);
    }

    /**
     * A query over a table or view.
     *
     * @param mapping how its columns supply the fields
     * @param table the name of the table or view; it is quoted
     * @return the query, without dimensions and KPIs yet
     */
    public static ScorecardQuery over(ColumnMapping mapping, String table) {
        return new ScorecardQuery(mapping, SqlExpressions.identifier(table), List.of(), List.of());
    }

    /**
     * A query over a CSV file with a header, as DuckDB reads it.
     *
     * @param mapping how its columns supply the fields
     * @param file the path of the file
     * @return the query, without dimensions and KPIs yet
     */
    public static ScorecardQuery overCsv(ColumnMapping mapping, String file) {
        String relation = "read_csv(" + SqlExpressions.literal(file)
                + ", header = true, all_varchar = true, nullstr = '', delim = ',', quote = '\"', escape = '\"')";
        return new ScorecardQuery(mapping, relation, List.of(), List.of());
    }

    /**
     * This query split by the values of fields.
     *
     * @param dimension the names of text, flag or whole-number fields
     * @return the query
     */
    public ScorecardQuery by(String... dimension) {
        List<String> more = new ArrayList<>(dimensions);
        more.addAll(Arrays.asList(dimension));
        return new ScorecardQuery(mapping, relation, more, kpis);
    }

    /**
     * This query with more KPIs.
     *
     * @param more the KPIs
     * @return the query
     */
    public ScorecardQuery kpis(Kpi<?>... more) {
        List<Kpi<?>> all = new ArrayList<>(kpis);
        all.addAll(List.of(more));
        return new ScorecardQuery(mapping, relation, dimensions, all);
    }

    /**
     * The text of the query.
     *
     * @return one SELECT statement
     * @throws IllegalArgumentException if a field is not mapped, is of another type, or its format cannot be read in SQL
     */
    public String sql() {
        SqlExpressions expressions = new SqlExpressions(mapping);
        Set<Field> fields = new LinkedHashSet<>();
        List<Expression> keys = new ArrayList<>();
        for (String dimension : dimensions) {
            Expression key = expressions.key(dimension);
            keys.add(key);
            fields.addAll(expressions.sourceFields(key));
        }
        for (Kpi<?> kpi : kpis) {
            try {
                kpi.fields().forEach(field -> fields.addAll(expressions.sourceFields(field)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("KPI " + kpi.id() + ": " + e.getMessage(), e);
            }
        }
        StringJoiner texts = new StringJoiner(",\n    ");
        StringJoiner values = new StringJoiner(",\n    ");
        for (Field field : fields) {
            String name = SqlExpressions.identifier(field.name());
            String text = SqlExpressions.textName(field);
            texts.add(expressions.text(field) + " AS " + text);
            values.add(expressions.parsed(field) + " AS " + name);
            values.add(text + " IS NOT NULL AND " + name + " IS NULL AS " + SqlExpressions.rejectedName(field));
        }
        if (fields.isEmpty()) {
            texts.add("1 AS nothing");
            values.add("nothing");
        }
        StringJoiner outcomes = new StringJoiner(",\n    ", "*", "").setEmptyValue("*");
        StringJoiner columns = new StringJoiner(",\n  ");
        StringJoiner groups = new StringJoiner(", ", "\nGROUP BY ", "").setEmptyValue("");
        for (int d = 0; d < keys.size(); d++) {
            columns.add("CAST(" + expressions.value(keys.get(d)) + " AS VARCHAR) AS \"dimension " + (d + 1) + "\"");
            columns.add(expressions.rejected(keys.get(d)) + " AS \"dimension " + (d + 1) + " rejected\"");
            groups.add(2 * d + 1 + ", " + (2 * d + 2));
        }
        columns.add("count(*) AS \"rows\"");
        for (Kpi<?> kpi : kpis) {
            outcomes.add("\n    " + outcome(expressions, kpi));
            columns(expressions, kpi)
                    .forEach((label, text) -> columns.add(text + " AS " + SqlExpressions.identifier(label)));
        }
        String outcomeList = outcomes.toString().replaceFirst("^\\*\n", "*,\n").replace(",\n    \n", ",\n");
        return "WITH\n  texts AS (SELECT\n    " + texts + "\n  FROM " + relation + "),\n  vals AS (SELECT\n    "
                + values
                + "\n  FROM texts),\n  observed AS (SELECT " + outcomeList + "\n  FROM vals)\nSELECT\n  " + columns
                + "\nFROM observed" + groups;
    }

    private static String outcomeName(Kpi<?> kpi) {
        return SqlExpressions.identifier(kpi.id() + ": outcome");
    }

    private static String outcome(SqlExpressions expressions, Kpi<?> kpi) {
        StringJoiner known = new StringJoiner(" AND ");
        StringJoiner rejected = new StringJoiner(" OR ");
        for (Expression required : kpi.definition().required()) {
            known.add("(" + expressions.value(required) + ") IS NOT NULL");
            // A condition that is decided in spite of a rejected operand does not reject the row.
            rejected.add("((" + expressions.value(required) + ") IS NULL AND " + expressions.rejected(required) + ")");
        }
        String where = expressions.value(kpi.where());
        return "CASE WHEN " + where + " THEN (CASE WHEN " + known + " THEN 'used' WHEN " + rejected
                + " THEN 'rejected' ELSE 'missing' END) WHEN NOT (" + where + ") THEN 'ineligible' WHEN "
                + expressions.rejected(kpi.where()) + " THEN 'rejected' ELSE 'missing' END AS " + outcomeName(kpi);
    }

    /** The columns of a KPI's account and totals, in the order in which {@link #read} takes them. */
    private static Map<String, String> columns(SqlExpressions expressions, Kpi<?> kpi) {
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
                columns.put(label, "count(*) FILTER (WHERE " + used + " AND " + expressions.value(count.of()) + ")");
            } else if (aggregate instanceof Aggregate.Tally tally) {
                for (int v = tally.lowest(); v <= tally.highest(); v++) {
                    columns.put(
                            label + " at " + v,
                            "count(*) FILTER (WHERE " + used + " AND " + expressions.value(tally.of()) + " = " + v
                                    + ")");
                }
            } else if (aggregate instanceof Aggregate.Histogram histogram) {
                String of = expressions.value(histogram.of());
                columns.put(label, "histogram(CAST(" + of + " AS VARCHAR)) FILTER (WHERE " + used + ")");
            } else if (aggregate instanceof Aggregate.Keyed keyed) {
                columns.put(label, keyed(expressions, keyed) + " FILTER (WHERE " + used + ")");
            } else if (aggregate instanceof Aggregate.Sum sum) {
                String of = expressions.value(sum.of());
                String times = sum.times() == null ? "" : expressions.value(sum.times());
                String text = isReal(sum)
                        ? "histogram(CAST(" + of + " AS VARCHAR)"
                                + (times.isEmpty() ? "" : " || ' ' || CAST(" + times + " AS VARCHAR)") + ")"
                        : "sum(CAST(" + of + " AS HUGEINT)" + (times.isEmpty() ? "" : " * " + times) + ")";
                columns.put(label, text + " FILTER (WHERE " + used + ")");
            }
        }
        return columns;
    }

    /** How often each hashed key occurs with each set of values, written with blanks between. */
    private static String keyed(SqlExpressions expressions, Aggregate.Keyed keyed) {
        StringJoiner row = new StringJoiner(" || ' ' || ", "histogram(", ")");
        row.add("substr(sha256(" + expressions.value(keyed.key()) + "), 1, 16)");
        for (Aggregate of : keyed.of()) {
            if (of instanceof Aggregate.Count count) {
                row.add("(CASE WHEN " + expressions.value(count.of()) + " THEN '1' ELSE '0' END)");
            } else if (of instanceof Aggregate.Sum sum) {
                row.add("CAST(" + expressions.value(sum.of()) + " AS VARCHAR)");
            }
        }
        return row.toString();
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
        SortedMap<Cell, List<Statistic<?>>> cells = new TreeMap<>();
        long all = 0;
        while (rows.next()) {
            List<Label> labels = new ArrayList<>();
            for (int d = 1; d <= dimensions.size(); d++) {
                String text = rows.getString("dimension " + d);
                boolean rejected = rows.getBoolean("dimension " + d + " rejected");
                labels.add(text != null ? Label.of(text) : rejected ? Label.REJECTED : Label.MISSING);
            }
            all += rows.getLong("rows");
            List<Statistic<?>> statistics = new ArrayList<>();
            for (Kpi<?> kpi : kpis) {
                statistics.add(statistic(rows, kpi));
            }
            cells.put(new Cell(null, labels), statistics);
        }
        return new ScorecardResult(
                new ScorecardResult.Shape(kpis, dimensions, null, null),
                cells,
                new Intake(all, 0, new TreeMap<>(), List.of()));
    }

    private static <S extends Statistic<S>> S statistic(ResultSet rows, Kpi<S> kpi) throws SQLException {
        String id = kpi.id() + ": ";
        Counts counts = new Counts(
                rows.getLong(id + "used"),
                rows.getLong(id + "ineligible"),
                rows.getLong(id + "missing"),
                rows.getLong(id + "rejected"));
        List<Total> totals = new ArrayList<>();
        List<Aggregate> aggregates = kpi.definition().aggregates();
        for (int a = 0; a < aggregates.size(); a++) {
            String label = id + "total " + (a + 1);
            Aggregate aggregate = aggregates.get(a);
            if (aggregate instanceof Aggregate.Tally tally) {
                long[] tallied = new long[tally.highest() - tally.lowest() + 1];
                for (int v = tally.lowest(); v <= tally.highest(); v++) {
                    tallied[v - tally.lowest()] = rows.getLong(label + " at " + v);
                }
                totals.add(new Total.Tally(tallied));
            } else if (aggregate instanceof Aggregate.Histogram histogram) {
                totals.add(histogram(histogram, rows.getObject(label)));
            } else if (aggregate instanceof Aggregate.Keyed keyed) {
                totals.add(keyed(keyed.of(), rows.getObject(label)));
            } else {
                Object value = rows.getObject(label);
                totals.add(new Total.Exact(
                        value == null
                                ? BigDecimal.ZERO
                                : value instanceof Map<?, ?> histogram
                                        ? sum(histogram)
                                        : new BigDecimal(value.toString())));
            }
        }
        return kpi.definition().statistic(kpi, counts, totals);
    }

    private static Total histogram(Aggregate.Histogram aggregate, @Nullable Object counted) {
        FieldType type = aggregate.of().type();
        TreeMap<Long, Long> sorted = new TreeMap<>();
        if (counted instanceof Map<?, ?> map) {
            map.forEach((value, count) -> {
                String text = value.toString();
                long encoded = type == FieldType.NUMBER
                        ? FieldType.encodeNumber(Double.parseDouble(text))
                        : Long.parseLong(text);
                sorted.merge(encoded, Long.parseLong(count.toString()), Math::addExact);
            });
        }
        long[] values = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] counts = sorted.values().stream().mapToLong(Long::longValue).toArray();
        return Histogram.ofValues(type, aggregate.bits(), values, counts);
    }

    private static Total keyed(List<Aggregate> of, @Nullable Object counted) {
        Map<Long, List<BigDecimal>> byKey = new HashMap<>();
        if (counted instanceof Map<?, ?> map) {
            map.forEach((row, count) -> {
                String[] parts = row.toString().split(" ", -1);
                List<BigDecimal> sums = byKey.computeIfAbsent(
                        KeyedTotals.parse(parts[0]),
                        key -> new ArrayList<>(Collections.nCopies(of.size(), BigDecimal.ZERO)));
                for (int a = 0; a < of.size(); a++) {
                    boolean real = of.get(a) instanceof Aggregate.Sum sum && isReal(sum);
                    BigDecimal value =
                            real ? new BigDecimal(Double.parseDouble(parts[a + 1])) : new BigDecimal(parts[a + 1]);
                    sums.set(a, sums.get(a).add(value.multiply(new BigDecimal(count.toString()))));
                }
            });
        }
        return KeyedTotals.of(of.size(), byKey);
    }

    /** The exact sum of values, or of products of two values divided by a blank, each times its count. */
    private static BigDecimal sum(Map<?, ?> histogram) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<?, ?> entry : histogram.entrySet()) {
            BigDecimal term = new BigDecimal(entry.getValue().toString());
            for (String factor : entry.getKey().toString().split(" ", -1)) {
                term = term.multiply(new BigDecimal(Double.parseDouble(factor)));
            }
            sum = sum.add(term);
        }
        return sum;
    }
}
