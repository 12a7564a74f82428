package io.cxmetrics.examples.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** What does a scorecard over a Parquet file cost, by the command line's code, beside DuckDB on the same file? */
final class ParquetBenchmark implements Benchmark {
    @Override
    public Report run(Options options) throws Exception {
        try (ContactFiles files = new ContactFiles();
                Duck duck = new Duck(options.threads())) {
            Path file = duck.load(options.contacts()).writeParquet(files.folder());
            duck.execute("DROP TABLE contacts");
            return new Contest<Callable<Answer>>(
                            "Ten figures by channel and week over a Parquet file of " + (Files.size(file) >> 20)
                                    + " MB, threads " + options.threads(),
                            options.rows(),
                            (one, other) -> one.call().check(other.call()))
                    .peer("DuckDB, the query of an expert", () -> answered(duck.scorecard(Duck.parquet(file))))
                    .peer(RecordsBenchmark.CXMETRICS, () -> files.commandHere(file, options.threads()))
                    .run(options);
        }
    }

    private static Callable<Answer> answered(Answer answer) {
        return () -> answer;
    }
}
