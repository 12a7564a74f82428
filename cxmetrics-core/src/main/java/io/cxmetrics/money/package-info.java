/**
 * Money: return on investment, payback, saved cost, and change between two values. Entry points:
 * {@link io.cxmetrics.money.MoneyKpis}, {@link io.cxmetrics.money.Roi} and {@link io.cxmetrics.money.ValueChange}; what a
 * change of KPIs is worth: {@link io.cxmetrics.money.Worth} and {@link io.cxmetrics.money.Assumption}. This package
 * imports {@code io.cxmetrics}, {@code io.cxmetrics.field}, {@code io.cxmetrics.stats} and {@code io.cxmetrics.time}; no other
 * catalogue.
 */
@NullMarked
package io.cxmetrics.money;

import org.jspecify.annotations.NullMarked;
