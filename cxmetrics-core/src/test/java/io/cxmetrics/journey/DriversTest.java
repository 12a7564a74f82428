package io.cxmetrics.journey;

import static io.cxmetrics.field.Field.flag;
import static io.cxmetrics.field.Field.number;
import static io.cxmetrics.field.Field.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Correction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;

class DriversTest {
    /** The outcome first. */
    private static Drivers<double[]> drivers(String... names) {
        Fields<double[]> fields = Fields.named("rows");
        for (int i = 0; i < names.length; i++) {
            int column = i;
            fields = fields.number(names[i], row -> Double.isNaN(row[column]) ? null : row[column]);
        }
        Drivers<double[]> drivers = Drivers.over(fields).outcome(names[0], number(names[0]));
        for (int i = 1; i < names.length; i++) {
            drivers = drivers.driver(names[i], number(names[i]), 0, 10);
        }
        return drivers;
    }

    private static List<double[]> rows(String table) {
        return table.lines()
                .map(line -> Arrays.stream(line.strip().split("\\s+"))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    private static double[] shares(DriverAnalysis analysis) {
        return analysis.drivers().stream()
                .mapToDouble(d -> d.share().orElseThrow())
                .toArray();
    }

    /** Swiss fertility 1888 (F. Mosteller, J. Tukey 1977, pp. 549–551): fertility, agriculture, examination, education, catholic,
     * infant mortality. */
    private static final String SWISS = """
            80.2 17 15 12 9.96 22.2
            83.1 45.1 6 9 84.84 22.2
            92.5 39.7 5 5 93.4 20.2
            85.8 36.5 12 7 33.77 20.3
            76.9 43.5 17 15 5.16 20.6
            76.1 35.3 9 7 90.57 26.6
            83.8 70.2 16 7 92.85 23.6
            92.4 67.8 14 8 97.16 24.9
            82.4 53.3 12 7 97.67 21
            82.9 45.2 16 13 91.38 24.4
            87.1 64.5 14 6 98.61 24.5
            64.1 62 21 12 8.52 16.5
            66.9 67.5 14 7 2.27 19.1
            68.9 60.7 19 12 4.43 22.7
            61.7 69.3 22 5 2.82 18.7
            68.3 72.6 18 2 24.2 21.2
            71.7 34 17 8 3.3 20
            55.7 19.4 26 28 12.11 20.2
            54.3 15.2 31 20 2.15 10.8
            65.1 73 19 9 2.84 20
            65.5 59.8 22 10 5.23 18
            65 55.1 14 3 4.52 22.4
            56.6 50.9 22 12 15.14 16.7
            57.4 54.1 20 6 4.2 15.3
            72.5 71.2 12 1 2.4 21
            74.2 58.1 14 8 5.23 23.8
            72 63.5 6 3 2.56 18
            60.5 60.8 16 10 7.72 16.3
            58.3 26.8 25 19 18.46 20.9
            65.4 49.5 15 8 6.1 22.5
            75.5 85.9 3 2 99.71 15.1
            69.3 84.9 7 6 99.68 19.8
            77.3 89.7 5 2 100 18.3
            70.5 78.2 12 6 98.96 19.4
            79.4 64.9 7 3 98.22 20.2
            65 75.9 9 9 99.06 17.8
            92.2 84.6 3 3 99.46 16.3
            79.3 63.1 13 13 96.83 18.1
            70.4 38.4 26 12 5.62 20.3
            65.7 7.7 29 11 13.79 20.5
            72.7 16.7 22 13 11.22 18.9
            64.4 17.6 35 32 16.92 23
            77.6 37.6 15 7 4.97 20
            67.6 18.7 25 7 8.65 19.5
            35 1.2 37 53 42.34 18
            44.7 46.6 16 29 50.43 18.2
            42.8 27.7 22 29 58.33 19.3""";

    private static final String[] SWISS_NAMES = {
        "fertility", "agriculture", "examination", "education", "catholic", "infant mortality"
    };

    /** J. Longley (1967), JASA 62, in NIST StRD: employed; deflator, GNP, unemployed, armed forces, population, year. */
    private static final String LONGLEY = """
            60323 83.0 234289 2356 1590 107608 1947
            61122 88.5 259426 2325 1456 108632 1948
            60171 88.2 258054 3682 1616 109773 1949
            61187 89.5 284599 3351 1650 110929 1950
            63221 96.2 328975 2099 3099 112075 1951
            63639 98.1 346999 1932 3594 113270 1952
            64989 99.0 365385 1870 3547 115094 1953
            63761 100.0 363112 3578 3350 116219 1954
            66019 101.2 397469 2904 3048 117388 1955
            67857 104.6 419180 2822 2857 118734 1956
            68169 108.4 442769 2936 2798 120445 1957
            66513 110.8 444546 4681 2637 121950 1958
            68655 112.6 482704 3813 2552 123366 1959
            69564 114.2 502601 3931 2514 125368 1960
            69331 115.7 518173 4806 2572 127852 1961
            70551 116.9 554894 4007 2827 130081 1962""";

    @Test
    void sharesAreThoseOfRelaimpo() {
        DriverAnalysis analysis = drivers(SWISS_NAMES).resampled(0, 1).compute(rows(SWISS));
        // R: calc.relimp(lm(Fertility ~ ., swiss), type = "lmg"), printed in Grömping (2006), to 8 places.
        assertEquals(0.7067350, analysis.rSquared().getAsDouble(), 5e-8);
        assertArray(new double[] {0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592}, shares(analysis), 5e-9);
        assertEquals(0.670971, analysis.adjustedRSquared().getAsDouble(), 5e-7); // R: summary(lm(…))
        // R: car::vif(lm(Fertility ~ ., swiss)).
        assertArray(
                new double[] {2.284129, 3.675420, 2.774943, 1.937160, 1.107542},
                analysis.drivers().stream()
                        .mapToDouble(d -> d.vif().orElseThrow())
                        .toArray(),
                5e-7);
        assertEquals("education", analysis.ranked().get(0).name());
        assertEquals(
                List.of("47 rows for 5 drivers are few: with less than 10 rows for each,"
                        + " the shares may be those of chance."),
                analysis.remarks());
        assertEquals(
                List.of(),
                drivers("y", "a").resampled(0, 1).compute(random(1, 30, 1)).remarks());
    }

    @Test
    void aCorrelationIsThatOfRWithItsTestAndInterval() {
        // Anscombe's first set (1973), R: cor.test(x1, y1): r = 0.8164205, p = 0.00217, 95 % 0.4243912 0.9506933.
        DriverAnalysis analysis = drivers("y", "x").resampled(0, 1).compute(rows("""
                8.04 10
                6.95 8
                7.58 13
                8.81 9
                8.33 11
                9.96 14
                7.24 6
                4.26 4
                10.84 12
                4.82 7
                5.68 5"""));
        Driver x = analysis.driver("x");
        assertEquals(0.8164205, x.correlation().getAsDouble(), 5e-8);
        assertEquals(0.00217, x.pValue().getAsDouble(), 5e-6);
        assertEquals(0.4243912, x.correlationInterval().low(), 5e-8);
        assertEquals(0.9506933, x.correlationInterval().high(), 5e-8);
        assertEquals(
                x.correlation().getAsDouble() * x.correlation().getAsDouble(),
                x.share().getAsDouble(),
                1e-12);
        assertEquals(1, x.vif().getAsDouble());
    }

    @Test
    void driversThatSayTheSameAreNamed() {
        DriverAnalysis analysis = drivers(
                        "employed", "deflator", "GNP", "unemployed", "armed forces", "population", "year")
                .resampled(0, 1)
                .compute(rows(LONGLEY));
        assertEquals(0.995479004577296, analysis.rSquared().getAsDouble(), 1e-10); // certified, NIST StRD
        // The textbook case of collinearity; factors as published with the data, for example by R's car::vif.
        assertArray(
                new double[] {135.53244, 1788.51348, 33.61889, 3.58893, 399.15102, 758.98060},
                analysis.drivers().stream()
                        .mapToDouble(d -> d.vif().orElseThrow())
                        .toArray(),
                5e-4);
        assertEquals(
                List.of(
                        "16 rows for 6 drivers are few: with less than 10 rows for each, the shares may be those of chance.",
                        "\"deflator\" (VIF 135.5), \"GNP\" (VIF 1788.5), \"unemployed\" (VIF 33.6),"
                                + " \"population\" (VIF 399.2), \"year\" (VIF 759.0) can be told from the other drivers"
                                + " only with difficulty: how the shares divide among them is uncertain."),
                analysis.remarks());
    }

    @Test
    void twoDriversFollowTheClosedForm() {
        // LMG₁ = ½·(r₁² + R² − r₂²), R² = (r₁² + r₂² − 2·r₁·r₂·r₁₂)/(1 − r₁₂²).
        double[] shares = RSquared.shares(new double[][] {{1, 0.5}, {0.5, 1}}, new double[] {0.6, 0.4});
        double r2 = (0.36 + 0.16 - 2 * 0.6 * 0.4 * 0.5) / 0.75;
        assertArray(new double[] {(0.36 + r2 - 0.16) / 2, (0.16 + r2 - 0.36) / 2}, shares, 1e-12);
        // Without correlation each has its own squared correlation.
        assertArray(
                new double[] {0.25, 0.09, 0.01},
                RSquared.shares(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, new double[] {0.5, 0.3, 0.1}),
                1e-12);
    }

    @Property(tries = 20)
    void aShareIsTheMeanIncreaseOverAllOrders(@ForAll @IntRange(min = 0, max = 100_000) int seed) {
        List<double[]> rows = random(seed, 30, 4);
        DriverAnalysis analysis =
                drivers("y", "a", "b", "c", "d").resampled(0, 1).compute(rows);
        double[] expected = new double[4];
        List<int[]> orders = new ArrayList<>();
        permute(new int[] {0, 1, 2, 3}, 0, orders);
        for (int[] order : orders) {
            double before = 0;
            for (int used = 1; used <= 4; used++) {
                double now = regression(rows, Arrays.copyOf(order, used));
                expected[order[used - 1]] += (now - before) / orders.size();
                before = now;
            }
        }
        assertEquals(24, orders.size());
        assertArray(expected, shares(analysis), 1e-9);
    }

    private static double regression(List<double[]> rows, int[] columns) {
        OLSMultipleLinearRegression ols = new OLSMultipleLinearRegression();
        ols.newSampleData(
                rows.stream().mapToDouble(row -> row[0]).toArray(),
                rows.stream()
                        .map(row -> Arrays.stream(columns)
                                .mapToDouble(c -> row[c + 1])
                                .toArray())
                        .toArray(double[][]::new));
        return ols.calculateRSquared();
    }

    private static void permute(int[] order, int from, List<int[]> into) {
        if (from == order.length) {
            into.add(order.clone());
        }
        for (int i = from; i < order.length; i++) {
            int kept = order[from];
            order[from] = order[i];
            order[i] = kept;
            permute(order, from + 1, into);
            order[i] = order[from];
            order[from] = kept;
        }
    }

    private static List<double[]> random(int seed, int n, int p) {
        Random random = new Random(seed);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] row = new double[p + 1];
            double common = random.nextGaussian();
            for (int j = 1; j <= p; j++) {
                row[j] = common + random.nextGaussian();
                row[0] += row[j] / j;
            }
            row[0] += 2 * random.nextGaussian();
            rows.add(row);
        }
        return rows;
    }

    @Property(tries = 10)
    void shuffledTheAnalysisIsEqual(@ForAll @IntRange(min = 0, max = 100_000) int seed) {
        List<double[]> rows = new ArrayList<>(random(seed, 40, 3));
        Drivers<double[]> drivers = drivers("y", "a", "b", "c").resampled(100, 7);
        DriverAnalysis analysis = drivers.compute(rows);
        Collections.shuffle(rows, new Random(seed));
        assertEquals(analysis, drivers.compute(rows));
    }

    @Test
    void theBootstrapIntervalHoldsTheShare() {
        DriverAnalysis analysis = drivers(SWISS_NAMES).compute(rows(SWISS));
        for (Driver driver : analysis.drivers()) {
            assertTrue(driver.shareInterval().contains(driver.share().orElseThrow()), driver.toString());
            assertEquals("bootstrap percentile", driver.shareInterval().method());
        }
        // Another seed gives nearly the same bounds: they are not an accident of the seed.
        DriverAnalysis other = drivers(SWISS_NAMES).resampled(1000, 99).compute(rows(SWISS));
        assertEquals(
                analysis.driver("education").shareInterval().low(),
                other.driver("education").shareInterval().low(),
                0.02);
    }

    @Test
    void theTrueShareIsInTheIntervalAboutAsOftenAsPromised() {
        // y = a + b + noise with independent a, b of equal variance: the true shares are 1/3 each.
        int holds = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<double[]> rows = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                double a = random.nextGaussian();
                double b = random.nextGaussian();
                rows.add(new double[] {a + b + random.nextGaussian(), a, b});
            }
            holds += drivers("y", "a", "b")
                            .resampled(200, seed)
                            .compute(rows)
                            .driver("a")
                            .shareInterval()
                            .contains(1.0 / 3)
                    ? 1
                    : 0;
        }
        assertTrue(holds >= 52 && holds <= 60, holds + " of 60"); // binomial(60, 0.95): below 52 in 1 of 200 cases
    }

    @Test
    void constantsAreSaidAndDoNotDisturbTheOthers() {
        List<double[]> rows = new ArrayList<>();
        random(1, 40, 2).forEach(row -> rows.add(new double[] {row[0], row[1], 3, row[2]}));
        DriverAnalysis analysis =
                drivers("y", "a", "flat", "b").resampled(100, 1).compute(rows);
        DriverAnalysis without = drivers("y", "a", "b").resampled(100, 1).compute(random(1, 40, 2));
        assertEquals(without.rSquared(), analysis.rSquared());
        assertEquals(without.driver("a").share(), analysis.driver("a").share());
        Driver flat = analysis.driver("flat");
        assertTrue(flat.correlation().isEmpty()
                && flat.share().isEmpty()
                && flat.vif().isEmpty());
        assertEquals(3, flat.mean());
        assertNull(flat.quadrant());
        assertEquals(List.of("\"flat\" is the same in all 40 rows: nothing can be said about it."), analysis.remarks());
    }

    @Test
    void aConstantOutcomeAndTooFewRowsGiveNoShares() {
        DriverAnalysis constant = drivers("y", "a").compute(rows("1 2\n1 3\n1 4\n1 5"));
        assertTrue(constant.rSquared().isEmpty());
        assertEquals(List.of("\"y\" is the same in all 4 rows: nothing can go with it."), constant.remarks());
        DriverAnalysis few = drivers("y", "a", "b").compute(rows("1 2 5\n2 3 1\n4 1 2"));
        assertTrue(few.rSquared().isEmpty());
        assertEquals(
                List.of("3 complete rows are too few for 2 drivers: 4 are the fewest, 20 a start."), few.remarks());
        DriverAnalysis none = drivers("y", "a").compute(List.of());
        assertEquals(0, none.n());
        assertTrue(none.toString().startsWith("\"y\": no shares, n = 0"));
    }

    @Test
    void aCopyOfADriverSharesWithItAndIsNamed() {
        List<double[]> rows = new ArrayList<>();
        random(5, 50, 2).forEach(row -> rows.add(new double[] {row[0], row[1], row[2], 2 * row[2] + 1}));
        DriverAnalysis analysis = drivers("y", "a", "b", "copy").resampled(0, 1).compute(rows);
        assertEquals(
                analysis.driver("b").share().getAsDouble(),
                analysis.driver("copy").share().getAsDouble(),
                1e-9);
        assertEquals(Double.POSITIVE_INFINITY, analysis.driver("copy").vif().getAsDouble());
        assertTrue(analysis.remarks().get(0).startsWith("\"b\" (VIF infinite), \"copy\" (VIF infinite)"));
        assertEquals(
                drivers("y", "a", "b").resampled(0, 1).compute(rows).rSquared().getAsDouble(),
                analysis.rSquared().getAsDouble(),
                1e-9);
    }

    @Test
    void incompleteRowsAreLeftOutAndCounted() {
        List<double[]> rows = new ArrayList<>(random(1, 30, 2));
        rows.add(new double[] {1, Double.NaN, 2});
        rows.add(new double[] {Double.NaN, 1, 2});
        DriverAnalysis analysis = drivers("y", "a", "b").resampled(0, 1).compute(rows);
        assertEquals(30, analysis.n());
        assertEquals(2, analysis.missing());
    }

    @Test
    void pValuesAreCorrectedForTheNumberOfDrivers() {
        List<double[]> rows = random(3, 25, 3);
        DriverAnalysis holm = drivers("y", "a", "b", "c").resampled(0, 1).compute(rows);
        DriverAnalysis none = drivers("y", "a", "b", "c")
                .with(Correction.NONE)
                .resampled(0, 1)
                .compute(rows);
        double[] raw = none.drivers().stream()
                .mapToDouble(d -> d.adjustedP().orElseThrow())
                .toArray();
        assertArray(
                Correction.HOLM.adjust(raw),
                holm.drivers().stream()
                        .mapToDouble(d -> d.adjustedP().orElseThrow())
                        .toArray(),
                0);
    }

    @Test
    void theMapHasFourQuarters() {
        // Importance by the size of the effect, performance by the mean.
        Random random = new Random(11);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double[] x = {
                3 + random.nextGaussian(),
                8 + random.nextGaussian(),
                3 + random.nextGaussian(),
                8 + random.nextGaussian()
            };
            rows.add(new double[] {2 * x[0] + 2 * x[1] + 0.1 * x[2] + random.nextGaussian(), x[0], x[1], x[2], x[3]});
        }
        DriverAnalysis analysis =
                drivers("y", "a", "b", "c", "d").resampled(0, 1).compute(rows);
        assertEquals(
                List.of(
                        Driver.Quadrant.CONCENTRATE_HERE,
                        Driver.Quadrant.KEEP_UP,
                        Driver.Quadrant.LOW_PRIORITY,
                        Driver.Quadrant.POSSIBLE_OVERKILL),
                analysis.drivers().stream().map(Driver::quadrant).toList());
        assertEquals(
                10 * analysis.driver("a").mean(),
                analysis.driver("a").performance().getAsDouble(),
                1e-9);
    }

    @Test
    void associationIsNeverCalledACause() {
        String text = drivers(SWISS_NAMES).compute(rows(SWISS)) + " "
                + drivers("y", "a").compute(rows("1 2\n1 3\n1 4\n1 5"))
                + Arrays.toString(Driver.Quadrant.values());
        assertTrue(text.contains("Association only: what changes if a driver is improved, an experiment tells."));
        for (String claim :
                List.of("cause", "because", "due to", "leads to", "effect", "impact", "drives", "results in")) {
            assertFalse(text.toLowerCase(Locale.ROOT).contains(claim), claim);
        }
    }

    @Test
    void itPrintsTheMostImportantFirst() {
        String text = drivers(SWISS_NAMES).compute(rows(SWISS)).toString();
        assertEquals(
                "70.7 % of the variation of \"fertility\" goes with these drivers, n = 47",
                text.lines().findFirst().orElseThrow());
        assertTrue(text.lines().skip(1).findFirst().orElseThrow().startsWith("- education: 26.0 % (95 % "), text);
        assertTrue(text.contains("of the variation, r = -0.66, p < 0.001"), text);
    }

    @Test
    void conditionsCountAndTextsAreRefused() {
        record Answer(boolean reached, Double score) {}
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(new Answer(i % 2 == 0, i % 2 == 0 ? 5.0 + i % 3 : 1.0 + i % 3));
        }
        Fields<Answer> fields =
                Fields.of(Answer.class).flag("reached", Answer::reached).number("score", Answer::score);
        DriverAnalysis analysis = Drivers.over(fields)
                .outcome("score", number("score"))
                .driver("reached", flag("reached"))
                .compute(answers);
        assertEquals(0.5, analysis.driver("reached").mean());
        assertTrue(analysis.driver("reached").correlation().getAsDouble() > 0.8);
        Drivers<Answer> drivers = Drivers.over(fields);
        assertThrows(IllegalArgumentException.class, () -> drivers.driver("t", text("t")));
        assertThrows(IllegalStateException.class, () -> drivers.compute(answers));
        assertThrows(IllegalArgumentException.class, () -> drivers.driver("s", number("score"), 1, 1));
        Drivers<Answer> full = drivers.driver("s", number("score"));
        assertThrows(IllegalArgumentException.class, () -> full.driver("s", number("score")));
    }

    private static void assertArray(double[] expected, double[] actual, double delta) {
        org.junit.jupiter.api.Assertions.assertArrayEquals(expected, actual, delta);
    }
}
