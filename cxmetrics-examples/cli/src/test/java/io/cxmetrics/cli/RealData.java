package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder of other people's data, which is not part of the project; tests are skipped where it is not. */
record RealData(Path folder) {
    private static final Path DEFINITIONS = Path.of("src/test/resources/io/cxmetrics/cli/real");

    static RealData folder(String name) {
        Path folder = Path.of(System.getProperty("cxmetrics.shared.data", "no-shared-data"))
                .resolve(name);
        assumeTrue(Files.isDirectory(folder), "skipped: there is no real data in " + folder);
        return new RealData(folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    static Path definitions(String name) {
        return DEFINITIONS.resolve(name);
    }

    /** The figures of EXPECTED.json by id, in the order of the file. */
    Map<String, LocatedJson> expected() throws IOException {
        Map<String, LocatedJson> figures = new LinkedHashMap<>();
        LocatedJson.read(file("EXPECTED.json"))
                .members()
                .get("figures")
                .items()
                .forEach(figure -> figures.put(figure.members().get("id").text(), figure));
        return figures;
    }

    /** What the program computes, read back from its JSON. */
    static ScorecardResult scorecard(Path definitions, List<String> options, List<Path> files) {
        List<Object> arguments = new ArrayList<>(List.of("scorecard", "-d", definitions, "--format", "json"));
        arguments.addAll(options);
        arguments.addAll(files);
        Cli.Run run = Cli.run(arguments.toArray());
        assertEquals(0, run.code(), run.err());
        return ResultJson.read(LocatedJson.parse("result", run.out()));
    }
}
