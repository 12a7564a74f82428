package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.field.Columns;
import io.cxmetrics.scorecard.Scorecard;

/** What does a scorecard over arrays cost beside a loop written by hand? One thread. */
final class ColumnsBenchmark implements Benchmark {
    @Override
    public Report run(Options options) throws Exception {
        if (options.polluted()) {
            Scorecards.pollute(options);
        }
        ContactColumns contacts = new ContactColumns(options.contacts());
        Columns columns = contacts.columns();
        Scorecard<Columns.Row> scorecard = Scorecards.over(columns.fields());
        return new Contest<Answer>("Ten figures by channel and week over columns", options.rows(), Answer::check)
                .peer(RecordsBenchmark.HAND_WRITTEN, () -> HandWritten.columns(contacts))
                .peer(RecordsBenchmark.CXMETRICS, () -> Answer.of(scorecard.compute((Iterable<Columns.Row>) columns)))
                .run(options);
    }
}
