package io.cxmetrics.field;

import java.util.Arrays;
import java.util.Map;

/** What a {@link Linker} found out about each event, by the event's index. Not changed once the linker is done. */
final class Places {
    /** Instead of the index of an event that does not exist. */
    static final int NOBODY = -1;

    /** The times of the events, encoded; 0 for events that are not linked. */
    final long[] times;

    /** From 1; 0 for events that are not linked. */
    final int[] occurrence;

    final int[] first;
    final int[] previous;
    final int[] next;

    /** Of each compared field the states of its flag. */
    final byte[][] changed;

    final Map<Integer, Rejection> rejections;

    Places(long[] times, Map<Integer, Rejection> rejections, int compared) {
        this.times = times;
        this.occurrence = new int[times.length];
        this.first = new int[times.length];
        this.previous = new int[times.length];
        this.next = new int[times.length];
        Arrays.fill(previous, NOBODY);
        Arrays.fill(next, NOBODY);
        this.changed = new byte[compared][times.length];
        this.rejections = rejections;
    }

    void place(int event, int number, int firstOfKey, int before, int after) {
        occurrence[event] = number;
        first[event] = firstOfKey;
        previous[event] = before;
        next[event] = after;
    }
}
