package io.cxmetrics.contact;

/**
 * Which time counts in response and resolution times. The two bases read different fields, so that they can never be mixed.
 *
 * <p>Business time is supplied with {@link io.cxmetrics.time.BusinessHours}:
 *
 * <pre>{@code
 * fields.duration("response-business-time", r -> office.betweenOrNull(r.asked(), r.answered()))
 * }</pre>
 *
 * @since 0.1
 */
public enum TimeBasis {
    /** All time, nights and holidays included: the fields {@code response-time} and {@code resolution-time}. */
    ELAPSED("-time", ""),
    /** Opening hours only: the fields {@code response-business-time} and {@code resolution-business-time}. */
    BUSINESS("-business-time", " (business time)");

    private final String ending;
    private final String suffix;

    TimeBasis(String ending, String suffix) {
        this.ending = ending;
        this.suffix = suffix;
    }

    /** The name of a field. */
    String field(String what) {
        return what + ending;
    }

    /** What is added to the name of a KPI. */
    String suffix() {
        return suffix;
    }
}
