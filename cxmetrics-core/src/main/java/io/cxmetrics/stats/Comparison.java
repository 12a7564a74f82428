package io.cxmetrics.stats;

import io.cxmetrics.Estimate;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Two results of one KPI over different rows: by how much it moved, how sure that is, and whether it may be chance.
 *
 * <p><b>Formula:</b> after − before, and after ÷ before − 1. The rows of the two must be independent samples; the same
 * customers twice are {@link PairedShares}, {@link Clustered}, or the mean of each customer's difference.
 *
 * <p><b>Unit and range:</b> the difference is in the base unit of the KPI: shares in −1…1, NPS in −200…200 points, durations
 * in seconds.
 *
 * <p><b>Empty:</b> difference and p-value are empty if nothing was observed on one side; then the interval is undefined.
 *
 * <p><b>Interval and test by family:</b>
 * <ul>
 *   <li>shares, boxes and shares without signals: Newcombe's hybrid of two Wilson intervals; p of the pooled z test;
 *       relative: MOVER of the same intervals. Close to the level, interval and p may disagree, as they do in the books;
 *   <li>net scores: Wald with ¾, 1½, ¾ answers added to each side, and its z test; no relative change, since their 0 is not
 *       nothing;
 *   <li>means, also of ratings: Welch's t; relative: Fieller's for independent samples with Welch's degrees of freedom, so
 *       that it excludes no change if and only if p &lt; 1 − level; mean ratings have no relative change either;
 *   <li>ratios of sums: Welch's t with linearised (delta method) variances that count the covariance; unbounded, and
 *       without p, if the denominator of either is not significantly above 0;
 *   <li>{@link Clustered} results: the hybrid of their own intervals with the correlation of the customers that are on both
 *       sides, so that the same customers twice are compared as pairs;
 *   <li>any other, such as percentiles: the hybrid of their own intervals (MOVER); p is the smallest error at which the
 *       interval excludes 0, not below 10⁻¹².
 * </ul>
 *
 * <p><b>Cost:</b> a few operations; hybrids some fifty intervals for p. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> R. G. Newcombe (1998), Statistics in Medicine 17, 873–890; B. L. Welch (1947), Biometrika 34;
 * G. Zou, A. Donner (2008), Statistics in Medicine 27.
 *
 * <pre>{@code
 * Comparison.of(Share.of(860, 1000), Share.of(829, 1000)).toString();
 *     // share shows no clear change: -3.1 points (95 % -6.3…0.1), p = 0.056
 * }</pre>
 *
 * @since 0.1
 */
public final class Comparison {
    private static final double LEVEL = 0.95;

    private final Estimate before;
    private final Estimate after;
    private final Contrast contrast;

    private Comparison(Estimate before, Estimate after, Contrast contrast) {
        this.before = before;
        this.after = after;
        this.contrast = contrast;
    }

    /**
     * A comparison by the default method of the family.
     *
     * @param before the result that is the base, such as last week's or the control group's
     * @param after the other result of the same KPI
     * @return the comparison
     * @throws IllegalArgumentException naming both KPIs, if they are not the same
     */
    public static Comparison of(Estimate before, Estimate after) {
        checkSame(before, after);
        return new Comparison(before, after, Contrast.of(before, after));
    }

    /**
     * A comparison of net scores by a method of choice; the score method is the hybrid of both score intervals.
     *
     * @param before the result that is the base
     * @param after the other result of the same KPI
     * @param method the method
     * @return the comparison
     * @throws IllegalArgumentException naming both KPIs, if they are not the same; or if it is not a net score
     */
    public static Comparison of(Estimate before, Estimate after, NetInterval method) {
        checkSame(before, after);
        if (!(before instanceof Nps)
                && !(before instanceof Ratings ratings && ratings.reading() instanceof Ratings.Net)) {
            throw new IllegalArgumentException(
                    before.kpi() + " is no net score: it has no comparison by " + method.label());
        }
        return new Comparison(
                before,
                after,
                switch (method) {
                    case WALD -> Contrast.net(before, after, 0);
                    case ADJUSTED_WALD -> Contrast.net(before, after, NetInterval.ADDED);
                    case SCORE -> new Contrast.Hybrid(before, after);
                });
    }

    /** Only results of one KPI compare. */
    static void checkSame(Estimate first, Estimate second) {
        if (!first.kpi().equals(second.kpi())) {
            throw new IllegalArgumentException(
                    "results of different KPIs do not compare: " + first.kpi() + " and " + second.kpi());
        }
    }

    /**
     * The KPI of both.
     *
     * @return the KPI
     */
    public Kpi<?> kpi() {
        return before.kpi();
    }

    /**
     * The result that is the base.
     *
     * @return the result
     */
    public Estimate before() {
        return before;
    }

    /**
     * The other result.
     *
     * @return the result
     */
    public Estimate after() {
        return after;
    }

    /**
     * The value after minus the value before.
     *
     * @return the difference in the base unit, or empty if one of the two is undefined or no double holds it
     */
    public OptionalDouble difference() {
        return before.value().isEmpty() || after.value().isEmpty()
                ? OptionalDouble.empty()
                : finite(after.value().getAsDouble() - before.value().getAsDouble());
    }

    private static OptionalDouble finite(double number) {
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    /**
     * The interval of the difference.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval in the base unit, which may be unbounded or undefined
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        return contrast.difference(level);
    }

    /**
     * The 95 % interval of the difference.
     *
     * @return {@code interval(0.95)}
     */
    public Interval interval() {
        return interval(LEVEL);
    }

    private boolean isOnARatioScale() {
        return !kpi().unit().equals(Unit.RATING)
                && !(contrast instanceof Contrast.Nets)
                && !(before instanceof Nps)
                && !(before instanceof Clustered clustered && clustered.isNet())
                && !(before instanceof Ratings ratings && ratings.reading() instanceof Ratings.Net);
    }

    /**
     * The change relative to the value before: 0.652 from 23 to 38.
     *
     * @return after ÷ before − 1, or empty if one is undefined, the base is not above 0, or the KPI's 0 is not nothing, as
     *     for net scores and mean ratings
     */
    public OptionalDouble relativeChange() {
        if (!isOnARatioScale() || difference().isEmpty() || !(before.value().orElse(0) > 0)) {
            return OptionalDouble.empty();
        }
        return finite(difference().getAsDouble() / before.value().getAsDouble());
    }

    /**
     * The interval of the relative change.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval; unbounded if the base may be 0, undefined where there is no relative change
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval relativeInterval(double level) {
        Interval.checkLevel(level);
        if (!isOnARatioScale()) {
            return Interval.undefined(level, "no relative change: its 0 is not nothing");
        }
        Interval ratio = contrast.ratio(level);
        return ratio.isBounded() ? Interval.bounded(ratio.low() - 1, ratio.high() - 1, level, ratio.method()) : ratio;
    }

    /**
     * How likely a difference at least as large would be, up or down, if nothing had changed.
     *
     * @return the two-sided p-value, or empty if too little was observed to say
     */
    public OptionalDouble pValue() {
        return contrast.pValue();
    }

    /**
     * The name of the test behind the p-value.
     *
     * @return such as {@code pooled z} or {@code Welch}
     */
    public String test() {
        return contrast.test();
    }

    /**
     * Whether the difference is more than chance explains at a level.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return true if the p-value is below 1 − level
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public boolean isSignificant(double level) {
        Interval.checkLevel(level);
        return pValue().orElse(1) < 1 - level;
    }

    /**
     * The comparison as a person would say it.
     *
     * @param subject what moved, such as {@code CSAT chat}
     * @param locale decides the decimal separator
     * @return such as {@code CSAT chat fell 3.1 points (95 % 1.2…5.0), p = 0.002}
     */
    public String sentence(String subject, Locale locale) {
        return sentence(subject, LEVEL, locale);
    }

    /**
     * The comparison as a person would say it, at a level of choice.
     *
     * @param subject what moved, such as {@code CSAT chat}
     * @param level the confidence level of the interval and of calling it a move, strictly between 0 and 1
     * @param locale decides the decimal separator
     * @return such as {@code CSAT chat fell 3.1 points (99 % 0.6…5.6), p = 0.002}
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public String sentence(String subject, double level, Locale locale) {
        OptionalDouble p = pValue();
        if (p.isEmpty()) {
            return subject + " cannot be compared: " + reason();
        }
        return subject + " " + move(isSignificant(level), level, locale) + ", " + pText(p.getAsDouble(), locale);
    }

    private String reason() {
        Interval interval = interval();
        return interval.kind() == Interval.Kind.UNDEFINED ? interval.method() : "the denominator may be 0 on one side";
    }

    /**
     * The move alone, as a person would say it.
     *
     * @param clear whether to call it a rise or fall, with the interval of its size; otherwise it is no clear change, with
     *     the interval of the signed difference
     * @param level the confidence level of the interval, strictly between 0 and 1
     * @param locale decides the decimal separator
     * @return such as {@code fell 3.1 points (95 % 1.2…5.0)}
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public String move(boolean clear, double level, Locale locale) {
        double move = difference().orElse(0);
        Interval interval = interval(level);
        if (!clear) {
            return "shows no clear change: " + points(move, interval, locale);
        }
        return move < 0 ? "fell " + points(-move, negated(interval), locale) : "rose " + points(move, interval, locale);
    }

    private String points(double value, Interval interval, Locale locale) {
        Unit unit = kpi().unit();
        String shown = unit.format(value, interval, locale);
        String suffix = unit.suffix(value);
        boolean inPoints = unit.equals(Unit.SHARE) || unit.equals(Unit.POINTS);
        int end = shown.indexOf(suffix + " (");
        return inPoints ? shown.substring(0, end) + " points" + shown.substring(end + suffix.length()) : shown;
    }

    private static Interval negated(Interval interval) {
        return interval.isBounded()
                ? Interval.bounded(-interval.high(), -interval.low(), interval.level(), interval.method())
                : interval;
    }

    /** Such as {@code p = 0.002}, {@code p < 0.001}. */
    static String pText(double p, Locale locale) {
        DecimalFormat format = new DecimalFormat("0.000", DecimalFormatSymbols.getInstance(locale));
        return p < 0.001
                ? "p < " + format.format(new BigDecimal("0.001"))
                : "p = " + format.format(new BigDecimal(p).setScale(3, RoundingMode.HALF_UP));
    }

    /** The {@linkplain #sentence sentence} with the name of the KPI and a decimal point. */
    @Override
    public String toString() {
        return sentence(kpi().name(), Locale.ROOT);
    }
}
