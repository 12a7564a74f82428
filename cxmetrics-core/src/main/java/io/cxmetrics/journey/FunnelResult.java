package io.cxmetrics.journey;

import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.scorecard.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Funnel} came to. Immutable and thread-safe; holds no customers.
 *
 * @param shape what was asked
 * @param steps the steps over all customers who began
 * @param segments the steps for each segment; empty if none were asked for
 * @param events all events read
 * @param missing events whose customer or time is missing
 * @param rejected events whose customer or time is an error
 * @since 0.1
 */
public record FunnelResult(
        Shape shape,
        List<FunnelStep> steps,
        SortedMap<Label, List<FunnelStep>> segments,
        long events,
        long missing,
        long rejected) {

    /**
     * What two results must have in common to merge.
     *
     * @param steps the names of the steps
     * @param order what may lie between them
     * @param window how long after the first the last may be, or null for any time
     * @param segment the field of the segments, or null
     */
    public record Shape(
            List<String> steps,
            Funnel.Order order,
            @Nullable Duration window,
            @Nullable String segment) {
        /** Copies the list. */
        public Shape {
            steps = List.copyOf(steps);
        }
    }

    /** Copies the collections. */
    public FunnelResult {
        steps = List.copyOf(steps);
        segments = Collections.unmodifiableSortedMap(new TreeMap<>(segments));
    }

    /**
     * The result over the customers of both. A customer with events in both would be counted twice: split the events by
     * customer, not by time.
     *
     * @param other a result of the same funnel over other customers
     * @return the merged result
     * @throws IllegalArgumentException if the funnels differ
     */
    public FunnelResult merge(FunnelResult other) {
        if (!shape.equals(other.shape)) {
            throw new IllegalArgumentException(
                    "results of different funnels do not merge: " + shape + " and " + other.shape);
        }
        SortedMap<Label, List<FunnelStep>> all = new TreeMap<>(segments);
        other.segments.forEach((label, own) -> all.merge(label, own, FunnelResult::merged));
        return new FunnelResult(
                shape,
                merged(steps, other.steps),
                all,
                Math.addExact(events, other.events),
                Math.addExact(missing, other.missing),
                Math.addExact(rejected, other.rejected));
    }

    private static List<FunnelStep> merged(List<FunnelStep> one, List<FunnelStep> other) {
        List<FunnelStep> both = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            both.add(one.get(i).merge(other.get(i)));
        }
        return both;
    }

    /**
     * A step by its name.
     *
     * @param name the name
     * @return the step over all customers
     * @throws IllegalArgumentException if there is none
     */
    public FunnelStep step(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the funnel of " + shape.steps() + " has no step '"
                        + name + "'" + DidYouMean.suffix(name, shape.steps())));
    }

    /** A line for each step, then each segment's way through. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int width = steps.stream().mapToInt(step -> step.name().length()).max().orElse(0);
        int digits =
                steps.isEmpty() ? 1 : String.valueOf(steps.get(0).reached()).length();
        for (int i = 0; i < steps.size(); i++) {
            FunnelStep step = steps.get(i);
            text.append(String.format(Locale.ROOT, "%-" + width + "s  %" + digits + "d", step.name(), step.reached()));
            if (i > 0 && step.ofPrevious().value().isPresent()) {
                text.append("  ")
                        .append(Unit.SHARE.format(
                                step.ofPrevious().value().getAsDouble(),
                                step.ofPrevious().interval(),
                                Locale.ROOT))
                        .append(" of ")
                        .append(steps.get(i - 1).name())
                        .append(", ")
                        .append(Unit.SHARE.format(step.ofFirst().value().orElseThrow(), Locale.ROOT))
                        .append(" of all");
                step.medianTime()
                        .value()
                        .ifPresent(time -> text.append("; after ")
                                .append(Unit.SECONDS.format(time, Locale.ROOT))
                                .append(" (median), ")
                                .append(Unit.SECONDS.format(
                                        step.meanTime().value().orElseThrow(), Locale.ROOT))
                                .append(" (mean)"));
            }
            text.append('\n');
        }
        segments.forEach((label, own) -> text.append(label)
                .append(": ")
                .append(own.stream().map(step -> String.valueOf(step.reached())).collect(Collectors.joining(" → ")))
                .append('\n'));
        text.append(events).append(" events");
        if (missing > 0) {
            text.append(", ").append(missing).append(" without customer or time");
        }
        if (rejected > 0) {
            text.append(", ").append(rejected).append(" with a bad customer or time");
        }
        return text.toString();
    }
}
