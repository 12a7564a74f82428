package io.cxmetrics.journey;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A journey to read or to draw: its stages and touchpoints in their order, with scores and with how many customers go on, as
 * text, as Mermaid or as DOT (Graphviz). What is not known is said or left out, never drawn as 0. Immutable and thread-safe.
 *
 * <p>Steps of the funnel are those touchpoints whose ids they bear; other steps are not shown.
 *
 * <pre>{@code
 * JourneyMap.of(journey).with(scores).with(funnel).toMermaid()
 * }</pre>
 *
 * @since 0.1
 */
public final class JourneyMap {
    private static final double LEVEL = 0.95;

    private final Journey journey;
    private final @Nullable JourneyScores scores;
    private final @Nullable FunnelResult funnel;

    private JourneyMap(Journey journey, @Nullable JourneyScores scores, @Nullable FunnelResult funnel) {
        this.journey = journey;
        this.scores = scores;
        this.funnel = funnel;
    }

    /**
     * A map of a journey as it is planned.
     *
     * @param journey the journey
     * @return the map
     */
    public static JourneyMap of(Journey journey) {
        return new JourneyMap(journey, null, null);
    }

    /**
     * This map with scores.
     *
     * @param newScores the scores of the same journey
     * @return the map
     * @throws IllegalArgumentException if they are of another journey
     */
    public JourneyMap with(JourneyScores newScores) {
        if (!newScores.journey().equals(journey)) {
            throw new IllegalArgumentException("the scores are of journey '"
                    + newScores.journey().id() + "', the map is of '" + journey.id() + "' as it was given");
        }
        return new JourneyMap(journey, newScores, funnel);
    }

    /**
     * This map with how many customers come along.
     *
     * @param newFunnel a funnel whose steps are named after touchpoints
     * @return the map
     * @throws IllegalArgumentException if no step is named after a touchpoint
     */
    public JourneyMap with(FunnelResult newFunnel) {
        if (newFunnel.steps().stream()
                .noneMatch(step -> journey.touchpoint(step.name()).isPresent())) {
            throw new IllegalArgumentException(
                    "no step of the funnel " + newFunnel.shape().steps()
                            + " is named after a touchpoint of '" + journey.id() + "': "
                            + journey.touchpoints().stream().map(Touchpoint::id).toList());
        }
        return new JourneyMap(journey, scores, newFunnel);
    }

    /** Touchpoints under the name of their stage; of a journey without stages all under none. */
    private record Group(@Nullable Stage stage, List<Touchpoint> touchpoints) {}

    private List<Group> groups() {
        if (journey.stages().isEmpty()) {
            return List.of(new Group(null, journey.touchpoints()));
        }
        return journey.stages().stream()
                .map(stage -> new Group(
                        stage,
                        stage.touchpoints().stream()
                                .map(id -> journey.touchpoint(id).orElseThrow())
                                .toList()))
                .toList();
    }

    /** The touchpoints as they are drawn: along the stages. */
    private List<Touchpoint> inOrder() {
        return groups().stream().flatMap(group -> group.touchpoints().stream()).toList();
    }

    private Optional<FunnelStep> step(Touchpoint touchpoint) {
        return funnel == null
                ? Optional.empty()
                : funnel.steps().stream()
                        .filter(step -> step.name().equals(touchpoint.id()))
                        .findFirst();
    }

    /** The step to which customers go on from one touchpoint to the next, if the funnel has the one right after the other. */
    private Optional<FunnelStep> onward(Touchpoint from, Touchpoint to) {
        FunnelResult known = funnel;
        if (known == null) {
            return Optional.empty();
        }
        List<String> names = known.shape().steps();
        int index = names.indexOf(to.id());
        return index > 0 && names.get(index - 1).equals(from.id())
                ? Optional.of(known.steps().get(index))
                        .filter(step -> step.ofPrevious().value().isPresent())
                : Optional.empty();
    }

    private static String score(PlaceScore score) {
        OptionalDouble value = score.value();
        return value.isEmpty()
                ? "no score: " + String.join("; ", score.missing())
                : "score " + Unit.POINTS.format(value.getAsDouble(), score.interval(LEVEL), Locale.ROOT) + ", n = "
                        + score.n();
    }

    /**
     * The journey as lines of text.
     *
     * @return the journey with its owner and own score; for each touchpoint channel, initiator, owner and score, with {@code !} at
     *     moments of truth; between touchpoints who goes on
     */
    public String toText() {
        JourneyScores known = scores;
        StringBuilder text = new StringBuilder(journey.name());
        append(text, " (", journey.owner(), ")");
        if (known != null && !journey.kpis().isEmpty()) {
            text.append(": ").append(score(known.own()));
        }
        text.append('\n');
        Touchpoint before = null;
        for (Group group : groups()) {
            Stage stage = group.stage();
            StringBuilder heading = new StringBuilder();
            if (stage != null) {
                heading.append("[").append(stage.name()).append("]");
                append(heading, " ", stage.owner(), "");
                if (known != null && !stage.kpis().isEmpty()) {
                    known.stages().stream()
                            .filter(s -> s.id().equals(stage.id()))
                            .findFirst()
                            .ifPresent(s -> heading.append(": ").append(score(s)));
                }
                heading.append('\n');
            }
            for (Touchpoint touchpoint : group.touchpoints()) {
                if (before != null) {
                    onward(before, touchpoint).ifPresent(step -> {
                        text.append("      ↓ ")
                                .append(Unit.SHARE.format(
                                        step.ofPrevious().value().orElseThrow(),
                                        step.ofPrevious().interval(),
                                        Locale.ROOT))
                                .append(" go on, ")
                                .append(step.dropOff().hits())
                                .append(" are lost");
                        step.medianTime()
                                .value()
                                .ifPresent(
                                        time -> text.append("; after ").append(Unit.SECONDS.format(time, Locale.ROOT)));
                        text.append('\n');
                    });
                }
                text.append(heading);
                heading.setLength(0);
                text.append(touchpoint.momentOfTruth() ? "  ! " : "  - ").append(touchpoint.name());
                List<String> facts = new ArrayList<>();
                add(facts, touchpoint.channel());
                add(facts, touchpoint.initiator() == null ? null : begunBy(touchpoint.initiator()));
                add(facts, touchpoint.owner());
                if (!facts.isEmpty()) {
                    text.append(" (").append(String.join(", ", facts)).append(")");
                }
                List<String> figures = new ArrayList<>();
                step(touchpoint).ifPresent(step -> figures.add(step.reached() + " customers"));
                if (known != null) {
                    figures.add(score(known.touchpoint(touchpoint.id())));
                }
                text.append(figures.isEmpty() ? "" : ": " + String.join(", ", figures))
                        .append('\n');
                before = touchpoint;
            }
        }
        return text.toString();
    }

    private static String begunBy(Initiator initiator) {
        return initiator == Initiator.CUSTOMER ? "begun by the customer" : "begun by the company";
    }

    private static void append(StringBuilder text, String before, @Nullable String what, String after) {
        if (what != null) {
            text.append(before).append(what).append(after);
        }
    }

    private static void add(List<String> facts, @Nullable String fact) {
        if (fact != null) {
            facts.add(fact);
        }
    }

    /** The lines of a box: name, score with interval, customers. */
    private List<String> box(Touchpoint touchpoint) {
        List<String> lines = new ArrayList<>();
        lines.add(touchpoint.name());
        if (scores != null) {
            PlaceScore score = scores.touchpoint(touchpoint.id());
            Interval interval = score.interval(LEVEL);
            lines.add(
                    score.value().isEmpty()
                            ? "no score"
                            : Unit.POINTS.format(score.value().getAsDouble(), Locale.ROOT)
                                    + (interval.isBounded()
                                            ? " (" + Unit.POINTS.format(interval.low(), Locale.ROOT) + "…"
                                                    + Unit.POINTS.format(interval.high(), Locale.ROOT) + ")"
                                            : ""));
        }
        step(touchpoint).ifPresent(step -> lines.add(step.reached() + " customers"));
        return lines;
    }

    private String edge(Touchpoint from, Touchpoint to) {
        return onward(from, to)
                .map(step -> Unit.SHARE.format(step.ofPrevious().value().orElseThrow(), Locale.ROOT) + " go on")
                .orElse("");
    }

    /**
     * The journey as a Mermaid flowchart, which many wikis and repositories draw.
     *
     * @return the text of the flowchart; moments of truth have a thick border
     */
    public String toMermaid() {
        List<Touchpoint> order = inOrder();
        StringBuilder text = new StringBuilder("flowchart LR\n");
        int groupNumber = 0;
        for (Group group : groups()) {
            String indent = group.stage() == null ? "  " : "    ";
            if (group.stage() != null) {
                text.append("  subgraph s")
                        .append(++groupNumber)
                        .append("[\"")
                        .append(mermaid(group.stage().name()))
                        .append("\"]\n");
            }
            for (Touchpoint touchpoint : group.touchpoints()) {
                text.append(indent)
                        .append('t')
                        .append(order.indexOf(touchpoint) + 1)
                        .append("[\"")
                        .append(String.join(
                                "<br/>",
                                box(touchpoint).stream()
                                        .map(JourneyMap::mermaid)
                                        .toList()))
                        .append("\"]\n");
            }
            text.append(group.stage() == null ? "" : "  end\n");
        }
        for (int i = 1; i < order.size(); i++) {
            String label = edge(order.get(i - 1), order.get(i));
            text.append("  t")
                    .append(i)
                    .append(label.isEmpty() ? " --> t" : " -->|\"" + label + "\"| t")
                    .append(i + 1)
                    .append('\n');
        }
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i).momentOfTruth()) {
                text.append("  style t").append(i + 1).append(" stroke-width:4px\n");
            }
        }
        return text.toString();
    }

    private static String mermaid(String text) {
        return text.replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replace("`", "#96;")
                .replaceAll("\\R", " ");
    }

    /**
     * The journey as a graph in DOT, the language of Graphviz.
     *
     * @return the text of the graph; moments of truth have a thick border
     */
    public String toDot() {
        List<Touchpoint> order = inOrder();
        StringBuilder text = new StringBuilder("digraph ")
                .append(dot(journey.id()))
                .append(" {\n  rankdir=LR;\n  label=")
                .append(dot(journey.name()))
                .append(";\n  node [shape=box];\n");
        int groupNumber = 0;
        for (Group group : groups()) {
            String indent = group.stage() == null ? "  " : "    ";
            if (group.stage() != null) {
                text.append("  subgraph cluster_")
                        .append(++groupNumber)
                        .append(" {\n    label=")
                        .append(dot(group.stage().name()))
                        .append(";\n");
            }
            for (Touchpoint touchpoint : group.touchpoints()) {
                text.append(indent)
                        .append('t')
                        .append(order.indexOf(touchpoint) + 1)
                        .append(" [label=")
                        .append(dot(String.join("\n", box(touchpoint))))
                        .append(touchpoint.momentOfTruth() ? ", penwidth=3" : "")
                        .append("];\n");
            }
            text.append(group.stage() == null ? "" : "  }\n");
        }
        for (int i = 1; i < order.size(); i++) {
            String label = edge(order.get(i - 1), order.get(i));
            text.append("  t")
                    .append(i)
                    .append(" -> t")
                    .append(i + 1)
                    .append(label.isEmpty() ? "" : " [label=" + dot(label) + "]")
                    .append(";\n");
        }
        return text.append("}\n").toString();
    }

    private static String dot(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", "\\\\n") + "\"";
    }

    /** The {@linkplain #toText text}. */
    @Override
    public String toString() {
        return toText();
    }
}
