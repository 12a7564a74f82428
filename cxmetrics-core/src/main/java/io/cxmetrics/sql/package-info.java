/**
 * SQL text from KPIs: one query that returns sufficient statistics, finalised by the library. Entry point:
 * {@link io.cxmetrics.sql.ScorecardQuery}. This package imports the JDK, {@code io.cxmetrics}, {@code io.cxmetrics.field},
 * {@code io.cxmetrics.time} and {@code io.cxmetrics.scorecard}.
 */
@NullMarked
package io.cxmetrics.sql;

import org.jspecify.annotations.NullMarked;
