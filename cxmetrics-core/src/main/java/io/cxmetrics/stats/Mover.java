package io.cxmetrics.stats;

import io.cxmetrics.Interval;

/**
 * Intervals of a difference or ratio of two independent estimates from the interval of each (the method of variance
 * estimates recovery).
 *
 * <p>G. Zou, A. Donner (2008), Construction of confidence limits about effect measures, Statistics in Medicine 27; for two
 * Wilson intervals the difference is method 10 of R. G. Newcombe (1998), Interval estimation for the difference between
 * independent proportions, Statistics in Medicine 17. The ratio: A. Donner, G. Zou (2012), Closed-form confidence intervals
 * for functions of the normal mean and standard deviation, Statistical Methods in Medical Research 21.
 */
final class Mover {
    private Mover() {}

    /** Of second − first. */
    static Interval difference(double first, Interval ofFirst, double second, Interval ofSecond, String method) {
        double level = ofFirst.level();
        if (!ofFirst.isBounded() || !ofSecond.isBounded()) {
            return notBounded(ofFirst, ofSecond, method);
        }
        double move = second - first;
        double low = move - Math.hypot(second - ofSecond.low(), ofFirst.high() - first);
        double high = move + Math.hypot(ofSecond.high() - second, first - ofFirst.low());
        return Interval.bounded(low, high, level, method);
    }

    /** Of second ÷ first, both not negative; unbounded if the first may be 0. */
    static Interval ratio(double first, Interval ofFirst, double second, Interval ofSecond, String method) {
        double level = ofFirst.level();
        if (!ofFirst.isBounded() || !ofSecond.isBounded()) {
            return notBounded(ofFirst, ofSecond, method);
        }
        if (!(ofFirst.low() > 0) || ofSecond.low() < 0) {
            return Interval.unbounded(level, method);
        }
        double product = first * second;
        double a = ofSecond.low() * (2 * second - ofSecond.low());
        double b = ofFirst.high() * (2 * first - ofFirst.high());
        double c = ofSecond.high() * (2 * second - ofSecond.high());
        double d = ofFirst.low() * (2 * first - ofFirst.low());
        double lowRoot = Math.sqrt(Math.max(0, product * product - a * b));
        double low = a == 0 ? 0 : a / (product + lowRoot);
        double high = (product + Math.sqrt(Math.max(0, product * product - c * d))) / d;
        double estimate = second / first;
        return Interval.bounded(Math.min(low, estimate), Math.max(high, estimate), level, method);
    }

    private static Interval notBounded(Interval first, Interval second, String method) {
        return first.kind() == Interval.Kind.UNDEFINED
                ? first
                : second.kind() == Interval.Kind.UNDEFINED ? second : Interval.unbounded(first.level(), method);
    }
}
