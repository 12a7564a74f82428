/**
 * KPIs of sales and loyalty. Entry points: {@link io.cxmetrics.sales.SalesKpis}, {@link io.cxmetrics.sales.LoyaltyKpis} and
 * {@link io.cxmetrics.sales.Cohorts}. This package imports {@code io.cxmetrics}, {@code io.cxmetrics.field},
 * {@code io.cxmetrics.stats} and {@code io.cxmetrics.time}; no other catalogue.
 */
@NullMarked
package io.cxmetrics.sales;

import org.jspecify.annotations.NullMarked;
