package io.cxmetrics.money;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * What a change of KPIs is worth in money over a horizon, with how far that may be off.
 *
 * <p><b>Formula:</b> Σ of benefits − investment, each benefit a product of inputs, one of them money:
 * <ul>
 *   <li>added sales = conversion uplift × visits × value of an order,
 *   <li>added sales = retained customers × margin of a customer,
 *   <li>saved cost = contacts avoided × cost of a contact,
 *   <li>saved cost = callbacks a day × days × saving per callback.
 * </ul>
 *
 * <p><b>Value:</b> at the likely value of each input. <b>Interval:</b> by simulation with a fixed seed: each input is drawn by what
 * is known of it ({@link WorthInput.Kind}), independently of the others; an input that several benefits share is drawn once.
 *
 * <p><b>What it is not:</b> a proof that the KPI will move, or that it moved because of what was done. Inputs that are stated
 * are named as such.
 *
 * <p>Immutable and thread-safe. <b>Cost:</b> draws × inputs for each interval.
 *
 * <pre>{@code
 * Worth worth = Worth.over(Duration.ofDays(365), "EUR")
 *         .addedSales("faster checkout", uplift, visits, orderValue)
 *         .savedCost("callbacks", callbacksADay, days, savingPerCallback)
 *         .investing(Money.of("85000", "EUR"));
 * worth.roiInterval(0.95);
 * worth.tornado();
 * }</pre>
 *
 * @since 0.1
 */
public final class Worth {
    private static final int USUAL_DRAWS = 10_000;
    private static final int FEWEST_DRAWS = 1000;
    private static final double LEVEL = 0.95;
    private static final double SECONDS_A_DAY = 86_400;

    /** What kind of benefit. */
    public enum Kind {
        /** Money that is not spent. */
        SAVED_COST,
        /** Money that comes in. */
        ADDED_SALES
    }

    /**
     * A benefit: the product of inputs.
     *
     * @param name the name for people
     * @param kind saved or sold
     * @param factors the inputs, exactly one of them money
     */
    public record Benefit(String name, Kind kind, List<WorthInput> factors) {
        /** Copies the list. */
        public Benefit {
            factors = List.copyOf(factors);
        }

        double of(ToDoubleFunction<WorthInput> values) {
            return factors.stream().mapToDouble(values).reduce(1, (a, b) -> a * b);
        }
    }

    /**
     * What one input does to the net worth, all others at their likely values.
     *
     * @param input the input
     * @param atLow the net worth at its low value
     * @param atHigh the net worth at its high value
     */
    public record Swing(WorthInput input, double atLow, double atHigh) {
        /**
         * How much hangs on the input.
         *
         * @return the distance between the two
         */
        public double width() {
            return Math.abs(atHigh - atLow);
        }
    }

    private final Duration horizon;
    private final Currency currency;
    private final List<Benefit> benefits;
    private final Money investment;
    private final int draws;
    private final long seed;

    private Worth(Duration horizon, Currency currency, List<Benefit> benefits, Money investment, int draws, long seed) {
        this.horizon = horizon;
        this.currency = currency;
        this.benefits = List.copyOf(benefits);
        this.investment = investment;
        this.draws = draws;
        this.seed = seed;
    }

    /**
     * A worth without benefits yet.
     *
     * @param horizon the time over which the benefits arise, positive; all inputs are of this time
     * @param currency the ISO 4217 code
     * @return the worth
     * @throws IllegalArgumentException if the horizon is not positive, or the currency unknown
     */
    public static Worth over(Duration horizon, String currency) {
        if (horizon.isNegative() || horizon.isZero()) {
            throw new IllegalArgumentException("the horizon of a worth must be positive; found " + horizon);
        }
        Currency money = Money.currency(currency);
        return new Worth(horizon, money, List.of(), new Money(BigDecimal.ZERO, money), USUAL_DRAWS, 1);
    }

    /**
     * This worth with added sales.
     *
     * @param name the name for people
     * @param factors the inputs whose product it is, exactly one of them money
     * @return the worth
     * @throws IllegalArgumentException if not exactly one input is money of this currency, or a name stands for two inputs
     */
    public Worth addedSales(String name, WorthInput... factors) {
        return with(new Benefit(name, Kind.ADDED_SALES, List.of(factors)));
    }

    /**
     * This worth with saved cost.
     *
     * @param name the name for people
     * @param factors the inputs whose product it is, exactly one of them money
     * @return the worth
     * @throws IllegalArgumentException if not exactly one input is money of this currency, or a name stands for two inputs
     */
    public Worth savedCost(String name, WorthInput... factors) {
        return with(new Benefit(name, Kind.SAVED_COST, List.of(factors)));
    }

    private Worth with(Benefit benefit) {
        List<Unit> money = benefit.factors().stream()
                .map(WorthInput::unit)
                .filter(unit -> unit.currency() != null)
                .toList();
        if (!money.equals(List.of(Unit.money(currency)))) {
            throw new IllegalArgumentException("benefit '" + benefit.name()
                    + "' is a product with exactly one amount of " + currency + "; found " + benefit.factors());
        }
        Map<String, WorthInput> known = inputs(benefits);
        for (WorthInput input : benefit.factors()) {
            WorthInput same = known.get(input.name());
            if (same != null && !same.equals(input)) {
                throw new IllegalArgumentException(
                        "'" + input.name() + "' stands for two different inputs: " + same + " and " + input);
            }
        }
        List<Benefit> more = new ArrayList<>(benefits);
        more.add(benefit);
        return new Worth(horizon, currency, more, investment, draws, seed);
    }

    /**
     * This worth after an investment.
     *
     * @param newInvestment what is spent for the benefits in the horizon, 0 or more
     * @return the worth
     * @throws IllegalArgumentException if it is negative or of another currency
     */
    public Worth investing(Money newInvestment) {
        if (!newInvestment.currency().equals(currency) || newInvestment.amount().signum() < 0) {
            throw new IllegalArgumentException("an investment is 0 " + currency + " or more; found " + newInvestment);
        }
        return new Worth(horizon, currency, benefits, newInvestment, draws, seed);
    }

    /**
     * This worth with another simulation; without this it is {@value #USUAL_DRAWS} draws from the seed 1.
     *
     * @param newDraws the number of draws, at least {@value #FEWEST_DRAWS}
     * @param newSeed the seed of the random numbers
     * @return the worth
     * @throws IllegalArgumentException if there are too few draws
     */
    public Worth simulated(int newDraws, long newSeed) {
        if (newDraws < FEWEST_DRAWS) {
            throw new IllegalArgumentException(
                    "a simulation needs at least " + FEWEST_DRAWS + " draws; found " + newDraws);
        }
        return new Worth(horizon, currency, benefits, investment, newDraws, newSeed);
    }

    private static Map<String, WorthInput> inputs(Collection<Benefit> benefits) {
        Map<String, WorthInput> inputs = new LinkedHashMap<>();
        benefits.forEach(benefit -> benefit.factors().forEach(input -> inputs.put(input.name(), input)));
        return inputs;
    }

    /**
     * The time over which the benefits arise.
     *
     * @return the horizon
     */
    public Duration horizon() {
        return horizon;
    }

    /**
     * What is spent for the benefits.
     *
     * @return the investment, 0 if none was given
     */
    public Money investment() {
        return investment;
    }

    /**
     * The inputs of all benefits.
     *
     * @return the inputs in the order in which they were given
     */
    public List<WorthInput> inputs() {
        return List.copyOf(inputs(benefits).values());
    }

    /**
     * The benefits.
     *
     * @return the benefits in the order in which they were given
     */
    public List<Benefit> benefits() {
        return benefits;
    }

    /**
     * The benefit of one kind at the likely values.
     *
     * @param kind saved or sold
     * @return the amount, rounded to the minor unit
     */
    public Money benefit(Kind kind) {
        return money(benefits.stream()
                .filter(benefit -> benefit.kind() == kind)
                .mapToDouble(benefit -> benefit.of(WorthInput::value))
                .sum());
    }

    /**
     * All benefits at the likely values.
     *
     * @return the amount, rounded to the minor unit
     */
    public Money benefit() {
        return money(gross(WorthInput::value));
    }

    /**
     * The interval of all benefits.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval of the amount in the major unit
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval benefitInterval(double level) {
        return interval(level, gross -> gross);
    }

    /**
     * Benefits − investment at the likely values.
     *
     * @return the amount, rounded to the minor unit
     */
    public Money net() {
        return money(gross(WorthInput::value) - spent());
    }

    /**
     * The interval of benefits − investment.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval of the amount in the major unit
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval netInterval(double level) {
        return interval(level, gross -> gross - spent());
    }

    /**
     * The return on the investment at the likely values.
     *
     * @return (benefits − investment) / investment; empty without an investment
     */
    public OptionalDouble roi() {
        return spent() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((gross(WorthInput::value) - spent()) / spent());
    }

    /**
     * The interval of the return on the investment.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined without an investment
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval roiInterval(double level) {
        Interval.checkLevel(level);
        return spent() == 0
                ? Interval.undefined(level, "nothing is invested")
                : interval(level, gross -> (gross - spent()) / spent());
    }

    /**
     * How long it takes until the benefits have paid the investment, if they come evenly over the horizon.
     *
     * @return the time at the likely values; empty if there is no benefit
     */
    public Optional<Duration> payback() {
        double gross = gross(WorthInput::value);
        return gross > 0 ? Optional.of(Duration.ofSeconds(Math.round(seconds() * spent() / gross))) : Optional.empty();
    }

    /**
     * The interval of the payback time.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval in seconds; unbounded, with the reason, if within that level it may never be paid back
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval paybackInterval(double level) {
        Interval.checkLevel(level);
        double[] times = Arrays.stream(simulate())
                .map(gross -> gross > 0 ? seconds() * spent() / gross : Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        double low = quantile(times, (1 - level) / 2);
        double high = quantile(times, (1 + level) / 2);
        return Double.isFinite(high)
                ? Interval.bounded(low, high, level, "simulation")
                : Interval.unbounded(level, "it may never be paid back");
    }

    /**
     * How often the benefits do not pay the investment.
     *
     * @return the share of the draws in which the net worth is below 0
     */
    public double chanceOfLoss() {
        return (double) Arrays.stream(simulate())
                        .filter(gross -> gross < spent())
                        .count()
                / draws;
    }

    /**
     * Which input matters how much: the net worth at the low and the high value of each, all others at their likely values.
     *
     * @return the inputs that are not fixed, the widest swing first
     */
    public List<Swing> tornado() {
        return inputs().stream()
                .filter(input -> input.kind() != WorthInput.Kind.FIXED)
                .map(input -> new Swing(input, netAt(input, input.low()), netAt(input, input.high())))
                .sorted(Comparator.comparingDouble((Swing swing) -> -swing.width())
                        .thenComparing(swing -> swing.input().name()))
                .toList();
    }

    private double netAt(WorthInput varied, double value) {
        return gross(input -> input.equals(varied) ? value : input.value()) - spent();
    }

    private double gross(ToDoubleFunction<WorthInput> values) {
        return benefits.stream().mapToDouble(benefit -> benefit.of(values)).sum();
    }

    private double spent() {
        return investment.amount().doubleValue();
    }

    private double seconds() {
        return horizon.toMillis() / 1e3;
    }

    private Money money(double amount) {
        return new Money(
                new BigDecimal(Double.toString(amount)).setScale(Money.digits(currency), RoundingMode.HALF_UP),
                currency);
    }

    private double[] simulate() {
        SplittableRandom random = new SplittableRandom(seed);
        List<WorthInput> inputs = inputs();
        double[] gross = new double[draws];
        Map<WorthInput, Double> drawn = new LinkedHashMap<>();
        for (int draw = 0; draw < draws; draw++) {
            for (WorthInput input : inputs) {
                drawn.put(input, input.quantile(random.nextDouble(Double.MIN_NORMAL, 1)));
            }
            gross[draw] = gross(input -> drawn.getOrDefault(input, input.value()));
        }
        return gross;
    }

    private Interval interval(double level, DoubleUnaryOperator of) {
        Interval.checkLevel(level);
        double[] values = Arrays.stream(simulate()).map(of).sorted().toArray();
        return Interval.bounded(
                quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2), level, "simulation");
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] == sorted[above]
                ? sorted[below]
                : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private String shown(double amount) {
        return Math.abs(amount) >= 1000
                ? String.format(Locale.ROOT, "%.0f", amount)
                : Unit.money(currency).number(amount, amount, Locale.ROOT);
    }

    private static String days(double seconds) {
        String days = String.format(Locale.ROOT, "%.0f", seconds / SECONDS_A_DAY);
        return days + (days.equals("1") ? " day" : " days");
    }

    /** Benefits, return and payback with their 95 % intervals, then the inputs, the one on which most hangs first. */
    @Override
    public String toString() {
        Interval gross = benefitInterval(LEVEL);
        StringBuilder text = new StringBuilder("in ")
                .append(days(seconds()))
                .append(' ')
                .append(shown(gross(WorthInput::value)))
                .append(' ')
                .append(currency)
                .append(" (95 % ")
                .append(shown(gross.low()))
                .append("…")
                .append(shown(gross.high()))
                .append("): ");
        List<String> parts = new ArrayList<>();
        for (Benefit benefit : benefits) {
            parts.add(benefit.name() + " " + shown(benefit.of(WorthInput::value))
                    + (benefit.kind() == Kind.SAVED_COST ? " saved" : " sold"));
        }
        text.append(String.join(", ", parts)).append('\n');
        roi().ifPresent(roi -> {
            Interval payback = paybackInterval(LEVEL);
            text.append("on an investment of ")
                    .append(shown(spent()))
                    .append(' ')
                    .append(currency)
                    .append(": ROI ")
                    .append(Unit.SHARE.format(roi, roiInterval(LEVEL), Locale.ROOT))
                    .append(
                            payback().isEmpty()
                                    ? ", never paid back"
                                    : ", paid back in "
                                            + days((double) payback().get().toSeconds()) + " ("
                                            + (payback.isBounded()
                                                    ? "95 % "
                                                            + days(payback.low())
                                                                    .replaceAll(" .*", "") + "…" + days(payback.high())
                                                    : payback.method())
                                            + ")")
                    .append(", a loss in ")
                    .append(Unit.SHARE.format(chanceOfLoss(), Locale.ROOT))
                    .append(" of the cases\n");
        });
        tornado()
                .forEach(swing -> text.append("- ")
                        .append(swing.input())
                        .append(": net ")
                        .append(shown(swing.atLow()))
                        .append("…")
                        .append(shown(swing.atHigh()))
                        .append(' ')
                        .append(currency)
                        .append('\n'));
        return text.deleteCharAt(text.length() - 1).toString();
    }
}
