package io.cxmetrics.examples.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs contests: {@code Benchmarks records --rows 10000000 --shuffled}. */
public final class Benchmarks {
    private static final String ALL = "all";

    private Benchmarks() {}

    /** The contests by name. */
    static Map<String, Benchmark> contests() {
        Map<String, Benchmark> contests = new LinkedHashMap<>();
        contests.put("records", new RecordsBenchmark());
        contests.put("columns", new ColumnsBenchmark());
        contests.put("csv", new CsvBenchmark());
        contests.put("json-lines", new JsonLinesBenchmark());
        contests.put("sql", new SqlBenchmark());
        contests.put("parquet", new ParquetBenchmark());
        contests.put("cold-csv", new ColdBenchmark(false));
        contests.put("cold-json-lines", new ColdBenchmark(true));
        contests.put("first-contact-resolution", new FirstContactResolutionBenchmark());
        contests.put("threads", new ThreadsBenchmark());
        contests.put("more-kpis", new MoreKpisBenchmark());
        contests.put("groups", new GroupsBenchmark());
        contests.put("sketches", new SketchBenchmark());
        contests.put("memory", new MemoryBenchmark());
        return contests;
    }

    /**
     * Runs a contest, or all of them, and prints what it found.
     *
     * @param arguments the name of the contest and its options
     * @throws Exception if a peer fails, or answers otherwise than the first
     */
    public static void main(String[] arguments) throws Exception {
        Set<String> names = contests().keySet();
        String name = arguments.length == 0 ? "" : arguments[0];
        if (!names.contains(name) && !name.equals(ALL)) {
            System.err.println("expected " + String.join(", ", names) + " or " + ALL + ", then " + Options.USAGE);
            System.exit(2);
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        Options options = Options.parse(rest);
        System.out.println(Report.machine());
        for (String contest : name.equals(ALL) ? names : Set.of(name)) {
            System.out.println();
            System.out.print(
                    Objects.requireNonNull(contests().get(contest)).run(options).text());
        }
    }
}
