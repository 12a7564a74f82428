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

    /** Of second − first, which are independent. */
    static Interval difference(double first, Interval ofFirst, double second, Interval ofSecond, String method) {
        return difference(first, ofFirst, second, ofSecond, 0, method);
    }

    /** Of second − first, given their correlation. */
    static Interval difference(
            double first, Interval ofFirst, double second, Interval ofSecond, double correlation, String method) {
        double level = ofFirst.level();
        if (!ofFirst.isBounded() || !ofSecond.isBounded()) {
            return notBounded(ofFirst, ofSecond, method);
        }
        double move = second - first;
        double low = move - distance(second - ofSecond.low(), ofFirst.high() - first, correlation);
        double high = move + distance(ofSecond.high() - second, first - ofFirst.low(), correlation);
        return Double.isFinite(low) && Double.isFinite(high)
                ? Interval.bounded(low, high, level, method)
                : Interval.unbounded(level, method);
    }

    /** √(a² + b² − 2 ρ a b), of which the squares need not fit into a double. */
    private static double distance(double a, double b, double correlation) {
        double sum = Math.hypot(a, b);
        return correlation == 0 || sum == 0
                ? sum
                : sum * Math.sqrt(Math.max(0, 1 - 2 * correlation * (a / sum) * (b / sum)));
    }

    /** Of second ÷ first, both not negative and independent; unbounded if the first may be 0. */
    static Interval ratio(double first, Interval ofFirst, double second, Interval ofSecond, String method) {
        return ratio(first, ofFirst, second, ofSecond, 0, method);
    }

    /** Of second ÷ first, both not negative, given their correlation; unbounded if the first may be 0. */
    static Interval ratio(
            double first, Interval ofFirst, double second, Interval ofSecond, double correlation, String method) {
        double level = ofFirst.level();
        if (!ofFirst.isBounded() || !ofSecond.isBounded()) {
            return notBounded(ofFirst, ofSecond, method);
        }
        if (!(ofFirst.low() > 0) || ofSecond.low() < 0) {
            return Interval.unbounded(level, method);
        }
        if (ofSecond.high() == 0) {
            return Interval.bounded(0, 0, level, method);
        }
        // In shares of the first and of the second's bound: products of the values themselves may leave the range of a
        // double.
        double unit = ofSecond.high() / first;
        double m = second / ofSecond.high();
        double lowFirst = ofFirst.low() / first;
        double highFirst = ofFirst.high() / first;
        double lowSecond = ofSecond.low() / ofSecond.high();
        double toLow = m - correlation * (m - lowSecond) * (highFirst - 1);
        double toHigh = m - correlation * (1 - m) * (1 - lowFirst);
        double a = lowSecond * (2 * m - lowSecond);
        double b = highFirst * (2 - highFirst);
        double c = 2 * m - 1;
        double d = lowFirst * (2 - lowFirst);
        double lowRoot = Math.sqrt(Math.max(0, toLow * toLow - a * b));
        double low = a == 0 ? 0 : a / (toLow + lowRoot);
        double high = (toHigh + Math.sqrt(Math.max(0, toHigh * toHigh - c * d))) / d;
        double estimate = second / first;
        double lowest = Math.min(low * unit, estimate);
        double highest = Math.max(high * unit, estimate);
        return Double.isFinite(lowest) && Double.isFinite(highest)
                ? Interval.bounded(lowest, highest, level, method)
                : Interval.unbounded(level, method);
    }

    private static Interval notBounded(Interval first, Interval second, String method) {
        return first.kind() == Interval.Kind.UNDEFINED
                ? first
                : second.kind() == Interval.Kind.UNDEFINED ? second : Interval.unbounded(first.level(), method);
    }
}
