package io.cxmetrics.examples.webshop;

import io.cxmetrics.Estimate;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Fields;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.evaluation.OkrEvaluator;
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The main job: from the shop's own events to a scorecard per touchpoint and month, and to where each key result stands. */
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

    private WebShop() {}

    /**
     * Prints the scorecard, what was set aside, and the objectives.
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
                card(ANSWERS, List.of(SurveyKpis.nps(), SurveyKpis.csat(5), SurveyKpis.ces()))
                        .compute(events.answers()),
                card(CARTS, List.of(kpi(plan, "cart-abandonment"))).compute(events.carts()),
                card(PURCHASES, List.of(kpi(plan, "purchase-duration"))).compute(events.purchases()),
                card(ENQUIRIES, List.of(kpi(plan, "fast-bot-answers"))).compute(events.enquiries()));

        return scorecard(results)
                + setAside(results)
                + "\n== Objectives ==\n\n"
                + OkrEvaluator.of(plan).evaluate(results, AS_OF).toText(Locale.ENGLISH);
    }

    private static OkrPlan plan() {
        try (InputStream json = Objects.requireNonNull(WebShop.class.getResourceAsStream("plan.json"))) {
            return OkrJson.parse("plan.json", new String(json.readAllBytes(), StandardCharsets.UTF_8));
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
