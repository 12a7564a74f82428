package io.cxmetrics.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linker;
import io.cxmetrics.field.Row;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.scorecard.ScorecardRun;
import io.cxmetrics.source.RowSource;
import io.cxmetrics.sql.ScorecardQuery;
import io.cxmetrics.time.Grain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of definitions: how the columns of a source supply fields, which KPIs to compute, and by what.
 *
 * <pre>{@code
 * {
 *   "version": 1,
 *   "source": {"name": "calls", "fields": {
 *     "wait": {"column": "q_time", "unit": "seconds"},
 *     "answered": {"column": "outcome", "true": ["AGENT"], "false": ["HANG"]},
 *     "started": {"columns": ["date", "time"], "format": "yyyy-MM-dd H:mm:ss", "timeZone": "Asia/Jerusalem"}}},
 *   "kpis": {"asa": {"type": "averageSpeedOfAnswer"}},
 *   "scorecard": {"by": ["channel"], "every": "day", "time": "started", "timeZone": "Asia/Jerusalem"}
 * }
 * }</pre>
 *
 * <p>With {@code "link"} in the source, such as
 * {@code {"by": ["customer"], "at": "started", "until": "2026-02-01T00:00:00+02:00", "comparing": ["channel"]}}, each row is
 * linked to the rows before and after it that share its key, and the KPIs may use the fields that a {@link Linker} adds.
 * A {@code "where"} in it says which rows take part. Without {@code "until"} the data are taken to end with the latest row
 * that is linked. All rows are then needed at once: see {@link #compute}.
 *
 * <p>A field such as
 * {@code {"businessTime": {"from": "opened", "to": "answered", "opens": "08:30", "closes": "16:00", "timeZone": "Europe/Helsinki"}}}
 * is the open time between two instants, from Monday to Friday unless {@code "days"} is {@code "every-day"}, without the
 * {@code "holidays"}.
 *
 * <p>{@code "journeys"} stand beside the KPIs that measure them, in the form of {@link JourneyJson}.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Definitions {
    private final ColumnMapping mapping;
    private final Map<String, Kpi<?>> kpis;
    private final List<Journey> journeys;
    private final List<String> dimensions;
    private final @Nullable Grain grain;
    private final String timeField;
    private final @Nullable ZoneId zone;
    private final @Nullable LinkJson link;

    private Definitions(
            ColumnMapping mapping,
            Map<String, Kpi<?>> kpis,
            List<Journey> journeys,
            List<String> dimensions,
            @Nullable Grain grain,
            String timeField,
            @Nullable ZoneId zone,
            @Nullable LinkJson link) {
        this.mapping = mapping;
        this.kpis = Collections.unmodifiableMap(kpis);
        this.journeys = journeys;
        this.dimensions = dimensions;
        this.grain = grain;
        this.timeField = timeField;
        this.zone = zone;
        this.link = link;
    }

    /**
     * Reads a file.
     *
     * @param file the file, in UTF-8
     * @return the definitions
     * @throws IOException if the file cannot be read
     * @throws JsonProblemsException with everything that is wrong with it
     */
    public static Definitions read(Path file) throws IOException {
        return of(LocatedJson.read(file));
    }

    /**
     * Reads a text.
     *
     * @param source the name that problems carry
     * @param json the text
     * @return the definitions
     * @throws JsonProblemsException with everything that is wrong with it
     */
    public static Definitions parse(String source, String json) {
        return of(LocatedJson.parse(source, json));
    }

    private static Definitions of(LocatedJson root) {
        Problems problems = new Problems();
        Members members = new Members(root, problems);
        members.text("$schema");
        members.required("version", "1").ifPresent(version -> {
            if (!version.text().equals("1")) {
                problems.add(version, "version 1");
            }
        });
        Optional<SourceJson> source = members.optional("source").map(node -> SourceJson.read(node, problems));
        ColumnMapping mapping = source.map(SourceJson::mapping).orElse(ColumnMapping.named("rows"));
        FieldTypes types = source.map(SourceJson::types).orElse(FieldTypes.vocabulary());
        Optional<LocatedJson> definitions = members.required("kpis", "an object with a definition for each KPI");
        Map<String, Kpi<?>> kpis =
                definitions.map(node -> KpiJson.read(node, types, problems)).orElse(new LinkedHashMap<>());
        // By the names in the file: a KPI whose definition is wrong is not unknown as well.
        Collection<String> kpiIds =
                definitions.map(node -> node.members().keySet()).orElse(null);
        List<Journey> journeys = members.optional("journeys")
                .map(node -> JourneyJson.read(node, kpiIds, problems))
                .orElse(List.of());
        Members card = members.optional("scorecard")
                .map(node -> new Members(node, problems))
                .orElse(new Members(LocatedJson.parse(root.source(), "{}"), problems));
        List<String> dimensions = card.texts("by").orElse(List.of());
        Optional<Grain> grain = card.optional("every").flatMap(node -> SourceJson.grain(card, node));
        Optional<String> time = card.text("time");
        Optional<ZoneId> zone = card.optional("timeZone").flatMap(node -> SourceJson.zone(card, node));
        card.end();
        // A date has no zone: its day is its day.
        boolean isDate = time.flatMap(types::field)
                .filter(field -> field.type() == FieldType.DATE)
                .isPresent();
        if ((grain.isPresent() || time.isPresent()) && (time.isEmpty() || (zone.isEmpty() && !isDate))) {
            problems.add(
                    card.object(),
                    (time.isEmpty() ? "\"every\" without \"time\"" : "\"time\" without \"timeZone\""),
                    "\"time\": the field with the time, and \"timeZone\": where days begin, such as \"Europe/Helsinki\"");
        }
        members.end();
        problems.throwIfAny();
        return new Definitions(
                mapping,
                kpis,
                journeys,
                dimensions,
                grain.orElse(null),
                time.orElse(""),
                zone.orElse(null),
                source.flatMap(SourceJson::link).orElse(null));
    }

    /**
     * How the columns of the source supply the fields.
     *
     * @return the mapping; without fields if the file has no source
     */
    public ColumnMapping mapping() {
        return mapping;
    }

    /**
     * The columns of the source that the scorecard needs: those of the KPIs, the dimensions and the time. If rows are linked,
     * all columns.
     *
     * @return the names, each once, in the order of the fields
     */
    public List<String> columns() {
        if (link != null) {
            return mapping.columns();
        }
        Set<String> fields = new LinkedHashSet<>(dimensions);
        if (grain != null) {
            fields.add(timeField);
        }
        kpis.values().forEach(kpi -> kpi.fields().forEach(field -> fields.add(field.name())));
        return mapping.columns(fields);
    }

    /**
     * The KPIs.
     *
     * @return the KPIs by id, in the order of the file
     */
    public Map<String, Kpi<?>> kpis() {
        return kpis;
    }

    /**
     * The journeys that the KPIs measure.
     *
     * @return the journeys in the order of the file; none if it has none
     */
    public List<Journey> journeys() {
        return journeys;
    }

    /**
     * The dimensions of the scorecard.
     *
     * @return the names of fields
     */
    public List<String> dimensions() {
        return dimensions;
    }

    /**
     * These definitions with other dimensions.
     *
     * @param fields the names of the fields to split by; none for no split
     * @return the definitions
     */
    public Definitions by(List<String> fields) {
        return new Definitions(mapping, kpis, journeys, List.copyOf(fields), grain, timeField, zone, link);
    }

    /**
     * These definitions with periods of another length.
     *
     * @param period the length
     * @return the definitions
     * @throws IllegalArgumentException if the definitions do not say which field is the time
     */
    public Definitions every(Grain period) {
        if (timeField.isEmpty()) {
            throw new IllegalArgumentException("results per " + period.word()
                    + " need \"time\": the field with the time, and \"timeZone\": where days begin,"
                    + " in \"scorecard\" of the definitions");
        }
        return new Definitions(mapping, kpis, journeys, dimensions, period, timeField, zone, link);
    }

    /**
     * These definitions without dimensions and periods: one cell for everything.
     *
     * @return the definitions
     */
    public Definitions overall() {
        return new Definitions(mapping, kpis, journeys, List.of(), null, timeField, zone, link);
    }

    /**
     * Whether the rows of the source are linked to each other, so that all of them are needed at once.
     *
     * @return whether the source has a {@code "link"}
     */
    public boolean isLinked() {
        return link != null;
    }

    /**
     * How the records of a source are linked to each other.
     *
     * @param <E> the type of the records
     * @param fields how a record supplies the fields
     * @return the linker, or nothing if the source has no {@code "link"}
     * @throws IllegalArgumentException if a field that links is not supplied or of another type
     */
    public <E> Optional<Linker<E>> linker(Fields<E> fields) {
        return Optional.ofNullable(link).map(by -> by.linker(fields));
    }

    /**
     * Computes the scorecard of all rows of a source, linked to each other if the definitions say so. Lines that could not
     * be read as rows are counted by a {@linkplain ScorecardRun#broken run} of the same scorecard, whose result is merged.
     *
     * @param header the names of the columns
     * @param rows all rows
     * @return the result
     * @throws IllegalArgumentException if the header lacks a column, or a KPI or dimension a field
     */
    public ScorecardResult compute(List<String> header, List<Row> rows) {
        Fields<Row> fields = mapping.fields(header);
        Optional<Linker<Row>> linker = linker(fields);
        if (linker.isEmpty()) {
            return scorecard(fields).compute(rows);
        }
        Linkage<Row> linked = linker.get().link(rows);
        return scorecard(linked.fields()).compute(linked.events());
    }

    /**
     * The SQL query of the scorecard over a table or view with the columns of the source, by links too.
     *
     * @param table the name; it is quoted
     * @return the query, for DuckDB unless {@linkplain ScorecardQuery#in said}
     * @throws IllegalArgumentException if a field that links is not supplied or of another type
     */
    public ScorecardQuery query(String table) {
        return query(ScorecardQuery.over(mapping, table));
    }

    /**
     * The SQL query of the scorecard over files, as DuckDB reads them.
     *
     * @param kind how rows are written in the files
     * @param files the paths, at least one
     * @return the query
     * @throws IllegalArgumentException if there is no file, or a field that links is not supplied or of another type
     */
    public ScorecardQuery query(ScorecardQuery.Files kind, List<String> files) {
        return query(ScorecardQuery.overFiles(mapping, kind, files));
    }

    private ScorecardQuery query(ScorecardQuery empty) {
        ScorecardQuery query = empty.by(dimensions.toArray(new String[0]));
        if (grain != null) {
            query = query.every(grain, timeField, zone == null ? ZoneOffset.UTC : zone);
        }
        if (link != null) {
            query = query.linked(link.linker(mapping.fields(mapping.columns())));
        }
        return query.kpis(List.copyOf(kpis.values()));
    }

    /**
     * Computes the scorecard of all rows of a file that are left, broken lines and all. The result is the same for any number
     * of threads.
     *
     * @param source the file
     * @param threads how many threads compute; at least 1. Rows that are linked are read by one
     * @return the result
     * @throws IOException if the file cannot be read to its end
     * @throws IllegalArgumentException if the header lacks a column, or a KPI or dimension a field
     */
    public ScorecardResult compute(RowSource source, int threads) throws IOException {
        Fields<Row> fields = mapping.fields(source.header());
        List<ScorecardRun<?>> runs = new ArrayList<>();
        if (link != null) {
            List<Row> rows = new ArrayList<>();
            ScorecardRun<?> apart = scorecard(
                            linker(fields).orElseThrow().link(List.of()).fields())
                    .start();
            source.read(1, () -> new Taking(source.name(), apart, rows::addAll));
            return compute(source.header(), rows).merge(apart.result());
        }
        Scorecard<Row> card = scorecard(fields);
        ScorecardResult result = card.start().result();
        source.read(threads, () -> {
            ScorecardRun<Row> run = card.start();
            runs.add(run);
            return new Taking(source.name(), run, run::addAll);
        });
        for (ScorecardRun<?> run : runs) {
            result = result.merge(run.result());
        }
        return result;
    }

    private record Taking(String source, ScorecardRun<?> run, Consumer<RowBlock> to) implements RowSource.Taker {
        @Override
        public void rows(RowBlock rows) {
            to.accept(rows);
        }

        @Override
        public void broken(long line, String found, String reason) {
            run.broken(source, line, found, reason);
        }
    }

    /**
     * The scorecard over rows of text that are not linked.
     *
     * @param header the names of the columns
     * @return the scorecard
     * @throws IllegalArgumentException if the header lacks a column, or a KPI or dimension a field
     * @throws IllegalStateException if the definitions link rows: they are then needed at once, see {@link #compute}
     */
    public Scorecard<Row> scorecard(List<String> header) {
        if (link != null) {
            throw new IllegalStateException("the source has a \"link\": its rows are needed at once; use compute(…)");
        }
        return scorecard(mapping.fields(header));
    }

    /**
     * The scorecard over records of any type. If the definitions link records, these are linked ones, and the fields those
     * of their linkage.
     *
     * @param <E> the type of the records
     * @param fields how a record supplies the fields
     * @return the scorecard
     * @throws IllegalArgumentException if a field is not supplied or of another type
     */
    public <E> Scorecard<E> scorecard(Fields<E> fields) {
        Scorecard<E> card = Scorecard.over(fields).by(dimensions.toArray(new String[0]));
        if (grain != null) {
            card = card.every(grain, timeField, zone == null ? ZoneOffset.UTC : zone);
        }
        return card.kpis(List.copyOf(kpis.values()));
    }
}
