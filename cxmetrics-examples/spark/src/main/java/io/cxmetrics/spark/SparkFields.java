package io.cxmetrics.spark;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Format;
import io.cxmetrics.spark.SparkRows.At;
import io.cxmetrics.spark.SparkRows.Kind;
import io.cxmetrics.spark.SparkRows.Slot;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * How typed columns of Spark supply the fields of a mapping. Each value means what its text means in the format of its
 * field; the usual combinations of type and format are read without making that text, and all others through it. A
 * {@code TIMESTAMP} is a point in time: it is read as such by a field whose format has no time zone.
 */
final class SparkFields {
    private SparkFields() {}

    private static final Map<DataType, Kind> KINDS = Map.of(
            DataTypes.ByteType, Kind.BYTE,
            DataTypes.ShortType, Kind.SHORT,
            DataTypes.IntegerType, Kind.INT,
            DataTypes.LongType, Kind.LONG,
            DataTypes.DoubleType, Kind.DOUBLE,
            DataTypes.BooleanType, Kind.BOOLEAN,
            DataTypes.DateType, Kind.DATE);

    /** In what forms columns are needed; a timestamp may be needed as an instant and as a text. */
    static List<Slot> slots(ColumnMapping mapping, List<String> columns, Map<String, DataType> types) {
        Set<Slot> slots = new LinkedHashSet<>();
        for (String column : columns) {
            for (ColumnMapping.Source source : mapping.sources().values()) {
                if (source.columns().contains(column)) {
                    slots.add(new Slot(column, kind(source, types.getOrDefault(column, DataTypes.StringType))));
                }
            }
        }
        return List.copyOf(slots);
    }

    private static Kind kind(ColumnMapping.Source source, DataType type) {
        if (type.equals(DataTypes.TimestampType)) {
            return isPointInTime(source) ? Kind.INSTANT : Kind.TEXT;
        }
        return KINDS.getOrDefault(type, Kind.TEXT);
    }

    private static boolean isPointInTime(ColumnMapping.Source source) {
        return source.columns().size() == 1
                && source.format() instanceof Format.InstantAs format
                && format.zone().isEmpty();
    }

    /** The fields of rows with such slots; those whose columns are not among them must not be asked for. */
    static Fields<At> of(ColumnMapping mapping, List<Slot> slots) {
        return mapping.fields(source -> reader(source, slots));
    }

    private static Fields.Reader<At> reader(ColumnMapping.Source source, List<Slot> slots) {
        int[] places = new int[source.columns().size()];
        for (int c = 0; c < places.length; c++) {
            places[c] = place(source, source.columns().get(c), slots);
        }
        String constant = source.constant();
        if (constant != null) {
            return (batch, into) -> {
                for (int i = 0; i < batch.size(); i++) {
                    source.read(constant, into, i);
                }
            };
        } else if (Arrays.stream(places).anyMatch(place -> place < 0)) {
            return (batch, into) -> {
                throw new IllegalStateException(source.field() + " is not among the columns " + slots);
            };
        } else if (places.length > 1) {
            return (batch, into) -> {
                SparkRows rows = rows(batch);
                for (int i = 0; i < batch.size(); i++) {
                    int row = i;
                    source.read(source.join(c -> rows.text(places[c], row)), into, i);
                }
            };
        }
        return one(source, places[0], slots.get(places[0]).kind());
    }

    private static int place(ColumnMapping.Source source, String column, List<Slot> slots) {
        int found = -1;
        for (int s = 0; s < slots.size(); s++) {
            Slot slot = slots.get(s);
            if (slot.column().equals(column) && (slot.kind() != Kind.INSTANT || isPointInTime(source))) {
                found = s;
                if (slot.kind() == Kind.INSTANT) {
                    return s;
                }
            }
        }
        return found;
    }

    /** A batch is always one filling of the arrays. */
    private static SparkRows rows(Batch<? extends At> batch) {
        return batch.get(0).rows();
    }

    private static Fields.Reader<At> one(ColumnMapping.Source source, int slot, Kind kind) {
        Format format = source.format();
        Fields.Reader<At> byText = (batch, into) -> {
            SparkRows rows = rows(batch);
            for (int i = 0; i < batch.size(); i++) {
                source.read(rows.text(slot, i), into, i);
            }
        };
        if (kind == Kind.INSTANT) {
            return longs(source, slot, 1, Long.MIN_VALUE + 1, Long.MAX_VALUE);
        } else if (kind == Kind.TEXT) {
            return format instanceof Format.PlainText ? texts(source, slot) : byText;
        } else if (kind == Kind.BOOLEAN && format instanceof Format.FlagWords) {
            return flags(source, slot);
        } else if (missesNumbers(source)) {
            return byText;
        }
        boolean isWhole = kind == Kind.BYTE || kind == Kind.SHORT || kind == Kind.INT || kind == Kind.LONG;
        if (isWhole && format instanceof Format.Whole) {
            return longs(source, slot, 1, -FieldType.WHOLE.maximum(), FieldType.WHOLE.maximum());
        } else if (isWhole && format instanceof Format.DurationIn in) {
            long most = FieldType.DURATION.maximum() / in.micros();
            return longs(source, slot, in.micros(), -most, most);
        } else if (isWhole
                && format instanceof Format.InstantAs as
                && as.pattern().startsWith("epoch-")) {
            long micros = as.pattern().equals("epoch-seconds") ? 1_000_000 : 1_000;
            // Within 10 000 years; the rest goes the slow way.
            long most = 315_569_520_000L * 1_000_000 / micros;
            return longs(source, slot, micros, -most, most);
        } else if (kind == Kind.DOUBLE && format instanceof Format.Real) {
            return doubles(source, slot);
        } else if (kind == Kind.DATE
                && format instanceof Format.DateAs as
                && as.pattern().equals("yyyy-MM-dd")) {
            // The years 1 to 9999.
            return longs(source, slot, 1, -719_162, 2_932_896);
        }
        return byText;
    }

    /** Whether a word for "no value" may be the text of a number or a date. */
    private static boolean missesNumbers(ColumnMapping.Source source) {
        return source.missing().stream().anyMatch(word -> word.chars().anyMatch(c -> c >= '0' && c <= '9'));
    }

    private static Fields.Reader<At> texts(ColumnMapping.Source source, int slot) {
        Set<String> missing = source.missing();
        return (batch, into) -> {
            SparkRows rows = rows(batch);
            for (int i = 0; i < batch.size(); i++) {
                String text = rows.texts(slot)[i];
                if (rows.nulls(slot)[i] || text == null || missing.contains(text)) {
                    into.setMissing(i);
                } else {
                    into.setText(i, text);
                }
            }
        };
    }

    private static Fields.Reader<At> flags(ColumnMapping.Source source, int slot) {
        Column outcomes = new Column(source.field().name(), FieldType.FLAG, 2);
        source.read("false", outcomes, 0);
        source.read("true", outcomes, 1);
        byte[] known = outcomes.states().clone();
        return (batch, into) -> {
            SparkRows rows = rows(batch);
            boolean[] nulls = rows.nulls(slot);
            long[] values = rows.values(slot);
            byte[] states = into.states();
            for (int i = 0; i < batch.size(); i++) {
                byte state = nulls[i] ? Column.MISSING : known[(int) values[i]];
                if (state == Column.REJECTED) {
                    source.read(rows.text(slot, i), into, i);
                } else {
                    states[i] = state;
                }
            }
        };
    }

    /** Whole numbers of some unit within bounds; what lies outside is read, and refused, as text. */
    private static Fields.Reader<At> longs(ColumnMapping.Source source, int slot, long unit, long least, long most) {
        return (batch, into) -> {
            SparkRows rows = rows(batch);
            boolean[] nulls = rows.nulls(slot);
            long[] values = rows.values(slot);
            byte[] states = into.states();
            long[] encoded = into.values();
            int size = batch.size();
            boolean isInside = true;
            for (int i = 0; i < size; i++) {
                isInside &= values[i] >= least && values[i] <= most;
                encoded[i] = values[i] * unit;
                states[i] = nulls[i] ? Column.MISSING : Column.KNOWN;
            }
            for (int i = 0; !isInside && i < size; i++) {
                if (values[i] < least || values[i] > most) {
                    source.read(rows.text(slot, i), into, i);
                }
            }
        };
    }

    private static Fields.Reader<At> doubles(ColumnMapping.Source source, int slot) {
        return (batch, into) -> {
            SparkRows rows = rows(batch);
            boolean[] nulls = rows.nulls(slot);
            long[] values = rows.values(slot);
            for (int i = 0; i < batch.size(); i++) {
                double value = Double.longBitsToDouble(values[i]);
                if (nulls[i] || !Double.isFinite(value)) {
                    source.read(rows.text(slot, i), into, i);
                } else {
                    into.set(i, FieldType.encodeNumber(value));
                }
            }
        };
    }
}
