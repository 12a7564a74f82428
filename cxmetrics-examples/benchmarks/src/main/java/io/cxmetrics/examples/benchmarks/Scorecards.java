package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Row;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The scorecard that all contests of speed compute, and others that may run before it. */
final class Scorecards {
    private Scorecards() {}

    /** The KPIs in the order of {@link Answer#NAMES}. */
    static List<Kpi<?>> kpis() {
        Quantity<Duration> wait = Field.duration(ContactKpis.WAIT).atLeast(Duration.ZERO);
        return List.of(
                SurveyKpis.nps(),
                SurveyKpis.csat(5),
                SurveyKpis.ces(),
                BotKpis.automationRate(),
                ContactKpis.averageHandleTime(),
                ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.FAILURES),
                ContactKpis.abandonmentRate(),
                Percentile.kpi("p50", wait, 0.5, Direction.NEUTRAL),
                Percentile.kpi("p90", wait, 0.9, Direction.NEUTRAL),
                Percentile.kpi("p99", wait, 0.99, Direction.NEUTRAL));
    }

    /** Ten figures by channel and week. */
    static <E> Scorecard<E> over(Fields<E> fields) {
        return Scorecard.over(fields)
                .by("channel")
                .every(Grain.WEEK, "started", HandWritten.ZONE)
                .kpis(kpis());
    }

    /**
     * Computes scorecards of other records with other KPIs, as an application does that has more than one: what the compiler
     * learnt from them must not slow the next one down.
     */
    static void pollute(Options options) throws IOException {
        Contacts contacts = new Contacts(Math.min(200_000, options.rows()), options.seed() + 1, true);
        List<Contact> records = contacts.records();
        ContactColumns columns = new ContactColumns(contacts);
        record Sale(Contact contact) {}
        record Visit(String page, boolean bought, double amount) {}
        List<Sale> sales = records.stream().map(Sale::new).toList();
        List<Visit> visits = records.stream()
                .map(c -> new Visit(c.channel(), c.botResolved(), c.talk().toSeconds() / 10.0))
                .toList();
        List<Row> rows = records.stream()
                .map(c -> new Row(
                        "rows",
                        c.customer(),
                        c.channel(),
                        Long.toString(c.talk().toSeconds())))
                .toList();
        Fields<Visit> visitFields = Fields.of(Visit.class)
                .text("page", Visit::page)
                .flag("bought", Visit::bought)
                .number("amount", Visit::amount);
        Fields<Row> rowFields = Fields.of(Row.class)
                .text("channel", row -> row.cell(0))
                .whole("talk", row -> {
                    String cell = row.cell(1);
                    return cell == null ? null : Integer.valueOf(cell);
                });
        for (int round = 0; round < 10; round++) {
            over(Contact.fields().on(Sale::contact)).compute((Iterable<Sale>) sales);
            over(columns.columns().fields()).compute(columns.columns());
            Scorecard.over(Contact.fields())
                    .by("answered", "satisfaction")
                    .kpis(SurveyKpis.nps(), ContactKpis.averageSpeedOfAnswer())
                    .compute(records);
            Scorecard.over(visitFields)
                    .by("page")
                    .kpis(
                            io.cxmetrics.stats.Share.kpi("bought", Field.flag("bought")),
                            io.cxmetrics.stats.Mean.kpi("amount", Field.number("amount"), Direction.NEUTRAL))
                    .compute((Iterable<Visit>) visits);
            Scorecard.over(rowFields)
                    .by("channel")
                    .kpis(Percentile.kpi("talk", Field.whole("talk"), 0.9, Direction.NEUTRAL))
                    .compute((Iterable<Row>) rows);
        }
    }
}
