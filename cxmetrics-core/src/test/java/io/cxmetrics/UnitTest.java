package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Field;
import io.cxmetrics.field.Money;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
    private static final Locale FINNISH = Locale.forLanguageTag("fi");
    private static final Unit EUROS = Unit.money(Money.currency("EUR"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "share     | 0.86      | 86.0 %",
                "share     | 0         | 0.0 %",
                "share     | 1         | 100.0 %",
                "share     | 0.6666667 | 66.7 %",
                "share     | 0.0005    | 0.1 %",
                "share     | -0.0004   | 0.0 %",
                "share     | -0.0005   | -0.1 %",
                "points    | 42        | 42.0",
                "points    | -13       | -13.0",
                "points    | -0.04     | 0.0",
                "points    | -0.0      | 0.0",
                "rating    | 4.08      | 4.08",
                "rating    | 4.085     | 4.09",
                "rating    | 3.999     | 4.00",
                "seconds   | 0         | 0.0 s",
                "seconds   | 0.04      | 0.0 s",
                "seconds   | 119.9     | 119.9 s",
                "seconds   | 120       | 2.0 min",
                "seconds   | 186       | 3.1 min",
                "seconds   | -186      | -3.1 min",
                "seconds   | 7199      | 120.0 min",
                "seconds   | 7200      | 2.0 h",
                "seconds   | 172799    | 48.0 h",
                "seconds   | 172800    | 2.0 d",
                "number    | 12.345    | 12.35",
                "number    | 999.994   | 999.99",
                "number    | 1000      | 1000",
                "number    | 1234567.8 | 1234568",
                "number    | -1234.5   | -1235",
                "money EUR | 12.6      | 12.60 EUR",
                "money EUR | -0.001    | 0.00 EUR",
                "money EUR | 1234567.5 | 1234567.50 EUR",
                "money JPY | 1260.4    | 1260 JPY",
                "money BHD | 1.5       | 1.500 BHD",
                "money XAU | 2.4       | 2 XAU"
            })
    void valuesReadAsPeopleWriteThem(String unit, double value, String expected) {
        assertEquals(expected, Unit.parse(unit).format(value, Locale.ROOT));
    }

    @Test
    void halvesRoundByTheDecimalThatIsMeant() {
        // 0.285 is a double a little below; × 100 it is 28.499999999999996.
        assertEquals("28.5 %", Unit.SHARE.format(0.285, Locale.ROOT));
        assertEquals("0.3 %", Unit.SHARE.format(0.0025, Locale.ROOT));
        assertEquals("1.01 EUR", EUROS.format(1.005, Locale.ROOT));
        assertEquals("2.68", Unit.RATING.format(2.675, Locale.ROOT));
    }

    @Test
    void localeDecidesTheDecimalSeparatorAndTheMinus() {
        assertEquals("86,0 %", Unit.SHARE.format(0.86, FINNISH));
        assertEquals("12,60 EUR", EUROS.format(12.6, FINNISH));
        assertEquals("\u221225,3", Unit.POINTS.format(-25.3, FINNISH));
        assertEquals("86.0 %", Unit.SHARE.format(0.86, Locale.ENGLISH));
        assertEquals("86,0 %", Unit.SHARE.format(0.86, Locale.GERMANY));
    }

    /** Bengali and Marathi have digits of their own beside the ASCII hyphen, Finnish and Persian a minus of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"", "en", "fi", "sv", "ar", "bn", "fa", "mr", "ne", "my", "de-CH"})
    void minusIsKeptForNegativesAndDroppedForWhatRoundsToZero(String tag) {
        Locale locale = Locale.forLanguageTag(tag);

        assertNotEquals(Unit.POINTS.format(25.3, locale), Unit.POINTS.format(-25.3, locale));
        assertEquals(Unit.POINTS.format(0, locale), Unit.POINTS.format(-0.04, locale));
        assertEquals(Unit.POINTS.format(0, locale), Unit.POINTS.format(-0.0, locale));
    }

    @Test
    void whatIsNotFiniteHasAWord() {
        assertEquals("undefined", Unit.POINTS.format(Double.NaN, Locale.ROOT));
        assertEquals("∞ %", Unit.SHARE.format(Double.POSITIVE_INFINITY, Locale.ROOT));
        assertEquals("-∞", Unit.NUMBER.format(Double.NEGATIVE_INFINITY, Locale.ROOT));
        assertEquals("∞ %", Unit.SHARE.format(1e307, Locale.ROOT));
    }

    @Provide
    Arbitrary<Unit> units() {
        return Arbitraries.of(Unit.SHARE, Unit.POINTS, Unit.RATING, Unit.SECONDS, Unit.NUMBER, EUROS);
    }

    @Property(tries = 200)
    void everyDoubleHasAText(@ForAll("units") Unit unit, @ForAll double value) {
        assertTrue(unit.format(value, Locale.ROOT).length() > 0);
    }

    @Test
    void intervalIsShownInTheScaleOfTheValue() {
        assertEquals(
                "3.1 min (95 % 1.7…4.5)", Unit.SECONDS.format(186, Interval.bounded(100, 270, 0.95, "t"), Locale.ROOT));
        assertEquals(
                "86.0 % (95 % 83.7…88.0)",
                Unit.SHARE.format(0.86, Interval.bounded(0.837, 0.88, 0.95, "Wilson"), Locale.ROOT));
        assertEquals(
                "86,0 % (99.9 % 83,7…88,0)",
                Unit.SHARE.format(0.86, Interval.bounded(0.837, 0.88, 0.999, "Wilson"), FINNISH));
        assertEquals(
                "9.72 (95 % unbounded)", Unit.NUMBER.format(9.72, Interval.unbounded(0.95, "Fieller"), Locale.ROOT));
        assertEquals(
                "9.72 (no interval: one observation)",
                Unit.NUMBER.format(9.72, Interval.undefined(0.95, "one observation"), Locale.ROOT));
    }

    @Test
    void formattingDoesNotDependOnTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"fi", "tr", "ar-EG", "hi-IN-u-nu-deva"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));

                assertEquals("86.0 %", Unit.SHARE.format(0.86, Locale.ROOT));
                assertEquals("rating", Unit.RATING.toString());
                assertEquals(Unit.SECONDS, Unit.parse("seconds"));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"share", "points", "rating", "seconds", "number", "money EUR", "money JPY"})
    void parseIsTheInverseOfToString(String name) {
        Unit unit = Unit.parse(name);

        assertEquals(name, unit.toString());
        assertEquals(unit, Unit.parse(name));
        assertEquals(unit.hashCode(), Unit.parse(name).hashCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "percent", "Share", "money", "money eur", "money EURO", "seconds "})
    void unknownUnitIsRefusedByName(String name) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Unit.parse(name));

        String part = name.startsWith("money ") ? name.substring(6) : name;
        assertTrue(refusal.getMessage().contains("\"" + part + "\""), refusal.getMessage());
    }

    @Test
    void moneyOfTwoCurrenciesIsTwoUnits() {
        assertNotEquals(EUROS, Unit.money(Money.currency("USD")));
        assertEquals(EUROS, Unit.money(Money.currency("EUR")));
        assertEquals(Money.currency("EUR"), EUROS.currency());
        assertNull(Unit.SHARE.currency());
    }

    @Test
    void unitOfAQuantityFollowsItsType() {
        assertEquals(Unit.SECONDS, Unit.of(Field.duration("wait")));
        assertEquals(Unit.NUMBER, Unit.of(Field.whole("attempts")));
        assertEquals(Unit.NUMBER, Unit.of(Field.number("price")));
        assertEquals(EUROS, Unit.of(Field.money("price", "EUR")));
    }

    @Test
    void unitsPerBaseTurnTheEnginesUnitsIntoBaseUnits() {
        assertEquals(1_000_000, Unit.unitsPerBase(Field.duration("wait")));
        assertEquals(100, Unit.unitsPerBase(Field.money("price", "EUR")));
        assertEquals(1, Unit.unitsPerBase(Field.money("price", "JPY")));
        assertEquals(1_000, Unit.unitsPerBase(Field.money("price", "BHD")));
        assertEquals(1, Unit.unitsPerBase(Field.whole("attempts")));
    }
}
