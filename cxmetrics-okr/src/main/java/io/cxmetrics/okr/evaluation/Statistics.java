package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Estimate;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks statistics up by KPI, filter and days over results of different event types. */
final class Statistics {

    /** The results cannot answer, however many rows they had. */
    static final class CannotAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        CannotAnswer(String message) {
            super(message);
        }
    }

    /**
     * What the results say.
     *
     * @param estimate the statistic, or null
     * @param noData why there is none
     * @param notes what a reader should know about the data
     * @param lastDay the last day that the data reach, or null if there are none
     */
    record Answer(
            @Nullable Estimate estimate,
            String noData,
            List<String> notes,
            @Nullable LocalDate lastDay) {}

    private final Map<ScorecardResult.Shape, ScorecardResult> byShape = new LinkedHashMap<>();

    private final ZoneId planZone;

    Statistics(Collection<ScorecardResult> results, ZoneId planZone) {
        this.planZone = planZone;
        Set<ScorecardResult> seen = new LinkedHashSet<>();
        for (ScorecardResult result : results) {
            if (!seen.add(result) && !result.cells().isEmpty()) {
                throw new IllegalArgumentException("a result of " + describe(result.shape())
                        + " is given twice; its rows would count twice (merge the two if that is meant)");
            }
            byShape.merge(result.shape(), result, ScorecardResult::merge);
        }
    }

    private static String describe(ScorecardResult.Shape shape) {
        Grain grain = shape.grain();
        return ids(shape) + " by " + shape.dimensions() + (grain == null ? "" : " per " + grain.word());
    }

    private static List<String> ids(ScorecardResult.Shape shape) {
        return shape.kpis().stream().map(Kpi::id).toList();
    }

    /** The statistic; days is null if the window has none yet. */
    Answer answer(Kpi<?> kpi, Map<String, String> filter, @Nullable Days days) throws CannotAnswer {
        List<ScorecardResult> candidates = byShape.values().stream()
                .filter(result -> result.kpis().contains(kpi))
                .toList();
        if (candidates.isEmpty()) {
            return new Answer(null, notComputed(kpi), List.of(), null);
        }
        Set<String> reasons = new LinkedHashSet<>();
        List<ScorecardResult> able = new ArrayList<>();
        for (ScorecardResult candidate : candidates) {
            String reason = reason(candidate.shape(), filter, days);
            if (reason.isEmpty()) {
                able.add(candidate);
            } else {
                reasons.add(reason);
            }
        }
        if (able.isEmpty()) {
            throw new CannotAnswer(String.join("; ", reasons));
        } else if (days == null) {
            return new Answer(null, "", List.of(), null);
        }
        ScorecardResult first = able.get(0);
        Estimate estimate = total(first, kpi, cell -> isIn(days, cell) && matches(first, filter, cell));
        for (ScorecardResult other : able) {
            Estimate same = total(other, kpi, cell -> isIn(days, cell) && matches(other, filter, cell));
            if (!same.equals(estimate)) {
                throw new CannotAnswer("two scorecards answer it differently, " + describe(first.shape()) + " with "
                        + estimate + " and " + describe(other.shape()) + " with " + same
                        + "; pass the one that is meant");
            }
        }
        return answer(first, kpi, filter, days, estimate);
    }

    private static boolean isIn(Days days, Cell cell) {
        Period period = cell.period();
        return period != null && days.contains(period);
    }

    private static boolean matches(ScorecardResult result, Map<String, String> filter, Cell cell) {
        return filter.entrySet().stream()
                .allMatch(wanted -> label(result, wanted.getKey(), cell).equals(Label.of(wanted.getValue())));
    }

    private static Label label(ScorecardResult result, String dimension, Cell cell) {
        return cell.labels().get(result.dimension(dimension));
    }

    private static <S extends Statistic<S>> Estimate total(ScorecardResult result, Kpi<S> kpi, Predicate<Cell> which) {
        return result.total(kpi, which);
    }

    private String notComputed(Kpi<?> kpi) throws CannotAnswer {
        Set<String> computed = new TreeSet<>();
        for (ScorecardResult.Shape shape : byShape.keySet()) {
            computed.addAll(ids(shape));
            for (Kpi<?> other : shape.kpis()) {
                if (other.id().equals(kpi.id())) {
                    throw new CannotAnswer(
                            "the KPI of the plan and that of the scorecard differ: " + kpi + " and " + other);
                }
            }
        }
        return "no scorecard computes " + kpi.id()
                + (computed.isEmpty()
                        ? ""
                        : ", only " + String.join(", ", computed) + DidYouMean.suffix(kpi.id(), computed));
    }

    /** Why results of a shape cannot answer, or nothing. */
    private String reason(ScorecardResult.Shape shape, Map<String, String> filter, @Nullable Days days) {
        List<String> dimensions = shape.dimensions();
        List<String> lacking = filter.keySet().stream()
                .filter(name -> !dimensions.contains(name))
                .toList();
        if (!lacking.isEmpty()) {
            String name = lacking.get(0);
            return "the scorecard of " + ids(shape) + " has no dimension '"
                    + String.join("' and no dimension '", lacking)
                    + "'" + (dimensions.isEmpty() ? "" : ", only " + dimensions)
                    + DidYouMean.suffix(name, dimensions) + "; compute it by(\"" + name + "\")";
        }
        Grain grain = shape.grain();
        if (grain == null) {
            return "the scorecard of " + ids(shape) + " has no periods; compute it per day";
        }
        ZoneId zone = shape.zone();
        if (zone != null && !zone.equals(planZone)) {
            return "the days of the scorecard of " + ids(shape) + " are those of " + zone
                    + ", and the plan's are those of " + planZone + "; compute it every(…, ZoneId.of(\"" + planZone
                    + "\"))";
        }
        return days == null || days.isTiledBy(grain)
                ? ""
                : "the days " + days + " do not consist of whole " + grain.word() + "s, and the scorecard of "
                        + ids(shape) + " is per " + grain.word() + "; compute it per day";
    }

    private static Answer answer(
            ScorecardResult result, Kpi<?> kpi, Map<String, String> filter, Days days, Estimate estimate) {
        List<String> notes = new ArrayList<>();
        LocalDate first = null;
        LocalDate last = null;
        for (Cell cell : result.cells().keySet()) {
            Period period = cell.period();
            if (period != null) {
                first = first == null ? period.start() : first;
                last = last == null || period.end().isAfter(last) ? period.end() : last;
            }
        }
        if (first == null || last == null) {
            return new Answer(null, "the scorecard of " + ids(result.shape()) + " has no rows", notes, null);
        }
        String data = "the data begin on " + first + " and end on " + last.minusDays(1);
        long rows = total(result, kpi, cell -> isIn(days, cell) && matches(result, filter, cell))
                .counts()
                .rows();
        if (estimate.value().isEmpty() || !Double.isFinite(estimate.value().getAsDouble())) {
            String why = rows == 0
                    ? noRows(result, filter, days) + "; " + data
                    : rows + (rows == 1 ? " row" : " rows") + " from " + days + ", but no value: " + estimate.counts();
            return new Answer(null, why, notes, last.minusDays(1));
        }
        if (first.isAfter(days.start()) || last.isBefore(days.end())) {
            notes.add(data + "; the window is " + days + ".");
        }
        long unplaced = total(result, kpi, cell -> isUnplaced(result, filter, days, cell))
                .counts()
                .rows();
        if (unplaced > 0) {
            List<String> what = new ArrayList<>(List.of("time"));
            what.addAll(filter.keySet());
            notes.add(unplaced + (unplaced == 1 ? " row" : " rows") + " whose " + String.join(" or ", what)
                    + " is missing " + (unplaced == 1 ? "counts" : "count") + " nowhere.");
        }
        return new Answer(estimate, "", notes, last.minusDays(1));
    }

    private static String noRows(ScorecardResult result, Map<String, String> filter, Days days) {
        for (Map.Entry<String, String> wanted : filter.entrySet()) {
            Set<String> values = new TreeSet<>();
            for (Cell cell : result.cells().keySet()) {
                Label label = label(result, wanted.getKey(), cell);
                if (label.kind() == Label.Kind.VALUE) {
                    values.add(label.text());
                }
            }
            if (!values.contains(wanted.getValue())) {
                String shown =
                        String.join(", ", values.stream().limit(10).toList()) + (values.size() > 10 ? ", …" : "");
                return "no rows at all where " + wanted.getKey() + " is \"" + wanted.getValue() + "\", only " + shown
                        + DidYouMean.suffix(wanted.getValue(), values);
            }
        }
        return "no rows from " + days;
    }

    /** Whether rows might belong here, but lack the time or a dimension that would say so. */
    private static boolean isUnplaced(ScorecardResult result, Map<String, String> filter, Days days, Cell cell) {
        boolean lacks = cell.period() == null;
        if (!lacks && !isIn(days, cell)) {
            return false;
        }
        for (Map.Entry<String, String> wanted : filter.entrySet()) {
            Label label = label(result, wanted.getKey(), cell);
            if (label.kind() != Label.Kind.VALUE) {
                lacks = true;
            } else if (!label.text().equals(wanted.getValue())) {
                return false;
            }
        }
        return lacks;
    }
}
