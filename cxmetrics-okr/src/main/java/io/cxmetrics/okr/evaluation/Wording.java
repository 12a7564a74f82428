package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.RollUp;
import io.cxmetrics.okr.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verdicts in words; the numbers by a locale. */
final class Wording {
    private static final int MOST_DECIMALS = 4;
    private static final double HOURS = 7_200;
    private static final double MINUTES = 120;
    private static final double SECONDS = 1;
    private static final String LEVEL = "95 % ";

    private final Locale locale;

    Wording(Locale locale) {
        this.locale = locale;
    }

    String verdict(KeyResultReport report) {
        Measurement measured = report.measured();
        Status status = report.status();
        boolean nothing = measured == null
                || (report.keyResult().hasProgress() && report.progress().isEmpty());
        if (status == Status.NOT_STARTED) {
            return "not started";
        } else if (nothing || measured == null) {
            return (status == Status.CLOSED ? "closed without data: " : "no data: ") + report.noData();
        }
        Target target = report.keyResult().target();
        Numbers numbers = numbers(report.unit(), target, measured.value());
        int more = numbers.moreFor(target, measured);
        String current = numbers.amount(measured.value(), more);
        String interval = measured.estimate() == null ? "" : " (" + numbers.interval(measured.interval(), more) + ")";
        Held held = report.held();
        if (held != null) {
            return periods(held) + "; now " + current + interval + ", wanted " + wanted(target, numbers) + "; "
                    + judged(report, "counts as ", "");
        } else if (target instanceof Target.Baseline) {
            return "found: " + current + interval
                    + (status == Status.CLOSED ? "" : ": " + status.words() + because(report));
        } else if (target instanceof Target.Done) {
            return (measured.value() >= 1 ? "done; " : "not done; ") + judged(report, "counts as ", "");
        } else if (target instanceof Target.Milestones milestones) {
            int steps = milestones.steps().size();
            return steps + (steps == 1 ? " milestone: " : " milestones: ") + judged(report, "", " of the weight done");
        } else if (target instanceof Target.Bound bound && bound.start().isPresent()) {
            String start = numbers.amount(bound.start().getAsDouble(), 0);
            return start + " → " + current + " of " + wanted(target, numbers) + interval + "; "
                    + judged(report, "", " done");
        }
        return current + interval + ", wanted " + wanted(target, numbers) + missing(target, measured.value(), numbers)
                + "; " + judged(report, "counts as ", "");
    }

    private static String periods(Held held) {
        String grain = held.hold().grain().word();
        String text = held.hold().count() == Hold.Count.SUCCESSES
                ? held.met().size() + " of " + held.planned() + " planned " + grain + "s met, "
                        + held.missed().size() + " missed"
                : held.met().size() + " of " + held.measured() + " " + grain + (held.measured() == 1 ? "" : "s")
                        + " met";
        return held.withoutValue().isEmpty()
                ? text
                : text + ", " + held.withoutValue().size() + " without data";
    }

    /** Progress, what is expected, the chance, the status and why. */
    private String judged(KeyResultReport report, String before, String done) {
        double raw = report.progress().orElseThrow().raw();
        Attainment attainment = report.attainment().orElseThrow();
        if (report.keyResult().guard()) {
            return guarded(report, attainment);
        }
        if (report.status() == Status.CLOSED) {
            return before + percent(raw) + done + " at the close: " + attained(attainment) + score(report.score());
        }
        String chance = "";
        if (report.probability().isPresent()) {
            chance = "; " + chance(report.probability().getAsDouble()) + " chance";
        }
        return before + pace(raw, report.expected(), done) + chance + ": "
                + report.status().words() + because(report)
                + (attainment.isMet() ? "; " + attained(attainment) : "");
    }

    /** A guard counts nowhere, so that there is nothing to say of progress. */
    private static String guarded(KeyResultReport report, Attainment attainment) {
        String holds = "the guard "
                + switch (attainment) {
                    case MET -> "holds";
                    case MET_IN_DOUBT -> "holds, but not beyond doubt";
                    case NOT_MET, NOT_MET_IN_DOUBT -> "does not hold";
                };
        return report.status() == Status.CLOSED
                ? holds + " at the close"
                : holds + ": " + report.status().words() + because(report);
    }

    private static String because(KeyResultReport report) {
        return switch (report.verdict().basis()) {
            case GRACE -> " (grace period; " + report.verdict().computed().words() + " without it)";
            case WARNING_LEVEL -> " (past the warning level)";
            case AGE -> " (" + age(report) + ")";
            default -> "";
        };
    }

    private static String age(KeyResultReport report) {
        Measurement measured = Objects.requireNonNull(report.measured());
        String what = measured.checkIn() == null
                ? "the data end " + measured.ageDays() + " days before the window does"
                : "the last check-in, on " + measured.checkIn().date() + ", is " + measured.ageDays() + " days old";
        return what + ", more than " + report.keyResult().checkInDays();
    }

    /** A probability that is not certain does not look so. */
    private String chance(double probability) {
        if (probability > 0 && probability < 0.01) {
            return "under " + percent(0.01, 0);
        }
        return probability < 1 && probability > 0.99 ? "over " + percent(0.99, 0) : percent(probability, 0);
    }

    private String score(@Nullable Score score) {
        if (score == null) {
            return "";
        }
        ScoreOverride override = score.override();
        String value = "; score " + score(score.value());
        return override == null
                ? value
                : value + ", set in place of " + score(score.computed()) + ": " + override.reason();
    }

    /** A score with one decimal, or with so many that it does not look like one of a better band. */
    private String score(double value) {
        int decimals = 1;
        while (decimals < MOST_DECIMALS) {
            double shown =
                    Decimals.of(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue();
            if (Score.Band.of(shown) == Score.Band.of(value) && (shown < 1) == (value < 1)) {
                break;
            }
            decimals++;
        }
        return number(Decimals.of(value), decimals, false);
    }

    /** The target in words. */
    private static String wanted(Target target, Numbers numbers) {
        if (target instanceof Target.Between band) {
            return numbers.number(band.low(), 0) + " to " + numbers.amount(band.high(), 0);
        } else if (target instanceof Target.Bound bound) {
            String word =
                    target instanceof Target.AtLeast ? "at least " : target instanceof Target.AtMost ? "at most " : "";
            return word + numbers.amount(bound.goal(), 0);
        }
        return "";
    }

    /** By how much a level is missed. */
    private static String missing(Target target, double value, Numbers numbers) {
        if (target.isMet(value)) {
            return "";
        }
        double bound;
        boolean below;
        if (target instanceof Target.Between band) {
            below = value < band.low();
            bound = below ? band.low() : band.high();
        } else if (target instanceof Target.Bound one) {
            below = one.rises();
            bound = one.goal();
        } else {
            return "";
        }
        int more = 0;
        while (more < MOST_DECIMALS && numbers.number(value, more).equals(numbers.number(bound, more))) {
            more++;
        }
        return ", " + numbers.difference(bound, value, more) + (below ? " short" : " over");
    }

    private static String attained(Attainment attainment) {
        return switch (attainment) {
            case MET -> "met";
            case MET_IN_DOUBT -> "met, but not yet beyond doubt";
            case NOT_MET, NOT_MET_IN_DOUBT -> "not met";
        };
    }

    /** What the progress is a share of; empty if the verdict says it all. */
    String explanation(KeyResultReport report, Measurement measured) {
        Target target = report.keyResult().target();
        Held held = report.held();
        if (report.keyResult().guard()) {
            return "A guard adds nothing to the progress; unless it holds, the objective is not on track.";
        } else if (held != null) {
            return held.hold().count() == Hold.Count.SUCCESSES
                    ? "Progress is the number of " + held.hold().grain().word() + "s met of those planned."
                    : "Progress is the share of the " + held.hold().grain().word()
                            + "s with data in which the level was held; all of them are expected.";
        } else if (target instanceof Target.Milestones milestones) {
            return "Steps: "
                    + milestones.steps().stream()
                            .map(step ->
                                    step.title() + (step.weight() == 1 ? "" : " (weight " + plain(step.weight()) + ")"))
                            .collect(Collectors.joining(", "))
                    + ".";
        } else if (target instanceof Target.Baseline) {
            return "A baseline has no progress: any number will do, and it counts in no objective.";
        } else if (!(target instanceof Target.Bound bound) || bound.start().isEmpty()) {
            return "There is no start to count from: when met it counts as 100 %, when not as 0 %.";
        } else {
            Numbers numbers = numbers(report.unit(), target, measured.value());
            int more = numbers.moreFor(target, measured);
            double start = bound.start().getAsDouble();
            String way = "The way from " + numbers.amount(start, 0) + " to " + numbers.amount(bound.goal(), 0) + " is "
                    + numbers.difference(bound.goal(), start, 0) + "; ";
            String done = numbers.difference(measured.value(), start, more);
            double raw = Progress.of(target, measured.value()).raw();
            if (raw < 0) {
                return way + "the value is " + done + " worse than at the start, which counts as 0 % in the objective.";
            }
            return way + "done so far: " + done + (raw > 1 ? ", which counts as 100 % in the objective." : ".");
        }
    }

    static String plain(double number) {
        return Decimals.of(number).stripTrailingZeros().toPlainString();
    }

    String verdict(ObjectiveReport report) {
        if (report.status() == Status.NOT_STARTED) {
            return "not started";
        }
        List<String> based = new ArrayList<>();
        if (!report.missing().isEmpty()) {
            int all = parts(report);
            based.add("from " + (all - report.missing().size()) + " of " + all + " "
                    + ofWhat(report.objective().rollUp())
                    + " (" + percent(report.coverage()) + " of the weight), no data for "
                    + String.join(", ", report.missing()));
        }
        if (!report.stale().isEmpty()) {
            based.add("stale: " + String.join(", ", report.stale()));
        }
        if (!report.brokenGuards().isEmpty()) {
            based.add((report.brokenGuards().size() == 1 ? "guard" : "guards") + " not known to hold: "
                    + report.brokenGuards().stream()
                            .map(k -> k.keyResult().id())
                            .collect(Collectors.joining(", ")));
        }
        String rest = based.isEmpty() ? "" : "; " + String.join("; ", based);
        if (report.progress().isEmpty()) {
            boolean nothingCounts = report.missing().isEmpty();
            return report.status() == Status.CLOSED
                    ? "closed without data"
                    : nothingCounts
                            ? report.status().words() + rest
                            : "no data for any "
                                    + (report.objective().rollUp().of() == RollUp.Parts.CHILDREN
                                            ? "objective below it"
                                            : "key result");
        }
        double progress = report.progress().getAsDouble();
        if (report.status() == Status.CLOSED) {
            Score score = report.score();
            return percent(progress) + " done at the close" + score(score)
                    + (score == null ? "" : " (" + score.reading() + ")") + rest;
        }
        String chance = report.probability().isPresent()
                ? "; " + chance(report.probability().getAsDouble()) + " chance"
                : "";
        String because = switch (report.verdict().basis()) {
            case GRACE -> " (grace period; " + report.verdict().computed().words() + " without it)";
            case WORST -> " (the worst of its parts)";
            case GUARD -> " (" + report.verdict().computed().words() + " if its guards held)";
            default -> "";
        };
        return pace(progress, report.expected(), " done") + chance + ": "
                + report.status().words() + because + rest;
    }

    private static int parts(ObjectiveReport report) {
        RollUp.Parts of = report.objective().rollUp().of();
        long keyResults =
                report.keyResults().stream().filter(k -> k.keyResult().counts()).count();
        return (int) ((of == RollUp.Parts.CHILDREN ? 0 : keyResults)
                + (of == RollUp.Parts.KEY_RESULTS ? 0 : report.children().size()));
    }

    private static String ofWhat(RollUp rollUp) {
        return switch (rollUp.of()) {
            case KEY_RESULTS -> "key results";
            case CHILDREN -> "objectives";
            case BOTH -> "parts";
        };
    }

    /** Done and expected, with so many decimals that what differs looks different. */
    private String pace(double actual, double expected, String done) {
        int decimals = 0;
        while (decimals < MOST_DECIMALS
                && ((actual != expected && percent(actual, decimals).equals(percent(expected, decimals)))
                        || (actual < 1 && percent(actual, decimals).equals(percent(1, decimals))))) {
            decimals++;
        }
        return percent(actual, decimals) + done + ", " + percent(expected, decimals) + " expected";
    }

    /** A share in whole percent, or with so many decimals that what is not all does not look like it. */
    String percent(double share) {
        int decimals = 0;
        while (decimals < MOST_DECIMALS && share < 1 && percent(share, decimals).equals(percent(1, decimals))) {
            decimals++;
        }
        return percent(share, decimals);
    }

    String percent(double share, int decimals) {
        return number(Decimals.of(share).movePointRight(2), decimals, false) + " %";
    }

    String money(Money money) {
        boolean whole = money.amount().stripTrailingZeros().scale() <= 0;
        return number(money.amount(), whole ? 0 : Money.digits(money.currency()), true) + " " + money.currency();
    }

    private String number(BigDecimal value, int decimals, boolean grouped) {
        DecimalFormat format = new DecimalFormat(grouped ? "#,##0" : "0", DecimalFormatSymbols.getInstance(locale));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value.setScale(decimals, RoundingMode.HALF_UP));
    }

    /**
     * One scale and number of decimals for all numbers about a key result: the coarsest that shows start and target as they
     * were written. From 5 to 3 minutes is told in minutes, to 185 seconds in seconds.
     */
    private Numbers numbers(Unit unit, Target target, double current) {
        double[] stated = stated(target);
        double finest = Arrays.stream(stated)
                .map(Math::abs)
                .filter(value -> value > 0)
                .min()
                .orElse(0);
        double usual = finest == 0 ? Math.abs(current) : finest;
        for (int more = 0; more < MOST_DECIMALS; more++) {
            for (double scale : new double[] {usual, HOURS, MINUTES, SECONDS}) {
                Numbers numbers = new Numbers(unit, scale, more, locale);
                if (scale <= usual && Arrays.stream(stated).allMatch(numbers::isExact)) {
                    return numbers;
                }
            }
        }
        return new Numbers(unit, usual, 0, locale);
    }

    /** The numbers that a target states. */
    private static double[] stated(Target target) {
        if (target instanceof Target.Between band) {
            return new double[] {band.low(), band.high()};
        } else if (target instanceof Target.Bound bound) {
            return new double[] {bound.start().orElse(bound.goal()), bound.goal()};
        }
        return new double[0];
    }

    /** Numbers in one scale. */
    private record Numbers(Unit unit, double scale, int decimals, Locale locale) {

        private String number(double value, int more) {
            return unit.number(value, scale, decimals + more, locale);
        }

        String amount(double value, int more) {
            return number(value, more) + unit.suffix(scale);
        }

        String difference(double a, double b, int more) {
            String suffix = unit.equals(Unit.SHARE)
                    ? " percentage points"
                    : unit.equals(Unit.POINTS) ? " points" : unit.suffix(scale);
            return number(Math.abs(Decimals.minus(a, b)), more) + suffix;
        }

        String interval(Interval interval, int more) {
            return switch (interval.kind()) {
                case BOUNDED -> LEVEL + number(interval.low(), more) + "…" + number(interval.high(), more);
                case UNBOUNDED -> LEVEL + "unbounded";
                case UNDEFINED -> "no interval: " + interval.method();
            };
        }

        boolean isExact(double value) {
            String shown = unit.number(value, scale, decimals, Locale.ROOT);
            String finer = unit.number(value, scale, decimals + MOST_DECIMALS, Locale.ROOT);
            return new BigDecimal(shown).compareTo(new BigDecimal(finer)) == 0;
        }

        /** How many more decimals tell the value from the target and the bounds of the interval from each other. */
        int moreFor(Target target, Measurement measured) {
            int more = 0;
            while (more < MOST_DECIMALS
                    && (looksLikeAGoal(target, measured.value(), more)
                            || (measured.estimate() != null
                                    && looksLike(
                                            measured.interval().low(),
                                            measured.interval().high(),
                                            more)))) {
                more++;
            }
            return more;
        }

        private boolean looksLikeAGoal(Target target, double value, int more) {
            if (target instanceof Target.Between band) {
                return looksLike(value, band.low(), more) || looksLike(value, band.high(), more);
            }
            return target instanceof Target.Bound bound && looksLike(value, bound.goal(), more);
        }

        private boolean looksLike(double a, double b, int more) {
            return Double.compare(a, b) != 0 && number(a, more).equals(number(b, more));
        }
    }
}
