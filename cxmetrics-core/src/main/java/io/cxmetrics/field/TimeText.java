package io.cxmetrics.field;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Reads the usual forms of times and durations digit by digit. What it reads has the value that {@code java.time} gives it;
 * whatever is unusual, valid or not, is {@link #UNKNOWN} and left to {@code java.time}, which takes ten to thirty times as
 * long. A test holds the two together.
 */
final class TimeText {
    /** No value that a field can have. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /** The bytes of {@code 0000-00-}, and of {@code 00T00:00}, from which those of a time differ by its digits. */
    private static final long YEAR_MONTH = 0x2D30302D30303030L;

    private static final long DAY_TIME = 0x30303A3030543030L;
    /** By what a blank differs from the T. */
    private static final long BLANK = (long) ('T' ^ ' ') << 16;
    /** Added to those differences, it reaches the high bit of a byte that is above 9, of a sign above 0. */
    private static final long BEYOND_YEAR_MONTH = 0x7F76767F76767676L;

    private static final long BEYOND_DAY_TIME = 0x76767F76767F7676L;
    private static final long HIGH = 0x8080808080808080L;

    private static final int[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private TimeText() {}

    /** A text as bytes, one a character; what is no ASCII is no digit and no sign of a time, and none of its bytes is. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The index after the digits that begin at another. */
    private static int afterDigits(byte[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    private static boolean is(byte[] text, int at, int end, char c) {
        return at < end && text[at] == c;
    }

    /** The microseconds of a decimal fraction whose one to nine digits stand between two indices; finer ones are cut off. */
    private static int micros(byte[] text, int from, int to) {
        int kept = Math.min(6, to - from);
        return Digits.number(text, from, from + kept) * TENS[6 - kept];
    }

    /** The day of the epoch of a date of the years 0 to 9999, or UNKNOWN if there is none. */
    static long epochDay(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1) {
            return UNKNOWN;
        }
        if (day > 28) {
            boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            if (day > DAYS[month - 1] + (month == 2 && isLeap ? 1 : 0)) {
                return UNKNOWN;
            }
        }
        // Years from March, so that the leap day is the last, and from the year -400, so that none is negative: 153
        // days
        // in each five months (E. G. Richards, 2013, in the Explanatory Supplement to the Astronomical Almanac, chapter
        // 15).
        int shifted = month > 2 ? year + 400 : year + 399;
        int months = month > 2 ? month - 3 : month + 9;
        int leapDays = shifted / 4 - shifted / 100 + shifted / 400;
        return shifted * 365L + leapDays + (153 * months + 2) / 5 + day - 1 - (719_468 + 146_097);
    }

    /** Microseconds on the clock since the epoch, or UNKNOWN if there is no such date or time. */
    static long local(long epochDay, int hour, int minute, int second, int micros) {
        return epochDay == UNKNOWN || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59
                ? UNKNOWN
                : (epochDay * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second) * MICROS + micros;
    }

    static long iso(String text, boolean hasOffset) {
        byte[] bytes = bytes(text);
        return iso(bytes, 0, bytes.length, hasOffset);
    }

    /**
     * {@code 2026-02-14T09:30:00.125}, seconds and fraction optional, a blank for the T allowed.
     *
     * @param hasOffset whether {@code Z} or an offset such as {@code +02:00} follows; otherwise nothing does
     */
    static long iso(byte[] text, int from, int to, boolean hasOffset) {
        if (to - from < 16) {
            return UNKNOWN;
        }
        long date = Digits.eight(text, from) ^ YEAR_MONTH;
        long time = Digits.eight(text, from + 8) ^ DAY_TIME;
        time = (time & 0xFF0000) == BLANK ? time ^ BLANK : time;
        if ((((date + BEYOND_YEAR_MONTH) | date | (time + BEYOND_DAY_TIME) | time) & HIGH) != 0) {
            return UNKNOWN;
        }
        int at = from + 16;
        int second = 0;
        int micros = 0;
        if (is(text, at, to, ':')) {
            if (to - from < 19) {
                return UNKNOWN;
            }
            second = Digits.number(text, from + 17, from + 19);
            at = from + 19;
            if (is(text, at, to, '.')) {
                int end = afterDigits(text, at + 1, to);
                if (end == at + 1 || end > at + 10) {
                    return UNKNOWN;
                }
                micros = micros(text, at + 1, end);
                at = end;
            }
        }
        long day =
                epochDay(Digits.pair(date, 0) * 100 + Digits.pair(date, 2), Digits.pair(date, 5), Digits.pair(time, 0));
        long local = local(day, Digits.pair(time, 3), Digits.pair(time, 6), second, micros);
        if (local == UNKNOWN || !hasOffset) {
            return at == to ? local : UNKNOWN;
        } else if (at == to - 1 && text[at] == 'Z') {
            return local;
        }
        if (at != to - 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return UNKNOWN;
        }
        int hours = Digits.number(text, at + 1, at + 3);
        int minutes = Digits.number(text, at + 4, at + 6);
        if (hours < 0 || hours > 17 || minutes < 0 || minutes > 59) {
            return UNKNOWN;
        }
        long offset = (hours * 3_600L + minutes * 60L) * MICROS;
        return text[at] == '+' ? local - offset : local + offset;
    }

    /** The instant of a time on the clock: the earlier of two, UNKNOWN if the clock skips it. */
    static long inZone(long local, ZoneRules rules) {
        if (local == UNKNOWN) {
            return UNKNOWN;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(local, MICROS), 0, ZoneOffset.UTC);
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        return offsets.isEmpty() ? UNKNOWN : local - offsets.get(0).getTotalSeconds() * MICROS;
    }

    static long isoDuration(String text) {
        byte[] bytes = bytes(text);
        return isoDuration(bytes, 0, bytes.length);
    }

    /** {@code PT1H2M3.5S}, without signs and days. */
    static long isoDuration(byte[] text, int from, int to) {
        if (to - from < 4 || text[from] != 'P' || text[from + 1] != 'T') {
            return UNKNOWN;
        }
        long micros = 0;
        int at = from + 2;
        int next = 0;
        while (at < to) {
            int end = afterDigits(text, at, to);
            if (end == at || end - at > 9 || end == to) {
                return UNKNOWN;
            }
            int number = Digits.number(text, at, end);
            int unit = "HMS".indexOf(text[end]);
            if (text[end] == '.') {
                int last = afterDigits(text, end + 1, to);
                if (next > 2 || last == end + 1 || last > end + 10 || last != to - 1 || text[last] != 'S') {
                    return UNKNOWN;
                }
                micros += number * MICROS + micros(text, end + 1, last);
                at = to;
            } else if (unit >= next) {
                micros += number * MICROS * (unit == 0 ? 3_600 : unit == 1 ? 60 : 1);
                next = unit + 1;
                at = end + 1;
            } else {
                return UNKNOWN;
            }
        }
        return micros <= FieldType.DURATION.maximum() ? micros : UNKNOWN;
    }

    static long clock(String text) {
        byte[] bytes = bytes(text);
        return clock(bytes, 0, bytes.length);
    }

    /** {@code 0:01:30}. */
    static long clock(byte[] text, int from, int to) {
        int hours = to - 6;
        if (hours < from + 1 || hours > from + 6 || text[hours] != ':' || text[to - 3] != ':') {
            return UNKNOWN;
        }
        int h = Digits.number(text, from, hours);
        int m = Digits.number(text, hours + 1, to - 3);
        int s = Digits.number(text, to - 2, to);
        long micros = (h * 3_600L + m * 60L + s) * MICROS;
        return h < 0 || m < 0 || m > 59 || s < 0 || s > 59 || micros > FieldType.DURATION.maximum() ? UNKNOWN : micros;
    }

    static long duration(String text, long unit) {
        byte[] bytes = bytes(text);
        return duration(bytes, 0, bytes.length, unit);
    }

    /**
     * A number of a unit such as {@code 20} or {@code 20.5}, without a sign; what is finer than a microsecond is cut off.
     *
     * @param unit the unit in microseconds, at most a day
     */
    static long duration(byte[] text, int from, int to, long unit) {
        int point = afterDigits(text, from, to);
        if (point == from || point > from + 7) {
            return UNKNOWN;
        }
        long micros = Digits.number(text, from, point) * unit;
        if (point < to) {
            int decimals = to - point - 1;
            if (text[point] != '.' || decimals < 1 || decimals > 6) {
                return UNKNOWN;
            }
            int fraction = Digits.number(text, point + 1, to);
            if (fraction < 0) {
                return UNKNOWN;
            }
            micros += fraction * unit / TENS[decimals];
        }
        return micros <= FieldType.DURATION.maximum() ? micros : UNKNOWN;
    }
}
