package io.cxmetrics;

import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A key performance indicator as a value: what is measured, over which rows, in which unit, and which way is better.
 *
 * <p>A KPI knows no Java class and no file: it is written over named fields. The catalogues
 * ({@code io.cxmetrics.survey}, {@code .bot}, {@code .contact}) make the KPIs of the field; own ones begin at a family,
 * such as {@code Share.kpi("short-waits", condition)}.
 *
 * <pre>{@code
 * Kpi<Share> fast = ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.EXCLUDED);
 * Share share = fast.of(fields, calls);
 * }</pre>
 *
 * <p>The {@link #canonical() canonical form} is the identity: two KPIs are equal if it is, and only results of equal KPIs
 * merge or compare. The {@link #name() name} is for showing only. Immutable and thread-safe.
 *
 * @param <S> the statistic that answers it
 * @since 0.1
 */
public final class Kpi<S extends Statistic<S>> {
    private static final String SLUG = "[a-z0-9][a-z0-9-]{0,62}";

    private final String id;
    private final String name;
    private final Definition<S> definition;
    private final Condition where;
    private final Unit unit;
    private final Direction direction;
    private final String canonical;

    private Kpi(String id, String name, Definition<S> definition, Condition where, Unit unit, Direction direction) {
        if (!id.matches(SLUG)) {
            throw new IllegalArgumentException(
                    "\"" + id
                            + "\" is not an id: expected 1 to 63 lower-case letters, digits and hyphens, such as service-level");
        }
        this.id = id;
        this.name = name;
        this.definition = Objects.requireNonNull(definition, "definition");
        this.where = Objects.requireNonNull(where, "where");
        this.unit = Objects.requireNonNull(unit, "unit");
        this.direction = Objects.requireNonNull(direction, "direction");
        String rows = where instanceof Condition.Always ? "" : " where " + where;
        this.canonical = id + " = " + definition + rows + " [" + unit + ", "
                + direction.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "]";
    }

    /**
     * Checks an id of a KPI, an objective or whatever else has one.
     *
     * @param id the id
     * @return the id
     * @throws IllegalArgumentException if it is not 1 to 63 lower-case letters, digits and hyphens
     */
    public static String checkId(String id) {
        if (!id.matches(SLUG)) {
            throw new IllegalArgumentException(
                    "\"" + id
                            + "\" is not an id: expected 1 to 63 lower-case letters, digits and hyphens, such as service-level");
        }
        return id;
    }

    /**
     * A KPI over all rows. The families and catalogues offer shorter ways.
     *
     * @param <S> the statistic that answers it
     * @param id 1 to 63 lower-case letters, digits and hyphens
     * @param definition the family with its parameters
     * @param unit the unit of the value
     * @param direction which way is better
     * @return the KPI
     * @throws IllegalArgumentException if the id is not of that form
     */
    public static <S extends Statistic<S>> Kpi<S> of(
            String id, Definition<S> definition, Unit unit, Direction direction) {
        return new Kpi<>(id, id, definition, Condition.always(), unit, direction);
    }

    /**
     * This KPI over fewer rows: where its own condition and another one hold.
     *
     * @param condition the further condition
     * @return another KPI
     */
    public Kpi<S> where(Condition condition) {
        return new Kpi<>(id, name, definition, where.and(condition), unit, direction);
    }

    /**
     * This KPI under another id, which makes it another KPI.
     *
     * @param newId 1 to 63 lower-case letters, digits and hyphens
     * @return another KPI
     */
    public Kpi<S> withId(String newId) {
        return new Kpi<>(newId, name.equals(id) ? newId : name, definition, where, unit, direction);
    }

    /**
     * This KPI with a name for people; it stays the same KPI.
     *
     * @param newName the name
     * @return the KPI
     */
    public Kpi<S> withName(String newName) {
        return new Kpi<>(id, newName, definition, where, unit, direction);
    }

    /**
     * This KPI with another direction, which makes it another KPI.
     *
     * @param newDirection which way is better
     * @return another KPI
     */
    public Kpi<S> withDirection(Direction newDirection) {
        return new Kpi<>(id, name, definition, where, unit, newDirection);
    }

    /**
     * This KPI in another unit, which makes it another KPI; the values stay the same numbers.
     *
     * @param newUnit the unit
     * @return another KPI
     */
    public Kpi<S> withUnit(Unit newUnit) {
        return new Kpi<>(id, name, definition, where, newUnit, direction);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * The name for people.
     *
     * @return the name; the id if none was given
     */
    public String name() {
        return name;
    }

    /**
     * The family with its parameters.
     *
     * @return the definition
     */
    public Definition<S> definition() {
        return definition;
    }

    /**
     * Which rows count.
     *
     * @return the eligibility condition
     */
    public Condition where() {
        return where;
    }

    /**
     * The unit of the value.
     *
     * @return the unit
     */
    public Unit unit() {
        return unit;
    }

    /**
     * Which way is better.
     *
     * @return the direction
     */
    public Direction direction() {
        return direction;
    }

    /**
     * The fields that this KPI reads.
     *
     * @return the fields
     */
    public Set<Field> fields() {
        Set<Field> fields = new LinkedHashSet<>(where.fields());
        definition.required().forEach(e -> fields.addAll(e.fields()));
        for (Aggregate aggregate : definition.aggregates()) {
            if (aggregate instanceof Aggregate.Count count) {
                fields.addAll(count.of().fields());
            }
        }
        return Collections.unmodifiableSet(fields);
    }

    /**
     * The canonical form: all that makes this KPI what it is, in one line.
     *
     * @return such as {@code fast = share of (answered:flag and wait:duration <= PT20S) [share, higher is better]}
     */
    public String canonical() {
        return canonical;
    }

    /**
     * The statistic of no rows, the neutral element of {@link Statistic#merge}.
     *
     * @return the empty statistic
     */
    public S empty() {
        return Cells.empty(this);
    }

    /**
     * The statistic of some rows. Bad values are set aside and counted; to see them, use a scorecard.
     *
     * @param <E> the type of the records
     * @param fields how a record supplies the fields
     * @param records the records
     * @return the statistic
     * @throws IllegalArgumentException if a field is not supplied or of another type
     */
    public <E> S of(Fields<E> fields, Iterable<? extends E> records) {
        Accumulator<E, S> accumulator = accumulator(fields);
        accumulator.addAll(records);
        return accumulator.result();
    }

    /**
     * An accumulator to which rows are added one by one.
     *
     * @param <E> the type of the records
     * @param fields how a record supplies the fields
     * @return an empty accumulator
     * @throws IllegalArgumentException if a field is not supplied or of another type
     */
    public <E> Accumulator<E, S> accumulator(Fields<E> fields) {
        return new Accumulator<>(this, fields);
    }

    /**
     * A collector for streams, sequential or parallel.
     *
     * @param <E> the type of the records
     * @param fields how a record supplies the fields
     * @return the collector
     */
    public <E> Collector<E, ?, S> collector(Fields<E> fields) {
        return Collector.of(
                () -> accumulator(fields),
                Accumulator<E, S>::add,
                (a, b) -> {
                    a.add(b.result());
                    return a;
                },
                Accumulator::result,
                Collector.Characteristics.UNORDERED);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Kpi<?> that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** The canonical form. */
    @Override
    public String toString() {
        return canonical;
    }
}
