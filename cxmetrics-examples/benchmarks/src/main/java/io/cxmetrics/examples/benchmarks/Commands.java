package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.cli.Main;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The command line, run in this process, in a folder of its own that is deleted afterwards. */
final class Commands implements AutoCloseable {
    private final Path folder;
    private final Path definitions;

    Commands() throws IOException {
        folder = Files.createTempDirectory("cxmetrics-benchmarks");
        definitions = folder.resolve("contacts.json");
        try (InputStream json = Objects.requireNonNull(Commands.class.getResourceAsStream("contacts.json"))) {
            Files.copy(json, definitions);
        }
    }

    Path folder() {
        return folder;
    }

    /** {@code cxmetrics scorecard --definitions contacts.json --format json} over a file. */
    Answer scorecard(Path file, String... options) throws IOException {
        Path output = folder.resolve("result.json");
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
            List<String> arguments = new ArrayList<>(List.of(
                    "scorecard",
                    "--definitions",
                    definitions.toString(),
                    "--format",
                    "json",
                    "--output",
                    output.toString(),
                    file.toString()));
            arguments.addAll(List.of(options));
            int code = Main.run(stream, stream, arguments.toArray(new String[0]));
            if (code != 0) {
                throw new IOException("exit code " + code + ": " + messages.toString(StandardCharsets.UTF_8));
            }
        }
        return Answer.of(ResultJson.read(LocatedJson.parse(output.toString(), Files.readString(output))));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
