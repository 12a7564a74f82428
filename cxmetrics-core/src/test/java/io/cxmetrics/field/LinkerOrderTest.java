package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The neighbours that a linker finds, against a search through all events for each of them. */
class LinkerOrderTest {
    private record Event(long customer, String topic, Instant at, String channel) {}

    private static final Fields<Event> FIELDS = Fields.of(Event.class)
            .whole("customer", Event::customer)
            .text("topic", Event::topic)
            .instant("at", Event::at)
            .text("channel", Event::channel);

    /**
     * Few customers with many events each, many with few, numbers close together and far apart, times that recur; in any order
     * and in that of time, which is linked without sorting.
     */
    @ParameterizedTest
    @CsvSource({
        "400, 3, 1, 1000000, false",
        "400, 3, 1, 20, false",
        "400, 3, 1, 20, true",
        "400, 90, 1, 30, false",
        "400, 90, 12345678901, 30, false",
        "400, 90, 12345678901, 30, true",
        "400, 5, -7, 3, false",
        "400, 5, -7, 3, true",
        "1, 1, 1, 1, false",
        "2100, 40, 1, 500, false",
        "2100, 40, 1, 500000, true"
    })
    void neighboursAreThoseOfASearch(int size, int customers, long apart, int times, boolean inOrder) {
        Random random = new Random(size + customers + times);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.add(new Event(
                    random.nextInt(customers) * apart,
                    random.nextInt(10) == 0 ? null : "topic " + random.nextInt(3),
                    random.nextInt(20) == 0 ? null : Instant.ofEpochSecond(random.nextInt(times)),
                    random.nextBoolean() ? "chat" : "phone"));
        }
        if (inOrder) {
            events.sort(Comparator.comparing(Event::at, Comparator.nullsFirst(Comparator.naturalOrder())));
        }
        Linker<Event> linker = Linker.over(FIELDS).at("at").comparing("channel");
        check(events, linker.by("customer").link(events), event -> event.at() == null ? null : event.customer());
        check(
                events,
                linker.by("topic", "customer").link(events),
                event -> event.at() == null || event.topic() == null ? null : List.of(event.topic(), event.customer()));
        check(events, linker.by("topic").link(events), event -> event.at() == null ? null : event.topic());
        check(
                events,
                linker.by("channel", "customer", "topic").link(events),
                event -> event.at() == null || event.topic() == null
                        ? null
                        : List.of(event.channel(), event.customer(), event.topic()));
        check(
                events,
                linker.by("customer").where(Field.text("topic").is("topic 1")).link(events),
                event -> event.at() == null || !"topic 1".equals(event.topic()) ? null : event.customer());
    }

    /** Contacts that nobody follows within the window, of those whose window has passed, by a search for each of them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void firstContactResolutionIsThatOfASearch(boolean inOrder) {
        Random random = new Random(7);
        for (int run = 0; run < 50; run++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                // Whole days, so that repeats often lie exactly on the edge of the window.
                events.add(new Event(
                        random.nextInt(12), "topic", Instant.EPOCH.plus(Duration.ofDays(random.nextInt(40))), "chat"));
            }
            if (inOrder) {
                events.sort(Comparator.comparing(Event::at));
            }
            Instant until = Instant.EPOCH.plus(Duration.ofDays(random.nextInt(45)));
            Duration window = Duration.ofDays(7);
            long observed = 0;
            long resolved = 0;
            for (int i = 0; i < events.size(); i++) {
                Event event = events.get(i);
                if (!event.at().isAfter(until.minus(window))) {
                    observed++;
                    boolean isFollowed = false;
                    for (int k = 0; k < events.size(); k++) {
                        Event other = events.get(k);
                        boolean isLater =
                                other.at().isAfter(event.at()) || (other.at().equals(event.at()) && k > i);
                        isFollowed |= other.customer() == event.customer()
                                && isLater
                                && !other.at().isAfter(event.at().plus(window));
                    }
                    resolved += isFollowed ? 0 : 1;
                }
            }
            Linkage<Event> linked =
                    Linker.over(FIELDS).by("customer").at("at").until(until).link(events);
            Share fcr = ContactKpis.firstContactResolution(window).of(linked.fields(), linked.events());
            assertEquals(observed, fcr.counts().used());
            assertEquals(resolved, fcr.hits());
            // Records of another list, one by one, read the same fields.
            assertEquals(
                    fcr,
                    ContactKpis.firstContactResolution(window).of(linked.fields(), new ArrayDeque<>(linked.events())));
        }
    }

    private static void check(List<Event> events, Linkage<Event> linkage, Function<Event, Object> key) {
        for (int i = 0; i < events.size(); i++) {
            Linked<Event> linked = linkage.events().get(i);
            assertEquals(events.get(i), linked.event());
            LinkedEvents<Event> all = linked.all();
            assertEquals(i, linked.index());
            Object own = key.apply(events.get(i));
            if (own == null) {
                assertFalse(all.isLinked(i));
                continue;
            }
            List<Integer> group = new ArrayList<>();
            for (int k = 0; k < events.size(); k++) {
                if (Objects.equals(key.apply(events.get(k)), own)) {
                    group.add(k);
                }
            }
            group.sort(Comparator.<Integer, Instant>comparing(k -> events.get(k).at())
                    .thenComparing(k -> k));
            int place = group.indexOf(i);
            assertEquals(place + 1, all.occurrence(i));
            long at = time(events, group, place);
            assertEquals(time(events, group, 0), read(LinkedEvents::readFirst, all, i));
            assertEquals(
                    place == 0 ? null : (Long) (at - time(events, group, place - 1)),
                    read(LinkedEvents::readSincePrevious, all, i));
            assertEquals(
                    place == group.size() - 1 ? null : (Long) (time(events, group, place + 1) - at),
                    read(LinkedEvents::readToNext, all, i));
            boolean changed = place > 0
                    && !events.get(i)
                            .channel()
                            .equals(events.get(group.get(place - 1)).channel());
            Column into = new Column("changed", FieldType.FLAG, 1);
            all.readChanged(0, i, 1, into, 0);
            assertEquals(changed ? Column.KNOWN : Column.FALSE, into.states()[0]);
        }
    }

    private static Long read(LinkedEvents.Reader reader, LinkedEvents<?> all, int event) {
        Column into = new Column("linked", FieldType.WHOLE, 1);
        reader.read(all, event, 1, into, 0);
        return into.states()[0] == Column.KNOWN ? into.values()[0] : null;
    }

    private static long time(List<Event> events, List<Integer> group, int place) {
        return FieldType.INSTANT.encode(events.get(group.get(place)).at());
    }
}
