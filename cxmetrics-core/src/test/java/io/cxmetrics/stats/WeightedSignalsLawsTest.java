package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.Truth;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;

class WeightedSignalsLawsTest extends StatisticLaws<WeightedSignalsLawsTest.Visit, WeightedSignals> {

    record Visit(Truth rude, Truth lost, Truth tired, Truth guest) {}

    private static Kpi<WeightedSignals> score(String first, double rude, double lost, Condition tired) {
        Map<String, WeightedSignals.Weighted> signals = new LinkedHashMap<>();
        signals.put(first, new WeightedSignals.Weighted(Field.flag("rude"), rude));
        signals.put("lost", new WeightedSignals.Weighted(Field.flag("lost"), lost));
        signals.put("tired", new WeightedSignals.Weighted(tired, 0.25));
        return WeightedSignals.kpi("calm", signals).where(Field.flag("guest").not());
    }

    @Override
    protected Kpi<WeightedSignals> kpi() {
        return score("rude", 0.5, 0.25, Field.flag("tired"));
    }

    @Override
    protected Fields<Visit> fields() {
        Fields<Visit> fields = Fields.of(Visit.class);
        fields = Truth.flag(fields, "rude", Visit::rude);
        fields = Truth.flag(fields, "lost", Visit::lost);
        fields = Truth.flag(fields, "tired", Visit::tired);
        return Truth.flag(fields, "guest", Visit::guest);
    }

    @Override
    protected Arbitrary<Visit> rows() {
        return Combinators.combine(Truth.any(), Truth.any(), Truth.any(), Truth.any())
                .as(Visit::new);
    }

    /** Every signal must be known. */
    @Override
    protected Outcome outcome(Visit visit) {
        Truth known = Truth.TRUE;
        for (Truth signal : new Truth[] {visit.rude, visit.lost, visit.tired}) {
            known = known.and(signal.isUnknown() ? signal : Truth.TRUE);
        }
        return outcome(visit.guest.not(), known);
    }

    @Override
    protected double value(List<Visit> used) {
        double lost = 0;
        for (Visit visit : used) {
            lost += (visit.rude.isTrue() ? 0.5 : 0)
                    + (visit.lost.isTrue() ? 0.25 : 0)
                    + (visit.tired.isTrue() ? 0.25 : 0);
        }
        return 100 * (1 - lost / used.size());
    }

    @Override
    protected List<Kpi<WeightedSignals>> others() {
        return List.of(
                score("noisy", 0.5, 0.25, Field.flag("tired")),
                score("rude", 0.25, 0.5, Field.flag("tired")),
                score("rude", 0.5, 0.25, Field.flag("tired").not()));
    }

    @Example
    void weightsSumToOneAndArePositive() {
        assertThrows(IllegalArgumentException.class, () -> score("rude", 0.5, 0.3, Field.flag("tired")));
        assertThrows(IllegalArgumentException.class, () -> new WeightedSignals.Weighted(Field.flag("a"), 0));
        assertThrows(IllegalArgumentException.class, () -> new WeightedSignals.Weighted(Field.flag("a"), Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> WeightedSignals.kpi("none", Map.of()));
    }

    @Example
    void theFormulaShowsTheWeights() {
        assertEquals(
                "mean of 100 · (1 − (0.5 · [rude] + 0.25 · [lost] + 0.25 · [tired]))",
                kpi().definition().formula());
    }
}
