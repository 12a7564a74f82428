package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Counts;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinkerTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    record Contact(String customer, String topic, double day, String channel) {
        Instant at() {
            return START.plusSeconds(Math.round(day * 86_400));
        }
    }

    private static final Fields<Contact> FIELDS = Fields.of(Contact.class)
            .text("customer", Contact::customer)
            .text("topic", Contact::topic)
            .text("channel", Contact::channel)
            .instant("started", contact -> contact.day() < 0 ? null : contact.at());

    private static final Linker<Contact> BY_CUSTOMER =
            Linker.over(FIELDS).by("customer").at("started").until(START.plus(Duration.ofDays(20)));

    private static final List<Contact> CONTACTS = List.of(
            new Contact("ann", "bill", 0, "chat"),
            new Contact("ann", "bill", 7, "phone"),
            new Contact("ann", "move", 12, "phone"),
            new Contact("bob", "bill", 1, "chat"),
            new Contact("bob", "bill", 8.5, "chat"),
            new Contact("eve", "bill", 15, "chat"),
            new Contact("eve", "bill", 16, "chat"),
            new Contact(null, "bill", 2, "chat"),
            new Contact("dan", "bill", -1, "chat"));

    private static Share fcr(Linkage<Contact> linked) {
        return ContactKpis.firstContactResolution(WEEK).of(linked.fields(), linked.events());
    }

    @Test
    void aContactIsResolvedIfNoneOfTheSameCustomerFollowsWithinTheWindow() {
        // ann day 0 is followed after exactly 7 days, day 7 after 5; day 12 by none. bob day 1 after 7.5 days, day 8.5
        // by none.
        // eve's contacts are younger than 7 days; an unknown customer and an unknown time are missing.
        Share fcr = fcr(BY_CUSTOMER.link(CONTACTS));
        assertEquals(3, fcr.hits());
        assertEquals(new Counts(5, 2, 2, 0), fcr.counts());
    }

    @Test
    void aYoungContactIsLeftOutEvenIfTheCustomerCameBackAlready() {
        Linkage<Contact> linked = BY_CUSTOMER.link(
                List.of(new Contact("eve", "bill", 15, "chat"), new Contact("eve", "bill", 16, "chat")));
        assertEquals(new Counts(0, 2, 0, 0), fcr(linked).counts());
        assertEquals(
                "events up to 2026-03-14T00:00:00Z count (0); 2 are younger, until 2026-03-24T00:00:00Z",
                linked.maturity(WEEK).toString());
    }

    @Test
    void aTopicInTheKeyMakesOtherMattersNoRepeat() {
        Linkage<Contact> linked = Linker.over(FIELDS)
                .by("customer", "topic")
                .at("started")
                .until(START.plus(Duration.ofDays(20)))
                .link(CONTACTS);
        assertEquals(4, fcr(linked).hits());
    }

    @Test
    void withoutAnEndTheLatestEventIsTheEnd() {
        Linkage<Contact> linked =
                Linker.over(FIELDS).by("customer").at("started").link(CONTACTS);
        assertEquals(START.plus(Duration.ofDays(9)), linked.maturity(WEEK).countedUpTo());
    }

    @Test
    void anyOrderGivesTheSame() {
        Share expected = fcr(BY_CUSTOMER.link(CONTACTS));
        Random random = new Random(5);
        List<Contact> shuffled = new ArrayList<>(CONTACTS);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(shuffled, random);
            assertEquals(expected, fcr(BY_CUSTOMER.link(shuffled)));
        }
    }

    private static String shown(Linkage<Contact> linked, int event, String... fields) {
        StringBuilder text = new StringBuilder();
        for (String name : fields) {
            Field field = linked.fields().field(name);
            Expression expression =
                    field.type() == FieldType.FLAG ? new Condition.Flag(field) : new Quantity.Of<>(field);
            Evaluation found =
                    Evaluation.of(expression, linked.fields(), linked.events().get(event));
            text.append(
                            found.state() == Evaluation.State.KNOWN && field.type() != FieldType.FLAG
                                    ? field.type().text(found.encoded())
                                    : found.state().toString())
                    .append(' ');
        }
        return text.toString().trim();
    }

    @Test
    void everyLinkedFieldSaysWhatItSays() {
        Linkage<Contact> linked = BY_CUSTOMER.comparing("channel").link(CONTACTS);
        String[] fields = {
            Linker.OCCURRENCE,
            Linker.TIME_SINCE_PREVIOUS,
            Linker.TIME_TO_NEXT,
            Linker.OBSERVED_FOR,
            Linker.FIRST_AT,
            "channel-changed"
        };
        assertEquals("1 MISSING PT168H PT480H 2026-03-01T00:00:00Z FALSE", shown(linked, 0, fields));
        assertEquals("2 PT168H PT120H PT312H 2026-03-01T00:00:00Z KNOWN", shown(linked, 1, fields));
        assertEquals("3 PT120H MISSING PT192H 2026-03-01T00:00:00Z FALSE", shown(linked, 2, fields));
        assertEquals("MISSING MISSING MISSING MISSING MISSING MISSING", shown(linked, 7, fields));
    }

    @Test
    void aRejectedKeyOrTimeRejectsTheLinkedFields() {
        Fields<Contact> bad = Fields.of(Contact.class)
                .whole("customer", contact -> contact.day() + 0.5)
                .instant("started", Contact::at);
        Linkage<Contact> linked = Linker.over(bad).by("customer").at("started").link(CONTACTS.subList(0, 1));
        assertEquals(new Counts(0, 0, 0, 1), fcr(linked).counts());
    }

    @Test
    void rowsOfFilesKeepTheirPlace() {
        Fields<Row> rows = ColumnMapping.named("rows")
                .text("customer", "customer")
                .with("started", "started", Format.InstantAs.iso())
                .fields(List.of("customer", "started"));
        Linkage<Row> linked = Linker.over(rows)
                .by("customer")
                .at("started")
                .link(List.of(new Row("a.csv", 7, "ann", "2026-03-01T00:00:00Z")));
        Located place = (Located) linked.events().get(0);
        assertEquals("a.csv:7", place.source() + ":" + place.line());
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThrows(IllegalStateException.class, () -> Linker.over(FIELDS).link(CONTACTS));
        assertThrows(IllegalArgumentException.class, () -> Linker.over(FIELDS).by("started"));
        assertThrows(IllegalArgumentException.class, () -> Linker.over(FIELDS).at("customer"));
        assertThrows(
                IllegalStateException.class, () -> BY_CUSTOMER.link(List.of()).maturity(WEEK));
    }
}
