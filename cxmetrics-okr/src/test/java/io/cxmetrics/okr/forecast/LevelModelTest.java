package io.cxmetrics.okr.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter against the same model written as one multivariate normal distribution, by another library. */
class LevelModelTest {
    private static final double[] Y = {10, 11.5, 11, 13, 12.5, 15};
    private static final double[] ERRORS = {0.1, 0.2, 0.1, 0.3, 0.1, 0.2};
    private static final double[] DAYS = {0, 7, 14, 28, 35, 42}; // one week was skipped
    private static final double CENTRE = 11;
    private static final double WIDE = 9;
    private static final double SCALE = 1.5;

    static Stream<LevelModel.Dynamics> models() {
        return Stream.of(
                new LevelModel.Dynamics(false, 1, 0.2, 0.5),
                new LevelModel.Dynamics(false, 0.8, 0, 0.5),
                new LevelModel.Dynamics(false, 0, 0.7, 0.1),
                new LevelModel.Dynamics(true, 0.5, 0.6, 0.2),
                new LevelModel.Dynamics(true, 0, 0, 0.9));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theFilterIsTheConditionalNormalDistribution(LevelModel.Dynamics model) {
        int weeks = 10; // 0 … 6 observed but for week 3; week 9 is foreseen
        // Every week's level as a sum of independent parts: start, second state, and the moves of each week.
        double[][] parts = new double[weeks][2 + weeks];
        parts[0][0] = 1;
        double[] sizes = new double[2 + weeks];
        if (model.reverts()) {
            // level = mean + away; the start is away from the mean, the second part is the mean
            double around = model.levelVariance() / (1 - model.keep() * model.keep());
            sizes[0] = around;
            sizes[1] = WIDE * WIDE;
            for (int t = 0; t < weeks; t++) {
                parts[t][0] = Math.pow(model.keep(), t);
                parts[t][1] = 1;
                for (int move = 1; move <= t; move++) {
                    parts[t][1 + move] = Math.pow(model.keep(), t - move);
                }
            }
        } else {
            sizes[0] = WIDE * WIDE;
            sizes[1] = SCALE * SCALE;
            for (int t = 1; t < weeks; t++) {
                parts[t] = parts[t - 1].clone();
                parts[t][1] += Math.pow(model.keep(), t);
                parts[t][1 + t] = 1;
            }
        }
        for (int i = 2; i < sizes.length; i++) {
            sizes[i] = model.levelVariance();
        }
        int[] observed = {0, 1, 2, 4, 5, 6};
        double[][] covariance = new double[6][6];
        double[] toLast = new double[6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                covariance[i][j] = together(parts[observed[i]], parts[observed[j]], sizes);
            }
            covariance[i][i] += model.noiseVariance() + ERRORS[i] * ERRORS[i];
            toLast[i] = together(parts[observed[i]], parts[9], sizes);
        }
        double[] means = new double[6];
        java.util.Arrays.fill(means, CENTRE);
        LevelModel.State state = LevelModel.filter(model, DAYS, Y, ERRORS, 7, CENTRE, WIDE, SCALE);
        assertEquals(
                Math.log(new MultivariateNormalDistribution(null, means, covariance).density(Y)),
                state.logLikelihood(),
                1e-8);
        RealMatrix gain = new LUDecomposition(new Array2DRowRealMatrix(covariance))
                .getSolver()
                .getInverse();
        double[] weights = gain.operate(toLast);
        double mean = CENTRE;
        double variance = together(parts[9], parts[9], sizes);
        for (int i = 0; i < 6; i++) {
            mean += weights[i] * (Y[i] - CENTRE);
            variance -= weights[i] * toLast[i];
        }
        LevelModel.State later = LevelModel.forward(model, state, 3);
        assertEquals(mean, later.level(), 1e-8);
        assertEquals(variance, later.v11(), 1e-8);
    }

    private static double together(double[] a, double[] b, double[] sizes) {
        double sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            sum += a[i] * b[i] * sizes[i];
        }
        return sum;
    }

    @org.junit.jupiter.api.Test
    void aStepIsNoOutlier() {
        assertArrayEquals(
                new double[] {1, 1.1, 0.9, 5, 5.1, 5},
                LevelModel.withoutOutliers(new double[] {1, 1.1, 0.9, 5, 5.1, 5}));
        assertArrayEquals(
                new double[] {1, 1.1, 0.9, 1, 1.1, 1},
                LevelModel.withoutOutliers(new double[] {1, 1.1, 0.9, 50, 1.1, 1}),
                0.21);
    }
}
