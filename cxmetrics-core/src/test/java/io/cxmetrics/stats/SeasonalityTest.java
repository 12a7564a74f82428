package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.SharedData;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Seasonality.Form;
import io.cxmetrics.time.Grain;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.inference.OneWayAnova;
import org.junit.jupiter.api.Test;

class SeasonalityTest {
    /** Passengers of an airline, in thousands, January 1949 to December 1960: series G of Box and Jenkins. */
    private static final int[] PASSENGERS = {
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133,
                114, 140,
        145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191,
                172, 194,
        196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229,
                203, 229,
        242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306,
                271, 306,
        315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359,
                310, 337,
        360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461,
                390, 432
    };

    private static SortedMap<LocalDate, Double> passengers() {
        SortedMap<LocalDate, Double> months = new TreeMap<>();
        for (int m = 0; m < PASSENGERS.length; m++) {
            months.put(LocalDate.of(1949, 1, 31).plusMonths(m), (double) PASSENGERS[m]);
        }
        return months;
    }

    private static SortedMap<LocalDate, Double> days(LocalDate first, double... values) {
        SortedMap<LocalDate, Double> days = new TreeMap<>();
        for (int d = 0; d < values.length; d++) {
            if (!Double.isNaN(values[d])) {
                days.put(first.plusDays(d), values[d]);
            }
        }
        return days;
    }

    @Test
    void indicesAreThoseOfTheClassicalDecomposition() {
        // R 4: round(decompose(AirPassengers, "multiplicative")$figure, 7)
        double[] expected = {
            0.9102304, 0.8836253, 1.0073663, 0.9759060, 0.9813780, 1.1127758,
            1.2265555, 1.2199110, 1.0604919, 0.9217572, 0.8011781, 0.8988244
        };
        Seasonality year = Seasonality.yearly(passengers(), OptionalDouble::of, Form.MULTIPLICATIVE);
        List<Seasonality.Index> indices = year.indices();

        for (int m = 0; m < 12; m++) {
            assertEquals(expected[m], indices.get(m).value().orElseThrow(), 5e-8);
            assertEquals(11, indices.get(m).values());
        }
        assertEquals("July", indices.get(6).name());
        assertEquals("", year.shortage());
        assertTrue(year.pValue().orElseThrow() < 1e-40);
        assertTrue(year.toString().startsWith("January × 0.910, February × 0.884, "), year::toString);
        // July without its season: 148 / 1.2265555
        assertEquals(148 / 1.2265555, year.deseasonalised().get(6).orElseThrow(), 1e-4);
    }

    /** A second derivation by other means: plain sums in the test, t and F of commons-math3. */
    @Test
    void intervalsAndTestAreThoseOfASecondDerivation() {
        Random random = new Random(5);
        double[] values = new double[52];
        for (int d = 0; d < values.length; d++) {
            values[d] = 50 + d * .1 + (d % 7 == 0 ? 4 : 0) + random.nextGaussian();
        }
        LocalDate monday = LocalDate.of(2026, 2, 2);
        Seasonality week = Seasonality.weekly(days(monday, values), OptionalDouble::of, Form.ADDITIVE);

        List<List<Double>> byDay = new ArrayList<>();
        for (int p = 0; p < 7; p++) {
            byDay.add(new ArrayList<>());
        }
        for (int d = 3; d <= 48; d++) {
            double sum = 0;
            for (int i = d - 3; i <= d + 3; i++) {
                sum += values[i];
            }
            byDay.get(d % 7).add(values[d] - sum / 7);
        }
        double[] means = byDay.stream()
                .mapToDouble(l -> l.stream().mapToDouble(v -> v).average().orElseThrow())
                .toArray();
        double grand = java.util.Arrays.stream(means).average().orElseThrow();
        double squares = 0;
        for (int p = 0; p < 7; p++) {
            for (double value : byDay.get(p)) {
                squares += (value - means[p]) * (value - means[p]);
            }
        }
        double t = new TDistribution(46 - 7).inverseCumulativeProbability(.975);
        for (int p = 0; p < 7; p++) {
            Interval interval = week.indices().get(p).interval();
            double half = t * Math.sqrt(squares / 39 / byDay.get(p).size());
            assertEquals(means[p] - grand - half, interval.low(), 1e-7);
            assertEquals(means[p] - grand + half, interval.high(), 1e-7);
        }
        double f = new OneWayAnova()
                .anovaFValue(byDay.stream()
                        .map(l -> l.stream().mapToDouble(v -> v).toArray())
                        .collect(Collectors.toList()));
        // Within days 6/7 of the variance is left: x − mean of seven has the variance 1 − 2/7 + 7/49.
        assertEquals(
                1 - new FDistribution(6, 39).cumulativeProbability(f * 6 / 7),
                week.pValue().orElseThrow(),
                1e-9);
        assertEquals("Monday", week.indices().get(0).name());
        assertTrue(week.indices().get(0).interval().low() > 2);
    }

    /** 2 000 simulated series of six weeks, seed 11: how often the interval has the truth, and the test cries without reason. */
    @Test
    void intervalsHoldTheirLevelAndTheTestItsError() {
        Random random = new Random(11);
        double[] season = {3, 1, 0, 0, 0, -1, -3};
        int covered = 0;
        int alarms = 0;
        int series = 2_000;
        for (int s = 0; s < series; s++) {
            double[] seasonal = new double[42];
            double[] quiet = new double[42];
            for (int d = 0; d < 42; d++) {
                seasonal[d] = 100 + season[d % 7] + 2 * random.nextGaussian();
                quiet[d] = 100 + 2 * random.nextGaussian();
            }
            LocalDate monday = LocalDate.of(2026, 2, 2);
            Seasonality week = Seasonality.weekly(days(monday, seasonal), OptionalDouble::of, Form.ADDITIVE);
            for (Seasonality.Index index : week.indices()) {
                covered += index.interval().contains(season[index.position()]) ? 1 : 0;
            }
            alarms += Seasonality.weekly(days(monday, quiet), OptionalDouble::of, Form.ADDITIVE)
                                    .pValue()
                                    .orElseThrow()
                            < .05
                    ? 1
                    : 0;
        }
        double coverage = covered / 7.0 / series;
        double error = (double) alarms / series;
        System.out.printf(Locale.ROOT, "Seasonality, six weeks: coverage %.3f, false alarms %.3f%n", coverage, error);
        assertTrue(coverage > .935 && coverage < .97, "" + coverage);
        assertTrue(error < .08, "" + error);
    }

    @Test
    void tooLittleDataIsSaid() {
        LocalDate monday = LocalDate.of(2026, 2, 2);
        Seasonality ten =
                Seasonality.weekly(days(monday, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), OptionalDouble::of, Form.ADDITIVE);
        assertTrue(ten.indices().get(0).value().isEmpty());
        assertEquals("10 days are too few: indices need 13 without gaps, their intervals 20", ten.shortage());
        assertTrue(ten.pValue().isEmpty());
        assertTrue(ten.toString().contains("too few"), ten::toString);

        double[] two = new double[13];
        double[] three = new double[20];
        for (int d = 0; d < 20; d++) {
            three[d] = d % 7;
            two[d % 13] = d % 7;
        }
        Seasonality once = Seasonality.weekly(days(monday, two), OptionalDouble::of, Form.ADDITIVE);
        assertTrue(once.indices().get(0).value().isPresent());
        assertEquals(Interval.Kind.UNDEFINED, once.indices().get(0).interval().kind());
        assertTrue(once.indices().get(0).interval().method().contains("too few"));
        Seasonality twice = Seasonality.weekly(days(monday, three), OptionalDouble::of, Form.ADDITIVE);
        assertEquals("", twice.shortage());
        assertTrue(twice.indices().get(0).interval().isBounded());

        Seasonality none = Seasonality.weekly(new TreeMap<LocalDate, Share>());
        assertEquals("0 days are too few: indices need 13 without gaps, their intervals 20", none.toString());
        List<Share> shares = Collections.nCopies(10, Share.of(1, 2));
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> ControlChart.of(shares).withSeason(ten));
        assertTrue(refusal.getMessage().contains("too few"), refusal.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> ControlChart.of(shares.subList(0, 9)).withSeason(ten));
    }

    @Test
    void closedDaysAndGapsDoNotSpoilTheRest() {
        LocalDate monday = LocalDate.of(2026, 2, 2);
        double[] values = new double[35];
        for (int d = 0; d < values.length; d++) {
            values[d] = d % 7 >= 5 ? Double.NaN : 10 + (d % 7 == 0 ? 5 : 0);
        }
        Seasonality week = Seasonality.weekly(days(monday, values), OptionalDouble::of, Form.ADDITIVE);
        // Five open days: Monday is 4 above the mean of 11, the others 1 below; the weekend has no index.
        assertEquals(4, week.indices().get(0).value().orElseThrow(), 1e-12);
        assertEquals(-1, week.indices().get(4).value().orElseThrow(), 1e-12);
        assertTrue(week.indices().get(6).value().isEmpty());
        assertEquals("", week.shortage());

        values[16] = Double.NaN;
        Seasonality gap = Seasonality.weekly(days(monday, values), OptionalDouble::of, Form.ADDITIVE);
        assertEquals(33, gap.size(), "the series ends on the last open day");
        assertEquals(4, gap.indices().get(0).value().orElseThrow(), 1e-12);
        assertTrue(gap.deseasonalised().get(16).isEmpty());
        assertEquals(11, gap.deseasonalised().get(14).orElseThrow(), 1e-12);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        List<OptionalDouble> negative = List.of(OptionalDouble.of(-1));
        assertThrows(IllegalArgumentException.class, () -> Seasonality.of(negative, 0, 7, Form.MULTIPLICATIVE));
        assertEquals(1, Seasonality.of(negative, 0, 7, Form.ADDITIVE).size());
        assertThrows(IllegalArgumentException.class, () -> Seasonality.of(negative, 7, 7, Form.ADDITIVE));
        assertThrows(IllegalArgumentException.class, () -> Seasonality.of(negative, 0, 1, Form.ADDITIVE));
        assertThrows(
                IllegalArgumentException.class,
                () -> Seasonality.of(List.of(OptionalDouble.of(Double.NaN)), 0, 7, Form.ADDITIVE));
        SortedMap<LocalDate, Double> sameMonth = new TreeMap<>();
        sameMonth.put(LocalDate.of(2026, 1, 1), 1.0);
        sameMonth.put(LocalDate.of(2026, 1, 2), 1.0);
        assertThrows(
                IllegalArgumentException.class, () -> Seasonality.yearly(sameMonth, OptionalDouble::of, Form.ADDITIVE));
        assertThrows(
                IllegalArgumentException.class,
                () -> Seasonality.of(negative, 0, 7, Form.ADDITIVE).indices(95));
    }

    /** Saturdays are 30 points worse, always; one Wednesday falls to what is usual on a Saturday. */
    @Test
    void aControlChartWithSeasonHoldsAMondayAgainstMondays() {
        LocalDate monday = LocalDate.of(2026, 2, 2);
        SortedMap<LocalDate, Share> days = new TreeMap<>();
        for (int d = 0; d < 42; d++) {
            long hits = d % 7 == 5 ? 50 + d % 3 : 80 + d % 2;
            days.put(monday.plusDays(d), Share.of(d == 30 ? 55 : hits, 100));
        }
        List<Share> series = List.copyOf(days.values());
        ControlChart plain = ControlChart.of(series);
        ControlChart seasonal = plain.withSeason(Seasonality.weekly(days));

        assertTrue(plain.signals().size() >= 7, plain::toString);
        assertEquals(
                List.of(30),
                seasonal.signals().stream().map(ControlChart.Point::index).toList(),
                seasonal::toString);
        ControlChart.Point saturday = seasonal.points().get(5);
        assertTrue(saturday.center() > .45 && saturday.center() < .55, saturday::toString);
        assertEquals(.52, saturday.value().orElseThrow());
        // At the level found, all days together have the hits that they have.
        assertEquals(
                series.stream().mapToLong(Share::hits).sum(),
                seasonal.points().stream().mapToDouble(p -> 100 * p.center()).sum(),
                1e-9);

        // Single values: the moving range is that of the series without its season.
        double[] calls = new double[28];
        for (int d = 0; d < 28; d++) {
            calls[d] = (d % 7 == 0 ? 200 : 100) * (1 + (d % 2 == 0 ? .01 : -.01)) * (d == 17 ? 1.5 : 1);
        }
        Seasonality season = Seasonality.weekly(days(monday, calls), OptionalDouble::of, Form.MULTIPLICATIVE);
        ControlChart volumes = ControlChart.ofValues(calls).withSeason(season);
        assertTrue(volumes.signals().stream().anyMatch(p -> p.index() == 17), volumes::toString);
        assertFalse(volumes.signals().stream().anyMatch(p -> p.index() % 7 == 0), volumes::toString);
        assertTrue(ControlChart.ofValues(calls).signals().stream().noneMatch(p -> p.index() == 17));
    }

    @Test
    void aScorecardGivesTheSeriesWithItsGaps() {
        record Answer(LocalDate day, String channel, boolean satisfied) {}
        Kpi<Share> csat = Share.kpi("csat", Field.flag("satisfied"));
        ScorecardResult result = Scorecard.over(Fields.of(Answer.class)
                        .date("day", Answer::day)
                        .text("channel", Answer::channel)
                        .flag("satisfied", Answer::satisfied))
                .by("channel")
                .every(Grain.DAY, "day", ZoneOffset.UTC)
                .kpis(csat)
                .compute(List.of(
                        new Answer(LocalDate.of(2026, 2, 2), "chat", true),
                        new Answer(LocalDate.of(2026, 2, 2), "mail", false),
                        new Answer(LocalDate.of(2026, 2, 5), "mail", true)));

        SortedMap<LocalDate, Share> all = result.series(csat);
        assertEquals(
                List.of(2L, 0L, 0L, 1L),
                all.values().stream().map(s -> s.counts().used()).toList());
        SortedMap<LocalDate, Share> chat =
                result.series(csat, cell -> cell.labels().get(0).text().equals("chat"));
        assertEquals(
                List.of(1L, 0L, 0L, 0L),
                chat.values().stream().map(s -> s.counts().used()).toList());
        assertEquals(LocalDate.of(2026, 2, 5), chat.lastKey());
        assertThrows(IllegalArgumentException.class, () -> result.overall().series(csat));
    }

    /** A bank's calls a day over a year (Technion): Fridays and Saturdays are its weekend. */
    @Test
    void theWeekOfTheTechnionCallsIsThatOfIsrael() throws Exception {
        Path folder = SharedData.folder("technion-anonymous-bank-aug1999");
        SortedMap<LocalDate, Double> days = new TreeMap<>();
        for (NamedCsvRecord day : SharedData.csv(folder.resolve("published_daily_metrics_1999.csv"))) {
            days.put(LocalDate.parse(day.getField("date")), Double.parseDouble(day.getField("total_calls")));
        }
        Seasonality week = Seasonality.weekly(days, OptionalDouble::of, Form.MULTIPLICATIVE);
        System.out.println(week);

        List<Seasonality.Index> indices = week.indices();
        Interval friday = indices.get(DayOfWeek.FRIDAY.ordinal()).interval();
        Interval saturday = indices.get(DayOfWeek.SATURDAY.ordinal()).interval();
        assertTrue(saturday.high() < friday.low() && friday.high() < 1, week::toString);
        for (DayOfWeek open : List.of(
                DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY)) {
            assertTrue(indices.get(open.ordinal()).interval().low() > 1, week::toString);
        }
        // A second way: the plain mean of a weekday over the mean of all days, for a series without much of a trend.
        double all = days.values().stream().mapToDouble(v -> v).average().orElseThrow();
        for (DayOfWeek weekday : DayOfWeek.values()) {
            double plain = days.entrySet().stream()
                            .filter(e -> e.getKey().getDayOfWeek() == weekday)
                            .mapToDouble(e -> e.getValue())
                            .average()
                            .orElseThrow()
                    / all;
            assertEquals(plain, indices.get(weekday.ordinal()).value().orElseThrow(), .04, weekday::toString);
        }
        List<OptionalDouble> volumes = new ArrayList<>();
        for (LocalDate day = days.firstKey(); !day.isAfter(days.lastKey()); day = day.plusDays(1)) {
            volumes.add(days.containsKey(day) ? OptionalDouble.of(days.get(day)) : OptionalDouble.empty());
        }
        ControlChart blind = ControlChart.ofValues(volumes);
        ControlChart seasonal = blind.withSeason(week);
        // The weekly swing makes the limits so wide that nothing is seen: not the eve and first day of Passover
        // (Thursday, 1
        // April 1999 began with the evening before), nor Yom Kippur (Monday, 20 September 1999).
        for (LocalDate holiday : List.of(LocalDate.of(1999, 4, 1), LocalDate.of(1999, 9, 20))) {
            int index = holiday.getDayOfYear() - 1;
            assertTrue(isBeyond(seasonal, index), holiday + ": " + seasonal);
            assertFalse(isBeyond(blind, index), holiday + ": " + blind);
        }
        // Yet a usual Saturday is none, though it has a seventh of the calls of a Sunday.
        assertFalse(isBeyond(seasonal, LocalDate.of(1999, 6, 12).getDayOfYear() - 1));
        // The year of months is too short to say anything of its season.
        SortedMap<LocalDate, Double> months = new TreeMap<>();
        days.forEach((day, calls) -> months.merge(day.withDayOfMonth(1), calls, Double::sum));
        assertTrue(Seasonality.yearly(months, OptionalDouble::of, Form.MULTIPLICATIVE)
                .shortage()
                .startsWith("12 months are too few: indices need 24"));
    }

    private static boolean isBeyond(ControlChart chart, int index) {
        return chart.points().get(index).signs().contains(ControlChart.Rule.BEYOND_LIMITS);
    }
}
