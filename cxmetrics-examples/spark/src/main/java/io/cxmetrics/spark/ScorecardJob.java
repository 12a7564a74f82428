package io.cxmetrics.spark;

import io.cxmetrics.Statistic;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.state.State;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The scorecard of files as a job for {@code spark-submit}:
 *
 * <pre>{@code
 * spark-submit --class io.cxmetrics.spark.ScorecardJob cxmetrics-spark.jar \
 *     --definitions calls.json --input calls.parquet --output result --states daily
 * }</pre>
 *
 * <ul>
 *   <li>{@code --definitions} the definitions, without {@code "link"};
 *   <li>{@code --input} a file or folder, any number of times, or several with commas;
 *   <li>{@code --input-format} {@code parquet} (unless said), {@code orc}, {@code json} or {@code csv} with a header, whose
 *       values are text;
 *   <li>{@code --output} the folder for the result, which is replaced;
 *   <li>{@code --format} {@code json} (unless said: {@code result.json}, from which the result is read back), {@code csv} or
 *       {@code parquet} with a row for each cell and KPI;
 *   <li>{@code --states} a folder for the states of each day as Parquet with the columns {@code day} (null for rows whose
 *       time is missing or rejected) and {@code state}, which is replaced; needs {@code "time"} in the definitions.
 * </ul>
 *
 * <p>All paths are Hadoop's: files, HDFS, object stores. The exit code is 2 if the arguments are wrong.
 *
 * @since 0.1
 */
public final class ScorecardJob {
    private static final List<String> OPTIONS =
            List.of("definitions", "input", "input-format", "output", "format", "states");
    private static final List<String> INPUTS = List.of("parquet", "csv", "json", "orc");
    private static final List<String> OUTPUTS = List.of("json", "csv", "parquet");
    private static final int WRONG_USE = 2;

    private final SparkSession spark;
    private final Map<String, List<String>> options;

    private ScorecardJob(SparkSession spark, Map<String, List<String>> options) {
        this.spark = spark;
        this.options = options;
    }

    /**
     * Runs the job in the session of the cluster.
     *
     * @param arguments the options
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, List<String>> options;
        try {
            options = parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USE);
            return;
        }
        SparkSession spark =
                SparkSession.builder().appName("cxmetrics scorecard").getOrCreate();
        try {
            new ScorecardJob(spark, options).run();
        } finally {
            spark.stop();
        }
    }

    /** The options by name; throws with what is wrong and how it is right. */
    static Map<String, List<String>> parse(String... arguments) {
        Map<String, List<String>> options = new TreeMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : arguments[i];
            if (!OPTIONS.contains(name) || !arguments[i].startsWith("--")) {
                throw new IllegalArgumentException("unknown option " + arguments[i] + DidYouMean.suffix(name, OPTIONS)
                        + "; the options are --" + String.join(", --", OPTIONS));
            } else if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            options.computeIfAbsent(name, key -> new ArrayList<>())
                    .addAll(Arrays.asList(arguments[i + 1].split(",", -1)));
        }
        for (String needed : List.of("definitions", "input", "output")) {
            if (!options.containsKey(needed)) {
                throw new IllegalArgumentException(
                        "--" + needed + " is missing; the job needs --definitions, --input and --output");
            }
        }
        for (Map.Entry<String, List<String>> option : options.entrySet()) {
            if (!option.getKey().equals("input") && option.getValue().size() > 1) {
                throw new IllegalArgumentException("--" + option.getKey() + " is given twice: " + option.getValue());
            }
        }
        checked("input-format", options, INPUTS);
        checked("format", options, OUTPUTS);
        return options;
    }

    private static String checked(String option, Map<String, List<String>> options, List<String> words) {
        String word = options.getOrDefault(option, words).get(0);
        if (!words.contains(word)) {
            throw new IllegalArgumentException("--" + option + " " + word + ": expected one of "
                    + String.join(", ", words) + DidYouMean.suffix(word, words));
        }
        return word;
    }

    private @Nullable String option(String name) {
        List<String> values = options.get(name);
        return values == null ? null : values.get(0);
    }

    private Path path(String option) {
        return new Path(String.valueOf(option(option)));
    }

    private void run() throws IOException {
        String json = definitions();
        Dataset<Row> rows = rows();
        Grain own = Card.of(json, null, Map.of()).scorecard().shape().grain();
        ScorecardResult result;
        if (option("states") == null) {
            result = CxSpark.scorecard(rows, json);
        } else {
            ScorecardResult daily = CxSpark.scorecard(rows, json, Grain.DAY);
            states(daily);
            result = own == null ? daily.overall() : daily.per(own);
        }
        write(result);
        System.out.println(String.join("\n", summary(result)));
    }

    private String definitions() throws IOException {
        Path path = path("definitions");
        try (InputStream in =
                path.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Dataset<Row> rows() {
        return spark.read()
                .format(checked("input-format", options, INPUTS))
                // Of CSV alone: what a text means is said by the definitions, not guessed.
                .option("header", "true")
                .load(options.getOrDefault("input", List.of()).toArray(new String[0]));
    }

    private void write(ScorecardResult result) throws IOException {
        String format = checked("format", options, OUTPUTS);
        Path folder = path("output");
        if (format.equals("json")) {
            var files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
            files.mkdirs(folder);
            try (OutputStream out = files.create(new Path(folder, "result.json"), true)) {
                out.write(ResultJson.write(result).getBytes(StandardCharsets.UTF_8));
            }
            return;
        }
        Dataset<Row> cells = CxSpark.cells(spark, result);
        if (format.equals("csv")) {
            Column[] harmless = Arrays.stream(cells.schema().fields())
                    .map(field -> field.dataType().equals(DataTypes.StringType)
                            ? harmless(field.name())
                            : cells.col(quoted(field.name())))
                    .toArray(Column[]::new);
            cells.select(harmless)
                    .coalesce(1)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .option("header", "true")
                    .option("escape", "\"")
                    .csv(folder.toString());
        } else {
            cells.coalesce(1).write().mode(SaveMode.Overwrite).parquet(folder.toString());
        }
    }

    private static String quoted(String column) {
        return '`' + column.replace("`", "``") + '`';
    }

    /** A text that no spreadsheet takes for a formula: one that looks like it gets an apostrophe, unless it is a number. */
    private static Column harmless(String name) {
        Column column = functions.col(quoted(name));
        Column isFormula =
                column.rlike("^[=+\\-@\\t\\r＝＋－＠]").and(functions.not(column.rlike("^[+-]?[0-9]+([.][0-9]+)?$")));
        return functions
                .when(isFormula, functions.concat(functions.lit("'"), column))
                .otherwise(column)
                .as(name);
    }

    /** A state for each day; all of them merged are the result. */
    private void states(ScorecardResult daily) {
        Map<@Nullable Period, Map<Cell, List<Statistic<?>>>> days = new java.util.LinkedHashMap<>();
        daily.cells()
                .forEach((cell, statistics) -> days.computeIfAbsent(cell.period(), day -> new TreeMap<>())
                        .put(cell, statistics));
        List<Row> rows = new ArrayList<>();
        days.forEach((day, cells) -> {
            long read = cells.values().stream()
                    .mapToLong(statistics -> statistics.get(0).counts().rows())
                    .sum();
            // Fields and reasons of what was set aside are those of all days: they stay with the result.
            Intake intake = new Intake(read, 0, new TreeMap<>(), List.of());
            byte[] state = State.write(new ScorecardResult(daily.shape(), cells, intake));
            rows.add(RowFactory.create(day == null ? null : Date.valueOf(day.start()), state));
        });
        StructType type = new StructType().add("day", DataTypes.DateType).add("state", DataTypes.BinaryType, false);
        spark.createDataFrame(rows, type)
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(path("states").toString());
    }

    private List<String> summary(ScorecardResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.intake().rows() + " rows, " + result.cells().size() + " cells, "
                + result.kpis().size() + " KPIs in " + option("output"));
        result.intake().rejected().forEach((reason, count) -> lines.add(count + " set aside: " + reason));
        return lines;
    }
}
