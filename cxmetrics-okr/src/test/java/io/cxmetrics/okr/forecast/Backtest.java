package io.cxmetrics.okr.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
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
        Forecaster forecaster =
                Forecaster.cumulative(goal, day(0).minusDays(6), 0, day(WEEKS - 1));
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
            Forecast forecast =
                    (Forecast) forecaster.forecast(series(y, new double[WEEKS], origin), day(origin - 1));
            int left = WEEKS - origin;
            double met = Arrays.stream(y, 0, origin).filter(goal::isMetBy).count();
            double noChange = (met + (goal.isMetBy(y[origin - 1]) ? left : 0)) / WEEKS;
            double paced = met / origin;
            // Spread: every remaining period is met by itself with the chance seen so far (after a success and a failure).
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
        return actual >= forecast.interval().low() && actual <= forecast.interval().high();
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

    public static void main(String[] args) {
        long seed = Long.parseLong(args[0]);
        int quarters = Integer.parseInt(args[1]);
        double[] sums = new double[10];
        List<Case> all = new ArrayList<>();
        for (Family family : Family.values()) {
            long t = System.nanoTime();
            List<Case> cases = new Backtest(seed).run(family, quarters);
            all.addAll(cases);
            System.out.println(row(family.words, cases) + " " + (System.nanoTime() - t) / 1_000_000 / cases.size());
        }
        System.out.println(row("all", all));
        for (int b = 0; b < 10; b++) {
            int bin = b;
            List<Case> in = all.stream().filter(c -> Math.min(9, (int) (c.probability() * 10)) == bin).toList();
            System.out.printf(Locale.ROOT, "%d: n=%d said %.2f came %.2f%n", b, in.size(),
                    in.stream().mapToDouble(Case::probability).average().orElse(0),
                    in.stream().mapToDouble(c -> c.hit() ? 1 : 0).average().orElse(0));
        }
    }

    static String row(String name, List<Case> cases) {
        return String.format(Locale.ROOT, "%-18s n=%5d hit %.2f | %.3f | %.3f %.3f | %.3f %.3f | %.3f | cov %.2f %.2f %.2f", name, cases.size(),
                mean(cases, c -> c.hit() ? 1 : 0),
                mean(cases, c -> brier(c.probability(), c.hit())),
                mean(cases, c -> brier(c.noChange(), c.hit())),
                mean(cases, c -> brier(c.linearPace(), c.hit())),
                mean(cases, c -> brier(c.noChangeSpread(), c.hit())),
                mean(cases, c -> brier(c.linearPaceSpread(), c.hit())),
                mean(cases, c -> brier(c.owner(), c.hit())),
                mean(cases, c -> c.covered() ? 1 : 0),
                mean(cases, c -> c.coveredNoChange() ? 1 : 0),
                mean(cases, c -> c.coveredLinear() ? 1 : 0));
    }

    static double brier(double p, boolean hit) {
        return (p - (hit ? 1 : 0)) * (p - (hit ? 1 : 0));
    }

    static double mean(List<Case> cases, java.util.function.ToDoubleFunction<Case> f) {
        return cases.stream().mapToDouble(f).average().orElseThrow();
    }
}
