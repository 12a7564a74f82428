package io.cxmetrics.journey;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Share;
import java.util.Locale;

/**
 * One step of a funnel: how many customers came so far, how many of those before, and how long they took. Immutable and
 * thread-safe.
 *
 * @param name the name of the step
 * @param ofPrevious the share of the customers of the step before that reached this one; all for the first step
 * @param ofFirst the share of the customers of the first step that reached this one
 * @param medianTime the median time since the step before, by nearest rank, within 1 % if more than 64 different times occur;
 *     of no rows for the first step and in any order
 * @param meanTime the mean time since the step before; of no rows likewise
 * @since 0.1
 */
public record FunnelStep(String name, Share ofPrevious, Share ofFirst, Percentile medianTime, Mean meanTime) {
    /** The times between steps, in microseconds. */
    static final Fields<Long> TIMES = Fields.of(Long.class).duration("time-to-step", FieldType::duration);

    static final Kpi<Percentile> MEDIAN = Percentile.kpi(
                    "median-time-to-step", Field.duration("time-to-step"), 0.5, Direction.LOWER_IS_BETTER)
            .withName("median time");
    static final Kpi<Mean> MEAN = Mean.kpi(
                    "mean-time-to-step", Field.duration("time-to-step"), Direction.LOWER_IS_BETTER)
            .withName("mean time");

    /**
     * The number of customers who reached the step.
     *
     * @return the number
     */
    public long reached() {
        return ofFirst.hits();
    }

    /**
     * The share of the customers of the step before that were lost between it and this one.
     *
     * @return the drop-off, with its interval (Wilson)
     */
    public Share dropOff() {
        long before = ofPrevious.counts().used();
        return Share.of(before - ofPrevious.hits(), before);
    }

    FunnelStep merge(FunnelStep other) {
        return new FunnelStep(
                name,
                ofPrevious.merge(other.ofPrevious),
                ofFirst.merge(other.ofFirst),
                medianTime.merge(other.medianTime),
                meanTime.merge(other.meanTime));
    }

    /** Such as {@code search 45200, 50.0 % (95 % 49.7…50.3) of those before, median 2.0 min}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name).append(' ').append(reached());
        ofPrevious
                .value()
                .ifPresent(share -> text.append(", ")
                        .append(Unit.SHARE.format(share, ofPrevious.interval(), Locale.ROOT))
                        .append(" of those before"));
        medianTime.value().ifPresent(time -> text.append(", median ").append(Unit.SECONDS.format(time, Locale.ROOT)));
        return text.toString();
    }
}
