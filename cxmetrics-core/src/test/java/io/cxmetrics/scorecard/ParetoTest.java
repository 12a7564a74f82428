package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Share;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParetoTest {
    private static final Kpi<Share> ALL = Share.kpi("contacts", Condition.always());
    private static final Fields<String> FIELDS =
            Fields.of(String.class).text("reason", reason -> reason.isEmpty() ? null : reason);

    private static Pareto of(Object... labelsAndCounts) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < labelsAndCounts.length; i += 2) {
            rows.addAll(Collections.nCopies((Integer) labelsAndCounts[i + 1], (String) labelsAndCounts[i]));
        }
        ScorecardResult result = Scorecard.over(FIELDS).by("reason").kpis(ALL).compute(rows);
        return Pareto.of(result, ALL, "reason");
    }

    @Test
    void reasonsAreRankedWithTheirCumulativeShare() {
        Pareto reasons = of("billing", 50, "moving", 30, "outage", 15, "other", 5, "", 10);
        assertEquals("""
                1. billing 50 (50.0 %, cumulative 50.0 %)
                2. moving 30 (30.0 %, cumulative 80.0 %)
                3. outage 15 (15.0 %, cumulative 95.0 %)
                4. other 5 (5.0 %, cumulative 100.0 %)
                100 with a reason, 10 without""", reasons.toString());
        assertEquals(
                List.of("billing", "moving"),
                reasons.explaining(0.8).stream().map(Pareto.Entry::label).toList());
        assertEquals(Share.of(15, 100), reasons.entries().get(2).share());
        assertThrows(IllegalArgumentException.class, () -> reasons.explaining(0));
    }

    @Test
    void equalCountsShareARank() {
        assertEquals(
                List.of(1, 2, 2, 4),
                of("d", 1, "b", 2, "c", 2, "a", 9).entries().stream()
                        .map(Pareto.Entry::rank)
                        .toList());
    }

    @Test
    void percentagesThatMustAddUpToAHundredDo() {
        Pareto thirds = of("a", 1, "b", 1, "c", 1);
        assertEquals(
                List.of(new BigDecimal("33.4"), new BigDecimal("33.3"), new BigDecimal("33.3")), thirds.percentages(1));
        // Rounded each for itself: 38 + 38 + 13 + 13 = 102.
        assertEquals(
                List.of(38, 38, 12, 12),
                of("a", 3, "b", 3, "c", 1, "d", 1).percentages(0).stream()
                        .map(BigDecimal::intValueExact)
                        .toList());
        assertEquals(List.of(), of().percentages(0));
        assertThrows(IllegalArgumentException.class, () -> thirds.percentages(-1));
    }

    @Test
    void risingReasonsAreThoseBeyondChance() {
        Pareto before = of("billing", 500, "moving", 480, "outage", 20);
        Pareto after = of("billing", 505, "moving", 400, "outage", 80, "spam", 15);
        assertEquals(
                List.of("outage", "spam", "billing", "moving"),
                after.since(before).stream().map(Pareto.Shift::label).toList());
        assertEquals(
                List.of("outage", "spam"),
                after.risingSince(before, 0.95).stream()
                        .map(Pareto.Shift::label)
                        .toList());
        assertEquals(
                List.of("moving"),
                after.fallingSince(before, 0.95).stream()
                        .map(Pareto.Shift::label)
                        .toList());
        assertEquals(
                "outage rose 6.0 points (95 % 4.1…8.0), p < 0.001",
                after.since(before).get(0).toString());
    }

    @Test
    void whatIsNotPartOfTheScorecardIsRefused() {
        ScorecardResult result = Scorecard.over(FIELDS).by("reason").kpis(ALL).compute(List.of("a"));
        assertThrows(IllegalArgumentException.class, () -> Pareto.of(result, ALL, "topic"));
        assertThrows(IllegalArgumentException.class, () -> Pareto.of(result, ALL.withId("other"), "reason"));
    }
}
