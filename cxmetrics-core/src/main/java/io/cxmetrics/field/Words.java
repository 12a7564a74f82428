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
            return "(" + left(arithmetic) + " " + arithmetic.operator().symbol() + " " + right(arithmetic) + ")";
        } else if (node instanceof Quantity.Choice<?> choice) {
            return choice.isIndicator()
                    ? "[" + unwrapped(of(choice.when())) + "]"
                    : "(" + of(choice.then()) + " if " + of(choice.when()) + ", else " + of(choice.otherwise()) + ")";
        } else if (node instanceof Condition.Compare compare) {
            String symbol = compare.operator().symbol().replace("<=", "≤").replace(">=", "≥");
            return of(compare.left()) + " " + symbol + " " + of(compare.right());
        } else if (node instanceof Condition.TextIn in) {
            return of(in.text()) + " is " + String.join(" or ", in.values());
        } else if (node instanceof Condition.Missing missing) {
            return of(missing.of()) + " is missing";
        } else if (node instanceof Condition.Not not) {
            return not.of() instanceof Condition.Missing missing
                    ? of(missing.of()) + " is known"
                    : "not " + of(not.of());
        } else if (node instanceof Condition.All all) {
            return joined(all.of(), " and ");
        } else if (node instanceof Condition.Any any) {
            return joined(any.of(), " or ");
        }
        return "always";
    }

    /** The left operand, in parentheses only where a product needs them around a sum. */
    private static String left(Quantity.Arithmetic<?> node) {
        String text = of(node.left());
        boolean bare = node.left() instanceof Quantity.Arithmetic<?> left && (isSum(node) || !isSum(left));
        return bare ? text.substring(1, text.length() - 1) : text;
    }

    /** The right operand; what follows a plus needs no parentheses. */
    private static String right(Quantity.Arithmetic<?> node) {
        String text = of(node.right());
        boolean bare = node.right() instanceof Quantity.Arithmetic<?> right
                && (node.operator() == Quantity.Arithmetic.Operator.PLUS
                        || (node.operator() == Quantity.Arithmetic.Operator.MINUS && !isSum(right)));
        return bare ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isSum(Quantity.Arithmetic<?> node) {
        return node.operator() == Quantity.Arithmetic.Operator.PLUS
                || node.operator() == Quantity.Arithmetic.Operator.MINUS;
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
