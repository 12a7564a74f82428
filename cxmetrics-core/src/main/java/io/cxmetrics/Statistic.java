package io.cxmetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a KPI over some rows: the account of the rows and the totals from which value, interval and tests derive.
 *
 * <p>Two statistics of one KPI over disjoint rows merge into the statistic of all the rows. Whatever the split and the
 * order, the result is {@code equals}. Immutable and thread-safe; holds no personal data.
 *
 * @param <S> the statistic's own type
 * @since 0.1
 */
public abstract class Statistic<S extends Statistic<S>> implements Estimate {
    private final Kpi<S> kpi;
    private final Counts counts;
    private final List<Total> totals;

    /**
     * For the families.
     *
     * @param kpi the KPI
     * @param counts the account of the rows
     * @param totals one total for each aggregate of the KPI's definition
     */
    protected Statistic(Kpi<S> kpi, Counts counts, List<Total> totals) {
        this.kpi = kpi;
        this.counts = counts;
        this.totals = List.copyOf(totals);
    }

    @Override
    public final Kpi<S> kpi() {
        return kpi;
    }

    @Override
    public final Counts counts() {
        return counts;
    }

    /**
     * The totals that this statistic consists of, for storing it.
     *
     * @return one total for each aggregate of the KPI's definition
     */
    public final List<Total> totals() {
        return totals;
    }

    /**
     * The statistic of the rows of both.
     *
     * @param other a statistic of the same KPI over other rows
     * @return the merged statistic
     * @throws IllegalArgumentException naming both KPIs, if they are not the same
     */
    public final S merge(S other) {
        if (!kpi.equals(other.kpi())) {
            throw new IllegalArgumentException(
                    "results of different KPIs do not merge: " + kpi + " and " + other.kpi());
        }
        List<Total> sums = new ArrayList<>(totals.size());
        for (int i = 0; i < totals.size(); i++) {
            sums.add(totals.get(i).plus(other.totals().get(i)));
        }
        return kpi.definition().statistic(kpi, counts.plus(other.counts()), sums);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Statistic<?> that
                && kpi.equals(that.kpi)
                && counts.equals(that.counts)
                && totals.equals(that.totals);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(kpi, counts, totals);
    }

    /** The {@linkplain #sentence sentence} with a decimal point. */
    @Override
    public String toString() {
        return sentence(Locale.ROOT);
    }
}
