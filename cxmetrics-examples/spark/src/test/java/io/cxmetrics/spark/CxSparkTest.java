package io.cxmetrics.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static @Nullable SparkSession session;

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

    @BeforeAll
    static void start() {
        session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.session.timeZone", "America/New_York")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark().stop();
    }

    private static SparkSession spark() {
        return java.util.Objects.requireNonNull(session);
    }

    private static Dataset<Row> data() {
        StructType schema = new StructType();
        for (String column : COLUMNS) {
            schema = schema.add(column, DataTypes.StringType);
        }
        return spark().createDataFrame(
                        ROWS.stream()
                                .map(cells -> RowFactory.create((Object[]) cells))
                                .toList(),
                        schema);
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
}
