package io.cxmetrics.people;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * KPIs of the people who serve customers. The employee net promoter score is {@code SurveyKpis.employeeNps()}. What a row is
 * each KPI says: a respondent, an evaluated contact, a team's month, a person.
 *
 * @since 0.1
 */
public final class PeopleKpis {
    /** How many people left in the period; one row a team's period. */
    public static final String LEAVERS = "leavers";
    /** How many people there were at the start of the period. */
    public static final String HEADCOUNT_AT_START = "headcount-at-start";
    /** How many people there were at the end of the period. */
    public static final String HEADCOUNT_AT_END = "headcount-at-end";
    /** The time of unplanned absence; one row a person's or team's period. */
    public static final String ABSENT_TIME = "absent-time";
    /** The time that was to be worked. */
    public static final String SCHEDULED_TIME = "scheduled-time";
    /** The person has had the training; one row a person and training. */
    public static final String TRAINED = "trained";
    /** The five items of the WHO-5 index, each 0–5. */
    public static final List<String> WHO_5 =
            List.of("who5-cheerful", "who5-calm", "who5-active", "who5-rested", "who5-interested");

    private PeopleKpis() {}

    /**
     * Engagement index of a questionnaire of your own, one row a respondent: the mean over the respondents of
     * Σ wᵢ·sᵢ / Σ wᵢ, where sᵢ = 100 · (answer − lowest) / (highest − lowest), and 100 minus that for reversed items. A
     * respondent who left an item out is missing. Interval: t over the respondents' scores; it may leave 0…100.
     *
     * @param items the items; scales, weights and reversals belong to the identity
     * @return the KPI {@code engagement-index}, 0…100 points
     * @throws IllegalArgumentException if there are no items
     */
    public static Kpi<Mean> engagementIndex(Item... items) {
        return engagementIndex(items.length, items);
    }

    /**
     * Engagement index of respondents who may leave items out: the weighted mean of the items that were answered. Interval:
     * t over the respondents' scores.
     *
     * @param leastAnswered how many items a respondent must have answered to count; those with fewer are not eligible
     * @param items the items
     * @return the KPI {@code engagement-index}, 0…100 points
     * @throws IllegalArgumentException if there are no items, or leastAnswered is not from 1 to their number
     */
    public static Kpi<Mean> engagementIndex(int leastAnswered, Item... items) {
        return index("engagement-index", leastAnswered, List.of(items)).withName("Engagement index");
    }

    /**
     * Wellbeing index of a questionnaire of your own; formula as {@link #engagementIndex(Item...)}.
     *
     * @param items the items; scales, weights and reversals belong to the identity
     * @return the KPI {@code wellbeing-index}, 0…100 points
     * @throws IllegalArgumentException if there are no items
     */
    public static Kpi<Mean> wellbeingIndex(Item... items) {
        return wellbeingIndex(items.length, items);
    }

    /**
     * Wellbeing index of respondents who may leave items out; as {@link #engagementIndex(int, Item...)}.
     *
     * @param leastAnswered how many items a respondent must have answered to count
     * @param items the items
     * @return the KPI {@code wellbeing-index}, 0…100 points
     * @throws IllegalArgumentException if there are no items, or leastAnswered is not from 1 to their number
     */
    public static Kpi<Mean> wellbeingIndex(int leastAnswered, Item... items) {
        return index("wellbeing-index", leastAnswered, List.of(items)).withName("Wellbeing index");
    }

    /**
     * The WHO-5 wellbeing index: five items 0–5, their sum × 4. All five must be answered. Interval: t. Source: World Health
     * Organization (1998), Wellbeing measures in primary health care.
     *
     * @return the KPI {@code who-5}, 0…100 points
     */
    public static Kpi<Mean> who5() {
        List<Item> items = WHO_5.stream().map(field -> Item.of(field, 0, 5)).toList();
        return index("who-5", items.size(), items).withName("WHO-5 wellbeing");
    }

    private static Kpi<Mean> index(String id, int leastAnswered, List<Item> items) {
        if (items.isEmpty() || leastAnswered < 1 || leastAnswered > items.size()) {
            throw new IllegalArgumentException("an index needs at least one item, and 1 to " + items.size()
                    + " of them answered; found " + leastAnswered);
        }
        Quantity<Double> score = leastAnswered == items.size() ? ofAll(items) : ofAnswered(items);
        Kpi<Mean> kpi = Kpi.of(id, new Mean.Definition(score), Unit.POINTS, Direction.HIGHER_IS_BETTER);
        if (leastAnswered == items.size()) {
            return kpi;
        }
        List<Quantity<Long>> answered = new ArrayList<>();
        items.forEach(item -> answered.add(item.answer().isMissing().not().indicator()));
        return kpi.where(Quantity.sum(answered).ge((long) leastAnswered));
    }

    private static Quantity<Double> ofAll(List<Item> items) {
        double weights = items.stream().mapToDouble(Item::weight).sum();
        List<Quantity<Double>> parts = new ArrayList<>();
        double atZero = 0;
        for (Item item : items) {
            double maximum = 100 * item.weight() / weights;
            parts.add(item.answer().times(Field.constant(item.slope(maximum))));
            atZero += item.atZero(maximum);
        }
        Quantity<Double> sum = Quantity.sum(parts);
        return atZero == 0 ? sum : sum.plus(Field.constant(atZero));
    }

    private static Quantity<Double> ofAnswered(List<Item> items) {
        List<Quantity<Double>> scores = new ArrayList<>();
        List<Quantity<Double>> weights = new ArrayList<>();
        Quantity<Double> none = Field.constant(0.0);
        for (Item item : items) {
            double maximum = 100 * item.weight();
            Quantity<Double> score =
                    item.answer().times(Field.constant(item.slope(maximum))).plus(Field.constant(item.atZero(maximum)));
            scores.add(item.answer().isMissing().choose(none, score));
            weights.add(item.answer().isMissing().choose(none, Field.constant(item.weight())));
        }
        return Quantity.sum(scores).dividedBy(Quantity.sum(weights));
    }

    /**
     * Quality score, one row an evaluated contact: the mean of 100 · Σ wᵢ·[criterion i met] / Σ wᵢ over the criteria that
     * applied, and 0 for an evaluation in which a critical criterion was not met. A criterion that did not apply is missing
     * and in neither sum. Interval: t over the evaluations' scores; it may leave 0…100.
     *
     * @param criteria the criteria; weights and which are critical belong to the identity
     * @return the KPI {@code qa-score}, 0…100 points
     * @throws IllegalArgumentException if no criterion has a weight
     */
    public static Kpi<Mean> qaScore(Criterion... criteria) {
        List<Quantity<Double>> met = new ArrayList<>();
        List<Quantity<Double>> applied = new ArrayList<>();
        List<Condition> some = new ArrayList<>();
        Quantity<Double> none = Field.constant(0.0);
        for (Criterion criterion : criteria) {
            if (criterion.weight() > 0) {
                Condition missing = criterion.met().isMissing();
                Quantity<Double> weight = Field.constant(criterion.weight());
                met.add(criterion.met().and(missing.not()).choose(weight, none));
                applied.add(missing.choose(none, weight));
                some.add(missing.not());
            }
        }
        if (some.isEmpty()) {
            throw new IllegalArgumentException("a quality score needs a criterion with a weight");
        }
        Quantity<Double> score =
                Quantity.sum(met).dividedBy(Quantity.sum(applied)).times(Field.constant(100.0));
        Condition failed = criticalFailure(criteria);
        return Kpi.of(
                        "qa-score",
                        new Mean.Definition(failed == null ? score : failed.choose(none, score)),
                        Unit.POINTS,
                        Direction.HIGHER_IS_BETTER)
                .where(Condition.any(some.toArray(new Condition[0])))
                .withName("Quality score");
    }

    private static @Nullable Condition criticalFailure(Criterion... criteria) {
        List<Condition> failures = new ArrayList<>();
        for (Criterion criterion : criteria) {
            if (criterion.critical()) {
                failures.add(
                        criterion.met().not().and(criterion.met().isMissing().not()));
            }
        }
        return failures.isEmpty() ? null : Condition.any(failures.toArray(new Condition[0]));
    }

    /**
     * Critical failures: the share of evaluations in which a critical criterion was not met. Interval: Wilson.
     *
     * @param criteria the criteria, of which at least one is critical
     * @return the KPI {@code qa-critical-failures}
     * @throws IllegalArgumentException if none is critical
     */
    public static Kpi<Share> qaCriticalFailures(Criterion... criteria) {
        Condition failed = criticalFailure(criteria);
        if (failed == null) {
            throw new IllegalArgumentException("none of the criteria " + List.of(criteria) + " is critical");
        }
        return Share.kpi("qa-critical-failures", failed)
                .withDirection(Direction.LOWER_IS_BETTER)
                .withName("Critical quality failures");
    }

    /**
     * Attrition: leavers / mean headcount, where the mean headcount of a row is (start + end) / 2. One row a team's period.
     * Over the teams of one period, Σ leavers / Σ mean headcount. Over several periods, the number of them in a year makes
     * it a rate a year: twelve months with {@code attrition(12)} are leavers / mean headcount of the year. Interval: Fieller.
     *
     * @param periodsAYear how many of the rows' periods make a year, or 1 to leave the rate as it is
     * @return the KPI {@code attrition}
     * @throws IllegalArgumentException if the number is less than 1
     */
    public static Kpi<Ratio> attrition(int periodsAYear) {
        if (periodsAYear < 1) {
            throw new IllegalArgumentException("a year has at least 1 period; found " + periodsAYear);
        }
        Quantity<Double> headcount = Field.whole(HEADCOUNT_AT_START)
                .atLeast(0L)
                .plus(Field.whole(HEADCOUNT_AT_END).atLeast(0L))
                .times(Field.constant(0.5));
        Quantity<?> leavers = Field.whole(LEAVERS).atLeast(0L);
        return Kpi.of(
                        "attrition",
                        new Ratio.Definition(
                                periodsAYear == 1 ? leavers : leavers.times(Field.constant((long) periodsAYear)),
                                headcount),
                        Unit.SHARE,
                        Direction.LOWER_IS_BETTER)
                .withName("Attrition");
    }

    /**
     * Absence rate: Σ time of unplanned absence / Σ scheduled time. Interval: Fieller.
     *
     * @return the KPI {@code absence-rate}
     */
    public static Kpi<Ratio> absenceRate() {
        return Ratio.kpi(
                        "absence-rate",
                        Field.duration(ABSENT_TIME).atLeast(Duration.ZERO),
                        Field.duration(SCHEDULED_TIME).atLeast(Duration.ZERO),
                        Direction.LOWER_IS_BETTER)
                .withName("Absence rate");
    }

    /**
     * Training coverage: the share of people who have had the training they need. Interval: Wilson.
     *
     * @return the KPI {@code training-coverage}
     */
    public static Kpi<Share> trainingCoverage() {
        return Share.kpi("training-coverage", Field.flag(TRAINED)).withName("Training coverage");
    }
}
