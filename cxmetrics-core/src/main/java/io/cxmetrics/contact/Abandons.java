package io.cxmetrics.contact;

import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a service level treats contacts that the customer abandoned: the six ways in use. With A answered, B abandoned, T the
 * target and s a short time:
 *
 * <table>
 * <caption>The six treatments</caption>
 * <tr><th>treatment</th><th>numerator</th><th>denominator</th></tr>
 * <tr><td>{@link #EXCLUDED}</td><td>A within T</td><td>A</td></tr>
 * <tr><td>{@link #FAILURES}</td><td>A within T</td><td>A + B</td></tr>
 * <tr><td>{@link #SUCCESSES_WITHIN_TARGET}</td><td>A within T + B within T</td><td>A + B</td></tr>
 * <tr><td>{@link #FAILURES_PAST_TARGET}</td><td>A within T</td><td>A + B past T</td></tr>
 * <tr><td>{@link #shortAsSuccesses}</td><td>A within T + B within s</td><td>A + B</td></tr>
 * <tr><td>{@link #shortExcluded}</td><td>A within T</td><td>A + B past s</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Abandons {
    /** Abandoned contacts do not count at all. */
    public static final Abandons EXCLUDED = new Abandons(Kind.EXCLUDED, null);
    /** Every abandoned contact is a failure. */
    public static final Abandons FAILURES = new Abandons(Kind.FAILURES, null);
    /** A contact abandoned within the target is a success, a later one a failure. */
    public static final Abandons SUCCESSES_WITHIN_TARGET = new Abandons(Kind.SUCCESSES_WITHIN_TARGET, null);
    /** A contact abandoned within the target does not count, a later one is a failure. */
    public static final Abandons FAILURES_PAST_TARGET = new Abandons(Kind.FAILURES_PAST_TARGET, null);

    private enum Kind {
        EXCLUDED,
        FAILURES,
        SUCCESSES_WITHIN_TARGET,
        FAILURES_PAST_TARGET,
        SHORT_AS_SUCCESSES,
        SHORT_EXCLUDED
    }

    private final Kind kind;
    private final @Nullable Duration threshold;

    private Abandons(Kind kind, @Nullable Duration threshold) {
        this.kind = kind;
        this.threshold = threshold;
    }

    /**
     * A contact abandoned within a short time is a success, a later one a failure.
     *
     * @param threshold the short time, inclusive
     * @return the treatment
     */
    public static Abandons shortAsSuccesses(Duration threshold) {
        return new Abandons(Kind.SHORT_AS_SUCCESSES, threshold);
    }

    /**
     * A contact abandoned within a short time does not count, a later one is a failure.
     *
     * @param threshold the short time, inclusive
     * @return the treatment
     */
    public static Abandons shortExcluded(Duration threshold) {
        return new Abandons(Kind.SHORT_EXCLUDED, threshold);
    }

    /**
     * The name, such as {@code short-excluded}.
     *
     * @return the name
     */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The short time.
     *
     * @return the threshold of the two treatments that have one
     */
    public Optional<Duration> threshold() {
        return Optional.ofNullable(threshold);
    }

    Condition hit(Quantity<Duration> wait, Duration target) {
        Condition answered = Field.flag(ContactKpis.ANSWERED);
        Condition fast = answered.and(wait.le(target));
        if (kind == Kind.SUCCESSES_WITHIN_TARGET) {
            return wait.le(target);
        } else if (threshold != null && kind == Kind.SHORT_AS_SUCCESSES) {
            return fast.or(Field.flag(ContactKpis.ABANDONED).and(wait.le(threshold)));
        }
        return fast;
    }

    Condition where(Quantity<Duration> wait, Duration target) {
        Condition answered = Field.flag(ContactKpis.ANSWERED);
        Condition abandoned = Field.flag(ContactKpis.ABANDONED);
        if (kind == Kind.EXCLUDED) {
            return answered;
        } else if (kind == Kind.FAILURES_PAST_TARGET) {
            return answered.or(abandoned.and(wait.gt(target)));
        } else if (threshold != null && kind == Kind.SHORT_EXCLUDED) {
            return answered.or(abandoned.and(wait.gt(threshold)));
        }
        return answered.or(abandoned);
    }

    /** The name with its threshold. */
    @Override
    public String toString() {
        return threshold == null ? name() : name() + " " + threshold;
    }
}
