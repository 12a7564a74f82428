package io.cxmetrics.sql;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A length of time, such as an hour, at whose multiples only a zone's clock is put forward or back, and by multiples of which:
 * within each such time the clock shows what it showed at its begin, and what has passed since. So it was from some day on;
 * before that, zones were minutes and seconds apart, and each time stands for itself.
 *
 * @param micros the length
 * @param from the first instant for which it holds, in microseconds of the epoch
 */
record ZoneUnit(long micros, long from) {
    private static final long[] SECONDS = {3_600, 1_800, 900};
    private static final long MICROS = 1_000_000;
    /** Times before are rare enough to be looked up one by one. */
    private static final Instant LATEST = Instant.parse("1980-01-01T00:00:00Z");
    /** How far rules that go on for ever are followed; they repeat by then. */
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

    private static final long DAY = 86_400 * MICROS;

    /** The longest unit of a zone; nothing if it has an offset of its own for ever, or none will do. */
    static Optional<ZoneUnit> of(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return Optional.empty();
        }
        for (long unit : SECONDS) {
            Instant from = from(rules, unit);
            if (from.isBefore(LATEST)) {
                // The next day, so that it holds for what the clock shows too.
                return Optional.of(
                        new ZoneUnit(unit * MICROS, Math.floorDiv(from.getEpochSecond(), 86_400) * DAY + 2 * DAY));
            }
        }
        return Optional.empty();
    }

    /** The first instant from which on the offset and its changes are multiples of the unit. */
    private static Instant from(ZoneRules rules, long unit) {
        Instant from = Instant.MIN;
        ZoneOffsetTransition change = rules.nextTransition(Instant.MIN);
        Instant begin = change == null ? Instant.MAX : change.getInstant();
        boolean isMultiple = rules.getOffset(Instant.MIN).getTotalSeconds() % unit == 0;
        if (!isMultiple) {
            from = begin;
        }
        while (change != null && change.getInstant().isBefore(FAR)) {
            ZoneOffsetTransition next = rules.nextTransition(change.getInstant());
            if (change.getOffsetAfter().getTotalSeconds() % unit != 0) {
                from = next == null ? Instant.MAX : next.getInstant();
            } else if (change.getInstant().getEpochSecond() % unit != 0) {
                from = change.getInstant();
            }
            change = next;
        }
        return from.equals(Instant.MIN) ? begin : from;
    }

    /** The begin of the time of this length in which an instant lies, or what a clock shows. */
    String beginOf(String instant, SqlDialect dialect) {
        return "CASE WHEN " + instant + " >= " + from + " THEN "
                + dialect.wholePart("(" + instant + " - " + from + ")", Long.toString(micros)) + " * " + micros + " + "
                + from + " ELSE "
                + instant + " END";
    }
}
