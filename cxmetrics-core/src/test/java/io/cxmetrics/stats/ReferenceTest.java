package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A KPI beside a stated value, and an index of several KPIs. */
class ReferenceTest {
    private static final Share OWN = Share.of(860, 1000);

    @Test
    void aBareFigureIsTakenAsExact() {
        Reference.Beside beside = Reference.of("industry 2025", 0.80).compare(OWN, 0.95);
        assertEquals(Reference.Standing.BETTER, beside.standing());
        assertEquals(0.06, beside.difference().orElseThrow(), 1e-12);
        // The distance of the Wilson bounds to .80.
        assertEquals(OWN.interval(0.95).low() - 0.80, beside.interval().low(), 1e-12);
        assertEquals(OWN.interval(0.95).high() - 0.80, beside.interval().high(), 1e-12);
        assertEquals(
                "share 86.0 % is better than industry 2025, 80.0 % (taken as exact): +6.0 points (95 % 3.7…8.0)",
                beside.toString());
    }

    @Test
    void aReferenceWithItsOwnIntervalIsAComparisonOfTwoSamples() {
        // KPI reference, section 5: 56/70 − 48/80, Newcombe hybrid.
        Reference.Beside beside =
                Reference.of("last year", Share.of(48, 80), 0.95).compare(Share.of(56, 70), 0.95);
        assertEquals(.052431, beside.interval().low(), 5e-7);
        assertEquals(.333873, beside.interval().high(), 5e-7);
        assertEquals(
                "share 80.0 % is better than last year, 60.0 % (n = 80): +20.0 points (95 % 5.2…33.4)",
                beside.toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> Reference.of("last year", Share.of(48, 80), 0.95).compare(OWN, 0.9));
        assertThrows(IllegalArgumentException.class, () -> Reference.of("nothing", Share.of(0, 0), 0.95));
    }

    @Test
    void whetherHigherIsBetterIsTheKpis() {
        Kpi<Share> waits = Share.kpi("long", Field.flag("long"));
        Fields<Integer> fields = Fields.of(Integer.class).flag("long", i -> i < 860);
        List<Integer> rows =
                new Random(1).ints(0, 1000).distinct().limit(1000).boxed().toList();
        Reference eighty = Reference.of("target", 0.8);
        assertEquals(
                Reference.Standing.WORSE,
                eighty.compare(waits.withDirection(Direction.LOWER_IS_BETTER).of(fields, rows), 0.95)
                        .standing());
        assertEquals(
                Reference.Standing.DIFFERENT,
                eighty.compare(waits.withDirection(Direction.NEUTRAL).of(fields, rows), 0.95)
                        .standing());
        assertEquals(
                Reference.Standing.UNCLEAR,
                Reference.of("target", 0.85).compare(OWN, 0.95).standing());
        assertEquals(
                "share undefined beside target, 80.0 % (taken as exact)",
                eighty.compare(Share.of(0, 0), 0.95).toString());
    }

    @Test
    void impossibleReferencesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Reference.of(" ", 1));
        assertThrows(IllegalArgumentException.class, () -> Reference.of("x", Double.NaN));
        assertThrows(
                IllegalArgumentException.class, () -> Reference.of("x", 3, 10, Interval.bounded(1, 2, 0.95, "stated")));
    }

    private static final Kpi<Share> FCR = Share.kpi("fcr", Field.flag("resolved"));
    private static final Kpi<Share> CHURN =
            Share.kpi("churn", Field.flag("left")).withDirection(Direction.LOWER_IS_BETTER);

    private static Share of(Kpi<Share> kpi, int hits, int n) {
        String flag = ((Condition.Flag) ((Share.Definition) kpi.definition()).hit())
                .field()
                .name();
        List<Integer> rows = java.util.stream.IntStream.range(0, n).boxed().toList();
        return kpi.of(Fields.of(Integer.class).flag(flag, i -> i < hits), rows);
    }

    @Test
    void anIndexMapsEachKpiAndWeighsIt() {
        CompositeIndex index =
                CompositeIndex.named("CX index").with(FCR, 3, 0.4, 0.9).with(CHURN, 1, 0.2, 0);
        List<Estimate> results = List.of(of(CHURN, 5, 100), of(FCR, 70, 100));
        CompositeIndex.Result result = index.of(results, 0.95);
        // 0.7 of 0.4…0.9 is 60; 0.05 of 0.2…0 is 75.
        assertEquals(0.75 * 60 + 0.25 * 75, result.value().orElseThrow(), 1e-9);
        Interval fcr = results.get(1).interval(0.95);
        Interval churn = results.get(0).interval(0.95);
        double below = Math.hypot(0.75 * 200 * (0.7 - fcr.low()), 0.25 * 500 * (churn.high() - 0.05));
        double above = Math.hypot(0.75 * 200 * (fcr.high() - 0.7), 0.25 * 500 * (0.05 - churn.low()));
        assertEquals(63.75 - below, result.interval().low(), 1e-9);
        assertEquals(63.75 + above, result.interval().high(), 1e-9);
        assertTrue(result.toString().startsWith("CX index 63.8 (95 % "), result.toString());
        assertTrue(
                result.toString().endsWith("parts taken as independent: fcr 70.0 % → 60.0, churn 5.0 % → 75.0"),
                result.toString());
    }

    @Test
    void mappedValuesAndBoundsAreCutAtZeroAndAHundred() {
        CompositeIndex index = CompositeIndex.named("i").with(FCR, 1, 0.4, 0.9);
        CompositeIndex.Result result = index.of(List.of(of(FCR, 99, 100)), 0.95);
        assertEquals(100, result.value().orElseThrow());
        assertEquals(100, result.interval().high());
    }

    @Test
    void anUndefinedPartMakesTheIndexUndefinedAndIsNamed() {
        CompositeIndex index =
                CompositeIndex.named("CX index").with(FCR, 3, 0.4, 0.9).with(CHURN, 1, 0.2, 0);
        CompositeIndex.Result result = index.of(List.of(of(FCR, 70, 100), of(CHURN, 0, 0)), 0.95);
        assertTrue(result.value().isEmpty());
        assertEquals("churn is undefined", result.interval().method());
        assertEquals(
                "CX index undefined, parts taken as independent: fcr 70.0 % → 60.0, churn undefined",
                result.toString());
        assertThrows(IllegalArgumentException.class, () -> index.of(List.of(of(FCR, 70, 100)), 0.95));
        assertThrows(IllegalArgumentException.class, () -> index.with(FCR, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> index.with(FCR.withId("x"), 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> index.with(FCR.withId("x"), 0, 0, 1));
        assertThrows(
                IllegalStateException.class, () -> CompositeIndex.named("none").of(List.of(), 0.95));
    }

    @Test
    void theIntervalOfIndependentPartsKeepsItsLevel() {
        // 2000 simulated indices of two shares, .7 of 60 and .2 of 80; seed 20260301.
        Random random = new Random(20_260_301);
        CompositeIndex index = CompositeIndex.named("i").with(FCR, 1, 0, 1).with(CHURN, 1, 1, 0);
        int covered = 0;
        for (int i = 0; i < 2_000; i++) {
            int resolved = 0;
            int left = 0;
            for (int k = 0; k < 80; k++) {
                resolved += k < 60 && random.nextDouble() < 0.7 ? 1 : 0;
                left += random.nextDouble() < 0.2 ? 1 : 0;
            }
            Interval interval = index.of(List.of(of(FCR, resolved, 60), of(CHURN, left, 80)), 0.95)
                    .interval();
            covered += interval.contains(50 * 0.7 + 50 * 0.8) ? 1 : 0;
        }
        assertEquals(0.95, covered / 2_000.0, 0.015);
    }
}
