package io.cxmetrics.contact;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import java.time.Duration;

/**
 * KPIs of the contact centre, one row a contact. The vocabulary: {@value #ANSWERED} and {@value #ABANDONED} are flags (a
 * contact that is neither, such as one solved in the voice menu, was not offered to an agent); {@value #WAIT} is the time
 * in the queue until the answer or the abandonment; {@value #TALK}, {@value #HOLD} and {@value #AFTER_CONTACT_WORK} are
 * the parts of handling. Durations are never negative; a negative one is rejected.
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
}
