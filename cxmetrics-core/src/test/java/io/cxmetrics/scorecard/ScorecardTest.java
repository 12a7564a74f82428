package io.cxmetrics.scorecard;

import static io.cxmetrics.field.Field.duration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScorecardTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    private static final Kpi<Nps> NPS = SurveyKpis.nps();
    private static final Kpi<Share> SHORT =
            Share.kpi("short-waits", duration("wait").lt(Duration.ofSeconds(5)));
    private static final Kpi<Mean> WAIT = Mean.kpi("mean-wait", duration("wait"), Direction.LOWER_IS_BETTER);

    private record Answer(
            @Nullable String channel,
            @Nullable Instant at,
            @Nullable Integer score,
            @Nullable Duration waited) {}

    private static final Fields<Answer> FIELDS = Fields.of(Answer.class)
            .text("channel", Answer::channel)
            .instant("at", Answer::at)
            .whole("recommendation", Answer::score)
            .duration("wait", Answer::waited);

    private static final Scorecard<Answer> CARD = Scorecard.over(FIELDS)
            .by("channel")
            .every(Grain.DAY, "at", HELSINKI)
            .kpis(NPS, SHORT, WAIT);

    private static Answer answer(String channel, String at, int score) {
        return new Answer(channel, Instant.parse(at), score, Duration.ofSeconds(score));
    }

    private static List<Answer> answers(int n, long seed) {
        Random random = new Random(seed);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            answers.add(new Answer(
                    random.nextInt(20) == 0
                            ? null
                            : List.of("chat", "phone", "e-mail").get(random.nextInt(3)),
                    random.nextInt(30) == 0
                            ? null
                            : Instant.parse("2026-03-20T00:00:00Z").plusSeconds(random.nextInt(14 * 86_400)),
                    random.nextInt(5) == 0 ? null : random.nextInt(13) - 1,
                    random.nextInt(9) == 0 ? null : Duration.ofMillis(random.nextInt(20_000))));
        }
        return answers;
    }

    @Property(tries = 30)
    void anySplitAndOrderGivesAnEqualResult(@ForAll @IntRange(max = 3_000) int n, @ForAll long seed) {
        List<Answer> rows = answers(n, seed);
        List<Answer> shuffled = new ArrayList<>(rows);
        Random random = new Random(seed);
        Collections.shuffle(shuffled, random);
        int cut = random.nextInt(n + 1);

        ScorecardResult whole = CARD.compute(rows);
        ScorecardResult parts = CARD.compute(shuffled.subList(0, cut)).merge(CARD.compute(shuffled.subList(cut, n)));
        assertEquals(whole.cells(), parts.cells());
        assertEquals(
                whole.cells(),
                shuffled.parallelStream().collect(CARD.collector()).cells());
        assertEquals(n, parts.intake().rows());
        assertEquals(whole.intake().rejected(), parts.intake().rejected());
        for (Kpi<?> kpi : whole.kpis()) {
            assertEquals(n, whole.total(kpi).counts().rows());
        }
    }

    @Test
    void aLongListIsComputedInParallelWithTheSameResultAndTheSameSamples() {
        List<Answer> rows = answers(200_000, 5);
        ScorecardRun<Answer> sequential = CARD.start();
        rows.forEach(sequential::add);
        ScorecardResult expected = sequential.result();
        assertEquals(expected, CARD.compute(rows));
        assertTrue(expected.intake().rejectedValues() > Intake.SAMPLES);
        assertEquals(Intake.SAMPLES, expected.intake().samples().size());
    }

    @Test
    void daysBeginAtMidnightOfTheZoneAlsoOnDaysOf23And25Hours() {
        // Helsinki leaves standard time on 2026-03-29 and returns to it on 2026-10-25.
        ScorecardResult result = CARD.compute(List.of(
                answer("chat", "2026-03-28T21:59:59Z", 1), // 23:59:59 on the 28th
                answer("chat", "2026-03-28T22:00:00Z", 2), // 00:00:00 on the 29th
                answer("chat", "2026-03-29T20:59:59Z", 3), // 23:59:59 on the 29th, 23 hours later
                answer("chat", "2026-03-29T21:00:00Z", 4), // 00:00:00 on the 30th
                answer("chat", "2026-10-24T21:00:00Z", 5), // 00:00:00 on the 25th of October
                answer("chat", "2026-10-25T21:59:59Z", 6), // 23:59:59, 25 hours later
                answer("chat", "2026-10-25T22:00:00Z", 7))); // 00:00:00 on the 26th
        assertEquals(1, result.get(NPS, day("2026-03-28")).counts().used());
        assertEquals(2, result.get(NPS, day("2026-03-29")).counts().used());
        assertEquals(1, result.get(NPS, day("2026-03-30")).counts().used());
        assertEquals(2, result.get(NPS, day("2026-10-25")).counts().used());
        assertEquals(1, result.get(NPS, day("2026-10-26")).counts().used());
    }

    private static Cell day(String day) {
        return Cell.of(Period.parse(day), "chat");
    }

    @Test
    void anInstantBefore1970LiesInItsDay() {
        ScorecardResult result = CARD.compute(List.of(answer("chat", "1969-12-31T23:30:00Z", 9)));
        assertEquals(1, result.get(NPS, day("1970-01-01")).counts().used());
    }

    @Test
    void rowsWithoutDimensionOrTimeAreInCellsThatSaySo() {
        ScorecardResult result = CARD.compute(List.of(
                new Answer(null, Instant.EPOCH, 9, null),
                new Answer("chat", null, 3, null),
                answer("chat", "2026-01-01T12:00:00Z", 10)));
        assertEquals(
                List.of("1970-01-01 (missing)", "2026-01-01 chat", "chat"),
                result.cells().keySet().stream().map(Cell::toString).toList());
        assertEquals(3, result.total(NPS).counts().rows());
    }

    @Test
    void rollingUpDaysToMonthsEqualsComputingMonths() {
        List<Answer> rows = answers(5_000, 3);
        ScorecardResult months = Scorecard.over(FIELDS)
                .by("channel")
                .every(Grain.MONTH, "at", HELSINKI)
                .kpis(NPS, SHORT, WAIT)
                .compute(rows);
        assertEquals(months, CARD.compute(rows).per(Grain.MONTH));
        ScorecardResult plain = Scorecard.over(FIELDS).kpis(NPS, SHORT, WAIT).compute(rows);
        assertEquals(plain, CARD.compute(rows).by().overall());
        assertEquals(plain.total(NPS), CARD.compute(rows).total(NPS));
    }

    @Test
    void weeksAreNotCutIntoMonths() {
        Scorecard<Answer> weeks =
                Scorecard.over(FIELDS).every(Grain.WEEK, "at", HELSINKI).kpis(NPS);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> weeks.compute(answers(10, 1)).per(Grain.MONTH));
        assertTrue(e.getMessage().contains("compute it per day"), e.getMessage());
    }

    @Test
    void aTotalIsTheMergeOfItsCellsAndNotTheAverageOfAverages() {
        ScorecardResult result = CARD.compute(Stream.concat(
                        Stream.generate(() -> answer("chat", "2026-01-01T12:00:00Z", 10))
                                .limit(9),
                        Stream.of(answer("phone", "2026-01-01T12:00:00Z", 0)))
                .toList());
        assertEquals(80.0, result.total(NPS).value().orElseThrow()); // not (100 − 100) / 2
    }

    @Test
    void rejectedValuesAreCountedByFieldAndReasonWithThePlacesOfTheFirst() {
        ScorecardResult result = CARD.compute(List.of(
                answer("chat", "2026-01-01T12:00:00Z", 11),
                answer("chat", "2026-01-01T12:00:00Z", 5),
                answer("chat", "2026-01-01T12:00:00Z", -3)));
        assertEquals(
                "{recommendation: expected 0…10=2}", result.intake().rejected().toString());
        assertEquals(
                List.of(
                        "Answer:1 recommendation \"11\": expected 0…10",
                        "Answer:3 recommendation \"-3\": expected 0…10"),
                result.intake().samples().stream().map(Object::toString).toList());
        assertEquals(2, result.total(NPS).counts().rejected());
        assertEquals(0, result.total(WAIT).counts().rejected(), "one bad value does not cost the row its others");
    }

    @Test
    void brokenLinesAreCountedBesideTheRows() {
        ScorecardRun<Answer> run = CARD.start();
        run.add(answer("chat", "2026-01-01T12:00:00Z", 9));
        run.broken("answers.csv", 7, "x".repeat(500), "3 cells where the header has 4");
        ScorecardResult result = run.result();
        assertEquals(2, result.intake().lines());
        assertEquals(1, result.intake().brokenLines());
        assertTrue(result.intake()
                .samples()
                .get(0)
                .toString()
                .startsWith("answers.csv:7 3 cells where the header has 4: xx"));
    }

    @Test
    void addingGoesOnAfterAResult() {
        ScorecardRun<Answer> run = CARD.start();
        run.add(answer("chat", "2026-01-01T12:00:00Z", 9));
        assertEquals(1, run.result().total(NPS).counts().used());
        run.add(CARD.compute(List.of(answer("phone", "2026-01-01T12:00:00Z", 3))));
        run.add(answer("chat", "2026-01-01T12:00:00Z", 3));
        assertEquals(3, run.result().total(NPS).counts().used());
        assertEquals(3, run.result().intake().rows());
    }

    @Test
    void cellsOutsideTheDatesAreLeftOut() {
        ScorecardResult result = CARD.compute(answers(2_000, 9));
        ScorecardResult week = result.between(LocalDate.of(2026, 3, 23), LocalDate.of(2026, 3, 30));
        assertEquals(7, week.by().cells().size());
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheNearestName() {
        assertTrue(message(() -> Scorecard.over(FIELDS).by("chanel")).contains("did you mean \"channel\"?"));
        assertTrue(message(() -> Scorecard.over(FIELDS).by("wait")).contains("a dimension is a text"));
        assertTrue(
                message(() -> Scorecard.over(FIELDS).by("channel", "channel")).contains("named twice"));
        assertTrue(message(() -> Scorecard.over(FIELDS).every(Grain.DAY, "wait", HELSINKI))
                .contains("periods need an instant"));
        assertTrue(message(() -> Scorecard.over(FIELDS).kpis(NPS, NPS))
                .contains("two KPIs of the scorecard have the id 'nps'"));
        Kpi<Share> other = Share.kpi("other", Field.flag("solved"));
        assertTrue(message(() -> Scorecard.over(FIELDS).kpis(other))
                .startsWith("KPI other: Answer has no field 'solved'"));
        ScorecardResult result = CARD.compute(answers(10, 1));
        assertTrue(message(() -> result.total(other)).contains("has no other = share of solved"));
        assertTrue(message(() -> result.by("chanel")).contains("did you mean \"channel\"?"));
        assertTrue(message(() -> result.merge(result.overall()))
                .startsWith("results of different scorecards do not merge"));
    }

    @Test
    void resultsWhoseDaysBeginElsewhereDoNotMerge() {
        List<Answer> rows = answers(10, 1);
        Scorecard<Answer> tokyo = Scorecard.over(FIELDS)
                .by("channel")
                .every(Grain.DAY, "at", ZoneId.of("Asia/Tokyo"))
                .kpis(NPS, SHORT, WAIT);
        assertTrue(message(() -> CARD.compute(rows).merge(tokyo.compute(rows))).contains("zone=Asia/Tokyo"));
    }

    private static String message(org.junit.jupiter.api.function.Executable refused) {
        return assertThrows(IllegalArgumentException.class, refused).getMessage();
    }
}
