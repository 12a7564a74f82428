package io.cxmetrics;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Outcomes;
import io.cxmetrics.field.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mutable account of KPIs that agree in what decides the outcome of a row, and the totals of their aggregates, in arrays
 * indexed by cell.
 */
final class Cells {
    /** What an aggregate came to in each cell. */
    interface Totals {
        Total total(int cell);
    }

    /** Adds up one aggregate. */
    interface Kernel extends Totals {
        /** Makes room for cells 0 to {@code cells − 1}. */
        void grow(int cells);

        /** Adds the rows {@code rows[0…size − 1]} of the current batch, each in its cell. */
        void add(int[] rows, int[] cells, int size);
    }

    /** The used rows of a batch whose rows are all used. */
    private static final int[] EVERY_ROW = IntStream.range(0, Batch.CAPACITY).toArray();

    /** Null if the ledger decides for itself. */
    private final @Nullable Outcomes outcomes;

    private Ledger ledger;
    private final Map<Aggregate, Totals> totals = new HashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final int[] usedRows = new int[Batch.CAPACITY];
    private final int[] usedCells = new int[Batch.CAPACITY];
    private int room;

    private final List<Totals> distinct = new ArrayList<>();

    /** The account and the totals of the cell last asked for. */
    private Counts latestCounts = Counts.NONE;

    private @Nullable Total[] latest = {};
    private int latestCell = -1;

    Cells(Outcomes outcomes) {
        this.outcomes = outcomes;
        this.ledger = new Ledger.OfOutcomes(outcomes);
    }

    /** An account of KPIs about nothing but the answers on a scale. */
    Cells(Aggregate.Tally tally, Ledger.OfAnswers ledger) {
        this.outcomes = null;
        this.ledger = ledger;
        totals.put(tally, ledger::total);
    }

    /** Adds an aggregate, unless a KPI before has the same one. */
    void add(Aggregate aggregate, Function<Expression, Column> columns) {
        if (totals.containsKey(aggregate) || outcomes == null) {
            return;
        }
        Aggregate simpler = simplified(aggregate);
        if (!simpler.equals(aggregate)) {
            add(simpler, columns);
            totals.put(aggregate, Objects.requireNonNull(totals.get(simpler)));
        } else if (isNumberOfUsedRows(aggregate)) {
            totals.put(aggregate, cell -> Total.Exact.of(ledger.count(cell, Outcomes.USED)));
        } else if (ledger instanceof Ledger.OfOutcomes && aggregate instanceof Aggregate.Count count) {
            ledger = new Ledger.OfHits(outcomes, columns.apply(count.of()).states());
            totals.put(aggregate, cell -> ledger.total(cell));
        } else if (ledger instanceof Ledger.OfOutcomes && aggregate instanceof Aggregate.Tally tally) {
            ledger = new Ledger.OfScale(
                    outcomes, tally, columns.apply(tally.of()).values());
            totals.put(aggregate, cell -> ledger.total(cell));
        } else {
            Kernel kernel = kernel(aggregate, columns);
            kernels.add(kernel);
            totals.put(aggregate, kernel);
        }
    }

    /** A sum of products with 1 is a sum. */
    private static Aggregate simplified(Aggregate aggregate) {
        return aggregate instanceof Aggregate.Sum sum && sum.times() != null && isOne(sum.times())
                ? new Aggregate.Sum(sum.of(), null)
                : aggregate;
    }

    private static boolean isNumberOfUsedRows(Aggregate aggregate) {
        return aggregate instanceof Aggregate.Sum sum && sum.times() == null && isOne(sum.of());
    }

    private static boolean isOne(Quantity<?> quantity) {
        return quantity instanceof Quantity.Constant<?> constant
                && constant.type() == FieldType.WHOLE
                && constant.encoded() == 1;
    }

    /** Whether a row of the current batch is rejected. */
    boolean anyRejected() {
        return outcomes == null ? ((Ledger.OfAnswers) ledger).anyRejected() : outcomes.anyRejected();
    }

    boolean isRejected(int row) {
        return outcomes == null
                ? ((Ledger.OfAnswers) ledger).isRejected(row)
                : outcomes.rows()[row] == Outcomes.REJECTED;
    }

    boolean isEligible(int row) {
        return outcomes == null || outcomes.isEligible(row);
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

    /** Adds the rows of the current batch, which are in cells below {@code all}. */
    void addBatch(int[] cells, int all, int size) {
        if (all > room) {
            room = Math.max(all, room * 2);
            ledger.grow(room);
            kernels.forEach(kernel -> kernel.grow(room));
        }
        latestCell = -1;
        ledger.add(cells, size);
        if (kernels.isEmpty() || outcomes == null) {
            return;
        } else if (outcomes.allUsed()) {
            run(EVERY_ROW, cells, size);
        } else {
            byte[] rows = outcomes.rows();
            int used = 0;
            for (int i = 0; i < size; i++) {
                usedRows[used] = i;
                usedCells[used] = cells[i];
                // No branch: which rows are used is often a coin toss.
                used += rows[i] == Outcomes.USED ? 1 : 0;
            }
            run(usedRows, usedCells, used);
        }
    }

    private void run(int[] rows, int[] cells, int size) {
        for (Kernel kernel : kernels) {
            kernel.add(rows, cells, size);
        }
    }

    /** How a KPI's statistics are made: from which of the distinct totals. */
    <S extends Statistic<S>> Answer<S> answer(Kpi<S> kpi) {
        List<Totals> parts = new ArrayList<>();
        for (Aggregate aggregate : kpi.definition().aggregates()) {
            parts.add(Objects.requireNonNull(totals.get(aggregate)));
        }
        return new Answer<>(kpi, parts);
    }

    /** Makes the statistics of a KPI. KPIs that share aggregates share their totals, as long as one cell is asked for. */
    final class Answer<S extends Statistic<S>> {
        private final Kpi<S> kpi;
        private final int[] places;

        private Answer(Kpi<S> kpi, List<Totals> parts) {
            this.kpi = kpi;
            this.places = new int[parts.size()];
            for (int i = 0; i < places.length; i++) {
                if (!distinct.contains(parts.get(i))) {
                    distinct.add(parts.get(i));
                }
                places[i] = distinct.indexOf(parts.get(i));
            }
        }

        S statistic(int cell) {
            if (cell >= room) {
                return kpi.empty();
            }
            if (cell != latestCell || latest.length != distinct.size()) {
                latest = new Total[distinct.size()];
                latestCounts = new Counts(
                        ledger.count(cell, Outcomes.USED),
                        ledger.count(cell, Outcomes.INELIGIBLE),
                        ledger.count(cell, Outcomes.MISSING),
                        ledger.count(cell, Outcomes.REJECTED));
                latestCell = cell;
            }
            Total[] values = new Total[places.length];
            for (int i = 0; i < values.length; i++) {
                Total value = latest[places[i]];
                if (value == null) {
                    value = distinct.get(places[i]).total(cell);
                    latest[places[i]] = value;
                }
                values[i] = value;
            }
            return kpi.definition().statistic(kpi, latestCounts, List.of(values));
        }
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

    /**
     * Sums of whole units, or of products of two. As long as the values of a batch are so small that no sum of them can
     * overflow, plain additions do; otherwise the sums are kept in 128 bits, and what nears their end moves to a
     * {@link BigInteger}.
     */
    private static final class WholeSumKernel implements Kernel {
        /** So many batches of values up to {@link #SMALL} fit a {@code long}. */
        private static final int MOST_SMALL_BATCHES = 1 << 11;

        private static final long SMALL = 1L << 41;
        private static final long SMALL_FACTOR = 1L << 31;
        private static final int HALF = 32;
        private static final long NEAR_THE_END = 1L << 61;

        /** Halves of products below these bounds add up to less than 2^63. */
        private static final long PLAIN_UPPER = 1L << 30;

        private static final long PLAIN = 1L << 62;

        private final long[] values;
        private final long[] factors;

        /** Sums of small values; of products, the sums of their lower and upper halves. */
        private long[] sums = new long[0];

        private long[] upperSums = new long[0];
        private int smallBatches;

        /** What does not fit there, in 128 bits. */
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
            sums = Arrays.copyOf(sums, cells);
            upperSums = Arrays.copyOf(upperSums, factors.length > 0 ? cells : 0);
            low = Arrays.copyOf(low, cells);
            high = Arrays.copyOf(high, cells);
            spilled = Arrays.copyOf(spilled, cells);
            Arrays.fill(spilled, before, cells, BigInteger.ZERO);
        }

        @Override
        public void add(int[] rows, int[] cells, int size) {
            boolean product = factors.length > 0;
            int end = size == 0 ? 0 : rows[size - 1] + 1;
            boolean small = isSmall(values, end, product ? SMALL_FACTOR : SMALL)
                    && (!product || factors == values || isSmall(factors, end, SMALL_FACTOR));
            if (!small) {
                addLarge(rows, cells, size);
                return;
            }
            if (++smallBatches > MOST_SMALL_BATCHES) {
                makeRoom();
            }
            if (product) {
                for (int i = 0; i < size; i++) {
                    long value = values[rows[i]] * factors[rows[i]];
                    sums[cells[i]] += value & ((1L << HALF) - 1);
                    upperSums[cells[i]] += value >> HALF;
                }
            } else {
                for (int i = 0; i < size; i++) {
                    sums[cells[i]] += values[rows[i]];
                }
            }
        }

        /** In vector instructions; what rows without a value have there can only make it careful. */
        private static boolean isSmall(long[] values, int end, long bound) {
            long bits = 0;
            for (int i = 0; i < end; i++) {
                bits |= values[i] ^ (values[i] >> 63);
            }
            return bits < bound;
        }

        /** Moves the sums of small values to the large ones. */
        private void makeRoom() {
            for (int cell = 0; cell < sums.length; cell++) {
                addLarge(cell, sums[cell], 1);
                sums[cell] = 0;
                if (upperSums.length > 0) {
                    addLarge(cell, upperSums[cell], 1L << HALF);
                    upperSums[cell] = 0;
                }
            }
            smallBatches = 1;
        }

        private void addLarge(int[] rows, int[] cells, int size) {
            for (int i = 0; i < size; i++) {
                addLarge(cells[i], values[rows[i]], factors.length > 0 ? factors[rows[i]] : 1);
            }
        }

        private void addLarge(int cell, long value, long factor) {
            long addLow = value * factor;
            long addHigh = Math.multiplyHigh(value, factor);
            long sum = low[cell] + addLow;
            long carry = ((low[cell] & addLow) | ((low[cell] | addLow) & ~sum)) >>> 63;
            low[cell] = sum;
            high[cell] += addHigh + carry;
            if (high[cell] >= NEAR_THE_END || high[cell] < -NEAR_THE_END) {
                spilled[cell] = large(cell);
                low[cell] = 0;
                high[cell] = 0;
            }
        }

        private BigInteger large(int cell) {
            BigInteger unsignedLow = BigInteger.valueOf(low[cell] & Long.MAX_VALUE);
            if (low[cell] < 0) {
                unsignedLow = unsignedLow.setBit(63);
            }
            return BigInteger.valueOf(high[cell]).shiftLeft(64).add(unsignedLow).add(spilled[cell]);
        }

        @Override
        public Total total(int cell) {
            long upper = upperSums.length > 0 ? upperSums[cell] : 0;
            boolean isPlain = low[cell] == 0
                    && high[cell] == 0
                    && spilled[cell].signum() == 0
                    && (upper == 0 || (Math.abs(upper) < PLAIN_UPPER && Math.abs(sums[cell]) < PLAIN));
            if (isPlain) {
                return Total.Exact.of((upper << HALF) + sums[cell]);
            }
            BigInteger small = BigInteger.valueOf(sums[cell]);
            if (upperSums.length > 0) {
                small = small.add(BigInteger.valueOf(upperSums[cell]).shiftLeft(HALF));
            }
            return new Total.Exact(new BigDecimal(small.add(large(cell))));
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
}
