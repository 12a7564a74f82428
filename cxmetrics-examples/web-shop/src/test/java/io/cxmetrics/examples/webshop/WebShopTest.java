package io.cxmetrics.examples.webshop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WebShopTest {

    @Test
    void theMainJobShowsTheScorecardWhatWasSetAsideTheJourneyAndTheObjectives() {
        String report = WebShop.report();
        for (String expected : new String[] {
            "== Scorecard per touchpoint and month",
            "payment    Purchase duration",
            "== What was set aside ==",
            "purchase-duration: expected at least 0 s",
            "recommendation: expected 0…10",
            "== The journey, 28 days to 2026-02-22",
            "! Payment (web, Eero, payments): ",
            "go on, ",
            "Association only",
            "concentrate here",
            "EUR: ROI ",
            "Which touchpoint first: Buying in the web shop\nby importance × gap × volume × worth",
            "\n1. ! Payment (Eero, payments): 100, stays first in ",
            "Planned: More payment methods (Eero, payments; 25000 EUR",
            "Not ranked: Customer support (Helmi, service)",
            "after an investment of 12000 EUR: ROI ",
            "== Objectives =="
        }) {
            assertTrue(report.contains(expected), () -> expected + " is not in\n" + report);
        }
    }

    @Test
    void theReportIsTheSameEveryTime() {
        assertEquals(WebShop.report(), WebShop.report());
    }
}
