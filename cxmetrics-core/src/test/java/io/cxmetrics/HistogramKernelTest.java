package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Percentile;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells of distributions need little memory, lose no count, and are what the definition of a histogram says. */
class HistogramKernelTest {

    /**
     * Waits and numbers as they come: with how many doublings of magnitude, of both signs together, and whether all are from 0
     * to below 2^32 in the engine's unit.
     */
    enum Values {
        MICROSECONDS_TO_DAYS(FieldType.DURATION, 38, false, r -> (long) StrictMath.exp(r.nextDouble() * 26.2)),
        SECONDS(FieldType.DURATION, 11, true, r -> (long) (-60 * StrictMath.log(1 - r.nextDouble())) * 1_000_000),
        MILLISECONDS(FieldType.DURATION, 21, true, r -> (long) (-60_000 * StrictMath.log(1 - r.nextDouble())) * 1_000),
        MINUTES_BY_THE_CENT(
                FieldType.NUMBER, 30, false, r -> FieldType.encodeNumber(r.nextInt(-60_000, 60_000) * 0.01)),
        REALS_OF_MIXED_SIGN(
                FieldType.NUMBER,
                120,
                false,
                r -> FieldType.encodeNumber((r.nextBoolean() ? 1 : -1) * StrictMath.exp(r.nextDouble() * 40 - 20)));

        private final FieldType type;
        private final int doublings;
        private final boolean isNarrow;
        private final ToLongFunction<SplittableRandom> next;

        Values(FieldType type, int doublings, boolean isNarrow, ToLongFunction<SplittableRandom> next) {
            this.type = type;
            this.doublings = doublings;
            this.isNarrow = isNarrow;
            this.next = next;
        }
    }

    private static double bytesOfCell(Values of, int bits, int n, int cells) {
        long[] values = new long[cells];
        int[] each = new int[cells];
        Arrays.setAll(each, i -> i);
        HistogramKernel kernel = new HistogramKernel(values, of.type, bits);
        kernel.grow(cells);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < n; i++) {
            Arrays.setAll(values, c -> of.next.applyAsLong(random));
            kernel.add(each, each, cells);
        }
        assertEquals(n, ((Histogram) kernel.total(cells / 2)).n());
        return (double) kernel.bytes() / cells;
    }

    @ParameterizedTest
    @EnumSource
    void memoryAdaptsToWhatACellHolds(Values of) {
        int[] sizes = {
            1, 2, 3, 5, 9, 17, 33, 64, 65, 100, 200, 317, 500, 750, 1_000, 1_024, 1_025, 1_500, 2_000, 4_096, 4_097,
            5_000, 10_000, 100_000
        };
        for (int bits : new int[] {6, 9}) {
            Map<Integer, Double> found = new TreeMap<>();
            for (int n : sizes) {
                found.put(n, bytesOfCell(of, bits, n, n > 5_000 ? 20 : 100));
            }
            int mostRaw = bits == 6 ? 1_024 : 4_096;
            found.forEach((n, bytes) -> {
                // The pool begins with 4 KB, which these few cells share: 40 bytes each, of the 20 cells 205.
                double raw = (of.isNarrow ? 5.4 : 11.5) * n + 120 + 40;
                double most = n <= mostRaw ? raw : Math.max(12.0 * mostRaw, of.doublings * 6 * (1 << bits));
                assertTrue(bytes <= most, () -> of + " with " + bits + " bits: " + found);
                if (bits == 6 && of != Values.REALS_OF_MIXED_SIGN) {
                    // The goal: min(8 n, 16 KB); wide values only up to the slack of arrays that grow by a quarter.
                    double slack = of.isNarrow ? 1 : 1.5;
                    assertTrue(bytes <= slack * Math.min(8.0 * n, 16_384) + 160, () -> of + ": " + found);
                    assertTrue(bytes <= 16_384, () -> of + ": " + found);
                }
            });
        }
    }

    /** Counts that no test could add one by one are set through the seam that takes a table's counts over. */
    @ParameterizedTest
    @ValueSource(ints = {6, 9})
    void countersPassTwoToTheThirtyFirst(int bits) {
        long[] values = new long[1_024];
        int[] rows = new int[1_024];
        Arrays.setAll(rows, i -> i);
        int[] cells = new int[1_024];
        HistogramKernel kernel = new HistogramKernel(values, FieldType.DURATION, bits);
        kernel.grow(1);
        TreeMap<Long, Long> expected = new TreeMap<>();
        // 30 values in turn: after the raw values a table, whose counts pass 2^31 before it becomes buckets.
        for (int batch = 0; batch < 5; batch++) {
            Arrays.setAll(values, i -> (i % 30 - 15) * 1_000_000L);
            kernel.add(rows, cells, rows.length);
            count(expected, values);
        }
        Map<Long, Long> many = Map.of(-15_000_000L, (1L << 31) - 100, 0L, 1L << 35, 5_000_000L, (1L << 40) + 7);
        many.forEach((value, times) -> {
            kernel.addKept(0, value, times);
            expected.merge(value, times, Long::sum);
        });
        assertEquals(histogram(FieldType.DURATION, bits, expected), kernel.total(0));
        Arrays.setAll(values, i -> i * 1_000_000L);
        kernel.add(rows, cells, rows.length);
        count(expected, values);
        assertFalse(((Histogram) kernel.total(0)).isExact());
        assertEquals(histogram(FieldType.DURATION, bits, expected), kernel.total(0));
        // Now counters of 31 bits: one is brought to its end and passes it twice, one addition at a time.
        for (int times = 0; times < 2; times++) {
            kernel.addKept(0, 77_000_000, (1L << 31) - 500);
            expected.merge(77_000_000L, (1L << 31) - 500, Long::sum);
            Arrays.fill(values, 77_000_000);
            kernel.add(rows, cells, rows.length);
            count(expected, values);
            assertEquals(histogram(FieldType.DURATION, bits, expected), kernel.total(0));
        }
    }

    private static void count(Map<Long, Long> into, long... encoded) {
        for (long each : encoded) {
            into.merge(each, 1L, Long::sum);
        }
    }

    private static Histogram histogram(FieldType type, int bits, TreeMap<Long, Long> counts) {
        return Histogram.ofValues(
                type,
                bits,
                counts.keySet().stream().mapToLong(key -> key).toArray(),
                counts.values().stream().mapToLong(count -> count).toArray());
    }

    private record Row(String cell, double real, long whole, Duration queued) {}

    /** Near zero, near the ends of the types, at the edges of buckets, repeated and not, of both signs. */
    private static Row row(SplittableRandom random, int distinct) {
        String cell = random.nextInt(5) > 0 ? "large" : random.nextInt(5) > 0 ? "medium" : "small";
        int sign = random.nextInt(3) == 0 ? -1 : 1;
        int place = random.nextInt(distinct);
        double power = StrictMath.scalb(1.0, place % 2_098 - 1_074);
        long whole = 1L << (place % 53);
        double real = switch (random.nextInt(10)) {
            case 0 -> 0.0;
            case 1 -> Double.MAX_VALUE;
            case 2 -> Double.MIN_VALUE;
            case 3 -> 1e-300;
            case 4 -> Math.nextDown(1e-300);
            case 5 -> power;
            case 6 -> Math.nextDown(power);
            default -> place * 0.37;
        };
        long most = FieldType.WHOLE.maximum();
        long number = switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> most - place;
            case 2 -> whole - 1;
            case 3 -> whole;
            default -> place;
        };
        long micros = switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> FieldType.DURATION.maximum() - place;
            case 2 -> Math.min(whole, FieldType.DURATION.maximum());
            default -> place * 1_001L;
        };
        return new Row(cell, sign * real, sign * number, Duration.of(sign * micros, ChronoUnit.MICROS));
    }

    private static final Fields<Row> FIELDS = Fields.of(Row.class)
            .text("cell", Row::cell)
            .number("real", Row::real)
            .whole("whole", Row::whole)
            .duration("wait", Row::queued);

    private static Kpi<Percentile> kpi(Quantity<?> of, Percentile.Precision precision) {
        return Percentile.kpi(
                of.type().name().toLowerCase(Locale.ROOT)
                        + (precision == Percentile.Precision.ONE_PERCENT ? "-6" : "-9"),
                new Percentile.Definition(of, 0.9, Percentile.Method.NEAREST_RANK, precision),
                Direction.NEUTRAL);
    }

    @Property(tries = 40)
    void scorecardsOfAnyOrderAndSplitHaveTheHistogramOfTheValues(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9_000) int n,
            @ForAll @IntRange(min = 1, max = 3_000) int distinct) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(row(random, distinct));
        }
        Map<Kpi<Percentile>, ToLongFunction<Row>> kpis = new LinkedHashMap<>();
        for (Percentile.Precision precision : Percentile.Precision.values()) {
            kpis.put(kpi(Field.number("real"), precision), row -> FieldType.encodeNumber(row.real() + 0.0));
            kpis.put(kpi(Field.whole("whole"), precision), Row::whole);
            kpis.put(kpi(Field.duration("wait"), precision), row -> row.queued().toNanos() / 1_000);
        }
        Scorecard<Row> card = Scorecard.over(FIELDS).by("cell").kpis(List.copyOf(kpis.keySet()));
        ScorecardResult whole = card.compute(rows);
        Collections.shuffle(rows, new Random(seed));
        int cut = random.nextInt(n + 1);
        int second = cut + random.nextInt(n + 1 - cut);
        ScorecardResult merged = card.compute(rows.subList(second, n))
                .merge(card.compute(rows.subList(0, cut)))
                .merge(card.compute(rows.subList(cut, second)));
        assertEquals(whole.cells(), merged.cells());
        for (Cell cell : whole.cells().keySet()) {
            kpis.forEach((kpi, encoded) -> {
                TreeMap<Long, Long> counts = new TreeMap<>();
                for (Row row : rows) {
                    if (row.cell().equals(cell.labels().get(0).text())) {
                        counts.merge(encoded.applyAsLong(row), 1L, Long::sum);
                    }
                }
                Histogram found = whole.get(kpi, cell).distribution();
                int bits = kpi.id().endsWith("6") ? 6 : 9;
                assertEquals(histogram(encodedType(kpi), bits, counts), found);
            });
        }
    }

    private static FieldType encodedType(Kpi<Percentile> kpi) {
        return ((Percentile.Definition) kpi.definition()).of().type();
    }
}
