package io.cxmetrics.okr.priority;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.journey.Driver;
import io.cxmetrics.journey.DriverAnalysis;
import io.cxmetrics.journey.FunnelResult;
import io.cxmetrics.journey.FunnelStep;
import io.cxmetrics.journey.JourneyScores;
import io.cxmetrics.journey.PlaceScore;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.money.Worth;
import io.cxmetrics.money.WorthInput;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which touchpoint of a journey to invest in first.
 *
 * <p><b>Formula:</b> importance × gap × volume × worth of each touchpoint, the greatest first.
 * <ul>
 *   <li><b>Importance:</b> its share of the variation of the journey's score, 0…1 ({@link DriverAnalysis}).
 *   <li><b>Gap:</b> max(0, goal − score) in points: to 100, the best values of its KPIs; or {@linkplain #towardsTargets() to the
 *       targets} that the key results of the plan set for them.
 *   <li><b>Volume:</b> the customers who come to it.
 *   <li><b>Worth:</b> what one customer there is worth in money. A {@link Worth} is another thing: it is that of a change, counts
 *       the customers already, and stands beside the rank ({@link #change}).
 * </ul>
 * The product ranks; it is no forecast, and its unit means little.
 *
 * <p><b>Missing:</b> a factor that is known of no touchpoint is left out, and the ranking says so. A touchpoint of which only
 * others have a factor is not ranked, with the reason. Nothing is guessed.
 *
 * <p><b>Uncertainty:</b> simulation with a fixed seed. Every factor is drawn by its 95 % interval ({@link WorthInput#quantile}),
 * independently of the others, though shares of one whole fall when others rise; an input of one name is drawn once for all.
 * Values below 0 count as 0. A factor without an interval does not scatter, which is said.
 *
 * <p><b>What it is not:</b> importance is association. Whether improving a touchpoint raises the score, only an experiment tells.
 *
 * <p>Immutable and thread-safe. <b>Cost:</b> draws × touchpoints².
 *
 * <pre>{@code
 * Ranking ranking = Priorities.of(scores)
 *         .importance(drivers).volumes(funnel).worth(WorthInput.fixed("margin of an order", Money.of("9.50", "EUR")))
 *         .change("payment", shortPage).plan(plan)
 *         .rank();
 * }</pre>
 *
 * @since 0.1
 */
public final class Priorities {
    private static final int USUAL_DRAWS = 10_000;
    private static final int FEWEST_DRAWS = 1000;
    private static final double LEVEL = 0.95;
    private static final double BEST = 100;

    private final JourneyScores scores;
    private final @Nullable DriverAnalysis drivers;
    private final Map<String, Long> volumes;
    private final Map<String, WorthInput> values;
    private final Map<String, Worth> changes;
    private final @Nullable OkrPlan plan;
    private final boolean towardsTargets;
    private final int draws;
    private final long seed;

    private Priorities(Draft draft) {
        this.scores = draft.scores;
        this.drivers = draft.drivers;
        this.volumes = Map.copyOf(draft.volumes);
        this.values = Map.copyOf(draft.values);
        this.changes = Map.copyOf(draft.changes);
        this.plan = draft.plan;
        this.towardsTargets = draft.towardsTargets;
        this.draws = draft.draws;
        this.seed = draft.seed;
    }

    /** The parts, to change one without listing nine. */
    private static final class Draft {
        private final JourneyScores scores;
        private @Nullable DriverAnalysis drivers;
        private Map<String, Long> volumes = Map.of();
        private Map<String, WorthInput> values = Map.of();
        private Map<String, Worth> changes = Map.of();
        private @Nullable OkrPlan plan;
        private boolean towardsTargets;
        private int draws = USUAL_DRAWS;
        private long seed = 1;

        Draft(JourneyScores scores) {
            this.scores = scores;
        }

        Draft(Priorities from) {
            this.scores = from.scores;
            this.drivers = from.drivers;
            this.volumes = from.volumes;
            this.values = from.values;
            this.changes = from.changes;
            this.plan = from.plan;
            this.towardsTargets = from.towardsTargets;
            this.draws = from.draws;
            this.seed = from.seed;
        }
    }

    /**
     * Priorities by the gaps of some scores alone.
     *
     * @param scores the scores of the touchpoints of a journey
     * @return the priorities
     */
    public static Priorities of(JourneyScores scores) {
        return new Priorities(new Draft(scores));
    }

    /**
     * These priorities with importance.
     *
     * @param newDrivers drivers named as the ids or the names of the touchpoints; others are ignored, and named if a touchpoint has
     *     none
     * @return the priorities
     */
    public Priorities importance(DriverAnalysis newDrivers) {
        Draft draft = new Draft(this);
        draft.drivers = newDrivers;
        return new Priorities(draft);
    }

    /**
     * These priorities with volumes.
     *
     * @param newVolumes touchpoint → the customers who came to it, all in the same time
     * @return the priorities
     * @throws IllegalArgumentException if a touchpoint is unknown or a volume negative
     */
    public Priorities volumes(Map<String, Long> newVolumes) {
        newVolumes.forEach((id, volume) -> {
            scores.touchpoint(id);
            if (volume < 0) {
                throw new IllegalArgumentException("the volume of '" + id + "' is negative: " + volume);
            }
        });
        Draft draft = new Draft(this);
        draft.volumes = newVolumes;
        return new Priorities(draft);
    }

    /**
     * These priorities with the customers of a funnel as volumes.
     *
     * @param funnel a funnel whose steps are named as the ids of touchpoints; other steps are ignored
     * @return the priorities
     */
    public Priorities volumes(FunnelResult funnel) {
        Map<String, Long> reached = new LinkedHashMap<>();
        for (FunnelStep step : funnel.steps()) {
            if (scores.journey().touchpoint(step.name()).isPresent()) {
                reached.put(step.name(), step.reached());
            }
        }
        return volumes(reached);
    }

    /**
     * These priorities with the same worth of a customer at every touchpoint.
     *
     * @param customer what one customer is worth, such as the margin of an order; money
     * @return the priorities
     * @throws IllegalArgumentException if it is not money
     */
    public Priorities worth(WorthInput customer) {
        Priorities all = this;
        for (Touchpoint touchpoint : scores.journey().touchpoints()) {
            all = all.worth(touchpoint.id(), customer);
        }
        return all;
    }

    /**
     * These priorities with the worth of a customer at a touchpoint.
     *
     * @param touchpoint the id of the touchpoint
     * @param customer what one customer is worth there, such as the margin of an order or the cost of a contact; money
     * @return the priorities
     * @throws IllegalArgumentException if the touchpoint is unknown, or the worth is not money, or not of the currency of the
     *     others
     */
    public Priorities worth(String touchpoint, WorthInput customer) {
        scores.touchpoint(touchpoint);
        if (customer.unit().currency() == null) {
            throw new IllegalArgumentException("the worth of a customer at '" + touchpoint
                    + "' is money, such as WorthInput.fixed(\"margin of an order\", Money.of(\"9.50\", \"EUR\")); found "
                    + customer);
        }
        Map<String, WorthInput> more = new LinkedHashMap<>(values);
        more.put(touchpoint, customer);
        List<String> units = more.values().stream()
                .map(value -> value.unit().toString())
                .distinct()
                .toList();
        if (units.size() > 1) {
            throw new IllegalArgumentException("amounts of different currencies do not compare: " + more.values());
        }
        Draft draft = new Draft(this);
        draft.values = more;
        return new Priorities(draft);
    }

    /**
     * These priorities with what a change at a touchpoint would be worth, to be shown beside its rank.
     *
     * @param touchpoint the id of the touchpoint
     * @param worth what the change is worth
     * @return the priorities
     * @throws IllegalArgumentException if the touchpoint is unknown
     */
    public Priorities change(String touchpoint, Worth worth) {
        scores.touchpoint(touchpoint);
        Map<String, Worth> more = new LinkedHashMap<>(changes);
        more.put(touchpoint, worth);
        Draft draft = new Draft(this);
        draft.changes = more;
        return new Priorities(draft);
    }

    /**
     * These priorities with what is planned already.
     *
     * @param newPlan a plan whose touchpoints have the ids of those of the journey
     * @return the priorities
     */
    public Priorities plan(OkrPlan newPlan) {
        Draft draft = new Draft(this);
        draft.plan = newPlan;
        return new Priorities(draft);
    }

    /**
     * These priorities with gaps to the targets of the plan, in place of the best values. A touchpoint whose KPIs no key result
     * gives a target there has no gap then. A key result of a segment is not about the whole touchpoint and does not count.
     *
     * @return the priorities
     */
    public Priorities towardsTargets() {
        Draft draft = new Draft(this);
        draft.towardsTargets = true;
        return new Priorities(draft);
    }

    /**
     * These priorities with another simulation; without this it is {@value #USUAL_DRAWS} draws from the seed 1.
     *
     * @param newDraws the number of draws, at least {@value #FEWEST_DRAWS}
     * @param newSeed the seed of the random numbers
     * @return the priorities
     * @throws IllegalArgumentException if there are too few draws
     */
    public Priorities simulated(int newDraws, long newSeed) {
        if (newDraws < FEWEST_DRAWS) {
            throw new IllegalArgumentException(
                    "a simulation needs at least " + FEWEST_DRAWS + " draws; found " + newDraws);
        }
        Draft draft = new Draft(this);
        draft.draws = newDraws;
        draft.seed = newSeed;
        return new Priorities(draft);
    }

    /** What is known of one touchpoint. */
    private static final class Known {
        final Touchpoint touchpoint;
        final PlaceScore score;
        final Map<Factor, WorthInput> factors = new EnumMap<>(Factor.class);
        final Map<Factor, String> missing = new EnumMap<>(Factor.class);
        final List<String> reasons = new ArrayList<>();
        double product = Double.NaN;

        Known(Touchpoint touchpoint, PlaceScore score) {
            this.touchpoint = touchpoint;
            this.score = score;
        }

        WorthInput factor(Factor factor) {
            return Objects.requireNonNull(factors.get(factor));
        }
    }

    /**
     * Ranks the touchpoints.
     *
     * @return the ranking, with numbers for people in English notation
     */
    public Ranking rank() {
        return rank(Locale.ROOT);
    }

    /**
     * Ranks the touchpoints.
     *
     * @param locale decides the decimal separator in the reasons
     * @return the ranking
     */
    public Ranking rank(Locale locale) {
        List<String> remarks = new ArrayList<>();
        List<Known> all = new ArrayList<>();
        for (Touchpoint touchpoint : scores.journey().touchpoints()) {
            Known known = new Known(touchpoint, scores.touchpoint(touchpoint.id()));
            importance(known, remarks, locale);
            gap(known, remarks, locale);
            volume(known, locale);
            worth(known, locale);
            all.add(known);
        }
        List<Factor> counting = Stream.of(Factor.values())
                .filter(factor -> all.stream().anyMatch(known -> known.factors.containsKey(factor)))
                .toList();
        List<Known> ranked = new ArrayList<>(all.stream()
                .filter(known -> !counting.isEmpty() && known.factors.keySet().containsAll(counting))
                .toList());
        ranked.forEach(known -> known.product = counting.stream()
                .mapToDouble(factor -> known.factor(factor).value())
                .reduce(1, (a, b) -> a * b));
        ranked.sort(Comparator.comparingDouble((Known known) -> -known.product));
        int[][] ranks = simulate(ranked, counting);
        List<Priority> priorities = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            priorities.add(priority(ranked.get(i), i + 1, ranked.get(0).product, ranks[i]));
        }
        List<Priority> others = all.stream()
                .filter(known -> !ranked.contains(known))
                .map(known -> priority(known, 0, 0, new int[0]))
                .toList();
        return new Ranking(scores.journey(), plan, counting, priorities, others, draws, remarks);
    }

    private Priority priority(Known known, int rank, double greatest, int[] ranks) {
        String id = known.touchpoint.id();
        Arrays.sort(ranks);
        int tail = (int) Math.floor((1 - LEVEL) / 2 * ranks.length);
        return new Priority(
                known.touchpoint,
                known.score,
                rank,
                rank == 0 ? OptionalDouble.empty() : OptionalDouble.of(known.product),
                greatest > 0 ? OptionalDouble.of(100 * known.product / greatest) : OptionalDouble.empty(),
                rank == 0
                        ? 0
                        : (double) Arrays.stream(ranks).filter(r -> r == 1).count() / draws,
                rank == 0 ? 0 : ranks[tail],
                rank == 0 ? 0 : ranks[ranks.length - 1 - tail],
                known.factors,
                known.missing,
                known.reasons,
                objectives().filter(o -> Priority.isAbout(o, id)).toList(),
                work(id),
                changes.get(id));
    }

    private void importance(Known known, List<String> remarks, Locale locale) {
        DriverAnalysis analysis = drivers;
        if (analysis == null) {
            known.missing.put(Factor.IMPORTANCE, "no drivers were given");
            return;
        }
        Touchpoint at = known.touchpoint;
        Optional<Driver> driver = analysis.drivers().stream()
                .filter(d -> d.name().equals(at.id()) || d.name().equals(at.name()))
                .findFirst();
        if (driver.isEmpty()) {
            List<String> names = analysis.drivers().stream().map(Driver::name).toList();
            String near = DidYouMean.suffix(at.id(), names);
            known.missing.put(
                    Factor.IMPORTANCE,
                    "no driver is named \"" + at.id() + "\" or \"" + at.name() + "\", only " + names
                            + (near.isEmpty() ? DidYouMean.suffix(at.name(), names) : near));
            return;
        }
        OptionalDouble share = driver.get().share();
        if (share.isEmpty()) {
            known.missing.put(
                    Factor.IMPORTANCE,
                    "driver \"" + driver.get().name() + "\" has no share of the variation: "
                            + String.join(" ", analysis.remarks()));
            return;
        }
        Interval interval = driver.get().shareInterval();
        known.factors.put(
                Factor.IMPORTANCE,
                input("importance of " + at.id(), Unit.SHARE, share.getAsDouble(), interval, remarks));
        known.reasons.add(Unit.SHARE.format(share.getAsDouble(), interval, locale) + " of the variation of \""
                + analysis.outcome() + "\" goes with it, n = " + analysis.n() + ".");
    }

    /** A measured factor; without an interval it is taken as it is, which is said. */
    private static WorthInput input(String name, Unit unit, double value, Interval interval, List<String> remarks) {
        if (!interval.isBounded()) {
            remarks.add(
                    "the " + name + " has no interval and does not scatter in the simulation: " + interval.method());
            return WorthInput.fixed(name, unit, value);
        }
        return new WorthInput(
                name,
                unit,
                WorthInput.Kind.MEASURED,
                Math.min(value, interval.low()),
                value,
                Math.max(value, interval.high()));
    }

    private void gap(Known known, List<String> remarks, Locale locale) {
        PlaceScore place = known.score;
        double goal = BEST;
        String reached = "the best value of its KPIs";
        if (towardsTargets) {
            List<PlaceScore.KpiScore> aimed = new ArrayList<>();
            List<String> keyResults = new ArrayList<>();
            double weights = 0;
            double goals = 0;
            for (PlaceScore.KpiScore kpi : place.kpis()) {
                Optional<KeyResult> keyResult =
                        target(known.touchpoint.id(), kpi.attached().kpi());
                if (keyResult.isPresent() && kpi.score().isPresent()) {
                    aimed.add(kpi);
                    keyResults.add(keyResult.get().id());
                    weights += kpi.attached().weight();
                    goals += kpi.attached().weight() * goal(kpi, keyResult.get());
                }
            }
            if (aimed.isEmpty() && place.value().isPresent()) {
                known.missing.put(Factor.GAP, "no key result sets a target for its KPIs at this touchpoint");
                return;
            }
            place = new PlaceScore(place.id(), place.name(), place.owner(), place.momentOfTruth(), aimed);
            goal = goals / weights;
            reached = (keyResults.size() == 1 ? "the target of " : "the targets of ") + String.join(", ", keyResults);
        }
        OptionalDouble score = place.value();
        if (score.isEmpty()) {
            known.missing.put(Factor.GAP, "no score: " + String.join("; ", known.score.missing()));
            return;
        }
        double value = Math.max(0, goal - score.getAsDouble());
        Interval interval = place.interval(LEVEL);
        Interval gap = interval.isBounded()
                ? Interval.bounded(
                        Math.max(0, goal - interval.high()),
                        Math.max(0, goal - interval.low()),
                        LEVEL,
                        interval.method())
                : interval;
        known.factors.put(Factor.GAP, input("gap of " + known.touchpoint.id(), Unit.POINTS, value, gap, remarks));
        String scored = Unit.POINTS.format(score.getAsDouble(), interval, locale) + ", n = " + place.n();
        known.reasons.add(
                value == 0
                        ? "It scores " + scored + " and has reached " + reached + "."
                        : "It scores " + scored + ", " + Unit.POINTS.format(value, locale) + " points short of "
                                + reached + ".");
    }

    private static double goal(PlaceScore.KpiScore kpi, KeyResult keyResult) {
        double worst = kpi.attached().worst().orElseThrow();
        double best = kpi.attached().best().orElseThrow();
        double goal = ((Target.Bound) keyResult.target()).goal();
        return Math.max(0, Math.min(BEST, BEST * (goal - worst) / (best - worst)));
    }

    private Optional<KeyResult> target(String touchpoint, String kpi) {
        return objectives()
                .flatMap(objective -> objective.keyResults().stream())
                .filter(keyResult -> keyResult.target() instanceof Target.Bound
                        && keyResult.measure() instanceof Measure.ByKpi measure
                        && measure.kpi().equals(kpi)
                        && touchpoint.equals(measure.touchpoint())
                        && measure.segment().isEmpty())
                .findFirst();
    }

    private void volume(Known known, Locale locale) {
        Long volume = volumes.get(known.touchpoint.id());
        if (volume == null) {
            known.missing.put(
                    Factor.VOLUME,
                    volumes.isEmpty()
                            ? "no volumes were given"
                            : "nothing says how many customers come to it, only to "
                                    + volumes.keySet().stream().sorted().toList());
            return;
        }
        known.factors.put(Factor.VOLUME, WorthInput.fixed("volume of " + known.touchpoint.id(), Unit.NUMBER, volume));
        known.reasons.add(String.format(locale, "%d", volume)
                + (volume == 1 ? " customer comes to it." : " customers come to it."));
    }

    private void worth(Known known, Locale locale) {
        WorthInput value = values.get(known.touchpoint.id());
        if (value == null) {
            known.missing.put(
                    Factor.WORTH,
                    values.isEmpty()
                            ? "no worth of a customer was given"
                            : "nothing says what a customer is worth there, only at "
                                    + values.keySet().stream().sorted().toList());
            return;
        }
        known.factors.put(Factor.WORTH, value);
        String spread = value.kind() == WorthInput.Kind.FIXED
                ? ""
                : " (" + value.kind().name().toLowerCase(Locale.ROOT) + ", "
                        + value.unit().number(value.low(), value.value(), locale) + "…"
                        + value.unit().number(value.high(), value.value(), locale) + ")";
        known.reasons.add("A customer there is worth " + value.unit().format(value.value(), locale) + spread + ": "
                + value.name() + ".");
    }

    /** For each ranked touchpoint its rank in each draw. */
    private int[][] simulate(List<Known> ranked, List<Factor> counting) {
        Set<WorthInput> inputs = new LinkedHashSet<>();
        // In the order of the journey, so that the draws of one touchpoint do not depend on its rank.
        for (Touchpoint touchpoint : scores.journey().touchpoints()) {
            ranked.stream()
                    .filter(known -> known.touchpoint.equals(touchpoint))
                    .forEach(known -> counting.forEach(factor -> inputs.add(known.factor(factor))));
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[][] ranks = new int[ranked.size()][draws];
        double[] products = new double[ranked.size()];
        Map<WorthInput, Double> drawn = new LinkedHashMap<>();
        for (int draw = 0; draw < draws; draw++) {
            for (WorthInput input : inputs) {
                drawn.put(input, Math.max(0, input.quantile(random.nextDouble(Double.MIN_NORMAL, 1))));
            }
            for (int i = 0; i < products.length; i++) {
                double product = 1;
                for (Factor factor : counting) {
                    product *= drawn.getOrDefault(ranked.get(i).factor(factor), Double.NaN);
                }
                products[i] = product;
            }
            for (int i = 0; i < products.length; i++) {
                ranks[i][draw] = 1;
                for (int j = 0; j < products.length; j++) {
                    // Of equals the one that is ranked first comes first, or a draw would have no first.
                    ranks[i][draw] += products[j] > products[i] || (products[j] == products[i] && j < i) ? 1 : 0;
                }
            }
        }
        return ranks;
    }

    private Stream<Objective> objectives() {
        return plan == null ? Stream.of() : plan.objectives().stream();
    }

    private List<Priority.Work> work(String touchpoint) {
        List<Priority.Work> work = new ArrayList<>();
        objectives()
                .forEach(objective -> objective.initiatives().stream()
                        .filter(initiative -> touches(objective, initiative, touchpoint))
                        .forEach(initiative -> work.add(new Priority.Work(
                                initiative,
                                objective,
                                scores.journey().touchpoints().stream()
                                        .map(Touchpoint::id)
                                        .filter(id -> !id.equals(touchpoint) && touches(objective, initiative, id))
                                        .toList()))));
        return work;
    }

    /** An initiative touches what the key results that it serves are about; one that serves none, what its objective is about. */
    private boolean touches(Objective objective, Initiative initiative, String touchpoint) {
        if (initiative.serves().isEmpty()) {
            return Priority.isAbout(objective, touchpoint);
        }
        return objectives()
                .anyMatch(of -> of.keyResults().stream()
                        .filter(keyResult -> initiative.serves().contains(keyResult.id()))
                        .anyMatch(keyResult -> Priority.isAbout(of, keyResult, touchpoint)));
    }
}
