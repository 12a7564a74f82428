package io.cxmetrics.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * An hour of the week on the clock of a time zone, such as Tuesday 9 to 10: the dimension in which reachability is looked
 * at. Immutable and thread-safe; ordered from Monday 0 h.
 *
 * @param day the day of the week
 * @param hour the hour of the day, 0 to 23
 * @since 0.1
 */
public record HourOfWeek(DayOfWeek day, int hour) implements Comparable<HourOfWeek> {

    /**
     * Checks the hour.
     *
     * @throws IllegalArgumentException if it is not 0 to 23
     */
    public HourOfWeek {
        if (hour < 0 || hour > 23) {
            throw new IllegalArgumentException("an hour of the day is 0 to 23; found " + hour);
        }
    }

    /**
     * The hour of the week that an instant lies in.
     *
     * @param instant the instant
     * @param zone whose clock, usually the customer's
     * @return the hour
     */
    public static HourOfWeek of(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        return new HourOfWeek(local.getDayOfWeek(), local.getHour());
    }

    @Override
    public int compareTo(HourOfWeek other) {
        int byDay = day.compareTo(other.day);
        return byDay != 0 ? byDay : Integer.compare(hour, other.hour);
    }

    /** A label that sorts as the week goes, such as {@code 2 Tue 09}. */
    @Override
    public String toString() {
        return day.getValue() + " " + day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                + String.format(Locale.ROOT, " %02d", hour);
    }
}
