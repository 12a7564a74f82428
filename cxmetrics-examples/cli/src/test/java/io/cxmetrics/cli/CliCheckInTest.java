package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.okr.tracking.CheckIn;
import io.cxmetrics.okr.tracking.CheckInLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliCheckInTest {
    @TempDir
    private Path folder;

    private Path plan() {
        return folder.resolve("plan.json");
    }

    private Path log() {
        return folder.resolve("check-ins.jsonl");
    }

    @BeforeEach
    void startsAPlan() {
        Cli.Run run = Cli.run("init", "--cycle", "2026-Q1", "--time-zone", "Europe/Helsinki", plan());
        assertEquals(0, run.code(), run.err());
    }

    private Cli.Run checkIn(Object... arguments) {
        Object[] first = {"check-in", "--plan", plan(), "--log", log(), "--date", "2026-02-14"};
        return Cli.run(Stream.concat(Stream.of(first), Stream.of(arguments)).toArray());
    }

    private void assertRefused(String message, Object... arguments) {
        Cli.Run run = checkIn(arguments);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(log()));
    }

    @Test
    void theStarterPlanIsValidAndSaysWhereItsSchemaIs() throws IOException {
        Cli.Run run = Cli.run("validate", plan());
        assertEquals(plan() + ": ok (plan)\n", run.out());
        assertEquals(0, run.code());
        assertTrue(Files.readString(plan()).contains("\"$schema\": \"okr-plan-1.schema.json\""));
        assertEquals(OkrJson.schema(), Files.readString(plan().resolveSibling("okr-plan-1.schema.json")));
    }

    @Test
    void aPlanIsNeverOverwritten() throws IOException {
        Files.writeString(plan(), "mine");
        Cli.Run run = Cli.run("init", plan());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("plan.json is there already and stays as it is; name another file"), run.err());
        assertEquals("mine", Files.readString(plan()));
    }

    @Test
    void withoutACycleItIsTheQuarterOfTodayAndACycleThatIsNoneIsTold() throws IOException {
        Path today = folder.resolve("today.json");
        assertEquals(0, Cli.run("init", today).code());
        assertTrue(Files.readString(today).matches("(?s).*\"cycle\": \"\\d{4}-Q[1-4]\".*"), Files.readString(today));
        Cli.Run run = Cli.run("init", "--cycle", "Q1/2026", folder.resolve("no.json"));
        assertEquals(2, run.code());
        assertTrue(run.err().contains("--cycle is such as 2026-Q1, 2026-02 or 2026; found \"Q1/2026\""), run.err());
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        assertEquals(3, Cli.run("init", folder.resolve("no/plan.json")).code());
        Cli.Run run = Cli.run("check-in", "-p", plan(), "-l", folder.resolve("no/log"), "self-service", "38%");
        assertEquals(3, run.code(), run.err());
        assertTrue(run.err().contains("its folder does not exist; make it first"), run.err());
    }

    @Test
    void everyUnitIsUnderstoodInWords() throws IOException {
        assertEquals(
                "self-service on 2026-02-14: 38.0 % (added to " + log() + ")\n",
                checkIn("--confidence", "80%", "--note", "after the release", "self-service", "38%")
                        .out());
        assertEquals(0, checkIn("first-answer", "PT6M30S").code());
        assertEquals(0, checkIn("serious-complaints", "2").code());
        LocalDate day = LocalDate.of(2026, 2, 14);
        assertEquals(
                List.of(
                        CheckIn.of("first-answer", day, 390),
                        CheckIn.of("self-service", day, 0.38)
                                .withConfidence(0.8)
                                .withNote("after the release"),
                        CheckIn.of("serious-complaints", day, 2)),
                CheckInLog.file(log()).read().orThrow().latest());
    }

    @Test
    void theSameAgainIsToldAndAnotherValueIsACorrection() {
        checkIn("self-service", "38%");
        assertEquals(
                "self-service on 2026-02-14: 38.0 % (was in " + log() + " already)\n",
                checkIn("self-service", "38%").out());
        assertEquals(
                "self-service on 2026-02-14: 36.5 % (added to " + log() + ", corrects line 1)\n",
                checkIn("self-service", "36.5%").out());
    }

    @Test
    void whatIsWrongIsToldAndNothingIsWritten() {
        assertRefused(
                "has no key result 'selfservice' (did you mean \"self-service\"?); it has self-service,",
                "selfservice",
                "38%");
        assertRefused("is a share such as 38%; found \"0.38\", which could mean 0.38% or 38%", "self-service", "0.38");
        assertRefused("is a duration such as PT4M or PT90S; found \"6.5\"", "first-answer", "6.5");
        assertRefused("is a number such as 7 or -2.5; found \"two\"", "serious-complaints", "two");
        assertRefused("--confidence is 0% to 100%, such as 80%; found \"0.8\"", "-c", "0.8", "self-service", "38%");
        assertRefused("--confidence is 0% to 100%, such as 80%; found \"120%\"", "-c", "120%", "self-service", "38%");
        assertRefused("--source says who or what found the value", "-s", " ", "self-service", "38%");
    }

    @Test
    void theReportReadsTheLog() throws IOException {
        checkIn("self-service", "36%");
        Cli.Run run = Cli.run("okr", "-p", plan(), "-l", log(), "--as-of", "2026-02-14");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("30.0 % → 36.0 % of 45.0 %"), run.out());
        assertTrue(Cli.run("okr", "-p", plan(), "--as-of", "2026-02-14").err().contains("nothing to measure by"));
        assertEquals(
                3,
                Cli.run("okr", "-p", plan(), "-l", "no.jsonl", "--as-of", "2026-02-14")
                        .code());
        Files.writeString(log(), "TODO\n");
        Cli.Run wrong = Cli.run("okr", "-p", plan(), "-l", log(), "--as-of", "2026-02-14");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("check-ins.jsonl:1:1"), wrong.err());
    }

    @Test
    void aKeyResultThatAKpiMeasuresTakesNoCheckIn() throws IOException {
        Cli.copySample(folder.resolve(Files.createDirectory(folder.resolve("sample"))));
        Cli.Run run = Cli.run("check-in", "-p", folder.resolve("sample/plan.json"), "-l", log(), "promoters", "20");
        assertEquals(2, run.code());
        assertTrue(
                run.err()
                        .contains(
                                "'promoters' is measured by a KPI, so a value would not count; say --confidence or --note"),
                run.err());
    }

    @Test
    void doneMilestonesAndMoneyHaveTheirOwnWords() throws IOException {
        Files.writeString(
                plan(),
                Files.readString(plan())
                        .replace("{\"atMost\": 3, \"from\": 12}", "\"done\"")
                        .replace(
                                "{\"decrease\": {\"from\": \"PT8M\", \"to\": \"PT5M\"}}",
                                "{\"milestones\": [{\"id\": \"a\", \"title\": \"A\"}]}")
                        .replace("{\"checkIns\": \"duration\"}", "\"checkIns\"")
                        .replace(
                                "{\"increase\": {\"from\": \"30%\", \"to\": \"45%\"}}",
                                "{\"increase\": {\"from\": {\"amount\": 1, \"currency\": \"EUR\"}, \"to\": {\"amount\": 20, \"currency\": \"EUR\"}}}")
                        .replace("{\"checkIns\": \"share\"}", "{\"checkIns\": \"money EUR\"}"));
        assertTrue(checkIn("serious-complaints", "done").out().contains(": done (added"));
        assertTrue(checkIn("serious-complaints", "not done").out().contains(": not done (added"));
        assertTrue(checkIn("first-answer", "40%").out().contains(": 40.0 % (added"));
        assertTrue(checkIn("self-service", "12.50 EUR").out().contains(": 12.50 EUR (added"));
        Cli.Run run = checkIn("self-service", "12.50 SEK");
        assertTrue(run.err().contains("is an amount such as \"12.50 EUR\"; found \"12.50 SEK\""), run.err());
        assertTrue(checkIn("serious-complaints", "1").err().contains("is done or \"not done\"; found \"1\""));
    }

    @Test
    void aDayOutsideTheCycleAndLinesThatAreNoCheckInsAreWarnings() throws IOException {
        Files.writeString(log(), "TODO\n");
        Cli.Run run = Cli.run("check-in", "-p", plan(), "-l", log(), "-d", "2026-04-01", "self-service", "38%");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("warning: 2026-04-01 is outside the cycle 2026-01-01 to 2026-03-31"), run.err());
        assertTrue(
                run.err().contains("warning: check-ins.jsonl:1:1 (document): found text that is not JSON"), run.err());
    }
}
