package io.cxmetrics.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.bot.BotPresets;
import io.cxmetrics.bot.Conversations;
import io.cxmetrics.bot.Silence;
import io.cxmetrics.callback.CallbackKpis;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.contact.TimeBasis;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.money.MoneyKpis;
import io.cxmetrics.people.Criterion;
import io.cxmetrics.people.Item;
import io.cxmetrics.people.PeopleKpis;
import io.cxmetrics.sales.LoyaltyKpis;
import io.cxmetrics.sales.SalesKpis;
import io.cxmetrics.stats.WeightedSignals;
import io.cxmetrics.survey.SurveyKpis;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The types of KPI of the catalogues, with their parameters as members of a definition. */
final class CatalogueTypes {
    private final Map<String, KpiJson.Reader> types;

    private CatalogueTypes(Map<String, KpiJson.Reader> types) {
        this.types = types;
    }

    /** Adds the types to a map. */
    static void addTo(Map<String, KpiJson.Reader> types) {
        CatalogueTypes catalogue = new CatalogueTypes(types);
        catalogue.surveys();
        catalogue.bots();
        catalogue.contacts();
        catalogue.callbacks();
        catalogue.people();
        catalogue.sales();
    }

    /** One KPI of each catalogue field, so that the vocabulary knows all their types. */
    static List<Kpi<?>> vocabulary() {
        Duration any = Duration.ofDays(1);
        return List.of(
                SurveyKpis.employeeNps(),
                SurveyKpis.csatGood(),
                BotKpis.durableResolution(Conversations.HANDLED, Silence.UNKNOWN, any),
                BotKpis.containment("customer"),
                BotKpis.falsePositiveRate(),
                BotKpis.aiDisclosureRate(),
                BotKpis.handOverSuccess(),
                BotPresets.finResolutionRate(),
                BotPresets.adaAutomatedResolutionRate(),
                ContactKpis.occupancy(),
                ContactKpis.resourceEfficiency(),
                ContactKpis.flowEfficiency(),
                ContactKpis.transferRate(),
                ContactKpis.channelSwitchRate(),
                ContactKpis.repeatedInformationRate(),
                ContactKpis.secondLineRequestRate(),
                ContactKpis.avoidableShare(),
                ContactKpis.responseTime(TimeBasis.ELAPSED),
                ContactKpis.responseTime(TimeBasis.BUSINESS),
                ContactKpis.resolutionTime(TimeBasis.ELAPSED),
                ContactKpis.resolutionTime(TimeBasis.BUSINESS),
                CallbackKpis.attemptsPerReached(),
                CallbackKpis.attemptsPerSuccess(),
                CallbackKpis.attemptReach(),
                CallbackKpis.timeToFirstAttempt(),
                CallbackKpis.timeToFirstContact(),
                PeopleKpis.who5(),
                PeopleKpis.attrition(1),
                PeopleKpis.absenceRate(),
                PeopleKpis.trainingCoverage(),
                LoyaltyKpis.retention(),
                LoyaltyKpis.repeatPurchase(),
                LoyaltyKpis.repeatPurchase(any),
                LoyaltyKpis.cohortRetention(),
                SalesKpis.cartAbandonment(),
                SalesKpis.timeOnTask());
    }

    /** The fields of the catalogues that are read by no KPI without a currency. */
    static List<Field> moreFields() {
        return List.of(Field.of(ContactKpis.RESOLVED, FieldType.FLAG), Field.of("offset", FieldType.WHOLE));
    }

    private void plain(String name, Supplier<? extends Kpi<?>> kpi) {
        types.put(name, (members, e) -> Optional.of(kpi.get()));
    }

    private void withWindow(String name, Function<Duration, ? extends Kpi<?>> kpi) {
        types.put(
                name,
                (members, e) -> duration(members, "window", "such as \"P7D\"").map(kpi));
    }

    private void withTarget(String name, Function<Duration, ? extends Kpi<?>> kpi) {
        types.put(
                name,
                (members, e) -> duration(members, "within", "the target time such as \"PT4H\"")
                        .map(kpi));
    }

    private void withCurrency(String name, Function<String, ? extends Kpi<?>> kpi) {
        types.put(name, (members, e) -> currency(members).map(kpi));
    }

    /** The mean, or a percentile if the member "p" is there. */
    private void meanOrPercentile(
            String name, Supplier<? extends Kpi<?>> mean, Function<Double, ? extends Kpi<?>> percentile) {
        types.put(name, (members, e) -> {
            Optional<BigDecimal> p = members.number("p");
            return p.isPresent() ? Optional.of(percentile.apply(p.get().doubleValue())) : Optional.of(mean.get());
        });
    }

    private void surveys() {
        plain("employeeNps", SurveyKpis::employeeNps);
        plain("employeeNpsOnFive", SurveyKpis::employeeNpsOnFive);
        types.put(
                "csatMean",
                (members, e) -> whole(members, "scale", "the highest point of a scale that begins at 1, such as 5")
                        .map(SurveyKpis::csatMean));
        types.put("csatGood", (members, e) -> {
            if (members.optional("scale").isEmpty()) {
                return Optional.of(SurveyKpis.csatGood());
            }
            Optional<Integer> scale = members.whole("scale");
            Optional<Integer> good = whole(members, "goodFrom", "the lowest good rating, such as 4");
            Optional<Integer> bad = whole(members, "badTo", "the highest bad rating, such as 2");
            return scale.flatMap(s -> good.flatMap(g -> bad.map(b -> SurveyKpis.csatGood(s, g, b))));
        });
        types.put("cesNet", (members, e) -> {
            Optional<Integer> easy = whole(members, "easyFrom", "the lowest rating that counts as easy, such as 6");
            Optional<Integer> hard = whole(members, "hardTo", "the highest rating that counts as hard, such as 3");
            return easy.flatMap(from -> hard.map(to -> SurveyKpis.cesNet(from, to)));
        });
    }

    private void bots() {
        types.put("containment", (members, e) -> {
            Optional<List<String>> askedBy = members.texts("askedBy").filter(names -> !names.isEmpty());
            return Optional.of(
                    askedBy.isEmpty()
                            ? BotKpis.containment()
                            : BotKpis.containment(askedBy.get().toArray(new String[0])));
        });
        types.put(
                "automationRate",
                (members, e) -> members.optional("silence").isEmpty()
                        ? Optional.of(BotKpis.automationRate())
                        : constant(members, "silence", Silence.values()).map(BotKpis::automationRate));
        plain("botInvolvement", BotKpis::involvement);
        plain("deflection", BotKpis::deflection);
        types.put("botResolutionRate", (members, e) -> {
            Optional<Conversations> of = constant(members, "of", Conversations.values());
            Optional<Silence> silence = constant(members, "silence", Silence.values());
            return of.flatMap(o -> silence.map(s -> BotKpis.resolutionRate(o, s)));
        });
        types.put("durableResolution", (members, e) -> {
            Optional<Conversations> of = constant(members, "of", Conversations.values());
            Optional<Silence> silence = constant(members, "silence", Silence.values());
            Optional<Duration> window = duration(members, "window", "such as \"PT72H\"");
            return of.flatMap(o -> silence.flatMap(s -> window.map(w -> BotKpis.durableResolution(o, s, w))));
        });
        types.put("recontactReversal", (members, e) -> {
            Optional<Silence> silence = constant(members, "silence", Silence.values());
            Optional<Duration> window = duration(members, "window", "such as \"PT72H\"");
            return silence.flatMap(s -> window.map(w -> BotKpis.recontactReversal(s, w)));
        });
        plain("falsePositiveRate", BotKpis::falsePositiveRate);
        plain("aiDisclosureRate", BotKpis::aiDisclosureRate);
        plain("handOverSuccess", BotKpis::handOverSuccess);
        plain("botAutomationScore", BotKpis::botAutomationScore);
        types.put(
                "weightedBotExperienceScore",
                (members, e) -> members.required("weights", "an object with a weight for each signal, summing to 1")
                        .flatMap(node -> weights(members, node))
                        .map(BotKpis::weightedBotExperienceScore));
        types.put(
                "weightedSignals",
                (members, e) -> members.required(
                                "signals", "an object with {\"weight\": …, \"signal\": …} for each signal")
                        .flatMap(node -> weightedSignals(members, node, e))
                        .map(signals -> WeightedSignals.kpi("weighted-signals", signals)));
        plain("finResolutionRate", BotPresets::finResolutionRate);
        plain("adaAutomatedResolutionRate", BotPresets::adaAutomatedResolutionRate);
        plain("lexSuccessRate", BotPresets::lexSuccessRate);
        plain("calabrioAutomationScore", BotPresets::calabrioAutomationScore);
    }

    private static Optional<Map<String, Double>> weights(Members members, LocatedJson node) {
        Map<String, Double> weights = new LinkedHashMap<>();
        node.members().forEach((name, weight) -> {
            if (weight.is(LocatedJson.Kind.NUMBER)) {
                weights.put(name, weight.number().doubleValue());
            } else {
                members.problems().add(weight, "a weight such as 0.25");
            }
        });
        return weights.isEmpty() ? Optional.empty() : Optional.of(weights);
    }

    private static Optional<Map<String, WeightedSignals.Weighted>> weightedSignals(
            Members members, LocatedJson node, ExpressionJson expressions) {
        Map<String, WeightedSignals.Weighted> signals = new LinkedHashMap<>();
        node.members().forEach((name, weighted) -> {
            Members parts = new Members(weighted, members.problems());
            parts.required("weight", "a weight such as 0.25");
            Optional<BigDecimal> weight = parts.number("weight");
            parts.required("signal", "the condition of the signal")
                    .flatMap(expressions::condition)
                    .ifPresent(signal -> weight.ifPresent(
                            w -> signals.put(name, new WeightedSignals.Weighted(signal, w.doubleValue()))));
            parts.end();
        });
        return signals.isEmpty() ? Optional.empty() : Optional.of(signals);
    }

    private void contacts() {
        plain("occupancy", ContactKpis::occupancy);
        plain("resourceEfficiency", ContactKpis::resourceEfficiency);
        plain("flowEfficiency", ContactKpis::flowEfficiency);
        plain("transferRate", ContactKpis::transferRate);
        plain("channelSwitchRate", ContactKpis::channelSwitchRate);
        plain("repeatedInformationRate", ContactKpis::repeatedInformationRate);
        plain("secondLineRequestRate", ContactKpis::secondLineRequestRate);
        plain("avoidableShare", ContactKpis::avoidableShare);
        meanOrPercentile("afterContactWork", ContactKpis::afterContactWork, ContactKpis::afterContactWork);
        types.put(
                "firstContactResolution",
                (members, e) -> members.optional("window").isEmpty()
                        ? Optional.of(ContactKpis.firstContactResolution())
                        : duration(members, "window", "such as \"P7D\"").map(ContactKpis::firstContactResolution));
        withWindow("repeatContactRate", ContactKpis::repeatContactRate);
        types.put("responseTime", (members, e) -> {
            Optional<BigDecimal> p = members.number("p");
            return constant(members, "basis", TimeBasis.values())
                    .<Kpi<?>>map(basis -> p.isPresent()
                            ? ContactKpis.responseTime(basis, p.get().doubleValue())
                            : ContactKpis.responseTime(basis));
        });
        types.put("resolutionTime", (members, e) -> {
            Optional<BigDecimal> p = members.number("p");
            return constant(members, "basis", TimeBasis.values())
                    .<Kpi<?>>map(basis -> p.isPresent()
                            ? ContactKpis.resolutionTime(basis, p.get().doubleValue())
                            : ContactKpis.resolutionTime(basis));
        });
        types.put("respondedWithin", (members, e) -> {
            Optional<Duration> target = duration(members, "within", "the target time such as \"PT4H\"");
            return constant(members, "basis", TimeBasis.values())
                    .flatMap(basis -> target.map(t -> ContactKpis.respondedWithin(t, basis)));
        });
        types.put("resolvedWithin", (members, e) -> {
            Optional<Duration> target = duration(members, "within", "the target time such as \"PT24H\"");
            return constant(members, "basis", TimeBasis.values())
                    .flatMap(basis -> target.map(t -> ContactKpis.resolvedWithin(t, basis)));
        });
        withCurrency("costPerContact", ContactKpis::costPerContact);
        withCurrency("costPerResolution", ContactKpis::costPerResolution);
    }

    private void callbacks() {
        plain("firstAttemptReach", CallbackKpis::firstAttemptReach);
        types.put(
                "reachWithin",
                (members, e) -> whole(members, "attempts", "the number of attempts, such as 3")
                        .map(CallbackKpis::reachWithin));
        plain("totalReach", CallbackKpis::totalReach);
        plain("attemptReach", CallbackKpis::attemptReach);
        plain("attemptsPerCallback", CallbackKpis::attemptsPerCallback);
        plain("attemptsPerReached", CallbackKpis::attemptsPerReached);
        plain("attemptsPerSuccess", CallbackKpis::attemptsPerSuccess);
        plain("callbackSuccess", CallbackKpis::successRate);
        plain("timeToFirstAttempt", CallbackKpis::timeToFirstAttempt);
        meanOrPercentile("timeToFirstContact", CallbackKpis::timeToFirstContact, CallbackKpis::timeToFirstContact);
        withTarget("calledBackWithin", CallbackKpis::calledBackWithin);
        withTarget("reachedWithin", CallbackKpis::reachedWithin);
        withCurrency("costPerCallback", CallbackKpis::costPerCallback);
    }

    private void people() {
        types.put("engagementIndex", (members, e) -> index(members, PeopleKpis::engagementIndex));
        types.put("wellbeingIndex", (members, e) -> index(members, PeopleKpis::wellbeingIndex));
        plain("who5", PeopleKpis::who5);
        types.put("qaScore", (members, e) -> criteria(members).map(PeopleKpis::qaScore));
        types.put("qaCriticalFailures", (members, e) -> criteria(members).map(PeopleKpis::qaCriticalFailures));
        types.put(
                "attrition",
                (members, e) -> whole(members, "periodsAYear", "how many of the rows' periods make a year, or 1")
                        .map(PeopleKpis::attrition));
        plain("absenceRate", PeopleKpis::absenceRate);
        plain("trainingCoverage", PeopleKpis::trainingCoverage);
    }

    /** Makes an index from the least number of answers and the items. */
    private interface Index {
        Kpi<?> of(int leastAnswered, Item... items);
    }

    private static Optional<Kpi<?>> index(Members members, Index index) {
        List<Item> items = new ArrayList<>();
        List<LocatedJson> nodes = members.required(
                        "items", "an array such as [{\"field\": \"proud\", \"scale\": [1, 5]}]")
                .map(LocatedJson::items)
                .orElse(List.of());
        for (LocatedJson node : nodes) {
            Members parts = new Members(node, members.problems());
            Optional<String> field = parts.requiredText("field", "the name of the field with the answer");
            Optional<int[]> scale = parts.required("scale", "the lowest and the highest answer such as [1, 5]")
                    .flatMap(range -> KpiJson.range(parts, range));
            double weight = parts.number("weight").map(BigDecimal::doubleValue).orElse(1.0);
            boolean reversed = parts.bool("reversed").orElse(false);
            parts.end();
            field.ifPresent(
                    name -> scale.ifPresent(range -> items.add(new Item(name, range[0], range[1], weight, reversed))));
        }
        Optional<Integer> least = members.whole("leastAnswered");
        return items.isEmpty() || items.size() < nodes.size()
                ? Optional.empty()
                : Optional.of(index.of(least.orElse(items.size()), items.toArray(new Item[0])));
    }

    private static Optional<Criterion[]> criteria(Members members) {
        List<Criterion> criteria = new ArrayList<>();
        List<LocatedJson> nodes = members.required(
                        "criteria", "an array such as [{\"field\": \"greeted\", \"weight\": 10}]")
                .map(LocatedJson::items)
                .orElse(List.of());
        for (LocatedJson node : nodes) {
            Members parts = new Members(node, members.problems());
            Optional<String> field = parts.requiredText("field", "the name of the flag");
            double weight = parts.number("weight").map(BigDecimal::doubleValue).orElse(1.0);
            boolean critical = parts.bool("critical").orElse(false);
            parts.end();
            field.ifPresent(name -> criteria.add(new Criterion(name, weight, critical)));
        }
        return criteria.isEmpty() || criteria.size() < nodes.size()
                ? Optional.empty()
                : Optional.of(criteria.toArray(new Criterion[0]));
    }

    private void sales() {
        plain("retention", LoyaltyKpis::retention);
        plain("churn", LoyaltyKpis::churn);
        types.put(
                "repeatPurchase",
                (members, e) -> members.optional("window").isEmpty()
                        ? Optional.of(LoyaltyKpis.repeatPurchase())
                        : duration(members, "window", "such as \"P90D\"").map(LoyaltyKpis::repeatPurchase));
        plain("cohortRetention", LoyaltyKpis::cohortRetention);
        plain("conversion", SalesKpis::conversion);
        plain("cartAbandonment", SalesKpis::cartAbandonment);
        plain("taskCompletion", SalesKpis::taskCompletion);
        meanOrPercentile("timeOnTask", SalesKpis::timeOnTask, SalesKpis::timeOnTask);
        withCurrency("roi", MoneyKpis::roi);
        withCurrency("payback", MoneyKpis::payback);
    }

    private static Optional<Duration> duration(Members members, String name, String expected) {
        return members.required(name, "a duration, " + expected)
                .flatMap(node -> members.parsed(node, "a duration " + expected, Duration::parse));
    }

    private static Optional<Integer> whole(Members members, String name, String expected) {
        members.required(name, expected);
        return members.whole(name);
    }

    private static Optional<String> currency(Members members) {
        String expected = "an ISO 4217 currency code such as \"EUR\"";
        return members.required("currency", expected)
                .flatMap(node -> members.parsed(node, expected, Currency::getInstance))
                .map(Currency::getCurrencyCode);
    }

    private static <T extends Enum<T>> Optional<T> constant(Members members, String name, T[] values) {
        String[] words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toArray(String[]::new);
        return members.required(name, "one of " + String.join(", ", words))
                .flatMap(node -> members.word(node, words))
                .map(word -> values[Arrays.asList(words).indexOf(word)]);
    }
}
