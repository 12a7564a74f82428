package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.CatalogueRows;
import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Row;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.state.State;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However rows are run, the result, the account and the verdict of a policy are the same; what ends early says so. */
class WaysOfRunningTest {
    private static final List<Kpi<?>> KPIS = List.of(
            SurveyKpis.nps(),
            ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.EXCLUDED),
            Mean.kpi("real", Field.number("real"), Direction.NEUTRAL),
            Percentile.kpi("p90", Field.duration("wait"), 0.9, Direction.NEUTRAL));

    private static final Scorecard<Row> CARD = Scorecard.over(CatalogueRows.fields())
            .by("channel")
            .every(Grain.MONTH, "at", ZoneId.of("Europe/Helsinki"))
            .kpis(KPIS);

    private interface Way {
        ScorecardResult run(Scorecard<Row> card, List<Row> rows) throws Exception;
    }

    private static List<Way> ways() {
        return List.of(
                (card, rows) -> card.compute((Iterable<Row>) rows),
                Scorecard::compute,
                (card, rows) -> rows.stream().collect(card.collector()),
                (card, rows) -> rows.parallelStream().collect(card.collector()),
                (card, rows) -> card.compute(rows, n -> true),
                (card, rows) -> {
                    ScorecardRun<Row> run = card.start();
                    rows.forEach(run::add);
                    return run.result();
                },
                (card, rows) -> {
                    ScorecardRun<Row> run = card.start();
                    for (Row row : rows) {
                        run.add(row);
                        if (row.line() % 700 == 0) {
                            run.result();
                        }
                    }
                    return run.result();
                },
                (card, rows) -> {
                    ScorecardRecorder<Row> recorder = card.recorder();
                    rows.forEach(recorder::add);
                    return recorder.drain();
                },
                (card, rows) -> {
                    ScorecardSubscriber<Row> subscriber = card.subscriber();
                    try (SubmissionPublisher<Row> publisher = new SubmissionPublisher<>(Runnable::run, 256)) {
                        publisher.subscribe(subscriber);
                        rows.forEach(publisher::submit);
                    }
                    return subscriber.result().toCompletableFuture().get();
                });
    }

    @Test
    void everyWayGivesTheSameResultAndABalancedAccount() throws Exception {
        List<Row> rows = CatalogueRows.rows(3, 5_000);
        ScorecardResult expected = CARD.compute((Iterable<Row>) rows);
        assertTrue(expected.intake().rejectedValues() > 1_000);
        for (Way way : ways()) {
            ScorecardResult result = way.run(CARD, rows);
            assertEquals(expected, result);
            long cellRows = 0;
            for (List<Statistic<?>> cell : result.cells().values()) {
                cell.forEach(s -> assertEquals(
                        cell.get(0).counts().rows(),
                        s.counts().used()
                                + s.counts().ineligible()
                                + s.counts().missing()
                                + s.counts().rejected()));
                cellRows += cell.get(0).counts().rows();
            }
            assertEquals(5_000, cellRows);
            assertEquals(5_000, result.intake().rows());
            assertEquals(Intake.SAMPLES, result.intake().samples().size());
            assertFalse(result.intake().isPartial());
        }
    }

    @Test
    void linesAreRowsAndBrokenLines() {
        ScorecardRun<Row> run = CARD.start();
        for (Row row : CatalogueRows.rows(4, 3_000)) {
            if (row.line() % 10 == 0) {
                run.broken("events.csv", row.line(), "…", "expected 30 cells");
            } else {
                run.add(row);
            }
        }
        Intake intake = run.result().intake();
        assertEquals(3_000, intake.lines());
        assertEquals(2_700, intake.rows());
        assertEquals(300, intake.brokenLines());
    }

    /** Good rows with bad ones at some places, counted from 1. */
    private static List<Row> rows(int n, int... bad) {
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            rows.add(new Row("answers.csv", i + 1, "9"));
        }
        for (int i : bad) {
            rows.set(i - 1, new Row("answers.csv", i + 1, "11"));
        }
        return rows;
    }

    private static final Scorecard<Row> ANSWERS = Scorecard.over(io.cxmetrics.field.ColumnMapping.named("answers")
                    .whole("recommendation", "score")
                    .fields(List.of("score")))
            .kpis(SurveyKpis.nps());

    private static RejectedException failure(Way way, Scorecard<Row> card, List<Row> rows) {
        return assertThrows(RejectedException.class, () -> {
            try {
                way.run(card, rows);
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    void failingAtTheFirstNamesTheFirstAndTheAccountSoFar() {
        Scorecard<Row> strict = ANSWERS.rejects(RejectPolicy.failAtFirst());
        List<Row> rows = rows(200_000, 150_000, 150_001, 199_999);
        for (int way : new int[] {0, 1, 2, 4, 5, 6, 8}) {
            RejectedException e = failure(ways().get(way), strict, rows);
            assertEquals(
                    "answers.csv:150001 recommendation \"11\": expected 0…10. Correct it, or set such values and lines"
                            + " aside with RejectPolicy.count(). Read so far: 150000 rows, 0 broken lines, 1 value set"
                            + " aside.",
                    e.getMessage());
            assertEquals(
                    new Intake.Sample("answers.csv", 150_001, "recommendation", "11", "expected 0…10"),
                    e.first().orElseThrow());
            assertEquals(150_000, e.intake().rows());
            assertTrue(e.intake().isPartial());
        }
        assertEquals(10, strict.compute(rows(10)).intake().rows());
    }

    @Test
    void aBrokenLineFailsAtTheFirstTooUnlessARowBeforeItDid() {
        Scorecard<Row> strict = ANSWERS.rejects(RejectPolicy.failAtFirst());
        ScorecardRun<Row> run = strict.start();
        rows(3).forEach(run::add);
        RejectedException e =
                assertThrows(RejectedException.class, () -> run.broken("answers.csv", 5, "\"9", "a quote is open"));
        assertTrue(e.getMessage().startsWith("answers.csv:5 a quote is open: \"9. Correct it"), e.getMessage());
        assertEquals(4, e.intake().lines());
        assertEquals(e, assertThrows(RejectedException.class, run::result));
        ScorecardRun<Row> other = strict.start();
        rows(3, 2).forEach(other::add);
        assertTrue(assertThrows(RejectedException.class, () -> other.broken("answers.csv", 5, "\"9", "a quote is open"))
                .getMessage()
                .startsWith("answers.csv:3 recommendation \"11\""));
    }

    @Test
    void failingPastAShareIsDecidedAtTheSameRowsByEveryWay() {
        // 2 % of the first 65 536 rows, 1 % of all.
        int[] bad =
                new Random(1).ints(1, 65_536).distinct().limit(1_400).sorted().toArray();
        List<Row> rows = rows(140_000, bad);
        for (int way : new int[] {0, 1, 4, 5, 8}) {
            Way run = ways().get(way);
            RejectedException e = failure(run, ANSWERS.rejects(RejectPolicy.failPast(0.02, 1)), rows);
            assertEquals(65_536, e.intake().rows());
            assertTrue(
                    e.getMessage()
                            .startsWith("1400 values and lines were set aside, of 65536 lines, more than 2 % of them;"
                                    + " the first: answers.csv:" + (bad[0] + 1) + " recommendation"),
                    e.getMessage());
            assertEquals(
                    131_072,
                    failure(run, ANSWERS.rejects(RejectPolicy.failPast(0.009, 100_000)), rows)
                            .intake()
                            .rows());
        }
        // Exactly the share is borne, and few lines are no share.
        assertEquals(
                100,
                ANSWERS.rejects(RejectPolicy.failPast(0.07, 100))
                        .compute(rows(100, 1, 2, 3, 4, 5, 6, 7))
                        .intake()
                        .rows());
        assertEquals(
                99,
                ANSWERS.rejects(RejectPolicy.failPast(0.01, 100))
                        .compute(rows(99, 1, 2))
                        .intake()
                        .rows());
    }

    @Test
    void redactedSamplesSayWhereAndWhyButNotWhat() {
        ScorecardRun<Row> run = ANSWERS.rejects(RejectPolicy.count().redacted()).start();
        rows(3, 2).forEach(run::add);
        run.broken("answers.csv", 9, "Matti Meikäläinen;\"", "a quote is open");
        assertEquals(
                "[answers.csv:3 recommendation \"(redacted)\": expected 0…10, answers.csv:9 a quote is open: (redacted)]",
                run.result().intake().samples().toString());
    }

    @Test
    void policiesRefuseWhatIsNoShare() {
        assertThrows(IllegalArgumentException.class, () -> RejectPolicy.failPast(Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> RejectPolicy.failPast(1.01, 0));
        assertThrows(IllegalArgumentException.class, () -> RejectPolicy.failPast(0.5, -1));
        assertEquals(
                "fail past 0.01 of at least 1000 lines, redacted",
                RejectPolicy.failPast(0.01, 1_000).redacted().toString());
    }

    @Test
    void aCancelledComputationIsPartialAndStaysSo() {
        List<Row> rows = CatalogueRows.rows(5, 60_000);
        List<Long> told = new ArrayList<>();
        ScorecardResult some = CARD.compute(rows, n -> {
            told.add(n);
            return told.size() < 2;
        });
        assertEquals(List.of(16_384L, 32_768L), told);
        assertEquals(32_768, some.intake().rows());
        assertTrue(some.intake().isPartial());
        assertTrue(some.toString().endsWith("set aside, partial"), some.intake().toString());
        ScorecardResult rest = CARD.compute(rows.subList(32_768, 60_000));
        assertFalse(rest.intake().isPartial());
        for (ScorecardResult merged : List.of(some.merge(rest), rest.merge(some))) {
            assertTrue(merged.intake().isPartial());
            assertTrue(merged.overall().intake().isPartial());
            assertEquals(merged, State.read(CARD, State.write(merged)));
            assertEquals(merged, ResultJson.read(LocatedJson.parse("r.json", ResultJson.write(merged))));
        }
        assertEquals(CARD.compute(rows).cells(), some.merge(rest).cells());
    }

    @Test
    void anInterruptedThreadGivesAPartialResultAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        ScorecardResult result = CARD.compute(CatalogueRows.rows(6, 20_000), n -> true);
        assertTrue(Thread.interrupted());
        assertEquals(16_384, result.intake().rows());
        assertTrue(result.intake().isPartial());
    }

    @Test
    void aSubscriberAsksForBoundedBatchesOnly() {
        AtomicLong requested = new AtomicLong();
        AtomicBoolean cancelled = new AtomicBoolean();
        ScorecardSubscriber<Row> subscriber = ANSWERS.subscriber();
        subscriber.onSubscribe(subscription(requested, cancelled));
        assertEquals(ScorecardSubscriber.REQUESTED, requested.get());
        rows(ScorecardSubscriber.REQUESTED - 1).forEach(subscriber::onNext);
        assertEquals(ScorecardSubscriber.REQUESTED, requested.get());
        subscriber.onNext(rows(1).get(0));
        assertEquals(2 * ScorecardSubscriber.REQUESTED, requested.get());
        AtomicBoolean second = new AtomicBoolean();
        subscriber.onSubscribe(subscription(new AtomicLong(), second));
        assertTrue(second.get());
        assertFalse(cancelled.get());
        subscriber.cancel();
        assertTrue(cancelled.get());
        ScorecardResult result = subscriber.result().toCompletableFuture().join();
        assertTrue(result.intake().isPartial());
        assertEquals(ScorecardSubscriber.REQUESTED, result.intake().rows());
        subscriber.onNext(rows(1).get(0));
        subscriber.onComplete();
        assertEquals(result, subscriber.soFar());
    }

    private static Flow.Subscription subscription(AtomicLong requested, AtomicBoolean cancelled) {
        return new Flow.Subscription() {
            @Override
            public void request(long n) {
                requested.addAndGet(n);
            }

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        };
    }

    @Test
    void aPublisherThatFailsFailsTheResultAndWhatCameBeforeIsPartial() {
        ScorecardSubscriber<Row> subscriber = ANSWERS.subscriber();
        subscriber.onSubscribe(subscription(new AtomicLong(), new AtomicBoolean()));
        rows(5).forEach(subscriber::onNext);
        subscriber.onError(new CancellationException("the line is dead"));
        assertTrue(subscriber.result().toCompletableFuture().isCompletedExceptionally());
        assertEquals(5, subscriber.soFar().intake().rows());
        assertTrue(subscriber.soFar().intake().isPartial());
    }

    @Test
    void anAccessorThatThrowsFailsASubscriberAndCostsARecorderOneRowOnly() throws Exception {
        record Call(int n) {
            Boolean answered() {
                if (n == 700) {
                    throw new IllegalStateException("no session");
                }
                return n % 2 == 0;
            }
        }
        Scorecard<Call> card = Scorecard.over(Fields.of(Call.class).flag("answered", Call::answered))
                .kpis(Share.kpi("answered", Field.flag("answered")));
        ScorecardRecorder<Call> recorder = card.recorder();
        for (int n = 1; n <= 3_000; n++) {
            recorder.add(new Call(n));
        }
        ScorecardResult result = recorder.drain();
        assertEquals(2_999, result.intake().rows());
        assertEquals(3_000, result.intake().lines());
        assertEquals(
                1_499,
                result.total(Share.kpi("answered", Field.flag("answered"))).hits());
        assertEquals(
                "[Call:699 an accessor throws java.lang.IllegalStateException: no session: ]",
                result.intake().samples().toString());
        ScorecardSubscriber<Call> subscriber = card.subscriber();
        subscriber.onSubscribe(subscription(new AtomicLong(), new AtomicBoolean()));
        for (int n = 1; n <= 1_024; n++) {
            subscriber.onNext(new Call(n));
        }
        ExecutionException e = assertThrows(
                ExecutionException.class,
                () -> subscriber.result().toCompletableFuture().get());
        assertInstanceOf(IllegalStateException.class, e.getCause());
    }

    @Test
    void anAccessorThatThrowsNamesFieldAndRowAndCostsTheRowsOfItsBatchOnly() {
        record Call(String source, long line, boolean isBad) implements io.cxmetrics.field.Located {
            Boolean answered() {
                if (isBad) {
                    throw new IllegalStateException("no session");
                }
                return true;
            }
        }
        record Plain(Call call) {}
        Fields<Call> fields = Fields.of(Call.class).text("source", Call::source).flag("answered", Call::answered);
        Kpi<Share> answered = Share.kpi("answered", Field.flag("answered"));
        Scorecard<Call> card = Scorecard.over(fields).by("source").kpis(answered);
        List<Call> calls = new ArrayList<>();
        for (int n = 1; n <= 70_000; n++) {
            calls.add(new Call("calls.csv", n + 1, n == 2_100 || n == 66_000));
        }
        ScorecardRun<Call> run = card.start();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> run.addAll(calls.subList(0, 5_000)));
        assertEquals("no session", e.getMessage());
        assertEquals(
                "field 'answered' of calls.csv:2101 cannot be read. None of the 1024 rows from row 2049 on that were"
                        + " evaluated together is counted, all before them are",
                e.getSuppressed()[0].getMessage());
        assertEquals(2_048, run.result().intake().rows());
        run.addAll(calls.subList(2_048, 2_099));
        run.addAll(calls.subList(2_100, 5_000));
        assertEquals(4_999, run.result().total(answered).hits());
        // In records without a place, and in parallel, rows are counted from the beginning of the list.
        Scorecard<Plain> plain = Scorecard.over(fields.<Plain>on(Plain::call)).kpis(answered);
        List<Plain> rows = calls.subList(2_100, 70_000).stream().map(Plain::new).toList();
        IllegalStateException other = assertThrows(IllegalStateException.class, () -> plain.compute(rows));
        IllegalStateException thrown = other.getCause() instanceof IllegalStateException cause ? cause : other;
        assertTrue(
                thrown.getSuppressed()[0].getMessage().startsWith("field 'answered' of Call:63900 cannot be read"),
                thrown.getSuppressed()[0].getMessage());
    }

    /** Threads add while others look and drain; the drained results together are the result of all rows. */
    private static void stress(long seed, int threads, int rowsEach) throws Exception {
        List<List<Row>> parts = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            parts.add(CatalogueRows.rows(seed + t, t * rowsEach, rowsEach));
        }
        ScorecardRecorder<Row> recorder = CARD.recorder();
        List<ScorecardResult> drained = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(threads + 2);
        AtomicBoolean adding = new AtomicBoolean(true);
        List<Future<?>> adders = new ArrayList<>();
        List<Future<?>> drainers = new ArrayList<>();
        for (List<Row> part : parts) {
            adders.add(pool.submit(() -> part.forEach(recorder::add)));
        }
        for (int d = 0; d < 2; d++) {
            drainers.add(pool.submit(() -> {
                while (adding.get()) {
                    ScorecardResult peek = recorder.snapshot();
                    assertTrue(peek.intake().rows() <= (long) threads * rowsEach);
                    ScorecardResult taken = recorder.drain();
                    if (taken.intake().rows() % 5 == 0) {
                        recorder.add(taken);
                    } else {
                        drained.add(taken);
                    }
                }
            }));
        }
        for (Future<?> adder : adders) {
            adder.get(5, TimeUnit.MINUTES);
        }
        adding.set(false);
        for (Future<?> drainer : drainers) {
            drainer.get(5, TimeUnit.MINUTES);
        }
        pool.shutdown();
        drained.add(recorder.drain());
        assertEquals(0, recorder.drain().intake().rows());
        ScorecardResult sum = drained.stream().reduce(ScorecardResult::merge).orElseThrow();
        assertEquals(CARD.compute(parts.stream().flatMap(List::stream).toList()), sum, "seed " + seed);
    }

    @Test
    void aRecorderLosesNothingWhileManyThreadsAddAndOthersDrain() throws Exception {
        stress(7, 8, 4_000);
    }

    @Test
    @Tag("full")
    void aRecorderLosesNothingForLong() throws Exception {
        long seed = Long.getLong("cxmetrics.seed", System.nanoTime());
        System.out.println("WaysOfRunningTest: -Dcxmetrics.seed=" + seed);
        for (int round = 0; round < 50; round++) {
            stress(seed + round * 1_000L, 2 + round % 15, 3_000);
        }
    }
}
