package io.cxmetrics.spark;

import io.cxmetrics.spark.SparkRows.Kind;
import io.cxmetrics.spark.SparkRows.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One stored form for each partition of a data set. Where Spark reads vectors (Parquet, ORC, cached tables) and only columns
 * are chosen from them, they are taken as vectors; otherwise rows are taken in Spark's internal form.
 *
 * <p>Both are Spark's internal interfaces, which may change with its minor releases; the public ones make an object of each
 * row and of each value in it, which takes longer than the scorecard. If the plan has any form that is not known here, rows
 * are taken.
 */
final class Partitions {
    private Partitions() {}

    static List<byte[]> states(Card card, Dataset<Row> rows) {
        Map<Object, Column> columns = new LinkedHashMap<>();
        List<Object> keys = new ArrayList<>();
        for (Slot slot : card.slots()) {
            Column column = rows.col('`' + slot.column().replace("`", "``") + '`');
            boolean isText = slot.kind() == Kind.TEXT;
            Object key = isText ? slot : slot.column();
            columns.putIfAbsent(key, isText ? column.cast("string") : column);
            keys.add(key);
        }
        int[] ordinals = keys.stream()
                .mapToInt(key -> List.copyOf(columns.keySet()).indexOf(key))
                .toArray();
        var execution = rows.select(columns.values().toArray(new Column[0])).queryExecution();
        SparkPlan plan = execution.executedPlan();
        SparkPlan scan = scan(plan);
        if (scan.supportsColumnar()) {
            List<String> ids = ids(scan);
            int[] places = new int[ordinals.length];
            List<String> chosen = ids(plan);
            for (int s = 0; s < places.length; s++) {
                places[s] = ids.indexOf(chosen.get(ordinals[s]));
            }
            if (Arrays.stream(places).allMatch(place -> place >= 0)) {
                JavaRDD<ColumnarBatch> batches = scan.executeColumnar().toJavaRDD();
                return batches.mapPartitions(new OfBatches(card, places)).collect();
            }
        }
        return execution
                .toRdd()
                .toJavaRDD()
                .mapPartitions(new OfRows(card, ordinals))
                .collect();
    }

    /** The plan below a mere choice of columns. */
    private static SparkPlan scan(SparkPlan plan) {
        if (plan instanceof WholeStageCodegenExec stage) {
            return scan(stage.child());
        } else if (plan instanceof ProjectExec project
                && CollectionConverters.asJava(project.projectList()).stream().allMatch(Attribute.class::isInstance)) {
            return scan(project.child());
        } else if (plan instanceof ColumnarToRowExec toRows) {
            return scan(toRows.child());
        } else if (plan instanceof InputAdapter input) {
            return scan(input.child());
        }
        return plan;
    }

    private static List<String> ids(SparkPlan plan) {
        return CollectionConverters.asJava(plan.output()).stream()
                .map(attribute -> attribute.exprId().toString())
                .toList();
    }

    /** The scorecard of vectors; as a class of its own it holds nothing but what it needs. */
    private static final class OfBatches implements FlatMapFunction<Iterator<ColumnarBatch>, byte[]> {
        private static final long serialVersionUID = 1L;

        private final Card card;
        private final int[] places;

        OfBatches(Card card, int... places) {
            this.card = card;
            this.places = places;
        }

        @Override
        public Iterator<byte[]> call(Iterator<ColumnarBatch> batches) {
            Tally tally = new Tally(card);
            ColumnVector[] columns = new ColumnVector[places.length];
            while (batches.hasNext()) {
                ColumnarBatch batch = batches.next();
                for (int s = 0; s < places.length; s++) {
                    columns[s] = batch.column(places[s]);
                }
                tally.add(columns, batch.numRows());
            }
            return List.of(tally.write()).iterator();
        }
    }

    /** The scorecard of rows in Spark's internal form. */
    private static final class OfRows implements FlatMapFunction<Iterator<InternalRow>, byte[]> {
        private static final long serialVersionUID = 1L;

        private final Card card;
        private final int[] ordinals;

        OfRows(Card card, int... ordinals) {
            this.card = card;
            this.ordinals = ordinals;
        }

        @Override
        public Iterator<byte[]> call(Iterator<InternalRow> rows) {
            Tally tally = new Tally(card);
            while (rows.hasNext()) {
                InternalRow row = rows.next();
                SparkRows into = tally.next();
                for (int s = 0; s < ordinals.length; s++) {
                    into.set(s, row, ordinals[s]);
                }
            }
            return List.of(tally.write()).iterator();
        }
    }
}
