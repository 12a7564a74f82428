package io.cxmetrics.stats;

/**
 * Methods for confidence intervals of ratios of sums.
 *
 * @since 0.1
 */
public enum RatioInterval {
    /** Fieller's, exact for normal sums; not symmetric, and unbounded where the denominator may be 0. The default. */
    FIELLER,
    /**
     * Linearised (delta method): ratio ± t · s / (|x̄| √n) with s the deviation of y − ratio · x. Symmetric and close to
     * Fieller's where the denominator is many standard errors above 0; too short where it is not, which it cannot tell (W. G.
     * Cochran 1977, Sampling Techniques, 3rd edition, section 6.4).
     */
    LINEARISED
}
