package io.cxmetrics.field;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the same key come before and after each event: of the same time, in the order in which they were given.
 * What is asked for is found then, in one pass over arrays. Immutable and thread-safe.
 */
final class Neighbours {
    /** No event. */
    static final int NOBODY = -1;

    /** So many events are sorted by moving one after another to its place. */
    private static final int FEW = 16;

    /** No time. */
    static final long NONE = Long.MIN_VALUE;

    private final long[] times;
    private final int[] keys;
    private final int bound;
    private final boolean inOrder;

    private final Once<Sorted> sorted = new Once<>(this::sort);
    private final Once<long[]> toNext = new Once<>(this::findToNext);
    private final Once<int[]> next = new Once<>(this::findNext);
    private final Once<int[]> previous = new Once<>(this::findPrevious);
    private final Once<int[]> first = new Once<>(this::findFirst);
    private final Once<int[]> occurrences = new Once<>(this::findOccurrences);

    /**
     * Links events.
     *
     * @param times the time of each event
     * @param keys the key of each event; none if the event is not linked
     */
    Neighbours(long[] times, KeyNumbers.Numbers keys) {
        this.times = times;
        this.keys = keys.of();
        this.bound = keys.bound();
        this.inOrder = isInOrder();
    }

    /** A value that is found when it is asked for first, and then kept. */
    private static final class Once<T> {
        private final Supplier<T> find;
        private volatile @Nullable T found;

        Once(Supplier<T> find) {
            this.find = find;
        }

        T get() {
            T known = found;
            if (known == null) {
                synchronized (this) {
                    known = found;
                    if (known == null) {
                        known = find.get();
                        found = known;
                    }
                }
            }
            return known;
        }
    }

    /** Whether no linked event is earlier than one before it. */
    private boolean isInOrder() {
        long latest = Long.MIN_VALUE;
        for (int event = 0; event < times.length; event++) {
            if (keys[event] != KeyNumbers.NONE) {
                if (times[event] < latest) {
                    return false;
                }
                latest = times[event];
            }
        }
        return true;
    }

    /** Whether an event is linked at all. */
    boolean isLinked(int event) {
        return keys[event] != KeyNumbers.NONE;
    }

    /** The time from each event to the next of the same key, or {@link #NONE}. */
    long[] toNext() {
        return toNext.get();
    }

    /** The previous event of the same key, or {@link #NOBODY}. */
    int[] previous() {
        return previous.get();
    }

    /** The first event of the same key; undefined for an event that is not linked. */
    int[] first() {
        return first.get();
    }

    /** The number of each event among those of its key, from 1; undefined for an event that is not linked. */
    int[] occurrences() {
        return occurrences.get();
    }

    private long[] findToNext() {
        long[] found = new long[keys.length];
        Arrays.fill(found, NONE);
        if (!inOrder) {
            Sorted all = sorted.get();
            for (int key = 0; key < bound; key++) {
                for (int k = all.ends[key] + 1; k < all.ends[key + 1]; k++) {
                    found[all.events[k - 1]] = all.times[k] - all.times[k - 1];
                }
            }
            return found;
        }
        long[] seen = new long[bound];
        Arrays.fill(seen, NONE);
        for (int event = keys.length - 1; event >= 0; event--) {
            int key = keys[event];
            if (key != KeyNumbers.NONE) {
                found[event] = seen[key] == NONE ? NONE : seen[key] - times[event];
                seen[key] = times[event];
            }
        }
        return found;
    }

    private int[] findPrevious() {
        int[] found = nobodies(keys.length);
        if (!inOrder) {
            Sorted all = sorted.get();
            for (int key = 0; key < bound; key++) {
                for (int k = all.ends[key] + 1; k < all.ends[key + 1]; k++) {
                    found[all.events[k]] = all.events[k - 1];
                }
            }
            return found;
        }
        int[] seen = nobodies(bound);
        for (int event = 0; event < keys.length; event++) {
            int key = keys[event];
            if (key != KeyNumbers.NONE) {
                found[event] = seen[key];
                seen[key] = event;
            }
        }
        return found;
    }

    private int[] findNext() {
        int[] found = nobodies(keys.length);
        int[] before = previous();
        for (int event = 0; event < before.length; event++) {
            if (before[event] != NOBODY) {
                found[before[event]] = event;
            }
        }
        return found;
    }

    private int[] findFirst() {
        int[] before = previous();
        int[] after = next.get();
        int[] found = new int[keys.length];
        for (int event = 0; event < keys.length; event++) {
            if (before[event] == NOBODY) {
                for (int later = event; later != NOBODY; later = after[later]) {
                    found[later] = event;
                }
            }
        }
        return found;
    }

    private int[] findOccurrences() {
        int[] before = previous();
        int[] after = next.get();
        int[] found = new int[keys.length];
        for (int event = 0; event < keys.length; event++) {
            if (before[event] == NOBODY) {
                int number = 0;
                for (int later = event; later != NOBODY; later = after[later]) {
                    number++;
                    found[later] = number;
                }
            }
        }
        return found;
    }

    private static int[] nobodies(int length) {
        int[] events = new int[length];
        Arrays.fill(events, NOBODY);
        return events;
    }

    /** Counted into groups, then each group sorted: most keys have few events. */
    private Sorted sort() {
        int[] ends = new int[bound + 2];
        for (int key : keys) {
            if (key != KeyNumbers.NONE) {
                ends[key + 2]++;
            }
        }
        for (int key = 2; key < ends.length; key++) {
            ends[key] += ends[key - 1];
        }
        // Until the events are in their places, the number behind a key's is where its next one goes.
        Sorted all = new Sorted(ends, ends[bound + 1]);
        for (int event = 0; event < keys.length; event++) {
            int key = keys[event];
            if (key != KeyNumbers.NONE) {
                int place = ends[key + 1]++;
                all.events[place] = event;
                all.times[place] = times[event];
            }
        }
        for (int key = 0; key < bound; key++) {
            all.sort(ends[key], ends[key + 1]);
        }
        return all;
    }

    /** The linked events by key, then time, then place; those of a key lie between its end and the one behind it. */
    private static final class Sorted {
        final int[] ends;
        final int[] events;
        final long[] times;
        private int[] spareEvents = {};
        private long[] spareTimes = {};

        Sorted(int[] ends, int size) {
            this.ends = ends;
            events = new int[size];
            times = new long[size];
        }

        /** Sorts by time, stable. */
        void sort(int from, int to) {
            if (to - from <= FEW) {
                insert(from, to);
                return;
            }
            int middle = (from + to) >>> 1;
            sort(from, middle);
            sort(middle, to);
            if (times[middle - 1] > times[middle]) {
                merge(from, middle, to);
            }
        }

        private void insert(int from, int to) {
            for (int i = from + 1; i < to; i++) {
                long time = times[i];
                int event = events[i];
                int at = i;
                for (; at > from && times[at - 1] > time; at--) {
                    times[at] = times[at - 1];
                    events[at] = events[at - 1];
                }
                times[at] = time;
                events[at] = event;
            }
        }

        private void merge(int from, int middle, int to) {
            int length = middle - from;
            if (spareTimes.length < length) {
                spareTimes = new long[to - from];
                spareEvents = new int[to - from];
            }
            System.arraycopy(times, from, spareTimes, 0, length);
            System.arraycopy(events, from, spareEvents, 0, length);
            int left = 0;
            int right = middle;
            for (int at = from; left < length; at++) {
                boolean takeRight = right < to && times[right] < spareTimes[left];
                times[at] = takeRight ? times[right] : spareTimes[left];
                events[at] = takeRight ? events[right++] : spareEvents[left++];
            }
        }
    }
}
