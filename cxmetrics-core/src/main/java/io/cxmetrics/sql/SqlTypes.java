package io.cxmetrics.sql;

import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Money;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns of DuckDB whose type is known: their values are taken as they are where this means what their text would mean. All
 * else goes by way of its text.
 */
final class SqlTypes {
    /** Types of whole numbers that are so small that most fields hold all of them, with the largest. */
    private static final Map<String, Long> SMALL = Map.of(
            "TINYINT", 1L << 7,
            "UTINYINT", 1L << 8,
            "SMALLINT", 1L << 15,
            "USMALLINT", 1L << 16,
            "INTEGER", 1L << 31,
            "UINTEGER", 1L << 32);

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(([0-9]+),\\s*([0-9]+)\\)");
    private static final int MOST_MONEY_DIGITS = 15;

    private final Map<String, String> types = new HashMap<>();

    SqlTypes(Map<String, String> types) {
        types.forEach((column, type) -> this.types.put(column, type.toUpperCase(Locale.ROOT)));
    }

    private String type(ColumnMapping.Source source) {
        return source.columns().size() == 1
                ? types.getOrDefault(source.columns().get(0), "")
                : "";
    }

    /** Whether a field's column is taken as it is. */
    boolean isTyped(ColumnMapping.Source source) {
        String type = type(source);
        Format format = source.format();
        if (format instanceof Format.PlainText || source.missing().stream().anyMatch(SqlTypes::isValue)) {
            return false;
        } else if (format instanceof Format.FlagWords words) {
            return type.equals("BOOLEAN")
                    && words.whenTrue().contains("true")
                    && words.whenFalse().contains("false");
        } else if (format instanceof Format.Real) {
            return SMALL.containsKey(type) || type.equals("DOUBLE");
        } else if (format instanceof Format.InstantAs instant && instant.zone().isPresent()) {
            return instant.pattern().equals("iso") && type.equals("TIMESTAMP");
        } else if (format instanceof Format.InstantAs instant) {
            return instant.pattern().equals("iso") ? type.equals("TIMESTAMP WITH TIME ZONE") : isWhole(type);
        } else if (format instanceof Format.DateAs date) {
            return date.pattern().equals("yyyy-MM-dd") && type.equals("DATE");
        } else if (format instanceof Format.MoneyAmount money) {
            return isWhole(type) || scale(type, Money.digits(money.currency())).isPresent();
        }
        return (format instanceof Format.Whole || format instanceof Format.DurationIn) && isWhole(type);
    }

    /** Whether a word for "no value" may be the text of one: a number, a time or a flag. */
    private static boolean isValue(String word) {
        return word.equalsIgnoreCase("true")
                || word.equalsIgnoreCase("false")
                || word.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isWhole(String type) {
        return SMALL.containsKey(type) || type.equals("BIGINT");
    }

    /** The digits behind the point of a decimal type that an amount of money can hold. */
    private static OptionalInt scale(String type, int digits) {
        Matcher decimal = DECIMAL.matcher(type);
        if (!decimal.matches()) {
            return OptionalInt.empty();
        }
        int precision = Integer.parseInt(decimal.group(1));
        int scale = Integer.parseInt(decimal.group(2));
        return scale <= digits && precision - scale <= MOST_MONEY_DIGITS && precision <= 18
                ? OptionalInt.of(scale)
                : OptionalInt.empty();
    }

    /** The whole number that an integer of the type is multiplied with to become the field's value. */
    private static long factor(ColumnMapping.Source source) {
        Format format = source.format();
        if (format instanceof Format.DurationIn duration) {
            return duration.micros();
        } else if (format instanceof Format.InstantAs instant) {
            return instant.pattern().equals("epoch-seconds") ? 1_000_000 : 1_000;
        } else if (format instanceof Format.MoneyAmount money) {
            return Math.round(Math.pow(10, Money.digits(money.currency())));
        }
        return 1;
    }

    /** The largest number of the column that the field can hold. */
    private static long most(ColumnMapping.Source source) {
        // As many digits as the formats read.
        long digits = source.format() instanceof Format.MoneyAmount ? 999_999_999_999_999L : 9_999_999_999_999_999L;
        return Math.min(digits, source.field().type().maximum() / factor(source));
    }

    /** Whether a value that is not NULL may be one that the field cannot hold. */
    boolean canReject(ColumnMapping.Source source) {
        String type = type(source);
        Format format = source.format();
        boolean isTime = format instanceof Format.InstantAs || format instanceof Format.DateAs;
        return !type.equals("BOOLEAN")
                && (isTime || !SMALL.containsKey(type) || (!isReal(source) && most(source) < SMALL.get(type)));
    }

    private static boolean isReal(ColumnMapping.Source source) {
        return source.field().type() == FieldType.NUMBER;
    }

    /** The microseconds of a time. */
    static String micros(String column) {
        return "CASE WHEN isfinite(" + column + ") THEN epoch_us(" + column + ") END";
    }

    /** The value of a field from its column, NULL where it cannot hold it. */
    String value(ColumnMapping.Source source, String column) {
        Format format = source.format();
        String type = type(source);
        if (format instanceof Format.FlagWords) {
            return column;
        } else if (isReal(source)) {
            String value = "CAST(" + column + " AS DOUBLE)";
            return type.equals("DOUBLE") ? "CASE WHEN isfinite(" + column + ") THEN " + value + " END" : value;
        } else if (format instanceof Format.DateAs) {
            return "CASE WHEN " + column + " BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN " + column
                    + " - DATE '1970-01-01' END";
        } else if (format instanceof Format.InstantAs instant
                && instant.pattern().equals("iso")) {
            return "CASE WHEN " + column + " BETWEEN TIMESTAMPTZ '0001-01-02 00:00:00+00' AND TIMESTAMPTZ"
                    + " '9999-12-30 00:00:00+00' THEN epoch_us(" + column + ") END";
        } else if (format instanceof Format.InstantAs) {
            String value = "CAST(" + column + " AS BIGINT) * " + factor(source);
            String digits = instantDigits(source);
            return "CASE WHEN " + column + " BETWEEN -" + digits + " AND " + digits + " AND " + value + SqlTimes.YEARS
                    + " THEN " + value + " END";
        }
        String value = type.startsWith("DECIMAL")
                ? "CAST(" + column + " * " + factor(source) + " AS BIGINT)"
                : "CAST(" + column + " AS BIGINT)" + (factor(source) == 1 ? "" : " * " + factor(source));
        return canReject(source)
                ? "CASE WHEN " + column + " BETWEEN -" + most(source) + " AND " + most(source) + " THEN " + value
                        + " END"
                : value;
    }

    private static String instantDigits(ColumnMapping.Source source) {
        return factor(source) == 1_000_000 ? "999999999999" : "999999999999999";
    }
}
