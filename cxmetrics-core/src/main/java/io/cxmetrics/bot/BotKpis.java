package io.cxmetrics.bot;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Share;
import io.cxmetrics.stats.SignalShare;
import io.cxmetrics.stats.WeightedSignals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * KPIs of bots, one row a conversation. The vocabulary is given by the constants; counts are whole-number fields, the rest
 * flags. {@value #BOT_RESOLVED} is what the customer said: true for a confirmed resolution, false for "that did not help",
 * missing where the customer was silent; what silence means is an explicit {@link Silence}, and which conversations are in
 * the denominator an explicit {@link Conversations}. Vendors' own definitions are {@link BotPresets}.
 *
 * @since 0.1
 */
public final class BotKpis {
    /** How many messages the customer sent. */
    public static final String CUSTOMER_MESSAGES = "customer-messages";
    /** The bot said the same thing again. */
    public static final String BOT_REPETITION = "bot-repetition";
    /** The customer asked a similar question at least twice. */
    public static final String CUSTOMER_PARAPHRASE = "customer-paraphrase";
    /** The customer left before a legitimate end. */
    public static final String ABANDONMENT = "abandoned-by-customer";
    /** The customer's mood was negative. */
    public static final String NEGATIVE_SENTIMENT = "negative-sentiment";
    /** The customer gave explicit negative feedback. */
    public static final String NEGATIVE_FEEDBACK = "negative-feedback";
    /** The customer swore. */
    public static final String PROFANITY = "profanity";
    /** How many times the customer asked for a person. */
    public static final String AGENT_REQUESTS = "agent-requests";
    /** The bot took part in the conversation. */
    public static final String BOT_INVOLVED = "bot-involved";
    /** The bot resolved the matter: the customer's confirmation, missing where the customer was silent. */
    public static final String BOT_RESOLVED = "bot-resolved";
    /** The conversation was handed over to a person. */
    public static final String HANDED_OVER = "handed-over";

    /** Who asked for the hand-over: a text such as customer, bot or rule. */
    public static final String HAND_OVER_ASKED_BY = "hand-over-asked-by";
    /** The customer, or the hand-over, reached a person. */
    public static final String AGENT_REACHED = "agent-reached";
    /** The bot gave at least one answer; a greeting is none. */
    public static final String BOT_ANSWERED = "bot-answered";
    /** The bot gave an answer that had nothing to do with the question. */
    public static final String FALSE_POSITIVE = "false-positive";
    /** The customer was told of talking to an AI. */
    public static final String AI_DISCLOSED = "ai-disclosed";
    /** The customer came back to the same conversation after it was closed. */
    public static final String REOPENED = "reopened";
    /** The conversation was drawn into a sample and judged. */
    public static final String JUDGED = "judged";
    /** Judged: the answers were about the question. */
    public static final String ANSWERS_RELEVANT = "answers-relevant";
    /** Judged: the answers were right. */
    public static final String ANSWERS_ACCURATE = "answers-accurate";
    /** Judged: the answers did no harm. */
    public static final String ANSWERS_SAFE = "answers-safe";

    private BotKpis() {}

    /**
     * The seven negative signals of the bot experience score after Calabrio (Wysdom). Asking for a person once and being
     * connected is not negative; asking more than once is.
     *
     * @return the signals by name, to be changed and passed to {@link #botExperienceScore(Map)}
     */
    public static Map<String, Condition> negativeSignals() {
        Map<String, Condition> signals = new LinkedHashMap<>();
        for (String flag : new String[] {
            BOT_REPETITION, CUSTOMER_PARAPHRASE, ABANDONMENT, NEGATIVE_SENTIMENT, NEGATIVE_FEEDBACK, PROFANITY
        }) {
            signals.put(flag, Field.flag(flag));
        }
        signals.put(
                "repeated-agent-request",
                Field.whole(AGENT_REQUESTS).atLeast(0L).gt(1L));
        return signals;
    }

    /**
     * Bot experience score with all {@linkplain #negativeSignals() seven signals}.
     *
     * @return the KPI {@code bot-experience-score}
     */
    public static Kpi<SignalShare> botExperienceScore() {
        return botExperienceScore(negativeSignals());
    }

    /**
     * Bot experience score: 100 × the share of eligible conversations that show none of the negative signals. Eligible is a
     * conversation with at least one customer message. The vendor who coined the score publishes neither formula nor
     * weights; signals count alike here, the set is yours to choose, and each signal's rate is part of the result.
     * Interval: Wilson.
     *
     * @param signals the negative signals by name
     * @return the KPI {@code bot-experience-score}
     */
    public static Kpi<SignalShare> botExperienceScore(Map<String, Condition> signals) {
        return SignalShare.kpi("bot-experience-score", signals)
                .where(Field.whole(CUSTOMER_MESSAGES).ge(1L))
                .withName("Bot experience score");
    }

    /**
     * Automation rate: the share of all conversations that the bot took part in and resolved, which is involvement ×
     * resolution. Silence is not resolution: a conversation whose {@value #BOT_RESOLVED} is missing is missing. Interval:
     * Wilson.
     *
     * @return the KPI {@code automation-rate}
     */
    public static Kpi<Share> automationRate() {
        return Share.kpi("automation-rate", Field.flag(BOT_INVOLVED).and(Field.flag(BOT_RESOLVED)))
                .withName("Automation rate");
    }

    /**
     * Containment: the share of the conversations with the bot that were not handed over. Interval: Wilson.
     *
     * @return the KPI {@code containment}
     */
    public static Kpi<Share> containment() {
        return Share.kpi("containment", Field.flag(HANDED_OVER).not())
                .where(Field.flag(BOT_INVOLVED))
                .withName("Containment");
    }

    /**
     * Containment of some hand-overs: the share of the conversations with the bot that were not handed over at the request
     * of those named. A hand-over that others asked for, such as a rule, leaves a conversation contained. Interval: Wilson.
     *
     * @param askedBy the values of {@value #HAND_OVER_ASKED_BY} that end containment, such as {@code customer}
     * @return the KPI {@code containment}
     */
    public static Kpi<Share> containment(String... askedBy) {
        return Share.kpi(
                        "containment",
                        Field.flag(HANDED_OVER)
                                .and(Field.text(HAND_OVER_ASKED_BY).in(askedBy))
                                .not())
                .where(Field.flag(BOT_INVOLVED))
                .withName("Containment");
    }

    /**
     * Involvement: the share of all conversations in which the bot took part. Interval: Wilson.
     *
     * @return the KPI {@code bot-involvement}
     */
    public static Kpi<Share> involvement() {
        return Share.kpi("bot-involvement", Field.flag(BOT_INVOLVED)).withName("Bot involvement");
    }

    /**
     * Deflection: the share of all conversations that the bot took part in and that reached no person. Unlike containment,
     * its denominator are all conversations; unlike the automation rate, it does not ask whether the matter was resolved.
     * Interval: Wilson.
     *
     * @return the KPI {@code deflection}
     */
    public static Kpi<Share> deflection() {
        return Share.kpi(
                        "deflection",
                        Field.flag(BOT_INVOLVED).and(Field.flag(HANDED_OVER).not()))
                .withName("Deflection");
    }

    private static Condition resolvedByBot(Silence silence) {
        return Field.flag(HANDED_OVER).not().and(silence.resolved());
    }

    /**
     * Resolution rate: the share of conversations that the bot resolved without handing over. Interval: Wilson.
     *
     * @param of which conversations are in the denominator
     * @param silence what it means that the customer said neither yes nor no
     * @return the KPI {@code bot-resolution-rate}
     */
    public static Kpi<Share> resolutionRate(Conversations of, Silence silence) {
        return Share.kpi("bot-resolution-rate", resolvedByBot(silence))
                .where(of.condition())
                .withName("Bot resolution rate");
    }

    /**
     * Automation rate with silence and hand-over made explicit: involvement × resolution of the conversations with the bot,
     * which is the share of all conversations that the bot took part in and resolved without handing over. Interval: Wilson.
     *
     * @param silence what it means that the customer said neither yes nor no
     * @return the KPI {@code automation-rate}
     */
    public static Kpi<Share> automationRate(Silence silence) {
        return Share.kpi("automation-rate", Field.flag(BOT_INVOLVED).and(resolvedByBot(silence)))
                .withName("Automation rate");
    }

    private static Condition cameBackWithin(Duration window) {
        Quantity<Duration> next = Field.duration(Linker.TIME_TO_NEXT).atLeast(Duration.ZERO);
        return next.isMissing().not().and(next.le(window));
    }

    private static Condition observedFor(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("a window must not be negative; found " + window);
        }
        return Field.duration(Linker.OBSERVED_FOR).ge(window);
    }

    /**
     * Durable resolution: the share of conversations that the bot resolved and after which the customer did not come back
     * within a window; a re-contact reverses the resolution. Reads linked fields, see {@link Linker}. Conversations younger
     * than the window are not eligible: whether they last is not known yet. Interval: Wilson.
     *
     * @param of which conversations are in the denominator
     * @param silence what it means that the customer said neither yes nor no
     * @param window the time without a re-contact, usually 24 h, 72 h or 7 d
     * @return the KPI {@code durable-resolution}
     * @throws IllegalArgumentException if the window is negative
     */
    public static Kpi<Share> durableResolution(Conversations of, Silence silence, Duration window) {
        return Share.kpi(
                        "durable-resolution",
                        resolvedByBot(silence).and(cameBackWithin(window).not()))
                .where(of.condition().and(observedFor(window)))
                .withName("Durable resolution");
    }

    /**
     * Re-contact reversal: of the conversations that the bot resolved, the share after which the customer came back within a
     * window. Reads linked fields, see {@link Linker}; conversations younger than the window are not eligible. Interval:
     * Wilson.
     *
     * @param silence what it means that the customer said neither yes nor no
     * @param window the window, usually 24 h, 72 h or 7 d
     * @return the KPI {@code recontact-reversal}
     * @throws IllegalArgumentException if the window is negative
     */
    public static Kpi<Share> recontactReversal(Silence silence, Duration window) {
        return Share.kpi("recontact-reversal", cameBackWithin(window))
                .where(Condition.all(Field.flag(BOT_INVOLVED), resolvedByBot(silence), observedFor(window)))
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName("Re-contact reversal");
    }

    /**
     * False positives: of the conversations in which the bot answered, the share with an answer that had nothing to do with
     * the question. Interval: Wilson.
     *
     * @return the KPI {@code false-positive-rate}
     */
    public static Kpi<Share> falsePositiveRate() {
        return Share.kpi("false-positive-rate", Field.flag(FALSE_POSITIVE))
                .where(Conversations.HANDLED.condition())
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName("False positives");
    }

    /**
     * AI disclosure rate: of the conversations with the bot, the share in which the customer was told so. Interval: Wilson.
     *
     * @return the KPI {@code ai-disclosure-rate}
     */
    public static Kpi<Share> aiDisclosureRate() {
        return Share.kpi("ai-disclosure-rate", Field.flag(AI_DISCLOSED))
                .where(Field.flag(BOT_INVOLVED))
                .withName("AI disclosure rate");
    }

    private static Condition askedForAgent() {
        return Field.whole(AGENT_REQUESTS).atLeast(0L).ge(1L);
    }

    /**
     * Hand-over success: of the conversations in which the customer asked for a person, the share that reached one.
     * Interval: Wilson.
     *
     * @return the KPI {@code hand-over-success}
     */
    public static Kpi<Share> handOverSuccess() {
        return Share.kpi("hand-over-success", Field.flag(AGENT_REACHED))
                .where(askedForAgent())
                .withName("Hand-over success");
    }

    /**
     * Bot automation score after Calabrio (Wysdom): 100 × the share of eligible conversations without escalation to an
     * agent, abandonment, an answer unrelated to the question, negative feedback, or a requested but missed hand-over.
     * Eligible is a conversation with at least one customer message. Each signal's rate is part of the result. Interval:
     * Wilson.
     *
     * @return the KPI {@code bot-automation-score}
     */
    public static Kpi<SignalShare> botAutomationScore() {
        Map<String, Condition> signals = new LinkedHashMap<>();
        for (String flag : new String[] {HANDED_OVER, ABANDONMENT, FALSE_POSITIVE, NEGATIVE_FEEDBACK}) {
            signals.put(flag, Field.flag(flag));
        }
        signals.put(
                "missed-hand-over",
                askedForAgent().and(Field.flag(AGENT_REACHED).not()));
        return SignalShare.kpi("bot-automation-score", signals)
                .where(Conversations.ELIGIBLE.condition())
                .withName("Bot automation score");
    }

    /**
     * Bot experience score by the weighted rule: the mean over eligible conversations of 100 · (1 − Σ wᵢ · [signal i]). A
     * conversation with one light signal loses little, where {@link #botExperienceScore()} gives it 0. The weights are
     * yours: nobody publishes any. They belong to the identity. A conversation of which one signal is unknown is missing.
     * Interval: t, cut at 0 and 100.
     *
     * @param weights the weights by the names of {@link #negativeSignals()}, summing to 1; signals left out do not count
     * @return the KPI {@code bot-experience-score-weighted}
     * @throws IllegalArgumentException if a signal is unknown, or the weights do not sum to 1
     */
    public static Kpi<WeightedSignals> weightedBotExperienceScore(Map<String, Double> weights) {
        Map<String, Condition> all = negativeSignals();
        Map<String, WeightedSignals.Weighted> weighted = new LinkedHashMap<>();
        for (String name : weights.keySet()) {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException("\"" + name + "\" is not a negative signal"
                        + DidYouMean.suffix(name, all.keySet()) + "; they are " + all.keySet());
            }
        }
        // In the order of the signals, so that the order of the map is no part of the identity.
        all.forEach((name, signal) -> {
            Double weight = weights.get(name);
            if (weight != null) {
                weighted.put(name, new WeightedSignals.Weighted(signal, weight));
            }
        });
        return WeightedSignals.kpi("bot-experience-score-weighted", weighted)
                .where(Conversations.ELIGIBLE.condition())
                .withName("Bot experience score, weighted");
    }
}
