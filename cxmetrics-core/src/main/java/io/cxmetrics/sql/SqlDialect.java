package io.cxmetrics.sql;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The engine for which a {@link ScorecardQuery} is written. All engines return the same sufficient statistics; they differ
 * in how names are quoted and in the names of a few functions. Immutable and thread-safe.
 *
 * @since 0.1
 */
public enum SqlDialect {
    /** DuckDB, 1.1 or newer, with the extension {@code icu} for time zones (it is part of the usual builds). */
    DUCKDB {
        @Override
        String identifier(String name) {
            return '"' + checked(name).replace("\"", "\"\"") + '"';
        }

        @Override
        String literal(String text) {
            return '\'' + checked(text).replace("'", "''") + '\'';
        }

        @Override
        String text() {
            return "VARCHAR";
        }

        @Override
        String huge() {
            return "HUGEINT";
        }

        @Override
        String trimmed(String of) {
            return "trim(" + of + ", E' \\t\\n\\r')";
        }

        @Override
        String matches(String text, String grammar) {
            return "regexp_full_match(" + text + ", " + literal(grammar) + ")";
        }

        @Override
        String isFinite(String number) {
            return "isfinite(" + number + ")";
        }

        @Override
        String kept(String value, UnaryOperator<String> test) {
            return "CASE WHEN " + test.apply(value) + " THEN " + value + " END";
        }

        @Override
        String truncated(String decimal) {
            return "trunc(" + decimal + ")";
        }

        @Override
        String wholePart(String dividend, String divisor) {
            return "(" + dividend + " // " + divisor + ")";
        }

        @Override
        String occurrences(String text) {
            return "histogram(" + text + ")";
        }

        @Override
        String occurrencesOfWhole(String value, String filter) {
            // As one text such as {7=2, 9=1}: a map crosses JDBC entry by entry, which takes longer than to count.
            return "CAST(histogram(CAST(" + value + " AS BIGINT))" + filter + " AS VARCHAR)";
        }

        @Override
        boolean countsAllValuesAtOnce() {
            return true;
        }

        @Override
        boolean looksZonesUpSlowly() {
            return true;
        }

        @Override
        String hash(String text) {
            return "sha256(" + text + ")";
        }

        @Override
        String epochDay(String date) {
            return "(" + date + " - DATE '1970-01-01')";
        }

        @Override
        String date(String epochDay) {
            return "(DATE '1970-01-01' + CAST(" + epochDay + " AS INTEGER))";
        }

        @Override
        String firstDay(String unit, String date) {
            return "CAST(date_trunc('" + unit + "', " + date + ") AS DATE)";
        }

        @Override
        String localMicros(String epochMicros, String zone) {
            return "epoch_us(timezone(" + literal(zone) + ", make_timestamptz(CAST(" + epochMicros + " AS BIGINT))))";
        }

        @Override
        String place() {
            return "row_number() OVER ()";
        }

        @Override
        String words(String index, String... words) {
            return "list_extract([" + literals(words) + "], CAST(" + index + " AS INTEGER))";
        }
    },

    /** Spark SQL, 3.5 or newer, in ANSI mode or not. */
    SPARK {
        @Override
        String identifier(String name) {
            return '`' + checked(name).replace("`", "``") + '`';
        }

        @Override
        String literal(String text) {
            return '\'' + checked(text).replace("\\", "\\\\").replace("'", "\\'") + '\'';
        }

        @Override
        String text() {
            return "STRING";
        }

        @Override
        String huge() {
            return "DECIMAL(38, 0)";
        }

        @Override
        String trimmed(String of) {
            return "trim(BOTH ' \\t\\n\\r' FROM " + of + ")";
        }

        @Override
        String matches(String text, String grammar) {
            // \z and not $, which also matches before a line end.
            return "(" + text + " RLIKE " + literal("\\A(?:" + grammar + ")\\z") + ")";
        }

        @Override
        String isFinite(String number) {
            // Not a number is greater than every number in Spark.
            return "(abs(" + number + ") <= 1.7976931348623157E308D)";
        }

        @Override
        String kept(String value, UnaryOperator<String> test) {
            // The value is written once: of a sum of sums written twice, Spark's parser would not see the end.
            return "get(filter(array(" + value + "), v -> " + test.apply("v") + "), 0)";
        }

        @Override
        String truncated(String decimal) {
            return "(" + decimal + " - " + decimal + " % 1)";
        }

        @Override
        String wholePart(String dividend, String divisor) {
            return "(" + dividend + " div " + divisor + ")";
        }

        @Override
        String occurrences(String text) {
            return "collect_list(" + text + ")";
        }

        @Override
        String occurrencesOfWhole(String value, String filter) {
            return occurrences("CAST(" + value + " AS STRING)") + filter;
        }

        @Override
        boolean countsAllValuesAtOnce() {
            return false;
        }

        @Override
        boolean looksZonesUpSlowly() {
            return false;
        }

        @Override
        String hash(String text) {
            return "sha2(" + text + ", 256)";
        }

        @Override
        String epochDay(String date) {
            return "unix_date(" + date + ")";
        }

        @Override
        String date(String epochDay) {
            return "date_from_unix_date(CAST(" + epochDay + " AS INT))";
        }

        @Override
        String firstDay(String unit, String date) {
            return "trunc(" + date + ", '" + unit.toUpperCase(Locale.ROOT) + "')";
        }

        @Override
        String localMicros(String epochMicros, String zone) {
            return "unix_micros(from_utc_timestamp(timestamp_micros(CAST(" + epochMicros + " AS BIGINT)), "
                    + literal(zone) + "))";
        }

        @Override
        String place() {
            return "monotonically_increasing_id()";
        }

        @Override
        String words(String index, String... words) {
            return "element_at(array(" + literals(words) + "), CAST(" + index + " AS INT))";
        }
    };

    /** A name in quotes. */
    abstract String identifier(String name);

    /** A text in quotes. */
    abstract String literal(String text);

    /** The type of texts. */
    abstract String text();

    /** The type of the largest whole numbers. */
    abstract String huge();

    /** A text without blanks, tabs and line ends around it. */
    abstract String trimmed(String of);

    /** Whether a text as a whole is of a regular expression. */
    abstract String matches(String text, String grammar);

    /** Whether a double is finite. */
    abstract String isFinite(String number);

    /** A value that may be long, NULL if a test of it does not hold. */
    abstract String kept(String value, UnaryOperator<String> test);

    /** A decimal number cut to a whole one, towards zero. */
    abstract String truncated(String decimal);

    /** A whole number divided by another and cut towards zero. */
    abstract String wholePart(String dividend, String divisor);

    /** How often each text occurs, as an aggregate: a map, or a list of all texts. */
    abstract String occurrences(String text);

    /** How often each whole number occurs in the rows of a filter, as {@link #occurrences} gives it or as the text of a map. */
    abstract String occurrencesOfWhole(String value, String filter);

    /** Whether counting all values of a rating at once is faster than counting each of them. */
    abstract boolean countsAllValuesAtOnce();

    /** Whether what the clock of a zone shows takes much longer than joining a row with it. */
    abstract boolean looksZonesUpSlowly();

    /** SHA-256 in lower-case hexadecimal digits. */
    abstract String hash(String text);

    /** The number of a date, from 0 for 1970-01-01. */
    abstract String epochDay(String date);

    /** The inverse of {@link #epochDay}. */
    abstract String date(String epochDay);

    /** The first day of the week, month, quarter or year in which a date lies. */
    abstract String firstDay(String unit, String date);

    /** Microseconds that the clock of a zone shows since it showed 1970-01-01T00:00. */
    abstract String localMicros(String epochMicros, String zone);

    /** A number that grows with the place of a row in its source. */
    abstract String place();

    /** The word of an index from 1. */
    abstract String words(String index, String... words);

    /** The texts in quotes, with commas between. */
    String literals(String... texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            all.append(all.isEmpty() ? "" : ", ").append(literal(text));
        }
        return all.toString();
    }

    /** The remainder of a whole number that is never negative. */
    static String modulo(String dividend, long divisor) {
        return "((" + dividend + " % " + divisor + " + " + divisor + ") % " + divisor + ")";
    }

    /** A whole number divided by another and cut towards the smaller number. */
    String floorDivided(String dividend, long divisor) {
        return wholePart("(" + dividend + " - " + modulo(dividend, divisor) + ")", Long.toString(divisor));
    }

    /** Refuses what no engine can hold in its text. */
    private static String checked(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !isPair)) {
                throw new IllegalArgumentException("the text \"" + text.replace("\0", "\\0")
                        + "\" cannot stand in SQL: character " + (i + 1) + " is "
                        + (c == 0 ? "NUL" : "half of a surrogate pair") + "; take it out of the name or value");
            }
            if (isPair) {
                i++;
            }
        }
        return text;
    }
}
