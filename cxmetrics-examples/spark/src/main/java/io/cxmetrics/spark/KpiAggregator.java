package io.cxmetrics.spark;

import io.cxmetrics.Interval;
import io.cxmetrics.Statistic;
import io.cxmetrics.state.State;
import java.util.OptionalDouble;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Aggregates rows of an id and texts, or of an id and a stored form. */
abstract class KpiAggregator<O> extends Aggregator<Row, KpiBuffers.Buffer, O> {
    private static final long serialVersionUID = 1L;

    /** What {@code cx_kpi} gives. */
    static final StructType VALUE = new StructType()
            .add("value", DataTypes.DoubleType)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType)
            .add("n", DataTypes.LongType);

    private final KpiBuffers buffers;

    private KpiAggregator(KpiBuffers buffers) {
        this.buffers = buffers;
    }

    @Override
    public KpiBuffers.Buffer zero() {
        return new KpiBuffers.Buffer();
    }

    @Override
    public KpiBuffers.Buffer reduce(KpiBuffers.Buffer buffer, Row row) {
        if (row.size() == 2 && row.get(1) instanceof byte[] state) {
            buffers.add(buffer, row.getString(0), state);
            return buffer;
        }
        @Nullable String[] cells = new String[row.size() - 1];
        for (int c = 0; c < cells.length; c++) {
            cells[c] = row.isNullAt(c + 1) ? null : row.getString(c + 1);
        }
        buffers.add(buffer, row.getString(0), new io.cxmetrics.field.Row("rows", 0, cells));
        return buffer;
    }

    @Override
    public KpiBuffers.Buffer merge(KpiBuffers.Buffer a, KpiBuffers.Buffer b) {
        return buffers.merge(a, b);
    }

    @Nullable
    Statistic<?> statistic(KpiBuffers.Buffer buffer) {
        return buffers.statistic(buffer);
    }

    @Override
    public Encoder<KpiBuffers.Buffer> bufferEncoder() {
        return Encoders.javaSerialization(KpiBuffers.Buffer.class);
    }

    /** Value, 95 % interval and n of a statistic; null where undefined or unbounded. */
    static Row value(@Nullable Statistic<?> statistic) {
        if (statistic == null) {
            return RowFactory.create(null, null, null, 0L);
        }
        OptionalDouble value = statistic.value();
        Interval interval = statistic.interval();
        return RowFactory.create(
                value.isPresent() ? value.getAsDouble() : null,
                interval.isBounded() ? interval.low() : null,
                interval.isBounded() ? interval.high() : null,
                statistic.counts().used());
    }

    /** Gives value, interval and n. */
    static final class OfValue extends KpiAggregator<Row> {
        private static final long serialVersionUID = 1L;

        OfValue(KpiBuffers buffers) {
            super(buffers);
        }

        @Override
        public Row finish(KpiBuffers.Buffer buffer) {
            return value(statistic(buffer));
        }

        @Override
        public Encoder<Row> outputEncoder() {
            return Encoders.row(VALUE);
        }
    }

    /** Gives the binary form. */
    static final class OfState extends KpiAggregator<byte[]> {
        private static final long serialVersionUID = 1L;

        OfState(KpiBuffers buffers) {
            super(buffers);
        }

        @Override
        @SuppressWarnings("NullAway") // Spark's types know no null, but null is how it is told of SQL's NULL.
        public byte[] finish(KpiBuffers.Buffer buffer) {
            Statistic<?> statistic = statistic(buffer);
            return statistic == null ? null : State.write(statistic);
        }

        @Override
        public Encoder<byte[]> outputEncoder() {
            return Encoders.BINARY();
        }
    }
}
