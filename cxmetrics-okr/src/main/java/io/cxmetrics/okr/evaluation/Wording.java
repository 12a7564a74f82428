package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import io.cxmetrics.okr.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.stream.Collectors;

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
        if (status == Status.NOT_STARTED) {
            return "not started";
        } else if (measured == null) {
            return (status == Status.CLOSED ? "closed without data: " : "no data: ") + report.noData();
        }
        Target target = report.keyResult().target();
        Progress progress = Progress.of(target, measured.value());
        Attainment attainment = Attainment.of(target, measured.value(), measured.interval());
        Numbers numbers = numbers(report.kpi().unit(), target, measured.value());
        int more = numbers.moreFor(target, measured);
        String current = numbers.amount(measured.value(), more);
        String goal = bound(target) + numbers.amount(target.goal(), 0);
        String interval = " (" + numbers.interval(measured.interval(), more) + ")";
        StringBuilder text = new StringBuilder();
        String done = "";
        if (target.start().isPresent()) {
            String start = numbers.amount(target.start().getAsDouble(), 0);
            text.append(start + " → " + current + " of " + goal + interval + "; ");
            done = " done";
        } else {
            text.append(current + interval + ", wanted " + goal);
            if (!attainment.isMet()) {
                text.append(", " + numbers.difference(target.goal(), measured.value(), more))
                        .append(target.rises() ? " short" : " over");
            }
            text.append("; counts as ");
        }
        if (status == Status.CLOSED) {
            return text.append(percent(progress.raw()))
                    .append(done)
                    .append(" at the close: ")
                    .append(attained(attainment))
                    .toString();
        }
        text.append(pace(progress.raw(), report.expected(), done)).append(": ").append(status.words());
        return attainment.isMet()
                ? text.append("; ").append(attained(attainment)).toString()
                : text.toString();
    }

    private static String attained(Attainment attainment) {
        return switch (attainment) {
            case MET -> "met";
            case MET_IN_DOUBT -> "met, but not yet beyond doubt";
            case NOT_MET, NOT_MET_IN_DOUBT -> "not met";
        };
    }

    private static String bound(Target target) {
        return target instanceof Target.AtLeast ? "at least " : target instanceof Target.AtMost ? "at most " : "";
    }

    /** What the progress is a share of. */
    String explanation(KeyResultReport report, Measurement measured) {
        Target target = report.keyResult().target();
        if (target.start().isEmpty()) {
            return "There is no start to count from: when met it counts as 100 %, when not as 0 %.";
        }
        Numbers numbers = numbers(report.kpi().unit(), target, measured.value());
        int more = numbers.moreFor(target, measured);
        double start = target.start().getAsDouble();
        String way = "The way from " + numbers.amount(start, 0) + " to " + numbers.amount(target.goal(), 0) + " is "
                + numbers.difference(target.goal(), start, 0) + "; ";
        String done = numbers.difference(measured.value(), start, more);
        double raw = Progress.of(target, measured.value()).raw();
        if (raw < 0) {
            return way + "the value is " + done + " worse than at the start, which counts as 0 % in the objective.";
        }
        return way + "done so far: " + done + (raw > 1 ? ", which counts as 100 % in the objective." : ".");
    }

    String verdict(ObjectiveReport report) {
        if (report.status() == Status.NOT_STARTED) {
            return "not started";
        }
        int all = report.keyResults().size();
        int with = all - report.withoutData().size();
        String based = "";
        if (with < all) {
            based = "; from " + with + " of " + all + " key results (" + percent(report.coverage())
                    + " of the weight), no data for "
                    + report.withoutData().stream().map(k -> k.keyResult().id()).collect(Collectors.joining(", "));
        }
        if (report.progress().isEmpty()) {
            return report.status() == Status.CLOSED ? "closed without data" : "no data for any key result";
        }
        double progress = report.progress().getAsDouble();
        return report.status() == Status.CLOSED
                ? percent(progress) + " done at the close" + based
                : pace(progress, report.expected(), " done") + ": "
                        + report.status().words() + based;
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
    private String percent(double share) {
        int decimals = 0;
        while (decimals < MOST_DECIMALS && share < 1 && percent(share, decimals).equals(percent(1, decimals))) {
            decimals++;
        }
        return percent(share, decimals);
    }

    private String percent(double share, int decimals) {
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
        double goal = target.goal();
        double start = target.start().orElse(goal);
        double finest = goal == 0 ? start : start == 0 ? goal : Math.min(Math.abs(goal), Math.abs(start));
        double usual = finest == 0 ? Math.abs(current) : Math.abs(finest);
        for (int more = 0; more < MOST_DECIMALS; more++) {
            for (double scale : new double[] {usual, HOURS, MINUTES, SECONDS}) {
                Numbers numbers = new Numbers(unit, scale, more, locale);
                if (scale <= usual && numbers.isExact(start) && numbers.isExact(goal)) {
                    return numbers;
                }
            }
        }
        return new Numbers(unit, usual, 0, locale);
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
                    && (looksLike(measured.value(), target.goal(), more)
                            || looksLike(
                                    measured.interval().low(),
                                    measured.interval().high(),
                                    more))) {
                more++;
            }
            return more;
        }

        private boolean looksLike(double a, double b, int more) {
            return Double.compare(a, b) != 0 && number(a, more).equals(number(b, more));
        }
    }
}
