package io.cxmetrics.contact;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.Truth;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Group;
import net.jqwik.api.Tuple;

/** The laws for every KPI of {@link ContactKpis}. */
class ContactKpisLawsTest {
    private static final Duration TARGET = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(5);

    record Call(Truth answered, Truth abandoned, Duration waited, Duration talk, Duration hold, Duration work) {
        static final Fields<Call> FIELDS = Truth.flag(
                Truth.flag(
                        Fields.of(Call.class)
                                .duration(ContactKpis.WAIT, Call::waited)
                                .duration(ContactKpis.TALK, Call::talk)
                                .duration(ContactKpis.HOLD, Call::hold)
                                .duration(ContactKpis.AFTER_CONTACT_WORK, Call::work),
                        ContactKpis.ANSWERED,
                        Call::answered),
                ContactKpis.ABANDONED,
                Call::abandoned);

        static Arbitrary<Call> any() {
            Arbitrary<Duration> time = Arbitraries.frequencyOf(
                    Tuple.of(
                            10,
                            Arbitraries.longs().between(0, 40_000_000).map(micros -> Duration.ofNanos(micros * 1_000))),
                    Tuple.of(
                            6,
                            Arbitraries.of(
                                    Duration.ZERO,
                                    SHORT,
                                    SHORT.plusNanos(1_000),
                                    TARGET.minusNanos(1_000),
                                    TARGET,
                                    TARGET.plusNanos(1_000))),
                    Tuple.of(1, Arbitraries.of(Duration.ofNanos(-1_000), Duration.ofDays(40_000))),
                    Tuple.of(1, Arbitraries.just(null)));
            return Combinators.combine(Truth.any(), Truth.any(), time, time, time, time)
                    .as(Call::new);
        }

        Truth offered() {
            return answered.or(abandoned);
        }

        Truth past(Duration limit) {
            return Truth.atMost(waited, limit).not();
        }

        Truth isFast() {
            return answered.and(Truth.atMost(waited, TARGET));
        }
    }

    abstract static class ShareLaws extends StatisticLaws<Call, Share> {
        abstract Truth eligible(Call call);

        abstract Truth hit(Call call);

        @Override
        protected Fields<Call> fields() {
            return Call.FIELDS;
        }

        @Override
        protected Arbitrary<Call> rows() {
            return Call.any();
        }

        @Override
        protected Outcome outcome(Call call) {
            return outcome(eligible(call), hit(call));
        }

        @Override
        protected double value(List<Call> used) {
            double hits = 0;
            for (Call call : used) {
                hits += hit(call).isTrue() ? 1 : 0;
            }
            return hits / used.size();
        }

        /** All six treatments, other thresholds, and the abandonment rates: no two are the same KPI. */
        @Override
        protected List<Kpi<Share>> others() {
            return List.of(
                            ContactKpis.serviceLevel(TARGET, Abandons.EXCLUDED),
                            ContactKpis.serviceLevel(TARGET, Abandons.FAILURES),
                            ContactKpis.serviceLevel(TARGET, Abandons.SUCCESSES_WITHIN_TARGET),
                            ContactKpis.serviceLevel(TARGET, Abandons.FAILURES_PAST_TARGET),
                            ContactKpis.serviceLevel(TARGET, Abandons.shortAsSuccesses(SHORT)),
                            ContactKpis.serviceLevel(TARGET, Abandons.shortExcluded(SHORT)),
                            ContactKpis.serviceLevel(TARGET, Abandons.shortAsSuccesses(SHORT.plusSeconds(1))),
                            ContactKpis.serviceLevel(TARGET, Abandons.shortExcluded(SHORT.plusSeconds(1))),
                            ContactKpis.serviceLevel(TARGET.plusSeconds(1), Abandons.EXCLUDED),
                            ContactKpis.abandonmentRate(),
                            ContactKpis.abandonmentRate(SHORT),
                            ContactKpis.abandonmentRate(SHORT.plusSeconds(1)))
                    .stream()
                    .filter(other -> !other.equals(kpi()))
                    .toList();
        }
    }

    abstract static class ServiceLevelLaws extends ShareLaws {
        private final Abandons abandons;

        ServiceLevelLaws(Abandons abandons) {
            this.abandons = abandons;
        }

        @Override
        protected Kpi<Share> kpi() {
            return ContactKpis.serviceLevel(TARGET, abandons);
        }

        @Override
        Truth eligible(Call call) {
            return call.offered();
        }

        @Override
        Truth hit(Call call) {
            return call.isFast();
        }
    }

    @Group
    class ServiceLevelWithoutAbandons extends ServiceLevelLaws {
        ServiceLevelWithoutAbandons() {
            super(Abandons.EXCLUDED);
        }

        @Override
        Truth eligible(Call call) {
            return call.answered;
        }
    }

    @Group
    class ServiceLevelAbandonsFail extends ServiceLevelLaws {
        ServiceLevelAbandonsFail() {
            super(Abandons.FAILURES);
        }
    }

    @Group
    class ServiceLevelFastAbandonsSucceed extends ServiceLevelLaws {
        ServiceLevelFastAbandonsSucceed() {
            super(Abandons.SUCCESSES_WITHIN_TARGET);
        }

        @Override
        Truth hit(Call call) {
            return Truth.atMost(call.waited, TARGET);
        }
    }

    @Group
    class ServiceLevelSlowAbandonsFail extends ServiceLevelLaws {
        ServiceLevelSlowAbandonsFail() {
            super(Abandons.FAILURES_PAST_TARGET);
        }

        @Override
        Truth eligible(Call call) {
            return call.answered.or(call.abandoned.and(call.past(TARGET)));
        }
    }

    @Group
    class ServiceLevelShortAbandonsSucceed extends ServiceLevelLaws {
        ServiceLevelShortAbandonsSucceed() {
            super(Abandons.shortAsSuccesses(SHORT));
        }

        @Override
        Truth hit(Call call) {
            return call.isFast().or(call.abandoned.and(Truth.atMost(call.waited, SHORT)));
        }
    }

    @Group
    class ServiceLevelWithoutShortAbandons extends ServiceLevelLaws {
        ServiceLevelWithoutShortAbandons() {
            super(Abandons.shortExcluded(SHORT));
        }

        @Override
        Truth eligible(Call call) {
            return call.answered.or(call.abandoned.and(call.past(SHORT)));
        }
    }

    @Group
    class AbandonmentRate extends ShareLaws {
        @Override
        protected Kpi<Share> kpi() {
            return ContactKpis.abandonmentRate();
        }

        @Override
        Truth eligible(Call call) {
            return call.offered();
        }

        @Override
        Truth hit(Call call) {
            return call.abandoned;
        }
    }

    @Group
    class AbandonmentRateWithoutShortOnes extends ShareLaws {
        @Override
        protected Kpi<Share> kpi() {
            return ContactKpis.abandonmentRate(SHORT);
        }

        @Override
        Truth eligible(Call call) {
            return call.answered.or(call.abandoned.and(call.past(SHORT)));
        }

        @Override
        Truth hit(Call call) {
            return call.abandoned;
        }
    }

    private static Truth known(Duration time) {
        return Truth.atMost(time, time);
    }

    @Group
    class AverageSpeedOfAnswer extends StatisticLaws<Call, Mean> {
        @Override
        protected Kpi<Mean> kpi() {
            return ContactKpis.averageSpeedOfAnswer();
        }

        @Override
        protected Fields<Call> fields() {
            return Call.FIELDS;
        }

        @Override
        protected Arbitrary<Call> rows() {
            return Call.any();
        }

        @Override
        protected Outcome outcome(Call call) {
            return outcome(call.answered, known(call.waited));
        }

        @Override
        protected double value(List<Call> used) {
            long micros = 0;
            for (Call call : used) {
                micros += call.waited.toNanos() / 1_000;
            }
            return micros / 1e6 / used.size();
        }

        @Override
        protected List<Kpi<Mean>> others() {
            return List.of(
                    Mean.kpi("asa", Field.duration(ContactKpis.TALK).atLeast(Duration.ZERO), Direction.LOWER_IS_BETTER)
                            .where(Field.flag(ContactKpis.ANSWERED)));
        }
    }

    @Group
    class AverageHandleTime extends StatisticLaws<Call, Ratio> {
        @Override
        protected Kpi<Ratio> kpi() {
            return ContactKpis.averageHandleTime();
        }

        @Override
        protected Fields<Call> fields() {
            return Call.FIELDS;
        }

        @Override
        protected Arbitrary<Call> rows() {
            return Call.any();
        }

        @Override
        protected Outcome outcome(Call call) {
            return outcome(call.answered, known(call.talk).and(known(call.hold)).and(known(call.work)));
        }

        @Override
        protected double value(List<Call> used) {
            long micros = 0;
            for (Call call : used) {
                micros += call.talk.plus(call.hold).plus(call.work).toNanos() / 1_000;
            }
            return micros / 1e6 / used.size();
        }

        @Override
        protected List<Kpi<Ratio>> others() {
            return List.of(
                    ContactKpis.averageHandleTime(ContactKpis.TALK),
                    ContactKpis.averageHandleTime(ContactKpis.TALK, ContactKpis.HOLD));
        }
    }
}
