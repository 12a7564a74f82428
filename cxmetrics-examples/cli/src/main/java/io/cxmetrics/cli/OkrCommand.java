package io.cxmetrics.cli;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.evaluation.ObjectiveReport;
import io.cxmetrics.okr.evaluation.OkrEvaluationException;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.evaluation.OkrReport;
import io.cxmetrics.okr.evaluation.ScoreOverride;
import io.cxmetrics.okr.evaluation.Standings;
import io.cxmetrics.okr.evaluation.Status;
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.okr.tracking.CheckInLog;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says where the key results of a plan stand, whether they will be met, what has changed, and the scores at the close. */
@Command(
        name = "okr",
        description = "Says where each key result of a plan stands and whether it will probably be met, from stored"
                + " results and from check-ins.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example: the results of a scorecard, and then the plan against them",
            "",
            "  cxmetrics scorecard -d calls.json -f json -o result.json \\",
            "      --every day --by channel calls.csv",
            "  cxmetrics okr --plan plan.json --as-of 2026-02-14 result.json",
            "",
            "and with what has changed in a week",
            "",
            "  cxmetrics okr --plan plan.json --as-of 2026-02-14 --since 2026-02-07 \\",
            "      result.json",
            "",
            "Exit codes: 0 the report is there, however bad it is; 2 wrong use, or",
            "--close before the end of a cycle; 3 a file cannot be read.",
        })
final class OkrCommand implements Callable<Integer> {
    private static final Pattern SCORE = Pattern.compile("([a-z0-9-]{1,63})=([0-9]{1,3}(?:\\.[0-9]{1,9})?):(.*)");

    private final Terminal terminal;
    private final Clock clock;

    @Option(
            names = {"-p", "--plan"},
            required = true,
            paramLabel = "FILE",
            description = "The JSON file with objectives and key results.")
    private Path planFile = Path.of("");

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The day of the report, such as 2026-02-14; by default today in the plan's time zone.")
    private @Nullable LocalDate asOf;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Also what has changed: since a day, from what is known now, or since a report that was kept with"
                            + " --format json.")
    private @Nullable String since;

    @Option(
            names = "--close",
            description = "Only if every cycle is over: the scores at the close, and who foresaw them better.")
    private boolean close;

    @Option(
            names = "--score",
            paramLabel = "ID=SCORE:REASON",
            description =
                    "A score that counts at the close in place of the computed one, which stays beside it, such as"
                            + " \"nps=0.7:the survey came late\". May be given again.")
    private List<String> scores = List.of();

    @Option(
            names = "--scores",
            paramLabel = "FILE",
            description =
                    "Such scores with their reasons, in a JSON file; by default PLAN.scores.json beside the plan, if"
                            + " it is there.")
    private @Nullable Path scoresFile;

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

    OkrCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
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
            LocatedJson json = LocatedJson.parse(planFile.toString(), text);
            OkrEvaluator evaluator = evaluator(plan);
            List<CheckIn> checkIns = checkIns();
            LocalDate day = asOf == null ? plan.dayOf(clock.instant()) : asOf;
            OkrReport report = evaluate(evaluator, results, checkIns, day, json);
            if (close) {
                checkClosed(report);
            }
            Standings earlier = since == null
                    ? null
                    : sinceDate()
                            .map(date -> evaluate(evaluator, results, checkIns, before(date, day), json)
                                    .standings())
                            .orElseGet(this::sinceReport);
            String output = switch (format) {
                case TEXT -> earlier == null ? report.toText(locale) : report.toText(locale, earlier);
                case MARKDOWN -> earlier == null ? report.toMarkdown(locale) : report.toMarkdown(locale, earlier);
                case JSON -> earlier == null ? OkrJson.write(report) : OkrJson.write(report, earlier);
            };
            terminal.out().print(Terminal.printable(output));
            return Main.OK;
        } catch (JsonProblemsException e) {
            throw Failure.wrong(String.valueOf(e.getMessage()));
        }
    }

    private OkrEvaluator evaluator(OkrPlan plan) {
        List<ScoreOverride> overrides = new ArrayList<>();
        Path companion = planFile.resolveSibling(
                planFile.getFileName().toString().replaceFirst("\\.json$", "") + ".scores.json");
        Path file = scoresFile != null ? scoresFile : Files.exists(companion) ? companion : null;
        if (file != null) {
            overrides.addAll(OkrJson.scores(file.toString(), Json.text(file)));
        }
        scores.forEach(score -> overrides.add(score(score)));
        try {
            return OkrEvaluator.of(plan).withOverrides(overrides);
        } catch (IllegalArgumentException e) {
            throw Failure.wrong((file == null ? "--score" : file + " and --score") + ": " + e.getMessage());
        }
    }

    private static ScoreOverride score(String words) {
        Matcher matcher = SCORE.matcher(words);
        if (!matcher.matches()) {
            throw Failure.wrong(
                    "--score is ID=SCORE:REASON, such as \"nps=0.7:the survey came late\"; found \"" + words + "\"");
        }
        try {
            return new ScoreOverride(matcher.group(1), Double.parseDouble(matcher.group(2)), matcher.group(3));
        } catch (IllegalArgumentException e) {
            throw Failure.wrong("--score: " + e.getMessage());
        }
    }

    private static void checkClosed(OkrReport report) {
        for (ObjectiveReport objective : report.objectives()) {
            if (objective.status() != Status.CLOSED) {
                LocalDate last = objective.objective().cycle().lastDay();
                throw Failure.wrong("--close on " + report.asOf() + ": objective '"
                        + objective.objective().id() + "' runs until " + last
                        + "; it is closed from the day after (--as-of)");
            }
        }
    }

    private Optional<LocalDate> sinceDate() {
        try {
            return Optional.of(LocalDate.parse(String.valueOf(since)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDate before(LocalDate date, LocalDate day) {
        if (date.isAfter(day)) {
            throw Failure.wrong("--since is a day before that of the report, " + day + "; found " + date);
        }
        return date;
    }

    private Standings sinceReport() {
        Path file = Path.of(String.valueOf(since));
        if (!Files.exists(file)) {
            throw Failure.unreadable(
                    "--since " + file + ": there is no such file, and it is no day such as 2026-02-07 either");
        }
        return OkrJson.standings(file.toString(), Json.text(file));
    }

    private OkrReport evaluate(
            OkrEvaluator evaluator,
            List<ScorecardResult> results,
            List<CheckIn> checkIns,
            LocalDate day,
            LocatedJson json) {
        try {
            return evaluator.evaluate(results, checkIns, day);
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
