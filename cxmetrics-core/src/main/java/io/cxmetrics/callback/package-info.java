/**
 * KPIs of callbacks. Entry point: {@link io.cxmetrics.callback.CallbackKpis}. This package imports {@code io.cxmetrics},
 * {@code io.cxmetrics.field}, {@code io.cxmetrics.stats} and {@code io.cxmetrics.time}; no other catalogue.
 */
@NullMarked
package io.cxmetrics.callback;

import org.jspecify.annotations.NullMarked;
