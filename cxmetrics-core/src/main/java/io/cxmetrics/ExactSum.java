package io.cxmetrics;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sum of doubles and of products of two doubles: the same for every order and grouping.
 *
 * <p>A double is an integer times a power of two; the sum is kept as one wide integer in limbs of 32 bits with room for
 * carries (the "small superaccumulator" of R. M. Neal, Fast exact summation using small and large superaccumulators,
 * arXiv:1505.05571).
 */
final class ExactSum {
    private static final int LOWEST = -1074;
    private static final int LIMBS = (1024 - LOWEST) / 32 + 3;
    private static final long MASK = 0xFFFF_FFFFL;
    /** A limb takes less than 2^34 an addition, so this many fit beside what a carry leaves. */
    private static final int ROOM = 1 << 28;
    /** Below this, the error of a product may be finer than any double. */
    private static final double SMALLEST_PRODUCT = 0x1p-960;

    private final long[] limbs = new long[LIMBS];
    private int pending;
    private BigDecimal beyond = BigDecimal.ZERO;

    void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7FF;
        long mantissa = bits & 0xF_FFFF_FFFF_FFFFL;
        if (exponent > 0) {
            mantissa |= 1L << 52;
            exponent--;
        }
        int limb = exponent >> 5;
        int shift = exponent & 31;
        long low = (mantissa & MASK) << shift;
        long high = (mantissa >>> 32) << shift;
        long first = low & MASK;
        long second = (low >>> 32) + (high & MASK);
        long third = high >>> 32;
        if (bits >= 0) {
            limbs[limb] += first;
            limbs[limb + 1] += second;
            limbs[limb + 2] += third;
        } else {
            limbs[limb] -= first;
            limbs[limb + 1] -= second;
            limbs[limb + 2] -= third;
        }
        if (++pending == ROOM) {
            carry();
        }
    }

    void addProduct(double x, double y) {
        double product = x * y;
        if (Double.isFinite(product) && Math.abs(product) > SMALLEST_PRODUCT) {
            add(product);
            add(Math.fma(x, y, -product));
        } else {
            beyond = beyond.add(new BigDecimal(x).multiply(new BigDecimal(y)));
        }
    }

    private void carry() {
        for (int i = 0; i < LIMBS - 1; i++) {
            limbs[i + 1] += limbs[i] >> 32;
            limbs[i] &= MASK;
        }
        pending = 0;
    }

    BigDecimal value() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = LIMBS - 1; i >= 0; i--) {
            sum = sum.shiftLeft(32).add(BigInteger.valueOf(limbs[i]));
        }
        if (sum.signum() == 0) {
            return beyond;
        }
        int zeros = sum.getLowestSetBit();
        int power = zeros + LOWEST;
        BigInteger odd = sum.shiftRight(zeros);
        BigDecimal value = power >= 0
                ? new BigDecimal(odd.shiftLeft(power))
                : new BigDecimal(odd.multiply(BigInteger.valueOf(5).pow(-power)), -power);
        return value.add(beyond);
    }
}
