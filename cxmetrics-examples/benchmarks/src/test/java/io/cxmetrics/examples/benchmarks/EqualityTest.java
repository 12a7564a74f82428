package io.cxmetrics.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.cxmetrics.field.Columns;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statistics are the same, bit for bit, in whatever order, parts and threads the rows come. */
class EqualityTest {
    private static final Contacts CONTACTS = new Contacts(150_000, 7, false);
    private static final Scorecard<Contact> SCORECARD = Scorecards.over(Contact.fields());
    private static List<Contact> records;
    private static ScorecardResult expected;

    @BeforeAll
    static void compute() throws IOException {
        records = CONTACTS.records();
        expected = SCORECARD.compute((Iterable<Contact>) records);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void inAnyOrder(long seed) {
        List<Contact> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(expected, SCORECARD.compute((Iterable<Contact>) shuffled));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void inAnyPartsMergedInAnyOrder(long seed) {
        Random random = new Random(seed);
        List<ScorecardResult> parts = new ArrayList<>();
        for (int from = 0; from < records.size(); ) {
            int to = Math.min(records.size(), from + 1 + random.nextInt(40_000));
            parts.add(SCORECARD.compute((Iterable<Contact>) records.subList(from, to)));
            from = to;
        }
        while (parts.size() > 1) {
            ScorecardResult one = parts.remove(random.nextInt(parts.size()));
            ScorecardResult other = parts.remove(random.nextInt(parts.size()));
            parts.add(one.merge(other));
        }
        assertEquals(expected, parts.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void withAnyNumberOfThreads(int threads) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            assertEquals(expected, pool.submit(() -> SCORECARD.compute(records)).get());
            assertEquals(
                    expected,
                    pool.submit(() -> records.parallelStream().collect(SCORECARD.collector()))
                            .get());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void fromColumnsInOrderAndShuffled() throws IOException {
        Columns columns = new ContactColumns(CONTACTS).columns();
        Columns shuffled = new ContactColumns(new Contacts(CONTACTS.rows(), CONTACTS.seed(), true)).columns();
        Scorecard<Columns.Row> scorecard = Scorecards.over(columns.fields());
        assertEquals(expected, scorecard.compute((Iterable<Columns.Row>) columns));
        assertEquals(expected, scorecard.compute(columns));
        assertEquals(expected, scorecard.compute((Iterable<Columns.Row>) shuffled));
    }

    @Test
    void shuffledRowsAreTheSameRowsInAnotherOrder() throws IOException {
        List<Contact> shuffled = new ArrayList<>();
        new Contacts(CONTACTS.rows(), CONTACTS.seed(), true).forEach(draw -> shuffled.add(draw.contact()));
        assertNotEquals(records, shuffled);
        Collections.sort(
                shuffled, java.util.Comparator.comparing(Contact::started).thenComparing(Contact::hashCode));
        List<Contact> sorted = new ArrayList<>(records);
        Collections.sort(
                sorted, java.util.Comparator.comparing(Contact::started).thenComparing(Contact::hashCode));
        assertEquals(sorted, shuffled);
    }

    @Test
    void oneRowMoreIsAnotherResult() {
        List<Contact> more = new ArrayList<>(records);
        more.add(records.get(0));
        assertNotEquals(expected, SCORECARD.compute((Iterable<Contact>) more));
    }
}
