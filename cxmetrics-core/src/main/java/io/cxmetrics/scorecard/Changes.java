package io.cxmetrics.scorecard;

import io.cxmetrics.Interval;
import io.cxmetrics.Statistic;
import io.cxmetrics.stats.Comparison;
import io.cxmetrics.stats.Correction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * Every cell of a scorecard against the period before, against another scorecard, or against the rest, corrected for how
 * many comparisons that makes: which moves are news and which are noise.
 *
 * <p><b>Formula:</b> a {@link Comparison} for each cell and KPI; adjusted p-values by {@link Correction#HOLM} at 95 % until
 * {@link #with} says otherwise.
 *
 * <p>Of two cells each is the rest of the other: that is one difference, not two, so it is made and counted once, for the
 * first cell.
 *
 * <p><b>Empty:</b> cells without enough rows on one side are not compared and not counted; {@link #untested} says how many.
 *
 * <p><b>Cost:</b> one comparison for each cell and KPI. Immutable and thread-safe.
 *
 * <pre>{@code
 * result.changes().toString();
 *     // CSAT chat fell 3.1 points (95 % 1.2…5.0), the only one of 42 moves that survives correction
 * }</pre>
 *
 * @since 0.1
 */
public final class Changes {
    private static final double LEVEL = 0.95;

    /** What stands behind a comparison: the cell and what is compared. */
    private record Pair(Cell cell, Comparison comparison) {}

    private final List<Pair> pairs;
    private final int untested;
    private final boolean againstRest;
    private final Correction correction;
    private final double level;
    private final List<Change> all;

    private Changes(List<Pair> pairs, int untested, boolean againstRest, Correction correction, double level) {
        this.pairs = pairs;
        this.untested = untested;
        this.againstRest = againstRest;
        this.correction = correction;
        this.level = level;
        double[] adjusted = correction.adjust(pairs.stream()
                .mapToDouble(pair -> pair.comparison().pValue().orElse(1))
                .toArray());
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            changes.add(
                    new Change(pairs.get(i).cell(), pairs.get(i).comparison(), adjusted[i], adjusted[i] < 1 - level));
        }
        changes.sort(Change.BY_P);
        this.all = List.copyOf(changes);
    }

    /** Each cell against the statistics known for its labels. */
    static Changes of(
            SortedMap<Cell, List<Statistic<?>>> cells, Map<List<Label>, List<Statistic<?>>> base, boolean againstRest) {
        List<Pair> pairs = new ArrayList<>();
        int untested = 0;
        for (Map.Entry<Cell, List<Statistic<?>>> entry : cells.entrySet()) {
            if (againstRest && cells.size() == 2 && entry.getKey().equals(cells.lastKey())) {
                break;
            }
            List<Statistic<?>> others = base.get(entry.getKey().labels());
            for (int i = 0; i < entry.getValue().size(); i++) {
                Comparison comparison = others == null
                        ? null
                        : Comparison.of(others.get(i), entry.getValue().get(i));
                if (comparison == null || comparison.pValue().isEmpty()) {
                    untested++;
                } else {
                    pairs.add(new Pair(entry.getKey(), comparison));
                }
            }
        }
        return new Changes(List.copyOf(pairs), untested, againstRest, Correction.HOLM, LEVEL);
    }

    /**
     * The same comparisons under another correction or level.
     *
     * @param newCorrection the correction
     * @param newLevel the confidence level, strictly between 0 and 1
     * @return the changes
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Changes with(Correction newCorrection, double newLevel) {
        Interval.checkLevel(newLevel);
        return new Changes(pairs, untested, againstRest, newCorrection, newLevel);
    }

    /**
     * All comparisons that could be made.
     *
     * @return the changes, smallest p first
     */
    public List<Change> all() {
        return all;
    }

    /**
     * The moves that are news.
     *
     * @return the changes that survive correction, smallest p first
     */
    public List<Change> surviving() {
        return all.stream().filter(Change::survives).toList();
    }

    /**
     * The cells and KPIs that could not be compared because too little was observed on one side.
     *
     * @return their number
     */
    public int untested() {
        return untested;
    }

    /**
     * The correction for the number of comparisons.
     *
     * @return the correction
     */
    public Correction correction() {
        return correction;
    }

    /**
     * The confidence level.
     *
     * @return the level
     */
    public double level() {
        return level;
    }

    /**
     * The news as a person would say it: a sentence for each move that survives, or one that none does.
     *
     * @param locale decides the decimal separator
     * @return at least one sentence
     */
    public List<String> sentences(Locale locale) {
        List<Change> news = surviving();
        if (all.isEmpty()) {
            return List.of("nothing could be compared");
        }
        String noun = againstRest ? "difference" : "move";
        String number = all.size() + " " + noun + "s";
        if (news.isEmpty()) {
            return List.of(
                    all.size() == 1
                            ? "the only " + noun + " may be chance"
                            : "none of " + number + " survives correction: what is seen may be chance");
        }
        String rank = all.size() == 1
                ? ""
                : news.size() == 1
                        ? ", the only one of " + number + " that survives correction"
                        : ", one of the " + news.size() + " of " + number + " that survive correction";
        return news.stream()
                .map(change -> change.subject() + " " + move(change, locale) + rank)
                .toList();
    }

    private String move(Change change, Locale locale) {
        String move = change.comparison().move(true, level, locale);
        if (!againstRest) {
            return move;
        }
        int verb = move.indexOf(' ');
        return "lies" + move.substring(verb) + (move.startsWith("fell") ? " below the rest" : " above the rest");
    }

    /** The {@linkplain #sentences sentences} with a decimal point, one a line. */
    @Override
    public String toString() {
        return String.join("\n", sentences(Locale.ROOT));
    }
}
