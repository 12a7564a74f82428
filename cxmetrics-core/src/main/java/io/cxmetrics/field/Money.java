package io.cxmetrics.field;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * An amount of money in one currency, exact to the currency's minor unit. Immutable and thread-safe.
 *
 * @param amount the amount, with no more decimals than the currency has
 * @param currency the currency
 * @since 0.1
 */
public record Money(BigDecimal amount, Currency currency) {
    /** The most digits before the decimal separator. */
    private static final int LARGEST = 30;

    /**
     * Checks the amount and brings it to the currency's number of decimals, so that 12.6 and 12.60 are equal.
     *
     * @throws IllegalArgumentException if the amount is finer than the currency's minor unit, or absurdly large
     */
    public Money {
        Objects.requireNonNull(currency, "currency");
        // Checked before scaling: 1e999999999 would take a gigabyte of zeros.
        BigDecimal stripped = amount.stripTrailingZeros();
        if (stripped.scale() > digits(currency)) {
            throw new IllegalArgumentException(amount + " has more decimals than " + currency + " has minor units ("
                    + digits(currency) + " decimals)");
        }
        if (stripped.precision() - (long) stripped.scale() > LARGEST) {
            throw new IllegalArgumentException(amount + " " + currency + " is more than there is");
        }
        amount = stripped.setScale(digits(currency));
    }

    /**
     * An amount of money.
     *
     * @param amount the amount in decimal notation, such as {@code 12.60}
     * @param currency the ISO 4217 code, such as {@code EUR}
     * @return the money
     * @throws IllegalArgumentException if the amount is not a number, is too fine, or the currency is unknown
     */
    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency(currency));
    }

    /**
     * A currency by its code.
     *
     * @param code the ISO 4217 code
     * @return the currency
     * @throws IllegalArgumentException naming the code, if it is not known
     */
    public static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + code + "\" is not an ISO 4217 currency code such as EUR", e);
        }
    }

    /**
     * The number of decimals of a currency.
     *
     * @param currency the currency
     * @return 2 for EUR, 0 for JPY; 0 for currencies without a minor unit
     */
    public static int digits(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }

    /**
     * The amount in minor units.
     *
     * @return 1260 for 12.60 EUR
     * @throws ArithmeticException if it does not fit a {@code long}
     */
    public long minorUnits() {
        return amount.unscaledValue().longValueExact();
    }

    /** The amount and the currency, such as {@code 12.60 EUR}. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
