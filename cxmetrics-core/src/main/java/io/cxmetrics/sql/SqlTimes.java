package io.cxmetrics.sql;

import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Format;
import io.cxmetrics.time.Grain;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Times and dates as SQL: texts become microseconds or days of the epoch by arithmetic that every engine has, so that the
 * time zone, the calendar and the settings of the session play no part. Only the offsets of named zones are the engine's.
 *
 * <p>Years are 1 to 9999: what lies outside is rejected.
 */
final class SqlTimes {
    private static final long DAY = 86_400_000_000L;
    static final String YEARS = " BETWEEN "
            + FieldType.INSTANT.encode(Instant.parse("0001-01-02T00:00:00Z")) + " AND "
            + FieldType.INSTANT.encode(Instant.parse("9999-12-30T00:00:00Z"));
    private static final String ISO_LOCAL =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{0,9})?)?";
    /** What {@code OffsetDateTime} reads behind the time. */
    private static final String OFFSET = "([Zz]|[+-][0-9]{2}(:[0-9]{2}(:[0-9]{2})?)?)";

    private static final String ISO_DURATION =
            "([+-]?)[Pp](?:([+-]?[0-9]{1,12})[Dd])?(?:[Tt](?:([+-]?[0-9]{1,12})[Hh])?(?:([+-]?[0-9]{1,12})[Mm])?"
                    + "(?:(([+-]?)[0-9]{1,12})(?:[.,]([0-9]{0,9}))?[Ss])?)?";
    private static final String CLOCK = "([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])";

    private final SqlDialect dialect;

    SqlTimes(SqlDialect dialect) {
        this.dialect = dialect;
    }

    private String whole(String text) {
        return "TRY_CAST(" + text + " AS BIGINT)";
    }

    private String group(String text, String pattern, int group) {
        return "regexp_extract(" + text + ", " + dialect.literal("^" + pattern + "$") + ", " + group + ")";
    }

    private static String part(String text, int from, int length) {
        return "substr(" + text + ", " + from + ", " + length + ")";
    }

    private static String when(String condition, String value) {
        return "CASE WHEN " + condition + " THEN " + value + " END";
    }

    /**
     * What the clock in a text shows, in microseconds since it showed 1970-01-01T00:00, for instants that are local times
     * of a zone; NULL where the text is not of the pattern.
     */
    String clock(String text, Format.InstantAs format) {
        return format.pattern().equals("iso") ? isoLocal(text, ISO_LOCAL) : patterned(text, format.pattern(), true);
    }

    /** The microseconds of the epoch of an instant, from its text, or from its {@link #clock} in a zone. */
    String instant(String text, String clock, Format.InstantAs format) {
        if (format.zone().isPresent()) {
            return inZone(clock, format.zone().get());
        }
        String micros = switch (format.pattern()) {
            case "epoch-seconds" -> when(dialect.matches(text, "[+-]?[0-9]{1,12}"), whole(text) + " * 1000000");
            case "epoch-millis" -> when(dialect.matches(text, "[+-]?[0-9]{1,15}"), whole(text) + " * 1000");
            default -> isoWithOffset(text);
        };
        return when("(" + micros + ")" + YEARS, micros);
    }

    /** The microseconds of the epoch at which a zone's clock shows a time, given in microseconds since it showed 1970. */
    String instant(String clock, Format.InstantAs format) {
        return inZone(clock, format.zone().orElseThrow());
    }

    private String isoLocal(String text, String grammar) {
        String seconds = "CASE WHEN " + part(text, 17, 1) + " = ':' THEN " + whole(part(text, 18, 2)) + " ELSE 0 END";
        String micros = whole("rpad(substr(regexp_extract(" + text + ", '[.]([0-9]*)', 1), 1, 6), 6, '0')");
        String local = local(
                part(text, 1, 10), whole(part(text, 12, 2)), whole(part(text, 15, 2)), "(" + seconds + ")", micros);
        return when(dialect.matches(text, grammar), local);
    }

    private String isoWithOffset(String text) {
        String offset = "regexp_extract(" + text + ", " + dialect.literal(OFFSET + "$") + ", 1)";
        String digits = "rpad(replace(substr(" + offset + ", 2), ':', ''), 6, '0')";
        String size = "(" + whole(part(digits, 1, 2)) + " * 3600 + " + whole(part(digits, 3, 2)) + " * 60 + "
                + whole(part(digits, 5, 2)) + ")";
        String isRight = "(upper(" + offset + ") = 'Z' OR (" + size + " <= 64800 AND " + whole(part(digits, 3, 2))
                + " <= 59 AND " + whole(part(digits, 5, 2)) + " <= 59))";
        String seconds = "(CASE WHEN upper(" + offset + ") = 'Z' THEN 0 WHEN " + part(offset, 1, 1) + " = '-' THEN -"
                + size + " ELSE " + size + " END)";
        return when(isRight, isoLocal(text, ISO_LOCAL + OFFSET) + " - " + seconds + " * 1000000");
    }

    /** Microseconds of a date as text and of whole parts of a time of day. */
    private String local(String date, String hour, String minute, String second, String micros) {
        String day = dialect.epochDay("TRY_CAST(" + date + " AS DATE)");
        return when(
                hour + " <= 23 AND " + minute + " <= 59 AND " + second + " <= 59",
                "CAST(" + day + " AS BIGINT) * " + DAY + " + (" + hour + " * 3600 + " + minute + " * 60 + " + second
                        + ") * 1000000 + " + micros);
    }

    /** The days of the epoch of a date. */
    String date(String text, Format.DateAs format) {
        return patterned(text, format.pattern(), false);
    }

    /** A number of a pattern: its letter, and how its text is taken out. */
    private record Part(char letter, String text) {}

    private String patterned(String text, String pattern, boolean isTime) {
        List<String> grammar = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        StringBuilder letters = new StringBuilder();
        boolean isFixed = true;
        for (int i = 0; i < pattern.length(); ) {
            char c = pattern.charAt(i);
            int end = i + 1;
            if (c == '\'') {
                end = pattern.indexOf('\'', i + 1);
                if (end <= i + 1 || pattern.startsWith("'", end + 1)) {
                    throw unreadable(pattern);
                }
                for (int q = i + 1; q < end; q++) {
                    sign(pattern.charAt(q), pattern, grammar, widths, letters);
                }
                end++;
            } else if (Character.isLetter(c)) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                int width = end - i;
                char letter = c == 'u' ? 'y' : c;
                boolean isKnown = letter == 'y'
                        ? width == 4
                        : letter == 'S'
                                ? isTime && width <= 9
                                : (isTime ? "MdHms" : "Md").indexOf(letter) >= 0 && width <= 2;
                boolean isVariable = width == 1 && letter != 'S';
                boolean isApart = letters.isEmpty() || letters.charAt(letters.length() - 1) == ' ';
                if (!isKnown
                        || letters.indexOf(String.valueOf(letter)) >= 0
                        || (isVariable && !isApart)
                        || (isVariable && end < pattern.length() && Character.isLetter(pattern.charAt(end)))) {
                    throw unreadable(pattern);
                }
                isFixed &= !isVariable;
                letters.append(letter);
                widths.add(width);
                grammar.add(isVariable ? "([0-9]{1,18})" : "([0-9]{" + width + "})");
            } else {
                sign(c, pattern, grammar, widths, letters);
            }
            i = end;
        }
        String all = letters.toString();
        boolean isWhole = has(all, "yMd") && (!isTime || (has(all, "Hm") && (!has(all, "S") || has(all, "s"))));
        if (!isWhole) {
            throw unreadable(pattern);
        }
        String whole = String.join("", grammar);
        List<Part> parts = new ArrayList<>();
        int at = 1;
        int group = 0;
        for (int p = 0; p < all.length(); p++) {
            if (all.charAt(p) != ' ') {
                group++;
                parts.add(new Part(all.charAt(p), isFixed ? part(text, at, widths.get(p)) : group(text, whole, group)));
            }
            at += widths.get(p);
        }
        String date = number(parts, 'y') + " || '-' || " + padded(parts, 'M') + " || '-' || " + padded(parts, 'd');
        if (!isTime) {
            String day = dialect.epochDay("TRY_CAST(" + date + " AS DATE)");
            return when(dialect.matches(text, whole) + " AND " + number(parts, 'y') + " <> '0000'", day);
        }
        String second = has(all, "s") ? whole(number(parts, 's')) : "0";
        String micros = has(all, "S") ? whole("rpad(substr(" + number(parts, 'S') + ", 1, 6), 6, '0')") : "0";
        return when(
                dialect.matches(text, whole) + " AND " + number(parts, 'y') + " <> '0000'",
                local(date, whole(number(parts, 'H')), whole(number(parts, 'm')), second, micros));
    }

    private static boolean has(String letters, String needed) {
        return needed.chars().allMatch(c -> letters.indexOf(c) >= 0);
    }

    private static void sign(
            char c, String pattern, List<String> grammar, List<Integer> widths, StringBuilder letters) {
        if ("[]{}#".indexOf(c) >= 0 && !pattern.contains("'")) {
            throw unreadable(pattern);
        }
        boolean isPlain = Character.isLetterOrDigit(c) || c == ' ';
        grammar.add(isPlain ? String.valueOf(c) : c == '^' || c == '\\' || c == ']' ? "\\" + c : "[" + c + "]");
        widths.add(1);
        letters.append(' ');
    }

    private static String number(List<Part> parts, char letter) {
        return parts.stream()
                .filter(p -> p.letter() == letter)
                .findFirst()
                .orElseThrow()
                .text();
    }

    /** Without the zeros that may stand before a number of one letter. */
    private String padded(List<Part> parts, char letter) {
        String text = number(parts, letter);
        return text.startsWith("substr") ? text : "CAST(" + whole(text) + " AS " + dialect.text() + ")";
    }

    private static IllegalArgumentException unreadable(String pattern) {
        return new IllegalArgumentException(
                "the pattern " + pattern
                        + " has parts that SQL cannot read; it reads yyyy, M, d, H, m, s and S (all digits) with signs between");
    }

    /** The instant at which the clock of a zone shows a time: the earlier of two, NULL if there is none. */
    private String inZone(String clock, ZoneId zone) {
        if (zone.getRules().isFixedOffset()) {
            long offset = zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds() * 1_000_000L;
            String instant = "(" + clock + " - " + offset + ")";
            return when(instant + YEARS, instant);
        }
        // By the offset of the day before; if the clock does not show the time then, by that of the day after.
        String before = "(" + clock + " - " + offset("(" + clock + " - " + DAY + ")", zone) + ")";
        String after = "(" + clock + " - " + offset("(" + clock + " + " + DAY + ")", zone) + ")";
        return "CASE WHEN (" + clock + ")" + YEARS + " THEN CASE WHEN "
                + dialect.localMicros(before, zone.getId()) + " = " + clock + " THEN " + before + " WHEN "
                + dialect.localMicros(after, zone.getId()) + " = " + clock + " THEN " + after + " END END";
    }

    private String offset(String micros, ZoneId zone) {
        return "(" + dialect.localMicros(micros, zone.getId()) + " - " + micros + ")";
    }

    /** What the clock of a zone shows at an instant. */
    private String clockAt(String instant, ZoneId zone) {
        return zone.getRules().isFixedOffset()
                ? "(" + instant + " + "
                        + zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds() * 1_000_000L + ")"
                : dialect.localMicros(instant, zone.getId());
    }

    /** The first day of a period, as a date; from an instant. */
    String periodOfInstant(String instant, Grain grain, ZoneId zone) {
        return period(dialect.floorDivided(clockAt(instant, zone), DAY), grain);
    }

    /** The first day of a period, as a date; from a day of the epoch. */
    String period(String epochDay, Grain grain) {
        String date = dialect.date(epochDay);
        if (grain == Grain.DAY) {
            return date;
        } else if (grain == Grain.WEEK || grain == Grain.MONTH) {
            return dialect.firstDay(grain.word(), date);
        }
        // A year from April is the calendar year of the date three months before.
        int shift = grain.firstMonth().getValue() - 1;
        String unit = grain.word().contains("quarter") ? "quarter" : "year";
        return shift == 0
                ? dialect.firstDay(unit, date)
                : "CAST(" + dialect.firstDay(unit, "CAST(" + date + " - INTERVAL '" + shift + "' MONTH AS DATE)")
                        + " + INTERVAL '" + shift + "' MONTH AS DATE)";
    }

    /** The hour of the week on the clock of a zone, such as {@code 2 Tue 09}. */
    String hourOfWeek(String instant, ZoneId zone) {
        String clock = clockAt(instant, zone);
        // 1970-01-01 was a Thursday.
        String day = "(" + SqlDialect.modulo("(" + dialect.floorDivided(clock, DAY) + " + 3)", 7) + " + 1)";
        String hour = dialect.floorDivided(SqlDialect.modulo(clock, DAY), 3_600_000_000L);
        return "CAST(" + day + " AS " + dialect.text() + ") || ' ' || "
                + dialect.words(day, "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun") + " || ' ' || lpad(CAST(" + hour
                + " AS " + dialect.text() + "), 2, '0')";
    }

    /** The microseconds of a written duration; NULL where the text is not of the style. */
    String duration(String text, Format.DurationAs format) {
        String maximum = " BETWEEN " + -FieldType.DURATION.maximum() + " AND " + FieldType.DURATION.maximum();
        if (format.style() == Format.DurationAs.Style.CLOCK) {
            String micros = "(" + whole(group(text, CLOCK, 1)) + " * 3600 + " + whole(group(text, CLOCK, 2))
                    + " * 60 + " + whole(group(text, CLOCK, 3)) + ") * 1000000";
            return when(dialect.matches(text, CLOCK) + " AND " + micros + maximum, micros);
        }
        String nanos = "(" + sign(text, 1) + " * ((" + amount(text, 2) + " * 86400 + " + amount(text, 3) + " * 3600 + "
                + amount(text, 4) + " * 60 + " + amount(text, 5) + ") * 1000000000 + " + sign(text, 6)
                + " * CAST(rpad(" + group(text, ISO_DURATION, 7) + ", 9, '0') AS BIGINT)))";
        String micros = dialect.floorDivided(nanos, 1_000);
        return when(
                dialect.matches(text, ISO_DURATION) + " AND upper(right(" + text + ", 1)) NOT IN ('P', 'T') AND "
                        + micros + maximum,
                "CAST(" + micros + " AS BIGINT)");
    }

    private String sign(String text, int group) {
        return "(CASE WHEN " + group(text, ISO_DURATION, group) + " = '-' THEN -1 ELSE 1 END)";
    }

    private String amount(String text, int group) {
        return "coalesce(TRY_CAST(nullif(" + group(text, ISO_DURATION, group) + ", '') AS " + dialect.huge() + "), 0)";
    }
}
