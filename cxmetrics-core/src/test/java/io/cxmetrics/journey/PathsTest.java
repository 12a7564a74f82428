package io.cxmetrics.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.field.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PathsTest {
    record Contact(String customer, Instant at, @Nullable String channel) {}

    private static final Instant START = Instant.parse("2026-02-09T08:00:00Z");
    private static final Fields<Contact> FIELDS = Fields.of(Contact.class)
            .text("customer", Contact::customer)
            .instant("at", Contact::at)
            .text("channel", Contact::channel);
    private static final Paths<Contact> PATHS =
            Paths.over(FIELDS).by("customer").at("at").of("channel");

    private static Contact at(String customer, int minute, @Nullable String channel) {
        return new Contact(customer, START.plusSeconds(60L * minute), channel);
    }

    private static final List<Contact> CONTACTS = List.of(
            at("ann", 0, "chat"),
            at("ann", 5, "phone"),
            at("ann", 9, "phone"),
            at("ann", 200, "chat"),
            at("bob", 0, "chat"),
            at("bob", 1, "phone"),
            at("cid", 3, "mail"),
            at("cid", 4, null));

    @Test
    void pathsAreCountedWithoutRepeats() {
        PathsResult result = PATHS.compute(CONTACTS);
        assertEquals(
                Map.of(List.of("chat", "phone", "chat"), 1L, List.of("chat", "phone"), 1L, List.of("mail"), 1L),
                result.paths());
        assertEquals(1, result.unknown());
        assertEquals("""
                chat → phone: 1 visit, 33.3 %
                chat → phone → chat: 1 visit, 33.3 %
                mail: 1 visit, 33.3 %
                3 visits; channel changes in 66.7 % (95 % 20.8…93.9) of them""", result.toString());
    }

    @Test
    void aPauseBeginsANewVisit() {
        PathsResult result = PATHS.pauses(Duration.ofMinutes(30)).compute(CONTACTS);
        assertEquals(Map.of(List.of("chat", "phone"), 2L, List.of("chat"), 1L, List.of("mail"), 1L), result.paths());
        assertEquals(List.of("chat", "phone"), result.top(1).get(0).steps());
        assertEquals(2, result.changing().hits());
        assertEquals(4, result.changing().counts().used());
        assertEquals(0.5, result.changesPerVisit().value().getAsDouble());
        assertEquals(List.of(Map.entry(new PathsResult.Change("chat", "phone"), 2L)), result.topChanges(9));
        // Just as long as the pause is still the same visit.
        assertEquals(
                1,
                PATHS.pauses(Duration.ofMinutes(5))
                        .compute(CONTACTS.subList(0, 3))
                        .visits());
        assertEquals(
                2,
                PATHS.pauses(Duration.ofMinutes(4))
                        .compute(CONTACTS.subList(0, 3))
                        .visits());
    }

    @Test
    void longPathsAreCutAndAllTheirChangesCounted() {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            contacts.add(at("ann", i, i % 2 == 0 ? "chat" : "phone"));
        }
        PathsResult result = PATHS.upTo(3).compute(contacts);
        assertEquals(Map.of(List.of("chat", "phone", "chat", "…"), 1L), result.paths());
        assertEquals(9, result.changesPerVisit().value().getAsDouble());
    }

    @Test
    void theActualIsHeldAgainstThePlan() {
        Journey plan = Journey.of(
                "help",
                "Help",
                Touchpoint.of("chat", "Chat"),
                Touchpoint.of("mail", "Mail"),
                Touchpoint.of("shop", "Shop"));
        List<Contact> contacts = new ArrayList<>(CONTACTS);
        contacts.add(at("dan", 0, "mail"));
        contacts.add(at("dan", 1, "chat"));
        assertEquals("""
                chat: 75.0 % of 4 visits
                mail: 50.0 % of 4 visits
                shop: 0.0 % of 4 visits
                not planned: phone, 50.0 % of 4 visits
                in the planned order: 0.0 % of 1 visits""", PATHS.compute(contacts).against(plan).toString());
    }

    record Meeting(
            String customer,
            Instant at,
            String touchpoint,
            @Nullable String channel,
            @Nullable String began) {}

    @Test
    void theChannelAndWhoBeganAreHeldAgainstThePlan() {
        List<Meeting> meetings = List.of(
                new Meeting("ann", START, "payment", "web", "customer"),
                new Meeting("bob", START, "payment", "phone", "company"),
                new Meeting("cid", START, "payment", "web", null),
                new Meeting("dan", START, "payment", null, "customer"),
                new Meeting("dan", START.plusSeconds(1), "search", "phone", "customer"));
        Fields<Meeting> fields = Fields.of(Meeting.class)
                .text("customer", Meeting::customer)
                .instant("at", Meeting::at)
                .text("touchpoint", Meeting::touchpoint)
                .text("channel", Meeting::channel)
                .text("began", Meeting::began);
        Journey plan = Journey.of(
                "j",
                "J",
                Touchpoint.of("search", "Search"),
                Touchpoint.of("payment", "Payment").withChannel("web").startedBy(Initiator.CUSTOMER),
                Touchpoint.of("delivery", "Delivery").startedBy(Initiator.COMPANY));
        Paths<Meeting> paths = Paths.over(fields).by("customer").at("at").of("touchpoint");
        assertEquals(List.of(), paths.compute(meetings).against(plan).kept());
        Paths<Meeting> asked = paths.channel("channel").initiator("began");
        PathsResult result = asked.compute(meetings);
        assertEquals(
                List.of(
                        "payment: channel web as planned in 66.7 % of 3 events; otherwise phone 1",
                        "payment: initiator customer as planned in 66.7 % of 3 events; otherwise company 1",
                        "delivery: initiator company is planned; no event says one"),
                result.against(plan).kept().stream().map(Object::toString).toList());
        assertEquals(result, asked.compute(meetings.subList(0, 2)).merge(asked.compute(meetings.subList(2, 5))));
        assertThrows(IllegalArgumentException.class, () -> paths.initiator("begin"));
        assertThrows(IllegalArgumentException.class, () -> result.merge(paths.compute(meetings)));
    }

    @Property(tries = 50)
    void shuffledTheResultIsEqual(@ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        Random random = new Random(seed);
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            contacts.add(at("c" + random.nextInt(6), random.nextInt(20), "ch" + random.nextInt(3)));
        }
        PathsResult result = PATHS.pauses(Duration.ofMinutes(2)).compute(contacts);
        List<Contact> shuffled = new ArrayList<>(contacts);
        Collections.shuffle(shuffled, random);
        assertEquals(result, PATHS.pauses(Duration.ofMinutes(2)).compute(shuffled));
        List<Contact> some =
                shuffled.stream().filter(c -> c.customer().equals("c1")).toList();
        List<Contact> others =
                shuffled.stream().filter(c -> !c.customer().equals("c1")).toList();
        Paths<Contact> paths = PATHS.pauses(Duration.ofMinutes(2));
        assertEquals(result, paths.compute(some).merge(paths.compute(others)));
    }

    @Test
    void mistakesSayWhatToDo() {
        assertThrows(IllegalStateException.class, () -> Paths.over(FIELDS).compute(List.of()));
        assertThrows(IllegalArgumentException.class, () -> PATHS.pauses(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> PATHS.upTo(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> PATHS.compute(List.of()).merge(PATHS.upTo(3).compute(List.of())));
    }
}
