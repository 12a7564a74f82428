package io.cxmetrics.okr.forecast;

/**
 * What can be said of a target's end: a {@link Forecast}, or a {@link Refusal} with its reason. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Outlook permits Forecast, Refusal {}
