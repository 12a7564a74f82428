package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Condition;
import io.cxmetrics.survey.SurveyKpis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table of KPIs in the project's README in step with the catalogue. */
class CatalogueTableTest {
    private static final String BEGIN = "<!-- The table is made by CatalogueTableTest. -->\n";
    private static final String END = "<!-- End of the table. -->";

    /** How each KPI is made in Java, and the KPI. */
    private static Map<String, Kpi<?>> catalogue() {
        Map<String, Kpi<?>> kpis = new LinkedHashMap<>();
        kpis.put("SurveyKpis.nps()", SurveyKpis.nps());
        kpis.put("SurveyKpis.csat(5)", SurveyKpis.csat(5));
        kpis.put("SurveyKpis.ces()", SurveyKpis.ces());
        kpis.put("SurveyKpis.cesTopBox(2)", SurveyKpis.cesTopBox(2));
        kpis.put("SurveyKpis.ces1()", SurveyKpis.ces1());
        kpis.put("SurveyKpis.ces1LowEffort()", SurveyKpis.ces1LowEffort());
        kpis.put("BotKpis.botExperienceScore()", BotKpis.botExperienceScore());
        kpis.put("BotKpis.automationRate()", BotKpis.automationRate());
        kpis.put("BotKpis.containment()", BotKpis.containment());
        kpis.put(
                "ContactKpis.serviceLevel(20 s, EXCLUDED)",
                ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.EXCLUDED));
        kpis.put("ContactKpis.abandonmentRate()", ContactKpis.abandonmentRate());
        kpis.put("ContactKpis.averageSpeedOfAnswer()", ContactKpis.averageSpeedOfAnswer());
        kpis.put("ContactKpis.averageHandleTime()", ContactKpis.averageHandleTime());
        return kpis;
    }

    private static String row(String java, Kpi<?> kpi) {
        Condition where = kpi.where();
        String rows = where instanceof Condition.Always ? "" : ", of rows where " + where.words();
        String arrow = switch (kpi.direction()) {
            case HIGHER_IS_BETTER -> "↑";
            case LOWER_IS_BETTER -> "↓";
            case NEUTRAL -> "";
        };
        String interval = some(kpi).interval(0.95).method();
        return "| " + kpi.name() + " | `" + java + "` | " + kpi.definition().formula() + rows + " | "
                + kpi.unit().toString().toLowerCase(Locale.ROOT) + " | " + arrow + " | " + interval + " |";
    }

    /** A statistic with some rows in it, so that it has an interval. */
    private static Statistic<?> some(Kpi<?> kpi) {
        return of(kpi);
    }

    private static <S extends Statistic<S>> S of(Kpi<S> kpi) {
        var totals = kpi.definition().aggregates().stream()
                .map(a -> a instanceof Aggregate.Tally tally ? tally(tally) : Total.Exact.of(1))
                .toList();
        return kpi.definition().statistic(kpi, new Counts(2, 0, 0, 0), totals);
    }

    private static Total tally(Aggregate.Tally tally) {
        long[] counts = new long[tally.highest() - tally.lowest() + 1];
        counts[0] = 2;
        return new Total.Tally(counts);
    }

    @Test
    void theTableInTheReadmeIsTheCatalogue() throws Exception {
        String expected = "| KPI | in Java | formula | unit | better | interval |\n|---|---|---|---|---|---|\n"
                + catalogue().entrySet().stream()
                        .map(e -> row(e.getKey(), e.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\n";
        String readme = Files.readString(Path.of("..", "README.md"));
        int from = readme.indexOf(BEGIN) + BEGIN.length();
        String shown = readme.substring(from, readme.indexOf(END, from));
        assertEquals(expected, shown, "copy the expected table into README.md");
    }
}
