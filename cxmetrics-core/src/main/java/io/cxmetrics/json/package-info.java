/**
 * Definitions and results as JSON.
 *
 * <p>Entry points: {@link io.cxmetrics.json.Definitions} reads a file of fields, KPIs and a scorecard;
 * {@link io.cxmetrics.json.KpiJson} writes a KPI so that it is read back as the same KPI;
 * {@link io.cxmetrics.json.ResultJson} stores results that merge later; {@link io.cxmetrics.json.JourneyJson} reads and writes
 * journeys.
 *
 * <p><b>Errors.</b> A file is read to its end, and everything wrong with it is said at once in a
 * {@link io.cxmetrics.json.JsonProblemsException}: file, line and column, JSON pointer, what was found, what was expected.
 * Unknown members are errors with the nearest known name; members that begin with {@code x-} are left alone.
 *
 * <p>This package imports all others of this module; none imports it. Jackson types appear in no public signature.
 */
@NullMarked
package io.cxmetrics.json;

import org.jspecify.annotations.NullMarked;
