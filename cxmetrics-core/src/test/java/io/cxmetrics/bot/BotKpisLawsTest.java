package io.cxmetrics.bot;

import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.Truth;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Share;
import io.cxmetrics.stats.SignalShare;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Group;
import net.jqwik.api.Tuple;

/** The laws for every KPI of {@link BotKpis}. */
class BotKpisLawsTest {

    record Conversation(Integer messages, Integer agentRequests, List<Truth> signals, List<Truth> stages) {
        private static final List<String> SIGNALS = List.of(
                BotKpis.BOT_REPETITION,
                BotKpis.CUSTOMER_PARAPHRASE,
                BotKpis.ABANDONMENT,
                BotKpis.NEGATIVE_SENTIMENT,
                BotKpis.NEGATIVE_FEEDBACK,
                BotKpis.PROFANITY);
        private static final List<String> STAGES =
                List.of(BotKpis.BOT_INVOLVED, BotKpis.BOT_RESOLVED, BotKpis.HANDED_OVER);

        static Fields<Conversation> fields() {
            Fields<Conversation> fields = Fields.of(Conversation.class)
                    .whole(BotKpis.CUSTOMER_MESSAGES, Conversation::messages)
                    .whole(BotKpis.AGENT_REQUESTS, Conversation::agentRequests);
            for (int i = 0; i < SIGNALS.size(); i++) {
                int index = i;
                fields = Truth.flag(fields, SIGNALS.get(i), c -> c.signals.get(index));
            }
            for (int i = 0; i < STAGES.size(); i++) {
                int index = i;
                fields = Truth.flag(fields, STAGES.get(i), c -> c.stages.get(index));
            }
            return fields;
        }

        static Arbitrary<Conversation> any() {
            Arbitrary<Truth> rare = Arbitraries.frequency(
                    Tuple.of(20, Truth.FALSE),
                    Tuple.of(2, Truth.TRUE),
                    Tuple.of(1, Truth.MISSING),
                    Tuple.of(1, Truth.REJECTED));
            return Combinators.combine(
                            Arbitraries.integers().between(0, 4).injectNull(0.05),
                            Arbitraries.integers().between(-1, 3).injectNull(0.05),
                            rare.list().ofSize(SIGNALS.size()),
                            Truth.any().list().ofSize(STAGES.size()))
                    .as(Conversation::new);
        }

        Truth hasCustomer() {
            return messages == null ? Truth.MISSING : Truth.of(messages > 0);
        }

        Truth askedTwice() {
            return agentRequests == null
                    ? Truth.MISSING
                    : agentRequests < 0 ? Truth.REJECTED : Truth.of(agentRequests > 1);
        }

        Truth anySignal() {
            return signals.stream().reduce(askedTwice(), Truth::or);
        }
    }

    @Group
    class ExperienceScore extends StatisticLaws<Conversation, SignalShare> {
        @Override
        protected Kpi<SignalShare> kpi() {
            return BotKpis.botExperienceScore();
        }

        @Override
        protected Fields<Conversation> fields() {
            return Conversation.fields();
        }

        @Override
        protected Arbitrary<Conversation> rows() {
            return Conversation.any();
        }

        @Override
        protected Outcome outcome(Conversation conversation) {
            return outcome(conversation.hasCustomer(), conversation.anySignal());
        }

        @Override
        protected double value(List<Conversation> used) {
            double good = 0;
            for (Conversation conversation : used) {
                good += conversation.anySignal().isFalse() ? 1 : 0;
            }
            return 100 * good / used.size();
        }

        @Override
        protected List<Kpi<SignalShare>> others() {
            Map<String, Condition> fewer = BotKpis.negativeSignals();
            fewer.remove(BotKpis.PROFANITY);
            return List.of(BotKpis.botExperienceScore(fewer));
        }
    }

    abstract static class ShareLaws extends StatisticLaws<Conversation, Share> {
        abstract Truth eligible(Conversation conversation);

        abstract Truth hit(Conversation conversation);

        @Override
        protected Fields<Conversation> fields() {
            return Conversation.fields();
        }

        @Override
        protected Arbitrary<Conversation> rows() {
            return Conversation.any();
        }

        @Override
        protected Outcome outcome(Conversation conversation) {
            return outcome(eligible(conversation), hit(conversation));
        }

        @Override
        protected double value(List<Conversation> used) {
            double hits = 0;
            for (Conversation conversation : used) {
                hits += hit(conversation).isTrue() ? 1 : 0;
            }
            return hits / used.size();
        }

        @Override
        protected List<Kpi<Share>> others() {
            return List.of(BotKpis.containment(), BotKpis.automationRate()).stream()
                    .filter(other -> !other.equals(kpi()))
                    .toList();
        }
    }

    @Group
    class AutomationRate extends ShareLaws {
        @Override
        protected Kpi<Share> kpi() {
            return BotKpis.automationRate();
        }

        @Override
        Truth eligible(Conversation conversation) {
            return Truth.TRUE;
        }

        @Override
        Truth hit(Conversation conversation) {
            return conversation.stages.get(0).and(conversation.stages.get(1));
        }
    }

    @Group
    class Containment extends ShareLaws {
        @Override
        protected Kpi<Share> kpi() {
            return BotKpis.containment();
        }

        @Override
        Truth eligible(Conversation conversation) {
            return conversation.stages.get(0);
        }

        @Override
        Truth hit(Conversation conversation) {
            return conversation.stages.get(2).not();
        }
    }
}
