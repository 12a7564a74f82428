package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cxmetrics.Counts;
import io.cxmetrics.Statistic;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Period;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 42 078 calls of a bank, two files as one input, with {@code technion-calls.json}: every figure of EXPECTED.json beside the
 * data that needs no history, and the daily figures that somebody else published.
 */
class CliTechnionTest {
    /** The figures are given to ten decimals. */
    private static final double PRECISION = 6e-11;

    /**
     * What is left out: repeat calls, which have a test of their own below; the hour of the day is not a dimension yet; a median is exact only while there are few distinct values.
     */
    private static final String LATER = "fcr7.*|callback[.]reach_hour_.*|aht_median_s";

    /** Statements about the published file itself, which the second test makes in its own way. */
    private static final String ABOUT_PUBLISHED = "published_daily_cells_.*";

    private RealData data;

    @BeforeEach
    void needsTheData() {
        data = RealData.folder("technion-anonymous-bank-aug1999");
    }

    private ScorecardResult calls(String... options) {
        List<Path> files = List.of(data.file("calls_1999-08_01-10.csv"), data.file("calls_1999-08_11-31.csv"));
        return RealData.scorecard(RealData.definitions("technion-calls.json"), List.of(options), files);
    }

    /** The statistic of a KPI in a cell. */
    private static Statistic<?> in(ScorecardResult result, Cell cell, String kpi) {
        return result.cells().get(cell).stream()
                .filter(statistic -> statistic.kpi().id().equals(kpi))
                .findFirst()
                .orElseThrow();
    }

    private static double value(Statistic<?> statistic) {
        return statistic.value().orElseThrow();
    }

    private static long rows(ScorecardResult result, Cell cell) {
        return in(result, cell, "hang-rate").counts().rows();
    }

    private static long hits(Statistic<?> share) {
        return ((Share) share).hits();
    }

    @Test
    void everyFigureIsReproduced() throws IOException {
        ScorecardResult total = calls("--total");
        ScorecardResult byType = calls("--by", "type");
        ScorecardResult byOutcome = calls("--by", "outcome");
        ScorecardResult byDay = calls("--every", "day");
        ScorecardResult byServer = calls("--by", "server");
        Cell all = new Cell(null, List.of());
        Cell first = Cell.of(Period.parse("1999-08-01"));
        Function<String, Double> percent = kpi -> 100 * value(in(total, all, kpi));

        Set<String> later = new TreeSet<>();
        for (Map.Entry<String, LocatedJson> entry : data.expected().entrySet()) {
            String id = entry.getKey();
            if (id.matches(LATER) || id.matches(ABOUT_PUBLISHED)) {
                later.add(id);
                continue;
            }
            double computed;
            if (id.startsWith("outcome_")) {
                computed = rows(byOutcome, Cell.of(null, id.substring("outcome_".length())));
            } else if (id.startsWith("type_")) {
                Statistic<?> answerRate = in(byType, Cell.of(null, id.substring(5, 7)), "answer-rate");
                computed = id.endsWith(".offered") ? answerRate.counts().used() : 100 * value(answerRate);
            } else if (id.startsWith("service_level_")) {
                // service_level_20s_offered_pct
                String[] parts = id.split("_", 4);
                String treatment = parts[3].replace("_pct", "").replace("excl_short_abandons", "no-short");
                computed = percent.apply("sl-" + parts[2].replace("s", "") + "-" + treatment);
            } else {
                computed = switch (id) {
                    case "rows" -> total.intake().rows();
                    case "answer_rate_pct" -> percent.apply("answer-rate");
                    case "abandonment_rate_pct" -> percent.apply("abandonment");
                    case "queue_abandoned" -> hits(in(total, all, "queue-abandonment"));
                    case "queue_abandonment_rate_pct" -> percent.apply("queue-abandonment");
                    case "ended_in_vru" -> hits(in(total, all, "ended-in-menu"));
                    case "ended_in_vru_pct" -> percent.apply("ended-in-menu");
                    case "asa_s" -> value(in(total, all, "asa"));
                    case "asa_queued_s" -> value(in(total, all, "asa-queued"));
                    case "aht_s" -> value(in(total, all, "aht"));
                    case "callback.mean_hold_s" -> value(in(byType, Cell.of(null, "TT"), "hold"));
                    case "callback.abandoned_while_holding" -> hits(in(byType, Cell.of(null, "TT"), "abandonment"));
                    case "agents" ->
                        byServer.cells().keySet().stream()
                                .filter(cell -> !cell.labels().get(0).text().equals("NO_SERVER"))
                                .filter(cell ->
                                        in(byServer, cell, "aht").counts().used() > 0)
                                .count();
                    case "day_1999-08-01.total_calls" -> rows(byDay, first);
                    case "day_1999-08-01.hang_rate_pct" -> 100 * value(in(byDay, first, "hang-rate"));
                    case "day_1999-08-01.avg_service_time_s" -> value(in(byDay, first, "service-time"));
                    case "day_1999-08-01.avg_queue_time_s" -> value(in(byDay, first, "queue-time"));
                    default -> throw new AssertionError("EXPECTED.json has a new figure: " + id);
                };
            }
            double expected = entry.getValue().members().get("value").number().doubleValue();
            assertEquals(expected, computed, PRECISION, id);
        }
        assertEquals(23, later.size(), later.toString());
    }

    /** Repeat calls: definitions with a link of each call to the next of the same customer. */
    @Test
    void firstContactResolutionIsReproduced() throws IOException {
        List<Path> files = List.of(data.file("calls_1999-08_01-10.csv"), data.file("calls_1999-08_11-31.csv"));
        ScorecardResult result = RealData.scorecard(RealData.definitions("technion-fcr.json"), List.of(), files);
        Cell all = new Cell(null, List.of());
        Share fcr = (Share) in(result, all, "fcr");
        Map<String, LocatedJson> expected = data.expected();
        Function<String, Double> figure =
                id -> expected.get(id).members().get("value").number().doubleValue();
        assertEquals(figure.apply("fcr7.index_calls"), fcr.counts().used());
        assertEquals(figure.apply("fcr7.resolved"), fcr.hits());
        assertEquals(figure.apply("fcr7_pct"), 100 * value(fcr), 6e-10);
        assertEquals(fcr.counts().used() - fcr.hits(), hits(in(result, all, "repeats")));
        assertEquals(42_078, result.intake().lines());
        assertEquals(42_078, fcr.counts().rows());
        assertEquals(Map.of(), result.intake().rejected());
    }

    @Test
    void everyRowIsAccountedForAndTheNegativeDurationsOfTheSourceAreSetAside() {
        ScorecardResult total = calls("--total");
        assertEquals(42_078, total.intake().lines());
        assertEquals(0, total.intake().brokenLines());
        // SOURCE.txt: 19 rows with a negative duration; all are in vru_time.
        assertEquals(
                Map.of("menu-time: expected at least 0 s", 19L), total.intake().rejected());
        assertEquals(
                "calls_1999-08_01-10.csv",
                Path.of(total.intake().samples().get(0).source()).getFileName().toString());
        total.cells()
                .values()
                .forEach(statistics -> statistics.forEach(statistic -> assertEquals(
                        42_078, statistic.counts().rows(), statistic.kpi().id())));
    }

    /**
     * The figures of 31 days that another author computed from another copy of the data, given to two decimals. Not
     * compared: the medians, which are exact here only while there are few distinct values.
     *
     * <p>avg_vru_time agrees where no duration is negative, and everywhere once the rejected negative durations count as 0,
     * as they do there: here they are set aside, because a call does not last −87 s.
     */
    @Test
    void theDailyFiguresOfAnotherAuthorAreReproduced() throws IOException {
        ScorecardResult byDay = calls("--every", "day");
        assertEquals(31, byDay.cells().size());
        int days = 0;
        Set<String> negative = new TreeSet<>();
        try (CsvReader<NamedCsvRecord> published =
                CsvReader.builder().ofNamedCsvRecord(data.file("published_daily_metrics_1999.csv"))) {
            for (NamedCsvRecord day : published) {
                String date = day.getField("date");
                if (!date.startsWith("1999-08-")) {
                    continue;
                }
                days++;
                Cell cell = Cell.of(Period.parse(date));
                Mean service = (Mean) in(byDay, cell, "service-time");
                Mean menu = (Mean) in(byDay, cell, "menu-time");
                Statistic<?> hangs = in(byDay, cell, "hang-rate");
                assertPublished(day, "total_calls", rows(byDay, cell));
                assertPublished(day, "avg_service_time", value(service));
                assertPublished(
                        day, "std_service_time", service.standardDeviation().orElseThrow());
                assertPublished(day, "avg_queue_time", value(in(byDay, cell, "queue-time")));
                assertPublished(day, "hangs", hits(hangs));
                assertPublished(day, "hang_rate", 100 * value(hangs));
                assertPublished(day, "efficiency_score", 100 - 100 * value(hangs));
                Counts counts = menu.counts();
                assertPublished(day, "avg_vru_time", value(menu) * counts.used() / counts.rows());
                if (counts.rejected() > 0) {
                    negative.add(date);
                } else {
                    assertPublished(day, "avg_vru_time", value(menu));
                }
            }
        }
        assertEquals(31, days);
        // EXPECTED.json: published_daily_cells_different.
        assertEquals(
                data.expected()
                        .get("published_daily_cells_different")
                        .members()
                        .get("value")
                        .number()
                        .intValue(),
                negative.size(),
                negative.stream().collect(Collectors.joining(", ")));
        assertTrue(negative.size() < days);
    }

    private static void assertPublished(NamedCsvRecord day, String column, double computed) {
        double published = Double.parseDouble(day.getField(column));
        assertEquals(published, computed, 0.0051, day.getField("date") + " " + column);
    }
}
