package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.KeyedTotals;
import io.cxmetrics.Kpi;
import io.cxmetrics.Total;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several answers of one customer, against the reference and against second derivations. */
class ClusteredTest {

    private record Answer(String customer, long score, double minutes, boolean solved) {
        static final Fields<Answer> FIELDS = Fields.of(Answer.class)
                .text("customer", Answer::customer)
                .whole("recommendation", Answer::score)
                .number("minutes", Answer::minutes)
                .flag("solved", Answer::solved);
    }

    private static final Kpi<Clustered> SOLVED =
            Clustered.by(Field.text("customer"), Share.kpi("solved", Field.flag("solved")));
    private static final Kpi<Clustered> NPS = Clustered.by(Field.text("customer"), Nps.kpi("nps", Nps.RECOMMENDATION));
    private static final Kpi<Clustered> MINUTES =
            Clustered.by(Field.text("customer"), Mean.kpi("minutes", Field.number("minutes"), Direction.NEUTRAL));
    private static final Kpi<Clustered> PER_POINT = Clustered.by(
            Field.text("customer"),
            Ratio.kpi("per-point", Field.number("minutes"), Field.whole("recommendation"), Direction.NEUTRAL));

    private static Clustered of(Kpi<Clustered> kpi, List<Answer> answers) {
        return kpi.of(Answer.FIELDS, answers);
    }

    private static void solved(List<Answer> into, String customer, int hits, int answers) {
        for (int i = 0; i < answers; i++) {
            into.add(new Answer(customer, 5, i, i < hits));
        }
    }

    /** Liang's data: how many families of each size have how many affected members; 60 of 203 in 100 families. */
    private static List<Answer> families() {
        List<Answer> answers = new ArrayList<>();
        int[][] hitsByCount = {{36, 12}, {15, 7, 1}, {5, 7, 3, 2}, {3, 3, 1}, {1, 0, 1, 1, 1, 0, 1}};
        int[] sizes = {1, 2, 3, 4, 6};
        int family = 0;
        for (int s = 0; s < sizes.length; s++) {
            for (int hits = 0; hits < hitsByCount[s].length; hits++) {
                for (int i = 0; i < hitsByCount[s][hits]; i++) {
                    solved(answers, "family " + family++, hits, sizes[s]);
                }
            }
        }
        return answers;
    }

    @Test
    void clustersHaveTheRobustErrorOfTheReference() {
        // kpi-reference section 5: 60/203 in 100 clusters (Liang data): SE .0404197, design effect 1.5929
        Clustered clustered = of(SOLVED, families());

        assertEquals(100, clustered.clusters());
        assertEquals(203, clustered.counts().used());
        assertEquals(60 / 203.0, clustered.value().orElseThrow(), 1e-15);
        assertEquals(.0404197, clustered.standardError().orElseThrow(), 5e-8);
        assertEquals(1.5929, clustered.designEffect().orElseThrow(), 5e-5);
        assertEquals(203 / 1.5928968, clustered.effectiveSize().orElseThrow(), 1e-5);
        Interval naive = Share.of(60, 203).interval();
        Interval robust = clustered.interval();
        assertTrue(robust.low() < naive.low() && robust.high() > naive.high(), robust::toString);
        assertEquals(naive, clustered.unclustered().interval());
    }

    @Test
    void theErrorIsThatOfADirectFormulaForEveryFamily() {
        // The residual of each customer by hand: y − value · x, with 10 answers of 4 customers.
        List<Answer> answers = List.of(
                new Answer("a", 10, 3, true),
                new Answer("a", 9, 4, true),
                new Answer("a", 9, 2.5, false),
                new Answer("b", 3, 9, false),
                new Answer("b", 6, 8, false),
                new Answer("c", 8, 1, true),
                new Answer("d", 10, 4, true),
                new Answer("d", 2, 6, false),
                new Answer("d", 7, 5, true),
                new Answer("d", 7, 4.5, true));
        assertError(of(SOLVED, answers), new double[] {2, 0, 1, 3}, new double[] {3, 2, 1, 4}, 1);
        assertError(of(NPS, answers), new double[] {3, -2, 0, 0}, new double[] {3, 2, 1, 4}, 100);
        assertError(of(MINUTES, answers), new double[] {9.5, 17, 1, 19.5}, new double[] {3, 2, 1, 4}, 1);
        assertError(of(PER_POINT, answers), new double[] {9.5, 17, 1, 19.5}, new double[] {28, 9, 8, 26}, 1);
        Kpi<SignalShare> clean =
                SignalShare.kpi("clean", Map.of("unsolved", Field.flag("solved").not()));
        assertError(
                of(Clustered.by(Field.text("customer"), clean), answers),
                new double[] {2, 0, 1, 3},
                new double[] {3, 2, 1, 4},
                100);
        Ratings.Definition top = new Ratings.Definition(Field.whole("recommendation"), 0, 10, new Ratings.Box(9, 10));
        assertError(
                of(Clustered.by(Field.text("customer"), Ratings.kpi("top", top, Direction.HIGHER_IS_BETTER)), answers),
                new double[] {3, 0, 0, 1},
                new double[] {3, 2, 1, 4},
                1);
        Ratings.Definition mean = new Ratings.Definition(Field.whole("recommendation"), 0, 10, new Ratings.Average());
        assertError(
                of(
                        Clustered.by(Field.text("customer"), Ratings.kpi("mean", mean, Direction.HIGHER_IS_BETTER)),
                        answers),
                new double[] {28, 9, 8, 26},
                new double[] {3, 2, 1, 4},
                1);
    }

    private static void assertError(Clustered clustered, double[] y, double[] x, double scale) {
        double sumY = IntStream.range(0, y.length).mapToDouble(i -> y[i]).sum();
        double sumX = IntStream.range(0, x.length).mapToDouble(i -> x[i]).sum();
        double value = sumY / sumX;
        double squares = 0;
        for (int i = 0; i < y.length; i++) {
            squares += Math.pow(y[i] - value * x[i], 2);
        }
        double error = Math.sqrt(y.length / (y.length - 1.0) * squares) / sumX;
        assertEquals(scale * value, clustered.value().orElseThrow(), 1e-12 * scale, clustered::toString);
        assertEquals(scale * error, clustered.standardError().orElseThrow(), 1e-12 * scale, clustered::toString);
        assertTrue(clustered.interval().contains(clustered.value().orElseThrow()));
    }

    @Test
    void oneAnswerACustomerIsAPlainSample() {
        List<Answer> answers = new ArrayList<>();
        double[] minutes = {3, 5, 4, 9};
        for (int i = 0; i < minutes.length; i++) {
            answers.add(new Answer("c" + i, i + 1, minutes[i], true));
        }
        for (Kpi<Clustered> kpi : List.of(MINUTES, PER_POINT)) {
            Clustered clustered = of(kpi, answers);
            Interval plain = clustered.unclustered().interval();
            assertEquals(plain.low(), clustered.interval().low(), 1e-12);
            assertEquals(plain.high(), clustered.interval().high(), 1e-12);
            assertEquals(1, clustered.designEffect().orElseThrow(), 1e-12);
        }
    }

    @Test
    void oneCustomerSaysNothingAndAlikeAnswersLeaveDoubt() {
        Clustered one = of(SOLVED, List.of(new Answer("a", 1, 1, true), new Answer("a", 1, 1, false)));
        assertEquals(Interval.Kind.UNDEFINED, one.interval().kind());
        assertTrue(one.interval().method().contains("one customer"), one.interval()::toString);
        assertTrue(one.standardError().isEmpty()
                && one.designEffect().isEmpty()
                && one.effectiveSize().isEmpty());

        List<Answer> alike = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            solved(alike, "c" + i, 4, 4);
        }
        Interval interval = of(SOLVED, alike).interval();
        // Five answers, not twenty, and Student's t for five customers: z²/n' = t²/5, t(.975, 4) = 2.776445
        assertEquals(1 / (1 + 2.776445105 * 2.776445105 / 5), interval.low(), 1e-9);
        assertEquals(1, interval.high());
    }

    @Test
    void theSameCustomersTwiceAreComparedAsPairs() {
        // Each customer is a minute faster afterwards, give or take .1; between customers lie hours.
        List<Answer> before = new ArrayList<>();
        List<Answer> after = new ArrayList<>();
        List<Answer> strangers = new ArrayList<>();
        double[] differences = new double[12];
        for (int c = 0; c < 12; c++) {
            differences[c] = -1 + (c % 3 - 1) * .1;
            before.add(new Answer("c" + c, 5, 100 * c, true));
            after.add(new Answer("c" + c, 5, 100 * c + differences[c], true));
            strangers.add(new Answer("s" + c, 5, 100 * c + differences[c], true));
        }
        Comparison paired = Comparison.of(of(MINUTES, before), of(MINUTES, after));
        Comparison independent = Comparison.of(of(MINUTES, before), of(MINUTES, strangers));

        // The paired t interval of the twelve differences: −1 ± t(.975, 11) s/√12, s = √(8 · .01 / 11)
        double half = 2.200985160 * Math.sqrt(8 * .01 / 11) / Math.sqrt(12);
        assertEquals(-1 - half, paired.interval().low(), 1e-6);
        assertEquals(-1 + half, paired.interval().high(), 1e-6);
        assertTrue(paired.isSignificant(0.99));
        assertFalse(independent.isSignificant(0.05), independent::toString);
        assertTrue(paired.relativeInterval(0.95).high() < 0, () -> "" + paired.relativeInterval(0.95));
        assertTrue(
                Comparison.of(of(NPS, before), of(NPS, after)).relativeChange().isEmpty());
    }

    @Test
    void keysAreHashedAndTheirTotalsAreCanonical() {
        // SHA-256 of the empty text, as printed in every description of it: e3b0c44298fc1c14…
        assertEquals("e3b0c44298fc1c14", KeyedTotals.shown(KeyedTotals.hash("")));
        assertEquals(KeyedTotals.hash(""), KeyedTotals.parse("e3b0c44298fc1c14"));
        assertThrows(IllegalArgumentException.class, () -> KeyedTotals.parse("e3b0c44298fc1c1"));

        Total total = of(SOLVED, families()).totals().get(1);
        assertFalse(total.toString().contains("family"), total::toString);
        assertEquals("100 keys", total.toString());
        KeyedTotals ten = KeyedTotals.of(1, Map.of(7L, List.of(new BigDecimal("10.00"))));
        KeyedTotals five = KeyedTotals.of(1, Map.of(7L, List.of(new BigDecimal("5"))));
        assertEquals(ten, five.plus(five));
        assertEquals(ten.hashCode(), five.plus(five).hashCode());
        assertThrows(IllegalArgumentException.class, () -> KeyedTotals.of(2, Map.of(7L, List.of(BigDecimal.ONE))));
    }

    @Test
    void whatHasNoSumsByCustomerIsRefused() {
        Kpi<Percentile> median = Percentile.kpi("median", Field.number("minutes"), 0.5, Direction.NEUTRAL);
        var refusal = assertThrows(IllegalArgumentException.class, () -> Clustered.by(Field.text("customer"), median));
        assertTrue(refusal.getMessage().contains("cannot be clustered"), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Clustered.by(Field.text("customer"), SOLVED));
    }

    @Test
    void manyCustomersInManyCellsKeepTheirSums() {
        // More keys than the tables begin with, in more than one batch.
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            answers.add(new Answer("c" + i % 6_007, i % 11, i * .1, i % 3 == 0));
        }
        Clustered clustered = of(NPS, answers);
        assertEquals(6_007, clustered.clusters());
        assertEquals(
                Nps.of(answers.stream().mapToInt(a -> (int) a.score()).toArray())
                        .value(),
                clustered.value());
        assertEquals(clustered, of(NPS, answers.subList(13_000, 20_000)).merge(of(NPS, answers.subList(0, 13_000))));
        Clustered all = of(Clustered.by(Field.text("customer"), Share.kpi("all", Condition.always())), answers);
        assertEquals(6_007, all.clusters());
        assertEquals(1, all.value().orElseThrow());
    }

    /**
     * Coverage of the 95 % interval where answers of a customer agree with probability .6 beyond chance: 1 000 simulated
     * surveys of m customers with 1 to 9 answers each, seed 7. The plain interval is the warning.
     */
    @Test
    void coverageHoldsWhereThePlainIntervalFails() {
        System.out.println(
                "Coverage of 95 % intervals with several answers a customer: customers, truth, clustered, plain");
        SplittableRandom random = new SplittableRandom(7);
        for (int m : new int[] {10, 40}) {
            for (double p : new double[] {0.1, 0.3}) {
                int clustered = 0;
                int plain = 0;
                int surveys = 1_000;
                for (int s = 0; s < surveys; s++) {
                    List<Answer> answers = new ArrayList<>();
                    for (int c = 0; c < m; c++) {
                        boolean own = random.nextDouble() < p;
                        int size = 1 + random.nextInt(9);
                        for (int i = 0; i < size; i++) {
                            boolean hit = random.nextDouble() < .6 ? own : random.nextDouble() < p;
                            answers.add(new Answer("c" + c, hit ? 10 : 0, 1, hit));
                        }
                    }
                    Clustered result = of(SOLVED, answers);
                    clustered += result.interval().contains(p) ? 1 : 0;
                    plain += result.unclustered().interval().contains(p) ? 1 : 0;
                }
                System.out.printf(
                        Locale.ROOT,
                        "%6d %4.1f %8.3f %8.3f%n",
                        m,
                        p,
                        (double) clustered / surveys,
                        (double) plain / surveys);
                assertTrue(clustered >= .92 * surveys, m + " customers, " + p + ": " + clustered);
                assertTrue(plain < .90 * surveys, m + " customers, " + p + ": " + plain);
            }
        }
    }
}
