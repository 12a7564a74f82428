package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the 95 % intervals contain the truth: by exact enumeration for shares and net scores, by simulation with a seed
 * elsewhere. The tables are printed; the floors asserted are the methods' own, measured here, not what one would wish.
 */
class CoverageTest {
    private static final double LEVEL = 0.95;
    /** A bound that is the truth but for rounding covers it. */
    private static final double ROUNDING = 1e-12;

    private record Coverage(double floor, double mean) {
        static Coverage of(List<Double> coverages) {
            return new Coverage(
                    coverages.stream().mapToDouble(c -> c).min().orElseThrow(),
                    coverages.stream().mapToDouble(c -> c).average().orElseThrow());
        }

        String text() {
            return String.format(Locale.ROOT, " %.3f %.3f", floor, mean);
        }
    }

    // ---- shares ----

    /** Binomial probabilities by recurrence from the mode outwards, until they are negligible. */
    private static double coverage(Interval[] intervals, double p) {
        int n = intervals.length - 1;
        int mode = (int) ((n + 1) * p);
        double[] weights = new double[n + 1];
        double total = 0;
        weights[mode] = 1;
        for (int x = mode; x <= n && weights[x] > 1e-18; x++) {
            total += weights[x];
            if (x < n) {
                weights[x + 1] = weights[x] * (n - x) / (x + 1) * (p / (1 - p));
            }
        }
        for (int x = mode; x > 0 && weights[x] > 1e-18; x--) {
            weights[x - 1] = weights[x] * x / (n - x + 1) * ((1 - p) / p);
            total += weights[x - 1];
        }
        double covered = 0;
        for (int x = 0; x <= n; x++) {
            if (weights[x] > 0 && intervals[x].low() - ROUNDING <= p && p <= intervals[x].high() + ROUNDING) {
                covered += weights[x];
            }
        }
        return covered / total;
    }

    private static Coverage ofShares(ShareInterval method, int n) {
        Interval[] intervals = IntStream.rangeClosed(0, n)
                .mapToObj(x -> method.of(x, n, LEVEL))
                .toArray(Interval[]::new);
        List<Double> coverages = new ArrayList<>();
        for (int i = 1; i < 200; i++) {
            coverages.add(coverage(intervals, i / 200.0));
        }
        return Coverage.of(coverages);
    }

    private static String shareTable(int... sizes) {
        StringBuilder table =
                new StringBuilder("Coverage of 95 % intervals of shares, p = .005, .010 … .995: floor, mean\n");
        table.append("     n");
        for (ShareInterval method : ShareInterval.values()) {
            table.append(String.format(Locale.ROOT, " %15s", method.label()));
        }
        for (int n : sizes) {
            table.append(String.format(Locale.ROOT, "%n%6d", n));
            for (ShareInterval method : ShareInterval.values()) {
                table.append(
                        String.format(Locale.ROOT, " %15s", ofShares(method, n).text()));
            }
        }
        return table.append('\n').toString().replace("\r", "");
    }

    @Test
    void coverageOfSharesIsThatOfTheTable() {
        String table = shareTable(3, 5, 10, 20, 50, 100, 300, 1000, 2000, 5000, 10000);
        System.out.println(table);

        assertEquals("""
                Coverage of 95 % intervals of shares, p = .005, .010 … .995: floor, mean
                     n          Wilson   Agresti–Coull Clopper–Pearson        Jeffreys           mid-p
                     3     0.831 0.956     0.844 0.966     0.976 0.995     0.899 0.963     0.951 0.986
                     5     0.837 0.954     0.896 0.966     0.975 0.990     0.900 0.957     0.932 0.978
                    10     0.860 0.954     0.928 0.964     0.961 0.984     0.869 0.953     0.927 0.967
                    20     0.905 0.953     0.929 0.962     0.958 0.977     0.896 0.950     0.929 0.961
                    50     0.911 0.952     0.935 0.957     0.953 0.969     0.885 0.950     0.926 0.954
                   100     0.910 0.950     0.939 0.955     0.954 0.965     0.881 0.950     0.921 0.953
                   300     0.935 0.950     0.943 0.952     0.951 0.959     0.918 0.951     0.918 0.951
                  1000     0.944 0.950     0.944 0.950     0.951 0.955     0.928 0.949     0.928 0.950
                  2000     0.943 0.950     0.945 0.950     0.951 0.954     0.944 0.950     0.944 0.950
                  5000     0.944 0.950     0.944 0.950     0.950 0.952     0.945 0.950     0.945 0.950
                 10000     0.945 0.950     0.945 0.950     0.950 0.952     0.946 0.950     0.946 0.950
                """, table);
    }

    /** No n from 20 to 400 is much worse than those of the table. */
    @Test
    @Tag("full")
    void everyNumberOfRowsKeepsTheFloorOfItsMethod() {
        double[] floors = {.839, .929, .950, .877, .917};
        for (ShareInterval method : ShareInterval.values()) {
            double lowest = 1;
            int worst = 0;
            for (int n = 20; n <= 400; n++) {
                double floor = ofShares(method, n).floor();
                if (floor < lowest) {
                    lowest = floor;
                    worst = n;
                }
            }
            System.out.printf(
                    Locale.ROOT, "%s: lowest coverage for n from 20 to 400: %.4f at n = %d%n", method, lowest, worst);
            assertTrue(lowest >= floors[method.ordinal()], method + ": " + lowest + " at n = " + worst);
        }
    }

    @Test
    void clopperPearsonNeverFallsBelowItsLevel() {
        for (int n = 1; n <= 60; n++) {
            assertTrue(ofShares(ShareInterval.CLOPPER_PEARSON, n).floor() >= LEVEL, "n = " + n);
        }
    }

    @Test
    void wilsonFallsTo857ForThreeRowsAndFivePercent() {
        // kpi-reference section 5; in closed form .95³
        Interval[] intervals = IntStream.rangeClosed(0, 3)
                .mapToObj(x -> Share.of(x, 3).interval(LEVEL))
                .toArray(Interval[]::new);

        assertEquals(0.857375, coverage(intervals, 0.05), 1e-12);
    }

    // ---- net scores ----

    private static Coverage ofNets(NetInterval method, int n) {
        Interval[][] intervals = new Interval[n + 1][];
        for (int top = 0; top <= n; top++) {
            intervals[top] = new Interval[n - top + 1];
            for (int bottom = 0; top + bottom <= n; bottom++) {
                intervals[top][bottom] = method.of(top, bottom, n, LEVEL);
            }
        }
        double[] logFactorial = new double[n + 1];
        for (int i = 2; i <= n; i++) {
            logFactorial[i] = logFactorial[i - 1] + Math.log(i);
        }
        List<Double> coverages = new ArrayList<>();
        for (int i = 1; i < 20; i++) {
            for (int j = 1; i + j < 20; j++) {
                coverages.add(coverage(intervals, logFactorial, i / 20.0, j / 20.0));
            }
        }
        return Coverage.of(coverages);
    }

    private static double coverage(Interval[][] intervals, double[] logFactorial, double top, double bottom) {
        int n = intervals.length - 1;
        double truth = top - bottom;
        double covered = 0;
        for (int x = 0; x <= n; x++) {
            for (int y = 0; x + y <= n; y++) {
                Interval interval = intervals[x][y];
                if (interval.low() - ROUNDING <= truth && truth <= interval.high() + ROUNDING) {
                    covered += Math.exp(logFactorial[n]
                            - logFactorial[x]
                            - logFactorial[y]
                            - logFactorial[n - x - y]
                            + x * Math.log(top)
                            + y * Math.log(bottom)
                            + (n - x - y) * Math.log(1 - top - bottom));
                }
            }
        }
        return covered;
    }

    private static String netTable(int... sizes) {
        StringBuilder table =
                new StringBuilder("Coverage of 95 % intervals of net scores, shares of 5, 10 … 90 %: floor, mean\n");
        table.append("     n");
        for (NetInterval method : NetInterval.values()) {
            table.append(String.format(Locale.ROOT, " %15s", method.label()));
        }
        for (int n : sizes) {
            table.append(String.format(Locale.ROOT, "%n%6d", n));
            for (NetInterval method : NetInterval.values()) {
                table.append(
                        String.format(Locale.ROOT, " %15s", ofNets(method, n).text()));
            }
        }
        return table.append('\n').toString().replace("\r", "");
    }

    @Test
    void coverageOfNetScoresIsThatOfTheTable() {
        String table = netTable(3, 5, 10, 20, 50, 100, 200, 500);
        System.out.println(table);

        assertEquals("""
                Coverage of 95 % intervals of net scores, shares of 5, 10 … 90 %: floor, mean
                     n            Wald   adjusted Wald   score (Tango)
                     3     0.263 0.673     0.844 0.959     0.920 0.978
                     5     0.404 0.805     0.896 0.954     0.922 0.970
                    10     0.649 0.880     0.930 0.955     0.940 0.963
                    20     0.740 0.920     0.939 0.951     0.944 0.955
                    50     0.884 0.937     0.943 0.950     0.944 0.951
                   100     0.925 0.944     0.946 0.950     0.948 0.950
                   200     0.934 0.947     0.948 0.950     0.948 0.950
                   500     0.945 0.949     0.949 0.950     0.949 0.950
                """, table);
    }

    // ---- differences ----

    /** Two samples of n, both shares over a grid, by enumeration. */
    private static Coverage ofDifferences(int n, BiFunction<Share, Share, Interval> method) {
        Interval[][] intervals = new Interval[n + 1][n + 1];
        for (int x = 0; x <= n; x++) {
            for (int y = 0; y <= n; y++) {
                intervals[x][y] = method.apply(Share.of(x, n), Share.of(y, n));
            }
        }
        List<Double> coverages = new ArrayList<>();
        for (int i = 1; i < 20; i++) {
            for (int j = 1; j < 20; j++) {
                double truth = j / 20.0 - i / 20.0;
                double covered = 0;
                for (int x = 0; x <= n; x++) {
                    double ofX = IncompleteBeta.binomial(x, n, i / 20.0, 1 - i / 20.0);
                    for (int y = 0; ofX > 1e-12 && y <= n; y++) {
                        if (intervals[x][y].low() - ROUNDING <= truth && truth <= intervals[x][y].high() + ROUNDING) {
                            covered += ofX * IncompleteBeta.binomial(y, n, j / 20.0, 1 - j / 20.0);
                        }
                    }
                }
                coverages.add(covered);
            }
        }
        return Coverage.of(coverages);
    }

    @Test
    void coverageOfDifferencesIsThatOfTheTable() {
        StringBuilder table =
                new StringBuilder("Coverage of 95 % intervals of a difference of shares, n each: floor, mean\n");
        for (int n : new int[] {5, 10, 30}) {
            Coverage newcombe = ofDifferences(n, (a, b) -> Comparison.of(a, b).interval(LEVEL));
            table.append(String.format(Locale.ROOT, "%6d %s%n", n, newcombe.text()));
        }
        System.out.println(table);

        assertEquals("""
                Coverage of 95 % intervals of a difference of shares, n each: floor, mean
                     5  0.899 0.955
                    10  0.909 0.952
                    30  0.922 0.950
                """, table.toString().replace("\r", ""));
    }

    // ---- simulated ----

    /** How often an interval of the mean of n values from a distribution with mean 1 contains it. */
    private static double simulated(
            int n, int runs, Function<SplittableRandom, Double> draw, Function<double[], Interval> method) {
        SplittableRandom random = new SplittableRandom(5);
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = draw.apply(random);
            }
            covered += method.apply(values).contains(1) ? 1 : 0;
        }
        return (double) covered / runs;
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log1p(-random.nextDouble());
    }

    @Test
    void skewedMeansAreWhereTAndTheBootstrapFallShort() {
        int runs = 2000; // the standard error of a coverage is half a percent
        Function<double[], Interval> t =
                values -> FinitePopulationTest.mean(values).interval(LEVEL);
        Function<double[], Interval> bca =
                values -> Bootstrap.ofMean(values, 500, 3).bca(LEVEL);
        double tUniform = simulated(10, runs, random -> 2 * random.nextDouble(), t);
        double tSkewed = simulated(10, runs, CoverageTest::exponential, t);
        double bcaSkewed = simulated(10, runs, CoverageTest::exponential, bca);
        double tMany = simulated(200, runs, CoverageTest::exponential, t);
        double bcaMany = simulated(200, runs / 4, CoverageTest::exponential, bca);
        System.out.printf(
                Locale.ROOT,
                "Coverage of 95 %% intervals of a mean (seed 5): t uniform n 10 %.3f; exponential n 10: t %.3f, BCa %.3f; n 200: t"
                        + " %.3f, BCa %.3f%n",
                tUniform,
                tSkewed,
                bcaSkewed,
                tMany,
                bcaMany);

        assertEquals(.95, tUniform, .015);
        assertEquals(.90, tSkewed, .02);
        assertEquals(.87, bcaSkewed, .03);
        assertEquals(.95, tMany, .015);
        assertEquals(.945, bcaMany, .03);
    }
}
