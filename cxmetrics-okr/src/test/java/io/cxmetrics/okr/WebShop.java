package io.cxmetrics.okr;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.Fields;
import io.cxmetrics.okr.json.OkrJson;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.time.Grain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The example plan of mission.md, and events of three types for it whose results can be worked out by hand. */
public final class WebShop {
    /** The 45th of the 90 days of 2026-Q1: 44/89 = 49 % of the way from the first day to the last. */
    public static final LocalDate FEBRUARY_14 = LocalDate.of(2026, 2, 14);

    private static final LocalDate JANUARY_1 = LocalDate.of(2026, 1, 1);

    private WebShop() {}

    record Purchase(LocalDate day, Duration duration) {}

    record Cart(LocalDate day, String touchpoint, Boolean abandoned) {}

    record Enquiry(LocalDate day, String touchpoint, boolean byBot, Duration answerTime) {}

    public static String planText() {
        return resource("web-shop-plan.json");
    }

    public static OkrPlan plan() {
        return OkrJson.parse("web-shop-plan.json", planText());
    }

    public static String resource(String name) {
        try (InputStream in = WebShop.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Three scorecards of three event types, per day. */
    public static List<ScorecardResult> results() {
        return List.of(purchases(), carts(), enquiries());
    }

    /** 20 purchases a day to 14 February, of 186 and 306 seconds in turn: a mean of 246 s = 4.1 min. */
    public static ScorecardResult purchases() {
        List<Purchase> purchases = new ArrayList<>();
        for (int i = 0; i < 45 * 20; i++) {
            purchases.add(new Purchase(JANUARY_1.plusDays(i / 20), Duration.ofSeconds(i % 2 == 0 ? 186 : 306)));
        }
        Fields<Purchase> fields =
                Fields.of(Purchase.class).date("day", Purchase::day).duration("duration", Purchase::duration);
        return card(fields, "purchase-duration").compute(purchases);
    }

    /** 40 carts a day to 14 February, 13 of them abandoned, and another touchpoint that must not count: 32.5 %. */
    public static ScorecardResult carts() {
        List<Cart> carts = new ArrayList<>();
        for (int i = 0; i < 45 * 40; i++) {
            carts.add(new Cart(JANUARY_1.plusDays(i / 40), "cart", i % 40 < 13));
            carts.add(new Cart(JANUARY_1.plusDays(i / 40), "browsing", true));
        }
        carts.add(new Cart(JANUARY_1, "cart", null));
        carts.add(new Cart(JANUARY_1, null, true));
        Fields<Cart> fields = Fields.of(Cart.class)
                .date("day", Cart::day)
                .text("touchpoint", Cart::touchpoint)
                .flag("abandoned", Cart::abandoned);
        return card(fields, "cart-abandonment").by("touchpoint").compute(carts);
    }

    /** 25 enquiries a day to 14 February; in the last 28 days 568 of 700 = 81.1 % are fast and by the chatbot. */
    public static ScorecardResult enquiries() {
        List<Enquiry> enquiries = new ArrayList<>();
        for (int i = 0; i < 45 * 25; i++) {
            int fast = i >= (45 - 28) * 25 ? 568 : 0;
            int inWindow = i - (45 - 28) * 25;
            enquiries.add(new Enquiry(
                    JANUARY_1.plusDays(i / 25),
                    "customer-support",
                    i % 2 == 0 || inWindow < fast,
                    Duration.ofSeconds(inWindow >= 0 && inWindow < fast ? 4 : 30)));
        }
        Fields<Enquiry> fields = Fields.of(Enquiry.class)
                .date("day", Enquiry::day)
                .text("touchpoint", Enquiry::touchpoint)
                .flag("answeredByBot", Enquiry::byBot)
                .duration("answerTime", Enquiry::answerTime);
        return card(fields, "fast-chatbot-answers").by("touchpoint").compute(enquiries);
    }

    private static <E> Scorecard<E> card(Fields<E> fields, String kpi) {
        Kpi<?> measured = plan().kpis().get(kpi);
        return Scorecard.over(fields)
                .every(Grain.DAY, "day", ZoneId.of("Europe/Helsinki"))
                .kpis(measured);
    }
}
