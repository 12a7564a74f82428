package io.cxmetrics.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Histogram;
import io.cxmetrics.Interval;
import io.cxmetrics.KeyedTotals;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Results of scorecards as JSON: values and intervals for people and tools, and the exact totals from which a result is
 * read back {@code equals} and merges with later ones.
 *
 * @since 0.1
 */
public final class ResultJson {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern EXACT = Pattern.compile("-?[0-9]+([.][0-9]+)?");

    private ResultJson() {}

    /**
     * Writes a result.
     *
     * @param result the result
     * @return the text of a JSON object
     */
    public static String write(ScorecardResult result) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeArrayFieldStart("dimensions");
            for (String dimension : result.dimensions()) {
                json.writeString(dimension);
            }
            json.writeEndArray();
            Grain grain = result.shape().grain();
            if (grain != null) {
                json.writeStringField("every", grain.word());
            }
            ZoneId zone = result.shape().zone();
            if (zone != null) {
                json.writeStringField("timeZone", zone.getId());
            }
            json.writeFieldName("kpis");
            KpiJson.write(json, result.kpis());
            write(json, result.intake());
            json.writeArrayFieldStart("cells");
            for (Map.Entry<Cell, List<Statistic<?>>> entry : result.cells().entrySet()) {
                write(json, entry.getKey(), entry.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Intake intake) throws IOException {
        json.writeObjectFieldStart("intake");
        json.writeNumberField("rows", intake.rows());
        json.writeNumberField("brokenLines", intake.brokenLines());
        if (intake.isPartial()) {
            json.writeBooleanField("partial", true);
        }
        json.writeObjectFieldStart("rejected");
        for (Map.Entry<String, Long> entry : intake.rejected().entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("samples");
        for (Intake.Sample sample : intake.samples()) {
            json.writeStartObject();
            json.writeStringField("source", sample.source());
            json.writeNumberField("line", sample.line());
            json.writeStringField("field", sample.field());
            json.writeStringField("found", sample.found());
            json.writeStringField("reason", sample.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The members that say which cell it is. */
    static void write(JsonGenerator json, Cell cell) throws IOException {
        Period period = cell.period();
        if (period != null) {
            json.writeStringField("period", period.toString());
        }
        json.writeArrayFieldStart("labels");
        for (Label label : cell.labels()) {
            switch (label.kind()) {
                case VALUE -> json.writeString(label.text());
                case MISSING -> json.writeNull();
                case REJECTED -> json.writeBoolean(false);
            }
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Cell cell, List<Statistic<?>> statistics) throws IOException {
        json.writeStartObject();
        write(json, cell);
        json.writeObjectFieldStart("results");
        for (Statistic<?> statistic : statistics) {
            json.writeFieldName(statistic.kpi().id());
            write(json, statistic);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    static void write(JsonGenerator json, String name, Interval interval) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("level", interval.level());
        if (interval.isBounded()) {
            json.writeNumberField("low", interval.low());
            json.writeNumberField("high", interval.high());
        } else {
            json.writeBooleanField(interval.kind() == Interval.Kind.UNBOUNDED ? "unbounded" : "undefined", true);
        }
        json.writeStringField("method", interval.method());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Statistic<?> statistic) throws IOException {
        json.writeStartObject();
        OptionalDouble value = statistic.value();
        if (value.isPresent()) {
            json.writeNumberField("value", value.getAsDouble());
        }
        json.writeStringField("unit", statistic.kpi().unit().toString());
        write(json, "interval", statistic.interval());
        Counts counts = statistic.counts();
        json.writeObjectFieldStart("counts");
        json.writeNumberField("used", counts.used());
        json.writeNumberField("ineligible", counts.ineligible());
        json.writeNumberField("missing", counts.missing());
        json.writeNumberField("rejected", counts.rejected());
        json.writeEndObject();
        json.writeArrayFieldStart("totals");
        for (Total total : statistic.totals()) {
            if (total instanceof Total.Tally tally) {
                json.writeArray(tally.counts(), 0, tally.counts().length);
            } else if (total instanceof Histogram histogram) {
                json.writeStartObject();
                json.writeBooleanField("exact", histogram.isExact());
                json.writeArrayFieldStart("keys");
                for (long key : histogram.keys()) {
                    json.writeString(Long.toString(key));
                }
                json.writeEndArray();
                json.writeFieldName("counts");
                json.writeArray(histogram.counts(), 0, histogram.counts().length);
                json.writeEndObject();
            } else if (total instanceof KeyedTotals keyed) {
                write(json, keyed);
            } else if (total instanceof Total.Exact exact) {
                // As text: a JSON number of more than 53 bits is cut by most tools.
                json.writeString(exact.value().toPlainString());
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Columns, since an object for each key would repeat the names. */
    private static void write(JsonGenerator json, KeyedTotals keyed) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("keys");
        for (int i = 0; i < keyed.size(); i++) {
            json.writeString(KeyedTotals.shown(keyed.key(i)));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("sums");
        for (int a = 0; a < keyed.aggregates(); a++) {
            json.writeStartArray();
            for (int i = 0; i < keyed.size(); i++) {
                json.writeString(keyed.sum(a, i).toPlainString());
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /**
     * Reads a result back.
     *
     * @param json what {@link #write} wrote
     * @return an equal result
     * @throws JsonProblemsException with everything that is wrong with it
     */
    public static ScorecardResult read(LocatedJson json) {
        Problems problems = new Problems();
        Members members = new Members(json, problems);
        members.required("version", "1");
        List<String> dimensions = members.texts("dimensions").orElse(List.of());
        Optional<Grain> grain = members.optional("every").flatMap(node -> SourceJson.grain(members, node));
        Optional<ZoneId> zone = members.optional("timeZone").flatMap(node -> SourceJson.zone(members, node));
        Map<String, Kpi<?>> kpis = members.required("kpis", "the definitions of the KPIs")
                .map(node -> KpiJson.read(node, problems))
                .orElse(Map.of());
        Intake intake = members.required("intake", "the account of what was read")
                .map(node -> intake(new Members(node, problems)))
                .orElse(Intake.NONE);
        SortedMap<Cell, List<Statistic<?>>> cells = new TreeMap<>();
        members.required("cells", "an array of cells")
                .ifPresent(array -> array.items()
                        .forEach(node -> cell(new Members(node, problems), grain, List.copyOf(kpis.values()), cells)));
        members.end();
        problems.throwIfAny();
        try {
            return new ScorecardResult(
                    new ScorecardResult.Shape(
                            List.copyOf(kpis.values()), dimensions, grain.orElse(null), zone.orElse(null)),
                    cells,
                    intake);
        } catch (IllegalArgumentException e) {
            problems.add(json, String.valueOf(e.getMessage()), "a result as this library writes it");
            throw new JsonProblemsException(problems.list());
        }
    }

    private static long count(Members members, String name) {
        members.required(name, "a count");
        return members.number(name)
                .filter(n -> n.signum() >= 0 && n.scale() <= 0 && n.precision() < 19)
                .map(Number::longValue)
                .orElseGet(() -> {
                    members.problems().add(members.object(), "no count \"" + name + "\"", "a whole number from 0");
                    return 0L;
                });
    }

    private static Intake intake(Members members) {
        SortedMap<String, Long> rejected = new TreeMap<>();
        members.required("rejected", "counts by field and reason").ifPresent(node -> {
            Members counts = new Members(node, members.problems());
            node.members().keySet().forEach(name -> rejected.put(name, count(counts, name)));
        });
        List<Intake.Sample> samples = new ArrayList<>();
        members.required("samples", "an array of samples")
                .ifPresent(array -> array.items().forEach(node -> {
                    Members sample = new Members(node, members.problems());
                    samples.add(new Intake.Sample(
                            sample.text("source").orElse(""),
                            count(sample, "line"),
                            sample.text("field").orElse(""),
                            sample.text("found").orElse(""),
                            sample.text("reason").orElse("")));
                    sample.end();
                }));
        Intake intake = new Intake(
                count(members, "rows"),
                count(members, "brokenLines"),
                rejected,
                samples,
                members.bool("partial").orElse(false));
        members.end();
        return intake;
    }

    private static void cell(
            Members members, Optional<Grain> grain, List<Kpi<?>> kpis, Map<Cell, List<Statistic<?>>> cells) {
        Problems problems = members.problems();
        Optional<Period> period = members.optional("period")
                .flatMap(node -> members.parsed(
                        node,
                        "a period such as \"2026-02\"",
                        text -> grain.isPresent() ? grain.get().period(text) : Period.parse(text)));
        List<Label> labels = new ArrayList<>();
        members.required("labels", "an array of labels")
                .ifPresent(array -> array.items().forEach(node -> {
                    switch (node.kind()) {
                        case TEXT -> labels.add(Label.of(node.text()));
                        case NULL -> labels.add(Label.MISSING);
                        case BOOLEAN -> labels.add(Label.REJECTED);
                        default -> problems.add(node, "a text, null (missing) or false (rejected)");
                    }
                }));
        List<Statistic<?>> statistics = new ArrayList<>();
        members.required("results", "an object with a result for each KPI").ifPresent(node -> {
            Members results = new Members(node, problems);
            for (Kpi<?> kpi : kpis) {
                results.required(kpi.id(), "the result of the KPI")
                        .flatMap(result -> statistic(new Members(result, problems), kpi))
                        .ifPresent(statistics::add);
            }
            results.end();
        });
        members.end();
        cells.put(new Cell(period.orElse(null), labels), statistics);
    }

    private static <S extends Statistic<S>> Optional<Statistic<?>> statistic(Members members, Kpi<S> kpi) {
        Problems problems = members.problems();
        int before = problems.list().size();
        for (String derived : new String[] {"value", "unit", "interval"}) {
            members.optional(derived);
        }
        Counts counts = members.required("counts", "the account of the rows")
                .map(node -> {
                    Members account = new Members(node, problems);
                    Counts read = new Counts(
                            count(account, "used"),
                            count(account, "ineligible"),
                            count(account, "missing"),
                            count(account, "rejected"));
                    account.end();
                    return read;
                })
                .orElse(Counts.NONE);
        List<Aggregate> aggregates = kpi.definition().aggregates();
        List<Total> totals = new ArrayList<>();
        members.required("totals", "an array of exact totals").ifPresent(array -> {
            for (int i = 0; i < Math.min(aggregates.size(), array.items().size()); i++) {
                total(members, array.items().get(i), aggregates.get(i)).ifPresent(totals::add);
            }
            if (array.items().size() != aggregates.size()) {
                problems.add(array, aggregates.size() + " totals");
            }
        });
        members.end();
        return problems.list().size() > before
                ? Optional.empty()
                : Optional.of(kpi.definition().statistic(kpi, counts, totals));
    }

    private static Optional<Total> total(Members members, LocatedJson node, Aggregate aggregate) {
        if (aggregate instanceof Aggregate.Histogram histogram) {
            return histogram(members.problems(), node, histogram);
        } else if (aggregate instanceof Aggregate.Tally tally) {
            long[] counts = longs(node);
            boolean fits = counts.length == tally.highest() - tally.lowest() + 1;
            for (long count : counts) {
                fits &= count >= 0;
            }
            if (!fits) {
                members.problems().add(node, "an array of counts for " + tally.lowest() + " to " + tally.highest());
                return Optional.empty();
            }
            return Optional.of(new Total.Tally(counts));
        }
        if (aggregate instanceof Aggregate.Keyed keyed) {
            return keyed(members.problems(), node, keyed.of().size());
        }
        return members.parsed(node, "an exact decimal number in quotes", ResultJson::exact)
                .map(Total.Exact::new);
    }

    private static BigDecimal exact(String text) {
        if (text.length() > 3_000 || !EXACT.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return new BigDecimal(text);
    }

    private static Optional<Total> keyed(Problems problems, LocatedJson node, int aggregates) {
        Members members = new Members(node, problems);
        List<LocatedJson> keys = members.required("keys", "an array of hashed keys")
                .map(LocatedJson::items)
                .orElse(List.of());
        List<LocatedJson> sums = members.required("sums", "an array of arrays, one for each number of a key")
                .map(LocatedJson::items)
                .orElse(List.of());
        members.end();
        boolean fits = sums.size() == aggregates;
        for (LocatedJson column : sums) {
            fits &= column.items().size() == keys.size();
        }
        if (!fits) {
            problems.add(node, "sums that do not fit", aggregates + " arrays, each with a number for each key");
            return Optional.empty();
        }
        int before = problems.list().size();
        Map<Long, List<BigDecimal>> byKey = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            List<BigDecimal> numbers = new ArrayList<>();
            for (LocatedJson column : sums) {
                members.parsed(column.items().get(i), "an exact decimal number in quotes", ResultJson::exact)
                        .ifPresent(numbers::add);
            }
            LocatedJson key = keys.get(i);
            members.parsed(key, "16 hexadecimal digits, each key once", KeyedTotals::parse)
                    .ifPresent(hash -> {
                        if (byKey.put(hash, numbers) != null) {
                            problems.add(key, "a key that is there twice", "each key once");
                        }
                    });
        }
        return problems.list().size() > before ? Optional.empty() : Optional.of(KeyedTotals.of(aggregates, byKey));
    }

    /** The whole numbers of an array, as numbers or in quotes; −1 for what is none. */
    private static long[] longs(LocatedJson array) {
        return array.items().stream().mapToLong(ResultJson::whole).toArray();
    }

    private static long whole(LocatedJson item) {
        try {
            return WHOLE.matcher(item.text()).matches() ? Long.parseLong(item.text()) : -1;
        } catch (NumberFormatException e) {
            // Nineteen digits may be more than a long holds.
            return -1;
        }
    }

    private static Optional<Total> histogram(Problems problems, LocatedJson node, Aggregate.Histogram aggregate) {
        Members members = new Members(node, problems);
        boolean exact = members.bool("exact").orElse(true);
        long[] keys =
                members.required("keys", "an array").map(ResultJson::longs).orElse(new long[0]);
        long[] counts =
                members.required("counts", "an array").map(ResultJson::longs).orElse(new long[0]);
        members.end();
        try {
            return Optional.of(Histogram.of(aggregate.of().type(), aggregate.bits(), exact, keys, counts));
        } catch (IllegalArgumentException e) {
            problems.add(node, "a histogram that does not fit", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
