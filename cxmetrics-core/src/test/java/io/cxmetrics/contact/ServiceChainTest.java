package io.cxmetrics.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Counts;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Money;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.BusinessHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Section 3 of the KPI reference beyond the queue: the service chain of mission.md, document 003. */
class ServiceChainTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

    /** Rows of minutes by field. */
    private static Fields<Map<String, Integer>> minutes(String... names) {
        Fields<Map<String, Integer>> fields = Fields.named("rows");
        for (String name : names) {
            fields = fields.duration(name, row -> row.get(name) == null ? null : Duration.ofMinutes(row.get(name)));
        }
        return fields;
    }

    private static <S extends Statistic<S>> double value(
            Kpi<S> kpi, Fields<Map<String, Integer>> by, List<Map<String, Integer>> rows) {
        return kpi.of(by, rows).value().orElseThrow();
    }

    @Test
    void tenOfThirtyMinutesFlow() {
        Fields<Map<String, Integer>> fields = minutes(ContactKpis.VALUE_ADDING_TIME, ContactKpis.THROUGHPUT_TIME);
        List<Map<String, Integer>> cases =
                List.of(Map.of(ContactKpis.VALUE_ADDING_TIME, 10, ContactKpis.THROUGHPUT_TIME, 30));
        assertEquals(1 / 3.0, value(ContactKpis.flowEfficiency(), fields, cases));
        assertEquals(
                "Flow efficiency 33.3 % (no interval: one observation says nothing about the spread), n = 1",
                ContactKpis.flowEfficiency().of(fields, cases).toString());
    }

    @Test
    void efficiencyIsARatioOfSumsNotAMeanOfRatios() {
        Fields<Map<String, Integer>> fields =
                minutes(ContactKpis.ON_CONTACT, ContactKpis.IDLE, ContactKpis.USED_TIME, ContactKpis.AVAILABLE_TIME);
        List<Map<String, Integer>> intervals = List.of(
                Map.of(
                        ContactKpis.ON_CONTACT,
                        10,
                        ContactKpis.IDLE,
                        0,
                        ContactKpis.USED_TIME,
                        10,
                        ContactKpis.AVAILABLE_TIME,
                        10),
                Map.of(
                        ContactKpis.ON_CONTACT,
                        40,
                        ContactKpis.IDLE,
                        50,
                        ContactKpis.USED_TIME,
                        40,
                        ContactKpis.AVAILABLE_TIME,
                        90));
        assertEquals(0.5, value(ContactKpis.occupancy(), fields, intervals));
        assertEquals(0.5, value(ContactKpis.resourceEfficiency(), fields, intervals));
    }

    record Judged(Boolean avoidable) {}

    @Test
    void avoidableContactsOfTheJudgedSampleOfAFinitePopulation() {
        // 40 of the 297 calls of September 2016 were listened to; 3 were avoidable.
        List<Judged> calls = new ArrayList<>();
        for (int i = 0; i < 297; i++) {
            calls.add(new Judged(i < 40 ? Boolean.valueOf(i < 3) : null));
        }
        Share share = ContactKpis.avoidableShare()
                .of(Fields.of(Judged.class).flag(ContactKpis.AVOIDABLE, Judged::avoidable), calls);
        assertEquals(0.075, share.value().orElseThrow());
        assertEquals(new Counts(40, 0, 257, 0), share.counts());
        Interval interval = share.ofPopulation(297).interval(0.95);
        assertEquals(.027651, interval.low(), 5e-7);
        assertEquals(.187769, interval.high(), 5e-7);
        assertEquals(.020202, share.ofPopulation(297).exactInterval(0.95).low(), 5e-7);
    }

    record Contact(int requests, String cost, boolean resolved) {}

    private static final Fields<Contact> CONTACTS = Fields.of(Contact.class)
            .whole(ContactKpis.SUPPORT_REQUESTS, Contact::requests)
            .money(ContactKpis.COST, "EUR", contact -> Money.of(contact.cost(), "EUR"))
            .flag(ContactKpis.RESOLVED, Contact::resolved);

    @Test
    void secondLineRequestsMayBeSeveralForAContact() {
        Ratio rate = ContactKpis.secondLineRequestRate()
                .of(CONTACTS, List.of(new Contact(0, "1", true), new Contact(3, "1", true), new Contact(0, "1", true)));
        assertEquals(1.0, rate.value().orElseThrow());
        assertEquals("Second-line request rate 100.0 %", rate.toString().substring(0, 32));
    }

    @Test
    void costPerResolutionCountsTheCostOfFailuresToo() {
        List<Contact> contacts =
                List.of(new Contact(0, "3.00", true), new Contact(0, "5.50", false), new Contact(0, "3.50", true));
        assertEquals(
                4,
                ContactKpis.costPerContact("EUR").of(CONTACTS, contacts).value().orElseThrow());
        assertEquals(
                6,
                ContactKpis.costPerResolution("EUR")
                        .of(CONTACTS, contacts)
                        .value()
                        .orElseThrow());
        Ratio none = ContactKpis.costPerResolution("EUR").of(CONTACTS, contacts.subList(1, 2));
        assertEquals("Cost per resolution undefined, n = 1", none.toString());
    }

    record Request(String asked, String answered) {
        private static Instant at(String local) {
            return local == null
                    ? null
                    : LocalDateTime.parse(local).atZone(HELSINKI).toInstant();
        }
    }

    @Test
    void responseTimeElapsedAndInBusinessTime() {
        BusinessHours office = BusinessHours.weekdays(LocalTime.of(8, 30), LocalTime.of(16, 0), HELSINKI);
        Fields<Request> fields = Fields.of(Request.class)
                .instant("asked", request -> Request.at(request.asked()))
                .instant("answered", request -> Request.at(request.answered()))
                .derived("response-time", Field.instant("answered").since(Field.instant("asked")))
                .duration(
                        "response-business-time",
                        request -> office.betweenOrNull(Request.at(request.asked()), Request.at(request.answered())));
        List<Request> requests = List.of(
                new Request("2016-09-09T15:30", "2016-09-12T09:00"),
                new Request("2016-09-12T09:00", "2016-09-12T12:00"),
                new Request("2016-09-12T15:00", null));
        assertEquals(
                (65.5 + 3) / 2 * 3600,
                ContactKpis.responseTime(TimeBasis.ELAPSED)
                        .of(fields, requests)
                        .value()
                        .orElseThrow());
        assertEquals(
                2 * 3600,
                ContactKpis.responseTime(TimeBasis.BUSINESS)
                        .of(fields, requests)
                        .value()
                        .orElseThrow());
        Share inTime = ContactKpis.respondedWithin(Duration.ofHours(4), TimeBasis.BUSINESS)
                .of(fields, requests);
        assertEquals(1, inTime.value().orElseThrow());
        assertEquals(new Counts(2, 0, 1, 0), inTime.counts());
        assertEquals(
                0.5,
                ContactKpis.respondedWithin(Duration.ofHours(4), TimeBasis.ELAPSED)
                        .of(fields, requests)
                        .value()
                        .orElseThrow());
        assertEquals(
                65.5 * 3600,
                ContactKpis.responseTime(TimeBasis.ELAPSED, 0.9)
                        .of(fields, requests)
                        .value()
                        .orElseThrow());
        assertThrows(
                IllegalArgumentException.class,
                () -> ContactKpis.respondedWithin(Duration.ofHours(4), TimeBasis.BUSINESS)
                        .empty()
                        .merge(ContactKpis.respondedWithin(Duration.ofHours(4), TimeBasis.ELAPSED)
                                .empty()));
    }

    record Mail(String matter, int day) {}

    @Test
    void mailsAboutOneMatterAreOneContact() {
        Fields<Mail> fields = Fields.of(Mail.class)
                .text("matter", Mail::matter)
                .instant("sent", mail -> Instant.EPOCH.plus(Duration.ofDays(mail.day())))
                .flag(ContactKpis.AVOIDABLE, mail -> mail.matter().equals("b"));
        Linkage<Mail> linked = Linker.over(fields)
                .by("matter")
                .at("sent")
                .link(List.of(new Mail("a", 1), new Mail("a", 2), new Mail("b", 2), new Mail("a", 9)));
        Share share = ContactKpis.avoidableShare()
                .where(Field.whole(Linker.OCCURRENCE).is(1L))
                .of(linked.fields(), linked.events());
        assertEquals(2, share.counts().used());
        assertEquals(0.5, share.value().orElseThrow());
    }

    @Test
    void windowsArePositive() {
        assertThrows(IllegalArgumentException.class, () -> ContactKpis.firstContactResolution(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> ContactKpis.repeatContactRate(Duration.ofDays(-1)));
    }
}
