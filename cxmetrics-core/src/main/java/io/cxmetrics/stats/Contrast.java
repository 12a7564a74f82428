package io.cxmetrics.stats;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import java.util.OptionalDouble;

/** How two estimates of one KPI are compared: a method for each family. Everything is after against before. */
interface Contrast {
    /** The interval of after − before in the base unit. */
    Interval difference(double level);

    /** The interval of after ÷ before. */
    Interval ratio(double level);

    /** The two-sided p-value of no difference; empty if too little was observed. */
    OptionalDouble pValue();

    /** The name of the test. */
    String test();

    /** Two independent shares: Newcombe's hybrid of two Wilson intervals, pooled z. */
    record Shares(long hitsBefore, long nBefore, long hitsAfter, long nAfter, double scale) implements Contrast {
        private static final String METHOD = "Newcombe";

        @Override
        public Interval difference(double level) {
            return nBefore == 0 || nAfter == 0
                    ? nothing(level)
                    : Mover.difference(
                                    before(),
                                    Wilson.interval(hitsBefore, nBefore, level),
                                    after(),
                                    Wilson.interval(hitsAfter, nAfter, level),
                                    METHOD)
                            .times(scale);
        }

        @Override
        public Interval ratio(double level) {
            return nBefore == 0 || nAfter == 0
                    ? nothing(level)
                    : Mover.ratio(
                            before(),
                            Wilson.interval(hitsBefore, nBefore, level),
                            after(),
                            Wilson.interval(hitsAfter, nAfter, level),
                            "MOVER of Wilson");
        }

        private double before() {
            return (double) hitsBefore / nBefore;
        }

        private double after() {
            return (double) hitsAfter / nAfter;
        }

        @Override
        public OptionalDouble pValue() {
            if (nBefore == 0 || nAfter == 0) {
                return OptionalDouble.empty();
            }
            double p = ((double) hitsBefore + hitsAfter) / ((double) nBefore + nAfter);
            double error = Math.sqrt(p * (1 - p) * (1.0 / nBefore + 1.0 / nAfter));
            return OptionalDouble.of(fromZ(after() - before(), error));
        }

        @Override
        public String test() {
            return "pooled z";
        }
    }

    /** Two independent net scores: a z test with the sum of both variances, adjusted or not. */
    record Nets(
            long topBefore, long bottomBefore, long nBefore, long topAfter, long bottomAfter, long nAfter, double added)
            implements Contrast {

        private double sizeBefore() {
            return nBefore + 4 * added;
        }

        private double sizeAfter() {
            return nAfter + 4 * added;
        }

        private double move() {
            return (topAfter - bottomAfter) / sizeAfter() - (topBefore - bottomBefore) / sizeBefore();
        }

        private double error() {
            return Math.sqrt(NetInterval.variance(topBefore + added, bottomBefore + added, sizeBefore()) / sizeBefore()
                    + NetInterval.variance(topAfter + added, bottomAfter + added, sizeAfter()) / sizeAfter());
        }

        @Override
        public Interval difference(double level) {
            if (nBefore == 0 || nAfter == 0) {
                return nothing(level);
            }
            double half = Quantiles.normal(level) * error();
            return Interval.bounded(Math.max(-2, move() - half), Math.min(2, move() + half), level, test())
                    .times(100);
        }

        @Override
        public Interval ratio(double level) {
            return Interval.undefined(level, "a net score has no relative change: its 0 is not nothing");
        }

        @Override
        public OptionalDouble pValue() {
            return nBefore == 0 || nAfter == 0 ? OptionalDouble.empty() : OptionalDouble.of(fromZ(move(), error()));
        }

        @Override
        public String test() {
            return added == 0 ? NetInterval.WALD.label() : NetInterval.ADJUSTED_WALD.label();
        }
    }

    /**
     * Two independent estimates with standard errors of their own: Welch's test. For means the errors are exact, for ratios
     * of sums linearised.
     *
     * @param fixed whether each interval of its own is bounded; a ratio whose denominator may be 0 is not
     */
    record Means(
            double before,
            double errorBefore,
            double freedomBefore,
            double after,
            double errorAfter,
            double freedomAfter,
            boolean fixed,
            String test)
            implements Contrast {

        private double freedom() {
            return welch(errorBefore, freedomBefore, errorAfter, freedomAfter);
        }

        @Override
        public Interval difference(double level) {
            return !(freedomBefore > 0 && freedomAfter > 0)
                    ? tooFew(level)
                    : !fixed
                            ? Interval.unbounded(level, test)
                            : StudentT.around(
                                    after - before, Math.hypot(errorBefore, errorAfter), freedom(), level, test);
        }

        @Override
        public Interval ratio(double level) {
            return !(freedomBefore > 0 && freedomAfter > 0)
                    ? tooFew(level)
                    : !fixed || before <= 0
                            ? Interval.unbounded(level, test)
                            : Fieller.independent(after, before, errorAfter, errorBefore, freedom(), level);
        }

        @Override
        public OptionalDouble pValue() {
            if (!(freedomBefore > 0 && freedomAfter > 0) || !fixed) {
                return OptionalDouble.empty();
            }
            double error = Math.hypot(errorBefore, errorAfter);
            double move = after - before;
            return OptionalDouble.of(move == 0 ? 1 : error == 0 ? 0 : Tails.student(move / error, freedom()));
        }
    }

    /** Any two estimates with intervals of their own; the p-value is that at which the interval of the difference touches 0. */
    record Hybrid(Estimate before, Estimate after, double correlation, String test) implements Contrast {
        private static final double SMALLEST = 1e-12;

        /** Two independent estimates. */
        Hybrid(Estimate before, Estimate after) {
            this(before, after, 0, "MOVER");
        }

        @Override
        public Interval difference(double level) {
            return before.value().isEmpty() || after.value().isEmpty()
                    ? nothing(level)
                    : Mover.difference(
                            before.value().getAsDouble(),
                            before.interval(level),
                            after.value().getAsDouble(),
                            after.interval(level),
                            correlation,
                            test);
        }

        @Override
        public Interval ratio(double level) {
            return before.value().isEmpty() || after.value().isEmpty()
                    ? nothing(level)
                    : Mover.ratio(
                            before.value().getAsDouble(),
                            before.interval(level),
                            after.value().getAsDouble(),
                            after.interval(level),
                            correlation,
                            test);
        }

        @Override
        public OptionalDouble pValue() {
            if (difference(0.5).kind() == Interval.Kind.UNDEFINED) {
                return OptionalDouble.empty();
            }
            double low = Math.log(SMALLEST);
            double high = 0;
            for (int i = 0; i < 50; i++) {
                double middle = (low + high) / 2;
                Interval interval = difference(-Math.expm1(middle));
                if (interval.isBounded() && !interval.contains(0)) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return OptionalDouble.of(Math.exp(high));
        }
    }

    /** The Welch–Satterthwaite degrees of freedom of a difference of two means, given their standard errors. */
    static double welch(double first, double freedomFirst, double second, double freedomSecond) {
        // By shares of the sum of squares: the squares themselves may leave the range of a double.
        double sum = Math.hypot(first, second);
        double a = sum > 0 ? (first / sum) * (first / sum) : 0.5;
        double b = sum > 0 ? (second / sum) * (second / sum) : 0.5;
        return 1 / (a * a / freedomFirst + b * b / freedomSecond);
    }

    private static double fromZ(double move, double error) {
        return move == 0 ? 1 : error == 0 ? 0 : Tails.normal(move / error);
    }

    private static Interval nothing(double level) {
        return Interval.undefined(level, "nothing observed on one side");
    }

    private static Interval tooFew(double level) {
        return Interval.undefined(level, "fewer than two observations on one side");
    }

    /** The contrast that fits the family of two results of one KPI. */
    static Contrast of(Estimate before, Estimate after) {
        if (before instanceof Share a && after instanceof Share b) {
            return new Shares(a.hits(), a.counts().used(), b.hits(), b.counts().used(), 1);
        } else if (before instanceof SignalShare a && after instanceof SignalShare b) {
            long n = a.counts().used();
            long m = b.counts().used();
            return new Shares(n - a.withSignal(), n, m - b.withSignal(), m, 100);
        } else if (before instanceof Mean a && after instanceof Mean b) {
            return means(mean(a), mean(b), "Welch");
        } else if (before instanceof Ratio a && after instanceof Ratio b) {
            return means(a.linearised(), b.linearised(), "Welch, linearised");
        } else if (before instanceof Clustered a && after instanceof Clustered b) {
            return new Hybrid(a, b, a.correlationWith(b), "MOVER, clustered");
        } else if (before instanceof Ratings a && after instanceof Ratings b) {
            if (a.reading() instanceof Ratings.Box) {
                return new Shares(
                        a.top(), a.counts().used(), b.top(), b.counts().used(), 1);
            } else if (a.reading() instanceof Ratings.Average) {
                return means(mean(a), mean(b), "Welch");
            }
        }
        return net(before, after, NetInterval.ADDED);
    }

    /** The contrast of net scores with so many answers added; any other family is a hybrid. */
    static Contrast net(Estimate before, Estimate after, double added) {
        if (before instanceof Nps a && after instanceof Nps b) {
            return new Nets(
                    a.promoters(),
                    a.detractors(),
                    a.counts().used(),
                    b.promoters(),
                    b.detractors(),
                    b.counts().used(),
                    added);
        } else if (before instanceof Ratings a && after instanceof Ratings b && a.reading() instanceof Ratings.Net) {
            return new Nets(
                    a.top(),
                    a.bottom(),
                    a.counts().used(),
                    b.top(),
                    b.bottom(),
                    b.counts().used(),
                    added);
        }
        return new Hybrid(before, after);
    }

    /**
     * An estimate with its standard error.
     *
     * @param value the estimate; NaN if undefined
     * @param error the standard error of the estimate, not the deviation of a row
     * @param freedom the degrees of freedom; not positive if there is no error
     * @param fixed whether its own interval at 95 % is bounded
     */
    record Moment(double value, double error, double freedom, boolean fixed) {}

    private static Moment mean(Mean mean) {
        long n = mean.counts().used();
        double deviation = mean.standardDeviation().orElse(0);
        return new Moment(mean.value().orElse(Double.NaN), deviation / Math.sqrt((double) n), n - 1.0, true);
    }

    private static Moment mean(Ratings ratings) {
        long n = ratings.counts().used();
        double variance = n < 2 ? 0 : Math.max(0, ratings.variance()) / n;
        return new Moment(ratings.value().orElse(Double.NaN), Math.sqrt(variance), n - 1.0, true);
    }

    /** Welch's comparison of two estimates. */
    static Contrast means(Moment before, Moment after, String test) {
        return new Means(
                before.value(),
                before.error(),
                before.freedom(),
                after.value(),
                after.error(),
                after.freedom(),
                before.fixed() && after.fixed(),
                test);
    }
}
