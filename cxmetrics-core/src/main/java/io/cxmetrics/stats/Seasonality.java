package io.cxmetrics.stats;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * The season of a series: how much a Monday usually differs from the week around it, or a December from its year; the series
 * without it; and whether there is one at all.
 *
 * <pre>{@code
 * Seasonality week = Seasonality.weekly(result.series(csat));
 * week.indices().get(0).interval();                 // Monday
 * ControlChart.of(days).withSeason(week);           // a Monday is held against Mondays
 * }</pre>
 *
 * <p><b>Formula:</b> classical decomposition. Each value minus (additive) or divided by (multiplicative) the centred moving
 * average over one season; the mean of these for each position; shifted or scaled so that the indices average 0 or 1.
 *
 * <p><b>Unit and range:</b> additive indices are in the unit of the values; multiplicative ones are factors around 1. Shares,
 * points and ratings are taken as additive, all else as multiplicative, unless said otherwise.
 *
 * <p><b>Empty, missing:</b> a missing value takes with it the averages that would need it. A position that never has a value,
 * such as a closed Sunday, has no index and does not count. Too few values: no index, or one without interval, and
 * {@link #shortage} says what is needed: at least two seasons less one period for indices, three less one for intervals
 * (14 and 21 days, 24 and 36 months are always enough).
 *
 * <p><b>Interval:</b> t, with the variance of the detrended values within positions, pooled. It takes what the season leaves
 * as independent from period to period. <b>Test:</b> one-way analysis of variance over the positions, with the
 * variance that the moving average took away put back; the p-value is approximate. <b>Cost:</b> a pass with one season a value. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> M. G. Kendall, A. Stuart, The Advanced Theory of Statistics, volume 3, chapter 46; S. Makridakis, S. C.
 * Wheelwright, R. J. Hyndman (1998), Forecasting, 3rd edition, chapter 3.
 *
 * @since 0.1
 */
public final class Seasonality {
    private static final String T = "t, pooled";
    private static final int DAYS = 7;
    private static final int MONTHS = 12;

    /** How season and level come together. */
    public enum Form {
        /** Mondays are 3 points below the week. */
        ADDITIVE,
        /** Mondays have 1.3 times the calls of the week's average. */
        MULTIPLICATIVE
    }

    /**
     * What is usual for one position of the season.
     *
     * @param position from 0, such as 0 for Monday or January
     * @param name such as {@code Monday}
     * @param value the index, or empty if there is none
     * @param interval the interval of the index at the level asked for
     * @param values how many detrended values it is the mean of
     */
    public record Index(int position, String name, OptionalDouble value, Interval interval, int values) {}

    private final double[] values;
    private final int first;
    private final int length;
    private final Form form;
    private final String period;
    private final IntFunction<String> names;
    private final double[] indices;
    private final int[] sizes;
    private final int positions;
    private final boolean complete;
    private final double within;
    private final double freedom;
    private final double between;

    private Seasonality(double[] values, int first, int length, Form form, String period, IntFunction<String> names) {
        this.values = values;
        this.first = first;
        this.length = length;
        this.form = form;
        this.period = period;
        this.names = names;
        double[] detrended = detrended();
        double[] sums = new double[length];
        this.sizes = new int[length];
        double all = 0;
        int count = 0;
        for (int t = 0; t < values.length; t++) {
            if (!Double.isNaN(detrended[t])) {
                sums[position(t)] += detrended[t];
                sizes[position(t)]++;
                all += detrended[t];
                count++;
            }
        }
        this.indices = new double[length];
        double usual = 0;
        int known = 0;
        for (int p = 0; p < length; p++) {
            indices[p] = sums[p] / sizes[p];
            usual += sizes[p] == 0 ? 0 : indices[p];
            known += sizes[p] == 0 ? 0 : 1;
        }
        usual /= known;
        this.positions = known;
        double squares = 0;
        double spread = 0;
        for (int t = 0; t < values.length; t++) {
            if (!Double.isNaN(detrended[t])) {
                squares += Math.pow(detrended[t] - indices[position(t)], 2);
                spread += Math.pow(indices[position(t)] - all / count, 2);
            }
        }
        this.freedom = count - (double) known;
        boolean factors = form == Form.MULTIPLICATIVE;
        this.complete = isComplete();
        for (int p = 0; p < length; p++) {
            // An average over some of the positions is not that of a season.
            indices[p] = !complete ? Double.NaN : factors ? indices[p] / usual : indices[p] - usual;
        }
        this.within = squares / freedom / (factors ? usual * usual : 1);
        this.between = spread / (known - 1) / (factors ? usual * usual : 1);
    }

    /**
     * The season of any series.
     *
     * @param values one value for each period in its order; empty if missing
     * @param first the position of the first value in the season, from 0
     * @param length the periods of a season, at least 2, such as 24 hours
     * @param form how season and level come together
     * @return the season
     * @throws IllegalArgumentException if a value is not finite, or negative in the multiplicative form, or the season is not
     *     of that kind
     */
    public static Seasonality of(List<OptionalDouble> values, int first, int length, Form form) {
        if (length < 2 || first < 0 || first >= length) {
            throw new IllegalArgumentException(
                    "a season has at least 2 periods, and the first value a position from 0 to" + " one less; found "
                            + length + " and " + first);
        }
        return of(values, first, length, form, "period", position -> "position " + (position + 1));
    }

    private static Seasonality of(
            List<OptionalDouble> values, int first, int length, Form form, String period, IntFunction<String> names) {
        double[] numbers = new double[values.size()];
        for (int t = 0; t < numbers.length; t++) {
            numbers[t] = values.get(t).orElse(Double.NaN);
            boolean fits = values.get(t).isEmpty()
                    || (Double.isFinite(numbers[t]) && (form == Form.ADDITIVE || numbers[t] >= 0));
            if (!fits) {
                throw new IllegalArgumentException(
                        "value " + (t + 1) + " is " + numbers[t] + "; expected a finite number"
                                + (form == Form.ADDITIVE ? "" : " that is not negative, or the additive form"));
            }
        }
        return new Seasonality(numbers, first, length, form, period, names);
    }

    /**
     * The days of the week in a series of days, in the form that fits the unit of the KPI.
     *
     * @param days one result of one KPI for each day; a day that is not there is missing
     * @return the season
     * @throws IllegalArgumentException if two are of different KPIs, naming both
     */
    public static Seasonality weekly(SortedMap<LocalDate, ? extends Estimate> days) {
        return weekly(days, Estimate::value, form(days));
    }

    /**
     * The days of the week in a series of days, such as the number of contacts.
     *
     * @param <T> what is known of a day
     * @param days one entry for each day; a day that is not there is missing
     * @param value the value of an entry, empty if missing
     * @param form how season and level come together
     * @return the season
     * @throws IllegalArgumentException if a value does not fit the form
     */
    public static <T> Seasonality weekly(
            SortedMap<LocalDate, T> days, Function<? super T, OptionalDouble> value, Form form) {
        return of(
                series(days, value, date -> date.toEpochDay()),
                days.isEmpty() ? 0 : days.firstKey().getDayOfWeek().getValue() - 1,
                DAYS,
                form,
                "day",
                p -> DayOfWeek.of(p + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    /**
     * The months of the year in a series of months, in the form that fits the unit of the KPI.
     *
     * @param months one result of one KPI for each month, at any day of it; a month that is not there is missing
     * @return the season
     * @throws IllegalArgumentException if two are of different KPIs, naming both
     */
    public static Seasonality yearly(SortedMap<LocalDate, ? extends Estimate> months) {
        return yearly(months, Estimate::value, form(months));
    }

    /**
     * The months of the year in a series of months, such as the number of contacts.
     *
     * @param <T> what is known of a month
     * @param months one entry for each month, at any day of it; a month that is not there is missing
     * @param value the value of an entry, empty if missing
     * @param form how season and level come together
     * @return the season
     * @throws IllegalArgumentException if a value does not fit the form
     */
    public static <T> Seasonality yearly(
            SortedMap<LocalDate, T> months, Function<? super T, OptionalDouble> value, Form form) {
        return of(
                series(months, value, date -> ChronoUnit.MONTHS.between(YearMonth.of(0, 1), YearMonth.from(date))),
                months.isEmpty() ? 0 : months.firstKey().getMonthValue() - 1,
                MONTHS,
                form,
                "month",
                p -> Month.of(p + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    private static <T> List<OptionalDouble> series(
            SortedMap<LocalDate, T> entries,
            Function<? super T, OptionalDouble> value,
            ToLongFunction<LocalDate> number) {
        List<OptionalDouble> values = new ArrayList<>();
        if (!entries.isEmpty()) {
            long first = number.applyAsLong(entries.firstKey());
            entries.forEach((date, entry) -> {
                int at = Math.toIntExact(number.applyAsLong(date) - first);
                if (at < values.size()) {
                    throw new IllegalArgumentException(date + " falls into the period of the entry before it");
                }
                while (values.size() < at) {
                    values.add(OptionalDouble.empty());
                }
                values.add(value.apply(entry));
            });
        }
        return values;
    }

    private static Form form(SortedMap<LocalDate, ? extends Estimate> results) {
        Form form = Form.ADDITIVE;
        Estimate first = null;
        for (Estimate result : results.values()) {
            first = first == null ? result : first;
            Comparison.checkSame(first, result);
            Unit unit = result.kpi().unit();
            form = unit.equals(Unit.SHARE) || unit.equals(Unit.POINTS) || unit.equals(Unit.RATING)
                    ? Form.ADDITIVE
                    : Form.MULTIPLICATIVE;
        }
        return form;
    }

    /** Whether every position that ever has a value also has a detrended one. */
    private boolean isComplete() {
        boolean complete = values.length > 0;
        for (int t = 0; t < values.length; t++) {
            complete &= Double.isNaN(values[t]) || sizes[position(t)] > 0;
        }
        return complete;
    }

    private int position(int index) {
        return (first + index) % length;
    }

    /** Each value beside the centred average over a season; NaN where that reaches beyond the series or meets a gap. */
    private double[] detrended() {
        boolean[] open = new boolean[length];
        for (int t = 0; t < values.length; t++) {
            open[position(t)] |= !Double.isNaN(values[t]);
        }
        int half = length / 2;
        double[] detrended = new double[values.length];
        Arrays.fill(detrended, Double.NaN);
        for (int t = half; t < values.length - half; t++) {
            double sum = 0;
            double weights = 0;
            for (int i = t - half; i <= t + half; i++) {
                if (open[position(i)]) {
                    // Of an even season the window has both ends, which are one position, each by half.
                    double weight = length % 2 == 0 && Math.abs(i - t) == half ? 0.5 : 1;
                    sum += weight * values[i];
                    weights += weight;
                }
            }
            double level = sum / weights;
            double value = form == Form.ADDITIVE ? values[t] - level : values[t] / level;
            detrended[t] = Double.isFinite(value) ? value : Double.NaN;
        }
        return detrended;
    }

    /**
     * What is usual for each position of the season, with 95 % intervals.
     *
     * @return {@code indices(0.95)}
     */
    public List<Index> indices() {
        return indices(0.95);
    }

    /**
     * What is usual for each position of the season.
     *
     * @param level the confidence level of the intervals, strictly between 0 and 1
     * @return one index for each position, in their order
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public List<Index> indices(double level) {
        Interval.checkLevel(level);
        List<Index> all = new ArrayList<>();
        for (int p = 0; p < length; p++) {
            OptionalDouble value = index(p);
            Interval interval = value.isEmpty()
                    ? Interval.undefined(level, "nothing observed")
                    : freedom < 1
                            ? Interval.undefined(level, shortage())
                            : StudentT.around(value.getAsDouble(), Math.sqrt(within / sizes[p]), freedom, level, T);
            all.add(new Index(p, names.apply(p), value, interval, sizes[p]));
        }
        return List.copyOf(all);
    }

    private OptionalDouble index(int position) {
        return Double.isFinite(indices[position]) ? OptionalDouble.of(indices[position]) : OptionalDouble.empty();
    }

    /**
     * What there is too little of, for people.
     *
     * @return such as {@code 10 days are too few: indices need 13 without gaps, their intervals 20}; empty if nothing is short
     */
    public String shortage() {
        int window = length / 2 * 2;
        return complete && freedom >= 1
                ? ""
                : values.length + " " + period + (values.length == 1 ? " is" : "s are") + " too few: indices need "
                        + (length + window) + " without gaps, their intervals " + (2 * length + window);
    }

    /**
     * How likely positions that differ so much would be if there were no season.
     *
     * @return the p-value, or empty if there are too few values or all are alike
     */
    public OptionalDouble pValue() {
        if (!complete || freedom < 1 || positions < 2 || (within == 0 && between == 0)) {
            return OptionalDouble.empty();
        }
        double a = freedom / 2;
        double b = (positions - 1) / 2.0;
        // A value is part of the average that is taken from it: of its variance 1 − 2w + Σw² remains within positions,
        // while
        // between them nothing is lost, since the averages of all positions are nearly the same.
        double w = 1.0 / positions;
        double squaredWeights = length % 2 == 0 ? (positions - 0.5) * w * w : w;
        double noise = within / (1 - 2 * w + squaredWeights);
        // P(F > f) = I_x(ν₂/2, ν₁/2) with x = ν₂ / (ν₂ + ν₁ f).
        double below = freedom * noise;
        double above = (positions - 1) * between;
        return OptionalDouble.of(IncompleteBeta.lower(a, b, below / (below + above), above / (below + above)));
    }

    /**
     * How season and level come together.
     *
     * @return the form
     */
    public Form form() {
        return form;
    }

    /**
     * How many periods the series has, gaps included.
     *
     * @return the number
     */
    public int size() {
        return values.length;
    }

    /**
     * The series without its season.
     *
     * @return one value for each period; empty where it is missing or its position has no index
     */
    public List<OptionalDouble> deseasonalised() {
        List<OptionalDouble> plain = new ArrayList<>();
        for (int t = 0; t < values.length; t++) {
            double index = indices[position(t)];
            double value = form == Form.ADDITIVE ? values[t] - index : values[t] / index;
            plain.add(Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty());
        }
        return List.copyOf(plain);
    }

    /** The index of a period; NaN if its position has none. */
    double at(int index) {
        return indices[position(index)];
    }

    /** Such as {@code Monday +3.10, Tuesday -0.400, … (p < 0.001 if there were no season)} or {@code January × 1.21, …}. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        for (int p = 0; p < length; p++) {
            if (index(p).isPresent()) {
                shown.add(names.apply(p)
                        + String.format(Locale.ROOT, form == Form.ADDITIVE ? " %+.3g" : " × %.3g", indices[p]));
            }
        }
        String lack = shortage();
        OptionalDouble p = pValue();
        String doubt = !lack.isEmpty()
                ? lack
                : p.isEmpty()
                        ? "all alike"
                        : Comparison.pText(p.getAsDouble(), Locale.ROOT) + " if there were no season";
        return shown.isEmpty() ? doubt : String.join(", ", shown) + " (" + doubt + ")";
    }
}
