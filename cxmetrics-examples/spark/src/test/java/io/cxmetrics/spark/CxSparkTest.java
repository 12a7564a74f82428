package io.cxmetrics.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.ScorecardResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark gives what one process gives, however the rows are split. */
class CxSparkTest {
    private static final String JSON = """
            {
              "version": 1,
              "source": {"name": "calls", "fields": {
                "recommendation": {"column": "score"},
                "wait": {"column": "wait_s", "unit": "seconds"},
                "answered": {"column": "outcome", "true": ["answered"], "false": ["abandoned"]},
                "abandoned": {"column": "outcome", "true": ["abandoned"], "false": ["answered"]},
                "started": {"column": "started", "format": "yyyy-MM-dd HH:mm:ss", "timeZone": "Europe/Helsinki"},
                "channel": {}}},
              "kpis": {
                "nps": {"type": "nps"},
                "service-level": {"type": "serviceLevel", "within": "PT20S", "abandons": "failures"},
                "asa": {"type": "averageSpeedOfAnswer"}},
              "scorecard": {"by": ["channel"], "every": "week", "time": "started", "timeZone": "Europe/Helsinki"}
            }
            """;
    private static final List<String> COLUMNS = List.of("score", "wait_s", "outcome", "started", "channel");
    private static final List<@Nullable String[]> ROWS = rows();
    private static final Definitions DEFINITIONS = Definitions.parse("calls.json", JSON);

    @TempDir
    private Path folder;

    private static List<@Nullable String[]> rows() {
        Random random = new Random(5);
        List<@Nullable String[]> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            rows.add(new @Nullable String[] {
                List.of("0", "6", "9", "10", "10", "11", "", "five").get(random.nextInt(8)),
                List.of("0", "3.25", "19.999999", "20", "300", "", "soon", "-4").get(random.nextInt(8)),
                List.of("answered", "answered", "abandoned", "lost", "").get(random.nextInt(5)),
                List.of(
                                "2024-03-31 02:59:59",
                                "2024-03-31 03:30:00",
                                "2024-10-27 03:30:00",
                                "2024-12-31 23:59:59",
                                "soon")
                        .get(random.nextInt(5)),
                List.of("phone", "chat", "a'b`c\\d\"e", "").get(random.nextInt(4))
            });
        }
        rows.add(new @Nullable String[] {null, null, null, null, null});
        return rows;
    }

    private static final SparkSession SPARK = LocalSpark.session();

    private static SparkSession spark() {
        return SPARK;
    }

    /** Not as Spark's own list of rows, which its optimizer would compute slowly. */
    private static Dataset<Row> data() {
        return LocalSpark.texts(spark(), COLUMNS, ROWS).repartition(1);
    }

    private static ScorecardResult inProcess() {
        List<io.cxmetrics.field.Row> rows = ROWS.stream()
                .map(cells -> new io.cxmetrics.field.Row("calls", 1, cells))
                .toList();
        return DEFINITIONS.compute(COLUMNS, rows);
    }

    @Test
    void aJobOverParquetIsEqualForAnyPartitioning() {
        String path = folder.resolve("calls").toString();
        data().write().parquet(path);
        Dataset<Row> parquet = spark().read().parquet(path);
        ScorecardResult expected = inProcess();
        for (int partitions : new int[] {1, 2, 7}) {
            ScorecardResult result = CxSpark.scorecard(parquet.repartition(partitions), JSON);
            assertEquals(expected.cells(), result.cells());
            assertEquals(expected.shape(), result.shape());
            assertEquals(expected.intake().rows(), result.intake().rows());
            assertEquals(expected.intake().rejected(), result.intake().rejected());
        }
    }

    @Test
    void theQueryOfSparkSqlIsEqual() {
        data().createOrReplaceTempView("calls");
        for (String ansi : List.of("true", "false")) {
            spark().conf().set("spark.sql.ansi.enabled", ansi);
            ScorecardResult result = CxSpark.query(spark(), "calls", JSON);
            assertEquals(inProcess().cells(), result.cells());
            assertEquals(inProcess().shape(), result.shape());
        }
        spark().conf().unset("spark.sql.ansi.enabled");
    }

    @Test
    void functionsGiveValuesAndStatesThatMerge() {
        data().repartition(4).createOrReplaceTempView("calls");
        CxSpark.register(spark(), JSON);
        ScorecardResult expected = inProcess().overall();
        for (Kpi<?> kpi : expected.kpis()) {
            String columns = String.join(", ", CxSpark.columns(JSON, kpi.id()));
            List<Row> values = spark().sql("SELECT channel, k.value, k.low, k.high, k.n FROM (SELECT channel, cx_kpi('"
                            + kpi.id() + "', " + columns + ") AS k FROM calls GROUP BY channel)")
                    .collectAsList();
            assertTrue(values.size() > 4, values.toString());
            for (Row row : values) {
                String channel = row.getString(0);
                if (channel != null && !channel.isEmpty()) {
                    Statistic<?> statistic = expected.get(kpi, Cell.of(null, channel));
                    assertEquals(statistic.value().orElseThrow(), row.getDouble(1));
                    assertEquals(statistic.interval().low(), row.getDouble(2));
                    assertEquals(statistic.interval().high(), row.getDouble(3));
                    assertEquals(statistic.counts().used(), row.getLong(4));
                }
            }
            Row merged = spark().sql("SELECT cx_result('" + kpi.id() + "', cx_merge('" + kpi.id()
                            + "', s)) AS k FROM (SELECT started, cx_state('" + kpi.id() + "', " + columns
                            + ") AS s FROM calls GROUP BY started)")
                    .first()
                    .getStruct(0);
            assertEquals(expected.total(kpi).value().orElseThrow(), merged.getDouble(0));
            assertEquals(expected.total(kpi).counts().used(), merged.getLong(3));
        }
    }

    private static String problem(String query) {
        return assertThrows(IllegalArgumentException.class, () -> spark().sql(query))
                .getMessage();
    }

    @Test
    void aWrongCallIsToldBeforeItRuns() {
        data().createOrReplaceTempView("calls");
        CxSpark.register(spark(), JSON);
        assertEquals(
                "the definitions have no KPI 'npss' (did you mean \"nps\"?); they have [nps, service-level, asa]",
                problem("SELECT cx_kpi('npss', score) FROM calls"));
        assertEquals(
                "found 1 column in cx_kpi of KPI 'service-level'; expected 2 columns:"
                        + " cx_kpi('service-level', wait_s, outcome)",
                problem("SELECT cx_kpi('service-level', score) FROM calls"));
        assertEquals(
                "found 0 columns in cx_state of KPI 'nps'; expected 1 column: cx_state('nps', score)",
                problem("SELECT cx_state('nps') FROM calls"));
        assertEquals(
                "column score of cx_kpi('nps', score): found ARRAY<STRING>, expected text, a number, a boolean, a date or"
                        + " a timestamp",
                problem("SELECT cx_kpi('nps', array(score)) FROM calls"));
        assertEquals(
                "found no KPI in cx_kpi; expected its id first, such as cx_kpi('nps', score)",
                problem("SELECT cx_kpi(channel, score) FROM calls"));
        assertEquals(
                "found STRING in cx_merge; expected one column of stored forms, which are BINARY",
                problem("SELECT cx_merge('nps', score) FROM calls"));
        assertEquals(
                "found 1 column in cx_scorecard; expected 5 columns:"
                        + " cx_scorecard(score, wait_s, outcome, started, channel)",
                problem("SELECT cx_scorecard(score) FROM calls"));
        assertEquals(
                "calls: the rows have no column \"score\" (did you mean \"scor\"?); they have [scor, wait_s, outcome,"
                        + " started, channel]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CxSpark.scorecard(data().withColumnRenamed("score", "scor"), JSON))
                        .getMessage());
    }

    @Test
    void columnsThatNothingNeedsNeedNotBeThere() {
        String more = JSON.replace(
                "\"channel\": {}", "\"channel\": {}, \"talk\": {\"column\": \"not there\", \"unit\": \"seconds\"}");
        assertTrue(!more.equals(JSON));
        assertEquals(inProcess().cells(), CxSpark.scorecard(data(), more).cells());
    }

    @Test
    void noRowsGiveTheEmptyStatistic() {
        data().limit(0).createOrReplaceTempView("none");
        CxSpark.register(spark(), JSON);
        Row row = spark().sql("SELECT k.value, k.low, k.n FROM (SELECT cx_kpi('nps', score) AS k FROM none)")
                .first();
        assertTrue(row.isNullAt(0) && row.isNullAt(1), row.toString());
        assertEquals(0, row.getLong(2));
        assertEquals(0, CxSpark.scorecard(data().limit(0), JSON).intake().rows());
    }

    @Test
    void statesOfDaysMergeToTheWhole() {
        data().repartition(3).createOrReplaceTempView("calls");
        CxSpark.register(spark(), JSON);
        byte[] merged = (byte[]) spark().sql("""
                        SELECT cx_merge_scorecard(state)
                        FROM (SELECT cx_scorecard(score, wait_s, outcome, started, channel) AS state
                              FROM calls GROUP BY substr(started, 1, 10))
                        """).first().get(0);
        assertEquals(inProcess().cells(), CxSpark.read(merged, JSON).cells());
        assertEquals(
                inProcess().intake().rejected(),
                CxSpark.read(merged, JSON).intake().rejected());
    }

    @Test
    void manyGroupsAndWindowsAreComputedApart() {
        data().repartition(2).createOrReplaceTempView("calls");
        CxSpark.register(spark(), JSON);
        // More groups than Spark holds in memory before it sorts.
        Row sums = spark().sql("""
                        SELECT sum(k.n), count(*) FROM (
                          SELECT cx_kpi('nps', score) AS k
                          FROM (SELECT *, monotonically_increasing_id() % 400 AS g FROM calls) GROUP BY g)
                        """).first();
        assertEquals(inProcess().total(inProcess().kpis().get(0)).counts().used(), sums.getLong(0));
        List<Row> running = spark().sql("""
                        SELECT k.n, c FROM (
                          SELECT cx_kpi('nps', score) OVER (ORDER BY g) AS k, count(IF(score IN ('0', '6', '9', '10'), 1, NULL))
                            OVER (ORDER BY g) AS c
                          FROM (SELECT score, monotonically_increasing_id() AS g FROM calls LIMIT 50))
                        """).collectAsList();
        running.forEach(row -> assertEquals(row.getLong(1), row.getLong(0)));
        assertEquals(50, running.size());
    }
}
