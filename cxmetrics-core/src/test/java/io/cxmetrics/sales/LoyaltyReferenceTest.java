package io.cxmetrics.sales;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cxmetrics.Counts;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Linkage;
import io.cxmetrics.field.Linker;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Grain;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoyaltyReferenceTest {

    record Customer(boolean atStart, boolean atEnd, int orders) {}

    @Test
    void retentionAndChurnAreOfThoseWhoWereThereAtTheStart() {
        Fields<Customer> fields = Fields.of(Customer.class)
                .flag(LoyaltyKpis.CUSTOMER_AT_START, Customer::atStart)
                .flag(LoyaltyKpis.CUSTOMER_AT_END, Customer::atEnd)
                .whole(LoyaltyKpis.ORDERS, Customer::orders);
        List<Customer> customers = List.of(
                new Customer(true, true, 3),
                new Customer(true, false, 1),
                new Customer(true, true, 2),
                new Customer(true, true, 0),
                new Customer(false, true, 1));
        assertEquals(0.75, LoyaltyKpis.retention().of(fields, customers).value().orElseThrow());
        assertEquals(0.25, LoyaltyKpis.churn().of(fields, customers).value().orElseThrow());
        assertEquals(
                0.5, LoyaltyKpis.repeatPurchase().of(fields, customers).value().orElseThrow());
    }

    record Order(String customer, String date) {
        LocalDate day() {
            return LocalDate.parse(date);
        }
    }

    private static final List<Order> ORDERS = List.of(
            new Order("ann", "2026-01-05"),
            new Order("ann", "2026-02-20"),
            new Order("ann", "2026-04-01"),
            new Order("bob", "2026-01-31"),
            new Order("bob", "2026-03-15"),
            new Order("eve", "2026-02-02"),
            new Order("eve", "2026-02-09"),
            new Order("dan", "2026-04-10"));

    @Test
    void aSecondOrderCountsWithinTheWindowOnly() {
        Fields<Order> fields = Fields.of(Order.class)
                .text("customer", Order::customer)
                .instant(
                        "ordered",
                        order -> order.day().atStartOfDay(ZoneOffset.UTC).toInstant());
        Linkage<Order> linked = Linker.over(fields)
                .by("customer")
                .at("ordered")
                .until(LocalDate.of(2026, 4, 30).atStartOfDay(ZoneOffset.UTC).toInstant())
                .link(ORDERS);
        Share repeat = LoyaltyKpis.repeatPurchase(Duration.ofDays(45)).of(linked.fields(), linked.events());
        // bob's second order comes after 43 days, ann's after 46, eve's after 7; dan's first is too young.
        assertEquals(new Counts(3, 5, 0, 0), repeat.counts());
        assertEquals(2, repeat.hits());
        assertThrows(IllegalArgumentException.class, () -> LoyaltyKpis.repeatPurchase(Duration.ZERO));
    }

    @Test
    void aRetentionCurveCountsCompletePeriodsOnly() {
        List<Cohorts.Member> rows =
                Cohorts.of(Grain.MONTH, ORDERS, Order::customer, Order::day, LocalDate.of(2026, 4, 20));
        Kpi<Share> kpi = LoyaltyKpis.cohortRetention();
        ScorecardResult result = Scorecard.over(Cohorts.fields())
                .by("cohort", "offset")
                .kpis(kpi)
                .compute(rows);
        // January: ann in February, bob in March. February: eve, not in March. April is not complete.
        assertEquals(
                List.of("2026-01 0: 2/2", "2026-01 1: 1/2", "2026-01 2: 1/2", "2026-02 0: 1/1", "2026-02 1: 0/1"),
                shown(result, kpi));
        assertEquals(List.of("0: 3/3", "1: 1/3", "2: 1/2"), shown(result.by("offset"), kpi));
    }

    private static List<String> shown(ScorecardResult result, Kpi<Share> kpi) {
        List<String> lines = new ArrayList<>();
        for (Cell cell : result.cells().keySet()) {
            Share share = result.get(kpi, cell);
            lines.add(cell + ": " + share.hits() + "/" + share.counts().used());
        }
        return lines;
    }

    record Visit(Boolean cart, Boolean bought, Boolean done, Integer seconds) {}

    @Test
    void conversionCartsAndTimeOnTask() {
        Fields<Visit> fields = Fields.of(Visit.class)
                .flag(SalesKpis.CART_FILLED, Visit::cart)
                .flag(SalesKpis.PURCHASED, Visit::bought)
                .flag(SalesKpis.TASK_COMPLETED, Visit::done)
                .duration(SalesKpis.TIME_ON_TASK, visit -> Duration.ofSeconds(visit.seconds()));
        List<Visit> visits = List.of(
                new Visit(true, true, true, 180),
                new Visit(true, false, false, 600),
                new Visit(true, true, true, 300),
                new Visit(false, false, false, 5),
                new Visit(true, true, true, 1000));
        assertEquals(0.6, SalesKpis.conversion().of(fields, visits).value().orElseThrow());
        assertEquals(
                0.25, SalesKpis.cartAbandonment().of(fields, visits).value().orElseThrow());
        assertEquals(0.6, SalesKpis.taskCompletion().of(fields, visits).value().orElseThrow());
        assertEquals(
                1480 / 3.0, SalesKpis.timeOnTask().of(fields, visits).value().orElseThrow(), 1e-9);
        assertEquals(300, SalesKpis.timeOnTask(0.5).of(fields, visits).value().orElseThrow());
    }
}
