package io.cxmetrics.stats;

import io.cxmetrics.Interval;

/**
 * The ways to say how sure a share is.
 *
 * <p><b>Unit and range:</b> 0…1, never outside; for no hit the lower bound is 0, for all hits the upper bound is 1 (but for
 * {@link #AGRESTI_COULL}, which is cut there).
 *
 * <p><b>Empty:</b> undefined for n = 0.
 *
 * <p><b>Which one:</b> {@link #WILSON} unless there is a reason. Those who must never promise too much take
 * {@link #CLOPPER_PEARSON}, which is wider than it need be; {@link #MID_P} is the same without its excess and may fall
 * slightly below the level; {@link #JEFFREYS} has equal tails and suits rare events.
 *
 * <p><b>Cost:</b> Wilson and Agresti–Coull a few operations; the others some ten evaluations of the incomplete beta
 * function. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> L. D. Brown, T. T. Cai, A. DasGupta (2001), Interval estimation for a binomial proportion,
 * Statistical Science 16, 101–133.
 *
 * <pre>{@code
 * Share.of(18, 20).interval(0.95, ShareInterval.JEFFREYS);   // 95 % 0.716147…0.978627 (Jeffreys)
 * }</pre>
 *
 * @since 0.1
 */
public enum ShareInterval {
    /** Wilson score without continuity correction (1927): the default. */
    WILSON("Wilson") {
        @Override
        Interval known(long hits, long n, double level) {
            return Wilson.interval(hits, n, level);
        }
    },
    /** Agresti and Coull (1998): Wald's interval with z² observations added, half of them hits; cut at 0 and 1. */
    AGRESTI_COULL("Agresti–Coull") {
        @Override
        Interval known(long hits, long n, double level) {
            double z = Quantiles.normal(level);
            double size = n + z * z;
            double center = (hits + z * z / 2) / size;
            double half = z * Math.sqrt(center * (1 - center) / size);
            return Interval.bounded(Math.max(0, center - half), Math.min(1, center + half), level, label());
        }
    },
    /** Clopper and Pearson (1934), "exact": covers at least at the level for every n and every true share. */
    CLOPPER_PEARSON("Clopper–Pearson") {
        @Override
        Interval known(long hits, long n, double level) {
            return fromTails(this, hits, n, level);
        }

        @Override
        IncompleteBeta.Tail atLeast(long hits, long n) {
            return IncompleteBeta.tail((double) hits, n - hits + 1.0);
        }
    },
    /** Jeffreys: the equal-tailed interval of the Beta(½, ½) prior; 0 for no hit and 1 for all hits. */
    JEFFREYS("Jeffreys") {
        @Override
        Interval known(long hits, long n, double level) {
            return fromTails(this, hits, n, level);
        }

        @Override
        IncompleteBeta.Tail atLeast(long hits, long n) {
            return IncompleteBeta.tail(hits + 0.5, n - hits + 0.5);
        }
    },
    /** Clopper–Pearson with half the probability of what was observed (Lancaster 1961). */
    MID_P("mid-p") {
        @Override
        Interval known(long hits, long n, double level) {
            return fromTails(this, hits, n, level);
        }

        @Override
        IncompleteBeta.Tail atLeast(long hits, long n) {
            IncompleteBeta.Tail atLeast = IncompleteBeta.tail((double) hits, n - hits + 1.0);
            return IncompleteBeta.mean(
                    atLeast, hits == n ? NEVER : IncompleteBeta.tail(hits + 1.0, (double) (n - hits)));
        }
    };

    private static final IncompleteBeta.Tail NEVER = new IncompleteBeta.Tail() {
        @Override
        public double probability(double p, double q) {
            return 0;
        }

        @Override
        public double slope(double p, double q) {
            return 0;
        }
    };

    private final String label;

    ShareInterval(String label) {
        this.label = label;
    }

    /**
     * The interval of a share.
     *
     * @param hits the number of hits, 0…n
     * @param n the number of rows
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined for n = 0
     * @throws IllegalArgumentException if hits is negative or greater than n, or the level is not between 0 and 1
     */
    public Interval of(long hits, long n, double level) {
        Interval.checkLevel(level);
        if (hits < 0 || hits > n) {
            throw new IllegalArgumentException("a share needs 0 ≤ hits ≤ n; found hits = " + hits + ", n = " + n);
        }
        return n == 0 ? Interval.undefined(level, "nothing observed") : known(hits, n, level);
    }

    abstract Interval known(long hits, long n, double level);

    /** The probability of at least as many hits, as a function of the share. */
    IncompleteBeta.Tail atLeast(long hits, long n) {
        throw new UnsupportedOperationException(label + " is not defined by tails");
    }

    /**
     * The name as intervals show it.
     *
     * @return such as {@code Wilson}
     */
    public String label() {
        return label;
    }

    /** The lower bound is where the observed or more hits become too rare; the upper bound is that of the misses. */
    private static Interval fromTails(ShareInterval method, long hits, long n, double level) {
        double estimate = (double) hits / n;
        double low = hits == 0 ? 0 : IncompleteBeta.share(logOdds(method, hits, n, level));
        double high = hits == n ? 1 : IncompleteBeta.share(-logOdds(method, n - hits, n, level));
        if (method != JEFFREYS) {
            // They contain the estimate; rounding may not know for huge n.
            low = Math.min(low, estimate);
            high = Math.max(high, estimate);
        }
        // At the smallest levels both bounds are the median but for rounding.
        return Interval.bounded(Math.min(low, high), Math.max(low, high), level, method.label);
    }

    private static double logOdds(ShareInterval method, long hits, long n, double level) {
        double misses = n - hits + 0.5;
        double odds = hits / misses;
        double start = Math.log(odds) - Quantiles.normal(level) * Math.sqrt(1.0 / hits + 1 / misses);
        return IncompleteBeta.logOdds(method.atLeast(hits, n), (1 - level) / 2, start);
    }
}
