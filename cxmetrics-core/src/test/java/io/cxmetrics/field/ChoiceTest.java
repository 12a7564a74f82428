package io.cxmetrics.field;

import static io.cxmetrics.field.Field.duration;
import static io.cxmetrics.field.Field.flag;
import static io.cxmetrics.field.Field.number;
import static io.cxmetrics.field.Field.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Choices between quantities, and what is built of them: indicators, buckets, clamping, sums. */
class ChoiceTest {
    record Case(Boolean when, Integer a, Integer b) {}

    private static final Fields<Case> FIELDS =
            Fields.of(Case.class).flag("when", Case::when).whole("a", Case::a).whole("b", Case::b);

    private static final Quantity<Long> A = whole("a").atLeast(0L);
    private static final Quantity<Long> B = whole("b").atLeast(0L);

    private static String value(Quantity<?> of, Case record) {
        Evaluation found = Evaluation.of(of, FIELDS, record);
        return found.state() == Evaluation.State.KNOWN
                ? of.type().text(found.encoded())
                : found.state().toString();
    }

    @Test
    void onlyTheChosenValuePlaysAPart() {
        Quantity<Long> choice = flag("when").choose(A, B);
        assertEquals("1", value(choice, new Case(true, 1, 2)));
        assertEquals("2", value(choice, new Case(false, 1, 2)));
        assertEquals("1", value(choice, new Case(true, 1, -2)));
        assertEquals("1", value(choice, new Case(true, 1, null)));
        assertEquals("MISSING", value(choice, new Case(false, 1, null)));
        assertEquals("REJECTED", value(choice, new Case(false, 1, -2)));
        assertEquals("MISSING", value(choice, new Case(null, 1, 2)));
        assertEquals("REJECTED", value(A.gt(3L).choose(A, B), new Case(null, -1, 2)));
    }

    @Test
    void theRejectionIsThatOfTheChosenValue() {
        Rejection rejection = Evaluation.of(flag("when").choose(A, B), FIELDS, new Case(false, -1, -2))
                .rejection();
        assertEquals("b \"-2\": expected at least 0", rejection.toString());
    }

    @Test
    void anIndicatorCounts() {
        Quantity<Long> indicator = flag("when").indicator();
        assertEquals("1", value(indicator, new Case(true, null, null)));
        assertEquals("0", value(indicator, new Case(false, null, null)));
        assertEquals("MISSING", value(indicator, new Case(null, null, null)));
        assertEquals("[when]", indicator.words());
        assertEquals("(if when:flag then 1 else 0)", indicator.toString());
    }

    @Test
    void bucketsCountTheBoundsAtOrBelow() {
        Quantity<Long> bucket = A.buckets(List.of(4L, 24L, 48L));
        assertEquals("0", value(bucket, new Case(true, 3, 0)));
        assertEquals("1", value(bucket, new Case(true, 4, 0)));
        assertEquals("1", value(bucket, new Case(true, 23, 0)));
        assertEquals("2", value(bucket, new Case(true, 24, 0)));
        assertEquals("3", value(bucket, new Case(true, 48, 0)));
        assertEquals("MISSING", value(bucket, new Case(true, null, 0)));
        assertEquals("REJECTED", value(bucket, new Case(true, -1, 0)));
        assertThrows(IllegalArgumentException.class, () -> A.buckets(List.of()));
        assertThrows(IllegalArgumentException.class, () -> A.buckets(List.of(4L, 4L)));
    }

    @Test
    void clampingIsAChoice() {
        Quantity<Long> most = A.gt(10L).choose(Field.constant(10L), A);
        assertEquals("10", value(most, new Case(true, 11, 0)));
        assertEquals("7", value(most, new Case(true, 7, 0)));
    }

    @Test
    void aMissingValueHasAStandIn() {
        Quantity<Long> orZero = A.isMissing().choose(Field.constant(0L), A);
        assertEquals("0", value(orZero, new Case(true, null, 0)));
        assertEquals("7", value(orZero, new Case(true, 7, 0)));
        assertEquals("REJECTED", value(orZero, new Case(true, -7, 0)));
    }

    @Test
    void aSumOfManyIsABalancedTree() {
        Quantity<Long> sum = Quantity.sum(List.of(A, B, A, B, A));
        assertEquals("13", value(sum, new Case(true, 3, 2)));
        assertEquals("a + b + a + b + a", sum.words());
        assertTrue(depth(sum) <= 5);
        assertThrows(IllegalArgumentException.class, () -> Quantity.<Long>sum(List.of()));
    }

    private static int depth(Expression node) {
        return 1 + node.operands().stream().mapToInt(ChoiceTest::depth).max().orElse(0);
    }

    @SuppressWarnings("unchecked") // What JSON or a raw type could do.
    private static <T> Quantity<T> raw(Quantity<?> quantity) {
        return (Quantity<T>) quantity;
    }

    @Test
    void differentTypesCannotBeChosenBetween() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Quantity.Choice<>(flag("when"), number("x"), raw(duration("d"))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Condition.Compare(
                        A, Condition.Operator.LT, duration("d").constant(Duration.ZERO)));
    }

    @Test
    void wordsAreAsPeopleSayThem() {
        assertEquals("a if a > 3, else b", A.gt(3L).choose(A, B).words());
        assertEquals("a is known", A.isMissing().not().words());
        assertEquals(
                "a * 2 + b * 3",
                A.times(Field.constant(2L)).plus(B.times(Field.constant(3L))).words());
    }
}
