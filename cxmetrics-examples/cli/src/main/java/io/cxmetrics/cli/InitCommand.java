package io.cxmetrics.cli;

import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.json.OkrJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a plan to start from. */
@Command(
        name = "init",
        description =
                "Writes a plan to start from: change its words and numbers, and check it with 'cxmetrics validate'.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "",
            "  cxmetrics init --time-zone Europe/Helsinki my-plan.json",
            "  cxmetrics validate my-plan.json",
        })
final class InitCommand implements Callable<Integer> {
    /** Beside the plan, so that editors find it without a network. */
    private static final String SCHEMA = "okr-plan-1.schema.json";

    private final Terminal terminal;
    private final Clock clock;

    @Option(
            names = {"-z", "--time-zone"},
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Whose days count, such as Europe/Helsinki; by default ${DEFAULT-VALUE}.")
    private ZoneId zone = ZoneId.of("UTC");

    @Option(
            names = {"-c", "--cycle"},
            paramLabel = "CYCLE",
            description = "Such as 2026-Q1, 2026-02 or 2026; by default the quarter of today.")
    private @Nullable String cycle;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "plan.json",
            description = "The plan to write; by default ${DEFAULT-VALUE}. It is never overwritten.")
    private Path file = Path.of("");

    InitCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        String name = cycle == null ? today.getYear() + "-Q" + (today.getMonthValue() + 2) / 3 : cycle;
        try {
            Cycle.parse(name);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Failure.wrong("--cycle is such as 2026-Q1, 2026-02 or 2026; found \"" + name + "\"");
        }
        String plan;
        try (InputStream starter = Objects.requireNonNull(InitCommand.class.getResourceAsStream("starter-plan.json"))) {
            plan = new String(starter.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("<schema>", SCHEMA)
                    .replace("<cycle>", name)
                    .replace("<timeZone>", zone.getId());
        }
        Path schema = file.resolveSibling(SCHEMA);
        try {
            Files.writeString(file, plan, StandardOpenOption.CREATE_NEW);
            if (Files.notExists(schema)) {
                Files.writeString(schema, OkrJson.schema(), StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException e) {
            throw Failure.wrong(file + " is there already and stays as it is; name another file");
        } catch (NoSuchFileException e) {
            throw Failure.unreadable(file + ": there is no such folder");
        } catch (IOException e) {
            throw Failure.unreadable(file + ": " + e.getMessage());
        }
        terminal.out()
                .println(Terminal.printableLine(file + ": written, with " + schema
                        + " by which editors complete and check it; change it, then 'cxmetrics validate " + file
                        + "'"));
        return Main.OK;
    }
}
