package io.cxmetrics.field;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Links each event to the events before and after it that share its key, such as the contacts of one customer about one
 * topic, and offers what it found as fields. What needs history (first-contact resolution, repeat purchase, the latest of
 * several answers) is thereby two steps: a linker, then a plain KPI over the linked fields.
 *
 * <pre>{@code
 * Linkage<Call> linked = Linker.over(calls).by("customer", "topic").at("started").until(exported).link(list);
 * Share fcr = ContactKpis.firstContactResolution(Duration.ofDays(7)).of(linked.fields(), linked.events());
 * System.out.println(linked.maturity(Duration.ofDays(7)));
 * }</pre>
 *
 * <p>The fields that are added:
 *
 * <table>
 * <caption>Linked fields</caption>
 * <tr><th>field</th><th>type</th><th>meaning</th></tr>
 * <tr><td>{@value #TIME_TO_NEXT}</td><td>duration</td><td>until the next event of the key; missing if there is none</td></tr>
 * <tr><td>{@value #TIME_SINCE_PREVIOUS}</td><td>duration</td><td>since the previous one; missing if there is none</td></tr>
 * <tr><td>{@value #OBSERVED_FOR}</td><td>duration</td><td>from the event to the end of the observation; negative for events
 * after it</td></tr>
 * <tr><td>{@value #OCCURRENCE}</td><td>whole</td><td>1 for the first event of the key, 2 for the second, …</td></tr>
 * <tr><td>{@value #FIRST_AT}</td><td>instant</td><td>when the first event of the key was</td></tr>
 * <tr><td>{@code channel-changed}</td><td>flag</td><td>for each field given to {@link #comparing}: whether it differs from the
 * previous event of the key; false for the first</td></tr>
 * </table>
 *
 * <p>An event whose key or time is missing has none of these fields, nor has one that takes no part
 * ({@link #where}); where key, time or that condition is rejected, so are they. Events at
 * the same time follow each other in the order in which they were given. Linking holds all events in memory and sorts them.
 * Immutable and thread-safe.
 *
 * @param <E> the type of the events
 * @since 0.1
 */
public final class Linker<E> {
    /** The time until the next event of the same key. */
    public static final String TIME_TO_NEXT = "time-to-next";
    /** The time since the previous event of the same key. */
    public static final String TIME_SINCE_PREVIOUS = "time-since-previous";
    /** The time from the event to the end of the observation. */
    public static final String OBSERVED_FOR = "observed-for";
    /** The number of the event among those of its key, from 1. */
    public static final String OCCURRENCE = "occurrence";
    /** The time of the first event of the same key. */
    public static final String FIRST_AT = "first-at";

    private final Fields<E> fields;
    private final List<String> keys;
    private final String time;
    private final @Nullable Instant end;
    private final List<String> compared;
    private final Condition takesPart;

    private Linker(
            Fields<E> fields,
            List<String> keys,
            String time,
            @Nullable Instant end,
            List<String> compared,
            Condition takesPart) {
        this.fields = fields;
        this.keys = List.copyOf(keys);
        this.time = time;
        this.end = end;
        this.compared = List.copyOf(compared);
        this.takesPart = takesPart;
    }

    /**
     * A linker over some fields, still without key and time.
     *
     * @param <E> the type of the events
     * @param fields how an event supplies the fields
     * @return the linker
     */
    public static <E> Linker<E> over(Fields<E> fields) {
        return new Linker<>(fields, List.of(), "", null, List.of(), Condition.always());
    }

    /**
     * This linker with a key: events whose values of these fields are all the same belong together.
     *
     * @param key the names of text, flag or whole-number fields, such as {@code customer} and {@code topic}
     * @return the linker
     * @throws IllegalArgumentException if a field is unknown or of another type
     */
    public Linker<E> by(String... key) {
        for (String name : key) {
            checkDiscrete(name);
        }
        return new Linker<>(fields, List.of(key), time, end, compared, takesPart);
    }

    private void checkDiscrete(String name) {
        FieldType type = fields.field(name).type();
        if (type != FieldType.TEXT && type != FieldType.FLAG && type != FieldType.WHOLE) {
            throw new IllegalArgumentException(
                    "field '" + name + "' is a " + type + "; a key is a text, a flag or a whole number");
        }
    }

    /**
     * This linker with the time of the events.
     *
     * @param field the name of an instant field
     * @return the linker
     * @throws IllegalArgumentException if the field is unknown or of another type
     */
    public Linker<E> at(String field) {
        FieldType type = fields.field(field).type();
        if (type != FieldType.INSTANT) {
            throw new IllegalArgumentException("field '" + field + "' is a " + type + "; linking needs an instant");
        }
        return new Linker<>(fields, keys, field, end, compared, takesPart);
    }

    /**
     * This linker with the end of the observation: when the data were exported. Without one, it is the time of the latest
     * event that is linked, which is a little too early.
     *
     * @param observed the instant up to which every event is in the data
     * @return the linker
     */
    public Linker<E> until(Instant observed) {
        return new Linker<>(fields, keys, time, observed, compared, takesPart);
    }

    /**
     * This linker with fields that are compared with those of the previous event, such as {@code channel}: adds the flag
     * {@code channel-changed}.
     *
     * @param field the names of text, flag or whole-number fields
     * @return the linker
     * @throws IllegalArgumentException if a field is unknown or of another type
     */
    public Linker<E> comparing(String... field) {
        for (String name : field) {
            checkDiscrete(name);
        }
        return new Linker<>(fields, keys, time, end, List.of(field), takesPart);
    }

    /**
     * This linker for some events only, such as all calls but the attempts that never reached anybody: the others stay among
     * the events, but are nobody's next or previous event and have no linked fields. Without a condition all take part.
     *
     * @param condition what the events that take part meet
     * @return the linker
     */
    public Linker<E> where(Condition condition) {
        return new Linker<>(fields, keys, time, end, compared, condition);
    }

    /**
     * The fields whose values events share that belong together.
     *
     * @return the names; none if the linker has no key yet
     */
    public List<String> keys() {
        return keys;
    }

    /**
     * The field with the time of the events.
     *
     * @return the name; empty if the linker has no time yet
     */
    public String time() {
        return time;
    }

    /**
     * The end of the observation.
     *
     * @return the instant, or nothing if it is the time of the latest event that is linked
     */
    public Optional<Instant> until() {
        return Optional.ofNullable(end);
    }

    /**
     * The fields that are compared with those of the previous event.
     *
     * @return the names
     */
    public List<String> compared() {
        return compared;
    }

    /**
     * What the events that take part meet.
     *
     * @return the condition; always true if there is none
     */
    public Condition condition() {
        return takesPart;
    }

    /** What was read of all events, in columns. */
    private final class Reading {
        final List<? extends E> events;

        /** {@link LinkedEvents#NONE} of events that are not linked. */
        final long[] times;

        final KeyNumbers keyNumbers;
        final Map<Integer, Rejection> rejections = new HashMap<>();
        final @Nullable Object[][] compare;
        private final Program<E> program = new Program<>(fields);

        /** What decides whether an event is linked: the condition, the key, the time. */
        private final List<Expression> parts = new ArrayList<>();

        private final List<Column> columns;
        private final Column at;

        Reading(List<? extends E> events) {
            this.events = events;
            times = new long[events.size()];
            compare = new @Nullable Object[compared.size()][events.size()];
            parts.add(takesPart);
            keys.forEach(key -> parts.add(expression(fields.field(key))));
            parts.add(new Quantity.Of<Instant>(fields.field(time)));
            Outcomes outcomes = program.add(takesPart, parts.subList(1, parts.size()));
            columns = parts.stream().map(program::add).toList();
            at = columns.get(columns.size() - 1);
            keyNumbers = new KeyNumbers(columns.subList(1, columns.size() - 1), events.size());
            List<Column> others = compared.stream()
                    .map(name -> program.add(expression(fields.field(name))))
                    .toList();
            Batch<E> batch = new Batch<>();
            for (int from = 0; from < events.size(); from += batch.size()) {
                batch.clear();
                batch.addAll(events, from, events.size());
                program.run(batch);
                if (outcomes.allUsed()) {
                    link(0, from, batch.size());
                } else {
                    linkKnown(from, batch.size());
                }
                for (int c = 0; c < compare.length; c++) {
                    for (int row = 0; row < batch.size(); row++) {
                        compare[c][from + row] = value(others.get(c), row);
                    }
                }
            }
        }

        private void link(int row, int event, int size) {
            System.arraycopy(at.values(), row, times, event, size);
            keyNumbers.add(row, event, size);
        }

        private void linkKnown(int from, int size) {
            for (int row = 0; row < size; row++) {
                if (isLinked(row, from + row)) {
                    link(row, from + row, 1);
                } else {
                    times[from + row] = LinkedEvents.NONE;
                    keyNumbers.skip(from + row);
                }
            }
        }

        private boolean isLinked(int row, int event) {
            for (int c = 0; c < columns.size(); c++) {
                byte state = columns.get(c).states()[row];
                if ((state & (Column.KNOWN | Column.FALSE)) == 0) {
                    Rejection rejection = program.rejection(parts.get(c), row);
                    if (rejection != null) {
                        rejections.put(event, rejection);
                    }
                    return false;
                } else if (c == 0 && (state & Column.FALSE) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A value as an object, null if it is not known. */
    private static @Nullable Object value(Column column, int row) {
        byte state = column.states()[row];
        if ((state & (Column.KNOWN | Column.FALSE)) == 0) {
            return null;
        } else if (column.texts().length > 0) {
            return column.texts()[row];
        }
        return column.values().length > 0 ? (Object) column.values()[row] : (Object) ((state & Column.KNOWN) != 0);
    }

    private static Expression expression(Field field) {
        return switch (field.type()) {
            case TEXT -> new Text(field);
            case FLAG -> new Condition.Flag(field);
            default -> new Quantity.Of<>(field);
        };
    }

    /**
     * Links events.
     *
     * @param events the events, in any order
     * @return the linked events
     * @throws IllegalStateException if key or time has not been given
     */
    public Linkage<E> link(List<? extends E> events) {
        if (keys.isEmpty() || time.isEmpty()) {
            throw new IllegalStateException("a linker needs a key, by(…), and a time, at(…)");
        }
        List<? extends E> random = events instanceof RandomAccess ? events : new ArrayList<>(events);
        Reading reading = new Reading(random);
        Neighbours neighbours = new Neighbours(reading.times, reading.keyNumbers.numbers());
        LinkedEvents<E> linked =
                new LinkedEvents<>(random, reading.times, neighbours, reading.rejections, reading.compare);
        Instant until = end != null ? end : linked.latest();
        return new Linkage<>(linked, linkedFields(until), until);
    }

    private Fields<Linked<E>> linkedFields(@Nullable Instant until) {
        long end = until == null ? 0 : FieldType.INSTANT.encode(until);
        Fields<Linked<E>> all =
                with(fields.on(Linked::event), TIME_TO_NEXT, FieldType.DURATION, LinkedEvents::readToNext);
        all = with(all, TIME_SINCE_PREVIOUS, FieldType.DURATION, LinkedEvents::readSincePrevious);
        all = with(
                all,
                OBSERVED_FOR,
                FieldType.DURATION,
                (events, from, size, into, row) -> events.readUntil(end, from, size, into, row));
        all = with(all, OCCURRENCE, FieldType.WHOLE, LinkedEvents::readOccurrence);
        all = with(all, FIRST_AT, FieldType.INSTANT, LinkedEvents::readFirst);
        for (int c = 0; c < compared.size(); c++) {
            int field = c;
            all = with(
                    all,
                    compared.get(c) + "-changed",
                    FieldType.FLAG,
                    (events, from, size, into, row) -> events.readChanged(field, from, size, into, row));
        }
        return all;
    }

    private static <E> Fields<Linked<E>> with(
            Fields<Linked<E>> fields, String name, FieldType type, LinkedEvents.Reader reader) {
        return fields.with(Field.of(name, type), (batch, into) -> {
            if (batch.range() instanceof LinkedEvents<?> events) {
                reader.read(events, batch.first(), batch.size(), into, 0);
                return;
            }
            for (int row = 0; row < batch.size(); row++) {
                Linked<E> linked = batch.get(row);
                reader.read(linked.all(), linked.index(), 1, into, row);
            }
        });
    }

    /** What is linked by what. */
    @Override
    public String toString() {
        return "events of " + fields.name() + " linked by " + keys + " at " + time + Objects.toString(end, "");
    }
}
