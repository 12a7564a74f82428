package io.cxmetrics.stats;

import static io.cxmetrics.stats.ShareIntervalTest.assertInterval;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Samples from finite populations. "kpi-reference" is the project's list of numbers to check against. */
class FinitePopulationTest {

    record Number(double x) {
        static final Fields<Number> FIELDS = Fields.of(Number.class).number("x", Number::x);
    }

    static final Kpi<Mean> MEAN = Mean.kpi("x", Field.number("x"), Direction.HIGHER_IS_BETTER);

    static Mean mean(double... values) {
        return MEAN.of(
                Number.FIELDS, Arrays.stream(values).mapToObj(Number::new).toList());
    }

    @Test
    void wilsonTakesTheEffectiveSize() {
        // kpi-reference section 5: n_eff = n(N−1)/(N−n)
        assertInterval(
                .320678, .484937, 5e-7, Share.of(40, 100).ofPopulation(400).interval(0.95));
        assertInterval(.027651, .187769, 5e-7, Share.of(3, 40).ofPopulation(297).interval(0.95));
    }

    @Test
    void theExactIntervalCountsThePopulation() {
        // kpi-reference section 5: exact (hypergeometric) 6…57 of 297, .020202–.191919
        ShareOfPopulation judged = Share.of(3, 40).ofPopulation(297);

        assertEquals(6, judged.fewest(0.95));
        assertEquals(57, judged.most(0.95));
        assertInterval(.020202, .191919, 5e-7, judged.exactInterval(0.95));
    }

    @Test
    void theExactIntervalCoversAtLeastAtItsLevel() {
        int population = 60;
        for (int n : new int[] {1, 5, 17, 40, 59, 60}) {
            for (int truth = 0; truth <= population; truth++) {
                double coverage = 0;
                double total = 0;
                for (int hits = Math.max(0, n + truth - population); hits <= Math.min(n, truth); hits++) {
                    double probability = choose(truth, hits) * choose(population - truth, n - hits) / choose(60, n);
                    total += probability;
                    ShareOfPopulation share = new ShareOfPopulation(hits, n, population);
                    if (share.fewest(0.95) <= truth && truth <= share.most(0.95)) {
                        coverage += probability;
                    }
                }
                assertEquals(1, total, 1e-9);
                assertTrue(coverage >= 0.95 - 1e-9, "n = " + n + ", truth = " + truth + ": " + coverage);
            }
        }
    }

    private static double choose(int n, int k) {
        double c = 1;
        for (int i = 1; i <= k; i++) {
            c = c * (n - k + i) / i;
        }
        return c;
    }

    @Test
    void theWholePopulationLeavesNoDoubt() {
        ShareOfPopulation all = Share.of(3, 40).ofPopulation(40);

        assertInterval(.075, .075, 0, all.interval(0.95));
        assertInterval(.075, .075, 0, all.exactInterval(0.95));
        assertEquals(
                Interval.Kind.UNDEFINED,
                Share.of(0, 0).ofPopulation(5).interval(0.95).kind());
        assertThrows(IllegalArgumentException.class, () -> Share.of(3, 40).ofPopulation(39));
    }

    @Test
    void aHugePopulationIsAsGoodAsInfinite() {
        Interval infinite = Share.of(3, 40).interval(0.95);
        ShareOfPopulation finite = Share.of(3, 40).ofPopulation(Long.MAX_VALUE);

        assertInterval(infinite.low(), infinite.high(), 1e-12, finite.interval(0.95));
        Interval exact = Share.of(3, 40).interval(0.95, ShareInterval.CLOPPER_PEARSON);
        assertInterval(exact.low(), exact.high(), 1e-9, finite.exactInterval(0.95));
        Interval many = Share.of(400_000, 1_000_000).ofPopulation(2_000_000).exactInterval(0.95);
        Interval wilson = Share.of(400_000, 1_000_000).ofPopulation(2_000_000).interval(0.95);
        assertInterval(wilson.low(), wilson.high(), 2e-6, many);
    }

    @Test
    void stratifiedMeansWeighTheStrataByTheirSize() {
        // kpi-reference section 5: mean 5.4481, SE .6160 (without FPC .7413)
        double[] first = {2.8, 4.1, 6.8, 6.8, 9.2};
        double[] second = {3.7, 6.6, 4.2};
        StratifiedMean mean =
                StratifiedMean.of(mean(first).ofPopulation(15), mean(second).ofPopulation(12));

        assertEquals(5.4481, mean.value().orElseThrow(), 5e-5);
        assertEquals(.6160, mean.standardError().orElseThrow(), 5e-5);
        // Without the correction: the same ratio of sizes, a million times as large.
        assertEquals(
                .7413,
                StratifiedMean.of(
                                mean(first).ofPopulation(15_000_000),
                                mean(second).ofPopulation(12_000_000))
                        .standardError()
                        .orElseThrow(),
                5e-5);
        // Student's t with (5 − 1) + (3 − 1) degrees of freedom is 2.446912
        assertInterval(5.448148 - 2.446912 * .6160407, 5.448148 + 2.446912 * .6160407, 5e-6, mean.interval(0.95));
    }

    @Test
    void aStratumWithoutSampleLeavesTheMeanUndefined() {
        StratifiedMean mean = StratifiedMean.of(mean(1, 2).ofPopulation(10), mean().ofPopulation(5));

        assertTrue(mean.value().isEmpty());
        assertEquals(Interval.Kind.UNDEFINED, mean.interval(0.95).kind());
    }

    @Test
    void strataOfDifferentKpisAreRefused() {
        Mean other = Mean.kpi("other", Field.number("x"), Direction.NEUTRAL).empty();

        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> StratifiedMean.of(mean(1).ofPopulation(1), other.ofPopulation(1)))
                .getMessage();
        assertTrue(
                message.contains(MEAN.canonical())
                        && message.contains(other.kpi().canonical()),
                message);
    }

    @Test
    void theMeanOfASampleHasTheCorrection() {
        Interval infinite = mean(1, 2, 4, 5).interval(0.95);
        Interval half = mean(1, 2, 4, 5).ofPopulation(8).interval(0.95);

        assertEquals(infinite.high() - infinite.low(), Math.sqrt(2) * (half.high() - half.low()), 1e-12);
        assertInterval(3, 3, 0, mean(1, 2, 4, 5).ofPopulation(4).interval(0.95));
        assertThrows(IllegalArgumentException.class, () -> mean(1, 2).ofPopulation(1));
    }
}
