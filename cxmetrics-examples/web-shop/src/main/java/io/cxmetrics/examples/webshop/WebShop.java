package io.cxmetrics.examples.webshop;

import static io.cxmetrics.field.Field.whole;

import io.cxmetrics.Estimate;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Money;
import io.cxmetrics.journey.DriverAnalysis;
import io.cxmetrics.journey.Drivers;
import io.cxmetrics.journey.Funnel;
import io.cxmetrics.journey.FunnelResult;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.JourneyMap;
import io.cxmetrics.journey.JourneyScores;
import io.cxmetrics.journey.RollUp;
import io.cxmetrics.money.Worth;
import io.cxmetrics.money.WorthInput;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.okr.priority.Priorities;
import io.cxmetrics.okr.priority.Ranking;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Comparison;
import io.cxmetrics.stats.Share;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The main job: from the shop's own events to a scorecard per touchpoint and month, to the journey, and to where each key result stands. */
public final class WebShop {
    private static final LocalDate AS_OF = LocalDate.of(2026, 2, 22);

    // Where the shop's own records have the fields. This is all that the library must be told about them.
    private static final Fields<ShopEvents.Purchase> PURCHASES = Fields.of(ShopEvents.Purchase.class)
            .text("touchpoint", p -> "payment")
            .instant("started", ShopEvents.Purchase::started)
            .duration("purchase-duration", ShopEvents.Purchase::took);
    private static final Fields<ShopEvents.Cart> CARTS = Fields.of(ShopEvents.Cart.class)
            .text("touchpoint", c -> "cart")
            .instant("started", ShopEvents.Cart::opened)
            .flag("ordered", ShopEvents.Cart::ordered);
    private static final Fields<ShopEvents.Enquiry> ENQUIRIES = Fields.of(ShopEvents.Enquiry.class)
            .text("touchpoint", e -> "support")
            .instant("started", ShopEvents.Enquiry::asked)
            .flag("answered-by-bot", ShopEvents.Enquiry::answeredByBot)
            .duration("response-time", ShopEvents.Enquiry::answeredAfter);
    private static final Fields<ShopEvents.Answer> ANSWERS = Fields.of(ShopEvents.Answer.class)
            .text("touchpoint", ShopEvents.Answer::touchpoint)
            .instant("started", ShopEvents.Answer::given)
            .whole("recommendation", ShopEvents.Answer::recommendation)
            .whole("satisfaction", ShopEvents.Answer::satisfaction)
            .whole("effort", ShopEvents.Answer::effort);

    private static final Fields<ShopEvents.View> VIEWS = Fields.of(ShopEvents.View.class)
            .text("visitor", ShopEvents.View::visitor)
            .instant("at", ShopEvents.View::at)
            .text("touchpoint", ShopEvents.View::touchpoint)
            .text("payment-page", ShopEvents.View::paymentPage);
    private static final Fields<ShopEvents.Interview> INTERVIEWS = Fields.of(ShopEvents.Interview.class)
            .whole("browsing", ShopEvents.Interview::browsing)
            .whole("cart", ShopEvents.Interview::cart)
            .whole("payment", ShopEvents.Interview::payment)
            .whole("overall", ShopEvents.Interview::overall);

    private static final WorthInput MARGIN = WorthInput.fixed("margin of an order", Money.of("9.50", "EUR"));

    private WebShop() {}

    /**
     * Prints the scorecard, what was set aside, the journey, and the objectives.
     *
     * @param args none
     */
    public static void main(String[] args) {
        // Explicitly UTF-8: under another default the console's charset would spoil the intervals.
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        out.print(report());
        out.flush();
    }

    static String report() {
        ShopEvents events = ShopEvents.generate();
        OkrPlan plan = plan();

        // One scorecard for each kind of event: by touchpoint and day, so that months and objectives can be had from
        // it.
        List<ScorecardResult> results = List.of(
                card(ANSWERS, List.of(kpi(plan, "nps"), kpi(plan, "csat"), kpi(plan, "ces")))
                        .compute(events.answers()),
                card(CARTS, List.of(kpi(plan, "cart-abandonment"))).compute(events.carts()),
                card(PURCHASES, List.of(kpi(plan, "purchase-duration"))).compute(events.purchases()),
                card(ENQUIRIES, List.of(kpi(plan, "fast-bot-answers"))).compute(events.enquiries()));

        return scorecard(results)
                + setAside(results)
                + journey(plan, results, events)
                + "\n== Objectives ==\n\n"
                + OkrEvaluator.of(plan).evaluate(results, AS_OF).toText(Locale.ENGLISH);
    }

    /** How well the journey goes, who goes on, what goes with the whole, and what the short payment page is worth. */
    private static String journey(OkrPlan plan, List<ScorecardResult> results, ShopEvents events) {
        List<ScorecardResult> month =
                results.stream().map(r -> r.between(AS_OF.minusDays(27), AS_OF)).toList();
        Journey journey = plan.journeys().get(0);
        JourneyScores scores = JourneyScores.of(journey, month);
        FunnelResult funnel = Funnel.over(VIEWS)
                .by("visitor")
                .at("at")
                .steps("touchpoint", "browsing", "cart", "payment", "ordered")
                .within(Duration.ofHours(2))
                .per("payment-page")
                .compute(events.views());
        DriverAnalysis drivers = Drivers.over(INTERVIEWS)
                .outcome("overall", whole("overall"))
                .driver("Browsing products", whole("browsing"), 1, 5)
                .driver("Cart", whole("cart"), 1, 5)
                .driver("Payment", whole("payment"), 1, 5)
                .compute(events.interviews());
        Comparison ordered = Comparison.of(orders(funnel, "old"), orders(funnel, "short"));
        Worth worth = Worth.over(Duration.ofDays(365), "EUR")
                .addedSales(
                        "orders",
                        WorthInput.measured("orders per visitor, more by", ordered),
                        WorthInput.stated("visitors a year", Unit.NUMBER, 220_000, 260_000, 280_000),
                        MARGIN)
                .investing(Money.of("12000", "EUR"));
        Ranking ranking = Priorities.of(scores)
                .importance(drivers)
                .volumes(funnel)
                .worth(MARGIN)
                .change("payment", worth)
                .plan(plan)
                .rank();
        return "\n== The journey, 28 days to " + AS_OF + " (scores from 0 to 100, ! moment of truth) ==\n\n"
                + JourneyMap.of(journey).with(scores).with(funnel).toText()
                + "\nTogether\n"
                + indented(scores.rollUp(RollUp.WEIGHTED) + "\n" + scores.rollUp(RollUp.WORST_MOMENT_OF_TRUTH) + "\n"
                        + scores.gap(RollUp.WEIGHTED, 0.95))
                + "\nWhat goes with the overall score\n"
                + indented(drivers.toString())
                + "\nWhat the short payment page is worth\n"
                + indented("orders per visitor, short page against old: " + ordered + "\n" + worth)
                + "\n"
                + ranking;
    }

    private static Share orders(FunnelResult funnel, String page) {
        return Objects.requireNonNull(funnel.segments().get(Label.of(page)), page)
                .get(3)
                .ofFirst();
    }

    private static String indented(String lines) {
        return lines.indent(2);
    }

    private static OkrPlan plan() {
        return OkrJson.parse("plan.json", text("plan.json"));
    }

    private static String text(String resource) {
        try (InputStream json = Objects.requireNonNull(WebShop.class.getResourceAsStream(resource))) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Kpi<?> kpi(OkrPlan plan, String id) {
        return Objects.requireNonNull(plan.kpis().get(id), id);
    }

    private static <E> Scorecard<E> card(Fields<E> fields, List<Kpi<?>> kpis) {
        return Scorecard.over(fields)
                .by("touchpoint")
                .every(Grain.DAY, "started", ShopEvents.ZONE)
                .kpis(kpis);
    }

    /** One line for each touchpoint and KPI, one column for each month. */
    private static String scorecard(List<ScorecardResult> days) {
        SortedMap<String, List<String>> lines = new TreeMap<>();
        List<Period> months = new ArrayList<>();
        for (ScorecardResult result : days) {
            ScorecardResult monthly = result.per(Grain.MONTH);
            monthly.cells().keySet().stream().map(Cell::period).distinct().forEach(month -> {
                if (month != null && !months.contains(month)) {
                    months.add(month);
                }
            });
            for (Cell place : monthly.overall().cells().keySet()) {
                String touchpoint = place.labels().get(0).toString();
                for (Kpi<?> kpi : monthly.kpis()) {
                    StringBuilder line =
                            new StringBuilder(String.format(Locale.ROOT, "%-10s %-22s", touchpoint, kpi.name()));
                    for (Period month : months) {
                        Estimate estimate = (Estimate) monthly.get(kpi, Cell.of(month, touchpoint));
                        line.append(String.format(Locale.ROOT, "  %-31s", shown(estimate)));
                    }
                    lines.computeIfAbsent(touchpoint, t -> new ArrayList<>())
                            .add(line.toString().stripTrailing());
                }
            }
        }
        StringBuilder text = new StringBuilder("== Scorecard per touchpoint and month, with 95 % intervals ==\n\n");
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-10s %-22s", "touchpoint", "KPI"));
        months.forEach(month -> head.append(String.format(Locale.ROOT, "  %-31s", month + " (n)")));
        text.append(head.toString().stripTrailing()).append('\n');
        lines.values().forEach(block -> text.append(String.join("\n", block)).append("\n\n"));
        return text.toString();
    }

    private static String shown(Estimate estimate) {
        if (estimate.value().isEmpty()) {
            return "undefined";
        }
        double value = estimate.value().getAsDouble();
        String shown = estimate.kpi().unit().format(value, estimate.interval(), Locale.ENGLISH);
        return shown.replace("95 % ", "") + " " + estimate.counts().used();
    }

    private static String setAside(List<ScorecardResult> results) {
        Intake intake = results.stream().map(ScorecardResult::intake).reduce(Intake.NONE, Intake::plus);
        StringBuilder text = new StringBuilder("== What was set aside ==\n\n" + intake + "\n");
        for (ScorecardResult result : results) {
            for (Kpi<?> kpi : result.kpis()) {
                Estimate total = (Estimate) result.total(kpi);
                text.append(String.format(Locale.ROOT, "  %-22s %s%n", kpi.name(), total.counts())
                        .replace("\r\n", "\n"));
            }
        }
        for (Map.Entry<String, Long> entry : intake.rejected().entrySet()) {
            text.append("  ")
                    .append(entry.getKey())
                    .append(": ")
                    .append(entry.getValue())
                    .append(" values\n");
        }
        text.append("  the first of them:\n");
        intake.samples().stream()
                .limit(3)
                .forEach(s -> text.append("    ").append(s).append('\n'));
        return text.toString();
    }
}
