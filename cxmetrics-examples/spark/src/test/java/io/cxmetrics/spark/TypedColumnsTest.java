package io.cxmetrics.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.ScorecardResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value of any type means what its text means, whether Spark gives vectors, rows or expressions. */
class TypedColumnsTest {
    /** Every kind of field over every type of column; numbers beyond what a field holds among them. */
    private static final List<String> TYPES = List.of(
            "BYTE",
            "SHORT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(12,3)",
            "STRING",
            "BOOLEAN",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ");

    private static final String VALUES = """
            SELECT CASE id %% 9 WHEN 0 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 7 WHEN 3 THEN 10 WHEN 4 THEN -1 WHEN 5 THEN NULL
              WHEN 6 THEN 9 WHEN 7 THEN 11 ELSE 3 END AS n, id FROM range(60)
            """;

    private static final String FIELDS = """
            "%1$s-whole": {"type": "whole", "column": "%1$s", "missing": [""]},
            "%1$s-words": {"type": "whole", "column": "%1$s", "missing": ["", "7", "7.0"]},
            "%1$s-number": {"type": "number", "column": "%1$s"},
            "%1$s-seconds": {"type": "duration", "unit": "seconds", "column": "%1$s"},
            "%1$s-micros": {"type": "duration", "unit": "microseconds", "column": "%1$s"},
            "%1$s-money": {"type": "money", "currency": "EUR", "column": "%1$s"},
            "%1$s-flag": {"type": "flag", "column": "%1$s", "true": ["1", "true", "1.0"], "false": ["0", "false", "0.0"]},
            "%1$s-odd-flag": {"type": "flag", "column": "%1$s", "true": ["true"], "false": ["no"]},
            "%1$s-text": {"type": "text", "column": "%1$s", "missing": ["10"]},
            "%1$s-date": {"type": "date", "column": "%1$s"},
            "%1$s-day": {"type": "date", "column": "%1$s", "format": "yyyy-MM-dd"},
            "%1$s-second": {"type": "instant", "format": "epoch-seconds", "column": "%1$s"},
            "%1$s-milli": {"type": "instant", "format": "epoch-millis", "column": "%1$s"},
            "%1$s-local": {"type": "instant", "format": "yyyy-MM-dd HH:mm:ss", "timeZone": "Asia/Kolkata", "column": "%1$s"},
            "%1$s-both": {"type": "text", "columns": ["%1$s", "STRING"]}""";

    private static final String KPIS = """
            "%1$s-whole": {"type": "mean", "of": "%1$s-whole"},
            "%1$s-words": {"type": "mean", "of": "%1$s-words"},
            "%1$s-number": {"type": "mean", "of": "%1$s-number"},
            "%1$s-seconds": {"type": "mean", "of": "%1$s-seconds"},
            "%1$s-micros": {"type": "mean", "of": "%1$s-micros"},
            "%1$s-money": {"type": "mean", "of": "%1$s-money"},
            "%1$s-flag": {"type": "share", "hit": "%1$s-flag", "direction": "neutral"},
            "%1$s-odd-flag": {"type": "share", "hit": "%1$s-odd-flag", "direction": "neutral"},
            "%1$s-text": {"type": "share", "hit": {"field": "%1$s-text", "in": ["1", "7.0", "true"]}, "direction": "neutral"},
            "%1$s-date": {"type": "share", "hit": {"field": "%1$s-date", "ge": "2000-01-01"}, "direction": "neutral"},
            "%1$s-day": {"type": "share", "hit": {"field": "%1$s-day", "ge": "2000-01-01"}, "direction": "neutral"},
            "%1$s-second": {"type": "share", "hit": {"field": "%1$s-second", "ge": "1970-01-01T00:00:05Z"}, "direction": "neutral"},
            "%1$s-milli": {"type": "share", "hit": {"field": "%1$s-milli", "ge": "1970-01-01T00:00:00Z"}, "direction": "neutral"},
            "%1$s-local": {"type": "share", "hit": {"field": "%1$s-local", "ge": "2026-03-03T00:00:00Z"}, "direction": "neutral"},
            "%1$s-both": {"type": "share", "hit": {"field": "%1$s-both", "in": ["1 1", "7.0 7"]}, "direction": "neutral"}""";

    @TempDir
    private Path folder;

    private static String id(String type) {
        return type.replaceAll("[^A-Z]", "").toLowerCase(java.util.Locale.ROOT).replaceAll("^string$", "STRING");
    }

    @Test
    void everyTypeOfColumnMeansWhatItsTextMeans() {
        SparkSession spark = LocalSpark.session();
        List<String> fields = new ArrayList<>();
        List<String> kpis = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (String type : TYPES) {
            String name = id(type);
            // Whose instants are no texts of theirs: see the test below.
            String texts = type.equals("TIMESTAMP") ? "(?m)^\"timestamp-(second|milli)\".*\n" : "(?!)";
            fields.add(FIELDS.formatted(name).replaceAll(texts, ""));
            kpis.add(KPIS.formatted(name).replaceAll(texts, ""));
            columns.add(
                    switch (type) {
                        case "BOOLEAN" -> "CAST(n > 3 AS BOOLEAN) AS " + name;
                        case "DATE" -> "date_add(DATE'2026-03-01', n) AS " + name;
                        case "TIMESTAMP", "TIMESTAMP_NTZ" ->
                            "CAST(date_add(DATE'2026-03-01', n) || ' 23:30:00' AS " + type + ") AS " + name;
                        case "BIGINT" -> "IF(id % 10 = 3, n * 90071992547409931, CAST(n AS BIGINT)) AS " + name;
                        case "DOUBLE" ->
                            "CASE id % 10 WHEN 3 THEN n / 3D WHEN 4 THEN DOUBLE('NaN') WHEN 5 THEN 1e300D ELSE DOUBLE(n) END AS "
                                    + name;
                        default -> "CAST(n AS " + type + ") AS " + name;
                    });
        }
        String json = ("{\"version\": 1, \"source\": {\"fields\": {" + String.join(",\n", fields) + "}}, \"kpis\": {"
                        + String.join(",\n", kpis) + "}}")
                .replaceAll("\"STRING-([a-z-]+)\": \\{\"type\": \"(mean|share)\"", "\"string-$1\": {\"type\": \"$2\"");
        String file = folder.resolve("typed").toString();
        spark.sql("SELECT " + String.join(", ", columns) + " FROM (" + VALUES.formatted() + ")")
                .coalesce(1)
                .write()
                .parquet(file);
        Dataset<Row> typed = spark.read().parquet(file);
        Dataset<Row> texts = typed.select(Arrays.stream(typed.columns())
                .map(column -> typed.col(column).cast("string").as(column))
                .toArray(Column[]::new));

        List<io.cxmetrics.field.Row> rows = texts.collectAsList().stream()
                .map(row -> {
                    String[] cells = new String[row.size()];
                    Arrays.setAll(cells, row::getString);
                    return new io.cxmetrics.field.Row("rows", 1, cells);
                })
                .toList();
        ScorecardResult expected = Definitions.parse("typed", json).compute(List.of(texts.columns()), rows);
        assertEquals(60, expected.intake().rows());
        assertTrue(expected.intake().rejectedValues() > 1_000, expected.toString());

        // Vectors where only columns of known types are needed, Spark's rows otherwise, and its expressions.
        assertSame(expected, CxSpark.scorecard(typed, json));
        assertSame(expected, CxSpark.scorecard(typed.repartition(3), json));
        assertSame(expected, CxSpark.scorecard(texts, json));
        CxSpark.register(spark, json);
        for (String whole : List.of("true", "false")) {
            spark.conf().set("spark.sql.codegen.wholeStage", whole);
            typed.createOrReplaceTempView("typed");
            assertSame(
                    expected,
                    CxSpark.read(
                            (byte[]) spark.sql("SELECT cx_scorecard(" + String.join(", ", CxSpark.columns(json))
                                            + ") FROM typed")
                                    .first()
                                    .get(0),
                            json));
        }
        for (String type : List.of("byte", "short", "int", "bigint", "double", "boolean", "date", "STRING")) {
            String own = json.replaceAll(
                    "(?s)\"kpis\": \\{.*",
                    "\"kpis\": {"
                            + KPIS.formatted(type)
                                    .replaceAll("\"STRING-([a-z-]+)\": \\{\"type\"", "\"string-$1\": {\"type\"")
                            + "}}");
            ScorecardResult vectors = CxSpark.scorecard(typed, own);
            vectors.kpis().forEach(kpi -> assertEquals(expected.total(kpi), vectors.total(kpi)));
        }
    }

    private static void assertSame(ScorecardResult expected, ScorecardResult found) {
        expected.kpis().forEach(kpi -> assertEquals(expected.total(kpi), found.total(kpi)));
        assertEquals(expected.cells(), found.cells());
        assertEquals(expected.intake().rejected(), found.intake().rejected());
    }

    @Test
    void aTimestampIsThePointInTimeThatItIs() {
        String json = """
                {"version": 1,
                 "source": {"fields": {"at": {"type": "instant"}, "recommendation": {"column": "n"}}},
                 "kpis": {"nps": {"type": "nps"}},
                 "scorecard": {"every": "day", "time": "at", "timeZone": "Europe/Helsinki"}}
                """;
        for (String zone : List.of("UTC", "America/New_York", "Asia/Kolkata")) {
            SparkSession spark = LocalSpark.session();
            spark.conf().set("spark.sql.session.timeZone", zone);
            // Both are instants by their offset; the second is the next day in Helsinki.
            Dataset<Row> rows = spark.sql("SELECT * FROM VALUES (TIMESTAMP'2026-03-01T12:00:00Z', 9),"
                    + " (TIMESTAMP'2026-03-01T22:30:00Z', 3) AS v(at, n)");
            assertEquals(
                    "[2026-03-01, 2026-03-02]",
                    CxSpark.scorecard(rows, json).cells().keySet().stream()
                            .map(cell -> String.valueOf(cell.period()))
                            .toList()
                            .toString());
        }
    }
}
