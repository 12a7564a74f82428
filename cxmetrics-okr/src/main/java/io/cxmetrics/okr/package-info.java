/**
 * What an organisation wants to reach, and how it is measured: definitions only. Entry point:
 * {@link io.cxmetrics.okr.OkrPlan}.
 *
 * <p>A plan holds {@link io.cxmetrics.okr.Objective}s with {@link io.cxmetrics.okr.KeyResult}s and
 * {@link io.cxmetrics.okr.Initiative}s, the journeys whose touchpoints they are about, and the KPIs that measure them.
 * Product owners write it as JSON ({@code io.cxmetrics.okr.json}); how far it is, is computed
 * ({@code io.cxmetrics.okr.evaluation}) and never part of it.
 *
 * <p>Types that are likely to get more components are made with {@code of} and {@code with…}; their canonical constructors
 * may change until 1.0.
 *
 * <p>This package imports the core's root, journey, field and time packages only.
 */
@NullMarked
package io.cxmetrics.okr;

import org.jspecify.annotations.NullMarked;
