package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first half of August 1999 against the second half, by type of call, beside figures from plain loops. */
class CliCompareTechnionTest {
    private static final List<String> FILES = List.of("calls_1999-08_01-10.csv", "calls_1999-08_11-31.csv");

    @TempDir
    private Path folder;

    private RealData data = new RealData(Path.of(""));
    private Path result = Path.of("");

    @BeforeEach
    void computesTheDays() {
        data = RealData.folder("technion-anonymous-bank-aug1999");
        result = folder.resolve("august.json");
        Cli.Run run = Cli.run(
                "scorecard",
                "-d",
                RealData.definitions("technion-calls.json"),
                "--every",
                "day",
                "--by",
                "type",
                "-f",
                "json",
                "-o",
                result,
                data.file(FILES.get(0)),
                data.file(FILES.get(1)));
        assertEquals(0, run.code(), run.err());
    }

    private String compare(String... format) {
        List<Object> arguments = new ArrayList<>(
                List.of("compare", "--before", "1999-08-01..1999-08-15", "--after", "1999-08-16..1999-08-31", result));
        arguments.addAll(List.of(format));
        Cli.Run run = Cli.run(arguments.toArray());
        assertEquals(0, run.code(), run.err());
        return run.out();
    }

    @Test
    void theAnswerRateOfRegularCallsIsThatOfPlainLoops() throws IOException {
        // Index 0 is the first half, 1 the second; columns 4, 5 and 12 are type, date and outcome.
        long[] answered = new long[2];
        long[] offered = new long[2];
        long[] rows = new long[2];
        for (String name : FILES) {
            List<String> lines = Files.readAllLines(data.file(name));
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                int half = Integer.parseInt(cells[5].substring(8)) <= 15 ? 0 : 1;
                rows[half]++;
                if (cells[4].equals("PS") && !cells[12].equals("PHANTOM")) {
                    offered[half]++;
                    answered[half] += cells[12].equals("AGENT") ? 1 : 0;
                }
            }
        }
        double before = (double) answered[0] / offered[0];
        double after = (double) answered[1] / offered[1];
        double pooled = (double) (answered[0] + answered[1]) / (offered[0] + offered[1]);
        double z = (after - before) / Math.sqrt(pooled * (1 - pooled) * (1.0 / offered[0] + 1.0 / offered[1]));

        String[] line = compare("--format", "csv")
                .lines()
                .filter(l -> l.startsWith("PS,answer-rate,"))
                .findFirst()
                .orElseThrow()
                .split(",", -1);
        assertEquals(before, Double.parseDouble(line[3]), 1e-12);
        assertEquals(offered[0], Long.parseLong(line[4]));
        assertEquals(after, Double.parseDouble(line[5]), 1e-12);
        assertEquals(offered[1], Long.parseLong(line[6]));
        assertEquals(after - before, Double.parseDouble(line[7]), 1e-12);
        // The interval of so many calls is nearly symmetric, and its half width 1.96 standard errors.
        double error = Math.sqrt(before * (1 - before) / offered[0] + after * (1 - after) / offered[1]);
        assertEquals(after - before - 1.96 * error, Double.parseDouble(line[8]), 1e-4);
        assertEquals(after - before + 1.96 * error, Double.parseDouble(line[9]), 1e-4);
        assertEquals("pooled z", line[14]);
        assertEquals(Math.abs(z) > 1.959964, Double.parseDouble(line[10]) < 0.05);

        String table = compare();
        assertTrue(
                table.contains("(" + rows[0] + " rows). After: 1999-08-16 to 1999-08-31 (" + rows[1] + " rows)."),
                table);
        assertTrue(table.contains("  88 of 126 moves survive correction; the 10 with the smallest p:\n"), table);
        assertTrue(table.contains("  Average speed of answer PS fell 76.5 s (95 % 74.1…79.0)\n"), table);
        assertEquals(88, table.lines().filter(l -> l.endsWith("  *")).count());
    }
}
