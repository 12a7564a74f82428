package io.cxmetrics.examples.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What does a scorecard over JSON Lines cost, its KPIs defined in JSON, beside DuckDB on the same file? */
final class JsonLinesBenchmark implements Benchmark {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public Report run(Options options) throws Exception {
        try (ContactFiles files = new ContactFiles();
                Duck duck = new Duck(options.threads())) {
            Path file = options.contacts().jsonLines(files.folder());
            return new Contest<Answer>(
                            "Ten figures by channel and week over JSON Lines of " + (Files.size(file) >> 20) + " MB",
                            options.rows(),
                            Answer::check)
                    .peer("DuckDB read_json, threads " + options.threads(), () -> duck.scorecard(Duck.jsonLines(file)))
                    .peer(
                            RecordsBenchmark.CXMETRICS + ", threads " + options.threads(),
                            () -> files.scorecard(file, options.threads()))
                    .peer("Jackson's tokens into the hand-written loop, one thread", () -> handWritten(file))
                    .run(options);
        }
    }

    private static Answer handWritten(Path file) throws IOException {
        HandWritten hand = new HandWritten();
        long micros = 1_000_000;
        try (JsonParser json = JSON.createParser(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                String channel = "";
                long second = 0;
                int[] ratings = {HandWritten.MISSING, HandWritten.MISSING, HandWritten.MISSING};
                boolean automated = true;
                boolean answered = false;
                boolean abandoned = false;
                long waited = 0;
                long handling = 0;
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    JsonToken value = json.nextToken();
                    switch (name) {
                        case "channel" -> channel = json.getText();
                        case "started" ->
                            second = CsvBenchmark.Line.second(json.getTextCharacters(), json.getTextOffset());
                        case "recommendation" -> ratings[0] = json.getIntValue();
                        case "satisfaction" -> ratings[1] = json.getIntValue();
                        case "effort" -> ratings[2] = json.getIntValue();
                        case "bot_involved", "bot_resolved" -> automated &= value == JsonToken.VALUE_TRUE;
                        case "answered" -> answered = value == JsonToken.VALUE_TRUE;
                        case "abandoned" -> abandoned = value == JsonToken.VALUE_TRUE;
                        case "wait" -> waited = json.getLongValue() * micros;
                        case "talk", "hold", "after_contact_work" -> handling += json.getLongValue() * micros;
                        default -> {
                            // The customer is not needed.
                        }
                    }
                }
                HandWritten.Cell cell = hand.cell(channel, second);
                cell.rate(ratings[0], ratings[1], ratings[2]);
                cell.handle(
                        HandWritten.bit(automated),
                        HandWritten.bit(answered),
                        HandWritten.bit(abandoned),
                        waited,
                        handling);
            }
        }
        return hand.answer();
    }
}
