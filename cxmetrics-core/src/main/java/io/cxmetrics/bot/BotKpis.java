package io.cxmetrics.bot;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.stats.Share;
import io.cxmetrics.stats.SignalShare;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * KPIs of bots, one row a conversation. The vocabulary is given by the constants; counts are whole-number fields, the rest
 * flags.
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
    /** The bot resolved the matter. */
    public static final String BOT_RESOLVED = "bot-resolved";
    /** The conversation was handed over to a person. */
    public static final String HANDED_OVER = "handed-over";

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
}
