package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.json.Definitions;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What does the query that the library writes cost beside the one that an expert writes, in one DuckDB over one table? */
final class SqlBenchmark implements Benchmark {
    @Override
    public Report run(Options options) throws Exception {
        Definitions definitions;
        try (InputStream json = Objects.requireNonNull(SqlBenchmark.class.getResourceAsStream("contacts.json"))) {
            String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
            definitions = Definitions.parse(
                    "contacts.json",
                    text.replace("\"started\": {}", "\"started\": {\"format\": \"iso\", \"timeZone\": \"UTC\"}"));
        }
        try (Duck duck = new Duck(options.threads())) {
            duck.load(options.contacts());
            return new Contest<Answer>(
                            "Ten figures by channel and week over a table in DuckDB, threads " + options.threads(),
                            options.rows(),
                            Answer::check)
                    .peer("the query of an expert", () -> duck.scorecard("contacts"))
                    .peer("the query of cxmetrics, and its answer read", () -> Answer.of(duck.compute(definitions)))
                    .run(options);
        }
    }
}
