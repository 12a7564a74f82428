package io.cxmetrics;

import io.cxmetrics.field.Column;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The mutable counts and totals of one KPI, in arrays indexed by cell. */
final class Cells {
    static final byte USED = 0;
    static final byte INELIGIBLE = 1;
    static final byte MISSING = 2;
    static final byte REJECTED = 3;

    /** The totals of one aggregate. */
    interface Kernel {
        /** Makes room for cells 0 to {@code cells − 1}. */
        void grow(int cells);

        /** Adds the used rows of the current batch. */
        void add(byte[] outcomes, int[] cells, int size);

        Total total(int cell);
    }

    private final List<Kernel> kernels;
    private long[] counts = new long[0];

    Cells(List<Kernel> kernels) {
        this.kernels = kernels;
    }

    /** Cells without rows, for the empty statistic. */
    static <S extends Statistic<S>> S empty(Kpi<S> kpi) {
        List<Total> totals = new ArrayList<>();
        for (Aggregate aggregate : kpi.definition().aggregates()) {
            if (aggregate instanceof Aggregate.Tally tally) {
                totals.add(new Total.Tally(new long[tally.highest() - tally.lowest() + 1]));
            } else if (aggregate instanceof Aggregate.Histogram histogram) {
                totals.add(Histogram.empty(histogram.of().type(), histogram.bits()));
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
        }
        throw new AssertionError(aggregate);
    }

    void add(byte[] outcomes, int[] cells, int size) {
        int highest = 0;
        for (int i = 0; i < size; i++) {
            highest = Math.max(highest, cells[i]);
        }
        if (counts.length <= highest * 4 + 3) {
            int room = Math.max(highest + 1, counts.length / 4 * 2);
            counts = Arrays.copyOf(counts, room * 4);
            kernels.forEach(kernel -> kernel.grow(room));
        }
        for (int i = 0; i < size; i++) {
            counts[cells[i] * 4 + outcomes[i]]++;
        }
        for (Kernel kernel : kernels) {
            kernel.add(outcomes, cells, size);
        }
    }

    <S extends Statistic<S>> S statistic(int cell, Kpi<S> kpi) {
        int at = cell * 4;
        if (at + 3 >= counts.length) {
            return kpi.empty();
        }
        List<Total> totals = new ArrayList<>();
        for (Kernel kernel : kernels) {
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
        public void add(byte[] outcomes, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                if (outcomes[i] == USED && (states[i] & Column.KNOWN) != 0) {
                    counts[cells[i]]++;
                }
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
        public void add(byte[] outcomes, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                if (outcomes[i] == USED) {
                    counts[cells[i] * width + (int) values[i] - lowest]++;
                }
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
        public void add(byte[] outcomes, int[] cells, int size) {
            boolean product = factors.length > 0;
            for (int i = 0; i < size; i++) {
                if (outcomes[i] != USED) {
                    continue;
                }
                int cell = cells[i];
                long value = values[i];
                long addLow = product ? value * factors[i] : value;
                long addHigh = product ? Math.multiplyHigh(value, factors[i]) : value >> 63;
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
        public void add(byte[] outcomes, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                if (outcomes[i] == USED) {
                    double value = real(values[i], type);
                    if (factors.length == 0) {
                        sums[cells[i]].add(value);
                    } else {
                        sums[cells[i]].addProduct(value, real(factors[i], factorType));
                    }
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
        public void add(byte[] outcomes, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                if (outcomes[i] == USED) {
                    builders[cells[i]].add(values[i]);
                }
            }
        }

        @Override
        public Total total(int cell) {
            return builders[cell].histogram();
        }
    }
}
