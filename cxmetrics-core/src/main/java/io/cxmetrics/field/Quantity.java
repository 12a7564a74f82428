package io.cxmetrics.field;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A value with an order: a whole number, number, duration, instant, date or amount of money.
 *
 * <p>Arithmetic is defined where it means something: sums and differences of whole numbers, numbers, durations and money of
 * one currency; {@code instant − instant} is a duration; {@code instant ± duration} is an instant; products of numbers;
 * quotients of two quantities of one type (a number). A result outside the type's range, or a division by zero, is
 * rejected. A missing operand makes the result missing.
 *
 * @param <T> the Java type of the value
 * @since 0.1
 */
public sealed interface Quantity<T> extends Expression
        permits Quantity.Of, Quantity.Constant, Quantity.Within, Quantity.Arithmetic, Quantity.Choice {

    /**
     * The type of the value.
     *
     * @return a type that {@linkplain FieldType#isQuantity() has an order}
     */
    FieldType type();

    /**
     * The currency of an amount of money.
     *
     * @return the currency, or null if the type is not money
     */
    @Nullable
    Currency currency();

    /**
     * A constant of the same type as this quantity.
     *
     * @param value the value
     * @return the constant
     * @throws IllegalArgumentException if the value is out of the type's range or of another currency
     */
    default Quantity<T> constant(T value) {
        return new Constant<>(type(), encoded(value), currency());
    }

    /**
     * Holds where this is less than a value.
     *
     * @param value the value
     * @return the condition
     */
    default Condition lt(T value) {
        return new Condition.Compare(this, Condition.Operator.LT, constant(value));
    }

    /**
     * Holds where this is at most a value.
     *
     * @param value the value
     * @return the condition
     */
    default Condition le(T value) {
        return new Condition.Compare(this, Condition.Operator.LE, constant(value));
    }

    /**
     * Holds where this is greater than a value.
     *
     * @param value the value
     * @return the condition
     */
    default Condition gt(T value) {
        return new Condition.Compare(this, Condition.Operator.GT, constant(value));
    }

    /**
     * Holds where this is at least a value.
     *
     * @param value the value
     * @return the condition
     */
    default Condition ge(T value) {
        return new Condition.Compare(this, Condition.Operator.GE, constant(value));
    }

    /**
     * Holds where this equals a value.
     *
     * @param value the value
     * @return the condition
     */
    default Condition is(T value) {
        return new Condition.Compare(this, Condition.Operator.EQ, constant(value));
    }

    /**
     * Holds where this lies between two values, both included.
     *
     * @param low the lower bound
     * @param high the upper bound
     * @return the condition
     */
    default Condition between(T low, T high) {
        return ge(low).and(le(high));
    }

    /**
     * Holds where this relates to another quantity of the same type as the operator says.
     *
     * @param operator the relation
     * @param other the other quantity
     * @return the condition
     */
    default Condition compare(Condition.Operator operator, Quantity<T> other) {
        return new Condition.Compare(this, operator, other);
    }

    /**
     * Holds where this is missing.
     *
     * @return the condition
     */
    default Condition isMissing() {
        return new Condition.Missing(this);
    }

    /**
     * This quantity where it lies in a range; a value outside is <em>rejected</em>, as a rating off its scale is.
     *
     * @param low the lowest allowed value
     * @param high the highest allowed value
     * @return the checked quantity
     * @throws IllegalArgumentException if low is greater than high
     */
    default Quantity<T> within(T low, T high) {
        return new Within<>(this, encoded(low), encoded(high));
    }

    /**
     * This quantity where it is at least a value; a smaller one is rejected.
     *
     * @param low the lowest allowed value
     * @return the checked quantity
     */
    default Quantity<T> atLeast(T low) {
        return new Within<>(this, encoded(low), type().maximum());
    }

    private long encoded(T value) {
        Currency currency = currency();
        if (value instanceof Money money && !money.currency().equals(currency)) {
            throw new IllegalArgumentException(money + " compared with " + this + ", which is in " + currency);
        }
        return type().encode(value);
    }

    /**
     * The sum with another quantity.
     *
     * @param other the other quantity
     * @return the sum
     */
    default Quantity<T> plus(Quantity<?> other) {
        return new Arithmetic<>(this, Arithmetic.Operator.PLUS, other);
    }

    /**
     * The difference from another quantity of the same kind.
     *
     * @param other what is taken away
     * @return the difference
     */
    default Quantity<T> minus(Quantity<?> other) {
        return new Arithmetic<>(this, Arithmetic.Operator.MINUS, other);
    }

    /**
     * The time from another instant to this one.
     *
     * @param earlier the earlier instant
     * @return the duration, negative if {@code earlier} is later
     */
    default Quantity<java.time.Duration> since(Quantity<java.time.Instant> earlier) {
        return new Arithmetic<>(this, Arithmetic.Operator.MINUS, earlier);
    }

    /**
     * The product of two numbers, a number.
     *
     * @param other the other factor
     * @return the product
     */
    default Quantity<Double> times(Quantity<?> other) {
        return new Arithmetic<>(this, Arithmetic.Operator.TIMES, other);
    }

    /**
     * The quotient of two quantities of one type, a number.
     *
     * @param other the divisor; where it is 0 the result is rejected
     * @return the quotient
     */
    default Quantity<Double> dividedBy(Quantity<?> other) {
        return new Arithmetic<>(this, Arithmetic.Operator.DIVIDED_BY, other);
    }

    /**
     * The sum of several quantities of one type. The operands are joined as a balanced tree, which keeps the expression
     * shallow.
     *
     * @param <T> the Java type of the values
     * @param of at least one quantity
     * @return the sum
     * @throws IllegalArgumentException if there are none
     */
    static <T> Quantity<T> sum(List<? extends Quantity<T>> of) {
        if (of.isEmpty()) {
            throw new IllegalArgumentException("a sum needs at least one quantity");
        }
        int half = (of.size() + 1) / 2;
        return of.size() == 1
                ? of.get(0)
                : Quantity.<T>sum(of.subList(0, half)).plus(Quantity.<T>sum(of.subList(half, of.size())));
    }

    /**
     * The bucket that a value lies in, for a dimension: how many of the bounds are at or below it.
     *
     * <pre>{@code
     * duration("delay").buckets(List.of(Duration.ofHours(4), Duration.ofHours(24)))   // 0: under 4 h, 1: 4 to 24 h, 2: 24 h and over
     * }</pre>
     *
     * @param bounds the lower bounds of all buckets but the first, in rising order
     * @return the number of the bucket, from 0
     * @throws IllegalArgumentException if there are no bounds, or they do not rise
     */
    default Quantity<Long> buckets(List<T> bounds) {
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException("buckets need at least one bound");
        }
        Quantity<Long> bucket = Field.constant((long) bounds.size());
        for (int i = bounds.size() - 1; i >= 0; i--) {
            if (i > 0 && !(encoded(bounds.get(i - 1)) < encoded(bounds.get(i)))) {
                throw new IllegalArgumentException("the bounds of buckets must rise; found " + bounds);
            }
            bucket = lt(bounds.get(i)).choose(Field.constant((long) i), bucket);
        }
        return bucket;
    }

    /**
     * The value of a field.
     *
     * @param <T> the Java type of the value
     * @param field the field
     */
    record Of<T>(Field field) implements Quantity<T> {
        /**
         * Checks the type.
         *
         * @throws IllegalArgumentException if the field has no order
         */
        public Of {
            if (!field.type().isQuantity()) {
                throw new IllegalArgumentException(field + " is not a quantity");
            }
        }

        @Override
        public FieldType type() {
            return field.type();
        }

        @Override
        public @Nullable Currency currency() {
            return field.currency();
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

    /**
     * A constant.
     *
     * @param <T> the Java type of the value
     * @param type its type
     * @param encoded the value as {@link FieldType#encode} gives it
     * @param currency the currency of money, else null
     */
    record Constant<T>(
            FieldType type, long encoded, @Nullable Currency currency) implements Quantity<T> {
        @Override
        public List<Expression> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return currency == null
                    ? type.text(encoded)
                    : new Money(BigDecimal.valueOf(encoded, Money.digits(currency)), currency).toString();
        }
    }

    /**
     * A quantity whose values outside a range are rejected.
     *
     * @param <T> the Java type of the value
     * @param of the quantity
     * @param low the lowest allowed value, encoded
     * @param high the highest allowed value, encoded
     */
    record Within<T>(Quantity<T> of, long low, long high) implements Quantity<T> {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if low is greater than high
         */
        public Within {
            if (low > high) {
                throw new IllegalArgumentException(
                        "the range " + of.type().text(low) + "…" + of.type().text(high) + " of " + of + " is empty");
            }
        }

        @Override
        public FieldType type() {
            return of.type();
        }

        @Override
        public @Nullable Currency currency() {
            return of.currency();
        }

        @Override
        public List<Expression> operands() {
            return List.of(of);
        }

        /**
         * The range in its canonical form.
         *
         * @return such as {@code 0…10} or {@code at least PT0S}
         */
        public String range() {
            return range(type()::text);
        }

        /**
         * The range as a message says it.
         *
         * @return such as {@code 0…10} or {@code at least 0 s}
         */
        public String shownRange() {
            return range(type()::shown);
        }

        private String range(LongFunction<String> text) {
            return high == type().maximum() ? "at least " + text.apply(low) : text.apply(low) + "…" + text.apply(high);
        }

        @Override
        public String toString() {
            return of + " within " + range();
        }
    }

    /**
     * Two quantities joined by an operator of arithmetic.
     *
     * @param <T> the Java type of the result
     * @param left the left operand
     * @param operator the operator
     * @param right the right operand
     */
    record Arithmetic<T>(Quantity<?> left, Operator operator, Quantity<?> right) implements Quantity<T> {

        /** The operators. */
        public enum Operator {
            /** Sum. */
            PLUS("+"),
            /** Difference. */
            MINUS("-"),
            /** Product. */
            TIMES("*"),
            /** Quotient. */
            DIVIDED_BY("/");

            private final String symbol;

            Operator(String symbol) {
                this.symbol = symbol;
            }

            /**
             * The sign of the operator.
             *
             * @return one character
             */
            public String symbol() {
                return symbol;
            }
        }

        /**
         * Checks that the operation means something.
         *
         * @throws IllegalArgumentException naming both operands, if it does not
         */
        public Arithmetic {
            resultType(left, operator, right);
        }

        private static FieldType resultType(Quantity<?> left, Operator operator, Quantity<?> right) {
            FieldType a = left.type();
            FieldType b = right.type();
            boolean numbers = isNumber(a) && isNumber(b);
            boolean alike = a == b && java.util.Objects.equals(left.currency(), right.currency());
            switch (operator) {
                case PLUS, MINUS -> {
                    if (alike && a.isSummable()) {
                        return a;
                    }
                    if (numbers) {
                        return FieldType.NUMBER;
                    }
                    if (a == FieldType.INSTANT && b == FieldType.DURATION) {
                        return a;
                    }
                    if (a == FieldType.INSTANT && b == a && operator == Operator.MINUS) {
                        return FieldType.DURATION;
                    }
                }
                case TIMES -> {
                    if (numbers) {
                        return FieldType.NUMBER;
                    }
                }
                case DIVIDED_BY -> {
                    if (numbers || (alike && a.isSummable())) {
                        return FieldType.NUMBER;
                    }
                }
            }
            throw new IllegalArgumentException("a " + a + " and a " + b + " cannot be joined by " + operator.symbol()
                    + ": " + left + " " + operator.symbol() + " " + right);
        }

        private static boolean isNumber(FieldType type) {
            return type == FieldType.WHOLE || type == FieldType.NUMBER;
        }

        @Override
        public FieldType type() {
            return resultType(left, operator, right);
        }

        @Override
        public @Nullable Currency currency() {
            return type() == FieldType.MONEY ? left.currency() : null;
        }

        @Override
        public List<Expression> operands() {
            return List.of(left, right);
        }

        @Override
        public String toString() {
            return "(" + left + " " + operator.symbol() + " " + right + ")";
        }
    }

    /**
     * One of two quantities, as a condition decides. Where the condition is unknown, so is the choice; a value that is not
     * chosen plays no part.
     *
     * @param <T> the Java type of the value
     * @param when the condition
     * @param then the value where it holds
     * @param otherwise the value where it does not hold
     */
    record Choice<T>(Condition when, Quantity<T> then, Quantity<T> otherwise) implements Quantity<T> {
        /**
         * Checks that both values are of one type.
         *
         * @throws IllegalArgumentException naming both, if their types or currencies differ
         */
        public Choice {
            if (then.type() != otherwise.type() || !java.util.Objects.equals(then.currency(), otherwise.currency())) {
                throw new IllegalArgumentException("cannot choose between " + then + " and " + otherwise + ": a "
                        + then.type() + " and a " + otherwise.type());
            }
        }

        /**
         * Whether this is 1 where the condition holds and 0 where it does not.
         *
         * @return true for what {@link Condition#indicator} makes
         */
        public boolean isIndicator() {
            return then.equals(Field.constant(1L)) && otherwise.equals(Field.constant(0L));
        }

        @Override
        public FieldType type() {
            return then.type();
        }

        @Override
        public @Nullable Currency currency() {
            return then.currency();
        }

        @Override
        public List<Expression> operands() {
            return List.of(when, then, otherwise);
        }

        @Override
        public String toString() {
            return "(if " + when + " then " + then + " else " + otherwise + ")";
        }
    }
}
