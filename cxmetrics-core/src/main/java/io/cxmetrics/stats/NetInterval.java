package io.cxmetrics.stats;

import io.cxmetrics.Interval;

/**
 * The ways to say how sure a net score is: the share of the top minus that of the bottom of one sample, as in NPS.
 *
 * <p><b>Unit and range:</b> −1…1, never outside; NPS shows it × 100.
 *
 * <p><b>Empty:</b> undefined for n = 0.
 *
 * <p><b>Cost:</b> a few operations; {@link #SCORE} about fifty steps of bisection. Immutable and thread-safe.
 *
 * @since 0.1
 */
public enum NetInterval {
    /**
     * The estimate ± z standard errors. Known from most calculators; claims certainty when all answer alike, and is too
     * short for small samples.
     */
    WALD("Wald") {
        @Override
        Interval known(double top, double bottom, double n, double level) {
            double net = (top - bottom) / n;
            double half = Quantiles.normal(level) * Math.sqrt(variance(top, bottom, n) / n);
            return Interval.bounded(Math.max(-1, net - half), Math.min(1, net + half), level, label());
        }
    },
    /**
     * Wald's interval with ¾ added to the top and the bottom and 1½ to the middle (D. G. Bonett, R. M. Price 2012,
     * Adjusted Wald confidence interval for a difference of binomial proportions based on paired data, Journal of
     * Educational and Behavioral Statistics 37; B. Rocks 2016, Interval estimation for the Net Promoter Score, The American
     * Statistician 70); cut at −1 and 1.
     */
    ADJUSTED_WALD("adjusted Wald") {
        @Override
        Interval known(double top, double bottom, double n, double level) {
            Interval wald = WALD.known(top + ADDED, bottom + ADDED, n + 4 * ADDED, level);
            return Interval.bounded(wald.low(), wald.high(), level, label());
        }
    },
    /** The score interval (Tango 1998): the default. */
    SCORE("score (Tango)") {
        @Override
        Interval known(double top, double bottom, double n, double level) {
            return NetScore.interval(top, bottom, n, level, label());
        }
    };

    /** What the adjusted interval adds to the top and to the bottom; the middle gets twice as much. */
    static final double ADDED = 0.75;

    private final String label;

    NetInterval(String label) {
        this.label = label;
    }

    /** The variance of one answer that counts 1, 0 or −1. */
    static double variance(double top, double bottom, double n) {
        double net = (top - bottom) / n;
        return Math.max(0, (top + bottom) / n - net * net);
    }

    /**
     * The interval of a net score.
     *
     * @param top the number of answers at the top
     * @param bottom the number of answers at the bottom
     * @param n the number of answers
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval on −1…1; undefined for n = 0
     * @throws IllegalArgumentException if a count is negative, top and bottom exceed n, or the level is not between 0 and 1
     */
    public Interval of(long top, long bottom, long n, double level) {
        Interval.checkLevel(level);
        if (top < 0 || bottom < 0 || top > n - bottom) {
            throw new IllegalArgumentException(
                    "a net score needs 0 ≤ top, 0 ≤ bottom and top + bottom ≤ n; found top = " + top + ", bottom = "
                            + bottom + ", n = " + n);
        }
        return n == 0
                ? Interval.undefined(level, "nothing observed")
                : known((double) top, (double) bottom, (double) n, level);
    }

    abstract Interval known(double top, double bottom, double n, double level);

    /**
     * The name as intervals show it.
     *
     * @return such as {@code adjusted Wald}
     */
    public String label() {
        return label;
    }
}
