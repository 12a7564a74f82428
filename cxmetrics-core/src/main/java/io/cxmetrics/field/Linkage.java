package io.cxmetrics.field;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that have been linked to their neighbours, and the fields to read them by. Immutable and thread-safe if the events
 * are.
 *
 * @param <E> the type of the events
 * @since 0.1
 */
public final class Linkage<E> {
    private final LinkedEvents<E> events;
    private final Fields<Linked<E>> fields;
    private final @Nullable Instant until;

    Linkage(LinkedEvents<E> events, Fields<Linked<E>> fields, @Nullable Instant until) {
        this.events = events;
        this.fields = fields;
        this.until = until;
    }

    /**
     * How far a window has passed for the events.
     *
     * @param countedUpTo events up to this instant are counted: for them the whole window has been observed
     * @param completeAt when the window of the latest event has passed
     * @param mature how many events are counted
     * @param censored how many events are younger than the window and left out
     */
    public record Maturity(Instant countedUpTo, Instant completeAt, long mature, long censored) {
        /** Such as {@code events up to 1999-08-24T21:00:00Z count (13037); 3210 are younger, until 1999-09-07T20:59:00Z}. */
        @Override
        public String toString() {
            return "events up to " + countedUpTo + " count (" + mature + "); "
                    + (censored == 0
                            ? "none is younger"
                            : censored + (censored == 1 ? " is" : " are") + " younger, until " + completeAt);
        }
    }

    /**
     * The linked events.
     *
     * @return one for each event, in the order in which they were given
     */
    public List<Linked<E>> events() {
        return events;
    }

    /**
     * The fields of the events and those that the linker adds.
     *
     * @return the fields
     */
    public Fields<Linked<E>> fields() {
        return fields;
    }

    /**
     * How far a window has passed.
     *
     * @param window the window of a KPI, such as seven days
     * @return what is counted, and when the rest will be
     * @throws IllegalStateException if there is no event with a known key and time
     */
    public Maturity maturity(Duration window) {
        Instant last = events.latest();
        if (until == null || last == null) {
            throw new IllegalStateException("there is no event with a known key and time");
        }
        Instant countedUpTo = until.minus(window);
        long bound = FieldType.INSTANT.encode(countedUpTo);
        long mature = events.linkedUpTo(bound);
        long linked = events.linkedUpTo(Long.MAX_VALUE);
        return new Maturity(countedUpTo, last.plus(window), mature, linked - mature);
    }
}
