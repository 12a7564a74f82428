package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Row;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenMetricsTest {
    private static final List<String> HEADER = List.of("channel", "at", "wait", "score");

    private static ScorecardResult result() {
        ColumnMapping mapping = ColumnMapping.named("t")
                .text("channel", "channel")
                .text("0 kind/of", "channel")
                .with("at", "at", new Format.DateAs("yyyy-MM-dd"))
                .with("wait", "wait", new Format.DurationIn(ChronoUnit.SECONDS))
                .whole("recommendation", "score");
        return Scorecard.over(mapping.fields(HEADER))
                .by("channel", "0 kind/of")
                .every(Grain.MONTH, "at", ZoneOffset.UTC)
                .kpis(
                        SurveyKpis.nps(),
                        Mean.kpi("mean-wait", Field.duration("wait"), Direction.LOWER_IS_BETTER)
                                .withName("Wait \\ \"so\"\nlong"),
                        Share.kpi("short", Field.duration("wait").lt(java.time.Duration.ofSeconds(5))))
                .compute(List.of(
                        new Row("t", 1, "a\"b\\c\nd", "2026-01-03", "1.5", "9"),
                        new Row("t", 2, "a\"b\\c\nd", "2026-01-04", "7", "3"),
                        new Row("t", 3, "", "2026-02-04", "7", "11"),
                        new Row("t", 4, "ä€𝄞", "2026-02-04", "", "")));
    }

    /** The rules of OpenMetrics 1.0 on text: the ABNF, and the order, uniqueness and unit of families. */
    private static void assertValid(String text) {
        String name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
        String string = "(?:[^\"\\\\\n]|\\\\[\\\\n\"])*";
        String label = "[a-zA-Z_][a-zA-Z0-9_]*=\"" + string + "\"";
        Pattern sample = Pattern.compile(
                "(" + name + ")(\\{(?:" + label + "(?:," + label + ")*)?\\})? (-?[0-9.]+(?:E-?[0-9]+)?)");
        Pattern head = Pattern.compile("# (TYPE|UNIT|HELP) (" + name + ") (" + string + ")");
        assertTrue(text.endsWith("# EOF\n") && text.indexOf("# EOF") == text.length() - 6, "ends with EOF");
        Set<String> closed = new HashSet<>();
        Set<String> series = new HashSet<>();
        Map<String, String> heads = new HashMap<>();
        String family = "";
        for (String line : text.substring(0, text.length() - 6).split("\n")) {
            Matcher isHead = head.matcher(line);
            Matcher isSample = sample.matcher(line);
            String of;
            if (isHead.matches()) {
                of = isHead.group(2);
                assertTrue(heads.put(isHead.group(1) + " " + of, isHead.group(3)) == null, "one each: " + line);
                if (isHead.group(1).equals("TYPE")) {
                    assertEquals("gauge", isHead.group(3));
                } else if (isHead.group(1).equals("UNIT")) {
                    assertTrue(of.endsWith("_" + isHead.group(3)), "the unit ends the name: " + line);
                }
            } else {
                assertTrue(isSample.matches(), "neither head nor sample: " + line);
                of = isSample.group(1);
                assertTrue(heads.containsKey("TYPE " + of), "a sample of a family with a type: " + line);
                String labels = String.valueOf(isSample.group(2));
                assertTrue(series.add(of + labels), "twice: " + line);
                Set<String> names = new HashSet<>();
                Matcher one = Pattern.compile("[{,]([a-zA-Z_]\\w*)=\"" + string + "\"")
                        .matcher(labels);
                while (one.find()) {
                    assertTrue(names.add(one.group(1)), "a label twice: " + line);
                    assertFalse(one.group(1).startsWith("__"), line);
                }
            }
            if (!of.equals(family)) {
                assertTrue(closed.add(of), "families are not mixed: " + line);
                family = of;
            }
        }
    }

    @Test
    void theTextFollowsTheRulesOfTheFormat() {
        assertValid(OpenMetrics.write(result()));
        assertValid(OpenMetrics.write(result().overall()));
        assertValid(OpenMetrics.write(result().overall().by()));
    }

    @Test
    void valuesUnitsLabelsAndHelpAreThere() {
        List<String> lines = OpenMetrics.write(result()).lines().toList();
        assertTrue(lines.contains("# UNIT cxmetrics_mean_wait_seconds seconds"), lines.toString());
        assertTrue(lines.contains("# HELP cxmetrics_mean_wait_seconds Wait \\\\ \\\"so\\\"\\nlong"), lines.toString());
        assertTrue(
                lines.contains(
                        "cxmetrics_mean_wait_seconds{period=\"2026-01\",channel=\"a\\\"b\\\\c\\nd\",x_0_kind_of=\"a\\\"b\\\\c\\nd\"} 4.25"),
                lines.toString());
        assertTrue(
                lines.contains(
                        "cxmetrics_nps_observations{period=\"2026-02\",channel=\"\",channel_state=\"missing\",x_0_kind_of=\"\",x_0_kind_of_state=\"missing\",outcome=\"rejected\"} 1"),
                lines.toString());
    }

    @Test
    void whatIsUndefinedHasNoSample() {
        String text = OpenMetrics.write(result());
        assertFalse(text.contains("NaN"), text);
        assertFalse(text.contains("cxmetrics_nps{period=\"2026-02\""), text);
    }
}
