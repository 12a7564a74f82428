package io.cxmetrics.stats;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.NpsLawsTest.Answer;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Group;

class RatingsLawsTest {

    abstract static class Laws extends StatisticLaws<Answer, Ratings> {
        private final int lowest;
        private final int highest;
        private final Ratings.Reading reading;

        Laws(int lowest, int highest, Ratings.Reading reading) {
            this.lowest = lowest;
            this.highest = highest;
            this.reading = reading;
        }

        static Kpi<Ratings> kpi(int lowest, int highest, Ratings.Reading reading) {
            return Ratings.kpi(
                    "ratings",
                    new Ratings.Definition(Field.whole("score"), lowest, highest, reading),
                    Direction.HIGHER_IS_BETTER);
        }

        @Override
        protected Kpi<Ratings> kpi() {
            return kpi(lowest, highest, reading);
        }

        @Override
        protected Fields<Answer> fields() {
            return Answer.FIELDS;
        }

        @Override
        protected Arbitrary<Answer> rows() {
            return Answer.on(lowest, highest);
        }

        @Override
        protected Outcome outcome(Answer answer) {
            return answer.outcome(lowest, highest);
        }

        @Override
        protected List<Kpi<Ratings>> others() {
            return List.of(
                    kpi(lowest, highest + 1, reading),
                    kpi(lowest - 1, highest, reading),
                    kpi(lowest, highest, new Ratings.Box(lowest, lowest)),
                    kpi(lowest, highest, new Ratings.Net(highest, lowest)));
        }
    }

    @Group
    class Mean extends Laws {
        Mean() {
            super(1, 7, new Ratings.Average());
        }

        @Override
        protected double value(List<Answer> used) {
            double sum = 0;
            for (Answer answer : used) {
                sum += answer.score().intValue();
            }
            return sum / used.size();
        }
    }

    @Group
    class MeanAroundZero extends Laws {
        MeanAroundZero() {
            super(-3, 3, new Ratings.Average());
        }

        @Override
        protected double value(List<Answer> used) {
            double sum = 0;
            for (Answer answer : used) {
                sum += answer.score().intValue();
            }
            return sum / used.size();
        }
    }

    @Group
    class TopBox extends Laws {
        TopBox() {
            super(1, 5, new Ratings.Box(4, 5));
        }

        @Override
        protected double value(List<Answer> used) {
            double hits = 0;
            for (Answer answer : used) {
                hits += answer.score().intValue() >= 4 ? 1 : 0;
            }
            return hits / used.size();
        }
    }

    @Group
    class MiddleBoxOfScaleBelowZero extends Laws {
        MiddleBoxOfScaleBelowZero() {
            super(-10, -4, new Ratings.Box(-8, -6));
        }

        @Override
        protected double value(List<Answer> used) {
            double hits = 0;
            for (Answer answer : used) {
                int score = answer.score().intValue();
                hits += score == -8 || score == -7 || score == -6 ? 1 : 0;
            }
            return hits / used.size();
        }
    }

    @Group
    class NetOfBoxes extends Laws {
        NetOfBoxes() {
            super(1, 7, new Ratings.Net(6, 3));
        }

        @Override
        protected double value(List<Answer> used) {
            return Answer.net(used, 6, 3);
        }

        @Override
        protected List<Kpi<Ratings>> others() {
            return List.of(
                    kpi(1, 7, new Ratings.Net(5, 3)),
                    kpi(1, 7, new Ratings.Net(6, 2)),
                    kpi(1, 7, new Ratings.Average()),
                    kpi(0, 7, new Ratings.Net(6, 3)));
        }
    }
}
