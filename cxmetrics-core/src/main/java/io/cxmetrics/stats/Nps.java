package io.cxmetrics.stats;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The net promoter score: how many more would recommend than would advise against.
 *
 * <p><b>Formula:</b> (promoters − detractors) / n × 100. On the standard 0–10 scale promoters answer 9 or 10, detractors 0
 * to 6. Another scale or other bands make another KPI.
 *
 * <p><b>Unit and range:</b> points, −100…100.
 *
 * <p><b>Empty, missing, off scale:</b> undefined for n = 0; missing answers are counted apart; a score off the scale is
 * refused by {@link #of} and rejected and counted in pipelines. 0 is a score.
 *
 * <p><b>Interval:</b> the score interval for the difference of two shares of one sample; never leaves −100…100, and stays
 * useful when all answer alike.
 *
 * <p><b>Cost:</b> one count for each point of the scale; immutable and thread-safe.
 *
 * <p><b>Reference:</b> F. F. Reichheld (2003), The one number you need to grow, Harvard Business Review 81; T. Tango
 * (1998), Statistics in Medicine 17.
 *
 * <pre>{@code
 * Nps.of(9, 10, 3, 7).toString();   // NPS 25.0 (95 % -50.5…77.8), n = 4
 * }</pre>
 *
 * @since 0.1
 */
public final class Nps extends Statistic<Nps> {
    /** The standard field of the vocabulary, "How likely are you to recommend us?". */
    public static final String RECOMMENDATION = "recommendation";

    /**
     * The family with its parameters.
     *
     * @param score the answer
     * @param lowest the lowest point of the scale
     * @param highest the highest point of the scale
     * @param promotersFrom the lowest score of a promoter
     * @param detractorsTo the highest score of a detractor
     */
    public record Definition(Quantity<Long> score, int lowest, int highest, int promotersFrom, int detractorsTo)
            implements io.cxmetrics.Definition<Nps> {
        /**
         * Checks scale and bands.
         *
         * @throws IllegalArgumentException if the scale has fewer than 2 or more than 1000 points, or the bands are not on
         *     it or overlap
         */
        public Definition {
            Ratings.checkScale(lowest, highest);
            if (!(lowest <= detractorsTo && detractorsTo < promotersFrom && promotersFrom <= highest)) {
                throw new IllegalArgumentException(
                        "NPS bands need lowest ≤ detractors to < promoters from ≤ highest; found " + lowest + ", "
                                + detractorsTo + ", " + promotersFrom + ", " + highest);
            }
        }

        private Quantity<Long> scaled() {
            return score.within((long) lowest, (long) highest);
        }

        @Override
        public List<Expression> required() {
            return List.of(scaled());
        }

        @Override
        public List<Aggregate> aggregates() {
            return List.of(new Aggregate.Tally(scaled(), lowest, highest));
        }

        @Override
        public Nps statistic(Kpi<Nps> kpi, Counts counts, List<Total> totals) {
            return new Nps(kpi, counts, totals);
        }

        @Override
        public String formula() {
            return "(promoters " + promotersFrom + "–" + highest + " − detractors " + lowest + "–" + detractorsTo
                    + ") ÷ answers × 100";
        }

        @Override
        public String toString() {
            return "nps of " + scaled() + ", promoters from " + promotersFrom + ", detractors to " + detractorsTo;
        }
    }

    private static final Kpi<Nps> STANDARD = kpi("nps", RECOMMENDATION);

    private Nps(Kpi<Nps> kpi, Counts counts, List<Total> totals) {
        super(kpi, counts, totals);
    }

    /**
     * The standard NPS on 0–10.
     *
     * @param id the KPI's id
     * @param field the name of the whole-number field with the score
     * @return the KPI
     */
    public static Kpi<Nps> kpi(String id, String field) {
        return kpi(id, new Definition(Field.whole(field), 0, 10, 9, 6));
    }

    /**
     * An NPS with a scale and bands of its own.
     *
     * @param id the KPI's id
     * @param definition scale and bands
     * @return the KPI
     */
    public static Kpi<Nps> kpi(String id, Definition definition) {
        return Kpi.of(id, definition, Unit.POINTS, Direction.HIGHER_IS_BETTER).withName("NPS");
    }

    /**
     * The standard NPS of some answers.
     *
     * @param scores the answers, each from 0 to 10
     * @return the NPS
     * @throws IllegalArgumentException naming the value and its position, if one is off the scale
     */
    public static Nps of(int... scores) {
        long[] tally = new long[11];
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < 0 || scores[i] > 10) {
                throw new IllegalArgumentException(
                        "NPS score " + scores[i] + " (answer " + (i + 1) + ") is off the scale 0…10");
            }
            tally[scores[i]]++;
        }
        return new Nps(STANDARD, new Counts(scores.length, 0, 0, 0), List.of(new Total.Tally(tally)));
    }

    private Definition definition() {
        return (Definition) kpi().definition();
    }

    /**
     * How many gave each answer.
     *
     * @return the counts from the lowest point of the scale to the highest
     */
    public long[] distribution() {
        return Totals.tally(this, 0);
    }

    /**
     * The promoters.
     *
     * @return their number
     */
    public long promoters() {
        return Ratings.sum(
                distribution(),
                definition().promotersFrom() - definition().lowest(),
                definition().highest() - definition().lowest());
    }

    /**
     * The detractors.
     *
     * @return their number
     */
    public long detractors() {
        return Ratings.sum(
                distribution(), 0, definition().detractorsTo() - definition().lowest());
    }

    /**
     * Those who are neither.
     *
     * @return their number
     */
    public long passives() {
        return counts().used() - promoters() - detractors();
    }

    @Override
    public OptionalDouble value() {
        long n = counts().used();
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (promoters() - detractors()) / n);
    }

    @Override
    public Interval interval(double level) {
        return interval(level, NetInterval.SCORE);
    }

    /**
     * A confidence interval by a method of choice.
     *
     * @param level the confidence level, strictly between 0 and 1
     * @param method the method
     * @return the interval in points; undefined for n = 0
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Interval interval(double level, NetInterval method) {
        return method.of(promoters(), detractors(), counts().used(), level).times(100);
    }
}
