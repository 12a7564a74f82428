package io.cxmetrics;

import io.cxmetrics.field.Fields;
import java.util.List;
import java.util.RandomAccess;

/**
 * Takes rows one by one for one KPI; beneath {@link #add}, rows are evaluated in batches.
 *
 * <p>Mutable, for one thread. For several threads give each its own and merge the results.
 *
 * @param <E> the type of the records
 * @param <S> the statistic
 * @since 0.1
 */
public final class Accumulator<E, S extends Statistic<S>> {
    private final Kpi<S> kpi;
    private final Tabulation<E> tabulation;
    private S merged;

    Accumulator(Kpi<S> kpi, Fields<E> fields) {
        this.kpi = kpi;
        this.tabulation = new Tabulation<>(fields, List.of(kpi));
        this.merged = kpi.empty();
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
            tabulation.addAll(list, 0, list.size());
        } else {
            rows.forEach(tabulation::add);
        }
    }

    /**
     * Adds the rows behind a statistic.
     *
     * @param statistic a statistic of the same KPI
     * @throws IllegalArgumentException naming both KPIs, if they are not the same
     */
    public void add(S statistic) {
        merged = merged.merge(statistic);
    }

    /**
     * The statistic of all rows added so far; adding may go on.
     *
     * @return the statistic
     */
    public S result() {
        return merged.merge(tabulation.statistic(0, kpi));
    }
}
