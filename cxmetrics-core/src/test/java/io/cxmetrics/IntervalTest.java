package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {

    @Test
    void boundedContainsItsBoundsAndWhatLiesBetween() {
        Interval interval = Interval.bounded(0.8, 0.9, 0.95, "Wilson");

        assertTrue(interval.isBounded());
        assertTrue(interval.contains(0.8) && interval.contains(0.85) && interval.contains(0.9));
        assertFalse(interval.contains(0.79) || interval.contains(0.91) || interval.contains(Double.NaN));
    }

    @Test
    void unboundedContainsEverything() {
        Interval interval = Interval.unbounded(0.95, "Fieller");

        assertFalse(interval.isBounded());
        assertEquals(Interval.Kind.UNBOUNDED, interval.kind());
        assertTrue(interval.contains(-1e300) && interval.contains(0) && interval.contains(1e300));
    }

    @Test
    void undefinedContainsNothing() {
        Interval interval = Interval.undefined(0.95, "nothing observed");

        assertFalse(interval.isBounded());
        assertEquals(Interval.Kind.UNDEFINED, interval.kind());
        assertFalse(interval.contains(0));
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "NaN, 1", "1, NaN", "-Infinity, 1", "1, Infinity"})
    void boundsThatAreNotFiniteOrNotInOrderAreRefused(double low, double high) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Interval.bounded(low, high, 0.95, "t"));

        assertEquals("the bounds " + low + " and " + high + " of t are not in order", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.0, -0.5, 95, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void levelThatIsNotBetweenZeroAndOneIsRefused(double level) {
        String expected = "a confidence level lies strictly between 0 and 1, such as 0.95; found " + level;
        for (var attempt : new org.junit.jupiter.api.function.Executable[] {
            () -> Interval.checkLevel(level),
            () -> Interval.bounded(0, 1, level, "t"),
            () -> Interval.unbounded(level, "t"),
            () -> Interval.undefined(level, "t")
        }) {
            assertEquals(
                    expected,
                    assertThrows(IllegalArgumentException.class, attempt).getMessage());
        }
    }

    @Test
    void timesScalesBothBounds() {
        assertEquals(
                Interval.bounded(-50, 100, 0.95, "score"),
                Interval.bounded(-0.5, 1, 0.95, "score").times(100));
    }

    @Test
    void timesLeavesWhatHasNoBounds() {
        Interval unbounded = Interval.unbounded(0.95, "Fieller");
        Interval undefined = Interval.undefined(0.95, "nothing observed");

        assertSame(unbounded, unbounded.times(100));
        assertSame(undefined, undefined.times(100));
    }

    @Test
    void intervalsWithEqualPartsAreEqual() {
        assertEquals(Interval.undefined(0.95, "nothing observed"), Interval.undefined(0.95, "nothing observed"));
        assertNotEquals(Interval.bounded(0, 1, 0.95, "t"), Interval.bounded(0, 1, 0.9, "t"));
        assertNotEquals(Interval.bounded(0, 1, 0.95, "t"), Interval.bounded(0, 1, 0.95, "Wilson"));
    }

    @Test
    void printsLevelBoundsAndMethod() {
        assertEquals(
                "95 % 0.837…0.88 (Wilson)",
                Interval.bounded(0.837, 0.88, 0.95, "Wilson").toString());
        assertEquals(
                "99.9 % -51.6667…0 (t)",
                Interval.bounded(-51.666_666, -0.0, 0.999, "t").toString());
        assertEquals(
                "90 % unbounded (Fieller)", Interval.unbounded(0.9, "Fieller").toString());
        assertEquals(
                "95 % undefined (nothing observed)",
                Interval.undefined(0.95, "nothing observed").toString());
    }
}
