package io.cxmetrics.field;

import static io.cxmetrics.field.Field.duration;
import static io.cxmetrics.field.Field.flag;
import static io.cxmetrics.field.Field.money;
import static io.cxmetrics.field.Field.number;
import static io.cxmetrics.field.Field.text;
import static io.cxmetrics.field.Field.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Truth;
import io.cxmetrics.field.Evaluation.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final Condition A = flag("a");
    private static final Condition B = flag("b");
    private static final Condition C = flag("c");

    /** Flags a, b, c written as yes, no, nothing or nonsense. */
    private static final Fields<Row> FLAGS = ColumnMapping.named("flags")
            .with("a", "a", new Format.FlagWords(Set.of("yes"), Set.of("no")))
            .with("b", "b", new Format.FlagWords(Set.of("yes"), Set.of("no")))
            .with("c", "c", new Format.FlagWords(Set.of("yes"), Set.of("no")))
            .fields(List.of("a", "b", "c"));

    private static State state(Condition condition, String... cells) {
        return Evaluation.of(condition, FLAGS, row(cells)).state();
    }

    private static Row row(String... words) {
        String[] cells = words.clone();
        for (int i = 0; i < cells.length; i++) {
            cells[i] = "missing".equals(cells[i]) ? "" : cells[i];
        }
        return new Row("flags.csv", 2, cells);
    }

    private static State expected(String word) {
        return switch (word) {
            case "yes" -> State.KNOWN;
            case "no" -> State.FALSE;
            case "missing" -> State.MISSING;
            default -> State.REJECTED;
        };
    }

    // ---- truth tables ----

    @ParameterizedTest
    @CsvSource({
        "yes, yes, yes",
        "yes, no, no",
        "yes, missing, missing",
        "yes, bad, bad",
        "no, no, no",
        "no, missing, no",
        "no, bad, no",
        "missing, missing, missing",
        "missing, bad, bad",
        "bad, bad, bad"
    })
    void andIsFalseWhereOneIsFalseAndUnknownWhereOneIsUnknown(String a, String b, String expected) {
        assertEquals(expected(expected), state(A.and(B), a, b));
        assertEquals(expected(expected), state(A.and(B), b, a));
        assertEquals(expected(expected), state(Condition.all(B, A), a, b));
    }

    @ParameterizedTest
    @CsvSource({
        "yes, yes, yes",
        "yes, no, yes",
        "yes, missing, yes",
        "yes, bad, yes",
        "no, no, no",
        "no, missing, missing",
        "no, bad, bad",
        "missing, missing, missing",
        "missing, bad, bad",
        "bad, bad, bad"
    })
    void orIsTrueWhereOneIsTrueAndUnknownWhereOneIsUnknown(String a, String b, String expected) {
        assertEquals(expected(expected), state(A.or(B), a, b));
        assertEquals(expected(expected), state(A.or(B), b, a));
        assertEquals(expected(expected), state(Condition.any(B, A), a, b));
    }

    @ParameterizedTest
    @CsvSource({"yes, no", "no, yes", "missing, missing", "bad, bad"})
    void notTurnsTrueAndFalseAndLeavesTheRest(String a, String expected) {
        assertEquals(expected(expected), state(A.not(), a));
        assertEquals(expected(expected), state(new Condition.Not(A), a));
        assertEquals(expected(a), state(new Condition.Not(new Condition.Not(A)), a));
    }

    @ParameterizedTest
    @CsvSource({"yes, no", "no, no", "missing, yes", "bad, bad"})
    void missingHoldsWhereNothingWasGivenAndIsRejectedWhereNonsenseWas(String a, String expected) {
        assertEquals(expected(expected), state(A.isMissing(), a));
    }

    @Test
    void conditionThatIsDecidedInSpiteOfARejectedOperandIsNotMissing() {
        assertEquals(State.FALSE, state(A.or(B).isMissing(), "yes", "bad"));
        assertEquals(State.FALSE, state(A.and(B).isMissing(), "no", "bad"));
        assertEquals(State.KNOWN, state(A.and(B).isMissing(), "yes", "missing"));
        assertFalse(Evaluation.of(A.or(B).isMissing(), FLAGS, row("yes", "bad")).isTouchedByRejection());
    }

    @Test
    void alwaysHolds() {
        assertEquals(State.KNOWN, state(Condition.always(), "bad"));
        assertEquals(State.FALSE, state(Condition.always().not(), "missing"));
        assertEquals(State.KNOWN, state(Condition.always().or(A), "bad"));
    }

    @Provide
    Arbitrary<List<String>> cells() {
        return Arbitraries.of("yes", "no", "missing", "bad").list().ofSize(3);
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return Arbitraries.recursive(
                () -> Arbitraries.of(A, B, C, Condition.always()),
                inner -> Arbitraries.oneOf(
                        inner.map(Condition::not),
                        inner.map(Condition::isMissing),
                        Combinators.combine(inner, inner).as(Condition::and),
                        Combinators.combine(inner, inner).as(Condition::or),
                        inner.list()
                                .ofMinSize(1)
                                .ofMaxSize(4)
                                .map(list -> Condition.any(list.toArray(new Condition[0]))),
                        inner.list().ofMaxSize(4).map(list -> Condition.all(list.toArray(new Condition[0])))),
                0,
                4);
    }

    private static Truth naive(Condition condition, List<String> cells) {
        if (condition instanceof Condition.Flag flag) {
            String cell = cells.get("abc".indexOf(flag.field().name()));
            return switch (expected(cell)) {
                case KNOWN -> Truth.TRUE;
                case FALSE -> Truth.FALSE;
                case MISSING -> Truth.MISSING;
                case REJECTED -> Truth.REJECTED;
            };
        } else if (condition instanceof Condition.Not not) {
            return naive(not.of(), cells).not();
        } else if (condition instanceof Condition.Missing missing) {
            Truth of = naive((Condition) missing.of(), cells);
            return of.isUnknown() ? (of.rejected() ? Truth.REJECTED : Truth.TRUE) : Truth.FALSE;
        } else if (condition instanceof Condition.All all) {
            return all.of().stream().map(c -> naive(c, cells)).reduce(Truth.TRUE, Truth::and);
        } else if (condition instanceof Condition.Any any) {
            return any.of().stream().map(c -> naive(c, cells)).reduce(Truth.FALSE, Truth::or);
        }
        return Truth.TRUE;
    }

    @Property(tries = 300)
    void anyConditionAgreesWithNaiveThreeValuedLogic(
            @ForAll("conditions") Condition condition, @ForAll("cells") List<String> cells) {
        Truth expected = naive(condition, cells);
        Evaluation actual = Evaluation.of(condition, FLAGS, row(cells.toArray(new String[0])));

        assertEquals(
                expected.isTrue()
                        ? State.KNOWN
                        : expected.isFalse() ? State.FALSE : expected.rejected() ? State.REJECTED : State.MISSING,
                actual.state(),
                condition::toString);
        assertEquals(expected.rejected(), actual.isTouchedByRejection(), condition::toString);
        if (expected.rejected()) {
            assertEquals("bad", actual.rejection().found());
        }
    }

    @Property(tries = 200)
    void deMorgansLawsHoldWithUnknowns(
            @ForAll("conditions") Condition one,
            @ForAll("conditions") Condition other,
            @ForAll("cells") List<String> cells) {
        String[] row = cells.toArray(new String[0]);

        assertEquals(state(one.and(other).not(), row), state(one.not().or(other.not()), row));
        assertEquals(state(one.or(other).not(), row), state(one.not().and(other.not()), row));
    }

    // ---- comparisons ----

    record Sample(Long whole, Double number, String text) {
        static final Fields<Sample> FIELDS = Fields.of(Sample.class)
                .whole("whole", Sample::whole)
                .number("number", Sample::number)
                .text("text", Sample::text);

        static Sample of(Long whole) {
            return new Sample(whole, null, null);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, true, true, false, false, false",
        "5, false, true, true, false, true",
        "6, false, false, true, true, false"
    })
    void comparisonsKnowTheirBounds(long value, boolean lt, boolean le, boolean ge, boolean gt, boolean is) {
        var field = whole("whole");

        assertHolds(lt, field.lt(5L), value);
        assertHolds(le, field.le(5L), value);
        assertHolds(ge, field.ge(5L), value);
        assertHolds(gt, field.gt(5L), value);
        assertHolds(is, field.is(5L), value);
        assertHolds(ge && value <= 5, field.between(5L, 5L), value);
        assertHolds(true, field.between(4L, 6L), value);
        assertHolds(false, field.between(6L, 4L), value);
    }

    private static void assertHolds(boolean expected, Condition condition, long value) {
        assertEquals(
                expected ? State.KNOWN : State.FALSE,
                Evaluation.of(condition, Sample.FIELDS, Sample.of(value)).state(),
                condition::toString);
    }

    @Test
    void comparisonOfAMissingValueIsMissingAndOfARejectedOneRejected() {
        assertEquals(
                State.MISSING,
                Evaluation.of(whole("whole").lt(5L), Sample.FIELDS, Sample.of(null))
                        .state());
        assertEquals(
                State.REJECTED,
                Evaluation.of(whole("whole").lt(5L), Sample.FIELDS, Sample.of(Long.MAX_VALUE))
                        .state());
        assertEquals(
                State.REJECTED,
                Evaluation.of(
                                whole("whole")
                                        .compare(
                                                Condition.Operator.LT,
                                                whole("whole").within(0L, 3L)),
                                Sample.FIELDS,
                                Sample.of(4L))
                        .state());
    }

    @Property(tries = 200)
    void comparisonOfNumbersIsThatOfDoubles(@ForAll double left, @ForAll double right) {
        Sample sample = new Sample(null, left, null);

        for (Condition.Operator operator : Condition.Operator.values()) {
            boolean expected = switch (operator) {
                case LT -> left < right;
                case LE -> left <= right;
                case GT -> left > right;
                case GE -> left >= right;
                case EQ -> left == right;
            };
            Condition condition =
                    number("number").compare(operator, number("number").constant(right));
            assertEquals(
                    expected ? State.KNOWN : State.FALSE,
                    Evaluation.of(condition, Sample.FIELDS, sample).state(),
                    () -> left + " " + operator + " " + right);
        }
    }

    @Test
    void textIsComparedCharacterByCharacter() {
        assertEquals(State.KNOWN, textState(text("text").is("chat"), "chat"));
        assertEquals(State.FALSE, textState(text("text").is("chat"), "Chat"));
        assertEquals(State.FALSE, textState(text("text").is("chat"), "chat "));
        assertEquals(State.FALSE, textState(text("text").is("é"), "e\u0301"));
        assertEquals(State.KNOWN, textState(text("text").is(""), ""));
        assertEquals(State.KNOWN, textState(text("text").in("app", "chat"), "chat"));
        assertEquals(State.MISSING, textState(text("text").in("app", "chat"), null));
        assertEquals(State.KNOWN, textState(text("text").isMissing(), null));
        assertEquals(State.FALSE, textState(text("text").isMissing(), ""));
    }

    private static State textState(Condition condition, String text) {
        return Evaluation.of(condition, Sample.FIELDS, new Sample(null, null, text))
                .state();
    }

    @Test
    void sidesOfDifferentTypesOrCurrenciesAreRefusedByName() {
        assertEquals(
                "cannot compare a:whole with b:number: a whole number and a number",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Condition.Compare(whole("a"), Condition.Operator.LT, number("b")))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Condition.Compare(money("a", "EUR"), Condition.Operator.LT, money("b", "USD")));
        var euros = money("a", "EUR");
        Money dollars = Money.of("1", "USD");
        for (var attempt : new org.junit.jupiter.api.function.Executable[] {
            () -> euros.lt(dollars), () -> euros.within(dollars, dollars), () -> euros.atLeast(dollars)
        }) {
            assertEquals(
                    "1.00 USD compared with a:money EUR, which is in EUR",
                    assertThrows(IllegalArgumentException.class, attempt).getMessage());
        }
    }

    @Test
    void constantsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> whole("a").lt(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> whole("a").lt(Long.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> number("a").lt(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> duration("a").lt(Duration.ofDays(36_526)));
        assertThrows(IllegalArgumentException.class, () -> duration("a").lt(Duration.ofSeconds(Long.MIN_VALUE)));
    }

    @Test
    void conditionsOfNothingAreRefusedOrAlwaysHold() {
        assertEquals(Condition.always(), Condition.all());
        assertThrows(IllegalArgumentException.class, Condition::any);
        assertThrows(IllegalArgumentException.class, () -> new Condition.All(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Condition.Any(List.of()));
        assertThrows(IllegalArgumentException.class, () -> text("t").in());
    }

    @Test
    void flagsAndTextsNeedFieldsOfTheirType() {
        Field time = Field.of("wait", FieldType.DURATION);

        assertThrows(IllegalArgumentException.class, () -> new Condition.Flag(time));
        assertThrows(IllegalArgumentException.class, () -> new Text(time));
        assertThrows(IllegalArgumentException.class, () -> new Quantity.Of<>(Field.of("a", FieldType.FLAG)));
    }

    // ---- canonical form and equality ----

    @Test
    void canonicalFormReadsAsASentence() {
        assertEquals("a:flag", A.toString());
        assertEquals("(a:flag and b:flag)", A.and(B).toString());
        assertEquals("(a:flag or b:flag)", B.or(A).toString());
        assertEquals("not(a:flag)", A.not().toString());
        assertEquals("missing(wait:duration)", duration("wait").isMissing().toString());
        assertEquals("always", Condition.always().toString());
        assertEquals(
                "wait:duration <= PT20S",
                duration("wait").le(Duration.ofSeconds(20)).toString());
        assertEquals("n:whole = 5", whole("n").is(5L).toString());
        assertEquals("x:number > 0.5", number("x").gt(0.5).toString());
        assertEquals("t:text = \"chat\"", text("t").is("chat").toString());
        assertEquals(
                "t:text in [\"app\", \"chat\"]",
                text("t").in("chat", "app", "chat").toString());
        assertEquals(
                "t:text = \"a\\\"b\\\\c\\u000ad\"", text("t").is("a\"b\\c\nd").toString());
        assertEquals("\"wait time\":duration", duration("wait time").toString());
    }

    @Test
    void wordsAreForPeople() {
        assertEquals(
                "answered and wait ≤ PT20S",
                flag("answered")
                        .and(duration("wait").atLeast(Duration.ZERO).le(Duration.ofSeconds(20)))
                        .words());
        assertEquals("not a", A.not().words());
        assertEquals("a and (b or c)", A.and(B.or(C)).words());
        assertEquals(
                "talk + hold + work",
                duration("talk").plus(duration("hold")).plus(duration("work")).words());
        assertEquals(
                "(a + b) * c", whole("a").plus(whole("b")).times(whole("c")).words());
        assertEquals(
                "a - (b - c)", whole("a").minus(whole("b").minus(whole("c"))).words());
    }

    @Test
    void orderAndNestingOfOperandsDoNotChangeTheCanonicalForm() {
        assertEquals(A.and(B).and(C).toString(), C.and(B.and(A)).toString());
        assertEquals(A.or(B).or(C).toString(), C.or(B.or(A)).toString());
        assertEquals(A.and(A).toString(), A.toString());
        assertEquals(A, A.not().not());
        assertEquals(text("t").in("a", "b"), text("t").in("b", "a", "b"));
        assertEquals(A.and(Condition.always()), A);
    }

    @Test
    void equalConditionsHaveEqualHashes() {
        Condition one = duration("wait")
                .le(Duration.ofSeconds(20))
                .and(text("t").in("a", "b").not());
        Condition other = duration("wait")
                .le(Duration.ofMillis(20_000))
                .and(text("t").in("b", "a").not());

        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
    }

    @Property(tries = 200)
    void conditionsWithTheSameCanonicalFormMeanTheSame(
            @ForAll("conditions") Condition one, @ForAll("conditions") Condition other) {
        if (one.toString().equals(other.toString())) {
            for (String[] cells : allCells()) {
                assertEquals(state(one, cells), state(other, cells));
            }
        }
    }

    private static List<String[]> allCells() {
        List<String[]> all = new ArrayList<>();
        List<String> words = List.of("yes", "no", "missing", "bad");
        for (String a : words) {
            for (String b : words) {
                for (String c : words) {
                    all.add(new String[] {a, b, c});
                }
            }
        }
        return all;
    }

    @Test
    void listOfOperandsIsCopied() {
        List<Condition> parts = new ArrayList<>(List.of(A, B));
        Condition.All all = new Condition.All(parts);
        parts.add(C);

        assertEquals(2, all.of().size());
        assertTrue(all.operands().equals(List.of(A, B)));
    }

    @Test
    void fieldsAreListedOnceInOrderOfAppearance() {
        assertEquals(
                List.of("b", "a", "n", "t"),
                B
                        .and(A)
                        .and(B)
                        .and(whole("n").plus(whole("n")).lt(5L))
                        .and(text("t").is("x"))
                        .fields()
                        .stream()
                        .map(Field::name)
                        .toList());
    }
}
