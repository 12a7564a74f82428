package io.cxmetrics.okr;

/**
 * How much of an objective is expected to be reached.
 *
 * @since 0.1
 */
public enum Ambition {
    /** All of it is promised. */
    COMMITTED,
    /** It is a stretch: about 0.7 is a success. */
    ASPIRATIONAL
}
