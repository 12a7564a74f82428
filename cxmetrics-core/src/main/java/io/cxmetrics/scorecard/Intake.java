package io.cxmetrics.scorecard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What went into a scorecard and what was set aside: lines = rows + broken lines; in the rows, rejected values by field and
 * reason. All are counted; the first few by place are kept as samples, the same ones whatever the split. Immutable and
 * thread-safe.
 *
 * @param rows the rows that were read
 * @param brokenLines the lines that could not be read as rows
 * @param rejected the number of values set aside, by field and reason, such as {@code score: expected 0…10}
 * @param samples the first {@value #SAMPLES} values and lines set aside, in the order of their places
 * @param isPartial whether reading ended before its source did, because it was cancelled or refused; stays true in every
 *     merge
 * @since 0.1
 */
public record Intake(
        long rows, long brokenLines, SortedMap<String, Long> rejected, List<Sample> samples, boolean isPartial) {
    /** How many samples are kept. */
    public static final int SAMPLES = 20;

    /** Nothing read. */
    public static final Intake NONE = new Intake(0, 0, new TreeMap<>(), List.of());

    /**
     * One value or line that was set aside.
     *
     * @param source the name of the source
     * @param line the line, or the number of the record
     * @param field the field; empty for a broken line
     * @param found what was found, cut
     * @param reason what was expected
     */
    public record Sample(String source, long line, String field, String found, String reason)
            implements Comparable<Sample> {
        private static final Comparator<Sample> BY_PLACE = Comparator.comparing(Sample::source)
                .thenComparingLong(Sample::line)
                .thenComparing(Sample::field)
                .thenComparing(Sample::reason)
                .thenComparing(Sample::found);

        @Override
        public int compareTo(Sample other) {
            return BY_PLACE.compare(this, other);
        }

        /** Such as {@code answers.csv:17 score "11": expected 0…10}. */
        @Override
        public String toString() {
            String place = source + ":" + line + " ";
            return field.isEmpty() ? place + reason + ": " + found : place + field + " \"" + found + "\": " + reason;
        }
    }

    /**
     * The account of a source that was read to its end.
     *
     * @param rows the rows that were read
     * @param brokenLines the lines that could not be read as rows
     * @param rejected the number of values set aside, by field and reason
     * @param samples the first {@value #SAMPLES} values and lines set aside, in the order of their places
     */
    public Intake(long rows, long brokenLines, SortedMap<String, Long> rejected, List<Sample> samples) {
        this(rows, brokenLines, rejected, samples, false);
    }

    /** Copies the collections. */
    public Intake {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        samples = List.copyOf(samples);
    }

    /**
     * All lines: rows and broken ones.
     *
     * @return the sum
     */
    public long lines() {
        return Math.addExact(rows, brokenLines);
    }

    /**
     * How many values were set aside.
     *
     * @return the sum over all fields and reasons
     */
    public long rejectedValues() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * How much was set aside.
     *
     * @return values and broken lines together
     */
    public long setAside() {
        return Math.addExact(rejectedValues(), brokenLines);
    }

    /**
     * This account, of a reading that ended early.
     *
     * @return the account, partial
     */
    public Intake partial() {
        return isPartial ? this : new Intake(rows, brokenLines, rejected, samples, true);
    }

    /**
     * The intake of two disjoint sets of lines.
     *
     * @param other the other intake
     * @return the sum, with the first samples of both
     */
    public Intake plus(Intake other) {
        SortedMap<String, Long> sums = new TreeMap<>(rejected);
        other.rejected.forEach((key, count) -> sums.merge(key, count, Math::addExact));
        List<Sample> first = new ArrayList<>(samples);
        first.addAll(other.samples);
        Collections.sort(first);
        return new Intake(
                Math.addExact(rows, other.rows),
                Math.addExact(brokenLines, other.brokenLines),
                sums,
                first.subList(0, Math.min(SAMPLES, first.size())),
                isPartial || other.isPartial);
    }

    /** Such as {@code 1000 rows, 2 broken lines, 7 values set aside}; says so if it is partial. */
    @Override
    public String toString() {
        return counted(rows, "row") + ", " + counted(brokenLines, "broken line") + ", "
                + counted(rejectedValues(), "value") + " set aside" + (isPartial ? ", partial" : "");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Gathers samples and counts; keeps only the first samples. */
    static final class Recorder {
        private final TreeMap<String, Long> rejected = new TreeMap<>();
        private final TreeSet<Ranked> samples = new TreeSet<>();
        private long brokenLines;
        private long order;

        /** A sample with a number, so that equal samples are both kept. */
        private record Ranked(Sample sample, long order) implements Comparable<Ranked> {
            @Override
            public int compareTo(Ranked other) {
                int byPlace = sample.compareTo(other.sample);
                return byPlace != 0 ? byPlace : Long.compare(order, other.order);
            }
        }

        void broken(Sample sample) {
            brokenLines++;
            keep(sample);
        }

        void rejected(Sample sample) {
            rejected.merge(sample.field() + ": " + sample.reason(), 1L, Long::sum);
            keep(sample);
        }

        private void keep(Sample sample) {
            samples.add(new Ranked(sample, order++));
            if (samples.size() > SAMPLES) {
                samples.pollLast();
            }
        }

        Intake intake(long rows) {
            return new Intake(
                    rows,
                    brokenLines,
                    rejected,
                    samples.stream().map(Ranked::sample).toList());
        }
    }
}
