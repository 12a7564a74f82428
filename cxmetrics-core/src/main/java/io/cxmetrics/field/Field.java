package io.cxmetrics.field;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named, typed field that a KPI can be written over. Its static methods are where expressions begin:
 *
 * <pre>{@code
 * duration("wait").le(Duration.ofSeconds(20)).and(flag("answered"))
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the field's name, not blank
 * @param type its type
 * @param currency the currency of a money field; null for every other type
 * @since 0.1
 */
public record Field(String name, FieldType type, @Nullable Currency currency) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the name is blank, or a currency is missing for money or given for another type
     */
    public Field {
        Objects.requireNonNull(type, "type");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a field needs a name");
        }
        if ((type == FieldType.MONEY) != (currency != null)) {
            throw new IllegalArgumentException("field '" + name + "' of type " + type
                    + (currency == null ? " needs a currency" : " has no currency"));
        }
    }

    /**
     * A field of a type that needs no currency.
     *
     * @param name the name
     * @param type any type but money
     * @return the field
     */
    public static Field of(String name, FieldType type) {
        return new Field(name, type, null);
    }

    /**
     * A whole-number field.
     *
     * @param name the field's name
     * @return its value
     */
    public static Quantity<Long> whole(String name) {
        return new Quantity.Of<>(of(name, FieldType.WHOLE));
    }

    /**
     * A rating: a whole-number field on a scale. A value off the scale is rejected.
     *
     * @param name the field's name
     * @param lowest the lowest rating of the scale
     * @param highest the highest rating of the scale
     * @return its value
     */
    public static Quantity<Long> rating(String name, int lowest, int highest) {
        return whole(name).within((long) lowest, (long) highest);
    }

    /**
     * A field of real numbers.
     *
     * @param name the field's name
     * @return its value
     */
    public static Quantity<Double> number(String name) {
        return new Quantity.Of<>(of(name, FieldType.NUMBER));
    }

    /**
     * A duration field.
     *
     * @param name the field's name
     * @return its value
     */
    public static Quantity<Duration> duration(String name) {
        return new Quantity.Of<>(of(name, FieldType.DURATION));
    }

    /**
     * An instant field.
     *
     * @param name the field's name
     * @return its value
     */
    public static Quantity<Instant> instant(String name) {
        return new Quantity.Of<>(of(name, FieldType.INSTANT));
    }

    /**
     * A date field.
     *
     * @param name the field's name
     * @return its value
     */
    public static Quantity<LocalDate> date(String name) {
        return new Quantity.Of<>(of(name, FieldType.DATE));
    }

    /**
     * A money field.
     *
     * @param name the field's name
     * @param currency the ISO 4217 code of its one currency
     * @return its value
     */
    public static Quantity<Money> money(String name, String currency) {
        return new Quantity.Of<>(new Field(name, FieldType.MONEY, Money.currency(currency)));
    }

    /**
     * A flag field, as a condition that holds where the flag is true.
     *
     * @param name the field's name
     * @return the condition
     */
    public static Condition flag(String name) {
        return new Condition.Flag(of(name, FieldType.FLAG));
    }

    /**
     * A text field.
     *
     * @param name the field's name
     * @return its value
     */
    public static Text text(String name) {
        return new Text(of(name, FieldType.TEXT));
    }

    /**
     * A constant whole number, for arithmetic with fields.
     *
     * @param value the number
     * @return the constant
     */
    public static Quantity<Long> constant(long value) {
        return new Quantity.Constant<>(FieldType.WHOLE, FieldType.WHOLE.encode(value), null);
    }

    /**
     * A constant real number, for arithmetic with fields.
     *
     * @param value the number, finite
     * @return the constant
     */
    public static Quantity<Double> constant(double value) {
        return new Quantity.Constant<>(FieldType.NUMBER, FieldType.encodeNumber(value), null);
    }

    /** The canonical text, such as {@code wait:duration}; names that are not plain words are quoted. */
    @Override
    public String toString() {
        String shown = name.matches("[A-Za-z][A-Za-z0-9_-]*") ? name : Text.quote(name);
        return shown + ":" + type.word() + (currency == null ? "" : " " + currency);
    }
}
