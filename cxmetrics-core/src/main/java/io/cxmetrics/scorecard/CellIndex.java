package io.cxmetrics.scorecard;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the cells of a scorecard in the order in which they appear. Each key column is turned into small codes, and codes
 * are joined pair by pair into cell numbers; labels and periods are made only when a result is asked for.
 */
final class CellIndex {
    private static final int MISSING = 0;
    private static final int REJECTED = 1;
    private static final int FIRST_VALUE = 2;

    /** The codes of one key. */
    private interface Coder {
        void code(Column column, int size, int[] codes);
    }

    private final List<Coder> coders = new ArrayList<>();
    private final List<List<Label>> labels = new ArrayList<>();
    private final List<Period> periods = new ArrayList<>();
    private final boolean hasPeriods;
    private final List<LongCodes> joints = new ArrayList<>();
    private final int[] codes = new int[Batch.CAPACITY];

    CellIndex(List<Expression> keys, @Nullable Grain grain, ZoneId zone) {
        int dimensions = grain == null ? keys.size() : keys.size() - 1;
        for (int d = 0; d < dimensions; d++) {
            List<Label> known = new ArrayList<>(List.of(Label.MISSING, Label.REJECTED));
            labels.add(known);
            coders.add(coder(keys.get(d), known));
        }
        hasPeriods = grain != null;
        if (grain != null) {
            boolean isDate = ((Quantity<?>) keys.get(dimensions)).type() == FieldType.DATE;
            coders.add(new PeriodCoder(grain, isDate ? null : zone.getRules(), periods));
        }
        coders.forEach(coder -> joints.add(new LongCodes()));
    }

    private static Coder coder(Expression key, List<Label> known) {
        if (key instanceof Text) {
            return new TextCoder(known);
        } else if (key instanceof Condition) {
            known.add(Label.of("true"));
            known.add(Label.of("false"));
            return (column, size, codes) -> {
                for (int i = 0; i < size; i++) {
                    int state = column.states()[i];
                    codes[i] = (state & Column.KNOWN) != 0
                            ? FIRST_VALUE
                            : (state & Column.FALSE) != 0
                                    ? FIRST_VALUE + 1
                                    : state == Column.MISSING ? MISSING : REJECTED;
                }
            };
        }
        FieldType type = ((Quantity<?>) key).type();
        LongCodes values = new LongCodes();
        return (column, size, codes) -> {
            for (int i = 0; i < size; i++) {
                int state = column.states()[i];
                if (state != Column.KNOWN) {
                    codes[i] = state == Column.MISSING ? MISSING : REJECTED;
                    continue;
                }
                int code = values.code(column.values()[i]);
                if (code + FIRST_VALUE == known.size()) {
                    known.add(Label.of(type.text(column.values()[i])));
                }
                codes[i] = code + FIRST_VALUE;
            }
        };
    }

    /** Sets the cell of each row of a batch. */
    void assign(List<Column> columns, int size, int[] cells) {
        Arrays.fill(cells, 0, size, 0);
        for (int k = 0; k < coders.size(); k++) {
            coders.get(k).code(columns.get(k), size, codes);
            joints.get(k).join(cells, codes, size);
        }
    }

    /** The number of cells so far. */
    int size() {
        return joints.isEmpty() ? 1 : joints.get(joints.size() - 1).size();
    }

    Cell cell(int number) {
        int rest = number;
        int[] path = new int[joints.size()];
        for (int k = joints.size() - 1; k >= 0; k--) {
            long joint = joints.get(k).key(rest);
            path[k] = (int) joint;
            rest = (int) (joint >>> 32);
        }
        List<Label> cellLabels = new ArrayList<>();
        for (int d = 0; d < labels.size(); d++) {
            cellLabels.add(labels.get(d).get(path[d]));
        }
        int periodCode = hasPeriods ? path[path.length - 1] : MISSING;
        return new Cell(periodCode == MISSING ? null : periods.get(periodCode - 1), cellLabels);
    }

    /** Texts are looked up by identity first: most sources use one object for each of a few texts. */
    private static final class TextCoder implements Coder {
        private final List<Label> known;
        private String[] texts = new String[64];
        private int[] codesOf = new int[64];

        TextCoder(List<Label> known) {
            this.known = known;
        }

        @Override
        public void code(Column column, int size, int[] codes) {
            byte[] states = column.states();
            String[] values = column.texts();
            for (int i = 0; i < size; i++) {
                codes[i] =
                        states[i] == Column.KNOWN ? code(values[i]) : states[i] == Column.MISSING ? MISSING : REJECTED;
            }
        }

        private int code(String text) {
            int mask = texts.length - 1;
            int slot = LongCodes.mix(text.hashCode()) & mask;
            while (true) {
                String there = texts[slot];
                if (there == null) {
                    return add(text, slot);
                }
                if (there.equals(text)) {
                    return codesOf[slot];
                }
                slot = (slot + 1) & mask;
            }
        }

        private int add(String text, int slot) {
            int code = known.size();
            known.add(Label.of(text));
            texts[slot] = text;
            codesOf[slot] = code;
            if (known.size() * 2 > texts.length) {
                String[] old = texts;
                int[] oldCodes = codesOf;
                texts = new String[old.length * 2];
                codesOf = new int[old.length * 2];
                for (int i = 0; i < old.length; i++) {
                    if (old[i] != null) {
                        int free = LongCodes.mix(old[i].hashCode()) & (texts.length - 1);
                        while (texts[free] != null) {
                            free = (free + 1) & (texts.length - 1);
                        }
                        texts[free] = old[i];
                        codesOf[free] = oldCodes[i];
                    }
                }
            }
            return code;
        }
    }

    /** Codes of periods: 0 for rows without a known time, then the periods in the order of their appearance. */
    private static final class PeriodCoder implements Coder {
        private static final long MICROS = 1_000_000;
        private static final int SECONDS_PER_DAY = 86_400;

        private final Grain grain;
        private final @Nullable ZoneRules rules;
        private final List<Period> periods;
        private final LongCodes days = new LongCodes();
        private int[] codeOfDay = new int[64];

        /** The period of the row before, as a range of the encoded values. */
        private long from = 1;

        private long to;
        private int current;

        /** The stretch of the time line for which the zone's offset is known, in epoch seconds. */
        private long offsetFrom = 1;

        private long offsetTo;
        private int offset;

        PeriodCoder(Grain grain, @Nullable ZoneRules rules, List<Period> periods) {
            this.grain = grain;
            this.rules = rules;
            this.periods = periods;
        }

        @Override
        public void code(Column column, int size, int[] codes) {
            byte[] states = column.states();
            long[] values = column.values();
            for (int i = 0; i < size; i++) {
                if (states[i] != Column.KNOWN) {
                    codes[i] = MISSING;
                } else if (values[i] >= from && values[i] < to) {
                    codes[i] = current;
                } else {
                    codes[i] = find(values[i]);
                }
            }
        }

        private int find(long value) {
            long day = rules == null ? value : localDay(Math.floorDiv(value, MICROS), rules);
            int known = days.code(day);
            if (known >= codeOfDay.length) {
                codeOfDay = Arrays.copyOf(codeOfDay, codeOfDay.length * 2);
            }
            if (codeOfDay[known] == 0) {
                Period period = grain.of(LocalDate.ofEpochDay(day));
                int index = periods.indexOf(period);
                if (index < 0) {
                    index = periods.size();
                    periods.add(period);
                }
                codeOfDay[known] = index + 1;
            }
            current = codeOfDay[known];
            if (rules == null) {
                from = day;
                to = day + 1;
            } else {
                long dayStart = day * SECONDS_PER_DAY - offset;
                from = Math.max(dayStart, offsetFrom) * MICROS;
                to = Math.min(dayStart + SECONDS_PER_DAY, offsetTo) * MICROS;
            }
            return current;
        }

        /** The day of the zone's calendar in which a second lies. */
        private long localDay(long second, ZoneRules zone) {
            if (second < offsetFrom || second >= offsetTo) {
                Instant instant = Instant.ofEpochSecond(second);
                ZoneOffsetTransition last = zone.previousTransition(instant.plusSeconds(1));
                ZoneOffsetTransition next = zone.nextTransition(instant);
                offset = zone.getOffset(instant).getTotalSeconds();
                offsetFrom = last == null ? Long.MIN_VALUE / MICROS : last.toEpochSecond();
                offsetTo = next == null ? Long.MAX_VALUE / MICROS : next.toEpochSecond();
            }
            return Math.floorDiv(second + offset, SECONDS_PER_DAY);
        }
    }
}
