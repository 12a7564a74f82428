package io.cxmetrics.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cxmetrics.Definition;
import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Text;
import io.cxmetrics.stats.Clustered;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Ratings;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import io.cxmetrics.stats.SignalShare;
import io.cxmetrics.stats.WeightedSignals;
import io.cxmetrics.survey.SurveyKpis;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * KPI definitions as JSON.
 *
 * <pre>{@code
 * {
 *   "nps": {"type": "nps"},
 *   "service-level": {"type": "serviceLevel", "within": "PT20S", "abandons": "excluded"},
 *   "short-waits": {"type": "share", "hit": {"field": "wait", "lt": "PT5S"}, "where": {"field": "channel", "is": "chat"}}
 * }
 * }</pre>
 *
 * <p>A type names a KPI of the catalogue or a statistic family. {@link #write} always writes the family with its
 * expressions and types, so that what was written reads back as the same KPI without any context.
 *
 * @since 0.1
 */
public final class KpiJson {

    /** Makes a KPI from the members of its definition; what is wrong is noted. */
    interface Reader extends BiFunction<Members, ExpressionJson, Optional<? extends Kpi<?>>> {}

    private static final Map<String, Reader> TYPES = types();

    private KpiJson() {}

    /**
     * The types of KPI that a definition can name.
     *
     * @return the names, the catalogue first
     */
    public static Collection<String> typeNames() {
        return List.copyOf(TYPES.keySet());
    }

    private static Map<String, Reader> types() {
        Map<String, Reader> types = new LinkedHashMap<>();
        types.put("nps", KpiJson::nps);
        types.put("csat", KpiJson::csat);
        types.put("ces", (members, e) -> Optional.of(SurveyKpis.ces()));
        types.put("cesTopBox", KpiJson::cesTopBox);
        types.put("ces1", (members, e) -> Optional.of(SurveyKpis.ces1()));
        types.put("ces1LowEffort", (members, e) -> Optional.of(SurveyKpis.ces1LowEffort()));
        types.put("botExperienceScore", KpiJson::botExperienceScore);
        types.put("automationRate", (members, e) -> Optional.of(BotKpis.automationRate()));
        types.put("containment", (members, e) -> Optional.of(BotKpis.containment()));
        types.put("serviceLevel", KpiJson::serviceLevel);
        types.put("abandonmentRate", KpiJson::abandonmentRate);
        types.put("averageSpeedOfAnswer", (members, e) -> Optional.of(ContactKpis.averageSpeedOfAnswer()));
        types.put("averageHandleTime", KpiJson::averageHandleTime);
        CatalogueTypes.addTo(types);
        types.put("share", KpiJson::share);
        types.put("mean", KpiJson::mean);
        types.put("ratio", KpiJson::ratio);
        types.put("percentile", KpiJson::percentile);
        types.put("ratings", KpiJson::ratings);
        types.put("signals", KpiJson::signals);
        types.put("clustered", KpiJson::clustered);
        return types;
    }

    /**
     * Reads the definitions of KPIs over fields of the vocabulary or with types of their own.
     *
     * @param kpis an object with a definition for each id
     * @param problems where problems are noted
     * @return the KPIs that could be read, by id
     */
    public static Map<String, Kpi<?>> read(LocatedJson kpis, Problems problems) {
        return read(kpis, FieldTypes.vocabulary(), problems);
    }

    /**
     * Reads the definitions of KPIs.
     *
     * @param json the text of an object with a definition for each id
     * @return the KPIs by id
     * @throws JsonProblemsException if anything is wrong
     */
    public static Map<String, Kpi<?>> parse(String json) {
        Problems problems = new Problems();
        Map<String, Kpi<?>> kpis = read(LocatedJson.parse("kpis", json), problems);
        problems.throwIfAny();
        return kpis;
    }

    static Map<String, Kpi<?>> read(LocatedJson kpis, FieldTypes types, Problems problems) {
        Map<String, Kpi<?>> result = new LinkedHashMap<>();
        if (!kpis.is(LocatedJson.Kind.OBJECT)) {
            problems.add(kpis, "an object with a definition for each KPI");
        }
        kpis.members().forEach((id, node) -> {
            if (!id.startsWith("x-")) {
                kpi(id, node, types, problems).ifPresent(kpi -> result.put(id, kpi));
            }
        });
        return result;
    }

    private static Optional<Kpi<?>> kpi(String id, LocatedJson node, FieldTypes types, Problems problems) {
        Members members = new Members(node, problems);
        try {
            Kpi.checkId(id);
        } catch (IllegalArgumentException e) {
            problems.add(
                    node,
                    "the id \"" + id + "\"",
                    "1 to 63 lower-case letters, digits and hyphens, such as \"nps-chat\"");
            return Optional.empty();
        }
        Optional<String> type = members.requiredText("type", "one of " + String.join(", ", TYPES.keySet()));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Reader reader = TYPES.get(type.get());
        if (reader == null) {
            problems.add(
                    members.optional("type").orElseThrow(),
                    "a type of KPI: one of " + String.join(", ", TYPES.keySet())
                            + DidYouMean.suffix(type.get(), TYPES.keySet()));
            return Optional.empty();
        }
        ExpressionJson expressions = new ExpressionJson(types, problems);
        int before = problems.list().size();
        Optional<Condition> where = members.optional("where").flatMap(expressions::condition);
        Optional<String> name = members.text("name");
        Optional<Direction> direction = members.optional("direction")
                .flatMap(d -> members.word(d, "higher-is-better", "lower-is-better", "neutral"))
                .map(word -> Direction.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
        Optional<Unit> unit = members.optional("unit")
                .flatMap(u ->
                        members.parsed(u, "a unit: share, points, rating, seconds, number or money EUR", Unit::parse));
        try {
            Optional<? extends Kpi<?>> read = reader.apply(members, expressions);
            members.end();
            if (read.isEmpty() || problems.list().size() > before) {
                return Optional.empty();
            }
            Kpi<?> kpi = read.get().withId(id);
            if (where.isPresent()) {
                kpi = kpi.where(where.get());
            }
            if (direction.isPresent()) {
                kpi = kpi.withDirection(direction.get());
            }
            if (unit.isPresent()) {
                kpi = kpi.withUnit(unit.get());
            }
            return Optional.of(name.isPresent() ? kpi.withName(name.get()) : kpi);
        } catch (IllegalArgumentException e) {
            problems.add(node, String.valueOf(e.getMessage()), "a definition without this contradiction");
            return Optional.empty();
        }
    }

    private static Optional<Kpi<Nps>> nps(Members members, ExpressionJson expressions) {
        Optional<Quantity<?>> score = members.optional("of").flatMap(expressions::quantity);
        int[] scale = scale(members).orElse(new int[] {0, 10});
        int promotersFrom = members.whole("promotersFrom").orElse(9);
        int detractorsTo = members.whole("detractorsTo").orElse(6);
        if (score.isEmpty()) {
            return Optional.of(Nps.kpi(
                    "nps",
                    new Nps.Definition(
                            Field.whole(Nps.RECOMMENDATION), scale[0], scale[1], promotersFrom, detractorsTo)));
        }
        return whole(members, score.get())
                .map(of -> Nps.kpi("nps", new Nps.Definition(of, scale[0], scale[1], promotersFrom, detractorsTo)));
    }

    private static Optional<int[]> scale(Members members) {
        return members.optional("scale").flatMap(node -> range(members, node));
    }

    static Optional<int[]> range(Members members, LocatedJson node) {
        if (node.items().size() != 2) {
            members.problems().add(node, "an array of two whole numbers, the lowest and the highest");
            return Optional.empty();
        }
        Optional<Integer> low = members.asWhole(node.items().get(0));
        Optional<Integer> high = members.asWhole(node.items().get(1));
        return low.isPresent() && high.isPresent() ? Optional.of(new int[] {low.get(), high.get()}) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // A quantity of type WHOLE has Long values.
    private static Optional<Quantity<Long>> whole(Members members, Quantity<?> quantity) {
        if (quantity.type() == FieldType.WHOLE) {
            return Optional.of((Quantity<Long>) quantity);
        }
        members.problems().add(members.object(), "a rating that is a " + quantity.type(), "a whole number");
        return Optional.empty();
    }

    private static Optional<Kpi<Ratings>> csat(Members members, ExpressionJson expressions) {
        members.required("scale", "the highest point of a scale that begins at 1, such as 5");
        Optional<Integer> highest = members.whole("scale");
        Optional<Integer> boxes = members.whole("boxes");
        return highest.map(h -> boxes.isPresent() ? SurveyKpis.csat(h, boxes.get()) : SurveyKpis.csat(h));
    }

    private static Optional<Kpi<Ratings>> cesTopBox(Members members, ExpressionJson expressions) {
        members.required("boxes", "how many of the best ratings count: 2 or 3");
        return members.whole("boxes").map(SurveyKpis::cesTopBox);
    }

    private static Optional<Kpi<SignalShare>> botExperienceScore(Members members, ExpressionJson expressions) {
        Map<String, Condition> all = BotKpis.negativeSignals();
        Optional<LocatedJson> chosen = members.optional("signals");
        if (chosen.isEmpty()) {
            return Optional.of(BotKpis.botExperienceScore());
        }
        if (chosen.get().is(LocatedJson.Kind.OBJECT)) {
            return signalMap(chosen.get(), expressions).map(BotKpis::botExperienceScore);
        }
        Map<String, Condition> signals = new LinkedHashMap<>();
        for (LocatedJson item : chosen.get().items()) {
            members.word(item, all.keySet().toArray(new String[0])).ifPresent(name -> signals.put(name, all.get(name)));
        }
        if (signals.isEmpty() && members.problems().isEmpty()) {
            members.problems().add(chosen.get(), "at least one of " + all.keySet());
        }
        return signals.isEmpty() ? Optional.empty() : Optional.of(BotKpis.botExperienceScore(signals));
    }

    private static Optional<Map<String, Condition>> signalMap(LocatedJson node, ExpressionJson expressions) {
        Map<String, Condition> signals = new LinkedHashMap<>();
        node.members()
                .forEach((name, condition) -> expressions.condition(condition).ifPresent(c -> signals.put(name, c)));
        return signals.isEmpty() ? Optional.empty() : Optional.of(signals);
    }

    private static Optional<Duration> duration(Members members, LocatedJson node) {
        return members.parsed(node, "a duration such as \"PT20S\"", Duration::parse);
    }

    private static Optional<Kpi<Share>> serviceLevel(Members members, ExpressionJson expressions) {
        Optional<Duration> target =
                members.required("within", "the target time such as \"PT20S\"").flatMap(n -> duration(members, n));
        Optional<String> treatment = members.required("abandons", "how abandoned contacts count, such as \"excluded\"")
                .flatMap(n -> members.word(
                        n,
                        "excluded",
                        "failures",
                        "successes-within-target",
                        "failures-past-target",
                        "short-as-successes",
                        "short-excluded"));
        Optional<LocatedJson> given = members.optional("threshold");
        Optional<Duration> threshold = given.flatMap(n -> duration(members, n));
        if (target.isEmpty() || treatment.isEmpty()) {
            return Optional.empty();
        }
        boolean needed = treatment.get().startsWith("short");
        if (needed != given.isPresent()) {
            members.problems()
                    .add(
                            given.orElse(members.object()),
                            needed ? "no member \"threshold\"" : "a threshold",
                            needed
                                    ? "\"threshold\": the short time such as \"PT5S\""
                                    : "no threshold with abandons " + treatment.get());
            return Optional.empty();
        }
        Optional<Abandons> abandons = switch (treatment.get()) {
            case "excluded" -> Optional.of(Abandons.EXCLUDED);
            case "failures" -> Optional.of(Abandons.FAILURES);
            case "successes-within-target" -> Optional.of(Abandons.SUCCESSES_WITHIN_TARGET);
            case "failures-past-target" -> Optional.of(Abandons.FAILURES_PAST_TARGET);
            case "short-as-successes" -> threshold.map(Abandons::shortAsSuccesses);
            default -> threshold.map(Abandons::shortExcluded);
        };
        return abandons.map(a -> ContactKpis.serviceLevel(target.get(), a));
    }

    private static Optional<Kpi<Share>> abandonmentRate(Members members, ExpressionJson expressions) {
        Optional<LocatedJson> given = members.optional("threshold");
        return given.isEmpty()
                ? Optional.of(ContactKpis.abandonmentRate())
                : duration(members, given.get()).map(ContactKpis::abandonmentRate);
    }

    private static Optional<Kpi<Ratio>> averageHandleTime(Members members, ExpressionJson expressions) {
        Optional<List<String>> parts = members.texts("parts");
        return Optional.of(
                parts.isEmpty()
                        ? ContactKpis.averageHandleTime()
                        : ContactKpis.averageHandleTime(parts.get().toArray(new String[0])));
    }

    private static Optional<Kpi<Share>> share(Members members, ExpressionJson expressions) {
        return members.required("hit", "the condition of a hit")
                .flatMap(expressions::condition)
                .map(hit -> Share.kpi("share", hit));
    }

    private static Optional<Kpi<Mean>> mean(Members members, ExpressionJson expressions) {
        return members.required("of", "the quantity to average, such as \"wait\"")
                .flatMap(expressions::quantity)
                .map(of -> Mean.kpi("mean", of, Direction.NEUTRAL));
    }

    private static Optional<Kpi<Percentile>> percentile(Members members, ExpressionJson expressions) {
        Optional<Quantity<?>> of =
                members.required("of", "the quantity, such as \"wait\"").flatMap(expressions::quantity);
        members.required("p", "the percentile as a share, such as 0.9");
        Optional<BigDecimal> p = members.number("p");
        Percentile.Method method = members.optional("method")
                .flatMap(node -> members.word(node, "nearest-rank", "interpolated"))
                .map(word ->
                        Percentile.Method.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(Percentile.Method.NEAREST_RANK);
        Percentile.Precision precision = members.optional("precision")
                .flatMap(node -> members.word(node, "one-percent", "one-per-mille"))
                .map(word -> Percentile.Precision.valueOf(
                        word.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(Percentile.Precision.ONE_PERCENT);
        return of.flatMap(quantity -> p.map(share -> Percentile.kpi(
                "percentile",
                new Percentile.Definition(quantity, share.doubleValue(), method, precision),
                Direction.NEUTRAL)));
    }

    private static Optional<Kpi<Ratio>> ratio(Members members, ExpressionJson expressions) {
        Optional<Quantity<?>> numerator =
                members.required("numerator", "the quantity above").flatMap(expressions::quantity);
        Optional<LocatedJson> below = members.optional("denominator");
        if (below.isEmpty()) {
            return numerator.map(y -> Ratio.perRow("ratio", y, Direction.NEUTRAL));
        }
        Optional<Quantity<?>> denominator = expressions.quantity(below.get());
        return numerator.flatMap(y -> denominator.map(x -> Ratio.kpi("ratio", y, x, Direction.NEUTRAL)));
    }

    private static Optional<Kpi<Ratings>> ratings(Members members, ExpressionJson expressions) {
        Optional<Quantity<?>> of = members.required("of", "the rating").flatMap(expressions::quantity);
        members.required("scale", "the lowest and the highest rating such as [1, 7]");
        Optional<int[]> scale = scale(members);
        Optional<int[]> box = members.optional("box").flatMap(n -> range(members, n));
        Optional<Integer> topFrom = members.whole("topFrom");
        Optional<Integer> bottomTo = members.whole("bottomTo");
        if (of.isEmpty() || scale.isEmpty()) {
            return Optional.empty();
        }
        if (topFrom.isPresent() != bottomTo.isPresent() || (topFrom.isPresent() && box.isPresent())) {
            members.problems()
                    .add(
                            members.object(),
                            "a mixture of readings",
                            "nothing (the mean), \"box\": [from, to], or \"topFrom\" with \"bottomTo\"");
            return Optional.empty();
        }
        Ratings.Reading reading = box.isPresent()
                ? new Ratings.Box(box.get()[0], box.get()[1])
                : topFrom.isPresent() ? new Ratings.Net(topFrom.get(), bottomTo.get()) : new Ratings.Average();
        return whole(members, of.get())
                .map(rating -> Ratings.kpi(
                        "ratings",
                        new Ratings.Definition(rating, scale.get()[0], scale.get()[1], reading),
                        Direction.HIGHER_IS_BETTER));
    }

    private static Optional<Kpi<SignalShare>> signals(Members members, ExpressionJson expressions) {
        return members.required("signals", "an object with a condition for each signal")
                .flatMap(node -> signalMap(node, expressions))
                .map(signals -> SignalShare.kpi("signals", signals));
    }

    /** Several answers of one customer: any other definition, and the field that tells customers apart. */
    private static Optional<Kpi<Clustered>> clustered(Members members, ExpressionJson expressions) {
        Optional<Text> by = members.required("by", "the text field that tells customers apart, such as \"customer\"")
                .flatMap(expressions::text);
        Optional<Kpi<?>> of = members.required("of", "the definition of the plain KPI")
                .flatMap(node -> kpi("clustered", node, expressions.types(), members.problems()));
        return by.flatMap(key -> of.map(kpi -> Clustered.by(key, kpi)));
    }

    /**
     * Writes the definitions of KPIs.
     *
     * @param kpis the KPIs
     * @return an object with a definition for each id, which {@link #parse} reads as the same KPIs
     */
    public static String write(Collection<? extends Kpi<?>> kpis) {
        return JsonText.write(json -> write(json, kpis));
    }

    static void write(JsonGenerator json, Collection<? extends Kpi<?>> kpis) throws IOException {
        json.writeStartObject();
        for (Kpi<?> kpi : kpis) {
            json.writeFieldName(kpi.id());
            write(json, kpi);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Kpi<?> kpi) throws IOException {
        json.writeStartObject();
        family(json, kpi.definition());
        if (!kpi.unit().equals(usualUnit(kpi.definition()))) {
            json.writeStringField("unit", kpi.unit().toString());
        }
        if (!(kpi.where() instanceof Condition.Always)) {
            json.writeFieldName("where");
            ExpressionJson.write(json, kpi.where());
        }
        json.writeStringField("direction", word(kpi.direction()));
        json.writeStringField("name", kpi.name());
        json.writeEndObject();
    }

    /** The members that make a definition what it is. */
    private static void family(JsonGenerator json, Definition<?> definition) throws IOException {
        if (definition instanceof Share.Definition share) {
            json.writeStringField("type", "share");
            json.writeFieldName("hit");
            ExpressionJson.write(json, share.hit());
        } else if (definition instanceof Mean.Definition mean) {
            json.writeStringField("type", "mean");
            json.writeFieldName("of");
            ExpressionJson.write(json, mean.of());
        } else if (definition instanceof Ratio.Definition ratio) {
            json.writeStringField("type", "ratio");
            json.writeFieldName("numerator");
            ExpressionJson.write(json, ratio.numerator());
            json.writeFieldName("denominator");
            ExpressionJson.write(json, ratio.denominator());
        } else if (definition instanceof Percentile.Definition percentile) {
            json.writeStringField("type", "percentile");
            json.writeFieldName("of");
            ExpressionJson.write(json, percentile.of());
            json.writeNumberField("p", percentile.p());
            json.writeStringField("method", word(percentile.method()));
            json.writeStringField("precision", word(percentile.precision()));
        } else if (definition instanceof Nps.Definition nps) {
            json.writeStringField("type", "nps");
            json.writeFieldName("of");
            ExpressionJson.write(json, nps.score());
            scale(json, nps.lowest(), nps.highest());
            json.writeNumberField("promotersFrom", nps.promotersFrom());
            json.writeNumberField("detractorsTo", nps.detractorsTo());
        } else if (definition instanceof Ratings.Definition ratings) {
            json.writeStringField("type", "ratings");
            json.writeFieldName("of");
            ExpressionJson.write(json, ratings.rating());
            scale(json, ratings.lowest(), ratings.highest());
            if (ratings.reading() instanceof Ratings.Box box) {
                json.writeFieldName("box");
                json.writeArray(new int[] {box.from(), box.to()}, 0, 2);
            } else if (ratings.reading() instanceof Ratings.Net net) {
                json.writeNumberField("topFrom", net.topFrom());
                json.writeNumberField("bottomTo", net.bottomTo());
            }
        } else if (definition instanceof SignalShare.Definition signals) {
            json.writeStringField("type", "signals");
            json.writeObjectFieldStart("signals");
            for (Map.Entry<String, Condition> signal : signals.signals().entrySet()) {
                json.writeFieldName(signal.getKey());
                ExpressionJson.write(json, signal.getValue());
            }
            json.writeEndObject();
        } else if (definition instanceof WeightedSignals.Definition signals) {
            json.writeStringField("type", "weightedSignals");
            json.writeObjectFieldStart("signals");
            for (Map.Entry<String, WeightedSignals.Weighted> signal :
                    signals.signals().entrySet()) {
                json.writeObjectFieldStart(signal.getKey());
                json.writeNumberField("weight", signal.getValue().weight());
                json.writeFieldName("signal");
                ExpressionJson.write(json, signal.getValue().signal());
                json.writeEndObject();
            }
            json.writeEndObject();
        } else if (definition instanceof Clustered.Definition clustered) {
            json.writeStringField("type", "clustered");
            json.writeFieldName("by");
            ExpressionJson.write(json, clustered.key());
            json.writeObjectFieldStart("of");
            family(json, clustered.of());
            json.writeEndObject();
        } else {
            throw new IllegalArgumentException("cannot write " + definition);
        }
    }

    /** The unit that a family gives a KPI; another one is written. */
    private static Unit usualUnit(Definition<?> definition) {
        if (definition instanceof Clustered.Definition clustered) {
            return usualUnit(clustered.of());
        } else if (definition instanceof Mean.Definition mean) {
            return Unit.of(mean.of());
        } else if (definition instanceof Percentile.Definition percentile) {
            return Unit.of(percentile.of());
        } else if (definition instanceof Ratio.Definition ratio) {
            return Ratio.kpi("x", ratio.numerator(), ratio.denominator(), Direction.NEUTRAL)
                    .unit();
        } else if (definition instanceof Ratings.Definition ratings) {
            return Ratings.kpi("x", ratings, Direction.NEUTRAL).unit();
        }
        return definition instanceof Share.Definition ? Unit.SHARE : Unit.POINTS;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void scale(JsonGenerator json, int lowest, int highest) throws IOException {
        json.writeFieldName("scale");
        json.writeArray(new int[] {lowest, highest}, 0, 2);
    }
}
