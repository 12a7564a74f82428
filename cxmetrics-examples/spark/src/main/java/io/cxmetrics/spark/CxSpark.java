package io.cxmetrics.spark;

import io.cxmetrics.field.Row;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.scorecard.ScorecardRun;
import io.cxmetrics.sql.ScorecardQuery;
import io.cxmetrics.sql.SqlDialect;
import io.cxmetrics.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
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
 * typed: each is read through its text form by the format of the definitions; times are best stored as text or numbers,
 * since the text of a timestamp depends on {@code spark.sql.session.timeZone}. Definitions travel to the executors as JSON.
 * Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class CxSpark {
    private CxSpark() {}

    private static Definitions definitions(String json) {
        return Definitions.parse("definitions", json);
    }

    /**
     * The scorecard of a data set: each partition is computed by itself, its binary form is merged at the driver.
     *
     * @param rows the rows, such as Parquet files read; only the columns of the definitions are read
     * @param json the definitions, without {@code "link"}
     * @return the result; samples of what was rejected name the number of the partition, not a file
     * @throws IllegalArgumentException if a column is missing
     * @throws IllegalStateException if the definitions link rows, which partitions tear apart: see {@link #query}
     */
    public static ScorecardResult scorecard(Dataset<org.apache.spark.sql.Row> rows, String json) {
        Definitions definitions = definitions(json);
        List<String> columns = definitions.mapping().columns();
        Scorecard<Row> card = definitions.scorecard(columns);
        definitions.mapping().fields(Arrays.asList(rows.columns()));
        Dataset<org.apache.spark.sql.Row> texts = rows.select(columns.stream()
                .map(column -> rows.col(quoted(column)).cast("string"))
                .toArray(org.apache.spark.sql.Column[]::new));
        ScorecardResult all = card.start().result();
        for (byte[] part :
                texts.mapPartitions(new Part(json), Encoders.BINARY()).collectAsList()) {
            all = all.merge(State.read(card, part));
        }
        return all;
    }

    private static String quoted(String column) {
        return '`' + column.replace("`", "``") + '`';
    }

    /** Computes a partition; as a class of its own it holds nothing but the definitions. */
    private static final class Part implements MapPartitionsFunction<org.apache.spark.sql.Row, byte[]> {
        private static final long serialVersionUID = 1L;

        private final String json;

        Part(String json) {
            this.json = json;
        }

        @Override
        public Iterator<byte[]> call(Iterator<org.apache.spark.sql.Row> rows) {
            Definitions definitions = definitions(json);
            ScorecardRun<Row> run =
                    definitions.scorecard(definitions.mapping().columns()).start();
            String source = "partition " + org.apache.spark.TaskContext.getPartitionId();
            for (long line = 1; rows.hasNext(); line++) {
                org.apache.spark.sql.Row row = rows.next();
                @Nullable String[] cells = new String[row.size()];
                for (int c = 0; c < cells.length; c++) {
                    cells[c] = row.isNullAt(c) ? null : row.getString(c);
                }
                run.add(new Row(source, line, cells));
            }
            return List.of(State.write(run.result())).iterator();
        }
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
        return query(spark, definitions(json).query(table));
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
        for (org.apache.spark.sql.Row row : spark.sql(own.sql()).collectAsList()) {
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
     *   <li>{@code cx_kpi('nps', score, …)} aggregates rows to a struct of {@code value}, {@code low}, {@code high} (95 %)
     *       and {@code n}; after the id come all columns of the definitions' source, in the order of its fields, each once;
     *   <li>{@code cx_state('nps', score, …)} aggregates rows to the binary form of the statistic, to be stored;
     *   <li>{@code cx_merge('nps', state)} aggregates stored forms to one;
     *   <li>{@code cx_result('nps', state)} makes the struct of a stored form.
     * </ul>
     *
     * @param spark the session
     * @param json the definitions, without {@code "link"}
     */
    public static void register(SparkSession spark, String json) {
        KpiBuffers buffers = new KpiBuffers(json);
        List<String> columns = definitions(json).mapping().columns();
        StructType rows = new StructType().add("id", DataTypes.StringType);
        for (String column : columns) {
            rows = rows.add(column, DataTypes.StringType);
        }
        StructType states = new StructType().add("id", DataTypes.StringType).add("state", DataTypes.BinaryType);
        spark.udf().register("cx_kpi", functions.udaf(new KpiAggregator.OfValue(buffers), Encoders.row(rows)));
        spark.udf().register("cx_state", functions.udaf(new KpiAggregator.OfState(buffers), Encoders.row(rows)));
        spark.udf().register("cx_merge", functions.udaf(new KpiAggregator.OfState(buffers), Encoders.row(states)));
        UDF2<String, byte[], org.apache.spark.sql.@Nullable Row> result =
                (id, state) -> id == null || state == null ? null : KpiAggregator.value(buffers.read(id, state));
        spark.udf().register("cx_result", result, KpiAggregator.VALUE);
    }
}
