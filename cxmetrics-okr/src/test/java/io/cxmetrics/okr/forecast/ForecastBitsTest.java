package io.cxmetrics.okr.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same bits from the interpreter and the compiler, whose logarithms and exponentials may differ in the last place. */
class ForecastBitsTest {
    static String bits() {
        LocalDate first = LocalDate.of(2026, 1, 4);
        List<Observation> series = new ArrayList<>();
        Backtest random = new Backtest(11);
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            series.add(
                    new Observation(first.plusWeeks(i).plusDays(i % 3), i + random.normal(), 0.1 * random.uniform()));
            if (i < 4) {
                continue;
            }
            LocalDate last = first.plusWeeks(13);
            for (Forecaster forecaster : List.of(
                    Forecaster.level(Goal.atLeast(9), last),
                    Forecaster.maintain(Goal.between(2, 9), 0.7, last),
                    Forecaster.cumulative(Goal.atLeast(13), first.minusDays(6), 0, last))) {
                Forecast forecast = (Forecast) forecaster.forecast(series, first.plusWeeks(12));
                for (double value : new double[] {
                    forecast.point(),
                    forecast.interval().low(),
                    forecast.interval().high(),
                    forecast.probability()
                }) {
                    bits.append(Double.toHexString(value)).append('\n');
                }
            }
        }
        return bits.toString();
    }

    @Test
    void theInterpreterAndTheCompilerAgree() throws IOException, InterruptedException {
        String here = "";
        for (int i = 0; i < 20; i++) { // warm, so that the compiler has had its turn
            here = bits();
        }
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForecastBitsTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String there = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), there);
        assertEquals(here, there);
    }

    public static void main(String[] args) {
        System.out.print(bits());
    }
}
