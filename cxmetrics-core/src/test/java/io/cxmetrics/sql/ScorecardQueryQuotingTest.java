package io.cxmetrics.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Format;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a name or a value holds becomes part of the query. */
class ScorecardQueryQuotingTest {
    private static ScorecardQuery query(String evil) {
        ColumnMapping mapping = ColumnMapping.named(evil)
                .missing("", evil + "missing")
                .text(evil, evil)
                .with("flag" + evil, evil, new Format.FlagWords(Set.of(evil), Set.of("no")));
        Kpi<?> kpi = Share.kpi("evil", Field.text(evil).in(evil)).where(Field.flag("flag" + evil));
        return ScorecardQuery.over(mapping, evil).by(evil).kpis(kpi);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "a \"quoted\" name",
                "'; DROP TABLE t; --",
                "\"; DROP TABLE t; --",
                "a */ b /* c",
                "-- gone\nSELECT 1",
                "back\\slash\\'",
                "back`tick",
                "${x} {d '2024-01-01'} ? :x $1 %s",
                "ä€𝄞\u2028\u202e",
                "dimension 1",
                "rows"
            })
    void namesAndValuesAreQuoted(String evil) throws Exception {
        ScorecardQuery query = query(evil);
        ScorecardResult result = DuckDb.run(
                query, evil, List.of(evil), List.of(new String[] {evil}, new String[] {"no"}, new String[] {"x"}));
        List<String> counts = new ArrayList<>();
        result.cells()
                .forEach((cell, statistics) -> counts.add(cell + "|"
                        + statistics.get(0).value() + "|" + statistics.get(0).counts()));
        List<String> expected = new ArrayList<>(List.of(
                evil + "|OptionalDouble[1.0]|n = 1",
                "no|OptionalDouble.empty|n = 0, 1 not eligible",
                "x|OptionalDouble.empty|n = 0, 1 rejected"));
        assertEquals(Set.copyOf(expected), Set.copyOf(counts));
    }

    @Test
    void namesThatDifferInCapitalsOnlyAreTwo() throws Exception {
        ColumnMapping mapping = ColumnMapping.named("t")
                .text("channel", "a")
                .text("Channel", "b")
                .text("channel text", "a");
        Kpi<?>[] kpis = {
            Share.kpi("one", Field.text("channel").in("x")),
            Share.kpi("two", Field.text("Channel").in("x")),
            Share.kpi("three", Field.text("channel text").in("x"))
        };
        ScorecardResult result = DuckDb.run(
                ScorecardQuery.over(mapping, "t").kpis(kpis),
                "t",
                List.of("a", "b"),
                List.of(new String[] {"x", "y"}, new String[] {"x", ""}));
        assertEquals(
                "[2 1.0, 1 0.0, 2 1.0]",
                result.kpis().stream()
                        .map(kpi -> result.total(kpi).counts().used() + " "
                                + result.total(kpi).value().orElseThrow())
                        .toList()
                        .toString());
    }

    @Test
    void whatNoSqlCanHoldIsRefused() {
        for (String evil : List.of("a\0b", "half \ud834 pair")) {
            for (SqlDialect dialect : SqlDialect.values()) {
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> query(evil).in(dialect).sql())
                        .getMessage();
                assertTrue(message.contains("cannot stand in SQL"), message);
            }
        }
    }

    @Test
    void theTextIsOneStepAfterAnotherWithComments() {
        String sql = query("x").sql();
        List<String> lines = sql.lines().toList();
        assertTrue(lines.get(0).startsWith("-- "), sql);
        assertEquals("WITH", lines.get(1));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(" AS (")) {
                assertTrue(lines.get(i - 1).startsWith("  -- "), "a comment above: " + lines.get(i));
            }
        }
        assertEquals(4, lines.stream().filter(line -> line.endsWith(" AS (")).count());
    }

    @Test
    void filesAreForDuckDbOnly() {
        ScorecardQuery query =
                ScorecardQuery.overCsv(ColumnMapping.named("t"), "t.csv").in(SqlDialect.SPARK);
        assertTrue(assertThrows(IllegalArgumentException.class, query::sql)
                .getMessage()
                .contains("name a table or view"));
    }
}
