package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliHelpTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"scorecard", "sql", "compare", "journey", "okr", "check-in", "validate", "init"})
    void theExampleInTheHelpOfEachCommandWorks(String command) throws Exception {
        Cli.copySample(folder);
        Cli.Run help = Cli.run(command, "--help");
        assertEquals(0, help.code());
        List<String> examples = help.out()
                .replaceAll(" \\\\\n +", " ")
                .lines()
                .filter(line -> line.startsWith("  cxmetrics "))
                .map(String::strip)
                .toList();
        assertFalse(examples.isEmpty(), help.out());
        for (String example : examples) {
            List<String> words = List.of(example.split(" "));
            Cli.Run run = Cli.process(folder, List.of(), words.subList(1, words.size()));
            assertEquals(0, run.code(), example + "\n" + run.out());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "scorecard ", "sql ", "compare ", "journey ", "okr ", "check-in ", "validate ", "init "})
    void noLineOfAHelpIsWiderThanATerminal(String command) {
        Cli.Run help = Cli.run((Object[]) (command + "--help").split(" "));
        assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
    }

    @Test
    void theHelpListsTheExitCodes() {
        String help = Cli.run("--help").out();
        for (int code = 0; code <= 3; code++) {
            assertTrue(help.contains("\n  " + code + "  "), help);
        }
    }

    @Test
    void theVersionIsThatOfTheArtefact() {
        assertTrue(Cli.run("--version").out().matches("cxmetrics \\d+\\.\\d+\\.\\d+.*\n"));
    }
}
