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
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class AssumptionTest {
    /** 002: "the path to purchase gets 20 % shorter, which raises conversion by 15 %". */
    private static final Assumption STATED = new Assumption(
            "path to purchase", -0.20, "conversion", 0.05, 0.15, 0.20, "the steering group", LocalDate.of(2026, 1, 5));

    private static Comparison share(long before, long after) {
        return Comparison.of(Share.of(before, 10_000), Share.of(after, 10_000));
    }

    @Test
    void itIsStatedAndVaried() {
        assertEquals(
                "assumed: path to purchase -20.0 %, conversion +15.0 % (+5.0 %…+20.0 %), by the steering group on 2026-01-05",
                STATED.toString());
        Worth worth = Worth.over(Duration.ofDays(365), "EUR")
                .addedSales(
                        "shorter path",
                        WorthInput.fixed("conversion now", Unit.SHARE, 0.03),
                        STATED.input(),
                        WorthInput.fixed("visits", Unit.NUMBER, 1_000_000),
                        WorthInput.fixed("order value", Money.of("80", "EUR")));
        assertEquals(Money.of("360000", "EUR"), worth.benefit());
        assertEquals(0.05 * 2_400_000, worth.tornado().get(0).atLow(), 1e-6);
        assertEquals(0.20 * 2_400_000, worth.tornado().get(0).atHigh(), 1e-6);
    }

    @Test
    void itIsHeldAgainstWhatHappened() {
        // Conversion from 5.0 % to 5.2 %: +4 %; the lever from 50 % to 40 %: −20 %.
        Assumption.Check check = STATED.check(share(5000, 4000), share(500, 520), 0.95);
        assertEquals(Assumption.Verdict.AS_ASSUMED, check.leverVerdict());
        assertEquals(-0.20, check.lever().getAsDouble(), 1e-12);
        assertEquals(0.04, check.result().getAsDouble(), 1e-12);
        assertEquals(0.15, check.expected().getAsDouble(), 1e-12);
        assertEquals(share(500, 520).relativeInterval(0.95), check.resultInterval());
        assertEquals(
                0.075,
                STATED.check(share(5000, 4500), share(500, 520), 0.95)
                        .expected()
                        .getAsDouble(),
                1e-12);
        String text = check.toString();
        assertTrue(text.contains("measured: path to purchase -20.0 % (95 % "), text);
        assertTrue(text.endsWith("; in proportion to the measured path to purchase, +15.0 % was to be expected"), text);
    }

    @Test
    void theVerdictFollowsTheInterval() {
        assertEquals(Assumption.Verdict.AS_ASSUMED, verdict(0.15, 0.05, 0.20));
        assertEquals(Assumption.Verdict.LESS, verdict(0.15, 0.02, 0.10));
        assertEquals(Assumption.Verdict.LESS, verdict(0.15, -0.10, -0.02));
        assertEquals(Assumption.Verdict.LESS, verdict(0.15, -0.05, 0.05));
        assertEquals(Assumption.Verdict.MORE, verdict(0.15, 0.16, 0.30));
        assertEquals(Assumption.Verdict.OPEN, verdict(0.15, -0.05, 0.30));
        assertEquals(Assumption.Verdict.MORE, verdict(-0.20, -0.40, -0.25));
        assertEquals(Assumption.Verdict.LESS, verdict(-0.20, -0.10, -0.05));
        assertEquals(
                Assumption.Verdict.OPEN, Assumption.Verdict.of(0.1, Interval.undefined(0.95, "too few observations")));
    }

    private static Assumption.Verdict verdict(double assumed, double low, double high) {
        return Assumption.Verdict.of(assumed, Interval.bounded(low, high, 0.95, "test"));
    }

    @Test
    void whatCannotBeComparedIsNotDecided() {
        Assumption.Check check = STATED.check(share(5000, 4000), Comparison.of(Share.of(0, 0), Share.of(1, 9)), 0.95);
        assertEquals(Assumption.Verdict.OPEN, check.resultVerdict());
        assertTrue(check.toString().contains("measured: conversion undefined, not decided by the data"));
    }

    @Test
    void mistakesSayWhatToDo() {
        LocalDate day = LocalDate.of(2026, 1, 5);
        assertThrows(IllegalArgumentException.class, () -> new Assumption("a", 0, "b", 0.1, 0.1, 0.1, "me", day));
        assertThrows(IllegalArgumentException.class, () -> new Assumption("a", 0.1, "b", 0.2, 0.1, 0.3, "me", day));
        assertThrows(IllegalArgumentException.class, () -> new Assumption("a", 0.1, "b", 0.1, 0.1, 0.3, " ", day));
    }
}
