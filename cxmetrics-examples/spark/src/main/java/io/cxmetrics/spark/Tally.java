package io.cxmetrics.spark;

import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.scorecard.ScorecardRun;
import io.cxmetrics.spark.SparkRows.At;
import io.cxmetrics.state.State;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;

/** What the rows of one task, or of one group in it, have come to so far. Mutable, for one thread. */
final class Tally {
    private final Card card;
    private @Nullable SparkRows rows;
    private @Nullable ScorecardRun<At> run;
    private @Nullable ScorecardResult merged;

    Tally(Card card) {
        this.card = card;
    }

    static Tally read(Card card, byte[] state) {
        Tally tally = new Tally(card);
        tally.add(State.read(card.scorecard(), state));
        return tally;
    }

    private SparkRows rows() {
        SparkRows present = rows;
        if (present == null) {
            present = new SparkRows("partition " + TaskContext.getPartitionId(), card.slots());
            rows = present;
        }
        return present;
    }

    /** Rows with one more, whose columns are to be set. */
    SparkRows next() {
        SparkRows present = rows();
        if (present.isFull()) {
            hand(present);
        }
        present.next();
        return present;
    }

    /** Adds rows of vectors, one for each slot. */
    void add(ColumnVector[] columns, int size) {
        SparkRows present = rows();
        for (int from = 0; from < size; ) {
            if (present.isFull()) {
                hand(present);
            }
            int part = Math.min(present.room(), size - from);
            present.add(columns, from, part);
            from += part;
        }
    }

    /** Only full batches, which are evaluated at once, and a last one: then the arrays can be filled again. */
    private void hand(SparkRows waiting) {
        ScorecardRun<At> present = run;
        if (present == null) {
            present = card.scorecard().start();
            run = present;
        }
        present.addAll(waiting);
        if (!waiting.isFull()) {
            add(present.result());
            run = null;
        }
        waiting.clear();
    }

    void add(ScorecardResult more) {
        merged = merged == null ? more : merged.merge(more);
    }

    /** The result of all that was added; adding may go on. */
    ScorecardResult result() {
        SparkRows waiting = rows;
        if (waiting != null && waiting.size() > 0) {
            hand(waiting);
        }
        ScorecardRun<At> present = run;
        if (present != null) {
            add(present.result());
            run = null;
        }
        ScorecardResult all = merged;
        return all == null ? card.scorecard().start().result() : all;
    }

    byte[] write() {
        return State.write(result());
    }
}
