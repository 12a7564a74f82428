package io.cxmetrics.stats;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A weighted index of several KPIs on different scales, each mapped to 0–100 as declared. It is a function of results, not a
 * statistic: it has no rows and does not merge. A composite of the answers of <em>one</em> respondent is a mean instead.
 *
 * <p><b>Formula:</b> Σ wᵢ·mᵢ / Σ wᵢ, where mᵢ = 100 · (valueᵢ − worstᵢ) / (bestᵢ − worstᵢ), cut at 0 and 100.
 *
 * <p><b>Unit and range:</b> points, 0…100.
 *
 * <p><b>Empty:</b> undefined if one part is; the result names it. Leaving it out would silently change the index.
 *
 * <p><b>Interval:</b> from the parts' own intervals (MOVER): the distance of each part to its bound, weighted, squared and
 * summed. It <em>assumes that the parts are independent</em>. Parts of the same respondents move together, and then the
 * interval is too short. A bound of a part is cut at 0 and 100 like its value.
 *
 * <p>Immutable and thread-safe.
 *
 * <p><b>Reference:</b> G. Zou, A. Donner (2008), Construction of confidence limits about effect measures, Statistics in
 * Medicine 27.
 *
 * <pre>{@code
 * CompositeIndex index = CompositeIndex.named("CX index")
 *         .with(SurveyKpis.nps(), 2, -100, 100)
 *         .with(ContactKpis.firstContactResolution(), 1, 0.4, 0.9);
 * }</pre>
 *
 * @since 0.1
 */
public final class CompositeIndex {

    /**
     * One part of an index.
     *
     * @param kpi the KPI
     * @param weight how much it counts, positive; only the proportions of the weights matter
     * @param worst the value, in the KPI's base unit, that maps to 0
     * @param best the value that maps to 100; less than {@code worst} if low is good
     */
    public record Part(Kpi<?> kpi, double weight, double worst, double best) {
        /**
         * Checks weight and mapping.
         *
         * @throws IllegalArgumentException if the weight is not positive, or best and worst are not two finite values
         */
        public Part {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException("the weight of " + kpi.id() + " must be positive; found " + weight);
            }
            if (!Double.isFinite(worst) || !Double.isFinite(best) || worst == best) {
                throw new IllegalArgumentException("the mapping of " + kpi.id()
                        + " needs two different values for 0 and 100; found " + worst + " and " + best);
            }
        }

        /**
         * A value of the KPI on the scale of the index.
         *
         * @param value the value in the KPI's base unit
         * @return 0 to 100
         */
        public double map(double value) {
            return Math.max(0, Math.min(100, 100 * (value - worst) / (best - worst)));
        }
    }

    /**
     * What an index came to.
     *
     * @param name the name of the index
     * @param value the value, empty if a part is undefined
     * @param interval the interval, which takes the parts as independent
     * @param parts each part's own result, in the order of the index
     * @param scores each part's value on 0–100, NaN where it is undefined
     */
    public record Result(
            String name, OptionalDouble value, Interval interval, List<Estimate> parts, List<Double> scores) {
        /** Copies the lists. */
        public Result {
            parts = List.copyOf(parts);
            scores = List.copyOf(scores);
        }

        /** Such as {@code CX index 66.4 (95 % 63.0…69.7, parts taken as independent): NPS 42.0 → 71.0, …}. */
        @Override
        public String toString() {
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                Estimate part = parts.get(i);
                OptionalDouble of = part.value();
                shown.add(part.kpi().name() + " "
                        + (of.isEmpty()
                                ? "undefined"
                                : part.kpi().unit().format(of.getAsDouble(), Locale.ROOT) + " → "
                                        + Unit.POINTS.format(scores.get(i), Locale.ROOT)));
            }
            String head = value.isEmpty()
                    ? name + " undefined"
                    : name + " " + Unit.POINTS.format(value.getAsDouble(), interval, Locale.ROOT);
            return head + ", parts taken as independent: " + String.join(", ", shown);
        }
    }

    private final String name;
    private final List<Part> parts;

    private CompositeIndex(String name, List<Part> parts) {
        this.name = name;
        this.parts = List.copyOf(parts);
    }

    /**
     * An index without parts yet.
     *
     * @param name its name
     * @return the index
     */
    public static CompositeIndex named(String name) {
        return new CompositeIndex(name, List.of());
    }

    /**
     * This index with one more part.
     *
     * @param kpi the KPI
     * @param weight how much it counts, positive
     * @param worst the value, in the KPI's base unit, that maps to 0
     * @param best the value that maps to 100
     * @return the index
     * @throws IllegalArgumentException if the KPI is part of the index already, or weight or mapping are impossible
     */
    public CompositeIndex with(Kpi<?> kpi, double weight, double worst, double best) {
        if (parts.stream().anyMatch(part -> part.kpi().equals(kpi))) {
            throw new IllegalArgumentException(kpi.id() + " is part of " + name + " twice");
        }
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(kpi, weight, worst, best));
        return new CompositeIndex(name, more);
    }

    /**
     * The parts.
     *
     * @return the parts in their order
     */
    public List<Part> parts() {
        return parts;
    }

    /**
     * The index of some results.
     *
     * @param results the parts' results in any order, one for each KPI; others are ignored
     * @param level the confidence level, strictly between 0 and 1
     * @return the index's value and interval
     * @throws IllegalArgumentException naming the KPI, if a part has no result
     * @throws IllegalStateException if the index has no parts
     */
    public Result of(Collection<? extends Estimate> results, double level) {
        Interval.checkLevel(level);
        if (parts.isEmpty()) {
            throw new IllegalStateException("the index " + name + " has no parts");
        }
        List<Estimate> own = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        double weights = parts.stream().mapToDouble(Part::weight).sum();
        double value = 0;
        double below = 0;
        double above = 0;
        String reason = "";
        for (Part part : parts) {
            Estimate result = results.stream()
                    .filter(r -> r.kpi().equals(part.kpi()))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("the index " + name + " needs a result of " + part.kpi()));
            own.add(result);
            if (result.value().isEmpty()) {
                scores.add(Double.NaN);
                reason = part.kpi().id() + " is undefined";
                continue;
            }
            double score = part.map(result.value().getAsDouble());
            scores.add(score);
            value += part.weight() * score / weights;
            Interval interval = result.interval(level);
            if (interval.kind() == Interval.Kind.UNDEFINED) {
                reason = reason.isEmpty() ? part.kpi().id() + " has no interval" : reason;
                continue;
            }
            double one = part.map(interval.low());
            double other = part.map(interval.high());
            below = Math.hypot(below, part.weight() / weights * (score - Math.min(one, other)));
            above = Math.hypot(above, part.weight() / weights * (Math.max(one, other) - score));
        }
        boolean defined = scores.stream().noneMatch(score -> score.isNaN());
        Interval interval = reason.isEmpty()
                ? Interval.bounded(
                        Math.max(0, value - below),
                        Math.min(100, value + above),
                        level,
                        "hybrid (MOVER), parts independent")
                : Interval.undefined(level, reason);
        return new Result(name, defined ? OptionalDouble.of(value) : OptionalDouble.empty(), interval, own, scores);
    }
}
