package io.cxmetrics.examples.webshop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A made-up web shop from December 2025 to 22 February 2026: events of four kinds, about 370 000 in all, and of
 * its last 28 days the ways of 20 000 visitors and 600 interviews; the same on every machine.
 *
 * <p>What was built in, so that the figures can be judged: from 1 January on the shop gets better day by day. A purchase
 * takes 5 minutes at first and 75 seconds less by 22 February; 40 % of the carts are abandoned at first and 8 points less
 * by then; the chatbot answers 52 % of the enquiries in under 10 seconds at first and 26 points more by then. Weekends are
 * busier. One in three leaves the survey's recommendation empty, one in ten the other answers. About one value in a
 * thousand is an error: a score that is not on the scale, a negative duration. Every other visitor of the last 28 days was
 * shown a payment page with fewer steps, on which 84 % complete the order, not 80 %. In the interviews the overall score
 * follows payment more than cart, and cart more than browsing.
 *
 * @param purchases completed purchases
 * @param carts carts that were filled
 * @param enquiries enquiries to customer support by chat
 * @param answers survey answers at each touchpoint
 * @param views what visitors came to in the last 28 days
 * @param interviews interviews of customers in the last 28 days
 */
record ShopEvents(
        List<Purchase> purchases,
        List<Cart> carts,
        List<Enquiry> enquiries,
        List<Answer> answers,
        List<View> views,
        List<Interview> interviews) {
    static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");
    static final LocalDate FIRST_DAY = LocalDate.of(2025, 12, 1);
    static final LocalDate LAST_DAY = LocalDate.of(2026, 2, 22);

    private static final LocalDate IMPROVES_FROM = LocalDate.of(2026, 1, 1);
    private static final String[] TOUCHPOINTS = {"browsing", "cart", "payment", "support"};

    /** A completed purchase and how long it took from the first page to the confirmation. */
    record Purchase(Instant started, Duration took) {}

    /** A filled cart and whether it was ordered; null while the session is still open. */
    record Cart(Instant opened, @Nullable Boolean ordered) {}

    /** An enquiry by chat: who answered first, and after how long. */
    record Enquiry(Instant asked, boolean answeredByBot, Duration answeredAfter) {}

    /** Answers to the survey shown at a touchpoint; null where a question was left empty. */
    record Answer(
            Instant given,
            String touchpoint,
            @Nullable Integer recommendation,
            @Nullable Integer satisfaction,
            @Nullable Integer effort) {}

    /** A visitor comes to a touchpoint, or orders; the payment page is the old one or the short one. */
    record View(String visitor, Instant at, String touchpoint, String paymentPage) {}

    /** What a customer says of three touchpoints (1 to 5) and of the whole (0 to 10). */
    record Interview(int browsing, int cart, int payment, int overall) {}

    static ShopEvents generate() {
        Random random = new Random(20_260_214);
        List<Purchase> purchases = new ArrayList<>();
        List<Cart> carts = new ArrayList<>();
        List<Enquiry> enquiries = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        for (LocalDate day = FIRST_DAY; !day.isAfter(LAST_DAY); day = day.plusDays(1)) {
            double better = progress(day);
            double busy = day.getDayOfWeek().getValue() >= 6 ? 1.35 : 1.0;
            for (int i = 0; i < 1_900 * busy; i++) {
                Instant at = moment(day, random);
                boolean ordered = random.nextDouble() >= 0.40 - 0.08 * better;
                carts.add(new Cart(at, random.nextInt(500) == 0 ? null : ordered));
                if (ordered) {
                    long seconds = Math.round(logNormal(300 - 75 * better, 0.5, random));
                    purchases.add(
                            new Purchase(at, Duration.ofSeconds(random.nextInt(1_500) == 0 ? -seconds : seconds)));
                }
            }
            for (int i = 0; i < 600 * busy; i++) {
                boolean bot = random.nextDouble() < 0.72 + 0.14 * better;
                boolean fast = bot && random.nextDouble() < 0.72 + 0.19 * better;
                long millis = fast ? 1_000 + random.nextInt(8_900) : 10_000 + (long) logNormal(90_000, 1.0, random);
                enquiries.add(new Enquiry(moment(day, random), bot, Duration.ofMillis(millis)));
            }
            for (int i = 0; i < 400 * busy; i++) {
                answers.add(answer(day, better, random));
            }
        }
        return new ShopEvents(purchases, carts, enquiries, answers, generateViews(), generateInterviews());
    }

    /** 0 until the new year, then rising evenly to 1 on the last day. */
    private static double progress(LocalDate day) {
        double days = ChronoUnit.DAYS.between(IMPROVES_FROM, day);
        return Math.max(0, days / ChronoUnit.DAYS.between(IMPROVES_FROM, LAST_DAY));
    }

    private static Instant moment(LocalDate day, Random random) {
        return day.atStartOfDay(ZONE)
                .plusSeconds(7 * 3_600 + random.nextInt(16 * 3_600))
                .toInstant();
    }

    private static double logNormal(double mean, double sigma, Random random) {
        return mean * StrictMath.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    }

    private static Answer answer(LocalDate day, double better, Random random) {
        int place = random.nextInt(TOUCHPOINTS.length);
        // Payment is where it hurts, browsing where it is nice.
        double mood = new double[] {0.62, 0.50, 0.40, 0.52}[place] + 0.10 * better + 0.25 * random.nextGaussian();
        int recommendation = onScale(mood, 0, 10);
        if (random.nextInt(1_000) == 0) {
            recommendation = 11;
        }
        return new Answer(
                moment(day, random),
                TOUCHPOINTS[place],
                random.nextInt(3) == 0 ? null : recommendation,
                random.nextInt(10) == 0 ? null : onScale(mood, 1, 5),
                random.nextInt(10) == 0 ? null : onScale(mood, 1, 7));
    }

    /** From random numbers of their own, like the interviews, so that one kind of event does not change another. */
    private static List<View> generateViews() {
        Random random = new Random(20_260_126);
        List<View> views = new ArrayList<>();
        for (int visitor = 0; visitor < 20_000; visitor++) {
            String id = "v" + visitor;
            String page = visitor % 2 == 0 ? "old" : "short";
            Instant at = moment(LAST_DAY.minusDays(random.nextInt(28)), random);
            views.add(new View(id, at, "browsing", page));
            double[] goesOn = {0.35, 0.60, page.equals("old") ? 0.80 : 0.84};
            String[] next = {"cart", "payment", "ordered"};
            for (int step = 0; step < next.length && random.nextDouble() < goesOn[step]; step++) {
                at = at.plusSeconds(Math.round(logNormal(90, 0.6, random)));
                views.add(new View(id, at, next[step], page));
            }
        }
        return views;
    }

    private static List<Interview> generateInterviews() {
        Random random = new Random(20_260_222);
        List<Interview> interviews = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            double temper = 0.10 * random.nextGaussian();
            double browsing = 0.66 + temper + 0.20 * random.nextGaussian();
            double cart = 0.55 + temper + 0.20 * random.nextGaussian();
            double payment = 0.42 + temper + 0.20 * random.nextGaussian();
            double overall = 0.15 * browsing + 0.25 * cart + 0.60 * payment + 0.10 * random.nextGaussian();
            interviews.add(new Interview(
                    onScale(browsing, 1, 5), onScale(cart, 1, 5), onScale(payment, 1, 5), onScale(overall, 0, 10)));
        }
        return interviews;
    }

    private static int onScale(double mood, int lowest, int highest) {
        long step = Math.round(lowest + (highest - lowest) * Math.min(1, Math.max(0, mood + 0.12)));
        return (int) step;
    }
}
