package io.cxmetrics.sql;

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
import io.cxmetrics.json.KpiJson;
import io.cxmetrics.people.PeopleKpis;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Clustered;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.Answers;
import io.cxmetrics.survey.SurveyKpis;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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

/** What every engine must agree on: all KPIs over columns with ugly names, full of values that are missing or bad. */
public final class EngineCases {
    private EngineCases() {}

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

    /** The columns of the rows. */
    public static List<String> columns() {
        return List.copyOf(COLUMNS);
    }

    /** How the columns supply the fields. */
    public static ColumnMapping mapping() {
        return mapping;
    }

    /** Every KPI of the catalogue, and one of each family with parameters that the catalogue does not show. */
    public static List<Kpi<?>> kpis() {
        return KPIS;
    }

    /** Rows with values of each kind, missing and bad ones too, in the order of the columns; the same ones each time. */
    public static List<String[]> rows(int n) {
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

    /** The answer of DuckDB to a query over a table of texts. */
    public static ScorecardResult duckDb(ScorecardQuery query, String table, List<String> columns, List<String[]> rows)
            throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE " + SqlDialect.DUCKDB.identifier(table) + " ("
                    + String.join(
                            ", ",
                            columns.stream()
                                    .map(c -> SqlDialect.DUCKDB.identifier(c) + " VARCHAR")
                                    .toList())
                    + ")");
            try (DuckDBAppender appender =
                    duckdb.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
                for (String[] row : rows) {
                    appender.beginRow();
                    for (String cell : row) {
                        appender.append(cell);
                    }
                    appender.endRow();
                }
            }
            return query.read(statement.executeQuery(query.sql()));
        }
    }

    /** The derived fields as JSON; {@code ScorecardQueryTest} compares them with those of the mapping. */
    private static final String DERIVED = """
            "delay": {"quantity": {
              "if": {"value": {"field": "time-to-first-contact", "type": "duration", "atLeast": "PT0S"}, "lt": "PT5S"},
              "then": {"constant": 0, "type": "whole"},
              "else": {
                "if": {"value": {"field": "time-to-first-contact", "type": "duration", "atLeast": "PT0S"}, "lt": "PT1M"},
                "then": {"constant": 1, "type": "whole"},
                "else": {"constant": 2, "type": "whole"}}}},
            "vip": {"condition": {"field": "channel", "in": ["a'b", "; DROP TABLE events; --"]}}
            """;

    /** The KPIs that JSON can say: all but the share whose hit is everything. */
    public static List<Kpi<?>> writable() {
        return KPIS.stream().filter(kpi -> !kpi.id().equals("all")).toList();
    }

    /** The mapping and the {@link #writable} KPIs as definitions, by {@code channel}, {@code vip} and {@code effort}. */
    public static String json() {
        List<String> fields = new ArrayList<>();
        mapping.sources()
                .forEach((name, source) -> fields.add(quoted(name) + ": {\"column\": "
                        + quoted(source.columns().get(0)) + ", \"type\": "
                        + quoted(source.field().type().word())
                        + switch (source.field().type()) {
                            case FLAG -> ", \"true\": [\"yes\"], \"false\": [\"no\"]}";
                            case DURATION -> ", \"unit\": \"seconds\"}";
                            case MONEY -> ", \"currency\": \"EUR\"}";
                            default -> "}";
                        }));
        fields.add(DERIVED);
        return "{\"version\": 1, \"source\": {\"name\": \"events\", \"missing\": [\"\", \"NA\"], \"fields\": {"
                + String.join(", ", fields) + "}}, \"kpis\": " + KpiJson.write(writable())
                + ", \"scorecard\": {\"by\": [\"channel\", \"vip\", \"effort\"]}}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
