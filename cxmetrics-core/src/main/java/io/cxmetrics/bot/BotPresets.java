package io.cxmetrics.bot;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.stats.Share;
import io.cxmetrics.stats.SignalShare;
import java.util.List;

/**
 * Headline rates of bots as four vendors define them, for comparing one's own figure with a published one. They differ in
 * the denominator, in what silence means, and in what undoes a resolution; on the same conversations they lie far apart, as
 * the guide shows. None of them is endorsed by the vendor; definitions change, and each method says which one it follows.
 *
 * @since 0.1
 */
public final class BotPresets {

    private BotPresets() {}

    /**
     * Resolution rate as Intercom describes it for Fin: of the conversations with the bot, those in which it gave an answer
     * and the customer confirmed it, or left without asking for more help. A conversation to which the customer came back
     * is not resolved. Silence is success. Interval: Wilson. Source: Intercom help centre, "Fin AI Agent resolutions"
     * (intercom.com/help/en/articles/8205718).
     *
     * @return the KPI {@code fin-resolution-rate}
     */
    public static Kpi<Share> finResolutionRate() {
        Condition asksForNoMore =
                Field.whole(BotKpis.AGENT_REQUESTS).atLeast(0L).is(0L);
        return Share.kpi(
                        "fin-resolution-rate",
                        Condition.all(
                                Field.flag(BotKpis.BOT_ANSWERED),
                                Field.flag(BotKpis.HANDED_OVER).not(),
                                Field.flag(BotKpis.REOPENED).not(),
                                asksForNoMore,
                                Silence.SUCCESS.resolved()))
                .where(Conversations.ENGAGED.condition())
                .withName("Resolution rate as Fin");
    }

    /**
     * Automated resolution rate as Ada describes it: of the judged conversations with the bot, those handled without a
     * person in which the answers were relevant, accurate and safe. Silence plays no part, a judgement does; conversations
     * that were not judged are missing. Interval: Wilson, over the judged sample. Source: Ada documentation, "Understand and
     * improve your AI Agent's automated resolution rate" (docs.ada.cx).
     *
     * @return the KPI {@code ada-automated-resolution-rate}
     */
    public static Kpi<Share> adaAutomatedResolutionRate() {
        return Share.kpi(
                        "ada-automated-resolution-rate",
                        Condition.all(
                                Field.flag(BotKpis.HANDED_OVER).not(),
                                Field.flag(BotKpis.ANSWERS_RELEVANT),
                                Field.flag(BotKpis.ANSWERS_ACCURATE),
                                Field.flag(BotKpis.ANSWERS_SAFE)))
                .where(Conversations.JUDGED.condition())
                .withName("Automated resolution rate as Ada");
    }

    /**
     * Success rate as Amazon Lex counts it: of the conversations with the bot, those whose intent was fulfilled. One that
     * the customer dropped is no success, so silence is failure; a hand-over that was the fulfilled intent is a success.
     * Interval: Wilson. Source: Amazon Lex V2 developer guide, "Key definitions" of analytics.
     *
     * @return the KPI {@code lex-success-rate}
     */
    public static Kpi<Share> lexSuccessRate() {
        return Share.kpi("lex-success-rate", Silence.FAILURE.resolved())
                .where(Conversations.ENGAGED.condition())
                .withName("Success rate as Lex");
    }

    /**
     * Bot automation score as Calabrio describes it, see {@link BotKpis#botAutomationScore()}. Silence plays no part, but
     * abandonment does. Interval: Wilson. Source: Calabrio help centre, "Bot Analytics glossary".
     *
     * @return the KPI {@code calabrio-automation-score}, 0…100 points
     */
    public static Kpi<SignalShare> calabrioAutomationScore() {
        return BotKpis.botAutomationScore()
                .withId("calabrio-automation-score")
                .withName("Bot automation score as Calabrio");
    }

    /**
     * All presets, for a scorecard that shows how they differ.
     *
     * @return the KPIs in the order of the vendors' names
     */
    public static List<Kpi<?>> all() {
        return List.of(adaAutomatedResolutionRate(), calabrioAutomationScore(), finResolutionRate(), lexSuccessRate());
    }
}
