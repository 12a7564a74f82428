package io.cxmetrics.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every contest runs, and its peers give the same answers: a contest throws if they do not. */
class BenchmarksTest {
    private static final Options SMALL =
            Options.parse(List.of("--rows", "20000", "--rounds", "1", "--warmups", "1", "--shuffled"));

    static Set<String> contests() {
        return Benchmarks.contests().keySet();
    }

    @ParameterizedTest
    @MethodSource("contests")
    void peersOfEveryContestAgree(String name) throws Exception {
        Report report = Benchmarks.contests().get(name).run(SMALL);
        assertEquals(20_000, report.rows());
        assertTrue(report.lines().size() >= 2 || name.equals("memory"), report.text());
        assertTrue(report.text().contains("20,000 rows"), report.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"records", "columns"})
    void peersAgreeInTheOrderOfTimeAfterOtherScorecards(String name) throws Exception {
        Options polluted =
                Options.parse(List.of("--rows", "5000", "--rounds", "1", "--warmups", "1", "--polluted", "--markdown"));
        Report report = Benchmarks.contests().get(name).run(polluted);
        assertTrue(report.text().contains("| hand-written loop |"), report.text());
    }

    @Test
    void anAnswerThatDiffersIsRefused() {
        TreeMap<String, double[]> one = new TreeMap<>();
        one.put("phone", new double[] {1, 2, 3, 4, 5, 6, 7, 100, 100, 100});
        TreeMap<String, double[]> other = new TreeMap<>();
        other.put("phone", new double[] {1, 2, 3, 4, 5, 6, 7, 100.9, 99.1, 100});
        new Answer(one).check(new Answer(other));
        other.put("phone", new double[] {1, 2, 3, 4, 5, 6, 7, 101.1, 100, 100});
        assertThrows(IllegalStateException.class, () -> new Answer(one).check(new Answer(other)));
        other.put("phone", new double[] {1.001, 2, 3, 4, 5, 6, 7, 100, 100, 100});
        assertThrows(IllegalStateException.class, () -> new Answer(one).check(new Answer(other)));
        other.put("phone", new double[] {Double.NaN, 2, 3, 4, 5, 6, 7, 100, 100, 100});
        assertThrows(IllegalStateException.class, () -> new Answer(one).check(new Answer(other)));
        other.remove("phone");
        assertThrows(IllegalStateException.class, () -> new Answer(one).check(new Answer(other)));
    }

    @Test
    void onlySketchesOfBucketsAnswerTheSameInAnyMergeOrder() {
        for (SketchBenchmark.Quality quality : SketchBenchmark.qualities(SMALL.with("--rows", 100_000))) {
            boolean hasBuckets =
                    !quality.name().startsWith("t-digest") && !quality.name().startsWith("KLL");
            assertEquals(hasBuckets, quality.isSameInAnyOrder(), quality.toString());
            if (quality.name().startsWith("cxmetrics")) {
                assertTrue(quality.error() <= (quality.name().contains("0.1") ? 0.001 : 0.01), quality.toString());
            }
        }
    }

    @Test
    void unknownOptionsAreToldWithWhatIsExpected() {
        assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--row", "1")));
        assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--rows")));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--rows", "many")));
        assertEquals("--rows \"many\": expected a whole number", e.getMessage());
        assertFalse(Options.parse(List.of()).shuffled());
    }
}
