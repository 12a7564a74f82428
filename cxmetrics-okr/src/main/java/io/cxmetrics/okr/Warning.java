package io.cxmetrics.okr;

/**
 * Something about a plan that is allowed but probably not meant.
 *
 * @param code what kind of thing, such as {@code no-owner}; see {@link Lint} for all
 * @param about the id of the part of the plan
 * @param message what it is and what to do
 * @since 0.1
 */
public record Warning(String code, String about, String message) {}
