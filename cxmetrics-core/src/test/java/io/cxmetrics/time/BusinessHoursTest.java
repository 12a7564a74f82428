package io.cxmetrics.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BusinessHoursTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    /** The back office of the case of the energy company: weekdays 8.30–16.00. */
    private static final BusinessHours OFFICE =
            BusinessHours.weekdays(LocalTime.of(8, 30), LocalTime.of(16, 0), HELSINKI);

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(HELSINKI).toInstant();
    }

    private static Duration between(BusinessHours hours, String from, String to) {
        return hours.between(at(from), at(to));
    }

    @Test
    void withinOneDayOnlyTheOpenPartCounts() {
        assertEquals(Duration.ofMinutes(90), between(OFFICE, "2016-09-07T10:00", "2016-09-07T11:30"));
        assertEquals(Duration.ofMinutes(30), between(OFFICE, "2016-09-07T07:00", "2016-09-07T09:00"));
        assertEquals(Duration.ofMinutes(60), between(OFFICE, "2016-09-07T15:00", "2016-09-07T18:00"));
        assertEquals(Duration.ZERO, between(OFFICE, "2016-09-07T17:00", "2016-09-07T18:00"));
    }

    @Test
    void nightsAndWeekendsDoNotCount() {
        // Friday 15.30 to Monday 9.00: half an hour on each day.
        assertEquals(Duration.ofHours(1), between(OFFICE, "2016-09-09T15:30", "2016-09-12T09:00"));
        assertEquals(Duration.ofMinutes(5 * 450), between(OFFICE, "2016-09-05T00:00", "2016-09-12T00:00"));
    }

    @Test
    void holidaysDoNotCount() {
        // Independence Day, 6 December, is a Tuesday in 2016.
        BusinessHours office = OFFICE.withHolidays(List.of(LocalDate.of(2016, 12, 6)));
        assertEquals(Duration.ofMinutes(60), between(office, "2016-12-05T15:30", "2016-12-07T09:00"));
        assertEquals(Duration.ofMinutes(60 + 450), between(OFFICE, "2016-12-05T15:30", "2016-12-07T09:00"));
    }

    @Test
    void whenClocksChangeTheTimeThatReallyPassedCounts() {
        BusinessHours always = BusinessHours.always(HELSINKI);
        // Clocks go forward on 27 March 2016 at 3.00 and back on 30 October at 4.00.
        assertEquals(Duration.ofHours(23), between(always, "2016-03-27T00:00", "2016-03-28T00:00"));
        assertEquals(Duration.ofHours(25), between(always, "2016-10-30T00:00", "2016-10-31T00:00"));
        assertEquals(Duration.ofMinutes(450), between(OFFICE, "2016-03-28T00:00", "2016-03-29T00:00"));
        BusinessHours night = BusinessHours.weekdays(LocalTime.of(8, 0), LocalTime.of(9, 0), HELSINKI)
                .with(DayOfWeek.SUNDAY, new BusinessHours.Span(LocalTime.of(2, 0), LocalTime.of(5, 0)));
        assertEquals(Duration.ofHours(2), between(night, "2016-03-27T00:00", "2016-03-28T00:00"));
        assertEquals(Duration.ofHours(4), between(night, "2016-10-30T00:00", "2016-10-31T00:00"));
        // An opening at 3.30, which does not exist, is when clocks show 4.30; a closing at 3.30 is the second one.
        BusinessHours gap =
                night.with(DayOfWeek.SUNDAY, new BusinessHours.Span(LocalTime.of(3, 30), LocalTime.of(5, 0)));
        assertEquals(Duration.ofMinutes(30), between(gap, "2016-03-27T00:00", "2016-03-28T00:00"));
        BusinessHours twice =
                night.with(DayOfWeek.SUNDAY, new BusinessHours.Span(LocalTime.of(3, 0), LocalTime.of(3, 30)));
        assertEquals(Duration.ofMinutes(90), between(twice, "2016-10-30T00:00", "2016-10-31T00:00"));
    }

    @Test
    void lunchIsClosedAndMidnightEndsTheDay() {
        BusinessHours hours = OFFICE.with(
                DayOfWeek.SATURDAY,
                new BusinessHours.Span(LocalTime.of(9, 0), LocalTime.of(12, 0)),
                new BusinessHours.Span(LocalTime.of(13, 0), LocalTime.MIDNIGHT));
        assertEquals(Duration.ofHours(14), between(hours, "2016-09-10T00:00", "2016-09-11T00:00"));
        assertTrue(hours.isOpen(at("2016-09-10T23:59:59")));
        assertFalse(hours.isOpen(at("2016-09-10T12:00")));
        assertTrue(hours.isOpen(at("2016-09-10T13:00")));
    }

    @Test
    void backwardsIsNegativeAndMissingIsMissing() {
        assertEquals(Duration.ofMinutes(-90), between(OFFICE, "2016-09-07T11:30", "2016-09-07T10:00"));
        assertNull(OFFICE.betweenOrNull(null, Instant.EPOCH));
        assertNull(OFFICE.betweenOrNull(Instant.EPOCH, null));
    }

    @Test
    void anySplitOfASpanAddsUpAndTheDueTimeIsTheInverse() {
        Random random = new Random(83);
        Instant start = at("2016-02-15T00:00");
        for (int i = 0; i < 2_000; i++) {
            Instant a = start.plusSeconds(random.nextInt(20_000_000));
            Instant b = a.plusSeconds(random.nextInt(2_000_000));
            Instant c = b.plusSeconds(random.nextInt(2_000_000));
            assertEquals(OFFICE.between(a, c), OFFICE.between(a, b).plus(OFFICE.between(b, c)));
            Duration open = OFFICE.between(a, b);
            assertEquals(open, OFFICE.between(a, OFFICE.after(a, open)), () -> a + " to " + b);
        }
    }

    @Test
    void theDueTimeOfATargetIsNeverWhileItIsClosed() {
        assertEquals(at("2016-09-12T10:00"), OFFICE.after(at("2016-09-09T15:00"), Duration.ofMinutes(150)));
        assertEquals(at("2016-09-09T16:00"), OFFICE.after(at("2016-09-09T15:00"), Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> OFFICE.after(Instant.EPOCH, Duration.ofSeconds(-1)));
        BusinessHours closed = OFFICE.with(DayOfWeek.MONDAY)
                .with(DayOfWeek.TUESDAY)
                .with(DayOfWeek.WEDNESDAY)
                .with(DayOfWeek.THURSDAY)
                .with(DayOfWeek.FRIDAY);
        assertThrows(IllegalArgumentException.class, () -> closed.after(Instant.EPOCH, Duration.ofSeconds(1)));
    }

    @Test
    void impossibleHoursAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> BusinessHours.weekdays(LocalTime.of(16, 0), LocalTime.of(8, 30), HELSINKI));
        assertThrows(
                IllegalArgumentException.class,
                () -> OFFICE.with(
                        DayOfWeek.MONDAY,
                        new BusinessHours.Span(LocalTime.of(8, 0), LocalTime.of(12, 0)),
                        new BusinessHours.Span(LocalTime.of(11, 0), LocalTime.of(14, 0))));
    }

    @Test
    void hoursOfTheWeekSortAsTheWeekGoes() {
        assertEquals("1 Mon 09", HourOfWeek.of(at("2016-09-05T09:59"), HELSINKI).toString());
        assertEquals(
                "1 Mon 06",
                HourOfWeek.of(at("2016-09-05T09:59"), ZoneId.of("UTC")).toString());
        assertTrue(new HourOfWeek(DayOfWeek.MONDAY, 23).compareTo(new HourOfWeek(DayOfWeek.TUESDAY, 0)) < 0);
        assertThrows(IllegalArgumentException.class, () -> new HourOfWeek(DayOfWeek.MONDAY, 24));
    }
}
