package io.cxmetrics.scorecard;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import io.cxmetrics.time.Grain;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Collector;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many KPIs by dimensions and periods, computed in one pass over the rows.
 *
 * <pre>{@code
 * Scorecard<Call> card = Scorecard.over(calls)
 *         .by("channel")
 *         .every(Grain.WEEK, "started", ZoneId.of("Europe/Helsinki"))
 *         .kpis(ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.EXCLUDED), ContactKpis.averageHandleTime());
 * ScorecardResult today = card.compute(list);
 * ScorecardResult all = yesterday.merge(today);
 * }</pre>
 *
 * <p>Every row is in exactly one cell; a row whose dimension is missing or rejected is in a cell that says so, and a row
 * whose time is missing or rejected in a cell without a period. Immutable and thread-safe if the accessors of the fields
 * are.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class Scorecard<E> {
    /** So many rows are read between two looks of a policy at what was set aside. */
    private static final int CHUNK = RejectPolicy.LINES_BETWEEN;

    private static final int SMALLEST_CHUNK = 1 << 16;
    private static final int CHUNKS_PER_THREAD = 4;

    private final Fields<E> fields;
    private final List<String> dimensions;
    private final @Nullable Grain grain;
    private final String timeField;
    private final ZoneId zone;
    private final List<Kpi<?>> kpis;
    private final RejectPolicy rejects;

    private Scorecard(
            Fields<E> fields,
            List<String> dimensions,
            @Nullable Grain grain,
            String timeField,
            ZoneId zone,
            List<Kpi<?>> kpis,
            RejectPolicy rejects) {
        this.fields = fields;
        this.dimensions = List.copyOf(dimensions);
        this.grain = grain;
        this.timeField = timeField;
        this.zone = zone;
        this.kpis = List.copyOf(kpis);
        this.rejects = rejects;
    }

    /**
     * A scorecard over some fields, without dimensions, periods and KPIs yet.
     *
     * @param <E> the type of the records
     * @param fields how a record supplies the fields
     * @return the scorecard
     */
    public static <E> Scorecard<E> over(Fields<E> fields) {
        return new Scorecard<>(fields, List.of(), null, "", ZoneOffset.UTC, List.of(), RejectPolicy.count());
    }

    /**
     * This scorecard split by the values of fields.
     *
     * @param dimension the names of text, flag or whole-number fields
     * @return the scorecard
     * @throws IllegalArgumentException if a field is unknown, of another type, or named twice
     */
    public Scorecard<E> by(String... dimension) {
        List<String> more = new ArrayList<>(dimensions);
        for (String name : dimension) {
            FieldType type = fields.field(name).type();
            if (type != FieldType.TEXT && type != FieldType.FLAG && type != FieldType.WHOLE) {
                throw new IllegalArgumentException(
                        "field '" + name + "' is a " + type + "; a dimension is a text, a flag or a whole number");
            }
            if (more.contains(name)) {
                throw new IllegalArgumentException("dimension '" + name + "' is named twice");
            }
            more.add(name);
        }
        return new Scorecard<>(fields, more, grain, timeField, zone, kpis, rejects);
    }

    /**
     * This scorecard split by the hour of the week on a clock, such as {@code 2 Tue 09}. On the day when clocks are set back
     * an hour has the rows of two, on the day when they are put forward one is left out.
     *
     * @param dimension the name of the new dimension, such as {@code hour-of-week}
     * @param field the name of an instant field
     * @param timeZone whose clock
     * @return the scorecard
     * @throws IllegalArgumentException if the field is unknown or no instant, or the dimension's name is taken
     */
    public Scorecard<E> byHourOfWeek(String dimension, String field, ZoneId timeZone) {
        Field time = fields.field(field);
        if (time.type() != FieldType.INSTANT) {
            throw new IllegalArgumentException(
                    "field '" + field + "' is a " + time.type() + "; an hour of the week needs an instant");
        }
        Fields<E> more = fields.with(
                Field.of(dimension, FieldType.TEXT), HoursOfWeek.reader(fields, new Quantity.Of<>(time), timeZone));
        return new Scorecard<>(more, dimensions, grain, timeField, zone, kpis, rejects).by(dimension);
    }

    /**
     * This scorecard split into calendar periods.
     *
     * @param period the length of the periods
     * @param field the name of an instant or date field
     * @param timeZone where the days begin; dates have no zone and ignore it
     * @return the scorecard
     * @throws IllegalArgumentException if the field is unknown or of another type
     */
    public Scorecard<E> every(Grain period, String field, ZoneId timeZone) {
        FieldType type = fields.field(field).type();
        if (type != FieldType.INSTANT && type != FieldType.DATE) {
            throw new IllegalArgumentException(
                    "field '" + field + "' is a " + type + "; periods need an instant or a date");
        }
        return new Scorecard<>(fields, dimensions, period, field, timeZone, kpis, rejects);
    }

    /**
     * This scorecard with more KPIs.
     *
     * @param more the KPIs
     * @return the scorecard
     * @throws IllegalArgumentException if two KPIs have one id, or a field that a KPI needs is not supplied
     */
    public Scorecard<E> kpis(Kpi<?>... more) {
        return kpis(List.of(more));
    }

    /**
     * This scorecard with more KPIs.
     *
     * @param more the KPIs
     * @return the scorecard
     * @throws IllegalArgumentException if two KPIs have one id, or a field that a KPI needs is not supplied
     */
    public Scorecard<E> kpis(List<? extends Kpi<?>> more) {
        List<Kpi<?>> all = new ArrayList<>(kpis);
        all.addAll(more);
        Set<String> ids = new HashSet<>();
        for (Kpi<?> kpi : all) {
            if (!ids.add(kpi.id())) {
                throw new IllegalArgumentException("two KPIs of the scorecard have the id '" + kpi.id()
                        + "'; give one of them another with withId(…)");
            }
        }
        Scorecard<E> scorecard = new Scorecard<>(fields, dimensions, grain, timeField, zone, all, rejects);
        scorecard.start().result();
        return scorecard;
    }

    /**
     * This scorecard with another policy for values and lines that are set aside; by default they are counted.
     *
     * @param policy the policy
     * @return the scorecard
     */
    public Scorecard<E> rejects(RejectPolicy policy) {
        return new Scorecard<>(fields, dimensions, grain, timeField, zone, kpis, policy);
    }

    /**
     * The scorecard of some rows. Long lists are split over the common pool; the result is the same.
     *
     * @param rows the rows
     * @return the result
     * @throws RejectedException if the {@link RejectPolicy} does not bear what is in the rows
     */
    public ScorecardResult compute(List<? extends E> rows) {
        if (rejects.canFail()) {
            return computeInOrder(rows);
        }
        int length = chunkLength(rows.size());
        return IntStream.range(0, (rows.size() + length - 1) / length)
                .parallel()
                .mapToObj(chunk -> chunk(rows, chunk, length))
                .reduce(ScorecardResult::merge)
                .orElseGet(() -> start().result());
    }

    /** Few parts, since merging their results is slow with many cells; some more than threads, since these are not equal. */
    private static int chunkLength(int rows) {
        int threads = ForkJoinTask.inForkJoinPool()
                ? ForkJoinTask.getPool().getParallelism()
                : ForkJoinPool.getCommonPoolParallelism() + 1;
        return Math.max(SMALLEST_CHUNK, (int) Math.ceil((double) rows / ((long) threads * CHUNKS_PER_THREAD)));
    }

    private ScorecardResult chunk(List<? extends E> rows, int chunk, int length) {
        int from = chunk * length;
        ScorecardRun<E> run = new ScorecardRun<>(this, rejects.counting(), from, Intake.NONE);
        run.addAll(rows, from, Math.min(rows.size() - from, length) + from);
        return run.unchecked();
    }

    /** In parallel, but judged as if read one after another: chunks are as long as the lines between two looks. */
    private ScorecardResult computeInOrder(List<? extends E> rows) {
        int chunks = (rows.size() + CHUNK - 1) / CHUNK;
        List<ScorecardResult> parts = IntStream.range(0, chunks)
                .parallel()
                .mapToObj(chunk -> chunk(rows, chunk, CHUNK))
                .toList();
        ScorecardResult sum = start().unchecked();
        for (int chunk = 0; chunk < chunks; chunk++) {
            ScorecardResult more = sum.merge(parts.get(chunk));
            boolean isWhole = (chunk + 1) * (long) CHUNK <= rows.size();
            if (rejects.isAtFirst() && !rejects.allows(more.intake())) {
                ScorecardRun<E> again = new ScorecardRun<>(this, rejects, (long) chunk * CHUNK, sum.intake());
                rows.subList(chunk * CHUNK, Math.min(rows.size(), (chunk + 1) * CHUNK))
                        .forEach(again::add);
                again.flush();
            } else if (isWhole) {
                rejects.check(more.intake());
            }
            sum = more;
        }
        rejects.check(sum.intake());
        return sum;
    }

    /**
     * The scorecard of a stream's rows, read one after another.
     *
     * @param rows the rows
     * @return the result
     * @throws RejectedException if the {@link RejectPolicy} does not bear what is in the rows
     */
    public ScorecardResult compute(Iterable<? extends E> rows) {
        ScorecardRun<E> run = start();
        run.addAll(rows);
        return run.result();
    }

    /**
     * The scorecard of rows read one after another, which can be watched and cancelled: by {@link Progress#goOn}, and by
     * interrupting the thread, whose interrupt status is kept. Rows are taken until then; the result says that it is partial.
     *
     * @param rows the rows
     * @param progress is told every {@value Progress#ROWS_BETWEEN} rows
     * @return the result, of all rows or of those before the cancellation
     * @throws RejectedException if the {@link RejectPolicy} does not bear what is in the rows
     */
    public ScorecardResult compute(Iterable<? extends E> rows, Progress progress) {
        ScorecardRun<E> run = start();
        long taken = 0;
        boolean told = true;
        for (E row : rows) {
            if (!told) {
                told = true;
                if (!progress.goOn(taken) || Thread.currentThread().isInterrupted()) {
                    run.endEarly();
                    break;
                }
            }
            run.add(row);
            told = ++taken % Progress.ROWS_BETWEEN != 0;
        }
        return run.result();
    }

    /**
     * The scorecard of what a publisher sends; at most {@value ScorecardSubscriber#REQUESTED} rows are asked for at a time.
     *
     * @return a subscriber, for one subscription
     */
    public ScorecardSubscriber<E> subscriber() {
        return new ScorecardSubscriber<>(start());
    }

    /**
     * A recorder to which many threads add rows, for services.
     *
     * @return an empty recorder
     */
    public ScorecardRecorder<E> recorder() {
        return new ScorecardRecorder<>(this);
    }

    /**
     * A collector for streams.
     *
     * @return the collector
     */
    public Collector<E, ?, ScorecardResult> collector() {
        return Collector.of(
                this::start,
                ScorecardRun<E>::add,
                (a, b) -> {
                    a.add(b.unchecked());
                    return a;
                },
                ScorecardRun::result,
                Collector.Characteristics.UNORDERED);
    }

    /**
     * A run to which rows are added one by one.
     *
     * @return an empty run
     */
    public ScorecardRun<E> start() {
        return new ScorecardRun<>(this, rejects, 0, Intake.NONE);
    }

    /** A run that counts what is set aside, whatever the policy. */
    ScorecardRun<E> startCounting() {
        return new ScorecardRun<>(this, rejects.counting(), 0, Intake.NONE);
    }

    Fields<E> fields() {
        return fields;
    }

    List<Kpi<?>> kpis() {
        return kpis;
    }

    @Nullable
    Grain grain() {
        return grain;
    }

    ZoneId zone() {
        return zone;
    }

    /** The dimensions, then the time if there are periods. */
    List<Expression> keys() {
        List<Expression> keys = new ArrayList<>();
        dimensions.forEach(name -> keys.add(expression(fields.field(name))));
        if (grain != null) {
            keys.add(expression(fields.field(timeField)));
        }
        return keys;
    }

    private static Expression expression(Field field) {
        return switch (field.type()) {
            case TEXT -> new Text(field);
            case FLAG -> new Condition.Flag(field);
            default -> new Quantity.Of<>(field);
        };
    }

    /**
     * What all results of this scorecard have in common: its KPIs, dimensions and periods.
     *
     * @return the shape
     */
    public ScorecardResult.Shape shape() {
        boolean isInstant = grain != null && fields.field(timeField).type() == FieldType.INSTANT;
        return new ScorecardResult.Shape(kpis, dimensions, grain, isInstant ? zone : null);
    }
}
