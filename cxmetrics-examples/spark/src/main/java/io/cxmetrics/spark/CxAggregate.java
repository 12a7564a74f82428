package io.cxmetrics.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An aggregate function of Spark SQL over the columns of a {@link Card}, or over stored forms.
 *
 * <p>This is Spark's internal interface of aggregates, which may change with its minor releases. The public one
 * ({@code Aggregator}) makes a row object and boxes each of its values before it calls us, which took longer than the
 * scorecard itself, and has a fixed number of arguments, while each KPI has columns of its own.
 */
final class CxAggregate extends TypedImperativeAggregate<Tally> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final CxFunction function;

    @SuppressWarnings("serial") // Scala's lists can be.
    private final Seq<Expression> children;

    private final int mutableAggBufferOffset;
    private final int inputAggBufferOffset;
    /** Where the values of the slots stand in a row of Spark; null if they have to be computed. Made by each task. */
    private transient int @Nullable [] ordinals;

    private transient Expression @Nullable [] arguments;

    CxAggregate(CxFunction function, Seq<Expression> children, int mutableAggBufferOffset, int inputAggBufferOffset) {
        this.function = function;
        this.children = children;
        this.mutableAggBufferOffset = mutableAggBufferOffset;
        this.inputAggBufferOffset = inputAggBufferOffset;
    }

    @Override
    public Tally createAggregationBuffer() {
        return new Tally(function.card());
    }

    @Override
    public Tally update(Tally tally, InternalRow row) {
        Expression[] known = arguments;
        if (known == null) {
            known = bind();
        }
        if (function.isOfStates()) {
            Object state = known[0].eval(row);
            if (state != null) {
                tally.add(function.read((byte[]) state));
            }
            return tally;
        }
        SparkRows rows = tally.next();
        int[] places = ordinals;
        if (places != null) {
            for (int slot = 0; slot < places.length; slot++) {
                rows.set(slot, row, places[slot]);
            }
        } else {
            for (int slot = 0; slot < known.length; slot++) {
                rows.setValue(slot, known[slot].eval(row));
            }
        }
        return tally;
    }

    private Expression[] bind() {
        List<Expression> all = new ArrayList<>();
        scala.jdk.javaapi.CollectionConverters.asJava(children).forEach(all::add);
        Expression[] known = all.toArray(new Expression[0]);
        if (all.stream().allMatch(BoundReference.class::isInstance)) {
            ordinals = all.stream()
                    .mapToInt(child -> ((BoundReference) child).ordinal())
                    .toArray();
        }
        arguments = known;
        return known;
    }

    @Override
    public Tally merge(Tally tally, Tally other) {
        tally.add(other.result());
        return tally;
    }

    @Override
    public Object eval(Tally tally) {
        return function.answer(tally.result());
    }

    @Override
    public byte[] serialize(Tally tally) {
        return tally.write();
    }

    @Override
    public Tally deserialize(byte[] state) {
        return Tally.read(function.card(), state);
    }

    @Override
    public Seq<Expression> children() {
        return children;
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
        return new CxAggregate(function, newChildren, mutableAggBufferOffset, inputAggBufferOffset);
    }

    @Override
    public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
        return new CxAggregate(function, children, offset, inputAggBufferOffset);
    }

    @Override
    public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
        return new CxAggregate(function, children, mutableAggBufferOffset, offset);
    }

    @Override
    public int mutableAggBufferOffset() {
        return mutableAggBufferOffset;
    }

    @Override
    public int inputAggBufferOffset() {
        return inputAggBufferOffset;
    }

    @Override
    public boolean nullable() {
        return false;
    }

    @Override
    public DataType dataType() {
        return function.type();
    }

    @Override
    public String prettyName() {
        return function.name();
    }

    @Override
    public String sql() {
        List<String> arguments = new ArrayList<>();
        if (function.answers() != CxFunction.Answers.RESULT) {
            arguments.add("'" + function + "'");
        }
        scala.jdk.javaapi.CollectionConverters.asJava(children).forEach(child -> arguments.add(child.sql()));
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public int productArity() {
        return 4;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> function;
            case 1 -> children;
            case 2 -> mutableAggBufferOffset;
            case 3 -> inputAggBufferOffset;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CxAggregate;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CxAggregate aggregate
                && function.equals(aggregate.function)
                && children.equals(aggregate.children)
                && mutableAggBufferOffset == aggregate.mutableAggBufferOffset
                && inputAggBufferOffset == aggregate.inputAggBufferOffset;
    }

    @Override
    public int hashCode() {
        return Objects.hash(function, children, mutableAggBufferOffset, inputAggBufferOffset);
    }
}
