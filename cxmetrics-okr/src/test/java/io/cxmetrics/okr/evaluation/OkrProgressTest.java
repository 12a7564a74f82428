package io.cxmetrics.okr.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Interval;
import io.cxmetrics.okr.Target;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class OkrProgressTest {

    private static Target target(double start, double goal) {
        return start < goal ? Target.increase(start, goal) : Target.decrease(start, goal);
    }

    @Property
    void theStartIs0AndTheTargetIs1(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double start,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double goal) {
        Assume.that(start != goal);
        assertEquals(0, Progress.of(target(start, goal), start).raw());
        assertEquals(1, Progress.of(target(start, goal), goal).raw());
    }

    @Property
    void whatMeetsTheTargetIsDoneAndNothingElseIsMoreThanDone(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double start,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double goal,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double current) {
        Assume.that(start != goal);
        Target target = target(start, goal);
        double raw = Progress.of(target, current).raw();
        assertTrue(target.isMet(current) ? raw >= 1 : raw <= 1);
        assertEquals(Math.max(0, Math.min(1, raw)), Progress.of(target, current).clamped());
    }

    @Property
    void bothDirectionsAreMirrorImages(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double start,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double goal,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double current) {
        Assume.that(start != goal);
        assertEquals(
                Progress.of(target(start, goal), current).raw(),
                Progress.of(target(-start, -goal), -current).raw());
    }

    /** In binary, (0.325 − 0.4) / (0.25 − 0.4) is 0.5000000000000001 or less than 0.5, as it happens. */
    @Test
    void progressIsThatOfTheDecimalsThatPeopleSee() {
        assertEquals(0.5, Progress.of(Target.decrease(0.4, 0.25), 0.325).raw());
        assertEquals(0.1, Progress.of(Target.increase(0.6, 0.7), 0.61).raw());
        assertEquals(0.3, Progress.of(Target.increase(0, 1), 0.3).raw());
    }

    @Test
    void anUndefinedValueHasNoProgress() {
        assertThrows(IllegalArgumentException.class, () -> Progress.of(Target.atLeast(1), Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Progress.of(Target.increase(0, 1), 1 / 0.0));
        assertThrows(IllegalArgumentException.class, () -> new Progress(Double.NaN));
    }

    @Test
    void statusIsByDifferenceWithInclusiveBounds() {
        assertEquals(Status.ON_TRACK, Status.byDifference(0.5, 0.5));
        assertEquals(Status.ON_TRACK, Status.byDifference(0.5, 0.6));
        assertEquals(Status.BEHIND, Status.byDifference(0.5, 0.4999));
        assertEquals(Status.BEHIND, Status.byDifference(0.55, 0.3)); // 0.25000000000000006 in binary
        assertEquals(Status.BEHIND, Status.byDifference(0.7, 0.45));
        assertEquals(Status.AT_RISK, Status.byDifference(0.7, 0.4499));
        assertEquals(Status.AT_RISK, Status.byDifference(1, -3));
    }

    @Test
    void aTargetInsideTheIntervalLeavesADoubt() {
        Interval interval = Interval.bounded(0.78, 0.84, 0.95, "Wilson");
        assertEquals(Attainment.MET, Attainment.of(Target.atLeast(0.78), 0.81, interval));
        assertEquals(Attainment.MET_IN_DOUBT, Attainment.of(Target.atLeast(0.8), 0.81, interval));
        assertEquals(Attainment.NOT_MET_IN_DOUBT, Attainment.of(Target.atLeast(0.82), 0.81, interval));
        assertEquals(Attainment.NOT_MET, Attainment.of(Target.atLeast(0.85), 0.81, interval));
        assertEquals(Attainment.MET, Attainment.of(Target.decrease(1, 0.84), 0.81, interval));
        assertEquals(Attainment.MET_IN_DOUBT, Attainment.of(Target.decrease(1, 0.82), 0.81, interval));
        assertEquals(Attainment.NOT_MET_IN_DOUBT, Attainment.of(Target.atMost(0.8), 0.81, interval));
        assertEquals(Attainment.NOT_MET, Attainment.of(Target.atMost(0.7), 0.81, interval));
    }

    @Test
    void withoutAnIntervalNothingIsBeyondDoubt() {
        for (Interval none : new Interval[] {Interval.unbounded(0.95, "Fieller"), Interval.undefined(0.95, "n = 1")}) {
            assertEquals(Attainment.MET_IN_DOUBT, Attainment.of(Target.atLeast(0.8), 0.9, none));
            assertEquals(Attainment.NOT_MET_IN_DOUBT, Attainment.of(Target.atLeast(0.8), 0.7, none));
        }
    }
}
