package io.cxmetrics.journey;

import io.cxmetrics.Accumulator;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Mean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which ways customers take: the sequence of a text field's values along each visit, such as pages, touchpoints or channels.
 * Of a field {@code channel} its changes are the channel switches.
 *
 * <p><b>Definition.</b> A visit is all events of a customer, or those between two {@linkplain #pauses pauses}. Its path is the
 * sequence of values; the same value again right after itself is no new step. Paths longer than {@linkplain #upTo so many}
 * steps are cut there for counting, and end in {@value #CUT}; changes are counted before the cut.
 *
 * <p><b>Ties:</b> events of a customer at the same time follow each other in the alphabetical order of the values. The result
 * does not depend on the order in which the events are given.
 *
 * <p><b>Empty, missing, off scale:</b> events without customer, time or value are counted and left out.
 *
 * <p><b>Cost and memory:</b> a sort per customer; 30 to 60 bytes for each event, until the result is there. The result holds
 * each different path once. {@linkplain PathsResult#merge Results merge} if no customer is in both. Immutable and thread-safe.
 *
 * <pre>{@code
 * PathsResult paths = Paths.over(fields).by("customer").at("at").of("page").pauses(Duration.ofMinutes(30)).compute(events);
 * paths.top(5);
 * }</pre>
 *
 * @param <E> the type of the events
 * @since 0.1
 */
public final class Paths<E> {
    /** What a path that was cut ends in. */
    public static final String CUT = "…";

    private static final int USUAL_LENGTH = 20;

    private final Fields<E> fields;
    private final @Nullable Field key;
    private final @Nullable Field time;
    private final @Nullable Field value;
    private final Map<PathsResult.Aspect, Field> aspects;
    private final @Nullable Duration pause;
    private final int length;

    private Paths(
            Fields<E> fields,
            @Nullable Field key,
            @Nullable Field time,
            @Nullable Field value,
            Map<PathsResult.Aspect, Field> aspects,
            @Nullable Duration pause,
            int length) {
        this.fields = fields;
        this.key = key;
        this.time = time;
        this.value = value;
        this.aspects = aspects;
        this.pause = pause;
        this.length = length;
    }

    /**
     * Paths over some fields, still without customer, time and value.
     *
     * @param <E> the type of the events
     * @param fields how an event supplies the fields
     * @return the paths
     */
    public static <E> Paths<E> over(Fields<E> fields) {
        return new Paths<>(fields, null, null, null, Map.of(), null, USUAL_LENGTH);
    }

    /**
     * These paths with the field that says whose event it is; a hash will do.
     *
     * @param customer the name of a text or whole-number field
     * @return the paths
     * @throws IllegalArgumentException if the field is unknown or of another type
     */
    public Paths<E> by(String customer) {
        return new Paths<>(fields, EventTable.key(fields, customer), time, value, aspects, pause, length);
    }

    /**
     * These paths with the field that says when an event was.
     *
     * @param instant the name of a field
     * @return the paths
     * @throws IllegalArgumentException if the field is unknown or not a point in time
     */
    public Paths<E> at(String instant) {
        return new Paths<>(fields, key, EventTable.time(fields, instant), value, aspects, pause, length);
    }

    /**
     * These paths with the field whose values they are made of.
     *
     * @param text the name of a text field, such as {@code page} or {@code channel}
     * @return the paths
     * @throws IllegalArgumentException if the field is unknown or not a text
     */
    public Paths<E> of(String text) {
        return new Paths<>(fields, key, time, EventTable.text(fields, text), aspects, pause, length);
    }

    /**
     * These paths with the field that says in which channel an event was, to be held against the plan.
     *
     * @param text the name of a text field whose values are those that a {@link Touchpoint#channel} has
     * @return the paths
     * @throws IllegalArgumentException if the field is unknown or not a text
     */
    public Paths<E> channel(String text) {
        return with(PathsResult.Aspect.CHANNEL, text);
    }

    /**
     * These paths with the field that says who began, to be held against the plan.
     *
     * @param text the name of a text field with the values {@code customer} and {@code company}
     * @return the paths
     * @throws IllegalArgumentException if the field is unknown or not a text
     */
    public Paths<E> initiator(String text) {
        return with(PathsResult.Aspect.INITIATOR, text);
    }

    private Paths<E> with(PathsResult.Aspect aspect, String text) {
        Map<PathsResult.Aspect, Field> more = new EnumMap<>(PathsResult.Aspect.class);
        more.putAll(aspects);
        more.put(aspect, EventTable.text(fields, text));
        return new Paths<>(fields, key, time, value, more, pause, length);
    }

    /**
     * These paths with visits that end when a customer is silent.
     *
     * @param silence an event later than this after the one before begins a new visit; positive
     * @return the paths
     * @throws IllegalArgumentException if it is not positive
     */
    public Paths<E> pauses(Duration silence) {
        if (silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException("the pause between visits must be positive; found " + silence);
        }
        return new Paths<>(fields, key, time, value, aspects, silence, length);
    }

    /**
     * These paths cut after so many steps.
     *
     * @param steps the greatest number of steps that are told apart, at least 2
     * @return the paths
     * @throws IllegalArgumentException if it is less than 2
     */
    public Paths<E> upTo(int steps) {
        if (steps < 2) {
            throw new IllegalArgumentException("a path has at least 2 steps to tell apart; found " + steps);
        }
        return new Paths<>(fields, key, time, value, aspects, pause, steps);
    }

    /**
     * Computes the paths.
     *
     * @param events the events in any order
     * @return the result
     * @throws IllegalStateException if customer, time or value have not been given
     */
    public PathsResult compute(Iterable<? extends E> events) {
        if (key == null || time == null || value == null) {
            throw new IllegalStateException("paths need a customer, by(…), a time, at(…), and a value, of(…)");
        }
        List<PathsResult.Aspect> asked = List.copyOf(aspects.keySet());
        List<Field> texts = new ArrayList<>(List.of(value));
        texts.addAll(aspects.values());
        EventTable table = EventTable.read(fields, key, time, List.of(), texts, true, events);
        Map<PathsResult.Seen, Long> seen = new HashMap<>();
        long longest = pause == null ? Long.MAX_VALUE : Funnel.microseconds(pause);
        Walk walk = new Walk();
        for (int customer = 0; customer < table.customers(); customer++) {
            long before = 0;
            for (int place = table.start(customer); place < table.start(customer + 1); place++) {
                String at = table.textAt(place, 0);
                if (at == null) {
                    walk.unknown++;
                    continue;
                }
                for (int i = 0; i < asked.size(); i++) {
                    String said = table.textAt(place, i + 1);
                    if (said != null) {
                        seen.merge(new PathsResult.Seen(at, asked.get(i), said), 1L, Math::addExact);
                    }
                }
                if (table.time(place) - before > longest) {
                    walk.end();
                }
                before = table.time(place);
                walk.step(at);
            }
            walk.end();
        }
        return new PathsResult(
                new PathsResult.Shape(value.name(), Set.copyOf(aspects.keySet()), pause, length),
                walk.paths,
                walk.changes,
                seen,
                walk.changesPerVisit.result(),
                walk.changed,
                table.events(),
                Math.addExact(Math.addExact(table.missing(), table.rejected()), walk.unknown));
    }

    /** The visit that is being read, and what was counted so far. */
    private final class Walk {
        final Map<List<String>, Long> paths = new HashMap<>();
        final Map<PathsResult.Change, Long> changes = new HashMap<>();
        final Accumulator<Long, Mean> changesPerVisit = PathsResult.CHANGES.accumulator(PathsResult.COUNTS);
        long changed;
        long unknown;
        private final List<String> path = new ArrayList<>();
        private String last = "";
        private long switches;

        void step(String at) {
            if (path.isEmpty()) {
                path.add(at);
            } else if (!at.equals(last)) {
                switches++;
                changes.merge(new PathsResult.Change(last, at), 1L, Math::addExact);
                if (path.size() < length) {
                    path.add(at);
                } else if (path.size() == length) {
                    path.add(CUT);
                }
            }
            last = at;
        }

        void end() {
            if (!path.isEmpty()) {
                paths.merge(List.copyOf(path), 1L, Math::addExact);
                changesPerVisit.add(switches);
                changed += switches > 0 ? 1 : 0;
                path.clear();
                switches = 0;
            }
        }
    }
}
