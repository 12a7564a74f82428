package io.cxmetrics.okr.json;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.priority.Ranking;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
     * Progress never goes into a plan, so that this is not read back.
     *
     * @param report the report
     * @return the text
     */
    public static String write(OkrReport report) {
        return ReportWriter.text(report);
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
