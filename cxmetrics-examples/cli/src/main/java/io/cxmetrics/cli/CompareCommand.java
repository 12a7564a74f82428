package io.cxmetrics.cli;

import io.cxmetrics.Kpi;
import io.cxmetrics.json.ComparisonJson;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Changes;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Correction;
import io.cxmetrics.time.Period;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Says what moved between two stored results, and which moves are more than chance. */
@Command(
        name = "compare",
        description = "Says what moved between two results, and which moves are more than chance.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example: two files, then February against January, then each channel against",
            "the others",
            "",
            "  cxmetrics scorecard -d calls.json -f json -o calls-result.json calls.csv",
            "  cxmetrics scorecard -d calls.json -f json -o chats-result.json chats.jsonl",
            "  cxmetrics compare --total calls-result.json chats-result.json",
            "  cxmetrics scorecard -d calls.json -f json -o result.json \\",
            "      --every day --by channel calls.csv chats.jsonl",
            "  cxmetrics compare --period 2026-02 result.json",
            "  cxmetrics compare --against-rest result.json",
            "  cxmetrics compare --before 2026-01-05..2026-01-18 \\",
            "      --after 2026-01-19..2026-02-01 --by channel result.json",
            "",
            "The rows of both sides must be independent: other calls, other answers.",
        })
final class CompareCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            converter = PeriodConverter.class,
            description = "This period of one result against the one before: 2026-02, 2026-W07, 2026-02-14, …")
    private @Nullable Period period;

    @Option(
            names = "--before",
            paramLabel = "FROM..TO",
            converter = DaysConverter.class,
            description = "The earlier days of one result, both included, such as 2026-01-01..2026-01-15.")
    private @Nullable Days earlierDays;

    @Option(
            names = "--after",
            paramLabel = "FROM..TO",
            converter = DaysConverter.class,
            description = "The later days of the same result.")
    private @Nullable Days laterDays;

    @Option(names = "--against-rest", description = "Each cell of one result against all its other cells together.")
    private boolean isAgainstRest;

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            split = ",",
            description = "Compares by these dimensions of the results only.")
    private @Nullable List<String> by;

    @Option(names = "--total", description = "Compares everything with everything, without dimensions.")
    private boolean isTotal;

    @Option(
            names = "--correction",
            paramLabel = "METHOD",
            converter = CorrectionConverter.class,
            description = "What to do about many comparisons: holm (not even one false alarm; the default),"
                    + " benjamini-hochberg (few false alarms among many) or none.")
    private Correction correction = Correction.HOLM;

    @Option(
            names = "--level",
            paramLabel = "SHARE",
            converter = LevelConverter.class,
            description = "The confidence level of the table and the correction; 0.95 by default.")
    private BigDecimal level = new BigDecimal("0.95");

    @Option(
            names = "--locale",
            paramLabel = "TAG",
            converter = ScorecardCommand.LocaleConverter.class,
            description = "How numbers in tables are written, such as fi; by default with a decimal point.")
    private Locale locale = Locale.ENGLISH;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description =
                    "table (for people; the default), or csv or json (for other programs: full precision, base units).")
    private Format format = Format.TABLE;

    @Parameters(
            arity = "1..2",
            paramLabel = "RESULT",
            description =
                    "Two results as written by 'cxmetrics scorecard --format json', the earlier one first; or one, with"
                            + " an option that splits it.")
    private List<Path> files = List.of();

    /** The formats of a comparison. */
    enum Format {
        TABLE,
        CSV,
        JSON;

        /** As the user writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A range of days.
     *
     * @param from the first
     * @param to the last
     */
    record Days(LocalDate from, LocalDate to) {
        static Days of(Period period) {
            return new Days(period.start(), period.end().minusDays(1));
        }

        boolean overlaps(Days other) {
            return !from.isAfter(other.to) && !other.from.isAfter(to);
        }

        boolean contains(Days other) {
            return !other.from.isBefore(from) && !other.to.isAfter(to);
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        checkArguments();
        Sides sides = files.size() == 2 ? ofTwo() : ofOne(files.get(0));
        Changes changes = sides.changes(correction, level.doubleValue());
        terminal.out()
                .print(
                        switch (format) {
                            case TABLE -> CompareText.of(sides, changes, locale, terminal);
                            case CSV -> CompareCsv.of(sides, changes);
                            case JSON -> ComparisonJson.write(changes);
                        });
        terminal.out().flush();
        return Main.OK;
    }

    private void checkArguments() {
        int splits = (isAgainstRest ? 1 : 0) + (period != null ? 1 : 0);
        splits += earlierDays != null || laterDays != null ? 1 : 0;
        if ((earlierDays == null) != (laterDays == null)) {
            throw Failure.wrong("--before and --after belong together");
        }
        if (files.size() == 2 && splits > 0) {
            throw Failure.wrong("two results are compared with each other; --period, --before and --after, and"
                    + " --against-rest are for one");
        }
        if (files.size() == 1 && splits != 1) {
            throw Failure.wrong("one result needs one way to split it: --period, or --before and --after, or"
                    + " --against-rest; or give two results");
        }
        if (isTotal && by != null) {
            throw Failure.wrong("--total is without dimensions; leave out --by");
        }
        if (isTotal && isAgainstRest) {
            throw Failure.wrong("--against-rest compares cells; with --total there is only one");
        }
    }

    private ScorecardResult read(Path file) {
        ScorecardResult result;
        try {
            result = ResultJson.read(Json.read(file));
        } catch (JsonProblemsException e) {
            throw Failure.wrong(String.valueOf(e.getMessage()));
        }
        List<String> kept = isTotal ? List.of() : by;
        try {
            return kept == null ? result : result.by(kept.toArray(new String[0]));
        } catch (IllegalArgumentException e) {
            throw Failure.wrong(
                    "--by " + String.join(",", Objects.requireNonNull(kept)) + ": " + file + ": " + e.getMessage());
        }
    }

    private Sides ofTwo() {
        Path first = files.get(0);
        Path second = files.get(1);
        ScorecardResult before = read(first);
        ScorecardResult after = read(second);
        try {
            if (Files.isSameFile(first, second)) {
                throw Failure.wrong(second + ": this file is given twice; nothing moves against itself");
            }
        } catch (IOException e) {
            throw Failure.unreadable(second + ": " + e.getMessage());
        }
        if (!before.kpis().equals(after.kpis())) {
            throw Failure.wrong("only results of the same KPIs compare\n" + first + ": "
                    + only(before.kpis(), after.kpis()) + "\n" + second + ": " + only(after.kpis(), before.kpis()));
        }
        if (!before.dimensions().equals(after.dimensions())) {
            throw Failure.wrong("only results by the same dimensions compare: " + first + " is by "
                    + before.dimensions() + ", " + second + " by " + after.dimensions()
                    + "; --by or --total chooses what both have");
        }
        return new Sides(first.toString(), before, second.toString(), after, false);
    }

    /** The KPIs that the other result lacks, or all, if it is the order. */
    private static String only(List<Kpi<?>> own, List<Kpi<?>> other) {
        List<Kpi<?>> left = new ArrayList<>(own);
        left.removeAll(other);
        if (left.isEmpty()) {
            return own.stream().map(Kpi::id).collect(Collectors.joining(", ", "has ", ""));
        }
        return left.stream().map(Kpi::toString).collect(Collectors.joining("; ", "only here: ", ""));
    }

    private Sides ofOne(Path file) {
        ScorecardResult result = read(file);
        if (isAgainstRest) {
            if (result.dimensions().isEmpty()) {
                throw Failure.wrong("--against-rest: " + file
                        + " has no dimensions, so there is no rest; compute it with 'cxmetrics scorecard --by FIELD'");
            }
            return new Sides(file.toString(), result, file.toString(), result, true);
        }
        Predicate<Cell> untimed = cell -> cell.period() == null;
        long rows = result.shape().grain() == null
                ? 0
                : result.total(result.kpis().get(0), untimed).counts().rows();
        if (rows > 0) {
            terminal.say(file + ": rows without a time are on neither side: " + rows);
        }
        Period later = period;
        if (later != null) {
            Period earlier = later.grain().of(later.start().minusDays(1));
            return new Sides(
                    earlier.toString(),
                    during(result, file, "the period before, " + earlier, Days.of(earlier)),
                    later.toString(),
                    during(result, file, "--period " + later, Days.of(later)),
                    false);
        }
        Days before = Objects.requireNonNull(earlierDays);
        Days after = Objects.requireNonNull(laterDays);
        if (before.overlaps(after)) {
            throw Failure.wrong("--before " + before + " and --after " + after
                    + " overlap; the rows of both sides must be other ones");
        }
        return new Sides(
                before.toString(),
                during(result, file, "--before " + before, before),
                after.toString(),
                during(result, file, "--after " + after, after),
                false);
    }

    /** The cells of some days. */
    private static ScorecardResult during(ScorecardResult result, Path file, String what, Days days) {
        if (result.shape().grain() == null) {
            throw Failure.wrong(
                    what + ": " + file + " has no periods; compute it with 'cxmetrics scorecard --every day'");
        }
        List<Period> periods = result.cells().keySet().stream()
                .map(Cell::period)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        for (Period each : periods) {
            if (days.overlaps(Days.of(each)) && !days.contains(Days.of(each))) {
                throw Failure.wrong(what + ": " + each + " of " + file
                        + " lies only partly in it; compute the result with 'cxmetrics scorecard --every day'");
            }
        }
        ScorecardResult part = result.between(days.from(), days.to().plusDays(1));
        if (part.cells().isEmpty()) {
            throw Failure.wrong(what + ": " + file + " has no rows of these days"
                    + (periods.isEmpty()
                            ? ""
                            : "; it has " + periods.get(0) + " to " + periods.get(periods.size() - 1)));
        }
        return part;
    }

    /** Reads {@code 2026-02} and its like. */
    static final class PeriodConverter implements ITypeConverter<Period> {
        @Override
        public Period convert(String value) {
            try {
                return Period.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Reads {@code 2026-01-01..2026-01-15}. */
    static final class DaysConverter implements ITypeConverter<Days> {
        private static final Pattern FORM = Pattern.compile("(.+)\\.\\.(.+)");

        @Override
        public Days convert(String value) {
            Matcher form = FORM.matcher(value);
            try {
                if (form.matches()) {
                    Days days = new Days(LocalDate.parse(form.group(1)), LocalDate.parse(form.group(2)));
                    if (!days.from().isAfter(days.to())) {
                        return days;
                    }
                }
            } catch (DateTimeParseException e) {
                // Refused below, like days in the wrong order.
            }
            throw new TypeConversionException(
                    "\"" + value + "\" is not a first and a last day such as 2026-01-01..2026-01-15");
        }
    }

    /** Reads {@code holm} and its like. */
    static final class CorrectionConverter implements ITypeConverter<Correction> {
        @Override
        public Correction convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "holm" -> Correction.HOLM;
                case "benjamini-hochberg" -> Correction.BENJAMINI_HOCHBERG;
                case "none" -> Correction.NONE;
                default ->
                    throw new TypeConversionException("\"" + value + "\" is not holm, benjamini-hochberg or none");
            };
        }
    }

    /** Reads a level such as {@code 0.95} or {@code 95%}. */
    static final class LevelConverter implements ITypeConverter<BigDecimal> {
        @Override
        public BigDecimal convert(String value) {
            BigDecimal share = new ScorecardCommand.ShareConverter().convert(value);
            if (share.signum() == 0 || share.compareTo(BigDecimal.ONE) >= 0) {
                throw new TypeConversionException("\"" + value + "\" is not between 0 and 1, such as 0.95");
            }
            return share;
        }
    }
}
