package io.cxmetrics.cli;

import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Row;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.journey.DriverAnalysis;
import io.cxmetrics.journey.Drivers;
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
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.okr.priority.Priorities;
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
            "Example: which touchpoint first, why, whose budget, and what it is worth",
            "",
            "  cxmetrics scorecard -d visits.json -f json -o visits-result.json \\",
            "      visits.csv",
            "  cxmetrics journey -d visits.json --customer visitor --at at \\",
            "      --events visits.csv --answers answers.csv --outcome overall \\",
            "      --worth worth.json --plan shop-plan.json visits-result.json",
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

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "A plan of objectives: shows which touchpoint first, with owner and budget of what is planned there.")
    private @Nullable Path planFile;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description =
                    "A CSV file of customers' answers, a row each: says what goes with the score of the whole. Columns named as"
                            + " touchpoints are the drivers.")
    private @Nullable Path answersFile;

    @Option(
            names = "--outcome",
            paramLabel = "COLUMN",
            description = "The column of --answers with the score of the whole.")
    private @Nullable String outcome;

    @Option(
            names = "--worth",
            paramLabel = "FILE",
            description = "A JSON file that says what a customer is worth, and what is assumed of changes.")
    private @Nullable Path worthFile;

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
        if ((answersFile == null) != (outcome == null)) {
            throw Failure.wrong(
                    "--answers needs --outcome, the column with the score of the whole; and it needs --answers");
        }
        if (resultFiles.isEmpty() && (planFile != null || answersFile != null || worthFile != null)) {
            throw Failure.wrong("--plan, --answers and --worth need results, from which the scores come");
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
        JourneyScores scores = results.isEmpty() ? null : scores(journey, results);
        FunnelResult funnel = null;
        if (scores != null) {
            map = map.with(scores);
            below.append('\n').append(together(journey, scores));
        }
        if (events != null) {
            try {
                funnel = funnel(journey, events);
                map = map.with(funnel);
                below.append("\nWays\n").append(ways(journey, events));
            } catch (IllegalArgumentException e) {
                throw Failure.wrong(definitionsFile + ": journey '" + journey.id() + "': " + e.getMessage());
            }
        }
        if (scores != null && (planFile != null || answersFile != null || worthFile != null)) {
            below.append('\n').append(decision(journey, scores, funnel));
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
        Paths<Row> asked = Paths.over(events.fields())
                .by(Objects.requireNonNull(customer))
                .at(Objects.requireNonNull(at))
                .of(Touchpoint.DIMENSION);
        List<String> fields = events.fields().names();
        asked = fields.contains("channel") ? asked.channel("channel") : asked;
        asked = fields.contains("initiator") ? asked.initiator("initiator") : asked;
        PathsResult paths = asked.compute(events.rows());
        return (paths + "\nPlanned and actual\n" + paths.against(journey))
                .indent(2)
                .replace("  Planned", "Planned");
    }

    /** What goes with the whole, and which touchpoint first. */
    private String decision(Journey journey, JourneyScores scores, @Nullable FunnelResult funnel) {
        StringBuilder text = new StringBuilder();
        Priorities priorities = Priorities.of(scores);
        Path answers = answersFile;
        if (answers != null) {
            DriverAnalysis drivers = drivers(journey, answers);
            text.append("What goes with the whole\n")
                    .append(drivers.toString().indent(2))
                    .append('\n');
            priorities = priorities.importance(drivers);
        }
        priorities = funnel == null ? priorities : priorities.volumes(funnel);
        Path worth = worthFile;
        if (worth != null) {
            priorities = WorthFile.read(worth)
                    .in(
                            priorities,
                            journey.touchpoints().stream().map(Touchpoint::id).toList());
        }
        Path plan = planFile;
        priorities = plan == null ? priorities : priorities.plan(OkrJson.parse(plan.toString(), Json.text(plan)));
        return text.append(priorities.rank()).toString();
    }

    private DriverAnalysis drivers(Journey journey, Path file) {
        InputFile input = InputFile.of(file);
        String whole = Objects.requireNonNull(outcome);
        List<String> needed = new ArrayList<>(List.of(whole));
        journey.touchpoints().forEach(touchpoint -> needed.add(touchpoint.id()));
        try (RowSource source = input.open(StandardCharsets.UTF_8, ',', needed, bytes -> {})) {
            List<String> header = source.header();
            if (!header.contains(whole)) {
                throw Failure.wrong(input.name() + ":1: there is no column \"" + whole + "\", only " + header
                        + DidYouMean.suffix(whole, header));
            }
            Fields<Row> fields = Fields.of(Row.class).number(whole, row -> number(row, header.indexOf(whole)));
            List<String> named = new ArrayList<>();
            for (Touchpoint touchpoint : journey.touchpoints()) {
                int column = header.indexOf(touchpoint.id());
                if (column >= 0 && !touchpoint.id().equals(whole)) {
                    fields = fields.number(touchpoint.id(), row -> number(row, column));
                    named.add(touchpoint.id());
                }
            }
            if (named.isEmpty()) {
                throw Failure.wrong(input.name() + ":1: no column is named as a touchpoint of journey '" + journey.id()
                        + "'; found " + header);
            }
            Drivers<Row> drivers = Drivers.over(fields).outcome(whole, Field.number(whole));
            for (String name : named) {
                drivers = drivers.driver(name, Field.number(name));
            }
            List<Row> read = new ArrayList<>();
            long[] broken = new long[1];
            source.read(1, () -> new RowSource.Taker() {
                @Override
                public void rows(RowBlock rows) {
                    read.addAll(rows);
                }

                @Override
                public void broken(long line, String found, String reason) {
                    broken[0]++;
                }
            });
            if (broken[0] > 0) {
                terminal.say(input.name() + ": " + broken[0] + " broken lines left out");
            }
            return drivers.compute(read);
        } catch (IOException e) {
            throw Failure.unreadable(input.name() + ": cannot be read: " + e.getMessage());
        }
    }

    private static @Nullable Double number(Row row, int column) {
        String cell = row.cell(column);
        if (cell == null || cell.isBlank()) {
            return null;
        }
        try {
            return Double.valueOf(cell.strip());
        } catch (NumberFormatException e) {
            throw Failure.wrong(
                    row.source() + ":" + row.line() + ": found \"" + cell + "\"; expected a number or nothing");
        }
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
