package io.cxmetrics.okr.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Arithmetic on the decimals that people wrote and see. In binary, half of the way from 40 % to 25 % comes out a hair below
 * one half, and a key result that is exactly on track would be shown as behind.
 */
final class Decimals {
    private Decimals() {}

    static BigDecimal of(double value) {
        return new BigDecimal(Double.toString(value));
    }

    static double minus(double a, double b) {
        return of(a).subtract(of(b)).doubleValue();
    }

    /** (current − start) / (goal − start). */
    static double way(double start, double current, double goal) {
        BigDecimal done = of(current).subtract(of(start));
        BigDecimal all = of(goal).subtract(of(start));
        return done.divide(all, MathContext.DECIMAL128).doubleValue();
    }
}
