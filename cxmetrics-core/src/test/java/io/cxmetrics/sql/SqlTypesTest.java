package io.cxmetrics.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Grain;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of known type give what their text gives, edges of the types and of the fields included. */
class SqlTypesTest {
    private static final Currency EUR = Currency.getInstance("EUR");

    private static Format format(String name) {
        return switch (name) {
            case "whole" -> new Format.Whole();
            case "real" -> new Format.Real();
            case "flag" -> Format.standard(Field.of("x", FieldType.FLAG));
            case "yes" -> new Format.FlagWords(Set.of("true", "yes"), Set.of("no"));
            case "days" -> new Format.DurationIn(ChronoUnit.DAYS);
            case "seconds" -> new Format.DurationIn(ChronoUnit.SECONDS);
            case "micros" -> new Format.DurationIn(ChronoUnit.MICROS);
            default -> new Format.MoneyAmount(EUR);
        };
    }

    private static Map<String, String> types(Statement statement, String table) throws SQLException {
        Map<String, String> types = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("DESCRIBE " + table)) {
            while (rows.next()) {
                types.put(rows.getString(1), rows.getString(2));
            }
        }
        return types;
    }

    private static Kpi<?> kpi(Field field) {
        return field.type() == FieldType.FLAG
                ? Share.kpi("k", Field.flag(field.name()))
                : field.type() == FieldType.NUMBER
                        ? Mean.kpi("k", new Quantity.Of<>(field), Direction.HIGHER_IS_BETTER)
                        : Percentile.kpi("k", new Quantity.Of<>(field), 0.5, Direction.HIGHER_IS_BETTER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "TINYINT; whole; 7, -3, 127, -128",
                "UINTEGER; whole; 4294967295, 1",
                "BIGINT; whole; 9007199254740991, 9007199254740992, -9223372036854775808, 12",
                "HUGEINT; whole; 170141183460469231731687303715884105727, 5",
                "DOUBLE; real; 0.1, 'NaN', '-inf', 1e300, -0.0, 0.0",
                "FLOAT; real; 0.1, 'inf', 16777216",
                "SMALLINT; real; -32768, 5",
                "DECIMAL(9, 2); real; 12.60, -0.01",
                "BOOLEAN; flag; true, false, false",
                "BOOLEAN; yes; true, false, false",
                "INTEGER; days; 36525, 36526, -2147483648, 3",
                "INTEGER; seconds; 2147483647, -2147483648, 20",
                "BIGINT; seconds; 3155760000, 3155760001, -3155760001, -9223372036854775808, 9223372036854775807, 20",
                "BIGINT; micros; 3155760000000000, 3155760000000001, 12",
                "DOUBLE; seconds; 1.5, -7, 1e9",
                "DECIMAL(9, 2); money; 12.60, -0.01",
                "DECIMAL(18, 3); money; 12.600, 12.601",
                "DECIMAL(4, 0); money; 1260",
                "BIGINT; money; 999999999999999, 1000000000000000, 90071992547409, 90071992547410",
                "VARCHAR; whole; lower('7'), 'x', '', ' 8 '",
            })
    void aTypedColumnGivesWhatItsTextGives(String type, String format, String values) throws Exception {
        ColumnMapping mapping = ColumnMapping.named("t").with("x", "x y", format(format));
        ScorecardQuery query = ScorecardQuery.over(mapping, "t")
                .kpis(kpi(mapping.sources().get("x").field()));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE t (\"x y\" " + type + ")");
            for (String value : values.split(", ")) {
                statement.execute("INSERT INTO t VALUES (" + value + "), (NULL), (" + value + ")");
            }
            ScorecardResult typed = query.read(
                    statement.executeQuery(query.typed(types(statement, "t")).sql()));
            assertEquals(query.read(statement.executeQuery(query.sql())), typed);
            assertEquals(3L * values.split(", ").length, typed.intake().rows());
        }
    }

    @Test
    void aWordForMissingThatMayBeAValueIsFoundInTheText() throws Exception {
        ColumnMapping mapping = ColumnMapping.named("t").missing("-1", "").with("x", "x", new Format.Whole());
        ScorecardQuery query = ScorecardQuery.over(mapping, "t")
                .kpis(kpi(mapping.sources().get("x").field()));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT * FROM (VALUES (-1), (3)) AS v(x)");
            ScorecardQuery typed = query.typed(types(statement, "t"));
            ScorecardResult result = query.read(statement.executeQuery(typed.sql()));
            assertEquals(query.read(statement.executeQuery(query.sql())), result);
            assertEquals(
                    1, result.cells().values().iterator().next().get(0).counts().missing());
        }
    }

    /** Of times in columns of type and of text, by week and hour of the week of a zone with odd offsets in the past. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Helsinki", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Monrovia", "America/Sao_Paulo"
            })
    void timesOfEachTypeFallIntoTheWeeksAndHoursOfTheirText(String id) throws Exception {
        ZoneId zone = ZoneId.of(id);
        Map<String, Format> formats = Map.of(
                "tz", Format.InstantAs.iso(),
                "local", Format.InstantAs.local("iso", zone),
                "utc", Format.InstantAs.local("iso", ZoneId.of("UTC")),
                "seconds", Format.InstantAs.epochSeconds(),
                "millis", Format.InstantAs.epochMillis(),
                "day", new Format.DateAs("yyyy-MM-dd"));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET TimeZone = 'America/New_York'");
            statement.execute("""
                    CREATE TABLE t AS
                    SELECT i, make_timestamptz(u) AS tz, make_timestamp(u) AS local, make_timestamp(u) AS utc,
                      u // 1000000 AS seconds, u // 1000 AS millis, CAST(make_timestamp(u) AS DATE) AS day
                    FROM (SELECT i, CASE WHEN i % 50 = 0 THEN NULL
                        WHEN i % 7 = 0 THEN (-95 + i // 30) * 31556952000000 + i * 1111111111
                        ELSE 1735689600000000 + i * 8765432100 END AS u FROM range(6000) r(i))
                    UNION ALL SELECT 7, 'infinity', '-infinity', 'infinity', 999999999999999, -9223372036854775808, 'infinity'
                    UNION ALL SELECT 7, '0001-01-01 00:00:00+00', '0001-01-01', '0001-01-01', -62135596800, 253402300799999,
                      '0001-01-01'
                    UNION ALL SELECT 7, '12000-01-01 00:00:00+00', '12000-01-01', '12000-01-01', 1, 1, '12000-01-01'
                    """);
            Map<String, String> types = types(statement, "t");
            for (Map.Entry<String, Format> entry : formats.entrySet()) {
                String column = entry.getKey();
                ColumnMapping mapping = ColumnMapping.named("t").whole("i", "i").with("at", column, entry.getValue());
                Kpi<Mean> mean = Mean.kpi("mean", Field.whole("i"), Direction.HIGHER_IS_BETTER);
                ScorecardQuery query = ScorecardQuery.over(mapping, "t")
                        .every(Grain.WEEK, "at", zone)
                        .kpis(mean);
                if (!column.equals("day")) {
                    query = query.byHourOfWeek("hour", "at", zone);
                }
                ScorecardQuery shown = query;
                ScorecardResult text = query.read(statement.executeQuery(query.sql()));
                ScorecardResult typed =
                        query.read(statement.executeQuery(query.typed(types).sql()));
                assertEquals(
                        text, typed, () -> column + "\n" + shown.typed(types).sql());
                assertTrue(typed.cells().size() > 100);
            }
        }
    }

    @Test
    void rowsWithRejectedValuesAreReturnedWithTheirPlace() throws Exception {
        ColumnMapping mapping = ColumnMapping.named("t")
                .text("channel", "c")
                .with("recommendation", "r", new Format.Whole())
                .with("at", "at", Format.InstantAs.iso());
        ScorecardQuery query = ScorecardQuery.over(mapping, "t")
                .by("channel")
                .every(Grain.DAY, "at", ZoneId.of("UTC"))
                .kpis(io.cxmetrics.survey.SurveyKpis.nps());
        List<String[]> rows = new ArrayList<>();
        for (String cells :
                "a;9;2026-01-01T00:00:00Z a;11;2026-01-01T00:00:00Z ;; a;x;yesterday a;3; a;3;2026-13-01T00:00:00Z"
                        .split(" ")) {
            rows.add(cells.split(";", -1));
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE t (c VARCHAR, r VARCHAR, \"at\" VARCHAR)");
            for (String[] row : rows) {
                statement.execute("INSERT INTO t VALUES ('" + String.join("', '", row) + "')");
            }
            List<String> found = new ArrayList<>();
            try (ResultSet rejected = statement.executeQuery(query.rejectedRowsSql())) {
                while (rejected.next()) {
                    found.add(rejected.getLong(1) + " " + rejected.getString(2) + " " + rejected.getString(3) + " "
                            + rejected.getString(4));
                }
            }
            found.sort(null);
            assertEquals(
                    List.of("2 a 11 2026-01-01T00:00:00Z", "4 a x yesterday", "6 a 3 2026-13-01T00:00:00Z"), found);
        }
        assertFalse(query.rejectedRowsSql().contains("histogram"));
    }
}
