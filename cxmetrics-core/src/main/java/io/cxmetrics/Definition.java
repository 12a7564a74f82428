package io.cxmetrics;

import io.cxmetrics.field.Expression;
import java.util.List;

/**
 * The statistic family of a KPI with its parameters and expressions: what has to be known in a row, what is aggregated
 * over the rows, and how the totals become a statistic. {@code toString} is canonical and part of the KPI's identity.
 *
 * <p>Implementations live in {@code io.cxmetrics.stats} and are immutable.
 *
 * @param <S> the statistic
 * @since 0.1
 */
public interface Definition<S extends Statistic<S>> {

    /**
     * The values that must be known for a row to be used; a missing one makes the row missing, a rejected one rejected.
     * Of conditions it does not matter whether they hold.
     *
     * @return the expressions
     */
    List<Expression> required();

    /**
     * What is aggregated over the used rows.
     *
     * @return the aggregates, in the order in which {@link #statistic} takes their totals
     */
    List<Aggregate> aggregates();

    /**
     * The statistic.
     *
     * @param kpi the KPI that this is the definition of
     * @param counts the account of the rows
     * @param totals one total for each aggregate
     * @return the statistic
     */
    S statistic(Kpi<S> kpi, Counts counts, List<Total> totals);

    /**
     * How the KPI is computed, for people.
     *
     * @return such as {@code rows where answered ÷ rows}
     */
    String formula();
}
