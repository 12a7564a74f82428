package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.Truth;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SignalShareLawsTest extends StatisticLaws<SignalShareLawsTest.Visit, SignalShare> {

    record Visit(Truth rude, Truth lost, Long clicks, Truth guest) {
        Truth tired() {
            return clicks == null ? Truth.MISSING : Truth.of(clicks > 20);
        }

        Truth any() {
            return rude.or(lost).or(tired());
        }
    }

    private static Kpi<SignalShare> score(String first, Condition second, long clicks) {
        Map<String, Condition> signals = new LinkedHashMap<>();
        signals.put(first, Field.flag("rude"));
        signals.put("lost", second);
        signals.put("tired", Field.whole("clicks").gt(clicks));
        return SignalShare.kpi("calm", signals).where(Field.flag("guest").not());
    }

    @Override
    protected Kpi<SignalShare> kpi() {
        return score("rude", Field.flag("lost"), 20);
    }

    @Override
    protected Fields<Visit> fields() {
        Fields<Visit> fields = Fields.of(Visit.class).whole("clicks", Visit::clicks);
        fields = Truth.flag(fields, "rude", Visit::rude);
        fields = Truth.flag(fields, "lost", Visit::lost);
        return Truth.flag(fields, "guest", Visit::guest);
    }

    @Override
    protected Arbitrary<Visit> rows() {
        return Combinators.combine(
                        Truth.any(),
                        Truth.any(),
                        Arbitraries.longs().between(0, 25).injectNull(0.1),
                        Truth.any())
                .as(Visit::new);
    }

    @Override
    protected Outcome outcome(Visit visit) {
        return outcome(visit.guest.not(), visit.any());
    }

    @Override
    protected double value(List<Visit> used) {
        double calm = 0;
        for (Visit visit : used) {
            calm += visit.any().isFalse() ? 1 : 0;
        }
        return 100 * calm / used.size();
    }

    @Override
    protected List<Kpi<SignalShare>> others() {
        return List.of(
                score("noisy", Field.flag("lost"), 20),
                score("rude", Field.flag("lost").not(), 20),
                score("rude", Field.flag("lost"), 21),
                SignalShare.kpi("calm", Map.of("rude", Field.flag("rude"))).where(kpi().where()));
    }

    @Property(tries = 100)
    void eachSignalHasItsOwnRateOverTheUsedRowsInWhichItIsKnown(@ForAll("lists") List<Visit> rows) {
        List<SignalShare.Rate> rates = kpi().of(fields(), rows).rates();

        assertEquals(
                List.of("rude", "lost", "tired"),
                rates.stream().map(SignalShare.Rate::signal).toList());
        long[] present = new long[3];
        long[] known = new long[3];
        for (Visit visit : rows) {
            if (outcome(visit) == Outcome.USED) {
                Truth[] signals = {visit.rude, visit.lost, visit.tired()};
                for (int i = 0; i < 3; i++) {
                    present[i] += signals[i].isTrue() ? 1 : 0;
                    known[i] += signals[i].isUnknown() ? 0 : 1;
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(present[i], rates.get(i).present());
            assertEquals(known[i], rates.get(i).known());
            assertEquals(known[i] == 0, rates.get(i).value().isEmpty());
            assertEquals(known[i] > 0, rates.get(i).interval(0.95).isBounded());
        }
    }
}
