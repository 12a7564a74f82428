/**
 * The statistic families and their confidence intervals.
 *
 * <p>Entry points: {@link io.cxmetrics.stats.Share}, {@link io.cxmetrics.stats.Nps}, {@link io.cxmetrics.stats.Ratings},
 * {@link io.cxmetrics.stats.Mean}, {@link io.cxmetrics.stats.Ratio} and {@link io.cxmetrics.stats.SignalShare}; each has a
 * static {@code kpi(...)} that defines a KPI of the family. All statistics are immutable, thread-safe and a few numbers
 * large; merging costs a few additions.
 *
 * <p>This package imports {@code io.cxmetrics} and {@code io.cxmetrics.field} only.
 */
@NullMarked
package io.cxmetrics.stats;

import org.jspecify.annotations.NullMarked;
