package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliJourneyTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copiesTheSample() throws IOException {
        Cli.copySample(folder);
    }

    private Path result(String name, String by, String... files) {
        Path result = folder.resolve(name);
        Object[] arguments = new Object[files.length + 9];
        System.arraycopy(
                new Object[] {"scorecard", "-d", folder.resolve("calls.json"), "-f", "json", "-o", result, "--by", by},
                0,
                arguments,
                0,
                9);
        for (int i = 0; i < files.length; i++) {
            arguments[9 + i] = folder.resolve(files[i]);
        }
        Cli.Run run = Cli.run(arguments);
        assertEquals(0, run.code(), run.err());
        return result;
    }

    private Cli.Run journey(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        System.arraycopy(new Object[] {"journey", "-d", folder.resolve("calls.json")}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Cli.run(all);
    }

    @Test
    void resultsOfSeveralFilesAreMerged() {
        Cli.Run one = journey(result("both.json", "channel", "calls.csv", "chats.jsonl"));
        Cli.Run two = journey(result("a.json", "channel", "calls.csv"), result("b.json", "channel", "chats.jsonl"));
        assertEquals(0, one.code(), one.err());
        assertTrue(one.out().contains("  ! Phone call (phone, begun by the customer): score "), one.out());
        assertTrue(one.out().contains("  - Call back (phone, begun by the company): no score: no KPI is attached"));
        assertTrue(one.out().contains("2 of 3 touchpoints"), one.out());
        assertEquals(one, two);
    }

    @Test
    void formatsForDrawingBeginAsTheirLanguagesDo() {
        Path result = result("r.json", "channel", "calls.csv");
        assertTrue(journey("-f", "mermaid", result).out().startsWith("flowchart LR\n  t1[\"Chat<br/>no score\"]\n"));
        assertTrue(journey("-f", "DOT", result).out().startsWith("digraph \"getting-help\" {\n"));
    }

    @Test
    void aDimensionThatTheResultsLackIsToldWithAWayOut() {
        Cli.Run run = journey(result("r.json", "answered", "calls.csv"));
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(
                run.err()
                        .contains(
                                "calls.json: journey 'getting-help': touchpoint 'chat': the result of 'service-level' has no"
                                        + " dimension 'channel', only [answered]"),
                run.err());
        assertTrue(run.err().contains("--by FIELD,… names the dimensions"), run.err());
    }

    @Test
    void aJourneyIsChosenByItsId() throws IOException {
        Path result = result("r.json", "channel", "calls.csv");
        assertEquals(0, journey("--journey", "getting-help", result).code());
        Cli.Run unknown = journey("--journey", "geting-help", result);
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("(did you mean \"getting-help\"?)"), unknown.err());
        Path definitions = folder.resolve("calls.json");
        String text = Files.readString(definitions);
        Files.writeString(definitions, text.substring(0, text.indexOf(",\n  \"journeys\"")) + "\n}\n");
        assertTrue(journey(result).err().contains("there are no journeys"));
    }

    private Cli.Run visits(Object... arguments) {
        Object[] all = new Object[arguments.length + 5];
        System.arraycopy(
                new Object[] {"journey", "-d", folder.resolve("visits.json"), "--events", folder.resolve("visits.csv")},
                0,
                all,
                0,
                5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return Cli.run(all);
    }

    @Test
    void eventsShowHowFarCustomersCome() {
        Cli.Run run = visits("--customer", "visitor", "--at", "at");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("  - Browsing: 60 customers\n"), run.out());
        assertTrue(run.out().contains(" go on, "), run.out());
        assertTrue(run.out().contains("not planned: help, "), run.out());
        String some = visits("--customer", "visitor", "--at", "at", "--steps", "cart,payment", "--within", "PT1S")
                .out();
        assertTrue(some.contains("  ! Payment: 0 customers\n"), some);
    }

    @Test
    void eventsNeedAKnownCustomerTimeAndSteps() {
        assertTrue(visits("--at", "at").err().contains("--events needs --customer and --at"));
        Cli.Run unknown = visits("--customer", "vistor", "--at", "at");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("did you mean"), unknown.err());
        Cli.Run step = visits("--customer", "visitor", "--at", "at", "--steps", "cart,paiment");
        assertEquals(2, step.code());
        assertTrue(step.err().contains("(did you mean \"payment\"?)"), step.err());
        assertEquals(2, journey().code());
        assertTrue(journey().err().contains("nothing to show: give results, --events, or both"));
    }

    @Test
    void definitionsWithJourneysAreValidatedAsDefinitions() throws IOException {
        Path definitions = folder.resolve("calls.json");
        assertTrue(Cli.run("validate", definitions).out().endsWith("calls.json: ok (definitions)\n"));
        Files.writeString(
                definitions, Files.readString(definitions).replaceFirst("\"kpi\": \"nps\"", "\"kpi\": \"npss\""));
        Cli.Run run = Cli.run("validate", definitions);
        assertEquals(2, run.code());
        assertTrue(
                run.out().contains("/journeys/0/touchpoints/0/kpis/1/kpi: found \"npss\"; expected a KPI, one of"),
                run.out());
    }

    private Cli.Run decided(Object... arguments) {
        Path result = folder.resolve("visits-result.json");
        Cli.run(
                "scorecard",
                "-d",
                folder.resolve("visits.json"),
                "-f",
                "json",
                "-o",
                result,
                folder.resolve("visits.csv"));
        Object[] all = new Object[arguments.length + 5];
        System.arraycopy(new Object[] {"--customer", "visitor", "--at", "at", result}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return visits(all);
    }

    @Test
    void thePlanTheAnswersAndTheWorthSayWhichTouchpointFirst() {
        Cli.Run run = decided(
                "--plan",
                folder.resolve("shop-plan.json"),
                "--answers",
                folder.resolve("answers.csv"),
                "--outcome",
                "overall",
                "--worth",
                folder.resolve("worth.json"));
        assertEquals(0, run.code(), run.err());
        for (String expected : List.of(
                "What goes with the whole\n",
                "n = 79, 1 incomplete",
                "by importance × gap × volume × worth, in percent of the first\n\n1. ! Payment: 100, stays first in ",
                "24 customers come to it.",
                "Planned: A shorter payment page (Eero; 12000 EUR).",
                "Objective: Paying is easy (Sanna).",
                "in 365 days after an investment of 12000 EUR: ROI ")) {
            assertTrue(run.out().contains(expected), () -> expected + " is not in\n" + run.out());
        }
        String alone = decided("--plan", folder.resolve("shop-plan.json")).out();
        assertTrue(alone.contains("The importance does not count, because nobody said"), alone);
    }

    @Test
    void whatTheDecisionNeedsIsAskedForAndLocated() throws IOException {
        assertTrue(decided("--outcome", "overall").err().contains("--answers needs --outcome"));
        Cli.Run outcome = decided("--answers", folder.resolve("answers.csv"), "--outcome", "overal");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("(did you mean \"overall\"?)"), outcome.err());
        Path worth = folder.resolve("worth.json");
        Files.writeString(worth, Files.readString(worth).replace("\"likely\": 3000", "\"likely\": 300"));
        Cli.Run wrong = decided("--worth", worth);
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("worth.json:9:24 /changes/0/moreCustomers: found "), wrong.err());
        Path answers = folder.resolve("answers.csv");
        Files.writeString(answers, "cart,overall\n4,7\nmany,8\n");
        Cli.Run text = decided("--answers", answers, "--outcome", "overall");
        assertEquals(2, text.code());
        assertTrue(text.err().contains("answers.csv:3: found \"many\"; expected a number or nothing"), text.err());
        Cli.Run bare = visits("--customer", "visitor", "--at", "at", "--worth", worth);
        assertTrue(bare.err().contains("--plan, --answers and --worth need results"), bare.err());
    }
}
