package io.cxmetrics.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Unit;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Money;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoneyReferenceTest {
    private static Money euros(String amount) {
        return Money.of(amount, "EUR");
    }

    /** mission.md, document 004: (45 000 + 180 000 − 85 000) / 85 000, stated as 165 %. */
    private static final Roi STATED = new Roi(euros("45000"), euros("180000"), euros("85000"));

    @Test
    void returnOnInvestmentOfTheMission() {
        assertEquals(140_000 / 85_000.0, STATED.value(), 1e-15);
        assertEquals(165, Math.round(100 * STATED.value()));
        assertEquals("ROI 164.7 % (45000.00 EUR saved + 180000.00 EUR sold on 85000.00 EUR)", STATED.toString());
    }

    @Test
    void theSameOverInitiativesIsARatioOfSums() {
        Fields<Roi> fields = Fields.of(Roi.class)
                .money(MoneyKpis.SAVED_COST, "EUR", Roi::savedCost)
                .money(MoneyKpis.ADDED_SALES, "EUR", Roi::addedSales)
                .money(MoneyKpis.INVESTMENT, "EUR", Roi::investment);
        assertEquals(
                STATED.value(),
                MoneyKpis.roi("EUR").of(fields, List.of(STATED)).value().orElseThrow(),
                1e-15);
        List<Roi> two = List.of(STATED, new Roi(euros("5000"), euros("0"), euros("15000")));
        assertEquals(
                130_000 / 100_000.0,
                MoneyKpis.roi("EUR").of(fields, two).value().orElseThrow(),
                1e-15);
        assertEquals(
                85 / 225.0,
                MoneyKpis.payback("EUR").of(fields, List.of(STATED)).value().orElseThrow(),
                1e-15);
    }

    @Test
    void paybackIsTheShareOfTheHorizonThatTheInvestmentIsOfTheBenefit() {
        assertEquals(
                Duration.ofSeconds(Math.round(85_000 / 225_000.0 * 365 * 86_400)),
                STATED.payback(Duration.ofDays(365)).orElseThrow());
        assertTrue(new Roi(euros("0"), euros("0"), euros("1"))
                .payback(Duration.ofDays(365))
                .isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new Roi(euros("1"), euros("1"), euros("0")));
        assertThrows(IllegalArgumentException.class, () -> new Roi(euros("1"), euros("1"), Money.of("1", "USD")));
    }

    @Test
    void changesAreAbsoluteAndRelative() {
        ValueChange change = new ValueChange(Unit.SHARE, 0.23, 0.38);
        assertEquals(0.15, change.absolute());
        assertEquals(15 / 23.0, change.relative().orElseThrow(), 1e-15);
        assertEquals("23.0 % → 38.0 % (+65.2 %)", change.toString());
        // From −20 to −10 is a rise of a half.
        assertEquals(0.5, new ValueChange(Unit.POINTS, -20, -10).relative().orElseThrow());
        assertTrue(new ValueChange(Unit.SHARE, 0, 0.1).relative().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new ValueChange(Unit.SHARE, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> ValueChange.of(Share.of(0, 0), Share.of(1, 2)));
    }
}
