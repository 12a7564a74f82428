package io.cxmetrics.scorecard;

import io.cxmetrics.field.Column;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Program;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Rejection;
import io.cxmetrics.time.HourOfWeek;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/** Reads the hour of the week of an instant field as a text field, with one text object for each of the 168 hours. */
final class HoursOfWeek {
    private static final long MICROS = 1_000_000;
    private static final long HOURS_BEFORE_MONDAY = 3 * 24; // 1970 began on a Thursday.
    private static final List<String> LABELS = labels();

    private HoursOfWeek() {}

    private static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int hour = 0; hour < 24; hour++) {
                labels.add(new HourOfWeek(day, hour).toString());
            }
        }
        return List.copyOf(labels);
    }

    /** Instants may themselves be derived, so they are evaluated as an expression; a program serves one thread. */
    static <E> Fields.Reader<E> reader(Fields<E> fields, Quantity<Instant> time, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        return (batch, into) -> {
            Program<E> program = new Program<>(fields);
            Column times = program.add(time);
            program.run(batch);
            for (int i = 0; i < batch.size(); i++) {
                int state = times.states()[i];
                if (state == Column.KNOWN) {
                    into.setText(i, label(Math.floorDiv(times.values()[i], MICROS), rules));
                } else if (state == Column.MISSING) {
                    into.setMissing(i);
                } else {
                    Rejection rejection = program.rejection(time, i);
                    into.reject(
                            i,
                            rejection == null ? "" : rejection.found(),
                            rejection == null ? "expected a time" : rejection.reason());
                }
            }
        };
    }

    private static String label(long second, ZoneRules rules) {
        long local = second + rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        long hours = Math.floorDiv(local, 3_600L);
        return LABELS.get((int) Math.floorMod(hours + HOURS_BEFORE_MONDAY, 168L));
    }
}
