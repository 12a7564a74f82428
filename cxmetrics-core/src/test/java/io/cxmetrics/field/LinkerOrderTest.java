package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The neighbours that a linker finds, against a search through all events for each of them. */
class LinkerOrderTest {
    private record Event(long customer, String topic, Instant at, String channel) {}

    private static final Fields<Event> FIELDS = Fields.of(Event.class)
            .whole("customer", Event::customer)
            .text("topic", Event::topic)
            .instant("at", Event::at)
            .text("channel", Event::channel);

    /** Few customers with many events each, many with few, numbers close together and far apart, times that recur. */
    @ParameterizedTest
    @CsvSource({
        "400, 3, 1, 1000000",
        "400, 3, 1, 20",
        "400, 90, 1, 30",
        "400, 90, 12345678901, 30",
        "400, 5, -7, 3",
        "1, 1, 1, 1",
        "2100, 40, 1, 500"
    })
    void neighboursAreThoseOfASearch(int size, int customers, long apart, int times) {
        Random random = new Random(size + customers + times);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.add(new Event(
                    random.nextInt(customers) * apart,
                    random.nextInt(10) == 0 ? null : "topic " + random.nextInt(3),
                    random.nextInt(20) == 0 ? null : Instant.ofEpochSecond(random.nextInt(times)),
                    random.nextBoolean() ? "chat" : "phone"));
        }
        Linker<Event> linker = Linker.over(FIELDS).at("at").comparing("channel");
        check(events, linker.by("customer").link(events), event -> event.at() == null ? null : event.customer());
        check(
                events,
                linker.by("topic", "customer").link(events),
                event -> event.at() == null || event.topic() == null ? null : List.of(event.topic(), event.customer()));
        check(events, linker.by("topic").link(events), event -> event.at() == null ? null : event.topic());
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
