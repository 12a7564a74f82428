/**
 * The statistic families and their confidence intervals.
 *
 * <p>Entry points: {@link io.cxmetrics.stats.Share}, {@link io.cxmetrics.stats.Nps}, {@link io.cxmetrics.stats.Ratings},
 * {@link io.cxmetrics.stats.Mean}, {@link io.cxmetrics.stats.Ratio} and {@link io.cxmetrics.stats.SignalShare}; each has a
 * static {@code kpi(...)} that defines a KPI of the family. All statistics are immutable, thread-safe and a few numbers
 * large; merging costs a few additions.
 *
 * <p>How sure a number is: {@code share.interval(0.95, ShareInterval.JEFFREYS)}, {@code share.ofPopulation(297)},
 * {@link io.cxmetrics.stats.Clustered} where customers answer several times, {@link io.cxmetrics.stats.WeightedShare},
 * {@link io.cxmetrics.stats.Bootstrap}. Whether a move is real: {@link io.cxmetrics.stats.Comparison},
 * {@link io.cxmetrics.stats.PairedShares}, {@link io.cxmetrics.stats.ChiSquareTest}, and for many of them
 * {@link io.cxmetrics.stats.Correction}. A/B tests: {@link io.cxmetrics.stats.Cuped},
 * {@link io.cxmetrics.stats.SampleSize}, {@link io.cxmetrics.stats.AlwaysValid}. Over time:
 * {@link io.cxmetrics.stats.ControlChart}.
 *
 * <p>This package imports {@code io.cxmetrics} and {@code io.cxmetrics.field} only.
 */
@NullMarked
package io.cxmetrics.stats;

import org.jspecify.annotations.NullMarked;
