package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Total;
import io.cxmetrics.Unit;
import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.survey.SurveyKpis;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Published numbers, and the properties by which an interval method is proven. "kpi-reference" is the project's list of
 * numbers to check against; its section is given beside each.
 */
class IntervalReferenceTest {

    private static void assertInterval(double low, double high, double tolerance, Interval actual) {
        assertEquals(Interval.Kind.BOUNDED, actual.kind(), actual::toString);
        assertEquals(low, actual.low(), tolerance, actual::toString);
        assertEquals(high, actual.high(), tolerance, actual::toString);
    }

    // ---- Wilson ----

    @ParameterizedTest
    @CsvSource({ // kpi-reference section 5, column Wilson
        "18,  20, .6989663548, .9721335188, 5e-11",
        " 4,  20, .0806576626, .4160174323, 5e-11",
        " 4, 200, .0078044264, .0502870869, 5e-11",
        "81, 263, .255289,     .366210,     5e-7"
    })
    void wilsonGivesThePublishedBounds(long hits, long n, double low, double high, double tolerance) {
        Interval interval = Share.of(hits, n).interval(0.95);

        assertInterval(low, high, tolerance, interval);
        assertEquals("Wilson", interval.method());
        assertEquals(0.95, interval.level());
        assertEquals(interval, Share.of(hits, n).interval());
    }

    @Test
    void wilsonStaysWithinZeroToOneWhenAllOrNoneHit() {
        // 38 of 38: kpi-reference section 5, traps. By the formula the other bound is n / (n + z²), z =
        // 1.959963984540054.
        assertEquals(1.0, Share.of(38, 38).interval().high());
        assertEquals(38 / (38 + 3.841458820694124), Share.of(38, 38).interval().low(), 1e-15);
        for (long n = 1; n <= 2_000; n++) {
            Interval all = Share.of(n, n).interval();
            Interval none = Share.of(0, n).interval();

            assertEquals(1.0, all.high());
            assertEquals(0.0, none.low());
            assertEquals(n / (n + 3.841458820694124), all.low(), 1e-14);
            assertEquals(1 - all.low(), none.high(), 1e-14);
        }
    }

    @Test
    void wilsonOfOneRowIsWideAndBounded() {
        assertInterval(
                3.841458820694124 / 4.841458820694124 - 0.7934506,
                0.7934506,
                1e-7,
                Share.of(0, 1).interval());
        assertInterval(0.2065494, 1, 1e-7, Share.of(1, 1).interval());
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000_000L, 1_000_000_000_000_000L, Long.MAX_VALUE})
    void wilsonOfHugeCountsStaysInRangeAndAroundTheValue(long n) {
        for (long hits : new long[] {0, 1, 2, n / 1_000_000, n / 2, n - 2, n - 1, n}) {
            for (double level : new double[] {0.01, 0.5, 0.95, 0.999999}) {
                Share share = Share.of(hits, n);
                Interval interval = share.interval(level);

                assertTrue(interval.low() >= 0 && interval.high() <= 1, share::toString);
                assertTrue(interval.contains(share.value().orElseThrow()), share::toString);
            }
        }
    }

    /**
     * Coverage by exact enumeration: for p = .01, .02 … .99 the probability of a count whose interval contains p. The level
     * is .95; floors and means are measured here and are the method's own, not what one would wish. Between the points of
     * this grid the floor is a little lower still: for n = 3 it is (1 − .0615)³ = .827.
     */
    @ParameterizedTest
    @CsvSource({
        "  1, .8000, .9576",
        "  2, .8281, .9553",
        "  3, .8306, .9555",
        "  5, .8587, .9553",
        " 10, .9044, .9553",
        " 20, .9245, .9538",
        " 50, .9106, .9501",
        "100, .9206, .9492",
        "300, .9411, .9500"
    })
    void wilsonCoverageHasItsOwnFloorAndIsRightOnAverage(int n, double floor, double mean) {
        double lowest = 1;
        double sum = 0;
        for (int i = 1; i < 100; i++) {
            double coverage = wilsonCoverage(n, i / 100.0);
            lowest = Math.min(lowest, coverage);
            sum += coverage;
        }

        assertEquals(floor, lowest, 5e-5);
        assertEquals(mean, sum / 99, 5e-5);
    }

    @Test
    void wilsonCoverageFallsTo857ForThreeRowsAndFivePercent() {
        // kpi-reference section 5: .95³, since only the count 0 covers.
        assertEquals(0.857375, wilsonCoverage(3, 0.05), 1e-12);
    }

    private static double wilsonCoverage(int n, double p) {
        double coverage = 0;
        for (int x = 0; x <= n; x++) {
            if (Share.of(x, n).interval().contains(p)) {
                coverage += Math.exp(logChoose(n, x) + x * Math.log(p) + (n - x) * Math.log1p(-p));
            }
        }
        return coverage;
    }

    private static double logChoose(int n, int k) {
        return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    private static double logFactorial(int n) {
        return IntStream.rangeClosed(2, n).mapToDouble(Math::log).sum();
    }

    // ---- net score ----

    private static Nps nps(long detractors, long passives, long promoters) {
        Kpi<Nps> kpi = SurveyKpis.nps();
        Total.Tally tally = new Total.Tally(detractors, 0, 0, 0, 0, 0, 0, 0, passives, 0, promoters);
        return kpi.definition().statistic(kpi, new Counts(detractors + passives + promoters, 0, 0, 0), List.of(tally));
    }

    @ParameterizedTest
    @CsvSource({ // kpi-reference section 5, column score (Tango); there on −1…1
        "20, 30, 50, .139551, .443393",
        " 5, 19, 36, .332153, .659828",
        " 2, 11, 18, .260919, .699159",
        " 0,  0, 10, .444934, 1"
    })
    void netScoreGivesThePublishedBounds(long detractors, long passives, long promoters, double low, double high) {
        Nps nps = nps(detractors, passives, promoters);

        assertInterval(100 * low, 100 * high, 5e-5, nps.interval());
        assertInterval(
                -100 * high,
                -100 * low,
                5e-5,
                nps(promoters, passives, detractors).interval());
        assertEquals("score (Tango)", nps.interval().method());
    }

    @Test
    void netScoreNeverLeavesItsRange() {
        for (int n = 1; n <= 12; n++) {
            for (int detractors = 0; detractors <= n; detractors++) {
                for (int promoters = 0; detractors + promoters <= n; promoters++) {
                    Nps nps = nps(detractors, n - detractors - promoters, promoters);
                    Interval interval = nps.interval();

                    assertTrue(interval.low() >= -100 && interval.high() <= 100, nps::toString);
                    assertTrue(interval.high() - interval.low() > 10, nps::toString);
                    assertEquals(promoters == n, interval.high() == 100, nps::toString);
                    assertEquals(detractors == n, interval.low() == -100, nps::toString);
                }
            }
        }
    }

    @Test
    void netScoreOfHugeCountsStaysInRangeAndAroundTheValue() {
        long many = 1_000_000_000_000_000L;
        for (long[] counts : new long[][] {
            {many, many, many}, {0, 0, many}, {many, 0, 0}, {0, many, 0}, {1, many, 0}, {many, 1, many}, {0, 1, many}
        }) {
            Nps nps = nps(counts[0], counts[1], counts[2]);
            Interval interval = nps.interval();

            assertTrue(interval.low() >= -100 && interval.high() <= 100, nps::toString);
            assertTrue(interval.contains(nps.value().orElseThrow()), nps::toString);
            assertTrue(interval.high() - interval.low() < 1e-4, nps::toString);
        }
    }

    /**
     * The bounds by their definition: at a bound the score statistic, with the restricted maximum likelihood found by
     * search instead of by Tango's closed form, is the normal quantile.
     */
    @Test
    void atTheBoundsOfTheNetScoreTheTestJustKeepsTheLevel() {
        for (int[] counts : new int[][] {{20, 30, 50}, {1, 1, 2}, {0, 3, 7}, {3, 0, 4}, {0, 0, 10}, {0, 5, 0}}) {
            Interval interval = nps(counts[0], counts[1], counts[2]).interval();
            for (double bound : new double[] {interval.low() / 100, interval.high() / 100}) {
                if (Math.abs(bound) < 1) {
                    assertEquals(1.959963984540054, Math.abs(score(counts, bound)), 1e-4, interval::toString);
                }
            }
        }
    }

    private static double score(int[] counts, double difference) {
        int n = counts[0] + counts[1] + counts[2];
        double low = Math.max(0, -difference);
        double high = (1 - difference) / 2;
        for (int i = 0; i < 200; i++) { // golden section would be faster; thirds are plainer
            double a = low + (high - low) / 3;
            double b = high - (high - low) / 3;
            if (logLikelihood(counts, a, difference) < logLikelihood(counts, b, difference)) {
                low = a;
            } else {
                high = b;
            }
        }
        double detractors = (low + high) / 2;
        double variance = 2 * detractors + difference - difference * difference;
        return (counts[2] - counts[0] - n * difference) / Math.sqrt(n * variance);
    }

    private static double logLikelihood(int[] counts, double detractors, double difference) {
        double promoters = detractors + difference;
        return term(counts[0], detractors) + term(counts[2], promoters) + term(counts[1], 1 - detractors - promoters);
    }

    private static double term(int count, double p) {
        return count == 0 ? 0 : p <= 0 ? Double.NEGATIVE_INFINITY : count * Math.log(p);
    }

    /**
     * Coverage by exact enumeration over all (detractors, promoters) of n, for shares of detractors and promoters in steps
     * of 5 %. The level is .95; floors and means are measured here.
     */
    @ParameterizedTest
    @CsvSource({
        " 3, .9200, .9780", //
        " 5, .9221, .9700",
        "10, .9395, .9631",
        "20, .9436, .9546",
        "40, .9372, .9509"
    })
    void netScoreCoverageHasItsOwnFloorAndIsRightOnAverage(int n, double floor, double mean) {
        Interval[][] intervals = new Interval[n + 1][n + 1];
        for (int d = 0; d <= n; d++) {
            for (int p = 0; d + p <= n; p++) {
                intervals[d][p] = nps(d, n - d - p, p).interval();
            }
        }
        double lowest = 1;
        double sum = 0;
        int cells = 0;
        for (int i = 1; i < 20; i++) {
            for (int j = 1; i + j < 20; j++) {
                double coverage = coverage(intervals, i / 20.0, j / 20.0);
                lowest = Math.min(lowest, coverage);
                sum += coverage;
                cells++;
            }
        }

        assertEquals(floor, lowest, 5e-5);
        assertEquals(mean, sum / cells, 5e-5);
    }

    private static double coverage(Interval[][] intervals, double detractors, double promoters) {
        int n = intervals.length - 1;
        double truth = 100 * (promoters - detractors);
        double coverage = 0;
        for (int d = 0; d <= n; d++) {
            for (int p = 0; d + p <= n; p++) {
                Interval interval = intervals[d][p];
                // The truth is a multiple of 5; a bound within rounding of it counts as covering.
                if (interval.low() - 1e-9 <= truth && truth <= interval.high() + 1e-9) {
                    coverage += Math.exp(logFactorial(n)
                            - logFactorial(d)
                            - logFactorial(p)
                            - logFactorial(n - d - p)
                            + d * Math.log(detractors)
                            + p * Math.log(promoters)
                            + (n - d - p) * Math.log(1 - detractors - promoters));
                }
            }
        }
        return coverage;
    }

    // ---- t ----

    record Number(double x) {
        static final Fields<Number> FIELDS = Fields.of(Number.class).number("x", Number::x);

        static List<Number> list(double... xs) {
            List<Number> list = new ArrayList<>();
            for (double x : xs) {
                list.add(new Number(x));
            }
            return list;
        }
    }

    private static final Kpi<Mean> MEAN = Mean.kpi("x", Field.number("x"), Direction.NEUTRAL);

    @Test
    void tGivesStudentsOwnExample() {
        // Student (1908), The probable error of a mean, section IX: additional hours of sleep, 0.75 mean of the first
        // drug,
        // 1.58 of the differences. The bounds of the latter as R documents them (example of t.test: t.test(extra ~
        // group,
        // data = sleep, paired = TRUE)): -2.4598858 -0.7001142.
        Mean differences = MEAN.of(Number.FIELDS, Number.list(1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4));

        assertEquals(1.58, differences.value().orElseThrow(), 1e-15);
        assertEquals(1.229995, differences.standardDeviation().orElseThrow(), 5e-7);
        assertInterval(0.7001142, 2.4598858, 5e-8, differences.interval());
        assertEquals("t", differences.interval().method());
    }

    @Test
    void tOfTwoRowsHasTheQuantileOfTheCauchyDistribution() {
        // With one degree of freedom t(0.95) = tan(0.475 π) in closed form.
        double half = Math.tan(0.475 * Math.PI) * Math.sqrt(0.5) / Math.sqrt(2);

        assertInterval(
                0.5 - half,
                0.5 + half,
                1e-8,
                MEAN.of(Number.FIELDS, Number.list(0, 1)).interval());
    }

    @Test
    void tOfOneRowIsUndefinedAndSaysWhy() {
        Mean one = MEAN.of(Number.FIELDS, Number.list(7));

        assertEquals(7, one.value().orElseThrow());
        assertTrue(one.standardDeviation().isEmpty());
        assertEquals(Interval.Kind.UNDEFINED, one.interval().kind());
        assertEquals("x 7.00 (no interval: one observation says nothing about the spread), n = 1", one.toString());
    }

    @Test
    void tOfEqualRowsIsThatValue() {
        Interval interval = MEAN.of(Number.FIELDS, Number.list(0.1, 0.1, 0.1)).interval();

        assertInterval(0.1, 0.1, 0, interval);
    }

    @Test
    void tKeepsItsDigitsFarFromZero() {
        // Moving the data by 10^9 moves the bounds by 10^9: for 1, 2, 3 they are 2 ∓ 4.302652730 / √3.
        double half = 4.302652729749464 / Math.sqrt(3);

        assertInterval(
                1e9 + 2 - half,
                1e9 + 2 + half,
                1e-6,
                MEAN.of(Number.FIELDS, Number.list(1e9 + 1, 1e9 + 2, 1e9 + 3)).interval());
    }

    @ParameterizedTest
    @ValueSource(longs = {999_999, 1_000_000, 1_000_001, 1_000_002, 1_000_000_000_000L, 1_000_000_000_000_000L})
    void tOfHugeCountsApproachesTheNormalInterval(long n) {
        // Half of the rows are 0, half are 2: mean 1, variance n / (n − 1).
        BigDecimal half = BigDecimal.valueOf(n).divide(BigDecimal.valueOf(2));
        Mean mean = MEAN.definition()
                .statistic(
                        MEAN,
                        new Counts(n, 0, 0, 0),
                        List.of(
                                new Total.Exact(BigDecimal.valueOf(n)),
                                new Total.Exact(half.multiply(BigDecimal.valueOf(4)))));
        // Abramowitz and Stegun 26.7.5, first term: t ≈ z + (z³ + z) / 4ν.
        double t = 1.959963984540054 + 2.3722712 / (n - 1);

        assertEquals(t / Math.sqrt(n - 1), mean.interval().high() - 1, 1e-7 * t / Math.sqrt(n - 1) + 3e-16);
    }

    // ---- Fieller ----

    record Pair(Number y, Number x) {
        static final Fields<Pair> FIELDS =
                Fields.of(Pair.class).number("y", p -> p.y().x()).number("x", p -> p.x().x());

        static List<Pair> list(double... yx) {
            List<Pair> list = new ArrayList<>();
            for (int i = 0; i < yx.length; i += 2) {
                list.add(new Pair(new Number(yx[i]), new Number(yx[i + 1])));
            }
            return list;
        }
    }

    private static final Kpi<Ratio> RATIO =
            Ratio.kpi("y-per-x", Field.number("y"), Field.number("x"), Direction.NEUTRAL);

    @Test
    void fiellerGivesThePublishedBoundsWithCovariance() {
        // kpi-reference section 5, ratio of sums, with covariance: df 7
        Ratio ratio = RATIO.of(Pair.FIELDS, Pair.list(312, 2, 95, 1, 410, 3, 180, 1, 260, 2, 150, 1, 530, 4, 75, 1));

        assertEquals(134.1333, ratio.value().orElseThrow(), 5e-5);
        assertInterval(113.9589, 151.9484, 5e-5, ratio.interval());
        assertEquals("Fieller", ratio.interval().method());
    }

    @Test
    void theLinearisedRatioIsThatOfItsResiduals() {
        // The same data by hand: s² = Σ(y − R x)² / 7, R = 2012/15, x̄ = 15/8, t(.975, 7) = 2.364624252
        double[] y = {312, 95, 410, 180, 260, 150, 530, 75};
        double[] x = {2, 1, 3, 1, 2, 1, 4, 1};
        double squares = 0;
        for (int i = 0; i < y.length; i++) {
            squares += Math.pow(y[i] - 2012 / 15.0 * x[i], 2);
        }
        double half = 2.364624252 * Math.sqrt(squares / 7 / 8) / (15 / 8.0);
        Ratio ratio = RATIO.of(Pair.FIELDS, Pair.list(312, 2, 95, 1, 410, 3, 180, 1, 260, 2, 150, 1, 530, 4, 75, 1));
        Interval linearised = ratio.interval(0.95, RatioInterval.LINEARISED);

        assertInterval(2012 / 15.0 - half, 2012 / 15.0 + half, 1e-6, linearised);
        assertEquals("linearised", linearised.method());
        assertEquals(ratio.interval(), ratio.interval(0.95, RatioInterval.FIELLER));
        // Where Fieller is unbounded this one does not notice.
        Ratio weak = RATIO.of(Pair.FIELDS, Pair.list(5, 0, 3, 0, 8, 1, 2, 0, 4, 0));
        assertTrue(weak.interval(0.95, RatioInterval.LINEARISED).isBounded());
    }

    @Test
    void fiellerIsUnboundedWhereTheDenominatorIsNotSignificantlyAboveZero() {
        // kpi-reference section 5: a kind of result, not NaN
        Ratio ratio = RATIO.of(Pair.FIELDS, Pair.list(5, 0, 3, 0, 8, 1, 2, 0, 4, 0));

        assertEquals(22, ratio.value().orElseThrow());
        assertEquals(Interval.Kind.UNBOUNDED, ratio.interval().kind());
        assertEquals("y-per-x 22.00 (95 % unbounded), n = 5", ratio.toString());
        assertTrue(ratio.interval(0.5).isBounded(), () -> "less sure, so bounded: " + ratio.interval(0.5));
    }

    @Test
    void fiellerWithoutADenominatorIsUnboundedAndTheValueUndefined() {
        Ratio ratio = RATIO.of(Pair.FIELDS, Pair.list(5, 0, 3, 0));

        assertTrue(ratio.value().isEmpty());
        assertEquals(Interval.Kind.UNBOUNDED, ratio.interval().kind());
        assertEquals("y-per-x undefined, n = 2", ratio.toString());
    }

    @Test
    void fiellerWithADenominatorOfOneIsTheTInterval() {
        for (double offset : new double[] {0, 1e3, 1e6, 1e9}) {
            List<Number> rows = Number.list(offset + 1, offset + 2, offset + 4, offset + 4.5);
            Interval t = MEAN.of(Number.FIELDS, rows).interval();

            assertInterval(
                    t.low(),
                    t.high(),
                    1e-15 * offset + 1e-12,
                    Ratio.perRow("x", Field.number("x"), Direction.NEUTRAL)
                            .of(Number.FIELDS, rows)
                            .interval());
        }
    }

    @Test
    void fiellerOfProportionalRowsIsTheValue() {
        Ratio ratio = RATIO.of(Pair.FIELDS, Pair.list(3, 1, 6, 2, 9, 3, 15, 5));

        assertInterval(3, 3, 1e-6, ratio.interval());
    }

    @Test
    void fiellerOfOneRowIsUndefined() {
        assertEquals(
                Interval.Kind.UNDEFINED,
                RATIO.of(Pair.FIELDS, Pair.list(5, 1)).interval().kind());
    }

    // ---- surveys ----

    record Answer(Integer score) {
        static Fields<Answer> fields(String name) {
            return Fields.of(Answer.class).whole(name, Answer::score);
        }

        /** As many answers 1, 2, 3, … as the counts say, and a few questions skipped. */
        static List<Answer> list(int... counts) {
            List<Answer> answers = new ArrayList<>(Collections.nCopies(3, new Answer(null)));
            for (int i = 0; i < counts.length; i++) {
                answers.addAll(Collections.nCopies(counts[i], new Answer(i + 1)));
            }
            return answers;
        }
    }

    private static double ces(Kpi<Ratings> kpi) {
        // kpi-reference section 1, CES check: counts for 1..7, n = 1000
        Ratings ces = kpi.of(Answer.fields(SurveyKpis.EFFORT), Answer.list(80, 210, 140, 110, 160, 180, 120));
        assertEquals(new Counts(1000, 0, 3, 0), ces.counts());
        return ces.value().orElseThrow();
    }

    private static Kpi<Ratings> netEffort(int topFrom, int bottomTo) {
        return Ratings.kpi(
                "ces-net",
                new Ratings.Definition(Field.whole(SurveyKpis.EFFORT), 1, 7, new Ratings.Net(topFrom, bottomTo)),
                Direction.HIGHER_IS_BETTER);
    }

    @Test
    void customerEffortScoresAgreeWithTheReference() {
        // kpi-reference section 1: mean 4.08; top-3 46.0 %; top-2 30.0 %; net (6–7 minus 1–3) −13; net (5–7 minus 1–3)
        // +3
        assertEquals(4.08, ces(SurveyKpis.ces()), 1e-15);
        assertEquals(0.46, ces(SurveyKpis.cesTopBox(3)), 1e-15);
        assertEquals(0.30, ces(SurveyKpis.cesTopBox(2)), 1e-15);
        assertEquals(-13, ces(netEffort(6, 3)), 1e-13);
        assertEquals(3, ces(netEffort(5, 3)), 1e-13);
        assertThrows(
                IllegalArgumentException.class,
                () -> netEffort(6, 3).empty().merge(netEffort(5, 3).empty()));
    }

    @ParameterizedTest
    @CsvSource({ // kpi-reference section 1: scale 3 → top 1; 4–7 → top 2; 10 → top 3
        " 3, 1", " 4, 2", " 5, 2", " 6, 2", " 7, 2", "10, 3"
    })
    void csatCountsTheBestBoxesOfItsScale(int highest, int boxes) {
        int[] counts = new int[highest];
        double hits = 0;
        double n = 0;
        for (int i = 0; i < highest; i++) {
            counts[i] = 10 + i * i;
            n += counts[i];
            hits += i >= highest - boxes ? counts[i] : 0;
        }
        Ratings csat = SurveyKpis.csat(highest).of(Answer.fields(SurveyKpis.SATISFACTION), Answer.list(counts));

        assertEquals(hits / n, csat.value().orElseThrow(), 1e-15);
        assertEquals(Unit.SHARE, csat.kpi().unit());
        assertEquals(Share.of((long) hits, (long) n).interval(), csat.interval());
    }

    @Test
    void meanOfRatingsHasATIntervalCutAtTheEndsOfTheScale() {
        Ratings high = SurveyKpis.ces().of(Answer.fields(SurveyKpis.EFFORT), Answer.list(0, 0, 0, 0, 0, 1, 2));
        Interval uncut = MEAN.of(Number.FIELDS, Number.list(6, 7, 7)).interval();

        assertTrue(uncut.high() > 7, uncut::toString);
        assertInterval(uncut.low(), 7, 1e-12, high.interval());
    }

    // ---- contact centre ----

    record Call(Boolean answered, Boolean abandoned, Duration waited) {
        static final Fields<Call> FIELDS = Fields.of(Call.class)
                .flag(ContactKpis.ANSWERED, Call::answered)
                .flag(ContactKpis.ABANDONED, Call::abandoned)
                .duration(ContactKpis.WAIT, Call::waited);

        static List<Call> of(int count, boolean answered, boolean abandoned, long seconds) {
            return Collections.nCopies(count, new Call(answered, abandoned, Duration.ofSeconds(seconds)));
        }

        /** kpi-reference section 3: answered 1000, abandoned 60; answered ≤ 20 s 860; abandoned ≤ 20 s 20, ≤ 5 s 10. */
        static List<Call> reference() {
            List<Call> calls = new ArrayList<>();
            calls.addAll(of(430, true, false, 0));
            calls.addAll(of(430, true, false, 20));
            calls.addAll(of(140, true, false, 21));
            calls.addAll(of(10, false, true, 5));
            calls.addAll(of(10, false, true, 20));
            calls.addAll(of(40, false, true, 21));
            calls.addAll(of(25, false, false, 3)); // solved in the voice menu: not offered
            return calls;
        }
    }

    private static Share serviceLevel(Abandons abandons) {
        return ContactKpis.serviceLevel(Duration.ofSeconds(20), abandons).of(Call.FIELDS, Call.reference());
    }

    private static void assertShare(long hits, long n, double value, Share actual) {
        assertEquals(hits, actual.hits());
        assertEquals(n, actual.counts().used());
        assertEquals(1085, actual.counts().rows());
        assertEquals(value, actual.value().orElseThrow(), 5e-7);
    }

    @Test
    void serviceLevelAgreesWithTheReferenceForAllSixTreatmentsOfAbandons() {
        // kpi-reference section 3, service level check
        Duration brief = Duration.ofSeconds(5);

        assertShare(880, 1060, .830189, serviceLevel(Abandons.SUCCESSES_WITHIN_TARGET));
        assertShare(860, 1000, .86, serviceLevel(Abandons.EXCLUDED));
        assertShare(860, 1060, .811321, serviceLevel(Abandons.FAILURES));
        assertShare(860, 1040, .826923, serviceLevel(Abandons.FAILURES_PAST_TARGET));
        assertShare(870, 1060, .820755, serviceLevel(Abandons.shortAsSuccesses(brief)));
        assertShare(860, 1050, .819048, serviceLevel(Abandons.shortExcluded(brief)));
    }

    @Test
    void abandonmentRateCountsOfferedContactsOnly() {
        // kpi-reference section 3: 60 of 1060; without those of 5 seconds or less 50 of 1050
        assertShare(60, 1060, 60.0 / 1060, ContactKpis.abandonmentRate().of(Call.FIELDS, Call.reference()));
        assertShare(
                50,
                1050,
                50.0 / 1050,
                ContactKpis.abandonmentRate(Duration.ofSeconds(5)).of(Call.FIELDS, Call.reference()));
    }

    @Test
    void averageSpeedOfAnswerIsThatOfAnsweredContacts() {
        Mean asa = ContactKpis.averageSpeedOfAnswer().of(Call.FIELDS, Call.reference());

        assertEquals(1000, asa.counts().used());
        assertEquals((430 * 20 + 140 * 21) / 1000.0, asa.value().orElseThrow(), 1e-15);
    }

    // ---- bots ----

    record Conversation(boolean bot, boolean resolved, int messages, boolean swore, int agentRequests) {
        static final Fields<Conversation> FIELDS = Fields.of(Conversation.class)
                .flag(BotKpis.BOT_INVOLVED, Conversation::bot)
                .flag(BotKpis.BOT_RESOLVED, Conversation::resolved)
                .whole(BotKpis.CUSTOMER_MESSAGES, Conversation::messages)
                .flag(BotKpis.PROFANITY, Conversation::swore)
                .whole(BotKpis.AGENT_REQUESTS, Conversation::agentRequests)
                .flag(BotKpis.BOT_REPETITION, c -> false)
                .flag(BotKpis.CUSTOMER_PARAPHRASE, c -> false)
                .flag(BotKpis.ABANDONMENT, c -> false)
                .flag(BotKpis.NEGATIVE_SENTIMENT, c -> false)
                .flag(BotKpis.NEGATIVE_FEEDBACK, c -> false);
    }

    @Test
    void automationRateIsInvolvementTimesResolution() {
        // kpi-reference section 2: 0.5 × 0.6 = 30 %
        List<Conversation> conversations = new ArrayList<>();
        conversations.addAll(Collections.nCopies(300, new Conversation(true, true, 1, false, 0)));
        conversations.addAll(Collections.nCopies(200, new Conversation(true, false, 1, false, 0)));
        conversations.addAll(Collections.nCopies(500, new Conversation(false, false, 1, false, 0)));
        Share rate = BotKpis.automationRate().of(Conversation.FIELDS, conversations);

        assertEquals(0.3, rate.value().orElseThrow());
        assertEquals("Automation rate 30.0 % (95 % 27.2…32.9), n = 1000", rate.toString());
    }

    @Test
    void botExperienceScoreIsTheShareWithoutNegativeSignals() {
        // kpi-reference section 2: 1000 conversations, 230 with a signal → 77. Asking for a person once is no signal,
        // and
        // a conversation without a customer message is not eligible.
        List<Conversation> conversations = new ArrayList<>();
        conversations.addAll(Collections.nCopies(100, new Conversation(true, true, 3, true, 0)));
        conversations.addAll(Collections.nCopies(100, new Conversation(true, true, 3, false, 2)));
        conversations.addAll(Collections.nCopies(30, new Conversation(true, true, 3, true, 2)));
        conversations.addAll(Collections.nCopies(400, new Conversation(true, true, 3, false, 1)));
        conversations.addAll(Collections.nCopies(370, new Conversation(true, true, 1, false, 0)));
        conversations.addAll(Collections.nCopies(50, new Conversation(true, true, 0, true, 2)));
        SignalShare score = BotKpis.botExperienceScore().of(Conversation.FIELDS, conversations);

        assertEquals(77, score.value().orElseThrow());
        assertEquals(230, score.withSignal());
        assertEquals(new Counts(1000, 50, 0, 0), score.counts());
        assertEquals(7, score.rates().size());
        assertEquals(
                List.of(
                        new SignalShare.Rate("profanity", 130, 1000),
                        new SignalShare.Rate("repeated-agent-request", 130, 1000)),
                score.rates().stream().filter(rate -> rate.present() > 0).toList());
    }

    // ---- levels ----

    private static List<Estimate> oneOfEachFamily() {
        return List.of(
                Share.of(3, 10),
                Nps.of(9, 10, 3, 7),
                MEAN.of(Number.FIELDS, Number.list(1, 2, 4)),
                RATIO.of(Pair.FIELDS, Pair.list(1, 1, 2, 1, 3, 2)),
                SurveyKpis.ces().of(Answer.fields(SurveyKpis.EFFORT), Answer.list(1, 2, 3, 4)),
                SurveyKpis.csat(5).of(Answer.fields(SurveyKpis.SATISFACTION), Answer.list(1, 2, 3, 4)),
                netEffort(6, 3).of(Answer.fields(SurveyKpis.EFFORT), Answer.list(1, 2, 3, 4, 5, 6)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.95, 1.95, 95, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
    void levelsThatAreNotBetweenZeroAndOneAreRefused(double level) {
        for (Estimate estimate : oneOfEachFamily()) {
            var refusal =
                    assertThrows(IllegalArgumentException.class, () -> estimate.interval(level), estimate::toString);
            assertEquals(
                    "a confidence level lies strictly between 0 and 1, such as 0.95; found " + level,
                    refusal.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> new SignalShare.Rate("profanity", 1, 2).interval(level));
    }

    @Test
    void intervalsGrowWithTheLevelAndStayInTheirRangeUpToItsEnds() {
        double[] levels = {Double.MIN_VALUE, 1e-12, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999999, Math.nextDown(1.0)};
        for (Estimate estimate : oneOfEachFamily()) {
            Interval before = null;
            for (double level : levels) {
                Interval interval = estimate.interval(level);
                assertTrue(interval.contains(estimate.value().orElseThrow()), interval::toString);
                if (before != null && interval.isBounded()) {
                    assertTrue(interval.low() <= before.low() && before.high() <= interval.high(), interval::toString);
                }
                before = interval;
            }
        }
    }
}
