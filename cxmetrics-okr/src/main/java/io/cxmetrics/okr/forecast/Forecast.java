package io.cxmetrics.okr.forecast;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Where a key result will probably be on the last day, and the chance to meet its goal. Immutable and thread-safe.
 *
 * <p><b>Unit:</b> point, interval and goal are in the unit of the observations; for {@link Method#MAINTAIN} they are shares
 * of the periods, 0–1, in which the level is held.
 *
 * @param method how it was made
 * @param goal what has to be met
 * @param point the median of what is to be expected
 * @param interval the range in which the measured value will lie in 8 of 10 such cases
 * @param probability the chance that the goal is met, 0–1. Never closer to 0 or 1 than 0.01, and for a running
 *     total than 1/(2(n + 1)), unless the outcome is decided already
 * @param observations how many observations it rests on
 * @param lastDay the day that it is about
 * @param calibration whether such a probability can be taken at its word, as far as that was measured
 * @since 0.1
 */
public record Forecast(
        Method method,
        Goal goal,
        double point,
        Interval interval,
        double probability,
        int observations,
        LocalDate lastDay,
        Calibration calibration)
        implements Outlook {

    /**
     * Checks the probability.
     *
     * @throws IllegalArgumentException if it is not 0–1
     */
    public Forecast {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is 0 to 1; found " + probability);
        }
    }

    /**
     * The forecast as a person would say it.
     *
     * @param unit the unit of the observations
     * @param locale decides how numbers are written
     * @return such as {@code 34 % chance of at most 25.0 % on 2026-03-31; probably 27.1 % (80 % 24.0…30.2); robust damped
     *     trend, n = 8, calibrated on simulated series}
     */
    public String sentence(Unit unit, Locale locale) {
        boolean held = method == Method.MAINTAIN;
        Unit shown = held ? Unit.SHARE : unit;
        String wanted = Double.isInfinite(goal.high())
                ? "at least " + shown.format(goal.low(), locale)
                : Double.isInfinite(goal.low())
                        ? "at most " + shown.format(goal.high(), locale)
                        : shown.number(goal.low(), goal.high(), locale) + "…" + shown.format(goal.high(), locale);
        return chance() + " chance of " + wanted + (held ? " of the periods by " : " on ") + lastDay + "; probably "
                + shown.format(point, interval, locale) + "; " + method.words() + ", n = " + observations
                + ", " + calibration.words();
    }

    /** A probability in whole percent; what is open never looks decided. */
    private String chance() {
        double percent = probability * 100;
        return percent > 0 && percent < 1
                ? "under 1 %"
                : percent < 100 && percent > 99 ? "over 99 %" : Math.round(percent) + " %";
    }

    /** The sentence in plain numbers with a decimal point. */
    @Override
    public String toString() {
        return sentence(Unit.NUMBER, Locale.ROOT);
    }
}
