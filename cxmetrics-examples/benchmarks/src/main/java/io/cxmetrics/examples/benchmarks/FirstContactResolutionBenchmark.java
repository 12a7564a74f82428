package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What does first-contact resolution cost, which needs each customer's next contact, beside DuckDB? One thread. */
final class FirstContactResolutionBenchmark implements Benchmark {
    private static final Duration WINDOW = Duration.ofDays(7);

    @Override
    public Report run(Options options) throws Exception {
        List<Contact> contacts = options.contacts().records();
        Fields<Contact> fields = Contact.fields();
        Contest.Check<Double> check = (expected, found) -> {
            if (Math.abs(expected - found) > 1e-12) {
                throw new IllegalStateException("first-contact resolution " + expected + " and " + found);
            }
        };
        try (Duck duck = new Duck(1).load(options.contacts())) {
            return new Contest<>("First-contact resolution within 7 days over records", options.rows(), check)
                    .peer("DuckDB window in memory", duck::firstContactResolution)
                    .peer(RecordsBenchmark.CXMETRICS, () -> linked(fields, contacts))
                    .peer("hand-written sort", () -> handWritten(contacts))
                    .run(options);
        }
    }

    private static double linked(Fields<Contact> fields, List<Contact> contacts) {
        Linkage<Contact> linked = Linker.over(fields)
                .by("customer")
                .at("started")
                .until(Contacts.UNTIL)
                .link(contacts);
        return ContactKpis.firstContactResolution(WINDOW)
                .of(linked.fields(), linked.events())
                .value()
                .orElse(Double.NaN);
    }

    /** Customer and second in one number each, sorted. */
    private static double handWritten(List<Contact> contacts) {
        int secondBits = 25;
        long[] keys = new long[contacts.size()];
        for (int i = 0; i < keys.length; i++) {
            Contact contact = contacts.get(i);
            long second = contact.started().getEpochSecond() - Contacts.FROM.getEpochSecond();
            keys[i] = contact.customer() << secondBits | second;
        }
        Arrays.sort(keys);
        long observedUpTo = Contacts.YEAR.minus(WINDOW).toSeconds();
        long mask = (1L << secondBits) - 1;
        long observed = 0;
        long resolved = 0;
        for (int i = 0; i < keys.length; i++) {
            long second = keys[i] & mask;
            if (second <= observedUpTo) {
                observed++;
                boolean isLast = i + 1 == keys.length || (keys[i + 1] >>> secondBits) != (keys[i] >>> secondBits);
                if (isLast || (keys[i + 1] & mask) - second > WINDOW.toSeconds()) {
                    resolved++;
                }
            }
        }
        return (double) resolved / observed;
    }
}
