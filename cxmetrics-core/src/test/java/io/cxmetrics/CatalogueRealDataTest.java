package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cxmetrics.callback.CallbackKpis;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linker;
import io.cxmetrics.sales.SalesKpis;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogues on real data of other people, against the figures of their EXPECTED.json. */
class CatalogueRealDataTest {
    private static final ZoneId JERUSALEM = ZoneId.of("Asia/Jerusalem");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd H:mm:ss", Locale.ROOT);

    private static Instant started(NamedCsvRecord call) {
        String local = call.getField("date") + " " + call.getField("vru_entry");
        return LocalDateTime.parse(local, TIME).atZone(JERUSALEM).toInstant();
    }

    @Test
    void firstContactResolutionOnTheTechnionCalls() throws Exception {
        Path folder = SharedData.folder("technion-anonymous-bank-aug1999");
        List<NamedCsvRecord> calls = new ArrayList<>(SharedData.csv(folder.resolve("calls_1999-08_01-10.csv")));
        calls.addAll(SharedData.csv(folder.resolve("calls_1999-08_11-31.csv")));
        calls.removeIf(call -> call.getField("outcome").equals("PHANTOM"));
        Fields<NamedCsvRecord> fields = Fields.of(NamedCsvRecord.class)
                .text(
                        "customer",
                        call -> call.getField("customer_id").equals("0") ? null : call.getField("customer_id"))
                .instant("started", CatalogueRealDataTest::started)
                .flag(ContactKpis.ANSWERED, call -> call.getField("outcome").equals("AGENT"));
        Instant exported = LocalDateTime.of(1999, 9, 1, 0, 0).atZone(JERUSALEM).toInstant();

        Linkage<NamedCsvRecord> linked =
                Linker.over(fields).by("customer").at("started").until(exported).link(calls);
        Condition answered = Field.flag(ContactKpis.ANSWERED);
        Share fcr = ContactKpis.firstContactResolution(Duration.ofDays(7))
                .where(answered)
                .of(linked.fields(), linked.events());
        Share repeats = ContactKpis.repeatContactRate(Duration.ofDays(7))
                .where(answered)
                .of(linked.fields(), linked.events());

        assertEquals(
                SharedData.expected(folder, "fcr7.index_calls"), fcr.counts().used());
        assertEquals(SharedData.expected(folder, "fcr7.resolved"), fcr.hits());
        assertEquals(SharedData.expected(folder, "fcr7_pct"), 100 * fcr.value().orElseThrow(), 1e-9);
        assertEquals(fcr.counts().used() - fcr.hits(), repeats.hits());
        // Windows of calls up to 24 August have passed by the end of the data.
        assertEquals(
                LocalDateTime.of(1999, 8, 25, 0, 0).atZone(JERUSALEM).toInstant(),
                linked.maturity(Duration.ofDays(7)).countedUpTo());
    }

    @Test
    void conversionOnTheOnlineShoppers() throws Exception {
        Path folder = SharedData.folder("uci-online-shoppers-intention");
        List<NamedCsvRecord> sessions = SharedData.csv(folder.resolve("online_shoppers_intention.csv"));
        Fields<NamedCsvRecord> fields = Fields.of(NamedCsvRecord.class)
                .text("visitor", session -> session.getField("VisitorType"))
                .text("month", session -> session.getField("Month"))
                .flag(
                        SalesKpis.PURCHASED,
                        session -> session.getField("Revenue").equals("TRUE"))
                .flag(SalesKpis.CART_FILLED, session -> Double.parseDouble(session.getField("PageValues")) > 0);
        Kpi<Share> conversion = SalesKpis.conversion();
        Kpi<Share> abandonment = SalesKpis.cartAbandonment();
        ScorecardResult result = Scorecard.over(fields)
                .by("visitor", "month")
                .kpis(conversion, abandonment)
                .compute(sessions);

        assertEquals(
                SharedData.expected(folder, "sessions"),
                result.total(conversion).counts().used());
        assertEquals(
                SharedData.expected(folder, "purchases"),
                result.total(conversion).hits());
        assertPercent(folder, "conversion_pct", result.total(conversion));
        assertPercent(folder, "cart_abandonment_standin_pct", result.total(abandonment));
        for (String visitor : List.of("New_Visitor", "Other", "Returning_Visitor")) {
            assertPercent(
                    folder,
                    "conversion_" + visitor + "_pct",
                    result.by("visitor").get(conversion, Cell.of(null, visitor)));
        }
        for (String month : List.of("Feb", "Mar", "May", "June", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")) {
            assertPercent(
                    folder,
                    "conversion_month_" + month + "_pct",
                    result.by("month").get(conversion, Cell.of(null, month)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bank-full", "bank-additional-full"})
    void successByAttemptAndContactsPerSuccessOnTheBankCampaigns(String file) throws Exception {
        Path folder = SharedData.folder("uci-bank-marketing");
        List<NamedCsvRecord> clients =
                SharedData.zipped(folder.resolve("bank-additional.zip"), "bank-additional/" + file + ".csv");
        Fields<NamedCsvRecord> fields = Fields.of(NamedCsvRecord.class)
                .whole(CallbackKpis.ATTEMPTS, client -> Long.valueOf(client.getField("campaign")))
                .flag(CallbackKpis.SUCCESS, client -> client.getField("y").equals("yes"));
        Kpi<Share> success = CallbackKpis.successRate();
        Kpi<Ratio> perSuccess = CallbackKpis.attemptsPerSuccess();
        ScorecardResult result = Scorecard.over(fields)
                .by(CallbackKpis.ATTEMPTS)
                .kpis(success, perSuccess)
                .compute(clients);

        assertEquals(
                SharedData.expected(folder, file + ".rows"),
                result.total(success).counts().used());
        assertEquals(
                SharedData.expected(folder, file + ".success"),
                result.total(success).hits());
        assertPercent(folder, file + ".success_pct", result.total(success));
        assertEquals(
                SharedData.expected(folder, file + ".contacts_per_success"),
                result.total(perSuccess).value().orElseThrow(),
                1e-9);
        for (int attempt = 1; attempt <= 6; attempt++) {
            assertPercent(
                    folder,
                    file + ".success_attempt_" + attempt + "_pct",
                    result.get(success, Cell.of(null, Integer.toString(attempt))));
        }
        for (long most = 1; most <= 5; most++) {
            Kpi<Share> within = Share.kpi(
                            "within", Field.whole(CallbackKpis.ATTEMPTS).le(most))
                    .where(Field.flag(CallbackKpis.SUCCESS));
            assertPercent(
                    folder, file + ".share_of_success_within_" + most + "_attempts_pct", within.of(fields, clients));
        }
    }

    private static void assertPercent(Path folder, String figure, Share share) throws Exception {
        assertEquals(SharedData.expected(folder, figure), 100 * share.value().orElseThrow(), 1e-9, figure);
    }
}
