package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Total;
import io.cxmetrics.field.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published bounds of shares and net scores, and their behaviour at the ends. "kpi-reference" is the project's list. */
class ShareIntervalTest {

    static void assertInterval(double low, double high, double tolerance, Interval actual) {
        assertEquals(Interval.Kind.BOUNDED, actual.kind(), actual::toString);
        assertEquals(low, actual.low(), tolerance, actual::toString);
        assertEquals(high, actual.high(), tolerance, actual::toString);
    }

    @ParameterizedTest
    @CsvSource({ // kpi-reference section 5
        "WILSON,          18,  20, .6989663548, .9721335188, 5e-11",
        "WILSON,           4,  20, .0806576626, .4160174323, 5e-11",
        "WILSON,           4, 200, .0078044264, .0502870869, 5e-11",
        "WILSON,          81, 263, .255289,     .366210,     5e-7",
        "AGRESTI_COULL,   18,  20, .6867561126, .9843437610, 5e-11",
        "AGRESTI_COULL,    4,  20, .0749115103, .4217635846, 5e-11",
        "AGRESTI_COULL,    4, 200, .0059919545, .0520995588, 5e-11",
        "AGRESTI_COULL,   81, 263, .255221,     .366277,     5e-7",
        "CLOPPER_PEARSON, 18,  20, .6830172860, .9876514728, 5e-11",
        "CLOPPER_PEARSON,  4,  20, .0573339971, .4366140030, 5e-11",
        "CLOPPER_PEARSON,  4, 200, .0054755659, .0504136091, 5e-11",
        "CLOPPER_PEARSON, 81, 263, .252737,     .367622,     5e-7",
        "JEFFREYS,        18,  20, .7161467427, .9786275120, 5e-11",
        "JEFFREYS,         4,  20, .0715200525, .4082257625, 5e-11",
        "JEFFREYS,         4, 200, .0067875988, .0468465670, 5e-11",
        "JEFFREYS,        81, 263, .254522,     .365647,     5e-7",
        // Newcombe 1998 (Statistics in Medicine 17, 857-872), table I, method 6, mid-p: 81/263, 15/148, 0/20, 1/29
        "MID_P,           81, 263, .2544,       .3658,       5e-5",
        "MID_P,           15, 148, .0601,       .1581,       5e-5",
        "MID_P,            0,  20, .0000,       .1391,       5e-5",
        "MID_P,            1,  29, .0017,       .1585,       5e-5",
        // The same table, method 5, Clopper-Pearson
        "CLOPPER_PEARSON, 15, 148, .0578,       .1617,       5e-5",
        "CLOPPER_PEARSON,  0,  20, .0000,       .1684,       5e-5",
        "CLOPPER_PEARSON,  1,  29, .0009,       .1776,       5e-5"
    })
    void boundsAgreeWithThePublishedOnes(
            ShareInterval method, long hits, long n, double low, double high, double tolerance) {
        Interval interval = Share.of(hits, n).interval(0.95, method);

        assertInterval(low, high, tolerance, interval);
        assertEquals(method.label(), interval.method());
        assertInterval(1 - high, 1 - low, tolerance, Share.of(n - hits, n).interval(0.95, method));
    }

    @Test
    void clopperPearsonOfNoneInAThousandKeepsItsDigitsAtAnExtremeLevel() {
        // kpi-reference section 5, traps: 0/1000 at α = 1e-7; in closed form 1 − (α/2)^(1/n)
        Interval interval = Share.of(0, 1000).interval(1 - 1e-7, ShareInterval.CLOPPER_PEARSON);

        assertEquals(0, interval.low());
        assertEquals(.0166707224, interval.high(), 5e-11);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 10, 1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000L, Long.MAX_VALUE})
    void clopperPearsonOfNoneAndAllIsItsClosedForm(long n) {
        for (double level : new double[] {0.5, 0.95, 1 - 1e-10}) {
            double bound = -Math.expm1(Math.log((1 - level) / 2) / n);
            assertEquals(
                    bound,
                    Share.of(0, n)
                            .interval(level, ShareInterval.CLOPPER_PEARSON)
                            .high(),
                    1e-11 * bound);
            assertEquals(
                    1 - bound,
                    Share.of(n, n)
                            .interval(level, ShareInterval.CLOPPER_PEARSON)
                            .low(),
                    1e-11);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // python3, mpmath 1.3 with 60 digits: findroot of betainc(x, n-x+1, 0, p, regularized=True) - 0.025
        "1, 1000000000, 2.531780798396938e-11, 5.5716433782031153e-9",
        "5, 1000000000000, 1.6234863901203497e-12, 1.1668332079283765e-11",
        "1000, 1000000, 0.00093900120795007217, 0.0010639181073152278",
        "100, 1000000000000000, 8.1363991250923858e-14, 1.2162679379242507e-13"
    })
    void clopperPearsonOfHugeCountsAgreesWithManyDigits(long hits, long n, double low, double high) {
        Interval interval = Share.of(hits, n).interval(0.95, ShareInterval.CLOPPER_PEARSON);
        double estimate = (double) hits / n;

        // The distance from the estimate is what the method decides.
        assertEquals(low - estimate, interval.low() - estimate, 1e-8 * (estimate - low));
        assertEquals(high - estimate, interval.high() - estimate, 1e-8 * (high - estimate));
    }

    @ParameterizedTest
    @EnumSource
    void noneOrAllReachTheEndAndNeverGoBeyond(ShareInterval method) {
        for (long n = 1; n <= 200; n++) {
            for (double level : new double[] {0.5, 0.95, 0.999}) {
                Interval none = method.of(0, n, level);
                Interval all = method.of(n, n, level);

                assertEquals(0, none.low(), none::toString);
                assertEquals(1, all.high(), all::toString);
                assertTrue(none.high() > 0 && none.high() <= 1, none::toString);
                assertEquals(1 - none.high(), all.low(), 1e-12, all::toString);
            }
        }
        assertEquals(1, method.of(38, 38, 0.95).high()); // kpi-reference section 5, traps
    }

    @ParameterizedTest
    @EnumSource
    void hugeCountsAndExtremeLevelsStayInRange(ShareInterval method) {
        for (long n : new long[] {1, 2, 3, 38, 1_000_000_007L, 1_000_000_000_000_000L, Long.MAX_VALUE}) {
            for (long hits : new long[] {0, 1, n / 1_000_000, n / 3, n / 2, n - 1, n}) {
                for (double level : new double[] {1e-12, 0.01, 0.5, 0.95, 0.999999, Math.nextDown(1.0)}) {
                    Interval interval = method.of(Math.min(hits, n), n, level);

                    assertTrue(interval.low() >= 0 && interval.high() <= 1, interval::toString);
                    assertTrue(interval.low() <= interval.high(), interval::toString);
                    if (method != ShareInterval.JEFFREYS) {
                        assertTrue(
                                interval.low() <= (double) hits / n + 1e-15
                                        && interval.high() >= (double) hits / n - 1e-15,
                                () -> hits + " of " + n + ": " + interval);
                    }
                }
            }
        }
    }

    @Test
    void methodsConvergeForManyRows() {
        Interval wilson = Share.of(400_000_000, 1_000_000_000).interval(0.95);
        for (ShareInterval method : ShareInterval.values()) {
            assertInterval(
                    wilson.low(),
                    wilson.high(),
                    5e-9,
                    Share.of(400_000_000, 1_000_000_000).interval(0.95, method));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingObservedHasNoIntervalAndImpossibleCountsAreRefused(ShareInterval method) {
        assertEquals(Interval.Kind.UNDEFINED, method.of(0, 0, 0.95).kind());
        assertThrows(IllegalArgumentException.class, () -> method.of(3, 2, 0.95));
        assertThrows(IllegalArgumentException.class, () -> method.of(-1, 2, 0.95));
        assertThrows(IllegalArgumentException.class, () -> method.of(1, 2, Double.NaN));
    }

    @Test
    void allFamiliesThatAreSharesTakeTheMethods() {
        Kpi<Ratings> box = Ratings.kpi(
                "csat",
                new Ratings.Definition(Field.whole("score"), 1, 5, new Ratings.Box(4, 5)),
                Direction.HIGHER_IS_BETTER);
        Ratings csat = statistic(box, 20, new Total.Tally(1, 0, 1, 8, 10));
        Kpi<SignalShare> signals = SignalShare.kpi("quiet", Map.of("swore", Field.flag("swore")));
        SignalShare quiet = signals.definition()
                .statistic(signals, new Counts(20, 0, 0, 0), List.of(count(2), count(2), count(18)));
        for (ShareInterval method : ShareInterval.values()) {
            Interval share = Share.of(18, 20).interval(0.9, method);
            assertEquals(share, csat.interval(0.9, method));
            assertEquals(share.times(100), quiet.interval(0.9, method));
        }
        assertThrows(IllegalArgumentException.class, () -> csat.interval(0.9, NetInterval.WALD));
    }

    private static Total count(long n) {
        return Total.Exact.of(n);
    }

    static Ratings statistic(Kpi<Ratings> kpi, long n, Total tally) {
        return kpi.definition().statistic(kpi, new Counts(n, 0, 0, 0), List.of(tally));
    }

    // ---- net scores ----

    static Nps nps(long detractors, long passives, long promoters) {
        Kpi<Nps> kpi = Nps.kpi("nps", "score");
        Total.Tally tally = new Total.Tally(detractors, 0, 0, 0, 0, 0, 0, 0, passives, 0, promoters);
        return kpi.definition().statistic(kpi, new Counts(detractors + passives + promoters, 0, 0, 0), List.of(tally));
    }

    @ParameterizedTest
    @CsvSource({ // kpi-reference section 5; there on −1…1
        "WALD,          20, 30, 50, .146922, .453078",
        "WALD,           5, 19, 36, .353391, .679943",
        "WALD,           2, 11, 18, .299480, .732778",
        "WALD,           0,  0, 10, 1,       1",
        "ADJUSTED_WALD, 20, 30, 50, .140511, .442013",
        "ADJUSTED_WALD,  5, 19, 36, .329674, .654453",
        "ADJUSTED_WALD,  2, 11, 18, .255123, .686053",
        "ADJUSTED_WALD,  0,  0, 10, .475036, 1",
        "SCORE,         20, 30, 50, .139551, .443393",
        "SCORE,          5, 19, 36, .332153, .659828",
        "SCORE,          2, 11, 18, .260919, .699159",
        "SCORE,          0,  0, 10, .444934, 1"
    })
    void netScoresAgreeWithThePublishedBounds(
            NetInterval method, long detractors, long passives, long promoters, double low, double high) {
        Interval interval = nps(detractors, passives, promoters).interval(0.95, method);

        assertInterval(100 * low, 100 * high, 5.1e-5, interval);
        assertEquals(method.label(), interval.method());
    }

    @Test
    void ratingsReadAsNetTakeTheMethods() {
        Kpi<Ratings> net = Ratings.kpi(
                "ces-net",
                new Ratings.Definition(Field.whole("effort"), 1, 3, new Ratings.Net(3, 1)),
                Direction.HIGHER_IS_BETTER);
        for (NetInterval method : NetInterval.values()) {
            assertEquals(
                    nps(20, 30, 50).interval(0.8, method),
                    statistic(net, 100, new Total.Tally(20, 30, 50)).interval(0.8, method));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> statistic(net, 100, new Total.Tally(20, 30, 50)).interval(0.9, ShareInterval.WILSON));
    }

    @ParameterizedTest
    @EnumSource
    void netScoresNeverLeaveTheirRange(NetInterval method) {
        for (long n : new long[] {1, 2, 5, 1_000_000_000_000_000L}) {
            for (long top : new long[] {0, 1, n / 2, n}) {
                for (long bottom : new long[] {0, n - top}) {
                    Interval interval = method.of(top, bottom, n, 0.999);
                    assertTrue(interval.low() >= -1 && interval.high() <= 1, interval::toString);
                }
            }
        }
        assertEquals(Interval.Kind.UNDEFINED, method.of(0, 0, 0, 0.95).kind());
        assertThrows(IllegalArgumentException.class, () -> method.of(2, 2, 3, 0.95));
    }
}
