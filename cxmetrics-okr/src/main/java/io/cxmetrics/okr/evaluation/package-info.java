/**
 * Where each key result stands: progress, expected progress, status, and why. Entry point:
 * {@link io.cxmetrics.okr.evaluation.OkrEvaluator}.
 *
 * <p>Three things are kept apart that other tools mix. <em>No data</em> is not 0 % and not a status computed from it. A
 * filter that the data cannot answer is an error ({@link io.cxmetrics.okr.evaluation.OkrEvaluationException}), not "no
 * data". And a target that the value meets but the interval does not is met, <em>but not yet beyond doubt</em>.
 *
 * <p>This package imports {@code io.cxmetrics.okr}, its forecast and tracking packages, and the core's root, field, journey, scorecard and time packages.
 */
@NullMarked
package io.cxmetrics.okr.evaluation;

import org.jspecify.annotations.NullMarked;
