package io.cxmetrics.cli;

import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Row;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.journey.Funnel;
import io.cxmetrics.journey.FunnelResult;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.JourneyMap;
import io.cxmetrics.journey.JourneyScores;
import io.cxmetrics.journey.Paths;
import io.cxmetrics.journey.PathsResult;
import io.cxmetrics.journey.RollUp;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.source.RowSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how the places of a journey do, and how far customers come along them. */
@Command(
        name = "journey",
        description = "Shows how well each touchpoint of a journey does, and how far customers come.",
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
            "",
            "Example: how far customers come along the touchpoints, from their events",
            "",
            "  cxmetrics journey -d visits.json --customer visitor --at at \\",
            "      --events visits.csv",
            "",
            "All events are held in memory until the journey is shown.",
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

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description =
                    "A file of events (.csv, .jsonl, .ndjson, perhaps .gz) that says how far customers come. The source of the"
                            + " definitions says which columns are the customer, the time and the field 'touchpoint'.")
    private @Nullable Path eventsFile;

    @Option(names = "--customer", paramLabel = "FIELD", description = "The field that says whose event it is.")
    private @Nullable String customer;

    @Option(names = "--at", paramLabel = "FIELD", description = "The field that says when it was.")
    private @Nullable String at;

    @Option(
            names = "--steps",
            paramLabel = "ID",
            split = ",",
            description = "The touchpoints that are steps, in their order; by default all of the journey.")
    private @Nullable List<String> steps;

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            description = "How long after the first step the last may be, such as PT1H; by default any time.")
    private @Nullable Duration within;

    @Parameters(
            arity = "0..*",
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
        Path file = eventsFile;
        if (file == null && resultFiles.isEmpty()) {
            throw Failure.wrong("nothing to show: give results, --events, or both");
        }
        if ((file != null) != (customer != null && at != null)) {
            throw Failure.wrong(
                    "--events needs --customer and --at, the fields that say whose event it is and when it was;"
                            + " and they need --events");
        }
        try {
            Definitions definitions = DefinitionsFile.read(definitionsFile);
            List<Journey> journeys = journeys(definitions);
            List<ScorecardResult> results = results();
            Events events = file == null ? null : events(definitions, file);
            for (int i = 0; i < journeys.size(); i++) {
                String separator = i > 0 ? "\n" : "";
                terminal.out().print(separator + Terminal.printable(shown(journeys.get(i), results, events)));
            }
            return Main.OK;
        } catch (JsonProblemsException e) {
            throw Failure.wrong(String.valueOf(e.getMessage()));
        }
    }

    private List<Journey> journeys(Definitions definitions) {
        List<Journey> all = definitions.journeys();
        if (all.isEmpty()) {
            throw Failure.wrong(
                    definitionsFile + ": there are no journeys; expected \"journeys\" beside \"kpis\", such as"
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

    /** Events and how they supply fields. */
    private record Events(Fields<Row> fields, List<Row> rows) {}

    private Events events(Definitions definitions, Path file) {
        InputFile input = InputFile.of(file);
        try (RowSource source =
                input.open(StandardCharsets.UTF_8, ',', DefinitionsFile.columns(definitions), bytes -> {})) {
            Events events = new Events(supplied(definitions, input, source.header()), new ArrayList<>());
            long[] broken = new long[1];
            source.read(1, () -> new RowSource.Taker() {
                @Override
                public void rows(RowBlock rows) {
                    events.rows().addAll(rows);
                }

                @Override
                public void broken(long line, String found, String reason) {
                    broken[0]++;
                }
            });
            if (broken[0] > 0) {
                terminal.say(input.name() + ": " + broken[0] + " broken lines left out");
            }
            return events;
        } catch (IOException e) {
            throw Failure.unreadable(input.name() + ": cannot be read: " + e.getMessage());
        }
    }

    private static Fields<Row> supplied(Definitions definitions, InputFile input, List<String> header) {
        try {
            return definitions.mapping().fields(header);
        } catch (IllegalArgumentException e) {
            throw Failure.wrong(input.name() + ":1: " + e.getMessage());
        }
    }

    private String shown(Journey journey, List<ScorecardResult> results, @Nullable Events events) {
        JourneyMap map = JourneyMap.of(journey);
        StringBuilder below = new StringBuilder();
        if (!results.isEmpty()) {
            JourneyScores scores = scores(journey, results);
            map = map.with(scores);
            below.append('\n').append(together(journey, scores));
        }
        if (events != null) {
            try {
                map = map.with(funnel(journey, events));
                below.append("\nWays\n").append(ways(journey, events));
            } catch (IllegalArgumentException e) {
                throw Failure.wrong(definitionsFile + ": journey '" + journey.id() + "': " + e.getMessage());
            }
        }
        return switch (format) {
            case MERMAID -> map.toMermaid();
            case DOT -> map.toDot();
            case TEXT -> map.toText() + below;
        };
    }

    private JourneyScores scores(Journey journey, List<ScorecardResult> results) {
        try {
            return JourneyScores.of(journey, results);
        } catch (IllegalArgumentException e) {
            throw Failure.wrong(String.valueOf(e.getMessage())
                            .lines()
                            .map(line -> definitionsFile + ": journey '" + journey.id() + "': " + line + "\n")
                            .reduce("", String::concat)
                    + "what results contain is decided by 'cxmetrics scorecard': --by FIELD,… names the dimensions");
        }
    }

    private FunnelResult funnel(Journey journey, Events events) {
        List<String> known = journey.touchpoints().stream().map(Touchpoint::id).toList();
        List<String> ids = steps == null ? known : steps;
        for (String step : ids) {
            if (!known.contains(step)) {
                throw Failure.wrong("--steps " + step + ": journey '" + journey.id() + "' has only " + known
                        + DidYouMean.suffix(step, known));
            }
        }
        if (ids.size() < 2) {
            throw Failure.wrong("--steps: a way has at least two touchpoints; found " + ids);
        }
        Funnel<Row> funnel = Funnel.over(events.fields())
                .by(Objects.requireNonNull(customer))
                .at(Objects.requireNonNull(at))
                .steps(Touchpoint.DIMENSION, ids.toArray(new String[0]));
        Duration window = within;
        return (window == null ? funnel : funnel.within(window)).compute(events.rows());
    }

    private String ways(Journey journey, Events events) {
        PathsResult paths = Paths.over(events.fields())
                .by(Objects.requireNonNull(customer))
                .at(Objects.requireNonNull(at))
                .of(Touchpoint.DIMENSION)
                .compute(events.rows());
        return (paths + "\nPlanned and actual\n" + paths.against(journey))
                .indent(2)
                .replace("  Planned", "Planned");
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
