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
    private final Places places;
    private final int index;

    Linked(E event, Places places, int index) {
        this.event = event;
        this.places = places;
        this.index = index;
    }

    /** A linked event that keeps the place of its event in a file. */
    static final class InFile<E> extends Linked<E> implements Located {
        private final Located place;

        InFile(Located place, E event, Places places, int index) {
            super(event, places, index);
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
        return occurrence() > 0;
    }

    /** The number among the events of the key, from 1; 0 if the event is not linked. */
    long occurrence() {
        return places.occurrence[index];
    }

    /** The time, encoded. */
    long at() {
        return places.times[index];
    }

    /** The time of the first event of the key, encoded. */
    long first() {
        return places.times[places.first[index]];
    }

    /** The time of the previous event, encoded, or {@link #NONE}. */
    long previous() {
        return time(places.previous[index]);
    }

    /** The time of the next event, encoded, or {@link #NONE}. */
    long next() {
        return time(places.next[index]);
    }

    private long time(int event) {
        return event == Places.NOBODY ? NONE : places.times[event];
    }

    /** The state of a compared field's flag. */
    byte changed(int field) {
        return places.changed[field][index];
    }

    /** Why the event is not linked, if a value was rejected. */
    @Nullable
    Rejection rejection() {
        return places.rejections.get(index);
    }

    /** The event and its place among its neighbours. */
    @Override
    public String toString() {
        return event + (isLinked() ? " (occurrence " + occurrence() + ")" : " (not linked)");
    }
}
