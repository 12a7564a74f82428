package io.cxmetrics.stats;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * The regularised incomplete beta function and its inverse, from which the binomial tails come.
 *
 * <p>commons-math3 inverts the beta distribution to an absolute 10⁻⁹ only, which leaves no digit of the bound of 0 in 10⁹,
 * and its continued fraction starts from a factor that loses all digits for huge counts. Here the factor is Loader's (2000,
 * Fast and accurate computation of binomial probabilities), the inverse is Newton's on log odds, with a relative error of
 * about 10⁻¹³, and where both parameters exceed {@value #LARGE} the saddle point approximation takes over (N. M. Temme
 * 1982, The uniform asymptotic expansion of a class of integrals related to cumulative distribution functions, SIAM J.
 * Math. Anal. 13), with an error below 10⁻¹⁰ there.
 */
final class IncompleteBeta {
    private static final double LARGE = 1e7;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046728;
    private static final double FARTHEST = 740;

    /** A tail probability that grows with the log odds of a share. */
    interface Tail {
        double probability(double p, double q);

        /** The derivative by the log odds. */
        double slope(double p, double q);
    }

    private IncompleteBeta() {}

    /** The tail I_p(a, b). */
    static Tail tail(double a, double b) {
        return new Tail() {
            @Override
            public double probability(double p, double q) {
                return lower(a, b, p, q);
            }

            @Override
            public double slope(double p, double q) {
                return factor(a, b, p, q);
            }
        };
    }

    /** The mean of two tails. */
    static Tail mean(Tail first, Tail second) {
        return new Tail() {
            @Override
            public double probability(double p, double q) {
                return (first.probability(p, q) + second.probability(p, q)) / 2;
            }

            @Override
            public double slope(double p, double q) {
                return (first.slope(p, q) + second.slope(p, q)) / 2;
            }
        };
    }

    /** The log odds θ = ln(p/q) at which a tail has a probability; {@code start} is a guess. */
    static double logOdds(Tail tail, double probability, double start) {
        double target = Math.log(probability);
        double low = -FARTHEST;
        double high = FARTHEST;
        double theta = Math.max(low, Math.min(high, start));
        for (int i = 0; i < 100; i++) {
            double p = share(theta);
            double q = share(-theta);
            double found = tail.probability(p, q);
            double gap = target - Math.log(found);
            if (gap == 0) {
                return theta;
            }
            if (gap > 0) {
                low = theta;
            } else {
                high = theta;
            }
            double next = theta + gap * found / tail.slope(p, q);
            if (!(next > low && next < high)) {
                next = low + (high - low) / 2;
            }
            if (Math.abs(next - theta) <= 4e-16 * Math.max(1, Math.abs(theta))) {
                return next;
            }
            theta = next;
        }
        return theta;
    }

    /** The share of log odds. */
    static double share(double theta) {
        return 1 / (1 + Math.exp(-theta));
    }

    /** I_x(a, b), with y = 1 − x given apart so that it keeps its digits. */
    static double lower(double a, double b, double x, double y) {
        if (!(x > 0)) {
            return 0;
        } else if (!(y > 0)) {
            return 1;
        } else if (Math.min(a, b) > LARGE) {
            return saddlePoint(a, b, x, y);
        }
        double factor = factor(a, b, x, y);
        return b * x <= a * y ? factor * fraction(a, b, x, y) : 1 - factor * fraction(b, a, y, x);
    }

    /** x^a y^b / B(a, b). */
    static double factor(double a, double b, double x, double y) {
        return Math.exp(logFactor(a, b, x, y));
    }

    static double logFactor(double a, double b, double x, double y) {
        double n = a + b;
        double distance = x * b - a * y;
        double exponent = a * logMinus(distance / a, x * (n / a)) + b * logMinus(-distance / b, y * (n / b));
        return exponent
                + (stirlingError(n) - stirlingError(a) - stirlingError(b) - HALF_LOG_TWO_PI)
                + Math.log(a * (b / n)) / 2;
    }

    /** The probability of k hits in n. */
    static double binomial(long hits, long rows, double p, double q) {
        double k = hits;
        double n = rows;
        if (k < 0 || k > n) {
            return 0;
        } else if (k == 0) {
            return Math.exp(n * (p < 0.5 ? Math.log1p(-p) : Math.log(q)));
        } else if (k == n) {
            return Math.exp(n * (q < 0.5 ? Math.log1p(-q) : Math.log(p)));
        }
        double misses = rows - hits;
        return factor(k, misses, p, q) * n / (k * misses);
    }

    /**
     * I_x(a, b) ÷ factor for x below the mean. The continued fraction of Didonato and Morris (1992, ACM TOMS 708), by Lentz's
     * method: unlike the better known one it takes a y − b x as such and keeps its digits where x is near 1.
     */
    private static double fraction(double a, double b, double x, double y) {
        double tiny = 1e-300;
        double f = denominator(0, a, b, x, y);
        f = f == 0 ? tiny : f;
        double c = f;
        double d = 0;
        for (int m = 1; m <= 1_000_000; m++) {
            double ratio = m / (a + 2.0 * m - 1);
            double numerator = ((a + m - 1) / (a + 2.0 * m - 1)) * (a + b + m - 1) * ratio * (b - m) * x * x;
            if (numerator == 0) {
                break;
            }
            double next = denominator(m, a, b, x, y);
            d = next + numerator * d;
            d = 1 / (d == 0 ? tiny : d);
            c = next + numerator / c;
            c = c == 0 ? tiny : c;
            double step = c * d;
            f *= step;
            if (Math.abs(step - 1) < 3e-16) {
                break;
            }
        }
        return 1 / f;
    }

    private static double denominator(int m, double a, double b, double x, double y) {
        double middle = m == 0 ? 0 : m + m * (b - m) * x / (a + 2.0 * m - 1);
        return middle + (a + m) * (a * y - b * x + 1 + m * (1 + y)) / (a + 2.0 * m + 1);
    }

    private static double saddlePoint(double a, double b, double x, double y) {
        double n = a + b;
        double distance = x * b - a * y;
        double w = Math.signum(distance)
                * Math.sqrt(-2 * (a * logMinus(distance / a, x * (n / a)) + b * logMinus(-distance / b, y * (n / b))));
        double spread = Math.sqrt(a * (b / n));
        double correction = Math.abs(w) < 1e-5 ? (b - a) / n / (3 * spread) : Math.log(distance / spread / w) / w;
        return new NormalDistribution(null, 0, 1).cumulativeProbability(w + correction);
    }

    /** ln(1 + u) − u, without cancellation for small u; 1 + u is given apart for u near −1. */
    private static double logMinus(double u, double onePlus) {
        if (Math.abs(u) > 0.1) {
            return Math.log(onePlus) - u;
        }
        // With r = u / (2 + u), ln(1 + u) = 2 artanh r, and 2r − u = −ru.
        double r = u / (2 + u);
        double rr = r * r;
        double series = 0;
        for (int k = 13; k >= 3; k -= 2) {
            series = series * rr + 1.0 / k;
        }
        return r * (2 * rr * series - u);
    }

    /** ln Γ(z) − [(z − ½) ln z − z + ½ ln 2π]. */
    private static double stirlingError(double z) {
        if (z < 16) {
            return Gamma.logGamma(z) - (z - 0.5) * Math.log(z) + z - HALF_LOG_TWO_PI;
        }
        double zz = z * z;
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / zz) / zz) / zz) / zz) / z;
    }
}
