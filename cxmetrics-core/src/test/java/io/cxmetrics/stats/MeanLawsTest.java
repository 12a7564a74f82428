package io.cxmetrics.stats;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.StatisticLaws;
import io.cxmetrics.Truth;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Group;
import net.jqwik.api.Tuple;

class MeanLawsTest {

    @Group
    class OfDurations extends StatisticLaws<OfDurations.Call, Mean> {

        record Call(Duration waited, Truth answered) {}

        @Override
        protected Kpi<Mean> kpi() {
            return Mean.kpi("wait", Field.duration("wait").atLeast(Duration.ZERO), Direction.LOWER_IS_BETTER)
                    .where(Field.flag("answered"));
        }

        @Override
        protected Fields<Call> fields() {
            return Truth.flag(Fields.of(Call.class).duration("wait", Call::waited), "answered", Call::answered);
        }

        @Override
        protected Arbitrary<Call> rows() {
            return Combinators.combine(durations(), Truth.any()).as(Call::new);
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
            return (double) micros / used.size() / 1e6;
        }

        @Override
        protected List<Kpi<Mean>> others() {
            return List.of(
                    Mean.kpi("wait", Field.duration("wait"), Direction.LOWER_IS_BETTER)
                            .where(Field.flag("answered")),
                    Mean.kpi("wait", Field.duration("hold").atLeast(Duration.ZERO), Direction.LOWER_IS_BETTER)
                            .where(Field.flag("answered")),
                    Mean.kpi("wait", Field.duration("wait").atLeast(Duration.ofSeconds(1)), Direction.LOWER_IS_BETTER)
                            .where(Field.flag("answered")));
        }
    }

    /** Waits in whole microseconds, some finer, missing, negative or longer than a hundred years. */
    static Arbitrary<Duration> durations() {
        Duration century = Duration.ofDays(36_525);
        return Arbitraries.frequencyOf(
                Tuple.of(
                        8, Arbitraries.longs().between(0, 600_000_000).map(micros -> Duration.ofNanos(micros * 1_000))),
                Tuple.of(2, Arbitraries.longs().between(0, 60_000_000_000L).map(Duration::ofNanos)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                Duration.ZERO,
                                Duration.ofNanos(999),
                                Duration.ofDays(1),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(20).plusNanos(1_000))),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                Duration.ofSeconds(-1),
                                Duration.ofNanos(-1_000),
                                century.plusNanos(1_000),
                                century.plusSeconds(1),
                                Duration.ofSeconds(Long.MAX_VALUE),
                                Duration.ofSeconds(Long.MIN_VALUE))),
                Tuple.of(2, Arbitraries.just(null)));
    }

    static Truth known(Duration time) {
        return time == null ? Truth.MISSING : Truth.isTime(time) ? Truth.TRUE : Truth.REJECTED;
    }

    /** Numbers of all magnitudes, with cancellation; some missing, NaN or infinite. */
    static Arbitrary<Double> wildNumbers() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.doubles().between(-1e6, 1e6)),
                Tuple.of(
                        4,
                        Combinators.combine(
                                        Arbitraries.doubles().between(-1, 1),
                                        Arbitraries.integers().between(-1_070, 1_020))
                                .as((m, e) -> Math.scalb(m, e))),
                Tuple.of(
                        4,
                        Arbitraries.of(
                                0.0,
                                -0.0,
                                0.1,
                                -0.1,
                                Double.MIN_VALUE,
                                -Double.MIN_VALUE,
                                Double.MIN_NORMAL,
                                Double.MAX_VALUE,
                                -Double.MAX_VALUE,
                                1e16,
                                -1e16,
                                1.0)),
                Tuple.of(1, Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)),
                Tuple.of(1, Arbitraries.just(null)));
    }

    static Truth known(Double number) {
        return number == null
                ? Truth.MISSING
                : Double.isNaN(number) || Double.isInfinite(number) ? Truth.REJECTED : Truth.TRUE;
    }

    @Group
    class OfWildNumbers extends StatisticLaws<OfWildNumbers.Measurement, Mean> {

        record Measurement(Double x) {}

        @Override
        protected Kpi<Mean> kpi() {
            return Mean.kpi("x", Field.number("x"), Direction.NEUTRAL);
        }

        @Override
        protected Fields<Measurement> fields() {
            return Fields.of(Measurement.class).number("x", Measurement::x);
        }

        @Override
        protected Arbitrary<Measurement> rows() {
            return wildNumbers().map(Measurement::new);
        }

        @Override
        protected Outcome outcome(Measurement measurement) {
            return outcome(Truth.TRUE, known(measurement.x));
        }

        @Override
        protected double value(List<Measurement> used) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Measurement measurement : used) {
                sum = sum.add(new BigDecimal(measurement.x));
            }
            return sum.divide(BigDecimal.valueOf(used.size()), new MathContext(60))
                    .doubleValue();
        }

        @Override
        protected List<Kpi<Mean>> others() {
            return List.of(
                    Mean.kpi("x", Field.whole("x"), Direction.NEUTRAL),
                    Mean.kpi("x", Field.number("y"), Direction.NEUTRAL),
                    Mean.kpi("x", Field.money("x", "EUR"), Direction.NEUTRAL));
        }
    }

    @Group
    class OfMoney extends StatisticLaws<OfMoney.Order, Mean> {

        record Order(Money total) {}

        @Override
        protected Kpi<Mean> kpi() {
            return Mean.kpi("order-value", Field.money("total", "EUR"), Direction.HIGHER_IS_BETTER);
        }

        @Override
        protected Fields<Order> fields() {
            return Fields.of(Order.class).money("total", "EUR", Order::total);
        }

        @Override
        protected Arbitrary<Order> rows() {
            return Arbitraries.frequencyOf(
                            Tuple.of(
                                    8,
                                    Arbitraries.longs()
                                            .between(-500_000, 500_000)
                                            .map(cents -> euros(BigDecimal.valueOf(cents, 2)))),
                            Tuple.of(
                                    1,
                                    Arbitraries.of(
                                            Money.of("12.60", "USD"),
                                            Money.of("1260", "JPY"),
                                            Money.of("100000000000000000", "EUR"),
                                            Money.of("1000000000000000000000", "EUR"))),
                            Tuple.of(1, Arbitraries.just(null)))
                    .map(Order::new);
        }

        private static Money euros(BigDecimal amount) {
            return new Money(amount, Money.currency("EUR"));
        }

        @Override
        protected Outcome outcome(Order order) {
            if (order.total == null) {
                return Outcome.MISSING;
            }
            boolean isEuro = order.total.currency().getCurrencyCode().equals("EUR");
            return isEuro && order.total.amount().abs().compareTo(new BigDecimal("1e12")) < 0
                    ? Outcome.USED
                    : Outcome.REJECTED;
        }

        @Override
        protected double value(List<Order> used) {
            double sum = 0;
            for (Order order : used) {
                sum += order.total.amount().movePointRight(2).longValueExact();
            }
            return sum / used.size() / 100;
        }

        @Override
        protected List<Kpi<Mean>> others() {
            return List.of(
                    Mean.kpi("order-value", Field.money("total", "USD"), Direction.HIGHER_IS_BETTER),
                    Mean.kpi("order-value", Field.whole("total"), Direction.HIGHER_IS_BETTER));
        }
    }
}
