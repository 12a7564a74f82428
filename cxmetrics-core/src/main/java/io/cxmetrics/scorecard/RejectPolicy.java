package io.cxmetrics.scorecard;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens when values or lines are set aside: they are always counted and the first few kept as samples; beyond that
 * the run may be told to fail, at the first one or past a share, and to keep what was found out of the samples.
 *
 * <pre>{@code
 * card.rejects(RejectPolicy.failPast(0.01, 1_000)).compute(rows);   // RejectedException past 1 % of 1000 lines or more
 * }</pre>
 *
 * <p><b>Formula of the share:</b> (values set aside + broken lines) ÷ lines. It is looked at after every
 * {@value #LINES_BETWEEN} lines and when the result is asked for, so that the verdict does not depend on the number of
 * threads.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RejectPolicy {
    /** After how many lines a share is looked at again. */
    public static final int LINES_BETWEEN = 1 << 16;

    private static final RejectPolicy COUNT = new RejectPolicy(false, null, 0, false);

    private final boolean isAtFirst;
    private final @Nullable BigDecimal share;
    private final long minimumLines;
    private final boolean isRedacted;

    private RejectPolicy(boolean isAtFirst, @Nullable BigDecimal share, long minimumLines, boolean isRedacted) {
        this.isAtFirst = isAtFirst;
        this.share = share;
        this.minimumLines = minimumLines;
        this.isRedacted = isRedacted;
    }

    /**
     * Counts and goes on: the default.
     *
     * @return the policy
     */
    public static RejectPolicy count() {
        return COUNT;
    }

    /**
     * Fails at the first value or line that is set aside.
     *
     * @return the policy
     */
    public static RejectPolicy failAtFirst() {
        return new RejectPolicy(true, null, 0, false);
    }

    /**
     * Fails past a share.
     *
     * @param share the greatest share that is borne, 0…1
     * @param minimumLines how many lines there must be before the share means anything, from 0
     * @return the policy
     * @throws IllegalArgumentException if the share is not 0…1 or the minimum is negative
     */
    public static RejectPolicy failPast(double share, long minimumLines) {
        if (!(share >= 0 && share <= 1) || minimumLines < 0) {
            throw new IllegalArgumentException(
                    "expected a share of 0…1 and a minimum of lines from 0; found " + share + " and " + minimumLines);
        }
        // In decimals, as it was written: 7 of 100 are not past 0.07.
        return new RejectPolicy(false, BigDecimal.valueOf(share), minimumLines, false);
    }

    /**
     * This policy with samples that say where and why, but not what was found, so that no personal data is kept.
     *
     * @return the policy
     */
    public RejectPolicy redacted() {
        return new RejectPolicy(isAtFirst, share, minimumLines, true);
    }

    /**
     * Whether samples do not say what was found.
     *
     * @return true if they are redacted
     */
    public boolean isRedacted() {
        return isRedacted;
    }

    boolean isAtFirst() {
        return isAtFirst;
    }

    boolean canFail() {
        return isAtFirst || share != null;
    }

    /** This policy without failing, for a part of the rows. */
    RejectPolicy counting() {
        return isRedacted ? COUNT.redacted() : COUNT;
    }

    /**
     * Whether an account is within this policy.
     *
     * @param intake the account of everything that was read
     * @return false if a run over it would fail
     */
    public boolean allows(Intake intake) {
        BigDecimal most = share;
        return isAtFirst
                ? intake.setAside() == 0
                : most == null
                        || intake.lines() < minimumLines
                        || BigDecimal.valueOf(intake.setAside())
                                        .compareTo(most.multiply(BigDecimal.valueOf(intake.lines())))
                                <= 0;
    }

    /**
     * Fails if an account is not within this policy.
     *
     * @param intake the account of everything that was read, so far
     * @throws RejectedException if this policy does not allow it
     */
    public void check(Intake intake) {
        if (allows(intake)) {
            return;
        }
        Intake.Sample first =
                intake.samples().isEmpty() ? null : intake.samples().get(0);
        if (isAtFirst && first != null) {
            throw first(first, intake);
        }
        String shown = share == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", more than %s of them",
                        share.movePointRight(2).stripTrailingZeros().toPlainString() + " %");
        throw new RejectedException(
                intake.setAside() + " values and lines were set aside, of " + intake.lines() + " lines" + shown
                        + (first == null ? "" : "; the first: " + first)
                        + ". Correct them, or bear more with another RejectPolicy.",
                first,
                intake);
    }

    /** The failure at a first value or line. */
    RejectedException first(Intake.Sample sample, Intake intake) {
        return new RejectedException(
                sample + ". Correct it, or set such values and lines aside with RejectPolicy.count(). Read so far: "
                        + intake + ".",
                sample,
                intake);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RejectPolicy that
                && isAtFirst == that.isAtFirst
                && Objects.equals(share, that.share)
                && minimumLines == that.minimumLines
                && isRedacted == that.isRedacted;
    }

    @Override
    public int hashCode() {
        return Objects.hash(isAtFirst, share, minimumLines, isRedacted);
    }

    /** Such as {@code fail past 0.01 of at least 1000 lines, redacted}. */
    @Override
    public String toString() {
        String what = isAtFirst
                ? "fail at the first"
                : share == null
                        ? "count"
                        : "fail past " + share.toPlainString() + " of at least " + minimumLines + " lines";
        return what + (isRedacted ? ", redacted" : "");
    }
}
