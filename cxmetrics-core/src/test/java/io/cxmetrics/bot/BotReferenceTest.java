package io.cxmetrics.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Counts;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linker;
import io.cxmetrics.stats.Share;
import io.cxmetrics.stats.SignalShare;
import io.cxmetrics.stats.WeightedSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Section 2 of the KPI reference: what the vendors' parameters change, on the same conversations. */
class BotReferenceTest {

    /** A conversation, of which the given things are true, the rest false; {@code resolved} is null for silence. */
    record Talk(Boolean resolved, Set<String> what, int agentRequests, String customer, int hour) {
        static Talk of(Boolean resolved, String... what) {
            return new Talk(resolved, Set.of(what), 0, "", 0);
        }

        Talk asking(int times) {
            return new Talk(resolved, what, times, customer, hour);
        }

        Talk of(String who, int atHour) {
            return new Talk(resolved, what, agentRequests, who, atHour);
        }
    }

    private static final String[] FLAGS = {
        BotKpis.BOT_REPETITION,
        BotKpis.CUSTOMER_PARAPHRASE,
        BotKpis.ABANDONMENT,
        BotKpis.NEGATIVE_SENTIMENT,
        BotKpis.NEGATIVE_FEEDBACK,
        BotKpis.PROFANITY,
        BotKpis.BOT_INVOLVED,
        BotKpis.HANDED_OVER,
        BotKpis.AGENT_REACHED,
        BotKpis.BOT_ANSWERED,
        BotKpis.FALSE_POSITIVE,
        BotKpis.AI_DISCLOSED,
        BotKpis.REOPENED,
        BotKpis.JUDGED,
        BotKpis.ANSWERS_RELEVANT,
        BotKpis.ANSWERS_ACCURATE,
        BotKpis.ANSWERS_SAFE
    };

    private static Fields<Talk> fields() {
        Fields<Talk> fields = Fields.of(Talk.class)
                .flag(BotKpis.BOT_RESOLVED, Talk::resolved)
                .whole(BotKpis.CUSTOMER_MESSAGES, talk -> talk.what().contains("wrote nothing") ? 0 : 3)
                .whole(BotKpis.AGENT_REQUESTS, Talk::agentRequests)
                .text(BotKpis.HAND_OVER_ASKED_BY, talk -> talk.agentRequests() > 0 ? "customer" : "rule")
                .text("customer", Talk::customer)
                .instant("started", talk -> Instant.EPOCH.plusSeconds(3_600L * talk.hour()));
        for (String flag : FLAGS) {
            fields = fields.flag(flag, talk -> talk.what().contains(flag));
        }
        return fields;
    }

    private static List<Talk> times(int n, Talk talk) {
        return new ArrayList<>(java.util.Collections.nCopies(n, talk));
    }

    private static <S extends Statistic<S>> double value(Kpi<S> kpi, List<Talk> talks) {
        return kpi.of(fields(), talks).value().orElseThrow();
    }

    @Test
    void automationIsInvolvementTimesResolution() {
        List<Talk> talks = times(30, Talk.of(true, BotKpis.BOT_INVOLVED));
        talks.addAll(times(20, Talk.of(false, BotKpis.BOT_INVOLVED)));
        talks.addAll(times(50, Talk.of(null)));
        for (Silence silence : new Silence[] {Silence.FAILURE, Silence.SUCCESS}) {
            assertEquals(0.5, value(BotKpis.involvement(), talks));
            assertEquals(0.6, value(BotKpis.resolutionRate(Conversations.ENGAGED, silence), talks));
            assertEquals(0.3, value(BotKpis.automationRate(silence), talks));
        }
    }

    @Test
    void whatSilenceMeansIsExplicit() {
        List<Talk> talks = times(3, Talk.of(true, BotKpis.BOT_INVOLVED));
        talks.addAll(times(1, Talk.of(false, BotKpis.BOT_INVOLVED)));
        talks.addAll(times(4, Talk.of(null, BotKpis.BOT_INVOLVED)));
        talks.addAll(times(2, Talk.of(null, BotKpis.BOT_INVOLVED, BotKpis.HANDED_OVER)));
        assertEquals(0.7, value(BotKpis.resolutionRate(Conversations.ENGAGED, Silence.SUCCESS), talks), 1e-12);
        assertEquals(0.3, value(BotKpis.resolutionRate(Conversations.ENGAGED, Silence.FAILURE), talks), 1e-12);
        Share unknown =
                BotKpis.resolutionRate(Conversations.ENGAGED, Silence.UNKNOWN).of(fields(), talks);
        // A silent customer who was handed over was not helped by the bot; the other four are missing.
        assertEquals(new Counts(6, 0, 4, 0), unknown.counts());
        assertEquals(0.5, unknown.value().orElseThrow());
    }

    @Test
    void theDenominatorIsExplicit() {
        List<Talk> talks = List.of(
                Talk.of(true, BotKpis.BOT_INVOLVED, BotKpis.BOT_ANSWERED, BotKpis.JUDGED),
                Talk.of(false, BotKpis.BOT_INVOLVED, BotKpis.BOT_ANSWERED),
                Talk.of(false, BotKpis.BOT_INVOLVED),
                Talk.of(false),
                Talk.of(false, "wrote nothing"));
        double[] expected = {1 / 5.0, 1 / 4.0, 1 / 3.0, 1 / 2.0, 1};
        for (Conversations of : Conversations.values()) {
            assertEquals(expected[of.ordinal()], value(BotKpis.resolutionRate(of, Silence.FAILURE), talks), of.name());
        }
    }

    @Test
    void deflectionAndContainmentHaveDifferentDenominators() {
        List<Talk> talks = times(6, Talk.of(null, BotKpis.BOT_INVOLVED));
        talks.addAll(times(2, Talk.of(null, BotKpis.BOT_INVOLVED, BotKpis.HANDED_OVER)));
        talks.addAll(times(
                1, Talk.of(null, BotKpis.BOT_INVOLVED, BotKpis.HANDED_OVER).asking(1)));
        talks.addAll(times(3, Talk.of(null)));
        assertEquals(0.5, value(BotKpis.deflection(), talks));
        assertEquals(6 / 9.0, value(BotKpis.containment(), talks));
        assertEquals(8 / 9.0, value(BotKpis.containment("customer"), talks));
    }

    @Test
    void aResolutionLastsIfTheCustomerDoesNotComeBack() {
        List<Talk> talks = List.of(
                Talk.of(true, BotKpis.BOT_INVOLVED).of("ann", 0),
                Talk.of(true, BotKpis.BOT_INVOLVED).of("ann", 30),
                Talk.of(true, BotKpis.BOT_INVOLVED).of("bob", 0),
                Talk.of(false, BotKpis.BOT_INVOLVED).of("eve", 0),
                Talk.of(true, BotKpis.BOT_INVOLVED).of("eve", 90));
        Linkage<Talk> linked = Linker.over(fields())
                .by("customer")
                .at("started")
                .until(Instant.EPOCH.plus(Duration.ofHours(100)))
                .link(talks);
        double[] durable = {4 / 5.0, 3 / 4.0, 2 / 4.0};
        double[] reversed = {0, 0, 1 / 3.0};
        int[] hours = {0, 24, 48};
        for (int i = 0; i < hours.length; i++) {
            Duration window = Duration.ofHours(hours[i]);
            assertEquals(
                    durable[i],
                    BotKpis.durableResolution(Conversations.ENGAGED, Silence.FAILURE, window)
                            .of(linked.fields(), linked.events())
                            .value()
                            .orElseThrow(),
                    1e-12);
            assertEquals(
                    reversed[i],
                    BotKpis.recontactReversal(Silence.FAILURE, window)
                            .of(linked.fields(), linked.events())
                            .value()
                            .orElseThrow(),
                    1e-12);
        }
        assertThrows(
                IllegalArgumentException.class, () -> BotKpis.recontactReversal(Silence.FAILURE, Duration.ofHours(-1)));
    }

    @Test
    void handOverDisclosureAndFalsePositives() {
        List<Talk> talks = List.of(
                Talk.of(null, BotKpis.BOT_INVOLVED, BotKpis.AGENT_REACHED, BotKpis.AI_DISCLOSED)
                        .asking(1),
                Talk.of(null, BotKpis.BOT_INVOLVED, BotKpis.BOT_ANSWERED, BotKpis.FALSE_POSITIVE)
                        .asking(2),
                Talk.of(null, BotKpis.BOT_INVOLVED, BotKpis.BOT_ANSWERED),
                Talk.of(null, BotKpis.BOT_INVOLVED, BotKpis.AGENT_REACHED));
        assertEquals(0.5, value(BotKpis.handOverSuccess(), talks));
        assertEquals(0.25, value(BotKpis.aiDisclosureRate(), talks));
        assertEquals(0.5, value(BotKpis.falsePositiveRate(), talks));
    }

    @Test
    void experienceScoreByBothRules() {
        List<Talk> talks = times(770, Talk.of(null));
        talks.addAll(times(200, Talk.of(null, BotKpis.PROFANITY)));
        talks.addAll(times(30, Talk.of(null, BotKpis.PROFANITY, BotKpis.BOT_REPETITION)));
        talks.addAll(times(5, Talk.of(null, "wrote nothing", BotKpis.PROFANITY)));
        // KPI reference: 1000 conversations, 230 with a signal, 77.
        assertEquals(77, value(BotKpis.botExperienceScore(), talks), 1e-12);
        Kpi<WeightedSignals> kpi = BotKpis.weightedBotExperienceScore(
                Map.of(BotKpis.PROFANITY, 0.25, BotKpis.BOT_REPETITION, 0.5, BotKpis.NEGATIVE_FEEDBACK, 0.25));
        WeightedSignals weighted = kpi.of(fields(), talks);
        // 100 · (1 − (200·0.25 + 30·0.75) / 1000)
        assertEquals(92.75, weighted.value().orElseThrow(), 1e-9);
        assertEquals(new Counts(1000, 5, 0, 0), weighted.counts());
        assertEquals(
                List.of(
                        new SignalShare.Rate(BotKpis.BOT_REPETITION, 30, 1000),
                        new SignalShare.Rate(BotKpis.NEGATIVE_FEEDBACK, 0, 1000),
                        new SignalShare.Rate(BotKpis.PROFANITY, 230, 1000)),
                weighted.rates());
        Interval interval = weighted.interval(0.95);
        // Standard error of the scores: s² of 770×0, 200×25, 30×75 points lost.
        double mean = (200 * 25 + 30 * 75) / 1000.0;
        double squares = 770 * mean * mean + 200 * Math.pow(25 - mean, 2) + 30 * Math.pow(75 - mean, 2);
        double half = 1.962341 * Math.sqrt(squares / 999 / 1000);
        assertEquals(92.75 - half, interval.low(), 1e-5);
        assertEquals(92.75 + half, interval.high(), 1e-5);
    }

    @Test
    void theRuleAndTheWeightsAreTheIdentity() {
        Kpi<WeightedSignals> one = BotKpis.weightedBotExperienceScore(Map.of(BotKpis.PROFANITY, 1.0));
        Kpi<WeightedSignals> other =
                BotKpis.weightedBotExperienceScore(Map.of(BotKpis.PROFANITY, 0.5, BotKpis.BOT_REPETITION, 0.5));
        assertNotEquals(one, other);
        assertThrows(IllegalArgumentException.class, () -> one.empty().merge(other.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> BotKpis.weightedBotExperienceScore(Map.of(BotKpis.PROFANITY, 0.9)));
        assertEquals(
                "\"profanty\" is not a negative signal (did you mean \"profanity\"?); they are "
                        + BotKpis.negativeSignals().keySet(),
                assertThrows(
                                IllegalArgumentException.class,
                                () -> BotKpis.weightedBotExperienceScore(Map.of("profanty", 1.0)))
                        .getMessage());
    }

    @Test
    void automationScoreLosesByAnyOfItsFiveSignals() {
        List<Talk> talks = List.of(
                Talk.of(null),
                Talk.of(null).asking(1),
                Talk.of(null, BotKpis.AGENT_REACHED).asking(1),
                Talk.of(null, BotKpis.HANDED_OVER),
                Talk.of(null, BotKpis.ABANDONMENT),
                Talk.of(null, BotKpis.FALSE_POSITIVE),
                Talk.of(null, BotKpis.NEGATIVE_FEEDBACK),
                Talk.of(null, "wrote nothing"));
        SignalShare score = BotKpis.botAutomationScore().of(fields(), talks);
        assertEquals(new Counts(7, 1, 0, 0), score.counts());
        assertEquals(200.0 / 7, score.value().orElseThrow(), 1e-12);
    }
}
