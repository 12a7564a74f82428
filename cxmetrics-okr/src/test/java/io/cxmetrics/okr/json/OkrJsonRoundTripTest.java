package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.okr.Ambition;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.FiscalYear;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.Indicator;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Phase;
import io.cxmetrics.okr.RollUp;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.WebShop;
import io.cxmetrics.okr.Window;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Share;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OkrJsonRoundTripTest {
    private static final List<Kpi<?>> KPIS = List.of(
            Share.kpi("conversion", Field.flag("bought")),
            Mean.kpi("duration", Field.duration("duration"), Direction.LOWER_IS_BETTER),
            Mean.kpi("basket", Field.money("basket", "EUR"), Direction.HIGHER_IS_BETTER),
            Mean.kpi("items", Field.number("items"), Direction.NEUTRAL),
            SurveyKpis.nps().withName("Would recommend us"));
    private static final List<Unit> UNITS =
            List.of(Unit.NUMBER, Unit.SHARE, Unit.SECONDS, Unit.POINTS, Unit.RATING, Unit.money(Money.currency("EUR")));

    @Test
    void theExamplePlanIsWrittenBackToTheByte() {
        assertEquals(WebShop.planText(), OkrJson.write(WebShop.plan()));
    }

    @Test
    void aFileIsReadLikeATextWithItsByteOrderMarkAndItsName(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("plan.json");
        Files.writeString(file, "\uFEFF" + WebShop.planText().replace("\n", "\r\n"));
        OkrPlan plan = OkrJson.read(file);
        assertEquals(WebShop.plan(), plan);
        assertEquals("plan.json", plan.source().name());
    }

    @Test
    void ordersAndExtrasOfTheFileAreKept() {
        String text = """
                {
                  "x-made-by": {"tool": "a spreadsheet", "rows": [1, 2.50, null, true]},
                  "objectives": [
                    {
                      "title": "O \\"quoted\\" \\u00e4\\t\\\\",
                      "keyResults": [
                        {
                          "measure": {"window": {"x-why": "smooth", "trailingDays": 28}, "x-from": "crm", "kpi": "nps"},
                          "x-jira": "CX-1",
                          "weight": 2.0,
                          "title": "K",
                          "target": {"increase": {"to": 10.0, "x-note": "brave", "from": -20}},
                          "id": "k"
                        }
                      ],
                      "cycle": {"end": "2026-06-30", "start": "2026-04-01", "x-fiscal": "FY27"},
                      "id": "o",
                      "initiatives": [
                        {
                          "budget": {"currency": "EUR", "amount": 12.5, "x-cost-centre": 7},
                          "id": "i",
                          "x-1": 1e3,
                          "serves": [],
                          "title": "I"
                        }
                      ]
                    }
                  ],
                  "journeys": [
                    {
                      "name": "J",
                      "x-map": "map.png",
                      "id": "j",
                      "touchpoints": [
                        {"name": "T", "id": "t", "x-icon": "cart"}
                      ]
                    }
                  ],
                  "kpis": {"x-owner": "BI", "nps": {"x-survey": 12, "type": "nps"}},
                  "timeZone": "UTC",
                  "version": 1
                }
                """;
        assertEquals(text.replace("\\u00e4", "ä"), OkrJson.write(OkrJson.parse("plan.json", text)));
    }

    @Test
    void aChangedPlanKeepsWhatDidNotChange() {
        String text = WebShop.planText()
                .replace("\"id\": \"fast-chatbot\",", "\"id\": \"fast-chatbot\",\n          \"x-ticket\": 7,")
                .replace("\"PT3M\"", "\"PT180S\"");
        OkrPlan plan = OkrJson.parse("plan.json", text);
        Objective objective = plan.objectives().get(0);
        List<KeyResult> keyResults = new ArrayList<>(objective.keyResults());
        keyResults.set(2, keyResults.get(2).withWeight(3).withOwner("Chatbot team"));
        OkrPlan changed = plan.withObjectives(List.of(objective.withKeyResults(keyResults)));

        assertEquals(
                text.replace(
                                "\"owner\": \"Customer service\",\n          \"target\": {\"atLeast\": \"80%\"},",
                                "\"owner\": \"Chatbot team\",\n          \"target\": {\"atLeast\": \"80%\"},")
                        .replace(
                                "            \"window\": {\"trailingDays\": 28}\n          }",
                                "            \"window\": {\"trailingDays\": 28}\n          },\n          \"weight\": 3"),
                OkrJson.write(changed));
        assertEquals(changed, OkrJson.parse("changed.json", OkrJson.write(changed)));
    }

    @Test
    void aTargetThatJsonCannotSayExactlyIsRefused() {
        OkrPlan plan = OkrPlan.of(
                ZoneId.of("UTC"),
                KPIS,
                List.of(),
                List.of(Objective.of(
                        "o",
                        "O",
                        Cycle.parse("2026"),
                        KeyResult.of("k", "K", Target.atMost(1.0 / 3), Measure.of("duration", Window.cycleToDate())))));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> OkrJson.write(plan))
                .getMessage()
                .contains("round it to whole nanoseconds"));
    }

    @Property(tries = 100)
    void aWrittenPlanReadsBackAsAnEqualPlan(@ForAll("plans") OkrPlan plan) {
        String text = OkrJson.write(plan);
        assertEquals(plan, OkrJson.parse("plan.json", text));
        assertEquals(text, OkrJson.write(OkrJson.parse("plan.json", text)));
    }

    /** The same plan with its members in another order and members for others in every object. */
    @Property(tries = 100)
    void orderAndExtrasChangeNothingAndAreKept(@ForAll("plans") OkrPlan plan, @ForAll long seed) {
        LocatedJson canonical = LocatedJson.parse("canonical", OkrJson.write(plan));
        String shuffled = JsonLayout.text(shuffled(canonical, new Random(seed)));
        OkrPlan read = OkrJson.parse("shuffled", shuffled);
        assertEquals(plan, read);
        assertEquals(shuffled, OkrJson.write(read));
    }

    private static Object shuffled(LocatedJson json, Random random) {
        if (json.is(LocatedJson.Kind.ARRAY)) {
            return json.items().stream().map(item -> shuffled(item, random)).toList();
        } else if (!json.is(LocatedJson.Kind.OBJECT)) {
            return json;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        json.members().forEach((name, value) -> members.put(name, shuffled(value, random)));
        members.put("x-" + random.nextInt(100), List.of("for", "others", BigDecimal.valueOf(random.nextInt())));
        List<String> names = new ArrayList<>(members.keySet());
        Collections.shuffle(names, random);
        Map<String, Object> result = new LinkedHashMap<>();
        names.forEach(name -> result.put(name, members.get(name)));
        return result;
    }

    @Property(tries = 200)
    void whatIsWrittenIsValidByTheSchema(@ForAll("plans") OkrPlan plan) {
        assertEquals(List.of(), Schema.problems(OkrJson.write(plan)));
    }

    @Provide
    Arbitrary<OkrPlan> plans() {
        Arbitrary<List<Objective>> objectives = objective().list().ofMaxSize(3);
        Arbitrary<String> zones = Arbitraries.of("Europe/Helsinki", "UTC", "America/St_Johns");
        return Combinators.combine(zones, objectives, Arbitraries.of(true, false), Arbitraries.randoms())
                .as((zone, list, owned, random) -> {
                    Touchpoint cart = Touchpoint.of("cart", "Cart");
                    Journey journey = Journey.of("buying", "Buying", owned ? cart.withOwner("Shop") : cart);
                    OkrPlan plan = OkrPlan.of(ZoneId.of(zone), KPIS, List.of(journey), numbered(list, random));
                    if (random.nextBoolean()) {
                        Month starts = Month.of(1 + random.nextInt(12));
                        plan = plan.withFiscalYear(new FiscalYear(
                                starts, random.nextBoolean() ? FiscalYear.NamedBy.START : FiscalYear.NamedBy.END));
                    }
                    if (random.nextBoolean()) {
                        StatusRule rule = StatusRule.by(StatusRule.By.values()[random.nextInt(3)]);
                        plan = plan.withStatusRule(rule.withGraceDays(random.nextInt(30)));
                    }
                    return random.nextBoolean() ? plan.silencing("no-owner", "no-budget:n-0-0") : plan;
                });
    }

    /** Gives every part an id of its own, initiatives the key results of their objective, and some parts what few have. */
    private static List<Objective> numbered(List<Objective> objectives, Random random) {
        List<Objective> numbered = new ArrayList<>();
        for (int i = 0; i < objectives.size(); i++) {
            Objective o = objectives.get(i);
            List<KeyResult> keyResults = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (KeyResult k : o.keyResults()) {
                ids.add("k-" + i + "-" + ids.size());
                keyResults.add(varied(ids.get(ids.size() - 1), k, o.cycle(), random));
            }
            List<Initiative> initiatives = new ArrayList<>();
            for (Initiative n : o.initiatives()) {
                String id = "n-" + i + "-" + initiatives.size();
                Initiative initiative =
                        Initiative.of(id, n.title(), n.serves().isEmpty() ? new String[0] : ids.toArray(new String[0]));
                initiative = n.owner() == null ? initiative : initiative.withOwner(n.owner());
                initiative = n.budget() == null ? initiative : initiative.withBudget(n.budget());
                if (random.nextBoolean()) {
                    initiative = initiative
                            .withStatus(Initiative.State.values()[random.nextInt(4)])
                            .withEffect(n.title())
                            .withBenefit(Money.of("-12.50", "EUR"));
                }
                initiatives.add(initiative);
            }
            Objective objective = new Objective(
                    "o-" + i,
                    o.title(),
                    o.owner(),
                    o.sponsor(),
                    random.nextBoolean() ? Money.of("1000", "EUR") : null,
                    o.ambition(),
                    i > 0 && random.nextBoolean() ? "o-" + random.nextInt(i) : null,
                    random.nextBoolean() ? 1 : 2.5,
                    o.cycle(),
                    new RollUp(
                            random.nextBoolean() ? RollUp.Parts.KEY_RESULTS : RollUp.Parts.BOTH,
                            RollUp.Judged.values()[random.nextInt(3)]),
                    random.nextBoolean() ? "before" : null,
                    keyResults,
                    initiatives,
                    random.nextBoolean() ? List.of("cart") : List.of());
            numbered.add(objective);
        }
        return numbered;
    }

    private static KeyResult varied(String id, KeyResult k, Cycle objectives, Random random) {
        Target target = k.target();
        Measure measure = k.measure();
        boolean said = random.nextInt(3) == 0;
        if (said) {
            measure = Measure.checkIns(UNITS.get(random.nextInt(UNITS.size())));
            target = switch (random.nextInt(4)) {
                case 0 ->
                    Target.milestones(
                            Target.Milestone.of("first", "First \"one\""),
                            new Target.Milestone("second", "Second", 0.1 + random.nextInt(5)));
                case 1 -> Target.done();
                case 2 -> Target.baseline();
                default -> Target.between(0.25, 0.5);
            };
        }
        KeyResult varied = KeyResult.of(id, k.title(), target, measure);
        varied = k.owner() == null ? varied : varied.withOwner(k.owner());
        boolean level = target instanceof Target.Between
                || ((target instanceof Target.AtLeast || target instanceof Target.AtMost)
                        && target.start().isEmpty());
        if (level && random.nextBoolean()) {
            Grain grain = Grain.all().get(random.nextInt(5));
            varied = varied.holding(
                    switch (random.nextInt(3)) {
                        case 0 -> Hold.shareOf(grain);
                        case 1 -> Hold.successesOf(grain);
                        default -> Hold.successes(1 + random.nextInt(50), grain);
                    });
        }
        varied = random.nextInt(4) == 0 ? varied.asGuard() : varied.withWeight(k.weight());
        varied = random.nextBoolean() ? varied : varied.withIndicator(Indicator.values()[random.nextInt(2)]);
        varied = random.nextBoolean() ? varied : varied.checkedInEvery(1 + random.nextInt(60));
        Cycle days = objectives;
        if (random.nextInt(3) == 0) {
            days = Cycle.of(objectives.start(), objectives.start().plusDays(9));
            varied = varied.in(days);
        }
        if (days.days() > 5 && random.nextBoolean()) {
            varied = varied.phased(
                    new Phase(days.start().plusDays(2), 0.3),
                    new Phase(days.start().plusDays(4), 0.3 + random.nextInt(8) / 10.0 * 0.5));
        }
        return varied;
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(12).filter(text -> !text.isBlank());
    }

    private static Arbitrary<Objective> objective() {
        Arbitrary<LocalDate> days = Arbitraries.integers().between(0, 4000).map(LocalDate.EPOCH::plusDays);
        Arbitrary<Cycle> cycles = Arbitraries.oneOf(
                Arbitraries.of("2026-Q1", "2026-12", "2026", "2026-W07").map(Cycle::parse),
                days.map(day -> Cycle.of(day, day.plusDays(30))),
                days.map(day -> new Cycle("Winter \"26\"", day, day.plusDays(1))));
        return Combinators.combine(
                        texts(),
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        Arbitraries.of(Ambition.class).injectNull(0.3),
                        cycles,
                        keyResult().list().ofMinSize(1).ofMaxSize(4),
                        initiative().list().ofMaxSize(3))
                .as((title, owner, sponsor, ambition, cycle, keyResults, initiatives) -> new Objective(
                        "o",
                        title,
                        owner,
                        sponsor,
                        null,
                        ambition,
                        null,
                        1,
                        cycle,
                        RollUp.DEFAULT,
                        null,
                        keyResults,
                        initiatives,
                        List.of()));
    }

    private static Arbitrary<Initiative> initiative() {
        Arbitrary<Money> budgets = Arbitraries.longs()
                .between(0, 100_000_000)
                .map(cents -> new Money(BigDecimal.valueOf(cents, 2), Money.currency("EUR")));
        return Combinators.combine(
                        texts(),
                        texts().injectNull(0.3),
                        budgets.injectNull(0.3),
                        Arbitraries.of(List.<String>of(), List.of("k")))
                .as((title, owner, budget, serves) ->
                        new Initiative("n", title, owner, budget, null, serves, null, null));
    }

    private static Arbitrary<KeyResult> keyResult() {
        Arbitrary<Window> windows = Arbitraries.oneOf(
                Arbitraries.just(Window.cycleToDate()),
                Arbitraries.of(Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
                        .map(Window::lastComplete),
                Arbitraries.integers().between(1, 3660).map(Window::trailing));
        Arbitrary<Map<String, String>> segments = Arbitraries.maps(
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5),
                        Arbitraries.strings().ofMaxLength(5))
                .ofMaxSize(2);
        Arbitrary<Double> weights =
                Arbitraries.oneOf(Arbitraries.just(1.0), Arbitraries.doubles().between(0, false, 1e9, true));
        return Combinators.combine(
                        texts(),
                        texts().injectNull(0.3),
                        weights,
                        Arbitraries.integers().between(0, KPIS.size() - 1),
                        Arbitraries.of("cart").injectNull(0.5),
                        segments,
                        windows)
                .flatAs((title, owner, weight, kpi, touchpoint, segment, window) -> target(kpi)
                        .map(target -> {
                            KeyResult k = KeyResult.of(
                                            "k",
                                            title,
                                            target,
                                            new Measure.ByKpi(KPIS.get(kpi).id(), touchpoint, segment, window))
                                    .withWeight(weight);
                            return owner == null ? k : k.withOwner(owner);
                        }));
    }

    private static Arbitrary<Target> target(int kpi) {
        Arbitrary<Double> amounts = switch (kpi) {
            case 0 -> Arbitraries.doubles().between(0, 1);
            case 1 -> Arbitraries.longs().between(0, 100_000_000_000L).map(ms -> ms / 1000.0);
            case 2 -> Arbitraries.longs().between(-1_000_000, 1_000_000_000).map(cents -> cents / 100.0);
            default -> Arbitraries.oneOf(Arbitraries.doubles().between(-100, 100), Arbitraries.doubles());
        };
        Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 7);
        return Combinators.combine(kinds, amounts, amounts)
                .filter((kind, a, b) -> a.doubleValue() != b.doubleValue())
                .as((kind, a, b) -> switch (kind) {
                    case 0 -> Target.increase(Math.min(a, b), Math.max(a, b));
                    case 1 -> Target.decrease(Math.max(a, b), Math.min(a, b));
                    case 2 -> Target.atLeast(a);
                    case 3 -> Target.atMost(a);
                    case 4 -> Target.atLeast(Math.max(a, b), Math.min(a, b));
                    case 5 -> Target.atMost(Math.min(a, b), Math.max(a, b));
                    case 6 -> Target.between(Math.min(a, b), Math.max(a, b));
                    default ->
                        new Target.AtLeast(Math.min(a, b), OptionalDouble.empty(), OptionalDouble.of(Math.max(a, b)));
                });
    }
}
