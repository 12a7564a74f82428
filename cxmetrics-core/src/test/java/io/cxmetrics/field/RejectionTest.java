package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RejectionTest {

    @Test
    void printsAsAPartOfASentence() {
        assertEquals(
                "score \"eleven\": expected a whole number",
                new Rejection("score", "eleven", "expected a whole number").toString());
        assertEquals("score \"a\\\"\\u000a\": bad", new Rejection("score", "a\"\n", "bad").toString());
    }

    @Test
    void valuesOfUpTo60CharactersAreKept() {
        assertEquals("x".repeat(60), new Rejection("f", "x".repeat(60), "bad").found());
        assertEquals("x".repeat(59) + "…", new Rejection("f", "x".repeat(61), "bad").found());
    }

    @Test
    void surrogatePairsAreNotCutInTwo() {
        String found = new Rejection("f", "x".repeat(58) + "😀" + "y".repeat(10), "bad").found();

        assertEquals("x".repeat(58) + "…", found);
    }

    @Property(tries = 200)
    void neverLongerThan60AndNeverEndsInHalfACharacter(@ForAll @StringLength(max = 100) String value) {
        String found = new Rejection("f", value, "bad").found();

        assertTrue(found.length() <= 60);
        if (!found.equals(value)) {
            assertTrue(found.endsWith("…"));
            assertFalse(Character.isHighSurrogate(found.charAt(found.length() - 2)));
        }
    }
}
