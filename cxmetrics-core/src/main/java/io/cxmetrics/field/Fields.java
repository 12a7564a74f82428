package io.cxmetrics.field;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says once how a record of the user's own type supplies each field.
 *
 * <pre>{@code
 * Fields<Call> calls = Fields.of(Call.class)
 *         .text("channel", Call::channel)
 *         .duration("wait", Call::queueTime)
 *         .flag("answered", Call::answered);
 * }</pre>
 *
 * <p>An accessor that returns null says that the value is missing. A value out of its type's range (a NaN, a duration of
 * more than a hundred years) is rejected and counted. An exception of an accessor is a programming error and passes
 * through, with a suppressed one that names the field and the record's place. Immutable and thread-safe if the accessors are.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class Fields<E> {

    /**
     * Supplies one field for a batch of records.
     *
     * @param <E> the type of the records
     */
    @FunctionalInterface
    public interface Reader<E> {
        /**
         * Sets a column for each record of a batch.
         *
         * @param batch the records
         * @param into the column; its rows 0 to {@code batch.size() − 1} are to be set
         */
        void read(Batch<? extends E> batch, Column into);
    }

    private record Supply<E>(Field field, Reader<E> reader) {}

    private final String name;
    private final Map<String, Supply<E>> supplies;
    private final Map<String, Expression> derived;
    private final Map<List<Accessor<E>>, FusedReader> loops = new ConcurrentHashMap<>();

    private Fields(String name, Map<String, Supply<E>> supplies, Map<String, Expression> derived) {
        this.name = name;
        this.supplies = Collections.unmodifiableMap(supplies);
        this.derived = Collections.unmodifiableMap(derived);
    }

    /**
     * The fields of a record type, none yet.
     *
     * @param <E> the type of the records
     * @param type the type; its simple name appears in messages
     * @return no fields
     */
    public static <E> Fields<E> of(Class<E> type) {
        return named(type.getSimpleName());
    }

    /**
     * The fields of records of some source, none yet.
     *
     * @param <E> the type of the records
     * @param name the name that messages use
     * @return no fields
     */
    public static <E> Fields<E> named(String name) {
        return new Fields<>(name, Map.of(), Map.of());
    }

    /**
     * These fields and a text field.
     *
     * @param name the field's name
     * @param accessor gives the text, or null if it is missing
     * @return the fields
     */
    public Fields<E> text(String name, Function<? super E, ? extends @Nullable CharSequence> accessor) {
        return with(Field.of(name, FieldType.TEXT), new Accessor<>(FieldType.TEXT, accessor));
    }

    /**
     * These fields and a flag.
     *
     * @param name the field's name
     * @param accessor gives the flag, or null if it is missing
     * @return the fields
     */
    public Fields<E> flag(String name, Function<? super E, @Nullable Boolean> accessor) {
        return with(Field.of(name, FieldType.FLAG), new Accessor<>(FieldType.FLAG, accessor));
    }

    /**
     * These fields and a whole number; of a {@code double} the fraction must be zero.
     *
     * @param name the field's name
     * @param accessor gives the number, or null if it is missing
     * @return the fields
     */
    public Fields<E> whole(String name, Function<? super E, ? extends @Nullable Number> accessor) {
        return with(Field.of(name, FieldType.WHOLE), new Accessor<>(FieldType.WHOLE, accessor));
    }

    /**
     * These fields and a real number.
     *
     * @param name the field's name
     * @param accessor gives the number, or null if it is missing
     * @return the fields
     */
    public Fields<E> number(String name, Function<? super E, ? extends @Nullable Number> accessor) {
        return with(Field.of(name, FieldType.NUMBER), new Accessor<>(FieldType.NUMBER, accessor));
    }

    /**
     * These fields and a duration, read at microsecond resolution.
     *
     * @param name the field's name
     * @param accessor gives the duration, or null if it is missing
     * @return the fields
     */
    public Fields<E> duration(String name, Function<? super E, @Nullable Duration> accessor) {
        return with(Field.of(name, FieldType.DURATION), new Accessor<>(FieldType.DURATION, accessor));
    }

    /**
     * These fields and an instant, read at microsecond resolution.
     *
     * @param name the field's name
     * @param accessor gives the instant, or null if it is missing
     * @return the fields
     */
    public Fields<E> instant(String name, Function<? super E, @Nullable Instant> accessor) {
        return with(Field.of(name, FieldType.INSTANT), new Accessor<>(FieldType.INSTANT, accessor));
    }

    /**
     * These fields and a date.
     *
     * @param name the field's name
     * @param accessor gives the date, or null if it is missing
     * @return the fields
     */
    public Fields<E> date(String name, Function<? super E, @Nullable LocalDate> accessor) {
        return with(Field.of(name, FieldType.DATE), new Accessor<>(FieldType.DATE, accessor));
    }

    /**
     * These fields and an amount of money in one currency; an amount in another currency is rejected.
     *
     * @param name the field's name
     * @param currency the ISO 4217 code of the currency
     * @param accessor gives the amount, or null if it is missing
     * @return the fields
     */
    public Fields<E> money(String name, String currency, Function<? super E, @Nullable Money> accessor) {
        Field field = new Field(name, FieldType.MONEY, Money.currency(currency));
        return with(field, (batch, into) -> {
            for (int i = 0; i < batch.size(); i++) {
                Money money = accessor.apply(batch.get(i));
                if (money == null) {
                    into.setMissing(i);
                } else if (!money.currency().equals(field.currency())) {
                    into.reject(i, money.toString(), "expected an amount in " + field.currency());
                } else if (money.amount().unscaledValue().abs().bitLength() > 53) {
                    into.reject(i, money.toString(), "expected an amount in range");
                } else {
                    into.set(i, money.minorUnits());
                }
            }
        });
    }

    /**
     * These fields and one that is read in bulk, for sources that hold columns.
     *
     * @param field the field
     * @param reader sets a column for a batch of records
     * @return the fields
     * @throws IllegalArgumentException if a field of that name exists
     */
    public Fields<E> with(Field field, Reader<E> reader) {
        refuseTwice(field.name());
        Map<String, Supply<E>> more = new LinkedHashMap<>(supplies);
        more.put(field.name(), new Supply<>(field, reader));
        return new Fields<>(name, more, derived);
    }

    /**
     * These fields and one that follows from others, such as {@code abandoned} from the outcome of a call.
     *
     * @param name the new field's name
     * @param from an expression over these fields; a condition defines a flag
     * @return the fields
     * @throws IllegalArgumentException if a field of that name exists
     */
    public Fields<E> derived(String name, Expression from) {
        refuseTwice(name);
        Map<String, Expression> more = new LinkedHashMap<>(derived);
        more.put(name, from);
        return new Fields<>(this.name, supplies, more);
    }

    /**
     * These fields for records that contain such a record, as a linked event contains the event.
     *
     * @param <R> the type of the outer records
     * @param part gives the record that these fields are read from
     * @return the same fields
     */
    public <R> Fields<R> on(Function<? super R, ? extends E> part) {
        Map<String, Supply<R>> outer = new LinkedHashMap<>();
        supplies.forEach((field, supply) -> outer.put(field, new Supply<>(supply.field(), on(supply.reader(), part))));
        return new Fields<>(name, outer, derived);
    }

    private static <R, E> Reader<R> on(Reader<E> reader, Function<? super R, ? extends E> part) {
        if (reader instanceof Accessor<E> accessor) {
            return new Accessor<>(accessor.type(), accessor.function().compose(part));
        }
        return (batch, into) -> reader.read(batch.map(part), into);
    }

    private void refuseTwice(String field) {
        if (supplies.containsKey(field) || derived.containsKey(field)) {
            throw new IllegalArgumentException("field '" + field + "' of " + name + " is defined twice");
        }
    }

    /**
     * The name of the source of the records.
     *
     * @return the simple name of their type, or the name given
     */
    public String name() {
        return name;
    }

    /**
     * The names of all fields, read and derived.
     *
     * @return the names in the order of definition
     */
    public List<String> names() {
        List<String> names = new ArrayList<>(supplies.keySet());
        names.addAll(derived.keySet());
        return List.copyOf(names);
    }

    /**
     * The field of a name, for a dimension of a scorecard.
     *
     * @param field the name
     * @return the field with its type
     * @throws IllegalArgumentException if there is none, with the nearest name
     */
    public Field field(String field) {
        Supply<E> supply = supplies.get(field);
        if (supply != null) {
            return supply.field();
        }
        Expression expression = derived.get(field);
        if (expression != null) {
            return expression instanceof Quantity<?> q
                    ? new Field(field, q.type(), q.currency())
                    : Field.of(field, expression instanceof Text ? FieldType.TEXT : FieldType.FLAG);
        }
        throw new IllegalArgumentException(name + " has no field '" + field + "'" + DidYouMean.suffix(field, names())
                + "; it has " + names() + ".");
    }

    /**
     * The expression behind a derived field.
     *
     * @param field the field as an expression names it
     * @return the expression, or null if the field is read
     * @throws IllegalArgumentException if these fields have no such field or it is of another type
     */
    @Nullable
    Expression definition(Field field) {
        Field own = field(field.name());
        if (!own.equals(field)) {
            throw new IllegalArgumentException("field '" + field.name() + "' of " + name + " is a " + describe(own)
                    + ", but a " + describe(field) + " is needed");
        }
        return derived.get(field.name());
    }

    private static String describe(Field field) {
        return field.currency() == null ? field.type().toString() : field.type() + " in " + field.currency();
    }

    /** How the engine reads a field that is not derived. */
    Reader<E> reader(Field field) {
        Supply<E> supply = supplies.get(field.name());
        if (supply == null) {
            throw new IllegalStateException(field + " is not read");
        }
        return supply.reader();
    }

    /** One loop for several fields that are read by accessors; made once, so that it is compiled once. */
    @Nullable
    FusedReader fused(List<Accessor<E>> accessors) {
        return loops.computeIfAbsent(accessors, FusedLoop::of);
    }

    /** The source and its fields. */
    @Override
    public String toString() {
        return name + names();
    }
}
