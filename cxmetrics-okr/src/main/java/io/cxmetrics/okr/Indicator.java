package io.cxmetrics.okr;

/**
 * Whether a key result tells early or late.
 *
 * @since 0.1
 */
public enum Indicator {
    /** It moves before the outcome does and can still be acted on. */
    LEADING,
    /** It shows the outcome when it is there. */
    LAGGING
}
