package io.cxmetrics.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.sql.EngineCases;
import io.cxmetrics.sql.ScorecardQuery;
import io.cxmetrics.state.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every KPI of the catalogue, over columns full of missing and bad values, in every engine: equal statistics, and so equal
 * accounts, in every cell. The table of the README is made here; {@code -Dcxmetrics.readme.write=true} writes it.
 */
class EnginesTest {
    private static final int ROWS = 1_000;
    private static final String JSON = EngineCases.json();
    private static final Definitions DEFINITIONS = Definitions.parse("cases", JSON);
    private static final List<String> COLUMNS = EngineCases.columns();

    @TempDir
    private Path folder;

    @Test
    void everyKpiIsEqualInEveryEngine() throws Exception {
        List<String[]> rows = EngineCases.rows(ROWS);
        Scorecard<io.cxmetrics.field.Row> card = DEFINITIONS.scorecard(COLUMNS);
        List<io.cxmetrics.field.Row> texts = rows.stream()
                .map(cells -> new io.cxmetrics.field.Row("events", 1, (@Nullable String[]) cells))
                .toList();
        ScorecardResult java = card.compute(texts);

        Map<String, ScorecardResult> engines = new LinkedHashMap<>();
        engines.put("Java, parallel", texts.parallelStream().collect(card.collector()));
        ScorecardQuery query = DEFINITIONS.query("events");
        engines.put("DuckDB SQL", EngineCases.duckDb(query, "events", COLUMNS, rows));
        SparkSession spark = LocalSpark.session();
        // For so few rows making and compiling code for more than a hundred KPIs takes far longer than doing without.
        spark.conf().set("spark.sql.codegen.wholeStage", "false");
        spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        // From a file: what Spark holds in memory its optimizer would compute, row by row and slowly.
        String file = folder.resolve("events").toString();
        LocalSpark.texts(spark, COLUMNS, rows).write().parquet(file);
        Dataset<Row> data = spark.read().parquet(file);
        data.createOrReplaceTempView("events");
        engines.put("Spark SQL", CxSpark.query(spark, "events", JSON));
        for (int partitions : new int[] {1, 2, 7}) {
            engines.put("Spark job, " + partitions, CxSpark.scorecard(data.repartition(partitions), JSON));
        }
        CxSpark.register(spark, JSON);
        data.repartition(3).createOrReplaceTempView("events");
        engines.put(
                "Spark function of all",
                CxSpark.read(
                        (byte[]) spark.sql("SELECT cx_scorecard(" + list(CxSpark.columns(JSON)) + ") FROM events")
                                .first()
                                .get(0),
                        JSON));

        engines.forEach((engine, result) -> {
            assertEquals(java.shape(), result.shape(), engine);
            for (Kpi<?> kpi : java.kpis()) {
                assertEquals(java.total(kpi), result.total(kpi), engine);
            }
            assertEquals(java.cells(), result.cells(), engine);
            assertEquals(ROWS, result.intake().rows(), engine);
            if (!engine.endsWith("SQL")) {
                assertEquals(java.intake().rejected(), result.intake().rejected(), engine);
            }
        });
        Map<Kpi<?>, Statistic<?>> functions = functions(spark, java.kpis());
        Map<Kpi<?>, String> lines = new LinkedHashMap<>();
        for (Kpi<?> kpi : java.kpis()) {
            Statistic<?> statistic = java.total(kpi);
            assertEquals(statistic, functions.get(kpi));
            assertEquals(ROWS, statistic.counts().rows());
            StringBuilder line = new StringBuilder("| ").append(kpi.id()).append(" | ");
            line.append(statistic.toString().replace("|", "\\|"));
            for (String engine : List.of("Java, parallel", "DuckDB SQL", "Spark SQL", "Spark job, 7")) {
                line.append(statistic.equals(engines.get(engine).total(kpi)) ? " | =" : " | differs");
            }
            line.append(statistic.equals(functions.get(kpi)) ? " | = |" : " | differs |");
            lines.put(kpi, line.toString());
        }
        shows("""
                | KPI | Java: what all rows come to | Java, parallel | DuckDB SQL | Spark SQL | Spark job | Spark function |
                |---|---|---|---|---|---|---|
                """ + String.join("\n", lines.values()) + "\n");
    }

    /** All KPIs by their own functions, in one query. */
    private static Map<Kpi<?>, Statistic<?>> functions(SparkSession spark, List<Kpi<?>> kpis) {
        List<String> calls = new ArrayList<>();
        for (Kpi<?> kpi : kpis) {
            String columns = list(CxSpark.columns(JSON, kpi.id()));
            calls.add("cx_state('" + kpi.id() + "'" + (columns.isEmpty() ? "" : ", " + columns) + ")");
        }
        Row states =
                spark.sql("SELECT " + String.join(", ", calls) + " FROM events").first();
        Map<Kpi<?>, Statistic<?>> statistics = new LinkedHashMap<>();
        for (int k = 0; k < kpis.size(); k++) {
            statistics.put(kpis.get(k), State.read(kpis.get(k), (byte[]) states.get(k)));
        }
        return statistics;
    }

    private static String list(List<String> columns) {
        return String.join(
                ", ",
                columns.stream()
                        .map(column -> '`' + column.replace("`", "``") + '`')
                        .toList());
    }

    private static void shows(String table) throws Exception {
        Path file = Path.of("README.md");
        String readme = Files.readString(file);
        int from = readme.indexOf("| KPI | Java: what all rows come to");
        assertTrue(from >= 0, "README.md has no table of the engines");
        int to = readme.indexOf("\n\n", from);
        String written = readme.substring(0, from) + table + (to < 0 ? "" : readme.substring(to + 1));
        if (Boolean.getBoolean("cxmetrics.readme.write")) {
            Files.writeString(file, written);
        } else {
            assertEquals(
                    written, readme, "run this test with -Dcxmetrics.readme.write=true to bring README.md up to date");
        }
    }
}
