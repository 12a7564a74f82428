package io.cxmetrics.scorecard;

import io.cxmetrics.Statistic;
import io.cxmetrics.Tabulation;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Located;
import io.cxmetrics.field.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows one by one for a scorecard. {@link #result} may be asked for at any time; adding may go on.
 *
 * <p>When an accessor throws, its exception passes through: from {@link #add} or {@link #result}, since up to
 * {@value io.cxmetrics.field.Batch#CAPACITY} rows are evaluated together. A suppressed exception names the field, the row
 * (source and line) and the rows evaluated with it. None of these is counted, all before them are, and adding may go on.
 *
 * <p>Mutable, for one thread. For several threads give each its own and merge the results.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class ScorecardRun<E> {
    private static final String REDACTED = "(redacted)";

    private final Scorecard<E> scorecard;
    private final RejectPolicy rejects;
    private final CellIndex index;
    private final Tabulation<E> tabulation;
    private final Intake.Recorder recorder = new Intake.Recorder();
    private final long rowsBefore;
    private ScorecardResult merged;
    private long linesUntilCheck = RejectPolicy.LINES_BETWEEN;
    private boolean isPartial;
    private @Nullable RejectedException failure;

    /** A run over rows, of which so many are before these; {@code before} is the account of those. */
    ScorecardRun(Scorecard<E> scorecard, RejectPolicy rejects, long rowsBefore, Intake before) {
        this.scorecard = scorecard;
        this.rejects = rejects;
        List<Expression> keys = scorecard.keys();
        this.index = new CellIndex(keys, scorecard.grain(), scorecard.zone());
        this.rowsBefore = rowsBefore;
        this.tabulation = new Tabulation<>(scorecard.fields(), scorecard.kpis(), keys, index::assign, this::rejected);
        tabulation.follow(rowsBefore);
        this.merged = new ScorecardResult(scorecard.shape(), CellMap.EMPTY, before);
    }

    /**
     * Adds a row.
     *
     * @param row the row, not null
     * @throws RejectedException if the scorecard's {@link RejectPolicy} bears no more
     */
    public void add(E row) {
        tabulation.add(row);
        if (--linesUntilCheck == 0) {
            check();
        }
    }

    /**
     * Adds rows one after another.
     *
     * @param rows the rows, none of them null
     */
    public void addAll(Iterable<? extends E> rows) {
        if (rows instanceof List<? extends E> list && rows instanceof RandomAccess) {
            addAll(list, 0, list.size());
        } else {
            rows.forEach(this::add);
        }
    }

    void addAll(List<? extends E> rows, int from, int to) {
        for (int next = from; next < to; ) {
            int until = (int) Math.min(to, next + linesUntilCheck);
            tabulation.addAll(rows, next, until);
            linesUntilCheck -= until - next;
            if (linesUntilCheck == 0) {
                check();
            }
            next = until;
        }
    }

    /**
     * Adds the rows behind a result of the same scorecard.
     *
     * @param result the result
     * @throws IllegalArgumentException if it is of another scorecard
     */
    public void add(ScorecardResult result) {
        merged = merged.merge(result);
    }

    /**
     * Counts a line that could not be read as a row.
     *
     * @param source the name of the source
     * @param line the line
     * @param found the line or its beginning
     * @param reason why it could not be read
     * @throws RejectedException if the scorecard's {@link RejectPolicy} bears no more
     */
    public void broken(String source, long line, String found, String reason) {
        if (rejects.isAtFirst()) {
            // Rows before this line come first.
            tabulation.flush();
        }
        Rejection cut = new Rejection("", rejects.isRedacted() ? REDACTED : found, reason);
        Intake.Sample sample = new Intake.Sample(source, line, "", cut.found(), cut.reason());
        recorder.broken(sample);
        if (rejects.isAtFirst()) {
            throw failed(rejects.first(sample, intake(tabulation.rows())));
        }
        if (--linesUntilCheck == 0) {
            check();
        }
    }

    private void check() {
        linesUntilCheck = RejectPolicy.LINES_BETWEEN;
        if (rejects.canFail()) {
            tabulation.flush();
            Intake intake = intake(tabulation.rows());
            if (!rejects.allows(intake)) {
                try {
                    rejects.check(intake);
                } catch (RejectedException e) {
                    throw failed(e);
                }
            }
        }
    }

    private RejectedException failed(RejectedException e) {
        failure = e;
        return e;
    }

    /** The account of so many rows of this run, and of all that was before or added. */
    private Intake intake(long rows) {
        return merged.intake().plus(recorder.intake(rows));
    }

    /**
     * Says that the source was not read to its end; every result of this run then says that it is partial.
     */
    public void endEarly() {
        isPartial = true;
    }

    /** Evaluates the rows that wait for a full batch. */
    void flush() {
        tabulation.flush();
    }

    /**
     * The number of rows added, not counting those behind added results.
     *
     * @return the rows
     */
    public long rows() {
        return tabulation.rows();
    }

    /**
     * The scorecard of all rows added so far.
     *
     * @return the result
     * @throws RejectedException if the scorecard's {@link RejectPolicy} bears no more, now or at an earlier row
     */
    public ScorecardResult result() {
        if (failure != null) {
            throw failure;
        }
        ScorecardResult result = unchecked();
        if (!rejects.allows(result.intake())) {
            rejects.check(result.intake());
        }
        return result;
    }

    /** The result of a part of the rows, about which nothing is decided yet. */
    ScorecardResult unchecked() {
        tabulation.flush();
        int[] order = tabulation.rows() == 0 ? new int[0] : index.sorted();
        // Made by number, as they lie in memory, then put in order.
        List<List<Statistic<?>>> byNumber = new ArrayList<>(order.length);
        Cell[] numbered = new Cell[order.length];
        for (int number = 0; number < order.length; number++) {
            numbered[number] = index.cell(number);
            byNumber.add(tabulation.statistics(number));
        }
        Cell[] cells = new Cell[order.length];
        List<List<Statistic<?>>> statistics = new ArrayList<>(order.length);
        for (int i = 0; i < order.length; i++) {
            cells[i] = numbered[order[i]];
            statistics.add(byNumber.get(order[i]));
        }
        Intake own = recorder.intake(tabulation.rows());
        return new ScorecardResult(scorecard.shape(), new CellMap(cells, statistics), isPartial ? own.partial() : own)
                .merge(merged);
    }

    private void rejected(E row, long index, Rejection rejection) {
        String source = row instanceof Located located
                ? located.source()
                : scorecard.fields().name();
        long line = row instanceof Located located ? located.line() : rowsBefore + index;
        String found = rejects.isRedacted() ? REDACTED : rejection.found();
        Intake.Sample sample = new Intake.Sample(source, line, rejection.field(), found, rejection.reason());
        recorder.rejected(sample);
        if (rejects.isAtFirst()) {
            throw failed(rejects.first(sample, intake(index)));
        }
    }
}
