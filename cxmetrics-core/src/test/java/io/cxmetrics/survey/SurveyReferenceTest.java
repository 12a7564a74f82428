package io.cxmetrics.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Counts;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linker;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of section 1 of the KPI reference. */
class SurveyReferenceTest {

    private static List<Integer> ratings(int lowest, int... counts) {
        List<Integer> ratings = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            for (int k = 0; k < counts[i]; k++) {
                ratings.add(lowest + i);
            }
        }
        return ratings;
    }

    private static <S extends Statistic<S>> S of(Kpi<S> kpi, String field, List<Integer> ratings) {
        return kpi.of(Fields.of(Integer.class).whole(field, rating -> rating), ratings);
    }

    private static double ces(Kpi<? extends Statistic<?>> kpi) {
        // KPI reference, section 1: the counts for 1..7.
        Statistic<?> result = kpi.of(
                Fields.of(Integer.class).whole(SurveyKpis.EFFORT, rating -> rating),
                ratings(1, 80, 210, 140, 110, 160, 180, 120));
        return result.value().orElseThrow();
    }

    @Test
    void customerEffortScoreInEveryReading() {
        assertEquals(4.08, ces(SurveyKpis.ces()), 1e-12);
        assertEquals(0.46, ces(SurveyKpis.cesTopBox(3)), 1e-12);
        assertEquals(0.30, ces(SurveyKpis.cesTopBox(2)), 1e-12);
        assertEquals(-13, ces(SurveyKpis.cesNet(6, 3)), 1e-12);
        assertEquals(3, ces(SurveyKpis.cesNet(5, 3)), 1e-12);
    }

    @Test
    void netsWithDifferentNeutralBandsRefuseToMerge() {
        List<Integer> ratings = ratings(1, 1, 1, 1, 1, 1, 1, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> of(SurveyKpis.cesNet(6, 3), SurveyKpis.EFFORT, ratings)
                        .merge(of(SurveyKpis.cesNet(5, 3), SurveyKpis.EFFORT, ratings)));
        assertThrows(IllegalArgumentException.class, () -> SurveyKpis.cesNet(3, 3));
    }

    @Test
    void employeesAreCountedOnBothScales() {
        Nps ten = of(SurveyKpis.employeeNps(), SurveyKpis.WORK_RECOMMENDATION, List.of(10, 9, 8, 7, 6, 0));
        assertEquals(0, ten.value().orElseThrow());
        // 5 promotes, 4 is passive, 1 to 3 detract.
        Nps five = of(SurveyKpis.employeeNpsOnFive(), SurveyKpis.WORK_RECOMMENDATION, ratings(1, 1, 1, 2, 2, 4));
        assertEquals(4, five.promoters());
        assertEquals(4, five.detractors());
        assertEquals(2, five.passives());
        assertEquals(
                new Counts(5, 0, 0, 1),
                of(SurveyKpis.employeeNpsOnFive(), SurveyKpis.WORK_RECOMMENDATION, List.of(1, 2, 3, 4, 5, 9))
                        .counts());
    }

    @Test
    void satisfactionAsAMeanAndAsGoodOfGoodAndBad() {
        List<Integer> answers = ratings(1, 1, 2, 3, 2, 2);
        assertEquals(
                3.2,
                of(SurveyKpis.csatMean(5), SurveyKpis.SATISFACTION, answers)
                        .value()
                        .orElseThrow(),
                1e-12);
        Share good = of(SurveyKpis.csatGood(5, 4, 2), SurveyKpis.SATISFACTION, answers);
        assertEquals(4.0 / 7, good.value().orElseThrow(), 1e-12);
        assertEquals(new Counts(7, 3, 0, 0), good.counts());
        assertThrows(IllegalArgumentException.class, () -> SurveyKpis.csatGood(5, 2, 2));
        Share thumbs = SurveyKpis.csatGood()
                .of(
                        Fields.of(Object.class)
                                .flag(SurveyKpis.SATISFIED, vote -> vote.equals("none") ? null : vote.equals("up")),
                        Arrays.asList("up", "up", "down", "none", "none"));
        assertEquals(2.0 / 3, thumbs.value().orElseThrow(), 1e-12);
        assertEquals(2, thumbs.counts().missing());
    }

    record Answer(String customer, int hour, Integer score) {}

    @Test
    void whichOfSeveralAnswersCountsIsPartOfTheKpi() {
        Fields<Answer> fields = Fields.of(Answer.class)
                .text("customer", Answer::customer)
                .instant("answered-at", answer -> Instant.EPOCH.plusSeconds(3_600L * answer.hour()))
                .whole(SurveyKpis.RECOMMENDATION, Answer::score);
        Linkage<Answer> linked = Linker.over(fields)
                .by("customer")
                .at("answered-at")
                .link(List.of(
                        new Answer("ann", 1, 10),
                        new Answer("ann", 5, 2),
                        new Answer("ann", 3, 9),
                        new Answer("bob", 2, 9),
                        new Answer(null, 4, 0)));
        double[] expected = {20, 100, 0};
        long[] used = {5, 2, 2};
        for (Answers answers : Answers.values()) {
            Nps nps = SurveyKpis.nps().where(answers.condition()).of(linked.fields(), linked.events());
            assertEquals(expected[answers.ordinal()], nps.value().orElseThrow(), 1e-12, answers.name());
            assertEquals(used[answers.ordinal()], nps.counts().used());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> SurveyKpis.nps()
                        .where(Answers.FIRST.condition())
                        .empty()
                        .merge(SurveyKpis.nps()
                                .where(Answers.LATEST.condition())
                                .empty()));
    }
}
