package io.cxmetrics.json;

/**
 * One thing that is wrong with a JSON file.
 *
 * @param source the name of the file
 * @param line the line, from 1
 * @param column the column, from 1
 * @param pointer the JSON pointer (RFC 6901) of the value; empty for the whole document
 * @param found what was found
 * @param expected what was expected, and what to do if that is not plain
 * @since 0.1
 */
public record Problem(String source, int line, int column, String pointer, String found, String expected) {

    /** Such as {@code plan.json:12:15 /kpis/nps/type: found "npss"; expected a type of KPI; did you mean "nps"?}. */
    @Override
    public String toString() {
        return source + ":" + line + ":" + column + " " + (pointer.isEmpty() ? "(document)" : pointer) + ": found "
                + found + "; expected " + expected;
    }
}
