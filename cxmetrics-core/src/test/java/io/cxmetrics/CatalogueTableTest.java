package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cxmetrics.field.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the tables of KPIs in the core's guide and in the project's README in step with the catalogue. */
class CatalogueTableTest {
    private static final String BEGIN = "<!-- The table is made by CatalogueTableTest. -->\n";
    private static final String END = "<!-- End of the table. -->";

    private static String row(String java, Kpi<?> kpi) {
        Condition where = kpi.where();
        String rows = where instanceof Condition.Always ? "" : ", of rows where " + where.words();
        String arrow = switch (kpi.direction()) {
            case HIGHER_IS_BETTER -> "↑";
            case LOWER_IS_BETTER -> "↓";
            case NEUTRAL -> "";
        };
        String interval = some(kpi).interval(0.95).method();
        return "| " + kpi.name() + " | `" + kpi.id() + "` | `" + java + "` | "
                + kpi.definition().formula() + rows + " | "
                + kpi.unit().toString().toLowerCase(Locale.ROOT) + " | " + arrow + " | " + interval + " |";
    }

    /** A statistic with some rows in it, so that it has an interval. */
    private static Statistic<?> some(Kpi<?> kpi) {
        return of(kpi);
    }

    private static <S extends Statistic<S>> S of(Kpi<S> kpi) {
        var totals = kpi.definition().aggregates().stream()
                .map(CatalogueTableTest::some)
                .toList();
        return kpi.definition().statistic(kpi, new Counts(isPercentile(kpi) ? 100 : 2, 0, 0, 0), totals);
    }

    private static boolean isPercentile(Kpi<?> kpi) {
        return kpi.definition().aggregates().get(0) instanceof Aggregate.Histogram;
    }

    private static Total some(Aggregate aggregate) {
        return aggregate instanceof Aggregate.Tally tally
                ? tally(tally)
                : aggregate instanceof Aggregate.Histogram histogram
                        ? Histogram.ofValues(histogram.of().type(), histogram.bits(), new long[] {1}, new long[] {100})
                        : Total.Exact.of(1);
    }

    private static Total tally(Aggregate.Tally tally) {
        long[] counts = new long[tally.highest() - tally.lowest() + 1];
        counts[0] = 2;
        return new Total.Tally(counts);
    }

    @Test
    void theTableInTheGuideIsTheCatalogue() throws Exception {
        assertShown(table(), Path.of("README.md"), Path.of("target", "catalogue-table.md"));
    }

    @Test
    void theProjectsReadmeNamesEveryKpiOfTheCatalogue() throws Exception {
        assertShown(overview(), Path.of("..", "README.md"), Path.of("target", "catalogue-overview.md"));
    }

    private static void assertShown(String expected, Path guide, Path written) throws IOException {
        Files.writeString(written, expected);
        String text = Files.readString(guide);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        String shown = text.substring(from, text.indexOf(END, from));
        assertEquals(expected, shown, "copy " + written + " into " + guide);
    }

    private static String table() {
        return "| KPI | id | in Java | formula | unit | better | interval |\n|---|---|---|---|---|---|---|\n"
                + Catalogue.kpis().entrySet().stream()
                        .map(e -> row(e.getKey(), e.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    /** One line for each class of the catalogue. */
    private static String overview() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        Catalogue.kpis()
                .forEach((java, kpi) -> names.computeIfAbsent(
                                java.substring(0, java.indexOf('.')), c -> new LinkedHashSet<>())
                        .add(kpi.name()));
        StringBuilder text = new StringBuilder("| in Java | KPIs |\n|---|---|\n");
        names.forEach((type, kpis) -> text.append("| `")
                .append(type)
                .append("` | ")
                .append(String.join(" · ", kpis))
                .append(" |\n"));
        return text.toString();
    }
}
