package io.cxmetrics.okr.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.okr.forecast.Backtest.Case;
import io.cxmetrics.okr.forecast.Backtest.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the guide and {@link Calibration} say of forecasts is what the backtest finds. The methods were
 * chosen on other seeds (1–3, 100, 200 and 20 260 000); those here were used for nothing else.
 */
class ForecastBacktestTest {
    private static final long SEED = 20_270_000L;
    private static final int QUARTERS = 200;
    /** Where an opponent does better that knows its own spread; the guide names it. */
    private static final Set<String> DOCUMENTED = Set.of(
            "trend: linear pace",
            "cumulative, steady: linear pace",
            "seasonal: no change",
            "mean-reverting: no change");

    private static Map<Family, List<Case>> all;

    @BeforeAll
    static void run() {
        all = Backtest.all(SEED, QUARTERS);
        System.out.println(Backtest.scores(all) + "\n" + Backtest.reliability(all));
    }

    private static void assertBeatsBothBaselines(Map<Family, List<Case>> all) {
        all.forEach((family, cases) -> {
            double own = Backtest.brier(cases, Case::probability);
            assertTrue(own < Backtest.brier(cases, Case::noChange), family + " against no change");
            assertTrue(own < Backtest.brier(cases, Case::linearPace), family + " against linear pace");
            assertTrue(own < Backtest.brier(cases, Case::owner), family + " against simulated owners");
        });
    }

    private static Set<String> betterOpponents(Map<Family, List<Case>> all) {
        Set<String> better = new TreeSet<>();
        all.forEach((family, cases) -> {
            double own = Backtest.brier(cases, Case::probability);
            if (own >= Backtest.brier(cases, Case::noChangeSpread)) {
                better.add(family.words + ": no change");
            }
            if (own >= Backtest.brier(cases, Case::linearPaceSpread)) {
                better.add(family.words + ": linear pace");
            }
        });
        return better;
    }

    private static void assertCalibratedAsDeclared(Map<Family, List<Case>> all) {
        List<Case> level = all.entrySet().stream()
                .filter(e -> e.getKey().method == Method.LEVEL)
                .flatMap(e -> e.getValue().stream())
                .toList();
        for (Brier.Tenth tenth : Backtest.score(level, Case::probability).tenths()) {
            assertTrue(tenth.count() >= 80, tenth + ": too few to judge");
            assertEquals(tenth.stated(), tenth.met(), 0.1, tenth.toString());
        }
        double held = Backtest.share(level, Case::covered);
        assertTrue(held >= 0.75 && held <= 0.9, "80 % intervals held " + held);
    }

    @Test
    void everyFamilyIsForeseenBetterThanByBothBaselines() {
        assertBeatsBothBaselines(all);
    }

    @Test
    void whereABaselineWithASpreadIsBetterIsDocumented() {
        assertEquals(DOCUMENTED, betterOpponents(all));
    }

    @Test
    void levelsAreCalibratedAsDeclared() {
        assertCalibratedAsDeclared(all);
    }

    /** Others are not called calibrated: say so as long as it is so, and find out here when it no longer is. */
    @Test
    void calibrationIsDeclaredForLevelsOfTestedLengthsOnly() {
        for (Family family : Family.values()) {
            for (int n = 4; n <= 12; n++) {
                Calibration declared = new Backtest(7).calibrationOf(family, n);
                boolean tested = family.method == Method.LEVEL && n >= 5 && n <= 11;
                assertEquals(tested ? Calibration.SIMULATED : Calibration.UNCALIBRATED, declared, family + " " + n);
            }
        }
    }

    @Test
    void theGuideShowsTheTables() throws IOException {
        String guide = Files.readString(Path.of("README.md"));
        assertTrue(guide.contains("```text scores\n" + Backtest.scores(all) + "```"), Backtest.scores(all));
        assertTrue(
                guide.contains("```text reliability\n" + Backtest.reliability(all) + "```"), Backtest.reliability(all));
    }

    @Test
    @Tag("full")
    void tenTimesAsManyQuartersSayTheSame() {
        Map<Family, List<Case>> many = Backtest.all(SEED + 1000, 10 * QUARTERS);
        System.out.println(Backtest.scores(many) + "\n" + Backtest.reliability(many));
        assertBeatsBothBaselines(many);
        many.forEach((family, cases) -> {
            double own = Backtest.brier(cases, Case::probability);
            double best = Math.min(
                    Backtest.brier(cases, Case::noChangeSpread), Backtest.brier(cases, Case::linearPaceSpread));
            assertTrue(own < best + 0.01, family + ": " + own + " against " + best);
        });
        assertCalibratedAsDeclared(many);
    }
}
