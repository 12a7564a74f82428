package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FieldTypeTest {
    private static final long CENTURY = 36_525L * 86_400;

    // ---- the order of encoded values is the order of values ----

    @Property(tries = 500)
    void numbersKeepTheirOrder(@ForAll double a, @ForAll double b) {
        assertEquals(a == b ? 0 : a < b ? -1 : 1, Long.compare(FieldType.encodeNumber(a), FieldType.encodeNumber(b)));
    }

    @Property(tries = 500)
    void numbersComeBackUnchanged(@ForAll double value) {
        assertEquals(value + 0.0, FieldType.decodeNumber(FieldType.encodeNumber(value)));
    }

    @Test
    void extremeNumbersKeepTheirOrder() {
        double[] ascending = {
            -Double.MAX_VALUE,
            -1e300,
            -1.0,
            -Double.MIN_NORMAL,
            -Double.MIN_VALUE,
            0.0,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Math.nextDown(1.0),
            1.0,
            Math.nextUp(1.0),
            Double.MAX_VALUE
        };
        for (int i = 1; i < ascending.length; i++) {
            assertTrue(FieldType.encodeNumber(ascending[i - 1]) < FieldType.encodeNumber(ascending[i]));
        }
        assertEquals(FieldType.encodeNumber(0.0), FieldType.encodeNumber(-0.0));
    }

    @Property(tries = 200)
    void durationsKeepTheirOrderAndComeBack(
            @ForAll @LongRange(min = -CENTURY, max = CENTURY - 1) long seconds,
            @ForAll @IntRange(min = 0, max = 999_999) int micros,
            @ForAll @LongRange(min = -CENTURY, max = CENTURY) long other) {
        Duration a = Duration.ofSeconds(seconds, micros * 1_000L);
        Duration b = Duration.ofSeconds(other);
        long encoded = FieldType.DURATION.encode(a);

        assertEquals(a, FieldType.duration(encoded));
        assertEquals(Integer.signum(a.compareTo(b)), Long.compare(encoded, FieldType.DURATION.encode(b)));
    }

    @Property(tries = 200)
    void instantsKeepTheirOrderAndComeBack(
            @ForAll @LongRange(min = -9_000_000_000_000L, max = 9_000_000_000_000L) long seconds,
            @ForAll @IntRange(min = 0, max = 999_999) int micros,
            @ForAll @LongRange(min = -9_000_000_000_000L, max = 9_000_000_000_000L) long other) {
        Instant a = Instant.ofEpochSecond(seconds, micros * 1_000L);
        Instant b = Instant.ofEpochSecond(other);
        long encoded = FieldType.INSTANT.encode(a);

        assertEquals(a, FieldType.instant(encoded));
        assertEquals(Integer.signum(a.compareTo(b)), Long.compare(encoded, FieldType.INSTANT.encode(b)));
    }

    @Property(tries = 200)
    void datesKeepTheirOrder(
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long a,
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long b) {
        LocalDate one = LocalDate.ofEpochDay(a);
        LocalDate other = LocalDate.ofEpochDay(b);

        assertEquals(
                Integer.signum(one.compareTo(other)),
                Long.compare(FieldType.DATE.encode(one), FieldType.DATE.encode(other)));
        assertEquals(one.toString(), FieldType.DATE.text(FieldType.DATE.encode(one)));
    }

    // ---- ranges ----

    @Test
    void boundsAreInclusive() {
        assertBounds(FieldType.WHOLE, (1L << 53) - 1, 1L << 53);
        assertBounds(FieldType.WHOLE, 1 - (1L << 53), -(1L << 53));
        assertBounds(FieldType.WHOLE, 0L, Long.MIN_VALUE);
        assertBounds(FieldType.DURATION, Duration.ofSeconds(CENTURY), Duration.ofSeconds(CENTURY, 1_000));
        assertBounds(FieldType.DURATION, Duration.ofSeconds(-CENTURY), Duration.ofSeconds(-CENTURY, -1_000));
        assertBounds(FieldType.DURATION, Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE));
        assertBounds(FieldType.DURATION, Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE));
        assertBounds(FieldType.INSTANT, Instant.ofEpochSecond(9_223_372_036_854L), Instant.MAX);
        assertBounds(FieldType.INSTANT, Instant.ofEpochSecond(-9_223_372_036_854L), Instant.MIN);
        assertBounds(FieldType.DATE, LocalDate.MAX, LocalDate.MIN);
        assertBounds(FieldType.MONEY, Money.of("90071992547409.91", "EUR"), Money.of("90071992547409.92", "EUR"));
        assertBounds(FieldType.MONEY, Money.of("0", "EUR"), Money.of("1e29", "EUR"));
        assertBounds(FieldType.NUMBER, Double.MAX_VALUE, Double.POSITIVE_INFINITY);
        assertBounds(FieldType.NUMBER, -Double.MAX_VALUE, Double.NaN);
    }

    private static void assertBounds(FieldType type, Object inside, Object outside) {
        assertTrue(Math.abs(type.encode(inside)) <= type.maximum(), () -> type + " " + inside);
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> type.encode(outside), () -> type + " " + outside);
        assertTrue(refusal.getMessage().contains(outside.toString()), refusal.getMessage());
    }

    @Test
    void valueOfAnotherTypeIsRefusedByValue() {
        assertEquals(
                "20 is not a duration",
                assertThrows(IllegalArgumentException.class, () -> FieldType.DURATION.encode(20))
                        .getMessage());
        assertEquals(
                "2.5 is not a whole number in range",
                assertThrows(IllegalArgumentException.class, () -> FieldType.WHOLE.encode(2.5))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> FieldType.WHOLE.encode("7"));
        assertThrows(IllegalArgumentException.class, () -> FieldType.INSTANT.encode(LocalDate.EPOCH));
        assertThrows(IllegalArgumentException.class, () -> FieldType.TEXT.encode("chat"));
        assertThrows(IllegalArgumentException.class, () -> FieldType.FLAG.encode(true));
    }

    @Test
    void whatIsFinerThanAMicrosecondIsCutTowardsThePast() {
        assertEquals(1, FieldType.DURATION.encode(Duration.ofNanos(1_999)));
        assertEquals(-1, FieldType.DURATION.encode(Duration.ofNanos(-1)));
        assertEquals(-1, FieldType.INSTANT.encode(Instant.EPOCH.minusNanos(1)));
    }

    // ---- words ----

    @Test
    void textIsCanonical() {
        assertEquals("-7", FieldType.WHOLE.text(-7));
        assertEquals("0.5", FieldType.NUMBER.text(FieldType.encodeNumber(0.5)));
        assertEquals("PT1M30S", FieldType.DURATION.text(90_000_000));
        assertEquals("PT-0.000001S", FieldType.DURATION.text(-1));
        assertEquals("1969-12-31T23:59:59.999999Z", FieldType.INSTANT.text(-1));
        assertEquals("1970-01-02", FieldType.DATE.text(1));
        assertEquals("day 9223372036854775807", FieldType.DATE.text(Long.MAX_VALUE));
        assertEquals("1260", FieldType.MONEY.text(1_260));
    }

    @Test
    void summableTypesAreQuantities() {
        assertEquals(
                Set.of(FieldType.WHOLE, FieldType.NUMBER, FieldType.DURATION, FieldType.MONEY),
                Arrays.stream(FieldType.values()).filter(FieldType::isSummable).collect(Collectors.toSet()));
        assertFalse(FieldType.TEXT.isQuantity() || FieldType.FLAG.isQuantity());
        assertEquals(
                6,
                Arrays.stream(FieldType.values()).filter(FieldType::isQuantity).count());
        assertEquals("whole number", FieldType.WHOLE.toString());
        assertEquals(
                List.of("whole", "number", "duration", "instant", "date", "money", "flag", "text"),
                Arrays.stream(FieldType.values()).map(FieldType::word).toList());
    }
}
