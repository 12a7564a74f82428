/**
 * The chance to meet a target. Entry point: {@link io.cxmetrics.okr.forecast.Forecaster}.
 *
 * <p>This package imports the core's root package and commons-math3.
 */
@NullMarked
package io.cxmetrics.okr.forecast;

import org.jspecify.annotations.NullMarked;
