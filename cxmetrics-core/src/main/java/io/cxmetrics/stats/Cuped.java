package io.cxmetrics.stats;

import io.cxmetrics.Interval;
import java.util.OptionalDouble;

/**
 * An A/B test of a mean that is made surer by what was known of each customer before: the part of the spread that the past
 * explains is taken out (CUPED).
 *
 * <p><b>Formula:</b> (ȳ<sub>B</sub> − ȳ<sub>A</sub>) − θ (x̄<sub>B</sub> − x̄<sub>A</sub>), with θ = cov(y, x) / var(x) over all
 * customers of both arms around their common mean. Both arms come as a {@link Ratio} of y (during the test) to x (before
 * it), which keeps the five sums that this needs; its own value plays no part.
 *
 * <p><b>Unit and range:</b> the numerator's base unit.
 *
 * <p><b>Empty:</b> undefined if an arm has no rows; no interval for fewer than two. If x does not vary, θ is 0.
 *
 * <p><b>Interval and test:</b> Welch's t of the adjusted values. <b>Cost:</b> a few operations. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> A. Deng, Y. Xu, R. Kohavi, T. Walker (2013), Improving the sensitivity of online controlled
 * experiments by utilizing pre-experiment data, WSDM.
 *
 * @param control arm A, y over x
 * @param treatment arm B, y over x
 * @since 0.1
 */
public record Cuped(Ratio control, Ratio treatment) {

    /**
     * Checks that both arms measure the same.
     *
     * @throws IllegalArgumentException naming both KPIs, if they are not the same
     */
    public Cuped {
        Comparison.checkSame(control, treatment);
    }

    /**
     * The part of a difference before the test that carries over.
     *
     * @return θ, or empty for fewer than two customers
     */
    public OptionalDouble theta() {
        Ratio all = control.merge(treatment);
        if (all.counts().used() < 2) {
            return OptionalDouble.empty();
        }
        double deviation = all.deviationX();
        return OptionalDouble.of(deviation == 0 ? 0 : all.correlation() * (all.deviationY() / deviation));
    }

    private Contrast.Moment adjusted(Ratio arm) {
        long n = arm.counts().used();
        double theta = theta().orElse(0);
        double mean = n == 0 ? Double.NaN : arm.meanY() - theta * arm.meanX();
        double deviation = n < 2
                ? 0
                : Moments.deviationOfDifference(arm.deviationY(), theta * arm.deviationX(), arm.correlation());
        return new Contrast.Moment(mean, deviation / Math.sqrt((double) n), n - 1.0, true);
    }

    private Contrast contrast() {
        return Contrast.means(adjusted(control), adjusted(treatment), "Welch, CUPED");
    }

    /**
     * The difference, treatment − control, without what the arms differed by before.
     *
     * @return the difference in the base unit, or empty if an arm has no rows
     */
    public OptionalDouble difference() {
        double difference = adjusted(treatment).value() - adjusted(control).value();
        return Double.isNaN(difference) ? OptionalDouble.empty() : OptionalDouble.of(difference);
    }

    /**
     * The interval of the difference.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined for fewer than two rows in an arm
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        return contrast().difference(level);
    }

    /**
     * How likely a difference at least as large would be if the treatment did nothing.
     *
     * @return the two-sided p-value, or empty for fewer than two rows in an arm
     */
    public OptionalDouble pValue() {
        return contrast().pValue();
    }
}
