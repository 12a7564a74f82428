package io.cxmetrics.cli;

import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.okr.tracking.CheckInLog;
import io.cxmetrics.okr.tracking.CheckIns;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a check-in to a log. */
@Command(
        name = "check-in",
        description = "Says where a key result is that no data measure, and keeps it in a log.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The same key result, day and source again is a correction; the history stays.",
            "",
            "Example: a plan, and what was found on a day",
            "",
            "  cxmetrics init --cycle 2026-Q1 my-plan.json",
            "  cxmetrics check-in --plan my-plan.json --date 2026-02-14 \\",
            "      --confidence 80%% self-service 38%%",
        })
final class CheckInCommand implements Callable<Integer> {
    private static final Pattern PERCENT = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,15})?) ?%");
    private static final Pattern MONEY = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,15})?) +([A-Z]{3})");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(?:\\.\\d{1,15})?");

    private final Terminal terminal;
    private final Clock clock;

    @Option(
            names = {"-p", "--plan"},
            required = true,
            paramLabel = "FILE",
            description = "The plan; it knows the key results and their units.")
    private Path planFile = Path.of("");

    @Option(
            names = {"-l", "--log"},
            paramLabel = "FILE",
            defaultValue = "check-ins.jsonl",
            description = "The log, made if it is not there; by default ${DEFAULT-VALUE}.")
    private Path logFile = Path.of("");

    @Option(
            names = {"-d", "--date"},
            paramLabel = "DATE",
            description = "The day that the value is about; by default today in the plan's time zone.")
    private @Nullable LocalDate date;

    @Option(
            names = {"-c", "--confidence"},
            paramLabel = "PERCENT",
            description = "How sure you are that the target will be met, such as 80%%.")
    private @Nullable String confidence;

    @Option(
            names = {"-s", "--source"},
            paramLabel = "WHO",
            defaultValue = "owner",
            description = "Who or what says it; by default ${DEFAULT-VALUE}.")
    private String source = "owner";

    @Option(
            names = {"-n", "--note"},
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What there is to say about it.")
    private String note = "";

    @Parameters(index = "0", paramLabel = "ID", description = "The id of the key result.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "VALUE",
            description = "The value in the unit of the key result: 38%%, PT4M, 12.50 EUR, 7, or done.")
    private String value = "";

    CheckInCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        OkrPlan plan = plan();
        KeyResult keyResult = plan.keyResult(id).orElseThrow(() -> unknown(plan));
        if (!(keyResult.measure() instanceof Measure.ByCheckIns measure)) {
            throw Failure.wrong(
                    "'" + id + "' is measured by a KPI, so a check-in would not count; see 'cxmetrics okr --help'");
        }
        LocalDate day = date == null ? plan.dayOf(clock.instant()) : date;
        Unit unit = keyResult.target() instanceof Target.Milestones ? Unit.SHARE : measure.unit();
        double amount = keyResult.target() instanceof Target.Done ? done() : amount(unit);
        CheckIn checkIn = new CheckIn(id, day, amount, chance(), source(), note);
        warnOutside(plan, day);
        try {
            CheckInLog log = CheckInLog.file(logFile);
            CheckIns before = log.read();
            before.problems().forEach(p -> terminal.say("warning: " + p));
            List<CheckIns.Entry> history = before.history(id, day, source);
            boolean added = log.append(checkIn);
            String shown = keyResult.target() instanceof Target.Done
                    ? amount == 1 ? "done" : "not done"
                    : unit.format(amount, Locale.ENGLISH);
            String what = !added
                    ? "was in " + logFile + " already"
                    : history.isEmpty()
                            ? "added to " + logFile
                            : "added to " + logFile + ", corrects line "
                                    + history.get(history.size() - 1).line();
            terminal.out().println(Terminal.printableLine(id + " on " + day + ": " + shown + " (" + what + ")"));
            return Main.OK;
        } catch (NoSuchFileException e) {
            throw Failure.unreadable(logFile + ": " + e.getReason());
        } catch (IOException e) {
            throw Failure.unreadable(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw Failure.wrong(String.valueOf(e.getMessage()));
        }
    }

    private OkrPlan plan() {
        try {
            return OkrJson.parse(planFile.toString(), Json.text(planFile));
        } catch (JsonProblemsException e) {
            throw Failure.wrong(String.valueOf(e.getMessage()));
        }
    }

    private Failure unknown(OkrPlan plan) {
        List<String> ids = plan.objectives().stream()
                .flatMap(o -> o.keyResults().stream())
                .map(KeyResult::id)
                .toList();
        return Failure.wrong(planFile + " has no key result '" + id + "'" + DidYouMean.suffix(id, ids) + "; it has "
                + String.join(", ", ids));
    }

    private void warnOutside(OkrPlan plan, LocalDate day) {
        for (Objective objective : plan.objectives()) {
            boolean own = objective.keyResults().stream().anyMatch(k -> k.id().equals(id));
            if (own
                    && (day.isBefore(objective.cycle().start())
                            || day.isAfter(objective.cycle().lastDay()))) {
                terminal.say("warning: " + day + " is outside the cycle "
                        + objective.cycle().start() + " to " + objective.cycle().lastDay());
            }
        }
    }

    private String source() {
        if (source.isBlank()) {
            throw Failure.wrong("--source says who or what found the value; found nothing");
        }
        return source;
    }

    private @Nullable Double chance() {
        if (confidence == null) {
            return null;
        }
        Double share = percent(confidence);
        if (share == null || share < 0 || share > 1) {
            throw Failure.wrong(
                    "--confidence is 0% to 100%, such as 80%; found \"" + confidence + "\"" + readings(confidence));
        }
        return share;
    }

    private double done() {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "done" -> 1;
            case "not done" -> 0;
            default -> throw wrongValue("done or \"not done\"", "");
        };
    }

    private double amount(Unit unit) {
        Currency currency = unit.currency();
        if (unit.equals(Unit.SHARE)) {
            Double share = percent(value);
            if (share == null) {
                throw wrongValue("a share such as 38%", readings(value));
            }
            return share;
        } else if (unit.equals(Unit.SECONDS)) {
            try {
                Duration duration = Duration.parse(value);
                return BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9))
                        .doubleValue();
            } catch (DateTimeException e) {
                throw wrongValue("a duration such as PT4M or PT90S", "");
            }
        } else if (currency != null) {
            Matcher money = MONEY.matcher(value.strip());
            if (!money.matches() || !money.group(2).equals(currency.toString())) {
                throw wrongValue("an amount such as \"12.50 " + currency + "\"", "");
            }
            return Double.parseDouble(money.group(1));
        } else if (!NUMBER.matcher(value).matches()) {
            throw wrongValue("a number such as 7 or -2.5", "");
        }
        return Double.parseDouble(value);
    }

    private Failure wrongValue(String expected, String more) {
        return Failure.wrong("the value of '" + id + "' is " + expected + "; found \"" + value + "\"" + more);
    }

    private static @Nullable Double percent(String words) {
        Matcher percent = PERCENT.matcher(words);
        return percent.matches()
                ? Double.valueOf(
                        new BigDecimal(percent.group(1)).movePointLeft(2).doubleValue())
                : null;
    }

    /** A plain number for a share has two readings; none is guessed. */
    private static String readings(String words) {
        if (!NUMBER.matcher(words).matches()) {
            return "";
        }
        BigDecimal number = new BigDecimal(words);
        return ", which could mean " + number.toPlainString() + "% or "
                + number.movePointRight(2).toPlainString() + "%";
    }
}
