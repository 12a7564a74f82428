package io.cxmetrics.stats;

import io.cxmetrics.Estimate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A control chart over periods: the limits between which a process that does not change wanders, and the signs that it did
 * change. It answers "is this week unusual?" without comparing each week with the one before.
 *
 * <p><b>Formula:</b> center ± 3σ. Shares (p chart): p̄ and σ = √(p̄ (1 − p̄) / n) of each period; counts per exposure (u
 * chart): ū and σ = √(ū / exposure); single values (XmR chart): the mean and σ = mean moving range / 1.128. All periods set
 * the center and σ, or only the first ones: {@link #withBaseline}.
 *
 * <p><b>Unit and range:</b> that of the values; limits of shares are cut at 0 and 1, those of counts at 0.
 *
 * <p><b>Empty:</b> a period without rows has a point without a value; it neither breaks nor lengthens a run.
 *
 * <p><b>Method:</b> the Western Electric rules, {@link Rule}. With them a chart of a process that does not change gives a
 * false sign about once in 92 periods (C. W. Champ, W. H. Woodall 1987, Technometrics 29). <b>Cost:</b> a few operations a period. Immutable and thread-safe.
 *
 * <p><b>Season:</b> {@link #withSeason} moves the center of each period by what is usual for its day of the week or month of
 * the year, so that a Monday is held against Mondays.
 *
 * <p><b>Reference:</b> D. C. Montgomery, Introduction to Statistical Quality Control, chapters 5 to 7; D. J. Wheeler (1993),
 * Understanding Variation. p and u charts with very many rows a period see more than the rows' chance and cry too often: then
 * an XmR chart of the values is the better one.
 *
 * @since 0.1
 */
public final class ControlChart {
    private static final double LIMIT = 3;
    /** The mean range of two normal values in standard deviations, as printed in all tables. */
    private static final double RANGE_OF_TWO = 1.128;

    /** The signs that a process has changed, after the Western Electric handbook (1956). */
    public enum Rule {
        /** One point beyond 3σ. */
        BEYOND_LIMITS,
        /** Two of three points beyond 2σ on one side. */
        TWO_OF_THREE_BEYOND_TWO_SIGMA,
        /** Four of five points beyond 1σ on one side. */
        FOUR_OF_FIVE_BEYOND_ONE_SIGMA,
        /** Eight points on one side of the center. */
        EIGHT_ON_ONE_SIDE
    }

    /**
     * One period.
     *
     * @param index the place in the series, from 0
     * @param value the value, or empty for a period without rows
     * @param center the center line
     * @param low the lower limit
     * @param high the upper limit
     * @param signs the rules that this point completes; at most one sign is needed to look closer
     */
    public record Point(int index, OptionalDouble value, double center, double low, double high, Set<Rule> signs) {
        /** Copies the signs. */
        public Point {
            EnumSet<Rule> copy = EnumSet.noneOf(Rule.class);
            copy.addAll(signs);
            signs = Collections.unmodifiableSet(copy);
        }
    }

    private enum Kind {
        SHARES,
        RATES,
        VALUES
    }

    private final Kind kind;
    /** Hits, counts or values; NaN for none. */
    private final double[] sums;
    /** Rows or exposures; 1 for single values, 0 for none. */
    private final double[] sizes;

    private final int baseline;
    private final @Nullable Seasonality season;
    private final List<Point> points;

    private ControlChart(Kind kind, double[] sums, double[] sizes, int baseline, @Nullable Seasonality season) {
        this.kind = kind;
        this.sums = sums;
        this.sizes = sizes;
        this.baseline = baseline;
        this.season = season;
        this.points = Collections.unmodifiableList(compute());
    }

    /**
     * The chart of one KPI over periods: a p chart for shares and shares of boxes, otherwise an XmR chart of the values.
     *
     * @param periods one result for each period, in their order
     * @return the chart
     * @throws IllegalArgumentException if two are of different KPIs, naming both
     */
    public static ControlChart of(List<? extends Estimate> periods) {
        double[] sums = new double[periods.size()];
        double[] sizes = new double[periods.size()];
        boolean shares = !periods.isEmpty();
        for (int i = 0; i < sums.length; i++) {
            Comparison.checkSame(periods.get(0), periods.get(i));
            shares &= periods.get(i) instanceof Share
                    || (periods.get(i) instanceof Ratings ratings && ratings.reading() instanceof Ratings.Box);
        }
        for (int i = 0; i < sums.length; i++) {
            Estimate period = periods.get(i);
            sums[i] = !shares
                    ? period.value().orElse(Double.NaN)
                    : period instanceof Share share ? share.hits() : ((Ratings) period).top();
            sizes[i] = shares ? period.counts().used() : period.value().isPresent() ? 1 : 0;
        }
        return new ControlChart(shares ? Kind.SHARES : Kind.VALUES, sums, sizes, sums.length, null);
    }

    /**
     * A u chart: counts per exposure, such as complaints per thousand orders.
     *
     * @param counts the count of each period
     * @param exposures the exposure of each period, not negative; 0 for a period without any
     * @return the chart
     * @throws IllegalArgumentException if the lengths differ or a number is out of range, naming its place
     */
    public static ControlChart ofRates(long[] counts, double[] exposures) {
        if (counts.length != exposures.length) {
            throw new IllegalArgumentException("each count needs an exposure; found " + counts.length + " counts and "
                    + exposures.length + " exposures");
        }
        double[] sums = new double[counts.length];
        for (int i = 0; i < sums.length; i++) {
            boolean fits = counts[i] >= 0 && exposures[i] >= 0 && exposures[i] < Double.POSITIVE_INFINITY;
            if (!fits || (exposures[i] == 0 && counts[i] > 0)) {
                throw new IllegalArgumentException(
                        "period " + (i + 1) + " has a count of " + counts[i] + " and an exposure of " + exposures[i]
                                + "; neither may be negative, nor may a count lack one");
            }
            sums[i] = counts[i];
        }
        return new ControlChart(Kind.RATES, sums, exposures.clone(), sums.length, null);
    }

    /**
     * An XmR chart: single values, such as the backlog at the end of each week.
     *
     * @param values the value of each period
     * @return the chart
     * @throws IllegalArgumentException naming place and value, if one is not finite
     */
    public static ControlChart ofValues(double... values) {
        double[] sizes = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + (i + 1) + " is not finite: " + values[i]);
            }
            sizes[i] = 1;
        }
        return new ControlChart(Kind.VALUES, values.clone(), sizes, values.length, null);
    }

    /**
     * An XmR chart of single values of which some are missing, such as those of closed days.
     *
     * @param values the value of each period, or empty for a period without one
     * @return the chart
     * @throws IllegalArgumentException naming place and value, if one is not finite
     */
    public static ControlChart ofValues(List<OptionalDouble> values) {
        double[] sums = new double[values.size()];
        double[] sizes = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = values.get(i).orElse(Double.NaN);
            sizes[i] = values.get(i).isPresent() ? 1 : 0;
            if (values.get(i).isPresent() && !Double.isFinite(sums[i])) {
                throw new IllegalArgumentException("value " + (i + 1) + " is not finite: " + sums[i]);
            }
        }
        return new ControlChart(Kind.VALUES, sums, sizes, sums.length, null);
    }

    /**
     * This chart with limits from its first periods only, to see whether the later ones still belong to them.
     *
     * @param periods how many of the first periods set the limits, from 2 to all
     * @return the chart
     * @throws IllegalArgumentException if there are not that many
     */
    public ControlChart withBaseline(int periods) {
        if (periods < 2 || periods > sums.length) {
            throw new IllegalArgumentException("a baseline has 2 to " + sums.length + " periods; found " + periods);
        }
        return new ControlChart(kind, sums, sizes, periods, season);
    }

    /**
     * This chart with what is usual for each day of the week or month of the year taken into account: center and limits move
     * with the season, so that a Monday is held against Mondays.
     *
     * @param newSeason the season of the same periods, or of as many before them that begin at the same position
     * @return the chart
     * @throws IllegalArgumentException if it is of another number of periods, or lacks an index for one that has a value
     */
    public ControlChart withSeason(Seasonality newSeason) {
        if (newSeason.size() != sums.length) {
            throw new IllegalArgumentException(
                    "the season is of " + newSeason.size() + " periods, the chart has " + sums.length);
        }
        for (int i = 0; i < sums.length; i++) {
            boolean usable = Double.isFinite(newSeason.at(i))
                    && (newSeason.form() == Seasonality.Form.ADDITIVE || newSeason.at(i) > 0);
            if (sizes[i] > 0 && !usable) {
                throw new IllegalArgumentException(
                        "period " + (i + 1) + " has no index of the season, or one of 0. " + newSeason.shortage());
            }
        }
        return new ControlChart(kind, sums, sizes, baseline, newSeason);
    }

    /** What is usual for a period whose level is given. */
    private double withSeason(double level, int period) {
        return season == null || !(sizes[period] > 0)
                ? level
                : season.form() == Seasonality.Form.ADDITIVE ? level + season.at(period) : level * season.at(period);
    }

    /** A single value without its season. */
    private double plain(int period) {
        return season == null
                ? sums[period]
                : season.form() == Seasonality.Form.ADDITIVE
                        ? sums[period] - season.at(period)
                        : sums[period] / season.at(period);
    }

    private double center() {
        double sum = 0;
        double size = 0;
        for (int i = 0; i < baseline; i++) {
            if (sizes[i] > 0 && kind == Kind.VALUES) {
                sum += plain(i);
                size++;
            } else if (sizes[i] > 0) {
                // The level at which all periods together have the hits that they have.
                boolean factor = season != null && season.form() == Seasonality.Form.MULTIPLICATIVE;
                sum += sums[i] - (season == null || factor ? 0 : sizes[i] * season.at(i));
                size += sizes[i] * (factor ? withSeason(1, i) : 1);
            }
        }
        return sum / size;
    }

    private double meanRange() {
        double ranges = 0;
        int count = 0;
        double last = Double.NaN;
        for (int i = 0; i < baseline; i++) {
            if (sizes[i] > 0) {
                if (!Double.isNaN(last)) {
                    ranges += Math.abs(plain(i) - last);
                    count++;
                }
                last = plain(i);
            }
        }
        return ranges / count;
    }

    private double sigma(double center, double size, double meanRange) {
        return switch (kind) {
            case SHARES -> Math.sqrt(center * (1 - center) / size);
            case RATES -> Math.sqrt(center / size);
            case VALUES -> meanRange / RANGE_OF_TWO;
        };
    }

    private List<Point> compute() {
        double level = center();
        double meanRange = meanRange();
        List<Point> result = new ArrayList<>();
        List<Double> distances = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            double center = kind == Kind.VALUES ? withSeason(level, i) : clipped(withSeason(level, i));
            if (!(sizes[i] > 0)) {
                result.add(new Point(i, OptionalDouble.empty(), center, center, center, Set.of()));
                continue;
            }
            // A multiplicative season stretches what a single value wanders.
            double stretch = season != null && season.form() == Seasonality.Form.MULTIPLICATIVE ? season.at(i) : 1;
            double sigma = sigma(center, sizes[i], meanRange * stretch);
            double value = sums[i] / sizes[i];
            double low = center - LIMIT * sigma;
            double high = center + LIMIT * sigma;
            double distance = value == center ? 0 : (value - center) / sigma;
            distances.add(distance);
            result.add(new Point(
                    i,
                    OptionalDouble.of(value),
                    center,
                    kind == Kind.VALUES ? low : Math.max(0, low),
                    kind == Kind.SHARES ? Math.min(1, high) : high,
                    signs(distances)));
        }
        return result;
    }

    /** A season may push the center of a share beyond its range. */
    private double clipped(double center) {
        return kind == Kind.SHARES ? Math.max(0, Math.min(1, center)) : Math.max(0, center);
    }

    /** The rules that the last of the points, given in σ from the center, completes. */
    private static Set<Rule> signs(List<Double> distances) {
        Set<Rule> signs = EnumSet.noneOf(Rule.class);
        double last = distances.get(distances.size() - 1);
        double side = Math.signum(last);
        if (Math.abs(last) > LIMIT) {
            signs.add(Rule.BEYOND_LIMITS);
        }
        if (side * last > 2 && beyond(distances, 3, side, 2) >= 2) {
            signs.add(Rule.TWO_OF_THREE_BEYOND_TWO_SIGMA);
        }
        if (side * last > 1 && beyond(distances, 5, side, 1) >= 4) {
            signs.add(Rule.FOUR_OF_FIVE_BEYOND_ONE_SIGMA);
        }
        if (beyond(distances, 8, side, 0) >= 8) {
            signs.add(Rule.EIGHT_ON_ONE_SIDE);
        }
        return signs;
    }

    /** How many of the last few points lie beyond a distance on one side. */
    private static int beyond(List<Double> distances, int few, double side, double distance) {
        int count = 0;
        for (int i = Math.max(0, distances.size() - few); i < distances.size(); i++) {
            count += side * distances.get(i) > distance ? 1 : 0;
        }
        return count;
    }

    /**
     * All periods.
     *
     * @return the points in the order of the periods
     */
    public List<Point> points() {
        return points;
    }

    /**
     * The periods that show that something changed.
     *
     * @return the points with signs
     */
    public List<Point> signals() {
        return points.stream().filter(point -> !point.signs().isEmpty()).toList();
    }

    /** Such as {@code 2 of 30 periods show a change: 15 (beyond limits), 23 (beyond limits)}; periods count from 1. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        for (Point point : signals()) {
            List<String> rules = point.signs().stream()
                    .map(rule -> rule.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .toList();
            shown.add((point.index() + 1) + " (" + String.join(", ", rules) + ")");
        }
        return shown.isEmpty()
                ? "none of " + points.size() + " periods shows a change"
                : shown.size() + " of " + points.size() + (shown.size() == 1 ? " periods shows" : " periods show")
                        + " a change: " + String.join(", ", shown);
    }
}
