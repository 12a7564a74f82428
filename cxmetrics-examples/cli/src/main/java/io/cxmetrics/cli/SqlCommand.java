package io.cxmetrics.cli;

import io.cxmetrics.json.Definitions;
import io.cxmetrics.sql.SqlDialect;
import io.cxmetrics.time.Grain;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the query of a definitions file. */
@Command(
        name = "sql",
        description = "Prints the SQL query that computes the sums behind the KPIs of a definitions file.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example: the query over a table of calls, per channel",
            "",
            "  cxmetrics sql --definitions calls.json --by channel --table calls",
            "",
            "The query returns counts and sums for each cell. Values, intervals and tests",
            "follow from them in the library: ScorecardQuery.read in Java.",
        })
final class SqlCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = {"-d", "--definitions"},
            required = true,
            paramLabel = "FILE",
            description = "The JSON file that says which columns supply which fields, and which KPIs to compute.")
    private Path definitionsFile = Path.of("");

    @Option(
            names = {"-t", "--table"},
            paramLabel = "NAME",
            description = "The table or view with the columns; by default the name of the source in the definitions.")
    private @Nullable String table;

    @Option(names = "--dialect", paramLabel = "DIALECT", description = "duckdb (the default) or spark.")
    private Dialect dialect = Dialect.DUCKDB;

    @Option(
            names = "--every",
            paramLabel = "PERIOD",
            converter = ScorecardCommand.GrainConverter.class,
            description = "Results per day, week, month, quarter or year, or per such as fiscal-year-from-april.")
    private @Nullable Grain every;

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            split = ",",
            description = "Results by these fields (text, flag or whole number).")
    private @Nullable List<String> by;

    @Option(names = "--total", description = "One result over everything, whatever the definitions say.")
    private boolean isTotal;

    /** The engines as the user writes them. */
    enum Dialect {
        DUCKDB(SqlDialect.DUCKDB),
        SPARK(SqlDialect.SPARK);

        private final SqlDialect sql;

        Dialect(SqlDialect sql) {
            this.sql = sql;
        }

        /** As the user writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    SqlCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Definitions definitions = DefinitionsFile.read(definitionsFile, isTotal, every, by);
        String name = table == null ? definitions.mapping().name() : table;
        try {
            terminal.out().println(definitions.query(name).in(dialect.sql).sql());
            return Main.OK;
        } catch (IllegalArgumentException e) {
            throw Failure.wrong(definitionsFile + ": " + e.getMessage());
        }
    }
}
