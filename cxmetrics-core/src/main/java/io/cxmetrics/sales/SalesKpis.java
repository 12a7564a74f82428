package io.cxmetrics.sales;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Share;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * KPIs of sales, one row a session or visit. The vocabulary is given by the constants. Steps and drop-off of a journey are
 * {@code io.cxmetrics.journey}.
 *
 * @since 0.1
 */
public final class SalesKpis {
    /** The session ended with a purchase. */
    public static final String PURCHASED = "purchased";
    /** Something was put into the cart. */
    public static final String CART_FILLED = "cart-filled";
    /** The task, such as buying, was completed. */
    public static final String TASK_COMPLETED = "task-completed";
    /** The time from the beginning of the task to its end. */
    public static final String TIME_ON_TASK = "time-on-task";

    private SalesKpis() {}

    /**
     * Conversion: the share of sessions that ended with a purchase. Interval: Wilson.
     *
     * @return the KPI {@code conversion}
     */
    public static Kpi<Share> conversion() {
        return Share.kpi("conversion", Field.flag(PURCHASED)).withName("Conversion");
    }

    /**
     * Cart abandonment: 1 − orders / carts, the share of sessions with something in the cart that ended without a purchase.
     * Interval: Wilson.
     *
     * @return the KPI {@code cart-abandonment}
     */
    public static Kpi<Share> cartAbandonment() {
        return Share.kpi("cart-abandonment", Field.flag(PURCHASED).not())
                .where(Field.flag(CART_FILLED))
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName("Cart abandonment");
    }

    /**
     * Task completion: the share of tasks begun that were completed. Interval: Wilson.
     *
     * @return the KPI {@code task-completion}
     */
    public static Kpi<Share> taskCompletion() {
        return Share.kpi("task-completion", Field.flag(TASK_COMPLETED)).withName("Task completion");
    }

    private static Quantity<Duration> timeOnTaskField() {
        return Field.duration(TIME_ON_TASK).atLeast(Duration.ZERO);
    }

    /**
     * Time on task: the mean time of completed tasks, such as the duration of a purchase. Interval: t; times on task are
     * skewed, so with few dozens of them look at the median, {@code timeOnTask(0.5)}.
     *
     * @return the KPI {@code time-on-task}
     */
    public static Kpi<Mean> timeOnTask() {
        return Mean.kpi("time-on-task", timeOnTaskField(), Direction.LOWER_IS_BETTER)
                .where(Field.flag(TASK_COMPLETED))
                .withName("Time on task");
    }

    /**
     * A percentile of the time of completed tasks, by nearest rank. Interval: order statistics.
     *
     * @param p the percentile as a share, over 0 and up to 1; 0.5 is the median
     * @return the KPI {@code time-on-task-p50} or whatever the percentile is
     */
    public static Kpi<Percentile> timeOnTask(double p) {
        String percent =
                BigDecimal.valueOf(p).movePointRight(2).stripTrailingZeros().toPlainString();
        return Percentile.kpi(
                        "time-on-task-p" + percent.replace('.', '-'), timeOnTaskField(), p, Direction.LOWER_IS_BETTER)
                .where(Field.flag(TASK_COMPLETED))
                .withName("Time on task, percentile " + percent);
    }
}
