package io.cxmetrics.field;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file as text: the form in which CSV and similar sources enter the library. Immutable if its cells are not
 * changed by the caller.
 *
 * @since 0.1
 */
public final class Row implements Located {
    private final String source;
    private final long line;
    private final @Nullable String[] cells;

    /**
     * A row.
     *
     * @param source the file's name
     * @param line the line at which the row begins, from 1
     * @param cells the cells in the order of the header; null where there is none; not copied
     */
    public Row(String source, long line, @Nullable String... cells) {
        this.source = source;
        this.line = line;
        this.cells = cells;
    }

    /**
     * A row from a list.
     *
     * @param source the file's name
     * @param line the line at which the row begins, from 1
     * @param cells the cells in the order of the header
     * @return the row
     */
    public static Row of(String source, long line, List<String> cells) {
        return new Row(source, line, cells.toArray(new String[0]));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public long line() {
        return line;
    }

    /**
     * A cell.
     *
     * @param index the column's index in the header
     * @return the text, or null if the row has none there
     */
    public @Nullable String cell(int index) {
        return index < cells.length ? cells[index] : null;
    }

    /** Place and cells. */
    @Override
    public String toString() {
        return source + ":" + line + " " + java.util.Arrays.toString(cells);
    }
}
