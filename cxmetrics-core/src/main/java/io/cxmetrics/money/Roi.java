package io.cxmetrics.money;

import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The return on an investment from figures that are already known.
 *
 * <p><b>Formula:</b> (saved cost + added sales − investment) / investment; all of one horizon, such as the first year.
 *
 * <p><b>Unit and range:</b> a share from −1, shown in percent.
 *
 * <p><b>Interval:</b> none: these are stated figures, not observations.
 *
 * <p>Immutable and thread-safe.
 *
 * <pre>{@code
 * new Roi(Money.of("45000", "EUR"), Money.of("180000", "EUR"), Money.of("85000", "EUR")).value();   // 1.647…
 * }</pre>
 *
 * @param savedCost what was saved
 * @param addedSales what was sold in addition
 * @param investment what it cost
 * @since 0.1
 */
public record Roi(Money savedCost, Money addedSales, Money investment) {

    /**
     * Checks currencies and investment.
     *
     * @throws IllegalArgumentException if the currencies differ, or the investment is not positive
     */
    public Roi {
        if (!savedCost.currency().equals(investment.currency())
                || !addedSales.currency().equals(investment.currency())) {
            throw new IllegalArgumentException(
                    savedCost + ", " + addedSales + " and " + investment + " are not of one currency");
        }
        if (investment.amount().signum() <= 0) {
            throw new IllegalArgumentException("the return on an investment of " + investment + " is undefined");
        }
    }

    private BigDecimal benefit() {
        return savedCost.amount().add(addedSales.amount());
    }

    /**
     * The return on the investment.
     *
     * @return the share, 1.647 for 164.7 %
     */
    public double value() {
        return benefit()
                .subtract(investment.amount())
                .divide(investment.amount(), MathContext.DECIMAL64)
                .doubleValue();
    }

    /**
     * How long it takes until the benefit has paid the investment, if the benefit comes evenly over the horizon.
     *
     * @param horizon the time in which the benefit arises, such as 365 days
     * @return the payback time, to the second; empty if there is no benefit
     */
    public Optional<Duration> payback(Duration horizon) {
        return benefit().signum() <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(investment
                        .amount()
                        .multiply(BigDecimal.valueOf(horizon.toSeconds()))
                        .divide(benefit(), 0, RoundingMode.HALF_UP)
                        .longValueExact()));
    }

    /** Such as {@code ROI 164.7 % (45000.00 EUR saved + 180000.00 EUR sold on 85000.00 EUR)}. */
    @Override
    public String toString() {
        return "ROI " + Unit.SHARE.format(value(), Locale.ROOT) + " (" + savedCost + " saved + " + addedSales
                + " sold on " + investment + ")";
    }
}
