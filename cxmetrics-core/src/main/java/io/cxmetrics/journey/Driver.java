package io.cxmetrics.journey;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How one driver goes with the outcome. All of it is association: it says what occurs together, not what brings about what.
 * Immutable and thread-safe.
 *
 * @param name the name
 * @param mean the mean of its values
 * @param standardDeviation their standard deviation, by n − 1
 * @param correlation Pearson's r with the outcome; empty if one of the two is constant
 * @param correlationInterval its interval (Fisher's z); undefined for fewer than four rows
 * @param pValue two-sided, of no correlation; empty without one, or for fewer than three rows
 * @param adjustedP the same, corrected for the number of drivers
 * @param share its LMG share: how much of R² is its own, on average over all orders in which drivers can enter; the shares sum
 *     to R². Empty if there are too few rows
 * @param shareInterval the bootstrap interval of the share
 * @param vif variance inflation factor: 1 if no other driver says the same, infinite if the others say it all; empty for a
 *     constant driver
 * @param performance the mean on 0…100 between the worst and best value that were given; empty without them
 * @param quadrant its place on the importance–performance map; null without share or performance
 * @since 0.1
 */
public record Driver(
        String name,
        double mean,
        double standardDeviation,
        OptionalDouble correlation,
        Interval correlationInterval,
        OptionalDouble pValue,
        OptionalDouble adjustedP,
        OptionalDouble share,
        Interval shareInterval,
        OptionalDouble vif,
        OptionalDouble performance,
        @Nullable Quadrant quadrant) {

    /**
     * The quarters of the importance–performance map (J. Martilla, J. James 1977): above or below the mean share of R², above or
     * below the mean performance of the drivers.
     */
    public enum Quadrant {
        /** Important and weak. */
        CONCENTRATE_HERE("concentrate here"),
        /** Important and strong. */
        KEEP_UP("keep up the good work"),
        /** Neither important nor strong. */
        LOW_PRIORITY("low priority"),
        /** Strong but not important. */
        POSSIBLE_OVERKILL("possible overkill");

        private final String words;

        Quadrant(String words) {
            this.words = words;
        }

        /**
         * The quarter for people.
         *
         * @return such as {@code concentrate here}
         */
        public String words() {
            return words;
        }
    }

    /** Such as {@code Payment: 21.3 % (95 % 14.0…30.1) of the variation, r = 0.61, p < 0.001; concentrate here}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name).append(": ");
        if (correlation.isEmpty()) {
            return text.append("no correlation, the values do not vary").toString();
        }
        if (share.isPresent()) {
            text.append(Unit.SHARE.format(share.getAsDouble(), shareInterval, Locale.ROOT))
                    .append(" of the variation, ");
        }
        text.append(String.format(Locale.ROOT, "r = %.2f", correlation.getAsDouble()));
        if (adjustedP.isPresent()) {
            double p = adjustedP.getAsDouble();
            text.append(p < 0.001 ? ", p < 0.001" : String.format(Locale.ROOT, ", p = %.3f", p));
        }
        performance.ifPresent(value -> text.append(", performance ").append(Unit.POINTS.format(value, Locale.ROOT)));
        return text.append(quadrant == null ? "" : "; " + quadrant.words()).toString();
    }
}
