/**
 * Survey KPIs. Entry point: {@link io.cxmetrics.survey.SurveyKpis}. This package imports {@code io.cxmetrics},
 * {@code io.cxmetrics.field} and {@code io.cxmetrics.stats}; no other catalogue.
 */
@NullMarked
package io.cxmetrics.survey;

import org.jspecify.annotations.NullMarked;
