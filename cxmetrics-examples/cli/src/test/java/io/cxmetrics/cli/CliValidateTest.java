package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliValidateTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void copiesTheSample() throws IOException {
        Cli.copySample(folder);
    }

    @Test
    void eachKindOfFileIsRecognised() {
        assertEquals(
                0,
                Cli.run(
                                "scorecard",
                                "-d",
                                folder.resolve("calls.json"),
                                "-f",
                                "json",
                                "-o",
                                folder.resolve("result.json"),
                                folder.resolve("calls.csv"))
                        .code());
        Cli.Run run = Cli.run(
                "validate", folder.resolve("calls.json"), folder.resolve("plan.json"), folder.resolve("result.json"));
        assertEquals(0, run.code());
        assertEquals("""
                calls.json: ok (definitions)
                plan.json: ok (plan)
                plan.json: warning no-ambition: objective 'quick-help' does not say whether it is committed or aspirational, which decides how its score reads
                plan.json: warning no-owner: key result 'quick-answer' has no owner; name one person who answers for it
                plan.json: warning no-owner: key result 'promoters' has no owner; name one person who answers for it
                result.json: ok (results)
                """, run.out().replace(folder + "/", ""));
    }

    @Test
    void everyProblemIsToldAndTheOtherFilesAreStillChecked() throws IOException {
        Path bad =
                Files.writeString(folder.resolve("bad.json"), "{\"version\": 1,\n \"kpis\": {\"NPS\": 1, \"x\": {}}}");
        Path list = Files.writeString(folder.resolve("list.json"), "[1]");
        Path cut = Files.writeString(folder.resolve("cut.json"), "{\"version\":");
        Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xE4, '"'});
        Cli.Run run = Cli.run("validate", bad, list, cut, latin, folder.resolve("calls.json"));
        assertEquals(2, run.code());
        String out = run.out().replace(folder + "/", "");
        assertTrue(out.contains("bad.json:2:18 /kpis/NPS: "), out);
        assertTrue(out.contains("bad.json:2:26 /kpis/x: "), out);
        assertTrue(
                out.contains("list.json:1:1 (document): found an array; expected definitions (with \"kpis\"), a plan"),
                out);
        assertTrue(out.contains("cut.json:1:"), out);
        assertTrue(out.contains("latin.json:1:1 (document): found bytes that are not UTF-8"), out);
        assertTrue(out.endsWith("calls.json: ok (definitions)\n"), out);
    }

    @Test
    void aPlanWhoseObjectivesAreMisspeltIsStillReadAsAPlan() throws IOException {
        Path plan = Files.writeString(
                folder.resolve("typo.json"),
                "{\"version\": 1, \"timeZone\": \"UTC\", \"kpis\": {}, \"journeys\": [], \"objectivs\": []}");
        Cli.Run run = Cli.run("validate", plan);
        assertEquals(2, run.code());
        assertTrue(run.out().contains("did you mean \"objectives\"?"), run.out());
    }

    @Test
    void aFileThatIsNotThereIsUnreadable() {
        Cli.Run run = Cli.run("validate", folder.resolve("no.json"), folder.resolve("calls.json"));
        assertEquals(3, run.code());
        assertTrue(run.err().contains("there is no such file"));
        assertTrue(run.out().contains("ok (definitions)"));
    }

    @Test
    void theDefinitionsInTheReadmeAreValid() throws IOException {
        Matcher block =
                Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        int found = 0;
        while (block.find()) {
            Path file = Files.writeString(folder.resolve("readme-" + ++found + ".json"), block.group(1));
            Cli.Run run = Cli.run("validate", file);
            assertEquals(0, run.code(), run.out());
        }
        assertTrue(found >= 2);
    }

    @Test
    void aKpiThatNeedsALinkSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("no-link.json"), """
                {"version": 1, "source": {"fields": {"customer": {}, "started": {}}},
                 "kpis": {"fcr": {"type": "firstContactResolution"}}}
                """);
        Cli.Run run = Cli.run("validate", file);
        assertEquals(2, run.code());
        assertTrue(run.out().contains("; this one comes with a \"link\" in \"source\""), run.out());
    }
}
