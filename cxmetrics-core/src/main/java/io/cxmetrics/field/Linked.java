package io.cxmetrics.field;

/**
 * An event with what a {@link Linker} found out about its neighbours. The values are read through
 * {@link Linkage#fields()}. Immutable and thread-safe if the event is.
 *
 * @param <E> the type of the events
 * @since 0.1
 */
public class Linked<E> {
    private final E event;
    private final LinkedEvents<E> all;
    private final int index;

    Linked(E event, LinkedEvents<E> all, int index) {
        this.event = event;
        this.all = all;
        this.index = index;
    }

    /** All events and this one's place among them. */
    LinkedEvents<E> all() {
        return all;
    }

    int index() {
        return index;
    }

    /** A linked event that keeps the place of its event in a file. */
    static final class InFile<E> extends Linked<E> implements Located {
        private final Located place;

        InFile(E event, LinkedEvents<E> all, int index, Located place) {
            super(event, all, index);
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

    /** The event and its place among its neighbours. */
    @Override
    public String toString() {
        return event + (all.isLinked(index) ? " (occurrence " + all.occurrence(index) + ")" : " (not linked)");
    }
}
