package io.cxmetrics.cli;

import io.cxmetrics.field.Row;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.scorecard.ScorecardRun;
import io.cxmetrics.source.RowSource;
import io.cxmetrics.sql.ScorecardQuery;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Computes scorecards in a DuckDB of its own, equal to those of Java with their account of what was set aside.
 *
 * <p>What is a row and what a broken line of a text file, our own reader decides: it runs over the file first. DuckDB reads
 * the file itself if that found nothing that the two might read differently; otherwise it is given the cells that were read.
 * Which values were rejected and why, Java says of the few rows in which DuckDB found one.
 */
final class DuckDbEngine {
    private static final String ROWS = "rows";

    private final Definitions definitions;
    private final List<String> columns;
    private final boolean isLinked;
    private final List<InputFile> inputs;
    private final Charset charset;
    private final char delimiter;
    private final int threads;
    private final Terminal terminal;
    /** What was found of each text file. */
    private final Map<InputFile, Scan> scans = new HashMap<>();

    DuckDbEngine(
            Definitions definitions,
            List<InputFile> inputs,
            Charset charset,
            char delimiter,
            int threads,
            Terminal terminal) {
        this.definitions = definitions;
        this.columns = DefinitionsFile.columns(definitions);
        this.isLinked = definitions.linker(DefinitionsFile.fields(definitions)).isPresent();
        this.inputs = inputs;
        this.charset = charset;
        this.delimiter = delimiter;
        this.threads = threads;
        this.terminal = terminal;
    }

    /** What takes the rows of a text file before DuckDB does. */
    private static final class Scan implements RowSource.Taker {
        private final InputFile input;
        private final int width;
        private final ScorecardRun<?> broken;
        private long rows;
        /** Whether DuckDB might read the file differently. */
        private boolean isUnusual;

        Scan(InputFile input, int width, ScorecardRun<?> broken) {
            this.input = input;
            this.width = width;
            this.broken = broken;
        }

        @Override
        public void rows(RowBlock block) {
            rows += block.size();
            byte[] bytes = block.bytes();
            for (int row = 0; row < block.size() && !isUnusual; row++) {
                for (int place = 0; place < width; place++) {
                    long cell = block.cells()[row * block.width() + place];
                    // DuckDB takes a quote behind blanks for the beginning of a quoted cell.
                    isUnusual |= cell != RowBlock.ABSENT
                            && RowBlock.length(cell) > 1
                            && bytes[RowBlock.from(cell)] <= ' '
                            && RowBlock.text(bytes, cell).indexOf('"') > 0;
                }
            }
        }

        @Override
        public void broken(long line, String found, String reason) {
            isUnusual = true;
            broken.broken(input.name(), line, found, reason);
        }
    }

    ScorecardResult compute() {
        ScorecardRun<?> apart = run();
        for (InputFile input : inputs) {
            if (input.isText()) {
                scans.put(input, scan(input, apart));
            }
        }
        Map<InputFile.Kind, List<InputFile>> byKind =
                inputs.stream().collect(Collectors.groupingBy(InputFile::kind, TreeMap::new, Collectors.toList()));
        List<InputFile> texts = inputs.stream().filter(InputFile::isText).toList();
        if (isLinked
                && ((byKind.size() > 1 && texts.size() < inputs.size()) || count(byKind, InputFile.Kind.QUERY) > 1)) {
            throw Failure.wrong(
                    "rows of Parquet files, of queries and of other files are linked by --engine java only");
        }
        ScorecardResult result = apart.result();
        try {
            if (byKind.containsKey(InputFile.Kind.PARQUET)) {
                result = result.merge(overFiles(byKind.get(InputFile.Kind.PARQUET), ScorecardQuery.Files.PARQUET));
            }
            for (InputFile query : byKind.getOrDefault(InputFile.Kind.QUERY, List.of())) {
                result = result.merge(overQuery(query));
            }
            return texts.isEmpty() ? result : result.merge(overTexts(texts, byKind));
        } catch (IllegalArgumentException e) {
            throw Failure.wrong("--engine duckdb: " + e.getMessage());
        } catch (SQLException e) {
            throw Failure.unreadable("DuckDB cannot read "
                    + (inputs.size() == 1 ? inputs.get(0).name() : "the files")
                    + ": " + String.valueOf(e.getMessage()).lines().limit(3).toList());
        } catch (IOException e) {
            throw Failure.unreadable("--engine duckdb: " + e.getMessage());
        }
    }

    private static int count(Map<InputFile.Kind, List<InputFile>> byKind, InputFile.Kind kind) {
        return byKind.getOrDefault(kind, List.of()).size();
    }

    private ScorecardRun<?> run() {
        return definitions.scorecard(DefinitionsFile.fields(definitions)).start();
    }

    private RowSource open(InputFile input, List<String> needed) throws IOException {
        return input.open(charset, delimiter, needed, bytes -> {});
    }

    private Scan scan(InputFile input, ScorecardRun<?> apart) {
        try (RowSource source = open(input, columns)) {
            Scan scan = new Scan(
                    input,
                    (int) source.header().stream()
                            .filter(columns::contains)
                            .distinct()
                            .count(),
                    apart);
            scan.isUnusual = delimiter != ',' || !charset.equals(StandardCharsets.UTF_8);
            source.read(1, () -> scan);
            for (String remark : source.remarks()) {
                terminal.say(input.name() + ": " + remark);
                // Bytes that are no text are an error for DuckDB.
                scan.isUnusual = true;
            }
            return scan;
        } catch (IOException e) {
            throw Failure.unreadable(input.name() + ": cannot be read: " + e.getMessage());
        }
    }

    private Scan scan(InputFile file) {
        return Objects.requireNonNull(scans.get(file));
    }

    private long rows(List<InputFile> files) {
        return files.stream().mapToLong(file -> scan(file).rows).sum();
    }

    private Connection connect(String address) throws SQLException {
        Connection duckdb = DriverManager.getConnection(address);
        try (Statement statement = duckdb.createStatement()) {
            // Nothing is ever fetched: all that is needed is part of the program.
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET threads = " + threads);
        }
        return duckdb;
    }

    /** Over text files: as DuckDB reads them, or if it might do so differently, as they were read. */
    private ScorecardResult overTexts(List<InputFile> texts, Map<InputFile.Kind, List<InputFile>> byKind)
            throws SQLException, IOException {
        boolean isUsual = texts.stream().noneMatch(file -> scan(file).isUnusual)
                && !(isLinked && count(byKind, InputFile.Kind.CSV) > 0 && count(byKind, InputFile.Kind.JSON_LINES) > 0);
        if (isUsual) {
            try {
                ScorecardResult result = run().result();
                if (byKind.containsKey(InputFile.Kind.CSV)) {
                    result = result.merge(overFiles(byKind.get(InputFile.Kind.CSV), ScorecardQuery.Files.CSV));
                }
                if (byKind.containsKey(InputFile.Kind.JSON_LINES)) {
                    result = result.merge(
                            overFiles(byKind.get(InputFile.Kind.JSON_LINES), ScorecardQuery.Files.JSON_LINES));
                }
                if (result.intake().rows() == rows(texts)) {
                    return result;
                }
            } catch (SQLException e) {
                // Such as a line that is too long for DuckDB: it is given what was read instead.
                return overHeld(texts);
            }
        }
        return overHeld(texts);
    }

    private ScorecardResult overHeld(List<InputFile> texts) throws SQLException, IOException {
        Path folder = Files.createTempDirectory("cxmetrics");
        Path file = folder.resolve("rows.duckdb");
        try (Connection duckdb = connect("jdbc:duckdb:" + file)) {
            hold(texts, duckdb);
            return computed(duckdb, definitions.query(ROWS), texts);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var left = Files.list(folder)) {
            for (Path path : left.toList()) {
                Files.deleteIfExists(path);
            }
        }
        Files.delete(folder);
    }

    /** Fills a table with the cells that are needed. */
    private void hold(List<InputFile> texts, Connection duckdb) throws SQLException, IOException {
        List<String> names = columns.isEmpty() ? List.of("none") : columns;
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE " + ROWS
                    + names.stream()
                            .map(column -> '"' + column.replace("\"", "\"\"") + "\" VARCHAR")
                            .collect(Collectors.joining(", ", " (", ")")));
        }
        try (DuckDBAppender appender =
                duckdb.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, ROWS)) {
            for (InputFile input : texts) {
                try (RowSource source = open(input, columns)) {
                    List<Integer> places =
                            names.stream().map(source.header()::indexOf).toList();
                    source.read(1, () -> new Holding(appender, places));
                }
            }
        }
    }

    private record Holding(DuckDBAppender appender, List<Integer> places) implements RowSource.Taker {
        @Override
        public void rows(RowBlock rows) {
            try {
                for (Row row : rows) {
                    appender.beginRow();
                    for (int place : places) {
                        appender.append(place < 0 ? null : row.cell(place));
                    }
                    appender.endRow();
                }
            } catch (SQLException e) {
                throw Failure.unreadable("DuckDB cannot hold the rows: " + e.getMessage());
            }
        }

        @Override
        public void broken(long line, String found, String reason) {
            // It was counted before.
        }
    }

    private ScorecardResult overFiles(List<InputFile> files, ScorecardQuery.Files kind)
            throws SQLException, IOException {
        List<String> paths =
                files.stream().map(file -> pattern(file.path().toString())).toList();
        try (Connection duckdb = connect("jdbc:duckdb:")) {
            ScorecardQuery query = definitions.query(kind, paths);
            return computed(
                    duckdb,
                    kind == ScorecardQuery.Files.PARQUET ? query.typed(types(duckdb, parquet(paths))) : query,
                    files);
        }
    }

    private ScorecardResult overQuery(InputFile query) throws SQLException, IOException {
        String address = query.database();
        if (address == null || !address.startsWith("jdbc:duckdb:")) {
            throw Failure.wrong(
                    "--engine duckdb runs in jdbc:duckdb: databases; for others leave it out, or run there what"
                            + " 'cxmetrics sql' prints");
        }
        try (Connection duckdb = connect(address);
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TEMP VIEW \"cxmetrics rows\" AS " + query.query());
            return computed(
                    duckdb,
                    definitions.query("cxmetrics rows").typed(types(duckdb, "\"cxmetrics rows\"")),
                    List.of(query));
        }
    }

    private static String parquet(List<String> paths) {
        return paths.stream()
                .map(path -> "'" + path.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "read_parquet([", "], union_by_name = true)"));
    }

    private static Map<String, String> types(Connection duckdb, String relation) throws SQLException {
        Map<String, String> types = new HashMap<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
            while (described.next()) {
                types.put(described.getString(1), described.getString(2));
            }
        }
        return types;
    }

    /** A path in which no character stands for others. */
    private static String pattern(String path) {
        return path.replaceAll("[\\[*?]", "[$0]");
    }

    private ScorecardResult computed(Connection duckdb, ScorecardQuery query, List<InputFile> files)
            throws SQLException, IOException {
        try (Statement statement = duckdb.createStatement()) {
            ScorecardResult result = query.read(statement.executeQuery(query.sql()));
            if (isLinked || !hasRejected(result)) {
                return result;
            }
            ScorecardRun<Row> run =
                    definitions.scorecard(definitions.mapping().fields(columns)).start();
            Places places = new Places(duckdb, files);
            try (ResultSet rows = statement.executeQuery(query.rejectedRowsSql())) {
                while (rows.next()) {
                    @Nullable String[] cells = new @Nullable String[columns.size()];
                    for (int c = 0; c < cells.length; c++) {
                        cells[c] = rows.getString(c + 2);
                    }
                    run.add(places.row(rows.getLong(1), cells));
                }
            }
            Intake rejected = run.result().intake();
            Intake placed =
                    new Intake(result.intake().rows(), 0, rejected.rejected(), places.lines(rejected.samples()));
            return new ScorecardResult(result.shape(), result.cells(), placed);
        }
    }

    private static boolean hasRejected(ScorecardResult result) {
        return result.cells().entrySet().stream()
                .anyMatch(entry -> entry.getKey().labels().contains(Label.REJECTED)
                        || (entry.getKey().period() == null && result.shape().grain() != null)
                        || entry.getValue().stream().anyMatch(s -> s.counts().rejected() > 0));
    }

    /** Where the rows are that DuckDB numbers through all files. */
    private final class Places {
        private final TreeMap<Long, InputFile> firstRows = new TreeMap<>();

        Places(Connection duckdb, List<InputFile> files) throws SQLException {
            long first = 1;
            for (InputFile file : files) {
                firstRows.put(first, file);
                if (file.isText()) {
                    first += scan(file).rows;
                } else if (files.size() > 1) {
                    try (Statement statement = duckdb.createStatement();
                            ResultSet count = statement.executeQuery("SELECT count(*) FROM "
                                    + parquet(List.of(pattern(file.path().toString()))))) {
                        count.next();
                        first += count.getLong(1);
                    }
                }
            }
        }

        Row row(long number, @Nullable String[] cells) {
            Map.Entry<Long, InputFile> entry = firstRows.floorEntry(number);
            return new Row(entry.getValue().name(), number - entry.getKey() + 1, cells);
        }

        /** Samples with the lines of text files instead of the numbers of rows. */
        List<Intake.Sample> lines(List<Intake.Sample> samples) throws IOException {
            SortedMap<String, InputFile> byName = new TreeMap<>();
            firstRows.values().forEach(file -> byName.put(file.name(), file));
            List<Intake.Sample> placed = new ArrayList<>();
            for (Map.Entry<String, InputFile> entry : byName.entrySet()) {
                List<Intake.Sample> here = samples.stream()
                        .filter(sample -> sample.source().equals(entry.getKey()))
                        .toList();
                if (here.isEmpty() || !entry.getValue().isText()) {
                    placed.addAll(here);
                    continue;
                }
                Lines lines = new Lines(
                        here.stream().map(Intake.Sample::line).collect(Collectors.toCollection(TreeSet::new)));
                try (RowSource source = open(entry.getValue(), List.of())) {
                    source.read(1, () -> lines);
                }
                here.forEach(s -> placed.add(new Intake.Sample(
                        s.source(), lines.found.getOrDefault(s.line(), s.line()), s.field(), s.found(), s.reason())));
            }
            return placed;
        }
    }

    /** Finds the lines of rows. */
    private static final class Lines implements RowSource.Taker {
        private final NavigableSet<Long> wanted;
        private final Map<Long, Long> found = new HashMap<>();
        private long before;

        Lines(NavigableSet<Long> wanted) {
            this.wanted = wanted;
        }

        @Override
        public void rows(RowBlock rows) {
            for (long number : wanted.subSet(before + 1, before + rows.size() + 1)) {
                found.put(number, rows.lines()[(int) (number - before - 1)]);
            }
            before += rows.size();
        }

        @Override
        public void broken(long line, String text, String reason) {
            // No row.
        }
    }
}
