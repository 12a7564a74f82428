package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Comparison;
import io.cxmetrics.stats.Correction;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Every cell against the period before, another result, or the rest. */
class ChangesTest {
    private static final LocalDate WEEK_6 = LocalDate.of(2026, 2, 4);
    private static final LocalDate WEEK_7 = LocalDate.of(2026, 2, 11);

    record Answer(LocalDate day, String channel, boolean satisfied) {
        static final Fields<Answer> FIELDS = Fields.of(Answer.class)
                .date("day", Answer::day)
                .text("channel", Answer::channel)
                .flag("satisfied", Answer::satisfied);

        static List<Answer> list(LocalDate day, String channel, int hits, int n) {
            List<Answer> list = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                list.add(new Answer(day, channel, i < hits));
            }
            return list;
        }
    }

    private static final Kpi<Share> CSAT =
            Share.kpi("csat", Field.flag("satisfied")).withName("CSAT");

    private static List<Answer> twoWeeks() {
        List<Answer> answers = new ArrayList<>();
        answers.addAll(Answer.list(WEEK_6, "chat", 4300, 5000));
        answers.addAll(Answer.list(WEEK_7, "chat", 4145, 5000));
        for (int i = 1; i <= 40; i++) {
            answers.addAll(Answer.list(WEEK_6, "shop " + i, 80, 100));
            answers.addAll(Answer.list(WEEK_7, "shop " + i, i == 7 ? 68 : 78 + i % 5, 100));
        }
        answers.addAll(Answer.list(WEEK_7, "new", 8, 10));
        return answers;
    }

    private static ScorecardResult weekly(List<Answer> answers) {
        return Scorecard.over(Answer.FIELDS)
                .by("channel")
                .every(Grain.WEEK, "day", ZoneOffset.UTC)
                .kpis(CSAT)
                .compute(answers);
    }

    @Test
    void theOneMoveThatSurvivesCorrectionIsSaidInASentence() {
        Changes changes = weekly(twoWeeks()).changes();

        assertEquals(41, changes.all().size());
        assertEquals(1, changes.untested());
        assertEquals(
                "CSAT chat fell 3.1 points (95 % 1.7…4.5), the only one of 41 moves that survives correction",
                changes.toString());
        assertEquals(
                Cell.of(Period.parse("2026-W07"), "chat"),
                changes.surviving().get(0).cell());
        assertEquals(Correction.HOLM, changes.correction());
    }

    @Test
    void withoutCorrectionNoiseLooksLikeNews() {
        Changes changes = weekly(twoWeeks()).changes();
        Change shop7 = changes.all().get(1);

        assertEquals("CSAT shop 7", shop7.subject());
        assertTrue(shop7.comparison().isSignificant(0.9));
        assertTrue(!shop7.survives() && shop7.adjustedP() > 0.9, shop7::toString);
        assertEquals(
                List.of("CSAT chat", "CSAT shop 7"),
                changes.with(Correction.NONE, 0.9).surviving().stream()
                        .map(Change::subject)
                        .toList());
        assertEquals(
                "CSAT chat fell 3,1 points (90 % 1,9…4,3), one of the 2 of 41 moves that survive correction",
                changes.with(Correction.NONE, 0.9).sentences(Locale.GERMANY).get(0));
    }

    @Test
    void anAdjustedPValueIsThatOfAllComparisons() {
        Changes changes = weekly(twoWeeks()).changes(Period.parse("2026-W07"));
        double[] p = changes.all().stream()
                .mapToDouble(change -> change.comparison().pValue().orElseThrow())
                .toArray();
        double[] holm = Correction.HOLM.adjust(p);
        for (int i = 0; i < p.length; i++) {
            assertEquals(holm[i], changes.all().get(i).adjustedP());
        }
    }

    @Test
    void aPeriodWithoutAnyBeforeHasNothingToCompare() {
        Changes changes = weekly(twoWeeks()).changes(Period.parse("2026-W06"));

        assertEquals("nothing could be compared", changes.toString());
        assertEquals(41, changes.untested());
    }

    @Test
    void quietWeeksHaveNoNews() {
        List<Answer> quiet = new ArrayList<>(Answer.list(WEEK_6, "chat", 80, 100));
        quiet.addAll(Answer.list(WEEK_7, "chat", 81, 100));

        assertEquals("the only move may be chance", weekly(quiet).changes().toString());
    }

    @Test
    void manyQuietCellsHaveNoNews() {
        List<Answer> quiet = new ArrayList<>();
        for (String channel : List.of("chat", "phone", "mail")) {
            quiet.addAll(Answer.list(WEEK_6, channel, 80, 100));
            quiet.addAll(Answer.list(WEEK_7, channel, 85, 100));
        }

        assertEquals(
                "none of 3 moves survives correction: what is seen may be chance",
                weekly(quiet).changes().toString());
    }

    @Test
    void resultsCompareWithEarlierResults() {
        ScorecardResult both = weekly(twoWeeks());
        ScorecardResult before = both.between(WEEK_6.minusDays(2), WEEK_7.minusDays(2));
        ScorecardResult after = both.between(WEEK_7.minusDays(2), WEEK_7.plusDays(5));

        assertEquals(both.changes().toString(), after.changesFrom(before).toString());
        assertThrows(IllegalArgumentException.class, () -> after.changesFrom(before.by()));
    }

    @Test
    void whatStandsOutIsComparedWithTheRest() {
        List<Answer> answers = new ArrayList<>(Answer.list(WEEK_6, "chat", 700, 1000));
        answers.addAll(Answer.list(WEEK_6, "phone", 800, 1000));
        answers.addAll(Answer.list(WEEK_7, "mail", 810, 1000));
        answers.addAll(Answer.list(WEEK_7, "app", 790, 1000));
        Changes changes = weekly(answers).againstRest();

        Change chat = changes.all().get(0);
        assertEquals(
                Comparison.of(
                                weekly(answers)
                                        .total(CSAT, cell -> !cell.labels().contains(Label.of("chat"))),
                                weekly(answers)
                                        .total(CSAT, cell -> cell.labels().contains(Label.of("chat"))))
                        .interval(),
                chat.comparison().interval());
        assertEquals(
                "CSAT chat lies 10.0 points (95 % 6.9…13.2) below the rest, one of the 2 of 4 differences that survive correction",
                changes.toString().lines().findFirst().orElseThrow());
        assertTrue(changes.toString().contains("CSAT mail lies 4.7 points"), changes::toString);
        assertTrue(
                weekly(Answer.list(WEEK_6, "chat", 7, 10)).againstRest().all().isEmpty());
    }

    @Test
    void sentencesQuoteTheLevelThatIsAskedFor() {
        Changes changes = weekly(twoWeeks()).changes().with(Correction.HOLM, 0.99);

        // Newcombe's interval at 99 %, as the comparison itself gives it.
        assertEquals(
                "CSAT chat fell 3.1 points (99 % 1.2…5.0), the only one of 41 moves that survives correction",
                changes.toString());
        Comparison chat = changes.all().get(0).comparison();
        assertEquals(-0.050, chat.interval(0.99).low(), 5e-4);
        assertEquals("CSAT fell 3.1 points (99 % 1.2…5.0), p < 0.001", chat.sentence("CSAT", 0.99, Locale.ROOT));
        assertTrue(chat.sentence("CSAT", 1 - 1e-9, Locale.ROOT).contains("no clear change"));
    }

    @Test
    void ofTwoCellsTheDifferenceIsCountedOnce() {
        List<Answer> answers = new ArrayList<>(Answer.list(WEEK_6, "chat", 700, 1000));
        answers.addAll(Answer.list(WEEK_6, "phone", 740, 1000));
        Changes changes = weekly(answers).againstRest();

        assertEquals(1, changes.all().size());
        assertEquals(0, changes.untested());
        Change only = changes.all().get(0);
        assertEquals(only.comparison().pValue().orElseThrow(), only.adjustedP());
        assertTrue(
                changes.toString().startsWith("CSAT chat lies 4.0 points (95 % 0.1…7.9) below the rest"),
                changes::toString);
    }

    @Test
    void aScorecardWithoutPeriodsHasNoChanges() {
        ScorecardResult result = weekly(twoWeeks()).overall();

        assertThrows(IllegalArgumentException.class, result::changes);
        assertThrows(IllegalArgumentException.class, () -> result.changes(Period.parse("2026-W07")));
        assertThrows(IllegalArgumentException.class, () -> weekly(twoWeeks()).changes(Period.parse("2026-02")));
    }

    @Test
    void severalKpisAreCorrectedTogether() {
        Kpi<Mean> none = Mean.kpi("never", Field.number("x"), Direction.NEUTRAL);
        record Row(LocalDate day, boolean satisfied, Double x) {}
        Fields<Row> fields = Fields.of(Row.class)
                .date("day", Row::day)
                .flag("satisfied", Row::satisfied)
                .number("x", Row::x);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(new Row(i < 100 ? WEEK_6 : WEEK_7, i % 2 == 0 || i < 100, i % 7 / 10.0));
        }
        Changes changes = Scorecard.over(fields)
                .every(Grain.WEEK, "day", ZoneOffset.UTC)
                .kpis(CSAT, none)
                .compute(rows)
                .changes();

        assertEquals(2, changes.all().size());
        assertTrue(changes.toString().startsWith("CSAT fell 50.0 points (95 % "), changes::toString);
    }
}
