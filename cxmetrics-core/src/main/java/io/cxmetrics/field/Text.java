package io.cxmetrics.field;

import java.util.List;

/**
 * A text field. Text is compared for equality only, character by character: no locale takes part.
 *
 * @param field the field, of type text
 * @since 0.1
 */
public record Text(Field field) implements Expression {

    /**
     * Checks the type.
     *
     * @throws IllegalArgumentException if the field is not text
     */
    public Text {
        if (field.type() != FieldType.TEXT) {
            throw new IllegalArgumentException(field + " is not a text field");
        }
    }

    /**
     * Holds where the text equals a value.
     *
     * @param value the value
     * @return the condition
     */
    public Condition is(String value) {
        return in(value);
    }

    /**
     * Holds where the text equals one of several values.
     *
     * @param values at least one value
     * @return the condition
     */
    public Condition in(String... values) {
        return new Condition.TextIn(this, List.of(values));
    }

    /**
     * Holds where the text is missing.
     *
     * @return the condition
     */
    public Condition isMissing() {
        return new Condition.Missing(this);
    }

    @Override
    public List<Expression> operands() {
        return List.of();
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return field.toString();
    }

    /** Quotes text as JSON does, so that no value can look like another. */
    static String quote(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
