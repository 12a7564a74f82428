package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;

/**
 * Intervals for those who look every day. An ordinary 95 % interval is right at one planned moment; who looks daily and
 * stops at the first good news is wrong far more often. These cover the truth at <em>all</em> moments together, at the price
 * of being wider.
 *
 * <p><b>Formula:</b> the values that a mixture martingale does not refute. Normal mixture: the sum of n deviations with
 * variance v stays within √((v + ρ) (ln(1 + v/ρ) + 2 ln(1/α))). Shares: the beta-binomial mixture, exact for counts.
 *
 * <p><b>Parameters:</b> {@code plannedRows} is where the interval is tightest; it holds for every other n too. It must be
 * chosen before looking.
 *
 * <p><b>Unit and range:</b> that of the statistic; shares 0…1.
 *
 * <p><b>Empty:</b> undefined for n = 0 (means: n &lt; 2).
 *
 * <p><b>Cost:</b> shares some hundred log-gamma functions, means a few operations. Nothing is kept; thread-safe.
 *
 * <p><b>Reference:</b> S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon (2021), Time-uniform, nonparametric, nonasymptotic
 * confidence sequences, Annals of Statistics 49; H. Robbins (1970), Annals of Mathematical Statistics 41.
 *
 * @since 0.1
 */
public final class AlwaysValid {
    private AlwaysValid() {}

    /**
     * The tuning ρ with which the normal mixture's bound is smallest at a variance: exactly, by the lower branch of Lambert's
     * W.
     *
     * @param variance the sum of variances at which to be tightest, positive
     * @param level the confidence level, strictly between 0 and 1
     * @return ρ, positive
     * @throws IllegalArgumentException if the variance is not positive or the level is not between 0 and 1
     */
    public static double tuning(double variance, double level) {
        checkPositive("the planned variance", variance);
        Interval.checkLevel(level);
        // −W₋₁(−α²/e) = w solves w − ln w = 1 − 2 ln α; Newton from the usual approximation.
        double right = 1 - 2 * Math.log1p(-level);
        double w = right + Math.log(right);
        for (int i = 0; i < 50; i++) {
            double next = w - (w - Math.log(w) - right) / (1 - 1 / w);
            if (!(Math.abs(next - w) > 1e-15 * w)) {
                break;
            }
            w = next;
        }
        return variance / (w - 1);
    }

    /**
     * The bound that the sum of deviations from the true mean never crosses, with the probability of the level.
     *
     * @param variance the sum of the variances so far, not negative
     * @param tuning ρ, as {@link #tuning} gives it
     * @param level the confidence level, strictly between 0 and 1
     * @return the bound of the absolute sum
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static double normalBound(double variance, double tuning, double level) {
        Interval.checkLevel(level);
        checkPositive("ρ", tuning);
        if (!(variance >= 0)) {
            throw new IllegalArgumentException("a variance is not negative; found " + variance);
        }
        return Math.sqrt((variance + tuning) * (Math.log1p(variance / tuning) - 2 * Math.log1p(-level)));
    }

    /**
     * The interval of a share, valid at every n; exact for independent hits.
     *
     * @param share the share so far
     * @param plannedRows the number of rows at which to be tightest, positive
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined for n = 0
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static Interval of(Share share, double plannedRows, double level) {
        Interval.checkLevel(level);
        checkPositive("the planned number of rows", plannedRows);
        long n = share.counts().used();
        if (n == 0) {
            return Interval.undefined(level, "nothing observed");
        }
        double estimate = (double) share.hits() / n;
        double low = share.hits() == 0 ? 0 : bound(share.hits(), n, plannedRows, level, estimate, 0);
        double high = share.hits() == n ? 1 : bound(share.hits(), n, plannedRows, level, estimate, 1);
        return Interval.bounded(low, high, level, "always valid, beta-binomial mixture");
    }

    private static double bound(long hits, long n, double planned, double level, double inside, double end) {
        double in = inside;
        double out = end;
        double threshold = -Math.log1p(-level);
        for (int i = 0; i < 100; i++) {
            double middle = in + (out - in) / 2;
            if (middle == in || middle == out) {
                break;
            }
            if (evidence(hits, n, middle, planned, level) < threshold) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }

    /** The log of the martingale against a share p: how much likelier a mixture of other shares makes the data. */
    private static double evidence(long hits, long n, double p, double planned, double level) {
        double q = 1 - p;
        // The usual approximation of ρ, as the authors' library takes it here.
        double right = -2 * Math.log1p(-level);
        double rho = planned * p * q / (right + Math.log1p(right));
        double r = Math.max(rho - p * q, 1e-3 * p * q);
        // In terms of Loader's factor all that is large cancels before it is computed.
        return IncompleteBeta.logFactor(r / q, r / p, p, q)
                - IncompleteBeta.logFactor(hits + r / q, n - hits + r / p, p, q);
    }

    /**
     * The interval of a mean, valid at every n from some dozen rows on: the normal mixture with the sample's variance.
     *
     * @param mean the mean so far
     * @param plannedRows the number of rows at which to be tightest, positive
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined for n &lt; 2
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static Interval of(Mean mean, double plannedRows, double level) {
        Interval.checkLevel(level);
        checkPositive("the planned number of rows", plannedRows);
        long n = mean.counts().used();
        if (n < 2) {
            return Interval.undefined(level, "fewer than two observations");
        }
        double estimate = mean.value().orElseThrow();
        // In units of the standard deviation the variance of the sum is n.
        double half = mean.standardDeviation().orElseThrow() * scaledHalf((double) n, plannedRows, level);
        return Interval.bounded(estimate - half, estimate + half, level, "always valid, normal mixture");
    }

    /**
     * The interval of a difference, after − before, valid at every n from some dozen rows on, for an A/B test that is looked
     * at every day: the half width of the ordinary interval, stretched from the normal quantile to the mixture's bound.
     *
     * @param comparison the comparison so far
     * @param plannedRows the number of rows in both arms together at which to be tightest, positive
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined or unbounded if the ordinary one is
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static Interval of(Comparison comparison, double plannedRows, double level) {
        checkPositive("the planned number of rows", plannedRows);
        double n = (double) comparison.before().counts().used()
                + comparison.after().counts().used();
        Interval once = comparison.interval(level);
        if (!once.isBounded()) {
            return once;
        }
        double stretch = Math.sqrt(n) * scaledHalf(n, plannedRows, level) / Quantiles.normal(level);
        double middle = (once.low() + once.high()) / 2;
        double half = (once.high() - once.low()) / 2 * stretch;
        Unit unit = comparison.kpi().unit();
        double end = unit.equals(Unit.SHARE) ? 1 : unit.equals(Unit.POINTS) ? 200 : Double.MAX_VALUE;
        return Interval.bounded(
                Math.max(-end, middle - half),
                Math.min(end, middle + half),
                level,
                "always valid, stretched " + once.method());
    }

    private static double scaledHalf(double n, double plannedRows, double level) {
        return normalBound(n, tuning(plannedRows, level), level) / n;
    }

    private static void checkPositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive; found " + value);
        }
    }
}
