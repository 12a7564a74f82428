package io.cxmetrics.cli;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.evaluation.OkrEvaluationException;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.okr.tracking.CheckInLog;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says where the key results of a plan stand. */
@Command(
        name = "okr",
        description = "Says where each key result of a plan stands, from stored results.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example: the results of a scorecard, and then the plan against them",
            "",
            "  cxmetrics scorecard -d calls.json -f json -o result.json \\",
            "      --every day --by channel calls.csv",
            "  cxmetrics okr --plan plan.json --as-of 2026-02-14 result.json",
        })
final class OkrCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = {"-p", "--plan"},
            required = true,
            paramLabel = "FILE",
            description = "The JSON file with objectives and key results.")
    private Path planFile = Path.of("");

    @Option(
            names = "--as-of",
            required = true,
            paramLabel = "DATE",
            description = "The day of the report, such as 2026-02-14, in the plan's time zone.")
    private LocalDate asOf = LocalDate.EPOCH;

    @Option(
            names = "--locale",
            paramLabel = "TAG",
            converter = ScorecardCommand.LocaleConverter.class,
            description = "How numbers are written, such as fi; by default with a decimal point.")
    private Locale locale = Locale.ENGLISH;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "text (for a terminal; the default), markdown (to be published) or json (for programs).")
    private Format format = Format.TEXT;

    @Option(
            names = {"-l", "--log"},
            paramLabel = "FILE",
            description = "The log of 'cxmetrics check-in', for key results that no KPI measures.")
    private @Nullable Path logFile;

    @Parameters(
            arity = "0..*",
            paramLabel = "RESULT",
            description =
                    "Results as written by 'cxmetrics scorecard --format json', of any event types. Results of one"
                            + " scorecard over other rows, such as a file for each day, are merged.")
    private List<Path> resultFiles = List.of();

    /** The formats of a report. */
    enum Format {
        TEXT,
        MARKDOWN,
        JSON;

        /** As the user writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    OkrCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            String text = Json.text(planFile);
            OkrPlan plan = OkrJson.parse(planFile.toString(), text);
            List<ScorecardResult> results = new ArrayList<>();
            for (Path file : resultFiles) {
                results.add(ResultJson.read(Json.read(file)));
            }
            if (results.isEmpty() && logFile == null) {
                throw Failure.wrong("nothing to measure by: expected a RESULT, or --log with check-ins");
            }
            OkrReport report = evaluate(plan, results, LocatedJson.parse(planFile.toString(), text));
            terminal.out()
                    .print(Terminal.printable(
                            switch (format) {
                                case TEXT -> report.toText(locale);
                                case MARKDOWN -> report.toMarkdown(locale);
                                case JSON -> OkrJson.write(report);
                            }));
            return Main.OK;
        } catch (JsonProblemsException e) {
            throw Failure.wrong(String.valueOf(e.getMessage()));
        }
    }

    private OkrReport evaluate(OkrPlan plan, List<ScorecardResult> results, LocatedJson json) {
        try {
            return OkrEvaluator.of(plan).evaluate(results, checkIns(), asOf);
        } catch (OkrEvaluationException e) {
            throw Failure.wrong(e.problems().stream()
                            .map(problem -> place(json, problem.keyResult()) + ": " + problem)
                            .collect(Collectors.joining("\n"))
                    + "\nwhat results contain is decided by 'cxmetrics scorecard': --every day suits every window, and --by"
                    + " FIELD,… names the dimensions");
        } catch (IllegalArgumentException e) {
            throw Failure.wrong(planFile + ": " + e.getMessage());
        }
    }

    private List<CheckIn> checkIns() {
        if (logFile == null) {
            return List.of();
        } else if (!Files.exists(logFile)) {
            throw Failure.unreadable(logFile + ": there is no such file");
        }
        try {
            return CheckInLog.file(logFile).read().orThrow().latest();
        } catch (IOException e) {
            throw Failure.unreadable(logFile + ": " + e.getMessage());
        }
    }

    /** Where in the plan a key result says how it is measured. */
    private static String place(LocatedJson json, String keyResult) {
        return member(json, "objectives").items().stream()
                .flatMap(objective -> member(objective, "keyResults").items().stream())
                .filter(node -> member(node, "id").text().equals(keyResult))
                .map(node -> member(node, "measure"))
                .map(node -> node.source() + ":" + node.line() + ":" + node.column() + " " + node.pointer())
                .findFirst()
                .orElse(json.source());
    }

    private static LocatedJson member(LocatedJson object, String name) {
        return object.members().getOrDefault(name, object);
    }
}
