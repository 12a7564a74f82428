package io.cxmetrics.stats;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.KeyedTotals;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A share, mean, ratio or net score of answers of which several come from one customer. Answers of one customer resemble each
 * other, so there is less news in them than their number says: the customers, not the answers, are the sample.
 *
 * <pre>{@code
 * Kpi<Clustered> nps = Clustered.by(text("customer"), SurveyKpis.nps());
 * nps.of(fields, answers).interval(0.95);     // as wide as the number of customers demands
 * }</pre>
 *
 * <p><b>Formula:</b> the value is that of the plain KPI, Σy / Σx. Its standard error is that of a ratio of two sums over m
 * customers, also known as the sandwich (linearised) error: √(m/(m − 1) Σ(y − value · x)²) / Σx.
 *
 * <p><b>Unit and range:</b> those of the plain KPI.
 *
 * <p><b>Empty, missing, off scale:</b> as the plain KPI; an answer without a customer is missing. No interval for fewer than
 * two customers.
 *
 * <p><b>Interval:</b> with m − 1 degrees of freedom. Shares: Wilson with the effective size n ÷ design effect, at most n, and
 * Student's t in place of z; net scores: score (Tango) likewise; means: t; ratios: Fieller over customers. Where all answers
 * are alike, as if each customer had answered once. {@link Comparison} of two counts customers who are on both sides.
 * <b>Design effect:</b> the variance over that of as many independent answers (Kish's deff, not its square root deft).
 *
 * <p><b>Cost and privacy:</b> not small: it keeps two or three numbers for each customer in each cell, with a hash of the
 * customer's key; {@link KeyedTotals} says what that protects. All other statistics hold no keys. Merges exactly, in any order
 * and split. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> W. G. Cochran (1977), Sampling Techniques, 3rd edition, section 3.12; L. Kish (1965), Survey
 * Sampling; E. L. Korn, B. I. Graubard (1998), Confidence intervals for proportions with small expected number of positive
 * counts estimated from survey data, Survey Methodology 24; J. N. K. Rao, A. J. Scott (1992), A simple method for the
 * analysis of clustered binary data, Biometrics 48.
 *
 * @since 0.1
 */
public final class Clustered extends Statistic<Clustered> {
    private static final MathContext PRECISE = new MathContext(40);

    /**
     * The family with its parameters.
     *
     * @param of the plain family: {@link Share}, {@link SignalShare}, {@link Mean}, {@link Ratio}, {@link Nps} or
     *     {@link Ratings}
     * @param key what tells customers apart
     */
    public record Definition(io.cxmetrics.Definition<?> of, Text key) implements io.cxmetrics.Definition<Clustered> {
        /**
         * Checks the family.
         *
         * @throws IllegalArgumentException if it has no sums by customer, as percentiles
         */
        public Definition {
            parts(of);
        }

        @Override
        public List<Expression> required() {
            List<Expression> required = new ArrayList<>(of.required());
            required.add(key);
            return List.copyOf(required);
        }

        @Override
        public List<Aggregate> aggregates() {
            List<Aggregate> aggregates = new ArrayList<>(of.aggregates());
            aggregates.add(new Aggregate.Keyed(key, parts(of)));
            return List.copyOf(aggregates);
        }

        @Override
        public Clustered statistic(Kpi<Clustered> kpi, Counts counts, List<Total> totals) {
            return new Clustered(kpi, counts, totals);
        }

        @Override
        public String formula() {
            return of.formula() + ", clustered by " + key.words();
        }

        @Override
        public String toString() {
            return "(" + of + ") clustered by " + key;
        }
    }

    /** What is needed of each customer: y, x, and what is taken from y. */
    private static List<Aggregate> parts(io.cxmetrics.Definition<?> of) {
        Aggregate answers = new Aggregate.Count(Condition.always());
        if (of instanceof Share.Definition share) {
            return List.of(new Aggregate.Count(share.hit()), answers);
        } else if (of instanceof SignalShare.Definition signals) {
            return List.of(new Aggregate.Count(signals.anySignal().not()), answers);
        } else if (of instanceof Mean.Definition mean) {
            return List.of(new Aggregate.Sum(mean.of(), null), answers);
        } else if (of instanceof Ratio.Definition ratio) {
            return List.of(new Aggregate.Sum(ratio.numerator(), null), new Aggregate.Sum(ratio.denominator(), null));
        } else if (of instanceof Nps.Definition nps) {
            return net(nps.score(), nps.promotersFrom(), nps.detractorsTo(), answers);
        } else if (of instanceof Ratings.Definition ratings) {
            Ratings.Reading reading = ratings.reading();
            return reading instanceof Ratings.Net net
                    ? net(ratings.rating(), net.topFrom(), net.bottomTo(), answers)
                    : reading instanceof Ratings.Box box
                            ? List.of(
                                    new Aggregate.Count(ratings.rating().between((long) box.from(), (long) box.to())),
                                    answers)
                            : List.of(new Aggregate.Sum(ratings.rating(), null), answers);
        }
        throw new IllegalArgumentException("'" + of
                + "' cannot be clustered: expected a share, mean, ratio, NPS, ratings or a share without signals");
    }

    private static List<Aggregate> net(Quantity<Long> score, int topFrom, int bottomTo, Aggregate answers) {
        return List.of(
                new Aggregate.Count(score.ge((long) topFrom)), answers, new Aggregate.Count(score.le((long) bottomTo)));
    }

    /** What all answers about doubt derive from. */
    private static final class Spread {
        /** How far each customer moves the value, in the order of the hashes. */
        private final double[] influences;
        /** The standard error; NaN for fewer than two customers or an undefined value. */
        private final double error;
        /** The standard error if all answers were independent. */
        private final double independent;
        /** Of a ratio, what its interval needs. */
        private final Fieller.@Nullable Spread ratio;

        Spread(double[] influences, double error, double independent, Fieller.@Nullable Spread ratio) {
            this.influences = influences;
            this.error = error;
            this.independent = independent;
            this.ratio = ratio;
        }
    }

    private final KeyedTotals byKey;
    /** Derived when first asked for; a race computes it twice. */
    private volatile @Nullable Spread spread;

    private Clustered(Kpi<Clustered> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
        this.byKey = (KeyedTotals) totals.get(totals.size() - 1);
    }

    /**
     * A KPI clustered by customer; the result has the same value and an honest interval. Its id says so, since it is another
     * KPI; its name stays.
     *
     * @param key the field that tells customers apart; it is kept hashed
     * @param kpi the plain KPI
     * @return the KPI, with {@code -clustered} after the id as far as there is room
     * @throws IllegalArgumentException if the family has no sums by customer, as percentiles
     */
    public static Kpi<Clustered> by(Text key, Kpi<?> kpi) {
        String id = kpi.id().substring(0, Math.min(kpi.id().length(), 53)) + "-clustered";
        String name = kpi.name().equals(kpi.id()) ? id : kpi.name();
        return Kpi.of(id, new Definition(kpi.definition(), key), kpi.unit(), kpi.direction())
                .where(kpi.where())
                .withName(name);
    }

    private io.cxmetrics.Definition<?> family() {
        return ((Definition) kpi().definition()).of();
    }

    /**
     * The answers taken as if each came from another customer.
     *
     * @return the plain result, whose interval is usually too short
     */
    public Estimate unclustered() {
        return plain(family());
    }

    private <S extends Statistic<S>> S plain(io.cxmetrics.Definition<S> family) {
        Kpi<S> plain = Kpi.of(kpi().id(), family, kpi().unit(), kpi().direction())
                .where(kpi().where())
                .withName(kpi().name());
        return family.statistic(plain, counts(), totals().subList(0, totals().size() - 1));
    }

    /**
     * The customers with answers.
     *
     * @return their number
     */
    public int clusters() {
        return byKey.size();
    }

    @Override
    public OptionalDouble value() {
        return unclustered().value();
    }

    boolean isNet() {
        return byKey.aggregates() == 3;
    }

    /** From Σy / Σx to the value. */
    private double scale() {
        io.cxmetrics.Definition<?> family = family();
        if (family instanceof Mean.Definition mean) {
            return 1.0 / Unit.unitsPerBase(mean.of());
        } else if (family instanceof Ratio.Definition ratio) {
            return (double) Unit.unitsPerBase(ratio.denominator()) / Unit.unitsPerBase(ratio.numerator());
        }
        return family instanceof SignalShare.Definition || isNet() ? 100 : 1;
    }

    private BigDecimal y(int customer) {
        BigDecimal y = byKey.sum(0, customer);
        return isNet() ? y.subtract(byKey.sum(2, customer)) : y;
    }

    private Spread spread() {
        Spread known = spread;
        if (known == null) {
            known = computed();
            spread = known;
        }
        return known;
    }

    private Spread computed() {
        int m = byKey.size();
        BigDecimal sumY = BigDecimal.ZERO;
        BigDecimal sumX = BigDecimal.ZERO;
        for (int c = 0; c < m; c++) {
            sumY = sumY.add(y(c));
            sumX = sumX.add(byKey.sum(1, c));
        }
        double[] influences = new double[m];
        if (m < 2 || sumX.signum() == 0) {
            return new Spread(influences, Double.NaN, Double.NaN, null);
        }
        BigDecimal squareX = sumX.multiply(sumX);
        double scale = scale();
        double largest = 0;
        for (int c = 0; c < m; c++) {
            // y − (Σy / Σx) x, multiplied out so that nothing is lost where customers hardly differ.
            BigDecimal residual = y(c).multiply(sumX).subtract(sumY.multiply(byKey.sum(1, c)));
            influences[c] = residual.divide(squareX, PRECISE).doubleValue() * scale;
            largest = Math.max(largest, Math.abs(influences[c]));
        }
        double sum = 0;
        for (double influence : influences) {
            // In shares of the largest: squares of great or small influences would leave the range of a double.
            sum += largest == 0 ? 0 : (influence / largest) * (influence / largest);
        }
        return new Spread(
                influences,
                largest * Math.sqrt(sum * (m / (m - 1.0))),
                independentError(),
                family() instanceof Ratio.Definition ? overCustomers() : null);
    }

    private double independentError() {
        Estimate plain = unclustered();
        double n = counts().used();
        if (plain instanceof Mean mean) {
            return mean.standardDeviation().orElse(Double.NaN) / Math.sqrt(n);
        } else if (plain instanceof Ratio ratio) {
            return ratio.linearised().error();
        } else if (plain instanceof Ratings ratings && ratings.reading() instanceof Ratings.Average) {
            return Math.sqrt(ratings.variance() / n);
        } else if (isNet()) {
            return scale() * Math.sqrt(NetInterval.variance(top(plain), bottom(plain), n) / n);
        }
        double share = top(plain) / n;
        return scale() * Math.sqrt(share * (1 - share) / n);
    }

    /** The hits of a share, the top of a net score. */
    private static double top(Estimate plain) {
        if (plain instanceof Share share) {
            return share.hits();
        } else if (plain instanceof SignalShare signals) {
            return (double) signals.counts().used() - signals.withSignal();
        }
        return plain instanceof Nps nps ? nps.promoters() : ((Ratings) plain).top();
    }

    /** The bottom of a net score. */
    private static double bottom(Estimate plain) {
        return plain instanceof Nps nps ? nps.detractors() : ((Ratings) plain).bottom();
    }

    /**
     * The cluster-robust standard error.
     *
     * @return the error in the base unit, or empty for fewer than two customers
     */
    public OptionalDouble standardError() {
        double error = spread().error;
        return Double.isNaN(error) ? OptionalDouble.empty() : OptionalDouble.of(error);
    }

    /**
     * How many times larger the variance is than that of as many independent answers (Kish's deff).
     *
     * @return the design effect, or empty for fewer than two customers or if all answers are alike
     */
    public OptionalDouble designEffect() {
        Spread of = spread();
        double deft = of.error / of.independent;
        return of.independent > 0 && Double.isFinite(deft * deft)
                ? OptionalDouble.of(deft * deft)
                : OptionalDouble.empty();
    }

    /**
     * How many independent answers would be as sure.
     *
     * @return answers ÷ design effect; empty where that is
     */
    public OptionalDouble effectiveSize() {
        OptionalDouble effect = designEffect();
        return effect.isEmpty() || effect.getAsDouble() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(counts().used() / effect.getAsDouble());
    }

    @Override
    public Interval interval(double level) {
        Interval.checkLevel(level);
        int m = clusters();
        OptionalDouble value = value();
        if (m < 2 || value.isEmpty()) {
            return Interval.undefined(
                    level,
                    counts().used() == 0
                            ? "nothing observed"
                            : m == 1 ? "one customer says nothing about the spread" : "the denominator is 0");
        }
        Estimate plain = unclustered();
        Fieller.Spread ratio = spread().ratio;
        if (ratio != null) {
            return Fieller.interval(value.getAsDouble(), ratio, m, level);
        }
        if (plain instanceof Mean
                || (plain instanceof Ratings ratings && ratings.reading() instanceof Ratings.Average)) {
            return StudentT.around(value.getAsDouble(), spread().error, m - 1.0, level, "t, clustered");
        }
        double n = counts().used();
        // Fewer than n where answers of one customer resemble each other, never more; t in place of z, as z²/n = t²/(n
        // f).
        double relative = Quantiles.normal(level) / Quantiles.student(level, m - 1.0);
        double f = Math.min(1, effectiveSize().orElse(m) / n) * relative * relative;
        return isNet()
                ? NetScore.interval(top(plain) * f, bottom(plain) * f, n * f, level, "score (Tango), clustered")
                        .times(100)
                : Wilson.interval(top(plain) / n, n * f, level, "Wilson, clustered")
                        .times(scale());
    }

    private Fieller.Spread overCustomers() {
        BigDecimal[] sums = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
        for (int c = 0; c < clusters(); c++) {
            BigDecimal y = byKey.sum(0, c);
            BigDecimal x = byKey.sum(1, c);
            BigDecimal[] more = {y, x, y.multiply(y), x.multiply(x), x.multiply(y)};
            for (int i = 0; i < sums.length; i++) {
                sums[i] = sums[i].add(more[i]);
            }
        }
        return Fieller.Spread.of(sums[0], sums[1], sums[2], sums[3], sums[4], clusters(), 1 / scale());
    }

    /** How alike two results move because customers are in both: 0 if none is, 1 if they are the same. */
    double correlationWith(Clustered other) {
        double[] own = spread().influences;
        double[] others = other.spread().influences;
        double ownNorm = norm(own);
        double othersNorm = norm(others);
        if (!(ownNorm > 0 && othersNorm > 0)) {
            return 0;
        }
        double product = 0;
        int j = 0;
        for (int i = 0; i < own.length; i++) {
            while (j < others.length && other.byKey.key(j) < byKey.key(i)) {
                j++;
            }
            if (j < others.length && other.byKey.key(j) == byKey.key(i)) {
                product += own[i] / ownNorm * (others[j] / othersNorm);
            }
        }
        return Math.max(-1, Math.min(1, product));
    }

    private static double norm(double[] values) {
        double norm = 0;
        for (double value : values) {
            norm = Math.hypot(norm, value);
        }
        return norm;
    }
}
