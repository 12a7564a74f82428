package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "12.60, EUR, 12.60 EUR, 1260",
        "12.6, EUR, 12.60 EUR, 1260",
        "12.6000, EUR, 12.60 EUR, 1260",
        "-0.01, EUR, -0.01 EUR, -1",
        "1e3, EUR, 1000.00 EUR, 100000",
        "1260, JPY, 1260 JPY, 1260",
        "1.5, BHD, 1.500 BHD, 1500",
        "3, XAU, 3 XAU, 3"
    })
    void amountHasTheDecimalsOfItsCurrency(String amount, String currency, String text, long minorUnits) {
        Money money = Money.of(amount, currency);

        assertEquals(text, money.toString());
        assertEquals(minorUnits, money.minorUnits());
    }

    @Test
    void equalAmountsAreEqual() {
        assertEquals(Money.of("12.6", "EUR"), Money.of("12.60", "EUR"));
        assertEquals(
                Money.of("12.6", "EUR").hashCode(), Money.of("12.60", "EUR").hashCode());
        assertNotEquals(Money.of("12.6", "EUR"), Money.of("12.6", "USD"));
        assertEquals(Money.of("0", "EUR"), Money.of("-0.00", "EUR"));
    }

    @Test
    void amountFinerThanTheMinorUnitIsRefused() {
        assertEquals(
                "12.605 has more decimals than EUR has minor units (2 decimals)",
                assertThrows(IllegalArgumentException.class, () -> Money.of("12.605", "EUR"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Money.of("0.5", "JPY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EURO", "€", "XX1"})
    void unknownCurrencyIsRefusedByValue(String code) {
        assertEquals(
                "\"" + code + "\" is not an ISO 4217 currency code such as EUR",
                assertThrows(IllegalArgumentException.class, () -> Money.currency(code))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "twelve", "12,60", "12.60 EUR", "NaN"})
    void textThatIsNoNumberIsRefused(String amount) {
        assertThrows(IllegalArgumentException.class, () -> Money.of(amount, "EUR"));
    }

    @Test
    void amountBeyondALongHasNoMinorUnits() {
        Money money = new Money(new BigDecimal("1e29"), Money.currency("EUR"));

        assertThrows(ArithmeticException.class, money::minorUnits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e30", "-1e30", "1e999999999", "1e2147483647"})
    void absurdlyLargeAmountIsRefusedWithoutWritingItsZeros(String amount) {
        assertThrows(IllegalArgumentException.class, () -> Money.of(amount, "EUR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-3", "1e-999999999"})
    void absurdlySmallAmountIsRefusedWithoutWritingItsZeros(String amount) {
        assertThrows(IllegalArgumentException.class, () -> Money.of(amount, "EUR"));
    }

    @Test
    void textDoesNotDependOnTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("fi"));

            assertEquals("12.60 EUR", Money.of("12.60", "EUR").toString());
        } finally {
            Locale.setDefault(before);
        }
    }
}
