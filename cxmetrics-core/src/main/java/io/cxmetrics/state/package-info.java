/**
 * The binary form of statistics and results of scorecards: store yesterday's, merge today's. Entry point:
 * {@link io.cxmetrics.state.State}, whose documentation describes the form byte by byte.
 *
 * <p>This package needs the JDK alone and imports {@code io.cxmetrics}, {@code io.cxmetrics.field},
 * {@code io.cxmetrics.stats}, {@code io.cxmetrics.time} and {@code io.cxmetrics.scorecard}.
 */
@NullMarked
package io.cxmetrics.state;

import org.jspecify.annotations.NullMarked;
