package io.cxmetrics.callback;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * KPIs of callbacks, one row a callback that a customer asked for, unless a KPI says otherwise. The vocabulary:
 * {@value #ATTEMPTS} is how many times the customer was called, {@value #REACHED} whether one of the attempts reached the
 * customer (the last one: after it nobody calls again); {@value #TIME_TO_FIRST_ATTEMPT} and {@value #TIME_TO_FIRST_CONTACT}
 * run from the request, the latter missing for a customer who was not reached.
 *
 * <p>How success falls with delay and attempts is a scorecard: by {@value #ATTEMPTS}, which is a whole number, and by a
 * derived field of {@link #delayBuckets}. Reach by hour of the week is {@link #attemptReach} by a text field with
 * {@link io.cxmetrics.time.HourOfWeek}.
 *
 * @since 0.1
 */
public final class CallbackKpis {
    /** How many times the customer was called. */
    public static final String ATTEMPTS = "attempts";
    /** The customer was reached. */
    public static final String REACHED = "reached";
    /** The time from the request to the first attempt. */
    public static final String TIME_TO_FIRST_ATTEMPT = "time-to-first-attempt";
    /** The time from the request to the first conversation; missing if there was none. */
    public static final String TIME_TO_FIRST_CONTACT = "time-to-first-contact";
    /** The callback led to a sale, or whatever its success is. */
    public static final String SUCCESS = "success";
    /** What the callback cost in all, money. */
    public static final String COST = "cost";
    /** One row an attempt: the customer answered. */
    public static final String ATTEMPT_REACHED = "attempt-reached";

    private CallbackKpis() {}

    private static Quantity<Long> attempts() {
        return Field.whole(ATTEMPTS).atLeast(0L);
    }

    private static Quantity<Duration> time(String field) {
        return Field.duration(field).atLeast(Duration.ZERO);
    }

    /**
     * First-attempt reach: the share of callbacks whose first attempt reached the customer. Callbacks not yet attempted are
     * not eligible. Interval: Wilson.
     *
     * @return the KPI {@code first-attempt-reach}
     */
    public static Kpi<Share> firstAttemptReach() {
        return reachWithin(1).withId("first-attempt-reach").withName("First-attempt reach");
    }

    /**
     * Reach within a number of attempts: the share of callbacks in which one of the first attempts reached the customer.
     * Callbacks not yet attempted are not eligible; those still open with fewer attempts count as not reached. Interval:
     * Wilson.
     *
     * @param most the number of attempts, such as 3
     * @return the KPI {@code reach-within-3} or whatever the number is
     * @throws IllegalArgumentException if the number is less than 1
     */
    public static Kpi<Share> reachWithin(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("reach needs at least 1 attempt; found " + most);
        }
        return Share.kpi(
                        "reach-within-" + most,
                        Field.flag(REACHED).and(attempts().le((long) most)))
                .where(attempts().ge(1L))
                .withName("Reach within " + most + (most == 1 ? " attempt" : " attempts"));
    }

    /**
     * Total reach: the share of callbacks that reached the customer, after however many attempts. Callbacks not yet attempted
     * are not eligible. Interval: Wilson.
     *
     * @return the KPI {@code total-reach}
     */
    public static Kpi<Share> totalReach() {
        return Share.kpi("total-reach", Field.flag(REACHED))
                .where(attempts().ge(1L))
                .withName("Total reach");
    }

    /**
     * Reach of single attempts, one row an attempt: the share that reached the customer. By a field with
     * {@link io.cxmetrics.time.HourOfWeek} it says when customers answer. Interval: Wilson.
     *
     * @return the KPI {@code attempt-reach}
     */
    public static Kpi<Share> attemptReach() {
        return Share.kpi("attempt-reach", Field.flag(ATTEMPT_REACHED)).withName("Reach of attempts");
    }

    /**
     * Attempts per callback: the mean number of attempts, callbacks not yet attempted left out. Interval: t.
     *
     * @return the KPI {@code attempts-per-callback}
     */
    public static Kpi<Mean> attemptsPerCallback() {
        return Mean.kpi("attempts-per-callback", attempts(), Direction.LOWER_IS_BETTER)
                .where(attempts().ge(1L))
                .withName("Attempts per callback");
    }

    /**
     * Attempts per reached customer: Σ attempts of all callbacks / customers reached, which is what reaching one costs. Not
     * the mean number of attempts of the reached. Interval: Fieller, with the covariance.
     *
     * @return the KPI {@code attempts-per-reached}
     */
    public static Kpi<Ratio> attemptsPerReached() {
        return Ratio.kpi("attempts-per-reached", attempts(), Field.flag(REACHED).indicator(), Direction.LOWER_IS_BETTER)
                .withName("Attempts per reached");
    }

    /**
     * Attempts per success: Σ attempts of all callbacks / successes. Interval: Fieller, with the covariance.
     *
     * @return the KPI {@code attempts-per-success}
     */
    public static Kpi<Ratio> attemptsPerSuccess() {
        return Ratio.kpi("attempts-per-success", attempts(), Field.flag(SUCCESS).indicator(), Direction.LOWER_IS_BETTER)
                .withName("Attempts per success");
    }

    /**
     * Success rate: the share of callbacks that succeeded. By {@value #ATTEMPTS} or {@link #delayBuckets} it shows how
     * success falls. Interval: Wilson.
     *
     * @return the KPI {@code callback-success}
     */
    public static Kpi<Share> successRate() {
        return Share.kpi("callback-success", Field.flag(SUCCESS)).withName("Callback success");
    }

    /**
     * Mean time from the request to the first attempt. Interval: t.
     *
     * @return the KPI {@code time-to-first-attempt}
     */
    public static Kpi<Mean> timeToFirstAttempt() {
        return Mean.kpi("time-to-first-attempt", time(TIME_TO_FIRST_ATTEMPT), Direction.LOWER_IS_BETTER)
                .withName("Time to first attempt");
    }

    /**
     * Mean time from the request to the first conversation, of the customers who were reached; the others are missing, so it
     * says little without {@link #totalReach}. Interval: t.
     *
     * @return the KPI {@code time-to-first-contact}
     */
    public static Kpi<Mean> timeToFirstContact() {
        return Mean.kpi("time-to-first-contact", time(TIME_TO_FIRST_CONTACT), Direction.LOWER_IS_BETTER)
                .withName("Time to first contact");
    }

    /**
     * A percentile of the time to the first conversation, of the customers who were reached, by nearest rank. Interval:
     * order statistics.
     *
     * @param p the percentile as a share, over 0 and up to 1, such as 0.5
     * @return the KPI {@code time-to-first-contact-p50} or whatever the percentile is
     */
    public static Kpi<Percentile> timeToFirstContact(double p) {
        String percent =
                BigDecimal.valueOf(p).movePointRight(2).stripTrailingZeros().toPlainString();
        return Percentile.kpi(
                        "time-to-first-contact-p" + percent.replace('.', '-'),
                        time(TIME_TO_FIRST_CONTACT),
                        p,
                        Direction.LOWER_IS_BETTER)
                .withName("Time to first contact, percentile " + percent);
    }

    /**
     * Called back in time: the share of callbacks whose first attempt was within the promised time. Callbacks not yet
     * attempted are missing. Interval: Wilson.
     *
     * @param promised the promised time, inclusive, such as 4 hours
     * @return the KPI {@code called-back-in-time}
     */
    public static Kpi<Share> calledBackWithin(Duration promised) {
        return Share.kpi("called-back-in-time", time(TIME_TO_FIRST_ATTEMPT).le(promised))
                .withName("Called back in time");
    }

    /**
     * Reached in time: the share of callbacks in which a conversation took place within the promised time. A customer who was
     * not reached is a failure, not missing: the promise was broken. Interval: Wilson.
     *
     * @param promised the promised time, inclusive, such as 4 hours
     * @return the KPI {@code reached-in-time}
     */
    public static Kpi<Share> reachedWithin(Duration promised) {
        Condition inTime = time(TIME_TO_FIRST_CONTACT).le(promised);
        return Share.kpi("reached-in-time", Field.flag(REACHED).and(inTime)).withName("Reached in time");
    }

    /**
     * Cost per callback: Σ cost / callbacks. Interval: Fieller.
     *
     * @param currency the ISO 4217 code of the costs' currency
     * @return the KPI {@code cost-per-callback}
     */
    public static Kpi<Ratio> costPerCallback(String currency) {
        return Ratio.perRow("cost-per-callback", Field.money(COST, currency), Direction.LOWER_IS_BETTER)
                .withName("Cost per callback");
    }

    /**
     * The delay to the first conversation in buckets, for a derived field that a scorecard is split by.
     *
     * <pre>{@code
     * fields.derived("delay", CallbackKpis.delayBuckets(List.of(Duration.ofHours(24), Duration.ofHours(48))))
     * }</pre>
     *
     * @param bounds the lower bounds of all buckets but the first, in rising order
     * @return the number of the bucket, from 0; missing for customers who were not reached
     * @throws IllegalArgumentException if there are no bounds, or they do not rise
     */
    public static Quantity<Long> delayBuckets(List<Duration> bounds) {
        return time(TIME_TO_FIRST_CONTACT).buckets(bounds);
    }
}
