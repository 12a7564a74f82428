package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.scorecard.Scorecard;
import java.util.List;

/** What does a scorecard over records cost beside a loop written by hand? One thread. */
final class RecordsBenchmark implements Benchmark {
    static final String HAND_WRITTEN = "hand-written loop";
    static final String CXMETRICS = "cxmetrics";

    @Override
    public Report run(Options options) throws Exception {
        if (options.polluted()) {
            Scorecards.pollute(options);
        }
        List<Contact> contacts = options.contacts().records();
        Scorecard<Contact> scorecard = Scorecards.over(Contact.fields());
        try (Duck duck = new Duck(1).load(options.contacts())) {
            return new Contest<Answer>("Ten figures by channel and week over records", options.rows(), Answer::check)
                    .peer(HAND_WRITTEN, () -> HandWritten.records(contacts))
                    .peer(CXMETRICS, () -> Answer.of(scorecard.compute((Iterable<Contact>) contacts)))
                    .peer("streams with a collector", () -> StreamsPeer.records(contacts))
                    .peer("DuckDB in memory", () -> duck.scorecard("contacts"))
                    .run(options);
        }
    }
}
