package io.cxmetrics.field;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a field's value is written as text in a file. Every format is explicit: nothing depends on the default locale, time
 * zone or charset. Blanks around a value are ignored for every type but text. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Format
        permits Format.Whole,
                Format.Real,
                Format.DurationIn,
                Format.DurationAs,
                Format.InstantAs,
                Format.DateAs,
                Format.MoneyAmount,
                Format.FlagWords,
                Format.PlainText {

    /**
     * The type of field that this format reads.
     *
     * @return the type
     */
    FieldType type();

    /**
     * Reads one value.
     *
     * @param text the text, not one of the words for missing; stripped unless the type is text
     * @param into the column to set
     * @param row the row to set or to reject
     */
    void parse(String text, Column into, int row);

    /**
     * What this format expects, for messages.
     *
     * @return such as {@code a whole number such as 7}
     */
    String expected();

    /**
     * The format that a type has when nothing else is said: ISO 8601 for times and durations, {@code true} and
     * {@code false} for flags.
     *
     * @param field the field
     * @return the format
     */
    static Format standard(Field field) {
        return switch (field.type()) {
            case WHOLE -> new Whole();
            case NUMBER -> new Real();
            case DURATION -> new DurationAs(DurationAs.Style.ISO);
            case INSTANT -> InstantAs.iso();
            case DATE -> new DateAs("yyyy-MM-dd");
            case MONEY -> new MoneyAmount(Objects.requireNonNull(field.currency()));
            case FLAG -> new FlagWords(Set.of("true"), Set.of("false"));
            case TEXT -> new PlainText();
        };
    }

    /** A whole number in decimal digits, with an optional sign; a fraction of zeros is allowed ({@code 9.0}). */
    record Whole() implements Format {
        /** The grammar, as a regular expression that Java and SQL engines read alike. */
        public static final String GRAMMAR = "[+-]?[0-9]{1,16}([.]0*)?";

        private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

        @Override
        public FieldType type() {
            return FieldType.WHOLE;
        }

        @Override
        public void parse(String text, Column into, int row) {
            if (PATTERN.matcher(text).matches()) {
                int point = text.indexOf('.');
                long value = Long.parseLong(point < 0 ? text : text.substring(0, point));
                if (Math.abs(value) <= FieldType.WHOLE.maximum()) {
                    into.set(row, value);
                    return;
                }
            }
            into.reject(row, text, "expected " + expected());
        }

        @Override
        public String expected() {
            return "a whole number such as 7";
        }
    }

    /** A real number with a decimal point and an optional exponent. */
    record Real() implements Format {
        /** The grammar, as a regular expression that Java and SQL engines read alike. */
        public static final String GRAMMAR = "[+-]?([0-9]{1,308}([.][0-9]*)?|[.][0-9]{1,308})([eE][+-]?[0-9]{1,3})?";

        private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }

        @Override
        public void parse(String text, Column into, int row) {
            double value = PATTERN.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            if (Double.isFinite(value)) {
                into.set(row, FieldType.encodeNumber(value));
            } else {
                into.reject(row, text, "expected " + expected());
            }
        }

        @Override
        public String expected() {
            return "a number such as 12.5";
        }
    }

    /**
     * A duration as a decimal number of one unit; what is finer than a microsecond is cut off.
     *
     * @param unit a unit from microseconds to days
     */
    record DurationIn(ChronoUnit unit) implements Format {
        /** The grammar, as a regular expression that Java and SQL engines read alike. */
        public static final String GRAMMAR = "[+-]?[0-9]{1,16}([.][0-9]{0,9})?";

        private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

        /**
         * Checks the unit.
         *
         * @throws IllegalArgumentException if the unit is finer than a microsecond or coarser than a day
         */
        public DurationIn {
            if (unit.compareTo(ChronoUnit.MICROS) < 0 || unit.compareTo(ChronoUnit.DAYS) > 0) {
                throw new IllegalArgumentException("a duration is written in micros to days, not in " + unit);
            }
        }

        /**
         * The unit in microseconds.
         *
         * @return microseconds per unit
         */
        public long micros() {
            return unit.getDuration().toNanos() / 1_000;
        }

        @Override
        public FieldType type() {
            return FieldType.DURATION;
        }

        @Override
        public void parse(String text, Column into, int row) {
            long micros = TimeText.duration(text, micros());
            if (micros != TimeText.UNKNOWN) {
                into.set(row, micros);
                return;
            }
            parseSlowly(text, into, row);
        }

        void parseSlowly(String text, Column into, int row) {
            if (PATTERN.matcher(text).matches()) {
                BigDecimal value = new BigDecimal(text).multiply(BigDecimal.valueOf(micros()));
                if (value.abs().compareTo(BigDecimal.valueOf(FieldType.DURATION.maximum())) <= 0) {
                    into.set(row, value.longValue());
                    return;
                }
            }
            into.reject(row, text, "expected " + expected());
        }

        @Override
        public String expected() {
            return "a number of " + unit.toString().toLowerCase(Locale.ROOT) + " such as 20";
        }
    }

    /**
     * A duration in a written style.
     *
     * @param style the style
     */
    record DurationAs(Style style) implements Format {
        /** How the duration is written. */
        public enum Style {
            /** ISO 8601, such as {@code PT1M30S}. */
            ISO,
            /** Hours, minutes and seconds, such as {@code 0:01:30}. */
            CLOCK
        }

        private static final Pattern CLOCK = Pattern.compile("([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])");

        @Override
        public FieldType type() {
            return FieldType.DURATION;
        }

        @Override
        public void parse(String text, Column into, int row) {
            long micros = style == Style.ISO ? TimeText.isoDuration(text) : TimeText.clock(text);
            if (micros != TimeText.UNKNOWN) {
                into.set(row, micros);
                return;
            }
            parseSlowly(text, into, row);
        }

        void parseSlowly(String text, Column into, int row) {
            try {
                into.set(row, FieldType.DURATION.encode(style == Style.ISO ? Duration.parse(text) : clock(text)));
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                into.reject(row, text, "expected " + expected());
            }
        }

        private static Duration clock(String text) {
            var parts = CLOCK.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException(text);
            }
            return Duration.ofHours(Long.parseLong(parts.group(1)))
                    .plusMinutes(Long.parseLong(parts.group(2)))
                    .plusSeconds(Long.parseLong(parts.group(3)));
        }

        @Override
        public String expected() {
            return style == Style.ISO
                    ? "an ISO 8601 duration such as PT1M30S"
                    : "hours:minutes:seconds such as 0:01:30";
        }
    }

    /** An instant. */
    final class InstantAs implements Format {
        private static final String ISO = "iso";
        private static final String EPOCH_SECONDS = "epoch-seconds";
        private static final String EPOCH_MILLIS = "epoch-millis";

        private final String pattern;
        private final Optional<ZoneId> zone;
        private final DateTimeFormatter formatter;
        private final boolean isIso;
        private final @Nullable ZoneRules rules;
        private final @Nullable TimePattern fast;

        private InstantAs(String pattern, Optional<ZoneId> zone, DateTimeFormatter formatter) {
            this.pattern = pattern;
            this.zone = zone;
            this.formatter = formatter;
            this.isIso = pattern.equals(ISO);
            this.rules = zone.map(ZoneId::getRules).orElse(null);
            this.fast = rules == null || pattern.equals(ISO) ? null : TimePattern.of(pattern, true);
        }

        /**
         * ISO 8601 with an offset, such as {@code 2026-02-14T09:30:00Z}; a blank may stand for the T.
         *
         * @return the format
         */
        public static InstantAs iso() {
            return new InstantAs(ISO, Optional.empty(), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        }

        /**
         * A local date and time in a zone. A time that the zone skips is rejected; one that it has twice is the earlier.
         *
         * @param pattern {@code iso} or a pattern of {@link DateTimeFormatter}
         * @param zone the zone
         * @return the format
         * @throws IllegalArgumentException if the pattern is not valid, or has an offset or zone of its own
         */
        public static InstantAs local(String pattern, ZoneId zone) {
            if (pattern.replaceAll("'[^']*'", "").matches(".*[XxZOVzv].*")) {
                throw new IllegalArgumentException("the pattern " + pattern
                        + " has an offset or a zone of its own; times that say their offset are read as iso");
            }
            DateTimeFormatter formatter =
                    pattern.equals(ISO) ? DateTimeFormatter.ISO_LOCAL_DATE_TIME : formatter(pattern);
            return new InstantAs(pattern, Optional.of(zone), formatter);
        }

        /**
         * Whole seconds since 1970-01-01T00:00:00Z.
         *
         * @return the format
         */
        public static InstantAs epochSeconds() {
            return new InstantAs(EPOCH_SECONDS, Optional.empty(), DateTimeFormatter.ISO_INSTANT);
        }

        /**
         * Whole milliseconds since 1970-01-01T00:00:00Z.
         *
         * @return the format
         */
        public static InstantAs epochMillis() {
            return new InstantAs(EPOCH_MILLIS, Optional.empty(), DateTimeFormatter.ISO_INSTANT);
        }

        /**
         * The pattern, or one of the words {@code iso}, {@code epoch-seconds}, {@code epoch-millis}.
         *
         * @return the pattern
         */
        public String pattern() {
            return pattern;
        }

        /**
         * The zone of local times.
         *
         * @return the zone; empty where the text itself says its offset
         */
        public Optional<ZoneId> zone() {
            return zone;
        }

        @Override
        public FieldType type() {
            return FieldType.INSTANT;
        }

        @Override
        public void parse(String text, Column into, int row) {
            byte[] bytes = TimeText.bytes(text);
            long micros = fast(bytes, 0, bytes.length);
            if (micros != TimeText.UNKNOWN) {
                into.set(row, micros);
                return;
            }
            parseSlowly(text, into, row);
        }

        /** The instant of a text of the usual form between two indices, or UNKNOWN. */
        long fast(byte[] text, int from, int to) {
            ZoneRules clock = rules;
            TimePattern plain = fast;
            if (clock == null) {
                return isIso ? TimeText.iso(text, from, to, true) : epoch(text, from, to);
            } else if (plain != null) {
                return TimeText.inZone(plain.local(text, from, to), clock);
            }
            return isIso ? TimeText.inZone(TimeText.iso(text, from, to, false), clock) : TimeText.UNKNOWN;
        }

        /** Seconds or milliseconds since 1970 as digits, or UNKNOWN. */
        private long epoch(byte[] text, int from, int to) {
            long number = Digits.whole(text, from, to);
            long unit = pattern.equals(EPOCH_SECONDS) ? 1_000_000 : 1_000;
            return number < 0 || number > Long.MAX_VALUE / unit ? TimeText.UNKNOWN : number * unit;
        }

        void parseSlowly(String text, Column into, int row) {
            try {
                into.set(row, FieldType.INSTANT.encode(instant(text)));
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                into.reject(row, text, "expected " + expected());
            }
        }

        private Instant instant(String text) {
            if (pattern.equals(EPOCH_SECONDS)) {
                return Instant.ofEpochSecond(Long.parseLong(text));
            } else if (pattern.equals(EPOCH_MILLIS)) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
            boolean blank = pattern.equals(ISO) && text.length() > 10 && text.charAt(10) == ' ';
            String iso = blank ? text.substring(0, 10) + 'T' + text.substring(11) : text;
            if (zone.isEmpty()) {
                return OffsetDateTime.parse(iso, formatter).toInstant();
            }
            LocalDateTime local = LocalDateTime.parse(iso, formatter);
            List<ZoneOffset> offsets = zone.get().getRules().getValidOffsets(local);
            if (offsets.isEmpty()) {
                throw new DateTimeException(local + " does not exist in " + zone.get());
            }
            return local.toInstant(offsets.get(0));
        }

        @Override
        public String expected() {
            return switch (pattern) {
                case EPOCH_SECONDS -> "seconds since 1970 such as 1767225600";
                case EPOCH_MILLIS -> "milliseconds since 1970 such as 1767225600000";
                case ISO ->
                    zone.map(z -> "a local time that exists in " + z + ", such as 2026-02-14T09:30:00")
                            .orElse("a time with its offset such as 2026-02-14T09:30:00Z");
                default ->
                    "a time like " + pattern
                            + zone.map(z -> " that exists in " + z).orElse("");
            };
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof InstantAs that && pattern.equals(that.pattern) && zone.equals(that.zone);
        }

        @Override
        public int hashCode() {
            return pattern.hashCode() * 31 + zone.hashCode();
        }

        @Override
        public String toString() {
            return "InstantAs[" + pattern + zone.map(z -> ", " + z).orElse("") + "]";
        }
    }

    /** A calendar date. */
    final class DateAs implements Format {
        private final String pattern;
        private final DateTimeFormatter formatter;
        private final @Nullable TimePattern fast;

        /**
         * A date format.
         *
         * @param pattern a pattern of {@link DateTimeFormatter}, such as {@code yyyy-MM-dd} or {@code d.M.yyyy}
         * @throws IllegalArgumentException if the pattern is not valid
         */
        public DateAs(String pattern) {
            this.pattern = pattern;
            this.formatter = formatter(pattern);
            this.fast = TimePattern.of(pattern, false);
        }

        /**
         * The pattern.
         *
         * @return the pattern
         */
        public String pattern() {
            return pattern;
        }

        @Override
        public FieldType type() {
            return FieldType.DATE;
        }

        @Override
        public void parse(String text, Column into, int row) {
            byte[] bytes = TimeText.bytes(text);
            long day = fast(bytes, 0, bytes.length);
            if (day != TimeText.UNKNOWN) {
                into.set(row, day);
                return;
            }
            parseSlowly(text, into, row);
        }

        /** The day of a text of the usual form between two indices, or UNKNOWN. */
        long fast(byte[] text, int from, int to) {
            TimePattern plain = fast;
            return plain == null ? TimeText.UNKNOWN : plain.date(text, from, to);
        }

        void parseSlowly(String text, Column into, int row) {
            try {
                into.set(row, FieldType.DATE.encode(LocalDate.parse(text, formatter)));
            } catch (IllegalArgumentException | DateTimeException e) {
                into.reject(row, text, "expected " + expected());
            }
        }

        @Override
        public String expected() {
            return "a date like " + pattern;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof DateAs that && pattern.equals(that.pattern);
        }

        @Override
        public int hashCode() {
            return pattern.hashCode();
        }

        @Override
        public String toString() {
            return "DateAs[" + pattern + "]";
        }
    }

    /**
     * An amount in a currency's major unit, such as {@code 12.60}.
     *
     * @param currency the currency
     */
    record MoneyAmount(Currency currency) implements Format {
        /** The grammar, as a regular expression that Java and SQL engines read alike. */
        public static final String GRAMMAR = "[+-]?[0-9]{1,15}([.][0-9]{0,9})?";

        private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

        @Override
        public FieldType type() {
            return FieldType.MONEY;
        }

        @Override
        public void parse(String text, Column into, int row) {
            try {
                if (PATTERN.matcher(text).matches()) {
                    into.set(row, FieldType.MONEY.encode(new Money(new BigDecimal(text), currency)));
                    return;
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                // Too fine or too large: rejected below like any other text that is not an amount.
            }
            into.reject(row, text, "expected " + expected());
        }

        @Override
        public String expected() {
            return "an amount in " + currency + " such as 12.60";
        }
    }

    /**
     * Words for true and false, compared without regard to case; any other word is rejected.
     *
     * @param whenTrue the words for true, at least one
     * @param whenFalse the words for false
     */
    record FlagWords(Set<String> whenTrue, Set<String> whenFalse) implements Format {
        /**
         * Copies the words in lower case.
         *
         * @throws IllegalArgumentException if there is no word for true, or a word stands for both
         */
        public FlagWords {
            whenTrue = lower(whenTrue);
            whenFalse = lower(whenFalse);
            if (whenTrue.isEmpty() || whenTrue.stream().anyMatch(whenFalse::contains)) {
                throw new IllegalArgumentException(
                        "a flag needs a word for true, and no word for both; found " + whenTrue + " and " + whenFalse);
            }
        }

        private static Set<String> lower(Set<String> words) {
            Set<String> lower = new TreeSet<>();
            words.forEach(word -> lower.add(word.toLowerCase(Locale.ROOT)));
            return Collections.unmodifiableSet(lower);
        }

        @Override
        public FieldType type() {
            return FieldType.FLAG;
        }

        @Override
        public void parse(String text, Column into, int row) {
            String word = text.toLowerCase(Locale.ROOT);
            if (whenTrue.contains(word) || whenFalse.contains(word)) {
                into.setFlag(row, whenTrue.contains(word));
            } else {
                into.reject(row, text, "expected " + expected());
            }
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", whenTrue) + " (true)"
                    + (whenFalse.isEmpty() ? "" : ", " + String.join(", ", whenFalse) + " (false)");
        }
    }

    /** Text as it stands, blanks included. */
    record PlainText() implements Format {
        @Override
        public FieldType type() {
            return FieldType.TEXT;
        }

        @Override
        public void parse(String text, Column into, int row) {
            into.setText(row, text);
        }

        @Override
        public String expected() {
            return "text";
        }
    }

    /** A strict formatter without a locale; {@code y} means the proleptic year, as users expect. */
    private static DateTimeFormatter formatter(String pattern) {
        StringBuilder strict = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            strict.append(c == 'y' && !quoted ? 'u' : c);
        }
        return DateTimeFormatter.ofPattern(strict.toString(), Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }
}
