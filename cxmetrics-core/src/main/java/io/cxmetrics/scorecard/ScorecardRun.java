package io.cxmetrics.scorecard;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Tabulation;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Located;
import io.cxmetrics.field.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes rows one by one for a scorecard. {@link #result} may be asked for at any time; adding may go on.
 *
 * <p>Mutable, for one thread. For several threads give each its own and merge the results.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class ScorecardRun<E> {
    private final Scorecard<E> scorecard;
    private final CellIndex index;
    private final Tabulation<E> tabulation;
    private final Intake.Recorder recorder = new Intake.Recorder();
    private final long rowsBefore;
    private ScorecardResult merged;

    ScorecardRun(Scorecard<E> scorecard, long rowsBefore) {
        this.scorecard = scorecard;
        List<Expression> keys = scorecard.keys();
        this.index = new CellIndex(keys, scorecard.grain(), scorecard.zone());
        this.rowsBefore = rowsBefore;
        this.tabulation = new Tabulation<>(scorecard.fields(), scorecard.kpis(), keys, index::assign, this::rejected);
        this.merged = new ScorecardResult(scorecard.shape(), new TreeMap<>(), Intake.NONE);
    }

    /**
     * Adds a row.
     *
     * @param row the row, not null
     */
    public void add(E row) {
        tabulation.add(row);
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
        tabulation.addAll(rows, from, to);
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
     */
    public void broken(String source, long line, String found, String reason) {
        Rejection cut = new Rejection("", found, reason);
        recorder.broken(new Intake.Sample(source, line, "", cut.found(), cut.reason()));
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
     */
    public ScorecardResult result() {
        tabulation.flush();
        SortedMap<Cell, List<Statistic<?>>> cells = new TreeMap<>();
        int size = tabulation.rows() == 0 ? 0 : index.size();
        for (int number = 0; number < size; number++) {
            List<Statistic<?>> statistics = new ArrayList<>();
            for (Kpi<?> kpi : scorecard.kpis()) {
                statistics.add(tabulation.statistic(number, kpi));
            }
            cells.put(index.cell(number), statistics);
        }
        return new ScorecardResult(scorecard.shape(), cells, recorder.intake(tabulation.rows())).merge(merged);
    }

    private void rejected(E row, long index, Rejection rejection) {
        String source = row instanceof Located located
                ? located.source()
                : scorecard.fields().name();
        long line = row instanceof Located located ? located.line() : rowsBefore + index;
        recorder.rejected(new Intake.Sample(source, line, rejection.field(), rejection.found(), rejection.reason()));
    }
}
