package io.cxmetrics.json;

import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Money;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.time.Grain;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how the columns of a source supply fields. */
record SourceJson(ColumnMapping mapping, FieldTypes types, Optional<LinkJson> link) {
    private static final String[] UNITS = {"microseconds", "milliseconds", "seconds", "minutes", "hours", "days"};

    static SourceJson read(LocatedJson node, Problems problems) {
        int before = problems.list().size();
        Members members = new Members(node, problems);
        ColumnMapping mapping = ColumnMapping.named(members.text("name").orElse("rows"));
        Set<String> missing = members.texts("missing").map(Set::copyOf).orElse(Set.of(""));
        Optional<ZoneId> zone = members.optional("timeZone").flatMap(z -> zone(members, z));
        FieldTypes types = FieldTypes.vocabulary();
        List<Field> declared = new ArrayList<>();
        Map<String, LocatedJson> derived = new LinkedHashMap<>();
        Map<String, LocatedJson> businessTimes = new LinkedHashMap<>();
        Optional<LocatedJson> fields = members.required("fields", "an object with a source for each field");
        Optional<LocatedJson> link = members.optional("link");
        members.end();
        for (Map.Entry<String, LocatedJson> entry :
                fields.map(LocatedJson::members).orElse(Map.of()).entrySet()) {
            LocatedJson value = entry.getValue();
            if (value.members().containsKey("condition") || value.members().containsKey("quantity")) {
                derived.put(entry.getKey(), value);
            } else if (value.members().containsKey("businessTime")) {
                businessTimes.put(entry.getKey(), value);
                declared.add(Field.of(entry.getKey(), FieldType.DURATION));
            } else if (!entry.getKey().startsWith("x-")) {
                Optional<ColumnMapping.Source> source =
                        source(entry.getKey(), new Members(value, problems), types, missing, zone);
                if (source.isPresent()) {
                    mapping = mapping.with(source.get());
                    declared.add(source.get().field());
                }
            }
        }
        for (Map.Entry<String, LocatedJson> entry : businessTimes.entrySet()) {
            mapping = BusinessTimeJson.add(entry.getKey(), entry.getValue(), mapping, zone, problems);
        }
        types = types.with(declared).with(link.map(LinkJson::fields).orElse(List.of()));
        for (Map.Entry<String, LocatedJson> entry : derived.entrySet()) {
            Optional<Expression> expression = derived(entry.getValue(), new ExpressionJson(types, problems), problems);
            if (expression.isPresent()) {
                mapping = mapping.derived(entry.getKey(), expression.get());
                types = types.with(List.of(derivedField(entry.getKey(), expression.get())));
            }
        }
        // Where a field is wrong, that is what has to be said; a link that lacks it would be said to be wrong too.
        ColumnMapping complete = mapping;
        FieldTypes known = types;
        Optional<LinkJson> linked = problems.list().size() > before
                ? Optional.empty()
                : link.flatMap(value -> LinkJson.read(value, complete, known, problems));
        return new SourceJson(mapping, types, linked);
    }

    private static Field derivedField(String name, Expression expression) {
        return expression instanceof Quantity<?> quantity
                ? new Field(name, quantity.type(), quantity.currency())
                : Field.of(name, FieldType.FLAG);
    }

    private static Optional<Expression> derived(LocatedJson node, ExpressionJson expressions, Problems problems) {
        Members members = new Members(node, problems);
        Optional<Condition> condition = members.optional("condition").flatMap(expressions::condition);
        Optional<Quantity<?>> quantity = members.optional("quantity").flatMap(expressions::quantity);
        members.end();
        return condition.isPresent() ? condition.map(c -> c) : quantity.map(q -> q);
    }

    static Optional<ZoneId> zone(Members members, LocatedJson node) {
        return members.parsed(node, "a time zone such as \"Europe/Helsinki\"", ZoneId::of);
    }

    static Optional<Grain> grain(Members members, LocatedJson node) {
        boolean isFiscal = node.is(LocatedJson.Kind.TEXT) && node.text().startsWith("fiscal");
        return isFiscal
                ? members.parsed(
                        node, "fiscal-year-from-april, fiscal-quarter-from-april or from another month", Grain::parse)
                : members.word(node, "day", "week", "month", "quarter", "year").map(Grain::parse);
    }

    private static Optional<ColumnMapping.Source> source(
            String name, Members members, FieldTypes types, Set<String> missing, Optional<ZoneId> sourceZone) {
        Problems problems = members.problems();
        int before = problems.list().size();
        Optional<FieldType> type = members.optional("type")
                .flatMap(node -> new ExpressionJson(types, problems).type(node))
                .or(() -> types.field(name).map(Field::type));
        if (type.isEmpty()) {
            if (problems.list().size() == before) {
                problems.add(
                        members.object(),
                        "no \"type\" for the field \"" + name + "\"",
                        "\"type\": whole, number, duration, instant, date, money, flag or text");
            }
            return Optional.empty();
        }
        Optional<Currency> currency = members.optional("currency")
                .flatMap(node -> members.parsed(node, "an ISO 4217 currency code such as \"EUR\"", Money::currency));
        if ((type.get() == FieldType.MONEY) != currency.isPresent()) {
            problems.add(
                    members.object(), "a field of type " + type.get(), "\"currency\" for money, and for no other type");
            return Optional.empty();
        }
        Optional<String> constant = members.text("constant");
        Optional<List<String>> columns =
                members.texts("columns").or(() -> members.text("column").map(List::of));
        Set<String> words = members.texts("missing").map(Set::copyOf).orElse(missing);
        Field field = new Field(name, type.get(), currency.orElse(null));
        Optional<Format> format = format(field, members, sourceZone);
        members.end();
        if (format.isEmpty() || problems.list().size() > before) {
            return Optional.empty();
        }
        List<String> from = constant.isPresent() ? List.of() : columns.orElse(List.of(name));
        return Optional.of(new ColumnMapping.Source(field, from, format.get(), words, constant.orElse(null)));
    }

    private static Optional<Format> format(Field field, Members members, Optional<ZoneId> sourceZone) {
        Problems problems = members.problems();
        return switch (field.type()) {
            case DURATION -> {
                Optional<LocatedJson> unit = members.optional("unit");
                if (unit.isPresent()) {
                    yield members.word(unit.get(), UNITS).map(word -> new Format.DurationIn(unit(word)));
                }
                Optional<LocatedJson> style = members.optional("format");
                yield style.isEmpty()
                        ? Optional.of(Format.standard(field))
                        : members.word(style.get(), "iso", "clock")
                                .map(word -> new Format.DurationAs(
                                        word.equals("iso")
                                                ? Format.DurationAs.Style.ISO
                                                : Format.DurationAs.Style.CLOCK));
            }
            case INSTANT -> {
                Optional<ZoneId> zone = members.optional("timeZone")
                        .flatMap(node -> zone(members, node))
                        .or(() -> sourceZone);
                Optional<LocatedJson> pattern = members.optional("format");
                yield pattern.isEmpty()
                        ? Optional.of(
                                zone.map(z -> Format.InstantAs.local("iso", z)).orElse(Format.InstantAs.iso()))
                        : members.parsed(
                                pattern.get(),
                                "iso, epoch-seconds, epoch-millis or a pattern such as \"yyyy-MM-dd HH:mm:ss\""
                                        + " with a \"timeZone\"",
                                text -> instant(text, zone));
            }
            case DATE -> {
                Optional<LocatedJson> pattern = members.optional("format");
                yield pattern.isEmpty()
                        ? Optional.of(Format.standard(field))
                        : members.parsed(pattern.get(), "a pattern such as \"yyyy-MM-dd\"", Format.DateAs::new);
            }
            case FLAG -> {
                Optional<List<String>> whenTrue = members.texts("true");
                Optional<List<String>> whenFalse = members.texts("false");
                if (whenTrue.isEmpty() && whenFalse.isEmpty()) {
                    yield Optional.of(Format.standard(field));
                }
                if (whenTrue.isEmpty() || whenTrue.get().isEmpty() || whenFalse.isEmpty()) {
                    problems.add(
                            members.object(),
                            "words for one side of a flag only",
                            "\"true\" and \"false\", each an array of words: a word in neither is set aside, not guessed");
                    yield Optional.empty();
                }
                yield Optional.of(new Format.FlagWords(Set.copyOf(whenTrue.get()), Set.copyOf(whenFalse.get())));
            }
            default -> Optional.of(Format.standard(field));
        };
    }

    private static ChronoUnit unit(String word) {
        return switch (word) {
            case "microseconds" -> ChronoUnit.MICROS;
            case "milliseconds" -> ChronoUnit.MILLIS;
            default -> ChronoUnit.valueOf(word.toUpperCase(Locale.ROOT));
        };
    }

    private static Format instant(String format, Optional<ZoneId> zone) {
        return switch (format) {
            case "iso" -> zone.map(z -> Format.InstantAs.local("iso", z)).orElse(Format.InstantAs.iso());
            case "epoch-seconds" -> Format.InstantAs.epochSeconds();
            case "epoch-millis" -> Format.InstantAs.epochMillis();
            default ->
                Format.InstantAs.local(
                        format, zone.orElseThrow(() -> new IllegalArgumentException("a local time needs a zone")));
        };
    }
}
