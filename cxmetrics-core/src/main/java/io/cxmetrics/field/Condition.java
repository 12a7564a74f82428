package io.cxmetrics.field;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that holds, does not hold, or is unknown in a row.
 *
 * @since 0.1
 */
public sealed interface Condition extends Expression
        permits Condition.Always,
                Condition.Flag,
                Condition.Compare,
                Condition.TextIn,
                Condition.Missing,
                Condition.All,
                Condition.Any,
                Condition.Not {

    /**
     * The condition that always holds.
     *
     * @return the condition
     */
    static Condition always() {
        return new Always();
    }

    /**
     * Holds where every condition holds; false where one is false; otherwise unknown.
     *
     * @param conditions the conditions
     * @return the conjunction; {@link #always()} if there are none
     */
    static Condition all(Condition... conditions) {
        List<Condition> parts = Arrays.stream(conditions)
                .flatMap(c -> c instanceof All nested ? nested.of().stream() : Stream.of(c))
                .filter(c -> !(c instanceof Always))
                .distinct()
                .toList();
        return parts.isEmpty() ? always() : parts.size() == 1 ? parts.get(0) : new All(parts);
    }

    /**
     * Holds where one of the conditions holds; false where all are false; otherwise unknown.
     *
     * @param conditions at least one condition
     * @return the disjunction
     * @throws IllegalArgumentException if there are none
     */
    static Condition any(Condition... conditions) {
        List<Condition> parts = Arrays.stream(conditions)
                .flatMap(c -> c instanceof Any nested ? nested.of().stream() : Stream.of(c))
                .distinct()
                .toList();
        return parts.size() == 1 ? parts.get(0) : new Any(parts);
    }

    /**
     * Holds where this and another condition hold.
     *
     * @param other the other condition
     * @return the conjunction
     */
    default Condition and(Condition other) {
        return all(this, other);
    }

    /**
     * Holds where this or another condition holds.
     *
     * @param other the other condition
     * @return the disjunction
     */
    default Condition or(Condition other) {
        return any(this, other);
    }

    /**
     * Holds where this is false; unknown stays unknown.
     *
     * @return the negation
     */
    default Condition not() {
        return this instanceof Not not ? not.of() : new Not(this);
    }

    /**
     * Holds where this is unknown because a field is missing.
     *
     * @return the condition
     */
    default Condition isMissing() {
        return new Missing(this);
    }

    /**
     * One of two quantities: the first where this holds, the second where it does not; missing where this is unknown.
     *
     * @param <T> the Java type of the values
     * @param then the value where this holds
     * @param otherwise the value where this does not hold
     * @return the chosen quantity
     * @throws IllegalArgumentException if the two are of different types or currencies
     */
    default <T> Quantity<T> choose(Quantity<T> then, Quantity<T> otherwise) {
        return new Quantity.Choice<>(this, then, otherwise);
    }

    /**
     * 1 where this holds and 0 where it does not: what to sum in order to count.
     *
     * @return the whole number; missing where this is unknown
     */
    default Quantity<Long> indicator() {
        return choose(Field.constant(1L), Field.constant(0L));
    }

    /** Always holds. */
    record Always() implements Condition {
        @Override
        public List<Expression> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return "always";
        }
    }

    /**
     * A flag field is true.
     *
     * @param field the field
     */
    record Flag(Field field) implements Condition {
        /**
         * Checks the type.
         *
         * @throws IllegalArgumentException if the field is not a flag
         */
        public Flag {
            if (field.type() != FieldType.FLAG) {
                throw new IllegalArgumentException(field + " is not a flag");
            }
        }

        @Override
        public List<Expression> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return field.toString();
        }
    }

    /** The relations between two quantities. */
    enum Operator {
        /** Less than. */
        LT("<"),
        /** At most. */
        LE("<="),
        /** Greater than. */
        GT(">"),
        /** At least. */
        GE(">="),
        /** Equal. */
        EQ("=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /**
         * The sign of the relation.
         *
         * @return one or two characters
         */
        public String symbol() {
            return symbol;
        }
    }

    /**
     * A relation between two quantities of one type.
     *
     * @param left the left side
     * @param operator the relation
     * @param right the right side
     */
    record Compare(Quantity<?> left, Operator operator, Quantity<?> right) implements Condition {
        /**
         * Checks that the sides can be compared.
         *
         * @throws IllegalArgumentException naming both, if their types or currencies differ
         */
        public Compare {
            if (left.type() != right.type() || !java.util.Objects.equals(left.currency(), right.currency())) {
                throw new IllegalArgumentException(
                        "cannot compare " + left + " with " + right + ": a " + left.type() + " and a " + right.type());
            }
        }

        @Override
        public List<Expression> operands() {
            return List.of(left, right);
        }

        @Override
        public String toString() {
            return left + " " + operator.symbol() + " " + right;
        }
    }

    /**
     * A text is one of several values.
     *
     * @param text the text
     * @param values the values; kept sorted and without repetition
     */
    record TextIn(Text text, List<String> values) implements Condition {
        /**
         * Sorts the values.
         *
         * @throws IllegalArgumentException if there are none
         */
        public TextIn {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("'" + text + " in …' needs at least one value");
            }
            values = values.stream().distinct().sorted().toList();
        }

        @Override
        public List<Expression> operands() {
            return List.of(text);
        }

        @Override
        public String toString() {
            return values.size() == 1
                    ? text + " = " + Text.quote(values.get(0))
                    : text + " in [" + values.stream().map(Text::quote).collect(Collectors.joining(", ")) + "]";
        }
    }

    /**
     * A value is missing. Where it is rejected, this is unknown, and the observation is rejected.
     *
     * @param of the value
     */
    record Missing(Expression of) implements Condition {
        @Override
        public List<Expression> operands() {
            return List.of(of);
        }

        @Override
        public String toString() {
            return "missing(" + of + ")";
        }
    }

    /**
     * All conditions hold.
     *
     * @param of one or more conditions
     */
    record All(List<Condition> of) implements Condition {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public All {
            of = List.copyOf(of);
            if (of.isEmpty()) {
                throw new IllegalArgumentException("'all of' needs at least one condition");
            }
        }

        @Override
        public List<Expression> operands() {
            return List.copyOf(of);
        }

        @Override
        public String toString() {
            return joined(of, " and ");
        }
    }

    /**
     * One of the conditions holds.
     *
     * @param of one or more conditions
     */
    record Any(List<Condition> of) implements Condition {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Any {
            of = List.copyOf(of);
            if (of.isEmpty()) {
                throw new IllegalArgumentException("'any of' needs at least one condition");
            }
        }

        @Override
        public List<Expression> operands() {
            return List.copyOf(of);
        }

        @Override
        public String toString() {
            return joined(of, " or ");
        }
    }

    /**
     * A condition is false.
     *
     * @param of the condition
     */
    record Not(Condition of) implements Condition {
        @Override
        public List<Expression> operands() {
            return List.of(of);
        }

        @Override
        public String toString() {
            return "not(" + of + ")";
        }
    }

    private static String joined(List<Condition> of, String word) {
        return of.stream().map(Object::toString).sorted().collect(Collectors.joining(word, "(", ")"));
    }
}
