package io.cxmetrics.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Catalogue;
import io.cxmetrics.Kpi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every KPI of the catalogue has a type in the JSON definitions, with the same parameters as in Java. */
class CatalogueTypesTest {

    /** How each KPI of {@link Catalogue} is written, by its id. */
    private static final String DEFINITIONS = """
            {
              "nps": {"type": "nps"},
              "enps": {"type": "employeeNps"},
              "enps-5": {"type": "employeeNpsOnFive"},
              "csat": {"type": "csat", "scale": 5},
              "csat-mean": {"type": "csatMean", "scale": 5},
              "csat-good": {"type": "csatGood"},
              "csat-good-5": {"type": "csatGood", "scale": 5, "goodFrom": 4, "badTo": 2},
              "ces": {"type": "ces"},
              "ces-top-2": {"type": "cesTopBox", "boxes": 2},
              "ces-net": {"type": "cesNet", "easyFrom": 6, "hardTo": 3},
              "ces-1": {"type": "ces1"},
              "ces-1-low-effort": {"type": "ces1LowEffort"},

              "bot-experience-score": {"type": "botExperienceScore"},
              "bot-experience-score-weighted": {"type": "weightedBotExperienceScore", "weights": {
                "bot-repetition": 0.1, "customer-paraphrase": 0.1, "abandoned-by-customer": 0.25,
                "negative-sentiment": 0.15, "negative-feedback": 0.2, "profanity": 0.1, "repeated-agent-request": 0.1}},
              "bot-automation-score": {"type": "botAutomationScore"},
              "bot-involvement": {"type": "botInvolvement"},
              "bot-resolution-rate": {"type": "botResolutionRate", "of": "engaged", "silence": "failure"},
              "automation-rate": {"type": "automationRate"},
              "automation-rate-assumed": {"type": "automationRate", "silence": "success"},
              "containment": {"type": "containment"},
              "containment-customer": {"type": "containment", "askedBy": ["customer"]},
              "deflection": {"type": "deflection"},
              "durable-resolution": {"type": "durableResolution", "of": "handled", "silence": "unknown", "window": "PT72H"},
              "recontact-reversal": {"type": "recontactReversal", "silence": "success", "window": "PT72H"},
              "false-positive-rate": {"type": "falsePositiveRate"},
              "ai-disclosure-rate": {"type": "aiDisclosureRate"},
              "hand-over-success": {"type": "handOverSuccess"},
              "fin-resolution-rate": {"type": "finResolutionRate"},
              "ada-automated-resolution-rate": {"type": "adaAutomatedResolutionRate"},
              "lex-success-rate": {"type": "lexSuccessRate"},
              "calabrio-automation-score": {"type": "calabrioAutomationScore"},

              "service-level": {"type": "serviceLevel", "within": "PT20S", "abandons": "excluded"},
              "abandonment-rate": {"type": "abandonmentRate"},
              "asa": {"type": "averageSpeedOfAnswer"},
              "aht": {"type": "averageHandleTime"},
              "after-contact-work": {"type": "afterContactWork"},
              "after-contact-work-p90": {"type": "afterContactWork", "p": 0.9},
              "occupancy": {"type": "occupancy"},
              "resource-efficiency": {"type": "resourceEfficiency"},
              "flow-efficiency": {"type": "flowEfficiency"},
              "fcr": {"type": "firstContactResolution"},
              "repeat-contact-rate": {"type": "repeatContactRate", "window": "P7D"},
              "transfer-rate": {"type": "transferRate"},
              "channel-switch-rate": {"type": "channelSwitchRate"},
              "repeated-information-rate": {"type": "repeatedInformationRate"},
              "second-line-request-rate": {"type": "secondLineRequestRate"},
              "avoidable-share": {"type": "avoidableShare"},
              "response-time": {"type": "responseTime", "basis": "elapsed"},
              "response-business-time-p90": {"type": "responseTime", "basis": "business", "p": 0.9},
              "responded-in-time": {"type": "respondedWithin", "within": "PT4H", "basis": "business"},
              "resolution-time": {"type": "resolutionTime", "basis": "elapsed"},
              "resolution-time-p50": {"type": "resolutionTime", "basis": "elapsed", "p": 0.5},
              "resolved-in-time": {"type": "resolvedWithin", "within": "PT24H", "basis": "elapsed"},
              "cost-per-contact": {"type": "costPerContact", "currency": "EUR"},
              "cost-per-resolution": {"type": "costPerResolution", "currency": "EUR"},

              "first-attempt-reach": {"type": "firstAttemptReach"},
              "reach-within-3": {"type": "reachWithin", "attempts": 3},
              "total-reach": {"type": "totalReach"},
              "attempt-reach": {"type": "attemptReach"},
              "attempts-per-callback": {"type": "attemptsPerCallback"},
              "attempts-per-reached": {"type": "attemptsPerReached"},
              "attempts-per-success": {"type": "attemptsPerSuccess"},
              "callback-success": {"type": "callbackSuccess"},
              "time-to-first-attempt": {"type": "timeToFirstAttempt"},
              "time-to-first-contact": {"type": "timeToFirstContact"},
              "time-to-first-contact-p50": {"type": "timeToFirstContact", "p": 0.5},
              "called-back-in-time": {"type": "calledBackWithin", "within": "PT4H"},
              "reached-in-time": {"type": "reachedWithin", "within": "PT4H"},
              "cost-per-callback": {"type": "costPerCallback", "currency": "EUR"},

              "engagement-index": {"type": "engagementIndex", "items": [
                {"field": "proud", "scale": [1, 5]}, {"field": "would-stay", "scale": [0, 10]},
                {"field": "worn-out", "scale": [1, 5], "weight": 2, "reversed": true}]},
              "wellbeing-index": {"type": "wellbeingIndex", "items": [
                {"field": "proud", "scale": [1, 5]}, {"field": "would-stay", "scale": [0, 10]},
                {"field": "worn-out", "scale": [1, 5], "weight": 2, "reversed": true}]},
              "who-5": {"type": "who5"},
              "qa-score": {"type": "qaScore", "criteria": [{"field": "greeted"},
                {"field": "right-answer", "weight": 3}, {"field": "identified", "weight": 0, "critical": true}]},
              "qa-critical-failures": {"type": "qaCriticalFailures", "criteria": [
                {"field": "identified", "weight": 0, "critical": true}]},
              "attrition": {"type": "attrition", "periodsAYear": 12},
              "absence-rate": {"type": "absenceRate"},
              "training-coverage": {"type": "trainingCoverage"},

              "retention": {"type": "retention"},
              "churn": {"type": "churn"},
              "repeat-purchase": {"type": "repeatPurchase"},
              "repeat-purchase-90": {"type": "repeatPurchase", "window": "P90D"},
              "cohort-retention": {"type": "cohortRetention"},
              "conversion": {"type": "conversion"},
              "cart-abandonment": {"type": "cartAbandonment"},
              "task-completion": {"type": "taskCompletion"},
              "time-on-task": {"type": "timeOnTask"},
              "time-on-task-p50": {"type": "timeOnTask", "p": 0.5},
              "roi": {"type": "roi", "currency": "EUR"},
              "payback": {"type": "payback", "currency": "EUR"}
            }
            """;

    @Test
    void everyKpiOfTheCatalogueIsWrittenAsADefinitionOfItsOwnType() {
        Map<String, Kpi<?>> read = KpiJson.parse(DEFINITIONS);
        Map<String, String> expected = new LinkedHashMap<>();
        Catalogue.list().forEach(kpi -> expected.put(kpi.id(), kpi + " " + kpi.name()));
        Map<String, String> found = new LinkedHashMap<>();
        read.forEach((id, kpi) -> found.put(id, kpi + " " + kpi.name()));
        assertEquals(expected, found);
    }

    @Test
    void everyTypeOfTheCatalogueIsUsedHere() {
        Set<String> unused = new LinkedHashSet<>(KpiJson.typeNames());
        LocatedJson.parse("kpis", DEFINITIONS)
                .members()
                .values()
                .forEach(node -> unused.remove(node.members().get("type").text()));
        assertEquals(
                Set.of("share", "mean", "ratio", "percentile", "ratings", "signals", "weightedSignals", "clustered"),
                unused);
    }

    private static List<String> problems(String definition) {
        Problems problems = new Problems();
        KpiJson.read(LocatedJson.parse("k", "{\"k\": " + definition + "}"), problems);
        List<String> found = new ArrayList<>();
        problems.list().forEach(problem -> found.add(problem.toString()));
        return found;
    }

    @Test
    void aMissingOrImpossibleParameterIsSaidWithItsPlace() {
        assertEquals(
                List.of("k:1:7 /k: found no member \"silence\"; expected \"silence\": one of unknown,"
                        + " success, failure"),
                problems("{\"type\": \"botResolutionRate\", \"of\": \"engaged\"}"));
        assertTrue(problems("{\"type\": \"responseTime\", \"basis\": \"busines\"}")
                .toString()
                .contains("expected one of elapsed, business (did you mean \"business\"?)"));
        assertTrue(problems("{\"type\": \"cesNet\", \"easyFrom\": 3, \"hardTo\": 3}")
                .toString()
                .contains("does not fit the scale 1…7"));
        assertTrue(problems("{\"type\": \"weightedBotExperienceScore\", \"weights\": {\"profanity\": 0.4}}")
                .toString()
                .contains("must sum to 1"));
        assertTrue(problems("{\"type\": \"costPerContact\", \"currency\": \"EURO\"}")
                .toString()
                .contains("ISO 4217"));
        assertTrue(problems(
                        "{\"type\": \"engagementIndex\", \"items\": [{\"field\": \"a\", \"scale\": [1, 5], \"wieght\": 2}]}")
                .toString()
                .contains("did you mean \"weight\"?"));
    }

    @Test
    void aUnitOtherThanTheFamilysSurvives() {
        Kpi<?> rate = Catalogue.kpis().get("ContactKpis.secondLineRequestRate()");
        String json = KpiJson.write(List.of(rate));
        assertTrue(json.contains("\"unit\":\"share\"") || json.contains("\"unit\" : \"share\""), json);
        assertEquals(rate, KpiJson.parse(json).get(rate.id()));
        assertThrows(
                JsonProblemsException.class,
                () -> KpiJson.parse("{\"k\": {\"type\": \"mean\", \"of\": \"wait\", \"unit\": \"percent\"}}"));
    }
}
