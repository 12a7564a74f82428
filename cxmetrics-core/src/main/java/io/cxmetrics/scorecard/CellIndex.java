package io.cxmetrics.scorecard;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.LongCodes;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import io.cxmetrics.field.TextCodes;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the cells of a scorecard in the order in which they appear. Each key column is turned into small codes, and codes
 * are joined pair by pair into cell numbers; labels and periods are made only when a result is asked for.
 */
final class CellIndex {
    private static final int MISSING = 0;
    private static final int REJECTED = 1;
    private static final int FIRST_VALUE = 2;

    /** Of the kinds of labels, in their order. */
    private static final int KIND_BITS = 2;

    /** The codes of one key. */
    private interface Coder {
        void code(Column column, int size, int[] codes);
    }

    private final List<Coder> coders = new ArrayList<>();
    private final List<List<Label>> labels = new ArrayList<>();
    private final List<Period> periods = new ArrayList<>();
    private final boolean hasPeriods;
    private final List<Joint> joints = new ArrayList<>();
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
        for (int k = 0; k < coders.size(); k++) {
            joints.add(new Joint());
        }
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

    /** Sets the cell of each row of a batch. The codes of the first of several keys are numbers already. */
    int assign(List<Column> columns, int size, int[] cells) {
        if (coders.size() < 2) {
            Arrays.fill(cells, 0, size, 0);
        } else {
            coders.get(0).code(columns.get(0), size, cells);
        }
        for (int k = coders.size() < 2 ? 0 : 1; k < coders.size(); k++) {
            coders.get(k).code(columns.get(k), size, codes);
            joints.get(k).join(cells, codes, size);
        }
        return size();
    }

    /** The number of cells so far. */
    int size() {
        return joints.isEmpty() ? 1 : joints.get(joints.size() - 1).size();
    }

    /** The codes of a cell: of its dimensions, then of its period. */
    private int[] path(int number) {
        int rest = number;
        int[] path = new int[coders.size()];
        for (int k = coders.size() - 1; k >= 0; k--) {
            boolean isFirstOfSeveral = k == 0 && coders.size() > 1;
            path[k] = isFirstOfSeveral ? rest : joints.get(k).code(rest);
            rest = isFirstOfSeveral ? 0 : joints.get(k).number(rest);
        }
        return path;
    }

    Cell cell(int number) {
        int[] path = path(number);
        Label[] cellLabels = new Label[labels.size()];
        for (int d = 0; d < cellLabels.length; d++) {
            cellLabels[d] = labels.get(d).get(path[d]);
        }
        int periodCode = hasPeriods ? path[path.length - 1] : MISSING;
        return new Cell(periodCode == MISSING ? null : periods.get(periodCode - 1), List.of(cellLabels));
    }

    /** The numbers of all cells so far, in the order of the cells: each key's values are put in order once, cells by their ranks. */
    int[] sorted() {
        int size = size();
        int[][] ranks = new int[coders.size()][];
        int[] bits = new int[coders.size()];
        int all = bitsOf(size - 1);
        for (int k = 0; k < ranks.length; k++) {
            ranks[k] = k < labels.size() ? labelRanks(labels.get(k)) : periodRanks();
            bits[k] = bitsOf(ranks[k].length - 1);
            all += bits[k];
        }
        if (all >= Long.SIZE) {
            return IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparing(this::cell))
                    .mapToInt(number -> number)
                    .toArray();
        }
        // The ranks of the period, of each dimension, and the number, in one long.
        long[] order = new long[size];
        for (int number = 0; number < size; number++) {
            int[] path = path(number);
            long key = hasPeriods ? ranks[ranks.length - 1][path[path.length - 1]] : 0;
            for (int d = 0; d < labels.size(); d++) {
                key = (key << bits[d]) | ranks[d][path[d]];
            }
            order[number] = (key << bitsOf(size - 1)) | number;
        }
        Arrays.sort(order);
        long mask = (1L << bitsOf(size - 1)) - 1;
        return Arrays.stream(order).mapToInt(key -> (int) (key & mask)).toArray();
    }

    /**
     * The place of each label among them in order. Most labels differ in their kind and first characters, which fit a number
     * together with the code; numbers are sorted much faster than objects. Those that do not are then compared.
     */
    private static int[] labelRanks(List<Label> labels) {
        int codeBits = bitsOf(labels.size() - 1);
        int leading = (Long.SIZE - 1 - KIND_BITS - codeBits) / Byte.SIZE;
        long[] order = new long[labels.size()];
        for (int code = 0; code < order.length; code++) {
            Label label = labels.get(code);
            String text = label.text();
            long number = label.kind() == Label.Kind.VALUE ? 0 : label.equals(Label.MISSING) ? 1 : 2;
            boolean fits = true;
            for (int i = 0; i < leading; i++) {
                // Characters that do not fit a byte count as the same one here, and none behind the first of them
                // counts;
                // one that is not there comes before any other.
                int character = fits && i < text.length() ? Math.min(text.charAt(i), 0xFF) : 0;
                fits = fits && character < 0xFF;
                number = (number << Byte.SIZE) | character;
            }
            order[code] = (number << codeBits) | code;
        }
        Arrays.sort(order);
        int[] codes = Arrays.stream(order)
                .mapToInt(key -> (int) (key & ((1L << codeBits) - 1)))
                .toArray();
        for (int from = 0, to; from < codes.length; from = to) {
            to = from + 1;
            while (to < codes.length && order[to] >>> codeBits == order[from] >>> codeBits) {
                to++;
            }
            if (to > from + 1) {
                Integer[] same = Arrays.stream(codes, from, to).boxed().toArray(Integer[]::new);
                Arrays.sort(same, Comparator.comparing(labels::get));
                for (int i = from; i < to; i++) {
                    codes[i] = same[i - from];
                }
            }
        }
        int[] ranks = new int[codes.length];
        for (int rank = 0; rank < codes.length; rank++) {
            ranks[codes[rank]] = rank;
        }
        return ranks;
    }

    /** By code; rows without a period come last. */
    private int[] periodRanks() {
        int[] ranks = new int[periods.size() + 1];
        List<Period> sorted = new ArrayList<>(periods);
        sorted.sort(null);
        for (int code = 1; code < ranks.length; code++) {
            ranks[code] = Collections.binarySearch(sorted, periods.get(code - 1));
        }
        ranks[MISSING] = periods.size();
        return ranks;
    }

    private static int bitsOf(int highest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(highest);
    }

    private static final class TextCoder implements Coder {
        private final List<Label> known;
        private final TextCodes texts = new TextCodes();

        TextCoder(List<Label> known) {
            this.known = known;
        }

        @Override
        public void code(Column column, int size, int[] codes) {
            byte[] states = column.states();
            String[] values = column.texts();
            TextCodes given = column.dictionary();
            long[] numbers = column.values();
            for (int i = 0; i < size; i++) {
                codes[i] = states[i] == Column.KNOWN
                        ? (given == null ? texts.code(values[i]) : (int) numbers[i]) + FIRST_VALUE
                        : states[i] == Column.MISSING ? MISSING : REJECTED;
            }
            TextCodes all = given == null ? texts : given;
            for (int code = known.size() - FIRST_VALUE; code < all.size(); code++) {
                known.add(Label.of(all.text(code)));
            }
        }
    }

    /** Codes of periods: 0 for rows without a known time, then the periods in the order of their appearance. */
    private static final class PeriodCoder implements Coder {
        private static final long MICROS = 1_000_000;
        private static final int SECONDS_PER_DAY = 86_400;

        /** 2^36 microseconds are 19 hours: shorter than any day, so that most slots have at most one boundary. */
        private static final int INSTANT_SLOT_BITS = 36;

        private static final int MOST_SLOTS = 1 << 20;

        /** More than the microseconds of a year. */
        private static final long LONGEST_PERIOD = 400L * SECONDS_PER_DAY * MICROS;

        private static final int UNFILLED = -1;
        private static final int SEVERAL = -2;

        /**
         * The time line in slots of equal length: the code before a slot's boundary, the boundary, and the code from it on.
         * Looking a time up takes a shift and a comparison, in whatever order the rows come.
         */
        private final int slotBits;

        private long firstSlot;
        private int[] before = new int[0];
        private long[] boundary = new long[0];
        private int[] after = new int[0];

        private final Grain grain;
        private final @Nullable ZoneRules rules;
        private final List<Period> periods;
        private final LongCodes days = new LongCodes();
        private int[] codeOfDay = new int[64];

        /** The end of the stretch of encoded values around the one last found that are in the same period. */
        private long to;

        /** The stretch of the time line for which the zone's offset is known, in epoch seconds. */
        private long offsetFrom = 1;

        private long offsetTo;
        private int offset;

        PeriodCoder(Grain grain, @Nullable ZoneRules rules, List<Period> periods) {
            this.grain = grain;
            this.rules = rules;
            this.periods = periods;
            this.slotBits = rules == null ? 0 : INSTANT_SLOT_BITS;
        }

        @Override
        public void code(Column column, int size, int[] codes) {
            byte[] states = column.states();
            long[] values = column.values();
            int same = column.allKnown(size) ? codeOfAll(values, size) : MISSING;
            if (same != MISSING) {
                Arrays.fill(codes, 0, size, same);
                return;
            }
            for (int i = 0; i < size; i++) {
                codes[i] = states[i] == Column.KNOWN ? code(values[i]) : MISSING;
            }
        }

        /** The code of the period in which all times lie, as they do where rows come in the order of time; otherwise 0. */
        private int codeOfAll(long[] values, int size) {
            long first = values[0];
            long last = values[0];
            for (int i = 1; i < size; i++) {
                first = Math.min(first, values[i]);
                last = Math.max(last, values[i]);
            }
            int same = find(first);
            // Day by day: where clocks go back at midnight, the day after may have begun before.
            while (to <= last) {
                if (last - to > LONGEST_PERIOD || find(to) != same) {
                    return MISSING;
                }
            }
            return same;
        }

        private int code(long value) {
            long slot = (value >> slotBits) - firstSlot;
            if (slot < 0 || slot >= before.length || before[(int) slot] < 0) {
                slot = fill(value);
                if (slot < 0) {
                    return find(value);
                }
            }
            return value < boundary[(int) slot] ? before[(int) slot] : after[(int) slot];
        }

        /** Learns the periods of a value's slot; returns −1 if the slot has no simple answer. */
        private int fill(long value) {
            long number = value >> slotBits;
            if ((number < firstSlot || number - firstSlot >= before.length) && !widen(number)) {
                return -1;
            }
            int slot = (int) (number - firstSlot);
            if (before[slot] == SEVERAL) {
                return -1;
            }
            long end = ((number + 1) << slotBits) - 1;
            int code = find(number << slotBits);
            before[slot] = code;
            after[slot] = code;
            boundary[slot] = Long.MAX_VALUE;
            for (long next = to; next <= end && next > (number << slotBits); next = to) {
                int there = find(next);
                if (there != after[slot]) {
                    if (after[slot] != before[slot]) {
                        before[slot] = SEVERAL;
                        return -1;
                    }
                    after[slot] = there;
                    boundary[slot] = next;
                }
            }
            return slot;
        }

        /** Makes room for a slot, unless the times are too far apart. */
        private boolean widen(long number) {
            long first = before.length == 0 ? number : Math.min(firstSlot, number);
            long last = before.length == 0 ? number : Math.max(firstSlot + before.length - 1, number);
            long length = Math.max(64, Long.highestOneBit(last - first) * 2);
            if (length > MOST_SLOTS) {
                return false;
            }
            int shift = before.length == 0 ? 0 : (int) (firstSlot - first);
            int[] wider = new int[(int) length];
            Arrays.fill(wider, UNFILLED);
            System.arraycopy(before, 0, wider, shift, before.length);
            int[] widerAfter = new int[(int) length];
            System.arraycopy(after, 0, widerAfter, shift, after.length);
            long[] widerBoundary = new long[(int) length];
            System.arraycopy(boundary, 0, widerBoundary, shift, boundary.length);
            before = wider;
            after = widerAfter;
            boundary = widerBoundary;
            firstSlot = first;
            return true;
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
            to = rules == null ? day + 1 : Math.min((day + 1) * SECONDS_PER_DAY - offset, offsetTo) * MICROS;
            return codeOfDay[known];
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
