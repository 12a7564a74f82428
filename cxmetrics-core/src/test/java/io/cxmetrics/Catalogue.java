package io.cxmetrics;

import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.bot.BotPresets;
import io.cxmetrics.bot.Conversations;
import io.cxmetrics.bot.Silence;
import io.cxmetrics.callback.CallbackKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.contact.TimeBasis;
import io.cxmetrics.money.MoneyKpis;
import io.cxmetrics.people.Criterion;
import io.cxmetrics.people.Item;
import io.cxmetrics.people.PeopleKpis;
import io.cxmetrics.sales.LoyaltyKpis;
import io.cxmetrics.sales.SalesKpis;
import io.cxmetrics.survey.SurveyKpis;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every KPI of the catalogues once, by how it is made: the list behind the table of the README, the proof that Java and SQL
 * agree, and the round trip through JSON.
 */
public final class Catalogue {
    private Catalogue() {}

    /** The KPIs by how they are made in Java; their ids differ. */
    public static Map<String, Kpi<?>> kpis() {
        Map<String, Kpi<?>> kpis = new LinkedHashMap<>();
        surveys(kpis);
        bots(kpis);
        contacts(kpis);
        callbacks(kpis);
        people(kpis);
        sales(kpis);
        return kpis;
    }

    private static void surveys(Map<String, Kpi<?>> kpis) {
        kpis.put("SurveyKpis.nps()", SurveyKpis.nps());
        kpis.put("SurveyKpis.employeeNps()", SurveyKpis.employeeNps());
        kpis.put("SurveyKpis.employeeNpsOnFive()", SurveyKpis.employeeNpsOnFive());
        kpis.put("SurveyKpis.csat(5)", SurveyKpis.csat(5));
        kpis.put("SurveyKpis.csatMean(5)", SurveyKpis.csatMean(5));
        kpis.put("SurveyKpis.csatGood()", SurveyKpis.csatGood());
        kpis.put("SurveyKpis.csatGood(5, 4, 2)", SurveyKpis.csatGood(5, 4, 2).withId("csat-good-5"));
        kpis.put("SurveyKpis.ces()", SurveyKpis.ces());
        kpis.put("SurveyKpis.cesTopBox(2)", SurveyKpis.cesTopBox(2));
        kpis.put("SurveyKpis.cesNet(6, 3)", SurveyKpis.cesNet(6, 3));
        kpis.put("SurveyKpis.ces1()", SurveyKpis.ces1());
        kpis.put("SurveyKpis.ces1LowEffort()", SurveyKpis.ces1LowEffort());
    }

    private static void bots(Map<String, Kpi<?>> kpis) {
        kpis.put("BotKpis.botExperienceScore()", BotKpis.botExperienceScore());
        kpis.put("BotKpis.weightedBotExperienceScore(weights)", BotKpis.weightedBotExperienceScore(weights()));
        kpis.put("BotKpis.botAutomationScore()", BotKpis.botAutomationScore());
        kpis.put("BotKpis.involvement()", BotKpis.involvement());
        kpis.put(
                "BotKpis.resolutionRate(ENGAGED, FAILURE)",
                BotKpis.resolutionRate(Conversations.ENGAGED, Silence.FAILURE));
        kpis.put("BotKpis.automationRate()", BotKpis.automationRate());
        kpis.put(
                "BotKpis.automationRate(SUCCESS)",
                BotKpis.automationRate(Silence.SUCCESS).withId("automation-rate-assumed"));
        kpis.put("BotKpis.containment()", BotKpis.containment());
        kpis.put(
                "BotKpis.containment(\"customer\")",
                BotKpis.containment("customer").withId("containment-customer"));
        kpis.put("BotKpis.deflection()", BotKpis.deflection());
        kpis.put(
                "BotKpis.durableResolution(HANDLED, UNKNOWN, 72 h)",
                BotKpis.durableResolution(Conversations.HANDLED, Silence.UNKNOWN, Duration.ofHours(72)));
        kpis.put(
                "BotKpis.recontactReversal(SUCCESS, 72 h)",
                BotKpis.recontactReversal(Silence.SUCCESS, Duration.ofHours(72)));
        kpis.put("BotKpis.falsePositiveRate()", BotKpis.falsePositiveRate());
        kpis.put("BotKpis.aiDisclosureRate()", BotKpis.aiDisclosureRate());
        kpis.put("BotKpis.handOverSuccess()", BotKpis.handOverSuccess());
        kpis.put("BotPresets.finResolutionRate()", BotPresets.finResolutionRate());
        kpis.put("BotPresets.adaAutomatedResolutionRate()", BotPresets.adaAutomatedResolutionRate());
        kpis.put("BotPresets.lexSuccessRate()", BotPresets.lexSuccessRate());
        kpis.put("BotPresets.calabrioAutomationScore()", BotPresets.calabrioAutomationScore());
    }

    /** Weights of all seven signals. */
    public static Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        double[] values = {0.1, 0.1, 0.25, 0.15, 0.2, 0.1, 0.1};
        int i = 0;
        for (String signal : BotKpis.negativeSignals().keySet()) {
            weights.put(signal, values[i++]);
        }
        return weights;
    }

    private static void contacts(Map<String, Kpi<?>> kpis) {
        kpis.put(
                "ContactKpis.serviceLevel(20 s, EXCLUDED)",
                ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.EXCLUDED));
        kpis.put("ContactKpis.abandonmentRate()", ContactKpis.abandonmentRate());
        kpis.put("ContactKpis.averageSpeedOfAnswer()", ContactKpis.averageSpeedOfAnswer());
        kpis.put("ContactKpis.averageHandleTime()", ContactKpis.averageHandleTime());
        kpis.put("ContactKpis.afterContactWork()", ContactKpis.afterContactWork());
        kpis.put("ContactKpis.afterContactWork(0.9)", ContactKpis.afterContactWork(0.9));
        kpis.put("ContactKpis.occupancy()", ContactKpis.occupancy());
        kpis.put("ContactKpis.resourceEfficiency()", ContactKpis.resourceEfficiency());
        kpis.put("ContactKpis.flowEfficiency()", ContactKpis.flowEfficiency());
        kpis.put("ContactKpis.firstContactResolution()", ContactKpis.firstContactResolution());
        kpis.put("ContactKpis.repeatContactRate(7 d)", ContactKpis.repeatContactRate(Duration.ofDays(7)));
        kpis.put("ContactKpis.transferRate()", ContactKpis.transferRate());
        kpis.put("ContactKpis.channelSwitchRate()", ContactKpis.channelSwitchRate());
        kpis.put("ContactKpis.repeatedInformationRate()", ContactKpis.repeatedInformationRate());
        kpis.put("ContactKpis.secondLineRequestRate()", ContactKpis.secondLineRequestRate());
        kpis.put("ContactKpis.avoidableShare()", ContactKpis.avoidableShare());
        kpis.put("ContactKpis.responseTime(ELAPSED)", ContactKpis.responseTime(TimeBasis.ELAPSED));
        kpis.put("ContactKpis.responseTime(BUSINESS, 0.9)", ContactKpis.responseTime(TimeBasis.BUSINESS, 0.9));
        kpis.put(
                "ContactKpis.respondedWithin(4 h, BUSINESS)",
                ContactKpis.respondedWithin(Duration.ofHours(4), TimeBasis.BUSINESS));
        kpis.put("ContactKpis.resolutionTime(ELAPSED)", ContactKpis.resolutionTime(TimeBasis.ELAPSED));
        kpis.put("ContactKpis.resolutionTime(ELAPSED, 0.5)", ContactKpis.resolutionTime(TimeBasis.ELAPSED, 0.5));
        kpis.put(
                "ContactKpis.resolvedWithin(24 h, ELAPSED)",
                ContactKpis.resolvedWithin(Duration.ofHours(24), TimeBasis.ELAPSED));
        kpis.put("ContactKpis.costPerContact(\"EUR\")", ContactKpis.costPerContact("EUR"));
        kpis.put("ContactKpis.costPerResolution(\"EUR\")", ContactKpis.costPerResolution("EUR"));
    }

    private static void callbacks(Map<String, Kpi<?>> kpis) {
        kpis.put("CallbackKpis.firstAttemptReach()", CallbackKpis.firstAttemptReach());
        kpis.put("CallbackKpis.reachWithin(3)", CallbackKpis.reachWithin(3));
        kpis.put("CallbackKpis.totalReach()", CallbackKpis.totalReach());
        kpis.put("CallbackKpis.attemptReach()", CallbackKpis.attemptReach());
        kpis.put("CallbackKpis.attemptsPerCallback()", CallbackKpis.attemptsPerCallback());
        kpis.put("CallbackKpis.attemptsPerReached()", CallbackKpis.attemptsPerReached());
        kpis.put("CallbackKpis.attemptsPerSuccess()", CallbackKpis.attemptsPerSuccess());
        kpis.put("CallbackKpis.successRate()", CallbackKpis.successRate());
        kpis.put("CallbackKpis.timeToFirstAttempt()", CallbackKpis.timeToFirstAttempt());
        kpis.put("CallbackKpis.timeToFirstContact()", CallbackKpis.timeToFirstContact());
        kpis.put("CallbackKpis.timeToFirstContact(0.5)", CallbackKpis.timeToFirstContact(0.5));
        kpis.put("CallbackKpis.calledBackWithin(4 h)", CallbackKpis.calledBackWithin(Duration.ofHours(4)));
        kpis.put("CallbackKpis.reachedWithin(4 h)", CallbackKpis.reachedWithin(Duration.ofHours(4)));
        kpis.put("CallbackKpis.costPerCallback(\"EUR\")", CallbackKpis.costPerCallback("EUR"));
    }

    /** Three items, the last reversed and of double weight. */
    public static Item[] items() {
        return new Item[] {
            Item.of("proud", 1, 5),
            Item.of("would-stay", 0, 10),
            Item.of("worn-out", 1, 5).weighing(2).whereHighIsBad()
        };
    }

    /** Two ordinary criteria and a critical one. */
    public static Criterion[] criteria() {
        return new Criterion[] {
            Criterion.of("greeted", 1), Criterion.of("right-answer", 3), Criterion.critical("identified", 0)
        };
    }

    private static void people(Map<String, Kpi<?>> kpis) {
        kpis.put("PeopleKpis.engagementIndex(items)", PeopleKpis.engagementIndex(items()));
        kpis.put("PeopleKpis.wellbeingIndex(items)", PeopleKpis.wellbeingIndex(items()));
        kpis.put("PeopleKpis.who5()", PeopleKpis.who5());
        kpis.put("PeopleKpis.qaScore(criteria)", PeopleKpis.qaScore(criteria()));
        kpis.put("PeopleKpis.qaCriticalFailures(criteria)", PeopleKpis.qaCriticalFailures(criteria()));
        kpis.put("PeopleKpis.attrition(12)", PeopleKpis.attrition(12));
        kpis.put("PeopleKpis.absenceRate()", PeopleKpis.absenceRate());
        kpis.put("PeopleKpis.trainingCoverage()", PeopleKpis.trainingCoverage());
    }

    private static void sales(Map<String, Kpi<?>> kpis) {
        kpis.put("LoyaltyKpis.retention()", LoyaltyKpis.retention());
        kpis.put("LoyaltyKpis.churn()", LoyaltyKpis.churn());
        kpis.put("LoyaltyKpis.repeatPurchase()", LoyaltyKpis.repeatPurchase());
        kpis.put(
                "LoyaltyKpis.repeatPurchase(90 d)",
                LoyaltyKpis.repeatPurchase(Duration.ofDays(90)).withId("repeat-purchase-90"));
        kpis.put("LoyaltyKpis.cohortRetention()", LoyaltyKpis.cohortRetention());
        kpis.put("SalesKpis.conversion()", SalesKpis.conversion());
        kpis.put("SalesKpis.cartAbandonment()", SalesKpis.cartAbandonment());
        kpis.put("SalesKpis.taskCompletion()", SalesKpis.taskCompletion());
        kpis.put("SalesKpis.timeOnTask()", SalesKpis.timeOnTask());
        kpis.put("SalesKpis.timeOnTask(0.5)", SalesKpis.timeOnTask(0.5));
        kpis.put("MoneyKpis.roi(\"EUR\")", MoneyKpis.roi("EUR"));
        kpis.put("MoneyKpis.payback(\"EUR\")", MoneyKpis.payback("EUR"));
    }

    /** The KPIs alone. */
    public static List<Kpi<?>> list() {
        return List.copyOf(kpis().values());
    }
}
