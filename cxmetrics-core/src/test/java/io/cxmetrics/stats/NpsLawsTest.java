package io.cxmetrics.stats;

import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Group;
import net.jqwik.api.Tuple;

class NpsLawsTest {

    /** An answer as a form gives it: missing, on the scale, off the scale or not even whole. */
    record Answer(Number score) {
        static final Fields<Answer> FIELDS = Fields.of(Answer.class).whole("score", Answer::score);

        static Arbitrary<Answer> on(int lowest, int highest) {
            Arbitrary<Number> on =
                    Arbitraries.integers().between(lowest, highest).map(i -> i);
            Arbitrary<Number> extremes = Arbitraries.of(lowest, highest);
            Arbitrary<Number> off =
                    Arbitraries.of(lowest - 1, highest + 1, 0.5, Double.NaN, Long.MAX_VALUE, Long.MIN_VALUE, 1e300);
            return Arbitraries.frequencyOf(
                            Tuple.of(8, on),
                            Tuple.of(4, extremes),
                            Tuple.of(2, off),
                            Tuple.of(2, Arbitraries.just(null)))
                    .map(Answer::new);
        }

        StatisticLaws.Outcome outcome(int lowest, int highest) {
            if (score == null) {
                return StatisticLaws.Outcome.MISSING;
            }
            boolean isWhole = score instanceof Integer;
            return isWhole && score.intValue() >= lowest && score.intValue() <= highest
                    ? StatisticLaws.Outcome.USED
                    : StatisticLaws.Outcome.REJECTED;
        }

        /** 100 × (those from a score on − those up to another) / all. */
        static double net(List<Answer> used, int topFrom, int bottomTo) {
            double net = 0;
            for (Answer answer : used) {
                net += answer.score.intValue() >= topFrom ? 1 : answer.score.intValue() <= bottomTo ? -1 : 0;
            }
            return 100 * net / used.size();
        }
    }

    abstract static class Laws extends StatisticLaws<Answer, Nps> {
        abstract Nps.Definition definition();

        @Override
        protected Kpi<Nps> kpi() {
            return Nps.kpi("nps", definition());
        }

        @Override
        protected Fields<Answer> fields() {
            return Answer.FIELDS;
        }

        @Override
        protected Arbitrary<Answer> rows() {
            return Answer.on(definition().lowest(), definition().highest());
        }

        @Override
        protected Outcome outcome(Answer answer) {
            return answer.outcome(definition().lowest(), definition().highest());
        }

        @Override
        protected double value(List<Answer> used) {
            return Answer.net(used, definition().promotersFrom(), definition().detractorsTo());
        }

        @Override
        protected List<Kpi<Nps>> others() {
            Nps.Definition d = definition();
            return List.of(
                    Nps.kpi("nps", new Nps.Definition(d.score(), d.lowest() - 1, d.highest(), d.promotersFrom(), 0)),
                    Nps.kpi("nps", new Nps.Definition(d.score(), d.lowest(), d.highest() + 1, d.promotersFrom(), 0)),
                    Nps.kpi("nps", new Nps.Definition(d.score(), d.lowest(), d.highest(), d.highest() - 1, 0)),
                    Nps.kpi(
                            "nps",
                            new Nps.Definition(
                                    Field.whole("another"),
                                    d.lowest(),
                                    d.highest(),
                                    d.promotersFrom(),
                                    d.detractorsTo())));
        }
    }

    @Group
    class Standard extends Laws {
        @Override
        Nps.Definition definition() {
            return new Nps.Definition(Field.whole("score"), 0, 10, 9, 6);
        }
    }

    @Group
    class FivePoints extends Laws {
        @Override
        Nps.Definition definition() {
            return new Nps.Definition(Field.whole("score"), 1, 5, 5, 3);
        }

        @Override
        protected List<Kpi<Nps>> others() {
            return List.of(Nps.kpi("nps", "score"));
        }
    }

    @Group
    class ScaleBelowZero extends Laws {
        @Override
        Nps.Definition definition() {
            return new Nps.Definition(Field.whole("score"), -5, 5, 4, 1);
        }
    }
}
