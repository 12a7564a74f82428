package io.cxmetrics.stats;

import static io.cxmetrics.stats.ComparisonTest.ratio;
import static io.cxmetrics.stats.FinitePopulationTest.mean;
import static io.cxmetrics.stats.ShareIntervalTest.assertInterval;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Interval;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many comparisons, A/B tests, looking every day, clusters, weights and the bootstrap, against published numbers. */
class ExperimentTest {

    // ---- many cells ----

    private static final double[] P = {.001, .002, .003, .004, .005, .05, .06, .07, .08, .09};

    @Test
    void correctionsAgreeWithTheReference() {
        // kpi-reference section 5, many cells
        assertArrayEquals(
                new double[] {.01, .018, .024, .028, .03, .25, .25, .25, .25, .25}, Correction.HOLM.adjust(P), 1e-15);
        assertArrayEquals(
                new double[] {.01, .01, .01, .01, .01, .0833333, .0857143, .0875, .0888889, .09},
                Correction.BENJAMINI_HOCHBERG.adjust(P),
                5e-8);
        assertArrayEquals(P, Correction.NONE.adjust(P));
    }

    @ParameterizedTest
    @EnumSource
    void correctionsKeepTheOrderGiven(Correction correction) {
        double[] reversed = new double[P.length];
        double[] expected = correction.adjust(P);
        for (int i = 0; i < P.length; i++) {
            reversed[i] = P[P.length - 1 - i];
        }
        double[] adjusted = correction.adjust(reversed);
        for (int i = 0; i < P.length; i++) {
            assertEquals(expected[P.length - 1 - i], adjusted[i]);
            assertTrue(adjusted[i] >= reversed[i] && adjusted[i] <= 1);
        }
        assertEquals(0, correction.adjust().length);
        assertThrows(IllegalArgumentException.class, () -> correction.adjust(.1, Double.NaN));
    }

    // ---- CUPED ----

    @Test
    void cupedAgreesWithTheReference() {
        // kpi-reference section 5, CUPED: θ .9901207464, difference 1.1262349 (.3736765–1.8787933), p .0063844
        Cuped cuped = new Cuped(
                ratio(11, 10, 13, 12, 9, 9, 15, 14, 12, 11, 9, 8, 13, 13, 12, 10),
                ratio(12, 9, 15, 13, 13, 11, 13, 12, 12, 10, 17, 14, 10, 8, 12, 11));

        assertEquals(.9901207464, cuped.theta().orElseThrow(), 5e-11);
        assertEquals(1.1262349, cuped.difference().orElseThrow(), 5e-8);
        assertInterval(.3736765, 1.8787933, 5e-8, cuped.interval(0.95));
        assertEquals(.0063844, cuped.pValue().orElseThrow(), 5e-8);
    }

    @Test
    void cupedWithoutAPastIsWelch() {
        Cuped cuped = new Cuped(ratio(11, 5, 13, 5, 9, 5), ratio(12, 5, 15, 5, 14, 5));
        Comparison welch = Comparison.of(mean(11, 13, 9), mean(12, 15, 14));

        assertEquals(0, cuped.theta().orElseThrow());
        assertEquals(welch.pValue().orElseThrow(), cuped.pValue().orElseThrow(), 1e-14);
        assertTrue(new Cuped(ratio(), ratio(1, 1)).difference().isEmpty());
        assertEquals(
                Interval.Kind.UNDEFINED,
                new Cuped(ratio(), ratio(1, 1)).interval(0.95).kind());
    }

    // ---- size and split ----

    @Test
    void sampleSizesAgreeWithR() {
        // R, example(power.t.test): power.t.test(power = .90, delta = 1): n = 22.02110;
        // power.t.test(n = 20, delta = 1, sd = 1): power = 0.8689528
        assertEquals(.90, SampleSize.powerOfMeans(1, 1, 22.02110, 0.95), 1e-6);
        assertEquals(.8689528, SampleSize.powerOfMeans(1, 1, 20, 0.95), 5e-8);
        assertEquals(23, SampleSize.forMeans(-1, 1, 0.95, 0.9));
        // R, example(power.prop.test): power.prop.test(n = 50, p1 = .50, p2 = .75): power = 0.7401659;
        // power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7
        assertEquals(.7401659, SampleSize.powerOfShares(.5, .75, 50, 0.95), 5e-7);
        assertEquals(77, SampleSize.forShares(.5, .75, 0.95, 0.9));
        assertEquals(77, SampleSize.forShares(.75, .5, 0.95, 0.9));
    }

    @Test
    void sampleSizesRefuseWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> SampleSize.forShares(.5, .5, 0.95, 0.9));
        assertThrows(IllegalArgumentException.class, () -> SampleSize.forShares(0, .5, 0.95, 0.9));
        assertThrows(IllegalArgumentException.class, () -> SampleSize.forShares(.4, .5, 0.95, 1));
        assertThrows(IllegalArgumentException.class, () -> SampleSize.forMeans(0, 1, 0.95, 0.9));
        assertThrows(IllegalArgumentException.class, () -> SampleSize.forMeans(1, 0, 0.95, 0.9));
        assertThrows(IllegalArgumentException.class, () -> SampleSize.powerOfMeans(1, 1, 1, 0.95));
        assertThrows(IllegalArgumentException.class, () -> SampleSize.powerOfShares(.4, .5, Double.NaN, 0.95));
    }

    @Test
    void aBrokenSplitIsFound() {
        // Fabijan et al. 2019 (Diagnosing sample ratio mismatch, KDD), section 1: 821,588 against 815,482 of a 50/50
        // split,
        // p = 1.8e-6
        ChiSquareTest broken = ChiSquareTest.ofSplit(new long[] {821_588, 815_482}, 50, 50);

        assertEquals(1.8e-6, broken.pValue(), 5e-8);
        assertTrue(broken.isMismatch());
        assertFalse(ChiSquareTest.ofSplit(new long[] {900, 105}, 0.9, 0.1).isMismatch());
        assertEquals(1, ChiSquareTest.ofSplit(new long[] {0, 0}, 1, 1).pValue());
        assertThrows(IllegalArgumentException.class, () -> ChiSquareTest.ofSplit(new long[] {1, 2}, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> ChiSquareTest.ofSplit(new long[] {1, 2}, 1));
    }

    // ---- looking every day ----

    @Test
    void theNormalMixtureAgreesWithTheReference() {
        // kpi-reference section 5: V_opt 100, α .05 → exact ρ 12.17735, bound(100) 30.35122 (approximately ρ 12.60056,
        // bound 30.35209)
        assertEquals(12.17735, AlwaysValid.tuning(100, 0.95), 5e-6);
        assertEquals(30.35122, AlwaysValid.normalBound(100, AlwaysValid.tuning(100, 0.95), 0.95), 5e-6);
        assertEquals(30.35209, AlwaysValid.normalBound(100, 12.60056, 0.95), 5e-6);
    }

    @Test
    void theBernoulliMixtureAgreesWithTheReference() {
        // kpi-reference section 5: 700/1000 (t_opt 100) → .651629–.745949
        assertInterval(.651629, .745949, 1e-6, AlwaysValid.of(Share.of(700, 1000), 100, 0.95));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "0, 50",
        "50, 50",
        "1, 1000000000000",
        "0, 9223372036854775807",
        "4611686018427387904, 9223372036854775807"
    })
    void alwaysValidSharesStayInRange(long hits, long n) {
        Interval interval = AlwaysValid.of(Share.of(hits, n), 100, 0.95);

        assertTrue(interval.low() >= 0 && interval.high() <= 1, interval::toString);
        assertTrue(interval.contains((double) hits / n), interval::toString);
        assertTrue(interval.high() > interval.low(), interval::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.3, 0.5})
    void whoLooksTwentyTimesIsWrongInLessThanOneOfTwentyTests(double truth) {
        long seed = 20260214;
        SplittableRandom random = new SplittableRandom(seed);
        int runs = 400;
        Map<Share, Boolean> refuted = new HashMap<>();
        Map<Share, Boolean> refutedOnce = new HashMap<>();
        int wrong = 0;
        int wrongOnce = 0;
        for (int run = 0; run < runs; run++) {
            long hits = 0;
            boolean failed = false;
            boolean failedOnce = false;
            for (int n = 1; n <= 400; n++) {
                hits += random.nextDouble() < truth ? 1 : 0;
                if (n % 20 == 0) { // a look at every twentieth row keeps the test quick
                    Share share = Share.of(hits, n);
                    failed |= refuted.computeIfAbsent(
                            share, s -> !AlwaysValid.of(s, 100, 0.95).contains(truth));
                    failedOnce |= refutedOnce.computeIfAbsent(
                            share, s -> !s.interval(0.95).contains(truth));
                }
            }
            wrong += failed ? 1 : 0;
            wrongOnce += failedOnce ? 1 : 0;
        }
        // 5 % and 2.6 standard errors of 400 runs
        assertTrue(wrong <= 0.05 * runs + 11, "seed " + seed + ": " + wrong);
        assertTrue(wrongOnce > 0.15 * runs, "the ordinary interval must fail here: " + wrongOnce);
    }

    @Test
    void alwaysValidMeansAreWiderThanOrdinaryOnes() {
        double[] values = new SplittableRandom(1).doubles(500).toArray();
        Interval once = mean(values).interval(0.95);
        Interval always = AlwaysValid.of(mean(values), 500, 0.95);

        // bound(V)/√V at its best is 3.035 against 1.96
        assertEquals(3.035122 / 1.959964, (always.high() - always.low()) / (once.high() - once.low()), 0.005);
        Comparison comparison = Comparison.of(Share.of(40, 100), Share.of(60, 100));
        Interval stretched = AlwaysValid.of(comparison, 200, 0.95);
        assertEquals(
                3.035122 / 1.959964,
                (stretched.high() - stretched.low())
                        / (comparison.interval().high() - comparison.interval().low()),
                1e-6);
        assertEquals(Interval.Kind.UNDEFINED, AlwaysValid.of(mean(1), 10, 0.95).kind());
        assertThrows(IllegalArgumentException.class, () -> AlwaysValid.of(mean(1, 2), 0, 0.95));
    }

    // ---- clusters and weights ----

    @Test
    void unequalWeightsMakeAShareLessSure() {
        WeightedShare equal = new WeightedShare(2.0 * 18, 2.0 * 20, 4.0 * 20);
        WeightedShare unequal = new WeightedShare(18, 20, 9 + 17.0);

        assertEquals(20, equal.effectiveSize());
        assertInterval(.6989663548, .9721335188, 5e-11, equal.interval(0.95)); // kpi-reference section 5, 18/20
        assertEquals(400 / 26.0, unequal.effectiveSize(), 1e-12);
        assertTrue(unequal.interval(0.95).low() < equal.interval(0.95).low());
        assertEquals(new WeightedShare(54, 60, 106), equal.plus(unequal));
        // y is the weight of a hit, x the weight: 3 of weight 1 hit, 1 of weight 2 does not
        assertEquals(new WeightedShare(3, 5, 7), WeightedShare.of(ratio(1, 1, 1, 1, 1, 1, 0, 2)));
        assertTrue(new WeightedShare(0, 0, 0).value().isEmpty());
        assertEquals(
                Interval.Kind.UNDEFINED,
                new WeightedShare(0, 0, 0).interval(0.95).kind());
        assertThrows(IllegalArgumentException.class, () -> new WeightedShare(3, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new WeightedShare(1, 2, 5));
        assertThrows(IllegalArgumentException.class, () -> new WeightedShare(Double.NaN, 2, 1));
    }

    // ---- bootstrap ----

    private static final double[] DAYS = {10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213};

    @Test
    void theBootstrapAgreesWithTheReference() {
        // kpi-reference section 5: percentile 28.86–84.21, BCa 32.31–91.43, ± 2.5 %
        Bootstrap bootstrap = Bootstrap.ofMean(DAYS, 10_000, 42);

        assertRelative(28.86, 84.21, bootstrap.percentile(0.95));
        assertRelative(32.31, 91.43, bootstrap.bca(0.95));
        assertEquals("BCa", bootstrap.bca(0.95).method());
    }

    private static void assertRelative(double low, double high, Interval actual) {
        assertEquals(low, actual.low(), 0.025 * low, actual::toString);
        assertEquals(high, actual.high(), 0.025 * high, actual::toString);
    }

    @Test
    void theBootstrapIsTheSameForTheSameSeedInAnyOrder() {
        double[] reversed = new double[DAYS.length];
        for (int i = 0; i < DAYS.length; i++) {
            reversed[i] = DAYS[DAYS.length - 1 - i];
        }

        assertEquals(
                Bootstrap.ofMean(DAYS, 1000, 7).bca(0.9),
                Bootstrap.ofMean(reversed, 1000, 7).bca(0.9));
        assertInterval(5, 5, 0, Bootstrap.ofMean(new double[] {5, 5, 5}, 100, 7).bca(0.9));
        assertEquals(
                Interval.Kind.UNDEFINED,
                Bootstrap.ofMean(new double[] {5}, 100, 7).bca(0.9).kind());
        assertThrows(IllegalArgumentException.class, () -> Bootstrap.ofMean(new double[] {1, Double.NaN}, 100, 7));
        assertThrows(IllegalArgumentException.class, () -> Bootstrap.ofMean(DAYS, 99, 7));
    }
}
