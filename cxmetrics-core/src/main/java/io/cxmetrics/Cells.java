package io.cxmetrics;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The mutable account of KPIs that agree in what decides the outcome of a row, and the totals of their aggregates, in arrays
 * indexed by cell.
 */
final class Cells {
    static final byte USED = 0;
    static final byte INELIGIBLE = 1;
    static final byte MISSING = 2;
    static final byte REJECTED = 3;

    /** The outcome of a row by the states of its eligibility and of what is required: {@code [where * 8 + required]}. */
    private static final byte[] OUTCOMES = new byte[64];

    /** The state of two required values together: known, missing or rejected: {@code [first * 8 + second]}. */
    private static final byte[] TOGETHER = new byte[64];

    static {
        for (int first = 0; first < 8; first++) {
            for (int second = 0; second < 8; second++) {
                byte required = together(second);
                byte both = together(first);
                TOGETHER[first * 8 + second] =
                        both == Column.KNOWN ? required : required == Column.REJECTED ? Column.REJECTED : both;
                OUTCOMES[first * 8 + second] = outcome(first, required);
            }
        }
    }

    private static byte together(int state) {
        boolean known = (state & (Column.KNOWN | Column.FALSE)) != 0;
        return known ? Column.KNOWN : (state & Column.REJECTED) != 0 ? Column.REJECTED : Column.MISSING;
    }

    /** Eligibility comes first: a row that is not eligible is neither missing nor rejected. */
    private static byte outcome(int where, int required) {
        if ((where & Column.FALSE) != 0) {
            return INELIGIBLE;
        }
        int decisive = (where & Column.KNOWN) != 0 ? required : where;
        return decisive == Column.KNOWN ? USED : (decisive & Column.REJECTED) != 0 ? REJECTED : MISSING;
    }

    /** The totals of one aggregate. */
    interface Kernel {
        /** Makes room for cells 0 to {@code cells − 1}. */
        void grow(int cells);

        /** Adds the rows {@code rows[0…size − 1]} of the current batch, each in its cell. */
        void add(int[] rows, int[] cells, int size);

        Total total(int cell);
    }

    private final byte[] where;
    private final List<Column> required;
    private final Map<Aggregate, Kernel> kernels = new LinkedHashMap<>();
    private final byte[] outcomes = new byte[Batch.CAPACITY];
    private final int[] usedRows = new int[Batch.CAPACITY];
    private final int[] usedCells = new int[Batch.CAPACITY];
    private long[] counts = new long[0];

    Cells(Column where, List<Column> required) {
        this.where = where.states();
        this.required = List.copyOf(required);
    }

    /** Adds an aggregate, unless a KPI before has the same one. */
    void add(Aggregate aggregate, Function<Expression, Column> columns) {
        if (!kernels.containsKey(aggregate)) {
            kernels.put(aggregate, kernel(aggregate, columns));
        }
    }

    byte outcome(int row) {
        return outcomes[row];
    }

    boolean isEligible(int row) {
        return (where[row] & Column.KNOWN) != 0;
    }

    /** Cells without rows, for the empty statistic. */
    static <S extends Statistic<S>> S empty(Kpi<S> kpi) {
        List<Total> totals = new ArrayList<>();
        for (Aggregate aggregate : kpi.definition().aggregates()) {
            if (aggregate instanceof Aggregate.Tally tally) {
                totals.add(new Total.Tally(new long[tally.highest() - tally.lowest() + 1]));
            } else if (aggregate instanceof Aggregate.Histogram histogram) {
                totals.add(Histogram.empty(histogram.of().type(), histogram.bits()));
            } else if (aggregate instanceof Aggregate.Keyed keyed) {
                totals.add(KeyedTotals.empty(keyed.of().size()));
            } else {
                totals.add(Total.Exact.of(0));
            }
        }
        return kpi.definition().statistic(kpi, Counts.NONE, totals);
    }

    static Kernel kernel(Aggregate aggregate, Function<Expression, Column> columns) {
        if (aggregate instanceof Aggregate.Count count) {
            return new CountKernel(columns.apply(count.of()).states());
        } else if (aggregate instanceof Aggregate.Tally tally) {
            return new TallyKernel(columns.apply(tally.of()).values(), tally.lowest(), tally.highest());
        } else if (aggregate instanceof Aggregate.Histogram histogram) {
            Quantity<?> of = histogram.of();
            return new HistogramKernel(columns.apply(of).values(), of.type(), histogram.bits());
        } else if (aggregate instanceof Aggregate.Sum sum) {
            Quantity<?> of = sum.of();
            Quantity<?> times = sum.times();
            long[] values = columns.apply(of).values();
            long[] factors = times == null ? new long[0] : columns.apply(times).values();
            boolean real = of.type() == FieldType.NUMBER || (times != null && times.type() == FieldType.NUMBER);
            return real
                    ? new RealSumKernel(values, of.type(), factors, times == null ? FieldType.WHOLE : times.type())
                    : new WholeSumKernel(values, factors);
        } else if (aggregate instanceof Aggregate.Keyed keyed) {
            return new KeyedKernel(keyed, columns);
        }
        throw new AssertionError(aggregate);
    }

    /** Adds the rows of the current batch; returns whether one of them is rejected. */
    boolean addBatch(int[] cells, int size) {
        decide(size);
        int highest = 0;
        for (int i = 0; i < size; i++) {
            highest = Math.max(highest, cells[i]);
        }
        if (counts.length <= highest * 4 + 3) {
            int room = Math.max(highest + 1, counts.length / 4 * 2);
            counts = Arrays.copyOf(counts, room * 4);
            kernels.values().forEach(kernel -> kernel.grow(room));
        }
        int used = 0;
        int rejected = 0;
        for (int i = 0; i < size; i++) {
            int outcome = outcomes[i];
            counts[cells[i] * 4 + outcome]++;
            usedRows[used] = i;
            usedCells[used] = cells[i];
            // No branch: which rows are used is often a coin toss.
            used += outcome == USED ? 1 : 0;
            rejected |= outcome == REJECTED ? 1 : 0;
        }
        for (Kernel kernel : kernels.values()) {
            kernel.add(usedRows, usedCells, used);
        }
        return rejected != 0;
    }

    private void decide(int size) {
        byte[] first = required.get(0).states();
        if (required.size() == 1) {
            for (int i = 0; i < size; i++) {
                outcomes[i] = OUTCOMES[where[i] * 8 + first[i]];
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            int together = first[i];
            for (int r = 1; r < required.size(); r++) {
                together = TOGETHER[together * 8 + required.get(r).states()[i]];
            }
            outcomes[i] = OUTCOMES[where[i] * 8 + together];
        }
    }

    <S extends Statistic<S>> S statistic(int cell, Kpi<S> kpi) {
        int at = cell * 4;
        if (at + 3 >= counts.length) {
            return kpi.empty();
        }
        List<Total> totals = new ArrayList<>();
        for (Aggregate aggregate : kpi.definition().aggregates()) {
            Kernel kernel = Objects.requireNonNull(kernels.get(aggregate));
            totals.add(kernel.total(cell));
        }
        Counts account =
                new Counts(counts[at + USED], counts[at + INELIGIBLE], counts[at + MISSING], counts[at + REJECTED]);
        return kpi.definition().statistic(kpi, account, totals);
    }

    private static final class CountKernel implements Kernel {
        private final byte[] states;
        private long[] counts = new long[0];

        CountKernel(byte[] states) {
            this.states = states;
        }

        @Override
        public void grow(int cells) {
            counts = Arrays.copyOf(counts, cells);
        }

        @Override
        public void add(int[] rows, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                counts[cells[i]] += states[rows[i]] & Column.KNOWN;
            }
        }

        @Override
        public Total total(int cell) {
            return Total.Exact.of(counts[cell]);
        }
    }

    private static final class TallyKernel implements Kernel {
        private final long[] values;
        private final int lowest;
        private final int width;
        private long[] counts = new long[0];

        TallyKernel(long[] values, int lowest, int highest) {
            this.values = values;
            this.lowest = lowest;
            this.width = highest - lowest + 1;
        }

        @Override
        public void grow(int cells) {
            counts = Arrays.copyOf(counts, cells * width);
        }

        @Override
        public void add(int[] rows, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                counts[cells[i] * width + (int) values[rows[i]] - lowest]++;
            }
        }

        @Override
        public Total total(int cell) {
            return new Total.Tally(Arrays.copyOfRange(counts, cell * width, (cell + 1) * width));
        }
    }

    /** Sums of whole units, or of products of two, in 128 bits; what nears their end moves to a {@link BigInteger}. */
    private static final class WholeSumKernel implements Kernel {
        private static final long NEAR_THE_END = 1L << 61;

        private final long[] values;
        private final long[] factors;
        private long[] low = new long[0];
        private long[] high = new long[0];
        private BigInteger[] spilled = new BigInteger[0];

        WholeSumKernel(long[] values, long[] factors) {
            this.values = values;
            this.factors = factors;
        }

        @Override
        public void grow(int cells) {
            int before = spilled.length;
            low = Arrays.copyOf(low, cells);
            high = Arrays.copyOf(high, cells);
            spilled = Arrays.copyOf(spilled, cells);
            Arrays.fill(spilled, before, cells, BigInteger.ZERO);
        }

        @Override
        public void add(int[] rows, int[] cells, int size) {
            boolean product = factors.length > 0;
            for (int i = 0; i < size; i++) {
                int cell = cells[i];
                long value = values[rows[i]];
                long factor = product ? factors[rows[i]] : 1;
                long addLow = value * factor;
                long addHigh = Math.multiplyHigh(value, factor);
                long sum = low[cell] + addLow;
                long carry = ((low[cell] & addLow) | ((low[cell] | addLow) & ~sum)) >>> 63;
                low[cell] = sum;
                high[cell] += addHigh + carry;
                if (high[cell] >= NEAR_THE_END || high[cell] < -NEAR_THE_END) {
                    spilled[cell] = exact(cell);
                    low[cell] = 0;
                    high[cell] = 0;
                }
            }
        }

        private BigInteger exact(int cell) {
            BigInteger unsignedLow = BigInteger.valueOf(low[cell] & Long.MAX_VALUE);
            if (low[cell] < 0) {
                unsignedLow = unsignedLow.setBit(63);
            }
            return BigInteger.valueOf(high[cell]).shiftLeft(64).add(unsignedLow).add(spilled[cell]);
        }

        @Override
        public Total total(int cell) {
            return new Total.Exact(new BigDecimal(exact(cell)));
        }
    }

    private static final class RealSumKernel implements Kernel {
        private final long[] values;
        private final FieldType type;
        private final long[] factors;
        private final FieldType factorType;
        private ExactSum[] sums = new ExactSum[0];

        RealSumKernel(long[] values, FieldType type, long[] factors, FieldType factorType) {
            this.values = values;
            this.type = type;
            this.factors = factors;
            this.factorType = factorType;
        }

        @Override
        public void grow(int cells) {
            int before = sums.length;
            sums = Arrays.copyOf(sums, cells);
            for (int i = before; i < cells; i++) {
                sums[i] = new ExactSum();
            }
        }

        @Override
        public void add(int[] rows, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                double value = real(values[rows[i]], type);
                if (factors.length == 0) {
                    sums[cells[i]].add(value);
                } else {
                    sums[cells[i]].addProduct(value, real(factors[rows[i]], factorType));
                }
            }
        }

        /** Exact: whole units stay below 2^53. */
        private static double real(long encoded, FieldType type) {
            return type == FieldType.NUMBER ? FieldType.decodeNumber(encoded) : encoded;
        }

        @Override
        public Total total(int cell) {
            return new Total.Exact(sums[cell].value());
        }
    }

    private static final class HistogramKernel implements Kernel {
        private final long[] values;
        private final FieldType type;
        private final int bits;
        private Histogram.Builder[] builders = new Histogram.Builder[0];

        HistogramKernel(long[] values, FieldType type, int bits) {
            this.values = values;
            this.type = type;
            this.bits = bits;
        }

        @Override
        public void grow(int cells) {
            int before = builders.length;
            builders = Arrays.copyOf(builders, cells);
            for (int i = before; i < cells; i++) {
                builders[i] = new Histogram.Builder(type, bits);
            }
        }

        @Override
        public void add(int[] rows, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                builders[cells[i]].add(values[rows[i]]);
            }
        }

        @Override
        public Total total(int cell) {
            return builders[cell].histogram();
        }
    }
}
