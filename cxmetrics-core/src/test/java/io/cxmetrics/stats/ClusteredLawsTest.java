package io.cxmetrics.stats;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.Truth;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Group;

class ClusteredLawsTest {

    /** An answer with the customer who gave it; few customers, so that most answer several times. */
    record Answer(String customer, Long score, Double spent, Truth solved) {
        static Fields<Answer> fields() {
            Fields<Answer> fields = Fields.of(Answer.class)
                    .text("customer", Answer::customer)
                    .whole("recommendation", Answer::score)
                    .number("spent", Answer::spent);
            return Truth.flag(fields, "solved", Answer::solved);
        }

        static Arbitrary<Answer> any() {
            return Combinators.combine(
                            Arbitraries.of("ann", "bob", "eve", "ä€𝄞", "5", "6", "7", "8", "")
                                    .injectNull(0.1),
                            Arbitraries.longs().between(-1, 11).injectNull(0.1),
                            Arbitraries.of(0.1, 0.2, 0.3, -7.5, 0.0, 1e100, 1e-100)
                                    .injectNull(0.1),
                            Truth.any())
                    .as(Answer::new);
        }

        Truth customerKnown() {
            return customer == null ? Truth.MISSING : Truth.TRUE;
        }
    }

    abstract static class Laws extends StatisticLaws<Answer, Clustered> {
        abstract Kpi<?> plain();

        @Override
        protected Kpi<Clustered> kpi() {
            return Clustered.by(Field.text("customer"), plain());
        }

        @Override
        protected Fields<Answer> fields() {
            return Answer.fields();
        }

        @Override
        protected Arbitrary<Answer> rows() {
            return Answer.any();
        }

        @Override
        protected List<Kpi<Clustered>> others() {
            return List.of(
                    Clustered.by(Field.text("household"), plain()),
                    Clustered.by(Field.text("customer"), plain().where(Field.flag("adult"))));
        }
    }

    @Group
    class NetScore extends Laws {
        @Override
        Kpi<?> plain() {
            return Nps.kpi("nps", Nps.RECOMMENDATION);
        }

        @Override
        protected Outcome outcome(Answer answer) {
            Truth score = answer.score == null
                    ? Truth.MISSING
                    : answer.score < 0 || answer.score > 10 ? Truth.REJECTED : Truth.TRUE;
            return score.isUnknown() && score.rejected()
                    ? Outcome.REJECTED
                    : outcome(Truth.TRUE, score.and(answer.customerKnown()));
        }

        @Override
        protected double value(List<Answer> used) {
            double net = 0;
            for (Answer answer : used) {
                net += answer.score >= 9 ? 1 : answer.score <= 6 ? -1 : 0;
            }
            return 100 * net / used.size();
        }
    }

    @Group
    class Solved extends Laws {
        @Override
        Kpi<?> plain() {
            return Share.kpi("solved", Field.flag("solved"))
                    .where(Field.whole("recommendation").ge(3L));
        }

        @Override
        protected Outcome outcome(Answer answer) {
            Truth eligible = answer.score == null ? Truth.MISSING : Truth.of(answer.score >= 3);
            boolean rejected = answer.solved.isUnknown() && answer.solved.rejected();
            boolean known = !answer.solved.isUnknown() && answer.customer != null;
            return outcome(eligible, rejected ? Truth.REJECTED : known ? Truth.TRUE : Truth.MISSING);
        }

        @Override
        protected double value(List<Answer> used) {
            return (double) used.stream().filter(a -> a.solved.isTrue()).count() / used.size();
        }
    }

    @Group
    class Spending extends Laws {
        @Override
        Kpi<?> plain() {
            return Ratio.kpi("spent", Field.number("spent"), Field.whole("recommendation"), Direction.NEUTRAL);
        }

        @Override
        protected Outcome outcome(Answer answer) {
            boolean known = answer.customer != null && answer.spent != null && answer.score != null;
            return known ? Outcome.USED : Outcome.MISSING;
        }

        @Override
        protected double value(List<Answer> used) {
            var spent = java.math.BigDecimal.ZERO;
            long scores = 0;
            for (Answer answer : used) {
                spent = spent.add(new java.math.BigDecimal(answer.spent));
                scores += Objects.requireNonNull(answer.score);
            }
            return scores == 0
                    ? Double.NaN
                    : spent.divide(java.math.BigDecimal.valueOf(scores), new java.math.MathContext(40))
                            .doubleValue();
        }
    }

    @Group
    class Average extends Laws {
        @Override
        Kpi<?> plain() {
            return Mean.kpi("mean-spent", Field.number("spent"), Direction.NEUTRAL);
        }

        @Override
        protected Outcome outcome(Answer answer) {
            return answer.customer != null && answer.spent != null ? Outcome.USED : Outcome.MISSING;
        }

        @Override
        protected double value(List<Answer> used) {
            var spent = java.math.BigDecimal.ZERO;
            for (Answer answer : used) {
                spent = spent.add(new java.math.BigDecimal(answer.spent));
            }
            return spent.divide(java.math.BigDecimal.valueOf(used.size()), new java.math.MathContext(40))
                    .doubleValue();
        }
    }
}
