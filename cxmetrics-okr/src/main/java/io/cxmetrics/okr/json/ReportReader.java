package io.cxmetrics.okr.json;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.evaluation.Standings;
import io.cxmetrics.okr.evaluation.Standings.Kind;
import io.cxmetrics.okr.evaluation.Standings.Standing;
import io.cxmetrics.okr.evaluation.Status;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads of a report what a later one is compared with; the rest of it may grow. */
final class ReportReader {
    private final LocatedJson document;
    private final Problems problems = new Problems();

    ReportReader(LocatedJson document) {
        this.document = document;
    }

    Standings standings() {
        LocatedJson version = document.members().get("okrReport");
        if (version == null
                || !version.is(LocatedJson.Kind.NUMBER)
                || version.number().compareTo(BigDecimal.valueOf(ReportWriter.VERSION)) != 0) {
            problems.add(
                    version == null ? document : version,
                    "a report as written by 'okr --format json', with \"okrReport\": " + ReportWriter.VERSION);
        }
        problems.throwIfAny();
        Optional<LocalDate> asOf = asOf();
        List<Standing> parts = new ArrayList<>();
        for (LocatedJson objective : items(document, "objectives")) {
            read(objective, Kind.OBJECTIVE, number(objective, "progress"), number(objective, "probability"), parts);
            for (LocatedJson keyResult : items(objective, "keyResults")) {
                OptionalDouble progress = within(keyResult, "progress", "raw");
                read(keyResult, Kind.KEY_RESULT, progress, within(keyResult, "chance", "probability"), parts);
            }
        }
        problems.throwIfAny();
        return new Standings(asOf.orElseThrow(), parts);
    }

    private Optional<LocalDate> asOf() {
        LocatedJson node = document.members().getOrDefault("asOf", document);
        try {
            if (node.is(LocatedJson.Kind.TEXT)) {
                return Optional.of(LocalDate.parse(node.text()));
            }
        } catch (DateTimeException e) {
            // Noted below.
        }
        problems.add(node, "the day of the report as \"asOf\", such as \"2026-02-14\"");
        return Optional.empty();
    }

    private void read(
            LocatedJson part, Kind kind, OptionalDouble progress, OptionalDouble probability, List<Standing> parts) {
        LocatedJson id = part.members().get("id");
        LocatedJson status = part.members().get("status");
        Optional<Status> known = Arrays.stream(Status.values())
                .filter(s -> status != null
                        && status.is(LocatedJson.Kind.TEXT)
                        && s.words().equals(status.text()))
                .findFirst();
        if (id == null || !id.is(LocatedJson.Kind.TEXT)) {
            problems.add(id == null ? part : id, "an \"id\"");
        } else if (known.isEmpty()) {
            problems.add(status == null ? part : status, "a \"status\" such as \"on track\"");
        } else {
            parts.add(new Standing(kind, id.text(), known.get(), progress, probability));
        }
    }

    private List<LocatedJson> items(LocatedJson object, String name) {
        LocatedJson array = object.members().get(name);
        if (array == null || !array.is(LocatedJson.Kind.ARRAY)) {
            problems.add(array == null ? object : array, "an array \"" + name + "\"");
            return List.of();
        }
        return array.items();
    }

    private OptionalDouble within(LocatedJson object, String name, String inner) {
        LocatedJson node = object.members().get(name);
        return node == null ? OptionalDouble.empty() : number(node, inner);
    }

    private OptionalDouble number(LocatedJson object, String name) {
        LocatedJson node = object.members().get(name);
        if (node == null) {
            return OptionalDouble.empty();
        } else if (!node.is(LocatedJson.Kind.NUMBER)) {
            problems.add(node, "a number");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(node.number().doubleValue());
    }
}
