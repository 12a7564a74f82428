package io.cxmetrics.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    @Provide
    Arbitrary<Grain> grains() {
        return Arbitraries.of(Grain.all());
    }

    @Provide
    Arbitrary<LocalDate> dates() {
        return Arbitraries.longs()
                .between(
                        LocalDate.of(1, 1, 4).toEpochDay(),
                        LocalDate.of(9998, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    @Provide
    Arbitrary<LocalDate> recentDates() {
        return Arbitraries.longs()
                .between(
                        LocalDate.of(1990, 1, 1).toEpochDay(),
                        LocalDate.of(2060, 1, 1).toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    @Property(tries = 300)
    void parseIsTheInverseOfToString(@ForAll("dates") LocalDate date, @ForAll("grains") Grain grain) {
        Period period = grain.of(date);

        assertEquals(period, grain.period(period.toString()));
        if (grain.isFiscal()) {
            assertThrows(IllegalArgumentException.class, () -> Period.parse(period.toString()));
        } else {
            assertEquals(period, Period.parse(period.toString()));
        }
    }

    @Property(tries = 300)
    void everyDateLiesInExactlyOnePeriodOfAGrain(@ForAll("recentDates") LocalDate date, @ForAll("grains") Grain grain) {
        Period period = grain.of(date);

        assertTrue(period.contains(date));
        assertTrue(period.contains(period.start()));
        assertFalse(period.contains(period.end()));
        assertFalse(period.contains(period.start().minusDays(1)));
        assertEquals(period, grain.of(period.end().minusDays(1)));
        assertEquals(period.end(), grain.of(period.end()).start());
    }

    @Property(tries = 300)
    void textsOfOneGrainSortAsThePeriodsDo(
            @ForAll("dates") LocalDate one, @ForAll("dates") LocalDate other, @ForAll("grains") Grain grain) {
        Period a = grain.of(one);
        Period b = grain.of(other);

        assertEquals(Integer.signum(a.compareTo(b)), Integer.signum(a.toString().compareTo(b.toString())));
    }

    @Property(tries = 100)
    void periodsSortByStartThenByLength(
            @ForAll @Size(max = 8) List<@net.jqwik.api.From("recentDates") LocalDate> dates) {
        List<Period> periods = new ArrayList<>();
        for (LocalDate date : dates) {
            for (Grain grain : Grain.all()) {
                periods.add(grain.of(date));
            }
        }
        Collections.sort(periods);

        for (int i = 1; i < periods.size(); i++) {
            Period a = periods.get(i - 1);
            Period b = periods.get(i);
            assertTrue(a.start().isBefore(b.start())
                    || a.start().equals(b.start()) && a.grain().compareTo(b.grain()) <= 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // ISO 8601: week 1 holds the first Thursday. 2020 and 2026 have 53 weeks.
        "2020-12-31, 2020-W53, 2020-12-28, 2021-01-04",
        "2021-01-03, 2020-W53, 2020-12-28, 2021-01-04",
        "2021-01-04, 2021-W01, 2021-01-04, 2021-01-11",
        "2026-12-28, 2026-W53, 2026-12-28, 2027-01-04",
        "2027-01-03, 2026-W53, 2026-12-28, 2027-01-04",
        "2018-12-31, 2019-W01, 2018-12-31, 2019-01-07",
        "2024-12-30, 2025-W01, 2024-12-30, 2025-01-06",
        "2026-01-01, 2026-W01, 2025-12-29, 2026-01-05",
        "2026-02-14, 2026-W07, 2026-02-09, 2026-02-16"
    })
    void weeksAreIsoWeeks(LocalDate date, String week, LocalDate start, LocalDate end) {
        Period period = Grain.WEEK.of(date);

        assertEquals(week, period.toString());
        assertEquals(start, period.start());
        assertEquals(end, period.end());
        assertEquals(period, Period.parse(week));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, 2026-Q1, 2026-01-01, 2026-04-01",
        "2026-03-31, 2026-Q1, 2026-01-01, 2026-04-01",
        "2024-02-29, 2024-Q1, 2024-01-01, 2024-04-01",
        "2026-04-01, 2026-Q2, 2026-04-01, 2026-07-01",
        "2026-09-30, 2026-Q3, 2026-07-01, 2026-10-01",
        "2026-12-31, 2026-Q4, 2026-10-01, 2027-01-01"
    })
    void quartersHaveThreeMonths(LocalDate date, String quarter, LocalDate start, LocalDate end) {
        Period period = Grain.QUARTER.of(date);

        assertEquals(quarter, period.toString());
        assertEquals(start, period.start());
        assertEquals(end, period.end());
    }

    @Test
    void monthsAndYearsKnowLeapYears() {
        assertEquals(29, days(Grain.MONTH.of(LocalDate.of(2024, 2, 10))));
        assertEquals(28, days(Grain.MONTH.of(LocalDate.of(2026, 2, 10))));
        assertEquals(366, days(Grain.YEAR.of(LocalDate.of(2024, 2, 10))));
        assertEquals(365, days(Grain.YEAR.of(LocalDate.of(1900, 2, 10))));
        assertEquals(LocalDate.of(2026, 1, 1), Period.parse("2025-12").end());
    }

    private static long days(Period period) {
        return ChronoUnit.DAYS.between(period.start(), period.end());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-14, day, 2026-02-14",
        "2026-W07, week, 2026-02-09",
        "2026-02, month, 2026-02-01",
        "2026-Q1, quarter, 2026-01-01",
        "2026, year, 2026-01-01",
        "0987, year, 0987-01-01",
        "0987-Q4, quarter, 0987-10-01",
        "0987-12, month, 0987-12-01"
    })
    void everyGrainHasItsForm(String text, Grain grain, LocalDate start) {
        Period period = Period.parse(text);

        assertEquals(new Period(grain, start), period);
        assertEquals(text, period.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "26",
                "2026-",
                "2026-13",
                "2026-00",
                "2026-2",
                "2026-02-30",
                "2026-02-29",
                "2026-2-14",
                "2026-Q0",
                "2026-Q5",
                "2026-q1",
                "2026-W00",
                "2025-W53",
                "2026-W54",
                "2026-W99",
                "2026-W7",
                "2026-W07-1",
                "2026-02-14T00:00",
                " 2026",
                "2026 ",
                "-2026",
                "12026",
                "٢٠٢٦",
                "today"
            })
    void otherTextsAreRefusedByValue(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Period.parse(text));

        assertEquals(
                "\"" + text + "\" is not a period; expected such as 2026-02-14, 2026-W07, 2026-02, 2026-Q1 or 2026",
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"week, 2026-02-10", "month, 2026-02-02", "quarter, 2026-02-01", "year, 2026-02-01"})
    void periodBeginsWhereItsGrainDoes(Grain grain, LocalDate start) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> new Period(grain, start));

        assertEquals("no " + grain.word() + " begins on " + start, refusal.getMessage());
    }

    @Property(tries = 300)
    void dividesIntoSaysWhetherPeriodsAreCutNowhere(@ForAll("grains") Grain fine, @ForAll("grains") Grain coarse) {
        boolean cut = false;
        for (LocalDate day = LocalDate.of(2024, 1, 1); day.getYear() < 2029; day = day.plusDays(1)) {
            Period inner = fine.of(day);
            Period outer = coarse.of(day);
            cut |= inner.start().isBefore(outer.start()) || inner.end().isAfter(outer.end());
        }

        assertEquals(!cut, fine.dividesInto(coarse), () -> fine + " into " + coarse);
    }

    @Test
    void grainsHaveWords() {
        for (Grain grain : Grain.all()) {
            assertEquals(grain, Grain.parse(grain.word()));
        }
        assertEquals(
                "\"hour\" is not a grain; expected day, week, month, quarter, year, or such as fiscal-year-from-april,"
                        + " fiscal-quarter-from-april",
                assertThrows(IllegalArgumentException.class, () -> Grain.parse("hour"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Grain.parse("DAY"));
    }

    /** The federal years of the US begin in October, the UK's and Canada's government years in April. */
    @ParameterizedTest
    @CsvSource({
        "fiscal-year-from-october, 2025-09-30, FY2025, 2024-10-01, 2025-10-01",
        "fiscal-year-from-october, 2025-10-01, FY2026, 2025-10-01, 2026-10-01",
        "fiscal-quarter-from-october, 2025-12-31, FY2026-Q1, 2025-10-01, 2026-01-01",
        "fiscal-quarter-from-october, 2026-09-30, FY2026-Q4, 2026-07-01, 2026-10-01",
        "fiscal-year-from-april, 2026-03-31, FY2026, 2025-04-01, 2026-04-01",
        "fiscal-quarter-from-april, 2026-04-01, FY2027-Q1, 2026-04-01, 2026-07-01",
        "fiscal-quarter-from-february, 2024-02-29, FY2025-Q1, 2024-02-01, 2024-05-01",
        "fiscal-quarter-from-february, 1969-01-31, FY1969-Q4, 1968-11-01, 1969-02-01"
    })
    void fiscalYearsAreNamedAfterTheYearInWhichTheyEnd(
            Grain grain, LocalDate date, String text, LocalDate start, LocalDate end) {
        Period period = grain.of(date);

        assertEquals(text, period.toString());
        assertEquals(start, period.start());
        assertEquals(end, period.end());
        assertEquals(period, grain.period(text));
    }

    @Test
    void fiscalGrainsAreOneObjectEachAndTheCalendarYearIsNone() {
        assertTrue(Grain.fiscalYear(Month.JANUARY) == Grain.YEAR);
        assertTrue(Grain.fiscalQuarter(Month.JANUARY) == Grain.QUARTER);
        assertTrue(Grain.fiscalYear(Month.JULY) == Grain.parse("fiscal-year-from-july"));
        assertFalse(Grain.fiscalQuarter(Month.JULY).equals(Grain.QUARTER));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Period.parse("FY2026"))
                .getMessage()
                .endsWith("a fiscal period is read by its grain, Grain.fiscalYear(…).period(…)"));
        assertEquals(
                "\"FY2026-Q1\" is not a fiscal-year-from-april; expected such as FY2026",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Grain.fiscalYear(Month.APRIL).period("FY2026-Q1"))
                        .getMessage());
        assertEquals(
                "\"2026-Q1\" is not a month; expected such as 2026-02",
                assertThrows(IllegalArgumentException.class, () -> Grain.MONTH.period("2026-Q1"))
                        .getMessage());
    }

    @Test
    void textsDoNotDependOnTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertEquals("2026-W07", Period.parse("2026-W07").toString());
            assertEquals("2026-02", Period.parse("2026-02").toString());
            assertEquals("2026-Q1", Period.parse("2026-Q1").toString());
        } finally {
            Locale.setDefault(before);
        }
    }
}
