package io.cxmetrics.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JourneyTest {
    private static final Touchpoint SEARCH = Touchpoint.of("search", "Search");
    private static final Touchpoint CART = Touchpoint.of("cart", "Cart");

    private static String refused(Executable making) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, making).getMessage());
    }

    @Test
    void theSimpleFormNeedsOnlyTouchpoints() {
        Journey journey = Journey.of("buying", "Buying", SEARCH, CART.withOwner("Shop"));
        assertEquals(
                List.of("search", "cart"),
                journey.touchpoints().stream().map(Touchpoint::id).toList());
        assertEquals(new Journey("buying", "Buying", List.of(SEARCH, new Touchpoint("cart", "Cart", "Shop"))), journey);
        assertEquals(List.of(), journey.stages());
    }

    @Test
    void everythingThatDoesNotFitIsSaidAtOnce() {
        assertEquals(
                """
                two touchpoints of journey 'j' have the id 'cart'
                stage 'a' has the unknown touchpoint 'serch' (did you mean "search"?)
                two stages of journey 'j' have the id 'a'
                touchpoint 'cart' is in two stages, 'a' and 'a'
                touchpoint 'search' is in no stage""",
                refused(() -> new Journey(
                        "j",
                        "J",
                        null,
                        List.of(SEARCH, CART, CART),
                        List.of(Stage.of("a", "A", "serch", "cart"), Stage.of("a", "B", "cart")),
                        List.of())));
    }

    @Test
    void aStageHasTouchpointsAndEachOnce() {
        assertEquals("stage 's' has no touchpoints", refused(() -> Stage.of("s", "S")));
        assertEquals(
                "stage 's' names a touchpoint twice: [cart, cart]", refused(() -> Stage.of("s", "S", "cart", "cart")));
    }

    @Test
    void anchorsComeInPairsAndDiffer() {
        assertEquals(
                "the worst and the best value of csat are two different numbers; found 1.0 and 1.0",
                refused(() -> JourneyKpi.of("csat").anchored(1, 1)));
        assertEquals(
                "the weight of csat must be positive; found NaN",
                refused(() -> JourneyKpi.of("csat").weighing(Double.NaN)));
        assertEquals("the weight of touchpoint 'cart' must be positive; found 0.0", refused(() -> CART.weighing(0)));
    }

    @Test
    void journeysThatDetailEachOtherAreFoundWhereverTheCircleBegins() {
        Journey a = Journey.of("a", "A", SEARCH.detailedBy("b"));
        Journey b = Journey.of("b", "B", CART, Touchpoint.of("help", "Help").detailedBy("c"));
        Journey c = Journey.of("c", "C", Touchpoint.of("call", "Call").detailedBy("b"));
        assertEquals(List.of("b", "c", "b"), Journey.circle(List.of(a, b, c)));
        assertEquals(List.of(), Journey.circle(List.of(a, b)));
        // Two touchpoints in detail by one journey are no circle.
        assertEquals(
                List.of(),
                Journey.circle(List.of(
                        Journey.of("d", "D", SEARCH.detailedBy("e"), CART.detailedBy("e")),
                        Journey.of("e", "E", SEARCH))));
    }
}
