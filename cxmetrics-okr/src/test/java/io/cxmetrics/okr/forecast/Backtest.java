package io.cxmetrics.okr.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.special.Erf;

/**
 * Forecasts of simulated quarters from rolling origins, judged by what the simulation then does. A quarter has 13 weekly
 * observations; forecasts are made after 5, 7, 9 and 11 of them.
 *
 * <p>The baselines come in two forms. <em>Plain</em>: the goal will be met (1) or not (0), as tools say that show a projected
 * value. <em>Spread</em>: the same value with a normal error of a walk, estimated from the changes seen so far; this is the
 * honest opponent.
 */
final class Backtest {
    static final int WEEKS = 13;
    static final int[] ORIGINS = {5, 7, 9, 11};
    static final LocalDate FIRST = LocalDate.of(2026, 1, 4);

    /** How the numbers of a family come about. */
    enum Family {
        TREND("trend", Method.LEVEL),
        STEP("step", Method.LEVEL),
        SEASONAL("seasonal", Method.LEVEL),
        NOISY("noisy", Method.LEVEL),
        MEAN_REVERTING("mean-reverting", Method.LEVEL),
        SAMPLED_SHARE("share of a sample", Method.LEVEL),
        CUMULATIVE("cumulative, steady", Method.CUMULATIVE),
        CUMULATIVE_CHANGING("cumulative, pace changes", Method.CUMULATIVE),
        HELD("held level", Method.MAINTAIN);

        final String words;
        final Method method;

        Family(String words, Method method) {
            this.words = words;
            this.method = method;
        }
    }

    /** One forecast and what came of it. */
    record Case(
            Family family,
            double probability,
            double noChange,
            double linearPace,
            double noChangeSpread,
            double linearPaceSpread,
            double owner,
            boolean hit,
            boolean covered,
            boolean coveredNoChange,
            boolean coveredLinear) {}

    private final SplittableRandom random;

    Backtest(long seed) {
        this.random = new SplittableRandom(seed);
    }

    double uniform() {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    double normal() {
        return Math.sqrt(2) * Erf.erfInv(2 * ((random.nextLong() >>> 11) + 0.5) * 0x1p-53 - 1);
    }

    private double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    private int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        int count = -1;
        for (double product = 1; product > limit || count < 0; count++) {
            product *= uniform();
        }
        return count;
    }

    List<Case> run(Family family, int quarters) {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < quarters; i++) {
            cases.addAll(quarter(family));
        }
        return cases;
    }

    /** What a forecast of a family says of its calibration after n weeks. */
    Calibration calibrationOf(Family family, int n) {
        Goal goal = Goal.atLeast(1);
        Forecaster forecaster = switch (family.method) {
            case LEVEL -> Forecaster.level(goal, day(WEEKS - 1));
            case CUMULATIVE -> Forecaster.cumulative(goal, day(0).minusDays(6), 0, day(WEEKS - 1));
            case MAINTAIN -> Forecaster.maintain(goal, 0.8, day(WEEKS - 1));
        };
        double[] y = new double[WEEKS];
        Arrays.setAll(y, t -> normal());
        return ((Forecast) forecaster.forecast(series(y, new double[WEEKS], n), day(n - 1))).calibration();
    }

    private List<Case> quarter(Family family) {
        double[] errors = new double[WEEKS];
        double[] y = new double[WEEKS];
        double size = 3; // how far goals lie from the start
        switch (family) {
            case TREND -> {
                double slope = normal();
                double noise = between(0.5, 2);
                Arrays.setAll(y, t -> 50 + slope * t + noise * normal());
                size = 12;
            }
            case STEP -> {
                double at = between(0, WEEKS);
                double step = 3 * normal();
                Arrays.setAll(y, t -> 50 + (t >= at ? step : 0) + normal());
            }
            case SEASONAL -> {
                double period = new double[] {4, 6, 13, 26}[(int) (4 * uniform())];
                double phase = between(0, 1);
                double noise = between(0.5, 1);
                Arrays.setAll(y, t -> 50 + 3 * StrictMath.sin(2 * Math.PI * (t / period + phase)) + noise * normal());
            }
            case NOISY -> Arrays.setAll(y, t -> 50 + 2 * normal());
            case MEAN_REVERTING -> {
                double memory = between(0.5, 0.9);
                double[] away = {2 * normal()};
                Arrays.setAll(y, t -> {
                    away[0] = memory * away[0] + Math.sqrt(1 - memory * memory) * 2 * normal();
                    return 50 + away[0];
                });
            }
            case SAMPLED_SHARE -> {
                double start = between(0.2, 0.6);
                double drift = 0.01 * normal();
                int n = 150;
                for (int t = 0; t < WEEKS; t++) {
                    double truth = Math.min(0.95, Math.max(0.05, start + drift * t));
                    int hits = 0;
                    for (int k = 0; k < n; k++) {
                        hits += uniform() < truth ? 1 : 0;
                    }
                    y[t] = hits / (double) n;
                    errors[t] = Math.sqrt(Math.max(hits, 1) * (double) Math.max(n - hits, 1) / n) / n;
                }
                size = 0.1;
            }
            case CUMULATIVE, CUMULATIVE_CHANGING -> {
                double pace = between(0.3, 4);
                double later = family == Family.CUMULATIVE ? 1 : between(0.5, 1.5); // from half way on
                double total = 0;
                for (int t = 0; t < WEEKS; t++) {
                    total += poisson(t < WEEKS / 2 ? pace : pace * later);
                    y[t] = total;
                }
                return cumulative(family, y, Math.max(1, Math.rint(pace * WEEKS * between(0.6, 1.5))));
            }
            case HELD -> {
                double memory = between(0, 0.8);
                double level = 50 + 2 * normal();
                double[] away = {normal()};
                Arrays.setAll(y, t -> {
                    away[0] = memory * away[0] + Math.sqrt(1 - memory * memory) * normal();
                    return level + away[0];
                });
                return held(y);
            }
        }
        double target = y[0] + size * normal();
        boolean rises = target >= y[0];
        Goal goal = rises ? Goal.atLeast(target) : Goal.atMost(target);
        List<Case> cases = new ArrayList<>();
        LocalDate lastDay = day(WEEKS - 1);
        Forecaster forecaster = Forecaster.level(goal, lastDay);
        if (family == Family.SAMPLED_SHARE) {
            forecaster = forecaster.within(0, 1);
        }
        double actual = y[WEEKS - 1];
        for (int origin : ORIGINS) {
            Forecast forecast = (Forecast) forecaster.forecast(series(y, errors, origin), day(origin - 1));
            double current = y[origin - 1];
            int left = WEEKS - origin;
            double paced = current + (current - y[0]) / (origin - 1) * left;
            double change = rms(y, origin, false);
            double surprise = rms(y, origin, true);
            double spread = change * Math.sqrt(left);
            double pacedSpread = surprise * Math.sqrt(left * (1 + left / (double) (origin - 1)));
            cases.add(new Case(
                    family,
                    forecast.probability(),
                    goal.isMetBy(current) ? 1 : 0,
                    goal.isMetBy(paced) ? 1 : 0,
                    chance(goal, current, spread),
                    chance(goal, paced, pacedSpread),
                    owner((current - y[0]) / (target - y[0]), (origin - 1.0) / (WEEKS - 1)),
                    goal.isMetBy(actual),
                    covers(forecast, actual),
                    Math.abs(actual - current) <= 1.2815515655446004 * spread,
                    Math.abs(actual - paced) <= 1.2815515655446004 * pacedSpread));
        }
        return cases;
    }

    private List<Case> cumulative(Family family, double[] total, double target) {
        Goal goal = Goal.atLeast(target);
        Forecaster forecaster = Forecaster.cumulative(goal, day(0).minusDays(6), 0, day(WEEKS - 1));
        double actual = total[WEEKS - 1];
        List<Case> cases = new ArrayList<>();
        for (int origin : ORIGINS) {
            Forecast forecast =
                    (Forecast) forecaster.forecast(series(total, new double[WEEKS], origin), day(origin - 1));
            double current = total[origin - 1];
            int left = WEEKS - origin;
            double paced = current / origin * WEEKS;
            double[] from0 = new double[origin + 1];
            System.arraycopy(total, 0, from0, 1, origin);
            double spread = rms(from0, origin + 1, false) * Math.sqrt(left);
            double pacedSpread = rms(from0, origin + 1, true) * Math.sqrt(left * (1 + left / (double) origin));
            cases.add(new Case(
                    family,
                    forecast.probability(),
                    goal.isMetBy(current) ? 1 : 0,
                    goal.isMetBy(paced) ? 1 : 0,
                    chance(goal, current, spread),
                    chance(goal, paced, pacedSpread),
                    owner(current / target, origin / (double) WEEKS),
                    goal.isMetBy(actual),
                    covers(forecast, actual),
                    Math.abs(actual - current) <= 1.2815515655446004 * spread,
                    Math.abs(actual - paced) <= 1.2815515655446004 * pacedSpread));
        }
        return cases;
    }

    private List<Case> held(double[] y) {
        Goal goal = Goal.atLeast(49);
        double share = new double[] {0.6, 0.7, 0.8, 0.9}[(int) (4 * uniform())];
        Forecaster forecaster = Forecaster.maintain(goal, share, day(WEEKS - 1));
        double actual = Arrays.stream(y).filter(goal::isMetBy).count() / (double) WEEKS;
        List<Case> cases = new ArrayList<>();
        for (int origin : ORIGINS) {
            Forecast forecast = (Forecast) forecaster.forecast(series(y, new double[WEEKS], origin), day(origin - 1));
            int left = WEEKS - origin;
            double met = Arrays.stream(y, 0, origin).filter(goal::isMetBy).count();
            double noChange = (met + (goal.isMetBy(y[origin - 1]) ? left : 0)) / WEEKS;
            double paced = met / origin;
            // Spread: every remaining period is met by itself with the chance seen so far (after a success and a
            // failure).
            double each = (met + 1) / (origin + 2);
            Goal enough = Goal.atLeast(share - 1e-12);
            double spread = Math.sqrt(left * each * (1 - each)) / WEEKS;
            cases.add(new Case(
                    Family.HELD,
                    forecast.probability(),
                    enough.isMetBy(noChange) ? 1 : 0,
                    enough.isMetBy(paced) ? 1 : 0,
                    chance(enough, noChange, spread),
                    chance(enough, (met + left * each) / WEEKS, spread),
                    owner(paced / share, 1),
                    enough.isMetBy(actual),
                    covers(forecast, actual),
                    Math.abs(actual - noChange) <= 1.2815515655446004 * spread,
                    Math.abs(actual - (met + left * each) / WEEKS) <= 1.2815515655446004 * spread));
        }
        return cases;
    }

    /** A simulated owner: goes by how far the work is, is somewhat hopeful, and speaks in tenths. It is no real one. */
    private double owner(double progress, double expected) {
        double confidence = 0.6 + 0.8 * (progress - expected) + 0.15 * normal();
        return Math.rint(10 * Math.min(1, Math.max(0, confidence))) / 10;
    }

    private static boolean covers(Forecast forecast, double actual) {
        return actual >= forecast.interval().low()
                && actual <= forecast.interval().high();
    }

    private static double rms(double[] y, int n, boolean aroundMean) {
        double mean = aroundMean ? (y[n - 1] - y[0]) / (n - 1) : 0;
        double sum = 0;
        for (int i = 1; i < n; i++) {
            sum += (y[i] - y[i - 1] - mean) * (y[i] - y[i - 1] - mean);
        }
        return Math.sqrt(sum / (aroundMean ? n - 2 : n - 1));
    }

    private static double chance(Goal goal, double mean, double deviation) {
        if (!(deviation > 0)) {
            return goal.isMetBy(mean) ? 1 : 0;
        }
        double above = Double.isInfinite(goal.high()) ? 1 : below(goal.high(), mean, deviation);
        double below = Double.isInfinite(goal.low()) ? 0 : below(goal.low(), mean, deviation);
        return Math.min(1, Math.max(0, above - below));
    }

    private static double below(double bound, double mean, double deviation) {
        return 0.5 * Erf.erfc((mean - bound) / (deviation * Math.sqrt(2)));
    }

    private static LocalDate day(int week) {
        return FIRST.plusWeeks(week);
    }

    private static List<Observation> series(double[] y, double[] errors, int n) {
        List<Observation> series = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            series.add(new Observation(day(i), y[i], errors[i]));
        }
        return series;
    }

    /** All families, each with random numbers of its own, so that one more family changes no other. */
    static Map<Family, List<Case>> all(long seed, int quarters) {
        return Arrays.stream(Family.values())
                .parallel()
                .collect(Collectors.toMap(
                        f -> f,
                        f -> new Backtest(seed + f.ordinal()).run(f, quarters),
                        (a, b) -> a,
                        () -> new EnumMap<>(Family.class)));
    }

    static double brier(List<Case> cases, ToDoubleFunction<Case> chance) {
        return score(cases, chance).score().orElseThrow();
    }

    static Brier score(List<Case> cases, ToDoubleFunction<Case> chance) {
        return Brier.of(cases.stream()
                .map(c -> new Brier.Prediction(chance.applyAsDouble(c), c.hit()))
                .toList());
    }

    static double share(List<Case> cases, Predicate<Case> which) {
        return cases.stream().filter(which).count() / (double) cases.size();
    }

    static String scores(Map<Family, List<Case>> all) {
        StringBuilder table = new StringBuilder();
        table.append("Brier score              forecast  no change        linear pace      owner      80 % interval\n");
        table.append("                                   plain  spread    plain  spread  simulated  holds\n");
        all.forEach((family, cases) -> table.append(row(family.words, cases)));
        table.append(row("all", all.values().stream().flatMap(List::stream).toList()));
        return table.toString();
    }

    private static String row(String name, List<Case> cases) {
        return String.format(
                Locale.ROOT,
                "%-24s %8.3f  %5.3f  %6.3f    %5.3f  %6.3f  %9.3f  %4.0f %%\n",
                name,
                brier(cases, Case::probability),
                brier(cases, Case::noChange),
                brier(cases, Case::noChangeSpread),
                brier(cases, Case::linearPace),
                brier(cases, Case::linearPaceSpread),
                brier(cases, Case::owner),
                100 * share(cases, Case::covered));
    }

    static String reliability(Map<Family, List<Case>> all) {
        StringBuilder table = new StringBuilder("chance stated  mean stated  goals met  forecasts\n");
        List<Case> cases = all.values().stream().flatMap(List::stream).toList();
        for (Brier.Tenth tenth : score(cases, Case::probability).tenths()) {
            table.append(String.format(
                    Locale.ROOT,
                    "%3d…%3d %%     %9.0f %%  %7.0f %%  %9d\n",
                    10 * tenth.tenth(),
                    10 * tenth.tenth() + 10,
                    100 * tenth.stated(),
                    100 * tenth.met(),
                    tenth.count()));
        }
        return table.toString();
    }
}
