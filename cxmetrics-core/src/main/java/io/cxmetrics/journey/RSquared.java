package io.cxmetrics.journey;

import java.util.Arrays;

/** R² of all subsets of drivers from the correlations, and how it is shared out. */
final class RSquared {
    /** What a driver must add to the others, as a share of its variance, to count as something of its own. */
    private static final double OWN = 1e-10;

    private final double[][] among;
    private final double[] with;
    private final double[] ofSubset;

    private RSquared(double[][] among, double[] with) {
        this.among = among;
        this.with = with;
        this.ofSubset = new double[1 << with.length];
        visit(0, 0, new int[with.length], new double[with.length][with.length], new double[with.length], 0, 0);
    }

    /**
     * The shares of the drivers; they sum to R² of all.
     *
     * @param among the correlations among the drivers
     * @param with the correlation of each with the outcome
     */
    static double[] shares(double[][] among, double[] with) {
        RSquared all = new RSquared(among, with);
        int drivers = with.length;
        double[] weights = new double[drivers]; // s!·(p − s − 1)!/p! for subsets of s others
        for (int s = 0; s < drivers; s++) {
            double weight = 1.0 / drivers;
            for (int k = 1; k <= s; k++) {
                weight *= (double) k / (drivers - k);
            }
            weights[s] = weight;
        }
        double[] shares = new double[drivers];
        for (int subset = 0; subset < all.ofSubset.length; subset++) {
            for (int j = 0; j < drivers; j++) {
                if ((subset >> j & 1) == 0) {
                    shares[j] +=
                            weights[Integer.bitCount(subset)] * (all.ofSubset[subset | 1 << j] - all.ofSubset[subset]);
                }
            }
        }
        return shares;
    }

    /**
     * Appends drivers to the Cholesky factor of the subset, so that each subset costs one row: with L·z = r, R² is Σ z².
     */
    private void visit(
            int subset, int next, int[] chosen, double[][] factor, double[] projected, int size, double rSquared) {
        ofSubset[subset] = rSquared;
        for (int j = next; j < with.length; j++) {
            double own = 1;
            double rest = with[j];
            for (int row = 0; row < size; row++) {
                double entry = among[chosen[row]][j];
                for (int k = 0; k < row; k++) {
                    entry -= factor[row][k] * factor[size][k];
                }
                entry /= factor[row][row];
                factor[size][row] = entry;
                own -= entry * entry;
                rest -= entry * projected[row];
            }
            if (own > OWN) {
                factor[size][size] = Math.sqrt(own);
                projected[size] = rest / factor[size][size];
                chosen[size] = j;
                visit(
                        subset | 1 << j,
                        j + 1,
                        chosen,
                        factor,
                        projected,
                        size + 1,
                        Math.min(1, rSquared + projected[size] * projected[size]));
            } else {
                visit(subset | 1 << j, j + 1, chosen, factor, projected, size, rSquared);
            }
        }
    }

    /** The variance inflation factors of the drivers; infinite if the others say it all. */
    static double[] inflation(double[][] among) {
        int drivers = among.length;
        double[] factors = new double[drivers];
        for (int j = 0; j < drivers; j++) {
            double[][] others = new double[drivers - 1][drivers - 1];
            double[] with = new double[drivers - 1];
            for (int a = 0; a < drivers - 1; a++) {
                int row = a < j ? a : a + 1;
                with[a] = among[row][j];
                for (int b = 0; b < drivers - 1; b++) {
                    others[a][b] = among[row][b < j ? b : b + 1];
                }
            }
            double own = 1 - of(others, with);
            factors[j] = own > OWN ? 1 / own : Double.POSITIVE_INFINITY;
        }
        return factors;
    }

    /** R² of all drivers together. */
    static double of(double[][] among, double[] with) {
        int drivers = with.length;
        double[][] factor = new double[drivers][drivers];
        double[] projected = new double[drivers];
        int[] chosen = new int[drivers];
        int size = 0;
        double sum = 0;
        for (int j = 0; j < drivers; j++) {
            double own = 1;
            double rest = with[j];
            double[] line = factor[size];
            Arrays.fill(line, 0);
            for (int row = 0; row < size; row++) {
                double entry = among[chosen[row]][j];
                for (int k = 0; k < row; k++) {
                    entry -= factor[row][k] * line[k];
                }
                line[row] = entry / factor[row][row];
                own -= line[row] * line[row];
                rest -= line[row] * projected[row];
            }
            if (own > OWN) {
                line[size] = Math.sqrt(own);
                projected[size] = rest / line[size];
                sum += projected[size] * projected[size];
                chosen[size++] = j;
            }
        }
        return Math.min(1, sum);
    }
}
