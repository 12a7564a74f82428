package io.cxmetrics.okr.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 4);
    private static final LocalDate LAST = FIRST.plusWeeks(12);

    private static List<Observation> weekly(double... values) {
        List<Observation> series = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            series.add(Observation.of(FIRST.plusWeeks(i), values[i]));
        }
        return series;
    }

    private static LocalDate after(List<Observation> series) {
        return series.get(series.size() - 1).date();
    }

    private static Forecast level(Goal goal, double... values) {
        List<Observation> series = weekly(values);
        return assertInstanceOf(Forecast.class, Forecaster.level(goal, LAST).forecast(series, after(series)));
    }

    private static Forecast total(Goal goal, double... values) {
        List<Observation> series = weekly(values);
        return assertInstanceOf(
                Forecast.class,
                Forecaster.cumulative(goal, FIRST.minusDays(6), 0, LAST).forecast(series, after(series)));
    }

    private static Forecast held(Goal goal, double share, double... values) {
        List<Observation> series = weekly(values);
        return assertInstanceOf(
                Forecast.class, Forecaster.maintain(goal, share, LAST).forecast(series, after(series)));
    }

    @Test
    void threeObservationsAreRefusedAndFourAreNot() {
        Forecaster forecaster = Forecaster.level(Goal.atLeast(5), LAST);
        Refusal refusal = assertInstanceOf(Refusal.class, forecaster.forecast(weekly(1, 2, 3), FIRST.plusWeeks(2)));
        assertEquals(Refusal.Reason.TOO_FEW, refusal.reason());
        assertEquals("no forecast: 3 observations until 2026-01-18; at least 4 are needed", refusal.toString());
        assertInstanceOf(Forecast.class, forecaster.forecast(weekly(1, 2, 3, 4), FIRST.plusWeeks(3)));
    }

    @Test
    void observationsAfterTheDayOfTheForecastDoNotCount() {
        Forecaster forecaster = Forecaster.level(Goal.atLeast(5), LAST);
        assertEquals(
                forecaster.forecast(weekly(1, 2, 3, 4, 5), FIRST.plusWeeks(4)),
                forecaster.forecast(weekly(1, 2, 3, 4, 5, 99, -99), FIRST.plusWeeks(4)));
    }

    @Test
    void theLastDayIsNoForecast() {
        Refusal refusal = assertInstanceOf(
                Refusal.class, Forecaster.level(Goal.atLeast(5), LAST).forecast(weekly(1, 2, 3, 4), LAST));
        assertEquals(Refusal.Reason.OVER, refusal.reason());
    }

    @Test
    void aYearIsNotForeseenFromFourWeeks() {
        Refusal refusal = assertInstanceOf(
                Refusal.class,
                Forecaster.level(Goal.atLeast(5), FIRST.plusYears(1)).forecast(weekly(1, 2, 3, 4), FIRST.plusWeeks(3)));
        assertEquals(Refusal.Reason.TOO_FAR, refusal.reason());
        assertEquals("344 days to go after 21 observed; at most 4 times as many can be foreseen", refusal.sentence());
    }

    @Test
    void twoValuesOfOneDayAreAnError() {
        List<Observation> series = weekly(1, 2, 3, 4);
        series.add(Observation.of(FIRST.plusWeeks(2), 7));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Forecaster.level(Goal.atLeast(5), LAST).forecast(series, after(series)));
        assertEquals("two observations are about 2026-01-18; give the one that counts", e.getMessage());
    }

    @Test
    void aValueThatIsNotPossibleIsAnError() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Forecaster.level(Goal.atLeast(0.5), LAST)
                        .within(0, 1)
                        .forecast(weekly(0.1, 40, 0.3, 0.2), FIRST.plusWeeks(3)));
    }

    @Test
    void theForecastStaysWithinThePossible() {
        List<Observation> rising = weekly(0.90, 0.92, 0.94, 0.96, 0.98, 0.99);
        Forecast forecast = (Forecast)
                Forecaster.level(Goal.atLeast(0.97), LAST).within(0, 1).forecast(rising, after(rising));
        assertTrue(forecast.point() <= 1 && forecast.interval().high() <= 1, forecast.toString());
        // More than everything is not possible, however steep the way.
        Forecast beyond = (Forecast)
                Forecaster.level(Goal.atLeast(1.01), LAST).within(0, 1).forecast(rising, after(rising));
        assertEquals(0, beyond.probability());
        // All of it is: what the models see beyond 1 is 1.
        Forecast all = (Forecast)
                Forecaster.level(Goal.between(0.5, 1), LAST).within(0, 1).forecast(rising, after(rising));
        assertEquals(0.99, all.probability());
    }

    @Test
    void aClearTrendIsFollowedAndAFlatLineIsNot() {
        Forecast up = level(Goal.atLeast(20), 8.1, 9.0, 10.2, 10.9, 12.1, 13.0);
        assertTrue(up.point() > 16 && up.point() < 21, up.toString()); // a straight line comes to 19.9
        assertTrue(up.probability() > 0.2 && up.probability() < 0.7, up.toString());
        Forecast flat = level(Goal.atLeast(20), 10.1, 9.8, 10.0, 10.2, 9.9, 10.0);
        assertEquals(10, flat.point(), 0.3);
        assertEquals(0.01, flat.probability());
    }

    @Test
    void oneOutlierDoesNotCount() {
        Forecast with = level(Goal.atLeast(12), 10.1, 9.8, 10.0, 55, 10.2, 9.9, 10.0);
        assertEquals(10, with.point(), 0.5);
        assertTrue(with.interval().high() < 13, with.toString());
    }

    @Test
    void theSamplingErrorOfTheKpiMakesTheForecastWider() {
        double[] values = {0.31, 0.29, 0.30, 0.32, 0.28, 0.30};
        List<Observation> exact = weekly(values);
        List<Observation> sampled = exact.stream()
                .map(o -> new Observation(o.date(), o.value(), 0.05))
                .toList();
        Forecaster forecaster = Forecaster.level(Goal.atLeast(0.35), LAST);
        Interval narrow = ((Forecast) forecaster.forecast(exact, after(exact))).interval();
        Interval wide = ((Forecast) forecaster.forecast(sampled, after(exact))).interval();
        assertTrue(wide.high() - wide.low() > 2 * (narrow.high() - narrow.low()), narrow + " " + wide);
    }

    @Test
    void anIntervalTellsTheStandardError() {
        // 1.959963984540054 is the 97.5 % point of the normal distribution.
        Observation o = Observation.of(
                FIRST, 0.5, Interval.bounded(0.5 - 0.1959963984540054, 0.6959963984540054, 0.95, "Wald"));
        assertEquals(0.1, o.standardError(), 1e-12);
        assertEquals(
                0,
                Observation.of(FIRST, 0.5, Interval.undefined(0.95, "too few")).standardError());
    }

    @Test
    void aSeriesThatNeverMovedIsForeseenToStayButNotForSure() {
        Forecast met = level(Goal.atLeast(3), 3, 3, 3, 3);
        assertEquals(3, met.point());
        assertEquals(0.99, met.probability());
        assertEquals(0.01, level(Goal.atLeast(3.5), 3, 3, 3, 3).probability());
    }

    @Test
    void equalValuesOfWhichSomeAreNotExactHaveAForecast() {
        List<Observation> series = weekly(3, 3, 3, 3, 3);
        series.set(2, new Observation(series.get(2).date(), 3, 0.5));
        for (Forecaster forecaster :
                List.of(Forecaster.level(Goal.atLeast(3.5), LAST), Forecaster.maintain(Goal.atLeast(3.5), 0.8, LAST))) {
            Forecast forecast = assertInstanceOf(Forecast.class, forecaster.forecast(series, after(series)));
            assertTrue(
                    forecast.probability() < 0.5 && forecast.interval().low() <= forecast.point(), forecast.toString());
        }
    }

    @Test
    void aRunningTotalThatHasReachedItsGoalAndNeverFellIsDecided() {
        assertEquals(1, total(Goal.atLeast(10), 2, 5, 7, 11).probability());
        // One that was corrected downwards may be again.
        assertTrue(total(Goal.atLeast(10), 2, 5, 4, 11).probability() < 1);
        // At most three incidents, and the fourth has happened: not met, whatever comes.
        assertEquals(0, total(Goal.atMost(3), 0, 2, 3, 4).probability());
        assertTrue(total(Goal.atMost(30), 0, 2, 3, 4).probability() > 0.8);
    }

    @Test
    void noIncrementYetIsNotNever() {
        // Nothing in five weeks: at most one in 2 · 6, not 0.
        assertEquals(1 / 12.0, total(Goal.atLeast(1), 0, 0, 0, 0, 0).probability(), 1e-12);
    }

    /** Polya's urn in closed form: k more draws from n have mean k·m and variance k·s²·(n + k)/(n + 1), s² with divisor n. */
    @Test
    void theUrnHasItsKnownMeanAndVariance() {
        double[] increments = {0, 1, 5, 2, 0, 4};
        double[] totals = new double[6];
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            totals[i] = sum += increments[i];
        }
        double mean = 2;
        double variance = (4 + 1 + 9 + 0 + 4 + 4) / 6.0;
        int k = 7;
        double deviation = Math.sqrt(k * variance * (6 + k) / 7);
        Forecast forecast = total(Goal.atLeast(30), totals);
        assertEquals(12 + k * mean, forecast.point(), 1); // its median, in whole numbers
        double width = forecast.interval().high() - forecast.interval().low();
        assertEquals(2 * 1.2816 * deviation, width, 0.12 * width); // near normal after seven draws
    }

    @Test
    void aHeldLevelCountsThePeriodsThatWere() {
        // 13 weeks, 10 of them needed; 4 of the first 9 missed: out of reach. 10 met of 11: reached.
        assertEquals(
                0,
                held(Goal.atLeast(40), 0.75, 30, 30, 31, 30, 45, 44, 45, 46, 45).probability());
        assertEquals(
                1,
                held(Goal.atLeast(40), 0.75, 45, 45, 46, 44, 45, 44, 45, 46, 45, 47, 30)
                        .probability());
        Forecast open = held(Goal.atLeast(40), 0.75, 45, 36, 46, 44, 45, 34, 45, 46, 45);
        assertTrue(open.probability() > 0.5 && open.probability() < 1, open.toString());
        assertEquals(Goal.atLeast(0.75), open.goal());
    }

    @Test
    void theSentenceSaysItAll() {
        assertEquals(
                "34 % chance of at most 25.0 % on 2026-03-31; probably 27.1 % (80 % 24.0…30.2); robust damped trend, n = 8, "
                        + "calibrated on simulated series",
                new Forecast(
                                Method.LEVEL,
                                Goal.atMost(0.25),
                                0.271,
                                Interval.bounded(0.24, 0.302, 0.8, "x"),
                                0.34,
                                8,
                                LocalDate.of(2026, 3, 31),
                                Calibration.SIMULATED)
                        .sentence(Unit.SHARE, Locale.ENGLISH));
        Forecast held = held(Goal.atLeast(40), 0.75, 45, 36, 46, 44, 45, 34, 45, 46, 45);
        assertTrue(
                held.sentence(Unit.POINTS, Locale.GERMAN)
                        .contains("chance of at least 75,0 % of the periods by 2026-03-29"),
                held.sentence(Unit.POINTS, Locale.GERMAN));
    }

    @Test
    void whatIsOpenNeverLooksDecided() {
        Interval any = Interval.bounded(0, 1, 0.8, "x");
        Forecast little =
                new Forecast(Method.CUMULATIVE, Goal.atLeast(1), 0, any, 0.004, 200, LAST, Calibration.UNCALIBRATED);
        assertTrue(little.toString().startsWith("under 1 % chance of at least 1.00 on"), little.toString());
        Forecast sure =
                new Forecast(Method.CUMULATIVE, Goal.atLeast(1), 0, any, 0.996, 200, LAST, Calibration.UNCALIBRATED);
        assertTrue(sure.toString().startsWith("over 99 % chance"), sure.toString());
    }

    @Property(tries = 60)
    void theOrderOfTheObservationsDoesNotMatter(
            @ForAll @Size(min = 4, max = 12) List<@DoubleRange(min = -100, max = 100) Double> values) {
        List<Observation> series =
                weekly(values.stream().mapToDouble(Double::doubleValue).toArray());
        List<Observation> reversed = new ArrayList<>(series);
        Collections.reverse(reversed);
        for (Forecaster forecaster : forecasters(Goal.atLeast(10))) {
            assertEquals(forecaster.forecast(series, after(series)), forecaster.forecast(reversed, after(series)));
        }
    }

    @Property(tries = 60)
    void everyForecastIsInOrder(
            @ForAll @Size(min = 4, max = 12) List<@DoubleRange(min = -1e9, max = 1e9) Double> values,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double bound) {
        List<Observation> series =
                weekly(values.stream().mapToDouble(Double::doubleValue).toArray());
        for (Forecaster forecaster : forecasters(Goal.atLeast(bound))) {
            if (forecaster.forecast(series, after(series)) instanceof Forecast f) {
                assertTrue(
                        f.interval().low() <= f.point()
                                && f.point() <= f.interval().high(),
                        f.toString());
            }
        }
    }

    /** A harder goal is never likelier, and a goal and what misses it share the certainty (up to the bounds of evidence). */
    @Property(tries = 60)
    void harderIsNotLikelier(
            @ForAll @Size(min = 4, max = 12) List<@DoubleRange(min = -100, max = 100) Double> values,
            @ForAll @DoubleRange(min = -100, max = 100) double bound,
            @ForAll @DoubleRange(min = 0, max = 50) double more) {
        double[] y = values.stream().mapToDouble(Double::doubleValue).toArray();
        assertTrue(level(Goal.atLeast(bound + more), y).probability()
                <= level(Goal.atLeast(bound), y).probability() + 1e-12);
        assertTrue(total(Goal.atLeast(bound + more), y).probability()
                <= total(Goal.atLeast(bound), y).probability());
        if (values.stream().distinct().count() > 1) {
            assertEquals(
                    1,
                    level(Goal.atLeast(bound), y).probability()
                            + level(Goal.atMost(bound), y).probability(),
                    1e-9);
        }
    }

    /** Minutes or seconds, up or down: the chance is the same. Powers of two are exact, so it is the same to the bit. */
    @Property(tries = 60)
    void theUnitDoesNotMatter(
            @ForAll @Size(min = 4, max = 12) List<@DoubleRange(min = -100, max = 100) Double> values,
            @ForAll @DoubleRange(min = -100, max = 100) double bound) {
        double[] y = values.stream().mapToDouble(Double::doubleValue).toArray();
        double[] larger = values.stream().mapToDouble(v -> 64 * v).toArray();
        double[] mirrored = values.stream().mapToDouble(v -> -v).toArray();
        assertEquals(
                level(Goal.atLeast(bound), y).probability(),
                level(Goal.atLeast(64 * bound), larger).probability(),
                1e-9);
        assertEquals(
                level(Goal.atLeast(bound), y).probability(),
                level(Goal.atMost(-bound), mirrored).probability(),
                1e-9);
        assertEquals(
                total(Goal.atLeast(bound), y).probability(),
                total(Goal.atLeast(64 * bound), larger).probability());
    }

    private static List<Forecaster> forecasters(Goal goal) {
        return List.of(
                Forecaster.level(goal, LAST),
                Forecaster.maintain(goal, 0.8, LAST),
                Forecaster.cumulative(goal, FIRST.minusDays(6), 0, LAST));
    }
}
