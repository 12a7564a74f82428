package io.cxmetrics.field;

import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are held as arrays, one for each field: the form in which columnar files and data frames hold them, and the
 * fastest to compute from, since nothing has to be taken out of records.
 *
 * <pre>{@code
 * Columns calls = Columns.named("calls")
 *         .text("channel", channels)                       // null is missing
 *         .duration("wait", waits, ChronoUnit.SECONDS)     // Long.MIN_VALUE is missing
 *         .flag("answered", answered);
 * Scorecard.over(calls.fields()).by("channel").kpis(…).compute(calls);
 * }</pre>
 *
 * <p>The arrays are not copied: whoever changes them while something is computed gets what he deserves. Values out of their
 * type's range are rejected and counted, as everywhere. As a list its elements are rows that know their place, for messages
 * and for readers of single rows. Fields taken from one such object read any other with the same names and types, so that a
 * scorecard can be made once and used for many.
 *
 * <p>Immutable but for the arrays; thread-safe if these do not change.
 *
 * @since 0.1
 */
public final class Columns extends AbstractList<Columns.Row> implements RandomAccess, Batch.MadeOnDemand {

    /**
     * A row of some columns.
     *
     * @param columns the columns
     * @param index the row's index in them
     */
    public record Row(Columns columns, int index) {}

    /** One column: copies rows {@code from … from + size − 1} to rows {@code to …} of a batch's column. */
    @FunctionalInterface
    private interface Source {
        void copy(int from, int size, Column into, int to);

        /** Copies no more than the codes of {@link ScaleCodes}; false if this column does not have them at hand. */
        default boolean copyAnswers(int from, int size, byte[] codes, int to) {
            return false;
        }
    }

    /** Whole numbers in bytes, which are the codes of answers already. */
    private static final class Bytes implements Source {
        private final byte[] values;

        Bytes(byte[] values) {
            this.values = values;
        }

        @Override
        public void copy(int from, int size, Column into, int to) {
            long[] encoded = into.values();
            byte[] states = into.states();
            for (int i = 0; i < size; i++) {
                encoded[to + i] = values[from + i];
            }
            for (int i = 0; i < size; i++) {
                states[to + i] = values[from + i] == Byte.MIN_VALUE ? Column.MISSING : Column.KNOWN;
            }
        }

        @Override
        public boolean copyAnswers(int from, int size, byte[] codes, int to) {
            System.arraycopy(values, from, codes, to, size);
            return true;
        }
    }

    /** Texts that are given by numbers. */
    private static final class Coded implements Source {
        private final int[] codes;
        private final String[] known;

        Coded(int[] codes, String[] known) {
            this.codes = codes;
            this.known = known;
        }

        @Override
        public void copy(int from, int size, Column into, int to) {
            if (into.dictionary() != null) {
                copyNumbers(from, size, into, to, into.numbersOf(known));
                return;
            }
            for (int i = 0; i < size; i++) {
                int code = codes[from + i];
                if (code < 0) {
                    into.setMissing(to + i);
                } else {
                    into.setText(to + i, known[code]);
                }
            }
        }

        private void copyNumbers(int from, int size, Column into, int to, int[] numbers) {
            byte[] states = into.states();
            long[] values = into.values();
            for (int i = 0; i < size; i++) {
                int code = codes[from + i];
                if (code < 0) {
                    states[to + i] = Column.MISSING;
                    continue;
                }
                states[to + i] = Column.KNOWN;
                int number = numbers[code];
                if (number < 0) {
                    // Only texts that occur get a number, in the order in which they do.
                    into.putText(to + i, known[code]);
                    numbers[code] = (int) values[to + i];
                } else {
                    values[to + i] = number;
                }
            }
        }
    }

    private record Part(Field field, int length, Source source) {}

    private final String name;
    private final List<Part> parts;

    private Columns(String name, List<Part> parts) {
        this.name = name;
        this.parts = parts;
    }

    /**
     * No columns yet.
     *
     * @param name the name of the source, which messages use
     * @return columns to which fields are added
     */
    public static Columns named(String name) {
        return new Columns(name, List.of());
    }

    private Columns with(Field field, int length, Source source) {
        for (Part part : parts) {
            if (part.length() != length) {
                throw new IllegalArgumentException("column '" + field.name() + "' of " + name + " has " + length
                        + " rows, but '" + part.field().name() + "' has " + part.length());
            }
            if (part.field().name().equals(field.name())) {
                throw new IllegalArgumentException("column '" + field.name() + "' of " + name + " is defined twice");
            }
        }
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(field, length, source));
        return new Columns(name, List.copyOf(more));
    }

    /**
     * These columns and one of texts.
     *
     * @param field the field's name
     * @param values the texts; null is missing
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns text(String field, @Nullable String[] values) {
        return with(Field.of(field, FieldType.TEXT), values.length, (from, size, into, to) -> {
            for (int i = 0; i < size; i++) {
                String text = values[from + i];
                if (text == null) {
                    into.setMissing(to + i);
                } else {
                    into.setText(to + i, text);
                }
            }
        });
    }

    /**
     * These columns and one of texts that are given by numbers.
     *
     * @param field the field's name
     * @param codes the place of each row's text in the dictionary; a negative one is missing
     * @param dictionary the texts
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns text(String field, int[] codes, List<String> dictionary) {
        return with(Field.of(field, FieldType.TEXT), codes.length, new Coded(codes, dictionary.toArray(new String[0])));
    }

    /**
     * These columns and one of flags, none of them missing.
     *
     * @param field the field's name
     * @param values the flags
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns flag(String field, boolean[] values) {
        return with(Field.of(field, FieldType.FLAG), values.length, (from, size, into, to) -> {
            byte[] states = into.states();
            for (int i = 0; i < size; i++) {
                // Two for false, one for true, as a difference: compiled to vector instructions.
                states[to + i] = (byte) (Column.FALSE - (values[from + i] ? 1 : 0));
            }
        });
    }

    /**
     * These columns and one of flags.
     *
     * @param field the field's name
     * @param values 1 for true, 0 for false, anything else for missing
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns flag(String field, byte[] values) {
        return with(Field.of(field, FieldType.FLAG), values.length, (from, size, into, to) -> {
            byte[] states = into.states();
            for (int i = 0; i < size; i++) {
                int value = values[from + i];
                states[to + i] = value == 1 ? Column.KNOWN : value == 0 ? Column.FALSE : Column.MISSING;
            }
        });
    }

    /**
     * These columns and one of whole numbers.
     *
     * @param field the field's name
     * @param values the numbers; {@link Long#MIN_VALUE} is missing
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns whole(String field, long[] values) {
        return quantity(Field.of(field, FieldType.WHOLE), values, 1);
    }

    /**
     * These columns and one of whole numbers.
     *
     * @param field the field's name
     * @param values the numbers; {@link Integer#MIN_VALUE} is missing
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns whole(String field, int[] values) {
        return with(Field.of(field, FieldType.WHOLE), values.length, (from, size, into, to) -> {
            long[] encoded = into.values();
            byte[] states = into.states();
            for (int i = 0; i < size; i++) {
                encoded[to + i] = values[from + i];
            }
            for (int i = 0; i < size; i++) {
                states[to + i] = values[from + i] == Integer.MIN_VALUE ? Column.MISSING : Column.KNOWN;
            }
        });
    }

    /**
     * These columns and one of whole numbers, such as ratings.
     *
     * @param field the field's name
     * @param values the numbers; {@link Byte#MIN_VALUE} is missing
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns whole(String field, byte[] values) {
        return with(Field.of(field, FieldType.WHOLE), values.length, new Bytes(values));
    }

    /**
     * These columns and one of real numbers.
     *
     * @param field the field's name
     * @param values the numbers; a NaN is missing, an infinite one is rejected
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns number(String field, double[] values) {
        return with(Field.of(field, FieldType.NUMBER), values.length, (from, size, into, to) -> {
            for (int i = 0; i < size; i++) {
                double value = values[from + i];
                if (Double.isFinite(value)) {
                    into.set(to + i, FieldType.encodeNumber(value));
                } else if (Double.isNaN(value)) {
                    into.setMissing(to + i);
                } else {
                    into.reject(to + i, Double.toString(value), "expected a finite number");
                }
            }
        });
    }

    /**
     * These columns and one of durations.
     *
     * @param field the field's name
     * @param values the durations in some unit; {@link Long#MIN_VALUE} is missing
     * @param unit the unit: microseconds or longer, at most days
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows, or the unit does not do
     */
    public Columns duration(String field, long[] values, ChronoUnit unit) {
        return quantity(Field.of(field, FieldType.DURATION), values, micros(unit));
    }

    /**
     * These columns and one of points in time.
     *
     * @param field the field's name
     * @param values the time since the epoch (1970-01-01T00:00Z) in some unit; {@link Long#MIN_VALUE} is missing
     * @param unit the unit: microseconds or longer, at most days
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows, or the unit does not do
     */
    public Columns instant(String field, long[] values, ChronoUnit unit) {
        return quantity(Field.of(field, FieldType.INSTANT), values, micros(unit));
    }

    /**
     * These columns and one of dates.
     *
     * @param field the field's name
     * @param epochDays the days since 1970-01-01; {@link Long#MIN_VALUE} is missing
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns date(String field, long[] epochDays) {
        return quantity(Field.of(field, FieldType.DATE), epochDays, 1);
    }

    /**
     * These columns and one of amounts of money in one currency.
     *
     * @param field the field's name
     * @param currency the ISO 4217 code of the currency
     * @param minorUnits the amounts in minor units, such as cents; {@link Long#MIN_VALUE} is missing
     * @return the columns
     * @throws IllegalArgumentException if there is such a column, or one with another number of rows
     */
    public Columns money(String field, String currency, long[] minorUnits) {
        return quantity(new Field(field, FieldType.MONEY, Money.currency(currency)), minorUnits, 1);
    }

    private static long micros(ChronoUnit unit) {
        if (unit == ChronoUnit.NANOS || unit.compareTo(ChronoUnit.DAYS) > 0) {
            throw new IllegalArgumentException("expected microseconds or a longer unit up to days, found " + unit);
        }
        return unit.getDuration().toNanos() / 1_000;
    }

    private Columns quantity(Field field, long[] values, long factor) {
        long most = field.type().maximum() / factor;
        return with(field, values.length, (from, size, into, to) -> copy(values, from, size, most, factor, into, to));
    }

    private static void copy(long[] from, int first, int size, long most, long factor, Column into, int to) {
        long[] values = into.values();
        byte[] states = into.states();
        long signs = 0;
        for (int i = 0; i < size; i++) {
            signs |= (most - from[first + i]) | (most + from[first + i]);
        }
        if (factor == 1) {
            System.arraycopy(from, first, values, to, size);
        } else {
            for (int i = 0; i < size; i++) {
                values[to + i] = from[first + i] * factor;
            }
        }
        if (signs >= 0) {
            Arrays.fill(states, to, to + size, Column.KNOWN);
            return;
        }
        for (int i = 0; i < size; i++) {
            states[to + i] = from[first + i] == Long.MIN_VALUE ? Column.MISSING : Column.KNOWN;
        }
        for (int i = 0; i < size; i++) {
            long value = from[first + i];
            if (value != Long.MIN_VALUE && (value > most || value < -most)) {
                into.reject(to + i, Long.toString(value), "expected at most " + most + " in magnitude");
            }
        }
    }

    /**
     * How scorecards and KPIs read these columns, and any others with the same names and types.
     *
     * @return the fields
     */
    public Fields<Row> fields() {
        Fields<Row> fields = Fields.named(name);
        for (int k = 0; k < parts.size(); k++) {
            Field field = parts.get(k).field();
            fields = fields.with(field, new PlaceReader(k, field));
        }
        return fields;
    }

    /** Reads the column at a place. */
    private record PlaceReader(int place, Field field) implements Fields.Reader<Row>, ScaleCodes.Reader<Row> {
        @Override
        public void read(Batch<? extends Row> batch, Column into) {
            if (batch.range() instanceof Columns columns) {
                columns.source(place, field).copy(batch.first(), batch.size(), into, 0);
                return;
            }
            for (int i = 0; i < batch.size(); i++) {
                Row row = batch.get(i);
                row.columns().source(place, field).copy(row.index(), 1, into, i);
            }
        }

        @Override
        public void readAnswers(Batch<? extends Row> batch, ScaleCodes answers) {
            boolean given = batch.range() instanceof Columns columns
                    && columns.source(place, field).copyAnswers(batch.first(), batch.size(), answers.codes(), 0);
            if (!given) {
                answers.encode(answers.full(this, batch), batch.size());
            }
        }
    }

    private Source source(int place, Field field) {
        if (place >= parts.size() || !parts.get(place).field().equals(field)) {
            throw new IllegalArgumentException("column " + (place + 1) + " of " + name + " is not '" + field.name()
                    + "' of the type that the fields were made for");
        }
        return parts.get(place).source();
    }

    @Override
    public Row get(int index) {
        return new Row(this, Objects.checkIndex(index, size()));
    }

    @Override
    public int size() {
        return parts.isEmpty() ? 0 : parts.get(0).length();
    }

    /** Equal to itself only: comparing the rows one by one would never be meant. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name + parts.stream().map(part -> part.field().name()).toList() + ", " + size() + " rows";
    }
}
