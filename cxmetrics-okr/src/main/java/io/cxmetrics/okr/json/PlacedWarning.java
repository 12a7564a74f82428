package io.cxmetrics.okr.json;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.okr.Warning;
import java.util.List;

/**
 * A warning about a plan with its place in the file. Immutable and thread-safe.
 *
 * @param warning the warning
 * @param source the name of the file
 * @param line the line, from 1, of the id of the part that it is about
 * @param column the column, from 1
 * @param pointer the JSON pointer (RFC 6901) of the part
 * @since 0.1
 */
public record PlacedWarning(Warning warning, String source, int line, int column, String pointer) {

    static List<PlacedWarning> of(LocatedJson plan, List<Warning> warnings) {
        return warnings.stream().map(warning -> of(plan, warning)).toList();
    }

    private static PlacedWarning of(LocatedJson plan, Warning warning) {
        // Ids of different kinds of parts may be the same; the message says which kind it is.
        String kind = warning.message().startsWith("objective ")
                ? ""
                : warning.message().startsWith("initiative ") ? "initiatives" : "keyResults";
        for (LocatedJson objective : member(plan, "objectives").items()) {
            List<LocatedJson> parts = kind.isEmpty()
                    ? List.of(objective)
                    : member(objective, kind).items();
            for (LocatedJson part : parts) {
                LocatedJson id = member(part, "id");
                if (id.is(LocatedJson.Kind.TEXT) && id.text().equals(warning.about())) {
                    return new PlacedWarning(warning, plan.source(), id.line(), id.column(), part.pointer());
                }
            }
        }
        return new PlacedWarning(warning, plan.source(), plan.line(), plan.column(), "");
    }

    private static LocatedJson member(LocatedJson object, String name) {
        return object.members().getOrDefault(name, object);
    }

    /** Such as {@code plan.json:12:15 /objectives/0: warning no-owner: objective 'faster-buying' has no owner; …}. */
    @Override
    public String toString() {
        return source + ":" + line + ":" + column + " " + pointer + ": warning " + warning.code() + ": "
                + warning.message();
    }
}
