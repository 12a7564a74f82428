package io.cxmetrics.cli;

import io.cxmetrics.field.Row;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The rows of one file, read one after another. */
interface Rows extends Closeable {

    /** Takes rows, and the lines that could not be read as rows. */
    interface Taker {
        void row(Row row);

        void broken(long line, String found, String reason);
    }

    /** The names of the columns, in the order of the cells. */
    List<String> header();

    /**
     * Reads all rows.
     *
     * @throws IOException if the file cannot be read to its end
     */
    void forEach(Taker taker) throws IOException;

    /** What a user should know of the file besides its rows, once they are read; a sentence each. */
    List<String> remarks();
}
