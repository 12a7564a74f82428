package io.cxmetrics.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Catalogue;
import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.callback.CallbackKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Row;
import io.cxmetrics.people.PeopleKpis;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Clustered;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.Answers;
import io.cxmetrics.survey.SurveyKpis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every catalogue KPI and every family gives equal statistics in Java and in DuckDB, accounts included. */
class ScorecardQueryTest {
    private static final List<String> COLUMNS = new ArrayList<>();
    private static ColumnMapping mapping = ColumnMapping.named("events").missing("", "NA");

    static {
        mapping = mapping.with("real", column("real \"x\""), new Format.Real())
                .with("other", column("other"), new Format.Real())
                .with("cost", column("cost"), new Format.MoneyAmount(Currency.getInstance("EUR")))
                .text("channel", column("channel"));
        for (Kpi<?> kpi : Catalogue.list()) {
            for (Field field : kpi.fields()) {
                if (!COLUMNS.contains(field.name())) {
                    mapping = mapping.with(field.name(), column(field.name()), format(field));
                }
            }
        }
        mapping = mapping.derived(
                        "delay", CallbackKpis.delayBuckets(List.of(Duration.ofSeconds(5), Duration.ofSeconds(60))))
                .derived("vip", Field.text("channel").in("a'b", "; DROP TABLE events; --"));
    }

    private static String column(String name) {
        COLUMNS.add(name);
        return name;
    }

    private static Format format(Field field) {
        return switch (field.type()) {
            case FLAG -> new Format.FlagWords(Set.of("yes"), Set.of("no"));
            case DURATION -> new Format.DurationIn(ChronoUnit.SECONDS);
            default -> Format.standard(field);
        };
    }

    private static final List<Kpi<?>> FAMILIES = List.of(
            SurveyKpis.cesTopBox(3),
            ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.FAILURES).withId("sl-2"),
            ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.SUCCESSES_WITHIN_TARGET)
                    .withId("sl-3"),
            ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.FAILURES_PAST_TARGET)
                    .withId("sl-4"),
            ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.shortAsSuccesses(Duration.ofSeconds(5)))
                    .withId("sl-5"),
            ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.shortExcluded(Duration.ofSeconds(5)))
                    .withId("sl-6"),
            ContactKpis.abandonmentRate(Duration.ofSeconds(5)).withId("ab-5"),
            PeopleKpis.engagementIndex(1, Catalogue.items()).withId("engagement-1"),
            SurveyKpis.nps().where(Answers.LATEST.condition()).withId("nps-latest"),
            Mean.kpi("delay-bucket", Field.whole("delay"), Direction.NEUTRAL),
            Mean.kpi(
                    "chosen",
                    Field.flag("vip")
                            .or(Field.duration("wait").atLeast(Duration.ZERO).lt(Duration.ofSeconds(9)))
                            .choose(Field.number("real"), Field.number("other").dividedBy(Field.whole("effort"))),
                    Direction.NEUTRAL),
            Share.kpi(
                    "chosen-is-missing",
                    Field.flag("answered")
                            .choose(Field.rating("effort", 1, 5), Field.rating("satisfaction", 1, 7))
                            .isMissing()),
            Mean.kpi("mean-real", Field.number("real"), Direction.NEUTRAL),
            Ratio.kpi("ratio-real", Field.number("real"), Field.number("other"), Direction.NEUTRAL),
            Ratio.kpi("mixed", Field.money("cost", "EUR"), Field.number("other"), Direction.NEUTRAL),
            Ratio.kpi(
                    "cost-per-message",
                    Field.money("cost", "EUR"),
                    Field.whole("customer-messages"),
                    Direction.NEUTRAL),
            Mean.kpi("quotient", Field.number("real").dividedBy(Field.whole("effort")), Direction.NEUTRAL),
            Mean.kpi("product", Field.number("real").times(Field.number("other")), Direction.NEUTRAL),
            Mean.kpi("span", Field.duration("talk").minus(Field.duration("hold")), Direction.NEUTRAL),
            Percentile.kpi("p90-talk", Field.duration("talk"), 0.9, Direction.NEUTRAL),
            Percentile.kpi(
                    "p50-many",
                    Field.number("real").times(Field.number("other")).plus(Field.whole("effort")),
                    0.5,
                    Direction.NEUTRAL),
            Share.kpi("vips", Field.flag("vip")),
            Share.kpi("unknown-wait", Field.duration("wait").isMissing()),
            Share.kpi(
                    "unknown-answer",
                    Field.flag("answered").isMissing().or(Field.flag("answered").not())),
            Share.kpi(
                    "either",
                    Field.flag("answered")
                            .or(Field.duration("wait").atLeast(Duration.ZERO).lt(Duration.ofSeconds(9)))),
            Clustered.by(Field.text("channel"), SurveyKpis.nps()),
            Clustered.by(Field.text("channel"), ContactKpis.averageHandleTime()),
            Clustered.by(
                    Field.text("channel"),
                    Ratio.kpi("ratio-real", Field.number("real"), Field.number("other"), Direction.NEUTRAL)),
            Share.kpi("all", Condition.always()));

    private static final List<Kpi<?>> KPIS =
            Stream.of(Catalogue.list(), FAMILIES).<Kpi<?>>flatMap(List::stream).toList();

    private static List<String[]> rows(int n) {
        Random random = new Random(4);
        List<String> numbers = List.of(
                "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "-1", "", "NA", " 5", "5.0", "5.5",
                "five");
        List<String> flags = List.of("yes", "no", "YES", "", "NA", "maybe", "no ");
        List<String> times = List.of(
                "0",
                "3.25",
                "19.999999",
                "20",
                "20.0000009",
                "300",
                "90000",
                "700000",
                "-4",
                "",
                "NA",
                "1e3",
                "soon",
                "99999999999");
        List<String> reals = List.of(
                "0.1",
                "0.2",
                "1e-300",
                "1e300",
                "-7",
                "",
                "NA",
                "1e400",
                "NaN",
                "3.141592653589793",
                "-0.0",
                "2",
                "0",
                "abc");
        List<String> costs = List.of("12.60", "7.2", "0.001", "-3", "", "1000000", "12,60", "5.");
        List<String> channels =
                List.of("phone", "customer", "a'b", "; DROP TABLE events; --", "", "NA", "\"q\"", "ä€𝄞", " phone");
        Map<FieldType, List<String>> values = Map.of(
                FieldType.WHOLE, numbers,
                FieldType.FLAG, flags,
                FieldType.DURATION, times,
                FieldType.NUMBER, reals,
                FieldType.MONEY, costs);
        Map<String, FieldType> types = new HashMap<>();
        mapping.sources()
                .forEach((name, source) -> types.put(name, source.field().type()));
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String[] row = new String[COLUMNS.size()];
            for (int c = 0; c < row.length; c++) {
                String name = COLUMNS.get(c);
                List<String> from = name.startsWith("real") ? reals : values.getOrDefault(types.get(name), channels);
                row[c] = from.get(random.nextInt(from.size()));
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void everyKpiIsEqualInJavaAndInDuckDb() throws Exception {
        List<String[]> rows = rows(4_000);
        Scorecard<Row> card = Scorecard.over(mapping.fields(COLUMNS))
                .by("channel", "vip", "effort")
                .kpis(KPIS);
        List<Row> texts = rows.stream()
                .map(cells -> new Row("events", 1, (@Nullable String[]) cells))
                .toList();
        ScorecardResult java = card.compute(texts);
        ScorecardResult parallel = texts.parallelStream().collect(card.collector());
        ScorecardQuery query = ScorecardQuery.over(mapping, "the \"events\"")
                .by("channel", "vip", "effort")
                .kpis(KPIS.toArray(new Kpi<?>[0]));
        ScorecardResult sql;
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE \"the \"\"events\"\"\" ("
                    + String.join(
                            ", ",
                            COLUMNS.stream()
                                    .map(c -> SqlDialect.DUCKDB.identifier(c) + " VARCHAR")
                                    .toList())
                    + ")");
            try (DuckDBAppender appender = duckdb.unwrap(DuckDBConnection.class)
                    .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "the \"events\"")) {
                for (String[] row : rows) {
                    appender.beginRow();
                    for (String cell : row) {
                        appender.append(cell);
                    }
                    appender.endRow();
                }
            }
            sql = query.read(statement.executeQuery(query.sql()));
        }
        assertEquals(java.cells().keySet(), sql.cells().keySet());
        for (Kpi<?> kpi : KPIS) {
            assertEquals(java.total(kpi), sql.total(kpi));
            assertEquals(4_000, java.total(kpi).counts().rows());
        }
        assertEquals(java.cells(), sql.cells());
        assertEquals(java.cells(), parallel.cells());
        assertEquals(java.intake().rows(), sql.intake().rows());
        writeTable(java, parallel, sql);
    }

    /** One line a KPI, with what each engine makes of all rows: for the reader, once the assertions above hold. */
    private static void writeTable(ScorecardResult java, ScorecardResult parallel, ScorecardResult sql)
            throws IOException {
        StringBuilder table = new StringBuilder("| KPI | Java | Java, parallel | DuckDB SQL |\n|---|---|---|---|\n");
        for (Kpi<?> kpi : KPIS) {
            table.append("| ").append(kpi.id());
            for (ScorecardResult result : List.of(java, parallel, sql)) {
                table.append(" | ").append(result.total(kpi).toString().replace("|", "\\|"));
            }
            table.append(" |\n");
        }
        Path file = Path.of("target", "engines.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, table);
    }

    @Test
    void typedColumnsAreReadThroughTheirText() throws Exception {
        ColumnMapping typed = ColumnMapping.named("t")
                .whole("recommendation", "score")
                .with("answered", "answered", Format.standard(Field.of("answered", io.cxmetrics.field.FieldType.FLAG)))
                .with("wait", "wait", new Format.DurationIn(ChronoUnit.SECONDS));
        ScorecardQuery query =
                ScorecardQuery.over(typed, "t").kpis(SurveyKpis.nps(), ContactKpis.averageSpeedOfAnswer());
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "CREATE TABLE t AS SELECT * FROM (VALUES (9, true, 1.5), (3.0, false, 2), (NULL, true, 7)) AS v(score, answered, wait)");
            ScorecardResult result = query.read(statement.executeQuery(query.sql()));
            assertEquals(
                    List.of(0.0, 1L),
                    List.of(
                            result.total(SurveyKpis.nps()).value().orElseThrow(),
                            result.total(SurveyKpis.nps()).counts().missing()));
            assertEquals(
                    4.25,
                    result.total(ContactKpis.averageSpeedOfAnswer()).value().orElseThrow());
        }
    }

    @Test
    void aFieldThatIsNotMappedIsNamedWithTheNearest() {
        ScorecardQuery query = ScorecardQuery.over(ColumnMapping.named("t").whole("recomendation", "x"), "t")
                .kpis(SurveyKpis.nps());
        String message =
                assertThrows(IllegalArgumentException.class, query::sql).getMessage();
        assertTrue(
                message.contains(
                        "KPI nps: field 'recommendation' is not mapped in t (did you mean \"recomendation\"?)"),
                message);
    }
}
