package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    private static final List<String> KNOWN = List.of("wait", "answered", "abandoned", "after-contact-work", "talk");

    @ParameterizedTest
    @CsvSource({
        "wiat, wait", // swapped
        "wit, wait", // left out
        "waiit, wait", // inserted
        "wast, wait", // replaced
        "WAIT, wait", // another case
        "afterContactWork, after-contact-work", // camel case
        "after_contact_work, after-contact-work",
        "after contact wrk, after-contact-work",
        "anserwd, answered"
    })
    void nearestNameIsWithinAThirdOfTheLetters(String given, String expected) {
        assertEquals(Optional.of(expected), DidYouMean.nearest(given, KNOWN));
        assertEquals(" (did you mean \"" + expected + "\"?)", DidYouMean.suffix(given, KNOWN));
    }

    @ParameterizedTest
    @CsvSource({"channel", "hold", "wa", "answ", "''", "wxyz"})
    void farNamesAreNotSuggested(String given) {
        assertEquals(Optional.empty(), DidYouMean.nearest(given, KNOWN));
        assertEquals("", DidYouMean.suffix(given, KNOWN));
    }

    @Test
    void nothingIsSuggestedWhereNothingIsKnown() {
        assertEquals(Optional.empty(), DidYouMean.nearest("wait", List.of()));
    }

    @Test
    void nearerNameWinsAndOfEqualOnesTheFirstInTheAlphabet() {
        assertEquals(Optional.of("waits"), DidYouMean.nearest("waits", List.of("wait", "waits", "writs")));
        assertEquals(Optional.of("bait"), DidYouMean.nearest("xait", List.of("wait", "bait")));
    }

    @Test
    void suggestionIsQuotedSoThatNothingHides() {
        assertEquals(" (did you mean \"a\\\"b\\u000ac\"?)", DidYouMean.suffix("a\"b\nd", List.of("a\"b\nc")));
    }

    @Test
    void veryLongNamesAreComparedByTheirBeginning() {
        String longName = "x".repeat(100_000);

        assertEquals(Optional.of(longName), DidYouMean.nearest(longName + "y", List.of(longName)));
    }

    @Property(tries = 200)
    void everyNameIsNearestToItself(@ForAll @AlphaChars @StringLength(min = 1, max = 30) String name) {
        assertEquals(
                0,
                DidYouMean.nearest(name, List.of("zzz", name, "aaa"))
                        .orElseThrow()
                        .compareToIgnoreCase(name));
    }
}
