package io.cxmetrics.stats;

import static io.cxmetrics.stats.FinitePopulationTest.mean;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.stats.ControlChart.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Control charts against the textbooks. */
class ControlChartTest {

    @Test
    void sharesHaveTheLimitsOfTheTextbook() {
        // Montgomery, Introduction to Statistical Quality Control, example 7.1 (orange juice cans, n = 50):
        // center .2313, limits .0524 and .4102, samples 15 and 23 out of control
        int[] hits = {
            12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6
        };
        List<Share> weeks = IntStream.of(hits).mapToObj(h -> Share.of(h, 50)).toList();
        ControlChart chart = ControlChart.of(weeks);
        ControlChart.Point first = chart.points().get(0);

        assertEquals(.2313, first.center(), 5e-5);
        assertEquals(.0524, first.low(), 5e-5);
        assertEquals(.4102, first.high(), 5e-5);
        assertEquals(
                List.of(14, 22),
                chart.signals().stream()
                        .filter(point -> point.signs().contains(Rule.BEYOND_LIMITS))
                        .map(ControlChart.Point::index)
                        .toList());
        assertTrue(chart.toString().contains(" of 30 periods show a change: "), chart::toString);
    }

    @Test
    void singleValuesHaveTheLimitsOfTheHandbook() {
        // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 (flow rates of ten batches): mean 50.81, mean moving
        // range 1.8778, limits 45.8159 and 55.8041
        ControlChart chart = ControlChart.ofValues(49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1);
        ControlChart.Point first = chart.points().get(0);

        assertEquals(50.81, first.center(), 1e-12);
        assertEquals(45.8159, first.low(), 5e-4); // the handbook computes with rounded numbers
        assertEquals(55.8041, first.high(), 5e-4);
        assertEquals("none of 10 periods shows a change", chart.toString());
    }

    @Test
    void countsHaveTheLimitsOfTheHandbook() {
        // NIST/SEMATECH e-Handbook, 6.3.3.1 (defects on 25 wafers): mean 16, limits 4 and 28; wafer 24 is beyond
        long[] defects = {
            16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13
        };
        double[] ones = new double[defects.length];
        Arrays.fill(ones, 1);
        ControlChart chart = ControlChart.ofRates(defects, ones);

        assertEquals(16, chart.points().get(0).center());
        assertEquals(4, chart.points().get(0).low(), 1e-12);
        assertEquals(28, chart.points().get(0).high(), 1e-12);
        assertEquals("1 of 25 periods shows a change: 24 (beyond limits)", chart.toString());
    }

    @Test
    void limitsWidenWithLessExposure() {
        ControlChart chart = ControlChart.ofRates(new long[] {10, 40, 0, 0}, new double[] {10, 40, 0, 10});

        assertEquals(50 / 60.0, chart.points().get(0).center(), 1e-15);
        assertEquals(
                50 / 60.0 + 3 * Math.sqrt(50 / 60.0 / 40), chart.points().get(1).high(), 1e-12);
        assertEquals(0, chart.points().get(3).low(), "cut at 0");
        assertTrue(chart.points().get(2).value().isEmpty(), "no exposure, no value");
    }

    /** A baseline of alternating ±1 has a moving range of 2, hence σ = 2 / 1.128 around 0. */
    private static Set<Rule> signsOfLast(double... inSigma) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            values.add(i % 2 == 0 ? 1.0 : -1.0);
        }
        for (double value : inSigma) {
            values.add(value * 2 / 1.128);
        }
        List<ControlChart.Point> points = ControlChart.ofValues(
                        values.stream().mapToDouble(Double::doubleValue).toArray())
                .withBaseline(20)
                .points();
        return points.get(points.size() - 1).signs();
    }

    @Test
    void runRulesFireWhenTheyAreComplete() {
        assertEquals(Set.of(Rule.BEYOND_LIMITS), signsOfLast(3.1));
        assertEquals(Set.of(Rule.BEYOND_LIMITS), signsOfLast(-3.1));
        assertEquals(Set.of(), signsOfLast(2.9));
        assertEquals(Set.of(Rule.TWO_OF_THREE_BEYOND_TWO_SIGMA), signsOfLast(2.1, 0, 2.1));
        assertEquals(Set.of(), signsOfLast(2.1, 0, -2.1));
        assertEquals(Set.of(), signsOfLast(2.1, 0, 0, 2.1));
        assertEquals(Set.of(Rule.FOUR_OF_FIVE_BEYOND_ONE_SIGMA), signsOfLast(-1.1, -1.1, 0.2, -1.1, -1.1));
        assertEquals(Set.of(), signsOfLast(1.1, 1.1, 1.1, 1.1, 0.9));
        assertEquals(Set.of(Rule.EIGHT_ON_ONE_SIDE), signsOfLast(-.5, .1, .2, .1, .3, .1, .2, .1, .1));
        assertEquals(Set.of(), signsOfLast(-.5, .1, .2, .1, .3, .1, .2, .1));
        assertEquals(Set.of(), signsOfLast(.1, .2, .1, 0, .1, .2, .1, .1));
    }

    @Test
    void aPeriodWithoutRowsHasNoValue() {
        ControlChart chart = ControlChart.of(List.of(mean(1, 2), mean(), mean(2, 3), mean(1, 3)));

        assertTrue(chart.points().get(1).value().isEmpty());
        assertEquals(2, chart.points().get(0).center(), 1e-15);
        assertTrue(ControlChart.of(List.of()).points().isEmpty());
        assertTrue(ControlChart.of(List.of(Share.of(0, 0))).signals().isEmpty());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ControlChart.of(List.of(mean(1), Share.of(1, 2))));
        assertThrows(IllegalArgumentException.class, () -> ControlChart.ofValues(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> ControlChart.ofRates(new long[] {1}, new double[] {0}));
        assertThrows(IllegalArgumentException.class, () -> ControlChart.ofRates(new long[] {1}, new double[] {}));
        assertThrows(
                IllegalArgumentException.class,
                () -> ControlChart.ofValues(1, 2).withBaseline(3));
    }
}
