package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;

/** How much faster is a scorecard over records with two threads? */
final class ThreadsBenchmark implements Benchmark {
    @Override
    public Report run(Options options) throws Exception {
        List<Contact> contacts = options.contacts().records();
        Scorecard<Contact> scorecard = Scorecards.over(Contact.fields());
        ForkJoinPool pool = new ForkJoinPool(2);
        try {
            Report report = new Contest<ScorecardResult>(
                            "Ten figures by channel and week over records, by threads",
                            options.rows(),
                            ThreadsBenchmark::check)
                    .peer("1 thread", () -> scorecard.compute((Iterable<Contact>) contacts))
                    .peer(
                            "2 threads",
                            () -> pool.submit(() -> scorecard.compute(contacts)).get())
                    .run(options);
            return report.note(String.format(
                    Locale.ROOT, "speed-up %.2f", 1 / report.line("2 threads").ratio()));
        } finally {
            pool.shutdown();
        }
    }

    private static void check(ScorecardResult one, ScorecardResult two) {
        if (!one.equals(two)) {
            throw new IllegalStateException("other statistics with two threads");
        }
    }
}
