package io.cxmetrics.field;

/**
 * A record that knows where it came from, so that a rejected value can be reported with its place. Records that do not
 * implement this are counted in the order in which they are added, from 1.
 *
 * @since 0.1
 */
public interface Located {

    /**
     * Where the record was read from.
     *
     * @return a file name or another name of the source
     */
    String source();

    /**
     * The line at which the record begins.
     *
     * @return the line number, from 1
     */
    long line();
}
