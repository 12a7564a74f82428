package io.cxmetrics;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A result as tables, JSON and OKRs see it: whose it is, its value, how sure it is, and what it is based on.
 *
 * @since 0.1
 */
public interface Estimate {

    /**
     * The KPI that this is the answer to.
     *
     * @return the KPI
     */
    Kpi<?> kpi();

    /**
     * The account of the rows.
     *
     * @return the counts
     */
    Counts counts();

    /**
     * The value in the base unit of the KPI.
     *
     * @return the value, or empty if it is undefined because nothing was observed
     */
    OptionalDouble value();

    /**
     * A confidence interval by the family's default method.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @return the interval, which may be unbounded or undefined
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    Interval interval(double level);

    /**
     * The 95 % interval.
     *
     * @return {@code interval(0.95)}
     */
    default Interval interval() {
        return interval(0.95);
    }

    /**
     * The result as a person would say it.
     *
     * @param locale decides the decimal separator
     * @return such as {@code NPS 42.0 (95 % 35.1…48.9), n = 412, 3 missing}
     */
    default String sentence(Locale locale) {
        OptionalDouble value = value();
        String shown = value.isEmpty() ? "undefined" : kpi().unit().format(value.getAsDouble(), interval(), locale);
        return kpi().name() + " " + shown + ", " + counts();
    }
}
