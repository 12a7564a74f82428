package io.cxmetrics.okr.forecast;

import io.cxmetrics.Interval;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.special.Erf;
import org.jspecify.annotations.Nullable;

/**
 * Says how likely a goal will be met on the last day, from what was observed so far.
 *
 * <pre>{@code
 * Outlook outlook = Forecaster.level(Goal.atMost(0.25), LocalDate.of(2026, 3, 31))
 *         .within(0, 1)
 *         .forecast(weeklyShares, LocalDate.of(2026, 2, 14));
 * }</pre>
 *
 * <p><b>{@link Method#CUMULATIVE}.</b> A running total such as "hire ten". The increments seen so far, each with its number of
 * days, are drawn at random until the last day is reached. Each one drawn goes back twice (Pólya's urn, which is the Bayesian
 * bootstrap): so the doubt about the pace itself is part of the answer, which a plain bootstrap leaves out.
 *
 * <p><b>{@link Method#LEVEL}.</b> A level that counts on the last day, such as the cart abandonment of the last week. A damped
 * trend, a walk and a return to the mean, with different smoothing, are fitted by Kalman filters and weighted by how well
 * they foresaw the series; single outliers do not count. The standard errors of the observations are part of what is
 * uncertain, and so is that of the last measurement itself.
 *
 * <p><b>{@link Method#MAINTAIN}.</b> A level that has to be held, such as an NPS of at least 40 every week. The remaining
 * periods are simulated from the same models; the periods so far count as they were measured. A period is the median
 * distance between observations; a period without an observation is not planned.
 *
 * <p><b>Input.</b> Values of windows that do not overlap: a trailing mean of 28 days taken every day looks far smoother than
 * its next month will be. Observations after the day of the forecast do not count.
 *
 * <p><b>Too little.</b> A {@link Refusal} below {@value #FEWEST} observations, if the days to go are more than
 * {@value #FARTHEST} times those observed, and when the last day is there.
 *
 * <p><b>Calibration.</b> See the package: what was measured, on what, and that it does not say more than that.
 *
 * <p><b>Reproducible.</b> The same observations, day and seed give the same bits on every machine. <b>Cost:</b> about 120
 * filters over the observations, or 4000 simulated ends. Immutable and thread-safe.
 *
 * <p><b>References:</b> A. Y. Lo (1988), A Bayesian bootstrap for a finite population, Annals of Statistics 16; E. S. Gardner and
 * E. McKenzie (1985), Forecasting trends in time series, Management Science 31; A. C. Harvey (1989), Forecasting, structural
 * time series models and the Kalman filter.
 *
 * @since 0.1
 */
public final class Forecaster {
    /** The fewest observations that a forecast is made from. */
    public static final int FEWEST = 4;
    /** How many times the days observed the days to go may be. */
    public static final int FARTHEST = 4;

    static final int PATHS = 4000;
    private static final double LEVEL = 0.8;
    private static final double RAREST = 0.01;
    /** How much more likely a slope is than none before the data have spoken: a target is set to move something, ... */
    private static final double TREND_OF_LEVEL = 2;
    /** ... or to keep something where it is. */
    private static final double TREND_OF_HELD = 0.2;

    private static final long SEED = 20_260_101L;

    private final Method method;
    private final Goal goal;
    private final LocalDate lastDay;
    private final double lowest;
    private final double highest;
    private final @Nullable Observation start;
    private final double share;
    private final long seed;

    private Forecaster(
            Method method,
            Goal goal,
            LocalDate lastDay,
            double lowest,
            double highest,
            @Nullable Observation start,
            double share,
            long seed) {
        this.method = method;
        this.goal = goal;
        this.lastDay = lastDay;
        this.lowest = lowest;
        this.highest = highest;
        this.start = start;
        this.share = share;
        this.seed = seed;
    }

    /**
     * For a running total.
     *
     * @param goal what the total has to be on the last day
     * @param firstDay the day on which counting begins
     * @param startValue the total at its beginning, mostly 0
     * @param lastDay the last day that counts
     * @return the forecaster
     * @throws IllegalArgumentException if the last day is not after the first, or the start value is not finite
     */
    public static Forecaster cumulative(Goal goal, LocalDate firstDay, double startValue, LocalDate lastDay) {
        if (!lastDay.isAfter(firstDay)) {
            throw new IllegalArgumentException("the last day, " + lastDay + ", is not after the first, " + firstDay);
        }
        // The total at the beginning of the first day is that at the end of the day before.
        Observation start = Observation.of(firstDay.minusDays(1), startValue);
        return new Forecaster(
                Method.CUMULATIVE, goal, lastDay, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, start, 1, SEED);
    }

    /**
     * For a level that counts on the last day.
     *
     * @param goal what the level has to be on the last day
     * @param lastDay the last day that counts
     * @return the forecaster
     */
    public static Forecaster level(Goal goal, LocalDate lastDay) {
        return new Forecaster(
                Method.LEVEL, goal, lastDay, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, null, 1, SEED);
    }

    /**
     * For a level that has to be held over the periods until the last day.
     *
     * @param goal what the level has to be in a period
     * @param share the share of the periods that has to meet it, above 0 and up to 1; 1 for all
     * @param lastDay the last day that counts
     * @return the forecaster
     * @throws IllegalArgumentException if the share is not above 0 and up to 1
     */
    public static Forecaster maintain(Goal goal, double share, LocalDate lastDay) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the share of periods to be met is above 0 and up to 1, such as 0.8; found " + share);
        }
        return new Forecaster(
                Method.MAINTAIN, goal, lastDay, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, null, share, SEED);
    }

    /**
     * With the values that are possible at all, such as 0 to 1 for a share: a forecast never leaves them.
     *
     * @param least the least possible value; −∞ if there is none
     * @param greatest the greatest possible value; +∞ if there is none
     * @return the forecaster
     * @throws IllegalArgumentException if least is not below greatest
     */
    public Forecaster within(double least, double greatest) {
        if (!(least < greatest)) {
            throw new IllegalArgumentException(
                    "the possible values go from a lower to a higher one; found " + least + " to " + greatest);
        }
        return new Forecaster(method, goal, lastDay, least, greatest, start, share, seed);
    }

    /**
     * With another seed for the simulated ends.
     *
     * @param newSeed the seed
     * @return the forecaster
     */
    public Forecaster withSeed(long newSeed) {
        return new Forecaster(method, goal, lastDay, lowest, highest, start, share, newSeed);
    }

    /**
     * The outlook.
     *
     * @param observations the values so far, in any order, one a day at most
     * @param asOf the day of the forecast; later observations do not count
     * @return a forecast, or a refusal with its reason
     * @throws IllegalArgumentException naming the day if two observations are about one day, or one lies outside the
     *     possible values
     */
    public Outlook forecast(List<Observation> observations, LocalDate asOf) {
        List<Observation> known = known(observations, asOf);
        Refusal refusal = refusal(known, asOf);
        if (refusal != null) {
            return refusal;
        }
        return switch (method) {
            case CUMULATIVE -> cumulative(known);
            case LEVEL -> level(known);
            case MAINTAIN -> maintain(known);
        };
    }

    private List<Observation> known(List<Observation> observations, LocalDate asOf) {
        List<Observation> known = new ArrayList<>();
        for (Observation observation : observations) {
            if (!(observation.value() >= lowest && observation.value() <= highest)) {
                throw new IllegalArgumentException("the observation of " + observation.date() + " is "
                        + observation.value() + "; possible are " + lowest + " to " + highest);
            }
            boolean counts = start == null || observation.date().isAfter(start.date());
            if (counts && !observation.date().isAfter(asOf)) {
                known.add(observation);
            }
        }
        known.sort(Comparator.comparing(Observation::date));
        for (int i = 1; i < known.size(); i++) {
            if (known.get(i).date().equals(known.get(i - 1).date())) {
                throw new IllegalArgumentException(
                        "two observations are about " + known.get(i).date() + "; give the one that counts");
            }
        }
        return known;
    }

    private @Nullable Refusal refusal(List<Observation> known, LocalDate asOf) {
        if (!asOf.isBefore(lastDay)) {
            return new Refusal(
                    Refusal.Reason.OVER, "the last day, " + lastDay + ", is there; nothing is left to foresee");
        }
        if (known.size() < FEWEST) {
            return new Refusal(
                    Refusal.Reason.TOO_FEW,
                    known.size() + (known.size() == 1 ? " observation" : " observations") + " until " + asOf
                            + "; at least " + FEWEST + " are needed");
        }
        LocalDate first = start == null ? known.get(0).date() : start.date();
        LocalDate last = known.get(known.size() - 1).date();
        long seen = ChronoUnit.DAYS.between(first, last);
        long left = ChronoUnit.DAYS.between(last, lastDay);
        if (left > FARTHEST * seen) {
            return new Refusal(
                    Refusal.Reason.TOO_FAR,
                    left + " days to go after " + seen + " observed; at most " + FARTHEST
                            + " times as many can be foreseen");
        }
        return null;
    }

    private Forecast cumulative(List<Observation> known) {
        int n = known.size();
        double[] increments = new double[n];
        double[] days = new double[n];
        Observation before = Objects.requireNonNull(start);
        boolean onlyRises = true;
        for (int i = 0; i < n; i++) {
            Observation now = known.get(i);
            increments[i] = now.value() - before.value();
            days[i] = ChronoUnit.DAYS.between(before.date(), now.date());
            onlyRises &= increments[i] >= 0;
            before = now;
        }
        double current = before.value();
        double left = ChronoUnit.DAYS.between(before.date(), lastDay);
        SplittableRandom random = new SplittableRandom(seed);
        double[] ends = new double[PATHS];
        for (int path = 0; path < PATHS; path++) {
            List<Integer> urn = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                urn.add(i);
            }
            double end = current;
            for (double rest = left; rest > 0; ) {
                int drawn = urn.get((int) (uniform(random) * urn.size()));
                urn.add(drawn);
                end += increments[drawn] * Math.min(1, rest / days[drawn]);
                rest -= days[drawn];
            }
            ends[path] = end;
        }
        Arrays.sort(ends);
        double probability = Arrays.stream(ends).filter(goal::isMetBy).count() / (double) PATHS;
        if (onlyRises && current > goal.high()) {
            return forecast(n, quantiles(ends), 0); // a total that cannot fall has passed the most that is allowed
        } else if (onlyRises && goal.high() == Double.POSITIVE_INFINITY && current >= goal.low()) {
            return forecast(n, quantiles(ends), 1);
        }
        return forecast(n, quantiles(ends), undecided(probability, n));
    }

    private Forecast level(List<Observation> known) {
        double last = known.get(known.size() - 1).value();
        if (isConstant(known)) {
            return forecast(
                    known.size(), new double[] {last, last, last}, undecided(goal.isMetBy(last) ? 1 : 0, known.size()));
        }
        double left = ChronoUnit.DAYS.between(known.get(known.size() - 1).date(), lastDay);
        LevelModel.Mixture end = model(known).measuredAfter(left);
        // A value beyond the possible ones means the nearest possible one.
        double above = goal.high() >= highest ? 1 : end.below(goal.high());
        double below = goal.low() <= lowest ? 0 : end.below(goal.low());
        boolean possible = goal.low() <= highest && goal.high() >= lowest;
        double[] quantiles = {
            end.quantile((1 - LEVEL) / 2), end.quantile(0.5), end.quantile((1 + LEVEL) / 2),
        };
        return forecast(known.size(), quantiles, possible ? undecided(above - below, known.size()) : 0);
    }

    private Forecast maintain(List<Observation> known) {
        int n = known.size();
        long left = ChronoUnit.DAYS.between(known.get(n - 1).date(), lastDay);
        double[] gaps = new double[n - 1];
        for (int i = 1; i < n; i++) {
            gaps[i - 1] = ChronoUnit.DAYS.between(
                    known.get(i - 1).date(), known.get(i).date());
        }
        int remaining = (int) (left / LevelModel.median(gaps));
        int met = (int) known.stream().filter(o -> goal.isMetBy(o.value())).count();
        double planned = n + remaining;
        double[] shares = new double[PATHS];
        if (isConstant(known)) {
            Arrays.fill(shares, (met + (met == n ? remaining : 0)) / planned);
        } else {
            LevelModel model = model(known);
            SplittableRandom random = new SplittableRandom(seed);
            for (int path = 0; path < PATHS; path++) {
                shares[path] = (met + heldIn(model, remaining, random)) / planned;
            }
            Arrays.sort(shares);
        }
        double enough = share - 1e-12; // 0.8 of 10 periods are 8
        double probability = Arrays.stream(shares).filter(s -> s >= enough).count() / (double) PATHS;
        boolean decided = met / planned >= enough || (met + remaining) / planned < enough;
        double[] quantiles = quantiles(shares);
        return new Forecast(
                method,
                Goal.atLeast(share),
                quantiles[1],
                Interval.bounded(quantiles[0], quantiles[2], LEVEL, method.words()),
                decided ? met / planned >= enough ? 1 : 0 : undecided(probability, n),
                n,
                lastDay,
                calibration(n));
    }

    /** In how many of the remaining periods the goal is met, on one simulated path. */
    private int heldIn(LevelModel model, int periods, SplittableRandom random) {
        double pick = uniform(random);
        int chosen = 0;
        List<LevelModel.Weighted> models = model.models();
        while (chosen < models.size() - 1 && pick >= models.get(chosen).weight()) {
            pick -= models.get(chosen).weight();
            chosen++;
        }
        LevelModel.Dynamics dynamics = models.get(chosen).dynamics();
        LevelModel.State state = models.get(chosen).state();
        double first = normal(random);
        double second = normal(random);
        double root = Math.sqrt(Math.max(0, state.v11()));
        double slope = root == 0 ? 0 : state.v12() / root;
        double level = state.level() + root * first;
        double other = state.other() + slope * first + Math.sqrt(Math.max(0, state.v22() - slope * slope)) * second;
        double noise = Math.sqrt(dynamics.noiseVariance() + model.samplingVariance());
        int held = 0;
        for (int i = 0; i < periods; i++) {
            LevelModel.State moved = LevelModel.forward(dynamics, new LevelModel.State(level, other, 0, 0, 0, 0), 1);
            level = moved.level() + Math.sqrt(moved.v11()) * normal(random);
            other = moved.other();
            double measured = Math.min(highest, Math.max(lowest, level + noise * normal(random)));
            if (goal.isMetBy(measured)) {
                held++;
            }
        }
        return held;
    }

    private static boolean isConstant(List<Observation> known) {
        double first = known.get(0).value();
        return known.stream().allMatch(o -> o.value() == first && o.standardError() == 0);
    }

    private LevelModel model(List<Observation> known) {
        LocalDate first = known.get(0).date();
        return LevelModel.of(
                array(known, o -> ChronoUnit.DAYS.between(first, o.date())),
                array(known, Observation::value),
                array(known, Observation::standardError),
                method == Method.LEVEL ? TREND_OF_LEVEL : TREND_OF_HELD);
    }

    private static double[] array(List<Observation> known, ToDoubleFunction<Observation> part) {
        return known.stream().mapToDouble(part).toArray();
    }

    private Forecast forecast(int n, double[] quantiles, double probability) {
        double[] possible = Arrays.stream(quantiles)
                .map(q -> Math.min(highest, Math.max(lowest, q)))
                .toArray();
        return new Forecast(
                method,
                goal,
                possible[1],
                Interval.bounded(possible[0], possible[2], LEVEL, method.words()),
                probability,
                n,
                lastDay,
                calibration(n));
    }

    /** What the backtest found, for as many observations as it had. The tests fail if this is not what they find. */
    private Calibration calibration(int n) {
        return method == Method.LEVEL && n >= 5 && n <= 11 ? Calibration.SIMULATED : Calibration.UNCALIBRATED;
    }

    /**
     * n observations cannot show that something never happens, only that it is rarer than about one in 2(n + 1). Where a model
     * says how far values scatter, less than one in a hundred is still more than its tails can carry.
     */
    private double undecided(double probability, int n) {
        double least = method == Method.CUMULATIVE ? 0.5 / (n + 1) : RAREST;
        return Math.min(1 - least, Math.max(least, probability));
    }

    private static double[] quantiles(double[] sorted) {
        return new double[] {
            nearestRank(sorted, (1 - LEVEL) / 2), nearestRank(sorted, 0.5), nearestRank(sorted, (1 + LEVEL) / 2)
        };
    }

    private static double nearestRank(double[] sorted, double probability) {
        return sorted[Math.max(0, (int) Math.ceil(probability * sorted.length - 1e-9) - 1)];
    }

    /** From the 53 upper bits: SplittableRandom's own doubles are drawn by an algorithm that its specification leaves open. */
    private static double uniform(SplittableRandom random) {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    private static double normal(SplittableRandom random) {
        double middle = ((random.nextLong() >>> 11) + 0.5) * 0x1p-53; // never 0 or 1
        return Math.sqrt(2) * Erf.erfInv(2 * middle - 1);
    }
}
