package io.cxmetrics.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Ratings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The NPS of five surveys of The Carpentries, as EXPECTED.json beside the data has it. */
class CliCarpentriesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "longterm_2017-10",
                "longterm_2020-01",
                "longterm_2020-12",
                "carpentryconhome_2020",
                "instructor_training_2018-09"
            })
    void everyFigureOfASurveyIsReproduced(String survey) throws IOException {
        RealData data = RealData.folder("carpentries-nps");
        ScorecardResult result = RealData.scorecard(
                RealData.definitions("carpentries-" + survey + ".json"),
                List.of(),
                List.of(data.file(survey + ".csv")));
        List<?> statistics = result.cells().get(new Cell(null, List.of()));
        Nps nps = (Nps) statistics.get(0);
        Ratings mean = (Ratings) statistics.get(1);
        Map<String, Double> computed = new TreeMap<>(Map.of(
                "answers", (double) nps.counts().used(),
                "promoters", (double) nps.promoters(),
                "passives", (double) nps.passives(),
                "detractors", (double) nps.detractors(),
                "nps", nps.value().orElseThrow(),
                "mean", mean.value().orElseThrow()));

        TreeSet<String> seen = new TreeSet<>();
        for (Map.Entry<String, LocatedJson> figure : data.expected().entrySet()) {
            if (figure.getKey().startsWith(survey + ".")) {
                String name = figure.getKey().substring(survey.length() + 1);
                LocatedJson value = figure.getValue().members().get("value");
                assertEquals(value.number().doubleValue(), computed.get(name), 6e-11, figure.getKey());
                seen.add(name);
                // Published by The Carpentries in whole points.
                LocatedJson published = figure.getValue().members().get("published");
                if (published != null) {
                    assertEquals(published.number().longValue(), Math.round(computed.get(name)));
                }
            }
        }
        assertEquals(computed.keySet(), seen);
        assertEquals(0, result.intake().rejectedValues());
        assertEquals(0, result.intake().brokenLines());
    }
}
