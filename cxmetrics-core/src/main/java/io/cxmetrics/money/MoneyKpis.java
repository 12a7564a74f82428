package io.cxmetrics.money;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Money;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Ratio;
import java.math.BigDecimal;

/**
 * KPIs of money, one row an initiative. Saved cost, added sales and investment are money of one currency over the same
 * horizon, such as the first year. For figures that are already known see {@link Roi} and {@link ValueChange}.
 *
 * @since 0.1
 */
public final class MoneyKpis {
    /** What the initiative saved, money. */
    public static final String SAVED_COST = "saved-cost";
    /** What the initiative sold in addition, money. */
    public static final String ADDED_SALES = "added-sales";
    /** What the initiative cost, money. */
    public static final String INVESTMENT = "investment";

    private MoneyKpis() {}

    /**
     * ROI, return on investment: Σ (saved cost + added sales − investment) / Σ investment. Interval: Fieller.
     *
     * @param currency the ISO 4217 code of the currency
     * @return the KPI {@code roi}
     */
    public static Kpi<Ratio> roi(String currency) {
        Quantity<Money> investment = Field.money(INVESTMENT, currency);
        return Ratio.kpi("roi", benefit(currency).minus(investment), investment, Direction.HIGHER_IS_BETTER)
                .withName("ROI");
    }

    /**
     * Payback time in horizons: Σ investment / Σ (saved cost + added sales). With figures of a year, 0.38 are 0.38 years; it
     * takes the benefit to come evenly. Interval: Fieller.
     *
     * @param currency the ISO 4217 code of the currency
     * @return the KPI {@code payback}, a number of horizons
     */
    public static Kpi<Ratio> payback(String currency) {
        return Kpi.of(
                        "payback",
                        new Ratio.Definition(Field.money(INVESTMENT, currency), benefit(currency)),
                        Unit.NUMBER,
                        Direction.LOWER_IS_BETTER)
                .withName("Payback time in horizons");
    }

    private static Quantity<Money> benefit(String currency) {
        return Field.money(SAVED_COST, currency).plus(Field.money(ADDED_SALES, currency));
    }

    /**
     * Saved cost: (cost before − cost after) × how many, such as 540 € a day for 100 callbacks at 7.20 € instead of 12.60 €.
     *
     * @param before what one cost before
     * @param after what one costs now, in the same currency
     * @param count how many there are
     * @return the saved cost; negative if costs rose
     * @throws IllegalArgumentException if the currencies differ
     */
    public static Money savedCost(Money before, Money after, long count) {
        if (!before.currency().equals(after.currency())) {
            throw new IllegalArgumentException(before + " and " + after + " are of different currencies");
        }
        return new Money(
                before.amount().subtract(after.amount()).multiply(BigDecimal.valueOf(count)), before.currency());
    }
}
