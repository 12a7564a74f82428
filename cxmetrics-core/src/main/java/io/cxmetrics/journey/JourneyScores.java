package io.cxmetrics.journey;

import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the places of a journey do, from scorecards: each touchpoint, each stage and the journey itself on 0…100, the touchpoints
 * rolled up, and the gap between what customers say of the journey as a whole and what its touchpoints add up to. A journey
 * often scores lower than the sum of its touchpoints; what is lost lies between them.
 *
 * <p><b>Which rows.</b> Of a touchpoint those whose dimension {@value Touchpoint#DIMENSION} is its id, of a stage those of its
 * touchpoints, of a journey all; unless the attached KPI says otherwise ({@link JourneyKpi#where}).
 *
 * <p><b>Missing:</b> what has no score is left out, never taken as 0; every roll-up says how many touchpoints it covers and
 * what is missing.
 *
 * <p>Immutable and thread-safe.
 *
 * <pre>{@code
 * JourneyScores scores = JourneyScores.of(journey, List.of(scorecard.compute(answers)));
 * scores.rollUp(RollUp.WORST_MOMENT_OF_TRUTH);
 * scores.gap(RollUp.WEIGHTED, 0.95);
 * }</pre>
 *
 * @since 0.1
 */
public final class JourneyScores {

    /**
     * The scores of the touchpoints as one.
     *
     * @param how how they were rolled up
     * @param value 0…100; empty if no touchpoint that counts has a score
     * @param interval its 95 % interval, taking the touchpoints as independent; of a worst, the interval that holds the lowest
     *     true score whichever touchpoint that is (Bonferroni)
     * @param n the observations that entered
     * @param covered how many touchpoints entered
     * @param total how many there are that should
     * @param missing what is not in it, and why
     * @param at the touchpoint that decides, of a worst; empty otherwise
     */
    public record Rolled(
            RollUp how,
            OptionalDouble value,
            Interval interval,
            long n,
            int covered,
            int total,
            List<String> missing,
            String at) {
        /** Copies the list. */
        public Rolled {
            missing = List.copyOf(missing);
        }

        /** Such as {@code worst 41.0 (95 % 35.0…47.2) at payment, 3 of 4 touchpoints, n = 900}. */
        @Override
        public String toString() {
            return how.words() + " "
                    + (value.isEmpty()
                            ? "undefined"
                            : Unit.POINTS.format(value.getAsDouble(), interval, Locale.ROOT)
                                    + (at.isEmpty() ? "" : " at " + at))
                    + ", " + covered + " of " + total
                    + (how == RollUp.WORST_MOMENT_OF_TRUTH ? " moments of truth" : " touchpoints") + ", n = " + n;
        }
    }

    /**
     * The journey's own score against the roll-up of its touchpoints. It means as much as the scales are comparable: best the
     * same question, with the same worst and best value, is asked at each touchpoint and of the whole.
     *
     * @param own the journey's own score
     * @param touchpoints the rolled-up touchpoints
     * @param difference own − touchpoints, in points; empty if one is undefined
     * @param interval the interval of the difference (MOVER), taking both as independent
     */
    public record Gap(PlaceScore own, Rolled touchpoints, OptionalDouble difference, Interval interval) {

        /**
         * Whether the two differ by more than chance would explain.
         *
         * @return whether 0 lies outside the interval
         */
        public boolean isClear() {
            return interval.isBounded() && !interval.contains(0);
        }

        /** Such as {@code the journey scores 8.6 points less than its touchpoints (95 % -12.1…-5.0)}. */
        @Override
        public String toString() {
            if (difference.isEmpty()) {
                return "no gap to state: " + (own.value().isEmpty() ? own : touchpoints);
            }
            double points = difference.getAsDouble();
            String range = interval.isBounded()
                    ? " (" + Pooled.percent(interval.level()) + " % "
                            + Unit.POINTS.number(interval.low(), points, Locale.ROOT) + "…"
                            + Unit.POINTS.number(interval.high(), points, Locale.ROOT) + ")"
                    : " (no interval: " + interval.method() + ")";
            return "the journey scores " + Unit.POINTS.format(Math.abs(points), Locale.ROOT) + " points "
                    + (points < 0 ? "less" : "more") + " than its touchpoints" + range
                    + (isClear() ? "" : "; may be chance");
        }
    }

    private static final double LEVEL = 0.95;

    private final Journey journey;
    private final PlaceScore own;
    private final List<PlaceScore> touchpoints;
    private final List<PlaceScore> stages;
    private final Map<String, Long> volumes;

    private JourneyScores(
            Journey journey,
            PlaceScore own,
            List<PlaceScore> touchpoints,
            List<PlaceScore> stages,
            Map<String, Long> volumes) {
        this.journey = journey;
        this.own = own;
        this.touchpoints = List.copyOf(touchpoints);
        this.stages = List.copyOf(stages);
        this.volumes = Map.copyOf(volumes);
    }

    /**
     * Scores a journey.
     *
     * @param journey the journey
     * @param results the results of the scorecards that have its KPIs; a KPI is taken from the one that has it by the
     *     dimensions that are needed
     * @return the scores
     * @throws IllegalArgumentException naming everything that cannot be read from the results: KPIs whose results lack a
     *     dimension that is needed, or that stand in two results
     */
    public static JourneyScores of(Journey journey, Collection<ScorecardResult> results) {
        Reading reading = new Reading(results);
        PlaceScore own = new PlaceScore(
                journey.id(),
                journey.name(),
                journey.owner(),
                false,
                reading.scores("journey '" + journey.id() + "'", journey.kpis(), List.of()));
        List<PlaceScore> touchpoints = journey.touchpoints().stream()
                .map(t -> new PlaceScore(
                        t.id(),
                        t.name(),
                        t.owner(),
                        t.momentOfTruth(),
                        reading.scores("touchpoint '" + t.id() + "'", t.kpis(), List.of(t.id()))))
                .toList();
        List<PlaceScore> stages = journey.stages().stream()
                .map(s -> new PlaceScore(
                        s.id(),
                        s.name(),
                        s.owner(),
                        false,
                        reading.scores("stage '" + s.id() + "'", s.kpis(), s.touchpoints())))
                .toList();
        if (!reading.wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", reading.wrong));
        }
        return new JourneyScores(journey, own, touchpoints, stages, Map.of());
    }

    /** Finds KPIs in results. */
    private static final class Reading {
        private final Collection<ScorecardResult> results;
        private final Set<String> wrong = new LinkedHashSet<>();

        Reading(Collection<ScorecardResult> results) {
            this.results = results;
        }

        List<PlaceScore.KpiScore> scores(String place, List<JourneyKpi> attached, List<String> touchpoints) {
            List<PlaceScore.KpiScore> scores = new ArrayList<>();
            attached.forEach(kpi -> scores.add(score(place, kpi, touchpoints)));
            return scores;
        }

        private PlaceScore.KpiScore score(String place, JourneyKpi attached, List<String> touchpoints) {
            Map<String, String> where = attached.where();
            Set<String> needed =
                    where != null ? where.keySet() : touchpoints.isEmpty() ? Set.of() : Set.of(Touchpoint.DIMENSION);
            List<ScorecardResult> having = results.stream()
                    .filter(result ->
                            result.kpis().stream().anyMatch(kpi -> kpi.id().equals(attached.kpi())))
                    .toList();
            List<ScorecardResult> fitting = having.stream()
                    .filter(result -> result.dimensions().containsAll(needed))
                    .toList();
            if (fitting.size() == 1) {
                ScorecardResult result = fitting.get(0);
                Kpi<?> kpi = result.kpis().stream()
                        .filter(k -> k.id().equals(attached.kpi()))
                        .findFirst()
                        .orElseThrow();
                return PlaceScore.KpiScore.of(attached, total(result, kpi, rows(result, where, touchpoints)));
            }
            if (fitting.size() > 1) {
                wrong.add(place + ": two of the results have the KPI '" + attached.kpi()
                        + "'; merge them, or leave one out");
            } else if (!having.isEmpty()) {
                List<String> dimensions = having.get(0).dimensions();
                needed.stream()
                        .filter(dimension -> !dimensions.contains(dimension))
                        .forEach(dimension -> wrong.add(place
                                + ": the result of '" + attached.kpi() + "' has no dimension '" + dimension + "', only "
                                + dimensions + DidYouMean.suffix(dimension, dimensions)
                                + "; compute it by(\"" + dimension + "\"), or attach the KPI where(…) other rows"));
            }
            List<String> known = results.stream()
                    .flatMap(result -> result.kpis().stream().map(Kpi::id))
                    .distinct()
                    .toList();
            return new PlaceScore.KpiScore(
                    attached,
                    null,
                    OptionalDouble.empty(),
                    "no result has the KPI " + attached.kpi() + DidYouMean.suffix(attached.kpi(), known));
        }

        private static Predicate<Cell> rows(
                ScorecardResult result, @Nullable Map<String, String> where, List<String> touchpoints) {
            if (where == null) {
                if (touchpoints.isEmpty()) {
                    return cell -> true;
                }
                int index = result.dimension(Touchpoint.DIMENSION);
                Set<Label> labels = new LinkedHashSet<>();
                touchpoints.forEach(touchpoint -> labels.add(Label.of(touchpoint)));
                return cell -> labels.contains(cell.labels().get(index));
            }
            Map<Integer, Label> wanted = new HashMap<>();
            where.forEach((dimension, value) -> wanted.put(result.dimension(dimension), Label.of(value)));
            return cell -> wanted.entrySet().stream()
                    .allMatch(entry -> cell.labels().get(entry.getKey()).equals(entry.getValue()));
        }

        private static <S extends Statistic<S>> S total(ScorecardResult result, Kpi<S> kpi, Predicate<Cell> rows) {
            return result.total(kpi, rows);
        }
    }

    /**
     * These scores with volumes, such as visits from a funnel, for the roll-up by volume.
     *
     * @param newVolumes touchpoint → how much happens there; those that are not named keep the n of their KPIs
     * @return the scores
     * @throws IllegalArgumentException if a touchpoint is unknown or a volume negative
     */
    public JourneyScores withVolumes(Map<String, Long> newVolumes) {
        List<String> ids = touchpoints.stream().map(PlaceScore::id).toList();
        newVolumes.forEach((id, volume) -> {
            if (!ids.contains(id)) {
                throw new IllegalArgumentException(
                        "journey '" + journey.id() + "' has no touchpoint '" + id + "'" + DidYouMean.suffix(id, ids));
            }
            if (volume < 0) {
                throw new IllegalArgumentException("the volume of '" + id + "' is negative: " + volume);
            }
        });
        return new JourneyScores(journey, own, touchpoints, stages, newVolumes);
    }

    /**
     * The journey.
     *
     * @return the journey
     */
    public Journey journey() {
        return journey;
    }

    /**
     * The journey's own score, by the KPIs attached to it as a whole.
     *
     * @return the score
     */
    public PlaceScore own() {
        return own;
    }

    /**
     * The scores of the touchpoints.
     *
     * @return the scores in the order of the journey
     */
    public List<PlaceScore> touchpoints() {
        return touchpoints;
    }

    /**
     * The scores of the stages, by the KPIs attached to them as a whole.
     *
     * @return the scores in the order of the journey
     */
    public List<PlaceScore> stages() {
        return stages;
    }

    /**
     * The score of a touchpoint.
     *
     * @param id the id of the touchpoint
     * @return the score
     * @throws IllegalArgumentException if the journey has no such touchpoint
     */
    public PlaceScore touchpoint(String id) {
        return touchpoints.stream()
                .filter(score -> score.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("journey '" + journey.id() + "' has no touchpoint '"
                        + id + "'"
                        + DidYouMean.suffix(
                                id, touchpoints.stream().map(PlaceScore::id).toList())));
    }

    /**
     * The touchpoints as one.
     *
     * @param how how they are rolled up
     * @return the result with its 95 % interval
     */
    public Rolled rollUp(RollUp how) {
        return rollUp(how, LEVEL);
    }

    /**
     * The touchpoints as one.
     *
     * @param how how they are rolled up
     * @param level the confidence level of the interval, strictly between 0 and 1
     * @return the result
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Rolled rollUp(RollUp how, double level) {
        Interval.checkLevel(level);
        List<PlaceScore> all = touchpoints.stream()
                .filter(t -> how != RollUp.WORST_MOMENT_OF_TRUTH || t.momentOfTruth())
                .toList();
        List<PlaceScore> scored =
                all.stream().filter(t -> t.value().isPresent()).toList();
        List<String> missing = new ArrayList<>();
        all.forEach(t -> t.missing().forEach(reason -> missing.add(t.id() + ": " + reason)));
        if (all.isEmpty()) {
            missing.add(how == RollUp.WORST_MOMENT_OF_TRUTH ? "no touchpoint is a moment of truth" : "no touchpoints");
        }
        long n = scored.stream().mapToLong(PlaceScore::n).sum();
        OptionalDouble value;
        Interval interval;
        String at = "";
        if (how.isWorst()) {
            value = scored.stream().mapToDouble(t -> t.value().orElseThrow()).min();
            at = scored.stream()
                    .filter(t -> t.value().equals(value))
                    .map(PlaceScore::id)
                    .findFirst()
                    .orElse("");
            interval = worst(scored, level);
        } else {
            List<Double> weights = new ArrayList<>();
            List<OptionalDouble> values = new ArrayList<>();
            List<DoubleFunction<Interval>> intervals = new ArrayList<>();
            for (PlaceScore score : scored) {
                double weight = how == RollUp.BY_VOLUME
                        ? volumes.getOrDefault(score.id(), score.volume())
                        : journey.touchpoint(score.id()).orElseThrow().weight();
                weights.add(weight);
                values.add(score.value());
                intervals.add(score::interval);
            }
            value = Pooled.mean(weights, values);
            interval = Pooled.interval(weights, values, intervals, level);
        }
        return new Rolled(how, value, interval, n, scored.size(), all.size(), missing, at);
    }

    /** Of k touchpoints each within its bounds at 1 − (1 − level) / k, all are at once with the level (Bonferroni). */
    private static Interval worst(List<PlaceScore> scored, double level) {
        if (scored.isEmpty()) {
            return Interval.undefined(level, "no score");
        }
        double each = 1 - (1 - level) / scored.size();
        double low = 100;
        double high = 100;
        for (PlaceScore score : scored) {
            Interval own = score.interval(each);
            if (own.kind() == Interval.Kind.UNDEFINED) {
                return Interval.undefined(level, own.method());
            }
            low = Math.min(low, own.low());
            high = Math.min(high, own.high());
        }
        return Interval.bounded(low, high, level, "lowest of the touchpoints' bounds (Bonferroni)");
    }

    /**
     * The journey's own score against its touchpoints.
     *
     * @param how how the touchpoints are rolled up
     * @param level the confidence level, strictly between 0 and 1
     * @return the gap
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Gap gap(RollUp how, double level) {
        Rolled rolled = rollUp(how, level);
        OptionalDouble mine = own.value();
        if (mine.isEmpty() || rolled.value().isEmpty()) {
            return new Gap(own, rolled, OptionalDouble.empty(), Interval.undefined(level, "a score is missing"));
        }
        double difference = mine.getAsDouble() - rolled.value().getAsDouble();
        Interval one = own.interval(level);
        Interval other = rolled.interval();
        Interval interval = one.isBounded() && other.isBounded()
                ? Interval.bounded(
                        difference
                                - Math.hypot(
                                        mine.getAsDouble() - one.low(),
                                        other.high() - rolled.value().getAsDouble()),
                        difference
                                + Math.hypot(
                                        one.high() - mine.getAsDouble(),
                                        rolled.value().getAsDouble() - other.low()),
                        level,
                        "hybrid (MOVER), parts independent")
                : Interval.undefined(level, one.isBounded() ? other.method() : one.method());
        return new Gap(own, rolled, OptionalDouble.of(difference), interval);
    }

    /** The journey's own score, a line for each touchpoint, the roll-ups, and the gap to the weighted one. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(own.toString()).append('\n');
        touchpoints.forEach(touchpoint -> text.append(touchpoint.momentOfTruth() ? "! " : "- ")
                .append(touchpoint)
                .append('\n'));
        for (RollUp how : RollUp.values()) {
            if (how != RollUp.WORST_MOMENT_OF_TRUTH || touchpoints.stream().anyMatch(PlaceScore::momentOfTruth)) {
                text.append(rollUp(how)).append('\n');
            }
        }
        return text.append(gap(RollUp.WEIGHTED, LEVEL)).toString();
    }
}
