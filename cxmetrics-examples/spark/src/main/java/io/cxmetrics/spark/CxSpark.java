package io.cxmetrics.spark;

import io.cxmetrics.Statistic;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.sql.ScorecardQuery;
import io.cxmetrics.sql.SqlDialect;
import io.cxmetrics.state.State;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Scorecards of a definitions file in Spark.
 *
 * <pre>{@code
 * CxSpark.register(spark, json);                       // SELECT channel, cx_kpi('nps', score) …
 * ScorecardResult result = CxSpark.scorecard(spark.read().parquet("calls"), json);
 * }</pre>
 *
 * <p>Results are {@code equals} to those of one process, however the rows are split into partitions. Columns may be text or
 * typed: a value means what its text means in the format of the definitions. A {@code TIMESTAMP} that supplies an instant
 * without a time zone in its format is the point in time that it is; elsewhere its text counts, which depends on
 * {@code spark.sql.session.timeZone}. Definitions travel to the executors as JSON. Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class CxSpark {
    /** The type of {@link #cells}' rows but for the dimensions. */
    private static final StructType FIGURES = new StructType()
            .add("kpi", DataTypes.StringType, false)
            .add("value", DataTypes.DoubleType)
            .add("unit", DataTypes.StringType, false)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType)
            .add("n", DataTypes.LongType, false)
            .add("ineligible", DataTypes.LongType, false)
            .add("missing", DataTypes.LongType, false)
            .add("rejected", DataTypes.LongType, false);

    private CxSpark() {}

    /**
     * The columns that a KPI reads: those that follow its id in {@code cx_kpi} and {@code cx_state}.
     *
     * @param json the definitions
     * @param kpi the KPI's id
     * @return the columns of the definitions' source that supply the KPI's fields, each once, in the order in which the
     *     source lists its fields
     * @throws IllegalArgumentException if the definitions have no such KPI, with the nearest id
     */
    public static List<String> columns(String json, String kpi) {
        return Card.columns(Card.definitions(json), kpi);
    }

    /**
     * The columns that the scorecard reads: the arguments of {@code cx_scorecard}.
     *
     * @param json the definitions
     * @return the columns of the definitions' source that supply the fields of the KPIs, the dimensions and the time, each
     *     once, in the order in which the source lists its fields
     */
    public static List<String> columns(String json) {
        return Card.columns(Card.definitions(json), null);
    }

    /**
     * The scorecard of a data set: each partition is computed by itself, its binary form is merged at the driver.
     *
     * @param rows the rows, such as Parquet files read; only the columns that the scorecard needs are read
     * @param json the definitions, without {@code "link"}
     * @return the result; samples of what was rejected name the number of the partition, not a file
     * @throws IllegalArgumentException if a column is missing
     * @throws IllegalStateException if the definitions link rows, which partitions tear apart: see {@link #query}
     */
    public static ScorecardResult scorecard(Dataset<Row> rows, String json) {
        return scorecard(rows, json, null);
    }

    /**
     * The scorecard of a data set with other periods than those of the definitions, such as days to be stored.
     *
     * @param rows the rows; only the columns that the scorecard needs are read
     * @param json the definitions, without {@code "link"}; their {@code "time"} decides the period of a row
     * @param every the length of the periods; null for what the definitions say
     * @return the result; samples of what was rejected name the number of the partition, not a file
     * @throws IllegalArgumentException if a column is missing, or the definitions say nothing of time
     * @throws IllegalStateException if the definitions link rows, which partitions tear apart: see {@link #query}
     */
    public static ScorecardResult scorecard(Dataset<Row> rows, String json, @Nullable Grain every) {
        Map<String, DataType> types = new LinkedHashMap<>();
        for (StructField field : rows.schema().fields()) {
            types.put(field.name(), field.dataType());
        }
        Definitions definitions = Card.definitions(json, every);
        List<String> problems = new ArrayList<>();
        for (String column : definitions.columns()) {
            if (!types.containsKey(column)) {
                problems.add("no column \"" + column + "\"" + DidYouMean.suffix(column, types.keySet()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(definitions.mapping().name() + ": the rows have "
                    + String.join(", ", problems) + "; they have " + types.keySet());
        }
        Card card = Card.of(json, null, every, types);
        ScorecardResult all = card.scorecard().start().result();
        for (byte[] part : Partitions.states(card, rows)) {
            all = all.merge(card.read(part));
        }
        return all;
    }

    /**
     * The result whose stored form {@code cx_scorecard}, {@code cx_merge_scorecard} or the job's states hold.
     *
     * @param state the stored form
     * @param json the definitions that it was computed with
     * @return the result, by the dimensions and periods that it was stored with
     * @throws io.cxmetrics.state.StateException if it is not the form of a result of those KPIs
     */
    public static ScorecardResult read(byte[] state, String json) {
        return Card.of(json, null, Map.of()).read(state);
    }

    /**
     * A result as rows: one for each cell and KPI, with the columns {@code period} (of a scorecard with periods), one for
     * each dimension, {@code kpi}, {@code value}, {@code unit}, {@code low}, {@code high} (95 %), {@code n},
     * {@code ineligible}, {@code missing} and {@code rejected}. What is undefined or unbounded is null, as is the label of
     * rows whose dimension is missing; that of rejected ones is {@code (rejected)}.
     *
     * @param spark the session
     * @param result the result
     * @return the rows
     */
    public static Dataset<Row> cells(SparkSession spark, ScorecardResult result) {
        StructType type = new StructType();
        boolean hasPeriods = result.shape().grain() != null;
        if (hasPeriods) {
            type = type.add("period", DataTypes.StringType);
        }
        for (String dimension : result.dimensions()) {
            boolean isTaken = dimension.equals("period")
                    || Arrays.asList(FIGURES.fieldNames()).contains(dimension);
            type = type.add(isTaken ? "by " + dimension : dimension, DataTypes.StringType);
        }
        for (StructField field : FIGURES.fields()) {
            type = type.add(field);
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<Cell, List<Statistic<?>>> entry : result.cells().entrySet()) {
            for (Statistic<?> statistic : entry.getValue()) {
                List<@Nullable Object> row = new ArrayList<>();
                Period period = entry.getKey().period();
                if (hasPeriods) {
                    row.add(period == null ? null : period.toString());
                }
                entry.getKey().labels().forEach(label -> row.add(text(label)));
                row.addAll(figures(statistic));
                rows.add(RowFactory.create(row.toArray()));
            }
        }
        return spark.createDataFrame(rows, type);
    }

    private static @Nullable String text(Label label) {
        return label.kind() == Label.Kind.MISSING ? null : label.toString();
    }

    private static List<@Nullable Object> figures(Statistic<?> statistic) {
        @Nullable Object[] values = CxFunction.values(statistic);
        return Arrays.asList(
                statistic.kpi().id(),
                values[0],
                statistic.kpi().unit().toString(),
                values[1],
                values[2],
                values[3],
                statistic.counts().ineligible(),
                statistic.counts().missing(),
                statistic.counts().rejected());
    }

    /**
     * The scorecard of a table or view by one query of Spark SQL, the one that {@code cxmetrics sql --dialect spark} prints.
     * Rows may be linked.
     *
     * @param spark the session
     * @param table the table or view with the columns of the definitions
     * @param json the definitions
     * @return the result, whose intake counts rows
     */
    public static ScorecardResult query(SparkSession spark, String table, String json) {
        return query(spark, Card.definitions(json).query(table));
    }

    /**
     * The scorecard of a query.
     *
     * @param spark the session
     * @param query the query, of any dialect
     * @return the result, whose intake counts rows
     */
    public static ScorecardResult query(SparkSession spark, ScorecardQuery query) {
        ScorecardQuery own = query.in(SqlDialect.SPARK);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Row row : spark.sql(own.sql()).collectAsList()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int c = 0; c < row.size(); c++) {
                Object value = row.get(c);
                values.add(value instanceof scala.collection.Seq<?> ? row.getList(c) : value);
            }
            rows.add(values);
        }
        return own.read(rows);
    }

    /**
     * Registers functions of Spark SQL for the KPIs of the definitions:
     *
     * <ul>
     *   <li>{@code cx_kpi('nps', score)} aggregates rows to a struct of {@code value}, {@code low}, {@code high} (95 %)
     *       and {@code n}; after the id come the {@linkplain #columns(String, String) columns of the KPI};
     *   <li>{@code cx_state('nps', score)} aggregates rows to the binary form of the statistic, to be stored;
     *   <li>{@code cx_merge('nps', state)} aggregates stored forms to one;
     *   <li>{@code cx_result('nps', state)} makes the struct of a stored form;
     *   <li>{@code cx_scorecard(channel, score, …)} aggregates rows to the binary form of the whole scorecard's result, all
     *       KPIs, dimensions and periods in one pass; its arguments are the {@linkplain #columns(String) columns};
     *   <li>{@code cx_merge_scorecard(state)} aggregates such forms to one, and {@link #read} reads it;
     *   <li>{@code cx_cells(state)} makes an array of structs of it, one for each cell and KPI: {@code period},
     *       {@code labels}, {@code kpi}, {@code value}, {@code unit}, {@code low}, {@code high}, {@code n},
     *       {@code ineligible}, {@code missing}, {@code rejected}.
     * </ul>
     *
     * <p>What is wrong with a call (an unknown KPI, a wrong number of columns, a type that has no text) is said when Spark
     * resolves it, before it runs. The functions are those of this session; registering other definitions replaces them.
     *
     * @param spark the session
     * @param json the definitions, without {@code "link"}
     */
    public static void register(SparkSession spark, String json) {
        Functions.register(spark, json);
        Card all = Card.of(json, null, Map.of());
        spark.udf().register("cx_result", new Result(json), CxFunction.VALUE);
        StructType cell = new StructType()
                .add("period", DataTypes.StringType)
                .add("labels", DataTypes.createArrayType(DataTypes.StringType), false);
        for (StructField field : FIGURES.fields()) {
            cell = cell.add(field);
        }
        UDF1<byte[], @Nullable List<Row>> cells = state -> state == null ? null : cells(all.read(state));
        spark.udf().register("cx_cells", cells, DataTypes.createArrayType(cell, false));
    }

    /** Reads stored statistics; the definitions are read once in each task. */
    private static final class Result implements UDF2<String, byte[], @Nullable Row> {
        private static final long serialVersionUID = 1L;

        private final String json;
        private transient @Nullable Definitions definitions;

        Result(String json) {
            this.json = json;
        }

        @Override
        public @Nullable Row call(String id, byte[] state) {
            if (id == null || state == null) {
                return null;
            }
            Definitions known = definitions;
            if (known == null) {
                known = Card.definitions(json);
                definitions = known;
            }
            return RowFactory.create(CxFunction.values(State.read(Card.kpi(known, id), state)));
        }
    }

    private static List<Row> cells(ScorecardResult result) {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<Cell, List<Statistic<?>>> entry : result.cells().entrySet()) {
            Period period = entry.getKey().period();
            @Nullable
            String[] labels =
                    entry.getKey().labels().stream().map(CxSpark::text).toArray(String[]::new);
            for (Statistic<?> statistic : entry.getValue()) {
                List<@Nullable Object> row = new ArrayList<>();
                row.add(period == null ? null : period.toString());
                row.add(labels);
                row.addAll(figures(statistic));
                rows.add(RowFactory.create(row.toArray()));
            }
        }
        return rows;
    }
}
