package io.cxmetrics.okr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OkrTargetTest {

    private static void assertRefused(String message, Executable target) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, target).getMessage());
    }

    @Test
    void thresholdsAreInclusive() {
        assertTrue(Target.increase(1, 5).isMet(5));
        assertTrue(Target.decrease(5, 1).isMet(1));
        assertTrue(Target.atLeast(0.8).isMet(0.8));
        assertTrue(Target.atMost(0).isMet(0));
        assertFalse(Target.atLeast(0.8).isMet(0.79));
        assertFalse(Target.atMost(0).isMet(0.01));
    }

    @Test
    void noValueMeetsNoTarget() {
        assertFalse(Target.atLeast(0.8).isMet(Double.NaN));
        assertFalse(Target.atMost(0.8).isMet(Double.NaN));
    }

    @Test
    void aStartEqualToTheTargetIsRefused() { // akvo-rsr #2830
        String message = "start = target = 5.0: progress (current − start)/(target − start) has no meaning";
        assertRefused(message, () -> Target.increase(5, 5));
        assertRefused(message, () -> Target.decrease(5, 5));
        assertRefused(message, () -> Target.atLeast(5, 5));
        assertRefused(message, () -> Target.atMost(5, 5));
        assertThrows(IllegalArgumentException.class, () -> Target.increase(-0.0, 0.0));
    }

    @Test
    void aTargetTheWrongWayIsRefused() {
        assertRefused("from 5.0 to 3.0 is a fall; use decrease or atMost", () -> Target.increase(5, 3));
        assertRefused("from 3.0 to 5.0 is a rise; use increase or atLeast", () -> Target.decrease(3, 5));
        assertRefused("from 5.0 to 3.0 is a fall; use decrease or atMost", () -> Target.atLeast(3, 5));
        assertRefused("from 3.0 to 5.0 is a rise; use increase or atLeast", () -> Target.atMost(5, 3));
    }

    @Test
    void onlyFiniteNumbersAreTargets() {
        assertRefused("a target needs finite numbers; found NaN", () -> Target.atLeast(Double.NaN));
        assertRefused("a target needs finite numbers; found Infinity", () -> Target.increase(0, 1 / 0.0));
        assertRefused("a target needs finite numbers; found NaN", () -> Target.atMost(1, Double.NaN));
    }

    @Test
    void negativeTargetsAreTargets() { // integer fields that refuse a negative NPS
        assertEquals(-20, Target.increase(-20, -5).start().orElseThrow());
        assertTrue(Target.atLeast(-5).isMet(-5));
    }

    @Test
    void minusZeroIsZero() {
        assertEquals(Target.atMost(0), Target.atMost(-0.0));
        assertEquals(Target.decrease(1, 0), Target.decrease(1, -0.0));
    }
}
