package io.cxmetrics.time;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Opening hours in a time zone, and how much of a span of time lies in them: what a response time in <em>business time</em>
 * is measured with.
 *
 * <pre>{@code
 * BusinessHours office = BusinessHours.weekdays(LocalTime.of(8, 30), LocalTime.of(16, 0), ZoneId.of("Europe/Helsinki"))
 *         .withHolidays(List.of(LocalDate.of(2026, 5, 1)));
 * office.between(asked, answered);
 * }</pre>
 *
 * <p>The time counted is time that really passed: on the day when clocks go forward, hours from midnight to midnight are
 * 23, on the day when they go back 25. An opening at a local time that does not exist begins when the clocks have gone
 * forward; of a local time that exists twice, opening takes the earlier and closing the later. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class BusinessHours {

    /**
     * One span of opening hours within a day.
     *
     * @param from when it opens
     * @param to when it closes, exclusive; midnight means the end of the day
     */
    public record Span(LocalTime from, LocalTime to) {
        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException if it does not open before it closes
         */
        public Span {
            if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
                throw new IllegalArgumentException("opening hours from " + from + " to " + to
                        + " are empty; hours past midnight are two spans, one for each day");
            }
        }

        /** Such as {@code 08:30–16:00}. */
        @Override
        public String toString() {
            return from + "–" + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to);
        }
    }

    private final ZoneId zone;
    private final Map<DayOfWeek, List<Span>> week;
    private final Set<LocalDate> holidays;

    private BusinessHours(ZoneId zone, Map<DayOfWeek, List<Span>> week, Set<LocalDate> holidays) {
        this.zone = Objects.requireNonNull(zone, "zone");
        this.week = week;
        this.holidays = holidays;
    }

    /**
     * The same hours from Monday to Friday.
     *
     * @param from when it opens
     * @param to when it closes; midnight means the end of the day
     * @param zone whose clock
     * @return the hours, without holidays
     * @throws IllegalArgumentException if it does not open before it closes
     */
    public static BusinessHours weekdays(LocalTime from, LocalTime to, ZoneId zone) {
        BusinessHours hours = new BusinessHours(zone, new EnumMap<>(DayOfWeek.class), Set.of());
        for (DayOfWeek day : DayOfWeek.values()) {
            hours = day.compareTo(DayOfWeek.FRIDAY) <= 0 ? hours.with(day, new Span(from, to)) : hours;
        }
        return hours;
    }

    /**
     * Hours around the clock, every day: business time is then elapsed time, holidays apart.
     *
     * @param zone whose clock
     * @return the hours, without holidays
     */
    public static BusinessHours always(ZoneId zone) {
        BusinessHours hours = new BusinessHours(zone, new EnumMap<>(DayOfWeek.class), Set.of());
        for (DayOfWeek day : DayOfWeek.values()) {
            hours = hours.with(day, new Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
        }
        return hours;
    }

    /**
     * These hours with other hours on one day of the week.
     *
     * @param day the day of the week
     * @param spans the spans of that day in rising order, none for a day that is closed
     * @return the hours
     * @throws IllegalArgumentException if the spans overlap or are not in order
     */
    public BusinessHours with(DayOfWeek day, Span... spans) {
        for (int i = 1; i < spans.length; i++) {
            LocalTime closed = spans[i - 1].to();
            if (closed.equals(LocalTime.MIDNIGHT) || spans[i].from().isBefore(closed)) {
                throw new IllegalArgumentException(
                        "the opening hours " + List.of(spans) + " of " + day + " overlap or are not in order");
            }
        }
        Map<DayOfWeek, List<Span>> changed = new EnumMap<>(DayOfWeek.class);
        changed.putAll(week);
        changed.put(day, List.of(spans));
        return new BusinessHours(zone, changed, holidays);
    }

    /**
     * These hours with more days on which it is closed all day.
     *
     * @param days the holidays
     * @return the hours
     */
    public BusinessHours withHolidays(Collection<LocalDate> days) {
        Set<LocalDate> all = new TreeSet<>(holidays);
        all.addAll(days);
        return new BusinessHours(zone, week, all);
    }

    private List<Span> on(LocalDate date) {
        return holidays.contains(date) ? List.of() : week.getOrDefault(date.getDayOfWeek(), List.of());
    }

    /** The open time of a day as pairs of instants, in rising order and without overlap. */
    private List<Instant[]> open(LocalDate date) {
        List<Instant[]> open = new ArrayList<>();
        Instant closed = Instant.MIN;
        for (Span span : on(date)) {
            Instant from = date.atTime(span.from()).atZone(zone).toInstant();
            ZonedDateTime to = span.to().equals(LocalTime.MIDNIGHT)
                    ? date.plusDays(1).atStartOfDay(zone)
                    : date.atTime(span.to()).atZone(zone).withLaterOffsetAtOverlap();
            from = from.isBefore(closed) ? closed : from;
            closed = to.toInstant().isBefore(from) ? from : to.toInstant();
            open.add(new Instant[] {from, closed});
        }
        return open;
    }

    /**
     * The open time between two instants.
     *
     * @param from the earlier instant
     * @param to the later instant
     * @return the open time; negative if {@code to} is before {@code from}
     */
    public Duration between(Instant from, Instant to) {
        if (to.isBefore(from)) {
            return between(to, from).negated();
        }
        LocalDate last = to.atZone(zone).toLocalDate();
        Duration sum = Duration.ZERO;
        for (LocalDate date = from.atZone(zone).toLocalDate(); !date.isAfter(last); date = date.plusDays(1)) {
            for (Instant[] open : open(date)) {
                Instant begin = open[0].isBefore(from) ? from : open[0];
                Instant end = open[1].isAfter(to) ? to : open[1];
                sum = begin.isBefore(end) ? sum.plus(Duration.between(begin, end)) : sum;
            }
        }
        return sum;
    }

    /**
     * The open time between two instants that may be missing, for the accessor of a field.
     *
     * @param from the earlier instant, or null
     * @param to the later instant, or null
     * @return the open time, or null if an instant is missing
     */
    public @Nullable Duration betweenOrNull(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? null : between(from, to);
    }

    /**
     * Whether it is open.
     *
     * @param instant the instant
     * @return true from the opening, inclusive, to the closing, exclusive
     */
    public boolean isOpen(Instant instant) {
        return open(instant.atZone(zone).toLocalDate()).stream()
                .anyMatch(open -> !instant.isBefore(open[0]) && instant.isBefore(open[1]));
    }

    /**
     * When an amount of open time has passed: the due time of a target in business time.
     *
     * @param from the beginning
     * @param openTime the open time to pass, not negative
     * @return the earliest instant at which it has passed
     * @throws IllegalArgumentException if the open time is negative, or there is not that much in the next ten years
     */
    public Instant after(Instant from, Duration openTime) {
        if (openTime.isNegative()) {
            throw new IllegalArgumentException("the open time to pass must not be negative; found " + openTime);
        } else if (openTime.isZero()) {
            return from;
        }
        Duration left = openTime;
        LocalDate first = from.atZone(zone).toLocalDate();
        for (LocalDate date = first; date.isBefore(first.plusYears(10)); date = date.plusDays(1)) {
            for (Instant[] open : open(date)) {
                Instant begin = open[0].isBefore(from) ? from : open[0];
                if (begin.isBefore(open[1])) {
                    Duration here = Duration.between(begin, open[1]);
                    if (here.compareTo(left) >= 0) {
                        return begin.plus(left);
                    }
                    left = left.minus(here);
                }
            }
        }
        throw new IllegalArgumentException(
                "there is no " + openTime + " of open time in the ten years after " + from + " in " + this);
    }

    /** The hours of the week, the zone and the number of holidays. */
    @Override
    public String toString() {
        return week + " " + zone + (holidays.isEmpty() ? "" : ", " + holidays.size() + " holidays");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BusinessHours that
                && zone.equals(that.zone)
                && week.equals(that.week)
                && holidays.equals(that.holidays);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, week, holidays);
    }
}
