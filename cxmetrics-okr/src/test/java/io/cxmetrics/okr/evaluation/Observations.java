package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.Window;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.time.Grain;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** Rows of plain numbers, a KPI that is their mean, and plans about it in 2026-Q1. */
final class Observations {
    static final Kpi<Mean> KPI = Mean.kpi("value", Field.number("value"), Direction.NEUTRAL);
    static final Cycle Q1 = Cycle.parse("2026-Q1");

    private Observations() {}

    record Row(LocalDate day, String touchpoint, String channel, Double value) {}

    static final Fields<Row> FIELDS = Fields.of(Row.class)
            .date("day", Row::day)
            .text("touchpoint", Row::touchpoint)
            .text("channel", Row::channel)
            .number("value", Row::value);

    static Row row(String day, double value) {
        return new Row(LocalDate.parse(day), "cart", "web", value);
    }

    static Scorecard<Row> card(Grain grain) {
        return Scorecard.over(FIELDS).every(grain, "day", ZoneOffset.UTC).kpis(KPI);
    }

    /** A scorecard per day without dimensions. */
    static ScorecardResult daily(Row... rows) {
        return card(Grain.DAY).compute(Arrays.asList(rows));
    }

    static KeyResult keyResult(String id, Target target, Window window) {
        return KeyResult.of(id, "Title of " + id, target, Measure.of("value", window));
    }

    static OkrPlan plan(KeyResult... keyResults) {
        return OkrPlan.of(
                ZoneId.of("Europe/Helsinki"),
                List.of(KPI),
                List.of(Journey.of(
                        "buying", "Buying", Touchpoint.of("cart", "Cart"), Touchpoint.of("payment", "Payment"))),
                List.of(Objective.of("objective", "Objective", Q1, keyResults)));
    }

    /** The report of a key result whose value, measured on the last day that counts, is known. */
    static KeyResultReport at(double value, Target target, String asOf) {
        LocalDate day = LocalDate.parse(asOf);
        String last = (day.isBefore(Q1.end()) ? day : Q1.lastDay()).toString();
        return OkrEvaluator.of(plan(keyResult("k", target, Window.cycleToDate())))
                .evaluate(List.of(daily(row(last, value))), day)
                .keyResult("k")
                .orElseThrow();
    }
}
