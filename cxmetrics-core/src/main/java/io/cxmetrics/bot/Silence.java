package io.cxmetrics.bot;

import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;

/**
 * What it means that the customer left without saying whether the bot helped: the point on which published resolution rates
 * differ most. The choice belongs to the KPI's identity.
 *
 * @since 0.1
 */
public enum Silence {
    /** Silence says nothing: such a conversation is missing, and counted as missing. */
    UNKNOWN,
    /** Silence is a resolution, an <em>assumed</em> one. */
    SUCCESS,
    /** Silence is a failure: only a <em>confirmed</em> resolution counts. */
    FAILURE;

    /** Whether the bot resolved the matter, by what the customer said or did not say. */
    Condition resolved() {
        Condition confirmed = Field.flag(BotKpis.BOT_RESOLVED);
        return switch (this) {
            case UNKNOWN -> confirmed;
            case SUCCESS -> confirmed.or(confirmed.isMissing());
            case FAILURE -> confirmed.and(confirmed.isMissing().not());
        };
    }
}
