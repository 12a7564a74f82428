package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Columns;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Money;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Columns give what the same rows give as records: the statistics, the accounts and the reasons of what was set aside. */
class ColumnsTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

    private record Call(
            String channel,
            Instant started,
            Integer score,
            Duration inQueue,
            Boolean answered,
            Double sentiment,
            LocalDate day,
            Money cost) {}

    private static final Fields<Call> CALLS = Fields.<Call>named("calls")
            .text("channel", Call::channel)
            .instant("started", Call::started)
            .whole("recommendation", Call::score)
            .duration("wait", Call::inQueue)
            .flag("answered", Call::answered)
            .flag("abandoned", call -> call.answered() == null ? null : !call.answered())
            .number("sentiment", Call::sentiment)
            .date("day", Call::day)
            .money("cost", "EUR", Call::cost);

    private static final List<Kpi<?>> KPIS = List.of(
            SurveyKpis.nps(),
            ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.FAILURES),
            Mean.kpi("sentiment", Field.number("sentiment"), Direction.HIGHER_IS_BETTER),
            Mean.kpi("cost", Field.money("cost", "EUR"), Direction.LOWER_IS_BETTER),
            Percentile.kpi("wait-90", Field.duration("wait").atLeast(Duration.ZERO), 0.9, Direction.LOWER_IS_BETTER));

    private final Random random = new Random(20261122);

    private static <E> Scorecard<E> card(Fields<E> fields) {
        return Scorecard.over(fields)
                .by("channel")
                .every(Grain.WEEK, "started", HELSINKI)
                .kpis(KPIS);
    }

    private List<Call> calls(int n) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            calls.add(new Call(
                    random.nextInt(20) == 0
                            ? null
                            : List.of("phone", "chat", "mail").get(random.nextInt(3)),
                    random.nextInt(20) == 0 ? null : Instant.ofEpochSecond(1_735_000_000L + random.nextInt(9_000_000)),
                    random.nextInt(3) == 0 ? null : Integer.valueOf(random.nextInt(12)),
                    random.nextInt(9) == 0 ? null : Duration.ofSeconds(random.nextInt(400) - 5),
                    random.nextInt(9) == 0 ? null : random.nextBoolean(),
                    random.nextInt(9) == 0 ? null : Double.valueOf(random.nextGaussian()),
                    random.nextInt(9) == 0 ? null : LocalDate.of(2024, 12, 1).plusDays(random.nextInt(90)),
                    random.nextInt(9) == 0
                            ? null
                            : Money.of(
                                    BigDecimal.valueOf(random.nextInt(900), 2).toString(), "EUR")));
        }
        return calls;
    }

    private static Columns columns(List<Call> calls) {
        int n = calls.size();
        String[] channel = new String[n];
        long[] started = new long[n];
        int[] score = new int[n];
        long[] wait = new long[n];
        byte[] answered = new byte[n];
        byte[] abandoned = new byte[n];
        double[] sentiment = new double[n];
        long[] day = new long[n];
        long[] cost = new long[n];
        for (int i = 0; i < n; i++) {
            Call call = calls.get(i);
            channel[i] = call.channel();
            started[i] =
                    call.started() == null ? Long.MIN_VALUE : call.started().getEpochSecond();
            score[i] = call.score() == null ? Integer.MIN_VALUE : call.score();
            wait[i] = call.inQueue() == null ? Long.MIN_VALUE : call.inQueue().getSeconds();
            answered[i] = (byte) (call.answered() == null ? -1 : call.answered() ? 1 : 0);
            abandoned[i] = (byte) (call.answered() == null ? -1 : call.answered() ? 0 : 1);
            sentiment[i] = call.sentiment() == null ? Double.NaN : call.sentiment();
            day[i] = call.day() == null ? Long.MIN_VALUE : call.day().toEpochDay();
            cost[i] = call.cost() == null ? Long.MIN_VALUE : call.cost().minorUnits();
        }
        return Columns.named("calls")
                .text("channel", channel)
                .instant("started", started, ChronoUnit.SECONDS)
                .whole("recommendation", score)
                .duration("wait", wait, ChronoUnit.SECONDS)
                .flag("answered", answered)
                .flag("abandoned", abandoned)
                .number("sentiment", sentiment)
                .date("day", day)
                .money("cost", "EUR", cost);
    }

    @Test
    void columnsGiveWhatRecordsGive() {
        for (int n : new int[] {0, 1, 1023, 1024, 1025, 5000, 70_000}) {
            List<Call> calls = calls(n);
            Columns columns = columns(calls);
            ScorecardResult expected = card(CALLS).compute(calls);
            assertEquals(expected, card(columns.fields()).compute(columns), () -> n + " rows");
            assertEquals(
                    expected,
                    card(columns.fields()).compute((Iterable<Columns.Row>) columns),
                    () -> n + " rows, one thread");
        }
    }

    @Test
    void rowsOneByOneAndRangesMayMix() {
        List<Call> calls = calls(3000);
        Columns columns = columns(calls);
        ScorecardRun<Columns.Row> run = card(columns.fields()).start();
        columns.subList(0, 700).forEach(run::add);
        run.addAll(columns, 700, 900);
        run.addAll(columns, 900, 1000);
        run.addAll(columns.subList(1000, 1001));
        run.addAll(columns, 1001, 2200);
        columns.subList(2200, 3000).forEach(run::add);
        assertEquals(card(CALLS).compute(calls), run.result());
    }

    @Test
    void fieldsReadOtherColumnsOfTheSameShape() {
        Columns january = Columns.named("calls").whole("recommendation", new byte[] {9, 10, Byte.MIN_VALUE});
        Columns february = Columns.named("calls").whole("recommendation", new byte[] {0, 10});
        Scorecard<Columns.Row> card = Scorecard.over(january.fields()).kpis(SurveyKpis.nps());
        assertEquals(
                50,
                card.compute(january)
                        .merge(card.compute(february))
                        .total(SurveyKpis.nps())
                        .value()
                        .orElseThrow());
        Columns other = Columns.named("other").whole("effort", new byte[] {1});
        assertTrue(assertThrows(IllegalArgumentException.class, () -> card.compute(other))
                .getMessage()
                .contains("'recommendation'"));
    }

    @Test
    void flagsTextsByNumberAndLongRatings() {
        Columns columns = Columns.named("bots")
                .flag("answered", new boolean[] {true, true, false})
                .text("channel", new int[] {1, -1, 0}, List.of("chat", "phone"))
                .whole("recommendation", new long[] {10, Long.MIN_VALUE, Long.MAX_VALUE});
        ScorecardResult result = Scorecard.over(columns.fields())
                .by("channel")
                .kpis(Share.kpi("answered-share", Field.flag("answered")), SurveyKpis.nps())
                .compute(columns);
        assertEquals(
                List.of("chat", "phone", "(missing)"),
                result.cells().keySet().stream()
                        .map(cell -> cell.labels().get(0).toString())
                        .toList());
        assertEquals(
                "expected at most 9007199254740991 in magnitude",
                result.intake().samples().get(0).reason());
        assertEquals(3, result.intake().samples().get(0).line());
    }

    @Test
    void policiesLookAtTheSameRowsOfColumnsAsOfRecords() {
        byte[] scores = new byte[200_000];
        Arrays.fill(scores, (byte) 9);
        for (int bad : new int[] {65_537, 149_999, 150_000}) {
            scores[bad] = 11;
        }
        Columns columns = Columns.named("answers").whole("recommendation", scores);
        Scorecard<Columns.Row> card = Scorecard.over(columns.fields()).kpis(SurveyKpis.nps());
        Scorecard<Columns.Row> strict = card.rejects(RejectPolicy.failAtFirst());
        // 1 of 131 072 is past 5 in a million; 0 of the first 65 536 is not.
        Scorecard<Columns.Row> share = card.rejects(RejectPolicy.failPast(0.000005, 1));
        List<Function<Scorecard<Columns.Row>, ScorecardResult>> ways = List.of(
                one -> one.compute(columns),
                one -> one.compute((Iterable<Columns.Row>) columns),
                one -> {
                    ScorecardRun<Columns.Row> run = one.start();
                    run.addAll(columns.subList(0, 7));
                    run.addAll(columns, 7, columns.size());
                    return run.result();
                },
                one -> {
                    ScorecardRun<Columns.Row> run = one.start();
                    columns.forEach(run::add);
                    return run.result();
                });
        for (Function<Scorecard<Columns.Row>, ScorecardResult> way : ways) {
            RejectedException first = assertThrows(RejectedException.class, () -> way.apply(strict));
            assertEquals(
                    "answers:65538 recommendation \"11\": expected 0…10",
                    first.first().orElseThrow().toString());
            assertEquals(65_538, first.intake().rows());
            RejectedException past = assertThrows(RejectedException.class, () -> way.apply(share));
            assertEquals(131_072, past.intake().rows());
            assertEquals(3, way.apply(card).intake().rejectedValues());
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Columns columns = Columns.named("calls").whole("a", new int[3]);
        assertThrows(IllegalArgumentException.class, () -> columns.whole("a", new int[3]));
        assertThrows(IllegalArgumentException.class, () -> columns.whole("b", new int[2]));
        assertThrows(IllegalArgumentException.class, () -> columns.duration("w", new long[3], ChronoUnit.NANOS));
        assertThrows(IllegalArgumentException.class, () -> columns.duration("w", new long[3], ChronoUnit.MONTHS));
        assertThrows(IndexOutOfBoundsException.class, () -> columns.get(3));
    }
}
