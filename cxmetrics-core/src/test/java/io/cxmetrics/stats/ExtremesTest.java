package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing, all, one, huge counts, denormals, and values whose squares no double holds: in range, and never NaN in silence. */
class ExtremesTest {

    record Row(String customer, double y, double x) {
        static final Fields<Row> FIELDS = Fields.of(Row.class)
                .text("customer", Row::customer)
                .number("y", Row::y)
                .number("x", Row::x);
    }

    private static final Kpi<Mean> MEAN = Mean.kpi("mean", Field.number("y"), Direction.NEUTRAL);
    private static final Kpi<Ratio> RATIO = Ratio.kpi("ratio", Field.number("y"), Field.number("x"), Direction.NEUTRAL);
    private static final Kpi<Clustered> MEANS = Clustered.by(Field.text("customer"), MEAN);
    private static final Kpi<Clustered> RATIOS = Clustered.by(Field.text("customer"), RATIO);

    /** kpi-reference section 5, AHT and cost per contact. */
    private static final double[] Y = {312, 95, 410, 180, 260, 150, 530, 75};

    private static final double[] X = {2, 1, 3, 1, 2, 1, 4, 1};

    private static List<Row> rows(double scaleY, double scaleX) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Y.length; i++) {
            rows.add(new Row("c" + i % 5, Y[i] * scaleY, X[i] * scaleX));
        }
        return rows;
    }

    /** Some of the same customers, and a rise. */
    private static List<Row> later(double scale) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Y.length; i++) {
            rows.add(new Row("c" + (i * 3 + 2) % 7, (Y[i] + 60 * (i % 3)) * 1.5 * scale, X[i]));
        }
        return rows;
    }

    private static void assertScaled(double factor, Interval expected, Interval actual) {
        assertEquals(expected.kind(), actual.kind(), actual::toString);
        double accuracy = 1e-11 * Math.abs(expected.high() * factor);
        assertEquals(expected.low() * factor, actual.low(), accuracy);
        assertEquals(expected.high() * factor, actual.high(), accuracy);
    }

    /** Whatever the unit, the doubt is the same: 10²⁰⁰ and 10⁻²⁰⁰, whose squares overflow and vanish, included. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-200, 1e-160, 1e-8, 1e8, 1e160, 1e200, 1e300})
    void anotherUnitScalesEveryInterval(double scale) {
        List<Row> plain = rows(1, 1);
        List<Row> scaled = rows(scale, 1);
        double unitX = scale > 1e10 ? 1e8 : 1e-8;
        List<Row> both = rows(scale, unitX);

        assertScaled(
                scale,
                MEAN.of(Row.FIELDS, plain).interval(),
                MEAN.of(Row.FIELDS, scaled).interval());
        assertScaled(
                scale,
                RATIO.of(Row.FIELDS, plain).interval(),
                RATIO.of(Row.FIELDS, scaled).interval());
        assertScaled(
                scale / unitX,
                RATIO.of(Row.FIELDS, plain).interval(),
                RATIO.of(Row.FIELDS, both).interval());
        assertScaled(
                scale,
                MEANS.of(Row.FIELDS, plain).interval(),
                MEANS.of(Row.FIELDS, scaled).interval());
        assertScaled(
                scale,
                RATIOS.of(Row.FIELDS, plain).interval(),
                RATIOS.of(Row.FIELDS, scaled).interval());
        assertEquals(
                RATIOS.of(Row.FIELDS, plain).designEffect().orElseThrow(),
                RATIOS.of(Row.FIELDS, scaled).designEffect().orElseThrow(),
                1e-11);
        for (Kpi<?> kpi : List.of(MEAN, RATIO, MEANS, RATIOS)) {
            Comparison once = Comparison.of(of(kpi, plain), of(kpi, later(1)));
            Comparison again = Comparison.of(of(kpi, scaled), of(kpi, later(scale)));
            assertScaled(scale, once.interval(), again.interval());
            assertEquals(once.pValue().orElseThrow(), again.pValue().orElseThrow(), 1e-9);
            assertEquals(
                    once.relativeChange().orElseThrow(), again.relativeChange().orElseThrow(), 1e-12);
            assertScaled(1, once.relativeInterval(0.9), again.relativeInterval(0.9));
        }
        assertEquals(
                new Cuped(RATIO.of(Row.FIELDS, plain), RATIO.of(Row.FIELDS, rows(1.2, 1)))
                        .pValue()
                        .orElseThrow(),
                new Cuped(RATIO.of(Row.FIELDS, scaled), RATIO.of(Row.FIELDS, rows(1.2 * scale, 1)))
                        .pValue()
                        .orElseThrow(),
                1e-9);
        assertScaled(
                1,
                new MeanRatio(MEAN.of(Row.FIELDS, plain), MEAN.of(Row.FIELDS, rows(2, 1))).interval(0.5),
                new MeanRatio(MEAN.of(Row.FIELDS, scaled), MEAN.of(Row.FIELDS, rows(2 * scale, 1))).interval(0.5));
    }

    private static Estimate of(Kpi<?> kpi, List<Row> rows) {
        return kpi.of(Row.FIELDS, rows);
    }

    @Provide
    Arbitrary<List<Row>> wildRows() {
        Arbitrary<Double> wild = Arbitraries.oneOf(
                Arbitraries.of(
                        0.0,
                        1.0,
                        -1.0,
                        Double.MIN_VALUE,
                        -Double.MIN_VALUE,
                        Double.MIN_NORMAL,
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        1e200,
                        1e-200,
                        1e16,
                        1e16 + 2),
                Arbitraries.doubles().between(-10, 10));
        return Combinators.combine(Arbitraries.of("a", "b", "c", "d"), wild, wild)
                .as(Row::new)
                .list()
                .ofMaxSize(8);
    }

    private static void assertSane(OptionalDouble number, String what) {
        number.ifPresent(value -> assertFalse(Double.isNaN(value), what));
    }

    @Property(tries = 400)
    void wildValuesGiveNoNaN(
            @ForAll("wildRows") List<Row> before, @ForAll("wildRows") List<Row> after, @ForAll("levels") double level) {
        for (Kpi<?> kpi : List.of(MEAN, RATIO, MEANS, RATIOS)) {
            Estimate first = of(kpi, before);
            Estimate second = of(kpi, after);
            assertSane(first.value(), "value");
            Interval own = first.interval(level);
            first.value()
                    .ifPresent(v -> assertTrue(
                            own.kind() == Interval.Kind.UNDEFINED || own.contains(v) || Double.isInfinite(v),
                            () -> v + " " + own));
            assertFalse(first.toString().contains("NaN"), first::toString);
            Comparison comparison = Comparison.of(first, second);
            comparison.interval(level);
            comparison.relativeInterval(level);
            assertSane(comparison.pValue(), "p of " + first + " and " + second);
            comparison.pValue().ifPresent(p -> assertTrue(p >= 0 && p <= 1, () -> "p = " + p));
            assertSane(comparison.difference(), "difference");
            assertSane(comparison.relativeChange(), "relative change");
            assertFalse(comparison.toString().contains("NaN"), comparison::toString);
        }
        ControlChart chart = ControlChart.of(List.of(of(MEAN, before), of(MEAN, after), of(MEAN, before)));
        assertFalse(chart.toString().contains("NaN"), chart::toString);
    }

    @Provide
    Arbitrary<Double> levels() {
        return Arbitraries.of(Double.MIN_VALUE, 1e-9, 0.5, 0.95, 0.999999, Math.nextDown(1.0));
    }

    @Provide
    Arbitrary<long[]> counts() {
        Arbitrary<Long> sizes = Arbitraries.of(
                1L, 2L, 3L, 40L, 1_000_000_007L, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE / 4, Long.MAX_VALUE);
        return sizes.flatMap(n -> Arbitraries.of(0L, 1L, n / 2, n - 1, n).map(hits -> new long[] {hits, n}));
    }

    @Property(tries = 400)
    void extremeCountsStayInTheRange(
            @ForAll("counts") long[] before, @ForAll("counts") long[] after, @ForAll("levels") double level) {
        Share first = Share.of(before[0], before[1]);
        Share second = Share.of(after[0], after[1]);
        for (ShareInterval method : ShareInterval.values()) {
            assertWithin(0, 1, first.interval(level, method));
        }
        for (NetInterval method : NetInterval.values()) {
            assertWithin(-1, 1, method.of(before[0], before[1] - before[0], before[1], level));
            assertWithin(-1, 1, method.of(before[0], 0, before[1], level));
        }
        Comparison comparison = Comparison.of(first, second);
        assertWithin(-1, 1, comparison.interval(level));
        double p = comparison.pValue().orElseThrow();
        assertTrue(p >= 0 && p <= 1, () -> "p = " + p);
        comparison.relativeInterval(level);
        assertWithin(0, 1, AlwaysValid.of(first, 1_000, Math.min(level, 1 - 1e-12)));
        assertFalse(comparison.toString().contains("NaN"), comparison::toString);
        ControlChart chart = ControlChart.of(List.of(first, second, first));
        for (ControlChart.Point point : chart.points()) {
            assertTrue(point.low() >= 0 && point.high() <= 1 && point.low() <= point.high(), point::toString);
        }
    }

    private static void assertWithin(double low, double high, Interval interval) {
        assertTrue(interval.isBounded() && interval.low() >= low && interval.high() <= high, interval::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-200, 1e-3, 1, 1e100})
    void weightsOfAnySizeAreOnlyRelative(double weight) {
        double squares = weight * weight * 10;
        if (squares > 0 && squares < Double.POSITIVE_INFINITY) {
            Interval interval = new WeightedShare(3 * weight, 10 * weight, squares).interval(0.95);
            Interval plain = Share.of(3, 10).interval(0.95);
            assertEquals(plain.low(), interval.low(), 1e-12);
            assertEquals(plain.high(), interval.high(), 1e-12);
        }
    }
}
