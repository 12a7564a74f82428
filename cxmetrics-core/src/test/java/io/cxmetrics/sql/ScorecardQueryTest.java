package io.cxmetrics.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Kpi;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Row;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.survey.SurveyKpis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every catalogue KPI and every family gives equal statistics in Java and in DuckDB, accounts included. */
class ScorecardQueryTest {
    private static final List<Kpi<?>> KPIS = EngineCases.kpis();

    @Test
    void theDefinitionsOfTheCasesSayWhatTheCasesSay() {
        Definitions read = Definitions.parse("cases", EngineCases.json());
        assertEquals(
                EngineCases.mapping().sources().keySet(),
                read.mapping().sources().keySet());
        assertEquals(EngineCases.mapping().derived(), read.mapping().derived());
        assertEquals(EngineCases.writable(), List.copyOf(read.kpis().values()));
        assertEquals(KPIS.size() - 1, EngineCases.writable().size());
        assertEquals(EngineCases.columns(), read.columns());
    }

    @Test
    void everyKpiIsEqualInJavaAndInDuckDb() throws Exception {
        List<String[]> rows = EngineCases.rows(4_000);
        Scorecard<Row> card = Scorecard.over(EngineCases.mapping().fields(EngineCases.columns()))
                .by("channel", "vip", "effort")
                .kpis(KPIS);
        List<Row> texts = rows.stream()
                .map(cells -> new Row("events", 1, (@Nullable String[]) cells))
                .toList();
        ScorecardResult java = card.compute(texts);
        ScorecardResult parallel = texts.parallelStream().collect(card.collector());
        ScorecardQuery query = ScorecardQuery.over(EngineCases.mapping(), "the \"events\"")
                .by("channel", "vip", "effort")
                .kpis(KPIS.toArray(new Kpi<?>[0]));
        ScorecardResult sql = EngineCases.duckDb(query, "the \"events\"", EngineCases.columns(), rows);
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
