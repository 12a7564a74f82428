package io.cxmetrics.journey;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.stats.Correction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Beta;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Drivers} came to. Immutable and thread-safe; holds no rows.
 *
 * @param outcome the name of the outcome
 * @param n the complete rows, which were used
 * @param missing rows left out because the outcome or a driver is missing
 * @param rejected rows left out because one of them is an error
 * @param rSquared the share of the outcome's variation that all drivers account for together; empty if the outcome or every
 *     driver is constant, or if there are too few rows
 * @param drivers the drivers in the order in which they were given
 * @param remarks what is to be known before the figures are used: few rows, constants, drivers that say the same
 * @since 0.1
 */
public record DriverAnalysis(
        String outcome,
        long n,
        long missing,
        long rejected,
        OptionalDouble rSquared,
        List<Driver> drivers,
        List<String> remarks) {
    private static final double LEVEL = 0.95;
    private static final double SUSPECT_INFLATION = 10;
    private static final int ROWS_PER_DRIVER = 10;

    /** Copies the lists. */
    public DriverAnalysis {
        drivers = List.copyOf(drivers);
        remarks = List.copyOf(remarks);
    }

    static DriverAnalysis of(
            String outcome,
            List<Drivers.Named> named,
            List<double[]> rows,
            long missing,
            long rejected,
            Correction correction,
            int resamples,
            long seed) {
        double[][] sorted = rows.toArray(new double[0][]);
        Arrays.sort(sorted, Arrays::compare); // The order of the rows must not matter.
        int n = sorted.length;
        int p = named.size();
        Moments moments = Moments.of(sorted, IntStream.range(0, n).toArray(), p + 1);
        List<String> remarks = new ArrayList<>();
        int[] varying = moments.varying();
        if (n > 0 && moments.isConstant(0)) {
            remarks.add("\"" + outcome + "\" is the same in all " + n + " rows: nothing can go with it.");
        }
        for (int j = 0; j < p; j++) {
            if (n > 0 && moments.isConstant(j + 1)) {
                remarks.add("\"" + named.get(j).name() + "\" is the same in all " + n
                        + " rows: nothing can be said about it.");
            }
        }
        boolean isFit = !moments.isConstant(0) && varying.length > 0 && n > varying.length + 1;
        if (!isFit && n <= varying.length + 1) {
            remarks.add(n + " complete rows are too few for " + varying.length + " drivers: "
                    + (varying.length + 2) + " are the fewest, " + ROWS_PER_DRIVER * Math.max(1, varying.length)
                    + " a start.");
        } else if (isFit && n < ROWS_PER_DRIVER * varying.length) {
            remarks.add(n + " rows for " + varying.length + " drivers are few: with less than " + ROWS_PER_DRIVER
                    + " rows for each, the shares may be those of chance.");
        }
        double[] shares = new double[p];
        double[][] resampled = new double[p][];
        double[] inflation = new double[p];
        if (isFit) {
            spread(RSquared.shares(moments.among(varying), moments.with(varying)), varying, shares);
            resampled = resample(sorted, p, resamples, seed);
        }
        if (varying.length > 0) {
            spread(RSquared.inflation(moments.among(varying)), varying, inflation);
        }
        OptionalDouble[] pValues = new OptionalDouble[p];
        for (int j = 0; j < p; j++) {
            boolean has = !moments.isConstant(0) && !moments.isConstant(j + 1) && n > 2;
            pValues[j] = has ? OptionalDouble.of(pValue(moments.correlation(0, j + 1), n)) : OptionalDouble.empty();
        }
        OptionalDouble[] adjusted = adjust(pValues, correction);
        double meanShare = varying.length == 0 ? 0 : Arrays.stream(shares).sum() / varying.length;
        OptionalDouble[] performances = new OptionalDouble[p];
        for (int j = 0; j < p; j++) {
            performances[j] = n == 0 ? OptionalDouble.empty() : performance(named.get(j), moments.mean(j + 1));
        }
        OptionalDouble meanPerformance = Arrays.stream(performances)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
        List<Driver> drivers = new ArrayList<>();
        List<String> alike = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            boolean varies = !moments.isConstant(j + 1);
            boolean correlates = varies && !moments.isConstant(0);
            OptionalDouble share = isFit && varies ? OptionalDouble.of(shares[j]) : OptionalDouble.empty();
            double r = correlates ? moments.correlation(0, j + 1) : 0;
            if (varies && inflation[j] > SUSPECT_INFLATION) {
                alike.add("\"" + named.get(j).name() + "\" (VIF " + vif(inflation[j]) + ")");
            }
            drivers.add(new Driver(
                    named.get(j).name(),
                    moments.mean(j + 1),
                    moments.deviation(j + 1),
                    correlates ? OptionalDouble.of(r) : OptionalDouble.empty(),
                    correlates ? fisher(r, n) : Interval.undefined(LEVEL, "the values do not vary"),
                    pValues[j],
                    adjusted[j],
                    share,
                    share.isEmpty()
                            ? Interval.undefined(LEVEL, "no share")
                            : resampled[j] == null || resampled[j].length == 0
                                    ? Interval.undefined(LEVEL, "not resampled")
                                    : percentile(resampled[j]),
                    varies ? OptionalDouble.of(inflation[j]) : OptionalDouble.empty(),
                    performances[j],
                    quadrant(share, meanShare, performances[j], meanPerformance)));
        }
        if (!alike.isEmpty()) {
            remarks.add(String.join(", ", alike) + " can be told from the other drivers only with difficulty:"
                    + " how the shares divide among them is uncertain.");
        }
        return new DriverAnalysis(
                outcome,
                n,
                missing,
                rejected,
                isFit ? OptionalDouble.of(Math.min(1, Arrays.stream(shares).sum())) : OptionalDouble.empty(),
                drivers,
                remarks);
    }

    private static void spread(double[] values, int[] places, double[] into) {
        for (int i = 0; i < places.length; i++) {
            into[places[i] - 1] = values[i];
        }
    }

    private static double[][] resample(double[][] rows, int p, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] shares = new double[p][resamples];
        int[] drawn = new int[rows.length];
        for (int b = 0; b < resamples; b++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = random.nextInt(rows.length);
            }
            Moments moments = Moments.of(rows, drawn, p + 1);
            int[] varying = moments.varying();
            if (!moments.isConstant(0) && varying.length > 0) {
                double[] own = RSquared.shares(moments.among(varying), moments.with(varying));
                for (int i = 0; i < varying.length; i++) {
                    shares[varying[i] - 1][b] = own[i];
                }
            }
        }
        return shares;
    }

    private static Interval percentile(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Interval.bounded(
                quantile(sorted, (1 - LEVEL) / 2), quantile(sorted, (1 + LEVEL) / 2), LEVEL, "bootstrap percentile");
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Two-sided, by Student's t with n − 2 degrees of freedom. */
    private static double pValue(double r, int n) {
        return Math.max(0, Math.min(1, Beta.regularizedBeta(Math.max(0, 1 - r * r), (n - 2) / 2.0, 0.5)));
    }

    private static Interval fisher(double r, int n) {
        if (n < 4) {
            return Interval.undefined(LEVEL, "fewer than four rows");
        }
        if (Math.abs(r) == 1) {
            return Interval.bounded(r, r, LEVEL, "Fisher's z");
        }
        double z = 0.5 * Math.log((1 + r) / (1 - r));
        double half =
                new NormalDistribution(null, 0, 1).inverseCumulativeProbability((1 + LEVEL) / 2) / Math.sqrt(n - 3.0);
        return Interval.bounded(Math.tanh(z - half), Math.tanh(z + half), LEVEL, "Fisher's z");
    }

    private static OptionalDouble[] adjust(OptionalDouble[] pValues, Correction correction) {
        double[] known =
                Arrays.stream(pValues).flatMapToDouble(OptionalDouble::stream).toArray();
        double[] adjusted = correction.adjust(known);
        OptionalDouble[] all = new OptionalDouble[pValues.length];
        int next = 0;
        for (int j = 0; j < all.length; j++) {
            all[j] = pValues[j].isPresent() ? OptionalDouble.of(adjusted[next++]) : OptionalDouble.empty();
        }
        return all;
    }

    private static OptionalDouble performance(Drivers.Named driver, double mean) {
        if (driver.worst().isEmpty() || driver.best().isEmpty()) {
            return OptionalDouble.empty();
        }
        double worst = driver.worst().getAsDouble();
        double best = driver.best().getAsDouble();
        return OptionalDouble.of(Math.max(0, Math.min(100, 100 * (mean - worst) / (best - worst))));
    }

    private static Driver.@Nullable Quadrant quadrant(
            OptionalDouble share, double meanShare, OptionalDouble performance, OptionalDouble meanPerformance) {
        if (share.isEmpty() || performance.isEmpty() || meanPerformance.isEmpty()) {
            return null;
        }
        boolean isStrong = performance.getAsDouble() >= meanPerformance.getAsDouble();
        return share.getAsDouble() >= meanShare
                ? isStrong ? Driver.Quadrant.KEEP_UP : Driver.Quadrant.CONCENTRATE_HERE
                : isStrong ? Driver.Quadrant.POSSIBLE_OVERKILL : Driver.Quadrant.LOW_PRIORITY;
    }

    private static String vif(double factor) {
        return Double.isInfinite(factor) ? "infinite" : Unit.POINTS.format(factor, Locale.ROOT);
    }

    /** Means, deviations and correlations of the columns of some rows, in two passes. */
    private static final class Moments {
        private final int n;
        private final double[] means;
        private final double[][] products;

        private Moments(int n, double[] means, double[][] products) {
            this.n = n;
            this.means = means;
            this.products = products;
        }

        static Moments of(double[][] rows, int[] which, int columns) {
            double[] means = new double[columns];
            boolean[] varies = new boolean[columns];
            for (int row : which) {
                for (int c = 0; c < columns; c++) {
                    means[c] += rows[row][c];
                    varies[c] |= rows[row][c] != rows[which[0]][c];
                }
            }
            for (int c = 0; c < columns; c++) {
                means[c] = varies[c] ? means[c] / which.length : which.length == 0 ? Double.NaN : rows[which[0]][c];
            }
            double[][] products = new double[columns][columns];
            double[] deviations = new double[columns];
            for (int row : which) {
                for (int a = 0; a < columns; a++) {
                    deviations[a] = rows[row][a] - means[a];
                    for (int b = 0; b <= a; b++) {
                        products[a][b] += deviations[a] * deviations[b];
                    }
                }
            }
            return new Moments(which.length, means, products);
        }

        boolean isConstant(int column) {
            return !(products[column][column] > 0);
        }

        /** The drivers that vary, by column. */
        int[] varying() {
            return IntStream.range(1, means.length).filter(c -> !isConstant(c)).toArray();
        }

        double mean(int column) {
            return means[column];
        }

        double deviation(int column) {
            return n < 2 ? Double.NaN : Math.sqrt(products[column][column] / (n - 1));
        }

        double correlation(int one, int other) {
            double product = products[Math.max(one, other)][Math.min(one, other)];
            double r = product / Math.sqrt(products[one][one]) / Math.sqrt(products[other][other]);
            return Math.max(-1, Math.min(1, r));
        }

        double[][] among(int[] columns) {
            double[][] among = new double[columns.length][columns.length];
            for (int a = 0; a < columns.length; a++) {
                for (int b = 0; b < columns.length; b++) {
                    among[a][b] = a == b ? 1 : correlation(columns[a], columns[b]);
                }
            }
            return among;
        }

        double[] with(int[] columns) {
            return Arrays.stream(columns)
                    .mapToDouble(column -> correlation(0, column))
                    .toArray();
        }
    }

    /**
     * R² corrected for the number of drivers, which raise it even if they are noise.
     *
     * @return 1 − (1 − R²)·(n − 1)/(n − p − 1) for the p drivers that vary; empty without R²
     */
    public OptionalDouble adjustedRSquared() {
        long p = drivers.stream().filter(d -> d.share().isPresent()).count();
        return rSquared.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(1 - (1 - rSquared.getAsDouble()) * (n - 1) / (n - p - 1));
    }

    /**
     * A driver by its name.
     *
     * @param name the name
     * @return the driver
     * @throws IllegalArgumentException if there is none
     */
    public Driver driver(String name) {
        return drivers.stream()
                .filter(driver -> driver.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = drivers.stream().map(Driver::name).toList();
                    return new IllegalArgumentException(
                            "there is no driver '" + name + "' among " + names + DidYouMean.suffix(name, names));
                });
    }

    /**
     * The drivers by importance.
     *
     * @return the drivers by falling share, those without one last
     */
    public List<Driver> ranked() {
        return drivers.stream()
                .sorted(Comparator.comparingDouble(
                        (Driver driver) -> -driver.share().orElse(-1)))
                .toList();
    }

    /** What goes with the outcome, the most first, what to know before using it, and what it is not. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (rSquared.isPresent()) {
            text.append(Unit.SHARE.format(rSquared.getAsDouble(), Locale.ROOT))
                    .append(" of the variation of \"")
                    .append(outcome)
                    .append("\" goes with these drivers, n = ")
                    .append(n);
        } else {
            text.append("\"").append(outcome).append("\": no shares, n = ").append(n);
        }
        if (missing > 0) {
            text.append(", ").append(missing).append(" incomplete");
        }
        if (rejected > 0) {
            text.append(", ").append(rejected).append(" rejected");
        }
        text.append('\n');
        ranked().forEach(driver -> text.append("- ").append(driver).append('\n'));
        remarks.forEach(remark -> text.append("Note: ").append(remark).append('\n'));
        return text.append("Association only: what changes if a driver is improved, an experiment tells.")
                .toString();
    }
}
