package io.cxmetrics.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program: {@code cxmetrics scorecard}, {@code compare}, {@code journey}, {@code okr}, {@code check-in},
 * {@code validate} and {@code init}.
 *
 * @since 0.1
 */
@Command(
        name = "cxmetrics",
        description = "Customer-experience KPIs and OKR reports from files, without Java.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes:",
            "  0  all is well",
            "  1  the result is there, but more was set aside than --fail-on-rejects or",
            "     --max-rejects allow",
            "  2  wrong use: the arguments, the definitions or the plan; nothing was computed",
            "  3  a file cannot be read or written",
            "",
            "'cxmetrics COMMAND --help' shows the options of a command and an example."
        })
public final class Main implements Runnable {
    static final int OK = 0;
    static final int SET_ASIDE = 1;
    static final int WRONG_USE = 2;
    static final int UNREADABLE = 3;
    /** A bug of this program; the number is that of sysexits.h. */
    static final int BUG = 70;

    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    private Main() {}

    /** The version of the artefact. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream file = Objects.requireNonNull(Main.class.getResourceAsStream("version.properties"))) {
                properties.load(file);
            }
            return new String[] {"cxmetrics " + properties.getProperty("version")};
        }
    }

    /**
     * Runs the program and ends the process.
     *
     * @param arguments what the user wrote after {@code cxmetrics}
     */
    public static void main(String[] arguments) {
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    /**
     * Runs the program within this process, which goes on afterwards.
     *
     * @param out gets the results
     * @param err gets the messages
     * @param arguments what a user would write after {@code cxmetrics}
     * @return the exit code
     */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        return run(new Terminal(out, err, false, false), arguments);
    }

    /** Runs the program and returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        CommandLine program = new CommandLine(new Main());
        program.addSubcommand(new ScorecardCommand(terminal));
        program.addSubcommand(new CompareCommand(terminal));
        program.addSubcommand(new JourneyCommand(terminal));
        program.addSubcommand(new OkrCommand(terminal));
        program.addSubcommand(new CheckInCommand(terminal, Clock.systemUTC()));
        program.addSubcommand(new ValidateCommand(terminal));
        program.addSubcommand(new InitCommand(terminal, Clock.systemUTC()));
        program.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        program.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        program.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF));
        program.setCaseInsensitiveEnumValuesAllowed(true);
        program.setParameterExceptionHandler((e, args) -> wrongUse(e, terminal));
        program.setExecutionExceptionHandler((e, command, result) -> failed(e, terminal));
        int code = program.execute(arguments);
        if (terminal.out().checkError()) {
            terminal.say("the output could not be written to its end");
            return UNREADABLE;
        }
        return code;
    }

    private static int wrongUse(ParameterException e, Terminal terminal) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = String.valueOf(e.getMessage());
        terminal.say(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
        CommandLine.UnmatchedArgumentException.printSuggestions(
                e, e.getCommandLine().getErr());
        terminal.say("see '" + name + " --help'");
        return WRONG_USE;
    }

    private static int failed(Exception e, Terminal terminal) {
        if (e instanceof Failure failure) {
            failure.text().lines().forEach(terminal::say);
            return failure.code();
        }
        terminal.say("this is a bug of cxmetrics; please report it with what follows");
        e.printStackTrace(terminal.err());
        return BUG;
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "no command: expected scorecard, compare, journey, okr, check-in, validate or init");
    }
}
