package io.cxmetrics.okr.json;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.okr.Lint;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.evaluation.ScoreOverride;
import io.cxmetrics.okr.evaluation.Standings;
import io.cxmetrics.okr.priority.Ranking;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads and writes plans, and writes reports.
 *
 * <pre>{@code
 * {
 *   "version": 1,
 *   "timeZone": "Europe/Helsinki",
 *   "kpis": {"cart-abandonment": {"type": "share", "hit": {"field": "abandoned", "type": "flag"}, "direction": "lower-is-better"}},
 *   "journeys": [{"id": "web-shop", "name": "Web shop", "touchpoints": [{"id": "cart", "name": "Cart"}]}],
 *   "objectives": [
 *     {
 *       "id": "faster-buying",
 *       "title": "Offer a faster buying experience",
 *       "cycle": "2026-Q1",
 *       "keyResults": [
 *         {
 *           "id": "fewer-abandoned-carts",
 *           "title": "Cart abandonment falls from 40 % to 25 %",
 *           "target": {"decrease": {"from": "40%", "to": "25%"}},
 *           "measure": {"kpi": "cart-abandonment", "touchpoint": "cart", "window": {"lastComplete": "month"}}
 *         }
 *       ]
 *     }
 *   ]
 * }
 * }</pre>
 *
 * <p>Values are in the KPI's unit: a share {@code "40%"}, a duration {@code "PT5M"}, money
 * {@code {"amount": 85000, "currency": "EUR"}}, everything else a plain number. Members that begin with {@code x-} may
 * stand in every object.
 *
 * @since 0.1
 */
public final class OkrJson {
    /** The id of the {@linkplain #schema() schema}, for the member {@code $schema} of a plan. */
    public static final String SCHEMA_ID = "https://cxmetrics.io/schema/okr-plan-1.json";

    private OkrJson() {}

    /**
     * The JSON Schema (2020-12) of plans, for editors. It knows every member and where it may stand; what takes more than
     * that to see, such as an id that is given twice or a share that is written as a number, only {@link #read} says.
     *
     * @return the schema, which is also a resource beside this class, {@code okr-plan-1.json}
     */
    public static String schema() {
        try (InputStream in = Objects.requireNonNull(OkrJson.class.getResourceAsStream("okr-plan-1.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema is part of this library", e);
        }
    }

    /**
     * Reads a plan from a file.
     *
     * @param file the file, in UTF-8
     * @return the plan, which remembers where it was read from
     * @throws IOException if the file cannot be read
     * @throws JsonProblemsException with everything that is wrong with it
     */
    public static OkrPlan read(Path file) throws IOException {
        return new PlanReader(LocatedJson.read(file)).plan();
    }

    /**
     * Reads a plan from a text.
     *
     * @param name the name that problems carry, such as {@code plan.json}
     * @param text the text
     * @return the plan, which remembers where it was read from
     * @throws JsonProblemsException with everything that is wrong with it
     */
    public static OkrPlan parse(String name, String text) {
        return new PlanReader(LocatedJson.parse(name, text)).plan();
    }

    /**
     * Writes a plan. What was read and did not change keeps its order and its way of writing, and members that begin with
     * {@code x-} stay where they were.
     *
     * @param plan the plan
     * @return a text that reads back as an equal plan
     * @throws IllegalArgumentException if a value cannot be written exactly, such as a third of a second
     */
    public static String write(OkrPlan plan) {
        return new PlanWriter(plan).text();
    }

    /**
     * Writes a report for programs: every number in its base unit, every verdict with what decided it and its sentence.
     * Progress never goes into a plan; of a report, {@link #standings} reads what a later one is compared with.
     *
     * @param report the report
     * @return the text
     */
    public static String write(OkrReport report) {
        return ReportWriter.text(report, null);
    }

    /**
     * Writes a report for programs, with what changed since an earlier one.
     *
     * @param report the report
     * @param earlier how the parts stood then
     * @return the text
     */
    public static String write(OkrReport report, Standings earlier) {
        return ReportWriter.text(report, earlier);
    }

    /**
     * How the parts of a plan stood, from a report that {@link #write(OkrReport)} wrote.
     *
     * @param name the name that problems carry, such as {@code report-2026-02-07.json}
     * @param text the text
     * @return the standings
     * @throws JsonProblemsException with everything that is wrong with it
     */
    public static Standings standings(String name, String text) {
        return new ReportReader(LocatedJson.parse(name, text)).standings();
    }

    /**
     * The scores that people set at the close, from a file of their own beside the plan. Each replaces the computed one,
     * which is kept, and needs a reason:
     *
     * <pre>{@code
     * {"scores": {"fewer-abandoned-carts": {"score": 0.7, "reason": "the new checkout came three weeks late"}}}
     * }</pre>
     *
     * @param name the name that problems carry, such as {@code plan.scores.json}
     * @param text the text
     * @return the scores
     * @throws JsonProblemsException with everything that is wrong with it
     */
    public static List<ScoreOverride> scores(String name, String text) {
        return new ScoresReader(LocatedJson.parse(name, text)).scores();
    }

    /**
     * What seems not meant in a plan, each with its place.
     *
     * @param name the name that the places carry, such as {@code plan.json}
     * @param text the text of a plan that {@link #parse} takes
     * @return the warnings, without those that the plan silences
     * @throws JsonProblemsException with everything that is wrong with the plan
     */
    public static List<PlacedWarning> lint(String name, String text) {
        LocatedJson json = LocatedJson.parse(name, text);
        return PlacedWarning.of(json, Lint.check(new PlanReader(json).plan()));
    }

    /**
     * Writes a ranking of touchpoints for programs: every factor in its base unit with its bounds, every reason as its sentence.
     *
     * @param ranking the ranking
     * @return the text
     */
    public static String write(Ranking ranking) {
        return RankingWriter.text(ranking);
    }
}
