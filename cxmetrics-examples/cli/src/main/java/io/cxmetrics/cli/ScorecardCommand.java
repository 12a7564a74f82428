package io.cxmetrics.cli;

import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Row;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.OpenMetrics;
import io.cxmetrics.scorecard.RejectPolicy;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.scorecard.ScorecardRun;
import io.cxmetrics.scorecard.SuppressedResult;
import io.cxmetrics.source.RowSource;
import io.cxmetrics.time.Grain;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Computes the KPIs of a definitions file over the rows of files. */
@Command(
        name = "scorecard",
        description = "Computes the KPIs of a definitions file over the rows of files.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example: service level and waiting time of calls, per channel",
            "",
            "  cxmetrics scorecard --definitions calls.json --by channel calls.csv",
            "",
            "A \"link\" in the definitions needs all rows at once: they are then held in",
            "memory. Otherwise memory does not grow with the files.",
            "",
            "A line that cannot be read, and a value that cannot be right, are set aside,",
            "counted and shown with their place; they never stop the run. The exit code is",
            "then 0 still; --fail-on-rejects and --max-rejects make it 1.",
        })
final class ScorecardCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = {"-d", "--definitions"},
            required = true,
            paramLabel = "FILE",
            description = "The JSON file that says which columns supply which fields, and which KPIs to compute.")
    private Path definitionsFile = Path.of("");

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table (for people; the default), csv (for other programs: full precision, base units), json"
                    + " (to be stored, merged, and read by 'cxmetrics okr'), parquet (as csv, with types; needs"
                    + " --output) or openmetrics (for monitoring).")
    private Format format = Format.TABLE;

    @Option(
            names = "--every",
            paramLabel = "PERIOD",
            converter = GrainConverter.class,
            description =
                    "Results per day, week, month, quarter or year, or per such as fiscal-year-from-april, instead of"
                            + " what the definitions say.")
    private @Nullable Grain every;

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            split = ",",
            description = "Results by these fields (text, flag or whole number), instead of what the definitions say.")
    private @Nullable List<String> by;

    @Option(names = "--total", description = "One result over everything, whatever the definitions say.")
    private boolean isTotal;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes the result to this file.")
    private @Nullable Path output;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            converter = DelimiterConverter.class,
            description = "What stands between the cells of a CSV file: a comma (the default), ';' or 'tab'.")
    private char delimiter = ',';

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description =
                    "The charset of the files, such as windows-1252; UTF-8 by default. A byte order mark in a file"
                            + " takes precedence.")
    private Charset charset = StandardCharsets.UTF_8;

    @Option(
            names = "--locale",
            paramLabel = "TAG",
            converter = LocaleConverter.class,
            description = "How numbers in tables are written, such as fi; by default with a decimal point.")
    private Locale locale = Locale.ENGLISH;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "java (the default) or duckdb, which runs the query that 'cxmetrics sql' prints. The results are equal,"
                            + " with what was set aside. Parquet needs duckdb.")
    private @Nullable Engine engine;

    @Option(
            names = "--min-n",
            paramLabel = "N",
            description =
                    "Hides results of fewer than N observations, and as many others as it takes that no total tells them.")
    private @Nullable Long minimum;

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description =
                    "The database of the queries among the files (.sql), such as jdbc:duckdb:shop.db. Its driver must be on the"
                            + " class path; user and password are taken from CXMETRICS_JDBC_USER and"
                            + " CXMETRICS_JDBC_PASSWORD of the environment if the URL does not have them.")
    private @Nullable String jdbc;

    @Option(names = "--fail-on-rejects", description = "Exit code 1 if any value or line was set aside.")
    private boolean isStrict;

    @Option(
            names = "--max-rejects",
            paramLabel = "SHARE",
            converter = ShareConverter.class,
            description =
                    "Exit code 1 if more than this share was set aside (values and broken lines, by lines), such as"
                            + " 0.01 or 1%%.")
    private @Nullable BigDecimal mostRejects;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "CSV files with a header line (.csv), or JSON Lines (.jsonl, .ndjson), perhaps compressed (.gz), or"
                            + " Parquet (.parquet), or with --jdbc a query (.sql). Several files are one input.")
    private List<Path> files = List.of();

    @Option(
            names = "--threads",
            paramLabel = "NUMBER",
            description = "How many threads compute; by default as many as the machine has processors, at most 4. The"
                    + " result is the same for any number.")
    private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

    /** What computes the result. */
    enum Engine {
        JAVA,
        DUCKDB;

        /** As the user writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The formats of a result. */
    enum Format {
        TABLE,
        CSV,
        JSON,
        PARQUET,
        OPENMETRICS;

        /** As the user writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ScorecardCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (threads < 1) {
            throw Failure.wrong("--threads " + threads + ": expected at least 1");
        }
        Definitions definitions = DefinitionsFile.read(definitionsFile, isTotal, every, by);
        List<InputFile> inputs = inputs();
        ScorecardResult result =
                engine(inputs) == Engine.DUCKDB ? computeInDuckDb(definitions, inputs) : compute(definitions, inputs);
        print(result, inputs);
        return verdict(result.intake());
    }

    /** The files, or all that is wrong with them. */
    private List<InputFile> inputs() {
        List<InputFile> inputs = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (Path file : files) {
            try {
                InputFile input = InputFile.of(file, jdbc);
                refuseTwice(input, inputs);
                inputs.add(input);
            } catch (Failure e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            String all = failures.stream().map(Failure::text).collect(Collectors.joining("\n"));
            boolean unreadable = failures.stream().anyMatch(f -> f.code() == Main.UNREADABLE);
            throw unreadable ? Failure.unreadable(all) : Failure.wrong(all);
        }
        return inputs;
    }

    private static void refuseTwice(InputFile input, List<InputFile> before) {
        for (InputFile other : before) {
            if (other.isSameAs(input.path())) {
                throw Failure.wrong(input.name() + ": this file is given twice; its rows would count twice");
            }
        }
    }

    /** Parquet is read by DuckDB only; otherwise it is the user's choice. */
    private Engine engine(List<InputFile> inputs) {
        boolean isParquet = inputs.stream().anyMatch(input -> input.kind() == InputFile.Kind.PARQUET);
        if (isParquet && engine == Engine.JAVA) {
            throw Failure.wrong("--engine java does not read Parquet; leave it out, or say --engine duckdb");
        }
        Engine chosen = isParquet ? Engine.DUCKDB : Objects.requireNonNullElse(engine, Engine.JAVA);
        return chosen;
    }

    private ScorecardResult computeInDuckDb(Definitions definitions, List<InputFile> inputs) {
        boolean isLinked =
                definitions.linker(DefinitionsFile.fields(definitions)).isPresent();
        if (isLinked && (isStrict || mostRejects != null)) {
            throw Failure.wrong((isStrict ? "--fail-on-rejects" : "--max-rejects")
                    + " needs --engine java where the definitions link rows: which values of linked rows DuckDB rejected is"
                    + " known for each KPI only");
        }
        for (InputFile input : inputs) {
            if (input.isText()) {
                checkHeader(definitions, input);
            }
        }
        return new DuckDbEngine(definitions, inputs, charset, delimiter, threads, terminal).compute();
    }

    /** The same complaints about missing columns as of the other engine. */
    private void checkHeader(Definitions definitions, InputFile input) {
        try (RowSource rows = input.open(charset, delimiter, DefinitionsFile.columns(definitions), bytes -> {})) {
            supplied(input, rows.header(), () -> definitions.mapping().fields(rows.header()));
        } catch (IOException e) {
            throw Failure.unreadable(input.name() + ": cannot be read: " + e.getMessage());
        }
    }

    private ScorecardResult compute(Definitions definitions, List<InputFile> inputs) {
        long bytes = 0;
        for (InputFile input : inputs) {
            bytes += input.size();
        }
        Fields<?> fields = DefinitionsFile.fields(definitions);
        List<String> columns = DefinitionsFile.columns(definitions);
        boolean isLinked = definitions.linker(fields).isPresent();
        ScorecardRun<?> apart = definitions.scorecard(fields).start();
        ScorecardResult result = apart.result();
        List<Row> linked = new ArrayList<>();
        try (Progress progress = new Progress(terminal, bytes)) {
            for (InputFile input : inputs) {
                if (isLinked) {
                    read(input, columns, progress, source -> hold(definitions, input, source, linked, apart));
                } else {
                    result = result.merge(
                            read(input, columns, progress, source -> computed(definitions, input, source)));
                }
            }
        }
        return isLinked ? apart.result().merge(definitions.compute(columns, linked)) : result;
    }

    /** What is made of a file. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(RowSource source) throws IOException;
    }

    private ScorecardResult computed(Definitions definitions, InputFile input, RowSource source) throws IOException {
        supplied(input, source.header(), () -> definitions.scorecard(source.header()));
        return definitions.compute(source, threads);
    }

    /** Keeps the rows of a file, with the cells that are needed in the same order for all files. */
    private record Held(InputFile input, List<Integer> cells, List<Row> rows, ScorecardRun<?> apart)
            implements RowSource.Taker {
        @Override
        public void rows(RowBlock block) {
            for (Row row : block) {
                @Nullable String[] needed = new String[cells.size()];
                for (int i = 0; i < cells.size(); i++) {
                    needed[i] = row.cell(cells.get(i));
                }
                rows.add(new Row(row.source(), row.line(), needed));
            }
        }

        @Override
        public void broken(long line, String found, String reason) {
            apart.broken(input.name(), line, found, reason);
        }
    }

    private List<Row> hold(
            Definitions definitions, InputFile input, RowSource source, List<Row> rows, ScorecardRun<?> apart)
            throws IOException {
        List<String> header = source.header();
        supplied(input, header, () -> definitions.mapping().fields(header));
        List<Integer> cells = DefinitionsFile.columns(definitions).stream()
                .map(header::indexOf)
                .toList();
        source.read(1, () -> new Held(input, cells, rows, apart));
        return rows;
    }

    /** Reads a file to its end. */
    private <T> T read(InputFile input, List<String> columns, Progress progress, Reading<T> reading) {
        try (RowSource source = input.open(charset, delimiter, columns, progress::read)) {
            T read = reading.of(source);
            source.remarks().forEach(remark -> terminal.say(input.name() + ": " + remark));
            return read;
        } catch (IOException e) {
            throw Failure.unreadable(input.name() + ": cannot be read: " + e.getMessage());
        }
    }

    private <T> T supplied(InputFile input, List<String> header, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (IllegalArgumentException e) {
            String other = delimiter == ',' && header.size() == 1
                    ? Set.of(";", "\t").stream()
                            .filter(header.get(0)::contains)
                            .findFirst()
                            .map(d -> " The header looks as if --delimiter " + (d.equals(";") ? "';'" : "tab")
                                    + " were right.")
                            .orElse("")
                    : "";
            throw Failure.wrong(input.name() + ":1: " + e.getMessage() + other);
        }
    }

    private void print(ScorecardResult whole, List<InputFile> inputs) {
        Path file = output;
        if (file != null && inputs.stream().anyMatch(input -> input.isSameAs(file))) {
            throw Failure.wrong("--output " + file + ": this is one of the input files");
        }
        Long least = minimum;
        if (least != null && least < 1) {
            throw Failure.wrong("--min-n " + least + ": expected 1 or more");
        }
        SuppressedResult shown = whole.suppressed(least == null ? 1 : least);
        ScorecardResult result = least == null ? whole : shown.result();
        if (least != null) {
            terminal.say(shown + (format == Format.TABLE ? "; they count in no total" : ""));
        }
        if (format == Format.PARQUET) {
            if (file == null) {
                throw Failure.wrong("--format parquet needs --output FILE");
            }
            ScorecardParquet.write(shown, file);
            return;
        }
        Terminal page = file == null ? terminal : terminal.plain();
        String text = switch (format) {
            case TABLE -> ScorecardText.of(result, locale, page);
            case CSV -> ScorecardCsv.of(shown);
            case OPENMETRICS -> OpenMetrics.write(result);
            default -> ResultJson.write(result);
        };
        if (file == null) {
            terminal.out().print(text);
            terminal.out().flush();
            return;
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw Failure.unreadable("--output " + file + ": cannot be written: " + e.getMessage());
        }
    }

    private int verdict(Intake intake) {
        BigDecimal most = mostRejects;
        String broken = null;
        if (isStrict && !RejectPolicy.failAtFirst().allows(intake)) {
            broken = "--fail-on-rejects";
        } else if (most != null && !RejectPolicy.failPast(most.doubleValue(), 0).allows(intake)) {
            broken = "--max-rejects " + most.toPlainString();
        }
        if (broken != null) {
            terminal.say(intake.setAside() + " values and lines were set aside, of " + intake.lines() + " lines ("
                    + broken + ")");
        }
        return broken == null ? Main.OK : Main.SET_ASIDE;
    }

    /** Reads {@code day} to {@code year}. */
    static final class GrainConverter implements ITypeConverter<Grain> {
        @Override
        public Grain convert(String value) {
            try {
                return Grain.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Reads one character, or {@code tab}. */
    static final class DelimiterConverter implements ITypeConverter<Character> {
        @Override
        public Character convert(String value) {
            String character = value.equals("tab") || value.equals("\\t") ? "\t" : value;
            if (character.length() != 1 || "\"\n\r".contains(character) || character.charAt(0) > '~') {
                throw new TypeConversionException("\"" + value + "\" is not one character such as ';', nor 'tab'");
            }
            return character.charAt(0);
        }
    }

    /** Reads a BCP 47 tag. */
    static final class LocaleConverter implements ITypeConverter<Locale> {
        @Override
        public Locale convert(String value) {
            try {
                return new Locale.Builder().setLanguageTag(value).build();
            } catch (IllformedLocaleException e) {
                throw new TypeConversionException("\"" + value + "\" is not a language tag such as en or fi");
            }
        }
    }

    /** Reads a share such as {@code 0.01} or {@code 1%}. */
    static final class ShareConverter implements ITypeConverter<BigDecimal> {
        @Override
        public BigDecimal convert(String value) {
            try {
                BigDecimal share = value.endsWith("%")
                        ? new BigDecimal(value.substring(0, value.length() - 1)).movePointLeft(2)
                        : new BigDecimal(value);
                if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
                    return share;
                }
            } catch (NumberFormatException e) {
                // Refused below, like a number out of range.
            }
            throw new TypeConversionException("\"" + value + "\" is not a share from 0 to 1 such as 0.01 or 1%");
        }
    }
}
