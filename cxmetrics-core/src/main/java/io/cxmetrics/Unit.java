package io.cxmetrics;

import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Money;
import io.cxmetrics.field.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a KPI's value is measured in, and how it is shown. Values are always kept in the base unit: a share is 0–1, a
 * duration seconds, money the major unit. Rounding happens here, when showing, and nowhere else. Immutable, thread-safe.
 *
 * @since 0.1
 */
public final class Unit {
    /** A share, 0–1, shown in percent. */
    public static final Unit SHARE = new Unit(Kind.SHARE, null);
    /** Points of a score such as NPS (−100…100) or the bot experience score (0–100), shown with one decimal. */
    public static final Unit POINTS = new Unit(Kind.POINTS, null);
    /** A position on a rating scale, shown with two decimals. */
    public static final Unit RATING = new Unit(Kind.RATING, null);
    /** A span of time in seconds, shown in seconds, minutes, hours or days. */
    public static final Unit SECONDS = new Unit(Kind.SECONDS, null);
    /** A plain number. */
    public static final Unit NUMBER = new Unit(Kind.NUMBER, null);

    private enum Kind {
        SHARE,
        POINTS,
        RATING,
        SECONDS,
        NUMBER,
        MONEY
    }

    private final Kind kind;
    private final @Nullable Currency currency;

    private Unit(Kind kind, @Nullable Currency currency) {
        this.kind = kind;
        this.currency = currency;
    }

    /**
     * Money in a currency's major unit.
     *
     * @param currency the currency
     * @return the unit
     */
    public static Unit money(Currency currency) {
        return new Unit(Kind.MONEY, currency);
    }

    /**
     * The unit in which a quantity is stated.
     *
     * @param quantity a quantity that can be summed
     * @return seconds for a duration, money for money, otherwise a number
     */
    public static Unit of(Quantity<?> quantity) {
        Currency currency = quantity.currency();
        return currency != null ? money(currency) : quantity.type() == FieldType.DURATION ? SECONDS : NUMBER;
    }

    /**
     * The unit of a name, as {@link #toString} gives it.
     *
     * @param name such as {@code share} or {@code money EUR}
     * @return the unit
     * @throws IllegalArgumentException if there is none
     */
    public static Unit parse(String name) {
        for (Unit unit : new Unit[] {SHARE, POINTS, RATING, SECONDS, NUMBER}) {
            if (unit.toString().equals(name)) {
                return unit;
            }
        }
        if (name.startsWith("money ")) {
            return money(Money.currency(name.substring("money ".length())));
        }
        throw new IllegalArgumentException(
                "unknown unit \"" + name + "\"; expected share, points, rating, seconds, number or money EUR");
    }

    /**
     * The currency of money.
     *
     * @return the currency, or null for every other unit
     */
    public @Nullable Currency currency() {
        return currency;
    }

    /**
     * A value as people read it.
     *
     * @param value the value in the base unit
     * @param locale decides the decimal separator
     * @return such as {@code 86.0 %}, {@code 3.1 min} or {@code 12.60 EUR}
     */
    public String format(double value, Locale locale) {
        return number(value, value, locale) + suffix(value);
    }

    /**
     * A value and its interval as people read them, both in one scale.
     *
     * @param value the value in the base unit
     * @param interval its interval
     * @param locale decides the decimal separator
     * @return such as {@code 86.0 % (95 % 83.7…88.0)}
     */
    public String format(double value, Interval interval, Locale locale) {
        double scale = scaleOf(value);
        int decimals = decimals(value);
        if (interval.isBounded() && interval.high() > interval.low()) {
            // Enough decimals to tell the bounds apart, but no more than two beyond the usual.
            double width = (interval.high() - interval.low()) / scale;
            decimals = Math.min(decimals + 2, Math.max(decimals, (int) Math.ceil(-Math.log10(width))));
        }
        String level = plain(interval.level() * 100) + " % ";
        String range = switch (interval.kind()) {
            case BOUNDED ->
                level + number(interval.low() / scale, decimals, locale) + "…"
                        + number(interval.high() / scale, decimals, locale);
            case UNBOUNDED -> level + "unbounded";
            case UNDEFINED -> "no interval: " + interval.method();
        };
        return number(value / scale, decimals, locale) + suffix(value) + " (" + range + ")";
    }

    /**
     * Just the number of {@link #format(double, Locale)}, scaled as another value would be.
     *
     * @param value the value in the base unit
     * @param scale the value that decides the scale
     * @param locale decides the decimal separator
     * @return the number
     */
    public String number(double value, double scale, Locale locale) {
        return number(value, scale, 0, locale);
    }

    /**
     * The number with more decimals than usual, to tell it apart from another.
     *
     * @param value the value in the base unit
     * @param scale the value that decides the scale
     * @param moreDecimals how many more, 0 or above
     * @param locale decides the decimal separator
     * @return the number
     */
    public String number(double value, double scale, int moreDecimals, Locale locale) {
        return number(value / scaleOf(scale), decimals(scale) + moreDecimals, locale);
    }

    private double scaleOf(double value) {
        return kind == Kind.SHARE
                ? 0.01
                : kind == Kind.SECONDS ? timeScale(value).seconds() : 1;
    }

    private int decimals(double value) {
        if (kind == Kind.NUMBER && Math.abs(value) >= 1000) {
            return 0;
        }
        return kind == Kind.RATING || kind == Kind.NUMBER ? 2 : currency != null ? Money.digits(currency) : 1;
    }

    private static String number(double shown, int decimals, Locale locale) {
        if (!Double.isFinite(shown)) {
            return shown > 0 ? "∞" : shown < 0 ? "-∞" : "undefined";
        }
        DecimalFormat format = new DecimalFormat("0", DecimalFormatSymbols.getInstance(locale));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        // Rounds the decimal that the double prints as, so that 0.285 % does not become 0.28 by a hidden digit; a
        // decimal
        // has no negative zero.
        return format.format(new BigDecimal(Double.toString(shown))
                .round(new MathContext(15))
                .setScale(decimals, RoundingMode.HALF_UP));
    }

    /**
     * What follows the number.
     *
     * @param scale the value that decides the scale
     * @return such as {@code " %"} or {@code " min"}, empty for points and ratings
     */
    public String suffix(double scale) {
        if (kind == Kind.SHARE) {
            return " %";
        } else if (kind == Kind.SECONDS) {
            return " " + timeScale(scale).label();
        }
        return currency == null ? "" : " " + currency;
    }

    private record TimeScale(double seconds, String label) {}

    private static TimeScale timeScale(double seconds) {
        double size = Math.abs(seconds);
        if (!(size >= 120)) {
            return new TimeScale(1, "s");
        } else if (size < 7_200) {
            return new TimeScale(60, "min");
        } else if (size < 2 * 86_400) {
            return new TimeScale(3_600, "h");
        }
        return new TimeScale(86_400, "d");
    }

    /** A number with up to six significant digits and no trailing zeros, for messages. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /**
     * How many of the engine's units of a quantity make one base unit.
     *
     * @param quantity the quantity
     * @return a million for durations, 100 for euros, 1 for numbers
     */
    public static long unitsPerBase(Quantity<?> quantity) {
        Currency currency = quantity.currency();
        return currency == null
                ? quantity.type().unitsPerBase()
                : BigDecimal.TEN.pow(Money.digits(currency)).longValueExact();
    }

    /** The name, such as {@code share} or {@code money EUR}. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return currency == null ? name : name + " " + currency;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Unit that && kind == that.kind && Objects.equals(currency, that.currency);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, currency);
    }
}
