/**
 * Calendar periods and opening hours. Entry points: {@link io.cxmetrics.time.Grain}, {@link io.cxmetrics.time.Period} and
 * {@link io.cxmetrics.time.BusinessHours}. This package imports nothing else of the library.
 */
@NullMarked
package io.cxmetrics.time;

import org.jspecify.annotations.NullMarked;
