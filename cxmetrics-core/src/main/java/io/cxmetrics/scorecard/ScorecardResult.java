package io.cxmetrics.scorecard;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a scorecard came to: a statistic for each KPI and cell, and the account of what was read.
 *
 * <p>Every table drawn from a result agrees with every other, because totals and coarser periods are merges of the same
 * statistics, never averages of averages. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ScorecardResult {

    /**
     * What two results must have in common to merge.
     *
     * @param kpis the KPIs
     * @param dimensions the names of the dimensions
     * @param grain the length of the periods, or null if there are none
     * @param zone where the days of the periods begin; null if there are no periods, or if they come from dates
     */
    public record Shape(
            List<Kpi<?>> kpis,
            List<String> dimensions,
            @Nullable Grain grain,
            @Nullable ZoneId zone) {
        /** Copies the lists. */
        public Shape {
            kpis = List.copyOf(kpis);
            dimensions = List.copyOf(dimensions);
        }
    }

    private final Shape shape;
    private final CellMap cells;
    private final Intake intake;

    /**
     * A result from its parts, for those who stored one.
     *
     * @param shape KPIs, dimensions and periods
     * @param cells one statistic for each KPI, in the order of the shape
     * @param intake the account of what was read
     * @throws IllegalArgumentException if a cell does not fit the shape
     */
    public ScorecardResult(Shape shape, Map<Cell, ? extends List<? extends Statistic<?>>> cells, Intake intake) {
        this.shape = shape;
        this.intake = intake;
        SortedMap<Cell, List<Statistic<?>>> sorted = new TreeMap<>();
        cells.forEach((cell, statistics) -> {
            List<Kpi<?>> answered = new ArrayList<>();
            statistics.forEach(s -> answered.add(s.kpi()));
            if (!answered.equals(shape.kpis())
                    || cell.labels().size() != shape.dimensions().size()) {
                throw new IllegalArgumentException("cell " + cell + " does not fit a scorecard of " + ids(shape.kpis())
                        + " by " + shape.dimensions());
            }
            sorted.put(cell, List.copyOf(statistics));
        });
        this.cells = CellMap.copyOf(sorted);
    }

    /** A result whose cells are known to fit the shape. */
    ScorecardResult(Shape shape, CellMap cells, Intake intake) {
        this.shape = shape;
        this.cells = cells;
        this.intake = intake;
    }

    private static List<String> ids(List<Kpi<?>> kpis) {
        return kpis.stream().map(Kpi::id).toList();
    }

    /**
     * The KPIs, dimensions and periods.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The KPIs.
     *
     * @return the KPIs in the order of the scorecard
     */
    public List<Kpi<?>> kpis() {
        return shape.kpis();
    }

    /**
     * The names of the dimensions.
     *
     * @return the names in the order of the scorecard
     */
    public List<String> dimensions() {
        return shape.dimensions();
    }

    /**
     * All cells that have rows, with one statistic for each KPI.
     *
     * @return statistics by cell, in the order of the cells
     */
    public SortedMap<Cell, List<Statistic<?>>> cells() {
        return cells;
    }

    /**
     * What was read and what was set aside.
     *
     * @return the account
     */
    public Intake intake() {
        return intake;
    }

    /**
     * The statistic of a KPI in a cell.
     *
     * @param <S> the statistic
     * @param kpi a KPI of this scorecard
     * @param cell a cell
     * @return the statistic; the empty one if the cell has no rows
     * @throws IllegalArgumentException if the KPI is not part of this scorecard
     */
    public <S extends Statistic<S>> S get(Kpi<S> kpi, Cell cell) {
        int index = index(kpi);
        List<Statistic<?>> statistics = cells.get(cell);
        return statistics == null ? kpi.empty() : typed(statistics.get(index));
    }

    /**
     * The statistic of a KPI over all cells.
     *
     * @param <S> the statistic
     * @param kpi a KPI of this scorecard
     * @return the merged statistic
     * @throws IllegalArgumentException if the KPI is not part of this scorecard
     */
    public <S extends Statistic<S>> S total(Kpi<S> kpi) {
        return total(kpi, cell -> true);
    }

    /**
     * The statistic of a KPI over some cells.
     *
     * @param <S> the statistic
     * @param kpi a KPI of this scorecard
     * @param which which cells count
     * @return the merged statistic
     * @throws IllegalArgumentException if the KPI is not part of this scorecard
     */
    public <S extends Statistic<S>> S total(Kpi<S> kpi, Predicate<Cell> which) {
        int index = index(kpi);
        S sum = kpi.empty();
        for (Map.Entry<Cell, List<Statistic<?>>> entry : cells.entrySet()) {
            if (which.test(entry.getKey())) {
                sum = sum.merge(ScorecardResult.<S>typed(entry.getValue().get(index)));
            }
        }
        return sum;
    }

    /**
     * The series of a KPI over the periods, all cells of a period together: what a control chart or a season takes. For one
     * cell of many, see {@link #series(Kpi, Predicate)}.
     *
     * @param <S> the statistic
     * @param kpi a KPI of this scorecard
     * @return one statistic for each period from the first to the last, by its first day; empty ones for periods without rows
     * @throws IllegalArgumentException if the KPI is not part of this scorecard, or there are no periods
     */
    public <S extends Statistic<S>> SortedMap<LocalDate, S> series(Kpi<S> kpi) {
        return series(kpi, cell -> true);
    }

    /**
     * The series of a KPI over the periods, some cells of each together.
     *
     * @param <S> the statistic
     * @param kpi a KPI of this scorecard
     * @param which which cells count
     * @return one statistic for each period from the first to the last of all cells, by its first day; empty ones for periods
     *     without such rows
     * @throws IllegalArgumentException if the KPI is not part of this scorecard, or there are no periods
     */
    public <S extends Statistic<S>> SortedMap<LocalDate, S> series(Kpi<S> kpi, Predicate<Cell> which) {
        Grain grain = shape.grain();
        if (grain == null) {
            throw new IllegalArgumentException("a scorecard without periods has no series; compute it with every(…)");
        }
        int index = index(kpi);
        SortedMap<LocalDate, S> series = new TreeMap<>();
        Period last = null;
        for (Map.Entry<Cell, List<Statistic<?>>> entry : cells.entrySet()) {
            Period period = entry.getKey().period();
            if (period != null) {
                // Cells are in the order of their periods; fills the gap since the one before.
                for (Period gap = last == null ? period : last;
                        gap.start().isBefore(period.end());
                        gap = grain.of(gap.end())) {
                    series.putIfAbsent(gap.start(), kpi.empty());
                }
                last = period;
                if (which.test(entry.getKey())) {
                    series.merge(
                            period.start(),
                            ScorecardResult.<S>typed(entry.getValue().get(index)),
                            Statistic::merge);
                }
            }
        }
        return series;
    }

    private int index(Kpi<?> kpi) {
        int index = shape.kpis().indexOf(kpi);
        if (index < 0) {
            String same = shape.kpis().stream()
                    .filter(own -> own.id().equals(kpi.id()))
                    .findFirst()
                    .map(own -> "; its KPI of that id is " + own)
                    .orElse(DidYouMean.suffix(kpi.id(), ids(shape.kpis())));
            throw new IllegalArgumentException("the scorecard of " + ids(shape.kpis()) + " has no " + kpi + same);
        }
        return index;
    }

    @SuppressWarnings("unchecked") // Equal KPIs have equal definitions, and a definition has one statistic.
    private static <S extends Statistic<S>> S typed(Statistic<?> statistic) {
        return (S) statistic;
    }

    /**
     * The index of a dimension in the labels of a cell.
     *
     * @param dimension the name
     * @return the index
     * @throws IllegalArgumentException if there is none; the data lack the dimension, which is not the same as no data
     */
    public int dimension(String dimension) {
        int index = shape.dimensions().indexOf(dimension);
        if (index < 0) {
            throw new IllegalArgumentException("the scorecard has no dimension '" + dimension + "'"
                    + DidYouMean.suffix(dimension, shape.dimensions()) + "; it has " + shape.dimensions() + ".");
        }
        return index;
    }

    /**
     * This result and another one of the same scorecard over other rows.
     *
     * @param other the other result
     * @return the merged result
     * @throws IllegalArgumentException if KPIs, dimensions or periods differ
     */
    public ScorecardResult merge(ScorecardResult other) {
        if (!shape.equals(other.shape)) {
            throw new IllegalArgumentException(
                    "results of different scorecards do not merge: " + shape + " and " + other.shape);
        }
        return new ScorecardResult(
                shape, cells.united(other.cells, ScorecardResult::merged), intake.plus(other.intake));
    }

    /**
     * This result without the statistics of few observations, for publishing.
     *
     * @param minimum how many observations a statistic needs to be shown, at least 1
     * @return what may be shown
     * @throws IllegalArgumentException if the minimum is less than 1
     */
    public SuppressedResult suppressed(long minimum) {
        return SuppressedResult.of(this, minimum);
    }

    private static List<Statistic<?>> merged(List<Statistic<?>> a, List<Statistic<?>> b) {
        List<Statistic<?>> sums = new ArrayList<>(a.size());
        for (int i = 0; i < a.size(); i++) {
            sums.add(merged(a.get(i), b.get(i)));
        }
        return sums;
    }

    @SuppressWarnings("unchecked") // Both are statistics of the same KPI; merge checks it.
    private static <S extends Statistic<S>> Statistic<?> merged(Statistic<?> a, Statistic<?> b) {
        return ((S) a).merge((S) b);
    }

    /**
     * This result with coarser periods.
     *
     * @param coarser a length of which the present periods are whole parts
     * @return the result
     * @throws IllegalArgumentException if there are no periods, or weeks would have to be cut
     */
    public ScorecardResult per(Grain coarser) {
        Grain grain = shape.grain();
        if (grain == null || !grain.dividesInto(coarser)) {
            throw new IllegalArgumentException("a scorecard "
                    + (grain == null ? "without periods" : "per " + grain.word())
                    + " has no results per " + coarser.word()
                    + (grain == null ? "" : "; compute it per day"));
        }
        return regroup(new Shape(shape.kpis(), shape.dimensions(), coarser, shape.zone()), cell -> {
            Period period = cell.period();
            return new Cell(period == null ? null : coarser.of(period.start()), cell.labels());
        });
    }

    /**
     * This result without periods.
     *
     * @return the result
     */
    public ScorecardResult overall() {
        return regroup(new Shape(shape.kpis(), shape.dimensions(), null, null), cell -> new Cell(null, cell.labels()));
    }

    /**
     * This result split by some of its dimensions only.
     *
     * @param kept the names of the dimensions to keep, in their new order
     * @return the result
     * @throws IllegalArgumentException if there is no such dimension
     */
    public ScorecardResult by(String... kept) {
        int[] indices = new int[kept.length];
        for (int i = 0; i < kept.length; i++) {
            indices[i] = dimension(kept[i]);
        }
        return regroup(new Shape(shape.kpis(), List.of(kept), shape.grain(), shape.zone()), cell -> {
            List<Label> labels = new ArrayList<>();
            for (int index : indices) {
                labels.add(cell.labels().get(index));
            }
            return new Cell(cell.period(), labels);
        });
    }

    private ScorecardResult regroup(Shape newShape, UnaryOperator<Cell> cellOf) {
        SortedMap<Cell, List<Statistic<?>>> sums = new TreeMap<>();
        cells.forEach((cell, statistics) -> sums.merge(cellOf.apply(cell), statistics, ScorecardResult::merged));
        return new ScorecardResult(newShape, CellMap.copyOf(sums), intake);
    }

    /**
     * This result's cells whose periods lie wholly in a range of dates; the account stays that of everything read.
     *
     * @param from the first day
     * @param to the day after the last
     * @return the result
     */
    public ScorecardResult between(LocalDate from, LocalDate to) {
        SortedMap<Cell, List<Statistic<?>>> kept = new TreeMap<>();
        cells.forEach((cell, statistics) -> {
            Period period = cell.period();
            if (period != null
                    && !period.start().isBefore(from)
                    && !period.end().isAfter(to)) {
                kept.put(cell, statistics);
            }
        });
        return new ScorecardResult(shape, CellMap.copyOf(kept), intake);
    }

    /**
     * Rolling windows: for each day the result of so many days that end with it, from stored days and without a row. Windows
     * overlap, so they are results of their own that do not merge with each other; the account of each is that of everything
     * read. About two merges a day, whatever the length.
     *
     * @param days the length of the windows, at least 1
     * @return results without periods by the last day of their window, for all windows between the first and the last day
     *     that has rows; a day between them without rows counts as a day
     * @throws IllegalArgumentException if this result is not per day, or the length is less than 1
     */
    public SortedMap<LocalDate, ScorecardResult> rolling(int days) {
        if (shape.grain() != Grain.DAY || days < 1) {
            Grain grain = shape.grain();
            throw new IllegalArgumentException("rolling windows need results per day and at least 1 day; found "
                    + (grain == null ? "no periods" : "results per " + grain.word()) + " and " + days + " days");
        }
        SortedMap<LocalDate, SortedMap<Cell, List<Statistic<?>>>> byDay = new TreeMap<>();
        cells.forEach((cell, statistics) -> {
            Period day = cell.period();
            if (day != null) {
                byDay.computeIfAbsent(day.start(), d -> new TreeMap<>()).put(new Cell(null, cell.labels()), statistics);
            }
        });
        SortedMap<LocalDate, ScorecardResult> windows = new TreeMap<>();
        if (byDay.isEmpty()) {
            return windows;
        }
        // In blocks as long as a window, every window is the end of one block and the beginning of the next.
        LocalDate first = byDay.firstKey();
        int size = Math.toIntExact(byDay.lastKey().toEpochDay() - first.toEpochDay() + 1);
        List<CellMap> ends = new ArrayList<>();
        for (int i = size - 1; i >= 0; i--) {
            CellMap day = CellMap.copyOf(byDay.getOrDefault(first.plusDays(i), CellMap.EMPTY));
            boolean isLastOfBlock = i % days == days - 1 || ends.isEmpty();
            ends.add(isLastOfBlock ? day : day.united(ends.get(ends.size() - 1), ScorecardResult::merged));
        }
        Collections.reverse(ends);
        CellMap beginning = CellMap.EMPTY;
        Shape overall = new Shape(shape.kpis(), shape.dimensions(), null, null);
        for (int i = 0; i < size; i++) {
            CellMap day = CellMap.copyOf(byDay.getOrDefault(first.plusDays(i), CellMap.EMPTY));
            beginning = i % days == 0 ? day : beginning.united(day, ScorecardResult::merged);
            int from = i - days + 1;
            if (from >= 0) {
                CellMap end = ends.get(from);
                boolean isBlock = from % days == 0;
                CellMap window = isBlock ? end : end.united(beginning, ScorecardResult::merged);
                windows.put(first.plusDays(i), new ScorecardResult(overall, window, intake));
            }
        }
        return windows;
    }

    /**
     * What moved in the last period: each cell of the last period with rows against the same cell of the period before it.
     *
     * @return the changes, corrected for their number
     * @throws IllegalArgumentException if the scorecard has no periods, or no cell has one
     */
    public Changes changes() {
        return changes(cells.keySet().stream()
                .map(Cell::period)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalArgumentException(
                        "a scorecard without periods has no changes; compute it with every(…)")));
    }

    /**
     * What moved in a period: each of its cells against the same cell of the period before it.
     *
     * @param period the later period
     * @return the changes, corrected for their number
     * @throws IllegalArgumentException if the scorecard has no periods of that length
     */
    public Changes changes(Period period) {
        if (period.grain() != shape.grain()) {
            throw new IllegalArgumentException("the scorecard "
                    + (shape.grain() == null
                            ? "has no periods"
                            : "is per " + shape.grain().word())
                    + "; it cannot show changes of " + period);
        }
        Period before = period.grain().of(period.start().minusDays(1));
        return Changes.of(in(period), byLabels(before), false);
    }

    private SortedMap<Cell, List<Statistic<?>>> in(Period period) {
        SortedMap<Cell, List<Statistic<?>>> kept = new TreeMap<>(cells);
        kept.keySet().removeIf(cell -> !period.equals(cell.period()));
        return kept;
    }

    private Map<List<Label>, List<Statistic<?>>> byLabels(@Nullable Period period) {
        Map<List<Label>, List<Statistic<?>>> byLabels = new HashMap<>();
        cells.forEach((cell, statistics) -> {
            if (Objects.equals(period, cell.period())) {
                byLabels.put(cell.labels(), statistics);
            }
        });
        return byLabels;
    }

    /**
     * What moved since another result, all periods of each taken together: each cell against the same cell there.
     *
     * @param before a result of the same KPIs and dimensions over other rows
     * @return the changes, corrected for their number
     * @throws IllegalArgumentException if KPIs or dimensions differ
     */
    public Changes changesFrom(ScorecardResult before) {
        ScorecardResult earlier = before.overall();
        ScorecardResult later = overall();
        if (!earlier.shape.equals(later.shape)) {
            throw new IllegalArgumentException(
                    "results of different scorecards do not compare: " + before.shape + " and " + shape);
        }
        return Changes.of(later.cells, earlier.byLabels(null), false);
    }

    /**
     * What stands out: each cell, all periods taken together, against all other cells together; of two cells, the first
     * against the second, since the other way round it is the same difference.
     *
     * @return the differences, corrected for their number
     */
    public Changes againstRest() {
        SortedMap<Cell, List<Statistic<?>>> all = overall().cells;
        Map<List<Label>, List<Statistic<?>>> rest = new HashMap<>();
        List<Statistic<?>> above = new ArrayList<>();
        for (Map.Entry<Cell, List<Statistic<?>>> entry : all.entrySet()) {
            if (!above.isEmpty()) {
                rest.put(entry.getKey().labels(), above);
            }
            above = above.isEmpty() ? entry.getValue() : merged(above, entry.getValue());
        }
        List<Statistic<?>> below = new ArrayList<>();
        List<Cell> order = new ArrayList<>(all.keySet());
        for (int i = order.size() - 1; i >= 0; i--) {
            List<Statistic<?>> own = all.getOrDefault(order.get(i), List.of());
            if (!below.isEmpty()) {
                rest.merge(order.get(i).labels(), below, ScorecardResult::merged);
            }
            below = below.isEmpty() ? own : merged(below, own);
        }
        return Changes.of(all, rest, true);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScorecardResult that
                && shape.equals(that.shape)
                && cells.equals(that.cells)
                && intake.equals(that.intake);
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, cells, intake);
    }

    /** One line a cell and KPI. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        cells.forEach((cell, statistics) -> statistics.forEach(
                s -> lines.append(cell).append(": ").append(s).append('\n')));
        return lines.append(intake).toString();
    }
}
