package io.cxmetrics.field;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
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
        final long[] times;
        final int[] codes;
        final @Nullable Rejection[] rejections;
        final Object[][] compare;

        Reading(List<? extends E> events) {
            times = new long[events.size()];
            codes = new int[events.size()];
            rejections = new Rejection[events.size()];
            compare = new Object[compared.size()][events.size()];
            Program<E> program = new Program<>(fields);
            List<Expression> parts = new ArrayList<>();
            parts.add(takesPart);
            keys.forEach(key -> parts.add(expression(fields.field(key))));
            parts.add(new Quantity.Of<Instant>(fields.field(time)));
            List<Column> columns = parts.stream().map(program::add).toList();
            List<Column> others = compared.stream()
                    .map(name -> program.add(expression(fields.field(name))))
                    .toList();
            Map<List<Object>, Integer> known = new HashMap<>();
            for (int from = 0; from < events.size(); from += Batch.CAPACITY) {
                int size = Math.min(Batch.CAPACITY, events.size() - from);
                Batch<E> batch = new Batch<>();
                events.subList(from, from + size).forEach(batch::add);
                program.run(batch);
                for (int i = 0; i < size; i++) {
                    read(program, parts, columns, i, from + i, known);
                    for (int c = 0; c < compare.length; c++) {
                        compare[c][from + i] = value(others.get(c), i);
                    }
                }
            }
        }

        private void read(
                Program<E> program,
                List<Expression> parts,
                List<Column> columns,
                int row,
                int event,
                Map<List<Object>, Integer> known) {
            List<Object> key = new ArrayList<>(keys.size());
            codes[event] = -1;
            for (int c = 0; c < columns.size(); c++) {
                byte state = columns.get(c).states()[row];
                if ((state & (Column.KNOWN | Column.FALSE)) == 0) {
                    rejections[event] = program.rejection(parts.get(c), row);
                    return;
                }
                if (c == 0 && (state & Column.FALSE) != 0) {
                    return;
                } else if (c > 0 && c <= keys.size()) {
                    key.add(value(columns.get(c), row));
                }
            }
            times[event] = columns.get(columns.size() - 1).values()[row];
            codes[event] = known.computeIfAbsent(key, k -> known.size());
        }
    }

    private static Object value(Column column, int row) {
        byte state = column.states()[row];
        if ((state & (Column.KNOWN | Column.FALSE)) == 0) {
            return Missing.MISSING;
        } else if (column.texts().length > 0) {
            return column.texts()[row];
        }
        return column.values().length > 0 ? (Object) column.values()[row] : (Object) ((state & Column.KNOWN) != 0);
    }

    /** Stands for a value that is not known, which differs from nothing. */
    private enum Missing {
        MISSING
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
        Reading reading = new Reading(events);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (reading.codes[i] >= 0) {
                order.add(i);
            }
        }
        order.sort(Comparator.<Integer>comparingInt(i -> reading.codes[i])
                .thenComparingLong(i -> reading.times[i])
                .thenComparingInt(i -> i));
        @SuppressWarnings({"unchecked", "rawtypes"})
        Linked<E>[] linked = new Linked[events.size()];
        long latest = Long.MIN_VALUE;
        int first = 0;
        for (int k = 0; k < order.size(); k++) {
            int event = order.get(k);
            boolean begins = k == 0 || reading.codes[order.get(k - 1)] != reading.codes[event];
            boolean ends = k + 1 == order.size() || reading.codes[order.get(k + 1)] != reading.codes[event];
            first = begins ? k : first;
            latest = Math.max(latest, reading.times[event]);
            linked[event] = placed(new Linked<>(
                    events.get(event),
                    null,
                    k - first + 1,
                    reading.times[event],
                    reading.times[order.get(first)],
                    begins ? Linked.NONE : reading.times[order.get(k - 1)],
                    ends ? Linked.NONE : reading.times[order.get(k + 1)],
                    changes(reading, event, begins ? event : order.get(k - 1))));
        }
        for (int i = 0; i < linked.length; i++) {
            if (reading.codes[i] < 0) {
                linked[i] = placed(new Linked<>(
                        events.get(i),
                        reading.rejections[i],
                        0,
                        0,
                        0,
                        Linked.NONE,
                        Linked.NONE,
                        new byte[compared.size()]));
            }
        }
        Instant until = end != null ? end : order.isEmpty() ? null : FieldType.instant(latest);
        return new Linkage<>(Collections.unmodifiableList(Arrays.asList(linked)), linkedFields(until), until);
    }

    private byte[] changes(Reading reading, int event, int previous) {
        byte[] changes = new byte[compared.size()];
        for (int c = 0; c < changes.length; c++) {
            Object now = reading.compare[c][event];
            Object before = reading.compare[c][previous];
            boolean known = event == previous || (now != Missing.MISSING && before != Missing.MISSING);
            changes[c] = !known ? Column.MISSING : now.equals(before) ? Column.FALSE : Column.KNOWN;
        }
        return changes;
    }

    private static <E> Linked<E> placed(Linked<E> linked) {
        return linked.event() instanceof Located place ? new Linked.InFile<>(place, linked) : linked;
    }

    private Fields<Linked<E>> linkedFields(@Nullable Instant until) {
        Fields<Linked<E>> all = fields.on(Linked::event);
        Map<Field, ToLongFunction<Linked<E>>> added = new LinkedHashMap<>();
        added.put(Field.of(TIME_TO_NEXT, FieldType.DURATION), e -> e.next == Linked.NONE ? Linked.NONE : e.next - e.at);
        added.put(
                Field.of(TIME_SINCE_PREVIOUS, FieldType.DURATION),
                e -> e.previous == Linked.NONE ? Linked.NONE : e.at - e.previous);
        long last = until == null ? 0 : FieldType.INSTANT.encode(until);
        added.put(Field.of(OBSERVED_FOR, FieldType.DURATION), e -> last - e.at);
        added.put(Field.of(OCCURRENCE, FieldType.WHOLE), e -> e.occurrence);
        added.put(Field.of(FIRST_AT, FieldType.INSTANT), e -> e.first);
        for (Map.Entry<Field, ToLongFunction<Linked<E>>> entry : added.entrySet()) {
            long maximum = entry.getKey().type().maximum();
            all = all.with(entry.getKey(), (batch, into) -> {
                for (int i = 0; i < batch.size(); i++) {
                    Linked<E> record = batch.get(i);
                    long value = record.isLinked() ? entry.getValue().applyAsLong(record) : Linked.NONE;
                    if (value == Linked.NONE) {
                        setUnlinked(record, i, into);
                    } else if (value > maximum || value < -maximum) {
                        into.reject(i, Long.toString(value), "expected a time within a hundred years");
                    } else {
                        into.set(i, value);
                    }
                }
            });
        }
        for (int c = 0; c < compared.size(); c++) {
            int index = c;
            all = all.with(Field.of(compared.get(c) + "-changed", FieldType.FLAG), (batch, into) -> {
                for (int i = 0; i < batch.size(); i++) {
                    Linked<E> record = batch.get(i);
                    byte state = record.changed[index];
                    if (state == Column.MISSING) {
                        setUnlinked(record, i, into);
                    } else {
                        into.setFlag(i, state == Column.KNOWN);
                    }
                }
            });
        }
        return all;
    }

    private static void setUnlinked(Linked<?> record, int row, Column into) {
        Rejection rejection = record.rejection;
        if (rejection == null) {
            into.setMissing(row);
        } else {
            into.reject(row, rejection.found(), rejection.reason());
        }
    }

    /** What is linked by what. */
    @Override
    public String toString() {
        return "events of " + fields.name() + " linked by " + keys + " at " + time + Objects.toString(end, "");
    }
}
