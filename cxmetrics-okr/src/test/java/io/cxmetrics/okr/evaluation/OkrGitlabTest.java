package io.cxmetrics.okr.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.okr.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The key results that GitLab published with actual, target and percentage (data/gitlab-okrs-2018-2020): the figures of its
 * EXPECTED.json from this module's progress.
 */
class OkrGitlabTest {
    private static final double PRECISION = 5e-11; // EXPECTED.json is rounded to ten decimals

    private Path folder;
    private LocatedJson expected;
    private final List<Measured> measured = new ArrayList<>();

    private record Measured(String quarter, String line, String kind, double actual, double target, double stated) {
        Progress progress() {
            return Progress.of(Target.increase(0, target), actual);
        }

        double uncapped() {
            return 100 * progress().raw();
        }

        double capped() {
            return 100 * progress().clamped();
        }
    }

    @BeforeEach
    void read() throws IOException {
        folder = Path.of(System.getProperty("cxmetrics.shared.data", "")).resolve("gitlab-okrs-2018-2020");
        assumeTrue(
                Files.isRegularFile(folder.resolve("EXPECTED.json")),
                "skipped: set -Dcxmetrics.shared.data to the folder that holds gitlab-okrs-2018-2020; not found: "
                        + folder);
        expected = LocatedJson.read(folder.resolve("EXPECTED.json")).members().get("figures");
        List<String> lines = Files.readAllLines(folder.resolve("key_results_measured.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(","); // the texts between have commas of their own
            int n = parts.length;
            measured.add(new Measured(
                    parts[0],
                    parts[1],
                    parts[2],
                    Double.parseDouble(parts[n - 3]),
                    Double.parseDouble(parts[n - 2]),
                    Double.parseDouble(parts[n - 1])));
        }
    }

    private double figure(String id) {
        return expected.items().stream()
                .filter(item -> item.members().get("id").text().equals(id))
                .map(item -> item.members().get("value").number().doubleValue())
                .findFirst()
                .orElseThrow();
    }

    private static double mean(List<Measured> of, ToDoubleFunction<Measured> value) {
        return of.stream().mapToDouble(value).average().orElseThrow();
    }

    private long agree(ToDoubleFunction<Measured> value) {
        return measured.stream()
                .filter(m -> Math.abs(value.applyAsDouble(m) - m.stated()) < 1)
                .count();
    }

    @Test
    void rawProgressIsTheUncappedAttainment() {
        assertEquals(figure("measured_key_results"), measured.size());
        assertEquals(figure("mean_attainment_uncapped_pct"), mean(measured, Measured::uncapped), PRECISION);
    }

    @Test
    void clampedProgressIsTheCappedAttainment() {
        assertEquals(figure("mean_attainment_capped_pct"), mean(measured, Measured::capped), PRECISION);
        for (String quarter : new String[] {"2018-q2", "2018-q3", "2018-q4"}) {
            List<Measured> part =
                    measured.stream().filter(m -> m.quarter().equals(quarter)).toList();
            assertEquals(figure(quarter + ".mean_attainment_capped_pct"), mean(part, Measured::capped), PRECISION);
        }
    }

    @Test
    void thePercentagesThatPeopleStatedAgreeAsOftenAsExpected() {
        assertEquals(figure("agree_uncapped_within_1"), agree(Measured::uncapped));
        assertEquals(figure("agree_capped_within_1"), agree(Measured::capped));
        assertEquals(
                figure("agree_either"),
                measured.stream()
                        .filter(m -> Math.abs(m.uncapped() - m.stated()) < 1 || Math.abs(m.capped() - m.stated()) < 1)
                        .count());
    }

    /** Why a stated percentage is not the attainment; the rows by quarter and line of key_results_measured.csv. */
    private static final Map<String, Set<String>> EXPLAINED = Map.of(
            "cut at 100 where others are not",
            Set.of("2018-q2:129", "2018-q2:130", "2018-q3:64", "2018-q3:142", "2018-q4:213", "2018-q4:226"),
            "not cut at 100 where others are",
            Set.of(
                    "2018-q2:132",
                    "2018-q2:134",
                    "2018-q2:136",
                    "2018-q2:142",
                    "2018-q2:143",
                    "2018-q3:129",
                    "2018-q3:131"),
            "52 of 50 is 104 %, stated as 110 %: a slip",
            Set.of("2018-q2:131"),
            "10 of 10 is 100 %, stated as 110 %: that of the row below, 11 of 10",
            Set.of("2018-q3:130"),
            "1 of 1 is 100 %, stated as 50 %: as if two had been wanted",
            Set.of("2018-q3:141"),
            "2 of 3 is 67 %, stated as 78 %: no count of 3 gives it",
            Set.of("2018-q3:155"),
            "105 of 150 is 70 %, stated as 105 %: the count written as the percentage",
            Set.of("2018-q3:156"),
            "3 of 3 is 100 %, stated as 150 %: as if two had been wanted",
            Set.of("2018-q4:211"));

    @Test
    void everyDisagreementWithAStatedPercentageIsExplained() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Measured m : measured) {
            boolean uncapped = Math.abs(m.uncapped() - m.stated()) < 1;
            boolean capped = Math.abs(m.capped() - m.stated()) < 1;
            if (!(uncapped && capped)) {
                String kind = capped
                        ? "cut at 100 where others are not"
                        : uncapped ? "not cut at 100 where others are" : "neither";
                found.computeIfAbsent(kind, k -> new TreeSet<>()).add(m.quarter() + ":" + m.line());
            }
        }
        Map<String, Set<String>> explained = new TreeMap<>();
        EXPLAINED.forEach((why, rows) -> explained
                .computeIfAbsent(rows.size() > 1 ? why : "neither", k -> new TreeSet<>())
                .addAll(rows));
        assertEquals(explained, found);
    }

    @Test
    void attainmentOfTheSupportSlaIsNotCut() { // published as 93, cut and not rounded
        double progress = Progress.of(Target.increase(0, 0.95), 0.89).raw();
        assertEquals(figure("support_2018-q4_sla_attainment_pct"), 100 * progress, PRECISION);
    }
}
