package io.cxmetrics.scorecard;

import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.stats.Comparison;
import io.cxmetrics.stats.Share;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Values of a dimension ranked by how many rows they have, with the cumulative share: the Pareto distribution of contact
 * reasons.
 *
 * <pre>{@code
 * Pareto reasons = Pareto.of(scorecard, anyKpi, "reason");
 * reasons.entries().get(0).cumulative();   // how much the most frequent reason explains
 * }</pre>
 *
 * <p>What is counted are the rows that a KPI of the scorecard used; a share of the condition that always holds counts all
 * rows. Shares are of the rows whose value is known: rows where it is missing or rejected have no rank and are reported
 * beside. Equal counts are ranked alike and shown in the order of their labels. Immutable and thread-safe.
 *
 * @param dimension the name of the dimension
 * @param entries the values in falling order of their counts
 * @param known the rows with a value
 * @param unknown the rows whose value is missing or rejected
 * @since 0.1
 */
public record Pareto(String dimension, List<Entry> entries, long known, long unknown) {

    /** Copies the entries. */
    public Pareto {
        entries = List.copyOf(entries);
    }

    /**
     * One value.
     *
     * @param rank its rank, from 1; equal counts share a rank
     * @param label the value
     * @param count how many rows have it
     * @param known how many rows have any value
     * @param upToHere how many rows have this value or one before it
     */
    public record Entry(int rank, String label, long count, long known, long upToHere) {
        /**
         * The value's share of the rows that have any, with its interval.
         *
         * @return the share
         */
        public Share share() {
            return Share.of(count, known);
        }

        /**
         * The share of this value and all before it.
         *
         * @return 0 to 1; 1 for the last
         */
        public double cumulative() {
            return (double) upToHere / known;
        }

        /** Such as {@code 1. billing 420 (42.0 %, cumulative 42.0 %)}. */
        @Override
        public String toString() {
            return rank + ". " + label + " " + count + " ("
                    + Unit.SHARE.format((double) count / known, Locale.ROOT) + ", cumulative "
                    + Unit.SHARE.format(cumulative(), Locale.ROOT) + ")";
        }
    }

    /**
     * How the share of a value moved between two distributions.
     *
     * @param label the value
     * @param comparison its share before and after, with interval and test
     */
    public record Shift(String label, Comparison comparison) {
        /** The value and the move. */
        @Override
        public String toString() {
            return comparison.sentence(label, Locale.ROOT);
        }
    }

    /**
     * The distribution over a dimension of a scorecard, of all its periods together.
     *
     * @param result the scorecard's result
     * @param kpi a KPI of the scorecard, whose used rows are counted
     * @param dimension the name of a dimension of the scorecard
     * @return the distribution
     * @throws IllegalArgumentException if the scorecard has no such KPI or dimension
     */
    public static Pareto of(ScorecardResult result, Kpi<?> kpi, String dimension) {
        int label = result.dimension(dimension);
        int index = result.kpis().indexOf(kpi);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "the scorecard of " + result.kpis().stream().map(Kpi::id).toList() + " has no " + kpi);
        }
        Map<String, Long> counts = new TreeMap<>();
        long[] sums = new long[2];
        result.cells().forEach((cell, statistics) -> {
            long used = statistics.get(index).counts().used();
            Label value = cell.labels().get(label);
            if (value.kind() == Label.Kind.VALUE) {
                sums[0] += used;
                if (used > 0) {
                    counts.merge(value.text(), used, Math::addExact);
                }
            } else {
                sums[1] += used;
            }
        });
        return new Pareto(dimension, ranked(counts, sums[0]), sums[0], sums[1]);
    }

    private static List<Entry> ranked(Map<String, Long> counts, long known) {
        List<Map.Entry<String, Long>> falling = new ArrayList<>(counts.entrySet());
        falling.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
        List<Entry> entries = new ArrayList<>();
        long upToHere = 0;
        for (Map.Entry<String, Long> next : falling) {
            Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
            int rank = last != null && last.count() == next.getValue() ? last.rank() : entries.size() + 1;
            upToHere += next.getValue();
            entries.add(new Entry(rank, next.getKey(), next.getValue(), known, upToHere));
        }
        return entries;
    }

    /**
     * The fewest values that together explain a share of the rows, such as the few reasons behind 80 % of the contacts.
     *
     * @param share the share, over 0 and up to 1
     * @return the first entries
     * @throws IllegalArgumentException if the share is not over 0 and up to 1
     */
    public List<Entry> explaining(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share to explain is over 0 and up to 1; found " + share);
        }
        List<Entry> few = new ArrayList<>();
        for (Entry entry : entries) {
            few.add(entry);
            if (entry.cumulative() >= share) {
                break;
            }
        }
        return few;
    }

    /**
     * The shares in whole steps that add up to 100 % exactly, for a table that must: each share is cut down, and the steps
     * that are left go to the largest remainders, in the order of the entries where these are equal. A percentage shown so
     * may be off by less than one step.
     *
     * @param decimals how many decimals of a percent to show, 0 to 6
     * @return one percentage for each entry; empty if there are no rows
     * @throws IllegalArgumentException if the number of decimals is not 0 to 6
     */
    public List<BigDecimal> percentages(int decimals) {
        if (decimals < 0 || decimals > 6) {
            throw new IllegalArgumentException("percentages have 0 to 6 decimals; found " + decimals);
        }
        BigInteger steps = BigInteger.TEN.pow(decimals + 2);
        BigInteger all = BigInteger.valueOf(known);
        BigInteger[][] parts = entries.stream()
                .map(entry -> steps.multiply(BigInteger.valueOf(entry.count())).divideAndRemainder(all))
                .toArray(BigInteger[][]::new);
        BigInteger given = Arrays.stream(parts).map(part -> part[0]).reduce(BigInteger.ZERO, BigInteger::add);
        int left = entries.isEmpty() ? 0 : steps.subtract(given).intValueExact();
        IntStream.range(0, parts.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> parts[i][1]).reversed())
                .limit(left)
                .forEach(i -> parts[i][0] = parts[i][0].add(BigInteger.ONE));
        return Arrays.stream(parts)
                .map(part -> new BigDecimal(part[0], decimals))
                .toList();
    }

    /**
     * How the shares moved since an earlier distribution, rising values first. With many values some move by chance: adjust
     * the p-values, or look at the intervals.
     *
     * @param earlier the distribution of an earlier time
     * @return one shift for each value of either
     * @throws IllegalArgumentException if the dimensions differ
     */
    public List<Shift> since(Pareto earlier) {
        if (!dimension.equals(earlier.dimension)) {
            throw new IllegalArgumentException(
                    "distributions over " + earlier.dimension + " and " + dimension + " do not compare");
        }
        Map<String, long[]> counts = new LinkedHashMap<>();
        entries.forEach(e -> counts.computeIfAbsent(e.label(), l -> new long[2])[1] = e.count());
        earlier.entries.forEach(e -> counts.computeIfAbsent(e.label(), l -> new long[2])[0] = e.count());
        List<Shift> shifts = new ArrayList<>();
        counts.forEach((label, pair) -> shifts.add(
                new Shift(label, Comparison.of(Share.of(pair[0], earlier.known), Share.of(pair[1], known)))));
        shifts.sort(Comparator.comparingDouble(
                (Shift shift) -> -shift.comparison().difference().orElse(0)));
        return List.copyOf(shifts);
    }

    /**
     * Those values whose share has risen beyond chance.
     *
     * @param earlier the distribution of an earlier time
     * @param level the confidence level of each value alone
     * @return the rising values, fastest first
     */
    public List<Shift> risingSince(Pareto earlier, double level) {
        return since(earlier).stream()
                .filter(shift -> {
                    Interval interval = shift.comparison().interval(level);
                    return interval.isBounded() && interval.low() > 0;
                })
                .toList();
    }

    /**
     * Those values whose share has fallen beyond chance.
     *
     * @param earlier the distribution of an earlier time
     * @param level the confidence level of each value alone
     * @return the falling values, fastest first
     */
    public List<Shift> fallingSince(Pareto earlier, double level) {
        List<Shift> falling = new ArrayList<>(since(earlier).stream()
                .filter(shift -> {
                    Interval interval = shift.comparison().interval(level);
                    return interval.isBounded() && interval.high() < 0;
                })
                .toList());
        Collections.reverse(falling);
        return List.copyOf(falling);
    }

    /** One line a value. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(entry).append('\n'));
        return lines.append(known)
                .append(" with a ")
                .append(dimension)
                .append(", ")
                .append(unknown)
                .append(" without")
                .toString();
    }
}
