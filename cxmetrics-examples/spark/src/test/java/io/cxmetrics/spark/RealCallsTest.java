package io.cxmetrics.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cxmetrics.SharedData;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.Row;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.sql.EngineCases;
import io.cxmetrics.stats.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 42 078 calls of a bank through every engine: equal, and the figures of EXPECTED.json. The definitions are those of the
 * command line's tests.
 */
class RealCallsTest {
    private static final Path DEFINITIONS = Path.of("../cli/src/test/resources/io/cxmetrics/cli/real");
    /** The figures are given to ten decimals. */
    private static final double PRECISION = 6e-11;

    private static final Map<String, String> PERCENTS = Map.ofEntries(
            Map.entry("answer_rate_pct", "answer-rate"),
            Map.entry("abandonment_rate_pct", "abandonment"),
            Map.entry("queue_abandonment_rate_pct", "queue-abandonment"),
            Map.entry("ended_in_vru_pct", "ended-in-menu"),
            Map.entry("service_level_20s_answered_pct", "sl-20-answered"),
            Map.entry("service_level_20s_offered_pct", "sl-20-offered"),
            Map.entry("service_level_20s_excl_short_abandons_pct", "sl-20-no-short"),
            Map.entry("service_level_30s_answered_pct", "sl-30-answered"),
            Map.entry("service_level_30s_offered_pct", "sl-30-offered"),
            Map.entry("service_level_30s_excl_short_abandons_pct", "sl-30-no-short"),
            Map.entry("service_level_60s_answered_pct", "sl-60-answered"),
            Map.entry("service_level_60s_offered_pct", "sl-60-offered"),
            Map.entry("service_level_60s_excl_short_abandons_pct", "sl-60-no-short"));
    private static final Map<String, String> SECONDS =
            Map.of("asa_s", "asa", "asa_queued_s", "asa-queued", "aht_s", "aht");

    @TempDir
    private Path temporary;

    private static String json(String name) throws IOException {
        return Files.readString(DEFINITIONS.resolve(name));
    }

    private static List<NamedCsvRecord> calls(Path folder) throws IOException {
        List<NamedCsvRecord> calls = new ArrayList<>(SharedData.csv(folder.resolve("calls_1999-08_01-10.csv")));
        calls.addAll(SharedData.csv(folder.resolve("calls_1999-08_11-31.csv")));
        return calls;
    }

    /** The cells that a scorecard needs, as each engine's own table of texts. */
    private static List<String[]> cells(List<NamedCsvRecord> calls, List<String> columns) {
        return calls.stream()
                .map(call -> columns.stream().map(call::getField).toArray(String[]::new))
                .toList();
    }

    private static Statistic<?> total(ScorecardResult result, String kpi) {
        return result.total(result.kpis().stream()
                .filter(k -> k.id().equals(kpi))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void everyEngineGivesTheFiguresOfTheRealCalls() throws Exception {
        Path folder = SharedData.folder("technion-anonymous-bank-aug1999");
        String json = json("technion-calls.json")
                .replace("\"scorecard\": {", "\"scorecard\": {\"by\": [\"type\"], \"every\": \"day\", ");
        Definitions definitions = Definitions.parse("calls", json);
        List<String> columns = definitions.mapping().columns();
        List<String[]> cells = cells(calls(folder), columns);
        List<Row> rows = cells.stream()
                .map(row -> new Row("calls", 1, (@Nullable String[]) row))
                .toList();
        ScorecardResult java = definitions.compute(columns, rows);
        assertTrue(java.cells().size() > 100, java.toString());

        Map<String, ScorecardResult> engines = new LinkedHashMap<>();
        engines.put(
                "Java, parallel",
                rows.parallelStream().collect(definitions.scorecard(columns).collector()));
        engines.put("DuckDB", EngineCases.duckDb(definitions.query("calls"), "calls", columns, cells));
        SparkSession spark = LocalSpark.session();
        String file = temporary.resolve("calls").toString();
        LocalSpark.texts(spark, columns, cells).repartition(4).write().parquet(file);
        spark.read().parquet(file).createOrReplaceTempView("calls");
        engines.put("Spark SQL", CxSpark.query(spark, "calls", json));
        engines.put("Spark job", CxSpark.scorecard(spark.read().parquet(file), json));
        CxSpark.register(spark, json);
        engines.put(
                "Spark function",
                CxSpark.read(
                        (byte[]) spark.sql("SELECT cx_scorecard(" + String.join(", ", CxSpark.columns(json))
                                        + ") FROM calls")
                                .first()
                                .get(0),
                        json));

        engines.put("Java", java);
        for (Map.Entry<String, ScorecardResult> engine : engines.entrySet()) {
            ScorecardResult result = engine.getValue();
            assertEquals(java.cells(), result.cells(), engine.getKey());
            assertEquals(SharedData.expected(folder, "rows"), result.intake().rows(), engine.getKey());
            for (Map.Entry<String, String> figure : PERCENTS.entrySet()) {
                double percent = 100 * total(result, figure.getValue()).value().orElseThrow();
                assertEquals(SharedData.expected(folder, figure.getKey()), percent, PRECISION, figure.getKey());
            }
            for (Map.Entry<String, String> figure : SECONDS.entrySet()) {
                double seconds = total(result, figure.getValue()).value().orElseThrow();
                assertEquals(SharedData.expected(folder, figure.getKey()), seconds, PRECISION, figure.getKey());
            }
        }
    }

    @Test
    void linkedCallsAreEqualInEveryEngineThatLinks() throws Exception {
        Path folder = SharedData.folder("technion-anonymous-bank-aug1999");
        String json = json("technion-fcr.json");
        Definitions definitions = Definitions.parse("calls", json);
        List<String> columns = definitions.mapping().columns();
        List<String[]> cells = cells(calls(folder), columns);
        List<Row> rows = new ArrayList<>();
        for (String[] row : cells) {
            rows.add(new Row("calls", rows.size() + 1, (@Nullable String[]) row));
        }
        ScorecardResult java = definitions.compute(columns, rows);
        ScorecardResult duckDb = EngineCases.duckDb(definitions.query("calls"), "calls", columns, cells);
        SparkSession spark = LocalSpark.session();
        String file = temporary.resolve("linked").toString();
        LocalSpark.texts(spark, columns, cells).coalesce(1).write().parquet(file);
        spark.read().parquet(file).createOrReplaceTempView("calls");
        ScorecardResult query = CxSpark.query(spark, "calls", json);
        assertEquals(java.cells(), duckDb.cells());
        assertEquals(java.cells(), query.cells());
        Share fcr = (Share) total(query, "fcr");
        assertEquals(
                SharedData.expected(folder, "fcr7.index_calls"), fcr.counts().used());
        assertEquals(SharedData.expected(folder, "fcr7.resolved"), fcr.hits());
        assertTrue(assertThrows(
                        IllegalStateException.class,
                        () -> CxSpark.scorecard(spark.read().parquet(file), json))
                .getMessage()
                .contains("use CxSpark.query"));
    }
}
