package io.cxmetrics.field;

import java.time.Instant;
import java.util.AbstractList;
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
    static final long NONE = Neighbours.NONE;

    private final List<? extends E> events;
    private final long[] times;
    private final Neighbours neighbours;
    private final Map<Integer, Rejection> rejections;

    /** What is compared with the previous event, by field and event. */
    private final @Nullable Object[][] compared;

    /**
     * Linked events.
     *
     * @param events the events, of random access
     * @param times the time of each event
     * @param neighbours the events before and after each
     * @param rejections why events are not linked
     * @param compared what is compared with the previous event, by field and event; null if it is not known
     */
    LinkedEvents(
            List<? extends E> events,
            long[] times,
            Neighbours neighbours,
            Map<Integer, Rejection> rejections,
            @Nullable Object[][] compared) {
        this.events = events;
        this.times = times;
        this.neighbours = neighbours;
        this.rejections = rejections;
        this.compared = compared;
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
        return neighbours.isLinked(event);
    }

    /** The number of an event among those of its key, from 1. */
    int occurrence(int event) {
        return neighbours.occurrences()[event];
    }

    /** Sets rows of a column for as many events from one on. */
    @FunctionalInterface
    interface Reader {
        void read(LinkedEvents<?> events, int from, int size, Column into, int row);
    }

    void readToNext(int from, int size, Column into, int row) {
        long[] toNext = neighbours.toNext();
        long[] values = into.values();
        byte[] states = into.states();
        long all = 0;
        for (int i = 0; i < size; i++) {
            long value = toNext[from + i];
            boolean isKnown = value != NONE;
            values[row + i] = value;
            states[row + i] = isKnown ? Column.KNOWN : Column.MISSING;
            all |= isKnown ? value : 0;
        }
        checkTimes(all, size, into, row);
        setRejected(from, size, into, row);
    }

    void readSincePrevious(int from, int size, Column into, int row) {
        int[] previous = neighbours.previous();
        long[] values = into.values();
        byte[] states = into.states();
        long all = 0;
        for (int i = 0; i < size; i++) {
            int there = previous[from + i];
            long value = times[from + i] - times[there < 0 ? from + i : there];
            values[row + i] = value;
            states[row + i] = there < 0 ? Column.MISSING : Column.KNOWN;
            all |= value;
        }
        checkTimes(all, size, into, row);
        setRejected(from, size, into, row);
    }

    /** From each event to an end. */
    void readUntil(long end, int from, int size, Column into, int row) {
        long[] values = into.values();
        byte[] states = into.states();
        long all = 0;
        for (int i = 0; i < size; i++) {
            long time = times[from + i];
            long value = time == NONE ? 0 : end - time;
            values[row + i] = value;
            states[row + i] = time == NONE ? Column.MISSING : Column.KNOWN;
            all |= Math.abs(value);
        }
        checkTimes(all, size, into, row);
        setRejected(from, size, into, row);
    }

    void readOccurrence(int from, int size, Column into, int row) {
        int[] occurrences = neighbours.occurrences();
        for (int i = 0; i < size; i++) {
            into.set(row + i, occurrences[from + i]);
        }
        setUnlinked(from, size, into, row);
    }

    void readFirst(int from, int size, Column into, int row) {
        int[] first = neighbours.first();
        for (int i = 0; i < size; i++) {
            into.set(row + i, times[first[from + i]]);
        }
        setUnlinked(from, size, into, row);
    }

    /** Whether a compared field differs from that of the previous event; nothing differs from nobody. */
    void readChanged(int field, int from, int size, Column into, int row) {
        int[] previous = neighbours.previous();
        for (int i = 0; i < size; i++) {
            int there = previous[from + i];
            Object now = compared[field][from + i];
            Object before = there < 0 ? null : compared[field][there];
            if (there < 0) {
                into.setFlag(row + i, false);
            } else if (now == null || before == null) {
                into.setMissing(row + i);
            } else {
                into.setFlag(row + i, !now.equals(before));
            }
        }
        setUnlinked(from, size, into, row);
    }

    /** Sets aside what is further away than a duration may be; {@code all} has the bits of all values together. */
    private static void checkTimes(long all, int size, Column into, int row) {
        long most = FieldType.DURATION.maximum();
        if (all >= 0 && all <= most) {
            return;
        }
        for (int i = row; i < row + size; i++) {
            long value = into.values()[i];
            if (into.states()[i] == Column.KNOWN && (value > most || value < -most)) {
                into.reject(i, Long.toString(value), "expected a time within a hundred years");
            }
        }
    }

    private void setUnlinked(int from, int size, Column into, int row) {
        for (int i = 0; i < size; i++) {
            if (!isLinked(from + i)) {
                into.setMissing(row + i);
            }
        }
        setRejected(from, size, into, row);
    }

    /** An event with a rejected key or time has rejected fields. */
    private void setRejected(int from, int size, Column into, int row) {
        if (rejections.isEmpty()) {
            return;
        }
        for (int i = 0; i < size; i++) {
            Rejection rejection = rejections.get(from + i);
            if (rejection != null) {
                into.reject(row + i, rejection.found(), rejection.reason());
            }
        }
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
