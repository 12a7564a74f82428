package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.json.KpiJson;
import io.cxmetrics.spark.CxSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a scorecard costs in Spark: ten figures by channel and week over contacts in Parquet, by Spark's own aggregates (three
 * of them {@code approx_percentile}), by one function that holds the whole scorecard, and by the job of partitions. One
 * session, {@code local[1]}, the peers by turns.
 */
public final class SparkBenchmark {
    private SparkBenchmark() {}

    private static final String DEFINITIONS = """
            {
              "version": 1,
              "source": {"name": "contacts", "fields": {
                "channel": {},
                "started": {"type": "instant"},
                "recommendation": {}, "satisfaction": {}, "effort": {},
                "bot-involved": {"column": "bot_involved"}, "bot-resolved": {"column": "bot_resolved"},
                "answered": {}, "abandoned": {},
                "wait": {"unit": "seconds"}, "talk": {"unit": "seconds"}, "hold": {"unit": "seconds"},
                "after-contact-work": {"column": "after_contact_work", "unit": "seconds"}}},
              "kpis": %s,
              "scorecard": {"by": ["channel"], "every": "week", "time": "started", "timeZone": "Europe/Helsinki"}
            }
            """.formatted(KpiJson.write(Scorecards.kpis()));

    private static final String OWN_AGGREGATES = """
            SELECT channel, CAST(date_trunc('week', started) AS DATE) AS week,
              100.0D * (count_if(recommendation >= 9) - count_if(recommendation <= 6)) / count(recommendation),
              count_if(satisfaction >= 4) / count(satisfaction),
              avg(effort),
              count_if(bot_involved AND bot_resolved) / count(*),
              sum(talk + hold + after_contact_work) FILTER (WHERE answered) / count_if(answered),
              count_if(answered AND wait <= 20) / count_if(answered OR abandoned),
              count_if(abandoned) / count_if(answered OR abandoned),
              %s
            FROM contacts GROUP BY 1, 2
            """;
    private static final String THREE_PERCENTILES =
            "approx_percentile(wait, 0.5), approx_percentile(wait, 0.9), approx_percentile(wait, 0.99)";
    private static final String ONE_PERCENTILE = "approx_percentile(wait, array(0.5, 0.9, 0.99))";

    /** From how many groups on Spark sorts instead of holding such aggregates in memory: 128 unless it is set. */
    private static final String FALLBACK = "spark.sql.objectHashAggregate.sortBased.fallbackThreshold";

    private static final String SCHEMA = "customer BIGINT, channel STRING, started TIMESTAMP, recommendation INT,"
            + " satisfaction INT, effort INT, bot_involved BOOLEAN, bot_resolved BOOLEAN, answered BOOLEAN,"
            + " abandoned BOOLEAN, wait INT, talk INT, hold INT, after_contact_work INT";

    /**
     * Runs the contest.
     *
     * @param arguments the options of the benchmarks
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(List.of(arguments));
        Path folder = Files.createTempDirectory("contacts");
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.log.level", "ERROR")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.session.timeZone", "Europe/Helsinki")
                .getOrCreate();
        try {
            Dataset<Row> contacts = contacts(spark, options, folder);
            contacts.createOrReplaceTempView("contacts");
            CxSpark.register(spark, DEFINITIONS);
            String function =
                    "SELECT cx_scorecard(" + String.join(", ", CxSpark.columns(DEFINITIONS)) + ") FROM contacts";
            Contest<Answer> contest = new Contest<>(
                            "Ten figures by channel and week in Spark, contacts in Parquet",
                            options.rows(),
                            Answer::check)
                    .peer(
                            "Spark's own aggregates, a percentile a call",
                            () -> answer(spark.sql(OWN_AGGREGATES.formatted(THREE_PERCENTILES))))
                    .peer(
                            "Spark's own aggregates, percentiles in one call",
                            () -> answer(spark.sql(OWN_AGGREGATES.formatted(ONE_PERCENTILE))))
                    .peer("the same, no falling back to sorting", () -> {
                        spark.conf().set(FALLBACK, 1_000_000);
                        Answer answer = answer(spark.sql(OWN_AGGREGATES.formatted(ONE_PERCENTILE)));
                        spark.conf().unset(FALLBACK);
                        return answer;
                    })
                    .peer(
                            "one function, the whole scorecard",
                            () -> Answer.of(CxSpark.read(
                                    (byte[]) spark.sql(function).first().get(0), DEFINITIONS)))
                    .peer("job of partitions", () -> Answer.of(CxSpark.scorecard(contacts, DEFINITIONS)));
            System.out.println(Report.machine());
            System.out.print(contest.run(options).text());
        } finally {
            spark.stop();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Dataset<Row> contacts(SparkSession spark, Options options, Path folder) throws Exception {
        Path csv = options.contacts().csv(folder);
        String parquet = folder.resolve("contacts.parquet").toString();
        spark.read()
                .schema(SCHEMA)
                .option("header", "true")
                .csv(csv.toString())
                .coalesce(1)
                .write()
                .parquet(parquet);
        return spark.read().parquet(parquet);
    }

    private static Answer answer(Dataset<Row> rows) {
        SortedMap<String, double[]> figures = new TreeMap<>();
        for (Row row : rows.collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int c = 2; c < row.size(); c++) {
                if (row.get(c) instanceof scala.collection.Seq<?>) {
                    values.addAll(row.getList(c));
                } else {
                    values.add(row.get(c));
                }
            }
            figures.put(
                    row.getString(0) + " " + row.get(1),
                    values.stream()
                            .mapToDouble(value -> value == null ? Double.NaN : ((Number) value).doubleValue())
                            .toArray());
        }
        return new Answer(figures);
    }
}
