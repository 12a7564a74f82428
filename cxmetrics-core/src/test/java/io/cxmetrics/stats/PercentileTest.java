package io.cxmetrics.stats;

import static io.cxmetrics.field.Field.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PercentileTest {
    private static final Fields<Double> NUMBERS = Fields.of(Double.class).number("x", x -> x);
    private static final Fields<Long> SECONDS = Fields.of(Long.class).duration("wait", Duration::ofSeconds);

    private static Kpi<Percentile> kpi(double p, Percentile.Method method, Percentile.Precision precision) {
        return Percentile.kpi("p", new Percentile.Definition(number("x"), p, method, precision), Direction.NEUTRAL);
    }

    private static double nearest(double p, Double... values) {
        return kpi(p, Percentile.Method.NEAREST_RANK, Percentile.Precision.ONE_PERCENT)
                .of(NUMBERS, List.of(values))
                .value()
                .orElseThrow();
    }

    @Test
    void nearestRankIsAValueThatOccurred() {
        // The worked example of nearest rank in statistics texts: 15, 20, 35, 40, 50.
        assertEquals(15, nearest(0.05, 35.0, 15.0, 50.0, 20.0, 40.0));
        assertEquals(20, nearest(0.30, 35.0, 15.0, 50.0, 20.0, 40.0));
        assertEquals(20, nearest(0.40, 35.0, 15.0, 50.0, 20.0, 40.0));
        assertEquals(35, nearest(0.50, 35.0, 15.0, 50.0, 20.0, 40.0));
        assertEquals(50, nearest(1.00, 35.0, 15.0, 50.0, 20.0, 40.0));
    }

    @Test
    void interpolationIsTypeSeven() {
        // R: quantile(c(15, 20, 35, 40, 50), .4, type = 7) is 29; (n − 1)p = 1.6, so 20 + .6 · 15.
        Kpi<Percentile> kpi = kpi(0.4, Percentile.Method.INTERPOLATED, Percentile.Precision.ONE_PERCENT);
        assertEquals(
                29,
                kpi.of(NUMBERS, List.of(15.0, 20.0, 35.0, 40.0, 50.0)).value().orElseThrow(),
                1e-12);
    }

    @Test
    void aRankIsCountedInDecimals() {
        // 0.07 · 100 is 7, though 0.07 * 100 > 7 for doubles.
        Double[] hundred = new Double[60];
        Arrays.setAll(hundred, i -> (double) i + 1);
        List<Double> values = new ArrayList<>(List.of(hundred));
        values.addAll(Collections.nCopies(40, 60.0));
        Kpi<Percentile> kpi = kpi(0.07, Percentile.Method.NEAREST_RANK, Percentile.Precision.ONE_PERCENT);
        assertEquals(7, kpi.of(NUMBERS, values).value().orElseThrow());
    }

    @Property(tries = 200)
    void anySplitGivesAnEqualStatisticAndTheErrorIsWithinThePrecision(
            @ForAll @IntRange(min = 1, max = 400) int n,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.01, max = 1) double p) {
        Random random = new Random(seed);
        int distinct = 1 + random.nextInt(150);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double magnitude = StrictMath.exp(random.nextInt(distinct) * 0.7 - 40);
            values.add(random.nextInt(4) == 0 ? -magnitude : magnitude);
        }
        for (Percentile.Precision precision : Percentile.Precision.values()) {
            Kpi<Percentile> kpi = kpi(p, Percentile.Method.NEAREST_RANK, precision);
            Percentile whole = kpi.of(NUMBERS, values);
            List<Double> shuffled = new ArrayList<>(values);
            Collections.shuffle(shuffled, random);
            int cut = random.nextInt(n + 1);
            Percentile merged =
                    kpi.of(NUMBERS, shuffled.subList(0, cut)).merge(kpi.of(NUMBERS, shuffled.subList(cut, n)));
            assertEquals(whole, merged);

            Collections.sort(shuffled);
            double exact = shuffled.get((int) Math.ceil(p * n - 1e-9) - 1);
            double limit = precision == Percentile.Precision.ONE_PERCENT ? 0.01 : 0.001;
            assertEquals(exact, whole.value().orElseThrow(), whole.isExact() ? 0 : Math.abs(exact) * limit);
        }
    }

    @Test
    void manyValuesAreKeptInBucketsWithinTheDeclaredError() {
        List<Long> waits = new ArrayList<>();
        for (long second = 0; second < 10_000; second++) {
            waits.add(second);
        }
        Percentile median = Percentile.kpi("median", Field.duration("wait"), 0.5, Direction.LOWER_IS_BETTER)
                .of(SECONDS, waits);
        assertFalse(median.isExact());
        assertEquals(4_999, median.value().orElseThrow(), 49.99);
        assertEquals(8_999, median.at(0.9).orElseThrow(), 89.99);
        assertTrue(median.distribution().keys().length < 1_000);
    }

    @Test
    void theIntervalIsBetweenOrderStatistics() {
        // Binomial(60, 0.5): P(B ≤ 21) = .0137, P(B ≤ 22) = .0259, so ranks 22 and 39 hold the median with 95 %.
        Double[] values = new Double[60];
        Arrays.setAll(values, i -> (double) i + 1);
        Interval interval = kpi(0.5, Percentile.Method.NEAREST_RANK, Percentile.Precision.ONE_PERCENT)
                .of(NUMBERS, List.of(values))
                .interval(0.95);
        assertEquals(22, interval.low());
        assertEquals(39, interval.high());
    }

    @Test
    void tooFewValuesForTheLevelLeaveTheIntervalUnbounded() {
        Percentile percentile = kpi(0.99, Percentile.Method.NEAREST_RANK, Percentile.Precision.ONE_PERCENT)
                .of(NUMBERS, List.of(1.0, 2.0));
        assertEquals(Interval.Kind.UNBOUNDED, percentile.interval().kind());
        assertEquals("p 2.00 (95 % unbounded), n = 2", percentile.toString());
    }

    @Test
    void methodPrecisionAndShareAreIdentity() {
        Percentile a = kpi(0.5, Percentile.Method.NEAREST_RANK, Percentile.Precision.ONE_PERCENT)
                .empty();
        Percentile b = kpi(0.5, Percentile.Method.INTERPOLATED, Percentile.Precision.ONE_PERCENT)
                .empty();
        assertThrows(IllegalArgumentException.class, () -> a.merge(b));
        assertTrue(a.value().isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> kpi(Double.NaN, Percentile.Method.NEAREST_RANK, Percentile.Precision.ONE_PERCENT));
    }

    @Test
    void methodAndPrecisionBelongToTheIdentity() {
        Kpi<Percentile> nearest = kpi(0.4, Percentile.Method.NEAREST_RANK, Percentile.Precision.ONE_PERCENT);
        Kpi<Percentile> between = kpi(0.4, Percentile.Method.INTERPOLATED, Percentile.Precision.ONE_PERCENT);
        Kpi<Percentile> finer = kpi(0.4, Percentile.Method.NEAREST_RANK, Percentile.Precision.ONE_PER_MILLE);
        for (Kpi<Percentile> other : List.of(between, finer)) {
            assertNotEquals(nearest, other);
            assertThrows(IllegalArgumentException.class, () -> nearest.empty().merge(other.empty()));
        }
        assertTrue(nearest.definition().formula().startsWith("value of rank ⌈0.4 · n⌉ of "));
        assertTrue(between.definition().formula().endsWith(", interpolated"));
    }
}
