package io.cxmetrics.spark;

import io.cxmetrics.Interval;
import io.cxmetrics.Statistic;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.state.State;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregate function reads, computes and answers.
 *
 * @param name its name in SQL
 * @param card what it computes
 * @param isOfStates whether it reads stored forms instead of columns
 * @param answers what it answers
 */
record CxFunction(String name, Card card, boolean isOfStates, Answers answers) implements Serializable {
    /** What a function answers. */
    enum Answers {
        /** Value, 95 % interval and n of one KPI. */
        VALUE,
        /** The stored form of the statistic of one KPI. */
        STATISTIC,
        /** The stored form of the result of a scorecard. */
        RESULT
    }

    /** The type of {@link Answers#VALUE}; null is what is undefined or unbounded. */
    static final StructType VALUE = new StructType()
            .add("value", DataTypes.DoubleType)
            .add("low", DataTypes.DoubleType)
            .add("high", DataTypes.DoubleType)
            .add("n", DataTypes.LongType, false);

    /** What the names of columns show of it. */
    @Override
    public String toString() {
        return card.toString();
    }

    DataType type() {
        return answers == Answers.VALUE ? VALUE : DataTypes.BinaryType;
    }

    /** Reads a stored form that this function answers. */
    ScorecardResult read(byte[] state) {
        if (answers == Answers.RESULT) {
            return card.read(state);
        }
        // The result of a scorecard without dimensions has one cell.
        ScorecardResult empty = card.scorecard().start().result();
        Statistic<?> statistic = State.read(empty.kpis().get(0), state);
        return new ScorecardResult(empty.shape(), cell(statistic), empty.intake());
    }

    private static Map<io.cxmetrics.scorecard.Cell, List<Statistic<?>>> cell(Statistic<?> statistic) {
        Map<io.cxmetrics.scorecard.Cell, List<Statistic<?>>> cells = new TreeMap<>();
        cells.put(new io.cxmetrics.scorecard.Cell(null, List.of()), List.of(statistic));
        return cells;
    }

    Object answer(ScorecardResult result) {
        return switch (answers) {
            case VALUE -> new GenericInternalRow(values(statistic(result)));
            case STATISTIC -> State.write(statistic(result));
            case RESULT -> State.write(result);
        };
    }

    private static Statistic<?> statistic(ScorecardResult result) {
        return result.total(result.kpis().get(0));
    }

    /** The values of {@link #VALUE}. */
    static @Nullable Object[] values(Statistic<?> statistic) {
        Interval interval = statistic.interval();
        return new @Nullable Object[] {
            statistic.value().isPresent() ? (Double) statistic.value().getAsDouble() : null,
            interval.isBounded() ? (Double) interval.low() : null,
            interval.isBounded() ? (Double) interval.high() : null,
            statistic.counts().used()
        };
    }
}
