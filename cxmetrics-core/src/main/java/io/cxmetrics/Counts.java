package io.cxmetrics;

/**
 * The account of the rows that a statistic has seen: rows = used + ineligible + missing + rejected.
 *
 * @param used rows whose values entered the statistic
 * @param ineligible rows for which the eligibility condition is false
 * @param missing rows whose eligibility or value is unknown because a field is missing
 * @param rejected rows whose eligibility or value hangs on a value that is an error
 * @since 0.1
 */
public record Counts(long used, long ineligible, long missing, long rejected) {
    /** No rows. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Counts {
        if (used < 0 || ineligible < 0 || missing < 0 || rejected < 0) {
            throw new IllegalArgumentException("counts must not be negative: used " + used + ", ineligible "
                    + ineligible + ", missing " + missing + ", rejected " + rejected);
        }
    }

    /**
     * All rows seen.
     *
     * @return the sum of the four
     */
    public long rows() {
        return Math.addExact(Math.addExact(used, ineligible), Math.addExact(missing, rejected));
    }

    /**
     * The account of two disjoint sets of rows.
     *
     * @param other the other account
     * @return the sum
     * @throws ArithmeticException if a count exceeds a {@code long}
     */
    public Counts plus(Counts other) {
        return new Counts(
                Math.addExact(used, other.used),
                Math.addExact(ineligible, other.ineligible),
                Math.addExact(missing, other.missing),
                Math.addExact(rejected, other.rejected));
    }

    /** Such as {@code n = 412, 3 missing}; what is zero is left out. */
    @Override
    public String toString() {
        return "n = " + used
                + (ineligible == 0 ? "" : ", " + ineligible + " not eligible")
                + (missing == 0 ? "" : ", " + missing + " missing")
                + (rejected == 0 ? "" : ", " + rejected + " rejected");
    }
}
