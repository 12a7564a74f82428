package io.cxmetrics.examples.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Made-up contacts of one year, the same ones for the same seed. Every contact follows from the seed and its number alone, so
 * that any form of them (records, arrays, files, a stream) needs no more memory than the form itself.
 *
 * @param rows how many
 * @param seed of the numbers
 * @param shuffled whether they come in random order instead of in the order of time
 */
record Contacts(long rows, long seed, boolean shuffled) {
    static final List<String> CHANNELS = List.of("phone", "chat", "mail", "web", "app", "sms");
    static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
    static final Duration YEAR = Duration.ofDays(365);
    static final Instant UNTIL = FROM.plus(YEAR);

    private static final String HEADER = "customer,channel,started,recommendation,satisfaction,effort,bot_involved,"
            + "bot_resolved,answered,abandoned,wait,talk,hold,after_contact_work";
    private static final int MISSING = -1;

    /** One contact in primitive numbers; reused. */
    static final class Draw {
        long customer;
        int channel;
        /** Epoch second. */
        long second;
        /** Ratings, −1 if missing. */
        int recommendation;

        int satisfaction;
        int effort;
        boolean botInvolved;
        boolean botResolved;
        boolean answered;
        /** Whole seconds. */
        int waited;

        int talk;
        int hold;
        int afterContactWork;

        Contact contact() {
            return new Contact(
                    customer,
                    CHANNELS.get(channel),
                    Instant.ofEpochSecond(second),
                    rating(recommendation),
                    rating(satisfaction),
                    rating(effort),
                    botInvolved,
                    botResolved,
                    answered,
                    !answered,
                    Duration.ofSeconds(waited),
                    Duration.ofSeconds(talk),
                    Duration.ofSeconds(hold),
                    Duration.ofSeconds(afterContactWork));
        }

        private static @Nullable Integer rating(int rating) {
            return rating == MISSING ? null : (Integer) rating;
        }
    }

    /** Takes contacts one after another. */
    @FunctionalInterface
    interface Taker {
        void take(Draw draw) throws IOException;
    }

    /** Passes all contacts on, one object reused. */
    void forEach(Taker taker) throws IOException {
        Draw draw = new Draw();
        for (long i = 0; i < rows; i++) {
            set(draw, shuffled ? place(i) : i);
            taker.take(draw);
        }
    }

    /** Sets the contact that is the {@code index}-th in time. */
    private void set(Draw draw, long index) {
        long state = mix(seed + index * 0x9E3779B97F4A7C15L);
        draw.second = FROM.getEpochSecond() + (long) ((double) index / rows * YEAR.toSeconds());
        draw.channel = (int) Long.remainderUnsigned(state, CHANNELS.size());
        state = mix(state);
        draw.customer = Long.remainderUnsigned(state, Math.max(1, rows / 4));
        state = mix(state);
        draw.recommendation = part(state, 0, 3) == 0 ? MISSING : part(state, 1, 11);
        draw.satisfaction = part(state, 2, 3) == 0 ? MISSING : 1 + part(state, 3, 5);
        state = mix(state);
        draw.effort = part(state, 0, 3) == 0 ? MISSING : 1 + part(state, 1, 7);
        draw.botInvolved = part(state, 2, 2) == 0;
        draw.botResolved = part(state, 3, 2) == 0;
        state = mix(state);
        draw.answered = part(state, 0, 10) > 0;
        // Waits are short for most and long for a few.
        draw.waited = (int) Math.min(3_600, -45 * Math.log((part(state, 1, 65_536) + 1) / 65_536.0));
        draw.talk = part(state, 2, 600);
        draw.hold = part(state, 3, 60);
        draw.afterContactWork = part(mix(state), 0, 100);
    }

    /** A number below a bound from 16 of 64 random bits. */
    private static int part(long bits, int which, int bound) {
        return (int) (((bits >>> (16 * which) & 0xFFFF) * bound) >>> 16);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A permutation of the rows: a Feistel network on the next even power of two, walked until it is in range. */
    private long place(long index) {
        int half = Math.max(1, (65 - Long.numberOfLeadingZeros(Math.max(1, rows - 1))) / 2);
        long mask = (1L << half) - 1;
        long place = index;
        do {
            long left = place >>> half;
            long right = place & mask;
            for (int round = 0; round < 4; round++) {
                long next = left ^ (mix(seed ^ (right << 8 | round)) & mask);
                left = right;
                right = next;
            }
            place = left << half | right;
        } while (place >= rows);
        return place;
    }

    /** As records; shuffled ones also lie in memory in another order than in the list, as after a sort. */
    List<Contact> records() throws IOException {
        List<Contact> records = new ArrayList<>(Math.toIntExact(rows));
        new Contacts(rows, seed, false).forEach(draw -> records.add(draw.contact()));
        if (shuffled) {
            Collections.shuffle(records, new Random(seed));
        }
        return records;
    }

    /** As a CSV file. */
    Path csv(Path folder) throws IOException {
        Path file = folder.resolve("contacts.csv");
        StringBuilder line = new StringBuilder();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(HEADER + "\n");
            forEach(draw -> {
                line.setLength(0);
                line.append(draw.customer).append(',').append(CHANNELS.get(draw.channel));
                line.append(',').append(Instant.ofEpochSecond(draw.second)).append(',');
                rating(line, draw.recommendation).append(',');
                rating(line, draw.satisfaction).append(',');
                rating(line, draw.effort).append(',').append(draw.botInvolved);
                line.append(',').append(draw.botResolved).append(',').append(draw.answered);
                line.append(',').append(!draw.answered).append(',').append(draw.waited);
                line.append(',').append(draw.talk).append(',').append(draw.hold);
                line.append(',').append(draw.afterContactWork).append('\n');
                out.append(line);
            });
        }
        return file;
    }

    private static StringBuilder rating(StringBuilder line, int rating) {
        return rating == MISSING ? line : line.append(rating);
    }

    /** As a JSON Lines file; a missing rating is an absent member. */
    Path jsonLines(Path folder) throws IOException {
        Path file = folder.resolve("contacts.jsonl");
        StringBuilder line = new StringBuilder();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            forEach(draw -> {
                line.setLength(0);
                line.append("{\"customer\":").append(draw.customer);
                line.append(",\"channel\":\"").append(CHANNELS.get(draw.channel));
                line.append("\",\"started\":\"").append(Instant.ofEpochSecond(draw.second));
                line.append('"');
                member(line, "recommendation", draw.recommendation);
                member(line, "satisfaction", draw.satisfaction);
                member(line, "effort", draw.effort);
                line.append(",\"bot_involved\":").append(draw.botInvolved);
                line.append(",\"bot_resolved\":").append(draw.botResolved);
                line.append(",\"answered\":").append(draw.answered);
                line.append(",\"abandoned\":").append(!draw.answered);
                member(line, "wait", draw.waited);
                member(line, "talk", draw.talk);
                member(line, "hold", draw.hold);
                member(line, "after_contact_work", draw.afterContactWork);
                out.append(line.append("}\n"));
            });
        }
        return file;
    }

    private static void member(StringBuilder line, String name, int value) {
        if (value != MISSING) {
            line.append(",\"").append(name).append("\":").append(value);
        }
    }
}
