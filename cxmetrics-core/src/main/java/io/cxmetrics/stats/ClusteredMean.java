package io.cxmetrics.stats;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * A share or mean of answers of which several come from one customer. Answers of one customer resemble each other, so there
 * is less news in them than their number says; the customers, not the answers, are the sample.
 *
 * <p>It is made from one result for each customer, which a scorecard by the customer's (hashed) key supplies: that is the
 * opt-in keyed statistic. It merges exactly, and unlike all others it is as large as the number of customers and holds their
 * keys.
 * <pre>{@code
 * Map<Cell, Share> byCustomer = …;     // Scorecard.over(fields).by("customer").kpis(solved)
 * ClusteredMean.of(byCustomer.values()).interval(0.95);
 * }</pre>
 *
 * <p><b>Formula:</b> Σy / Σn over clusters, the plain share or mean. The standard error is that of a ratio of two sums over
 * clusters: √(m/(m − 1) Σ(y − n p)²) / Σn, also known as the sandwich (linearised) error.
 *
 * <p><b>Unit and range:</b> that of the KPI; the interval of a share is cut at 0 and 1.
 *
 * <p><b>Empty:</b> customers without answers do not count; undefined without answers, no interval for fewer than two
 * customers.
 *
 * <p><b>Interval:</b> Wilson with the effective size n / design effect for shares, Student's t with m − 1 degrees of freedom
 * for means. <b>Design effect:</b> the variance over that of as many independent answers, p (1 − p) / n for shares and
 * s² / n for means (Kish's deff, not its square root deft). <b>Cost:</b> two passes. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> W. G. Cochran (1977), Sampling Techniques, 3rd edition, section 3.12; L. Kish (1965), Survey
 * Sampling; J. N. K. Rao, A. J. Scott (1992), A simple method for the analysis of clustered binary data, Biometrics 48.
 *
 * @since 0.1
 */
public final class ClusteredMean {
    private final int clusters;
    private final double answers;
    private final double value;
    private final double variance;
    private final double independent;
    private final boolean share;

    private ClusteredMean(
            int clusters, double answers, double value, double variance, double independent, boolean share) {
        this.clusters = clusters;
        this.answers = answers;
        this.value = value;
        this.variance = variance;
        this.independent = independent;
        this.share = share;
    }

    /**
     * The share or mean of clusters.
     *
     * @param clusters one {@link Share} or {@link Mean} of one KPI for each customer
     * @return the clustered result
     * @throws IllegalArgumentException if two are of different KPIs, naming both, or are neither shares nor means
     */
    public static ClusteredMean of(Collection<? extends Estimate> clusters) {
        Estimate first = clusters.stream().findFirst().orElse(null);
        int count = 0;
        double sum = 0;
        double answers = 0;
        double squares = 0;
        for (Estimate cluster : clusters) {
            if (!(cluster instanceof Share) && !(cluster instanceof Mean)) {
                throw new IllegalArgumentException(cluster.kpi() + " is neither a share nor a mean");
            }
            if (first != null) {
                Comparison.checkSame(first, cluster);
            }
            double n = cluster.counts().used();
            if (n > 0) {
                double mean = cluster.value().orElseThrow();
                double deviation =
                        cluster instanceof Mean m ? m.standardDeviation().orElse(0) : 0;
                count++;
                sum += n * mean;
                answers += n;
                squares += n * mean * mean + (n - 1) * deviation * deviation;
            }
        }
        double value = sum / answers;
        double residuals = 0;
        for (Estimate cluster : clusters) {
            double n = cluster.counts().used();
            if (n > 0) {
                residuals += Math.pow(n * (cluster.value().orElseThrow() - value), 2);
            }
        }
        boolean share = first instanceof Share;
        double variance = count / (count - 1.0) * residuals / (answers * answers);
        double independent = share
                ? value * (1 - value) / answers
                : Math.max(0, squares - answers * value * value) / (answers - 1) / answers;
        return new ClusteredMean(count, answers, value, variance, independent, share);
    }

    /**
     * The customers with answers.
     *
     * @return their number
     */
    public int clusters() {
        return clusters;
    }

    /**
     * The share or mean of all answers.
     *
     * @return the value in the base unit, or empty without answers
     */
    public OptionalDouble value() {
        return clusters == 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * The cluster-robust standard error.
     *
     * @return the error in the base unit, or empty for fewer than two customers
     */
    public OptionalDouble standardError() {
        return clusters < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(variance));
    }

    /**
     * How many times larger the variance is than that of as many independent answers (Kish's deff).
     *
     * @return the design effect, or empty for fewer than two customers or if all answers are alike
     */
    public OptionalDouble designEffect() {
        return clusters < 2 || !(independent > 0) ? OptionalDouble.empty() : OptionalDouble.of(variance / independent);
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
                : OptionalDouble.of(answers / effect.getAsDouble());
    }

    /**
     * The cluster-robust interval.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined for fewer than two customers
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        if (clusters < 2) {
            return Interval.undefined(
                    level, clusters == 0 ? "nothing observed" : "one customer says nothing about the spread");
        }
        // Where all answers are alike nothing tells how alike a customer's are: as if each customer had answered once.
        return share
                ? Wilson.interval(value, effectiveSize().orElse(clusters), level, "Wilson, clustered")
                : StudentT.around(value, Math.sqrt(variance), clusters - 1.0, level, "t, clustered");
    }
}
