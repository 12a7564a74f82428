package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;

/**
 * The laws that every KPI keeps. A subclass says which KPI, how its test record supplies the fields, which records there
 * are (missing, ineligible and rejected values among them), and computes outcome and value a second time with plain loops.
 *
 * @param <R> the test record
 * @param <S> the statistic
 */
public abstract class StatisticLaws<R, S extends Statistic<S>> {
    private static final int TRIES = 100;

    /** What a row is for a KPI. */
    public enum Outcome {
        USED,
        INELIGIBLE,
        MISSING,
        REJECTED
    }

    private Fields<R> source;

    protected abstract Kpi<S> kpi();

    protected abstract Fields<R> fields();

    protected abstract Arbitrary<R> rows();

    /** What a row is for the KPI, computed without the library. */
    protected abstract Outcome outcome(R row);

    /** The value of at least one used row, computed without the library; NaN where it is undefined. */
    protected abstract double value(List<R> used);

    /** KPIs that differ from {@link #kpi} in one thing each. */
    protected abstract List<Kpi<S>> others();

    /** Eligibility first, then the values: the outcome of a row with one condition and one needed value. */
    protected static Outcome outcome(Truth eligible, Truth known) {
        if (eligible.isFalse()) {
            return Outcome.INELIGIBLE;
        } else if (eligible.isUnknown()) {
            return eligible.rejected() ? Outcome.REJECTED : Outcome.MISSING;
        }
        return !known.isUnknown() ? Outcome.USED : known.rejected() ? Outcome.REJECTED : Outcome.MISSING;
    }

    /** The fields, made once for all tries of a property. */
    private Fields<R> source() {
        if (source == null) {
            source = fields();
        }
        return source;
    }

    @Provide
    Arbitrary<List<R>> lists() {
        return rows().list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<R>> uselessLists() {
        return rows().filter(1_000_000, row -> outcome(row) != Outcome.USED)
                .list()
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<Double> levels() {
        return Arbitraries.of(1e-9, 0.01, 0.5, 0.8, 0.95, 0.999, 1 - 1e-9);
    }

    @Property(tries = TRIES)
    void everyRowIsUsedIneligibleMissingOrRejected(@ForAll("lists") List<R> rows) {
        Counts counts = kpi().of(source(), rows).counts();

        assertEquals(expectedCounts(rows), counts);
        assertEquals(rows.size(), counts.used() + counts.ineligible() + counts.missing() + counts.rejected());
        assertEquals(rows.size(), counts.rows());
    }

    private Counts expectedCounts(List<R> rows) {
        long[] tally = new long[Outcome.values().length];
        for (R row : rows) {
            tally[outcome(row).ordinal()]++;
        }
        return new Counts(tally[0], tally[1], tally[2], tally[3]);
    }

    private List<R> used(List<R> rows) {
        List<R> used = new ArrayList<>();
        for (R row : rows) {
            if (outcome(row) == Outcome.USED) {
                used.add(row);
            }
        }
        return used;
    }

    @Property(tries = TRIES)
    void valueIsWhatPlainLoopsGive(@ForAll("lists") List<R> rows) {
        S statistic = kpi().of(source(), rows);
        List<R> used = used(rows);
        double expected = used.isEmpty() ? Double.NaN : value(used);

        assertEquals(Double.isNaN(expected), statistic.value().isEmpty(), statistic::toString);
        statistic
                .value()
                .ifPresent(
                        value -> assertEquals(expected, value, Math.max(Math.abs(expected) * 1e-14, Double.MIN_VALUE)));
    }

    @Property(tries = TRIES)
    void emptyIsNeutral(@ForAll("lists") List<R> rows) {
        S statistic = kpi().of(source(), rows);

        assertSame(statistic, kpi().empty().merge(statistic));
        assertSame(statistic, statistic.merge(kpi().empty()));
    }

    @Property(tries = TRIES)
    void anyOrderSplitAndMergeTreeGivesTheSameBits(@ForAll("lists") List<R> rows, @ForAll Random random) {
        S expected = kpi().of(source(), rows);
        List<R> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);

        assertSame(expected, kpi().of(source(), shuffled));
        assertSame(expected, mergedInAnyTree(parts(shuffled, random), random));
        assertSame(expected, shuffled.stream().collect(kpi().collector(source())));
        assertSame(expected, shuffled.parallelStream().collect(kpi().collector(source())));
    }

    @Property(tries = TRIES)
    void accumulatorTakesRowsAndStatisticsAndGivesResultsOnTheWay(
            @ForAll("lists") List<R> rows, @ForAll Random random) {
        Accumulator<R, S> accumulator = kpi().accumulator(source());
        List<R> seen = new ArrayList<>();
        for (List<R> part : parts(rows, random)) {
            if (random.nextBoolean()) {
                part.forEach(accumulator::add);
            } else {
                accumulator.add(kpi().of(source(), part));
            }
            seen.addAll(part);
            if (random.nextInt(4) == 0) {
                assertSame(kpi().of(source(), seen), accumulator.result());
            }
        }
        assertSame(kpi().of(source(), rows), accumulator.result());
    }

    private static <T> List<List<T>> parts(List<T> rows, Random random) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int to = from + random.nextInt(rows.size() - from + 1);
            parts.add(rows.subList(from, to));
            from = to;
        }
        return parts;
    }

    private S mergedInAnyTree(List<List<R>> parts, Random random) {
        List<S> trees = new ArrayList<>();
        for (List<R> part : parts) {
            trees.add(kpi().of(source(), part));
        }
        while (trees.size() > 1) {
            S left = trees.remove(random.nextInt(trees.size()));
            S right = trees.remove(random.nextInt(trees.size()));
            trees.add(left.merge(right));
        }
        return trees.isEmpty() ? kpi().empty() : trees.get(0);
    }

    /** Equal, and nothing about them tells them apart. */
    private void assertSame(S expected, S actual) {
        assertEquals(expected, actual);
        assertEquals(expected.hashCode(), actual.hashCode());
        assertEquals(expected.toString(), actual.toString());
    }

    @Property(tries = 2, edgeCases = EdgeCasesMode.NONE)
    void rowsBeyondOneBatchGiveTheSameBits(@ForAll Random random) {
        RandomGenerator<R> generator = rows().generator(1_000);
        List<R> rows = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            rows.add(generator.next(random).value());
        }
        S expected = kpi().empty();
        for (int from = 0; from < rows.size(); from += 50) {
            expected = expected.merge(kpi().of(source(), rows.subList(from, from + 50)));
        }

        assertSame(expected, kpi().of(source(), rows));
        assertSame(expected, rows.parallelStream().collect(kpi().collector(source())));
        assertEquals(expectedCounts(rows), expected.counts());
        assertEquals(
                value(used(rows)),
                expected.value().orElse(Double.NaN),
                Math.max(Math.abs(value(used(rows))) * 1e-14, Double.MIN_VALUE));
    }

    @Property(tries = TRIES)
    void intervalContainsTheValueAndNothingIsNaN(@ForAll("lists") List<R> rows, @ForAll("levels") double level) {
        S statistic = kpi().of(source(), rows);
        Interval interval = statistic.interval(level);

        assertEquals(level, interval.level());
        statistic.value().ifPresent(value -> {
            assertFalse(Double.isNaN(value));
            if (interval.kind() != Interval.Kind.UNDEFINED) {
                assertTrue(
                        interval.contains(value),
                        () -> value + " is not in " + interval.low() + "…" + interval.high() + " of " + statistic);
            }
        });
        if (statistic.counts().used() == 0) {
            assertEquals(Interval.Kind.UNDEFINED, interval.kind());
        }
        assertFalse(statistic.toString().contains("NaN"), statistic::toString);
    }

    @Property(tries = TRIES)
    void higherLevelIsNeverShorter(@ForAll("lists") List<R> rows) {
        S statistic = kpi().of(source(), rows);
        Interval narrow = statistic.interval(0.8);
        Interval wide = statistic.interval(0.99);

        if (narrow.isBounded() && wide.isBounded()) {
            double rounding = 1e-9 * Math.max(Math.abs(wide.low()), Math.abs(wide.high()));
            assertTrue(
                    wide.low() <= narrow.low() + rounding && narrow.high() <= wide.high() + rounding,
                    () -> narrow + " and " + wide);
        } else {
            assertTrue(wide.kind().compareTo(narrow.kind()) >= 0, () -> narrow + " and " + wide);
        }
    }

    @Property(tries = TRIES)
    void withoutUsedRowsEverythingIsUndefined(@ForAll("uselessLists") List<R> rows) {
        S statistic = kpi().of(source(), rows);

        assertTrue(statistic.value().isEmpty());
        assertEquals(Interval.Kind.UNDEFINED, statistic.interval().kind());
        assertTrue(statistic.toString().contains("undefined"), statistic::toString);
        assertTrue(statistic.toString().contains("n = 0"), statistic::toString);
    }

    @Example
    void emptyStatisticIsUndefinedAndHasNoRows() {
        assertEquals(Counts.NONE, kpi().empty().counts());
        assertEquals(kpi().empty(), kpi().of(source(), List.of()));
        assertTrue(kpi().empty().value().isEmpty());
        assertEquals(kpi().name() + " undefined, n = 0", kpi().empty().toString());
    }

    @Example
    void resultsOfKpisThatDifferInAnythingRefuseToMerge() {
        List<Kpi<S>> others = new ArrayList<>(others());
        others.add(kpi().withId("another-id"));
        others.add(kpi().where(Field.flag("another-condition")));
        for (Direction direction : Direction.values()) {
            if (direction != kpi().direction()) {
                others.add(kpi().withDirection(direction));
            }
        }
        for (Kpi<S> other : others) {
            assertRefusal(kpi(), other);
            assertRefusal(other, kpi());
        }
    }

    private void assertRefusal(Kpi<S> one, Kpi<S> other) {
        S left = one.empty();
        S right = other.empty();
        var refusal = assertThrows(IllegalArgumentException.class, () -> left.merge(right), other::canonical);

        assertTrue(refusal.getMessage().contains(one.canonical()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(other.canonical()), refusal.getMessage());
        assertFalse(left.equals(right));
    }

    @Property(tries = 10)
    void nameDoesNotBelongToTheIdentity(@ForAll("lists") List<R> rows) {
        Kpi<S> renamed = kpi().withName("Another name");
        S statistic = kpi().of(source(), rows);

        assertEquals(statistic, renamed.of(source(), rows));
        assertEquals(statistic.merge(statistic), renamed.of(source(), rows).merge(statistic));
    }

    @Example
    void levelsOutsideZeroToOneAreRefused() {
        List<R> rows =
                Arbitraries.just(0).flatMap(zero -> rows().list().ofSize(20)).sample();
        for (double level : new double[] {0, 1, -0.1, 1.1, 95, Double.NaN, Double.POSITIVE_INFINITY}) {
            for (S statistic : List.of(kpi().empty(), kpi().of(source(), rows))) {
                var refusal = assertThrows(IllegalArgumentException.class, () -> statistic.interval(level));
                assertTrue(refusal.getMessage().contains(Double.toString(level)), refusal.getMessage());
            }
        }
    }
}
