package io.cxmetrics.field;

import java.util.List;

/**
 * What becomes of each row of a batch for a KPI: it is used, not eligible, missing or rejected. Eligibility comes first: a
 * row that is not eligible is neither missing nor rejected. A row whose eligibility is not known is missing; one whose
 * eligibility rests on a rejected value is rejected.
 *
 * <p>Made by {@link Program#add(Condition, List)}; valid until the next batch; for one thread.
 *
 * @since 0.1
 */
public final class Outcomes {
    /** All that the KPI needs is known. */
    public static final byte USED = 0;
    /** The row is not one that the KPI is about. */
    public static final byte INELIGIBLE = 1;
    /** A needed value is not there. */
    public static final byte MISSING = 2;
    /** A needed value is an error. */
    public static final byte REJECTED = 3;

    private final byte[] where;
    private final List<byte[]> required;
    private final byte[] together = new byte[Batch.CAPACITY];
    private final byte[] rows = new byte[Batch.CAPACITY];
    private int seen;
    private boolean anyRejected;

    Outcomes(byte[] where, List<byte[]> required) {
        this.where = where;
        this.required = required;
    }

    void decide(int size) {
        byte[] states = required.get(0);
        for (int r = 1; r < required.size(); r++) {
            States.together(states, required.get(r), together, size);
            states = together;
        }
        seen = States.outcomes(where, states, rows, size);
        // INELIGIBLE and MISSING together have the bits of REJECTED.
        anyRejected = seen == REJECTED && contains(REJECTED, size);
    }

    private boolean contains(byte outcome, int size) {
        for (int i = 0; i < size; i++) {
            if (rows[i] == outcome) {
                return true;
            }
        }
        return false;
    }

    /**
     * The outcomes, one a row; not a copy.
     *
     * @return the array
     */
    public byte[] rows() {
        return rows;
    }

    /**
     * The outcomes with a bit more: {@code 4} is added where a condition holds.
     *
     * @param condition its states
     * @param size the number of rows
     * @return the sums, one a row; overwritten by the next call
     */
    public byte[] places(byte[] condition, int size) {
        States.places(rows, condition, together, size);
        return together;
    }

    /**
     * Whether every row of the batch is used.
     *
     * @return whether there is no other outcome
     */
    public boolean allUsed() {
        return seen == USED;
    }

    /**
     * Whether a row of the batch is rejected.
     *
     * @return whether there is that outcome
     */
    public boolean anyRejected() {
        return anyRejected;
    }

    /**
     * Whether a row is known to be eligible.
     *
     * @param row the row in the batch
     * @return whether the KPI is about it
     */
    public boolean isEligible(int row) {
        return (where[row] & Column.KNOWN) != 0;
    }
}
