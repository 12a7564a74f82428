package io.cxmetrics;

import io.cxmetrics.field.Outcomes;
import io.cxmetrics.field.ScaleCodes;
import java.util.Arrays;

/**
 * How many rows of each cell came out how. One aggregate that counts, of hits or of the values of a scale, can be counted by
 * the same additions: a used row by what it shows, another by its outcome.
 */
abstract class Ledger {
    /** The places of a cell: one for each outcome, then those that used rows are counted in instead of the first. */
    static final int OUTCOME_PLACES = 4;

    /** The places of a cell are a power of two apart, so that no multiplication is needed to find them. */
    final int cellShift;

    long[] counts = new long[0];

    Ledger(int places) {
        this.cellShift = Integer.SIZE - Integer.numberOfLeadingZeros(places - 1);
    }

    final void grow(int cells) {
        counts = Arrays.copyOf(counts, Math.multiplyExact(cells, 1 << cellShift));
    }

    /** Adds the rows of the current batch. */
    abstract void add(int[] cells, int size);

    /** Adds one to the place of each row in its cell. */
    final void count(byte[] places, int[] cells, int size) {
        long[] into = counts;
        int shift = cellShift;
        for (int i = 0; i < size; i++) {
            into[(cells[i] << shift) + places[i]]++;
        }
    }

    /** How many rows of a cell have an outcome. */
    abstract long count(int cell, int outcome);

    /** What the counted aggregate came to. */
    abstract Total total(int cell);

    /** Counts outcomes and nothing else. */
    static final class OfOutcomes extends Ledger {
        private final Outcomes outcomes;

        OfOutcomes(Outcomes outcomes) {
            super(OUTCOME_PLACES);
            this.outcomes = outcomes;
        }

        @Override
        void add(int[] cells, int size) {
            count(outcomes.rows(), cells, size);
        }

        @Override
        long count(int cell, int outcome) {
            return counts[(cell << cellShift) + outcome];
        }

        @Override
        Total total(int cell) {
            throw new AssertionError("no aggregate is counted here");
        }
    }

    /** Counts the used rows in which a condition holds. */
    static final class OfHits extends Ledger {
        private final Outcomes outcomes;
        private final byte[] hits;

        OfHits(Outcomes outcomes, byte[] hits) {
            super(2 * OUTCOME_PLACES);
            this.outcomes = outcomes;
            this.hits = hits;
        }

        @Override
        void add(int[] cells, int size) {
            count(outcomes.places(hits, size), cells, size);
        }

        @Override
        long count(int cell, int outcome) {
            int at = (cell << cellShift) + outcome;
            return counts[at] + counts[at + OUTCOME_PLACES];
        }

        @Override
        Total total(int cell) {
            return Total.Exact.of(counts[(cell << cellShift) + OUTCOME_PLACES + Outcomes.USED]);
        }
    }

    /** Counts the values of a scale: used rows by their value. */
    private abstract static class OfValues extends Ledger {
        final int lowest;
        private final int width;

        OfValues(Aggregate.Tally tally) {
            super(OUTCOME_PLACES + tally.highest() - tally.lowest() + 1);
            this.lowest = tally.lowest();
            this.width = tally.highest() - lowest + 1;
        }

        @Override
        final long count(int cell, int outcome) {
            int first = cell << cellShift;
            if (outcome != Outcomes.USED) {
                return counts[first + outcome];
            }
            long used = 0;
            for (int i = 0; i < width; i++) {
                used += counts[first + OUTCOME_PLACES + i];
            }
            return used;
        }

        @Override
        final Total total(int cell) {
            int first = (cell << cellShift) + OUTCOME_PLACES;
            return new Total.Tally(Arrays.copyOfRange(counts, first, first + width));
        }
    }

    /** Counts the values of a scale where something else decides too whether a row is used. */
    static final class OfScale extends OfValues {
        private final Outcomes outcomes;
        private final long[] values;

        OfScale(Outcomes outcomes, Aggregate.Tally tally, long[] values) {
            super(tally);
            this.outcomes = outcomes;
            this.values = values;
        }

        @Override
        void add(int[] cells, int size) {
            byte[] rows = outcomes.rows();
            long[] into = counts;
            int shift = cellShift;
            for (int i = 0; i < size; i++) {
                // All bits are set if the row is used: a choice without a branch.
                int used = (rows[i] - 1) >> 31;
                int place = (used & ((int) values[i] - lowest + OUTCOME_PLACES)) | (~used & rows[i]);
                into[(cells[i] << shift) + place]++;
            }
        }
    }

    /**
     * Counts the answers on a scale where nothing but the answer decides whether a row is used: from their codes, for each of
     * which a table has the place.
     */
    static final class OfAnswers extends OfValues {
        private final byte[] codes;
        private final short[] placeOf = new short[1 << Byte.SIZE];
        private boolean anyRejected;

        OfAnswers(Aggregate.Tally tally, ScaleCodes answers) {
            super(tally);
            this.codes = answers.codes();
            Arrays.fill(placeOf, Outcomes.REJECTED);
            placeOf[Byte.toUnsignedInt(ScaleCodes.MISSING)] = Outcomes.MISSING;
            for (int value = lowest; value <= tally.highest(); value++) {
                placeOf[value & 0xFF] = (short) (value - lowest + OUTCOME_PLACES);
            }
        }

        @Override
        void add(int[] cells, int size) {
            long[] into = counts;
            short[] table = placeOf;
            int shift = cellShift;
            int rejected = 0;
            for (int i = 0; i < size; i++) {
                int place = table[codes[i] & 0xFF];
                // Negative if it is that place, since no place is before 2.
                rejected |= (place ^ Outcomes.REJECTED) - 1;
                into[(cells[i] << shift) + place]++;
            }
            anyRejected = rejected < 0;
        }

        boolean anyRejected() {
            return anyRejected;
        }

        boolean isRejected(int row) {
            return placeOf[codes[row] & 0xFF] == Outcomes.REJECTED;
        }
    }
}
