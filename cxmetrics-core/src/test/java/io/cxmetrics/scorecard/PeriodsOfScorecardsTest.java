package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.CatalogueRows;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Row;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.state.State;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.HourOfWeek;
import io.cxmetrics.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Rows fall into the periods and hours in which java.time puts them, one by one; windows are merges of days. */
class PeriodsOfScorecardsTest {
    record Event(Instant at, LocalDate day) {}

    private static final Fields<Event> FIELDS = Fields.of(Event.class)
            .instant("at", Event::at)
            .date("day", Event::day)
            .flag("all", event -> true);
    private static final Kpi<Share> ALL = Share.kpi("all", Field.flag("all"));
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

    @Provide
    Arbitrary<Grain> grains() {
        return Arbitraries.of(Grain.all());
    }

    /** Half an hour of daylight saving, a skipped day, offsets of odd minutes and seconds, no rules at all. */
    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(
                "Europe/Helsinki",
                "America/New_York",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Asia/Kathmandu",
                "Africa/Monrovia",
                "UTC",
                "+14:00");
    }

    private static List<Event> events(long seed, int n) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        long from = Instant.parse("1890-01-01T00:00:00Z").getEpochSecond();
        long to = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
        long near = from + Math.floorMod(random.nextLong(), to - from);
        for (int i = 0; i < n; i++) {
            long second = random.nextInt(3) == 0
                    ? from + Math.floorMod(random.nextLong(), to - from)
                    : near + random.nextInt(40 * 86_400);
            events.add(new Event(Instant.ofEpochSecond(second, random.nextInt(1_000_000_000)), null));
        }
        return events;
    }

    @Property(tries = 300)
    void everyRowIsInThePeriodOfItsLocalDate(
            @ForAll("grains") Grain grain, @ForAll("zones") String zone, @ForAll long seed) {
        ZoneId zoneId = ZoneId.of(zone);
        Map<Cell, Long> expected = new TreeMap<>();
        List<Event> events = events(seed, 300);
        for (Event event : events) {
            Period period = grain.of(event.at().atZone(zoneId).toLocalDate());
            expected.merge(Cell.of(period), 1L, Long::sum);
        }
        ScorecardResult result =
                Scorecard.over(FIELDS).every(grain, "at", zoneId).kpis(ALL).compute(events);
        Map<Cell, Long> found = new TreeMap<>();
        result.cells().forEach((cell, s) -> found.put(cell, s.get(0).counts().used()));
        assertEquals(expected, found);
        assertEquals(result, State.read(List.of(ALL), State.write(result)));
        assertEquals(result, ResultJson.read(LocatedJson.parse("r.json", ResultJson.write(result))));
    }

    @Property(tries = 100)
    void everyRowIsInTheHourOfItsClock(@ForAll("zones") String zone, @ForAll long seed) {
        ZoneId zoneId = ZoneId.of(zone);
        Map<Cell, Long> expected = new TreeMap<>();
        List<Event> events = events(seed, 300);
        for (Event event : events) {
            expected.merge(Cell.of(null, HourOfWeek.of(event.at(), zoneId).toString()), 1L, Long::sum);
        }
        Map<Cell, Long> found = new TreeMap<>();
        Scorecard.over(FIELDS)
                .byHourOfWeek("hour", "at", zoneId)
                .kpis(ALL)
                .compute(events)
                .cells()
                .forEach((cell, s) -> found.put(cell, s.get(0).counts().used()));
        assertEquals(expected, found);
    }

    /** In 2026 Finland puts the clocks forward on 29 March at 3 h and back on 25 October at 4 h. */
    @Test
    void daysOf23And25Hours() {
        List<Event> events = new ArrayList<>();
        for (Instant at = Instant.parse("2026-01-01T00:30:00Z");
                at.isBefore(Instant.parse("2027-01-01T00:00:00Z"));
                at = at.plusSeconds(3_600)) {
            events.add(new Event(at, null));
        }
        ScorecardResult days = Scorecard.over(FIELDS)
                .byHourOfWeek("hour", "at", HELSINKI)
                .every(Grain.DAY, "at", HELSINKI)
                .kpis(ALL)
                .compute(events);
        ScorecardResult perDay = days.by();
        assertEquals(23, perDay.get(ALL, Cell.of(Period.parse("2026-03-29"))).hits());
        assertEquals(25, perDay.get(ALL, Cell.of(Period.parse("2026-10-25"))).hits());
        assertEquals(24, perDay.get(ALL, Cell.of(Period.parse("2026-10-24"))).hits());
        assertEquals(
                0,
                days.get(ALL, Cell.of(Period.parse("2026-03-29"), "7 Sun 03")).hits());
        assertEquals(
                2,
                days.get(ALL, Cell.of(Period.parse("2026-10-25"), "7 Sun 03")).hits());
        assertEquals(168, days.overall().cells().size());
    }

    @Test
    void week53BelongsToTheYearInWhichItBegins() {
        ScorecardResult weeks = Scorecard.over(FIELDS)
                .every(Grain.WEEK, "day", ZoneOffset.UTC)
                .kpis(ALL)
                .compute(List.of(
                        new Event(null, LocalDate.of(2026, 12, 31)),
                        new Event(null, LocalDate.of(2027, 1, 3)),
                        new Event(null, LocalDate.of(2027, 1, 4))));
        assertEquals(2, weeks.get(ALL, Cell.of(Period.parse("2026-W53"))).hits());
        assertEquals(1, weeks.get(ALL, Cell.of(Period.parse("2027-W01"))).hits());
    }

    @Test
    void daysRollUpToFiscalPeriodsAndCalendarYearsDoNot() {
        Scorecard<Event> card = Scorecard.over(FIELDS).kpis(ALL);
        List<Event> events = events(9, 500);
        Grain quarter = Grain.fiscalQuarter(Month.APRIL);
        Grain year = Grain.fiscalYear(Month.APRIL);
        ScorecardResult days = card.every(Grain.DAY, "at", HELSINKI).compute(events);
        assertEquals(card.every(year, "at", HELSINKI).compute(events), days.per(year));
        assertEquals(days.per(year), days.per(Grain.MONTH).per(quarter).per(year));
        assertEquals(
                "a scorecard per year has no results per fiscal-year-from-april; compute it per day",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> days.per(Grain.YEAR).per(year))
                        .getMessage());
    }

    @Property(tries = 60)
    void rollingWindowsAreTheRowsOfTheirDays(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int length, @ForAll @IntRange(max = 120) int n) {
        Scorecard<Row> card = Scorecard.over(CatalogueRows.fields())
                .by("channel")
                .every(Grain.DAY, "day", ZoneOffset.UTC)
                .kpis(SurveyKpis.nps());
        ScorecardResult days = card.compute(CatalogueRows.rows(seed, n));
        SortedMap<LocalDate, ScorecardResult> windows = days.rolling(length);
        List<LocalDate> withRows = days.cells().keySet().stream()
                .filter(c -> c.period() != null)
                .map(c -> c.period().start())
                .toList();
        int expected = 0;
        if (!withRows.isEmpty()) {
            LocalDate last = withRows.get(withRows.size() - 1);
            for (LocalDate end = withRows.get(0).plusDays(length - 1L); !end.isAfter(last); end = end.plusDays(1)) {
                expected++;
                assertEquals(
                        days.between(end.minusDays(length - 1L), end.plusDays(1))
                                .overall(),
                        windows.get(end));
            }
        }
        assertEquals(expected, windows.size());
    }

    @Test
    void lateEventsChangeTheWindowsOfTheirDayOnly() {
        Scorecard<Event> card =
                Scorecard.over(FIELDS).every(Grain.DAY, "day", ZoneOffset.UTC).kpis(ALL);
        LocalDate first = LocalDate.of(1969, 12, 25);
        List<Event> events = new ArrayList<>();
        for (int d = 0; d < 14; d++) {
            events.add(new Event(null, first.plusDays(d)));
        }
        ScorecardResult stored = card.compute(events);
        ScorecardResult late = card.compute(List.of(new Event(null, LocalDate.of(1970, 1, 1))));
        SortedMap<LocalDate, ScorecardResult> windows = stored.merge(late).rolling(7);
        assertEquals(8, windows.size());
        windows.forEach((end, window) -> {
            boolean isTouched = !end.isBefore(LocalDate.of(1970, 1, 1)) && end.isBefore(LocalDate.of(1970, 1, 8));
            assertEquals(isTouched ? 8 : 7, window.total(ALL).hits(), end.toString());
        });
    }

    @Test
    void wrongFieldsAndGrainsAreRefused() {
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Scorecard.over(FIELDS).byHourOfWeek("hour", "day", HELSINKI))
                .getMessage()
                .contains("an hour of the week needs an instant"));
        ScorecardResult months = Scorecard.over(FIELDS)
                .every(Grain.MONTH, "day", HELSINKI)
                .kpis(ALL)
                .compute(List.of());
        assertEquals(
                "rolling windows need results per day and at least 1 day; found results per month and 7 days",
                assertThrows(IllegalArgumentException.class, () -> months.rolling(7))
                        .getMessage());
    }

    @Test
    void aBadTimeGivesAnHourThatSaysSo() {
        ScorecardResult result = Scorecard.over(CatalogueRows.fields())
                .byHourOfWeek("hour", "at", HELSINKI)
                .kpis(SurveyKpis.nps())
                .compute(CatalogueRows.rows(1, 500));
        assertTrue(result.cells().containsKey(new Cell(null, List.of(Label.MISSING))));
        assertTrue(result.cells().containsKey(new Cell(null, List.of(Label.REJECTED))));
        assertTrue(result.intake().rejected().keySet().stream().anyMatch(r -> r.startsWith("hour: expected a time")));
    }
}
