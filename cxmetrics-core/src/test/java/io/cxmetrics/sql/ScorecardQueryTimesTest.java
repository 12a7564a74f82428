package io.cxmetrics.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linked;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Row;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Grain;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, periods and links give equal results in Java and in DuckDB. */
class ScorecardQueryTimesTest {
    private static final Kpi<?> ALL = Share.kpi("all", Condition.always());

    private static List<String[]> column(List<String> texts) {
        return texts.stream().map(text -> new String[] {text}).toList();
    }

    /** One cell for each period and text: the period shows the day, the text which of them it is. */
    private static void assertEqual(ColumnMapping mapping, List<String> texts, Grain grain, ZoneId zone)
            throws Exception {
        Kpi<?>[] kpis = {ALL, Share.kpi("later", Field.instant("t").ge(Instant.parse("2024-03-31T01:00:00Z")))};
        List<String[]> rows = column(texts);
        ScorecardResult java = Scorecard.over(mapping.fields(List.of("c")))
                .by("text")
                .every(grain, "t", zone)
                .byHourOfWeek("hour", "t", zone)
                .kpis(kpis)
                .compute(DuckDb.rows(rows));
        ScorecardQuery query = ScorecardQuery.over(mapping, "t")
                .by("text")
                .every(grain, "t", zone)
                .byHourOfWeek("hour", "t", zone)
                .kpis(kpis);
        ScorecardResult sql = DuckDb.run(query, "t", List.of("c"), rows);
        assertEquals(String.join("\n", lines(java)), String.join("\n", lines(sql)));
        assertEquals(java.cells(), sql.cells());
        assertEquals(java.shape(), sql.shape());
    }

    private static List<String> lines(ScorecardResult result) {
        return result.cells().entrySet().stream().map(Object::toString).toList();
    }

    private static ColumnMapping mapping(Format.InstantAs format) {
        return ColumnMapping.named("t").with("t", "c", format).text("text", "c");
    }

    static Stream<Grain> grains() {
        return Stream.of(
                Grain.DAY,
                Grain.WEEK,
                Grain.MONTH,
                Grain.QUARTER,
                Grain.YEAR,
                Grain.fiscalYear(Month.APRIL),
                Grain.fiscalQuarter(Month.FEBRUARY),
                Grain.fiscalYear(Month.DECEMBER));
    }

    @ParameterizedTest
    @MethodSource("grains")
    void everyPeriodIsThatOfJava(Grain grain) throws Exception {
        Random random = new Random(7);
        List<String> texts =
                new ArrayList<>(List.of("", "2024-02-29 00:00:00", "2023-02-29 00:00:00", "2024-12-31 23:59:59"));
        for (int i = 0; i < 300; i++) {
            LocalDateTime time = LocalDateTime.of(2020, 1, 1, 0, 0).plusMinutes(random.nextInt(6 * 525_600));
            texts.add(time.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)));
        }
        ZoneId zone = ZoneId.of("America/New_York");
        assertEqual(
                mapping(Format.InstantAs.local("yyyy-MM-dd HH:mm:ss", ZoneId.of("Europe/Helsinki"))),
                texts,
                grain,
                zone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "-03:30"})
    void aClockPutForwardOrBackIsReadAsJavaReadsIt(String id) throws Exception {
        ZoneId zone = ZoneId.of(id);
        List<String> texts = new ArrayList<>();
        for (int year : new int[] {1950, 1996, 2024, 2026}) {
            for (Instant i = Instant.parse(year + "-01-01T00:00:00Z");
                    i.isBefore(Instant.parse(year + 1 + "-01-01T00:00:00Z"))
                            && zone.getRules().nextTransition(i) != null;
                    i = zone.getRules().nextTransition(i).getInstant()) {
                for (int minutes = -150; minutes <= 150; minutes += 15) {
                    texts.add(zone.getRules()
                            .nextTransition(i)
                            .getDateTimeBefore()
                            .plusMinutes(minutes)
                            .toString());
                }
            }
        }
        texts.add("1900-01-01T00:00");
        texts.add("2024-07-01T12:30:01.25");
        assertEqual(mapping(Format.InstantAs.local("iso", zone)), texts, Grain.DAY, zone);
    }

    @Test
    void everyWrittenFormOfATimeIsReadAsJavaReadsIt() throws Exception {
        ZoneId zone = ZoneId.of("Europe/Helsinki");
        assertEqual(
                mapping(Format.InstantAs.iso()),
                List.of(
                        "2024-02-03T04:05:06Z",
                        "2024-02-03 04:05:06.789+02:00",
                        "2024-02-03T04:05z",
                        "2024-02-03t04:05:06-0330",
                        "2024-02-03T04:05:06+02",
                        "2024-02-03T04:05:06.Z",
                        "2024-02-03T04:05:06.1234567891Z",
                        "2024-02-03T04:05:06.123456789Z",
                        "2024-02-03T04:05:06+18:00",
                        "2024-02-03T04:05:06+18:01",
                        "2024-02-03T04:05:06-05:60",
                        "2024-02-03T24:00:00Z",
                        "2024-02-03T23:60:00Z",
                        "2024-02-30T04:05:06Z",
                        "2024-2-3T04:05:06Z",
                        "2024-02-03T04:05:06",
                        "1969-12-31T23:59:59.999999Z",
                        " 2024-02-03T04:05:06Z\t",
                        "soon",
                        ""),
                Grain.DAY,
                zone);
        List<String> german = List.of(
                "3.2.2024 4:05",
                "03.02.2024 04:05",
                "0003.2.2024 4:05",
                "31.2.2024 4:05",
                "3.2.24 4:05",
                "3.2.2024 24:00",
                "3-2-2024 4:05");
        assertEqual(mapping(Format.InstantAs.local("d.M.yyyy H:mm", zone)), german, Grain.DAY, zone);
        List<String> compact = List.of("20240203 040506", "20240203 0405067", "20241303 040506", "");
        assertEqual(mapping(Format.InstantAs.local("yyyyMMdd HHmmss", zone)), compact, Grain.DAY, zone);
        List<String> fractions =
                List.of("2024-02-03T04:05:06.123", "2024-02-03T04:05:06.12", "2024-02-03 04:05:06.123");
        assertEqual(mapping(Format.InstantAs.local("yyyy-MM-dd'T'HH:mm:ss.SSS", zone)), fractions, Grain.DAY, zone);
        List<String> numbers = List.of("0", "1767225600", "-1", "+5", "1.5", "x", "");
        assertEqual(mapping(Format.InstantAs.epochSeconds()), numbers, Grain.DAY, zone);
        assertEqual(mapping(Format.InstantAs.epochMillis()), numbers, Grain.DAY, zone);
    }

    @Test
    void datesAndDurationsAreReadAsJavaReadsThem() throws Exception {
        ColumnMapping mapping = ColumnMapping.named("t")
                .with("date", "d", new Format.DateAs("d.M.yyyy"))
                .with("iso", "p", new Format.DurationAs(Format.DurationAs.Style.ISO))
                .with("clock", "c", new Format.DurationAs(Format.DurationAs.Style.CLOCK))
                .text("text", "p");
        List<String> dates = List.of("1.1.2024", "31.12.2023", "29.02.2023", "", "2024-01-01", "01.1.0001");
        List<String> periods = List.of(
                "PT1M30S",
                "P1DT2H",
                "-PT1.5S",
                "PT-0.0000001S",
                "pt2h",
                "PT",
                "P",
                "P1DT",
                "PT1,25S",
                "PT1S1M",
                "P40000D",
                "PT+3M-2S",
                "1:30",
                "PT.5S");
        List<String> clocks = List.of("0:01:30", "100:00:00", "1:60:00", "1:2:3", "9999999:00:00", "", "-1:00:00");
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < 42; i++) {
            rows.add(new String[] {
                dates.get(i % dates.size()), periods.get(i % periods.size()), clocks.get(i % clocks.size())
            });
        }
        Kpi<?>[] kpis = {
            Mean.kpi("iso-mean", Field.duration("iso"), Direction.NEUTRAL),
            Mean.kpi("clock-mean", Field.duration("clock"), Direction.NEUTRAL)
        };
        for (Grain grain : List.of(Grain.WEEK, Grain.fiscalYear(Month.JULY))) {
            ScorecardResult java = Scorecard.over(mapping.fields(List.of("d", "p", "c")))
                    .by("text")
                    .every(grain, "date", ZoneOffset.UTC)
                    .kpis(kpis)
                    .compute(DuckDb.rows(rows));
            ScorecardResult sql = DuckDb.run(
                    ScorecardQuery.over(mapping, "t")
                            .by("text")
                            .every(grain, "date", ZoneOffset.UTC)
                            .kpis(kpis),
                    "t",
                    List.of("d", "p", "c"),
                    rows);
            assertEquals(String.join("\n", lines(java)), String.join("\n", lines(sql)));
            assertEquals(java.cells(), sql.cells());
            assertEquals(java.shape(), sql.shape());
        }
    }

    @Test
    void linkedRowsAreThoseOfTheJavaLinker() throws Exception {
        ColumnMapping mapping = ColumnMapping.named("t")
                .text("customer", "customer")
                .whole("topic", "topic")
                .text("channel", "channel")
                .with("bot", "bot", Format.standard(Field.of("bot", io.cxmetrics.field.FieldType.FLAG)))
                .with("started", "started", Format.InstantAs.epochSeconds());
        List<String> columns = List.of("customer", "topic", "channel", "bot", "started");
        Random random = new Random(11);
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            rows.add(new String[] {
                List.of("a", "b", "c", "d'e", "").get(random.nextInt(5)),
                List.of("1", "1.0", "2", "x", "").get(random.nextInt(5)),
                List.of("mail", "phone", "").get(random.nextInt(3)),
                List.of("true", "false", "false", "false", "", "maybe").get(random.nextInt(6)),
                random.nextInt(40) == 0 ? "soon" : String.valueOf(1_700_000_000L + random.nextInt(900) * 3_600L)
            });
        }
        Fields<Row> fields = mapping.fields(columns);
        List<Linker<Row>> linkers = List.of(
                Linker.over(fields).by("customer", "topic").at("started").comparing("channel", "topic"),
                Linker.over(fields)
                        .by("customer")
                        .at("started")
                        .comparing("channel", "bot")
                        .until(Instant.ofEpochSecond(1_702_000_000L))
                        .where(Field.flag("bot").not()));
        for (Linker<Row> linker : linkers) {
            Kpi<?>[] kpis = {
                ContactKpis.firstContactResolution(Duration.ofDays(3)),
                ContactKpis.repeatContactRate(Duration.ofDays(1)),
                Share.kpi("moved", Field.flag("channel-changed")),
                Mean.kpi("occurrences", Field.whole(Linker.OCCURRENCE), Direction.NEUTRAL),
                Mean.kpi("since", Field.duration(Linker.TIME_SINCE_PREVIOUS), Direction.NEUTRAL),
                Mean.kpi("observed", Field.duration(Linker.OBSERVED_FOR), Direction.NEUTRAL)
            };
            Linkage<Row> linkage = linker.link(DuckDb.rows(rows));
            Scorecard<Linked<Row>> card = Scorecard.over(linkage.fields())
                    .by("channel")
                    .every(Grain.MONTH, Linker.FIRST_AT, ZoneOffset.UTC)
                    .kpis(kpis);
            ScorecardQuery query = ScorecardQuery.over(mapping, "t")
                    .by("channel")
                    .every(Grain.MONTH, Linker.FIRST_AT, ZoneOffset.UTC)
                    .linked(linker)
                    .kpis(kpis);
            ScorecardResult sql = DuckDb.run(query, "t", columns, rows);
            assertEquals(card.compute(linkage.events()).cells(), sql.cells());
        }
    }

    @Test
    void timeByOpeningHoursIsRefusedWithWhatToDo() {
        ColumnMapping mapping = ColumnMapping.named("t")
                .with("opened", "o", Format.InstantAs.iso())
                .with("replied", "r", Format.InstantAs.iso())
                .between("reply", "opened", "replied", (from, to) -> Duration.between(from, to));
        ScorecardQuery query =
                ScorecardQuery.over(mapping, "t").kpis(Mean.kpi("m", Field.duration("reply"), Direction.NEUTRAL));
        String message =
                assertThrows(IllegalArgumentException.class, query::sql).getMessage();
        assertTrue(
                message.contains(
                        "KPI m: field 'reply' is a time by opening hours, which SQL cannot compute; compute the KPI in Java"),
                message);
    }

    @Test
    void aPatternThatSqlCannotReadIsNamed() {
        ColumnMapping mapping = mapping(Format.InstantAs.local("d MMM yyyy HH:mm", ZoneOffset.UTC));
        ScorecardQuery query = ScorecardQuery.over(mapping, "t")
                .every(Grain.DAY, "t", ZoneOffset.UTC)
                .kpis(ALL);
        String message =
                assertThrows(IllegalArgumentException.class, query::sql).getMessage();
        assertTrue(message.startsWith("field 't' of t: the pattern d MMM yyyy HH:mm has parts"), message);
    }
}
