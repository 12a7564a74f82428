package io.cxmetrics;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.FieldType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The distributions of one quantity in many cells. What a cell needs grows with what it holds: first its values as they
 * come, some 1000 of them; then, while at most {@value Histogram#MOST_VALUES} differ, each with its count; afterwards
 * counters of buckets, in pages of 16 that exist where values are. All pages lie in one array, so that an addition is a few
 * array accesses.
 *
 * <p><b>Memory of a cell</b> with n values, slack included: at most 12 n + 80 bytes up to 1024 values (4096 with 8 bits or
 * more); beyond, as many or 6 bytes for each bucket in the range where values are, that is 400 bytes for each doubling
 * between the least and the greatest magnitude of a sign with 6 bits, 3 kilobytes with 9. With 6 bits a cell of waits from
 * microseconds to days stays below 16 KB, seconds or milliseconds around a minute take 3 to 7 KB. Reals of both signs over
 * many orders of magnitude take more, and 9 bits eight times as much.
 */
final class HistogramKernel implements Cells.Kernel {
    private static final long[] NOTHING = {};

    /** A page of 16 counters is one line of a processor's cache. */
    private static final int PAGE_BITS = 4;

    private static final int PAGE = 1 << PAGE_BITS;

    /** How a cell is kept. */
    private static final byte RAW = 0;

    private static final byte TABLE = 1;
    private static final byte BUCKETS = 2;

    /** Bytes of an array without elements, and about those of an entry of a map with its key and value. */
    private static final int ARRAY_HEADER = 16;

    private static final int ENTRY = 80;

    private final long[] values;
    private final FieldType type;
    private final int bits;

    /** How many values are kept as they come: about as many as take the memory of the pages that hold them afterwards. */
    private final int mostRaw;

    /** The buckets of the rows that are being added. */
    private final int[] numbers = new int[Batch.CAPACITY];

    private byte[] modes = new byte[0];

    /** RAW: the number of values; TABLE: of distinct values. */
    private int[] sizes = new int[0];

    /** RAW: the values; TABLE: pairs of a value and its count, by hash, count 0 where there is none. */
    private long[][] kept = new long[0][];

    /** BUCKETS: how many values are 0, and where a cell's two directories begin in the pool: of positive values, of negative. */
    private long[] zeros = new long[0];

    private int[] directories = new int[0];

    /**
     * Directories and pages. A directory is the number of its first page, the number of its pages, and where each begins, 0
     * if it does not exist.
     */
    private int[] pool = new int[1024];

    /** The pool's first free place. At its beginning is the directory without pages, which all begin with. */
    private int free = 2;

    /** What counters held before they would have overflowed, by their place in the pool. */
    private final Map<Integer, Long> carried = new HashMap<>();

    HistogramKernel(long[] values, FieldType type, int bits) {
        this.values = values;
        this.type = type;
        this.bits = bits;
        this.mostRaw = Math.max(Histogram.MOST_VALUES, Math.min(16 << bits, 4_096));
    }

    @Override
    public void grow(int cells) {
        modes = Arrays.copyOf(modes, cells);
        sizes = Arrays.copyOf(sizes, cells);
        int before = kept.length;
        kept = Arrays.copyOf(kept, cells);
        Arrays.fill(kept, before, cells, NOTHING);
        zeros = Arrays.copyOf(zeros, cells);
        directories = Arrays.copyOf(directories, 2 * cells);
    }

    @Override
    public void add(int[] rows, int[] cells, int size) {
        Histogram.buckets(type, bits, values, rows, size, numbers);
        int[] places = pool;
        for (int i = 0; i < size; i++) {
            int number = Math.abs(numbers[i]);
            int directory = directories[2 * cells[i] + (numbers[i] >>> 31)];
            int page = (number >> PAGE_BITS) - places[directory];
            // Not negative and less than the length, in one comparison.
            int at = Integer.compareUnsigned(page, places[directory + 1]) < 0 ? places[directory + 2 + page] : 0;
            int counter = at + (number & (PAGE - 1));
            if (at == 0) {
                addNew(cells[i], values[rows[i]]);
                places = pool;
            } else if (++places[counter] < 0) {
                carry(counter);
            }
        }
    }

    /** Adds a value for which there is no page: the first of it, a zero, or in a cell without buckets. */
    private void addNew(int cell, long value) {
        if (modes[cell] == BUCKETS) {
            count(cell, value, 1);
        } else {
            addKept(cell, value);
        }
    }

    private void carry(int at) {
        carried.merge(at, 1L << 31, Long::sum);
        pool[at] = 0;
    }

    private void addKept(int cell, long value) {
        if (modes[cell] == TABLE) {
            addToTable(cell, value, 1);
            return;
        }
        long[] raw = kept[cell];
        int size = sizes[cell];
        if (size == mostRaw) {
            modes[cell] = TABLE;
            sizes[cell] = 0;
            kept[cell] = new long[32];
            for (long known : raw) {
                addKept(cell, known, 1);
            }
            addKept(cell, value, 1);
            return;
        } else if (size == raw.length) {
            raw = Arrays.copyOf(raw, Math.min(mostRaw, size + Math.max(2, size / 2)));
            kept[cell] = raw;
        }
        raw[size] = value;
        sizes[cell] = size + 1;
    }

    /** Adds to a cell that no longer keeps values as they come, and may have left its table on the way. */
    void addKept(int cell, long value, long times) {
        if (modes[cell] == TABLE) {
            addToTable(cell, value, times);
        } else {
            count(cell, value, times);
        }
    }

    private void addToTable(int cell, long value, long times) {
        long[] table = kept[cell];
        int at = place(table, value);
        if (table[at + 1] > 0) {
            table[at + 1] += times;
        } else if (sizes[cell] == Histogram.MOST_VALUES) {
            modes[cell] = BUCKETS;
            kept[cell] = NOTHING;
            for (int slot = 0; slot < table.length; slot += 2) {
                if (table[slot + 1] > 0) {
                    count(cell, table[slot], table[slot + 1]);
                }
            }
            count(cell, value, times);
        } else {
            if (sizes[cell] * 4 >= table.length) {
                long[] larger = new long[table.length * 2];
                for (int slot = 0; slot < table.length; slot += 2) {
                    if (table[slot + 1] > 0) {
                        int there = place(larger, table[slot]);
                        larger[there] = table[slot];
                        larger[there + 1] = table[slot + 1];
                    }
                }
                kept[cell] = larger;
                table = larger;
                at = place(table, value);
            }
            table[at] = value;
            table[at + 1] = times;
            sizes[cell]++;
        }
    }

    /** Where a value is in a table, or would be. */
    private static int place(long[] table, long value) {
        int at = (int) ((value * 0x9E3779B97F4A7C15L) >>> 32) & (table.length - 2);
        while (table[at + 1] > 0 && table[at] != value) {
            at = (at + 2) & (table.length - 2);
        }
        return at;
    }

    private void count(int cell, long value, long times) {
        int bucket = Histogram.bucket(type, bits, value);
        if (bucket == 0) {
            zeros[cell] += times;
            return;
        }
        int number = Math.abs(bucket);
        int at = newPage(2 * cell - (bucket >> 31), number >> PAGE_BITS) + (number & (PAGE - 1));
        long sum = pool[at] + times;
        pool[at] = (int) (sum & Integer.MAX_VALUE);
        if (sum > Integer.MAX_VALUE) {
            carried.merge(at, sum - pool[at], Long::sum);
        }
    }

    /** Where a page begins, which is made if it does not exist. */
    private int newPage(int owner, int page) {
        int directory = directories[owner];
        if (directory == 0) {
            directory = newDirectory(owner, page, 4);
        }
        int first = pool[directory];
        int length = pool[directory + 1];
        if (page < first || page >= first + length) {
            int low = Math.min(first, page);
            int high = Math.max(first + length, page + 1);
            // Room to spare on the side that grows, so that directories are seldom made anew.
            int spare = (high - low) / 4;
            directory = newDirectory(owner, page < first ? low - spare : low, high - low + spare);
        }
        int entry = directory + 2 + page - pool[directory];
        if (pool[entry] == 0) {
            int at = take(PAGE);
            pool[entry] = at;
        }
        return pool[entry];
    }

    private int newDirectory(int owner, int first, int length) {
        int before = directories[owner];
        int directory = take(length + 2);
        pool[directory] = first;
        pool[directory + 1] = length;
        if (before != 0) {
            System.arraycopy(pool, before + 2, pool, directory + 2 + pool[before] - first, pool[before + 1]);
        }
        directories[owner] = directory;
        return directory;
    }

    private int take(int length) {
        int at = free;
        free = Math.addExact(free, length);
        if (free > pool.length) {
            pool = Arrays.copyOf(pool, Math.max(free, (int) Math.min(Integer.MAX_VALUE - 8L, pool.length * 3L / 2)));
        }
        return at;
    }

    /** What all arrays take, without the headers of those that are there once. */
    long bytes() {
        long bytes = modes.length
                + Integer.BYTES * ((long) sizes.length + kept.length + directories.length + pool.length)
                + Long.BYTES * (long) zeros.length;
        for (long[] held : kept) {
            bytes += held == NOTHING ? 0 : ARRAY_HEADER + Long.BYTES * (long) held.length;
        }
        return bytes + ENTRY * (long) carried.size();
    }

    @Override
    public Total total(int cell) {
        return modes[cell] == BUCKETS ? buckets(cell) : fromValues(cell);
    }

    private Histogram fromValues(int cell) {
        long[] held = kept[cell];
        boolean raw = modes[cell] == RAW;
        long[] sorted = raw ? Arrays.copyOf(held, sizes[cell]) : new long[sizes[cell]];
        for (int slot = 0, n = 0; !raw && slot < held.length; slot += 2) {
            if (held[slot + 1] > 0) {
                sorted[n++] = held[slot];
            }
        }
        Arrays.sort(sorted);
        long[] counts = new long[sorted.length];
        int distinct = 0;
        for (long value : sorted) {
            if (distinct == 0 || sorted[distinct - 1] != value) {
                sorted[distinct] = value;
                counts[distinct++] = raw ? 0 : held[place(held, value) + 1];
            }
            counts[distinct - 1] += raw ? 1 : 0;
        }
        return Histogram.ofValues(type, bits, Arrays.copyOf(sorted, distinct), Arrays.copyOf(counts, distinct));
    }

    private Histogram buckets(int cell) {
        int positive = directories[2 * cell];
        int negative = directories[2 * cell + 1];
        long[] keys = new long[(pool[positive + 1] + pool[negative + 1]) * PAGE + 1];
        long[] counts = new long[keys.length];
        int used = 0;
        for (int i = pool[negative + 1] * PAGE - 1; i >= 0; i--) {
            used = keep(negative, i, -1, keys, counts, used);
        }
        if (zeros[cell] > 0) {
            counts[used++] = zeros[cell];
        }
        for (int i = 0; i < pool[positive + 1] * PAGE; i++) {
            used = keep(positive, i, 1, keys, counts, used);
        }
        return Histogram.of(type, bits, false, Arrays.copyOf(keys, used), Arrays.copyOf(counts, used));
    }

    private int keep(int directory, int i, int sign, long[] keys, long[] counts, int used) {
        int page = pool[directory + 2 + i / PAGE];
        int at = page + i % PAGE;
        long count = page == 0 ? 0 : pool[at] + carried.getOrDefault(at, 0L);
        if (count == 0) {
            return used;
        }
        keys[used] = sign * ((long) pool[directory] * PAGE + i);
        counts[used] = count;
        return used + 1;
    }
}
