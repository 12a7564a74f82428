package io.cxmetrics.contact;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * KPIs of the contact centre and the service chain, one row a contact unless a KPI says otherwise. The vocabulary: {@value #ANSWERED} and {@value #ABANDONED} are flags (a
 * contact that is neither, such as one solved in the voice menu, was not offered to an agent); {@value #WAIT} is the time
 * in the queue until the answer or the abandonment; {@value #TALK}, {@value #HOLD} and {@value #AFTER_CONTACT_WORK} are
 * the parts of handling. The other constants say their own meaning. Durations are never negative; a negative one is
 * rejected.
 *
 * <p>First-contact resolution and repeat contacts need the contacts of a customer to be linked first, see
 * {@link Linker}. Contact reasons as a ranked distribution are {@code io.cxmetrics.scorecard.Pareto}.
 *
 * @since 0.1
 */
public final class ContactKpis {
    /** The contact reached an agent. */
    public static final String ANSWERED = "answered";
    /** The customer left the queue before an answer. */
    public static final String ABANDONED = "abandoned";
    /** The time in the queue. */
    public static final String WAIT = "wait";
    /** The time in conversation. */
    public static final String TALK = "talk";
    /** The time that the customer was put on hold. */
    public static final String HOLD = "hold";
    /** The work after the contact. */
    public static final String AFTER_CONTACT_WORK = "after-contact-work";

    /** The time that an agent spent on contacts; one row an agent's interval. */
    public static final String ON_CONTACT = "on-contact";
    /** The time that an agent waited for contacts; one row an agent's interval. */
    public static final String IDLE = "idle";
    /** The time that a resource was used; one row a resource's interval. */
    public static final String USED_TIME = "used-time";
    /** The time that a resource was there to be used; one row a resource's interval. */
    public static final String AVAILABLE_TIME = "available-time";
    /** The time in which something was done for the customer; one row a case. */
    public static final String VALUE_ADDING_TIME = "value-adding-time";
    /** The time from the customer's need to its satisfaction; one row a case. */
    public static final String THROUGHPUT_TIME = "throughput-time";
    /** The contact was passed on to another agent or queue. */
    public static final String TRANSFERRED = "transferred";
    /** The customer had to go on in another channel than the contact began in. */
    public static final String CHANNEL_SWITCHED = "channel-switched";
    /** The customer had to say again what was said before. */
    public static final String REPEATED_INFORMATION = "repeated-information";
    /** How many support requests to the second line the contact caused. */
    public static final String SUPPORT_REQUESTS = "support-requests";
    /** Judged: the contact need not have happened. Missing for contacts that nobody judged. */
    public static final String AVOIDABLE = "avoidable";
    /** The matter was resolved. */
    public static final String RESOLVED = "resolved";
    /** What the contact cost, money. */
    public static final String COST = "cost";

    private ContactKpis() {}

    private static Quantity<Duration> time(String field) {
        return Field.duration(field).atLeast(Duration.ZERO);
    }

    /**
     * Service level: the share of contacts answered within a target time. Interval: Wilson.
     *
     * @param target the target time, inclusive
     * @param abandons how abandoned contacts count
     * @return the KPI {@code service-level}
     */
    public static Kpi<Share> serviceLevel(Duration target, Abandons abandons) {
        Quantity<Duration> wait = time(WAIT);
        return Share.kpi("service-level", abandons.hit(wait, target))
                .where(abandons.where(wait, target))
                .withName("Service level");
    }

    /**
     * Abandonment rate: abandoned / offered, where offered is answered or abandoned. Interval: Wilson.
     *
     * @return the KPI {@code abandonment-rate}
     */
    public static Kpi<Share> abandonmentRate() {
        return Share.kpi("abandonment-rate", Field.flag(ABANDONED))
                .where(offered())
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName("Abandonment rate");
    }

    /**
     * Abandonment rate without contacts abandoned within a short time, which count neither as abandoned nor as offered.
     * Interval: Wilson.
     *
     * @param threshold the short time, inclusive
     * @return the KPI {@code abandonment-rate}
     */
    public static Kpi<Share> abandonmentRate(Duration threshold) {
        return Share.kpi("abandonment-rate", Field.flag(ABANDONED))
                .where(Field.flag(ANSWERED)
                        .or(Field.flag(ABANDONED).and(time(WAIT).gt(threshold))))
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName("Abandonment rate");
    }

    private static Condition offered() {
        return Field.flag(ANSWERED).or(Field.flag(ABANDONED));
    }

    /**
     * ASA, average speed of answer: the mean time in the queue of answered contacts, those that did not queue included as
     * 0. Interval: t.
     *
     * @return the KPI {@code asa}
     */
    public static Kpi<Mean> averageSpeedOfAnswer() {
        return Mean.kpi("asa", time(WAIT), Direction.LOWER_IS_BETTER)
                .where(Field.flag(ANSWERED))
                .withName("ASA");
    }

    /**
     * AHT, average handle time: (talk + hold + after-contact work) / handled contacts, a ratio of sums. Interval: Fieller.
     *
     * @return the KPI {@code aht}
     */
    public static Kpi<Ratio> averageHandleTime() {
        return averageHandleTime(TALK, HOLD, AFTER_CONTACT_WORK);
    }

    /**
     * AHT of the parts that a system records; the parts belong to the KPI's identity.
     *
     * @param parts the names of at least one duration field, such as {@value #TALK}
     * @return the KPI {@code aht}
     * @throws IllegalArgumentException if there are no parts
     */
    public static Kpi<Ratio> averageHandleTime(String... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("AHT needs at least one part, such as talk");
        }
        Quantity<Duration> handling = time(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            handling = handling.plus(time(parts[i]));
        }
        return Ratio.perRow("aht", handling, Direction.LOWER_IS_BETTER)
                .where(Field.flag(ANSWERED))
                .withName("AHT");
    }

    /**
     * After-contact work: its mean over answered contacts. Interval: t.
     *
     * @return the KPI {@code after-contact-work}
     */
    public static Kpi<Mean> afterContactWork() {
        return Mean.kpi("after-contact-work", time(AFTER_CONTACT_WORK), Direction.LOWER_IS_BETTER)
                .where(Field.flag(ANSWERED))
                .withName("After-contact work");
    }

    /**
     * A percentile of the after-contact work of answered contacts, by nearest rank. Interval: order statistics.
     *
     * @param p the percentile as a share, over 0 and up to 1, such as 0.9
     * @return the KPI {@code after-contact-work-p90} or whatever the percentile is
     */
    public static Kpi<Percentile> afterContactWork(double p) {
        return percentile("after-contact-work", "After-contact work", AFTER_CONTACT_WORK, p)
                .where(Field.flag(ANSWERED));
    }

    private static Kpi<Percentile> percentile(String id, String name, String field, double p) {
        String percent =
                BigDecimal.valueOf(p).movePointRight(2).stripTrailingZeros().toPlainString();
        return Percentile.kpi(id + "-p" + percent.replace('.', '-'), time(field), p, Direction.LOWER_IS_BETTER)
                .withName(name + ", percentile " + percent);
    }

    /**
     * Occupancy: the share of agents' time with contacts or ready for them that they spent on contacts, Σ on-contact /
     * Σ (on-contact + idle). One row an agent's interval, such as half an hour. High is not simply good: above some 85 %
     * queues and exhaustion grow, so it has no direction. Interval: Fieller.
     *
     * @return the KPI {@code occupancy}
     */
    public static Kpi<Ratio> occupancy() {
        return Ratio.kpi("occupancy", time(ON_CONTACT), time(ON_CONTACT).plus(time(IDLE)), Direction.NEUTRAL)
                .withName("Occupancy");
    }

    /**
     * Resource efficiency: how much of the available time of a resource was used, Σ used / Σ available. One row a
     * resource's interval. Its counterpart is {@link #flowEfficiency}; raising the one often lowers the other, so it has no
     * direction. Interval: Fieller. Source: N. Modig, P. Åhlström (2012), This is Lean.
     *
     * @return the KPI {@code resource-efficiency}
     */
    public static Kpi<Ratio> resourceEfficiency() {
        return Ratio.kpi("resource-efficiency", time(USED_TIME), time(AVAILABLE_TIME), Direction.NEUTRAL)
                .withName("Resource efficiency");
    }

    /**
     * Flow efficiency: how much of the time that a case took was spent on the customer's need, Σ value-adding / Σ
     * throughput; 10 of 30 minutes are 33 %. One row a case. Interval: Fieller. Source: N. Modig, P. Åhlström (2012), This
     * is Lean.
     *
     * @return the KPI {@code flow-efficiency}
     */
    public static Kpi<Ratio> flowEfficiency() {
        return Ratio.kpi("flow-efficiency", time(VALUE_ADDING_TIME), time(THROUGHPUT_TIME), Direction.HIGHER_IS_BETTER)
                .withName("Flow efficiency");
    }

    private static Kpi<Share> lowShare(String id, String name, String flag) {
        return Share.kpi(id, Field.flag(flag))
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName(name);
    }

    /**
     * Transfer rate: the share of answered contacts that were passed on. Interval: Wilson.
     *
     * @return the KPI {@code transfer-rate}
     */
    public static Kpi<Share> transferRate() {
        return lowShare("transfer-rate", "Transfer rate", TRANSFERRED).where(Field.flag(ANSWERED));
    }

    /**
     * Channel-switch rate: the share of contacts in which the customer had to change the channel. To tell it from linked
     * contacts, map the linker's {@code channel-changed} to {@value #CHANNEL_SWITCHED}. Interval: Wilson.
     *
     * @return the KPI {@code channel-switch-rate}
     */
    public static Kpi<Share> channelSwitchRate() {
        return lowShare("channel-switch-rate", "Channel-switch rate", CHANNEL_SWITCHED);
    }

    /**
     * Repeated-information rate: the share of contacts in which customers had to say again what they had said before.
     * Interval: Wilson.
     *
     * @return the KPI {@code repeated-information-rate}
     */
    public static Kpi<Share> repeatedInformationRate() {
        return lowShare("repeated-information-rate", "Repeated-information rate", REPEATED_INFORMATION);
    }

    /**
     * Second-line request rate: support requests to the second line for each contact of the first line, Σ requests /
     * contacts. A contact may cause several, so it can exceed 100 %. A rising rate is an early sign of missing instructions
     * or training. Interval: Fieller.
     *
     * @return the KPI {@code second-line-request-rate}
     */
    public static Kpi<Ratio> secondLineRequestRate() {
        Quantity<Long> requests = Field.whole(SUPPORT_REQUESTS).atLeast(0L);
        return Kpi.of(
                        "second-line-request-rate",
                        new Ratio.Definition(requests, Field.constant(1L)),
                        Unit.SHARE,
                        Direction.LOWER_IS_BETTER)
                .withName("Second-line request rate");
    }

    /**
     * Avoidable share: of the contacts that were judged, the share that need not have happened: already trained, documented,
     * or sent to the wrong recipient. Contacts that nobody judged are missing. The judged ones should be a random sample;
     * its interval can take the size of the population into account. Interval: Wilson.
     *
     * @return the KPI {@code avoidable-share}
     */
    public static Kpi<Share> avoidableShare() {
        return lowShare("avoidable-share", "Avoidable contacts", AVOIDABLE);
    }

    /**
     * First-contact resolution: the share of contacts after which the same customer (and topic, if the linker was told so)
     * did not come back within a window. It reads the fields of a {@link Linker}. Contacts younger than the window are not
     * eligible, even if the customer came back already: counting the repeats but not the successes of recent days would
     * bias the rate. Contacts of unknown customers are missing. Narrow it by {@code where}, for example to answered
     * contacts. Interval: Wilson; customers with many contacts make it a little too short.
     *
     * @param window the time without a further contact, usually 7 days
     * @return the KPI {@code fcr}
     * @throws IllegalArgumentException if the window is not positive
     */
    public static Kpi<Share> firstContactResolution(Duration window) {
        return Share.kpi("fcr", repeatedWithin(window).not())
                .where(observedFor(window))
                .withName("First-contact resolution");
    }

    /**
     * First-contact resolution within 7 days.
     *
     * @return the KPI {@code fcr}
     */
    public static Kpi<Share> firstContactResolution() {
        return firstContactResolution(Duration.ofDays(7));
    }

    /**
     * Repeat-contact rate: the share of contacts after which the same customer (and topic) came back within a window; the
     * complement of {@link #firstContactResolution(Duration)}. Interval: Wilson.
     *
     * @param window the window, usually 7 days
     * @return the KPI {@code repeat-contact-rate}
     * @throws IllegalArgumentException if the window is not positive
     */
    public static Kpi<Share> repeatContactRate(Duration window) {
        return Share.kpi("repeat-contact-rate", repeatedWithin(window))
                .where(observedFor(window))
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName("Repeat-contact rate");
    }

    private static Condition repeatedWithin(Duration window) {
        Quantity<Duration> next = time(Linker.TIME_TO_NEXT);
        return next.isMissing().not().and(next.le(window));
    }

    private static Condition observedFor(Duration window) {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a window of repeat contacts must be positive; found " + window);
        }
        return Field.duration(Linker.OBSERVED_FOR).ge(window);
    }

    /**
     * Mean response time: from the request to the first answer. Requests without an answer are missing. Interval: t.
     *
     * @param basis whether all time counts, or opening hours only
     * @return the KPI {@code response-time} or {@code response-business-time}
     */
    public static Kpi<Mean> responseTime(TimeBasis basis) {
        return meanTime("response", "Response time", basis);
    }

    /**
     * A percentile of the response time, by nearest rank. Interval: order statistics.
     *
     * @param basis whether all time counts, or opening hours only
     * @param p the percentile as a share, over 0 and up to 1, such as 0.9
     * @return the KPI {@code response-time-p90} or whatever the percentile is
     */
    public static Kpi<Percentile> responseTime(TimeBasis basis, double p) {
        return percentile(basis.field("response"), "Response time" + basis.suffix(), basis.field("response"), p);
    }

    /**
     * The share of answered requests that were answered within a target time. Interval: Wilson.
     *
     * @param target the target time, inclusive
     * @param basis whether all time counts, or opening hours only
     * @return the KPI {@code responded-in-time}
     */
    public static Kpi<Share> respondedWithin(Duration target, TimeBasis basis) {
        return Share.kpi("responded-in-time", time(basis.field("response")).le(target))
                .withName("Responded in time" + basis.suffix());
    }

    /**
     * Mean resolution time: from the request to the resolution of the matter. Open matters are missing, which makes the mean
     * look better than it will be. Interval: t.
     *
     * @param basis whether all time counts, or opening hours only
     * @return the KPI {@code resolution-time} or {@code resolution-business-time}
     */
    public static Kpi<Mean> resolutionTime(TimeBasis basis) {
        return meanTime("resolution", "Resolution time", basis);
    }

    /**
     * A percentile of the resolution time, by nearest rank. Interval: order statistics.
     *
     * @param basis whether all time counts, or opening hours only
     * @param p the percentile as a share, over 0 and up to 1, such as 0.9
     * @return the KPI {@code resolution-time-p90} or whatever the percentile is
     */
    public static Kpi<Percentile> resolutionTime(TimeBasis basis, double p) {
        return percentile(basis.field("resolution"), "Resolution time" + basis.suffix(), basis.field("resolution"), p);
    }

    /**
     * The share of resolved matters that were resolved within a target time. Interval: Wilson.
     *
     * @param target the target time, inclusive
     * @param basis whether all time counts, or opening hours only
     * @return the KPI {@code resolved-in-time}
     */
    public static Kpi<Share> resolvedWithin(Duration target, TimeBasis basis) {
        return Share.kpi("resolved-in-time", time(basis.field("resolution")).le(target))
                .withName("Resolved in time" + basis.suffix());
    }

    private static Kpi<Mean> meanTime(String what, String name, TimeBasis basis) {
        return Mean.kpi(basis.field(what), time(basis.field(what)), Direction.LOWER_IS_BETTER)
                .withName(name + basis.suffix());
    }

    /**
     * Cost per contact: Σ cost / contacts. Interval: Fieller.
     *
     * @param currency the ISO 4217 code of the costs' currency
     * @return the KPI {@code cost-per-contact}
     */
    public static Kpi<Ratio> costPerContact(String currency) {
        return Ratio.perRow("cost-per-contact", Field.money(COST, currency), Direction.LOWER_IS_BETTER)
                .withName("Cost per contact");
    }

    /**
     * Cost per resolution: Σ cost of all contacts / number of those that resolved the matter. Undefined if none did; its
     * interval is unbounded while resolutions are too few. Interval: Fieller, with the covariance.
     *
     * @param currency the ISO 4217 code of the costs' currency
     * @return the KPI {@code cost-per-resolution}
     */
    public static Kpi<Ratio> costPerResolution(String currency) {
        return Ratio.kpi(
                        "cost-per-resolution",
                        Field.money(COST, currency),
                        Field.flag(RESOLVED).indicator(),
                        Direction.LOWER_IS_BETTER)
                .withName("Cost per resolution");
    }
}
