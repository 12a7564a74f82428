package io.cxmetrics;

import static io.cxmetrics.field.Field.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Row;
import io.cxmetrics.json.KpiJson;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.sql.ScorecardQuery;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.SurveyKpis;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The idea of the library in one test: a KPI is a value over named fields, so the same three definitions give equal
 * statistics on a list of the user's own records, on the rows of a CSV file, and in DuckDB by one generated query; with
 * missing values, an eligibility filter and bad values in the data; for any order and any split.
 */
class GateTest {

    /** A record as a user of the library would have it. */
    record Call(
            String channel,
            @Nullable Integer score,
            @Nullable Boolean answered,
            @Nullable Boolean abandoned,
            @Nullable Duration queueTime,
            Duration talk,
            @Nullable Duration hold,
            Duration wrapUp) {}

    /** Three definitions, written once. The filter makes other channels than the phone not eligible. */
    private static final Condition PHONE = text("channel").in("phone", "callback");

    private static final Kpi<Nps> NPS = SurveyKpis.nps().where(PHONE);
    private static final Kpi<Share> FAST = ContactKpis.serviceLevel(
                    Duration.ofSeconds(20), Abandons.shortExcluded(Duration.ofSeconds(5)))
            .where(PHONE);
    private static final Kpi<Ratio> AHT = ContactKpis.averageHandleTime().where(PHONE);

    /** Where a record has the fields … */
    private static final Fields<Call> RECORDS = Fields.of(Call.class)
            .text("channel", Call::channel)
            .whole("recommendation", Call::score)
            .flag("answered", Call::answered)
            .flag("abandoned", Call::abandoned)
            .duration("wait", Call::queueTime)
            .duration("talk", Call::talk)
            .duration("hold", Call::hold)
            .duration("after-contact-work", Call::wrapUp);

    /** … and where a CSV file, or a table, has them. */
    private static final ColumnMapping COLUMNS = ColumnMapping.named("calls")
            .text("channel", "channel")
            .whole("recommendation", "How likely are you to \"recommend\" us?")
            .with("answered", "outcome", new Format.FlagWords(Set.of("AGENT"), Set.of("HANG", "MENU")))
            .with("abandoned", "outcome", new Format.FlagWords(Set.of("HANG"), Set.of("AGENT", "MENU")))
            .with("wait", "wait [s]", new Format.DurationIn(ChronoUnit.SECONDS))
            .with("talk", "talk", new Format.DurationIn(ChronoUnit.MILLIS))
            .with("hold", "hold", new Format.DurationIn(ChronoUnit.SECONDS))
            .with("after-contact-work", "wrap-up", new Format.DurationIn(ChronoUnit.SECONDS));

    private static final List<String> HEADER = List.of(
            "channel", "How likely are you to \"recommend\" us?", "outcome", "wait [s]", "talk", "hold", "wrap-up");

    private List<Call> calls = List.of();

    @TempDir
    private Path folder;

    private Path csv;

    @BeforeEach
    void generatesCallsWithMissingAndBadValues() throws Exception {
        Random random = new Random(20_260_214);
        List<Call> generated = new ArrayList<>();
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String channel =
                    List.of("phone", "chat", "callback", "e-mail; \"other\"").get(random.nextInt(4));
            // 11 and −1 are off the scale; one in five does not answer.
            Integer score = random.nextInt(5) == 0 ? null : random.nextInt(13) - 1;
            String outcome = List.of("AGENT", "AGENT", "HANG", "MENU", "").get(random.nextInt(5));
            // A negative wait is an error; a missing one is none.
            Long wait = random.nextInt(9) == 0 ? null : (long) random.nextInt(60) - 2;
            long talkMillis = random.nextInt(400_000);
            Long hold = random.nextInt(7) == 0 ? null : (long) random.nextInt(90);
            long wrapUp = random.nextInt(100);
            generated.add(new Call(
                    channel,
                    score,
                    outcome.isEmpty() ? null : outcome.equals("AGENT"),
                    outcome.isEmpty() ? null : outcome.equals("HANG"),
                    wait == null ? null : Duration.ofSeconds(wait),
                    Duration.ofMillis(talkMillis),
                    hold == null ? null : Duration.ofSeconds(hold),
                    Duration.ofSeconds(wrapUp)));
            lines.add(List.of(
                    channel,
                    score == null ? "" : score.toString(),
                    outcome,
                    wait == null ? "" : wait.toString(),
                    Long.toString(talkMillis),
                    hold == null ? " " : hold + ".0",
                    " " + wrapUp));
        }
        calls = List.copyOf(generated);
        csv = folder.resolve("calls.csv");
        try (CsvWriter writer = CsvWriter.builder().build(csv)) {
            writer.writeRecord(HEADER);
            lines.forEach(writer::writeRecord);
        }
    }

    @Test
    void oneDefinitionGivesEqualStatisticsOnRecordsOnCsvAndInSql() throws Exception {
        ScorecardResult fromRecords =
                Scorecard.over(RECORDS).by("channel").kpis(NPS, FAST, AHT).compute(calls);
        ScorecardResult fromCsv = fromCsv();
        ScorecardResult fromSql = fromSql();

        for (Kpi<?> kpi : List.of(NPS, FAST, AHT)) {
            assertEquals(fromRecords.total(kpi), fromCsv.total(kpi));
            assertEquals(fromRecords.total(kpi), fromSql.total(kpi));
        }
        assertEquals(fromRecords.cells(), fromCsv.cells());
        assertEquals(fromRecords.cells(), fromSql.cells());
    }

    private ScorecardResult fromCsv() throws Exception {
        Scorecard<Row> card =
                Scorecard.over(COLUMNS.fields(HEADER)).by("channel").kpis(NPS, FAST, AHT);
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(csv)) {
            return reader.stream()
                    .skip(1)
                    .map(line -> Row.of("calls.csv", line.getStartingLineNumber(), line.getFields()))
                    .collect(card.collector());
        }
    }

    private ScorecardResult fromSql() throws Exception {
        ScorecardQuery query =
                ScorecardQuery.overCsv(COLUMNS, csv.toString()).by("channel").kpis(NPS, FAST, AHT);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            return query.read(statement.executeQuery(query.sql()));
        }
    }

    @Test
    void anyOrderAndAnySplitGiveEqualStatistics() {
        Share inOrder = FAST.of(RECORDS, calls);
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            List<Call> shuffled = new ArrayList<>(calls);
            Collections.shuffle(shuffled, random);
            int cut = random.nextInt(shuffled.size());
            Share left = FAST.of(RECORDS, shuffled.subList(0, cut));
            Share right = FAST.of(RECORDS, shuffled.subList(cut, shuffled.size()));

            assertEquals(inOrder, left.merge(right));
            assertEquals(inOrder, shuffled.parallelStream().collect(FAST.collector(RECORDS)));
            assertEquals(AHT.of(RECORDS, calls), AHT.of(RECORDS, shuffled));
            assertEquals(NPS.of(RECORDS, calls), NPS.of(RECORDS, shuffled));
        }
    }

    @Test
    void everyRowIsUsedIneligibleMissingOrRejected() {
        for (Kpi<?> kpi : List.of(NPS, FAST, AHT)) {
            Counts counts = ((Statistic<?>) kpi.of(RECORDS, calls)).counts();
            assertEquals(calls.size(), counts.rows());
        }
        // Counted by hand, without the library.
        List<Call> eligible = calls.stream()
                .filter(c -> c.channel().equals("phone") || c.channel().equals("callback"))
                .toList();
        long missing = eligible.stream().filter(c -> c.score() == null).count();
        long rejected = eligible.stream()
                .filter(c -> c.score() != null && (c.score() < 0 || c.score() > 10))
                .count();
        long used = eligible.size() - missing - rejected;
        assertEquals(
                new Counts(used, calls.size() - eligible.size(), missing, rejected),
                NPS.of(RECORDS, calls).counts());
    }

    @Test
    void theValuesAreThoseOfPlainLoops() {
        long promoters = 0;
        long detractors = 0;
        long answers = 0;
        double handling = 0;
        long handled = 0;
        for (Call call : calls) {
            boolean phone = call.channel().equals("phone") || call.channel().equals("callback");
            Integer score = call.score();
            if (phone && score != null && score >= 0 && score <= 10) {
                answers++;
                promoters += score >= 9 ? 1 : 0;
                detractors += score <= 6 ? 1 : 0;
            }
            if (phone && Boolean.TRUE.equals(call.answered()) && call.hold() != null) {
                handled++;
                handling += call.talk().plus(call.hold()).plus(call.wrapUp()).toMillis() / 1000.0;
            }
        }
        assertEquals(
                100.0 * (promoters - detractors) / answers,
                NPS.of(RECORDS, calls).value().orElseThrow(),
                1e-12);
        assertEquals(handling / handled, AHT.of(RECORDS, calls).value().orElseThrow(), 1e-9);
    }

    @Test
    void theDefinitionsRoundTripThroughJsonAndKeepTheirIdentity() {
        List<Kpi<?>> kpis = List.of(NPS, FAST, AHT);
        String json = KpiJson.write(kpis);
        assertEquals(kpis, List.copyOf(KpiJson.parse(json).values()));
        // A result of the definition that was read merges with one of the definition that was written.
        Kpi<?> read = KpiJson.parse(json).get("nps");
        assertEquals(NPS.of(RECORDS, calls), read.of(RECORDS, calls));
        assertEquals(json, KpiJson.write(KpiJson.parse(json).values()));
    }

    @Test
    void wordsWhereNumbersShouldBeAreRejectedAlikeInCsvAndInSql() throws Exception {
        Random random = new Random(11);
        List<String> odd = List.of(
                "7",
                "eleven",
                "",
                " 9 ",
                "+8",
                "1e1",
                "9.0",
                "9.5",
                "٣",
                "-0",
                "NA",
                "10 ",
                "0x5",
                "99999999999999999",
                "--3");
        List<String> oddTimes = List.of(
                "20",
                "-1",
                "",
                "4.999999",
                "5.0000001",
                "1e2",
                "99999999999999",
                "PT5S",
                ".5",
                "5.",
                "+6",
                "0:05",
                "36525000000");
        List<String> outcomes = List.of("AGENT", "agent", "HANG", "MENU", "", "busy");
        try (CsvWriter writer = CsvWriter.builder().build(csv)) {
            writer.writeRecord(HEADER);
            for (int i = 0; i < 3_000; i++) {
                writer.writeRecord(
                        random.nextInt(30) == 0 ? "" : "phone",
                        odd.get(random.nextInt(odd.size())),
                        outcomes.get(random.nextInt(outcomes.size())),
                        oddTimes.get(random.nextInt(oddTimes.size())),
                        oddTimes.get(random.nextInt(oddTimes.size())),
                        "1",
                        "2");
            }
        }
        ScorecardResult fromCsv = fromCsv();
        assertEquals(fromCsv.cells(), fromSql().cells());
        assertTrue(fromCsv.total(AHT).counts().rejected() > 100);
        assertTrue(fromCsv.total(AHT).counts().used() > 100);
        assertEquals(3_000, fromCsv.total(NPS).counts().rows());
    }
}
