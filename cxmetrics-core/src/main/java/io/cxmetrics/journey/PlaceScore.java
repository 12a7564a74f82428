package io.cxmetrics.journey;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a touchpoint, a stage or a journey as a whole does by the KPIs attached to it, on 0…100. Immutable and thread-safe.
 *
 * <p><b>Formula:</b> Σ wᵢ·sᵢ / Σ wᵢ over the KPIs that have a score, where sᵢ = 100 · (value − worst) / (best − worst), cut at 0
 * and 100.
 *
 * <p><b>Empty:</b> without a KPI that has a score, none; each KPI left out is named with the reason. Leaving one out changes
 * what the score means, so look at {@link #missing} before comparing.
 *
 * <p><b>Interval:</b> from the KPIs' own (MOVER), taking them as independent. Answers of the same customers are not, and then it
 * is too short.
 *
 * @param id the id of the place
 * @param name its name for people
 * @param owner who is responsible, or null
 * @param momentOfTruth whether it is a moment of truth
 * @param kpis the attached KPIs with their results
 * @since 0.1
 */
public record PlaceScore(String id, String name, @Nullable String owner, boolean momentOfTruth, List<KpiScore> kpis) {

    /** Copies the list. */
    public PlaceScore {
        kpis = List.copyOf(kpis);
    }

    /**
     * One KPI of a place.
     *
     * @param attached the KPI as it is attached
     * @param estimate its result, or null if no scorecard has it
     * @param score its value on 0…100; empty if there is none
     * @param missing why there is no score; empty if there is one
     */
    public record KpiScore(JourneyKpi attached, @Nullable Estimate estimate, OptionalDouble score, String missing) {

        static KpiScore of(JourneyKpi attached, Estimate estimate) {
            OptionalDouble value = estimate.value();
            String missing = value.isEmpty()
                    ? attached.kpi() + " is undefined, " + estimate.counts()
                    : attached.worst().isEmpty() ? attached.kpi() + " has no worst and best value" : "";
            return new KpiScore(
                    attached,
                    estimate,
                    missing.isEmpty() ? OptionalDouble.of(map(attached, value.orElseThrow())) : OptionalDouble.empty(),
                    missing);
        }

        private static double map(JourneyKpi attached, double value) {
            double worst = attached.worst().orElseThrow();
            double best = attached.best().orElseThrow();
            return Math.max(0, Math.min(100, 100 * (value - worst) / (best - worst)));
        }

        /**
         * The interval on 0…100.
         *
         * @param level the confidence level, strictly between 0 and 1
         * @return the interval of the KPI with its bounds mapped like its value; undefined without a score
         * @throws IllegalArgumentException if the level is not between 0 and 1
         */
        public Interval interval(double level) {
            Interval.checkLevel(level);
            if (estimate == null || score.isEmpty()) {
                return Interval.undefined(level, missing);
            }
            Interval own = estimate.interval(level);
            if (own.kind() == Interval.Kind.UNDEFINED) {
                return own;
            }
            double one = map(attached, own.low());
            double other = map(attached, own.high());
            return Interval.bounded(Math.min(one, other), Math.max(one, other), level, own.method());
        }
    }

    /**
     * The score.
     *
     * @return 0…100; empty if no KPI has one
     */
    public OptionalDouble value() {
        return Pooled.mean(weights(), kpis.stream().map(KpiScore::score).toList());
    }

    private List<Double> weights() {
        return kpis.stream().map(kpi -> kpi.attached().weight()).toList();
    }

    /**
     * The interval of the score.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; undefined without a score, or if a KPI that entered has none
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        List<DoubleFunction<Interval>> intervals = new ArrayList<>();
        kpis.forEach(kpi -> intervals.add(kpi::interval));
        return Pooled.interval(weights(), kpis.stream().map(KpiScore::score).toList(), intervals, level);
    }

    /**
     * The observations that entered the score.
     *
     * @return the sum of n over the KPIs that have a score
     */
    public long n() {
        return kpis.stream().mapToLong(PlaceScore::used).sum();
    }

    /**
     * How much happens here, as far as the KPIs saw it.
     *
     * @return the largest n of a KPI that has a score
     */
    public long volume() {
        return kpis.stream().mapToLong(PlaceScore::used).max().orElse(0);
    }

    private static long used(KpiScore kpi) {
        Estimate estimate = kpi.estimate();
        return estimate == null || kpi.score().isEmpty() ? 0 : estimate.counts().used();
    }

    /**
     * What is missing.
     *
     * @return the reasons why KPIs are not in the score; one reason if no KPI is attached
     */
    public List<String> missing() {
        return kpis.isEmpty()
                ? List.of("no KPI is attached")
                : kpis.stream().map(KpiScore::missing).filter(m -> !m.isEmpty()).toList();
    }

    /** Such as {@code Payment 55.0 (95 % 48.1…61.5), n = 412; missing: ces is undefined, n = 0}. */
    @Override
    public String toString() {
        OptionalDouble value = value();
        String lacking = String.join("; ", missing());
        if (value.isEmpty()) {
            return name + " has no score: " + lacking;
        }
        return name + " " + Unit.POINTS.format(value.getAsDouble(), interval(0.95), Locale.ROOT) + ", n = " + n()
                + (lacking.isEmpty() ? "" : "; missing: " + lacking);
    }
}
