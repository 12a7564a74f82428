package io.cxmetrics.cli;

import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.JourneyMap;
import io.cxmetrics.journey.JourneyScores;
import io.cxmetrics.journey.RollUp;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.ScorecardResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how the places of a journey do. */
@Command(
        name = "journey",
        description = "Shows how well each touchpoint of a journey does, from stored results.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example: the results of a scorecard, and then the journey with its scores",
            "",
            "  cxmetrics scorecard -d calls.json -f json -o result.json \\",
            "      --by channel calls.csv",
            "  cxmetrics journey -d calls.json result.json",
            "",
            "Scores go from 0 (the \"worst\" of a KPI) to 100 (its \"best\"). What has no",
            "score is named and never counts as 0.",
        })
final class JourneyCommand implements Callable<Integer> {
    private static final double LEVEL = 0.95;

    private final Terminal terminal;

    @Option(
            names = {"-d", "--definitions"},
            required = true,
            paramLabel = "FILE",
            description = "The JSON file with \"journeys\" beside the KPIs.")
    private Path definitionsFile = Path.of("");

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "text (the default), mermaid or dot (to be drawn).")
    private Format format = Format.TEXT;

    @Option(
            names = {"-j", "--journey"},
            paramLabel = "ID",
            description = "Only this journey of the definitions; by default all of them.")
    private @Nullable String id;

    @Parameters(
            arity = "1..*",
            paramLabel = "RESULT",
            description =
                    "Results as written by 'cxmetrics scorecard --format json'. Results of one scorecard over other rows,"
                            + " such as a file for each day, are merged.")
    private List<Path> resultFiles = List.of();

    /** The formats of a journey. */
    enum Format {
        TEXT,
        MERMAID,
        DOT;

        /** As the user writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    JourneyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            List<Journey> journeys = journeys();
            List<ScorecardResult> results = results();
            for (int i = 0; i < journeys.size(); i++) {
                String separator = i > 0 ? "\n" : "";
                terminal.out().print(separator + Terminal.printable(shown(journeys.get(i), results)));
            }
            return Main.OK;
        } catch (JsonProblemsException e) {
            throw Failure.wrong(String.valueOf(e.getMessage()));
        }
    }

    private List<Journey> journeys() {
        List<Journey> all = DefinitionsFile.read(definitionsFile).journeys();
        if (all.isEmpty()) {
            throw Failure.wrong(definitionsFile + ": there are no journeys; expected \"journeys\" beside \"kpis\", such as"
                    + " [{\"id\": \"buying\", \"name\": \"Buying\", \"touchpoints\": [{\"id\": \"cart\", \"name\": \"Cart\"}]}]");
        }
        String wanted = id;
        if (wanted == null) {
            return all;
        }
        List<Journey> one = all.stream().filter(j -> j.id().equals(wanted)).toList();
        if (one.isEmpty()) {
            List<String> ids = all.stream().map(Journey::id).toList();
            throw Failure.wrong("--journey " + wanted + ": " + definitionsFile + " has only the journeys " + ids
                    + DidYouMean.suffix(wanted, ids));
        }
        return one;
    }

    /** The results, those of one scorecard merged. */
    private List<ScorecardResult> results() {
        List<ScorecardResult> results = new ArrayList<>();
        for (Path file : resultFiles) {
            ScorecardResult read = ResultJson.read(Json.read(file));
            int same = 0;
            while (same < results.size() && !results.get(same).shape().equals(read.shape())) {
                same++;
            }
            if (same < results.size()) {
                results.set(same, results.get(same).merge(read));
            } else {
                results.add(read);
            }
        }
        return results;
    }

    private String shown(Journey journey, List<ScorecardResult> results) {
        JourneyScores scores;
        try {
            scores = JourneyScores.of(journey, results);
        } catch (IllegalArgumentException e) {
            throw Failure.wrong(String.valueOf(e.getMessage())
                            .lines()
                            .map(line -> definitionsFile + ": journey '" + journey.id() + "': " + line + "\n")
                            .reduce("", String::concat)
                    + "what results contain is decided by 'cxmetrics scorecard': --by FIELD,… names the dimensions");
        }
        JourneyMap map = JourneyMap.of(journey).with(scores);
        return switch (format) {
            case MERMAID -> map.toMermaid();
            case DOT -> map.toDot();
            case TEXT -> map.toText() + "\n" + together(journey, scores);
        };
    }

    /** The roll-ups and the gap. */
    private static String together(Journey journey, JourneyScores scores) {
        StringBuilder text = new StringBuilder("Touchpoints together\n");
        for (RollUp how : RollUp.values()) {
            if (how != RollUp.WORST_MOMENT_OF_TRUTH
                    || journey.touchpoints().stream().anyMatch(Touchpoint::momentOfTruth)) {
                text.append("  ").append(scores.rollUp(how)).append('\n');
            }
        }
        if (!journey.kpis().isEmpty()) {
            text.append("  ").append(scores.gap(RollUp.WEIGHTED, LEVEL)).append('\n');
        }
        return text.toString();
    }
}
