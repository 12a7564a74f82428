package io.cxmetrics.sales;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Share;
import java.time.Duration;

/**
 * KPIs of loyalty, one row a customer (and period) unless a KPI says otherwise. Retention curves of cohorts are
 * {@link Cohorts}.
 *
 * @since 0.1
 */
public final class LoyaltyKpis {
    /** Was a customer at the start of the period. */
    public static final String CUSTOMER_AT_START = "customer-at-start";
    /** Was a customer at the end of the period. */
    public static final String CUSTOMER_AT_END = "customer-at-end";
    /** How many orders the customer has made. */
    public static final String ORDERS = "orders";
    /** One row a customer of a cohort and a period: was active in it. */
    public static final String ACTIVE = "active";

    private LoyaltyKpis() {}

    /**
     * Retention: of the customers at the start of the period, the share who still are at its end. Customers won in between
     * count in neither. Interval: Wilson.
     *
     * @return the KPI {@code retention}
     */
    public static Kpi<Share> retention() {
        return Share.kpi("retention", Field.flag(CUSTOMER_AT_END))
                .where(Field.flag(CUSTOMER_AT_START))
                .withName("Retention");
    }

    /**
     * Churn: of the customers at the start of the period, the share who no longer are at its end; 1 − {@link #retention}.
     * Interval: Wilson.
     *
     * @return the KPI {@code churn}
     */
    public static Kpi<Share> churn() {
        return Share.kpi("churn", Field.flag(CUSTOMER_AT_END).not())
                .where(Field.flag(CUSTOMER_AT_START))
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName("Churn");
    }

    /**
     * Repeat purchase: of the customers with an order, the share with at least two. Young customers have had little time for
     * a second order; {@link #repeatPurchase(Duration)} is fair to them. Interval: Wilson.
     *
     * @return the KPI {@code repeat-purchase}
     */
    public static Kpi<Share> repeatPurchase() {
        Quantity<Long> orders = Field.whole(ORDERS).atLeast(0L);
        return Share.kpi("repeat-purchase", orders.ge(2L)).where(orders.ge(1L)).withName("Repeat purchase");
    }

    /**
     * Repeat purchase within a window, one row an order, linked by customer with a {@link Linker}: of the first orders, the
     * share that was followed by a second within the window. First orders younger than the window are not eligible.
     * Interval: Wilson.
     *
     * @param window the window, such as 90 days
     * @return the KPI {@code repeat-purchase}
     * @throws IllegalArgumentException if the window is not positive
     */
    public static Kpi<Share> repeatPurchase(Duration window) {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a window of repeat purchases must be positive; found " + window);
        }
        Quantity<Duration> next = Field.duration(Linker.TIME_TO_NEXT).atLeast(Duration.ZERO);
        Condition followed = next.isMissing().not().and(next.le(window));
        return Share.kpi("repeat-purchase", followed)
                .where(Field.whole(Linker.OCCURRENCE)
                        .is(1L)
                        .and(Field.duration(Linker.OBSERVED_FOR).ge(window)))
                .withName("Repeat purchase");
    }

    /**
     * Cohort retention, one row a customer and period after the first, as {@link Cohorts} makes them: the share of the
     * cohort that was active. By {@code offset} it is the retention curve, by {@code cohort} and {@code offset} the
     * triangle. Interval: Wilson.
     *
     * @return the KPI {@code cohort-retention}
     */
    public static Kpi<Share> cohortRetention() {
        return Share.kpi("cohort-retention", Field.flag(ACTIVE)).withName("Cohort retention");
    }
}
