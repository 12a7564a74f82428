package io.cxmetrics.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Money;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes expressions. What is written names the type of each field, so that it reads back without context. */
final class ExpressionJson {
    private static final String[] RELATIONS = {"lt", "le", "gt", "ge", "is"};
    /** What an object that is a quantity has one of. */
    private static final List<String> QUANTITIES =
            List.of("field", "sum", "difference", "product", "quotient", "constant", "if", "indicator", "bucketOf");

    private final FieldTypes types;
    private final Problems problems;

    ExpressionJson(FieldTypes types, Problems problems) {
        this.types = types;
        this.problems = problems;
    }

    FieldTypes types() {
        return types;
    }

    /** A text field, by its name or as an object with a type. */
    Optional<Text> text(LocatedJson node) {
        Optional<Field> field;
        if (node.is(LocatedJson.Kind.TEXT)) {
            field = field(node, null);
        } else {
            Members members = new Members(node, problems);
            field = members.required("field", "the name of a text field").flatMap(name -> field(name, members));
            members.end();
        }
        if (field.isPresent() && field.get().type() != FieldType.TEXT) {
            problems.add(
                    node,
                    "a text field; " + field.get().name() + " is a "
                            + field.get().type());
            return Optional.empty();
        }
        return field.map(Text::new);
    }

    Optional<Condition> condition(LocatedJson node) {
        if (node.is(LocatedJson.Kind.TEXT)) {
            return field(node, null).flatMap(field -> flag(node, field));
        }
        Members members = new Members(node, problems);
        Optional<Condition> result;
        if (node.members().containsKey("all")) {
            result = list(members, "all").map(c -> Condition.all(c.toArray(new Condition[0])));
        } else if (node.members().containsKey("any")) {
            result = list(members, "any").map(c -> Condition.any(c.toArray(new Condition[0])));
        } else if (node.members().containsKey("not")) {
            result = members.optional("not").flatMap(this::condition).map(Condition::not);
        } else if (node.members().containsKey("value")) {
            Optional<Quantity<?>> value = members.optional("value").flatMap(this::quantity);
            result = value.flatMap(quantity -> relations(members, quantity));
        } else {
            result = members.required("field", "the name of a field, or all, any, not with conditions")
                    .flatMap(name -> field(name, members))
                    .flatMap(field -> aboutField(members, field));
        }
        if (result.isPresent()) {
            members.end();
        }
        return result;
    }

    private Optional<List<Condition>> list(Members members, String name) {
        LocatedJson array = members.optional(name).orElseThrow();
        if (!array.is(LocatedJson.Kind.ARRAY) || array.items().isEmpty()) {
            problems.add(array, "an array of at least one condition");
            return Optional.empty();
        }
        List<Condition> conditions = new ArrayList<>();
        array.items().forEach(item -> condition(item).ifPresent(conditions::add));
        return conditions.size() == array.items().size() ? Optional.of(conditions) : Optional.empty();
    }

    private Optional<Condition> flag(LocatedJson at, Field field) {
        if (field.type() != FieldType.FLAG) {
            problems.add(
                    at,
                    "a flag; " + field.name() + " is a " + field.type() + ", so say what about it: {\"field\": \""
                            + field.name() + "\", \"…\": …}");
            return Optional.empty();
        }
        return Optional.of(new Condition.Flag(field));
    }

    private Optional<Condition> aboutField(Members members, Field field) {
        if (field.type() == FieldType.FLAG) {
            Condition flag = new Condition.Flag(field);
            Optional<Condition> missing = missing(members, flag);
            boolean wanted = members.bool("is").orElse(true);
            return missing.isPresent() ? missing : Optional.of(wanted ? flag : flag.not());
        } else if (field.type() == FieldType.TEXT) {
            Text text = new Text(field);
            Optional<Condition> missing = missing(members, text);
            Optional<Condition> is = members.text("is").map(text::is);
            Optional<Condition> in = members.texts("in")
                    .filter(values -> !values.isEmpty())
                    .map(values -> text.in(values.toArray(new String[0])));
            List<Condition> parts = new ArrayList<>();
            missing.ifPresent(parts::add);
            is.ifPresent(parts::add);
            in.ifPresent(parts::add);
            return together(members, parts, "is, in or missing");
        }
        return relations(members, new Quantity.Of<>(field));
    }

    private Optional<Condition> together(Members members, List<Condition> parts, String expected) {
        if (parts.isEmpty()) {
            problems.add(members.object(), "a condition that says nothing about its field", expected);
            return Optional.empty();
        }
        return Optional.of(Condition.all(parts.toArray(new Condition[0])));
    }

    private static Optional<Condition> missing(Members members, Expression of) {
        return members.bool("missing").map(wanted -> {
            Condition missing = new Condition.Missing(of);
            return wanted ? missing : missing.not();
        });
    }

    private Optional<Condition> relations(Members members, Quantity<?> quantity) {
        Quantity<?> checked = ranged(members, quantity);
        List<Condition> parts = new ArrayList<>();
        int before = problems.list().size();
        for (String relation : RELATIONS) {
            Condition.Operator operator = relation.equals("is")
                    ? Condition.Operator.EQ
                    : Condition.Operator.valueOf(relation.toUpperCase(Locale.ROOT));
            members.optional(relation).flatMap(side -> side(side, checked)).ifPresent(side -> {
                parts.add(new Condition.Compare(checked, operator, side));
            });
        }
        members.optional("between").ifPresent(range -> {
            if (range.items().size() != 2) {
                problems.add(range, "an array of two values, the lower and the upper");
                return;
            }
            side(range.items().get(0), checked)
                    .ifPresent(low -> parts.add(new Condition.Compare(checked, Condition.Operator.GE, low)));
            side(range.items().get(1), checked)
                    .ifPresent(high -> parts.add(new Condition.Compare(checked, Condition.Operator.LE, high)));
        });
        missing(members, checked).ifPresent(parts::add);
        if (problems.list().size() > before) {
            return Optional.empty();
        }
        return together(members, parts, "lt, le, gt, ge, is, between or missing");
    }

    /** The right side of a relation: a value of the left side's type, or another field of that type. */
    private Optional<Quantity<?>> side(LocatedJson node, Quantity<?> left) {
        if (QUANTITIES.stream().anyMatch(node.members()::containsKey)) {
            Optional<Quantity<?>> right = quantity(node);
            if (right.isPresent() && right.get().type() != left.type()) {
                problems.add(
                        node,
                        "a " + left.type() + " like " + left + "; it is a "
                                + right.get().type());
                return Optional.empty();
            }
            return right;
        }
        OptionalLong encoded = literal(node, left.type(), left.currency());
        return encoded.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quantity.Constant<>(left.type(), encoded.getAsLong(), left.currency()));
    }

    private OptionalLong literal(LocatedJson node, FieldType type, @Nullable Currency currency) {
        return switch (type) {
            case WHOLE, NUMBER -> {
                if (node.is(LocatedJson.Kind.NUMBER)) {
                    try {
                        BigDecimal number = node.number();
                        yield OptionalLong.of(
                                type == FieldType.WHOLE
                                        ? type.encode(number.longValueExact())
                                        : type.encode(number.doubleValue()));
                    } catch (IllegalArgumentException | ArithmeticException e) {
                        // Noted below.
                    }
                }
                problems.add(node, "a " + type + " such as 5");
                yield OptionalLong.empty();
            }
            case DURATION -> parsed(node, "a duration such as \"PT20S\"", t -> type.encode(Duration.parse(t)));
            case INSTANT ->
                parsed(node, "an instant such as \"2026-02-14T09:30:00Z\"", t -> type.encode(Instant.parse(t)));
            case DATE -> parsed(node, "a date such as \"2026-02-14\"", t -> type.encode(LocalDate.parse(t)));
            case MONEY -> {
                Optional<Money> money = MoneyJson.read(node, problems);
                if (money.isPresent() && !money.get().currency().equals(currency)) {
                    problems.add(node, money.get().toString(), "an amount in " + currency);
                    yield OptionalLong.empty();
                }
                yield money.isEmpty() ? OptionalLong.empty() : OptionalLong.of(type.encode(money.get()));
            }
            case FLAG, TEXT -> throw new IllegalArgumentException(type + " has no order");
        };
    }

    private OptionalLong parsed(LocatedJson node, String expected, Function<String, Long> parser) {
        return Members.parsed(node, problems, expected, parser)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    Optional<Quantity<?>> quantity(LocatedJson node) {
        if (node.is(LocatedJson.Kind.TEXT)) {
            return field(node, null).flatMap(field -> quantityOf(node, field));
        }
        Members members = new Members(node, problems);
        Optional<Quantity<?>> result = Optional.empty();
        if (node.members().containsKey("constant")) {
            Optional<FieldType> type = members.required("type", "the type of the constant, such as whole")
                    .flatMap(this::type);
            Optional<LocatedJson> constant = members.optional("constant");
            Optional<Currency> currency = currency(members);
            if (type.isPresent() && type.get().isQuantity()) {
                OptionalLong encoded = literal(constant.orElseThrow(), type.get(), currency.orElse(null));
                if (encoded.isPresent()) {
                    result = Optional.of(
                            new Quantity.Constant<>(type.get(), encoded.getAsLong(), currency.orElse(null)));
                }
            }
        } else if (node.members().containsKey("if")) {
            Optional<Condition> when = members.optional("if").flatMap(this::condition);
            Optional<Quantity<?>> then = members.required("then", "the value where the condition holds")
                    .flatMap(this::quantity);
            Optional<Quantity<?>> otherwise =
                    members.required("else", "the value where it does not hold").flatMap(this::quantity);
            if (when.isPresent() && then.isPresent() && otherwise.isPresent()) {
                result = choice(node, when.get(), then.get(), otherwise.get());
            }
        } else if (node.members().containsKey("indicator")) {
            result = members.optional("indicator").flatMap(this::condition).map(Condition::indicator);
        } else if (node.members().containsKey("bucketOf")) {
            Optional<Quantity<?>> of = members.optional("bucketOf").flatMap(this::quantity);
            Optional<LocatedJson> bounds = members.required("bounds", "the bounds such as [\"PT4H\", \"PT24H\"]");
            if (of.isPresent() && bounds.isPresent()) {
                result = buckets(bounds.get(), of.get());
            }
        } else if (node.members().containsKey("field")) {
            LocatedJson name = members.optional("field").orElseThrow();
            result = field(name, members).flatMap(field -> quantityOf(name, field));
        } else {
            for (Quantity.Arithmetic.Operator operator : Quantity.Arithmetic.Operator.values()) {
                Optional<LocatedJson> operands = members.optional(word(operator));
                if (operands.isPresent()) {
                    result = arithmetic(operands.get(), operator);
                }
            }
            if (result.isEmpty() && problems.isEmpty()) {
                problems.add(node, "a field's name, or one of " + String.join(", ", QUANTITIES));
            }
        }
        return result.map(quantity -> {
            Quantity<?> ranged = ranged(members, quantity);
            members.end();
            return ranged;
        });
    }

    @SuppressWarnings("unchecked") // Choice itself checks that both values are of one type.
    private Optional<Quantity<?>> choice(LocatedJson node, Condition when, Quantity<?> then, Quantity<?> otherwise) {
        try {
            return Optional.of(when.choose((Quantity<Object>) then, (Quantity<Object>) otherwise));
        } catch (IllegalArgumentException e) {
            problems.add(node, String.valueOf(e.getMessage()), "two values of one type");
            return Optional.empty();
        }
    }

    private Optional<Quantity<?>> buckets(LocatedJson bounds, Quantity<?> of) {
        List<LocatedJson> items = bounds.items();
        if (items.isEmpty()) {
            problems.add(bounds, "an array of at least one bound");
            return Optional.empty();
        }
        Quantity<Long> bucket = Field.constant((long) items.size());
        long above = Long.MAX_VALUE;
        for (int i = items.size() - 1; i >= 0; i--) {
            OptionalLong bound = literal(items.get(i), of.type(), of.currency());
            if (bound.isEmpty()) {
                return Optional.empty();
            } else if (bound.getAsLong() >= above) {
                problems.add(items.get(i), "a bound that is not less than the next", "bounds in rising order");
                return Optional.empty();
            }
            above = bound.getAsLong();
            bucket = new Condition.Compare(
                            of, Condition.Operator.LT, new Quantity.Constant<>(of.type(), above, of.currency()))
                    .choose(Field.constant((long) i), bucket);
        }
        return Optional.of(bucket);
    }

    private static String word(Quantity.Arithmetic.Operator operator) {
        return switch (operator) {
            case PLUS -> "sum";
            case MINUS -> "difference";
            case TIMES -> "product";
            case DIVIDED_BY -> "quotient";
        };
    }

    private Optional<Quantity<?>> arithmetic(LocatedJson node, Quantity.Arithmetic.Operator operator) {
        boolean two =
                operator == Quantity.Arithmetic.Operator.MINUS || operator == Quantity.Arithmetic.Operator.DIVIDED_BY;
        if (node.items().size() < 2 || (two && node.items().size() > 2)) {
            problems.add(node, two ? "an array of two values" : "an array of two or more values");
            return Optional.empty();
        }
        Quantity<?> result = null;
        for (LocatedJson item : node.items()) {
            Optional<Quantity<?>> operand = quantity(item);
            if (operand.isEmpty()) {
                return Optional.empty();
            }
            try {
                result = result == null ? operand.get() : new Quantity.Arithmetic<>(result, operator, operand.get());
            } catch (IllegalArgumentException e) {
                problems.add(item, String.valueOf(e.getMessage()), "values that can be joined by " + operator.symbol());
                return Optional.empty();
            }
        }
        return Optional.ofNullable(result);
    }

    private Quantity<?> ranged(Members members, Quantity<?> quantity) {
        Optional<LocatedJson> low = members.optional("atLeast");
        Optional<LocatedJson> range = members.optional("within");
        if (low.isPresent()) {
            OptionalLong encoded = literal(low.get(), quantity.type(), quantity.currency());
            return encoded.isEmpty()
                    ? quantity
                    : new Quantity.Within<>(
                            quantity, encoded.getAsLong(), quantity.type().maximum());
        } else if (range.isPresent()) {
            if (range.get().items().size() != 2) {
                problems.add(range.get(), "an array of two values, the lowest and the highest allowed");
                return quantity;
            }
            OptionalLong lowest = literal(range.get().items().get(0), quantity.type(), quantity.currency());
            OptionalLong highest = literal(range.get().items().get(1), quantity.type(), quantity.currency());
            if (lowest.isPresent() && highest.isPresent()) {
                if (lowest.getAsLong() <= highest.getAsLong()) {
                    return new Quantity.Within<>(quantity, lowest.getAsLong(), highest.getAsLong());
                }
                problems.add(range.get(), "an empty range", "the lowest value first");
            }
        }
        return quantity;
    }

    private Optional<Quantity<?>> quantityOf(LocatedJson at, Field field) {
        if (!field.type().isQuantity()) {
            problems.add(at, "a field with a quantity; " + field.name() + " is a " + field.type());
            return Optional.empty();
        }
        return Optional.of(new Quantity.Of<>(field));
    }

    /** The field of a name; its type is given beside it, or known. */
    private Optional<Field> field(LocatedJson name, @Nullable Members beside) {
        if (!name.is(LocatedJson.Kind.TEXT)) {
            problems.add(name, "the name of a field, in quotes");
            return Optional.empty();
        }
        Optional<LocatedJson> given = beside == null ? Optional.empty() : beside.optional("type");
        Optional<Currency> currency = beside == null ? Optional.empty() : currency(beside);
        if (given.isPresent()) {
            return type(given.get()).flatMap(type -> {
                if ((type == FieldType.MONEY) != currency.isPresent()) {
                    problems.add(name, "a currency for money, and for no other type");
                    return Optional.empty();
                }
                return Optional.of(new Field(name.text(), type, currency.orElse(null)));
            });
        }
        Optional<Field> known = types.field(name.text());
        if (known.isEmpty()) {
            problems.add(
                    name,
                    "the unknown field \"" + name.text() + "\"",
                    "a field of the source or of the vocabulary" + DidYouMean.suffix(name.text(), types.names())
                            + " (or say its type: {\"field\": \"" + name.text() + "\", \"type\": \"whole\"})");
        }
        return known;
    }

    private Optional<Currency> currency(Members members) {
        return members.optional("currency")
                .flatMap(node -> members.parsed(node, "an ISO 4217 currency code such as \"EUR\"", Money::currency));
    }

    Optional<FieldType> type(LocatedJson node) {
        String[] words = Arrays.stream(FieldType.values()).map(FieldType::word).toArray(String[]::new);
        return Members.word(node, problems, words).map(word -> FieldType.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    static void write(JsonGenerator json, Expression node) throws IOException {
        json.writeStartObject();
        members(json, node);
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, Expression node) throws IOException {
        if (node instanceof Condition.All all) {
            list(json, "all", all.of());
        } else if (node instanceof Condition.Any any) {
            list(json, "any", any.of());
        } else if (node instanceof Condition.Always) {
            throw new IllegalArgumentException("'always' is written by leaving the condition out");
        } else if (node instanceof Condition.Not not) {
            json.writeFieldName("not");
            write(json, not.of());
        } else if (node instanceof Condition.Flag flag) {
            field(json, flag.field());
        } else if (node instanceof Condition.TextIn in) {
            field(json, in.text().field());
            json.writeArrayFieldStart("in");
            for (String value : in.values()) {
                json.writeString(value);
            }
            json.writeEndArray();
        } else if (node instanceof Condition.Missing missing) {
            if (missing.of() instanceof Quantity<?> quantity && !(quantity instanceof Quantity.Of)) {
                json.writeFieldName("value");
                write(json, quantity);
            } else {
                members(json, missing.of());
            }
            json.writeBooleanField("missing", true);
        } else if (node instanceof Condition.Compare compare) {
            json.writeFieldName("value");
            write(json, compare.left());
            json.writeFieldName(
                    compare.operator() == Condition.Operator.EQ
                            ? "is"
                            : compare.operator().name().toLowerCase(Locale.ROOT));
            if (compare.right() instanceof Quantity.Constant<?> constant) {
                literal(json, constant);
            } else {
                write(json, compare.right());
            }
        } else if (node instanceof Quantity.Of<?> of) {
            field(json, of.field());
        } else if (node instanceof Text text) {
            field(json, text.field());
        } else if (node instanceof Quantity.Constant<?> constant) {
            json.writeFieldName("constant");
            literal(json, constant);
            type(json, constant.type(), constant.currency());
        } else if (node instanceof Quantity.Within<?> within) {
            members(json, within.of());
            boolean open = within.high() == within.type().maximum();
            json.writeFieldName(open ? "atLeast" : "within");
            Quantity.Constant<?> low = new Quantity.Constant<>(within.type(), within.low(), within.currency());
            if (open) {
                literal(json, low);
            } else {
                json.writeStartArray();
                literal(json, low);
                literal(json, new Quantity.Constant<>(within.type(), within.high(), within.currency()));
                json.writeEndArray();
            }
        } else if (node instanceof Quantity.Choice<?> choice) {
            json.writeFieldName(choice.isIndicator() ? "indicator" : "if");
            write(json, choice.when());
            if (!choice.isIndicator()) {
                json.writeFieldName("then");
                write(json, choice.then());
                json.writeFieldName("else");
                write(json, choice.otherwise());
            }
        } else if (node instanceof Quantity.Arithmetic<?> arithmetic) {
            json.writeArrayFieldStart(word(arithmetic.operator()));
            write(json, arithmetic.left());
            write(json, arithmetic.right());
            json.writeEndArray();
        }
    }

    private static void list(JsonGenerator json, String name, List<Condition> conditions) throws IOException {
        json.writeArrayFieldStart(name);
        for (Condition condition : conditions) {
            write(json, condition);
        }
        json.writeEndArray();
    }

    private static void field(JsonGenerator json, Field field) throws IOException {
        json.writeStringField("field", field.name());
        type(json, field.type(), field.currency());
    }

    private static void type(JsonGenerator json, FieldType type, @Nullable Currency currency) throws IOException {
        json.writeStringField("type", type.word());
        if (currency != null) {
            json.writeStringField("currency", currency.getCurrencyCode());
        }
    }

    private static void literal(JsonGenerator json, Quantity.Constant<?> constant) throws IOException {
        switch (constant.type()) {
            case WHOLE -> json.writeNumber(constant.encoded());
            case NUMBER -> json.writeNumber(FieldType.decodeNumber(constant.encoded()));
            case MONEY -> MoneyJson.write(json, constant.encoded(), Objects.requireNonNull(constant.currency()));
            default -> json.writeString(constant.type().text(constant.encoded()));
        }
    }
}
