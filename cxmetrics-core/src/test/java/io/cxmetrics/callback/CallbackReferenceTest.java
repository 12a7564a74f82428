package io.cxmetrics.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Counts;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Money;
import io.cxmetrics.money.MoneyKpis;
import io.cxmetrics.money.ValueChange;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.HourOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The callbacks of mission.md, document 004: with and without timing. */
class CallbackReferenceTest {

    record Callback(
            Long attempts, Boolean reached, Duration toAttempt, Duration toContact, boolean sale, String cost) {}

    private static final Fields<Callback> FIELDS = Fields.of(Callback.class)
            .whole(CallbackKpis.ATTEMPTS, Callback::attempts)
            .flag(CallbackKpis.REACHED, Callback::reached)
            .duration(CallbackKpis.TIME_TO_FIRST_ATTEMPT, Callback::toAttempt)
            .duration(CallbackKpis.TIME_TO_FIRST_CONTACT, Callback::toContact)
            .flag(CallbackKpis.SUCCESS, Callback::sale)
            .money(CallbackKpis.COST, "EUR", callback -> Money.of(callback.cost(), "EUR"))
            .derived("delay", CallbackKpis.delayBuckets(List.of(Duration.ofHours(24), Duration.ofHours(48))));

    /**
     * A hundred callbacks with the stated figures: reached at the first attempt, reached within three, mean attempts, hours to
     * contact, and cost.
     */
    private static List<Callback> hundred(int first, int total, int attempts, int hours, String cost) {
        List<Callback> callbacks = new ArrayList<>();
        int others = attempts - first - 2 * (total - first);
        int open = 100 - total;
        for (int i = 0; i < 100; i++) {
            boolean reached = i < total;
            long made = i < first ? 1 : reached ? 2 : others / open + (i - total < others % open ? 1 : 0);
            Duration toContact = reached ? Duration.ofHours(hours) : null;
            callbacks.add(new Callback(made, reached, Duration.ofHours(1), toContact, false, cost));
        }
        return callbacks;
    }

    private static final List<Callback> BEFORE = hundred(23, 45, 320, 18, "12.60");
    private static final List<Callback> AFTER = hundred(38, 72, 180, 6, "7.20");

    private static <S extends Statistic<S>> String change(Kpi<S> kpi) {
        ValueChange change = ValueChange.of(kpi.of(FIELDS, BEFORE), kpi.of(FIELDS, AFTER));
        return String.format(
                Locale.ROOT, "%s %+d %%", change, Math.round(change.relative().orElseThrow() * 100));
    }

    @Test
    void theTableOfTheMission() {
        assertEquals("23.0 % → 38.0 % (+65.2 %) +65 %", change(CallbackKpis.firstAttemptReach()));
        assertEquals("45.0 % → 72.0 % (+60.0 %) +60 %", change(CallbackKpis.reachWithin(3)));
        assertEquals("3.20 → 1.80 (-43.8 %) -44 %", change(CallbackKpis.attemptsPerCallback()));
        assertEquals("18.0 h → 6.0 h (-66.7 %) -67 %", change(CallbackKpis.timeToFirstContact()));
        assertEquals("12.60 EUR → 7.20 EUR (-42.9 %) -43 %", change(CallbackKpis.costPerCallback("EUR")));
    }

    @Test
    void aHundredCallbacksADaySave540Euros() {
        assertEquals(
                Money.of("540.00", "EUR"), MoneyKpis.savedCost(Money.of("12.60", "EUR"), Money.of("7.20", "EUR"), 100));
        assertThrows(
                IllegalArgumentException.class,
                () -> MoneyKpis.savedCost(Money.of("12.60", "EUR"), Money.of("7.20", "USD"), 100));
    }

    @Test
    void attemptsPerReachedCountTheAttemptsOfAll() {
        assertEquals(
                320 / 45.0,
                CallbackKpis.attemptsPerReached().of(FIELDS, BEFORE).value().orElseThrow(),
                1e-12);
        assertEquals(0.45, CallbackKpis.totalReach().of(FIELDS, BEFORE).value().orElseThrow());
    }

    @Test
    void aPromiseIsBrokenByWhoIsNotReached() {
        List<Callback> callbacks = List.of(
                new Callback(1L, true, Duration.ofHours(1), Duration.ofHours(1), true, "1"),
                new Callback(3L, true, Duration.ofHours(2), Duration.ofHours(9), true, "1"),
                new Callback(2L, false, Duration.ofHours(3), null, false, "1"),
                new Callback(0L, false, null, null, false, "0"));
        Share called = CallbackKpis.calledBackWithin(Duration.ofHours(4)).of(FIELDS, callbacks);
        assertEquals(1, called.value().orElseThrow());
        assertEquals(new Counts(3, 0, 1, 0), called.counts());
        Share reached = CallbackKpis.reachedWithin(Duration.ofHours(4)).of(FIELDS, callbacks);
        assertEquals(0.25, reached.value().orElseThrow());
        assertEquals(
                new Counts(3, 1, 0, 0),
                CallbackKpis.totalReach().of(FIELDS, callbacks).counts());
        assertThrows(IllegalArgumentException.class, () -> CallbackKpis.reachWithin(0));
    }

    @Test
    void successFallsWithDelayAndAttempts() {
        // The curves of mission.md: of 100 early ones 50 sell, after 24 h 58 % fewer, after 48 h 12 % are left.
        List<Callback> callbacks = new ArrayList<>();
        int[] sold = {50, 21, 6};
        long[] hours = {3, 24, 60};
        for (int bucket = 0; bucket < 3; bucket++) {
            for (int i = 0; i < 100; i++) {
                Duration delay = Duration.ofHours(hours[bucket]);
                callbacks.add(new Callback(bucket + 1L, true, delay, delay, i < sold[bucket], "1"));
            }
        }
        callbacks.add(new Callback(3L, false, Duration.ofHours(1), null, false, "1"));
        Kpi<Share> success = CallbackKpis.successRate();
        ScorecardResult result = Scorecard.over(FIELDS)
                .by("delay", CallbackKpis.ATTEMPTS)
                .kpis(success)
                .compute(callbacks);
        ScorecardResult byDelay = result.by("delay");
        double early = byDelay.get(success, Cell.of(null, "0")).value().orElseThrow();
        double day = byDelay.get(success, Cell.of(null, "1")).value().orElseThrow();
        double late = byDelay.get(success, Cell.of(null, "2")).value().orElseThrow();
        assertEquals(-0.58, new ValueChange(Unit.SHARE, early, day).relative().orElseThrow(), 1e-12);
        assertEquals(0.12, late / early, 1e-12);
        assertEquals(
                101,
                result.by(CallbackKpis.ATTEMPTS)
                        .get(success, Cell.of(null, "3"))
                        .counts()
                        .used());
    }

    record Attempt(Instant at, boolean answered) {}

    @Test
    void reachByHourOfTheWeekIsOnTheCustomersClock() {
        ZoneId helsinki = ZoneId.of("Europe/Helsinki");
        Fields<Attempt> fields = Fields.of(Attempt.class)
                .text("hour", attempt -> HourOfWeek.of(attempt.at(), helsinki).toString())
                .flag(CallbackKpis.ATTEMPT_REACHED, Attempt::answered);
        Kpi<Share> reach = CallbackKpis.attemptReach();
        ScorecardResult result = Scorecard.over(fields)
                .by("hour")
                .kpis(reach)
                .compute(List.of(
                        new Attempt(Instant.parse("2026-02-16T07:30:00Z"), true),
                        new Attempt(Instant.parse("2026-02-16T07:59:00Z"), false),
                        new Attempt(Instant.parse("2026-02-16T22:30:00Z"), false)));
        assertEquals(
                List.of("1 Mon 09", "2 Tue 00"),
                result.cells().keySet().stream().map(Cell::toString).toList());
        assertEquals(0.5, result.get(reach, Cell.of(null, "1 Mon 09")).value().orElseThrow());
    }
}
