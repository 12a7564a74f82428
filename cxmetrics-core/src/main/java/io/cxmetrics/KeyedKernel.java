package io.cxmetrics;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Totals by cell and key: every pair of a cell and a hashed key is a slot, and the kernels of the plain aggregates take slots
 * for cells. The keys themselves are held only in a small cache that spares hashing a customer's next row.
 */
final class KeyedKernel implements Cells.Kernel {
    private static final int CACHE = 1 << 12;

    private final String[] keys;
    private final List<Cells.Kernel> kernels = new ArrayList<>();
    private final @Nullable String[] cachedKeys = new String[CACHE];
    private final long[] cachedHashes = new long[CACHE];
    private final int[] slots = new int[Batch.CAPACITY];

    /** Slot + 1 by the hash of cell and key, with linear probing; 0 is free. */
    private int[] table = new int[16];

    private long[] hashOf = new long[8];
    private int[] cellOf = new int[8];
    /** The slots of one cell are a chain that begins at its last slot; each number is one more than the slot. */
    private int[] before = new int[8];

    private int[] last = new int[0];
    private int size;

    KeyedKernel(Aggregate.Keyed aggregate, Function<Expression, Column> columns) {
        this.keys = columns.apply(aggregate.key()).texts();
        for (Aggregate of : aggregate.of()) {
            boolean real = of instanceof Aggregate.Sum sum && sum.of().type() == FieldType.NUMBER;
            kernels.add(
                    real ? new RealSums(columns.apply(((Aggregate.Sum) of).of()).values()) : Cells.kernel(of, columns));
        }
        kernels.forEach(kernel -> kernel.grow(hashOf.length));
    }

    @Override
    public void grow(int cells) {
        last = Arrays.copyOf(last, cells);
    }

    @Override
    public void add(int[] rows, int[] cells, int count) {
        for (int i = 0; i < count; i++) {
            slots[i] = slot(cells[i], hash(keys[rows[i]]));
        }
        for (Cells.Kernel kernel : kernels) {
            kernel.add(rows, slots, count);
        }
    }

    private long hash(String key) {
        int at = key.hashCode() & (CACHE - 1);
        if (!key.equals(cachedKeys[at])) {
            cachedKeys[at] = key;
            cachedHashes[at] = KeyedTotals.hash(key);
        }
        return cachedHashes[at];
    }

    private static int place(int cell, long hash, int length) {
        long mixed = (hash + cell) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32) & (length - 1);
    }

    private int slot(int cell, long hash) {
        int at = place(cell, hash, table.length);
        while (table[at] != 0) {
            int slot = table[at] - 1;
            if (hashOf[slot] == hash && cellOf[slot] == cell) {
                return slot;
            }
            at = (at + 1) & (table.length - 1);
        }
        if (size == hashOf.length) {
            makeRoom();
            return slot(cell, hash);
        }
        int slot = size++;
        table[at] = slot + 1;
        hashOf[slot] = hash;
        cellOf[slot] = cell;
        before[slot] = last[cell];
        last[cell] = slot + 1;
        return slot;
    }

    private void makeRoom() {
        int room = Math.multiplyExact(size, 2);
        hashOf = Arrays.copyOf(hashOf, room);
        cellOf = Arrays.copyOf(cellOf, room);
        before = Arrays.copyOf(before, room);
        kernels.forEach(kernel -> kernel.grow(room));
        table = new int[Math.multiplyExact(room, 2)];
        for (int slot = 0; slot < size; slot++) {
            int at = place(cellOf[slot], hashOf[slot], table.length);
            while (table[at] != 0) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = slot + 1;
        }
    }

    @Override
    public Total total(int cell) {
        Map<Long, List<BigDecimal>> byKey = new HashMap<>();
        for (int slot = last[cell] - 1; slot >= 0; slot = before[slot] - 1) {
            List<BigDecimal> sums = new ArrayList<>(kernels.size());
            for (Cells.Kernel kernel : kernels) {
                sums.add(((Total.Exact) kernel.total(slot)).value());
            }
            byKey.put(hashOf[slot], sums);
        }
        return KeyedTotals.of(kernels.size(), byKey);
    }

    /** Exact sums of real numbers that are small where few numbers are added, as for one customer. */
    private static final class RealSums implements Cells.Kernel {
        private final long[] values;
        private BigDecimal[] sums = new BigDecimal[0];

        RealSums(long[] values) {
            this.values = values;
        }

        @Override
        public void grow(int cells) {
            int from = sums.length;
            sums = Arrays.copyOf(sums, cells);
            Arrays.fill(sums, from, cells, BigDecimal.ZERO);
        }

        @Override
        public void add(int[] rows, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                double value = FieldType.decodeNumber(values[rows[i]]);
                sums[cells[i]] = sums[cells[i]].add(new BigDecimal(value));
            }
        }

        @Override
        public Total total(int cell) {
            return new Total.Exact(sums[cell]);
        }
    }
}
