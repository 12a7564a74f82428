package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.bot.BotPresets;
import io.cxmetrics.bot.Conversations;
import io.cxmetrics.bot.Silence;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linker;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Pareto;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Ratings;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.Answers;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What users of existing tools report as wrong (KPI reference, section 6), one test each. */
class ReportedWrongTest {
    private static final Fields<Integer> SCORES =
            Fields.of(Integer.class).whole(SurveyKpis.RECOMMENDATION, score -> score);

    @Test
    void zeroIsPartOfTheScale() {
        Nps nps = SurveyKpis.nps().of(SCORES, List.of(0, 10, 10));
        assertEquals(1, nps.detractors());
        assertEquals(3, nps.counts().used());
        assertEquals(100 / 3.0, nps.value().orElseThrow(), 1e-12);
    }

    record Survey(Integer recommendation, Integer satisfaction) {}

    @Test
    void satisfactionAnswersAreNoRecommendations() {
        Fields<Survey> fields = Fields.of(Survey.class)
                .whole(SurveyKpis.RECOMMENDATION, Survey::recommendation)
                .whole(SurveyKpis.SATISFACTION, Survey::satisfaction);
        List<Survey> answers = List.of(new Survey(9, null), new Survey(null, 5), new Survey(null, 1), new Survey(3, 4));
        Nps nps = SurveyKpis.nps().of(fields, answers);
        assertEquals(new Counts(2, 0, 2, 0), nps.counts());
        assertEquals(0, nps.value().orElseThrow());
        // A recommendation on a satisfaction scale of 1–5 would look like all detractors: it refuses to merge.
        Kpi<Nps> five = Nps.kpi("nps", new Nps.Definition(Field.whole("recommendation"), 1, 5, 5, 3));
        assertThrows(IllegalArgumentException.class, () -> nps.merge(five.empty()));
    }

    @Test
    void percentagesOfATableAddUpToAHundred() {
        Kpi<Share> all = Share.kpi("contacts", Condition.always());
        Fields<String> fields = Fields.of(String.class).text("reason", reason -> reason);
        Pareto pareto = Pareto.of(
                Scorecard.over(fields).by("reason").kpis(all).compute(List.of("a", "a", "b", "b", "c", "c", "d")),
                all,
                "reason");
        BigDecimal sum = pareto.percentages(0).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, sum.compareTo(new BigDecimal(100)));
        assertEquals(1.0, pareto.entries().get(3).cumulative());
    }

    @Test
    void nothingObservedIsUndefinedNotNotANumber() {
        for (Kpi<?> kpi : Catalogue.list()) {
            Statistic<?> empty = kpi.empty();
            assertTrue(empty.value().isEmpty(), kpi.id());
            assertTrue(empty.toString().contains("undefined"), empty.toString());
            assertFalse(empty.toString().contains("NaN"), empty.toString());
            assertEquals(Interval.Kind.UNDEFINED, empty.interval().kind(), kpi.id());
        }
    }

    @Test
    void missingIsNotZero() {
        Mean asa = ContactKpis.averageSpeedOfAnswer()
                .of(
                        Fields.of(Object.class)
                                .flag(ContactKpis.ANSWERED, wait -> true)
                                .duration(
                                        ContactKpis.WAIT,
                                        wait -> wait instanceof Integer s ? Duration.ofSeconds(s) : null),
                        Arrays.asList(10, "unknown", 20));
        assertEquals(15, asa.value().orElseThrow());
        assertEquals("ASA 15.0 s (95 % -48.5…78.5), n = 2, 1 missing", asa.toString());
    }

    record Call(String team, Instant started, int seconds) {}

    private static final Fields<Call> CALLS = Fields.of(Call.class)
            .text("team", Call::team)
            .instant("started", Call::started)
            .duration("talk", call -> Duration.ofSeconds(call.seconds()));
    private static final Kpi<Mean> TALK = Mean.kpi("talk", Field.duration("talk"), Direction.NEUTRAL);

    @Test
    void otherIsTheMeanOfItsRowsNotOfItsMeans() {
        List<Call> calls = new ArrayList<>(Collections.nCopies(9, new Call("small", Instant.EPOCH, 100)));
        calls.add(new Call("tiny", Instant.EPOCH, 600));
        calls.addAll(Collections.nCopies(90, new Call("big", Instant.EPOCH, 200)));
        ScorecardResult result = Scorecard.over(CALLS).by("team").kpis(TALK).compute(calls);
        int team = result.dimension("team");
        Mean other = result.total(TALK, cell -> !cell.labels().get(team).text().equals("big"));
        assertEquals(150, other.value().orElseThrow());
        assertEquals(10, other.counts().used());
    }

    @Test
    void cardsAndTablesAgree() {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(new Call("t" + i % 7, Instant.EPOCH.plus(Duration.ofHours(i)), i * 37 % 400));
        }
        ScorecardResult table = Scorecard.over(CALLS)
                .by("team")
                .every(Grain.DAY, "started", ZoneId.of("Europe/Helsinki"))
                .kpis(TALK)
                .compute(calls);
        Mean card = TALK.of(CALLS, calls);
        assertEquals(card, table.total(TALK));
        assertEquals(card, table.per(Grain.MONTH).by().total(TALK));
        assertEquals(card, table.overall().by("team").total(TALK));
    }

    @Test
    void daysAndWeeksBeginWhereTheyAreLived() {
        // 22.30 UTC on Sunday 29 March 2026 is Monday 01.30 in Helsinki, where clocks went forward that Sunday.
        Call call = new Call("a", Instant.parse("2026-03-29T22:30:00Z"), 1);
        // The last hour of that 23-hour Sunday.
        Call before = new Call("a", Instant.parse("2026-03-29T20:59:59Z"), 1);
        assertEquals("2026-W14", period(call, Grain.WEEK, "Europe/Helsinki"));
        assertEquals("2026-W13", period(call, Grain.WEEK, "UTC"));
        assertEquals("2026-03-30", period(call, Grain.DAY, "Europe/Helsinki"));
        assertEquals("2026-03-29", period(before, Grain.DAY, "Europe/Helsinki"));
    }

    private static String period(Call call, Grain grain, String zone) {
        return Scorecard.over(CALLS)
                .every(grain, "started", ZoneId.of(zone))
                .kpis(TALK)
                .compute(List.of(call))
                .cells()
                .firstKey()
                .toString();
    }

    record Message(String conversation, String customer, int minute) {}

    @Test
    void messagesConversationsAndContactsAreCountedApart() {
        Fields<Message> fields = Fields.of(Message.class)
                .text("conversation", Message::conversation)
                .text("customer", Message::customer)
                .instant("sent", message -> Instant.EPOCH.plus(Duration.ofMinutes(message.minute())));
        List<Message> messages = List.of(
                new Message("c1", "ann", 0),
                new Message("c1", "ann", 1),
                new Message("c2", "ann", 3),
                new Message("c3", "bob", 9),
                new Message("c3", "bob", 10));
        Kpi<Share> count = Share.kpi("count", Condition.always());
        Condition first = Field.whole(Linker.OCCURRENCE).is(1L);
        Linkage<Message> conversations =
                Linker.over(fields).by("conversation").at("sent").link(messages);
        Linkage<Message> customers =
                Linker.over(fields).by("customer").at("sent").link(messages);
        assertEquals(5, count.of(fields, messages).counts().used());
        assertEquals(
                3,
                count.where(first)
                        .of(conversations.fields(), conversations.events())
                        .counts()
                        .used());
        assertEquals(
                2,
                count.where(first)
                        .of(customers.fields(), customers.events())
                        .counts()
                        .used());
    }

    private static final Fields<Object> TALKS = Fields.of(Object.class)
            .flag(BotKpis.BOT_INVOLVED, talk -> true)
            .flag(BotKpis.HANDED_OVER, talk -> false)
            .flag(BotKpis.BOT_ANSWERED, talk -> true)
            .whole(BotKpis.AGENT_REQUESTS, talk -> 0)
            .flag(BotKpis.REOPENED, talk -> talk.equals("reopened"))
            .flag(
                    BotKpis.BOT_RESOLVED,
                    talk -> talk.equals("silent") || talk.equals("reopened") ? null : talk.equals("yes"));

    @Test
    void aSilentCustomerIsResolvedOnlyWhereTheKpiSaysSo() {
        List<Object> talks = List.of("yes", "no", "silent", "silent");
        assertEquals(
                0.5,
                BotKpis.resolutionRate(Conversations.ENGAGED, Silence.UNKNOWN)
                        .of(TALKS, talks)
                        .value()
                        .orElseThrow());
        assertEquals(
                0.25,
                BotKpis.resolutionRate(Conversations.ENGAGED, Silence.FAILURE)
                        .of(TALKS, talks)
                        .value()
                        .orElseThrow());
        Kpi<Share> assumed = BotKpis.resolutionRate(Conversations.ENGAGED, Silence.SUCCESS);
        assertEquals(0.75, assumed.of(TALKS, talks).value().orElseThrow());
        assertNotEquals(BotKpis.resolutionRate(Conversations.ENGAGED, Silence.FAILURE), assumed);
        // The plain automation rate does not guess.
        assertEquals(2, BotKpis.automationRate().of(TALKS, talks).counts().missing());
    }

    @Test
    void dislikesAreNotLikes() {
        Share good = SurveyKpis.csatGood()
                .of(
                        Fields.of(String.class)
                                .flag(SurveyKpis.SATISFIED, vote -> vote.isEmpty() ? null : vote.equals("like")),
                        List.of("like", "dislike", "dislike", ""));
        assertEquals(1 / 3.0, good.value().orElseThrow(), 1e-12);
        assertEquals(1, good.counts().missing());
    }

    @Test
    void whichOfSeveralAnswersCountsIsSaid() {
        assertTrue(SurveyKpis.nps()
                .where(Answers.LATEST.condition())
                .canonical()
                .contains("where (missing(time-to-next:duration) and occurrence:whole >= 1)"));
        assertNotEquals(
                SurveyKpis.nps().where(Answers.LATEST.condition()),
                SurveyKpis.nps().where(Answers.FIRST.condition()));
        assertEquals(SurveyKpis.nps(), SurveyKpis.nps().where(Answers.ALL.condition()));
    }

    @Test
    void decimalsAreRoundedNotCut() {
        assertEquals("66.7 %", Unit.SHARE.format(2 / 3.0, Locale.ROOT));
        Ratings mean = SurveyKpis.csatMean(5)
                .of(
                        Fields.of(Integer.class).whole(SurveyKpis.SATISFACTION, rating -> rating),
                        List.of(4, 4, 5, 5, 5, 5, 5, 5));
        assertEquals(4.75, mean.value().orElseThrow());
        assertEquals("29.0 %", Unit.SHARE.format(0.28999999999999998, Locale.ROOT));
    }

    @Test
    void aReopenedTicketIsNotResolved() {
        List<Object> talks = List.of("yes", "reopened");
        assertEquals(
                0.5, BotPresets.finResolutionRate().of(TALKS, talks).value().orElseThrow());
        // And a contact after which the customer came back is no first-contact resolution.
        Linkage<Call> linked = Linker.over(CALLS)
                .by("team")
                .at("started")
                .until(Instant.EPOCH.plus(Duration.ofDays(30)))
                .link(List.of(
                        new Call("ann", Instant.EPOCH, 1), new Call("ann", Instant.EPOCH.plus(Duration.ofDays(2)), 1)));
        assertEquals(
                0.5,
                ContactKpis.firstContactResolution()
                        .of(linked.fields(), linked.events())
                        .value()
                        .orElseThrow());
    }

    @Test
    void theAverageOfAveragesCannotBeWritten() {
        ScorecardResult result = Scorecard.over(CALLS)
                .by("team")
                .kpis(TALK)
                .compute(List.of(
                        new Call("a", Instant.EPOCH, 10),
                        new Call("b", Instant.EPOCH, 40),
                        new Call("b", Instant.EPOCH, 40)));
        Mean a = result.get(TALK, Cell.of(null, "a"));
        Mean b = result.get(TALK, Cell.of(null, "b"));
        assertEquals(30, a.merge(b).value().orElseThrow());
    }
}
