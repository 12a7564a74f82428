package io.cxmetrics.examples.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * What does one run of the command line cost, with the start of its process, nothing of it compiled yet, and the writing of
 * the result? DuckDB has the better part here: it runs in this process, started and warm.
 *
 * @param isJson whether the file is JSON Lines, not CSV
 */
record ColdBenchmark(boolean isJson) implements Benchmark {
    @Override
    public Report run(Options options) throws Exception {
        int threads = options.threads();
        try (ContactFiles files = new ContactFiles();
                Duck duck = new Duck(threads)) {
            Contacts contacts = options.contacts();
            Path file = isJson ? contacts.jsonLines(files.folder()) : contacts.csv(files.folder());
            String relation = isJson ? Duck.jsonLines(file) : Duck.csv(file);
            return new Contest<Callable<Answer>>(
                            "Ten figures by channel and week over " + (isJson ? "JSON Lines" : "a CSV file") + " of "
                                    + (Files.size(file) >> 20) + " MB, one command in a process of its own",
                            options.rows(),
                            (one, other) -> one.call().check(other.call()))
                    .peer("DuckDB, warm, threads " + threads, () -> answered(duck.scorecard(relation)))
                    .peer(
                            "cxmetrics, from the start of its process, threads " + threads,
                            () -> files.command(file, threads))
                    .run(options);
        }
    }

    private static Callable<Answer> answered(Answer answer) {
        return () -> answer;
    }
}
