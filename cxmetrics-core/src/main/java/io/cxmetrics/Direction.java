package io.cxmetrics;

/**
 * Which way of a KPI is better.
 *
 * @since 0.1
 */
public enum Direction {
    /** More is better, as for NPS. */
    HIGHER_IS_BETTER,
    /** Less is better, as for average handle time. */
    LOWER_IS_BETTER,
    /** Neither: the KPI describes. */
    NEUTRAL
}
