package io.cxmetrics.field;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * The type of a field: what kind of value it holds and in which whole unit the engine keeps it.
 *
 * <p>All types but {@link #TEXT} and {@link #FLAG} are <em>quantities</em>, kept as one {@code long} whose order is the
 * order of the values. Values beyond {@link #maximum()} are rejected: they are errors of the data, and the bound is what
 * lets sums of squares be exact.
 *
 * @since 0.1
 */
public enum FieldType {
    /** A whole number, at most 2<sup>53</sup> − 1 in magnitude: a rating, a count, a number of attempts. */
    WHOLE("whole number", (1L << 53) - 1),
    /** A finite real number (IEEE double). */
    NUMBER("number", Long.MAX_VALUE),
    /** A span of time in whole microseconds, at most 36 525 days (a hundred years) in magnitude. */
    DURATION("duration", 36_525L * 86_400 * 1_000_000),
    /** A point on the time line in whole microseconds of the epoch. */
    INSTANT("point in time", Long.MAX_VALUE),
    /** A calendar date without a time zone. */
    DATE("date", 365_241_780_471L),
    /** An amount of money in whole minor units of the field's one currency. */
    MONEY("money amount", (1L << 53) - 1),
    /** True or false. */
    FLAG("flag", 1),
    /** Text, compared character by character. */
    TEXT("text", 0);

    private static final long MICROS = 1_000_000L;

    private final String label;
    private final long maximum;

    FieldType(String label, long maximum) {
        this.label = label;
        this.maximum = maximum;
    }

    /**
     * The largest magnitude, in the engine's unit, that is a value of this type.
     *
     * @return the bound, inclusive
     */
    public long maximum() {
        return maximum;
    }

    /**
     * Whether values of this type have an order and can be compared with {@code <}.
     *
     * @return false for {@link #TEXT} and {@link #FLAG}
     */
    public boolean isQuantity() {
        return this != TEXT && this != FLAG;
    }

    /**
     * Whether sums of this type mean something.
     *
     * @return true for whole numbers, numbers, durations and money
     */
    public boolean isSummable() {
        return this == WHOLE || this == NUMBER || this == DURATION || this == MONEY;
    }

    /**
     * The word for this type in definitions and messages' fields: {@code whole}, {@code duration}, ….
     *
     * @return the lower-case name
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type as a message says it, such as {@code whole number}. */
    @Override
    public String toString() {
        return label;
    }

    /**
     * The engine's form of a value.
     *
     * @param value a {@code Long}, {@code Double}, {@code Duration}, {@code Instant}, {@code LocalDate} or {@link Money}
     * @return the encoded value
     * @throws IllegalArgumentException if the value is not of this type or out of its range; the message says which
     */
    public long encode(Object value) {
        try {
            return switch (this) {
                case WHOLE -> encodeWhole((Number) value);
                case NUMBER -> encodeNumber(((Number) value).doubleValue());
                case DURATION -> encodeDuration((Duration) value);
                case INSTANT -> encodeInstant((Instant) value);
                case DATE -> checked(((LocalDate) value).toEpochDay(), value);
                case MONEY -> checked(((Money) value).minorUnits(), value);
                case FLAG, TEXT -> throw new IllegalArgumentException("a " + this + " is not a quantity");
            };
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(value + " is not a " + this, e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(value + " is out of range for a " + this, e);
        }
    }

    private long encodeWhole(Number value) {
        if (value.doubleValue() != value.longValue()) {
            throw new IllegalArgumentException(value + " is not a " + this + " in range");
        }
        return checked(value.longValue(), value);
    }

    private long checked(long encoded, Object value) {
        if (encoded > maximum || encoded < -maximum) {
            throw new IllegalArgumentException(value + " is out of range for a " + this);
        }
        return encoded;
    }

    private long encodeDuration(Duration value) {
        return checked(Math.addExact(Math.multiplyExact(value.getSeconds(), MICROS), value.getNano() / 1_000), value);
    }

    private long encodeInstant(Instant value) {
        return checked(
                Math.addExact(Math.multiplyExact(value.getEpochSecond(), MICROS), value.getNano() / 1_000), value);
    }

    /**
     * A real number as a {@code long} with the same order; −0 becomes 0.
     *
     * @param value the number
     * @return the encoded number
     * @throws IllegalArgumentException if the number is NaN or infinite
     */
    public static long encodeNumber(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " is not a finite number");
        }
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /**
     * The inverse of {@link #encodeNumber}.
     *
     * @param encoded an encoded number
     * @return the number
     */
    public static double decodeNumber(long encoded) {
        return Double.longBitsToDouble(encoded ^ ((encoded >> 63) & Long.MAX_VALUE));
    }

    /**
     * The canonical text of an encoded quantity: {@code 20}, {@code 0.5}, {@code PT20S}, {@code 2026-02-14}. Money is
     * shown in minor units, since its currency belongs to the field.
     *
     * @param encoded a value that {@link #encode} gave
     * @return its text
     */
    public String text(long encoded) {
        return switch (this) {
            case WHOLE, MONEY -> Long.toString(encoded);
            case NUMBER -> Double.toString(decodeNumber(encoded));
            case DURATION -> duration(encoded).toString();
            case INSTANT -> instant(encoded).toString();
            case DATE -> dateText(encoded);
            case FLAG -> encoded == 0 ? "false" : "true";
            case TEXT -> throw new IllegalArgumentException("text is not encoded");
        };
    }

    /**
     * An encoded quantity as a message says it: a duration in seconds, everything else as {@link #text}.
     *
     * @param encoded a value that {@link #encode} gave
     * @return such as {@code -87 s}
     */
    public String shown(long encoded) {
        return this == DURATION
                ? BigDecimal.valueOf(encoded, 6).stripTrailingZeros().toPlainString() + " s"
                : text(encoded);
    }

    private static String dateText(long encoded) {
        try {
            return LocalDate.ofEpochDay(encoded).toString();
        } catch (DateTimeException e) {
            return "day " + encoded;
        }
    }

    /**
     * A duration from its encoded form.
     *
     * @param encoded microseconds
     * @return the duration
     */
    public static Duration duration(long encoded) {
        return Duration.ofSeconds(Math.floorDiv(encoded, MICROS), Math.floorMod(encoded, MICROS) * 1_000);
    }

    /**
     * An instant from its encoded form.
     *
     * @param encoded microseconds of the epoch
     * @return the instant
     */
    public static Instant instant(long encoded) {
        return Instant.ofEpochSecond(Math.floorDiv(encoded, MICROS), Math.floorMod(encoded, MICROS) * 1_000);
    }

    /**
     * How many of the engine's units make one base unit in which results are stated: a million for a duration (stated in
     * seconds), 1 for numbers.
     *
     * @return the factor; for money the factor depends on the currency and is 1 here
     */
    public long unitsPerBase() {
        return this == DURATION ? MICROS : 1;
    }
}
