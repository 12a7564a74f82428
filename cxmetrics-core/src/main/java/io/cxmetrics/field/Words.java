package io.cxmetrics.field;

import java.util.List;
import java.util.stream.Collectors;

/** Expressions as people say them: without types and ranges, which the canonical form has. */
final class Words {

    private Words() {}

    static String of(Expression node) {
        if (node instanceof Quantity.Of<?> of) {
            return of.field().name();
        } else if (node instanceof Text text) {
            return text.field().name();
        } else if (node instanceof Condition.Flag flag) {
            return flag.field().name();
        } else if (node instanceof Quantity.Constant<?> constant) {
            return constant.toString();
        } else if (node instanceof Quantity.Within<?> within) {
            return of(within.of());
        } else if (node instanceof Quantity.Arithmetic<?> arithmetic) {
            boolean isSum = arithmetic.operator() == Quantity.Arithmetic.Operator.PLUS
                    || arithmetic.operator() == Quantity.Arithmetic.Operator.MINUS;
            String left = of(arithmetic.left());
            return "(" + (isSum ? unwrapped(left) : left) + " "
                    + arithmetic.operator().symbol() + " " + of(arithmetic.right()) + ")";
        } else if (node instanceof Condition.Compare compare) {
            String symbol = compare.operator().symbol().replace("<=", "≤").replace(">=", "≥");
            return of(compare.left()) + " " + symbol + " " + of(compare.right());
        } else if (node instanceof Condition.TextIn in) {
            return of(in.text()) + " is " + String.join(" or ", in.values());
        } else if (node instanceof Condition.Missing missing) {
            return of(missing.of()) + " is missing";
        } else if (node instanceof Condition.Not not) {
            return "not " + of(not.of());
        } else if (node instanceof Condition.All all) {
            return joined(all.of(), " and ");
        } else if (node instanceof Condition.Any any) {
            return joined(any.of(), " or ");
        }
        return "always";
    }

    private static String joined(List<Condition> of, String word) {
        return of.stream().map(Words::of).collect(Collectors.joining(word, "(", ")"));
    }

    private static String unwrapped(String text) {
        return text.startsWith("(") && text.indexOf(')') == text.length() - 1
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
