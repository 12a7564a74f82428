package io.cxmetrics.journey;

import io.cxmetrics.Accumulator;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Text;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far customers come along steps, read from their events.
 *
 * <p><b>Definition.</b> A customer is counted once, at the furthest step that one attempt reached. An attempt begins at any
 * event of the first step; each further step is the first later event that meets its condition, and all of them lie within
 * the {@linkplain #within window} from the first. Of attempts that come equally far the earliest counts; the times between the
 * steps are its. What may lie between says the {@linkplain Order order}.
 *
 * <p><b>Result:</b> for each step the customers who reached it, as a share of those of the step before and of the first, both
 * with their intervals (Wilson), and median and mean time since the step before; the same for each segment.
 *
 * <p><b>Ties:</b> events of a customer at the same time follow each other in the order of the steps, events of no step last.
 * The result does not depend on the order in which the events are given.
 *
 * <p><b>Empty, missing, off scale:</b> without events all counts are 0 and all shares undefined. Events whose customer or time
 * is missing or rejected are counted and left out; a condition that is unknown is not met.
 *
 * <p><b>Cost and memory:</b> a sort per customer; 30 to 60 bytes for each event that meets a step (each event at all in strict
 * order) and one key for each customer, kept until the result is there. With a window, a customer with many attempts costs
 * attempts × events of the window. {@linkplain FunnelResult#merge Results merge} if no customer is in both, so that a stream can
 * be split by a hash of the customer and each part held alone. The result holds no keys. Immutable and thread-safe.
 *
 * <pre>{@code
 * FunnelResult funnel = Funnel.over(fields).by("customer").at("at")
 *         .steps("page", "home", "search", "payment", "confirmation")
 *         .within(Duration.ofDays(7)).per("device")
 *         .compute(events);
 * }</pre>
 *
 * @param <E> the type of the events
 * @since 0.1
 */
public final class Funnel<E> {
    private static final int MOST_STEPS = 63;

    /** What may lie between the steps of an attempt. */
    public enum Order {
        /** The steps in their order; anything may lie between. */
        ORDERED,
        /** The steps in their order, each the customer's very next event. */
        STRICT,
        /**
         * The steps in any order: a step is reached if it and all steps before it in the list happened within the window,
         * whichever came first. An event counts for each step that it meets. There are no times between steps.
         */
        ANY
    }

    private final Fields<E> fields;
    private final @Nullable Field key;
    private final @Nullable Field time;
    private final Map<String, Condition> steps;
    private final Order order;
    private final @Nullable Duration window;
    private final @Nullable Field segment;

    private Funnel(
            Fields<E> fields,
            @Nullable Field key,
            @Nullable Field time,
            Map<String, Condition> steps,
            Order order,
            @Nullable Duration window,
            @Nullable Field segment) {
        this.fields = fields;
        this.key = key;
        this.time = time;
        this.steps = steps;
        this.order = order;
        this.window = window;
        this.segment = segment;
    }

    /**
     * A funnel over some fields, still without customer, time and steps.
     *
     * @param <E> the type of the events
     * @param fields how an event supplies the fields
     * @return the funnel
     */
    public static <E> Funnel<E> over(Fields<E> fields) {
        return new Funnel<>(fields, null, null, Map.of(), Order.ORDERED, null, null);
    }

    /**
     * This funnel with the field that says whose event it is; a hash will do.
     *
     * @param customer the name of a text or whole-number field
     * @return the funnel
     * @throws IllegalArgumentException if the field is unknown or of another type
     */
    public Funnel<E> by(String customer) {
        return new Funnel<>(fields, EventTable.key(fields, customer), time, steps, order, window, segment);
    }

    /**
     * This funnel with the field that says when an event was.
     *
     * @param instant the name of a field
     * @return the funnel
     * @throws IllegalArgumentException if the field is unknown or not a point in time
     */
    public Funnel<E> at(String instant) {
        return new Funnel<>(fields, key, EventTable.time(fields, instant), steps, order, window, segment);
    }

    /**
     * This funnel with one more step.
     *
     * @param name the name of the step
     * @param condition what its events meet
     * @return the funnel
     * @throws IllegalArgumentException if there is a step of that name, or there are {@value #MOST_STEPS} already
     */
    public Funnel<E> step(String name, Condition condition) {
        Map<String, Condition> more = new LinkedHashMap<>(steps);
        if (more.put(name, condition) != null) {
            throw new IllegalArgumentException("a funnel has two steps named '" + name + "'");
        }
        if (more.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a funnel has at most " + MOST_STEPS + " steps");
        }
        return new Funnel<>(fields, key, time, more, order, window, segment);
    }

    /**
     * This funnel with more steps, each the value of one text field, and named by it.
     *
     * @param field the name of a text field, such as {@code page}
     * @param values the values in the order of the steps
     * @return the funnel
     * @throws IllegalArgumentException if the field is unknown or not a text, or a step of that name is there
     */
    public Funnel<E> steps(String field, String... values) {
        Text text = new Text(EventTable.text(fields, field));
        Funnel<E> more = this;
        for (String value : values) {
            more = more.step(value, text.is(value));
        }
        return more;
    }

    /**
     * This funnel with another order.
     *
     * @param newOrder what may lie between the steps
     * @return the funnel
     */
    public Funnel<E> in(Order newOrder) {
        return new Funnel<>(fields, key, time, steps, newOrder, window, segment);
    }

    /**
     * This funnel with a window: the last step is at most so long after the first.
     *
     * @param longest the window, positive
     * @return the funnel
     * @throws IllegalArgumentException if it is not positive
     */
    public Funnel<E> within(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("the window of a funnel must be positive; found " + longest);
        }
        return new Funnel<>(fields, key, time, steps, order, longest, segment);
    }

    /**
     * This funnel for each segment too: the value that a text field has at the first step of the counted attempt.
     *
     * @param field the name of a text field, such as {@code device}
     * @return the funnel
     * @throws IllegalArgumentException if the field is unknown or not a text
     */
    public Funnel<E> per(String field) {
        return new Funnel<>(fields, key, time, steps, order, window, EventTable.text(fields, field));
    }

    /** What a group of customers came to, while they are counted. */
    private final class Tally {
        final long[] reached = new long[steps.size()];
        final List<Accumulator<Long, Percentile>> medians = new ArrayList<>();
        final List<Accumulator<Long, Mean>> means = new ArrayList<>();

        Tally() {
            for (int step = 0; step < steps.size(); step++) {
                medians.add(FunnelStep.MEDIAN.accumulator(FunnelStep.TIMES));
                means.add(FunnelStep.MEAN.accumulator(FunnelStep.TIMES));
            }
        }

        void add(int depth, long[] times) {
            for (int step = 0; step < depth; step++) {
                reached[step]++;
                if (step > 0 && order != Order.ANY) {
                    Long took = times[step] - times[step - 1];
                    medians.get(step).add(took);
                    means.get(step).add(took);
                }
            }
        }

        List<FunnelStep> steps() {
            List<FunnelStep> made = new ArrayList<>();
            for (String name : steps.keySet()) {
                int step = made.size();
                made.add(new FunnelStep(
                        name,
                        Share.of(reached[step], reached[Math.max(0, step - 1)]),
                        Share.of(reached[step], reached[0]),
                        medians.get(step).result(),
                        means.get(step).result()));
            }
            return made;
        }
    }

    /**
     * Computes the funnel.
     *
     * @param events the events in any order
     * @return the result
     * @throws IllegalStateException if customer, time or steps have not been given
     */
    public FunnelResult compute(Iterable<? extends E> events) {
        if (key == null || time == null || steps.size() < 2) {
            throw new IllegalStateException(
                    "a funnel needs a customer, by(…), a time, at(…), and at least two steps, step(…)");
        }
        EventTable table = EventTable.read(
                fields,
                key,
                time,
                List.copyOf(steps.values()),
                segment == null ? List.of() : List.of(segment),
                order == Order.STRICT,
                events);
        Tally all = new Tally();
        SortedMap<Label, Tally> parts = new TreeMap<>();
        Attempt attempt = new Attempt(table);
        for (int customer = 0; customer < table.customers(); customer++) {
            attempt.furthest(table.start(customer), table.start(customer + 1));
            if (attempt.depth > 0) {
                all.add(attempt.depth, attempt.times);
                if (segment != null) {
                    String value = table.textAt(attempt.first, 0);
                    parts.computeIfAbsent(value == null ? Label.MISSING : Label.of(value), label -> new Tally())
                            .add(attempt.depth, attempt.times);
                }
            }
        }
        SortedMap<Label, List<FunnelStep>> segments = new TreeMap<>();
        parts.forEach((label, tally) -> segments.put(label, tally.steps()));
        return new FunnelResult(
                new FunnelResult.Shape(
                        List.copyOf(steps.keySet()), order, window, segment == null ? null : segment.name()),
                all.steps(),
                segments,
                table.events(),
                table.missing(),
                table.rejected());
    }

    /** Finds the attempt of a customer that counts. */
    private final class Attempt {
        private final EventTable table;
        private final int last = steps.size();
        private final long longest = window == null ? Long.MAX_VALUE : microseconds(window);
        private final long[] trial = new long[steps.size()];
        long[] times = new long[steps.size()];
        int depth;
        int first;

        Attempt(EventTable table) {
            this.table = table;
        }

        void furthest(int from, int to) {
            depth = 0;
            if (order == Order.ANY) {
                anyOrder(from, to);
                return;
            }
            for (int start = from; start < to && depth < last; start++) {
                if (table.meets(start, 0)) {
                    int reached = order == Order.STRICT ? strict(start, to) : ordered(start, to);
                    if (reached > depth) {
                        depth = reached;
                        first = start;
                        System.arraycopy(trial, 0, times, 0, reached);
                    }
                    if (window == null && order == Order.ORDERED) {
                        return; // No later start comes further than the first.
                    }
                }
            }
        }

        private int ordered(int start, int to) {
            int step = 1;
            trial[0] = table.time(start);
            for (int place = start + 1; place < to && step < last; place++) {
                if (table.time(place) - trial[0] > longest) {
                    return step;
                }
                if (table.meets(place, step)) {
                    trial[step++] = table.time(place);
                }
            }
            return step;
        }

        private int strict(int start, int to) {
            int step = 0;
            while (step < last
                    && start + step < to
                    && table.meets(start + step, step)
                    && table.time(start + step) - table.time(start) <= longest) {
                trial[step] = table.time(start + step);
                step++;
            }
            return step;
        }

        private void anyOrder(int from, int to) {
            int[] present = new int[last];
            int end = from;
            for (int start = from; start < to && depth < last; start++) {
                while (end < to && table.time(end) - table.time(start) <= longest) {
                    count(present, end++, 1);
                }
                int reached = 0;
                while (reached < last && present[reached] > 0) {
                    reached++;
                }
                if (reached > depth) {
                    depth = reached;
                    first = start;
                    while (!table.meets(first, 0)) {
                        first++;
                    }
                }
                count(present, start, -1);
            }
        }

        private void count(int[] present, int place, int change) {
            for (int step = 0; step < last; step++) {
                if (table.meets(place, step)) {
                    present[step] += change;
                }
            }
        }
    }

    /** The span in the engine's unit; spans of centuries are without end. */
    static long microseconds(Duration span) {
        try {
            return span.toNanos() / 1_000;
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
