package io.cxmetrics.examples.benchmarks;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The same scorecard with streams and a collector: short, and what many would write first. */
final class StreamsPeer {
    private record Key(String channel, LocalDate week) {}

    private StreamsPeer() {}

    static Answer records(List<Contact> contacts) {
        Map<Key, HandWritten.Cell> cells = contacts.stream()
                .collect(Collectors.groupingBy(
                        StreamsPeer::key,
                        Collector.of(
                                HandWritten.Cell::new,
                                StreamsPeer::add,
                                (a, b) -> {
                                    throw new UnsupportedOperationException("one thread only");
                                },
                                Collector.Characteristics.IDENTITY_FINISH)));
        Map<String, double[]> figures = new TreeMap<>();
        cells.forEach((key, cell) -> figures.put(key.channel() + " " + key.week(), cell.figures()));
        return new Answer(new TreeMap<>(figures));
    }

    private static Key key(Contact contact) {
        LocalDate day = LocalDate.ofInstant(contact.started(), HandWritten.ZONE);
        return new Key(contact.channel(), day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    private static void add(HandWritten.Cell cell, Contact contact) {
        cell.rate(rating(contact.recommendation()), rating(contact.satisfaction()), rating(contact.effort()));
        long handling = contact.talk()
                        .plus(contact.hold())
                        .plus(contact.afterContactWork())
                        .toNanos()
                / 1_000;
        cell.handle(
                HandWritten.bit(contact.botInvolved() && contact.botResolved()),
                HandWritten.bit(contact.answered()),
                HandWritten.bit(contact.abandoned()),
                contact.waited().toNanos() / 1_000,
                handling);
    }

    private static int rating(@org.jspecify.annotations.Nullable Integer rating) {
        return rating == null ? HandWritten.MISSING : rating;
    }
}
