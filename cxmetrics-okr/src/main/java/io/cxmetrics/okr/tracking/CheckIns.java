package io.cxmetrics.okr.tracking;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a log held when it was read. Immutable and thread-safe.
 *
 * @param entries the entries, in the order in which they were added
 * @param problems what could not be understood, each with its file and line; look at them, for they may be check-ins that were
 *     meant to count
 * @since 0.1
 */
public record CheckIns(List<Entry> entries, List<Problem> problems) {
    /**
     * A check-in in a log.
     *
     * @param checkIn the check-in
     * @param recorded when it was added; the epoch if a hand-written line does not say
     * @param line its line in the file, from 1
     */
    public record Entry(CheckIn checkIn, Instant recorded, long line) {}

    /** What makes two check-ins be about the same thing. */
    record Key(String keyResult, LocalDate date, String source) {
        static Key of(CheckIn checkIn) {
            return new Key(checkIn.keyResult(), checkIn.date(), checkIn.source());
        }
    }

    /** Copies the lists. */
    public CheckIns {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /**
     * The check-ins that count: for each key result, day and source the one added last.
     *
     * @return the check-ins by key result, day and source
     */
    public List<CheckIn> latest() {
        Map<Key, CheckIn> latest = new LinkedHashMap<>();
        for (Entry entry : entries) {
            latest.put(Key.of(entry.checkIn()), entry.checkIn());
        }
        List<CheckIn> sorted = new ArrayList<>(latest.values());
        sorted.sort(Comparator.comparing(CheckIn::keyResult)
                .thenComparing(CheckIn::date)
                .thenComparing(CheckIn::source));
        return List.copyOf(sorted);
    }

    /**
     * What was said of a key result on a day by a source, and corrected.
     *
     * @param keyResult the id of the key result
     * @param date the day
     * @param source the source
     * @return the entries, the one that counts last
     */
    public List<Entry> history(String keyResult, LocalDate date, String source) {
        Key key = new Key(keyResult, date, source);
        return entries.stream().filter(e -> Key.of(e.checkIn()).equals(key)).toList();
    }

    /**
     * Refuses to go on with a log that is not understood in full.
     *
     * @return this
     * @throws JsonProblemsException with all problems, if there are any
     */
    public CheckIns orThrow() {
        if (!problems.isEmpty()) {
            throw new JsonProblemsException(problems);
        }
        return this;
    }
}
