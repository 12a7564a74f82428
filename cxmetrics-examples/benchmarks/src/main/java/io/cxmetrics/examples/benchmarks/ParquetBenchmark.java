package io.cxmetrics.examples.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** What does a scorecard over a Parquet file cost, by the command line's code, beside DuckDB on the same file? */
final class ParquetBenchmark implements Benchmark {
    @Override
    public Report run(Options options) throws Exception {
        try (Commands commands = new Commands();
                Duck duck = new Duck(options.threads())) {
            Path file = duck.load(options.contacts()).writeParquet(commands.folder());
            duck.execute("DROP TABLE contacts");
            return new Contest<Answer>(
                            "Ten figures by channel and week over a Parquet file of " + (Files.size(file) >> 20)
                                    + " MB, threads " + options.threads(),
                            options.rows(),
                            Answer::check)
                    .peer("DuckDB, the query of an expert", () -> duck.scorecard(Duck.parquet(file)))
                    .peer(
                            RecordsBenchmark.CXMETRICS,
                            () -> commands.scorecard(file, "--threads", Integer.toString(options.threads())))
                    .run(options);
        }
    }
}
