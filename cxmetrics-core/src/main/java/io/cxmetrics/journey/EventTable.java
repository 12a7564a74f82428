package io.cxmetrics.journey;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Program;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of all events, in columns and in an order that does not depend on the order in which they were given: by
 * customer and time; at the same time in the order of the steps, events of no step last, then by their texts.
 */
final class EventTable {
    private static final byte HOLDS = Column.KNOWN;

    private final List<Condition> steps;
    private final boolean keepsAll;
    private int[] customers = new int[1024];
    private long[] times = new long[1024];
    private long[] masks = new long[1024];
    private int[][] texts;
    private int size;
    private final Map<Object, Integer> keys = new HashMap<>();
    private final List<Map<String, Integer>> codes = new ArrayList<>();
    private final List<List<String>> words = new ArrayList<>();
    private long events;
    private long missing;
    private long rejected;
    private int[] order = new int[0];
    private int[] starts = new int[0];

    private EventTable(List<Condition> steps, int textFields, boolean keepsAll) {
        this.steps = steps;
        this.keepsAll = keepsAll;
        this.texts = new int[textFields][1024];
        for (int i = 0; i < textFields; i++) {
            codes.add(new HashMap<>());
            words.add(new ArrayList<>());
        }
    }

    /** Checks that a field can be the customer: a text or a whole number. */
    static Field key(Fields<?> fields, String name) {
        return checked(fields, name, "a customer is a text or a whole number", FieldType.TEXT, FieldType.WHOLE);
    }

    static Field time(Fields<?> fields, String name) {
        return checked(fields, name, "the time of an event is a point in time", FieldType.INSTANT);
    }

    static Field text(Fields<?> fields, String name) {
        return checked(fields, name, "expected a text", FieldType.TEXT);
    }

    private static Field checked(Fields<?> fields, String name, String expected, FieldType... types) {
        Field field = fields.field(name);
        if (!Arrays.asList(types).contains(field.type())) {
            throw new IllegalArgumentException("field '" + name + "' is a " + field.type() + "; " + expected);
        }
        return field;
    }

    static <E> EventTable read(
            Fields<E> fields,
            Field key,
            Field time,
            List<Condition> steps,
            List<Field> texts,
            boolean keepsAll,
            Iterable<? extends E> events) {
        EventTable table = new EventTable(steps, texts.size(), keepsAll);
        Program<E> program = new Program<>(fields);
        Expression keyOf = key.type() == FieldType.TEXT ? new Text(key) : new Quantity.Of<Long>(key);
        Column keyColumn = program.add(keyOf);
        Column timeColumn = program.add(new Quantity.Of<Instant>(time));
        List<Column> stepColumns = steps.stream().map(program::add).toList();
        List<Column> textColumns =
                texts.stream().map(field -> program.add(new Text(field))).toList();
        Batch<E> batch = new Batch<>();
        for (E event : events) {
            if (batch.add(event)) {
                program.run(batch);
                table.append(batch.size(), keyColumn, timeColumn, stepColumns, textColumns);
                batch.clear();
            }
        }
        program.run(batch);
        table.append(batch.size(), keyColumn, timeColumn, stepColumns, textColumns);
        table.sort();
        return table;
    }

    private void append(int rows, Column key, Column time, List<Column> stepColumns, List<Column> textColumns) {
        for (int row = 0; row < rows; row++) {
            events++;
            int state = key.states()[row] & time.states()[row];
            if ((state & HOLDS) == 0) {
                if (((key.states()[row] | time.states()[row]) & Column.REJECTED) != 0) {
                    rejected++;
                } else {
                    missing++;
                }
                continue;
            }
            long mask = 0;
            for (int step = 0; step < steps.size(); step++) {
                if ((stepColumns.get(step).states()[row] & HOLDS) != 0) {
                    mask |= 1L << step;
                }
            }
            if (mask == 0 && !keepsAll) {
                continue;
            }
            if (size == times.length) {
                grow();
            }
            Object customer = key.texts().length > 0 ? key.texts()[row] : (Object) key.values()[row];
            customers[size] = keys.computeIfAbsent(customer, k -> keys.size());
            times[size] = time.values()[row];
            masks[size] = mask;
            for (int t = 0; t < texts.length; t++) {
                Column column = textColumns.get(t);
                texts[t][size] = (column.states()[row] & HOLDS) == 0 ? -1 : code(t, column.texts()[row]);
            }
            size++;
        }
    }

    private int code(int field, String text) {
        Integer known = codes.get(field).get(text);
        if (known == null) {
            known = words.get(field).size();
            codes.get(field).put(text, known);
            words.get(field).add(text);
        }
        return known;
    }

    private void grow() {
        int capacity = Math.multiplyExact(times.length, 2);
        customers = Arrays.copyOf(customers, capacity);
        times = Arrays.copyOf(times, capacity);
        masks = Arrays.copyOf(masks, capacity);
        for (int t = 0; t < texts.length; t++) {
            texts[t] = Arrays.copyOf(texts[t], capacity);
        }
    }

    private void sort() {
        starts = new int[keys.size() + 1];
        for (int i = 0; i < size; i++) {
            starts[customers[i] + 1]++;
        }
        for (int c = 0; c < keys.size(); c++) {
            starts[c + 1] += starts[c];
        }
        int[] next = starts.clone();
        order = new int[size];
        for (int i = 0; i < size; i++) {
            order[next[customers[i]]++] = i;
        }
        Comparator<Integer> byTime = Comparator.<Integer>comparingLong(i -> times[i])
                .thenComparingInt(i -> Long.numberOfTrailingZeros(masks[i]))
                .thenComparingLong(i -> masks[i]);
        for (int t = 0; t < texts.length; t++) {
            int field = t;
            byTime = byTime.thenComparing(i -> text(i, field), Comparator.nullsLast(Comparator.naturalOrder()));
        }
        for (int c = 0; c < keys.size(); c++) {
            int from = starts[c];
            Integer[] own = new Integer[starts[c + 1] - from];
            for (int i = 0; i < own.length; i++) {
                own[i] = order[from + i];
            }
            Arrays.sort(own, byTime);
            for (int i = 0; i < own.length; i++) {
                order[from + i] = own[i];
            }
        }
    }

    private @Nullable String text(int event, int field) {
        int code = texts[field][event];
        return code < 0 ? null : words.get(field).get(code);
    }

    int customers() {
        return keys.size();
    }

    /** The place of the first event of a customer; that of the next customer ends it. */
    int start(int customer) {
        return starts[customer];
    }

    long time(int place) {
        return times[order[place]];
    }

    boolean meets(int place, int step) {
        return (masks[order[place]] >> step & 1) != 0;
    }

    /** A text of an event, or null if it is not known. */
    @Nullable
    String textAt(int place, int field) {
        return text(order[place], field);
    }

    long events() {
        return events;
    }

    long missing() {
        return missing;
    }

    long rejected() {
        return rejected;
    }
}
