package io.cxmetrics.scorecard;

/**
 * Is told how far a computation has come, and says whether it shall go on.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Progress {
    /** After how many rows progress is told. */
    int ROWS_BETWEEN = 1 << 14;

    /**
     * So many rows have been taken.
     *
     * @param rows the rows so far, rising
     * @return false to cancel: the computation ends and its result says that it is partial
     */
    boolean goOn(long rows);
}
