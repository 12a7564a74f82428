package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What README.md shows is what the program prints. With {@code -Dcxmetrics.readme.write=true} the README is brought up to
 * date instead; read the difference before you keep it.
 */
class CliReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern HEAD = Pattern.compile("head -(\\d+) (\\S+)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");
    private static final Pattern LINES = Pattern.compile("(.*) \\| head -(\\d+)");

    @TempDir
    private Path folder;

    private int lastCode;

    @Test
    void everyCommandOfTheReadmePrintsWhatTheReadmeShows() throws IOException {
        Cli.copySample(folder);
        shows(README, 8);
    }

    @Test
    void theSessionOfTheOkrGuidePrintsWhatTheGuideShows() throws IOException {
        shows(Path.of("../../cxmetrics-okr/README.md"), 12);
    }

    private void shows(Path file, int least) throws IOException {
        String readme = Files.readString(file);
        Matcher blocks = BLOCK.matcher(readme);
        StringBuilder actual = new StringBuilder();
        int commands = 0;
        while (blocks.find()) {
            StringBuilder block = new StringBuilder("```console\n");
            for (String line : blocks.group(1).lines().toList()) {
                if (line.startsWith("$ ")) {
                    commands++;
                    block.append(line).append('\n').append(output(line.substring(2)));
                }
            }
            blocks.appendReplacement(actual, Matcher.quoteReplacement(block + "```\n"));
        }
        blocks.appendTail(actual);
        assertTrue(commands >= least, "the README shows commands");
        if (Boolean.getBoolean("cxmetrics.readme.write")) {
            Files.writeString(file, actual);
        }
        List<String> printed = actual.toString().lines().toList();
        List<String> shown = readme.lines().toList();
        for (int i = 0; i < Math.min(printed.size(), shown.size()); i++) {
            assertEquals(
                    shown.get(i),
                    printed.get(i),
                    file + ":" + (i + 1) + " shows another output than the program prints; run this test with"
                            + " -Dcxmetrics.readme.write=true to bring it up to date");
        }
        assertEquals(actual.toString(), readme);
    }

    /** What a command of the README prints. */
    private String output(String command) throws IOException {
        if (command.equals("echo $?")) {
            return lastCode + "\n";
        }
        Matcher head = HEAD.matcher(command);
        if (head.matches()) {
            List<String> lines = Files.readAllLines(folder.resolve(head.group(2)));
            return String.join("\n", lines.subList(0, Integer.parseInt(head.group(1)))) + "\n";
        }
        Matcher cut = LINES.matcher(command);
        String whole = cut.matches() ? cut.group(1) : command;
        List<String> words = WORD.matcher(whole)
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .collect(Collectors.toCollection(ArrayList::new));
        assertEquals("cxmetrics", words.remove(0), command);
        Cli.Run run = Cli.process(folder, List.of(), words);
        lastCode = run.code();
        return cut.matches()
                ? String.join(
                                "\n",
                                run.out()
                                        .lines()
                                        .limit(Integer.parseInt(cut.group(2)))
                                        .toList())
                        + "\n"
                : run.out();
    }
}
