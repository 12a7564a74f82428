package io.cxmetrics.scorecard;

/**
 * The value of a dimension in a cell: a text, or the news that there was none.
 *
 * @param kind whether there is a value
 * @param text the value; empty if there is none
 * @since 0.1
 */
public record Label(Kind kind, String text) implements Comparable<Label> {

    /** Whether a dimension has a value. */
    public enum Kind {
        /** There is a value. */
        VALUE,
        /** The field was missing. */
        MISSING,
        /** The field's value was an error. */
        REJECTED
    }

    /** The label of rows that lack the field. */
    public static final Label MISSING = new Label(Kind.MISSING, "");
    /** The label of rows whose field was rejected. */
    public static final Label REJECTED = new Label(Kind.REJECTED, "");

    /**
     * The label of a value.
     *
     * @param text the value
     * @return the label
     */
    public static Label of(String text) {
        return new Label(Kind.VALUE, text);
    }

    @Override
    public int compareTo(Label other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : text.compareTo(other.text);
    }

    /** The text, or {@code (missing)} or {@code (rejected)}. */
    @Override
    public String toString() {
        return switch (kind) {
            case VALUE -> text;
            case MISSING -> "(missing)";
            case REJECTED -> "(rejected)";
        };
    }
}
