package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.survey.SurveyKpis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SuppressedResultTest {
    private record Answer(String team, String site, int score) {}

    private static final Fields<Answer> ANSWERS = Fields.of(Answer.class)
            .text("team", Answer::team)
            .text("site", Answer::site)
            .whole("recommendation", Answer::score);

    /** So many answers in each cell, by team and site. */
    private static ScorecardResult result(int... sizes) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            for (int n = 0; n < sizes[i]; n++) {
                answers.add(new Answer("t" + i / 3, "s" + i % 3, 9));
            }
        }
        return Scorecard.over(ANSWERS).by("team", "site").kpis(SurveyKpis.nps()).compute(answers);
    }

    private static List<Long> shown(SuppressedResult suppressed) {
        return suppressed.result().cells().values().stream()
                .map(statistics -> statistics.get(0).counts().used())
                .toList();
    }

    @Test
    void aSingleSmallCellTakesOthersWithIt() {
        // Of the line and of the column of the 2 the next smallest is hidden, then the cell at their crossing's far
        // end.
        SuppressedResult suppressed = result(50, 60, 2, 70, 80, 20, 90, 40, 30).suppressed(10);
        assertEquals(List.of(0L, 60L, 0L, 0L, 80L, 0L, 90L, 40L, 30L), shown(suppressed));
        assertEquals(1, suppressed.primary());
        assertEquals(3, suppressed.complementary());
        assertEquals(
                "1 result with fewer than 10 observations is hidden, and 3 more that would tell them",
                suppressed.toString());
        assertTrue(suppressed.isHidden(Cell.of(null, "t0", "s2"), SurveyKpis.nps()));
        assertFalse(suppressed.isHidden(Cell.of(null, "t0", "s1"), SurveyKpis.nps()));
    }

    @Test
    void whereNothingIsSmallNothingIsHidden() {
        ScorecardResult result = result(10, 11, 12);
        assertEquals(result.cells(), result.suppressed(10).result().cells());
        assertEquals(
                result.cells(), result(10, 11, 12, 0).suppressed(10).result().cells());
    }

    @Test
    void theLeastMinimumIsOne() {
        assertThrows(IllegalArgumentException.class, () -> result(3).suppressed(0));
    }

    /** The attack: whoever knows the totals of a line and what is shown of it. */
    @Property(tries = 200)
    void noHiddenCellFollowsFromATotal(
            @ForAll @Size(9) List<@IntRange(min = 0, max = 40) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 12) int minimum) {
        ScorecardResult result =
                result(sizes.stream().mapToInt(Integer::intValue).toArray());
        SuppressedResult suppressed = result.suppressed(minimum);
        Nps total = result.total(SurveyKpis.nps());
        assertTrue(total.counts().used()
                >= suppressed.result().total(SurveyKpis.nps()).counts().used());
        for (int dimension = 0; dimension < 2; dimension++) {
            int by = dimension;
            Map<Label, List<Cell>> lines = new HashMap<>(result.cells().keySet().stream()
                    .collect(Collectors.groupingBy(cell -> cell.labels().get(by))));
            lines.values().forEach(line -> {
                List<Cell> hidden = line.stream()
                        .filter(cell -> suppressed.isHidden(cell, SurveyKpis.nps()))
                        .toList();
                long rest = hidden.stream()
                        .mapToLong(cell ->
                                result.get(SurveyKpis.nps(), cell).counts().used())
                        .sum();
                boolean isWhollyHidden = hidden.size() == line.size();
                assertTrue(
                        hidden.isEmpty() || isWhollyHidden || (hidden.size() >= 2 && rest >= minimum),
                        () -> suppressed + " " + line);
            });
        }
        result.cells().forEach((cell, statistics) -> {
            long n = statistics.get(0).counts().used();
            assertTrue(n == 0 || n >= minimum || suppressed.isHidden(cell, SurveyKpis.nps()));
        });
    }
}
