package io.cxmetrics.cli;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Row;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Problems;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.time.Grain;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a definitions file and checks what can be checked without data: that the source supplies every field that a KPI
 * or the scorecard needs.
 */
final class DefinitionsFile {

    /** What is said of a field that only a link supplies. */
    private static final Pattern LINKED = Pattern.compile("has no field '(?:"
            + String.join(
                    "|",
                    Linker.TIME_TO_NEXT,
                    Linker.TIME_SINCE_PREVIOUS,
                    Linker.OBSERVED_FOR,
                    Linker.OCCURRENCE,
                    Linker.FIRST_AT)
            + ")'");

    private DefinitionsFile() {}

    /**
     * Reads the file.
     *
     * @throws Failure if it cannot be read
     * @throws JsonProblemsException with everything that is wrong with it
     */
    static Definitions read(Path file) {
        String text = Json.text(file);
        Definitions definitions = Definitions.parse(file.toString(), text);
        check(LocatedJson.parse(file.toString(), text), definitions);
        return definitions;
    }

    /**
     * Reads the file, split as options say.
     *
     * @throws Failure if it cannot be read, or the options do not fit
     */
    static Definitions read(Path file, boolean isTotal, @Nullable Grain every, @Nullable List<String> by) {
        if (isTotal && (every != null || by != null)) {
            throw Failure.wrong("--total is one result over everything; leave out --every and --by");
        }
        try {
            Definitions read = read(file);
            Definitions split = isTotal ? read.overall() : read;
            if (by != null) {
                Definitions before = split;
                split = changed(file, "--by " + String.join(",", by), () -> before.by(by));
            }
            if (every != null) {
                Definitions before = split;
                split = changed(file, "--every " + every.word(), () -> before.every(every));
            }
            return split;
        } catch (JsonProblemsException e) {
            throw Failure.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Definitions changed(Path file, String option, Supplier<Definitions> change) {
        try {
            Definitions changed = change.get();
            changed.scorecard(fields(changed));
            return changed;
        } catch (IllegalArgumentException e) {
            throw Failure.wrong(option + ": " + file + ": " + e.getMessage());
        }
    }

    /** The columns that the fields come from, each once. */
    static List<String> columns(Definitions definitions) {
        return definitions.mapping().columns();
    }

    /** The fields that the KPIs read: those of the columns, and those that a link adds. */
    static Fields<?> fields(Definitions definitions) {
        Fields<Row> fields = definitions.mapping().fields(columns(definitions));
        Optional<Linker<Row>> linker = definitions.linker(fields);
        return linker.isPresent() ? linker.get().link(List.of()).fields() : fields;
    }

    private static void check(LocatedJson json, Definitions definitions) {
        Problems problems = new Problems();
        if (definitions.mapping().sources().isEmpty()) {
            problems.add(
                    member(json, "source"),
                    "no fields",
                    "\"source\": {\"fields\": {…}}, which says from which columns the fields come");
            problems.throwIfAny();
        }
        if (definitions.kpis().isEmpty()) {
            problems.add(member(json, "kpis"), "no KPI", "at least one");
        }
        Fields<?> fields = fields(definitions);
        definitions.kpis().forEach((id, kpi) -> {
            LocatedJson at = member(member(json, "kpis"), id);
            note(problems, at, () -> Scorecard.over(fields).kpis(List.<Kpi<?>>of(kpi)));
        });
        LocatedJson card = member(json, "scorecard");
        for (int i = 0; i < definitions.dimensions().size(); i++) {
            String dimension = definitions.dimensions().get(i);
            LocatedJson at = member(card, "by").items().get(i);
            note(problems, at, () -> Scorecard.over(fields).by(dimension));
        }
        if (problems.isEmpty()) {
            note(problems, member(card, "time"), () -> definitions.scorecard(fields));
        }
        problems.throwIfAny();
    }

    /** The member of a name; without it the object itself, as the place of a problem. */
    private static LocatedJson member(LocatedJson object, String name) {
        return object.members().getOrDefault(name, object);
    }

    private static void note(Problems problems, LocatedJson at, Runnable attempt) {
        try {
            attempt.run();
        } catch (IllegalArgumentException e) {
            problems.add(
                    at,
                    "what the source cannot supply (" + e.getMessage() + ")",
                    "fields of \"source\", of the types that are needed"
                            + (LINKED.matcher(String.valueOf(e.getMessage())).find()
                                    ? "; this one comes with a \"link\" in \"source\""
                                    : ""));
        }
    }
}
