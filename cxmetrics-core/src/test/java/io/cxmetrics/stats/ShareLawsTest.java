package io.cxmetrics.stats;

import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.Truth;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

class ShareLawsTest extends StatisticLaws<ShareLawsTest.Chat, Share> {

    record Chat(String channel, Long messages, Truth solved) {}

    @Override
    protected Kpi<Share> kpi() {
        return Share.kpi(
                        "short-and-solved",
                        Field.flag("solved")
                                .and(Field.rating("messages", 0, 100).lt(5L)))
                .where(Field.text("channel").in("chat", "app"));
    }

    @Override
    protected Fields<Chat> fields() {
        Fields<Chat> fields =
                Fields.of(Chat.class).text("channel", Chat::channel).whole("messages", Chat::messages);
        return Truth.flag(fields, "solved", Chat::solved);
    }

    @Override
    protected Arbitrary<Chat> rows() {
        return Combinators.combine(
                        Arbitraries.of("chat", "app", "chat", "phone").injectNull(0.1),
                        Arbitraries.longs().between(-2, 12).injectNull(0.1),
                        Truth.any())
                .as(Chat::new);
    }

    private static Truth isShort(Chat chat) {
        if (chat.messages == null) {
            return Truth.MISSING;
        }
        return chat.messages < 0 ? Truth.REJECTED : Truth.of(chat.messages < 5);
    }

    @Override
    protected Outcome outcome(Chat chat) {
        Truth eligible = chat.channel == null
                ? Truth.MISSING
                : Truth.of(List.of("chat", "app").contains(chat.channel));
        return outcome(eligible, chat.solved.and(isShort(chat)));
    }

    @Override
    protected double value(List<Chat> used) {
        double hits = 0;
        for (Chat chat : used) {
            if (chat.solved.and(isShort(chat)).isTrue()) {
                hits++;
            }
        }
        return hits / used.size();
    }

    @Override
    protected List<Kpi<Share>> others() {
        return List.of(
                Share.kpi(
                                "short-and-solved",
                                Field.flag("solved")
                                        .or(Field.rating("messages", 0, 100).lt(5L)))
                        .where(Field.text("channel").in("chat", "app")),
                Share.kpi(
                                "short-and-solved",
                                Field.flag("solved")
                                        .and(Field.rating("messages", 0, 100).le(5L)))
                        .where(Field.text("channel").in("chat", "app")),
                Share.kpi(
                                "short-and-solved",
                                Field.flag("solved")
                                        .and(Field.rating("messages", 0, 99).lt(5L)))
                        .where(Field.text("channel").in("chat", "app")),
                Share.kpi(
                                "short-and-solved",
                                Field.flag("solved")
                                        .and(Field.rating("messages", 0, 100).lt(5L)))
                        .where(Field.text("channel").in("chat")),
                Kpi.of("short-and-solved", kpi().definition(), Unit.NUMBER, kpi().direction())
                        .where(kpi().where()));
    }
}
