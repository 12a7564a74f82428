package io.cxmetrics.okr.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.MoneyJson;
import io.cxmetrics.json.Problems;
import io.cxmetrics.stats.Ratio;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values in a KPI's unit, as a plan writes them. */
final class Amounts {
    private static final Pattern PERCENT = Pattern.compile("(-?\\d{1,300}(?:\\.\\d{1,300})?) ?%");
    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,300}(?:\\.\\d{1,300})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Amounts() {}

    /**
     * What values are read in.
     *
     * @param unit the unit
     * @param name what is measured, for messages
     * @param bounded whether a share is of something, from 0 to 1
     */
    record Scale(Unit unit, String name, boolean bounded) {
        static Scale of(Kpi<?> kpi) {
            // A ratio of two amounts, such as a return on investment, can be more than all.
            return new Scale(kpi.unit(), kpi.id(), !(kpi.definition() instanceof Ratio.Definition));
        }

        static Scale of(Unit unit) {
            return new Scale(unit, "the key result", true);
        }
    }

    /** The value in the base unit, or a problem. */
    static OptionalDouble read(LocatedJson node, Scale scale, Problems problems) {
        Unit unit = scale.unit();
        Currency currency = unit.currency();
        if (unit.equals(Unit.SHARE)) {
            return share(node, scale, problems);
        } else if (unit.equals(Unit.SECONDS)) {
            return duration(node, problems);
        } else if (currency != null) {
            return money(node, currency, problems);
        }
        if (node.is(LocatedJson.Kind.NUMBER) && Double.isFinite(node.number().doubleValue())) {
            return OptionalDouble.of(node.number().doubleValue());
        }
        problems.add(node, "a plain number such as 42: \"" + scale.name() + "\" is measured in " + inUnit(unit));
        return OptionalDouble.empty();
    }

    private static String inUnit(Unit unit) {
        return unit.equals(Unit.POINTS) ? "points" : unit.equals(Unit.RATING) ? "points of a scale" : "numbers";
    }

    private static OptionalDouble share(LocatedJson node, Scale scale, Problems problems) {
        Matcher percent = PERCENT.matcher(node.is(LocatedJson.Kind.TEXT) ? node.text() : "");
        if (percent.matches()) {
            BigDecimal share = new BigDecimal(percent.group(1)).divide(HUNDRED);
            if (scale.bounded() && (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0)) {
                problems.add(node, "a share from 0% to 100%");
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(share.doubleValue());
        }
        problems.add(node, "a share in percent such as \"40%\"" + readings(node));
        return OptionalDouble.empty();
    }

    private static String readings(LocatedJson node) {
        if (node.is(LocatedJson.Kind.OBJECT) || !PLAIN.matcher(node.text()).matches()) {
            return "";
        }
        BigDecimal number = new BigDecimal(node.text());
        String asFactor = "\"" + plain(number.multiply(HUNDRED)) + "%\"";
        String asPercent = "\"" + plain(number) + "%\"";
        boolean small = number.abs().compareTo(BigDecimal.ONE) <= 0;
        return "; " + node.text() + " could mean " + (small ? asFactor : asPercent) + " or "
                + (small ? asPercent : asFactor) + ": write the one you mean";
    }

    private static OptionalDouble duration(LocatedJson node, Problems problems) {
        if (node.is(LocatedJson.Kind.TEXT)) {
            try {
                Duration duration = Duration.parse(node.text());
                return OptionalDouble.of(BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9))
                        .doubleValue());
            } catch (DateTimeException e) {
                // Noted below like every other value that is not a duration.
            }
        }
        String number = node.text();
        boolean plain =
                node.is(LocatedJson.Kind.NUMBER) && PLAIN.matcher(number).matches();
        problems.add(
                node,
                "an ISO 8601 duration such as \"PT5M\""
                        + (plain
                                ? "; " + number + " could mean \"PT" + number + "S\" or, if whole, \"PT" + number
                                        + "M\": write the one you mean"
                                : ""));
        return OptionalDouble.empty();
    }

    private static OptionalDouble money(LocatedJson node, Currency currency, Problems problems) {
        if (node.is(LocatedJson.Kind.NUMBER)) {
            problems.add(
                    node, "money in " + currency + " such as {\"amount\": 12, \"currency\": \"" + currency + "\"}");
            return OptionalDouble.empty();
        }
        Money money = MoneyJson.read(node, problems).orElse(null);
        if (money == null) {
            return OptionalDouble.empty();
        }
        if (!money.currency().equals(currency)) {
            problems.add(node, money.toString(), "an amount in " + currency + ", the currency of the KPI");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(money.amount().doubleValue());
    }

    /** What {@link #read} reads as the same value. */
    static Object write(double value, Unit unit) {
        BigDecimal exact = new BigDecimal(Double.toString(value));
        Currency currency = unit.currency();
        if (unit.equals(Unit.SHARE)) {
            return plain(exact.multiply(HUNDRED)) + "%";
        } else if (unit.equals(Unit.SECONDS)) {
            return duration(exact).toString();
        } else if (currency != null) {
            return money(new Money(exact, currency));
        }
        return number(exact);
    }

    static Map<String, Object> money(Money money) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("amount", number(money.amount()));
        members.put("currency", money.currency().getCurrencyCode());
        return members;
    }

    private static Duration duration(BigDecimal seconds) {
        try {
            BigInteger nanos = seconds.movePointRight(9).toBigIntegerExact();
            BigInteger[] parts = nanos.divideAndRemainder(BigInteger.TEN.pow(9));
            return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a target of " + seconds + " s cannot be written exactly; round it to whole nanoseconds", e);
        }
    }

    /** The number as a person would write it. */
    static BigDecimal number(BigDecimal exact) {
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.scale() < 0 && stripped.precision() - stripped.scale() <= 18 ? stripped.setScale(0) : stripped;
    }

    private static String plain(BigDecimal exact) {
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
