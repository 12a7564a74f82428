package io.cxmetrics;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.FieldType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The distributions of one quantity in many cells. What a cell needs grows with what it holds: first its values as they
 * come, some 1000 of them; then, while at most {@value Histogram#MOST_VALUES} differ, each with its count; afterwards
 * counters of buckets, in pages of 16 that exist where values are. Values and counters lie in the pages of one array, and
 * what is known of a cell lies together, so that an addition is a few array accesses and a cell that is added to once in a
 * while costs two lines of a processor's cache.
 *
 * <p><b>Memory of a cell</b> with n values, slack included: at most 5.4 n + 120 bytes up to 1024 values (4096 with 8 bits or
 * more) if none is negative or beyond 2<sup>32</sup> (durations up to 71 minutes, whole numbers up to four milliards), else
 * 11.5 n + 120; beyond, as many or 6 bytes for each bucket in the range where values are, that is 400 bytes for each doubling
 * between the least and the greatest magnitude of a sign with 6 bits, 3 kilobytes with 9. With 6 bits a cell of waits from
 * microseconds to days stays below 16 KB, seconds or milliseconds around a minute take 3 to 7 KB. Reals of both signs over
 * many orders of magnitude take more, and 9 bits eight times as much.
 */
final class HistogramKernel implements Cells.Kernel {
    /** A page of 16 counters is as long as a line of a processor's cache. */
    private static final int PAGE_BITS = 4;

    private static final int PAGE = 1 << PAGE_BITS;

    /** How a cell is kept: its values in 32 bits or in 64, a table of them, or buckets. */
    private static final int NARROW = 0;

    private static final int WIDE = 1;
    private static final int TABLE = 2;
    private static final int BUCKETS = 3;
    private static final int MODES = 3;

    /** How many values a page holds beside the number of the page before it. */
    private static final int NARROW_PER_PAGE = PAGE - 1;

    private static final int WIDE_PER_PAGE = (PAGE - 1) / 2;
    private static final long[] NOTHING = {};
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    /** A pool of more than 16 KB grows by a quarter instead of a half. */
    private static final int LARGE_POOL = 1 << 12;

    /** So many values are sorted without further ado, and so many in one range are too many. */
    private static final int FEW = 40;

    private static final int CROWD = 32;

    /** Bytes of an array without elements, of a reference to it, and about those of an entry of a map with key and value. */
    private static final int ARRAY_HEADER = 16;

    private static final int REFERENCE = 4;
    private static final int ENTRY = 80;

    private final long[] values;
    private final FieldType type;
    private final int bits;

    /** How many values are kept as they come: about as many as take the memory of the pages that hold them afterwards. */
    private final int mostRaw;

    /** The buckets of the rows that are being added. */
    private final int[] numbers = new int[Batch.CAPACITY];

    /** What is known of a cell: {@value #HEAD} numbers. */
    private int[] heads = new int[0];

    private static final int HEAD = 4;

    /** BUCKETS: where the directories begin, of positive values and of negative ones; before, those without pages. */
    private static final int DIRECTORIES = 0;

    /** The mode, and above it the number of values, or of a table's distinct values. */
    private static final int STATE = 2;

    /** The page of the latest values; BUCKETS: a page whose first counter is of the values that are 0; 0 if there is none. */
    private static final int LATEST = 3;

    private static final int STATE_SHIFT = 2;
    private static final int ONE = 1 << STATE_SHIFT;

    /** TABLE: pairs of a value and its count, by hash, count 0 where there is none; as many as cells if there is a table. */
    private long[][] tables = new long[0][];

    /**
     * Directories and pages. A directory is the number of its first page, the number of its pages, and where each begins, 0
     * if it does not exist.
     */
    private int[] pool = new int[1024];

    /** The pool's first free place. At its beginning is the directory without pages, which all begin with. */
    private int free = 2;

    /** A page that was given back, which begins with the number of another one; 0 if there is none. */
    private int freePage;

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
        heads = Arrays.copyOf(heads, Math.multiplyExact(cells, HEAD));
    }

    @Override
    public void add(int[] rows, int[] cells, int size) {
        Histogram.buckets(type, bits, values, rows, size, numbers);
        int[] places = pool;
        for (int i = 0; i < size; i++) {
            int number = Math.abs(numbers[i]);
            int directory = heads[HEAD * cells[i] + DIRECTORIES + (numbers[i] >>> 31)];
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
        int state = heads[HEAD * cell + STATE];
        int size = state >>> STATE_SHIFT;
        if ((state & MODES) > WIDE) {
            addKept(cell, value, 1);
        } else if (size == mostRaw) {
            long[] raw = raw(cell);
            startTable(cell);
            for (long known : raw) {
                addKept(cell, known, 1);
            }
            addKept(cell, value, 1);
        } else if ((state & MODES) == WIDE) {
            addWide(cell, size, value);
        } else if (value == (value & LOW_HALF)) {
            int at = size % NARROW_PER_PAGE;
            int page = at == 0 ? nextPage(cell) : heads[HEAD * cell + LATEST];
            pool[page + 1 + at] = (int) value;
            heads[HEAD * cell + STATE] = state + ONE;
        } else {
            long[] raw = raw(cell);
            giveBack(cell);
            heads[HEAD * cell + STATE] = WIDE;
            for (int i = 0; i < raw.length; i++) {
                addWide(cell, i, raw[i]);
            }
            addWide(cell, raw.length, value);
        }
    }

    private void addWide(int cell, int size, long value) {
        int at = size % WIDE_PER_PAGE;
        int page = at == 0 ? nextPage(cell) : heads[HEAD * cell + LATEST];
        pool[page + 1 + 2 * at] = (int) value;
        pool[page + 2 + 2 * at] = (int) (value >> Integer.SIZE);
        heads[HEAD * cell + STATE] += ONE;
    }

    /** A page for further values of a cell. */
    private int nextPage(int cell) {
        int page = takePage();
        pool[page] = heads[HEAD * cell + LATEST];
        heads[HEAD * cell + LATEST] = page;
        return page;
    }

    /** The values of a cell that keeps them as they come. */
    private long[] raw(int cell) {
        int state = heads[HEAD * cell + STATE];
        boolean isWide = (state & MODES) != NARROW;
        long[] raw = new long[state >>> STATE_SHIFT];
        int perPage = isWide ? WIDE_PER_PAGE : NARROW_PER_PAGE;
        int page = heads[HEAD * cell + LATEST];
        for (int end = raw.length; end > 0; page = pool[page]) {
            int begin = (end - 1) / perPage * perPage;
            for (int i = begin; i < end; i++) {
                int at = page + 1 + (i - begin) * (isWide ? 2 : 1);
                raw[i] = isWide ? ((long) pool[at + 1] << Integer.SIZE) | (pool[at] & LOW_HALF) : pool[at] & LOW_HALF;
            }
            end = begin;
        }
        return raw;
    }

    /** Gives back the pages of a cell's values. */
    private void giveBack(int cell) {
        for (int page = heads[HEAD * cell + LATEST]; page != 0; ) {
            int before = pool[page];
            pool[page] = freePage;
            freePage = page;
            page = before;
        }
        heads[HEAD * cell + LATEST] = 0;
    }

    private void startTable(int cell) {
        giveBack(cell);
        heads[HEAD * cell + STATE] = TABLE;
        if (cell >= tables.length) {
            int before = tables.length;
            tables = Arrays.copyOf(tables, heads.length / HEAD);
            Arrays.fill(tables, before, tables.length, NOTHING);
        }
        tables[cell] = new long[32];
    }

    private void carry(int at) {
        carried.merge(at, 1L << 31, Long::sum);
        pool[at] = 0;
    }

    /** Adds to a cell that no longer keeps values as they come, and may have left its table on the way. */
    void addKept(int cell, long value, long times) {
        if ((heads[HEAD * cell + STATE] & MODES) == TABLE) {
            addToTable(cell, value, times);
        } else {
            count(cell, value, times);
        }
    }

    private void addToTable(int cell, long value, long times) {
        long[] table = tables[cell];
        int at = place(table, value);
        int size = heads[HEAD * cell + STATE] >>> STATE_SHIFT;
        if (table[at + 1] > 0) {
            table[at + 1] += times;
        } else if (size == Histogram.MOST_VALUES) {
            heads[HEAD * cell + STATE] = BUCKETS;
            tables[cell] = NOTHING;
            for (int slot = 0; slot < table.length; slot += 2) {
                if (table[slot + 1] > 0) {
                    count(cell, table[slot], table[slot + 1]);
                }
            }
            count(cell, value, times);
        } else {
            if (size * 4 >= table.length) {
                long[] larger = new long[table.length * 2];
                for (int slot = 0; slot < table.length; slot += 2) {
                    if (table[slot + 1] > 0) {
                        int there = place(larger, table[slot]);
                        larger[there] = table[slot];
                        larger[there + 1] = table[slot + 1];
                    }
                }
                tables[cell] = larger;
                table = larger;
                at = place(table, value);
            }
            table[at] = value;
            table[at + 1] = times;
            heads[HEAD * cell + STATE] += ONE;
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
        int number = Math.abs(bucket);
        int page = bucket == 0
                ? zeroPage(cell)
                : newPage(HEAD * cell + DIRECTORIES + (bucket >>> 31), number >> PAGE_BITS);
        int at = page + (number & (PAGE - 1));
        long sum = pool[at] + times;
        pool[at] = (int) (sum & Integer.MAX_VALUE);
        if (sum > Integer.MAX_VALUE) {
            carried.merge(at, sum - pool[at], Long::sum);
        }
    }

    private int zeroPage(int cell) {
        if (heads[HEAD * cell + LATEST] == 0) {
            int page = takePage();
            heads[HEAD * cell + LATEST] = page;
        }
        return heads[HEAD * cell + LATEST];
    }

    /** Where a page begins, which is made if it does not exist. */
    private int newPage(int owner, int page) {
        int directory = heads[owner];
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
            int at = takePage();
            pool[entry] = at;
        }
        return pool[entry];
    }

    private int newDirectory(int owner, int first, int length) {
        int before = heads[owner];
        int directory = take(length + 2);
        pool[directory] = first;
        pool[directory + 1] = length;
        if (before != 0) {
            System.arraycopy(pool, before + 2, pool, directory + 2 + pool[before] - first, pool[before + 1]);
        }
        heads[owner] = directory;
        return directory;
    }

    /** A page of zeros. */
    private int takePage() {
        if (freePage == 0) {
            return take(PAGE);
        }
        int page = freePage;
        freePage = pool[page];
        Arrays.fill(pool, page, page + PAGE, 0);
        return page;
    }

    private int take(int length) {
        int at = free;
        free = Math.addExact(free, length);
        if (free > pool.length) {
            int more = pool.length < LARGE_POOL ? pool.length / 2 : pool.length / 4;
            pool = Arrays.copyOf(pool, (int)
                    Math.max(free, Math.min(Integer.MAX_VALUE - 8L, (long) pool.length + more)));
        }
        return at;
    }

    /** What all arrays take, without the headers of those that are there once. */
    long bytes() {
        long bytes = Integer.BYTES * ((long) heads.length + pool.length) + REFERENCE * (long) tables.length;
        for (long[] table : tables) {
            bytes += table == NOTHING ? 0 : ARRAY_HEADER + Long.BYTES * (long) table.length;
        }
        return bytes + ENTRY * (long) carried.size();
    }

    @Override
    public Total total(int cell) {
        int state = heads[HEAD * cell + STATE];
        return switch (state & MODES) {
            case BUCKETS -> buckets(cell);
            case TABLE -> fromTable(tables[cell], state >>> STATE_SHIFT);
            default -> fromRaw(cell);
        };
    }

    private Histogram fromRaw(int cell) {
        long[] sorted = sorted(raw(cell));
        long[] counts = new long[sorted.length];
        int distinct = 0;
        for (long value : sorted) {
            if (distinct == 0 || sorted[distinct - 1] != value) {
                sorted[distinct++] = value;
            }
            counts[distinct - 1]++;
        }
        boolean allDiffer = distinct == sorted.length;
        return Histogram.ofOwnValues(
                type,
                bits,
                allDiffer ? sorted : Arrays.copyOf(sorted, distinct),
                allDiffer ? counts : Arrays.copyOf(counts, distinct));
    }

    /**
     * Values in order: put into about as many ranges as there are values, which takes no comparison, then each moved by what
     * it lacks. Values that crowd in one range are sorted as any others.
     */
    private long[] sorted(long[] values) {
        if (values.length <= FEW) {
            Arrays.sort(values);
            return values;
        }
        int[] buckets = new int[values.length];
        int least = Integer.MAX_VALUE;
        int greatest = Integer.MIN_VALUE;
        for (int i = 0; i < values.length; i++) {
            buckets[i] = Histogram.bucket(type, bits, values[i]);
            least = Math.min(least, buckets[i]);
            greatest = Math.max(greatest, buckets[i]);
        }
        int shift = 0;
        while (((long) greatest - least) >>> shift > 2L * values.length) {
            shift++;
        }
        int[] ends = new int[((int) (((long) greatest - least) >>> shift)) + 2];
        int most = 0;
        for (int i = 0; i < values.length && most <= CROWD; i++) {
            buckets[i] = (int) (((long) buckets[i] - least) >>> shift);
            most = Math.max(most, ++ends[buckets[i] + 1]);
        }
        if (most > CROWD) {
            Arrays.sort(values);
            return values;
        }
        for (int range = 1; range < ends.length; range++) {
            ends[range] += ends[range - 1];
        }
        long[] sorted = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            sorted[ends[buckets[i]]++] = values[i];
        }
        for (int i = 1; i < sorted.length; i++) {
            long value = sorted[i];
            int at = i;
            for (; at > 0 && sorted[at - 1] > value; at--) {
                sorted[at] = sorted[at - 1];
            }
            sorted[at] = value;
        }
        return sorted;
    }

    private Histogram fromTable(long[] table, int distinct) {
        long[] keys = new long[distinct];
        for (int slot = 0, n = 0; slot < table.length; slot += 2) {
            if (table[slot + 1] > 0) {
                keys[n++] = table[slot];
            }
        }
        Arrays.sort(keys);
        long[] counts = new long[keys.length];
        Arrays.setAll(counts, i -> table[place(table, keys[i]) + 1]);
        return Histogram.ofOwnValues(type, bits, keys, counts);
    }

    private Histogram buckets(int cell) {
        int positive = heads[HEAD * cell + DIRECTORIES];
        int negative = heads[HEAD * cell + DIRECTORIES + 1];
        int zero = heads[HEAD * cell + LATEST];
        long[] keys = new long[(pool[positive + 1] + pool[negative + 1]) * PAGE + 1];
        long[] counts = new long[keys.length];
        int used = 0;
        for (int i = pool[negative + 1] * PAGE - 1; i >= 0; i--) {
            used = keep(negative, i, -1, keys, counts, used);
        }
        if (zero != 0) {
            counts[used++] = pool[zero] + carried.getOrDefault(zero, 0L);
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
