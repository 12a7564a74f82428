package io.cxmetrics.field;

import static io.cxmetrics.field.Field.date;
import static io.cxmetrics.field.Field.duration;
import static io.cxmetrics.field.Field.instant;
import static io.cxmetrics.field.Field.money;
import static io.cxmetrics.field.Field.number;
import static io.cxmetrics.field.Field.rating;
import static io.cxmetrics.field.Field.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.field.Evaluation.State;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    private static final long MOST = (1L << 53) - 1;
    private static final Duration CENTURY = Duration.ofDays(36_525);

    /** Two operands of every type, all of which may be null. */
    record Pair(Object a, Object b) {
        static final Fields<Pair> FIELDS =
                Fields.of(Pair.class).whole("a", pair -> (Long) pair.a).whole("b", pair -> (Long) pair.b);
        static final Fields<Pair> NUMBERS =
                Fields.of(Pair.class).number("a", pair -> (Number) pair.a).number("b", pair -> (Number) pair.b);
        static final Fields<Pair> DURATIONS =
                Fields.of(Pair.class).duration("a", pair -> (Duration) pair.a).duration("b", pair -> (Duration) pair.b);
        static final Fields<Pair> INSTANTS =
                Fields.of(Pair.class).instant("a", pair -> (Instant) pair.a).instant("b", pair -> (Instant) pair.b);
        static final Fields<Pair> SHIFT =
                Fields.of(Pair.class).instant("a", pair -> (Instant) pair.a).duration("b", pair -> (Duration) pair.b);
        static final Fields<Pair> MONEY = Fields.of(Pair.class)
                .money("a", "EUR", pair -> (Money) pair.a)
                .money("b", "EUR", pair -> (Money) pair.b);
    }

    private static Evaluation wholes(Quantity<?> quantity, Long a, Long b) {
        return Evaluation.of(quantity, Pair.FIELDS, new Pair(a, b));
    }

    private static Evaluation numbers(Quantity<?> quantity, double a, double b) {
        return Evaluation.of(quantity, Pair.NUMBERS, new Pair(a, b));
    }

    // ---- whole numbers ----

    @Property(tries = 300)
    void sumsAndDifferencesOfWholeNumbersAreExactOrRejected(
            @ForAll @LongRange(min = -MOST, max = MOST) long a, @ForAll @LongRange(min = -MOST, max = MOST) long b) {
        assertExact(a + b, wholes(whole("a").plus(whole("b")), a, b));
        assertExact(a - b, wholes(whole("a").minus(whole("b")), a, b));
    }

    private static void assertExact(long expected, Evaluation actual) {
        if (Math.abs(expected) <= MOST) {
            assertEquals(State.KNOWN, actual.state());
            assertEquals(expected, actual.encoded());
        } else {
            assertEquals(State.REJECTED, actual.state());
        }
    }

    @Test
    void overflowIsRejectedAndSaysWhichExpression() {
        Evaluation sum = wholes(whole("a").plus(whole("b")), MOST, 1L);

        assertEquals(State.REJECTED, sum.state());
        assertEquals(new Rejection("a and b", "(a:whole + b:whole)", "the result is out of range"), sum.rejection());
        assertEquals(State.KNOWN, wholes(whole("a").plus(whole("b")), MOST, 0L).state());
        assertEquals(
                State.REJECTED, wholes(whole("a").minus(whole("b")), -MOST, 1L).state());
    }

    @Property(tries = 300)
    void productsAndQuotientsOfWholeNumbersAreThoseOfDoubles(@ForAll int a, @ForAll int b) {
        Evaluation product = wholes(whole("a").times(whole("b")), (long) a, (long) b);
        Evaluation quotient = wholes(whole("a").dividedBy(whole("b")), (long) a, (long) b);

        assertEquals(
                BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).doubleValue(),
                FieldType.decodeNumber(product.encoded()));
        assertEquals(b == 0 ? State.REJECTED : State.KNOWN, quotient.state());
        if (b != 0) {
            assertEquals((double) a / b + 0.0, FieldType.decodeNumber(quotient.encoded()));
        }
    }

    // ---- numbers ----

    @ParameterizedTest
    @CsvSource({
        "1e308, 1e308",
        "-1e308, -1e308",
        "1.7976931348623157e308, 1e292",
    })
    void sumBeyondTheLargestDoubleIsRejected(double a, double b) {
        assertEquals(
                State.REJECTED, numbers(number("a").plus(number("b")), a, b).state());
        assertEquals(State.KNOWN, numbers(number("a").minus(number("b")), a, b).state());
    }

    @Test
    void divisionByZeroIsRejectedAlsoOfZero() {
        for (double zero : new double[] {0.0, -0.0}) {
            for (double dividend : new double[] {1, -1, 0, -0.0}) {
                Evaluation quotient = numbers(number("a").dividedBy(number("b")), dividend, zero);
                assertEquals(State.REJECTED, quotient.state());
                assertEquals("the result is out of range", quotient.rejection().reason());
            }
        }
        assertEquals(
                State.REJECTED,
                numbers(number("a").dividedBy(number("b")), 1e300, 1e-300).state());
        assertEquals(
                State.REJECTED,
                numbers(number("a").times(number("b")), 1e300, 1e300).state());
        assertEquals(
                State.KNOWN,
                numbers(number("a").times(number("b")), 1e-300, 1e-300).state());
    }

    @Test
    void wholeNumbersAndNumbersMix() {
        Quantity<Long> mixed =
                whole("a").plus(new Quantity.Constant<Double>(FieldType.NUMBER, FieldType.encodeNumber(0.5), null));

        assertEquals(FieldType.NUMBER, mixed.type());
        assertEquals(2.5, FieldType.decodeNumber(wholes(mixed, 2L, null).encoded()));
    }

    // ---- durations, instants, dates, money ----

    @Test
    void durationsAddSubtractAndDivide() {
        Pair pair = new Pair(Duration.ofSeconds(90), Duration.ofSeconds(60));

        assertEquals(
                150_000_000,
                Evaluation.of(duration("a").plus(duration("b")), Pair.DURATIONS, pair)
                        .encoded());
        assertEquals(
                -30_000_000,
                Evaluation.of(duration("b").minus(duration("a")), Pair.DURATIONS, pair)
                        .encoded());
        assertEquals(
                1.5,
                FieldType.decodeNumber(Evaluation.of(duration("a").dividedBy(duration("b")), Pair.DURATIONS, pair)
                        .encoded()));
    }

    @Test
    void durationBeyondAHundredYearsIsRejected() {
        Quantity<Duration> sum = duration("a").plus(duration("b"));

        assertEquals(
                State.KNOWN,
                Evaluation.of(sum, Pair.DURATIONS, new Pair(CENTURY, Duration.ZERO))
                        .state());
        assertEquals(
                State.REJECTED,
                Evaluation.of(sum, Pair.DURATIONS, new Pair(CENTURY, Duration.ofNanos(1_000)))
                        .state());
    }

    @Test
    void timeSinceAnEarlierInstantIsADuration() {
        Instant morning = Instant.parse("2026-02-14T09:00:00Z");
        Quantity<Duration> since = instant("a").since(instant("b"));

        assertEquals(FieldType.DURATION, since.type());
        assertEquals(
                3_600_000_000L,
                Evaluation.of(since, Pair.INSTANTS, new Pair(morning.plusSeconds(3_600), morning))
                        .encoded());
        assertEquals(
                -3_600_000_000L,
                Evaluation.of(since, Pair.INSTANTS, new Pair(morning, morning.plusSeconds(3_600)))
                        .encoded());
        assertEquals(
                State.REJECTED,
                Evaluation.of(
                                since,
                                Pair.INSTANTS,
                                new Pair(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("1826-01-01T00:00:00Z")))
                        .state());
    }

    @Test
    void differenceOfInstantsBeyondALongIsRejected() {
        Instant late = Instant.ofEpochSecond(9_000_000_000_000L);
        Instant early = Instant.ofEpochSecond(-9_000_000_000_000L);

        assertEquals(
                State.REJECTED,
                Evaluation.of(instant("a").since(instant("b")), Pair.INSTANTS, new Pair(late, early))
                        .state());
        assertEquals(
                State.REJECTED,
                Evaluation.of(instant("a").since(instant("b")), Pair.INSTANTS, new Pair(early, late))
                        .state());
    }

    @Test
    void instantMovesByADuration() {
        Pair pair = new Pair(Instant.parse("1969-12-31T23:59:59Z"), Duration.ofSeconds(2));

        assertEquals(
                1_000_000,
                Evaluation.of(instant("a").plus(duration("b")), Pair.SHIFT, pair)
                        .encoded());
        assertEquals(
                -3_000_000,
                Evaluation.of(instant("a").minus(duration("b")), Pair.SHIFT, pair)
                        .encoded());
        Pair late = new Pair(Instant.ofEpochSecond(9_223_372_036_854L), CENTURY);
        assertEquals(
                State.REJECTED,
                Evaluation.of(instant("a").plus(duration("b")), Pair.SHIFT, late)
                        .state());
    }

    @Test
    void moneyOfOneCurrencyAddsInMinorUnits() {
        Quantity<Money> sum = money("a", "EUR").plus(money("b", "EUR"));

        assertEquals(Money.currency("EUR"), sum.currency());
        assertEquals(
                1_270,
                Evaluation.of(sum, Pair.MONEY, new Pair(Money.of("12.60", "EUR"), Money.of("0.1", "EUR")))
                        .encoded());
    }

    // ---- missing and rejected operands ----

    @Test
    void missingOperandMakesTheResultMissingAndARejectedOneRejected() {
        Quantity<Long> sum = whole("a").plus(whole("b"));

        assertEquals(State.MISSING, wholes(sum, null, 1L).state());
        assertEquals(State.MISSING, wholes(sum, 1L, null).state());
        assertEquals(State.REJECTED, wholes(sum, Long.MAX_VALUE, null).state());
        assertEquals(State.REJECTED, wholes(sum, 1L, Long.MIN_VALUE).state());
        assertEquals("b", wholes(sum, 1L, Long.MIN_VALUE).rejection().field());
        assertEquals(
                "a", wholes(sum, Long.MAX_VALUE, Long.MIN_VALUE).rejection().field());
    }

    // ---- ranges ----

    @ParameterizedTest
    @CsvSource({"-1, REJECTED", "0, KNOWN", "7, KNOWN", "10, KNOWN", "11, REJECTED"})
    void valueOutsideItsRangeIsRejected(long value, State expected) {
        assertEquals(expected, wholes(whole("a").within(0L, 10L), value, null).state());
        assertEquals(expected, wholes(rating("a", 0, 10), value, null).state());
    }

    @Test
    void rejectionSaysValueAndRange() {
        assertEquals(
                "a \"11\": expected 0…10",
                wholes(rating("a", 0, 10), 11L, null).rejection().toString());
        assertEquals(
                "a \"-1\": expected at least 0",
                wholes(whole("a").atLeast(0L), -1L, null).rejection().toString());
        assertEquals(
                new Rejection("a", "-3 s", "expected at least 0 s"),
                Evaluation.of(
                                duration("a").atLeast(Duration.ZERO),
                                Pair.DURATIONS,
                                new Pair(Duration.ofSeconds(-3), null))
                        .rejection());
    }

    @Test
    void missingValueIsNotOutsideTheRange() {
        assertEquals(State.MISSING, wholes(rating("a", 0, 10), null, null).state());
    }

    @Test
    void emptyRangeIsRefused() {
        assertEquals(
                "the range 10…0 of a:whole is empty",
                assertThrows(IllegalArgumentException.class, () -> whole("a").within(10L, 0L))
                        .getMessage());
        assertEquals(State.KNOWN, wholes(whole("a").within(5L, 5L), 5L, null).state());
    }

    // ---- types ----

    @Test
    void operationsThatMeanNothingAreRefusedWithBothOperands() {
        assertRefused(
                "a duration and a point in time cannot be joined by -: a:duration - b:instant",
                () -> duration("a").minus(instant("b")));
        assertRefused(
                "a money amount and a money amount cannot be joined by +: a:money EUR + b:money USD",
                () -> money("a", "EUR").plus(money("b", "USD")));
        assertRefused(
                "a date and a date cannot be joined by -: a:date - b:date",
                () -> date("a").minus(date("b")));
        assertRefused(
                "a point in time and a point in time cannot be joined by +: a:instant + b:instant",
                () -> instant("a").plus(instant("b")));
        assertRefused(
                "a duration and a duration cannot be joined by *: a:duration * b:duration",
                () -> duration("a").times(duration("b")));
        assertRefused(
                "a duration and a whole number cannot be joined by /: a:duration / b:whole",
                () -> duration("a").dividedBy(whole("b")));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable attempt) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, attempt).getMessage());
    }

    @Test
    void constantOfAnotherTypeIsRefusedByValue() {
        // minus says Quantity<Instant>, but the difference is a duration: since() is the way to it.
        Quantity<Instant> difference = instant("a").minus(instant("b"));
        var refusal = assertThrows(IllegalArgumentException.class, () -> difference.lt(Instant.EPOCH));

        assertEquals("1970-01-01T00:00:00Z is not a duration", refusal.getMessage());
    }

    // ---- canonical form and equality ----

    @Test
    void canonicalFormsAreExact() {
        assertEquals(
                "(a:duration + b:duration)", duration("a").plus(duration("b")).toString());
        assertEquals(
                "((a:whole - b:whole) * c:number)",
                whole("a").minus(whole("b")).times(number("c")).toString());
        assertEquals("a:whole within 0…10", whole("a").within(0L, 10L).toString());
        assertEquals(
                "a:duration within at least PT0S",
                duration("a").atLeast(Duration.ZERO).toString());
        assertEquals(
                "a:date < 2026-02-14", date("a").lt(LocalDate.of(2026, 2, 14)).toString());
        assertEquals(
                "a:instant >= 2026-02-14T09:30:00Z",
                instant("a").ge(Instant.parse("2026-02-14T09:30:00Z")).toString());
        assertEquals("a:number < 1.0E22", number("a").lt(1e22).toString());
    }

    @Test
    void subtractionAndDivisionKeepTheirOrder() {
        assertNotEquals(
                whole("a").minus(whole("b")).toString(),
                whole("b").minus(whole("a")).toString());
        assertNotEquals(
                whole("a").minus(whole("b")).minus(whole("c")).toString(),
                whole("a").minus(whole("b").minus(whole("c"))).toString());
    }

    @Test
    void equalQuantitiesAreEqual() {
        assertEquals(
                duration("a").plus(duration("b")).le(Duration.ofMinutes(1)),
                duration("a").plus(duration("b")).le(Duration.ofSeconds(60)));
        assertEquals(number("a").lt(0.0), number("a").lt(-0.0));
        assertEquals(
                money("a", "EUR").lt(Money.of("12.6", "EUR")), money("a", "EUR").lt(Money.of("12.60", "EUR")));
        assertNotEquals(money("a", "EUR"), money("a", "USD"));
        assertNotEquals(whole("a"), number("a"));
    }
}
