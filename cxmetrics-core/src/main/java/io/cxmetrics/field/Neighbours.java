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

    private final long[] times;
    private final int[] keys;
    private final int numberOfKeys;

    /** The linked events by key, then time; null if those of every key come in the order of time as they are. */
    private final int @Nullable [] order;

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
        this.numberOfKeys = keys.bound();
        this.order = isInOrder() ? null : order();
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

    /** Whether an event is linked at all. */
    boolean isLinked(int event) {
        return keys[event] != KeyNumbers.NONE;
    }

    /** The next event of the same key, or {@link #NOBODY}. */
    int[] next() {
        return next.get();
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

    private int[] findNext() {
        int[] found = nobodies(keys.length);
        int[] sorted = order;
        if (sorted != null) {
            for (int k = 1; k < sorted.length; k++) {
                if (keys[sorted[k - 1]] == keys[sorted[k]]) {
                    found[sorted[k - 1]] = sorted[k];
                }
            }
            return found;
        }
        int[] seen = nobodies(numberOfKeys);
        for (int event = keys.length - 1; event >= 0; event--) {
            int key = keys[event];
            if (key != KeyNumbers.NONE) {
                found[event] = seen[key];
                seen[key] = event;
            }
        }
        return found;
    }

    private int[] findPrevious() {
        int[] found = nobodies(keys.length);
        int[] sorted = order;
        if (sorted != null) {
            for (int k = 1; k < sorted.length; k++) {
                if (keys[sorted[k - 1]] == keys[sorted[k]]) {
                    found[sorted[k]] = sorted[k - 1];
                }
            }
            return found;
        }
        int[] seen = nobodies(numberOfKeys);
        for (int event = 0; event < keys.length; event++) {
            int key = keys[event];
            if (key != KeyNumbers.NONE) {
                found[event] = seen[key];
                seen[key] = event;
            }
        }
        return found;
    }

    private int[] findFirst() {
        int[] before = previous();
        int[] after = next();
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
        int[] after = next();
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

    /** The linked events, by key, then time, then place: counted into groups, then each group sorted. */
    private int[] order() {
        int[] ends = new int[numberOfKeys + 1];
        for (int key : keys) {
            if (key != KeyNumbers.NONE) {
                ends[key + 1]++;
            }
        }
        for (int key = 0; key < numberOfKeys; key++) {
            ends[key + 1] += ends[key];
        }
        int[] sorted = new int[ends[numberOfKeys]];
        int[] free = Arrays.copyOf(ends, numberOfKeys);
        for (int event = 0; event < keys.length; event++) {
            if (keys[event] != KeyNumbers.NONE) {
                sorted[free[keys[event]]++] = event;
            }
        }
        int[] spare = new int[sorted.length / 2 + 1];
        for (int key = 0; key < numberOfKeys; key++) {
            sort(sorted, ends[key], ends[key + 1], spare);
        }
        return sorted;
    }

    /** Sorts by time, stable; fast for events that are nearly in order. */
    private void sort(int[] events, int from, int to, int[] spare) {
        if (to - from <= FEW) {
            for (int i = from + 1; i < to; i++) {
                int event = events[i];
                int at = i;
                for (; at > from && times[events[at - 1]] > times[event]; at--) {
                    events[at] = events[at - 1];
                }
                events[at] = event;
            }
            return;
        }
        int middle = (from + to) >>> 1;
        sort(events, from, middle, spare);
        sort(events, middle, to, spare);
        if (times[events[middle - 1]] <= times[events[middle]]) {
            return;
        }
        int length = middle - from;
        System.arraycopy(events, from, spare, 0, length);
        int left = 0;
        int right = middle;
        for (int at = from; left < length; at++) {
            boolean takeRight = right < to && times[events[right]] < times[spare[left]];
            events[at] = takeRight ? events[right++] : spare[left++];
        }
    }
}
