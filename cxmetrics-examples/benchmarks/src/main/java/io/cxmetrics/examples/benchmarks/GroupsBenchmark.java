package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.Direction;
import io.cxmetrics.Statistic;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.survey.SurveyKpis;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What does a row cost with 50 000 groups beside 6 of them? Three KPIs, one a percentile; one thread. */
final class GroupsBenchmark implements Benchmark {
    private static final int FEW = 6;
    private static final int MANY = 50_000;

    @Override
    public Report run(Options options) throws Exception {
        List<Contact> contacts = options.contacts().records();
        Scorecard<Contact> few = scorecard(FEW);
        Scorecard<Contact> many = scorecard(MANY);
        // Each customer is in one group of either kind; what is the same are the totals.
        try (Duck duck = new Duck(1).load(options.contacts())) {
            Report report = new Contest<Long>(
                            "NPS, AHT and the 90th percentile of the wait by groups", options.rows(), (a, b) -> {})
                    .peer("cxmetrics, 6 groups", () -> rows(few.compute((Iterable<Contact>) contacts)))
                    .peer("cxmetrics, 50 000 groups", () -> rows(many.compute((Iterable<Contact>) contacts)))
                    .peer("DuckDB, 6 groups", () ->
                            (long) duck.groups(FEW).figures().size())
                    .peer("DuckDB, 50 000 groups", () ->
                            (long) duck.groups(MANY).figures().size())
                    .run(options);
            Contest.Line duckFew = report.line("DuckDB, 6 groups");
            Contest.Line duckMany = report.line("DuckDB, 50 000 groups");
            return report.note(String.format(
                    Locale.ROOT,
                    "DuckDB: 50 000 groups cost %.2f times as much as 6 (processor %.2f)",
                    duckMany.nanos() / duckFew.nanos(),
                    duckMany.processorNanos() / duckFew.processorNanos()));
        }
    }

    static Scorecard<Contact> scorecard(int groups) {
        Fields<Contact> fields = Contact.fields().whole("group", contact -> contact.customer() % groups);
        return Scorecard.over(fields)
                .by("group")
                .kpis(
                        SurveyKpis.nps(),
                        ContactKpis.averageHandleTime(),
                        Percentile.kpi(
                                "p90",
                                Field.duration(ContactKpis.WAIT).atLeast(Duration.ZERO),
                                0.9,
                                Direction.NEUTRAL));
    }

    /** Uses the value of each KPI and group, as the peer hands each over. */
    private static long rows(ScorecardResult result) {
        double sum = 0;
        for (List<Statistic<?>> statistics : result.cells().values()) {
            for (Statistic<?> statistic : statistics) {
                sum += statistic.value().orElse(0);
            }
        }
        return Double.isNaN(sum) ? -1 : result.intake().rows();
    }
}
