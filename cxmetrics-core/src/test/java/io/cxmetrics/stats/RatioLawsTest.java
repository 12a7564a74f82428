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

class RatioLawsTest {

    @Group
    class CostPerContact extends StatisticLaws<CostPerContact.Day, Ratio> {

        record Day(Money cost, Long contacts) {}

        private static Kpi<Ratio> ratio(String cost, String currency, long mostContacts) {
            return Ratio.kpi(
                    "cost-per-contact",
                    Field.money(cost, currency),
                    Field.whole("contacts").within(0L, mostContacts),
                    Direction.LOWER_IS_BETTER);
        }

        @Override
        protected Kpi<Ratio> kpi() {
            return ratio("cost", "EUR", 1_000);
        }

        @Override
        protected Fields<Day> fields() {
            return Fields.of(Day.class).money("cost", "EUR", Day::cost).whole("contacts", Day::contacts);
        }

        @Override
        protected Arbitrary<Day> rows() {
            return Combinators.combine(
                            Arbitraries.longs()
                                    .between(-1, 100_000)
                                    .map(cents -> new Money(
                                            BigDecimal.valueOf(cents, 2), Money.currency(cents < 0 ? "USD" : "EUR")))
                                    .injectNull(0.1),
                            Arbitraries.longs().between(-1, 8).injectNull(0.1))
                    .as(Day::new);
        }

        @Override
        protected Outcome outcome(Day day) {
            boolean badCost = day.cost != null && day.cost.currency().equals(Money.currency("USD"));
            boolean badContacts = day.contacts != null && day.contacts < 0;
            if (badCost || badContacts) {
                return Outcome.REJECTED;
            }
            return day.cost == null || day.contacts == null ? Outcome.MISSING : Outcome.USED;
        }

        @Override
        protected double value(List<Day> used) {
            long cents = 0;
            long contacts = 0;
            for (Day day : used) {
                cents += day.cost.amount().movePointRight(2).longValueExact();
                contacts += day.contacts;
            }
            return contacts == 0 ? Double.NaN : (double) cents / contacts / 100;
        }

        @Override
        protected List<Kpi<Ratio>> others() {
            return List.of(ratio("cost", "USD", 1_000), ratio("price", "EUR", 1_000), ratio("cost", "EUR", 999));
        }
    }

    @Group
    class ShareOfTime extends StatisticLaws<ShareOfTime.Shift, Ratio> {

        record Shift(Duration busy, Duration idle) {}

        private static Kpi<Ratio> occupancy(String busy) {
            var time = Field.duration(busy).atLeast(Duration.ZERO);
            return Ratio.kpi(
                    "occupancy",
                    time,
                    time.plus(Field.duration("idle").atLeast(Duration.ZERO)),
                    Direction.HIGHER_IS_BETTER);
        }

        @Override
        protected Kpi<Ratio> kpi() {
            return occupancy("busy");
        }

        @Override
        protected Fields<Shift> fields() {
            return Fields.of(Shift.class).duration("busy", Shift::busy).duration("idle", Shift::idle);
        }

        @Override
        protected Arbitrary<Shift> rows() {
            return Combinators.combine(MeanLawsTest.durations(), MeanLawsTest.durations())
                    .as(Shift::new);
        }

        @Override
        protected Outcome outcome(Shift shift) {
            return outcome(Truth.TRUE, MeanLawsTest.known(shift.busy).and(MeanLawsTest.known(shift.idle)));
        }

        @Override
        protected double value(List<Shift> used) {
            long busy = 0;
            long idle = 0;
            for (Shift shift : used) {
                busy += shift.busy.toNanos() / 1_000;
                idle += shift.idle.toNanos() / 1_000;
            }
            return busy + idle == 0 ? Double.NaN : (double) busy / (busy + idle);
        }

        @Override
        protected List<Kpi<Ratio>> others() {
            return List.of(
                    occupancy("other"),
                    Ratio.perRow("occupancy", Field.duration("busy").atLeast(Duration.ZERO), kpi().direction()));
        }
    }

    @Group
    class OfWildNumbers extends StatisticLaws<OfWildNumbers.Pair, Ratio> {

        record Pair(Double y, Double x) {}

        @Override
        protected Kpi<Ratio> kpi() {
            return Ratio.kpi("y-per-x", Field.number("y"), Field.number("x"), Direction.NEUTRAL);
        }

        @Override
        protected Fields<Pair> fields() {
            return Fields.of(Pair.class).number("y", Pair::y).number("x", Pair::x);
        }

        @Override
        protected Arbitrary<Pair> rows() {
            Arbitrary<Double> tame = Arbitraries.doubles().between(1, 1e6);
            return Combinators.combine(
                            Arbitraries.frequencyOf(Tuple.of(1, tame), Tuple.of(1, MeanLawsTest.wildNumbers())),
                            Arbitraries.frequencyOf(Tuple.of(3, tame), Tuple.of(1, MeanLawsTest.wildNumbers())))
                    .as(Pair::new);
        }

        @Override
        protected Outcome outcome(Pair pair) {
            return outcome(Truth.TRUE, MeanLawsTest.known(pair.y).and(MeanLawsTest.known(pair.x)));
        }

        @Override
        protected double value(List<Pair> used) {
            BigDecimal y = BigDecimal.ZERO;
            BigDecimal x = BigDecimal.ZERO;
            for (Pair pair : used) {
                y = y.add(new BigDecimal(pair.y));
                x = x.add(new BigDecimal(pair.x));
            }
            if (x.signum() == 0) {
                return Double.NaN;
            }
            double ratio = y.divide(x, new MathContext(60)).doubleValue();
            return Double.isFinite(ratio) ? ratio : Double.NaN; // A ratio that no double holds is undefined.
        }

        @Override
        protected List<Kpi<Ratio>> others() {
            return List.of(
                    Ratio.kpi("y-per-x", Field.number("x"), Field.number("y"), Direction.NEUTRAL),
                    Ratio.kpi("y-per-x", Field.whole("y"), Field.number("x"), Direction.NEUTRAL),
                    Ratio.perRow("y-per-x", Field.number("y"), Direction.NEUTRAL));
        }
    }
}
