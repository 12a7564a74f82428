package io.cxmetrics.stats;

import static io.cxmetrics.stats.FinitePopulationTest.mean;
import static io.cxmetrics.stats.ShareIntervalTest.assertInterval;
import static io.cxmetrics.stats.ShareIntervalTest.nps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Total;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons against published numbers. "kpi-reference" is the project's list of numbers to check against. */
class ComparisonTest {

    @ParameterizedTest
    @CsvSource({ // kpi-reference section 5, Newcombe hybrid, first − second
        " 5, 56,  0, 29, -.0381,   .1926,   5e-5",
        "56, 70, 48, 80,  .052431, .333873, 5e-7",
        " 9, 10,  3, 10,  .170523, .809018, 5e-7",
        "10, 10,  0, 10,  .607509, 1,       5e-7"
    })
    void sharesHaveNewcombesInterval(long x, long n, long y, long m, double low, double high, double tolerance) {
        Comparison comparison = Comparison.of(Share.of(y, m), Share.of(x, n));

        assertInterval(low, high, tolerance, comparison.interval());
        assertEquals((double) x / n - (double) y / m, comparison.difference().orElseThrow(), 1e-15);
        assertInterval(
                -high,
                -low,
                tolerance,
                Comparison.of(Share.of(x, n), Share.of(y, m)).interval());
    }

    @Test
    void sharesAreTestedWithPooledZ() {
        // kpi-reference section 5: 5/83 vs 12/99: −1.4078304151, p .1591812918
        Comparison comparison = Comparison.of(Share.of(5, 83), Share.of(12, 99));

        assertEquals(.1591812918, comparison.pValue().orElseThrow(), 5e-11);
        assertEquals("pooled z", comparison.test());
        assertFalse(comparison.isSignificant(0.95));
    }

    @Test
    void equalSharesOfZeroOrOneAreNoNewsAndNothingIsNoComparison() {
        assertEquals(1, Comparison.of(Share.of(0, 9), Share.of(0, 5)).pValue().orElseThrow());
        assertEquals(1, Comparison.of(Share.of(9, 9), Share.of(5, 5)).pValue().orElseThrow());
        Comparison nothing = Comparison.of(Share.of(0, 0), Share.of(1, 5));
        assertTrue(nothing.pValue().isEmpty());
        assertTrue(nothing.difference().isEmpty());
        assertTrue(nothing.relativeChange().isEmpty());
        assertEquals(Interval.Kind.UNDEFINED, nothing.interval().kind());
        assertEquals(Interval.Kind.UNDEFINED, nothing.relativeInterval(0.95).kind());
        assertEquals("share cannot be compared: nothing observed on one side", nothing.toString());
    }

    @Test
    void severalSharesAreTestedWithChiSquare() {
        // kpi-reference section 5: χ² 73/86, 90/93, 114/136, 75/82: 11.1193876863, p .0110975114
        ChiSquareTest test =
                ChiSquareTest.ofShares(Share.of(73, 86), Share.of(90, 93), Share.of(114, 136), Share.of(75, 82));

        assertEquals(11.1193876863, test.statistic(), 5e-11);
        assertEquals(.0110975114, test.pValue(), 5e-11);
        assertEquals(3, test.degreesOfFreedom());
        assertEquals("χ² = 11.12, df 3, p = 0.011", test.toString());
        // For two shares χ² is the square of pooled z.
        ChiSquareTest two = ChiSquareTest.ofShares(Share.of(5, 83), Share.of(12, 99));
        assertEquals(1.4078304151 * 1.4078304151, two.statistic(), 1e-9);
        assertEquals(.1591812918, two.pValue(), 5e-11);
        assertEquals(1, ChiSquareTest.ofShares(Share.of(0, 9), Share.of(0, 0)).pValue());
        assertThrows(IllegalArgumentException.class, () -> ChiSquareTest.ofShares(Share.of(1, 2)));
    }

    @Test
    void pairedSharesHaveMethodTenOfNewcombe() {
        // kpi-reference section 5: paired (20,12,2,16), method 10: .0562, .3292; there before − after
        PairedShares paired = new PairedShares(20, 2, 12, 16);

        assertEquals(.2, paired.difference().orElseThrow(), 1e-15);
        assertInterval(.0562, .3292, 5e-5, paired.interval(0.95));
        assertInterval(-.3292, -.0562, 5e-5, new PairedShares(20, 12, 2, 16).interval(0.95));
    }

    @Test
    void pairedSharesAreTestedWithMcNemarsMidP() {
        // Fagerland, Lydersen, Laake 2013, table 1 (airway hyper-responsiveness, 1 and 7 of 21): exact conditional
        // .070,
        // mid-p .039. In closed form 2(1 + 8)/256 − 8/256.
        assertEquals(10 / 256.0, new PairedShares(1, 1, 7, 12).pValue(), 1e-15);
        assertEquals(1, new PairedShares(5, 3, 3, 5).pValue());
        assertEquals(1, new PairedShares(5, 0, 0, 5).pValue());
        assertEquals(Math.pow(0.5, 900), new PairedShares(5, 0, 900, 5).pValue(), 1e-280);
        assertEquals(
                Interval.Kind.UNDEFINED,
                new PairedShares(0, 0, 0, 0).interval(0.95).kind());
        assertThrows(IllegalArgumentException.class, () -> new PairedShares(0, -1, 0, 0));
    }

    @Test
    void netScoresCompareAsInTheReference() {
        // kpi-reference section 5: (20,30,50) vs (30,35,35): adjusted Δ .242718, .026577–.458860, p .027739;
        // Wald Δ .25, .030213–.469787, p .025788
        Comparison adjusted = Comparison.of(nps(30, 35, 35), nps(20, 30, 50));
        assertInterval(2.6577, 45.8860, 5e-5, adjusted.interval());
        assertEquals(.027739, adjusted.pValue().orElseThrow(), 5e-7);
        assertEquals("adjusted Wald", adjusted.test());
        assertEquals(25, adjusted.difference().orElseThrow(), 1e-13);

        Comparison wald = Comparison.of(nps(30, 35, 35), nps(20, 30, 50), NetInterval.WALD);
        assertInterval(3.0213, 46.9787, 5e-5, wald.interval());
        assertEquals(.025788, wald.pValue().orElseThrow(), 5e-7);

        Comparison score = Comparison.of(nps(30, 35, 35), nps(20, 30, 50), NetInterval.SCORE);
        assertInterval(adjusted.interval().low(), adjusted.interval().high(), 0.5, score.interval());
        assertEquals(.027, score.pValue().orElseThrow(), 2e-3);
        double level = 1 - score.pValue().orElseThrow();
        assertEquals(0, score.interval(level).low(), 1e-6, "p is where the interval touches 0");

        assertTrue(adjusted.relativeChange().isEmpty());
        assertEquals(Interval.Kind.UNDEFINED, adjusted.relativeInterval(0.95).kind());
        assertEquals(Interval.Kind.UNDEFINED, score.relativeInterval(0.95).kind());
        assertThrows(
                IllegalArgumentException.class, () -> Comparison.of(Share.of(1, 2), Share.of(1, 2), NetInterval.WALD));
    }

    @Test
    void netScoresThatAreAllAlikeStillLeaveDoubt() {
        Comparison alike = Comparison.of(nps(0, 0, 10), nps(0, 0, 12));

        assertEquals(
                1,
                Comparison.of(nps(0, 0, 10), nps(0, 0, 12), NetInterval.WALD)
                        .pValue()
                        .orElseThrow());
        assertTrue(alike.interval().low() < -10 && alike.interval().high() > 10, alike::toString);
    }

    static Mean sums(long n, String sum, String squares) {
        Kpi<Mean> kpi = FinitePopulationTest.MEAN;
        return kpi.definition()
                .statistic(
                        kpi,
                        new Counts(n, 0, 0, 0),
                        List.of(new Total.Exact(new BigDecimal(sum)), new Total.Exact(new BigDecimal(squares))));
    }

    @Test
    void meansAreComparedByWelchAndRelativelyByFieller() {
        // kpi-reference section 5, A/B: .29 (.04538–.53462), p .02016; relative .70732, Fieller .09406–1.70869
        Comparison comparison = Comparison.of(sums(3407, "1396.87", "52377.9767"), sums(3461, "2422.7", "134698.29"));

        assertEquals(.29, comparison.difference().orElseThrow(), 1e-12);
        assertInterval(.04538, .53462, 5.5e-6, comparison.interval());
        assertEquals(.02016, comparison.pValue().orElseThrow(), 5e-6);
        assertEquals(.70732, comparison.relativeChange().orElseThrow(), 5e-6);
        assertInterval(.09406, 1.70869, 5e-6, comparison.relativeInterval(0.95));
        assertTrue(comparison.isSignificant(0.95));
        assertEquals("x rose 0.29 (95 % 0.05…0.53), p = 0.020", comparison.toString());
    }

    @Test
    void theRelativeIntervalExcludesNoChangeExactlyIfTheTestDoes() {
        Mean before = mean(10, 12, 9, 14, 11, 8);
        for (double shift = 0; shift < 8; shift += 0.25) {
            double by = shift;
            Mean after = mean(
                    IntStream.of(11, 13, 10, 16, 12, 9).mapToDouble(x -> x + by).toArray());
            Comparison comparison = Comparison.of(before, after);
            double level = 1 - comparison.pValue().orElseThrow();

            assertEquals(0, comparison.relativeInterval(level).low(), 1e-9, comparison::toString);
            assertEquals(0, comparison.interval(level).low(), 1e-9, comparison::toString);
        }
    }

    @Test
    void ratiosOfIndependentMeansHaveFiellersInterval() {
        // kpi-reference section 5: 9.722222, 5.171648–18.659527 (independent samples, df 8.248026)
        MeanRatio ratio = new MeanRatio(mean(15, 20, 32, 33), mean(1, 2, 2, 2, 3, 3, 5));

        assertEquals(9.722222, ratio.value().orElseThrow(), 5e-7);
        assertEquals(8.248026, ratio.degreesOfFreedom().orElseThrow(), 5e-7);
        assertInterval(5.171648, 18.659527, 5e-7, ratio.interval(0.95));
        assertEquals(
                Interval.Kind.UNBOUNDED,
                new MeanRatio(mean(1, 2), mean(-1, 2)).interval(0.95).kind());
        assertEquals(
                Interval.Kind.UNDEFINED,
                new MeanRatio(mean(1, 2), mean(3)).interval(0.95).kind());
        assertTrue(new MeanRatio(mean(1, 2), mean(0, 0)).value().isEmpty());
    }

    @Test
    void meansOfOneRowCannotBeComparedAndConstantOnesCan() {
        Comparison one = Comparison.of(mean(3), mean(4, 5));
        assertTrue(one.pValue().isEmpty());
        assertEquals("x cannot be compared: fewer than two observations on one side", one.toString());
        assertEquals(1, Comparison.of(mean(3, 3), mean(3, 3, 3)).pValue().orElseThrow());
        assertEquals(0, Comparison.of(mean(3, 3), mean(4, 4)).pValue().orElseThrow());
        assertInterval(1, 1, 0, Comparison.of(mean(3, 3), mean(4, 4)).interval());
    }

    // ---- ratios of sums ----

    record Pair(double y, double x) {
        static final Fields<Pair> FIELDS =
                Fields.of(Pair.class).number("y", Pair::y).number("x", Pair::x);
    }

    static Ratio ratio(double... yx) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < yx.length; i += 2) {
            pairs.add(new Pair(yx[i], yx[i + 1]));
        }
        return Ratio.kpi("y-per-x", Field.number("y"), Field.number("x"), Direction.NEUTRAL)
                .of(Pair.FIELDS, pairs);
    }

    @Test
    void ratiosOfSumsAreComparedWithTheirCovariance() {
        double[] rows = {312, 2, 95, 1, 410, 3, 180, 1, 260, 2, 150, 1, 530, 4, 75, 1};
        Comparison same = Comparison.of(ratio(rows), ratio(rows));
        // Linearised by hand: residuals y − Rx, variance Σr²/(n−1)/(n x̄²), twice; df 14.
        double value = 2012 / 15.0;
        double squares = 0;
        for (int i = 0; i < rows.length; i += 2) {
            squares += Math.pow(rows[i] - value * rows[i + 1], 2);
        }
        double error = Math.sqrt(2 * squares / 7 / 8) / (15 / 8.0);
        assertInterval(-2.1447867 * error, 2.1447867 * error, 1e-5, same.interval());
        assertEquals(1, same.pValue().orElseThrow());
        assertEquals(0, same.relativeChange().orElseThrow());
        assertTrue(same.relativeInterval(0.95).contains(0));
    }

    @Test
    void ratiosWithoutASureDenominatorAreUnbounded() {
        Comparison comparison = Comparison.of(ratio(5, 0, 3, 0, 8, 1, 2, 0, 4, 0), ratio(1, 1, 2, 1, 3, 2));

        assertEquals(Interval.Kind.UNBOUNDED, comparison.interval().kind());
        assertTrue(comparison.pValue().isEmpty());
        assertEquals("y-per-x cannot be compared: the denominator may be 0 on one side", comparison.toString());
    }

    // ---- others ----

    @Test
    void ratingsCompareByTheirReading() {
        Kpi<Ratings> average = Ratings.kpi(
                "ces",
                new Ratings.Definition(Field.whole("effort"), 1, 3, new Ratings.Average()),
                Direction.HIGHER_IS_BETTER);
        Kpi<Ratings> box = Ratings.kpi(
                "top",
                new Ratings.Definition(Field.whole("effort"), 1, 3, new Ratings.Box(3, 3)),
                Direction.HIGHER_IS_BETTER);
        Kpi<Ratings> net = Ratings.kpi(
                "net",
                new Ratings.Definition(Field.whole("effort"), 1, 3, new Ratings.Net(3, 1)),
                Direction.HIGHER_IS_BETTER);
        Total before = new Total.Tally(1, 2, 3);
        Total after = new Total.Tally(2, 1, 5);

        Comparison means = Comparison.of(
                ShareIntervalTest.statistic(average, 6, before), ShareIntervalTest.statistic(average, 8, after));
        Comparison same = Comparison.of(mean(1, 2, 2, 3, 3, 3), mean(1, 1, 2, 3, 3, 3, 3, 3));
        assertInterval(same.interval().low(), same.interval().high(), 1e-12, means.interval());
        assertTrue(means.relativeChange().isEmpty(), "a rating's 0 is not nothing");
        assertEquals(
                Comparison.of(Share.of(3, 6), Share.of(5, 8)).interval(),
                Comparison.of(ShareIntervalTest.statistic(box, 6, before), ShareIntervalTest.statistic(box, 8, after))
                        .interval());
        assertEquals(
                Comparison.of(nps(1, 2, 3), nps(2, 1, 5)).interval(),
                Comparison.of(ShareIntervalTest.statistic(net, 6, before), ShareIntervalTest.statistic(net, 8, after))
                        .interval());
    }

    @Test
    void percentilesCompareByTheHybridOfTheirIntervals() {
        Kpi<Percentile> median = Percentile.kpi("median", Field.number("x"), 0.5, Direction.NEUTRAL);
        List<FinitePopulationTest.Number> first = IntStream.range(0, 400)
                .mapToObj(i -> new FinitePopulationTest.Number(i))
                .toList();
        List<FinitePopulationTest.Number> second = IntStream.range(0, 400)
                .mapToObj(i -> new FinitePopulationTest.Number(i + 100))
                .toList();
        Comparison comparison = Comparison.of(
                median.of(FinitePopulationTest.Number.FIELDS, first),
                median.of(FinitePopulationTest.Number.FIELDS, second));

        assertEquals(100, comparison.difference().orElseThrow(), 2); // more than a few values are kept in buckets
        assertTrue(comparison.interval().contains(100) && !comparison.interval().contains(0), comparison::toString);
        assertTrue(comparison.pValue().orElseThrow() < 0.001, comparison::toString);
        assertEquals("MOVER", comparison.test());
    }

    @Test
    void relativeChangeOfSharesHasAnInterval() {
        // kpi-reference section 4: (38−23)/23 = +65.2 %
        Comparison comparison = Comparison.of(Share.of(23, 100), Share.of(38, 100));

        assertEquals(.652, comparison.relativeChange().orElseThrow(), 5e-4);
        Interval relative = comparison.relativeInterval(0.95);
        // Close to Koopman's score interval of the ratio, 1.078…2.563 (scipy 1.17.1 contingency.relative_risk(38, 100,
        // 23,
        // 100) gives Katz's 1.0706…2.5497).
        assertInterval(.07, 1.55, .03, relative);
        assertEquals(
                Interval.Kind.UNBOUNDED,
                Comparison.of(Share.of(0, 10), Share.of(3, 10))
                        .relativeInterval(0.95)
                        .kind());
        assertInterval(
                -1, -.5, .3, Comparison.of(Share.of(90, 100), Share.of(0, 10)).relativeInterval(0.95));
    }

    @Test
    void resultsOfDifferentKpisAreRefusedNamingBoth() {
        Kpi<Share> other = Share.kpi("other", Field.flag("hit"));

        String message = assertThrows(
                        IllegalArgumentException.class, () -> Comparison.of(Share.of(1, 2), other.empty()))
                .getMessage();
        assertEquals(
                "results of different KPIs do not compare: " + Share.of(1, 2).kpi() + " and " + other, message);
    }

    @Test
    void sentencesSayWhichWayAndHowSure() {
        Comparison fell = Comparison.of(Share.of(8600, 10000), Share.of(8290, 10000));
        assertEquals("share fell 3.1 points (95 % 2.1…4.1), p < 0.001", fell.toString());
        assertEquals("CSAT chat fell 3,1 points (95 % 2,1…4,1), p < 0,001", fell.sentence("CSAT chat", Locale.GERMANY));
        assertEquals(
                "share shows no clear change: -3.1 points (95 % -6.3…0.1), p = 0.056",
                Comparison.of(Share.of(860, 1000), Share.of(829, 1000)).toString());
        assertEquals(
                "NPS rose 25.0 points (95 % 2.7…45.9), p = 0.028",
                Comparison.of(nps(30, 35, 35), nps(20, 30, 50)).toString());
    }

    record Wait(Duration waited) {
        static final Fields<Wait> FIELDS = Fields.of(Wait.class).duration("wait", Wait::waited);
    }

    @Test
    void durationsCompareInTheirUnit() {
        Kpi<Mean> kpi = Mean.kpi("wait", Field.duration("wait"), Direction.LOWER_IS_BETTER);
        Mean before = kpi.of(Wait.FIELDS, waits(20, 25, 30, 22, 28));
        Mean after = kpi.of(Wait.FIELDS, waits(40, 45, 50, 42, 48));

        assertEquals(
                "wait rose 20.0 s (95 % 14.0…26.0), p < 0.001",
                Comparison.of(before, after).toString());
    }

    private static List<Wait> waits(int... seconds) {
        return IntStream.of(seconds)
                .mapToObj(s -> new Wait(Duration.ofSeconds(s)))
                .toList();
    }

    @Test
    void hugeCountsKeepEverythingInRange() {
        long n = 1_000_000_000_000_000L;
        for (long hits : new long[] {0, 1, n / 2, n}) {
            Comparison comparison = Comparison.of(Share.of(hits, n), Share.of(n - hits, n));
            Interval interval = comparison.interval();
            assertTrue(interval.low() >= -1 && interval.high() <= 1, comparison::toString);
            assertTrue(comparison.pValue().orElseThrow() >= 0
                    && comparison.pValue().orElseThrow() <= 1);
        }
    }
}
