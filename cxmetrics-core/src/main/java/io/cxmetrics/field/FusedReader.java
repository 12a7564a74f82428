package io.cxmetrics.field;

/** Reads several fields of the records of a batch in one loop. */
interface FusedReader {
    /**
     * Sets the state and the value of each field and record; of values that are not of the usual kind, the state {@link
     * Accessor#ODD}. Returns whether there are such. An accessor for answers gives
     * their codes instead of states, one for codes the numbers of texts as values.
     */
    boolean read(Object[] records, int size, byte[][] states, long[][] values, String[][] texts, TextCodes[] codes);
}
