package io.cxmetrics.sql;

import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Money;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Expressions and formats as SQL. Missing and rejected values are both NULL in a value's text, whose three-valued
 * logic is SQL's own; whether a NULL comes from a rejected value is a second text.
 */
final class SqlExpressions {
    private final ColumnMapping mapping;
    private final SqlDialect dialect;
    private final SqlTimes times;
    /** The fields that a linker adds, by name. */
    private final Map<String, Field> linked;
    /** How columns of known SQL types supply fields without becoming text. */
    private final SqlTypes types;
    /** The names of columns, by what they hold. */
    private final Map<String, String> names = new HashMap<>();

    private final Set<String> taken = new HashSet<>();

    SqlExpressions(
            ColumnMapping mapping, SqlDialect dialect, Map<String, Field> linked, Map<String, String> columnTypes) {
        this.mapping = mapping;
        this.dialect = dialect;
        this.times = new SqlTimes(dialect);
        this.linked = linked;
        this.types = new SqlTypes(columnTypes);
    }

    SqlTimes times() {
        return times;
    }

    private String literal(String text) {
        return dialect.literal(text);
    }

    /** A column of its own for something; engines do not tell capital letters from small ones. */
    String name(String prefix, String what) {
        return names.computeIfAbsent(prefix + '\0' + what, key -> {
            String name = what + (prefix.isEmpty() ? "" : " " + prefix);
            String free = name;
            for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
                free = name + " (" + n + ")";
            }
            return dialect.identifier(free);
        });
    }

    String valueName(Field field) {
        return name("", field.name());
    }

    String textName(Field field) {
        return name("text", field.name());
    }

    String clockName(Field field) {
        return name("clock", field.name());
    }

    String rejectedName(Field field) {
        return name("rejected", field.name());
    }

    private ColumnMapping.Source source(Field field) {
        ColumnMapping.Source source = mapping.sources().get(field.name());
        if (source == null) {
            if (mapping.isBetween(field.name())) {
                throw new IllegalArgumentException(
                        "field '" + field.name() + "' is a time by opening hours, which SQL cannot compute; compute the"
                                + " KPI in Java (cxmetrics scorecard --engine java), or map a column that holds the time");
            }
            List<String> names = new ArrayList<>(mapping.sources().keySet());
            names.addAll(mapping.derived().keySet());
            throw new IllegalArgumentException("field '" + field.name() + "' is not mapped in " + mapping.name()
                    + DidYouMean.suffix(field.name(), names));
        }
        if (!source.field().equals(field)) {
            throw new IllegalArgumentException("field '" + field.name() + "' of " + mapping.name() + " is a "
                    + source.field().type() + ", but a " + field.type() + " is needed");
        }
        return source;
    }

    /** The expression of a dimension. */
    Expression key(String dimension) {
        Expression derived = mapping.derived().get(dimension);
        if (derived != null) {
            return derived;
        }
        ColumnMapping.Source known = mapping.sources().get(dimension);
        Field added = linked.get(dimension);
        Field field = added != null
                ? added
                : source(known == null ? Field.of(dimension, FieldType.TEXT) : known.field())
                        .field();
        return switch (field.type()) {
            case TEXT -> new Text(field);
            case FLAG -> new Condition.Flag(field);
            case WHOLE -> new Quantity.Of<>(field);
            default ->
                throw new IllegalArgumentException("field '" + dimension + "' is a " + field.type()
                        + "; a dimension is a text, a flag or a whole number");
        };
    }

    /** The mapped fields that an expression needs, derived ones resolved. */
    Set<Field> sourceFields(Expression expression) {
        Set<Field> fields = new LinkedHashSet<>();
        expression.fields().forEach(field -> fields.addAll(sourceFields(field)));
        return fields;
    }

    Set<Field> sourceFields(Field field) {
        if (linked.containsKey(field.name())) {
            checkLinked(field);
            return Set.of();
        }
        Expression derived = mapping.derived().get(field.name());
        return derived == null ? Set.of(source(field).field()) : sourceFields(derived);
    }

    private void checkLinked(Field field) {
        if (!field.equals(linked.get(field.name()))) {
            throw new IllegalArgumentException("field '" + field.name() + "' that linking adds is no " + field.type());
        }
    }

    /** The expression of an instant or a date by which periods are made. */
    Quantity<?> time(String name) {
        Expression derived = mapping.derived().get(name);
        if (derived instanceof Quantity<?> quantity) {
            return quantity;
        }
        Field added = linked.get(name);
        ColumnMapping.Source known = mapping.sources().get(name);
        Field field = added != null
                ? added
                : source(known == null ? Field.of(name, FieldType.INSTANT) : known.field())
                        .field();
        return new Quantity.Of<>(field);
    }

    /** The text of a field, NULL where it is missing. */
    String text(Field field) {
        ColumnMapping.Source source = source(field);
        if (source.constant() != null) {
            return literal(source.constant());
        } else if (types.isTyped(source)) {
            return dialect.identifier(source.columns().get(0));
        }
        List<String> cells = new ArrayList<>();
        for (String column : source.columns()) {
            String cell = "CAST(" + dialect.identifier(column) + " AS " + dialect.text() + ")";
            String shown = field.type() == FieldType.TEXT ? cell : dialect.trimmed(cell);
            if (source.missing().isEmpty()) {
                cells.add(shown);
                continue;
            }
            cells.add(
                    source.missing().size() == 1
                            ? "nullif(" + shown + ", " + literals(source.missing()) + ")"
                            : when(shown + " NOT IN (" + literals(source.missing()) + ")", shown));
        }
        return String.join(" || ' ' || ", cells);
    }

    private String literals(Collection<String> words) {
        return words.stream().sorted().map(this::literal).collect(Collectors.joining(", "));
    }

    /** What the clock in the text of a local time shows; nothing for other formats. */
    Optional<String> clock(Field field) {
        ColumnMapping.Source source = source(field);
        if (!(source.format() instanceof Format.InstantAs instant)
                || instant.zone().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                types.isTyped(source)
                        ? SqlTypes.micros(textName(field))
                        : explained(field, () -> times.clock(textName(field), instant)));
    }

    /** The zone whose clock showed a local time; nothing for other formats. */
    Optional<ZoneId> zone(Field field) {
        return source(field).format() instanceof Format.InstantAs instant ? instant.zone() : Optional.empty();
    }

    /** Whether a text or cell of a field may be one that it rejects. */
    boolean canReject(Field field) {
        ColumnMapping.Source source = source(field);
        return types.isTyped(source) ? types.canReject(source) : !(source.format() instanceof Format.PlainText);
    }

    private String explained(Field field, Supplier<String> text) {
        try {
            return text.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "field '" + field.name() + "' of " + mapping.name() + ": " + e.getMessage(), e);
        }
    }

    /** The value of a field from its text, NULL where the text is not of the format. */
    String parsed(Field field) {
        String text = textName(field);
        ColumnMapping.Source source = source(field);
        Format format = source.format();
        if (types.isTyped(source) && clock(field).isEmpty()) {
            return types.value(source, text);
        }
        String maximum =
                " BETWEEN " + -field.type().maximum() + " AND " + field.type().maximum();
        if (format instanceof Format.PlainText) {
            return text;
        } else if (format instanceof Format.Whole) {
            String value = "TRY_CAST(split_part(" + text + ", '.', 1) AS BIGINT)";
            return when(matches(text, Format.Whole.GRAMMAR) + " AND " + value + maximum, value);
        } else if (format instanceof Format.Real) {
            String value = "TRY_CAST(" + text + " AS DOUBLE)";
            return when(matches(text, Format.Real.GRAMMAR) + " AND " + dialect.isFinite(value), value);
        } else if (format instanceof Format.DurationIn duration) {
            String value = "TRY_CAST("
                    + dialect.truncated("TRY_CAST(" + text + " AS DECIMAL(25, 9)) * CAST(" + duration.micros()
                            + " AS DECIMAL(11, 0))")
                    + " AS " + dialect.huge() + ")";
            return when(
                    matches(text, Format.DurationIn.GRAMMAR) + " AND " + value + maximum,
                    "CAST(" + value + " AS BIGINT)");
        } else if (format instanceof Format.MoneyAmount money) {
            BigDecimal units = BigDecimal.TEN.pow(Money.digits(money.currency()));
            String value = "(TRY_CAST(" + text + " AS DECIMAL(24, 9)) * " + units + ")";
            return when(
                    matches(text, Format.MoneyAmount.GRAMMAR) + " AND " + dialect.truncated(value) + " = " + value
                            + " AND " + value + maximum,
                    "CAST(" + value + " AS BIGINT)");
        } else if (format instanceof Format.FlagWords words) {
            return "CASE WHEN lower(" + text + ") IN (" + literals(words.whenTrue()) + ") THEN TRUE WHEN lower(" + text
                    + ") IN (" + literals(words.whenFalse()) + ") THEN FALSE END";
        } else if (format instanceof Format.DurationAs duration) {
            return times.duration(text, duration);
        } else if (format instanceof Format.InstantAs instant) {
            return times.instant(text, clockName(field), instant);
        } else if (format instanceof Format.DateAs date) {
            return explained(field, () -> times.date(text, date));
        }
        throw new AssertionError(format);
    }

    private String matches(String text, String grammar) {
        return dialect.matches(text, grammar);
    }

    private static String when(String condition, String value) {
        return "CASE WHEN " + condition + " THEN " + value + " END";
    }

    /** The value of an expression; NULL where it is missing or rejected. */
    String value(Expression node) {
        if (node instanceof Quantity.Of<?> of) {
            return value(of.field());
        } else if (node instanceof Text text) {
            return value(text.field());
        } else if (node instanceof Condition.Flag flag) {
            return value(flag.field());
        } else if (node instanceof Quantity.Constant<?> constant) {
            return constant(constant);
        } else if (node instanceof Quantity.Within<?> within) {
            String value = value(within.of());
            return within.of() instanceof Quantity.Of<?>
                    ? when(inRange(within, value), value)
                    : dialect.kept(value, kept -> inRange(within, kept));
        } else if (node instanceof Quantity.Arithmetic<?> arithmetic) {
            return dialect.kept(result(arithmetic), result -> inRange(arithmetic, result));
        } else if (node instanceof Quantity.Choice<?> choice) {
            return chosen(choice, value(choice.then()), value(choice.otherwise()), "NULL");
        } else if (node instanceof Condition.Always) {
            return "TRUE";
        } else if (node instanceof Condition.Compare compare) {
            return "(" + value(compare.left()) + " " + compare.operator().symbol() + " " + value(compare.right()) + ")";
        } else if (node instanceof Condition.TextIn in) {
            return "(" + value(in.text()) + " IN (" + literals(in.values()) + "))";
        } else if (node instanceof Condition.Missing missing) {
            // A condition may be known in spite of a rejected operand.
            return "CASE WHEN (" + value(missing.of()) + ") IS NOT NULL THEN FALSE WHEN NOT (" + rejected(missing.of())
                    + ") THEN TRUE END";
        } else if (node instanceof Condition.Not not) {
            return "(NOT " + value(not.of()) + ")";
        } else if (node instanceof Condition.All all) {
            return all.of().stream().map(this::value).collect(Collectors.joining(" AND ", "(", ")"));
        } else if (node instanceof Condition.Any any) {
            return any.of().stream().map(this::value).collect(Collectors.joining(" OR ", "(", ")"));
        }
        throw new AssertionError(node);
    }

    /** Whether an expression is known: TRUE then, FALSE or NULL otherwise. */
    String known(Expression node) {
        if (node instanceof Quantity.Constant<?>) {
            return "TRUE";
        } else if (node instanceof Quantity.Within<?> within && isPlain(within)) {
            return inRange(within, valueIfKnown(within.of()));
        } else if (node instanceof Quantity.Arithmetic<?> sum && isPlain(sum)) {
            return known(sum.left()) + " AND " + known(sum.right()) + " AND " + inRange(sum, valueIfKnown(sum));
        }
        return "(" + value(node) + ") IS NOT NULL";
    }

    /** Whether an expression is unknown because of a rejected value: TRUE then, FALSE or NULL otherwise. */
    String unknownByRejection(Expression node) {
        if (node instanceof Quantity<?> quantity && isPlain(quantity)) {
            Set<String> parts = new LinkedHashSet<>();
            unknownByRejection(quantity, parts);
            return parts.isEmpty() ? "FALSE" : String.join(" OR ", parts);
        }
        // A condition that is decided in spite of a rejected operand does not reject the row.
        String rejected = rejected(node);
        return rejected.equals("FALSE") ? rejected : "((" + value(node) + ") IS NULL AND " + rejected + ")";
    }

    private void unknownByRejection(Quantity<?> node, Set<String> parts) {
        if (node instanceof Quantity.Of<?>) {
            rejected(node, parts);
        } else if (node instanceof Quantity.Within<?> within) {
            unknownByRejection(within.of(), parts);
            parts.add("NOT (" + inRange(within, valueIfKnown(within.of())) + ")");
        } else if (node instanceof Quantity.Arithmetic<?> sum) {
            unknownByRejection(sum.left(), parts);
            unknownByRejection(sum.right(), parts);
            parts.add("NOT (" + inRange(sum, valueIfKnown(sum)) + ")");
        }
    }

    /** Whether a quantity is made of fields by sums and ranges alone, so that each of them must be known and in range. */
    private boolean isPlain(Quantity<?> node) {
        if (node instanceof Quantity.Of<?> of) {
            Expression derived = mapping.derived().get(of.field().name());
            return derived == null || linked.containsKey(of.field().name());
        } else if (node instanceof Quantity.Within<?> within) {
            return isPlain(within.of());
        }
        return node instanceof Quantity.Constant<?>
                || (node instanceof Quantity.Arithmetic<?> sum
                        && sum.type() != FieldType.NUMBER
                        && sum.operator() == Quantity.Arithmetic.Operator.PLUS
                        && isPlain(sum.left())
                        && isPlain(sum.right()));
    }

    /** The value of an expression in rows in which it is known, and so in range; anything in others. */
    String valueIfKnown(Expression node) {
        if (!(node instanceof Quantity<?> quantity) || !isPlain(quantity)) {
            return value(node);
        } else if (node instanceof Quantity.Within<?> within) {
            return valueIfKnown(within.of());
        } else if (node instanceof Quantity.Arithmetic<?> sum) {
            return valueIfKnown(sum.left()) + " + " + valueIfKnown(sum.right());
        }
        return value(node);
    }

    private String value(Field field) {
        if (linked.containsKey(field.name())) {
            checkLinked(field);
            return valueName(field);
        }
        Expression derived = mapping.derived().get(field.name());
        return derived == null ? valueName(source(field).field()) : value(derived);
    }

    /** Whether the value of an expression that is NULL is so because of a rejected value. Never NULL. */
    String rejected(Expression node) {
        Set<String> parts = new LinkedHashSet<>();
        rejected(node, parts);
        return parts.isEmpty() ? "FALSE" : "(" + String.join(" OR ", parts) + ")";
    }

    private String chosen(Quantity.Choice<?> choice, String then, String otherwise, String unknown) {
        // The condition is written once: choices within choices written twice grow beyond what a parser bears.
        return "CASE " + value(choice.when()) + " WHEN TRUE THEN " + then + " WHEN FALSE THEN " + otherwise + " ELSE "
                + unknown + " END";
    }

    private void rejected(Expression node, Set<String> parts) {
        if (node instanceof Quantity.Choice<?> choice) {
            // Only the part that was chosen can reject.
            if (rejected(choice.then()).equals("FALSE")
                    && rejected(choice.otherwise()).equals("FALSE")
                    && rejected(choice.when()).equals("FALSE")) {
                return;
            }
            parts.add(chosen(choice, rejected(choice.then()), rejected(choice.otherwise()), rejected(choice.when())));
            return;
        }
        if (node.operands().isEmpty()) {
            for (Field field : node.fields()) {
                Expression derived = mapping.derived().get(field.name());
                if (derived == null) {
                    if (linked.containsKey(field.name()) || canReject(field)) {
                        parts.add(rejectedName(field));
                    }
                } else {
                    rejected(derived, parts);
                }
            }
        }
        for (Expression operand : node.operands()) {
            rejected(operand, parts);
        }
        if (node instanceof Quantity.Within<?> within) {
            parts.add("coalesce(NOT (" + inRange(within, value(within.of())) + "), FALSE)");
        } else if (node instanceof Quantity.Arithmetic<?> arithmetic
                && arithmetic.operator() != Quantity.Arithmetic.Operator.DIVIDED_BY) {
            parts.add("coalesce(NOT (" + inRange(arithmetic, result(arithmetic)) + "), FALSE)");
        } else if (node instanceof Quantity.Arithmetic<?> arithmetic) {
            // Division by zero has no result though both operands are known.
            parts.add("(" + value(arithmetic.left()) + " IS NOT NULL AND " + value(arithmetic.right())
                    + " IS NOT NULL AND (" + inRange(arithmetic, result(arithmetic)) + ") IS NOT TRUE)");
        }
    }

    private String inRange(Quantity.Within<?> within, String value) {
        String low = constant(new Quantity.Constant<>(within.type(), within.low(), within.currency()));
        return within.high() == within.type().maximum()
                ? value + " >= " + low
                : value + " BETWEEN " + low + " AND "
                        + constant(new Quantity.Constant<>(within.type(), within.high(), within.currency()));
    }

    private String inRange(Quantity.Arithmetic<?> node, String result) {
        return node.type() == FieldType.NUMBER
                ? dialect.isFinite(result)
                : result + " BETWEEN " + -node.type().maximum() + " AND "
                        + node.type().maximum();
    }

    /** Without parentheses around it: within many of them Spark's parser is slow. */
    private String result(Quantity.Arithmetic<?> node) {
        String left = value(node.left());
        String right = value(node.right());
        if (node.type() != FieldType.NUMBER) {
            return left + " " + node.operator().symbol() + " " + right;
        }
        String divisor = "CAST(" + right + " AS DOUBLE)";
        return "CAST(" + left + " AS DOUBLE) " + node.operator().symbol() + " "
                + (node.operator() == Quantity.Arithmetic.Operator.DIVIDED_BY ? "nullif(" + divisor + ", 0)" : divisor);
    }

    private static String constant(Quantity.Constant<?> constant) {
        return constant.type() == FieldType.NUMBER
                ? "CAST('" + String.format(Locale.ROOT, "%s", FieldType.decodeNumber(constant.encoded()))
                        + "' AS DOUBLE)"
                : Long.toString(constant.encoded());
    }
}
