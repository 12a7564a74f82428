package io.cxmetrics.json;

import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how the rows of a source are linked to those before and after them. */
record LinkJson(
        List<String> by,
        String at,
        @Nullable Instant until,
        List<String> comparing,
        @Nullable Condition where) {

    /** The fields that a linker adds, as far as they can be said before the link is checked. */
    static List<Field> fields(LocatedJson node) {
        List<Field> fields = new ArrayList<>(List.of(
                Field.of(Linker.TIME_TO_NEXT, FieldType.DURATION),
                Field.of(Linker.TIME_SINCE_PREVIOUS, FieldType.DURATION),
                Field.of(Linker.OBSERVED_FOR, FieldType.DURATION),
                Field.of(Linker.OCCURRENCE, FieldType.WHOLE),
                Field.of(Linker.FIRST_AT, FieldType.INSTANT)));
        LocatedJson comparing = node.members().get("comparing");
        if (comparing != null) {
            comparing.items().stream()
                    .filter(item -> item.is(LocatedJson.Kind.TEXT))
                    .map(item -> item.text() + "-changed")
                    .distinct()
                    .forEach(name -> fields.add(Field.of(name, FieldType.FLAG)));
        }
        return fields;
    }

    /** Reads a link over the fields of a mapping. */
    static Optional<LinkJson> read(LocatedJson node, ColumnMapping mapping, FieldTypes types, Problems problems) {
        int before = problems.list().size();
        Members members = new Members(node, problems);
        Optional<LocatedJson> by =
                members.required("by", "an array of the fields that belonging together means, such as [\"customer\"]");
        Optional<LocatedJson> at = members.required("at", "the field with the time, such as \"started\"");
        Optional<LocatedJson> comparing = members.optional("comparing");
        String moment = "when the data end, with an offset, such as \"2026-02-01T00:00:00+02:00\"";
        Optional<Instant> until =
                members.optional("until").flatMap(value -> members.parsed(value, moment, LinkJson::instant));
        Optional<Condition> where = members.optional("where").flatMap(new ExpressionJson(types, problems)::condition);
        members.end();
        Fields<Row> fields = fields(mapping);
        Linker<Row> linker = Linker.over(fields);
        List<String> keys = by.map(value -> names(value, fields, problems)).orElse(List.of());
        List<String> compared =
                comparing.map(value -> names(value, fields, problems)).orElse(List.of());
        Optional<String> time = at.filter(
                        value -> names(List.of(value), fields, problems).size() == 1)
                .map(LocatedJson::text);
        for (Field added : fields(node)) {
            if (fields.names().contains(added.name())) {
                problems.add(
                        node,
                        "the field \"" + added.name() + "\" in the source already",
                        "another name for it: \"link\" adds a field of that name");
            }
        }
        if (problems.list().size() > before) {
            return Optional.empty();
        }
        by.ifPresent(value -> attempt(value, problems, () -> linker.by(keys.toArray(new String[0]))));
        comparing.ifPresent(value -> attempt(value, problems, () -> linker.comparing(compared.toArray(new String[0]))));
        at.ifPresent(value -> attempt(value, problems, () -> linker.at(time.orElse(""))));
        if (problems.list().size() > before) {
            return Optional.empty();
        }
        LinkJson link = new LinkJson(keys, time.orElse(""), until.orElse(null), compared, where.orElse(null));
        attempt(node, problems, () -> link.linker(fields).link(List.of()));
        return Optional.of(link);
    }

    private static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        FieldType.INSTANT.encode(instant);
        return instant;
    }

    /** The fields of a mapping over its own columns. */
    private static Fields<Row> fields(ColumnMapping mapping) {
        return mapping.fields(mapping.columns());
    }

    private static List<String> names(LocatedJson array, Fields<Row> fields, Problems problems) {
        if (!array.is(LocatedJson.Kind.ARRAY) || array.items().isEmpty()) {
            problems.add(array, "an array with at least one name of a field");
        }
        return names(array.items(), fields, problems);
    }

    private static List<String> names(List<LocatedJson> items, Fields<Row> fields, Problems problems) {
        List<String> names = new ArrayList<>();
        for (LocatedJson item : items) {
            if (!item.is(LocatedJson.Kind.TEXT)) {
                problems.add(item, "the name of a field, in quotes");
            } else if (!fields.names().contains(item.text())) {
                problems.add(
                        item,
                        "\"" + item.text() + "\", which is no field of the source",
                        "one of " + fields.names() + DidYouMean.suffix(item.text(), fields.names()));
            } else if (names.contains(item.text())) {
                problems.add(item, "the field \"" + item.text() + "\" for the second time", "each field once");
            } else {
                names.add(item.text());
            }
        }
        return names;
    }

    private static void attempt(LocatedJson at, Problems problems, Runnable attempt) {
        try {
            attempt.run();
        } catch (IllegalArgumentException e) {
            problems.add(at, "what cannot be linked (" + e.getMessage() + ")", "fields of the types that are needed");
        }
    }

    /** The linker over fields. */
    <E> Linker<E> linker(Fields<E> fields) {
        Linker<E> linker =
                Linker.over(fields).by(by.toArray(new String[0])).at(at).comparing(comparing.toArray(new String[0]));
        linker = until == null ? linker : linker.until(until);
        return where == null ? linker : linker.where(where);
    }
}
