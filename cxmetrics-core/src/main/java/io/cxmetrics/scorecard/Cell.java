package io.cxmetrics.scorecard;

import io.cxmetrics.time.Period;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a scorecard: a period and a label for each dimension. Immutable and thread-safe; ordered by period, then by
 * labels; cells without a period come last.
 *
 * @param period the period; null if the scorecard has none, or if the time of the rows is missing or rejected
 * @param labels one label for each dimension of the scorecard
 * @since 0.1
 */
public record Cell(@Nullable Period period, List<Label> labels) implements Comparable<Cell> {
    private static final Comparator<@Nullable Period> BY_PERIOD = Comparator.nullsLast(Comparator.naturalOrder());

    /** Copies the labels. */
    public Cell {
        labels = List.copyOf(labels);
    }

    /**
     * A cell whose dimensions all have values.
     *
     * @param period the period, or null
     * @param labels one text for each dimension
     * @return the cell
     */
    public static Cell of(@Nullable Period period, String... labels) {
        return new Cell(period, Arrays.stream(labels).map(Label::of).toList());
    }

    @Override
    public int compareTo(Cell other) {
        int order = BY_PERIOD.compare(period, other.period);
        for (int i = 0; order == 0 && i < Math.min(labels.size(), other.labels.size()); i++) {
            order = labels.get(i).compareTo(other.labels.get(i));
        }
        return order != 0 ? order : Integer.compare(labels.size(), other.labels.size());
    }

    /** Such as {@code 2026-W07 chat}. */
    @Override
    public String toString() {
        String shown = Stream.concat(Stream.ofNullable(period), labels.stream())
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        return shown.isEmpty() ? "all" : shown;
    }
}
