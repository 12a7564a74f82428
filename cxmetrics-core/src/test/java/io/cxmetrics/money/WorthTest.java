package io.cxmetrics.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import io.cxmetrics.stats.Comparison;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorthTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final WorthInput ORDER = WorthInput.fixed("order", Money.of("80.00", "EUR"));

    private static WorthInput number(String name, double value) {
        return WorthInput.fixed(name, Unit.NUMBER, value);
    }

    @Test
    void callbacksSave540EurosADay() { // 004: 12.60 € before, 7.20 € after, 100 a day
        WorthInput saving = WorthInput.fixed(
                "saving per callback", MoneyKpis.savedCost(Money.of("12.60", "EUR"), Money.of("7.20", "EUR"), 1));
        Worth worth = Worth.over(Duration.ofDays(1), "EUR").savedCost("callbacks", number("callbacks", 100), saving);
        assertEquals(Money.of("540", "EUR"), worth.benefit());
        assertTrue(worth.roi().isEmpty());
        assertEquals("in 1 day 540.00 EUR (95 % 540.00…540.00): callbacks 540.00 saved", worth.toString());
    }

    @Test
    void theReturnOfTheCallbacksIs165Percent() { // 004: 45 000 saved + 180 000 sold on 85 000
        Worth worth = Worth.over(YEAR, "EUR")
                .savedCost("saved", WorthInput.fixed("s", Money.of("45000", "EUR")))
                .addedSales("sold", WorthInput.fixed("a", Money.of("180000", "EUR")))
                .investing(Money.of("85000", "EUR"));
        Roi roi = new Roi(Money.of("45000", "EUR"), Money.of("180000", "EUR"), Money.of("85000", "EUR"));
        assertEquals(roi.value(), worth.roi().getAsDouble(), 1e-12);
        assertEquals(165, Math.round(100 * worth.roi().getAsDouble()));
        assertEquals(roi.payback(YEAR), worth.payback());
        assertEquals(Money.of("140000", "EUR"), worth.net());
        assertEquals(Money.of("45000", "EUR"), worth.benefit(Worth.Kind.SAVED_COST));
        assertEquals(worth.roi().getAsDouble(), worth.roiInterval(0.95).low(), 1e-12);
        assertEquals(0, worth.chanceOfLoss());
    }

    @Test
    void theKpisIntervalIsCarriedThrough() {
        // One uncertain factor: the interval of the worth is that of the KPI times the others.
        Comparison conversion = Comparison.of(Share.of(300, 10_000), Share.of(360, 10_000));
        WorthInput uplift = WorthInput.measured("uplift", conversion);
        Worth worth = Worth.over(YEAR, "EUR")
                .addedSales("checkout", uplift, number("visits", 500_000), ORDER)
                .simulated(200_000, 3);
        assertEquals(0.006 * 500_000 * 80, worth.benefit().amount().doubleValue(), 1e-6);
        Interval interval = worth.benefitInterval(0.95);
        double scale = 500_000 * 80;
        assertEquals(conversion.interval(0.95).low() * scale, interval.low(), 0.02 * 240_000);
        assertEquals(conversion.interval(0.95).high() * scale, interval.high(), 0.02 * 240_000);
    }

    @Test
    void aProductOfTwoUncertainFactorsScattersAsTheClosedFormSays() {
        // Var(XY) = (μ₁² + σ₁²)(μ₂² + σ₂²) − μ₁²μ₂² for independent X, Y; the interval of a nearly normal product.
        double z = 1.959963984540054;
        WorthInput x = new WorthInput("x", Unit.NUMBER, WorthInput.Kind.MEASURED, 100 - z * 5, 100, 100 + z * 5);
        WorthInput y = new WorthInput(
                "y", Unit.money(Money.currency("EUR")), WorthInput.Kind.MEASURED, 50 - z * 2, 50, 50 + z * 2);
        Interval interval = Worth.over(YEAR, "EUR")
                .addedSales("b", x, y)
                .simulated(200_000, 5)
                .benefitInterval(0.95);
        double deviation = Math.sqrt((100 * 100 + 25.0) * (50 * 50 + 4.0) - 100.0 * 100 * 50 * 50);
        assertEquals(2 * z * deviation, interval.high() - interval.low(), 0.01 * 2 * z * deviation);
        // The delta method agrees to its order: σ² ≈ 50²·5² + 100²·2².
        assertEquals(Math.sqrt(50 * 50 * 25.0 + 100 * 100 * 4.0), deviation, 0.5);
    }

    @Test
    void aStatedInputScattersInATriangle() {
        WorthInput input = WorthInput.stated("s", Unit.NUMBER, 0, 2, 10);
        assertEquals(2, input.quantile(0.2), 1e-12); // the mode, at (2 − 0) ÷ (10 − 0)
        assertEquals(Math.sqrt(0.1 * 10 * 2), input.quantile(0.1), 1e-12);
        assertEquals(10 - Math.sqrt(0.5 * 10 * 8), input.quantile(0.5), 1e-12);
        double mean = 0;
        for (int i = 0; i < 100_000; i++) {
            mean += input.quantile((i + 0.5) / 100_000) / 100_000;
        }
        assertEquals((0 + 2 + 10) / 3.0, mean, 1e-4); // the mean of a triangle
        assertEquals(3, WorthInput.stated("c", Unit.NUMBER, 3, 3, 3).quantile(0.4));
    }

    @Test
    void aMeasuredInputHasItsBoundsAtItsLevel() {
        WorthInput input = new WorthInput("m", Unit.NUMBER, WorthInput.Kind.MEASURED, 1, 2, 6);
        assertEquals(1, input.quantile(0.025), 1e-9);
        assertEquals(2, input.quantile(0.5), 1e-9);
        assertEquals(6, input.quantile(0.975), 1e-9);
        assertEquals(new WorthInput("n", Unit.NUMBER, WorthInput.Kind.MEASURED, -6, -2, -1), input.negated("n"));
    }

    @Test
    void aSharedInputIsDrawnOnce() {
        // One uncertain input in two benefits: the sum scatters twice as wide, not √2 times.
        WorthInput visits = WorthInput.stated("visits", Unit.NUMBER, 50, 100, 150);
        WorthInput one = WorthInput.fixed("one", Money.of("1", "EUR"));
        Interval single = Worth.over(YEAR, "EUR").addedSales("a", visits, one).benefitInterval(0.95);
        Interval twice = Worth.over(YEAR, "EUR")
                .addedSales("a", visits, one)
                .savedCost("b", visits, one)
                .benefitInterval(0.95);
        assertEquals(2 * single.low(), twice.low(), 1e-9);
        assertEquals(2 * single.high(), twice.high(), 1e-9);
    }

    @Test
    void theTornadoIsSortedByWhatHangsOnAnInput() {
        WorthInput uplift = WorthInput.stated("uplift", Unit.SHARE, 0.001, 0.005, 0.006);
        WorthInput visits = WorthInput.stated("visits", Unit.NUMBER, 90_000, 100_000, 110_000);
        Worth worth = Worth.over(YEAR, "EUR")
                .addedSales("checkout", uplift, visits, ORDER)
                .investing(Money.of("20000", "EUR"));
        List<Worth.Swing> tornado = worth.tornado();
        assertEquals(
                List.of("uplift", "visits"),
                tornado.stream().map(s -> s.input().name()).toList());
        assertEquals(0.001 * 100_000 * 80 - 20_000, tornado.get(0).atLow(), 1e-6);
        assertEquals(0.006 * 100_000 * 80 - 20_000, tornado.get(0).atHigh(), 1e-6);
        assertEquals(0.005 * 90_000 * 80 - 20_000, tornado.get(1).atLow(), 1e-6);
        assertEquals(8_000, tornado.get(1).width(), 1e-6);
    }

    @Test
    void anUncertainBenefitMayNeverPayBack() {
        WorthInput uplift = new WorthInput("uplift", Unit.SHARE, WorthInput.Kind.MEASURED, -0.002, 0.002, 0.006);
        Worth worth = Worth.over(YEAR, "EUR")
                .addedSales("checkout", uplift, number("visits", 100_000), ORDER)
                .investing(Money.of("8000", "EUR"));
        assertEquals(Interval.Kind.UNBOUNDED, worth.paybackInterval(0.95).kind());
        // Loss below an uplift of 0.001, which is 0.4902 standard deviations (0.004 ÷ 1.96) below 0.002: Φ = 0.3121.
        assertEquals(0.3121, worth.chanceOfLoss(), 0.015);
        assertEquals(182.5, worth.payback().orElseThrow().toSeconds() / 86_400.0, 1e-6);
        assertTrue(worth.toString().contains("paid back in 183 days (it may never be paid back), a loss in 3"));
        Worth none = Worth.over(YEAR, "EUR")
                .addedSales("c", WorthInput.fixed("u", Unit.SHARE, -0.1), ORDER)
                .investing(Money.of("8", "EUR"));
        assertTrue(none.payback().isEmpty());
        assertTrue(none.toString().contains("never paid back"));
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        WorthInput visits = WorthInput.stated("visits", Unit.NUMBER, 50, 100, 150);
        Worth worth = Worth.over(YEAR, "EUR").addedSales("a", visits, ORDER);
        assertEquals(worth.benefitInterval(0.9), worth.benefitInterval(0.9));
        assertEquals(worth.benefitInterval(0.9), worth.simulated(10_000, 1).benefitInterval(0.9));
    }

    @Test
    void mistakesSayWhatToDo() {
        Worth worth = Worth.over(YEAR, "EUR");
        assertThrows(IllegalArgumentException.class, () -> worth.addedSales("no money", number("n", 2)));
        assertThrows(IllegalArgumentException.class, () -> worth.addedSales("euros²", ORDER, ORDER));
        assertThrows(
                IllegalArgumentException.class,
                () -> worth.addedSales("dollars", WorthInput.fixed("d", Money.of("1", "USD"))));
        assertThrows(IllegalArgumentException.class, () -> worth.investing(Money.of("-1", "EUR")));
        Worth one = worth.addedSales("a", number("n", 2), ORDER);
        assertEquals(
                "'n' stands for two different inputs: n 2.00 and n 3.00",
                assertThrows(IllegalArgumentException.class, () -> one.addedSales("b", number("n", 3), ORDER))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> WorthInput.stated("s", Unit.NUMBER, 2, 1, 3));
        assertThrows(
                IllegalArgumentException.class,
                () -> WorthInput.measured("m", Comparison.of(Share.of(0, 0), Share.of(1, 2))));
    }
}
