/**
 * KPIs in Spark: as functions of Spark SQL, as stored states, and as one job over a whole scorecard. Entry point:
 * {@link io.cxmetrics.spark.CxSpark}. This package imports the core and Spark SQL.
 */
@NullMarked
package io.cxmetrics.spark;

import org.jspecify.annotations.NullMarked;
