/**
 * KPIs of bots and other automation. Entry point: {@link io.cxmetrics.bot.BotKpis}. This package imports
 * {@code io.cxmetrics}, {@code io.cxmetrics.field} and {@code io.cxmetrics.stats}; no other catalogue.
 */
@NullMarked
package io.cxmetrics.bot;

import org.jspecify.annotations.NullMarked;
