package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Columns;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Grain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What does one more KPI that counts cost? Shares of whole ranges of ratings, by channel and week, one thread. */
final class MoreKpisBenchmark implements Benchmark {
    private static final int FEW = 4;
    private static final int MORE = 12;
    private static final int MANY = 24;

    @Override
    public Report run(Options options) throws Exception {
        List<Contact> contacts = options.contacts().records();
        Columns columns = new ContactColumns(options.contacts()).columns();
        Contest<Long> contest =
                new Contest<>("Shares by channel and week: one more KPI", options.rows(), MoreKpisBenchmark::check);
        for (int kpis : new int[] {FEW, MORE, MANY}) {
            Scorecard<Contact> overRecords = split(Scorecard.over(Contact.fields()), kpis);
            Scorecard<Columns.Row> overColumns = split(Scorecard.over(columns.fields()), kpis);
            contest.peer("records, " + kpis + " KPIs", () -> rows(overRecords.compute((Iterable<Contact>) contacts)));
            contest.peer(
                    "columns, " + kpis + " KPIs", () -> rows(overColumns.compute((Iterable<Columns.Row>) columns)));
        }
        Report report = contest.run(options);
        for (String form : List.of("records", "columns")) {
            Contest.Line many = report.line(form + ", " + MANY + " KPIs");
            Contest.Line few = report.line(form + ", " + FEW + " KPIs");
            report = report.note(String.format(
                    Locale.ROOT,
                    "%s: %.2f ns a row for one more KPI (processor %.2f)",
                    form,
                    (many.nanos() - few.nanos()) / (MANY - FEW),
                    (many.processorNanos() - few.processorNanos()) / (MANY - FEW)));
        }
        return report;
    }

    private static <E> Scorecard<E> split(Scorecard<E> scorecard, int kpis) {
        return scorecard
                .by("channel")
                .every(Grain.WEEK, "started", HandWritten.ZONE)
                .kpis(shares(kpis));
    }

    /** Different shares over the same four fields. */
    static List<Kpi<Share>> shares(int number) {
        List<Kpi<Share>> kpis = new ArrayList<>();
        for (int k = 0; k < number; k++) {
            Condition hit = k % 2 == 0
                    ? Field.whole("recommendation").ge((long) k / 2)
                    : Field.flag("bot-involved").and(Field.whole("effort").le((long) k / 4));
            kpis.add(Share.kpi("share-" + k, hit));
        }
        return kpis;
    }

    private static long rows(ScorecardResult result) {
        return result.intake().rows();
    }

    private static void check(Long one, Long other) {
        if (!one.equals(other)) {
            throw new IllegalStateException(one + " and " + other + " rows");
        }
    }
}
