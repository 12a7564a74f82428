package io.cxmetrics.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command prints: results to one stream, messages to the other, both in UTF-8 whatever the machine's charset is.
 *
 * @param out results
 * @param err messages
 * @param colours whether results and messages may be coloured
 * @param progress whether a person watches long work
 */
record Terminal(PrintStream out, PrintStream err, boolean colours, boolean progress) {
    private static final String BOLD = "\u001b[1m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RESET = "\u001b[0m";

    /** The terminal, or the files and pipes, that this process was started with. */
    @SuppressWarnings("SystemConsoleNull") // Both kinds of JDK are asked: those that return null and those that tell.
    static Terminal ofProcess() {
        Console console = System.console();
        boolean watched = console != null && isTerminal(console);
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                watched && wantsColours(System.getenv()),
                watched);
    }

    private static PrintStream stream(FileDescriptor file) {
        return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** From Java 22 on there is a console object even if nobody watches, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** See no-color.org. */
    static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    /** This terminal for text that goes into a file. */
    Terminal plain() {
        return new Terminal(out, err, false, progress);
    }

    /** Prints a message for the user. */
    void say(String message) {
        err.println("cxmetrics: " + printable(message));
    }

    String bold(String text) {
        return colours ? BOLD + text + RESET : text;
    }

    String warning(String text) {
        return colours ? YELLOW + text + RESET : text;
    }

    /** A text without the characters that a terminal would obey and that data may contain; line feeds stay. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || !isObeyed(c)) {
                shown.appendCodePoint(c);
            } else if (c == '\t') {
                shown.append("\\t");
            } else if (c == '\r') {
                shown.append("\\r");
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return shown.toString();
    }

    private static boolean isObeyed(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** The same, on one line. */
    static String printableLine(String text) {
        return printable(text).replace("\n", "\\n");
    }
}
