package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ExactSumTest {

    private static BigDecimal sum(List<Double> values) {
        ExactSum sum = new ExactSum();
        values.forEach(sum::add);
        return sum.value();
    }

    private static void assertSum(BigDecimal expected, List<Double> values) {
        assertEquals(0, expected.compareTo(sum(values)), () -> "expected " + expected + ", found " + sum(values));
    }

    private static BigDecimal naive(List<Double> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (double value : values) {
            sum = sum.add(new BigDecimal(value));
        }
        return sum;
    }

    @Provide
    Arbitrary<Double> doubles() {
        Arbitrary<Double> anyBits = Combinators.combine(
                        Arbitraries.longs().between(0, (1L << 52) - 1),
                        Arbitraries.integers().between(0, 2046),
                        Arbitraries.of(true, false))
                .as((mantissa, exponent, negative) ->
                        Double.longBitsToDouble(mantissa | (long) exponent << 52 | (negative ? Long.MIN_VALUE : 0)));
        return Arbitraries.frequencyOf(
                Tuple.of(4, anyBits),
                Tuple.of(2, Arbitraries.doubles().between(-1e6, 1e6)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                0.0,
                                -0.0,
                                Double.MIN_VALUE,
                                -Double.MIN_VALUE,
                                Math.nextDown(Double.MIN_NORMAL),
                                Double.MIN_NORMAL,
                                -Double.MIN_NORMAL,
                                Double.MAX_VALUE,
                                -Double.MAX_VALUE,
                                0.1,
                                1.0,
                                0x1p52,
                                0x1p-960,
                                Math.nextUp(0x1p-960),
                                0x1p-480,
                                Math.nextUp(0x1p-480))));
    }

    @Provide
    Arbitrary<List<Double>> lists() {
        return doubles().list().ofMaxSize(60);
    }

    @Property(tries = 300)
    void equalsTheSumOfBigDecimals(@ForAll("lists") List<Double> values) {
        assertSum(naive(values), values);
    }

    @Property(tries = 100)
    void doesNotDependOnTheOrder(@ForAll("lists") List<Double> values, @ForAll Random random) {
        List<Double> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);

        assertEquals(sum(values), sum(shuffled));
    }

    @Property(tries = 100)
    void valuesAndTheirNegativesCancelToZero(@ForAll("lists") List<Double> values) {
        List<Double> both = new ArrayList<>(values);
        values.forEach(value -> both.add(-value));
        Collections.shuffle(both, new Random(1));

        assertEquals(0, sum(both).signum());
    }

    @Property(tries = 300)
    void sumsOfProductsEqualThoseOfBigDecimals(@ForAll("lists") List<Double> xs, @ForAll("lists") List<Double> ys) {
        ExactSum sum = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        for (int i = 0; i < Math.min(xs.size(), ys.size()); i++) {
            sum.addProduct(xs.get(i), ys.get(i));
            expected = expected.add(new BigDecimal(xs.get(i)).multiply(new BigDecimal(ys.get(i))));
        }

        assertEquals(0, expected.compareTo(sum.value()));
    }

    @Property(tries = 300)
    void productOfTwoDoublesIsExact(@ForAll("doubles") double x, @ForAll("doubles") double y) {
        ExactSum sum = new ExactSum();
        sum.addProduct(x, y);

        assertEquals(0, new BigDecimal(x).multiply(new BigDecimal(y)).compareTo(sum.value()));
    }

    @Test
    void emptySumIsZero() {
        assertEquals(BigDecimal.ZERO, new ExactSum().value());
    }

    @Test
    void sumMayBeBeyondTheLargestDouble() {
        assertSum(
                new BigDecimal(Double.MAX_VALUE).multiply(BigDecimal.valueOf(1_000)),
                Collections.nCopies(1_000, Double.MAX_VALUE));
        assertSum(
                new BigDecimal(-Double.MAX_VALUE).multiply(BigDecimal.valueOf(1_000)),
                Collections.nCopies(1_000, -Double.MAX_VALUE));
    }

    @Test
    void smallestSurvivesBesideTheLargest() {
        assertSum(
                new BigDecimal(Double.MIN_VALUE),
                List.of(Double.MAX_VALUE, Double.MIN_VALUE, 1.0, -Double.MAX_VALUE, -1.0));
    }

    @Test
    void limbsCarryInTime() {
        // The largest mantissa in every limb position, often enough to leave 32 bits, in both signs.
        for (double value : new double[] {0x1.fffffffffffffp0, -0x1.fffffffffffffp31, 0x1.fffffffffffffp-1000}) {
            assertSum(new BigDecimal(value).multiply(BigDecimal.valueOf(100_000)), Collections.nCopies(100_000, value));
        }
    }

    @Test
    void squaresKeepTheVarianceOfCloseNumbers() {
        ExactSum sum = new ExactSum();
        ExactSum squares = new ExactSum();
        for (double value : new double[] {1e8 + 1, 1e8 + 2, 1e8 + 3}) {
            sum.add(value);
            squares.addProduct(value, value);
        }
        BigDecimal n = BigDecimal.valueOf(3);

        assertEquals(
                0,
                n.multiply(squares.value())
                        .subtract(sum.value().pow(2))
                        .compareTo(BigDecimal.valueOf(6))); // n(n − 1) × variance 1
    }
}
