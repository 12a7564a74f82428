/**
 * Which touchpoint of a journey first, and why. Entry point: {@link io.cxmetrics.okr.priority.Priorities}.
 *
 * <p>It is not in the evaluation because it needs no cycle and no check-in: it asks what is still to be planned, where the
 * evaluation says how far the planned has come.
 *
 * <p>This package imports plans ({@code io.cxmetrics.okr}) and of the core the root package, {@code field}, {@code journey} and
 * {@code money}.
 */
@NullMarked
package io.cxmetrics.okr.priority;

import org.jspecify.annotations.NullMarked;
