package io.cxmetrics.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Ratings;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.Group;

/** The laws for every KPI of {@link SurveyKpis}, over a questionnaire in which every question may be skipped. */
class SurveyKpisLawsTest {

    record Response(Integer recommendation, Integer satisfaction, Integer effort) {
        static final Fields<Response> FIELDS = Fields.of(Response.class)
                .whole(SurveyKpis.RECOMMENDATION, Response::recommendation)
                .whole(SurveyKpis.SATISFACTION, Response::satisfaction)
                .whole(SurveyKpis.EFFORT, Response::effort);

        static Arbitrary<Response> any() {
            Arbitrary<Integer> answer = Arbitraries.integers().between(-1, 12).injectNull(0.15);
            return Combinators.combine(answer, answer, answer).as(Response::new);
        }
    }

    abstract static class RatingLaws extends StatisticLaws<Response, Ratings> {
        private final int highest;
        private final int boxFrom;
        private final int boxTo;

        /** A mean if the box is the whole scale. */
        RatingLaws(int highest, int boxFrom, int boxTo) {
            this.highest = highest;
            this.boxFrom = boxFrom;
            this.boxTo = boxTo;
        }

        Integer answer(Response response) {
            return response.effort;
        }

        @Override
        protected Fields<Response> fields() {
            return Response.FIELDS;
        }

        @Override
        protected Arbitrary<Response> rows() {
            return Response.any();
        }

        @Override
        protected Outcome outcome(Response response) {
            Integer answer = answer(response);
            return answer == null
                    ? Outcome.MISSING
                    : answer >= 1 && answer <= highest ? Outcome.USED : Outcome.REJECTED;
        }

        @Override
        protected double value(List<Response> used) {
            boolean isMean = boxFrom == 1 && boxTo == highest;
            double sum = 0;
            for (Response response : used) {
                int answer = answer(response);
                sum += isMean ? answer : answer >= boxFrom && answer <= boxTo ? 1 : 0;
            }
            return sum / used.size();
        }

        @Override
        protected List<Kpi<Ratings>> others() {
            return List.of(
                            SurveyKpis.csat(3),
                            SurveyKpis.csat(4),
                            SurveyKpis.csat(5),
                            SurveyKpis.csat(5, 1),
                            SurveyKpis.csat(6),
                            SurveyKpis.csat(7),
                            SurveyKpis.csat(10),
                            SurveyKpis.ces(),
                            SurveyKpis.cesTopBox(2),
                            SurveyKpis.cesTopBox(3),
                            SurveyKpis.ces1(),
                            SurveyKpis.ces1LowEffort())
                    .stream()
                    .filter(other -> !other.equals(kpi()))
                    .toList();
        }

        @Example
        void everyOtherRatingIsAnotherKpi() {
            assertEquals(11, others().size());
        }
    }

    abstract static class SatisfactionLaws extends RatingLaws {
        SatisfactionLaws(int highest, int boxFrom) {
            super(highest, boxFrom, highest);
        }

        @Override
        Integer answer(Response response) {
            return response.satisfaction;
        }
    }

    @Group
    class NetPromoterScore extends StatisticLaws<Response, Nps> {
        @Override
        protected Kpi<Nps> kpi() {
            return SurveyKpis.nps();
        }

        @Override
        protected Fields<Response> fields() {
            return Response.FIELDS;
        }

        @Override
        protected Arbitrary<Response> rows() {
            return Response.any();
        }

        @Override
        protected Outcome outcome(Response response) {
            Integer answer = response.recommendation;
            return answer == null ? Outcome.MISSING : answer >= 0 && answer <= 10 ? Outcome.USED : Outcome.REJECTED;
        }

        @Override
        protected double value(List<Response> used) {
            double promoters = 0;
            double detractors = 0;
            for (Response response : used) {
                promoters += response.recommendation >= 9 ? 1 : 0;
                detractors += response.recommendation <= 6 ? 1 : 0;
            }
            return 100 * (promoters - detractors) / used.size();
        }

        @Override
        protected List<Kpi<Nps>> others() {
            return List.of(Nps.kpi("enps", SurveyKpis.RECOMMENDATION), Nps.kpi("nps", SurveyKpis.SATISFACTION));
        }
    }

    @Group
    class CsatOf3 extends SatisfactionLaws {
        CsatOf3() {
            super(3, 3);
        }

        @Override
        protected Kpi<Ratings> kpi() {
            return SurveyKpis.csat(3);
        }
    }

    @Group
    class CsatOf5 extends SatisfactionLaws {
        CsatOf5() {
            super(5, 4);
        }

        @Override
        protected Kpi<Ratings> kpi() {
            return SurveyKpis.csat(5);
        }
    }

    @Group
    class CsatOf10 extends SatisfactionLaws {
        CsatOf10() {
            super(10, 8);
        }

        @Override
        protected Kpi<Ratings> kpi() {
            return SurveyKpis.csat(10);
        }
    }

    @Group
    class CesMean extends RatingLaws {
        CesMean() {
            super(7, 1, 7);
        }

        @Override
        protected Kpi<Ratings> kpi() {
            return SurveyKpis.ces();
        }
    }

    @Group
    class CesTop2 extends RatingLaws {
        CesTop2() {
            super(7, 6, 7);
        }

        @Override
        protected Kpi<Ratings> kpi() {
            return SurveyKpis.cesTopBox(2);
        }
    }

    @Group
    class Ces1Mean extends RatingLaws {
        Ces1Mean() {
            super(5, 1, 5);
        }

        @Override
        protected Kpi<Ratings> kpi() {
            return SurveyKpis.ces1();
        }
    }

    @Group
    class Ces1LowEffort extends RatingLaws {
        Ces1LowEffort() {
            super(5, 1, 2);
        }

        @Override
        protected Kpi<Ratings> kpi() {
            return SurveyKpis.ces1LowEffort();
        }
    }

    @Example
    void scalesWithoutAUsualBoxAskForOne() {
        for (int highest : new int[] {-1, 0, 1, 2, 8, 9, 11, 100}) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> SurveyKpis.csat(highest));
            assertEquals(
                    "CSAT has no usual top box on a scale 1…" + highest
                            + "; use csat(highest, boxes) to say how many of the best ratings count",
                    refusal.getMessage());
        }
        assertEquals(Unit.SHARE, SurveyKpis.csat(9, 3).unit());
    }

    @Example
    void boxesThatAreNotOnTheScaleAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SurveyKpis.csat(5, 0));
        assertThrows(IllegalArgumentException.class, () -> SurveyKpis.csat(5, 6));
        assertThrows(IllegalArgumentException.class, () -> SurveyKpis.cesTopBox(0));
        assertThrows(IllegalArgumentException.class, () -> SurveyKpis.cesTopBox(8));
    }

    @Example
    void polarityFollowsTheQuestion() {
        assertEquals(Direction.HIGHER_IS_BETTER, SurveyKpis.ces().direction());
        assertEquals(Direction.LOWER_IS_BETTER, SurveyKpis.ces1().direction());
        assertEquals(Direction.HIGHER_IS_BETTER, SurveyKpis.ces1LowEffort().direction());
        assertEquals(Direction.HIGHER_IS_BETTER, SurveyKpis.nps().direction());
        assertEquals(Direction.HIGHER_IS_BETTER, SurveyKpis.csat(5).direction());
    }
}
