package io.cxmetrics.field;

import org.jspecify.annotations.Nullable;

/**
 * An event with what a {@link Linker} found out about its neighbours. The values are read through
 * {@link Linkage#fields()}. Immutable and thread-safe if the event is.
 *
 * @param <E> the type of the events
 * @since 0.1
 */
public class Linked<E> {
    static final long NONE = Long.MIN_VALUE;

    private final E event;
    final @Nullable Rejection rejection;
    final long occurrence;
    final long at;
    final long first;
    final long previous;
    final long next;
    final byte[] changed;

    Linked(
            E event,
            @Nullable Rejection rejection,
            long occurrence,
            long at,
            long first,
            long previous,
            long next,
            byte[] changed) {
        this.event = event;
        this.rejection = rejection;
        this.occurrence = occurrence;
        this.at = at;
        this.first = first;
        this.previous = previous;
        this.next = next;
        this.changed = changed;
    }

    /** A linked event that keeps the place of its event in a file. */
    static final class InFile<E> extends Linked<E> implements Located {
        private final Located place;

        InFile(Located place, Linked<E> linked) {
            super(
                    linked.event(),
                    linked.rejection,
                    linked.occurrence,
                    linked.at,
                    linked.first,
                    linked.previous,
                    linked.next,
                    linked.changed);
            this.place = place;
        }

        @Override
        public String source() {
            return place.source();
        }

        @Override
        public long line() {
            return place.line();
        }
    }

    /**
     * The event.
     *
     * @return what was linked
     */
    public E event() {
        return event;
    }

    /** Whether key and time are known, so that the event has neighbours to speak of. */
    boolean isLinked() {
        return occurrence > 0;
    }

    /** The event and its place among its neighbours. */
    @Override
    public String toString() {
        return event + (isLinked() ? " (occurrence " + occurrence + ")" : " (not linked)");
    }
}
