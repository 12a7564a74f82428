package io.cxmetrics.field;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that has a value in every row: a {@link Quantity}, a {@link Text} or a {@link Condition}.
 *
 * <p>Expressions are immutable values made of a closed set of nodes, so that the same one runs on Java objects, files and
 * SQL. {@code toString} is the canonical form: two expressions that mean the same by construction (operands of
 * <em>and</em> and <em>or</em> in another order) have the same canonical form.
 *
 * @since 0.1
 */
public sealed interface Expression permits Quantity, Text, Condition {

    /**
     * The fields that this expression reads, in order of appearance.
     *
     * @return the fields, without repetition
     */
    default Set<Field> fields() {
        Set<Field> fields = new LinkedHashSet<>();
        collect(this, fields);
        return fields;
    }

    /**
     * The expression as people say it: without the types and ranges of the canonical form.
     *
     * @return such as {@code answered and wait ≤ PT20S}
     */
    default String words() {
        String words = Words.of(this);
        boolean joined = this instanceof Condition.All
                || this instanceof Condition.Any
                || this instanceof Quantity.Arithmetic
                || (this instanceof Quantity.Choice<?> choice && !choice.isIndicator());
        return joined ? words.substring(1, words.length() - 1) : words;
    }

    private static void collect(Expression node, Set<Field> into) {
        if (node instanceof Quantity.Of<?> of) {
            into.add(of.field());
        } else if (node instanceof Text text) {
            into.add(text.field());
        } else if (node instanceof Condition.Flag flag) {
            into.add(flag.field());
        } else {
            node.operands().forEach(operand -> collect(operand, into));
        }
    }

    /**
     * The expressions that this one is made of.
     *
     * @return the operands, empty for fields and constants
     */
    List<Expression> operands();
}
