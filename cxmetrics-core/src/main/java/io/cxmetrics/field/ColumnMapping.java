package io.cxmetrics.field;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the text columns of a file or table supply fields: the file's own names are mapped to the vocabulary of the KPIs.
 *
 * <pre>{@code
 * ColumnMapping calls = ColumnMapping.named("calls")
 *         .text("channel", "kanava")
 *         .with("wait", "q_time", new Format.DurationIn(ChronoUnit.SECONDS))
 *         .with("answered", "outcome", new Format.FlagWords(Set.of("AGENT"), Set.of("HANG")));
 * Fields<Row> fields = calls.fields(List.of("kanava", "q_time", "outcome"));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ColumnMapping {

    /**
     * Where one field comes from.
     *
     * @param field the field
     * @param columns the columns whose texts, joined by a blank, are the value; empty for a constant
     * @param format how the value is written
     * @param missing the words that mean "no value"
     * @param constant the text of every row, or null if columns supply it
     */
    public record Source(
            Field field,
            List<String> columns,
            Format format,
            Set<String> missing,
            @Nullable String constant) {
        /**
         * Copies the collections and checks that format and field agree.
         *
         * @throws IllegalArgumentException if the format reads another type or another currency
         */
        public Source {
            columns = List.copyOf(columns);
            missing = Set.copyOf(missing);
            boolean otherMoney = format instanceof Format.MoneyAmount money
                    && !money.currency().equals(field.currency());
            if (format.type() != field.type() || otherMoney) {
                throw new IllegalArgumentException("field " + field + " cannot be read as " + format.expected());
            }
        }

        /**
         * Sets a row of a column to the value that a text has in this format: missing, a value or rejected.
         *
         * @param text the text of the cell, of several cells as {@link #join} gives it; null is missing
         * @param into the column
         * @param row the row in it
         */
        public void read(@Nullable String text, Column into, int row) {
            String stripped = text == null || field.type() == FieldType.TEXT ? text : strip(text);
            if (stripped == null || missing.contains(stripped)) {
                into.setMissing(row);
            } else {
                format.parse(stripped, into, row);
            }
        }

        /**
         * The text of a row: that of its one cell, or those of several joined by a blank.
         *
         * @param cells gives the text of each of {@link #columns()} by its place there; null is missing
         * @return the text, or null if a cell is missing
         */
        public @Nullable String join(IntFunction<@Nullable String> cells) {
            if (columns.size() == 1) {
                return cells.apply(0);
            }
            StringJoiner joined = new StringJoiner(" ");
            for (int c = 0; c < columns.size(); c++) {
                String cell = cells.apply(c);
                if (cell == null || missing.contains(strip(cell))) {
                    return null;
                }
                joined.add(cell);
            }
            return joined.toString();
        }

        /** Without blanks, tabs and line ends around it: a set that every engine can name. */
        private static String strip(String text) {
            int from = 0;
            int to = text.length();
            while (from < to && BLANKS.indexOf(text.charAt(from)) >= 0) {
                from++;
            }
            while (to > from && BLANKS.indexOf(text.charAt(to - 1)) >= 0) {
                to--;
            }
            return text.substring(from, to);
        }
    }

    /** What is ignored around a value: blank, tab, line feed and carriage return. */
    public static final String BLANKS = " \t\n\r";

    private static final Set<String> EMPTY = Set.of("");

    private final String name;
    private final Set<String> missing;
    private final Map<String, Source> sources;
    private final Map<String, Expression> derived;
    private final Map<String, Span> spans;

    private ColumnMapping(
            String name,
            Set<String> missing,
            Map<String, Source> sources,
            Map<String, Expression> derived,
            Map<String, Span> spans) {
        this.name = name;
        this.missing = missing;
        this.sources = Collections.unmodifiableMap(sources);
        this.derived = Collections.unmodifiableMap(derived);
        this.spans = Collections.unmodifiableMap(spans);
    }

    /**
     * A mapping without fields. An empty cell means that the value is missing.
     *
     * @param name the name of the source, for messages
     * @return the mapping
     */
    public static ColumnMapping named(String name) {
        return new ColumnMapping(name, EMPTY, Map.of(), Map.of(), Map.of());
    }

    /**
     * This mapping with other words for "no value", for the fields added from here on.
     *
     * @param words such as {@code NA} and the empty text
     * @return the mapping
     */
    public ColumnMapping missing(String... words) {
        return new ColumnMapping(name, Set.of(words), sources, derived, spans);
    }

    /**
     * This mapping and a text field.
     *
     * @param field the field's name
     * @param column the column
     * @return the mapping
     */
    public ColumnMapping text(String field, String column) {
        return with(field, column, new Format.PlainText());
    }

    /**
     * This mapping and a whole-number field.
     *
     * @param field the field's name
     * @param column the column
     * @return the mapping
     */
    public ColumnMapping whole(String field, String column) {
        return with(field, column, new Format.Whole());
    }

    /**
     * This mapping and a field in some format.
     *
     * @param field the field's name
     * @param column the column
     * @param format how the value is written; it decides the field's type
     * @return the mapping
     */
    public ColumnMapping with(String field, String column, Format format) {
        Field typed = format instanceof Format.MoneyAmount money
                ? new Field(field, FieldType.MONEY, money.currency())
                : Field.of(field, format.type());
        return with(new Source(typed, List.of(column), format, missing, null));
    }

    /**
     * This mapping and a field from a source described in full.
     *
     * @param source the source
     * @return the mapping
     * @throws IllegalArgumentException if a field of that name exists
     */
    public ColumnMapping with(Source source) {
        Map<String, Source> more = new LinkedHashMap<>(sources);
        refuseTwice(source.field().name());
        more.put(source.field().name(), source);
        return new ColumnMapping(name, missing, more, derived, spans);
    }

    /**
     * This mapping and a field that follows from others.
     *
     * @param field the new field's name
     * @param from an expression over fields of this mapping
     * @return the mapping
     * @throws IllegalArgumentException if a field of that name exists
     */
    public ColumnMapping derived(String field, Expression from) {
        Map<String, Expression> more = new LinkedHashMap<>(derived);
        refuseTwice(field);
        more.put(field, from);
        return new ColumnMapping(name, missing, sources, more, spans);
    }

    /**
     * This mapping and a duration from one instant to another by a clock of the user's own, such as the opening hours of
     * {@link io.cxmetrics.time.BusinessHours#between}. It is missing where an instant is, and rejected where one is or they
     * are more than a hundred years apart. SQL cannot supply it.
     *
     * @param field the new field's name
     * @param from an instant field that columns of this mapping supply
     * @param to another
     * @param clock gives the time that counts between two instants
     * @return the mapping
     * @throws IllegalArgumentException if a field of that name exists, or one of the two is not such a field
     */
    public ColumnMapping between(String field, String from, String to, BiFunction<Instant, Instant, Duration> clock) {
        Map<String, Span> more = new LinkedHashMap<>(spans);
        refuseTwice(field);
        more.put(field, new Span(instant(from), instant(to), clock));
        return new ColumnMapping(name, missing, sources, derived, more);
    }

    private Source instant(String field) {
        Source source = sources.get(field);
        if (source == null) {
            throw new IllegalArgumentException("no column of " + name + " supplies a field '" + field + "'"
                    + DidYouMean.suffix(field, sources.keySet()));
        } else if (source.field().type() != FieldType.INSTANT) {
            throw new IllegalArgumentException(
                    "field '" + field + "' is a " + source.field().type() + "; a time between needs instants");
        }
        return source;
    }

    /** From when to when, and by which clock. */
    private record Span(Source from, Source to, BiFunction<Instant, Instant, Duration> clock) {}

    /**
     * Whether a field is a time between two instants by a clock.
     *
     * @param field the name
     * @return whether {@link #between} made it
     */
    public boolean isBetween(String field) {
        return spans.containsKey(field);
    }

    private void refuseTwice(String field) {
        if (sources.containsKey(field) || derived.containsKey(field) || spans.containsKey(field)) {
            throw new IllegalArgumentException("field '" + field + "' of " + name + " is mapped twice");
        }
    }

    /**
     * The name of the source.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Where each field comes from.
     *
     * @return sources by field name, in the order of definition
     */
    public Map<String, Source> sources() {
        return sources;
    }

    /**
     * The columns that the fields come from.
     *
     * @return the names, each once, in the order of the fields
     */
    public List<String> columns() {
        return sources.values().stream()
                .flatMap(source -> source.columns().stream())
                .distinct()
                .toList();
    }

    /**
     * The columns that some of the fields come from, also through fields that follow from others.
     *
     * @param fields names of fields; names that this mapping does not know have no columns
     * @return the columns, each once, in the order of {@link #columns()}
     */
    public List<String> columns(Collection<String> fields) {
        Set<String> needed = new HashSet<>();
        fields.forEach(field -> addColumns(field, needed));
        return columns().stream().filter(needed::contains).toList();
    }

    private void addColumns(String field, Set<String> into) {
        Source source = sources.get(field);
        Span span = spans.get(field);
        Expression expression = derived.get(field);
        if (source != null) {
            into.addAll(source.columns());
        } else if (span != null) {
            into.addAll(span.from().columns());
            into.addAll(span.to().columns());
        } else if (expression != null) {
            expression.fields().forEach(part -> addColumns(part.name(), into));
        }
    }

    /**
     * The fields that follow from others.
     *
     * @return expressions by field name, in the order of definition
     */
    public Map<String, Expression> derived() {
        return derived;
    }

    /**
     * The fields of rows whose cells stand in the order of a header.
     *
     * @param header the names of the columns
     * @return the fields
     * @throws IllegalArgumentException naming every mapped column that the header lacks, or one that it has twice
     */
    public Fields<Row> fields(List<String> header) {
        List<String> problems = new ArrayList<>();
        Fields<Row> fields = fields(source -> {
            int[] indices = new int[source.columns().size()];
            for (int c = 0; c < indices.length; c++) {
                String column = source.columns().get(c);
                indices[c] = header.indexOf(column);
                if (indices[c] < 0) {
                    problems.add("field '" + source.field().name() + "' needs a column \"" + column
                            + "\", which is not in the" + " header" + DidYouMean.suffix(column, header));
                } else if (header.lastIndexOf(column) != indices[c]) {
                    problems.add("the header has the column \"" + column + "\" twice; field '"
                            + source.field().name() + "' needs one");
                }
            }
            return new CellReader(source, indices);
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    name + ": " + String.join(". ", problems) + ". The header is " + header + ".");
        }
        return fields;
    }

    /**
     * The fields of records of another form, such as those of an engine that holds typed columns.
     *
     * @param <E> the type of the records
     * @param readers gives for each source how its field is read; what it makes of a value must be what
     *     {@link Source#read} makes of the value's text
     * @return the fields, with those that follow from others
     */
    public <E> Fields<E> fields(Function<? super Source, ? extends Fields.Reader<E>> readers) {
        Fields<E> fields = Fields.named(name);
        Map<Source, Fields.Reader<E>> known = new HashMap<>();
        for (Source source : sources.values()) {
            Fields.Reader<E> reader = readers.apply(source);
            known.put(source, reader);
            fields = fields.with(source.field(), reader);
        }
        for (Map.Entry<String, Span> entry : spans.entrySet()) {
            Span span = entry.getValue();
            fields = fields.with(Field.of(entry.getKey(), FieldType.DURATION), between(span, known));
        }
        for (Map.Entry<String, Expression> entry : derived.entrySet()) {
            fields = fields.derived(entry.getKey(), entry.getValue());
        }
        return fields;
    }

    private static <E> Fields.Reader<E> between(Span span, Map<Source, Fields.Reader<E>> readers) {
        Fields.Reader<E> from = Objects.requireNonNull(readers.get(span.from()));
        Fields.Reader<E> to = Objects.requireNonNull(readers.get(span.to()));
        return (rows, into) -> {
            Column begin = new Column(span.from().field().name(), FieldType.INSTANT, Batch.CAPACITY);
            Column end = new Column(span.to().field().name(), FieldType.INSTANT, Batch.CAPACITY);
            from.read(rows, begin);
            to.read(rows, end);
            for (int i = 0; i < rows.size(); i++) {
                Rejection rejection = begin.rejection(i) != null ? begin.rejection(i) : end.rejection(i);
                if (rejection != null) {
                    into.reject(i, rejection.found(), rejection.reason());
                } else if ((begin.states()[i] & end.states()[i] & Column.KNOWN) == 0) {
                    into.setMissing(i);
                } else {
                    long elapsed = end.values()[i] - begin.values()[i];
                    if (Math.abs(elapsed) > FieldType.DURATION.maximum()) {
                        into.reject(i, FieldType.DURATION.text(elapsed), "expected a time within a hundred years");
                    } else {
                        Instant first = FieldType.instant(begin.values()[i]);
                        Instant last = FieldType.instant(end.values()[i]);
                        into.set(i, FieldType.DURATION.encode(span.clock().apply(first, last)));
                    }
                }
            }
        };
    }
}
