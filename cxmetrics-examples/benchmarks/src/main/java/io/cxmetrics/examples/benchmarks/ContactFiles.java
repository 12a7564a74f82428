package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.cli.Main;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.source.RowSource;
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
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A folder for files of contacts, with definitions in JSON beside them; it is deleted afterwards. */
final class ContactFiles implements AutoCloseable {
    private final Path folder;
    private final Path definitions;

    ContactFiles() throws IOException {
        folder = Files.createTempDirectory("cxmetrics-benchmarks");
        definitions = folder.resolve("contacts.json");
        try (InputStream json = Objects.requireNonNull(ContactFiles.class.getResourceAsStream("contacts.json"))) {
            Files.copy(json, definitions);
        }
    }

    Path folder() {
        return folder;
    }

    /** From the text of the definitions and the bytes of a file to the figures of each cell, in this process. */
    Answer scorecard(Path file, int threads) throws IOException {
        Definitions read = Definitions.read(definitions);
        try (RowSource rows = RowSource.open(file, read.mapping().columns())) {
            return Answer.of(read.compute(rows, threads));
        }
    }

    /**
     * {@code cxmetrics scorecard --format json} over a file, in this process.
     *
     * @return reads the answer from the file that was written
     */
    Callable<Answer> commandHere(Path file, int threads) throws IOException {
        Path output = folder.resolve("result.json");
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
            int code = Main.run(stream, stream, arguments(file, output, threads).toArray(new String[0]));
            if (code != 0) {
                throw new IOException("exit code " + code + ": " + messages.toString(StandardCharsets.UTF_8));
            }
        }
        return () -> read(output);
    }

    private List<String> arguments(Path file, Path output, int threads) {
        return List.of(
                "scorecard",
                "--definitions",
                definitions.toString(),
                "--threads",
                String.valueOf(threads),
                "--format",
                "json",
                "--output",
                output.toString(),
                file.toString());
    }

    private static Answer read(Path output) throws IOException {
        return Answer.of(ResultJson.read(LocatedJson.parse(output.toString(), Files.readString(output))));
    }

    /**
     * {@code cxmetrics scorecard --format json} over a file in a process of its own, from its start to its end.
     *
     * @return reads the answer from the file that was written
     */
    Callable<Answer> command(Path file, int threads) throws IOException, InterruptedException {
        Path output = folder.resolve("result.json");
        Path messages = folder.resolve("messages.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments(file, output, threads));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("exit code " + code + ": " + Files.readString(messages, StandardCharsets.UTF_8));
        }
        return () -> read(output);
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
