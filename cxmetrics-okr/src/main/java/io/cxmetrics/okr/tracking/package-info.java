/**
 * What people say about key results in the course of a cycle, and where it is kept. Entry point:
 * {@link io.cxmetrics.okr.tracking.CheckInLog}.
 *
 * <p>Check-ins are not part of a plan: the plan says what is wanted, check-ins say what was found.
 *
 * <p>This package imports {@code io.cxmetrics.okr} at most, and the core's field and json packages.
 */
@NullMarked
package io.cxmetrics.okr.tracking;

import org.jspecify.annotations.NullMarked;
