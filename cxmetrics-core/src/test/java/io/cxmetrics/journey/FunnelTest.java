package io.cxmetrics.journey;

import static io.cxmetrics.field.Field.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.SharedData;
import io.cxmetrics.field.Fields;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.stats.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunnelTest {
    record Event(
            @Nullable String customer,
            @Nullable Instant at,
            String page,
            @Nullable String device) {}

    private static final Instant START = Instant.parse("2026-02-09T08:00:00Z");
    private static final Fields<Event> FIELDS = Fields.of(Event.class)
            .text("customer", Event::customer)
            .instant("at", Event::at)
            .text("page", Event::page)
            .text("device", Event::device);
    private static final Funnel<Event> FUNNEL =
            Funnel.over(FIELDS).by("customer").at("at");

    private static Event event(String customer, long second, String page) {
        return new Event(customer, START.plusSeconds(second), page, null);
    }

    /** Events of one customer: {@code "a@0 b@10"}. */
    private static List<Event> events(String customer, String text) {
        return Arrays.stream(text.split(" "))
                .map(part -> part.split("@"))
                .map(part -> event(customer, Long.parseLong(part[1]), part[0]))
                .toList();
    }

    private static List<Long> reached(FunnelResult result) {
        return result.steps().stream().map(FunnelStep::reached).toList();
    }

    private static List<Long> reached(Funnel<Event> funnel, String one) {
        return reached(funnel.compute(events("c", one)));
    }

    private static List<Event> worked() {
        int[] counts = {90_400, 45_200, 6_030, 452};
        String[] pages = {"home", "search", "payment", "confirmation"};
        List<Event> events = new ArrayList<>();
        for (int customer = 0; customer < counts[0]; customer++) {
            String device = customer % 3 == 0 ? "mobile" : "desktop";
            for (int step = 0; step < pages.length && customer < counts[step]; step++) {
                events.add(new Event("c" + customer, START.plusSeconds(60L * step), pages[step], device));
            }
        }
        return events;
    }

    @Test
    void theWorkedFunnelOf90400Users() {
        // The funnel of the product's brief: 90 400 → 45 200 → 6 030 → 452 (home, search, payment, confirmation).
        List<Event> events = worked();
        Collections.shuffle(events, new Random(7));
        Funnel<Event> funnel = FUNNEL.steps("page", "home", "search", "payment", "confirmation");
        FunnelResult result = funnel.compute(events);
        assertEquals(List.of(90_400L, 45_200L, 6_030L, 452L), reached(result));
        assertEquals(0.5, result.step("search").ofPrevious().value().getAsDouble());
        assertEquals(6030.0 / 45200, result.step("payment").ofPrevious().value().getAsDouble());
        assertEquals(
                452.0 / 6030, result.step("confirmation").ofPrevious().value().getAsDouble());
        assertEquals(0.005, result.step("confirmation").ofFirst().value().getAsDouble());
        assertEquals(Share.of(45_200 - 6_030, 45_200), result.step("payment").dropOff());
        assertEquals(60, result.step("payment").medianTime().value().getAsDouble());
        assertEquals("""
                home          90400
                search        45200  50.0 % (95 % 49.7…50.3) of home, 50.0 % of all; after 60.0 s (median), 60.0 s (mean)
                payment        6030  13.3 % (95 % 13.0…13.7) of search, 6.7 % of all; after 60.0 s (median), 60.0 s (mean)
                confirmation    452  7.5 % (95 % 6.9…8.2) of payment, 0.5 % of all; after 60.0 s (median), 60.0 s (mean)
                142082 events""", result.toString());
        for (Funnel.Order order : Funnel.Order.values()) {
            assertEquals(reached(result), reached(funnel.in(order).compute(events)));
        }
    }

    @Test
    void segmentsAddUpToAll() {
        FunnelResult result = FUNNEL.steps("page", "home", "search", "payment", "confirmation")
                .per("device")
                .compute(worked());
        assertEquals(
                List.of(Label.of("desktop"), Label.of("mobile")),
                List.copyOf(result.segments().keySet()));
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    result.steps().get(i),
                    result.segments()
                            .get(Label.of("desktop"))
                            .get(i)
                            .merge(result.segments().get(Label.of("mobile")).get(i)));
        }
        assertEquals(151, result.segments().get(Label.of("mobile")).get(3).reached()); // every third of 452
    }

    @Test
    void theOrderDecidesWhatMayLieBetween() {
        Funnel<Event> abc = FUNNEL.steps("page", "a", "b", "c");
        assertEquals(List.of(1L, 1L, 1L), reached(abc, "a@0 x@1 b@2 c@3"));
        assertEquals(List.of(1L, 0L, 0L), reached(abc.in(Funnel.Order.STRICT), "a@0 x@1 b@2 c@3"));
        assertEquals(List.of(1L, 1L, 0L), reached(abc.in(Funnel.Order.STRICT), "a@0 a@1 b@2 x@3 c@4"));
        assertEquals(List.of(1L, 0L, 0L), reached(abc, "c@0 b@1 a@2"));
        assertEquals(List.of(1L, 1L, 1L), reached(abc.in(Funnel.Order.ANY), "c@0 b@1 a@2"));
        assertEquals(List.of(1L, 0L, 0L), reached(abc.in(Funnel.Order.ANY), "c@0 a@2"));
        assertEquals(List.of(0L, 0L, 0L), reached(abc.in(Funnel.Order.ANY), "b@0 c@2"));
        assertEquals(List.of(0L, 0L, 0L), reached(abc, "b@0 c@2"));
    }

    @Test
    void theWindowCountsFromTheFirstStepAndIncludesItsEnd() {
        Funnel<Event> abc = FUNNEL.steps("page", "a", "b", "c").within(Duration.ofSeconds(10));
        assertEquals(List.of(1L, 1L, 1L), reached(abc, "a@0 b@5 c@10"));
        assertEquals(List.of(1L, 1L, 0L), reached(abc, "a@0 b@5 c@11"));
        // A later attempt comes further than the first.
        assertEquals(List.of(1L, 1L, 1L), reached(abc, "a@0 b@5 a@8 b@12 c@18"));
        assertEquals(List.of(1L, 1L, 1L), reached(abc.in(Funnel.Order.ANY), "b@0 a@9 c@12 b@15"));
        assertEquals(List.of(1L, 1L, 0L), reached(abc.in(Funnel.Order.ANY), "b@0 a@9 c@12"));
    }

    @Test
    void theTimesAreThoseOfTheEarliestAttemptThatComesFurthest() {
        FunnelResult result = FUNNEL.steps("page", "a", "b")
                .within(Duration.ofSeconds(10))
                .compute(events("c", "a@0 a@20 b@27 a@28 b@29"));
        assertEquals(7, result.step("b").meanTime().value().getAsDouble());
        FunnelResult unbounded = FUNNEL.steps("page", "a", "b").compute(events("c", "a@0 a@20 b@27"));
        assertEquals(27, unbounded.step("b").meanTime().value().getAsDouble());
    }

    @Test
    void eventsAtTheSameTimeFollowTheSteps() {
        Funnel<Event> abc = FUNNEL.steps("page", "a", "b", "c");
        for (String order : List.of("c@0 b@0 a@0 x@0", "x@0 a@0 b@0 c@0", "b@0 x@0 c@0 a@0")) {
            assertEquals(List.of(1L, 1L, 1L), reached(abc, order));
            assertEquals(List.of(1L, 1L, 1L), reached(abc.in(Funnel.Order.STRICT), order));
        }
    }

    @Test
    void anEventIsOneStepOfAnAttempt() {
        Funnel<Event> twice = FUNNEL.step("first", text("page").is("a"))
                .step("again", text("page").is("a"));
        assertEquals(List.of(1L, 0L), reached(twice, "a@0"));
        assertEquals(List.of(1L, 1L), reached(twice, "a@0 a@0"));
    }

    @Test
    void eventsWithoutCustomerOrTimeAreCountedAndLeftOut() {
        List<Event> events =
                List.of(event("c", 0, "a"), new Event(null, START, "a", null), new Event("d", null, "a", null));
        FunnelResult result = FUNNEL.steps("page", "a", "b").per("device").compute(events);
        assertEquals(List.of(1L, 0L), reached(result));
        assertEquals(3, result.events());
        assertEquals(2, result.missing());
        assertEquals(List.of(Label.MISSING), List.copyOf(result.segments().keySet()));
        assertEquals("""
                a  1
                b  0  0.0 % (95 % 0.0…79.3) of a, 0.0 % of all
                (missing): 1 → 0
                3 events, 2 without customer or time""", result.toString());
    }

    @Test
    void aCustomerMayBeANumber() {
        record Hit(long visitor, Instant at, String page) {}
        Fields<Hit> hits = Fields.of(Hit.class)
                .whole("visitor", Hit::visitor)
                .instant("at", Hit::at)
                .text("page", Hit::page);
        FunnelResult result = Funnel.over(hits)
                .by("visitor")
                .at("at")
                .steps("page", "a", "b")
                .compute(List.of(new Hit(1, START, "a"), new Hit(2, START, "a"), new Hit(2, START, "b")));
        assertEquals(List.of(2L, 1L), reached(result));
    }

    @Test
    void withoutEventsNothingIsDefined() {
        FunnelResult result = FUNNEL.steps("page", "a", "b").compute(List.of());
        assertEquals(List.of(0L, 0L), reached(result));
        assertEquals(true, result.step("b").ofFirst().value().isEmpty());
    }

    @Property(tries = 60)
    void shuffledAndSplitByCustomerTheResultIsEqual(
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed, @ForAll Funnel.Order order) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            events.add(new Event(
                    "c" + random.nextInt(9),
                    START.plusSeconds(random.nextInt(25)),
                    String.valueOf((char) ('a' + random.nextInt(4))),
                    random.nextInt(4) == 0 ? null : "d" + random.nextInt(2)));
        }
        Funnel<Event> funnel = FUNNEL.steps("page", "a", "b", "c")
                .in(order)
                .within(Duration.ofSeconds(6))
                .per("device");
        FunnelResult result = funnel.compute(events);
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        assertEquals(result, funnel.compute(shuffled));
        Map<Boolean, List<Event>> halves = shuffled.stream()
                .collect(Collectors.partitioningBy(
                        e -> String.valueOf(e.customer()).compareTo("c4") < 0));
        assertEquals(result, funnel.compute(halves.get(true)).merge(funnel.compute(halves.get(false))));
    }

    @Property(tries = 100)
    void anAttemptIsWhatTryingAllSubsequencesFinds(@ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            events.add(event("c", i * 3L + random.nextInt(3), String.valueOf((char) ('a' + random.nextInt(4)))));
        }
        int furthest = 0;
        for (int subset = 0; subset < 1 << 12; subset++) {
            StringBuilder pages = new StringBuilder();
            long first = -1;
            long last = -1;
            for (int i = 0; i < 12; i++) {
                if ((subset >> i & 1) != 0) {
                    pages.append(events.get(i).page());
                    last = events.get(i).at().getEpochSecond();
                    first = first < 0 ? last : first;
                }
            }
            if (last - first <= 10 && "abc".startsWith(pages.toString())) {
                furthest = Math.max(furthest, pages.length());
            }
        }
        List<Long> reached = reached(FUNNEL.steps("page", "a", "b", "c")
                .within(Duration.ofSeconds(10))
                .compute(events));
        assertEquals(furthest, reached.stream().mapToLong(Long::longValue).sum());
    }

    @Property(tries = 100)
    void anyOrderIsWhatTryingAllWindowsFinds(@ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(event("c", random.nextInt(30), String.valueOf((char) ('a' + random.nextInt(4)))));
        }
        int furthest = 0;
        for (int from = 0; from < 30; from++) {
            int start = from;
            List<String> pages = events.stream()
                    .filter(e -> e.at().getEpochSecond() - START.getEpochSecond() >= start
                            && e.at().getEpochSecond() - START.getEpochSecond() <= start + 8)
                    .map(Event::page)
                    .toList();
            int depth = 0;
            while (depth < 3 && pages.contains(List.of("a", "b", "c").get(depth))) {
                depth++;
            }
            furthest = Math.max(furthest, depth);
        }
        List<Long> reached = reached(FUNNEL.steps("page", "a", "b", "c")
                .in(Funnel.Order.ANY)
                .within(Duration.ofSeconds(8))
                .compute(events));
        assertEquals(furthest, reached.stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void mistakesSayWhatToDo() {
        assertEquals(
                "field 'at' is a point in time; expected a text",
                assertThrows(IllegalArgumentException.class, () -> FUNNEL.per("at"))
                        .getMessage());
        assertEquals(
                "a funnel needs a customer, by(…), a time, at(…), and at least two steps, step(…)",
                assertThrows(IllegalStateException.class, () -> FUNNEL.compute(List.of()))
                        .getMessage());
        FunnelResult result = FUNNEL.steps("page", "home", "search").compute(List.of());
        assertEquals(
                "the funnel of [home, search] has no step 'serch' (did you mean \"search\"?)",
                assertThrows(IllegalArgumentException.class, () -> result.step("serch"))
                        .getMessage());
        FunnelResult other = FUNNEL.steps("page", "home", "cart").compute(List.of());
        assertThrows(IllegalArgumentException.class, () -> result.merge(other));
    }

    /** Sessions of a real web shop (Sakar et al. 2018): each is a visit, those with revenue a purchase. */
    @Test
    void conversionOfRealSessions() throws IOException {
        Path folder = SharedData.folder("uci-online-shoppers-intention");
        List<Event> events = new ArrayList<>();
        int session = 0;
        for (var row : SharedData.csv(folder.resolve("online_shoppers_intention.csv"))) {
            String id = "s" + session++;
            events.add(new Event(id, START, "visit", row.getField("VisitorType")));
            if (row.getField("Revenue").equals("TRUE")) {
                events.add(new Event(id, START.plusSeconds(1), "purchase", row.getField("VisitorType")));
            }
        }
        Collections.shuffle(events, new Random(3));
        FunnelResult result =
                FUNNEL.steps("page", "visit", "purchase").per("device").compute(events);
        assertEquals(
                SharedData.expected(folder, "sessions"), result.step("visit").reached());
        assertEquals(
                SharedData.expected(folder, "purchases"),
                result.step("purchase").reached());
        assertEquals(
                SharedData.expected(folder, "conversion_pct"),
                100 * result.step("purchase").ofFirst().value().getAsDouble(),
                1e-9);
        for (String type : List.of("New_Visitor", "Returning_Visitor", "Other")) {
            assertEquals(
                    SharedData.expected(folder, "conversion_" + type + "_pct"),
                    100
                            * result.segments()
                                    .get(Label.of(type))
                                    .get(1)
                                    .ofFirst()
                                    .value()
                                    .getAsDouble(),
                    1e-9);
        }
    }
}
