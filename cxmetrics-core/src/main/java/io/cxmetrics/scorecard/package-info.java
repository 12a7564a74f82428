/**
 * Many KPIs by dimensions and periods in one pass. Entry point: {@link io.cxmetrics.scorecard.Scorecard}.
 *
 * <p>Results merge, so yesterday's scorecard and today's make the scorecard of both days, and a scorecard of days rolls up
 * to months without reading a row again. {@link io.cxmetrics.scorecard.Changes} says which of many moves
 * are news. This package imports {@code io.cxmetrics}, {@code io.cxmetrics.field}, {@code io.cxmetrics.stats} and
 * {@code io.cxmetrics.time}.
 */
@NullMarked
package io.cxmetrics.scorecard;

import org.jspecify.annotations.NullMarked;
