package io.cxmetrics.bot;

import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;

/**
 * Which conversations are in the denominator of a rate. The choice belongs to the KPI's identity.
 *
 * @since 0.1
 */
public enum Conversations {
    /** All conversations, with or without the bot. */
    ALL,
    /** Those in which the customer wrote at least one message. */
    ELIGIBLE,
    /** Those in which the bot took part. */
    ENGAGED,
    /** Those in which the bot gave at least one answer; a greeting is none. */
    HANDLED,
    /** Those that were drawn into a sample and judged. The interval then speaks of the sample's population. */
    JUDGED;

    /**
     * The condition that says which.
     *
     * @return the condition
     */
    public Condition condition() {
        Condition engaged = Field.flag(BotKpis.BOT_INVOLVED);
        return switch (this) {
            case ALL -> Condition.always();
            case ELIGIBLE -> Field.whole(BotKpis.CUSTOMER_MESSAGES).ge(1L);
            case ENGAGED -> engaged;
            case HANDLED -> engaged.and(Field.flag(BotKpis.BOT_ANSWERED));
            case JUDGED -> engaged.and(Field.flag(BotKpis.JUDGED));
        };
    }
}
