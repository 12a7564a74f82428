/**
 * KPIs, the statistics that answer them, and what both have in common: the idea of the library on one page.
 *
 * <p>A {@link io.cxmetrics.Kpi} says <em>what</em>: an id, a {@link io.cxmetrics.Definition} (share, mean, ratio, rating
 * distribution, …), an eligibility condition, a unit and a direction, all as values over named fields.
 * {@link io.cxmetrics.field.Fields} says where the values come from. A {@link io.cxmetrics.Statistic} is the answer: small,
 * immutable, mergeable; value and interval derive from it, so an average of averages cannot be written.
 *
 * <p><b>One description for every engine.</b> A definition names the {@link io.cxmetrics.Aggregate}s that its statistic
 * needs (a count, a sum, a sum of products, a tally). Java batches, SQL and the JSON form of results are all derived from
 * that list, and merging and equality are defined once, on the {@link io.cxmetrics.Total}s; that is why all engines give
 * statistics that are {@code equals}.
 *
 * <p><b>The account.</b> For every KPI, rows = used + ineligible + missing + rejected ({@link io.cxmetrics.Counts}).
 * Eligibility is decided first; then the values that the definition needs. Values are rejected, not rows.
 *
 * <p>This package imports {@code io.cxmetrics.field} only.
 */
@NullMarked
package io.cxmetrics;

import org.jspecify.annotations.NullMarked;
