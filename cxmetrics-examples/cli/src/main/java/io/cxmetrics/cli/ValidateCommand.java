package io.cxmetrics.cli;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Problem;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.okr.Lint;
import io.cxmetrics.okr.Warning;
import io.cxmetrics.okr.json.OkrJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks JSON files. */
@Command(
        name = "validate",
        description = "Checks definitions, plans and stored results, and says everything that is wrong with them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "",
            "  cxmetrics validate calls.json plan.json",
        })
final class ValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "JSON files; what each is follows from what it contains.")
    private List<Path> files = List.of();

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int worst = Main.OK;
        for (Path file : files) {
            worst = Math.max(worst, check(file));
        }
        return worst;
    }

    private int check(Path file) {
        try {
            LocatedJson json = Json.read(file);
            Map<String, LocatedJson> members = json.members();
            String kind;
            List<Warning> warnings = List.of();
            // By the journeys as well, so that a misspelt "objectives" is told as such; definitions have them too.
            if (members.containsKey("objectives")
                    || (members.containsKey("journeys")
                            && Stream.of("cells", "source", "scorecard").noneMatch(members::containsKey))) {
                warnings = Lint.check(OkrJson.parse(file.toString(), Json.text(file)));
                kind = "plan";
            } else if (members.containsKey("cells")) {
                ResultJson.read(json);
                kind = "results";
            } else if (members.containsKey("kpis")) {
                DefinitionsFile.read(file);
                kind = "definitions";
            } else {
                throw new JsonProblemsException(List.of(new Problem(
                        json.source(),
                        json.line(),
                        json.column(),
                        json.pointer(),
                        members.isEmpty() ? json.describe() : "an object with " + members.keySet(),
                        "definitions (with \"kpis\"), a plan (with \"objectives\") or results (with \"cells\")")));
            }
            terminal.out().println(Terminal.printableLine(file + ": ok (" + kind + ")"));
            warnings.forEach(w -> terminal.out()
                    .println(Terminal.printableLine(file + ": warning " + w.code() + ": " + w.message())));
            return Main.OK;
        } catch (JsonProblemsException e) {
            e.problems().forEach(p -> terminal.out().println(Terminal.printableLine(p.toString())));
            return Main.WRONG_USE;
        } catch (Failure e) {
            terminal.say(e.text());
            return e.code();
        }
    }
}
