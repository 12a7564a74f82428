package io.cxmetrics.survey;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Ratings;
import io.cxmetrics.stats.Share;

/**
 * KPIs of surveys: NPS, eNPS, CSAT and CES. The vocabulary: {@value #RECOMMENDATION}, {@value #WORK_RECOMMENDATION},
 * {@value #SATISFACTION} and {@value #EFFORT} are whole-number fields with the answers, {@value #SATISFIED} is a flag; an
 * unanswered question is missing. Which of several answers of one person count is said by {@link Answers}.
 *
 * <p>Scale, polarity and box belong to the identity of each KPI: results that differ in one of them refuse to merge.
 *
 * @since 0.1
 */
public final class SurveyKpis {
    /** "How likely are you to recommend us?", 0–10. */
    public static final String RECOMMENDATION = Nps.RECOMMENDATION;
    /** "How satisfied were you?" */
    public static final String SATISFACTION = "satisfaction";
    /** "The company made it easy for me" (CES 2.0) or "How much effort did it take?" (CES 1.0). */
    public static final String EFFORT = "effort";

    /** "How likely are you to recommend us as a place to work?", 0–10 or 1–5. */
    public static final String WORK_RECOMMENDATION = "work-recommendation";
    /** The thumb: up is true, down is false, none is missing. */
    public static final String SATISFIED = "satisfied";

    private SurveyKpis() {}

    /**
     * Net promoter score on 0–10: (promoters 9–10 − detractors 0–6) / n × 100. Interval: score (Tango).
     *
     * @return the KPI {@code nps}
     */
    public static Kpi<Nps> nps() {
        return Nps.kpi("nps", RECOMMENDATION);
    }

    /**
     * eNPS, employee net promoter score, on 0–10: (promoters 9–10 − detractors 0–6) / n × 100. Interval: score (Tango).
     *
     * @return the KPI {@code enps}
     */
    public static Kpi<Nps> employeeNps() {
        return Nps.kpi("enps", WORK_RECOMMENDATION).withName("eNPS");
    }

    /**
     * eNPS on a scale of 1–5: (promoters 5 − detractors 1–3) / n × 100; 4 is passive. Not comparable with eNPS on 0–10.
     * Interval: score (Tango).
     *
     * @return the KPI {@code enps-5}
     */
    public static Kpi<Nps> employeeNpsOnFive() {
        return Nps.kpi("enps-5", new Nps.Definition(Field.whole(WORK_RECOMMENDATION), 1, 5, 5, 3))
                .withName("eNPS (1–5)");
    }

    /**
     * CSAT as the share of the best boxes: scale 1–3 top 1, 1–4 to 1–7 top 2, 1–10 top 3. Interval: Wilson.
     *
     * @param highest the highest point of a scale that begins at 1: 3 to 7 or 10
     * @return the KPI {@code csat}
     * @throws IllegalArgumentException if there is no usual box for the scale
     */
    public static Kpi<Ratings> csat(int highest) {
        int boxes = switch (highest) {
            case 3 -> 1;
            case 4, 5, 6, 7 -> 2;
            case 10 -> 3;
            default ->
                throw new IllegalArgumentException("CSAT has no usual top box on a scale 1…" + highest
                        + "; use csat(highest, boxes) to say how many of the best ratings count");
        };
        return csat(highest, boxes);
    }

    /**
     * CSAT as the share of the best boxes on a scale that begins at 1. Interval: Wilson.
     *
     * @param highest the highest point of the scale
     * @param boxes how many of the best ratings count as satisfied
     * @return the KPI {@code csat}
     * @throws IllegalArgumentException if there are not that many ratings
     */
    public static Kpi<Ratings> csat(int highest, int boxes) {
        return topBox("csat", "CSAT", SATISFACTION, highest, boxes);
    }

    /**
     * CSAT as the mean rating on a scale that begins at 1. Not comparable with a share of the best boxes. Interval: t.
     *
     * @param highest the highest point of the scale
     * @return the KPI {@code csat-mean}
     */
    public static Kpi<Ratings> csatMean(int highest) {
        Ratings.Definition definition =
                new Ratings.Definition(Field.whole(SATISFACTION), 1, highest, new Ratings.Average());
        return Ratings.kpi("csat-mean", definition, Direction.HIGHER_IS_BETTER).withName("CSAT mean");
    }

    /**
     * CSAT of thumbs: good / (good + bad), of the flag {@value #SATISFIED}. Those who did not vote are missing and in neither.
     * Interval: Wilson.
     *
     * @return the KPI {@code csat-good}
     */
    public static Kpi<Share> csatGood() {
        return Share.kpi("csat-good", Field.flag(SATISFIED)).withName("CSAT good ÷ (good + bad)");
    }

    /**
     * CSAT of ratings as good / (good + bad): ratings between the two do not count at all. Interval: Wilson.
     *
     * @param highest the highest point of a scale that begins at 1
     * @param goodFrom the lowest good rating
     * @param badTo the highest bad rating
     * @return the KPI {@code csat-good}
     * @throws IllegalArgumentException if the two are not on the scale, or overlap
     */
    public static Kpi<Share> csatGood(int highest, int goodFrom, int badTo) {
        if (!(1 <= badTo && badTo < goodFrom && goodFrom <= highest)) {
            throw new IllegalArgumentException(
                    "good and bad ratings need 1 ≤ bad to < good from ≤ highest; found bad to " + badTo + ", good from "
                            + goodFrom + ", highest " + highest);
        }
        Quantity<Long> rating = Field.rating(SATISFACTION, 1, highest);
        return Share.kpi("csat-good", rating.ge((long) goodFrom))
                .where(rating.ge((long) goodFrom).or(rating.le((long) badTo)))
                .withName("CSAT good ÷ (good + bad)");
    }

    /**
     * CES 2.0 as a mean of the agreement 1–7 with "made it easy"; high is good. Interval: t.
     *
     * @return the KPI {@code ces}
     */
    public static Kpi<Ratings> ces() {
        return mean("ces", "CES 2.0", 7, Direction.HIGHER_IS_BETTER);
    }

    /**
     * CES 2.0 as the share of the best boxes of 1–7. Interval: Wilson.
     *
     * @param boxes how many of the best ratings count, usually 2 or 3
     * @return the KPI {@code ces-top-2} or whatever the number is
     * @throws IllegalArgumentException if there are not that many ratings
     */
    public static Kpi<Ratings> cesTopBox(int boxes) {
        return topBox("ces-top-" + boxes, "CES 2.0 top " + boxes, EFFORT, 7, boxes);
    }

    /**
     * CES 2.0 as a net: the share of high ratings minus that of low ones, of 1–7, × 100. What lies between is the neutral
     * band, which belongs to the identity: 6–7 minus 1–3 and 5–7 minus 1–3 differ by 16 points on the same answers.
     * Interval: score (Tango).
     *
     * @param easyFrom the lowest rating that counts as easy, usually 6 or 5
     * @param hardTo the highest rating that counts as hard, usually 3 or 2
     * @return the KPI {@code ces-net}, −100…100 points
     * @throws IllegalArgumentException if the two are not on the scale, or overlap
     */
    public static Kpi<Ratings> cesNet(int easyFrom, int hardTo) {
        Ratings.Definition definition =
                new Ratings.Definition(Field.whole(EFFORT), 1, 7, new Ratings.Net(easyFrom, hardTo));
        return Ratings.kpi("ces-net", definition, Direction.HIGHER_IS_BETTER).withName("CES 2.0 net");
    }

    /**
     * CES 1.0 as a mean of the effort 1–5; low is good. Never comparable with CES 2.0. Interval: t.
     *
     * @return the KPI {@code ces-1}
     */
    public static Kpi<Ratings> ces1() {
        return mean("ces-1", "CES 1.0", 5, Direction.LOWER_IS_BETTER);
    }

    /**
     * CES 1.0 as the share of low effort, ratings 1 and 2 of 1–5. Interval: Wilson.
     *
     * @return the KPI {@code ces-1-low-effort}
     */
    public static Kpi<Ratings> ces1LowEffort() {
        Ratings.Definition definition = new Ratings.Definition(Field.whole(EFFORT), 1, 5, new Ratings.Box(1, 2));
        return Ratings.kpi("ces-1-low-effort", definition, Direction.HIGHER_IS_BETTER)
                .withName("CES 1.0 low effort");
    }

    private static Kpi<Ratings> mean(String id, String name, int highest, Direction direction) {
        Ratings.Definition definition = new Ratings.Definition(Field.whole(EFFORT), 1, highest, new Ratings.Average());
        return Ratings.kpi(id, definition, direction).withName(name);
    }

    private static Kpi<Ratings> topBox(String id, String name, String field, int highest, int boxes) {
        Ratings.Definition definition =
                new Ratings.Definition(Field.whole(field), 1, highest, new Ratings.Box(highest - boxes + 1, highest));
        return Ratings.kpi(id, definition, Direction.HIGHER_IS_BETTER).withName(name);
    }
}
