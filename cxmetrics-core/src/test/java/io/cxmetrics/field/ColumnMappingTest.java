package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.field.Evaluation.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnMappingTest {
    private static final ColumnMapping CALLS = ColumnMapping.named("calls")
            .text("channel", "kanava")
            .with("wait", "q_time", new Format.DurationIn(ChronoUnit.SECONDS))
            .with("answered", "outcome", new Format.FlagWords(Set.of("AGENT"), Set.of("HANG")))
            .whole("score", "score");
    private static final List<String> HEADER = List.of("score", "outcome", "q_time", "kanava");

    private static Evaluation evaluate(ColumnMapping mapping, Expression expression, String... cells) {
        return Evaluation.of(expression, mapping.fields(HEADER), new Row("calls.csv", 2, cells));
    }

    @Test
    void columnsAreFoundByNameInAnyOrder() {
        String[] row = {"9", "AGENT", "20", "chat"};

        assertEquals(9, evaluate(CALLS, Field.whole("score"), row).encoded());
        assertEquals(State.KNOWN, evaluate(CALLS, Field.flag("answered"), row).state());
        assertEquals(20_000_000, evaluate(CALLS, Field.duration("wait"), row).encoded());
        assertEquals("chat", evaluate(CALLS, Field.text("channel"), row).text());
        assertEquals(
                List.of("channel", "wait", "answered", "score"),
                CALLS.fields(HEADER).names());
    }

    @Test
    void emptyCellsAndCellsThatTheRowLacksAreMissing() {
        for (String[] row : new String[][] {{"", "", "", ""}, {}, {null, null, null, null}}) {
            for (Expression expression : new Expression[] {
                Field.whole("score"), Field.flag("answered"), Field.duration("wait"), Field.text("channel")
            }) {
                assertEquals(State.MISSING, evaluate(CALLS, expression, row).state());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" 9", "9 ", "\t9\r\n", "  9.0  "})
    void blanksAroundAValueAreIgnoredExceptInTexts(String cell) {
        assertEquals(9, evaluate(CALLS, Field.whole("score"), cell).encoded());
        assertEquals(
                cell, evaluate(CALLS, Field.text("channel"), "", "", "", cell).text());
    }

    @Test
    void blankCellIsMissingExceptInTexts() {
        assertEquals(State.MISSING, evaluate(CALLS, Field.whole("score"), "  ").state());
        assertEquals(
                State.KNOWN,
                evaluate(CALLS, Field.text("channel"), "", "", "", "  ").state());
    }

    @Test
    void rejectedCellNamesTheFieldAndWhatWasExpected() {
        Evaluation evaluation = evaluate(CALLS, Field.whole("score"), "nine");

        assertEquals(State.REJECTED, evaluation.state());
        assertEquals(
                "score \"nine\": expected a whole number such as 7",
                evaluation.rejection().toString());
    }

    @Test
    void oneBadCellDoesNotCostTheRowItsOtherValues() {
        String[] row = {"nine", "AGENT", "-", "chat"};

        assertEquals(State.KNOWN, evaluate(CALLS, Field.flag("answered"), row).state());
        assertEquals(
                State.REJECTED, evaluate(CALLS, Field.duration("wait"), row).state());
        assertEquals("chat", evaluate(CALLS, Field.text("channel"), row).text());
    }

    // ---- words for missing ----

    @Test
    void wordsForMissingHoldForTheFieldsAddedAfterThem() {
        ColumnMapping mapping = ColumnMapping.named("calls")
                .whole("strict", "score")
                .missing("NA", "-", "")
                .whole("lenient", "score")
                .text("channel", "kanava");

        assertEquals(
                State.REJECTED, evaluate(mapping, Field.whole("strict"), "NA").state());
        assertEquals(
                State.MISSING, evaluate(mapping, Field.whole("lenient"), "NA").state());
        assertEquals(
                State.MISSING, evaluate(mapping, Field.whole("lenient"), " - ").state());
        assertEquals(
                State.MISSING, evaluate(mapping, Field.whole("lenient"), "").state());
        assertEquals(
                State.REJECTED, evaluate(mapping, Field.whole("lenient"), "na").state());
        assertEquals(
                State.MISSING,
                evaluate(mapping, Field.text("channel"), "", "", "", "NA").state());
        assertEquals(
                State.KNOWN,
                evaluate(mapping, Field.text("channel"), "", "", "", "N/A").state());
    }

    @Test
    void emptyCellIsAnErrorIfEmptyIsNoWordForMissing() {
        ColumnMapping mapping = ColumnMapping.named("calls").missing("NA").whole("score", "score");

        assertEquals(State.REJECTED, evaluate(mapping, Field.whole("score"), "").state());
        assertEquals(State.MISSING, evaluate(mapping, Field.whole("score")).state());
    }

    // ---- several columns, constants, derived fields ----

    @Test
    void severalColumnsAreJoinedByABlank() {
        ColumnMapping mapping = ColumnMapping.named("bank")
                .with(new ColumnMapping.Source(
                        Field.of("started", FieldType.INSTANT),
                        List.of("date", "time"),
                        Format.InstantAs.local("yyMMdd HH:mm:ss", ZoneId.of("Asia/Jerusalem")),
                        Set.of("", "0"),
                        null));
        Fields<Row> fields = mapping.fields(List.of("time", "date"));
        Expression started = Field.instant("started");

        assertEquals(
                Instant.parse("1999-01-01T09:30:00Z").plus(Duration.ofDays(36_525)),
                FieldType.instant(Evaluation.of(started, fields, new Row("f", 2, "11:30:00", "990101"))
                        .encoded()));
        assertEquals(
                State.MISSING,
                Evaluation.of(started, fields, new Row("f", 2, "", "990101")).state());
        assertEquals(
                State.MISSING,
                Evaluation.of(started, fields, new Row("f", 2, "11:30:00", " 0 "))
                        .state());
        assertEquals(
                State.MISSING,
                Evaluation.of(started, fields, new Row("f", 2, "11:30:00")).state());
        Evaluation bad = Evaluation.of(started, fields, new Row("f", 2, "11:30", "990101"));
        assertEquals("990101 11:30", bad.rejection().found());
    }

    @Test
    void constantIsTheTextOfEveryRow() {
        ColumnMapping mapping = ColumnMapping.named("calls")
                .with(new ColumnMapping.Source(
                        Field.of("channel", FieldType.TEXT), List.of(), new Format.PlainText(), Set.of(""), "phone"));

        assertEquals("phone", evaluate(mapping, Field.text("channel")).text());
    }

    @Test
    void derivedFieldsFollowFromMappedOnes() {
        ColumnMapping mapping = CALLS.derived("fast", Field.duration("wait").le(Duration.ofSeconds(20)));

        assertEquals(
                State.KNOWN, evaluate(mapping, Field.flag("fast"), "", "", "20").state());
        assertEquals(
                State.FALSE,
                evaluate(mapping, Field.flag("fast"), "", "", "20.000001").state());
        assertEquals(State.MISSING, evaluate(mapping, Field.flag("fast")).state());
        assertEquals(Set.of("fast"), mapping.derived().keySet());
    }

    // ---- problems of the mapping ----

    @Test
    void everyColumnThatTheHeaderLacksIsNamedAtOnce() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> CALLS.fields(List.of("kanva", "q_time", "q_time", "pisteet")));

        assertEquals(
                "calls: field 'channel' needs a column \"kanava\", which is not in the header (did you mean \"kanva\"?)."
                        + " the header has the column \"q_time\" twice; field 'wait' needs one."
                        + " field 'answered' needs a column \"outcome\", which is not in the header."
                        + " field 'score' needs a column \"score\", which is not in the header."
                        + " The header is [kanva, q_time, q_time, pisteet].",
                refusal.getMessage());
    }

    @Test
    void columnsThatNoFieldNeedsMayBeThereTwice() {
        assertEquals(
                List.of("score"),
                ColumnMapping.named("calls")
                        .whole("score", "score")
                        .fields(List.of("x", "score", "x"))
                        .names());
    }

    @Test
    void fieldThatIsMappedTwiceIsRefused() {
        for (var attempt : new org.junit.jupiter.api.function.Executable[] {
            () -> CALLS.text("wait", "other"),
            () -> CALLS.derived("wait", Field.flag("answered")),
            () -> CALLS.derived("fast", Field.flag("answered")).whole("fast", "score")
        }) {
            assertThrows(IllegalArgumentException.class, attempt);
        }
        assertEquals(
                "field 'wait' of calls is mapped twice",
                assertThrows(IllegalArgumentException.class, () -> CALLS.text("wait", "other"))
                        .getMessage());
    }

    @Test
    void formatOfAnotherTypeOrCurrencyIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ColumnMapping.Source(
                        Field.of("x", FieldType.WHOLE), List.of("x"), new Format.Real(), Set.of(), null));
        Field euros = new Field("cost", FieldType.MONEY, Money.currency("EUR"));
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new ColumnMapping.Source(
                        euros, List.of("cost"), new Format.MoneyAmount(Money.currency("JPY")), Set.of(), null));

        assertEquals("field cost:money EUR cannot be read as an amount in JPY such as 12.60", refusal.getMessage());
    }

    @Test
    void mappingIsImmutable() {
        CALLS.whole("another", "another");

        assertEquals(
                Set.of("channel", "wait", "answered", "score"), CALLS.sources().keySet());
        assertThrows(UnsupportedOperationException.class, () -> CALLS.sources().clear());
        assertEquals("calls", CALLS.name());
    }

    @Test
    void rowKnowsItsPlace() {
        Row row = Row.of("calls.csv", 17, List.of("9", "AGENT"));

        assertEquals("calls.csv", row.source());
        assertEquals(17, row.line());
        assertEquals("AGENT", row.cell(1));
        assertNull(row.cell(2));
        assertEquals("calls.csv:17 [9, AGENT]", row.toString());
    }
}
