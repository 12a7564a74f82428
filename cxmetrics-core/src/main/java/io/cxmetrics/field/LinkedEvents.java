package io.cxmetrics.field;

import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Events with their neighbours, in arrays of a few numbers an event; the elements of the list are made when they are asked
 * for. Immutable.
 */
final class LinkedEvents<E> extends AbstractList<Linked<E>> implements RandomAccess, Batch.MadeOnDemand {
    /** There is no such value. */
    static final long NONE = Long.MIN_VALUE;

    private static final int NOBODY = -1;

    private final List<? extends E> events;
    private final long[] times;
    private final Map<Integer, Rejection> rejections;

    /** What is compared with the previous event, by field and event. */
    private final @Nullable Object[][] compared;

    private final int[] previous;
    private final int[] next;
    private final int[] first;
    private final int[] occurrences;

    /**
     * Links events.
     *
     * @param events the events, of random access
     * @param times the time of each event
     * @param codes the number of each event's key
     * @param order the events that are linked, by key, then time
     * @param rejections why events are not linked
     * @param compared what is compared with the previous event, by field and event; null if it is not known
     */
    LinkedEvents(
            List<? extends E> events,
            long[] times,
            int[] codes,
            int[] order,
            Map<Integer, Rejection> rejections,
            @Nullable Object[][] compared) {
        this.events = events;
        this.times = times;
        this.rejections = rejections;
        this.compared = compared;
        int size = events.size();
        previous = new int[size];
        next = new int[size];
        first = new int[size];
        occurrences = new int[size];
        Arrays.fill(previous, NOBODY);
        Arrays.fill(next, NOBODY);
        int begin = 0;
        for (int k = 0; k < order.length; k++) {
            int event = order[k];
            if (k > 0 && codes[order[k - 1]] == codes[event]) {
                previous[event] = order[k - 1];
                next[order[k - 1]] = event;
            } else {
                begin = k;
            }
            first[event] = order[begin];
            occurrences[event] = k - begin + 1;
        }
    }

    /** The time of the latest event that is linked. */
    @Nullable
    Instant latest() {
        long latest = NONE;
        for (int event = 0; event < times.length; event++) {
            latest = isLinked(event) ? Math.max(latest, times[event]) : latest;
        }
        return latest == NONE ? null : FieldType.instant(latest);
    }

    /** How many linked events are not later than a time. */
    long linkedUpTo(long time) {
        long count = 0;
        for (int event = 0; event < times.length; event++) {
            count += isLinked(event) && times[event] <= time ? 1 : 0;
        }
        return count;
    }

    /** Whether key and time are known, so that the event has neighbours to speak of. */
    boolean isLinked(int event) {
        return occurrences[event] > 0;
    }

    long time(int event) {
        return times[event];
    }

    long toNext(int event) {
        return next[event] == NOBODY ? NONE : times[next[event]] - times[event];
    }

    long sincePrevious(int event) {
        return previous[event] == NOBODY ? NONE : times[event] - times[previous[event]];
    }

    long firstTime(int event) {
        return times[first[event]];
    }

    long occurrence(int event) {
        return occurrences[event];
    }

    /** Whether a compared field differs from that of the previous event, as a state; nothing differs from nobody. */
    byte changed(int field, int event) {
        if (!isLinked(event)) {
            return Column.MISSING;
        } else if (previous[event] == NOBODY) {
            return Column.FALSE;
        }
        Object now = compared[field][event];
        Object before = compared[field][previous[event]];
        return now == null || before == null ? Column.MISSING : now.equals(before) ? Column.FALSE : Column.KNOWN;
    }

    @Nullable
    Rejection rejection(int event) {
        return rejections.isEmpty() ? null : rejections.get(event);
    }

    @Override
    public Linked<E> get(int index) {
        E event = events.get(index);
        return event instanceof Located place
                ? new Linked.InFile<>(event, this, index, place)
                : new Linked<>(event, this, index);
    }

    @Override
    public int size() {
        return times.length;
    }
}
