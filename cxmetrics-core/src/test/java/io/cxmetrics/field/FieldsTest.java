package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.field.Evaluation.State;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldsTest {

    record Call(String channel, Duration waited, Boolean answered) {}

    private static final Fields<Call> CALLS = Fields.of(Call.class)
            .text("channel", Call::channel)
            .duration("wait", Call::waited)
            .flag("answered", Call::answered);

    private static final Call CALL = new Call("chat", Duration.ofSeconds(20), true);

    // ---- names and types ----

    @Test
    void unknownFieldIsNamedWithTheNearestAndAllOthers() {
        assertEquals(
                "Call has no field 'anserwed' (did you mean \"answered\"?); it has [channel, wait, answered].",
                refusal(Field.flag("anserwed")));
        assertEquals("Call has no field 'topic'; it has [channel, wait, answered].", refusal(Field.text("topic")));
    }

    private static String refusal(Expression expression) {
        Program<Call> program = new Program<>(CALLS);
        return assertThrows(IllegalArgumentException.class, () -> program.add(expression))
                .getMessage();
    }

    @Test
    void fieldOfAnotherTypeIsNamedWithBothTypes() {
        assertEquals(
                "field 'wait' of Call is a duration, but a whole number is needed",
                refusal(Field.whole("wait").lt(20L)));
        assertEquals("field 'channel' of Call is a text, but a flag is needed", refusal(Field.flag("channel")));
    }

    @Test
    void fieldOfAnotherCurrencyIsNamedWithBothCurrencies() {
        Program<Call> program = new Program<>(Fields.of(Call.class).money("cost", "USD", call -> null));

        assertEquals(
                "field 'cost' of Call is a money amount in USD, but a money amount in EUR is needed",
                assertThrows(IllegalArgumentException.class, () -> program.add(Field.money("cost", "EUR")))
                        .getMessage());
    }

    @Test
    void fieldThatIsDefinedTwiceIsRefused() {
        for (var attempt : new org.junit.jupiter.api.function.Executable[] {
            () -> CALLS.flag("wait", Call::answered),
            () -> CALLS.derived("wait", Field.flag("answered")),
            () -> CALLS.derived("fast", Field.flag("answered")).derived("fast", Field.flag("answered")),
            () -> CALLS.derived("fast", Field.flag("answered")).flag("fast", Call::answered)
        }) {
            assertThrows(IllegalArgumentException.class, attempt);
        }
        assertEquals(
                "field 'wait' of Call is defined twice",
                assertThrows(IllegalArgumentException.class, () -> CALLS.flag("wait", Call::answered))
                        .getMessage());
    }

    @Test
    void fieldsAreImmutable() {
        CALLS.flag("another", Call::answered);

        assertEquals(List.of("channel", "wait", "answered"), CALLS.names());
        assertEquals("Call[channel, wait, answered]", CALLS.toString());
    }

    @Test
    void fieldNeedsANameAndMoneyACurrency() {
        assertThrows(IllegalArgumentException.class, () -> Field.flag(" "));
        assertThrows(IllegalArgumentException.class, () -> Field.of("cost", FieldType.MONEY));
        assertThrows(
                IllegalArgumentException.class, () -> new Field("wait", FieldType.DURATION, Money.currency("EUR")));
        assertThrows(IllegalArgumentException.class, () -> Field.money("cost", "EURO"));
    }

    // ---- derived fields ----

    @Test
    void derivedFieldsFollowFromOthersAndFromEachOther() {
        Fields<Call> fields = CALLS.derived("fast", Field.duration("wait").le(Duration.ofSeconds(20)))
                .derived("good", Field.flag("fast").and(Field.flag("answered")))
                .derived("twice", Field.duration("wait").plus(Field.duration("wait")))
                .derived("medium", Field.text("channel"));

        assertEquals(
                State.KNOWN, Evaluation.of(Field.flag("good"), fields, CALL).state());
        assertEquals(
                State.FALSE,
                Evaluation.of(Field.flag("good"), fields, new Call("chat", Duration.ofSeconds(21), true))
                        .state());
        assertEquals(
                State.MISSING,
                Evaluation.of(Field.flag("good"), fields, new Call("chat", null, true))
                        .state());
        assertEquals(
                40_000_000, Evaluation.of(Field.duration("twice"), fields, CALL).encoded());
        assertEquals("chat", Evaluation.of(Field.text("medium"), fields, CALL).text());
        assertEquals(Field.of("good", FieldType.FLAG), fields.field("good"));
        assertEquals(Field.of("twice", FieldType.DURATION), fields.field("twice"));
        assertEquals(Field.of("medium", FieldType.TEXT), fields.field("medium"));
        assertEquals(List.of("channel", "wait", "answered", "fast", "good", "twice", "medium"), fields.names());
    }

    @Test
    void derivedFieldMayBeDefinedBeforeWhatItFollowsFrom() {
        Fields<Call> fields = Fields.of(Call.class)
                .derived("fast", Field.duration("wait").le(Duration.ofSeconds(20)))
                .duration("wait", Call::waited);

        assertEquals(
                State.KNOWN, Evaluation.of(Field.flag("fast"), fields, CALL).state());
    }

    @Test
    void derivedFieldOfAnotherTypeIsNamedWithBothTypes() {
        Program<Call> program =
                new Program<>(CALLS.derived("fast", Field.duration("wait").le(Duration.ofSeconds(20))));

        assertEquals(
                "field 'fast' of Call is a flag, but a text is needed",
                assertThrows(IllegalArgumentException.class, () -> program.add(Field.text("fast")))
                        .getMessage());
    }

    @Test
    void fieldThatIsDerivedFromItselfIsRefused() {
        assertSelfReference(CALLS.derived("a", Field.flag("a")), "a");
        assertSelfReference(CALLS.derived("a", Field.flag("a").not()), "a");
        assertSelfReference(
                CALLS.derived("a", Field.flag("b").not())
                        .derived("b", Field.flag("answered").and(Field.flag("a"))),
                "a");
        assertSelfReference(
                CALLS.derived("a", Field.flag("b"))
                        .derived("b", Field.flag("c"))
                        .derived("c", Field.flag("a")),
                "a");
    }

    private static void assertSelfReference(Fields<Call> fields, String field) {
        Program<Call> program = new Program<>(fields);
        var refusal = assertThrows(IllegalArgumentException.class, () -> program.add(Field.flag(field)));

        assertEquals("is derived from itself", refusal.getMessage().replaceAll("field '.' (.*): .*", "$1"));
    }

    @Test
    void twoFieldsDerivedFromTheSameExpressionAreNoSelfReference() {
        Condition fast = Field.duration("wait").le(Duration.ofSeconds(20));
        Fields<Call> fields = CALLS.derived("a", fast)
                .derived("b", fast)
                .derived("c", Field.flag("a").and(Field.flag("b")));

        assertEquals(State.KNOWN, Evaluation.of(Field.flag("c"), fields, CALL).state());
    }

    @Test
    void rejectionBehindADerivedFieldNamesTheFieldThatWasRead() {
        Fields<Call> fields = CALLS.derived(
                "fast", Field.duration("wait").atLeast(Duration.ZERO).le(Duration.ofSeconds(20)));
        Evaluation evaluation =
                Evaluation.of(Field.flag("fast"), fields, new Call("chat", Duration.ofSeconds(-1), true));

        assertEquals(State.REJECTED, evaluation.state());
        assertEquals(new Rejection("wait", "-1 s", "expected at least 0 s"), evaluation.rejection());
    }

    // ---- values of Java objects ----

    @Test
    void nullIsMissing() {
        Call nothing = new Call(null, null, null);

        assertEquals(
                State.MISSING,
                Evaluation.of(Field.text("channel"), CALLS, nothing).state());
        assertEquals(
                State.MISSING,
                Evaluation.of(Field.duration("wait"), CALLS, nothing).state());
        assertEquals(
                State.MISSING,
                Evaluation.of(Field.flag("answered"), CALLS, nothing).state());
        assertNull(Evaluation.of(Field.flag("answered"), CALLS, nothing).rejection());
    }

    static List<Object[]> wholeNumbers() {
        return List.of(
                new Object[] {7, 7L},
                new Object[] {(byte) -7, -7L},
                new Object[] {9.0, 9L},
                new Object[] {-0.0, 0L},
                new Object[] {9f, 9L},
                new Object[] {new BigDecimal("9.000"), 9L},
                new Object[] {BigInteger.TEN, 10L},
                new Object[] {(1L << 53) - 1, (1L << 53) - 1},
                new Object[] {1 - (1L << 53), 1 - (1L << 53)},
                new Object[] {9.5, null},
                new Object[] {Double.NaN, null},
                new Object[] {Double.POSITIVE_INFINITY, null},
                new Object[] {1e300, null},
                new Object[] {-1e300, null},
                new Object[] {-0x1p63, null},
                new Object[] {1L << 53, null},
                new Object[] {(1L << 53) + 1, null},
                new Object[] {-(1L << 53), null},
                new Object[] {Long.MAX_VALUE, null},
                new Object[] {Long.MIN_VALUE, null},
                new Object[] {BigInteger.ONE.shiftLeft(64), null},
                new Object[] {BigInteger.ONE.shiftLeft(64).add(BigInteger.TEN), null});
    }

    @ParameterizedTest
    @MethodSource("wholeNumbers")
    void wholeNumberHasNoFractionAndFits53Bits(Number value, Long expected) {
        Fields<Number> fields = Fields.of(Number.class).whole("n", Function.identity());
        Evaluation evaluation = Evaluation.of(Field.whole("n"), fields, value);

        assertEquals(expected == null ? State.REJECTED : State.KNOWN, evaluation.state());
        if (expected != null) {
            assertEquals(expected, evaluation.encoded());
        } else {
            assertEquals(
                    new Rejection("n", value.toString(), "expected a whole number of at most 2^53 - 1"),
                    evaluation.rejection());
        }
    }

    @Test
    void valuesOutOfTheirTypesRangeAreRejectedWithoutAnException() {
        assertRejected(Fields.of(Object.class).number("x", o -> Double.NaN), Field.number("x"), "NaN");
        assertRejected(Fields.of(Object.class).number("x", o -> new BigDecimal("1e400")), Field.number("x"), "1E+400");
        assertRejected(
                Fields.of(Object.class).duration("x", o -> Duration.ofDays(40_000)), Field.duration("x"), "PT960000H");
        assertRejected(
                Fields.of(Object.class).duration("x", o -> Duration.ofSeconds(Long.MIN_VALUE)),
                Field.duration("x"),
                Duration.ofSeconds(Long.MIN_VALUE).toString());
        assertRejected(
                Fields.of(Object.class).instant("x", o -> Instant.MAX), Field.instant("x"), Instant.MAX.toString());
        assertRejected(
                Fields.of(Object.class).instant("x", o -> Instant.MIN), Field.instant("x"), Instant.MIN.toString());
        assertRejected(
                Fields.of(Object.class).date("x", o -> LocalDate.MIN), Field.date("x"), LocalDate.MIN.toString());
        assertRejected(
                Fields.of(Object.class).money("x", "EUR", o -> Money.of("1e29", "EUR")),
                Field.money("x", "EUR"),
                Money.of("1e29", "EUR").toString());
        assertRejected(
                Fields.of(Object.class).money("x", "EUR", o -> Money.of("-90071992547409.92", "EUR")),
                Field.money("x", "EUR"),
                "-90071992547409.92 EUR");
        assertRejected(
                Fields.of(Object.class).money("x", "EUR", o -> Money.of("12.60", "USD")),
                Field.money("x", "EUR"),
                "12.60 USD");
    }

    private static void assertRejected(Fields<Object> fields, Quantity<?> quantity, String found) {
        Evaluation evaluation = Evaluation.of(quantity, fields, "record");

        assertEquals(State.REJECTED, evaluation.state());
        assertEquals("x", evaluation.rejection().field());
        assertEquals(found, evaluation.rejection().found());
    }

    @Test
    void timesAreReadAtMicroseconds() {
        Fields<Object> fields = Fields.of(Object.class)
                .duration("d", o -> Duration.ofNanos(1_999))
                .instant("i", o -> Instant.EPOCH.minusNanos(1));

        assertEquals(1, Evaluation.of(Field.duration("d"), fields, "record").encoded());
        assertEquals(-1, Evaluation.of(Field.instant("i"), fields, "record").encoded());
    }

    @Test
    void rejectionsOfOneBatchDoNotReachTheNext() {
        Program<Call> program = new Program<>(CALLS);
        Column wait = program.add(Field.duration("wait"));
        Column fast = program.add(Field.duration("wait").le(Duration.ofSeconds(20)));
        program.run(batch(new Call("chat", Duration.ofDays(40_000), true)));
        assertEquals(Column.REJECTED, fast.states()[0]);

        program.run(batch(CALL));

        assertEquals(Column.KNOWN, fast.states()[0]);
        assertNull(wait.rejection(0));
        assertNull(program.rejection(Field.duration("wait").le(Duration.ofSeconds(20)), 0));
    }

    @Test
    void sharedExpressionsAreEvaluatedOnceAndFieldsReadOnce() {
        List<String> reads = new ArrayList<>();
        Fields<Call> fields = Fields.of(Call.class).flag("answered", call -> {
            reads.add("answered");
            return call.answered();
        });
        Program<Call> program = new Program<>(fields);
        Column one = program.add(Field.flag("answered").not());
        Column other = program.add(Field.flag("answered").not());
        program.add(Field.flag("answered").and(Field.flag("answered").not()));
        program.run(batch(CALL));

        assertEquals(one, other);
        assertEquals(1, reads.size());
    }

    @SafeVarargs
    private static <E> Batch<E> batch(E... records) {
        Batch<E> batch = new Batch<>();
        for (E record : records) {
            batch.add(record);
        }
        return batch;
    }
}
