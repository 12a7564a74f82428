package io.cxmetrics.okr.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.json.JourneyJson;
import io.cxmetrics.json.KpiJson;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Members;
import io.cxmetrics.json.MoneyJson;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.Alignment;
import io.cxmetrics.okr.Ambition;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.FiscalYear;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Lint;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.RollUp;
import io.cxmetrics.okr.StatusRule;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads one document; a part that is wrong is noted and left out, and the reading goes on. */
final class PlanReader {
    /** The version of the format. */
    static final int VERSION = 1;

    private final LocatedJson document;
    private final Problems problems = new Problems();
    private final Parts parts = new Parts(problems);
    private final Map<String, LocatedJson> touchpointIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> objectiveIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> initiativeIds = new LinkedHashMap<>();
    private final Map<String, LocatedJson> parents = new LinkedHashMap<>();
    private final List<LocatedJson> served = new ArrayList<>();

    PlanReader(LocatedJson document) {
        this.document = document;
    }

    OkrPlan plan() {
        Members members = new Members(document, problems);
        members.text("$schema");
        members.required("version", "the version of this format, " + VERSION).ifPresent(this::version);
        Optional<ZoneId> zone =
                members.required("timeZone", "such as \"Europe/Helsinki\"").flatMap(this::zone);
        FiscalYear year = members.optional("fiscalYear")
                .flatMap(node -> Terms.fiscalYear(node, problems))
                .orElse(FiscalYear.CALENDAR);
        StatusRule rule = members.optional("status")
                .flatMap(node -> Terms.statusRule(node, problems))
                .orElse(StatusRule.byProbability());
        Set<String> silenced = silenced(members.optional("silence"));
        Optional<LocatedJson> definitions = members.required("kpis", "an object with a definition for each KPI");
        Map<String, Kpi<?>> kpis =
                definitions.map(node -> KpiJson.read(node, problems)).orElse(Map.of());
        Set<String> kpiIds = definitions.map(node -> node.members().keySet()).orElse(null);
        Optional<LocatedJson> array = members.optional("journeys");
        array.ifPresent(this::touchpoints);
        List<Journey> journeys =
                array.map(node -> JourneyJson.read(node, kpiIds, problems)).orElse(List.of());
        KeyResultReader keyResults = new KeyResultReader(
                problems, year, kpis, definitions.map(node -> node.members().keySet()), touchpointIds);
        List<Objective> objectives = parts.items(
                members.required("objectives", "an array of objectives"),
                "objectives",
                node -> objective(node, year, keyResults));
        members.end();
        for (LocatedJson id : served) {
            if (!keyResults.ids().containsKey(id.text())) {
                problems.add(
                        id,
                        Parts.unknown("key result", id.text(), keyResults.ids().keySet()));
            }
        }
        aligned(objectives);
        problems.throwIfAny();
        return new OkrPlan(
                zone.orElseThrow(), year, rule, silenced, kpis, journeys, objectives, new JsonSource(document));
    }

    private void version(LocatedJson node) {
        if (!node.is(LocatedJson.Kind.NUMBER) || node.number().compareTo(BigDecimal.valueOf(VERSION)) != 0) {
            problems.add(node, VERSION + ", the only version of the format that this release reads");
        }
    }

    private Optional<ZoneId> zone(LocatedJson node) {
        String near =
                node.is(LocatedJson.Kind.TEXT) ? DidYouMean.suffix(node.text(), ZoneId.getAvailableZoneIds()) : "";
        return new Members(document, problems)
                .parsed(node, "a time zone such as \"Europe/Helsinki\"" + near, ZoneId::of);
    }

    private Set<String> silenced(Optional<LocatedJson> array) {
        return new LinkedHashSet<>(parts.items(array, "lint codes", item -> {
            String text = item.is(LocatedJson.Kind.TEXT) ? item.text() : "";
            String code = text.contains(":") ? text.substring(0, text.indexOf(':')) : text;
            if (!Lint.codes().contains(code)) {
                problems.add(
                        item,
                        "a lint code such as \"no-owner\", or with the id of one part, \"no-owner:faster-buying\"; the"
                                + " codes are " + String.join(", ", Lint.codes())
                                + DidYouMean.suffix(code, Lint.codes()));
                return Optional.empty();
            }
            return Optional.of(text);
        }));
    }

    /** Also of journeys that are wrong elsewhere, so that one mistake is not told twice. */
    private void touchpoints(LocatedJson journeys) {
        for (LocatedJson journey : journeys.items()) {
            LocatedJson array = journey.members().get("touchpoints");
            for (LocatedJson touchpoint : array == null ? List.<LocatedJson>of() : array.items()) {
                LocatedJson id = touchpoint.members().get("id");
                if (id != null && id.is(LocatedJson.Kind.TEXT)) {
                    touchpointIds.putIfAbsent(id.text(), id);
                }
            }
        }
    }

    private List<String> about(Members members) {
        return parts.items(members.optional("touchpoints"), "ids of touchpoints", id -> {
            if (!id.is(LocatedJson.Kind.TEXT) || !touchpointIds.containsKey(id.text())) {
                problems.add(id, Parts.unknown("touchpoint", id.text(), touchpointIds.keySet()));
                return Optional.empty();
            }
            return Optional.of(id.text());
        });
    }

    private Optional<Objective> objective(LocatedJson node, FiscalYear year, KeyResultReader reader) {
        Members members = new Members(node, problems);
        Optional<String> id = parts.id(members, "objective", objectiveIds);
        Optional<String> title = parts.title(members, "title");
        String owner = parts.person(members, "owner");
        String sponsor = parts.person(members, "sponsor");
        Money budget = parts.budget(members);
        Optional<Ambition> ambition = members.optional("ambition")
                .flatMap(word -> members.word(word, "committed", "aspirational"))
                .map(word -> Ambition.valueOf(word.toUpperCase(Locale.ROOT)));
        String parent = parts.reference(members, "parent", "an objective of the plan");
        Optional<Double> weight = parts.weight(members, "an objective");
        Optional<Cycle> cycle = members.required(
                        "cycle", "such as \"2026-Q1\" or {\"start\": \"2026-01-01\", \"end\": \"2026-03-31\"}")
                .flatMap(value -> Terms.cycle(value, year, problems));
        RollUp rollUp = members.optional("rollUp").map(this::rollUp).orElse(RollUp.DEFAULT);
        String carriedFrom = parts.reference(members, "carriedFrom", "the objective from which it was carried over");
        boolean alone = rollUp.of() == RollUp.Parts.KEY_RESULTS;
        Optional<LocatedJson> array =
                alone ? members.required("keyResults", "an array of key results") : members.optional("keyResults");
        List<KeyResult> keyResults = parts.items(array, "key results", item -> reader.read(item, cycle));
        array.filter(a -> alone && a.is(LocatedJson.Kind.ARRAY) && a.items().isEmpty())
                .ifPresent(a -> problems.add(a, "an empty array", "at least one key result"));
        List<Initiative> initiatives = parts.items(members.optional("initiatives"), "initiatives", this::initiative);
        List<String> touchpoints = about(members);
        members.end();
        if (id.isEmpty() || title.isEmpty() || weight.isEmpty() || cycle.isEmpty() || (alone && keyResults.isEmpty())) {
            return Optional.empty();
        }
        if (parent != null) {
            members.optional("parent").ifPresent(at -> parents.put(id.get(), at));
        }
        return Optional.of(new Objective(
                id.get(),
                title.get(),
                owner,
                sponsor,
                budget,
                ambition.orElse(null),
                parent,
                weight.get(),
                cycle.get(),
                rollUp,
                carriedFrom,
                keyResults,
                initiatives,
                touchpoints));
    }

    private RollUp rollUp(LocatedJson node) {
        Members members = new Members(node, problems);
        RollUp.Parts of = members.optional("of")
                .flatMap(word -> members.word(word, "keyResults", "children", "both"))
                .map(PlanReader::parts)
                .orElse(RollUp.DEFAULT.of());
        RollUp.Judged status = members.optional("status")
                .flatMap(word -> members.word(word, "own", "weighted", "worst"))
                .map(word -> RollUp.Judged.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(RollUp.DEFAULT.status());
        members.end();
        return new RollUp(of, status);
    }

    private static RollUp.Parts parts(String word) {
        return switch (word) {
            case "children" -> RollUp.Parts.CHILDREN;
            case "both" -> RollUp.Parts.BOTH;
            default -> RollUp.Parts.KEY_RESULTS;
        };
    }

    /** Notes parents that are not there, and everything else that the plan as a whole would refuse. */
    private void aligned(List<Objective> objectives) {
        boolean known = true;
        for (LocatedJson parent : parents.values()) {
            if (!objectiveIds.containsKey(parent.text())) {
                problems.add(parent, Parts.unknown("objective", parent.text(), objectiveIds.keySet()));
                known = false;
            }
        }
        if (!known || !problems.isEmpty()) {
            return; // A part that is left out would look like a parent that is missing.
        }
        for (Alignment.Problem problem : Alignment.problems(objectives)) {
            LocatedJson at = parents.getOrDefault(problem.objective(), objectiveIds.get(problem.objective()));
            problems.add(Objects.requireNonNull(at), problem.found(), problem.expected());
        }
    }

    private Optional<Initiative> initiative(LocatedJson node) {
        Members members = new Members(node, problems);
        Optional<String> id = parts.id(members, "initiative", initiativeIds);
        Optional<String> title = parts.title(members, "title");
        String owner = parts.person(members, "owner");
        Money budget = parts.budget(members);
        Optional<Initiative.State> status = members.optional("status")
                .flatMap(word -> members.word(word, "planned", "running", "done", "stopped"))
                .map(word -> Initiative.State.valueOf(word.toUpperCase(Locale.ROOT)));
        List<String> serves = parts.items(members.optional("serves"), "ids of key results", item -> {
            if (!item.is(LocatedJson.Kind.TEXT)) {
                problems.add(item, "the id of a key result, in quotes");
                return Optional.empty();
            }
            served.add(item);
            return Optional.of(item.text());
        });
        String effect = parts.text(members, "effect", "what is expected, such as \"conversion rises by 15 %\",");
        Optional<Money> benefit = members.optional("benefit").flatMap(value -> MoneyJson.read(value, problems));
        members.end();
        return id.isPresent() && title.isPresent()
                ? Optional.of(new Initiative(
                        id.get(),
                        title.get(),
                        owner,
                        budget,
                        status.orElse(null),
                        serves,
                        effect,
                        benefit.orElse(null)))
                : Optional.empty();
    }
}
