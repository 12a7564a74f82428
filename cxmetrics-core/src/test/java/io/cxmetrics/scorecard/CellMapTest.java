package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Statistic;
import io.cxmetrics.field.Fields;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cells of a result are a sorted map like any other, whatever labels they have and however many. */
class CellMapTest {
    private record Row(List<String> labels, LocalDate day, int rating) {}

    /** Labels that differ late, only beyond Latin-1, in length, or in nothing; missing ones; as text sorts numbers. */
    private static String label(SplittableRandom random, int distinct) {
        int number = random.nextInt(distinct);
        return switch (random.nextInt(10)) {
            case 8 -> (number % 2 == 0 ? "Жb" : "Яa") + number;
            case 9 -> number % 2 == 0 ? "\ud834\udd1e" : "\udd1e" + number;
            case 0 -> null;
            case 1 -> "";
            case 2 -> "customer number " + number;
            case 3 -> "Ж" + number;
            case 4 -> "ä" + number;
            case 5 -> "a".repeat(number % 12);
            default -> Integer.toString(number);
        };
    }

    private static ScorecardResult result(int dimensions, int rows, int distinct, boolean hasPeriods) {
        SplittableRandom random = new SplittableRandom(dimensions * 31L + rows);
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<String> labels = new ArrayList<>();
            for (int d = 0; d < dimensions; d++) {
                labels.add(label(random, distinct));
            }
            LocalDate day =
                    random.nextInt(10) == 0 ? null : LocalDate.of(2026, 1, 1).plusDays(random.nextInt(400));
            all.add(new Row(labels, day, random.nextInt(11)));
        }
        Fields<Row> fields =
                Fields.of(Row.class).whole("recommendation", Row::rating).date("day", Row::day);
        String[] names = new String[dimensions];
        for (int d = 0; d < dimensions; d++) {
            int place = d;
            names[d] = "d" + d;
            fields = fields.text(names[d], row -> row.labels().get(place));
        }
        Scorecard<Row> card = Scorecard.over(fields).by(names);
        card = hasPeriods ? card.every(Grain.WEEK, "day", java.time.ZoneOffset.UTC) : card;
        return card.kpis(SurveyKpis.nps()).compute((Iterable<Row>) all);
    }

    /** Eight dimensions of some 300 labels have ranks that no long holds together. */
    @ParameterizedTest
    @CsvSource({"0, 50, 1, true", "1, 3000, 900, false", "1, 3000, 900, true", "3, 2000, 9, true", "8, 700, 600, true"})
    void cellsAreInOrderAndFound(int dimensions, int rows, int distinct, boolean hasPeriods) {
        ScorecardResult result = result(dimensions, rows, distinct, hasPeriods);
        SortedMap<Cell, List<Statistic<?>>> cells = result.cells();
        List<Cell> found = new ArrayList<>(cells.keySet());
        List<Cell> shuffled = new ArrayList<>(found);
        Collections.shuffle(shuffled, new java.util.Random(1));
        TreeMap<Cell, List<Statistic<?>>> expected = new TreeMap<>();
        shuffled.forEach(cell -> expected.put(cell, cells.get(cell)));
        assertEquals(new ArrayList<>(expected.keySet()), found);
        assertEquals(new ArrayList<>(expected.values()), new ArrayList<>(cells.values()));
        assertEquals(expected, cells);
        assertEquals(cells, expected);
        assertEquals(expected.hashCode(), cells.hashCode());
        assertEquals(expected.firstKey(), cells.firstKey());
        assertEquals(expected.lastKey(), cells.lastKey());
        Cell low = found.get(found.size() / 3);
        Cell high = found.get(found.size() / 2);
        assertEquals(expected.subMap(low, high), cells.subMap(low, high));
        assertEquals(expected.headMap(high), cells.headMap(high));
        assertEquals(expected.tailMap(low), cells.tailMap(low));
        assertEquals(
                rows, result.overall().by().total(SurveyKpis.nps()).counts().rows());
    }

    @Test
    void itCannotBeChangedAndSaysWhatItHasNot() {
        SortedMap<Cell, List<Statistic<?>>> cells = result(1, 20, 3, false).cells();
        Cell absent = Cell.of(null, "nobody");
        assertNull(cells.get(absent));
        assertEquals(false, cells.containsKey(absent));
        assertThrows(UnsupportedOperationException.class, () -> cells.put(absent, List.of()));
        assertThrows(UnsupportedOperationException.class, () -> cells.remove(cells.firstKey()));
        assertThrows(IllegalArgumentException.class, () -> cells.subMap(cells.lastKey(), cells.firstKey()));
        assertThrows(NoSuchElementException.class, () -> CellMap.EMPTY.firstKey());
    }
}
