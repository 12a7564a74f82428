package io.cxmetrics.json;

import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.time.BusinessHours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a field that is the opening time between two instants. */
final class BusinessTimeJson {

    private BusinessTimeJson() {}

    /** A mapping and the field; the mapping as it is, with a problem noted, if the field is wrong. */
    static ColumnMapping add(
            String name, LocatedJson field, ColumnMapping mapping, Optional<ZoneId> sourceZone, Problems problems) {
        int before = problems.list().size();
        Members outer = new Members(field, problems);
        Optional<LocatedJson> node = outer.optional("businessTime");
        outer.end();
        if (node.isEmpty()) {
            return mapping;
        }
        Members members = new Members(node.get(), problems);
        Optional<String> from = instant(members, "from", mapping);
        Optional<String> to = instant(members, "to", mapping);
        Optional<String> days = members.optional("days").flatMap(d -> members.word(d, "weekdays", "every-day"));
        Optional<LocalTime> opens = time(members, "opens", "08:30");
        Optional<LocalTime> closes = time(members, "closes", "16:00");
        Optional<ZoneId> zone = members.optional("timeZone")
                .flatMap(z -> SourceJson.zone(members, z))
                .or(() -> sourceZone);
        List<LocalDate> holidays = new ArrayList<>();
        members.optional("holidays").ifPresent(list -> {
            if (!list.is(LocatedJson.Kind.ARRAY)) {
                problems.add(list, "an array of dates such as \"2026-01-06\"");
            }
            list.items()
                    .forEach(day -> members.parsed(day, "a date such as \"2026-01-06\"", LocalDate::parse)
                            .ifPresent(holidays::add));
        });
        members.end();
        if (zone.isEmpty() && problems.list().size() == before) {
            problems.add(node.get(), "no \"timeZone\"", "\"timeZone\": whose clock, such as \"Europe/Helsinki\"");
        }
        if (problems.list().size() > before) {
            return mapping;
        }
        try {
            ZoneId clock = zone.orElseThrow();
            LocalTime opening = opens.orElseThrow();
            LocalTime closing = closes.orElseThrow();
            BusinessHours hours = BusinessHours.weekdays(opening, closing, clock);
            if (days.filter("every-day"::equals).isPresent()) {
                BusinessHours.Span span = new BusinessHours.Span(opening, closing);
                hours = hours.with(DayOfWeek.SATURDAY, span).with(DayOfWeek.SUNDAY, span);
            }
            return mapping.between(name, from.orElseThrow(), to.orElseThrow(), hours.withHolidays(holidays)::between);
        } catch (IllegalArgumentException e) {
            problems.add(node.get(), String.valueOf(e.getMessage()), "hours that open before they close");
            return mapping;
        }
    }

    private static Optional<String> instant(Members members, String name, ColumnMapping mapping) {
        List<String> instants = mapping.sources().values().stream()
                .filter(source -> source.field().type() == FieldType.INSTANT)
                .map(source -> source.field().name())
                .toList();
        Optional<LocatedJson> member = members.required(name, "one of the instants " + instants);
        return member.filter(value -> {
                    boolean isKnown = value.is(LocatedJson.Kind.TEXT) && instants.contains(value.text());
                    if (!isKnown) {
                        members.problems()
                                .add(
                                        value,
                                        "an instant that a column supplies: one of " + instants
                                                + DidYouMean.suffix(value.text(), instants));
                    }
                    return isKnown;
                })
                .map(LocatedJson::text);
    }

    private static Optional<LocalTime> time(Members members, String name, String example) {
        String expected = "a time of day such as \"" + example + "\"";
        return members.required(name, expected)
                .flatMap(value -> members.parsed(value, expected, BusinessTimeJson::time));
    }

    /** 24:00 is the end of a day, which the hours write as midnight. */
    private static LocalTime time(String text) {
        return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }
}
