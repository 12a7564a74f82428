package io.cxmetrics.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Counts;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeopleReferenceTest {
    private static final Item[] ITEMS = {
        Item.of("proud", 1, 5),
        Item.of("would-stay", 0, 10),
        Item.of("worn-out", 1, 5).weighing(2).whereHighIsBad()
    };

    private static Fields<Map<String, Integer>> wholes(String... names) {
        Fields<Map<String, Integer>> fields = Fields.named("answers");
        for (String name : names) {
            fields = fields.whole(name, answers -> answers.get(name));
        }
        return fields;
    }

    private static Map<String, Integer> answers(Object... namesAndValues) {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            answers.put((String) namesAndValues[i], (Integer) namesAndValues[i + 1]);
        }
        return answers;
    }

    private static final Fields<Map<String, Integer>> FIELDS = wholes("proud", "would-stay", "worn-out");

    @Test
    void anIndexWeighsItemsAndTurnsReversedOnes() {
        Kpi<Mean> index = PeopleKpis.engagementIndex(ITEMS);
        Mean best = index.of(FIELDS, List.of(answers("proud", 5, "would-stay", 10, "worn-out", 1)));
        assertEquals(100, best.value().orElseThrow(), 1e-12);
        Mean worst = index.of(FIELDS, List.of(answers("proud", 1, "would-stay", 0, "worn-out", 5)));
        assertEquals(0, worst.value().orElseThrow(), 1e-12);
        // (75 + 40 + 2 · 25) / 4
        Mean middle = index.of(FIELDS, List.of(answers("proud", 4, "would-stay", 4, "worn-out", 4)));
        assertEquals(41.25, middle.value().orElseThrow(), 1e-12);
    }

    @Test
    void aRespondentWhoLeftAnItemOutIsMissingUnlessSaidOtherwise() {
        List<Map<String, Integer>> respondents = List.of(
                answers("proud", 4, "worn-out", 4),
                answers("proud", 4),
                answers("proud", 9, "would-stay", 4, "worn-out", 1),
                answers("proud", 4, "would-stay", 4, "worn-out", 4));
        assertEquals(
                new Counts(1, 0, 2, 1),
                PeopleKpis.wellbeingIndex(ITEMS).of(FIELDS, respondents).counts());
        Mean most = PeopleKpis.wellbeingIndex(2, ITEMS).of(FIELDS, respondents);
        assertEquals(new Counts(2, 1, 0, 1), most.counts());
        // (75 + 2 · 25) / 3 and 41.25
        assertEquals((125 / 3.0 + 41.25) / 2, most.value().orElseThrow(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> PeopleKpis.wellbeingIndex(4, ITEMS));
        assertThrows(IllegalArgumentException.class, () -> PeopleKpis.wellbeingIndex());
        assertThrows(IllegalArgumentException.class, () -> Item.of("a", 5, 5));
        assertThrows(IllegalArgumentException.class, () -> Item.of("a", 1, 5).weighing(Double.NaN));
    }

    @Test
    void whoFiveIsTheSumTimesFour() {
        Fields<Map<String, Integer>> fields = wholes(PeopleKpis.WHO_5.toArray(new String[0]));
        Map<String, Integer> answers = new HashMap<>();
        int[] given = {3, 2, 4, 1, 5};
        for (int i = 0; i < 5; i++) {
            answers.put(PeopleKpis.WHO_5.get(i), given[i]);
        }
        assertEquals(60, PeopleKpis.who5().of(fields, List.of(answers)).value().orElseThrow());
    }

    private static Fields<Map<String, Boolean>> flags(String... names) {
        Fields<Map<String, Boolean>> fields = Fields.named("evaluations");
        for (String name : names) {
            fields = fields.flag(name, evaluation -> evaluation.get(name));
        }
        return fields;
    }

    @Test
    void aCriticalCriterionFailsTheWholeEvaluation() {
        Criterion[] form = {
            Criterion.of("greeted", 1), Criterion.of("right-answer", 3), Criterion.critical("identified", 0)
        };
        Fields<Map<String, Boolean>> fields = flags("greeted", "right-answer", "identified");
        List<Map<String, Boolean>> evaluations = List.of(
                Map.of("greeted", true, "right-answer", true, "identified", true),
                Map.of("greeted", true, "right-answer", true, "identified", false),
                Map.of("greeted", false, "right-answer", true),
                Map.of("greeted", false, "identified", true),
                Map.of("identified", true));
        Mean score = PeopleKpis.qaScore(form).of(fields, evaluations);
        // 100, 0, 75, and 0 of the one criterion that applied; the last has nothing to judge.
        assertEquals((100 + 0 + 75 + 0) / 4.0, score.value().orElseThrow(), 1e-12);
        assertEquals(new Counts(4, 1, 0, 0), score.counts());
        Share failures = PeopleKpis.qaCriticalFailures(form).of(fields, evaluations);
        assertEquals(0.2, failures.value().orElseThrow());
        assertThrows(IllegalArgumentException.class, () -> PeopleKpis.qaScore(Criterion.critical("identified", 0)));
        assertThrows(IllegalArgumentException.class, () -> PeopleKpis.qaCriticalFailures(Criterion.of("greeted", 1)));
        assertThrows(IllegalArgumentException.class, () -> Criterion.of("greeted", -1));
    }

    @Test
    void attritionOfMonthsIsAYearlyRateIfSaidSo() {
        Fields<Map<String, Integer>> fields =
                wholes(PeopleKpis.LEAVERS, PeopleKpis.HEADCOUNT_AT_START, PeopleKpis.HEADCOUNT_AT_END);
        List<Map<String, Integer>> months = new ArrayList<>();
        for (int month = 0; month < 12; month++) {
            months.add(answers(
                    PeopleKpis.LEAVERS, month % 2,
                    PeopleKpis.HEADCOUNT_AT_START, 20,
                    PeopleKpis.HEADCOUNT_AT_END, 20));
        }
        assertEquals(0.3, PeopleKpis.attrition(12).of(fields, months).value().orElseThrow(), 1e-12);
        // Two teams of one year: 5 leavers of (10 + 20) / 2 + 10.
        List<Map<String, Integer>> teams = List.of(
                answers(PeopleKpis.LEAVERS, 4, PeopleKpis.HEADCOUNT_AT_START, 10, PeopleKpis.HEADCOUNT_AT_END, 20),
                answers(PeopleKpis.LEAVERS, 1, PeopleKpis.HEADCOUNT_AT_START, 10, PeopleKpis.HEADCOUNT_AT_END, 10));
        assertEquals(0.2, PeopleKpis.attrition(1).of(fields, teams).value().orElseThrow(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> PeopleKpis.attrition(0));
    }

    @Test
    void absenceAndTraining() {
        Fields<Integer> hours = Fields.of(Integer.class)
                .duration(PeopleKpis.ABSENT_TIME, Duration::ofHours)
                .duration(PeopleKpis.SCHEDULED_TIME, absent -> Duration.ofHours(40));
        assertEquals(
                0.1,
                PeopleKpis.absenceRate().of(hours, List.of(0, 8, 4)).value().orElseThrow(),
                1e-12);
        Share trained = PeopleKpis.trainingCoverage()
                .of(
                        Fields.of(Object.class).flag(PeopleKpis.TRAINED, t -> t == Boolean.TRUE),
                        Arrays.asList(true, false));
        assertEquals(0.5, trained.value().orElseThrow());
    }
}
